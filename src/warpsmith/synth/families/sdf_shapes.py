"""Idioms of distances: to a shape, to shapes joined, bent, repeated, rounded; in the plane and in space."""

from warpsmith.synth.families.snippet import Given, Snippet, Table, snippet

_DISTANCE = Given("d", "T", -1.0, 3.0)
_SPACE = ("V3", -2.0, 2.0)
_PLANE = ("V2", -2.0, 2.0)

# distances of q from a shape around the origin
SOLIDS = (
    "wp.length(q) - 0.8",
    "wp.length(wp.max(wp.abs(q) - vec3(0.5, 0.4, 0.6), vec3(0.0, 0.0, 0.0))) - 0.1",
    "wp.length(vec2(wp.length(vec2(q[0], q[2])) - 0.7, q[1])) - 0.2",
    "q[1] + 0.5",
    "wp.length(vec2(q[0], q[2])) - 0.4",
    "(wp.abs(q[0]) + wp.abs(q[1]) + wp.abs(q[2]) - 0.9) * 0.577",
    "wp.max(wp.abs(q[0]), wp.max(wp.abs(q[1]), wp.abs(q[2]))) - 0.6",
    "wp.length(q - vec3(0.0, wp.clamp(q[1], -0.5, 0.5), 0.0)) - 0.3",
    "wp.max(wp.length(vec2(q[0], q[1])) - 0.5, wp.abs(q[2]) - 0.7)",
    "0.6 * (wp.length(wp.cw_mul(q, vec3(1.0, 1.6, 1.2))) - 1.0)",
    "wp.dot(q, vec3(0.6, 0.8, 0.0)) - 0.2",
)
FIGURES = (
    "wp.length(q) - 0.7",
    "wp.length(wp.max(wp.abs(q) - vec2(0.6, 0.3), vec2(0.0, 0.0)))",
    "wp.abs(wp.length(q) - 0.8) - 0.1",
    "wp.max(wp.abs(q[0]) - 0.5, wp.abs(q[1]) - 0.4)",
    "wp.length(q - vec2(wp.clamp(q[0], -0.6, 0.6), 0.0)) - 0.2",
    "wp.abs(q[0]) + wp.abs(q[1]) - 0.9",
    "wp.max(wp.abs(q[0]) * 0.866 + q[1] * 0.5, -q[1]) - 0.4",
)
JOINS = (
    "wp.min(a, b)",
    "wp.max(a, b)",
    "wp.max(a, -b)",
    "wp.lerp(a, b, 0.4)",
    "wp.min(a, b) - 0.25 * wp.max(0.5 - wp.abs(a - b), 0.0)",
    "-0.2 * wp.log(wp.exp(-5.0 * a) + wp.exp(-5.0 * b))",
    "wp.min(wp.abs(a), wp.abs(b)) - 0.05",
)
_BEND = (
    "q = p - c",
    "q = vec3(wp.abs(p[0]) - 0.5, p[1], p[2])",
    "q = p * 1.5",
    "q = vec3(wp.cos(p[1]) * p[0] - wp.sin(p[1]) * p[2], p[1], wp.sin(p[1]) * p[0] + wp.cos(p[1]) * p[2])",
    "q = vec3(p[0] - 1.5 * wp.round(p[0] / 1.5), p[1], p[2] - 1.5 * wp.round(p[2] / 1.5))",
    "q = p - vec3(wp.clamp(p[0], -0.4, 0.4), 0.0, 0.0)",
    "q = vec3(0.8 * p[0] - 0.6 * p[1], 0.6 * p[0] + 0.8 * p[1], p[2])",
)
_FINISH = (
    "d = d - 0.1",
    "d = wp.abs(d) - 0.08",
    "d += 0.1 * wp.sin(4.0 * p[0]) * wp.sin(4.0 * p[1])",
    "d *= 0.8",
    "d = wp.max(d, p[1] - 0.7)",
)

