"""Series, recurrences, interpolation and small integer methods."""

from warpsmith.synth.families.snippet import Given, Snippet, Table, snippet
from warpsmith.synth.types import FLOAT32, FLOAT64

_ACCURATE = (FLOAT32, FLOAT64)
_AXPY = Given("y", "T", -5.0, 5.0)

SERIES = (
    snippet(
        "horner",
        Snippet(
            (
                "y = float(0.0)\nfor k in range(n):\n    y = y * x + coeffs[k]",
                "y = coeffs[n - 1]\nfor k in range(1, n):\n    y = coeffs[n - 1 - k] + x * y",
                "y = float(0.0)\npower = float(1.0)\nfor k in range(n):\n    y += coeffs[k] * power\n    power *= x",
                "y = float(0.0)\ndy = float(0.0)\nfor k in range(n):\n    dy = dy * x + y\n"
                "    y = y * x + coeffs[k]\ny = y + 0.1 * dy",
            ),
            "let {y} be the polynomial with the coefficients {coeffs} at {x}",
            (_AXPY,),
            {"x": ("T", -1.5, 1.5)},
            counts={"n": (3, 6)},
            tables={"coeffs": Table("T", ("n",))},
        ),
        weight=1.5,
    ),
    snippet(
        "fixed-polynomial",
        Snippet(
            (
                "y = ((0.3 * x - 0.7) * x + 1.2) * x + c0",
                "y = c0 + x * (1.0 + x * (0.5 + x * 0.1667))",
                "y = (x * (1.0 + 0.1 * x * x)) / (1.0 + c0 * x * x)",
                "x2 = x * x\ny = x * (1.0 - x2 / 6.0 + x2 * x2 * c0)",
                "y = 1.0 / (1.0 + 0.5 * x * (x + c0))",
            ),
            "let {y} be a polynomial or a rational function of {x}",
            (_AXPY,),
            {"x": ("T", -1.8, 1.8)},
            {"c0": (0.1, 0.9)},
        ),
        weight=1.5,
    ),
    snippet(
        "power-series",
        Snippet(
            (
                "total = float(1.0)\nterm = float(1.0)\nfor k in range(1, n):\n    term = term * x / float(k)\n"
                "    total += term",
                "total = x\nterm = x\nfor k in range(1, n):\n    term *= -x * x / float(2 * k * (2 * k + 1))\n"
                "    total += term",
                "total = float(0.0)\nterm = x\nfor k in range(n):\n    total += term / float(2 * k + 1)\n"
                "    term = term * x * x",
                "total = float(0.0)\nfor k in range(1, n):\n    total += wp.sin(float(k) * x) / float(k)",
                "total = float(0.0)\nsign = float(1.0)\nfor k in range(n):\n"
                "    total += sign * wp.cos(float(2 * k + 1) * x) / float((2 * k + 1) * (2 * k + 1))\n"
                "    sign = -sign",
            ),
            "let {total} be a series at {x}",
            (Given("total", "T", -2.0, 3.0),),
            {"x": ("T", -0.95, 0.95)},
            counts={"n": (3, 8)},
            scalars=_ACCURATE,
        ),
    ),
    snippet(
        "orthogonal-polynomials",
        Snippet(
            (
                "p0 = float(1.0)\np1 = x\nfor k in range(1, n):\n    tmp = 2.0 * x * p1 - p0\n    p0 = p1\n"
                "    p1 = tmp",
                "p0 = float(1.0)\np1 = x\nfor k in range(1, n):\n"
                "    tmp = (float(2 * k + 1) * x * p1 - float(k) * p0) / float(k + 1)\n    p0 = p1\n    p1 = tmp",
                "p0 = float(0.0)\np1 = float(0.0)\nfor k in range(n):\n    tmp = 2.0 * x * p1 - p0 + coeffs[k]\n"
                "    p0 = p1\n    p1 = tmp\np1 = p1 - x * p0",
            ),
            "let {p1} be a polynomial at {x} by a recurrence of three terms",
            (Given("p1", "T", -3.0, 3.0),),
            {"x": ("T", -0.95, 0.95)},
            counts={"n": (3, 7)},
            tables={"coeffs": Table("T", ("n",))},
            scalars=_ACCURATE,
        ),
    ),
    snippet(
        "continued-fraction",
        Snippet(
            (
                "y = float(1.0)\nfor k in range(n):\n    y = 1.0 + x / y",
                "y = float(1.0)\nfor k in range(n):\n    y = float(n - k) + x / (1.0 + y)",
                "y = float(0.0)\nfor k in range(n):\n    y = wp.sqrt(x + y)",
                "y = x + 1.0\nz = float(1.0)\nfor k in range(n):\n    tmp = 0.5 * (y + z)\n"
                "    z = wp.sqrt(y * z)\n    y = tmp",
            ),
            "let {y} be what a fraction, a root or a mean of {x} in itself comes to",
            (Given("y", "T", 0.0, 5.0),),
            {"x": ("T", 0.1, 4.0)},
            counts={"n": (3, 8)},
            scalars=_ACCURATE,
        ),
    ),
    snippet(
        "table-interpolation",
        Snippet(
            (
                "s = x * float(size - 1)\nk = wp.min(int(s), size - 2)\nt = s - float(k)\ny = <blend>",
                "s = x * float(size - 1)\nk = wp.clamp(int(wp.floor(s)), 0, size - 2)\nt = s - float(k)\ny = <blend>",
                "k = wp.min(int(x * float(size)), size - 1)\ny = knots[k]",
                "s = x * float(size - 1)\nk = wp.clamp(int(s), 0, size - 2)\nt = s - float(k)\n"
                "t = t * t * (3.0 - 2.0 * t)\ny = <blend>",
            ),
            "let {y} be {knots} interpolated at {x}",
            (Given("y", "T", -4.0, 4.0),),
            {"x": ("T", 0.0, 1.0)},
            counts={"size": (5, 16)},
            tables={"knots": Table("T", ("size",))},
            options={
                "blend": (
                    "knots[k] + t * (knots[k + 1] - knots[k])",
                    "(1.0 - t) * knots[k] + t * knots[k + 1]",
                    "wp.lerp(knots[k], knots[k + 1], t)",
                )
            },
            scalars=_ACCURATE,
        ),
        weight=1.5,
    ),
    snippet(
        "hermite",
        Snippet(
            (
                "s = t * t * (3.0 - 2.0 * t)\ny = a + s * (b - a)",
                "s = 0.5 * (1.0 - wp.cos(3.1416 * t))\ny = a * (1.0 - s) + b * s",
                "y = (1.0 - t) * (1.0 - t) * a + 2.0 * t * (1.0 - t) * m + t * t * b",
                "t2 = t * t\nt3 = t2 * t\n"
                "y = (2.0 * t3 - 3.0 * t2 + 1.0) * a + (t3 - 2.0 * t2 + t) * m + (3.0 * t2 - 2.0 * t3) * b",
                "y = 0.5 * (2.0 * a + t * (b - m) + t * t * (2.0 * m - 5.0 * a + 4.0 * b))",
                "ab = wp.lerp(a, m, t)\nmb = wp.lerp(m, b, t)\ny = wp.lerp(ab, mb, t)",
                "y = a * (t - 1.0) * (t - 2.0) * 0.5 - m * t * (t - 2.0) + b * t * (t - 1.0) * 0.5",
            ),
            "let {y} be between {a} and {b} at {t} along a curve",
            (_AXPY,),
            {"a": "T", "b": "T", "t": ("T", 0.0, 1.0)},
            {"m": (-1.0, 1.0)},
        ),
        weight=1.5,
    ),
    snippet(
        "curve-points",
        Snippet(
            (
                "p = (1.0 - t) * (1.0 - t) * a + (2.0 * t * (1.0 - t)) * b + t * t * c",
                "p = wp.lerp(wp.lerp(a, b, t), wp.lerp(b, c, t), t)",
                "p = a + (b - a) * (t * t * (3.0 - 2.0 * t)) + c * (t * (1.0 - t))",
                "u = 1.0 - t\np = (u * u * 0.5) * a + (0.5 + u * t) * b + (t * t * 0.5) * c",
            ),
            "let {p} be a point at {t} of the curve of {a}, {b} and {c}",
            (Given("p", "V3", -4.0, 4.0),),
            {"a": ("V3", -4.0, 4.0), "b": ("V3", -4.0, 4.0), "c": ("V3", -4.0, 4.0), "t": ("T", 0.0, 1.0)},
        ),
    ),
    snippet(
        "logistic-map",
        Snippet(
            (
                "x = a\nfor k in range(n):\n    x = growth * x * (1.0 - x)",
                "x = a\nfor k in range(n):\n    x = 1.0 - growth * 0.3 * x * x",
                "x = a\nfor k in range(n):\n    x = wp.where(x < 0.5, 1.8 * x, 1.8 * (1.0 - x))",
            ),
            "let {x} be {a} after some steps of a chaotic map",
            (Given("x", "T", -2.0, 2.0),),
            {"a": ("T", 0.1, 0.9)},
            {"growth": (2.2, 3.2)},
            counts={"n": (3, 9)},
        ),
    ),
    snippet(
        "escape-time",
        Snippet(
            (
                "z = vec2(0.0, 0.0)\ncount = int(0)\nfor k in range(n):\n"
                "    z = vec2(z[0] * z[0] - z[1] * z[1], 2.0 * z[0] * z[1]) + c\n    if wp.dot(z, z) > 4.0:\n"
                "        break\n    count += 1",
                "zr = c[0]\nzi = c[1]\ncount = int(0)\nwhile count < n and zr * zr + zi * zi < 4.0:\n"
                "    tmp = zr * zr - zi * zi + c[0]\n    zi = 2.0 * zr * zi + c[1]\n    zr = tmp\n    count += 1",
            ),
            "let {count} be how many steps the point {c} takes to escape",
            (Given("count", "int32", 0, 30),),
            {"c": ("V2", -1.8, 1.8)},
            counts={"n": (8, 24)},
        ),
    ),
    snippet(
        "integer-methods",
        Snippet(
            (
                "x = wp.abs(a) + 12\ny = wp.abs(b) % 12 + 1\nfor k in range(12):\n    if y == 0:\n"
                "        break\n    tmp = x % y\n    x = y\n    y = tmp",
                "x = wp.abs(a) % 97\nfor k in range(n):\n    if x % 2 == 0:\n        x = x / 2\n    else:\n"
                "        x = 3 * x + 1\nx = x + b % 7",
                "x = int(1)\nbase = wp.abs(a) % 23 + 2\ne = wp.abs(b) % 16 + 1\nfor k in range(5):\n"
                "    if e % 2 == 1:\n        x = x * base % 97\n    base = base * base % 97\n    e = e / 2",
                "x = int(0)\ny = int(1)\nfor k in range(n + a % 5):\n    tmp = (x + y) % 1009\n    x = y\n"
                "    y = tmp + b % 3",
            ),
            "let {x} be found from {a} and {b} by divisions with remainder",
            (Given("x", "int32", 0, 120),),
            {"a": ("int32", 0, 90), "b": ("int32", 0, 90)},
            counts={"n": (3, 9)},
        ),
    ),
    snippet(
        "smoothing",
        Snippet(
            (
                "y = row[@, 0]\nfor k in range(1, n):\n    y = alpha * row[@, k] + (1.0 - alpha) * y",
                "y = row[@, 0]\ntrend = float(0.0)\nfor k in range(1, n):\n    tmp = y\n"
                "    y = alpha * row[@, k] + (1.0 - alpha) * (y + trend)\n"
                "    trend = 0.5 * trend + 0.5 * (y - tmp)",
                "y = float(0.0)\nfor k in range(2, n):\n"
                "    denom = row[@, k] - 2.0 * row[@, k - 1] + row[@, k - 2]\n"
                "    d = row[@, k] - row[@, k - 1]\n    y += row[@, k] - d * d / (wp.abs(denom) + alpha)",
            ),
            "let {y} be the samples of {row} smoothed with the weight {alpha}",
            (Given("y", "T", -3.0, 3.0),),
            {},
            {"alpha": (0.1, 0.9)},
            counts={"n": (4, 10)},
            tables={"row": Table("T", ("@", "n"))},
            scalars=_ACCURATE,
        ),
    ),
    snippet(
        "guarded-quotient",
        Snippet(
            (
                "r = x / float(a)\ny = wp.where(wp.isfinite(r), r, x)",
                "r = x / float(a)\nif wp.isinf(r):\n    r = x * 2.0\ny = r",
                "r = float(a) / float(a)\ny = x if wp.isnan(r) else x / float(a)",
                "y = x / float(a)\nif not wp.isfinite(y):\n    y = 0.5 * x",
                "y = x * (1.0 - wp.step(x)) + 0.5 * x * wp.step(x)",
                "y = x + wp.nonzero(float(a)) * x * 0.5",
                "y = wp.step(x - 1.5) * x * x + x",
                "y = wp.div_approx(x, float(a) + 1.0)",
            ),
            "let {y} be {x} by {a}, with care where that is zero",
            (Given("y", "T", -8.0, 8.0),),
            {"x": ("T", 0.5, 4.0), "a": ("int32", 0, 3)},
            scalars=_ACCURATE,
        ),
        weight=1.2,
    ),
    snippet(
        "line-fit",
        Snippet(
            (
                "sx = float(0.0)\nsy = float(0.0)\nsxx = float(0.0)\nsxy = float(0.0)\nfor k in range(n):\n"
                "    x = float(k)\n    sx += x\n    sy += row[@, k]\n    sxx += x * x\n"
                "    sxy += x * row[@, k]\nslope = (float(n) * sxy - sx * sy) / (float(n) * sxx - sx * sx)",
                "mean = float(0.0)\nfor k in range(n):\n    mean += row[@, k] / float(n)\nslope = float(0.0)\n"
                "for k in range(n):\n    slope += (float(k) - 0.5 * float(n - 1)) * (row[@, k] - mean)",
            ),
            "let {slope} be the slope of a line through the samples of {row}",
            (Given("slope", "T", -4.0, 4.0),),
            {},
            counts={"n": (4, 10)},
            tables={"row": Table("T", ("@", "n"))},
            scalars=_ACCURATE,
        ),
    ),
)
