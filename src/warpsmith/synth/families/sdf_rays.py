"""Idioms of rays: normals of a field, marching, shadows, ambient light, shading, rays against plain shapes."""

from warpsmith.synth.families.sdf_shapes import JOINS, SOLIDS
from warpsmith.synth.families.snippet import Given, Snippet, snippet
from warpsmith.synth.types import FLOAT32, FLOAT64

_ACCURATE = (FLOAT32, FLOAT64)
_SPACE = ("V3", -2.0, 2.0)
_SCENE = (
    "@wp.func\ndef scene(q: vec3) -> float:\n    return <solid>\n",
    "@wp.func\ndef scene(q: vec3) -> float:\n    a = <solid>\n    b = q[1] + 0.8\n    return <join>\n",
    "@wp.func\ndef scene(q: vec3) -> float:\n    a = <solid>\n    q = q - vec3(0.5, 0.3, 0.2)\n"
    "    b = <solid>\n    return <join>\n",
    "@wp.func\ndef scene(q: vec3) -> float:\n    d = <solid>\n    if d < 0.0:\n        return 0.5 * d\n    return d\n",
)
_OPTIONS = {"solid": SOLIDS, "join": JOINS, "scene": _SCENE}
# a flat side has one normal everywhere
_CURVED = (SOLIDS[0], SOLIDS[2], SOLIDS[7], SOLIDS[9])
_BENT = {"solid": _CURVED, "scene": _SCENE[:1], "join": JOINS}
_RAY = {"o": ("V3", -1.0, 1.0), "v": ("V3", -1.0, 1.0)}

