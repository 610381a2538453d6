"""Idioms that factorise by hand: Cholesky, LU, LDL, Gram-Schmidt, Cramer, polar and power iterations."""

from warpsmith.synth.families.snippet import Given, Snippet, snippet
from warpsmith.synth.types import FLOAT32, FLOAT64

_ACCURATE = (FLOAT32, FLOAT64)
_MATRIX3 = Given("M", "M33", -3.0, 3.0)
_VECTOR3 = Given("x", "V3", -4.0, 4.0)
_SYSTEM = {"S": ("S33", 0.5, 3.0), "b": ("V3", -2.0, 2.0)}
_GENERAL = {"A": ("R33", -2.0, 2.0), "b": ("V3", -2.0, 2.0)}
_CHOLESKY = (
    "L = mat33()\nfor r in range(3):\n    for c in range(r + 1):\n        s = S[r, c]\n"
    "        for k in range(c):\n            s -= L[r, k] * L[c, k]\n"
    "        if r == c:\n            L[r, c] = wp.sqrt(wp.max(s, 0.0001))\n        else:\n"
    "            L[r, c] = s / L[c, c]\n",
    "l00 = wp.sqrt(S[0, 0])\nl10 = S[1, 0] / l00\nl20 = S[2, 0] / l00\n"
    "l11 = wp.sqrt(wp.max(S[1, 1] - l10 * l10, 0.0001))\n"
    "l21 = (S[2, 1] - l20 * l10) / l11\nl22 = wp.sqrt(wp.max(S[2, 2] - l20 * l20 - l21 * l21, 0.0001))\n"
    "L = mat33(l00, 0.0, 0.0, l10, l11, 0.0, l20, l21, l22)\n",
)

