"""Kernels whose adjoints Warp is, or was, known to get wrong, after its issues; each with the verdict of Warp 1.19."""

from typing import Any, NamedTuple

from tests.verify.kernels import OUT, X, row

Y = {"name": "y", "kind": "array", "dtype": "float32", "shape": [8], "low": 0.5, "high": 2.0}
Z = {"name": "z", "kind": "array", "dtype": "float32", "shape": [8], "low": 0.0, "high": 0.0}
N = {"name": "n", "kind": "scalar", "dtype": "int32", "value": 4}
V = {"name": "v", "kind": "array", "dtype": "vec3f", "shape": [8], "low": 0.0, "high": 0.0}
SUMMED = "@wp.func\ndef summed(a: float, n: int):\n    s = float(0.0)\n    for j in range(n):\n        s += a\n"
COUNTED = "x: wp.array[float], n: int, out: wp.array[float]"


class Case(NamedTuple):
    """A kernel, what it shows, and the verdict on its gradient."""

    name: str
    row: dict[str, Any]
    gradient: str


def counted(body: str, before: str = "") -> dict[str, Any]:
    """Return a kernel of `x`, a count `n` and `out`."""
    return row(body, X, N, OUT, signature=COUNTED, before=before)


def largest(end: str) -> dict[str, Any]:
    """Return a kernel that looks for the largest of some products up to an end, passing over some of them."""
    return row(
        f"best = float(-1000.0)\nfor j in range({end}):\n    c = y[j]\n    if c < -1.0:\n        continue\n"
        "    v = x[i] * c\n    if v > best:\n        best = v\nout[i] = best",
        X | {"low": -2.0},
        Y | {"low": -2.0},
        N,
        OUT,
        signature="x: wp.array[float], y: wp.array[float], n: int, out: wp.array[float]",
    )


