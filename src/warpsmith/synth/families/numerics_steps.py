"""Steps in time and quadrature: Euler, Heun, Runge-Kutta, leapfrog; trapezia, Simpson, Gauss; difference quotients."""

from warpsmith.synth.families.snippet import Given, Snippet, Table, snippet
from warpsmith.synth.types import FLOAT32, FLOAT64

_ACCURATE = (FLOAT32, FLOAT64)
_SLOPE = (
    "-a * u",
    "a * u * (1.0 - u)",
    "a - u",
    "wp.cos(s) - a * u",
    "a * wp.sin(u)",
    "-a * u + wp.sin(s)",
    "a - u * wp.abs(u)",
)
_AT_X = (
    "-a * x",
    "a * x * (1.0 - x)",
    "a - x",
    "wp.sin(x) - a * x",
    "a * wp.tanh(1.0 - x)",
    "a / (1.0 + x * x) - x",
)
_INTEGRAND = (
    "u * u * b",
    "wp.sin(b * u)",
    "wp.exp(-b * u)",
    "b / (1.0 + u * u)",
    "wp.sqrt(u + 1.0) * b",
    "wp.cos(u) * b",
)
_AT_T = ("t * t * b", "wp.sin(b * t)", "wp.exp(-b * t)", "b / (1.0 + t * t)", "b * wp.cos(t)", "wp.abs(t - b)")
_STATE = Given("x", "T", -2.0, 2.0)