RAYS = (
    snippet(
        "field-normal",
        Snippet(
            (
                "<scene>g = vec3(scene(p + vec3(eps, 0.0, 0.0)) - scene(p - vec3(eps, 0.0, 0.0)), "
                "scene(p + vec3(0.0, eps, 0.0)) - scene(p - vec3(0.0, eps, 0.0)), "
                "scene(p + vec3(0.0, 0.0, eps)) - scene(p - vec3(0.0, 0.0, eps)))\nnormal = wp.normalize(g)",
                "<scene>d = scene(p)\nnormal = wp.normalize(vec3(scene(p + vec3(eps, 0.0, 0.0)) - d, "
                "scene(p + vec3(0.0, eps, 0.0)) - d, scene(p + vec3(0.0, 0.0, eps)) - d))",
                "<scene>g = vec3()\nfor k in range(3):\n    q2 = p\n    q2[k] = q2[k] + eps\n"
                "    g[k] = (scene(q2) - scene(p)) / eps\n"
                "normal = wp.normalize(g + vec3(0.001, 0.0, 0.0))",
                "<scene>e0 = vec3(eps, -eps, -eps)\ne1 = vec3(-eps, eps, -eps)\ne2 = vec3(-eps, -eps, eps)\n"
                "normal = wp.normalize(e0 * scene(p + e0) + e1 * scene(p + e1) + e2 * scene(p + e2) + vec3(0.0, "
                "0.001, 0.0))",
            ),
            "let {normal} be the normal of a field of distances at {p}",
            (Given("normal", "V3", -1.0, 1.0),),
            {"p": _SPACE},
            {"eps": (0.005, 0.05)},
            options=_BENT,
            scalars=_ACCURATE,
        ),
        weight=1.5,
    ),
    snippet(
        "sphere-tracing",
        Snippet(
            (
                "<scene>dir = wp.normalize(v + vec3(0.0, 0.0, 1.5))\nt = float(0.0)\nfor k in range(n):\n"
                "    d = scene(o + dir * t)\n    if d < eps:\n        break\n    t += d\n    <limit>",
                "<scene>dir = wp.normalize(v + vec3(0.0, 0.0, 1.5))\nt = float(0.1)\nhits = int(0)\n"
                "for k in range(n):\n"
                "    q2 = o + t * dir\n    d = scene(q2)\n    if wp.abs(d) < eps:\n        hits = 1\n        break\n"
                "    t = wp.min(t + d, 6.0)\nt += float(hits) * 0.5",
                "<scene>dir = wp.normalize(v + vec3(0.0, 0.0, 1.5))\nt = float(0.0)\nit = int(0)\nd = float(1.0)\n"
                "while it < n and d > eps:\n    d = scene(o + dir * t)\n"
                "    t = wp.clamp(t + 0.9 * d, 0.0, 6.0)\n    it += 1",
                "<scene>pos = o\ndir = wp.normalize(v + vec3(0.0, 0.0, 1.5))\nfor k in range(n):\n"
                "    pos += dir * scene(pos) * 0.8\n"
                "t = wp.clamp(wp.length(pos - o), 0.0, 6.0)",
            ),
            "let {t} be how far a ray from {o} goes before it meets the scene",
            (Given("t", "T", 0.0, 6.0),),
            _RAY,
            {"eps": (0.001, 0.02)},
            counts={"n": (6, 20)},
            options={**_OPTIONS, "limit": ("if t > 6.0:\n        break", "t = wp.min(t, 6.0)")},
            scalars=_ACCURATE,
        ),
        weight=2.5,
    ),
    snippet(
        "soft-shadow",
        Snippet(
            (
                "<scene>dir = wp.normalize(v + vec3(0.0, 2.0, 0.0))\nlight = float(1.0)\nt = float(0.05)\n"
                "for k in range(n):\n"
                "    d = scene(o + dir * t)\n    light = wp.min(light, sharpness * wp.abs(d) / t)\n"
                "    t += wp.clamp(d, 0.02, 0.3)",
                "<scene>dir = wp.normalize(v + vec3(0.0, 2.0, 0.0))\nlight = float(0.0)\nfor k in range(n):\n"
                "    h = 0.1 * float(k + 1)\n"
                "    light += (h - scene(o + dir * h)) / (1.0 + h * sharpness)",
                "<scene>light = float(1.0)\nweight = float(0.5)\nfor k in range(n):\n    h = 0.08 * float(k + 1)\n"
                "    light -= weight * (h - scene(o + wp.normalize(v + vec3(0.0, 2.0, 0.0)) * h))\n    weight *= 0.5",
            ),
            "let {light} be how much light comes to {o} past the scene",
            (Given("light", "T", -2.0, 3.0),),
            _RAY,
            {"sharpness": (2.0, 12.0)},
            counts={"n": (3, 10)},
            options=_OPTIONS,
            scalars=_ACCURATE,
        ),
        weight=1.2,
    ),
    snippet(
        "surface-projection",
        Snippet(
            (
                "<scene>q2 = p\nfor k in range(n):\n    d = scene(q2)\n"
                "    g = vec3(scene(q2 + vec3(0.01, 0.0, 0.0)) - d, "
                "scene(q2 + vec3(0.0, 0.01, 0.0)) - d, scene(q2 + vec3(0.0, 0.0, 0.01)) - d)\n"
                "    q2 -= wp.normalize(g) * d * 0.8",
                "<scene>q2 = p\nd = scene(q2)\nif d > 0.0:\n    q2 = q2 - wp.normalize(p) * (0.5 * d)\nelse:\n"
                "    q2 = q2 * 1.1",
            ),
            "let {q2} be {p} brought nearer to the surface of the scene",
            (Given("q2", "V3", -3.0, 3.0),),
            {"p": _SPACE},
            counts={"n": (2, 5)},
            options=_OPTIONS,
            scalars=_ACCURATE,
        ),
    ),
    snippet(
        "ray-against-shape",
        Snippet(
            (
                "b = wp.dot(o, v)\nc = wp.dot(o, o) - r * r\nh = b * b - c * wp.dot(v, v)\nt = float(-1.0)\n"
                "if h > 0.0:\n"
                "    t = wp.clamp((-b - wp.sqrt(h)) / (wp.dot(v, v) + 0.05), -6.0, 6.0)",
                "t = wp.clamp((r - o[1]) / (wp.abs(v[1]) + 0.05), -6.0, 6.0)",
                "t0 = (vec3(-r, -r, -r) - o)[0] / (wp.abs(v[0]) + 0.1)\nt1 = (r - o[0]) / (wp.abs(v[0]) + 0.1)\n"
                "t = wp.clamp(wp.min(t0, t1) + v[1], -6.0, 6.0)",
                "t = wp.length(wp.cross(v, o)) / (wp.length(v) + 0.1)",
                "t = wp.length(o + v * wp.clamp(-wp.dot(o, v) / (wp.dot(v, v) + 0.05), 0.0, 2.0)) - r",
            ),
            "let {t} be where the ray from {o} along {v} meets a plain shape",
            (Given("t", "T", -2.0, 4.0),),
            {"o": ("V3", -2.0, 2.0), "v": ("V3", -1.0, 1.0)},
            {"r": (0.3, 1.0)},
            scalars=_ACCURATE,
        ),
        weight=1.5,
    ),
    snippet(
        "shading",
        Snippet(
            (
                "light = wp.max(wp.dot(wp.normalize(v), wp.normalize(o)), 0.0) + ambient",
                "n0 = wp.normalize(v)\nlight = ambient + 0.5 * (wp.dot(n0, wp.normalize(o)) + 1.0)",
                "n0 = wp.normalize(v)\nl0 = wp.normalize(o)\nh0 = 2.0 * wp.dot(n0, l0) * n0 - l0\n"
                "light = wp.abs(wp.dot(n0, l0)) + ambient * wp.pow(wp.abs(h0[2]) + 0.05, 8.0)",
                "light = ambient + (1.0 - ambient) * wp.pow(1.0 - wp.abs(wp.dot(wp.normalize(v), "
                "wp.normalize(o))) * 0.95, 5.0)",
                "light = wp.exp(-ambient * wp.length(o)) * wp.abs(wp.normalize(v)[1])",
            ),
            "let {light} be how bright a surface with the normal {v} is",
            (Given("light", "T", 0.0, 2.0),),
            {"o": ("V3", -2.0, 2.0), "v": ("V3", -1.0, 1.0)},
            {"ambient": (0.05, 0.4)},
        ),
        weight=1.5,
    ),
    snippet(
        "density-march",
        Snippet(
            (
                "<scene>dir = wp.normalize(v + vec3(0.0, 0.0, 1.5))\nlight = float(0.0)\nkept = float(1.0)\n"
                "for k in range(n):\n"
                "    d = scene(o + dir * (float(k) * h))\n    if d < 0.2:\n"
                "        light += kept * (0.2 - d) * h\n        kept *= wp.exp(-h)\n"
                "    else:\n        kept *= 1.0 - 0.1 * h * d / (1.0 + d)\nlight += kept",
                "<scene>dir = wp.normalize(v + vec3(0.0, 0.0, 1.5))\nlight = float(0.0)\nfor k in range(n):\n"
                "    light += h / (1.0 + wp.exp(8.0 * scene(o + dir * (h * float(k)))))\nlight = wp.exp(-light)",
            ),
            "let {light} be what a ray from {o} keeps of its light in a cloud",
            (Given("light", "T", 0.0, 2.0),),
            _RAY,
            {"h": (0.1, 0.4)},
            counts={"n": (4, 12)},
            options=_OPTIONS,
            scalars=_ACCURATE,
        ),
    ),
)
