"""Roots and extremes: Newton, bisection, secants, fixed points, golden sections, descent."""

from warpsmith.synth.families.snippet import Given, Snippet, snippet
from warpsmith.synth.types import FLOAT32, FLOAT64

_ACCURATE = (FLOAT32, FLOAT64)
_RISING = (
    "{0} * {0} * {0} + {0}",
    "wp.exp({0}) - 1.0",
    "2.0 * {0} + wp.sin({0})",
    "{0} * wp.sqrt({0} + 1.0)",
    "{0} + wp.log({0} + 1.0)",
    "wp.sinh({0})",
)

ROOTS = (
    snippet(
        "newton-root",
        Snippet(
            (
                "x = <start>\nfor k in range(n):\n    <step>",
                "x = <start>\nfor k in range(n):\n    r = x * x - a\n    if wp.abs(r) < 0.001:\n        break\n"
                "    x = x - r / (2.0 * x)",
                "x = <start>\nit = int(0)\nwhile it < n:\n    <step>\n    it += 1",
            ),
            "let {x} be the square root of {a} by Newton's method",
            (Given("x", "T", 0.4, 3.0),),
            {"a": ("T", 0.2, 8.0)},
            counts={"n": (3, 8)},
            options={
                "start": ("0.5 * (a + 1.0)", "float(1.0)", "a", "wp.max(a, 1.0)"),
                "step": ("x = 0.5 * (x + a / x)", "x -= (x * x - a) / (2.0 * x)", "x = x - (x * x - a) / (x + x)"),
            },
        ),
    ),
    snippet(
        "newton-cube-root",
        Snippet(
            (
                "x = <start>\nfor k in range(n):\n    x = x - (x * x * x - a) / (3.0 * x * x)",
                "x = <start>\nfor k in range(n):\n    x = (2.0 * x + a / (x * x)) / 3.0",
                "x = <start>\nfor k in range(n):\n    x2 = x * x\n    x -= (x * x2 - a) / (3.0 * x2)",
            ),
            "let {x} be the cube root of {a} by Newton's method",
            (Given("x", "T", 0.6, 2.1),),
            {"a": ("T", 0.3, 8.0)},
            counts={"n": (4, 9)},
            options={"start": ("float(1.0)", "0.5 * a + 0.5", "wp.max(a, 1.0)")},
        ),
    ),
    snippet(
        "kepler",
        Snippet(
            (
                "E = M\nfor k in range(n):\n    E = E - (E - ecc * wp.sin(E) - M) / (1.0 - ecc * wp.cos(E))",
                "E = M + ecc * wp.sin(M)\nfor k in range(n):\n    f = E - ecc * wp.sin(E) - M\n"
                "    E -= f / (1.0 - ecc * wp.cos(E))",
                "E = M\nfor k in range(n):\n    E = M + ecc * wp.sin(E)",
                "E = M\nfor k in range(n):\n    step = (E - ecc * wp.sin(E) - M) / (1.0 - ecc * wp.cos(E))\n"
                "    E -= step\n    if wp.abs(step) < 0.0001:\n        break",
            ),
            "let {E} solve Kepler's equation for the mean anomaly {M}",
            (Given("E", "T", -4.5, 4.5),),
            {"M": ("T", -4.0, 4.0)},
            {"ecc": (0.1, 0.6)},
            counts={"n": (3, 8)},
            scalars=_ACCURATE,
        ),
    ),
    snippet(
        "newton-function",
        Snippet(
            (
                "@wp.func\ndef f(u: float, v: float) -> float:\n    return <value> - v\n"
                "@wp.func\ndef slope(u: float) -> float:\n    return <derivative>\n"
                "x = float(0.5)\nfor k in range(n):\n    x = x - f(x, a) / slope(x)",
                "@wp.func\ndef f(u: float, v: float) -> float:\n    return <value> - v\n"
                "x = float(0.5)\nfor k in range(n):\n    <quotient>\n    x = x - f(x, a) / d",
            ),
            "let {x} be where a rising function reaches {a}, by Newton's method",
            (Given("x", "T", 0.0, 1.2),),
            {"a": ("T", 0.2, 3.0)},
            counts={"n": (4, 8)},
            options={
                "value": ("u * u * u + 2.0 * u", "u * u * u + 3.0 * u"),
                "derivative": ("3.0 * u * u + 2.0", "3.0 * u * u + 3.0"),
                "quotient": (
                    "d = (f(x + 0.01, a) - f(x, a)) / 0.01",
                    "d = (f(x + 0.01, a) - f(x - 0.01, a)) * 50.0",
                ),
            },
            scalars=_ACCURATE,
        ),
    ),
    snippet(
        "bisection",
        Snippet(
            (
                "a = float(0.0)\nb = float(3.0)\nfor k in range(n):\n    mid = <half>\n"
                "    if <rising> < y:\n        a = mid\n    else:\n        b = mid\nroot = 0.5 * (a + b)",
                "a = float(0.0)\nb = float(3.0)\nit = int(0)\nwhile it < n and b - a > eps:\n    mid = <half>\n"
                "    if <rising> > y:\n        b = mid\n    else:\n        a = mid\n    it += 1\nroot = <result>",
                "root = float(1.5)\nh = float(0.75)\nfor k in range(n):\n    if <stepped> < y:\n        root += h\n"
                "    else:\n        root -= h\n    h *= 0.5",
            ),
            "let {root} be where a rising function reaches {y}, by bisection",
            (Given("root", "T", 0.0, 3.0),),
            {"y": ("T", 0.1, 3.0)},
            {"eps": (0.0005, 0.01)},
            counts={"n": (8, 20)},
            options={
                "half": ("0.5 * (a + b)", "(a + b) / 2.0", "a + 0.5 * (b - a)"),
                "result": ("0.5 * (a + b)", "a", "b"),
                "rising": tuple(text.format("mid") for text in _RISING),
                "stepped": tuple(text.format("root") for text in _RISING),
            },
        ),
    ),
    snippet(
        "secant",
        Snippet(
            (
                "@wp.func\ndef f(u: float, v: float) -> float:\n    return <value> - v\n"
                "x0 = float(0.2)\nx1 = float(1.2)\nfor k in range(n):\n    f0 = f(x0, y)\n    f1 = f(x1, y)\n"
                "    if wp.abs(f1 - f0) < 0.0001:\n        break\n    x2 = x1 - f1 * (x1 - x0) / (f1 - f0)\n"
                "    x0 = x1\n    x1 = wp.clamp(x2, -8.0, 8.0)",
                "x0 = float(0.1)\nx1 = float(1.5)\nf0 = x0 + wp.exp(x0) - y\nfor k in range(n):\n"
                "    f1 = x1 + wp.exp(x1) - y\n    if wp.abs(f1) < eps or wp.abs(f1 - f0) < 0.0001:\n        break\n"
                "    tmp = x1 - f1 * (x1 - x0) / (f1 - f0)\n    x0 = x1\n    f0 = f1\n"
                "    x1 = wp.clamp(tmp, -6.0, 6.0)",
            ),
            "let {x1} be a root near {y} by the secant method",
            (Given("x1", "T", -1.0, 2.0),),
            {"y": ("T", 0.2, 3.0)},
            {"eps": (0.0005, 0.01)},
            counts={"n": (3, 8)},
            options={"value": ("u * u * u + u", "u * wp.exp(0.2 * u)", "u + wp.tanh(u)", "u * u + 2.0 * u")},
            scalars=_ACCURATE,
        ),
    ),
    snippet(
        "fixed-point",
        Snippet(
            (
                "x = <start>\nfor k in range(n):\n    x = <map>",
                "x = <start>\nfor k in range(n):\n    tmp = <map>\n    <stop>\n    x = tmp",
                "x = <start>\nfor k in range(n):\n    x = (1.0 - omega) * x + omega * (<map>)",
            ),
            "let {x} be a fixed point that depends on {a}, by iteration",
            (Given("x", "T", -1.5, 1.5),),
            {"a": ("T", -0.8, 0.8)},
            {"omega": (0.3, 0.9)},
            counts={"n": (3, 9)},
            options={
                "start": ("float(0.5)", "a", "float(0.0)", "a * 0.5"),
                "map": (
                    "wp.cos(a * x) + a",
                    "a * wp.sin(x) + a",
                    "a + 0.5 * wp.tanh(x)",
                    "a / (1.0 + x * x)",
                    "wp.exp(-x * x) * a",
                    "a + 0.3 * wp.cos(x)",
                ),
                "stop": (
                    "if wp.abs(tmp - x) < 0.0001:\n        break",
                    "tmp = wp.clamp(tmp, -2.0, 2.0)",
                ),
            },
        ),
    ),
    snippet(
        "golden-section",
        Snippet(
            (
                "a = float(-2.0)\nb = float(2.0)\nfor k in range(n):\n    c = b - 0.618 * (b - a)\n"
                "    d = a + 0.618 * (b - a)\n"
                "    fc = <at_c>\n    fd = <at_d>\n    if fc < fd:\n        b = d\n    else:\n        a = c\n"
                "best = 0.5 * (a + b)",
                "a = float(-2.0)\nb = float(2.0)\nfor k in range(n):\n    third = (b - a) / 3.0\n"
                "    c = a + third\n    d = b - third\n"
                "    if <at_c> < <at_d>:\n        b = d\n    else:\n        a = c\nbest = 0.5 * (a + b)",
            ),
            "let {best} be where a function around {y} is least, by narrowing an interval",
            (Given("best", "T", -2.0, 2.0),),
            {"y": ("T", -1.5, 1.5)},
            counts={"n": (5, 12)},
            options={
                "at_c": ("(c - y) * (c - y)", "wp.abs(c - y)", "(c - y) * (c - y) + 0.1 * wp.sin(c)"),
                "at_d": ("(d - y) * (d - y)", "wp.abs(d - y)", "(d - y) * (d - y) + 0.1 * wp.sin(d)"),
            },
            scalars=_ACCURATE,
        ),
    ),
    snippet(
        "descent",
        Snippet(
            (
                "x = <start>\nfor k in range(n):\n    g = <slope>\n    x -= rate * g",
                "x = <start>\nm = float(0.0)\nfor k in range(n):\n    g = <slope>\n    m = 0.8 * m + g\n"
                "    x = x - rate * m",
                "x = <start>\ns = float(0.0)\nfor k in range(n):\n    g = <slope>\n    s = 0.9 * s + 0.1 * g * g\n"
                "    x -= rate * g / (wp.sqrt(s) + 0.01)",
            ),
            "let {x} descend towards a minimum that {a} places",
            (Given("x", "T", -2.0, 2.0),),
            {"a": ("T", -2.0, 2.0)},
            {"rate": (0.02, 0.15)},
            counts={"n": (4, 12)},
            options={
                "start": ("float(0.0)", "0.5 * a", "float(1.0)"),
                "slope": (
                    "2.0 * (x - a)",
                    "(x - a) + 0.2 * wp.sin(x)",
                    "wp.tanh(x - a)",
                    "(x - a) / wp.sqrt(1.0 + x * x)",
                ),
            },
        ),
    ),
    snippet(
        "reciprocal",
        Snippet(
            (
                "x = float(0.3)\nfor k in range(n):\n    x = x * (2.0 - a * x)",
                "x = float(0.4)\nfor k in range(n):\n    x = x * (1.5 - 0.5 * a * x * x)",
                "x = float(0.3)\nfor k in range(n):\n    e = 1.0 - a * x\n    x = x + x * e",
            ),
            "let {x} be a power of {a} by an iteration without division",
            (Given("x", "T", 0.1, 4.0),),
            {"a": ("T", 0.4, 3.0)},
            counts={"n": (3, 7)},
        ),
    ),
    snippet(
        "bracket-search",
        Snippet(
            (
                "t = float(0.0)\nprev = <at0>\nfor k in range(n):\n    t += h\n    cur = <at>\n"
                "    if cur * prev < 0.0:\n"
                "        t -= h * wp.abs(cur) / (wp.abs(cur) + wp.abs(prev))\n        break\n    prev = cur",
            ),
            "let {t} be about where a function that {a} shifts changes its sign first",
            (Given("t", "T", 0.0, 8.0),),
            {"a": ("T", -0.9, 0.9)},
            {"h": (0.2, 0.5)},
            counts={"n": (6, 14)},
            options={
                "at0": ("wp.cos(0.0) - a", "1.0 - a"),
                "at": ("wp.cos(t) - a", "wp.cos(2.0 * t) - a", "wp.exp(-t) - a"),
            },
        ),
    ),
)