SHAPES = (
    snippet(
        "solid-distance",
        Snippet(
            (
                "d = wp.length(p - c) - r",
                "d = wp.length(p) - r",
                "d = p[1] - r",
                "d = wp.dot(p, wp.normalize(c)) - r",
                "q = wp.abs(p) - vec3(r, r, r)\nd = wp.length(wp.max(q, vec3(0.0, 0.0, 0.0))) + wp.min(wp.max(q), 0.0)",
                "q = wp.abs(p - c)\nd = wp.max(q[0], wp.max(q[1], q[2])) - r",
                "q = vec2(wp.length(vec2(p[0], p[2])) - 1.0, p[1])\nd = wp.length(q) - r",
                "t = wp.clamp(wp.dot(p - c, vec3(0.0, 1.0, 0.0)), 0.0, 1.0)\n"
                "d = wp.length(p - c - vec3(0.0, t, 0.0)) - r",
                "<bend>\nd = <solid>",
                "q = p - c\nd = <solid>",
            ),
            "let {d} be the signed distance of {p} from a solid",
            (_DISTANCE,),
            {"p": _SPACE, "c": ("V3", -1.0, 1.0)},
            {"r": (0.2, 1.0)},
            options={"solid": SOLIDS, "bend": _BEND},
        ),
        weight=2.5,
    ),
    snippet(
        "plane-distance",
        Snippet(
            (
                "d = wp.length(p - c) - r",
                "q = wp.abs(p - c) - vec2(r, 0.5 * r)\n"
                "d = wp.length(wp.max(q, vec2(0.0, 0.0))) + wp.min(wp.max(q[0], q[1]), 0.0)",
                "q = p - c\nd = <figure>",
                "q = vec2(wp.abs(p[0]) - 0.4, p[1])\nd = <figure>",
                "h = wp.clamp(wp.dot(p, c) / (wp.dot(c, c) + 0.1), 0.0, 1.0)\nd = wp.length(p - c * h) - 0.2 * r",
                "q = p - c\na = <figure>\nb = wp.length(p) - r\nd = <join>",
            ),
            "let {d} be the signed distance of {p} from a figure of the plane",
            (_DISTANCE,),
            {"p": _PLANE, "c": ("V2", -1.0, 1.0)},
            {"r": (0.2, 1.0)},
            options={"figure": FIGURES, "join": JOINS},
        ),
        weight=2.0,
    ),
    snippet(
        "shape-function",
        Snippet(
            (
                "@wp.func\ndef shape(q: vec3) -> float:\n    return <solid>\nd = shape(p - c)",
                "@wp.func\ndef shape(q: vec3) -> float:\n    return <solid>\nd = shape(p)",
                "@wp.func\ndef shape(q: vec3) -> float:\n    return <solid>\nd = wp.min(shape(p), shape(p - c))",
                "@wp.func\ndef shape(q: vec3, size: float) -> float:\n    return (<solid>) * size\nd = shape(p / s, s)",
                "@wp.func\ndef shape(q: vec3) -> float:\n    return <solid>\nd = shape(p)\n<finish>",
                "@wp.func\ndef shape(q: vec2) -> float:\n    return <figure>\n"
                "d = wp.length(vec2(shape(vec2(p[0], p[2])), p[1])) - 0.3",
                "@wp.func\ndef shape(q: vec2) -> float:\n    return <figure>\n"
                "d = shape(vec2(wp.length(vec2(p[0], p[2])) - 0.6, p[1]))",
            ),
            "let {d} be the signed distance of {p} from a solid of a function's",
            (_DISTANCE,),
            {"p": _SPACE, "c": ("V3", -1.0, 1.0)},
            {"s": (0.5, 2.0)},
            options={"solid": SOLIDS, "figure": FIGURES, "finish": _FINISH},
        ),
        weight=2.0,
    ),
    snippet(
        "joined-shapes",
        Snippet(
            (
                "q = p\na = <solid>\nq = p - c\nb = <solid>\nd = <join>",
                "a = wp.length(p - c) - 0.6\nb = p[1] + 0.3\nd = <join>",
                "@wp.func\ndef join(a: float, b: float) -> float:\n    return <join>\n"
                "d = join(wp.length(p) - 0.7, wp.length(p - c) - 0.5)",
                "@wp.func\ndef join(a: float, b: float, k: float) -> float:\n"
                "    h = wp.clamp(0.5 + 0.5 * (b - a) / k, 0.0, 1.0)\n"
                "    return wp.lerp(b, a, h) - k * h * (1.0 - h)\n"
                "d = join(wp.length(p) - 0.7, wp.length(p - c) - 0.5, s)",
                "q = p - c\na = <solid>\nb = wp.length(p) - 0.6\nd = <join>\n<finish>",
            ),
            "let {d} be the signed distance of {p} from two solids joined",
            (_DISTANCE,),
            {"p": _SPACE, "c": ("V3", -1.0, 1.0)},
            {"s": (0.1, 0.5)},
            options={"solid": SOLIDS, "join": JOINS, "finish": _FINISH},
        ),
        weight=1.5,
    ),
    snippet(
        "many-spheres",
        Snippet(
            (
                "d = float(4.0)\nfor k in range(n):\n    d = wp.min(d, wp.length(p - spheres[k]) - <radius>)",
                "d = float(0.0)\nfor k in range(n):\n"
                "    d += wp.exp(-4.0 * (wp.length(p - spheres[k]) - <radius>))\nd = -0.25 * wp.log(d + 0.0001)",
                "d = float(-1.0)\nfor k in range(n):\n    q = p - spheres[k]\n"
                "    d += <radius> / (wp.dot(q, q) + 0.3)\nd = 0.5 - d",
                "d = wp.length(p - spheres[0])\nfor k in range(1, n):\n    b = wp.length(p - spheres[k]) - <radius>\n"
                "    h = wp.clamp(0.5 + (b - d) * 2.0, 0.0, 1.0)\n    d = wp.lerp(b, d, h) - 0.25 * h * (1.0 - h)",
                "d = float(4.0)\nfor k in range(n):\n    q = wp.abs(p - spheres[k])\n"
                "    b = wp.max(q) - <radius>\n    if b < d:\n        d = b",
            ),
            "let {d} be the distance of {p} from many shapes around {spheres}",
            (_DISTANCE,),
            {"p": _SPACE},
            counts={"n": (3, 8)},
            tables={"spheres": Table("V3", ("n",), -1.5, 1.5), "radii": Table("T", ("n",), 0.1, 0.5)},
            options={"radius": ("radii[k]", "0.3", "0.5 * radii[k]")},
        ),
        weight=1.2,
    ),
    snippet(
        "grid-point",
        Snippet(
            (
                "p = vec2(float(AT0), float(AT0 % 7)) * h - c\nd = wp.length(p) - 0.5",
                "p = vec2(float(AT0) * h, 0.5) - c\nq = p\nd = <figure>",
                "p = vec2(c[0], float(AT0) * h - c[1])\nd = wp.abs(p[0]) + wp.abs(p[1]) - 0.8",
            ),
            "let {d} be the signed distance of the point {p} of the grid from a figure",
            (_DISTANCE,),
            {"c": ("V2", -1.0, 1.0)},
            {"h": (0.05, 0.3)},
            options={"figure": FIGURES},
        ),
        weight=1.2,
    ),
    snippet(
        "occupancy",
        Snippet(
            (
                "d = <solid_p>\nx = wp.where(d < 0.0, float(1.0), wp.exp(-d * y))",
                "d = <solid_p>\nx = 0.5 - 0.5 * wp.tanh(d * y)",
                "d = <solid_p>\nx = wp.smoothstep(0.4, -0.4, d) * y",
                "d = <solid_p>\nx = 1.0 / (1.0 + wp.exp(6.0 * d)) + y",
                "d = <solid_p>\nx = y\nif d < 0.0:\n    x = y - d\nelif d < 0.3:\n    x = y * d",
            ),
            "let {x} say how far inside of a solid {p} lies",
            (Given("x", "T", 0.0, 2.0),),
            {"p": _SPACE, "y": ("T", 0.5, 2.0)},
            options={"solid_p": tuple(text.replace("q", "p") for text in SOLIDS)},
        ),
    ),
)