BY_HAND = (
    snippet(
        "cholesky-2x2",
        Snippet(
            (
                "l0 = <root>\nl1 = S[1, 0] / l0\nl2 = wp.sqrt(wp.max(S[1, 1] - l1 * l1, 0.0001))\n"
                "M = mat22(l0, 0.0, l1, l2)",
                "M = mat22()\nM[0, 0] = <root>\nM[1, 0] = S[0, 1] / M[0, 0]\n"
                "M[1, 1] = wp.sqrt(wp.max(S[1, 1] - M[1, 0] * M[1, 0], 0.0001))",
                "l0 = <root>\nl1 = <below> / l0\n"
                "M = mat22(l0, 0.0, l1, wp.sqrt(wp.max(wp.determinant(S), 0.0001)) / l0)",
                "l0 = <root>\nM = mat22(1.0 / l0, 0.0, -<below> / l0, l0)",
                "d0 = S[0, 0]\nl1 = S[1, 0] / d0\nM = mat22(d0, 0.0, l1, S[1, 1] - l1 * l1 * d0)",
            ),
            "let {M} be a triangular factor of {S}",
            (Given("M", "M22", -2.0, 3.0),),
            {"S": ("S22", 0.5, 3.0)},
            options={
                "root": ("wp.sqrt(S[0, 0])", "wp.sqrt(wp.abs(S[0, 0]))", "wp.sqrt(wp.max(S[0, 0], 0.01))"),
                "below": ("S[1, 0]", "S[0, 1]", "0.5 * (S[0, 1] + S[1, 0])"),
            },
            scalars=_ACCURATE,
        ),
        weight=1.5,
    ),
    snippet(
        "solve-2x2",
        Snippet(
            (
                "det = S[0, 0] * S[1, 1] - S[0, 1] * S[1, 0]\n"
                "x = vec2(S[1, 1] * b[0] - S[0, 1] * b[1], S[0, 0] * b[1] - S[1, 0] * b[0]) / det",
                "m = S[1, 0] / S[0, 0]\nx1 = (b[1] - m * b[0]) / (S[1, 1] - m * S[0, 1])\n"
                "x = vec2((b[0] - S[0, 1] * x1) / S[0, 0], x1)",
                "x = mat22(S[1, 1], -S[0, 1], -S[1, 0], S[0, 0]) * b / wp.determinant(S)",
            ),
            "let {x} solve the system of {S} with {b}",
            (Given("x", "V2", -4.0, 4.0),),
            {"S": ("S22", 0.5, 3.0), "b": ("V2", -2.0, 2.0)},
            scalars=_ACCURATE,
        ),
        weight=1.6,
    ),
    snippet(
        "eigenvalues-2x2",
        Snippet(
            (
                "mean = 0.5 * (S[0, 0] + S[1, 1])\nd = 0.5 * (S[0, 0] - S[1, 1])\n"
                "r = wp.sqrt(d * d + S[0, 1] * S[0, 1])\ny = mean <sign> r",
                "tr = wp.trace(S)\ndet = wp.determinant(S)\n"
                "y = 0.5 * (tr <sign> wp.sqrt(wp.max(tr * tr - 4.0 * det, 0.0)))",
                "y = 0.5 * wp.atan2(2.0 * S[0, 1], S[0, 0] - S[1, 1])",
                "c0 = wp.cos(0.5 * wp.atan2(2.0 * S[0, 1], S[0, 0] - S[1, 1]))\n"
                "y = c0 * c0 * S[0, 0] + (1.0 - c0 * c0) * S[1, 1]",
            ),
            "let {y} be an eigenvalue or the angle of the eigenvectors of {S}",
            (Given("y", "T", -1.5, 3.0),),
            {"S": ("S22", 0.5, 3.0)},
            options={"sign": ("+", "-")},
            scalars=_ACCURATE,
        ),
        weight=1.5,
    ),
    snippet(
        "cholesky-3x3",
        Snippet(
            (
                "<cholesky>M = L",
                "<cholesky>M = L + wp.transpose(L)",
                "<cholesky>M = wp.inverse(L)",
                "<cholesky>M = wp.diag(wp.get_diag(L)) * S * 0.3",
            ),
            "let {M} be made of the Cholesky factor of {S}",
            (_MATRIX3,),
            {"S": ("S33", 0.5, 3.0)},
            options={"cholesky": _CHOLESKY},
            scalars=_ACCURATE,
        ),
    ),
    snippet(
        "cholesky-solve",
        Snippet(
            (
                "<cholesky>y0 = b[0] / L[0, 0]\ny1 = (b[1] - L[1, 0] * y0) / L[1, 1]\n"
                "y2 = (b[2] - L[2, 0] * y0 - L[2, 1] * y1) / L[2, 2]\n"
                "x2 = y2 / L[2, 2]\nx1 = (y1 - L[2, 1] * x2) / L[1, 1]\n"
                "x = vec3((y0 - L[1, 0] * x1 - L[2, 0] * x2) / L[0, 0], x1, x2)",
                "<cholesky>x = vec3()\nfor r in range(3):\n    s = b[r]\n    for k in range(r):\n"
                "        s -= L[r, k] * x[k]\n    x[r] = s / L[r, r]",
            ),
            "let {x} solve a system of {S} with {b} by a Cholesky factor",
            (_VECTOR3,),
            _SYSTEM,
            options={"cholesky": _CHOLESKY},
            scalars=_ACCURATE,
        ),
        weight=1.3,
    ),
    snippet(
        "lu-factor",
        Snippet(
            (
                "M = A\nfor k in range(2):\n    for r in range(k + 1, 3):\n        M[r, k] = M[r, k] / M[k, k]\n"
                "        for c in range(k + 1, 3):\n"
                "            M[r, c] = M[r, c] - M[r, k] * M[k, c]",
                "m1 = A[1, 0] / A[0, 0]\nm2 = A[2, 0] / A[0, 0]\nu11 = A[1, 1] - m1 * A[0, 1]\n"
                "u12 = A[1, 2] - m1 * A[0, 2]\n"
                "m3 = (A[2, 1] - m2 * A[0, 1]) / u11\n"
                "M = mat33(A[0, 0], A[0, 1], A[0, 2], m1, u11, u12, m2, m3, A[2, 2] - m2 * A[0, 2] - m3 * u12)",
                "M = A\nfor k in range(3):\n    p = 1.0 / M[k, k]\n    for c in range(3):\n"
                "        M[k, c] = M[k, c] * p\n"
                "    for r in range(k + 1, 3):\n        f = M[r, k]\n        for c in range(3):\n"
                "            M[r, c] = M[r, c] - f * M[k, c]",
            ),
            "let {M} be {A} after elimination",
            (_MATRIX3,),
            {"A": ("R33", -2.0, 2.0)},
            scalars=_ACCURATE,
        ),
    ),
    snippet(
        "ldl-factor",
        Snippet(
            (
                "d0 = S[0, 0]\nl1 = S[1, 0] / d0\nl2 = S[2, 0] / d0\nd1 = S[1, 1] - l1 * l1 * d0\n"
                "l3 = (S[2, 1] - l2 * l1 * d0) / d1\n"
                "x = vec3(d0, d1, S[2, 2] - l2 * l2 * d0 - l3 * l3 * d1)",
                "L = wp.identity(n=3, dtype=float)\nx = vec3()\nfor c in range(3):\n    s = S[c, c]\n"
                "    for k in range(c):\n"
                "        s -= L[c, k] * L[c, k] * x[k]\n    x[c] = s\n    for r in range(c + 1, 3):\n"
                "        s2 = S[r, c]\n        for k in range(c):\n"
                "            s2 -= L[r, k] * L[c, k] * x[k]\n        L[r, c] = s2 / s",
            ),
            "let {x} be the diagonal of the LDL factors of {S}",
            (_VECTOR3,),
            {"S": ("S33", 0.5, 3.0)},
            scalars=_ACCURATE,
        ),
    ),
    snippet(
        "cramer",
        Snippet(
            (
                "c0 = vec3(A[0, 0], A[1, 0], A[2, 0])\nc1 = vec3(A[0, 1], A[1, 1], A[2, 1])\n"
                "c2 = vec3(A[0, 2], A[1, 2], A[2, 2])\n"
                "det = wp.dot(c0, wp.cross(c1, c2))\n"
                "x = vec3(wp.dot(b, wp.cross(c1, c2)), wp.dot(c0, wp.cross(b, c2)), wp.dot(c0, wp.cross(c1, b))) / det",
                "det = wp.determinant(A)\n"
                "x = wp.cross(A[1], A[2]) * (b[0] / det) + wp.cross(A[2], A[0]) * (b[1] / det) + wp.cross(A[0], "
                "A[1]) * (b[2] / det)",
                "x = vec3(wp.dot(A[0], b), wp.dot(A[1], b), wp.dot(A[2], b)) / (wp.abs(wp.determinant(A)) + 0.5)",
            ),
            "let {x} solve the system of {A} with {b} by determinants",
            (_VECTOR3,),
            _GENERAL,
            scalars=_ACCURATE,
        ),
        weight=1.2,
    ),
    snippet(
        "gram-schmidt",
        Snippet(
            (
                "q0 = wp.normalize(A[0])\nq1 = wp.normalize(A[1] - wp.dot(A[1], q0) * q0)\nM = <rows>",
                "c0 = vec3(A[0, 0], A[1, 0], A[2, 0])\nc1 = vec3(A[0, 1], A[1, 1], A[2, 1])\n"
                "q0 = c0 / wp.length(c0)\nq1 = c1 - q0 * wp.dot(q0, c1)\n"
                "q1 = q1 / (wp.length(q1) + 0.0001)\nM = <rows>",
                "q0 = wp.normalize(A[0] + A[1])\nq1 = wp.normalize(wp.cross(A[2], q0))\nM = <rows>",
            ),
            "let {M} be an orthogonal frame that begins along {A}",
            (Given("M", "M33", -1.0, 1.0),),
            {"A": ("R33", -2.0, 2.0)},
            options={
                "rows": (
                    "wp.matrix_from_rows(q0, q1, wp.cross(q0, q1))",
                    "wp.matrix_from_cols(q0, q1, wp.cross(q0, q1))",
                )
            },
            scalars=_ACCURATE,
        ),
        weight=1.2,
    ),
    snippet(
        "polar-iteration",
        Snippet(
            (
                "M = A\nfor k in range(n):\n    M = 0.5 * (M + wp.transpose(wp.inverse(M)))",
                "M = A\nfor k in range(n):\n    M = 0.5 * (M + wp.inverse(wp.transpose(M)))\nM = wp.transpose(M) * A",
                "M = A / (wp.sqrt(wp.ddot(A, A)) + 0.01)\nfor k in range(n):\n"
                "    M = 1.5 * M - 0.5 * M * wp.transpose(M) * M",
            ),
            "let {M} be a polar factor of {A}, by iteration",
            (_MATRIX3,),
            {"A": ("R33", -2.0, 2.0)},
            counts={"n": (2, 6)},
            scalars=_ACCURATE,
        ),
        weight=1.3,
    ),
    snippet(
        "matrix-series",
        Snippet(
            (
                "M = wp.identity(n=3, dtype=float)\nterm = wp.identity(n=3, dtype=float)\n"
                "for k in range(1, n):\n    term = term * A * (h / float(k))\n    M = M + term",
                "M = wp.identity(n=3, dtype=float) * h\nfor k in range(n):\n"
                "    M = M * (2.0 * wp.identity(n=3, dtype=float) - S * M * 0.5)",
                "M = S / (wp.trace(S) + h)\nfor k in range(n):\n    M = M * M * 3.0 - M * M * M * 2.0",
            ),
            "let {M} be a function of a matrix by a series or an iteration",
            (_MATRIX3,),
            {"A": ("R33", -2.0, 2.0), "S": ("S33", 0.5, 3.0)},
            {"h": (0.1, 0.4)},
            counts={"n": (2, 5)},
            scalars=_ACCURATE,
        ),
    ),
    snippet(
        "power-iteration",
        Snippet(
            (
                "x = wp.normalize(b + vec3(0.1, 3.0, 0.2))\nfor k in range(n):\n    x = wp.normalize(S * x)",
                "x = b + vec3(0.1, 3.0, 0.2)\nfor k in range(n):\n    y = S * x\n    x = y / wp.length(y)\n"
                "x = x * wp.dot(x, S * x)",
                "x = wp.normalize(b + vec3(3.0, 0.1, 0.2))\n"
                "M = wp.inverse(S + 0.1 * wp.identity(n=3, dtype=float))\nfor k in range(n):\n"
                "    x = wp.normalize(M * x)",
            ),
            "let {x} be an eigenvector of {S}, by power iteration from {b}",
            (Given("x", "V3", -2.0, 2.0),),
            _SYSTEM,
            counts={"n": (2, 8)},
            scalars=_ACCURATE,
        ),
        weight=1.3,
    ),
    snippet(
        "iterative-solve",
        Snippet(
            (
                "x = vec3()\nfor k in range(n):\n    x = x + h * (b - S * x)",
                "x = b\nfor k in range(n):\n    r = b - S * x\n"
                "    x += r * (wp.dot(r, r) / (wp.dot(r, S * r) + 0.0001))",
                "x = vec3(0.0, 0.0, 0.0)\nr = b\nd = b\nfor k in range(n):\n    rr = wp.dot(r, r)\n"
                "    if rr < 0.0001:\n        break\n"
                "    Sd = S * d\n    alpha = rr / wp.dot(d, Sd)\n    x = x + alpha * d\n    r = r - alpha * Sd\n"
                "    d = r + d * (wp.dot(r, r) / rr)",
                "x = vec3()\nfor k in range(n):\n    for r in range(3):\n        s = b[r] - wp.dot(S[r], x)\n"
                "        x[r] = x[r] + s / S[r, r]",
                "x = b * h\nfor k in range(n):\n    x = x + wp.cw_div(b - S * x, wp.get_diag(S)) * 0.5",
            ),
            "let {x} come near to the solution of the system of {S} with {b}",
            (_VECTOR3,),
            _SYSTEM,
            {"h": (0.1, 0.3)},
            counts={"n": (2, 6)},
            scalars=_ACCURATE,
        ),
        weight=1.6,
    ),
    snippet(
        "invariants",
        Snippet(
            (
                "y = wp.trace(A) * wp.trace(A) - wp.trace(A * A)",
                "y = wp.sqrt(wp.ddot(A, A))",
                "y = 0.5 * (wp.trace(A) - 1.0) + wp.determinant(A) * 0.1",
                "M = A - wp.identity(n=3, dtype=float) * (wp.trace(A) / 3.0)\ny = wp.sqrt(1.5 * wp.ddot(M, M))",
                "y = float(0.0)\nfor r in range(3):\n    for c in range(3):\n        y += A[r, c] * A[r, c]",
                "y = float(0.0)\nfor r in range(3):\n"
                "    y = wp.max(y, wp.abs(A[r, 0]) + wp.abs(A[r, 1]) + wp.abs(A[r, 2]))",
                "y = A[0, 1] - A[1, 0] + wp.length(vec3(A[2, 1] - A[1, 2], A[0, 2] - A[2, 0], A[1, 0] - A[0, 1]))",
            ),
            "let {y} be an invariant or a norm of {A}",
            (Given("y", "T", -4.0, 8.0),),
            {"A": ("R33", -2.0, 2.0)},
            scalars=_ACCURATE,
        ),
        weight=1.8,
    ),
)