STEPS = (
    snippet(
        "euler-steps",
        Snippet(
            (
                "x = x0\nfor k in range(n):\n    <move>",
                "x = x0\nt = float(0.0)\nfor k in range(n):\n    x += h * (<slope> + 0.1 * wp.sin(t))\n    t += h",
            ),
            "let {x} follow a differential equation from {x0} by Euler's method",
            (_STATE,),
            {"x0": ("T", -1.0, 1.5), "a": ("T", 0.1, 2.0)},
            {"h": (0.02, 0.15)},
            counts={"n": (3, 10)},
            options={
                "slope": tuple(f"({text})" for text in _AT_X),
                "move": ("x += h * <slope>", "x = x + h * <slope>", "dx = <slope>\n    x += dx * h"),
            },
        ),
        weight=1.5,
    ),
    snippet(
        "implicit-euler",
        Snippet(
            ("x = x0\nfor k in range(n):\n    <move>",),
            "let {x} decay from {x0} at the rate {a} by an implicit method",
            (_STATE,),
            {"x0": ("T", -2.0, 2.0), "a": ("T", 0.1, 3.0)},
            {"h": (0.05, 0.3)},
            counts={"n": (2, 8)},
            options={
                "move": (
                    "x = x / (1.0 + a * h)",
                    "x = x * (1.0 - 0.5 * a * h) / (1.0 + 0.5 * a * h)",
                    "x = (x + h * wp.sin(x)) / (1.0 + a * h)",
                )
            },
        ),
    ),
    snippet(
        "heun-step",
        Snippet(
            (
                "x = x0\nfor k in range(n):\n    k1 = <slope>\n    y = x + h * k1\n    k2 = <at_y>\n"
                "    x += 0.5 * h * (k1 + k2)",
                "x = x0\nfor k in range(n):\n    k1 = <slope>\n    y = x + 0.5 * h * k1\n    k2 = <at_y>\n"
                "    x = x + h * k2",
            ),
            "let {x} follow a differential equation from {x0} by a method of second order",
            (_STATE,),
            {"x0": ("T", -1.0, 1.5), "a": ("T", 0.1, 2.0)},
            {"h": (0.02, 0.15)},
            counts={"n": (2, 8)},
            options={"slope": _AT_X, "at_y": tuple(text.replace("x", "y").replace("eyp", "exp") for text in _AT_X[:4])},
        ),
    ),
    snippet(
        "runge-kutta",
        Snippet(
            (
                "@wp.func\ndef slope(s: float, u: float, a: float) -> float:\n    return <value>\n"
                "x = x0\nt = float(0.0)\nfor k in range(n):\n    k1 = slope(t, x, rate)\n"
                "    k2 = slope(t + 0.5 * h, x + 0.5 * h * k1, rate)\n"
                "    k3 = slope(t + 0.5 * h, x + 0.5 * h * k2, rate)\n"
                "    k4 = slope(t + h, x + h * k3, rate)\n    x += h * (k1 + 2.0 * k2 + 2.0 * k3 + k4) / 6.0\n"
                "    t += h",
                "@wp.func\ndef slope(s: float, u: float, a: float) -> float:\n    return <value>\n"
                "k1 = h * slope(0.0, x0, rate)\nk2 = h * slope(0.5 * h, x0 + 0.5 * k1, rate)\n"
                "k3 = h * slope(0.5 * h, x0 + 0.5 * k2, rate)\nk4 = h * slope(h, x0 + k3, rate)\n"
                "x = x0 + (k1 + 2.0 * (k2 + k3) + k4) / 6.0",
                "@wp.func\ndef slope(s: float, u: float, a: float) -> float:\n    return <value>\n"
                "x = x0\nt = float(0.0)\nfor k in range(n):\n    k1 = slope(t, x, rate)\n"
                "    k2 = slope(t + h, x + h * k1, rate)\n"
                "    k3 = slope(t + 0.5 * h, x + 0.25 * h * (k1 + k2), rate)\n"
                "    x += h * (k1 + k2 + 4.0 * k3) / 6.0\n    t += h",
            ),
            "let {x} follow a differential equation from {x0} by a Runge-Kutta method",
            (_STATE,),
            {"x0": ("T", -1.0, 1.5), "rate": ("T", 0.1, 2.0)},
            {"h": (0.02, 0.2)},
            counts={"n": (2, 6)},
            options={"value": tuple(f"{text} + 0.1 * s" if "s)" not in text else text for text in _SLOPE)},
            scalars=_ACCURATE,
        ),
    ),
    snippet(
        "oscillator",
        Snippet(
            (
                "x = x0\nv = v0\nfor k in range(n):\n    v += h * (<force>)\n    x += h * v",
                "x = x0\nv = v0\nfor k in range(n):\n    v += 0.5 * h * (<force>)\n    x += h * v\n"
                "    v += 0.5 * h * (<force>)",
                "x = x0\nv = v0\nfor k in range(n):\n    acc = <force>\n    x = x + v * h + 0.5 * acc * h * h\n"
                "    v = v + 0.5 * h * (acc + <force>)",
            ),
            "let {x} and {v} be the place and the speed of an oscillator that starts at {x0}",
            (_STATE, Given("v", "T", -4.0, 4.0)),
            {"x0": ("T", -2.0, 2.0), "v0": ("T", -2.0, 2.0)},
            {"h": (0.02, 0.15), "stiffness": (0.5, 4.0), "drag": (0.05, 0.5)},
            counts={"n": (3, 10)},
            options={
                "force": (
                    "-stiffness * x",
                    "-stiffness * wp.sin(x)",
                    "-stiffness * x - drag * v",
                    "drag * (1.0 - x * x) * v - x",
                    "x - x * x * x - drag * v",
                )
            },
        ),
    ),
    snippet(
        "two-species",
        Snippet(
            ("u = u0\nv = v0\nfor k in range(n):\n    du = <du>\n    dv = <dv>\n    u += h * du\n    v += h * dv",),
            "let {u} and {v} be two populations that grow and feed from {u0} and {v0}",
            (Given("u", "T", -1.0, 2.5), Given("v", "T", -1.0, 2.5)),
            {"u0": ("T", 0.1, 2.0), "v0": ("T", 0.1, 2.0)},
            {"h": (0.01, 0.05), "feed": (0.2, 1.0)},
            counts={"n": (3, 8)},
            options={
                "du": ("u * (1.0 - v)", "u * (1.0 - u) - u * v", "feed * (1.0 - u) - u * v * v", "v - 0.3 * u * u * u"),
                "dv": ("v * (u - feed)", "u * v - feed * v", "-feed * u", "u * v * v - feed * v"),
            },
        ),
    ),
    snippet(
        "orbit",
        Snippet(
            (
                "p = x0 + vec2(1.5, 0.5)\nv = vec2(-0.3, 0.9)\nfor k in range(n):\n    r = wp.length(p) + 0.2\n"
                "    v -= h * p / (r * r * r)\n    p += h * v",
                "p = x0 + vec2(1.5, 0.5)\nv = vec2(0.0, 1.0)\nfor k in range(n):\n    p += 0.5 * h * v\n"
                "    v = v - p * (h * <pull>)\n    p += 0.5 * h * v",
            ),
            "let {p} move around the origin from {x0}",
            (Given("p", "V2", -3.0, 3.0),),
            {"x0": ("V2", -1.0, 1.0)},
            {"h": (0.02, 0.1)},
            counts={"n": (3, 10)},
            options={"pull": ("1.0", "wp.exp(-wp.length(p))", "1.0 / (1.0 + wp.dot(p, p))")},
        ),
    ),
    snippet(
        "quadrature-sum",
        Snippet(
            (
                "total = float(0.0)\nfor k in range(n):\n    t = (float(k) + 0.5) * h\n    total += <value>\n"
                "total *= h",
                "total = float(0.0)\nt = 0.5 * h\nfor k in range(n):\n    total += h * (<value>)\n    t += h",
                "total = float(0.0)\nfor k in range(n):\n    t = float(k) * h\n"
                "    w = wp.where(k % 2 == 0, float(2.0), float(4.0))\n    total += w * (<value>)\n"
                "total *= h / 3.0",
                "total = float(0.0)\nfor k in range(n + 1):\n    t = float(k) * h\n    w = float(1.0)\n"
                "    if k == 0 or k == n:\n        w = float(0.5)\n    total += w * (<value>) * h",
            ),
            "let {total} be an integral of a function that {b} shapes, by a sum",
            (Given("total", "T", -1.0, 4.0),),
            {"b": ("T", 0.2, 3.0)},
            {"h": (0.05, 0.2)},
            counts={"n": (4, 12)},
            options={"value": _AT_T},
        ),
        weight=1.5,
    ),
    snippet(
        "gauss-quadrature",
        Snippet(
            (
                "@wp.func\ndef f(u: float, b: float) -> float:\n    return <value>\n"
                "total = width * 0.5 * (f(0.2113 * width, shape) + f(0.7887 * width, shape))",
                "@wp.func\ndef f(u: float, b: float) -> float:\n    return <value>\n"
                "mid = 0.5 * width\ns = 0.7746 * mid\n"
                "total = mid * (5.0 * f(mid - s, shape) + 8.0 * f(mid, shape) + 5.0 * f(mid + s, shape)) / 9.0",
                "@wp.func\ndef f(u: float, b: float) -> float:\n    return <value>\n"
                "total = width * (f(0.0, shape) + 4.0 * f(0.5 * width, shape) + f(width, shape)) / 6.0",
                "@wp.func\ndef f(u: float, b: float) -> float:\n    return <value>\n"
                "coarse = 0.5 * width * (f(0.0, shape) + f(width, shape))\n"
                "fine = 0.5 * (coarse + width * f(0.5 * width, shape))\ntotal = (4.0 * fine - coarse) / 3.0",
            ),
            "let {total} be an integral over the width {width} of a function that {shape} shapes, by few points",
            (Given("total", "T", -1.0, 4.0),),
            {"width": ("T", 0.2, 2.0), "shape": ("T", 0.2, 2.0)},
            options={"value": _INTEGRAND},
        ),
    ),
    snippet(
        "difference-quotient",
        Snippet(
            (
                "@wp.func\ndef f(u: float) -> float:\n    return <value>\nd = (f(x + h) - f(x)) / h",
                "@wp.func\ndef f(u: float) -> float:\n    return <value>\nd = (f(x + h) - f(x - h)) / (2.0 * h)",
                "@wp.func\ndef f(u: float) -> float:\n    return <value>\n"
                "d = (f(x + h) - 2.0 * f(x) + f(x - h)) / (h * h)",
                "@wp.func\ndef f(u: float) -> float:\n    return <value>\nwide = (f(x + h) - f(x - h)) / (2.0 * h)\n"
                "narrow = (f(x + 0.5 * h) - f(x - 0.5 * h)) / h\nd = (4.0 * narrow - wide) / 3.0",
            ),
            "let {d} be a derivative at {x} by differences",
            (Given("d", "T", -4.0, 8.0),),
            {"x": ("T", -2.0, 2.0)},
            {"h": (0.05, 0.2)},
            options={
                "value": (
                    "wp.sin(2.0 * u)",
                    "u * u * u",
                    "wp.exp(0.5 * u)",
                    "u * wp.cos(u)",
                    "u * u / (1.0 + u * u)",
                    "wp.tanh(u) + u",
                )
            },
            scalars=_ACCURATE,
        ),
    ),
    snippet(
        "sampled-integral",
        Snippet(
            (
                "total = float(0.0)\nfor k in range(n - 1):\n    total += 0.5 * h * (row[@, k] + row[@, k + 1])",
                "total = 0.5 * (row[@, 0] + row[@, n - 1])\nfor k in range(1, n - 1):\n    total += row[@, k]\n"
                "total *= h",
                "total = float(0.0)\nfor k in range(1, n):\n"
                "    total += wp.sqrt(h * h + (row[@, k] - row[@, k - 1]) * (row[@, k] - row[@, k - 1]))",
                "total = float(0.0)\nfor k in range(1, n - 1):\n"
                "    total += wp.abs(row[@, k + 1] - 2.0 * row[@, k] + row[@, k - 1]) / (h * h)",
            ),
            "let {total} be a sum over neighbouring samples of {row}",
            (Given("total", "T", -10.0, 40.0),),
            {},
            {"h": (0.1, 0.5)},
            counts={"n": (4, 10)},
            tables={"row": Table("T", ("@", "n"))},
            scalars=_ACCURATE,
        ),
    ),
)