CASES = (
    Case("dynamic loop", counted("s = float(1.0)\nfor j in range(n):\n    s = s * x[i]\nout[i] = s"), "mismatch"),
    Case(
        "dynamic loop beside large numbers",
        row(
            "s = float(1.0)\nfor j in range(n):\n    s = s * x[i]\nout[i] = s\nlarge[i] = 1.0e9 * x[i]",
            X,
            N,
            OUT,
            OUT | {"name": "large"},
            signature=f"{COUNTED}, large: wp.array[float]",
        ),
        "mismatch",
    ),
    Case("unrolled loop", row("s = float(1.0)\nfor j in range(4):\n    s = s * x[i]\nout[i] = s"), "match"),
    Case(
        "while loop",
        counted("s = float(1.0)\nj = int(0)\nwhile j < n:\n    s = s * x[i]\n    j += 1\nout[i] = s"),
        "mismatch",
    ),
    Case("sum in a dynamic loop", counted("s = float(0.0)\nfor j in range(n):\n    s += x[i]\nout[i] = s"), "match"),
    # NVIDIA/warp 174: a loop overwrites a variable that is used behind it; one in a function of its own is replayed
    Case("174", counted("s = float(0.0)\nfor j in range(n):\n    s += x[i]\nout[i] = s * s"), "mismatch"),
    Case(
        "174 in a function",
        counted(
            "s = summed(x[i], n)\nout[i] = s * s",
            before=SUMMED + "    return s\n",
        ),
        "match",
    ),
    # NVIDIA/warp 1740: that helps only where the function does no more than the loop
    Case(
        "1740",
        counted(
            "out[i] = summed(x[i], n)",
            before=SUMMED + "    return s * s\n",
        ),
        "mismatch",
    ),
    # NVIDIA/warp 202: a variable that is another's alias, assigned in a branch
    Case(
        "202",
        row(
            "out[i] = cubed(x[i])",
            before="@wp.func\ndef cubed(a: float):\n    b = a\n    if b > 1.0:\n        b = a * a\n    else:\n"
            "        b = a * a * a\n    return b\n",
        ),
        "match",
    ),
    # NVIDIA/warp 248: components of vectors in an array are stored one by one
    Case(
        "248",
        row(
            "v[i].x = x[i] * 2.0\nv[i].y = x[i] * 3.0\nv[i].z = x[i] * 4.0",
            X,
            V,
            signature="x: wp.array[float], v: wp.array[wp.vec3]",
        ),
        "match",
    ),
    # NVIDIA/warp 1293: dynamic loops in dynamic loops
    Case(
        "1293",
        counted(
            "s = float(0.0)\nfor j in range(n):\n    t = x[i]\n    for k in range(n):\n        t = t * x[i]\n"
            "    s += t\nout[i] = s"
        ),
        "mismatch",
    ),
    # NVIDIA/warp 1552: `continue` in a loop, the largest of some values; a constant range is unrolled today
    Case("1552", largest("5"), "match"),
    Case("1552 in a dynamic loop", largest("n"), "mismatch"),
    # NVIDIA/warp 1694: a variable from before a dynamic loop that is used behind it
    Case(
        "1694",
        counted("a = x[i] * x[i]\ns = float(0.0)\nfor j in range(n):\n    s += x[i]\nout[i] = a * s"),
        "mismatch",
    ),
    # NVIDIA/warp 1697: a component of a local vector that is written from itself
    Case(
        "1697",
        row("m = wp.vec3(0.0)\nm[0] = m[0] + x[i]\nm[0] = m[0] + x[i]\nm[0] = m[0] + x[i]\nout[i] = m[0]"),
        "mismatch",
    ),
    # NVIDIA/warp 1736: both ways of a conditional expression read the same element, one of them divides by zero
    Case(
        "1736",
        row(
            "out[i] = x[i] if i >= 0 else x[i] / y[i]",
            X,
            Y | {"low": 0.0, "high": 0.0},
            OUT,
            signature="x: wp.array[float], y: wp.array[float], out: wp.array[float]",
        ),
        "match",
    ),
    Case("components added to", row("m = wp.vec3(0.0)\nm[0] += x[i]\nm[0] += x[i]\nout[i] = m[0]"), "match"),
    Case("component named and added to", row("m = wp.vec3(x[i], 1.0, 2.0)\nm.x += x[i]\nout[i] = m[0]"), "mismatch"),
    Case(
        "nothing but rounding beside a product",
        row(
            "v = wp.vec3(x[i], 0.3, 0.7)\nout[i] = x[i] * x[i]\nw[i] = wp.cross(v, 0.25 * v * x[i])",
            X,
            OUT,
            V | {"name": "w"},
            signature="x: wp.array[float], out: wp.array[float], w: wp.array[wp.vec3]",
        ),
        "match",
    ),
    Case(
        "a gradient of its own for an array",
        row(
            "out[i] = doubled(x, i)",
            before="@wp.func\ndef doubled(a: wp.array[float], i: int):\n    return a[i] * 2.0\n\n\n"
            "@wp.func_grad(doubled)\ndef adj_doubled(a: wp.array[float], i: int, adj: float):\n"
            "    wp.atomic_add(wp.adjoint[a], i, 2.0 * adj)\n",
        ),
        "match",
    ),
    Case("overwritten input", row("x[i] = x[i] * x[i]"), "mismatch"),
    Case("kink", row("out[i] = wp.abs(x[i] - x[i]) + wp.floor(x[i])"), "nondifferentiable"),
    Case("one side of a kink", row("out[i] = wp.abs(x[i]) * wp.max(x[i], 0.25)"), "match"),
    Case(
        "cube root of zero beside a square",
        row(
            "out[i] = wp.cbrt(z[i])\nsquares[i] = x[i] * x[i]",
            X,
            Z,
            OUT | {"low": 1.0, "high": 1.0},
            OUT | {"name": "squares"},
            signature="x: wp.array[float], z: wp.array[float], out: wp.array[float], squares: wp.array[float]",
        ),
        "nondifferentiable",
    ),
    Case("cube root of nothing", row("out[i] = wp.cbrt(0.0 * x[i]) + x[i]"), "mismatch"),
    Case("integers", row("out[i] = float(i)"), "nondifferentiable"),
    Case("index without adjoint", row("m = wp.vec3(x[i], 1.0, 2.0)\nout[i] = wp.index(m, 0) * 2.0"), "mismatch"),
)
