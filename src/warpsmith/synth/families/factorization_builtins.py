"""Idioms around Warp's own factorisations: singular values, eigenvalues, QR, inverses, and what people make of them."""

from warpsmith.synth.families.snippet import Given, Snippet, Table, cells, snippet
from warpsmith.synth.types import FLOAT32, FLOAT64

_ACCURATE = (FLOAT32, FLOAT64)
_BLOCK = "B = mat22(A[0, 0], A[0, 1], A[1, 0], A[1, 1])\n"
_SVD3 = ("U, sigma, V = wp.svd3(A)\n", "U = mat33()\nsigma = vec3()\nV = mat33()\nwp.svd3(A, U, sigma, V)\n")
_SVD2 = ("U, sigma, V = wp.svd2(A)\n", "U = mat22()\nsigma = vec2()\nV = mat22()\nwp.svd2(A, U, sigma, V)\n")
_EIG3 = ("Q, lam = wp.eig3(S)\n", "Q = mat33()\nlam = vec3()\nwp.eig3(S, Q, lam)\n")
_QR3 = ("Q, R = wp.qr3(A)\n", "Q = mat33()\nR = mat33()\nwp.qr3(A, Q, R)\n")
_VALUE = Given("y", "T", 0.0, 4.0)
_MATRIX3 = Given("M", "M33", -3.0, 3.0)
_VECTOR3 = Given("x", "V3", -4.0, 4.0)

BUILTINS = (
    snippet(
        "svd-of-3x3",
        Snippet(
            (
                "<svd>M = U * wp.transpose(V)",
                "<svd>M = V * wp.diag(sigma) * wp.transpose(V)",
                "<svd>sigma = wp.max(sigma, vec3(0.1, 0.1, 0.1))\nM = U * wp.diag(sigma) * wp.transpose(V)",
                "<svd>M = U * wp.diag(vec3(sigma[0], sigma[1], 0.0)) * wp.transpose(V)",
                "<svd>M = V * wp.diag(wp.cw_div(vec3(1.0, 1.0, 1.0), wp.abs(sigma) + vec3(0.2, 0.2, 0.2))) * "
                "wp.transpose(U)",
                "<svd>if wp.determinant(U * wp.transpose(V)) < 0.0:\n    U = U * wp.diag(vec3(1.0, 1.0, -1.0))\n"
                "M = U * wp.transpose(V)",
            ),
            "let {M} be put together from the singular value decomposition of {A}",
            (_MATRIX3,),
            {"A": ("R33", -2.0, 2.0)},
            options={"svd": _SVD3},
            scalars=_ACCURATE,
        ),
        weight=1.6,
    ),
    snippet(
        "singular-values",
        Snippet(
            (
                "<svd>y = sigma[0] / (wp.abs(sigma[2]) + 0.2)",
                "<svd>y = wp.log(sigma[0] + 0.1) - wp.log(wp.abs(sigma[2]) + 0.1)",
                "<svd>y = sigma[0] + sigma[1] + sigma[2] + U[0, 0] * V[0, 0]",
                "<svd>y = (sigma[0] - 1.0) * (sigma[0] - 1.0) + (sigma[1] - 1.0) * (sigma[1] - 1.0)",
                "<svd>y = float(0.0)\nfor k in range(3):\n    if sigma[k] > 0.5:\n        y += sigma[k]",
                "<svd2>y = sigma[0] / (wp.abs(sigma[1]) + 0.2)",
                "<svd2>y = wp.length(sigma) + U[0, 1]",
                "<svd>y = wp.max(sigma) * wp.abs(U[1, 1])",
                "<svd>y = wp.dot(sigma, sigma) * 0.2 + V[2, 1]",
                "<svd>y = wp.sqrt(wp.abs(sigma[0] * sigma[1])) + U[2, 2] * U[2, 2]",
                "<svd2>y = wp.abs(sigma[0] - sigma[1]) + V[0, 0] * V[0, 0]",
            ),
            "let {y} be a measure of the singular values of {A}",
            (_VALUE,),
            {"A": ("R33", -2.0, 2.0)},
            options={"svd": _SVD3, "svd2": (_BLOCK + "U, sigma, V = wp.svd2(B)\n",)},
            scalars=_ACCURATE,
        ),
        weight=1.5,
    ),
    snippet(
        "svd-of-2x2",
        Snippet(
            (
                "<svd>M = U * wp.transpose(V)",
                "<svd>M = V * wp.diag(sigma) * wp.transpose(V)",
                "<svd>M = U * wp.diag(vec2(sigma[0], 0.0)) * wp.transpose(V)",
                "<svd>M = V * wp.diag(vec2(1.0 / (sigma[0] + 0.2), 1.0 / (wp.abs(sigma[1]) + 0.2))) * wp.transpose(U)",
            ),
            "let {M} be put together from the singular value decomposition of {A}",
            (Given("M", "M22", -3.0, 3.0),),
            {"A": ("R22", -2.0, 2.0)},
            options={"svd": _SVD2},
            scalars=_ACCURATE,
        ),
        weight=1.5,
    ),
    snippet(
        "eigen-decomposition",
        Snippet(
            (
                "<eig>M = Q * wp.diag(vec3(wp.sqrt(wp.abs(lam[0])), wp.sqrt(wp.abs(lam[1])), "
                "wp.sqrt(wp.abs(lam[2])))) * wp.transpose(Q)",
                "<eig>M = Q * wp.diag(wp.max(lam, vec3(h, h, h))) * wp.transpose(Q)",
                "<eig>M = Q * wp.diag(vec3(wp.exp(-lam[0]), wp.exp(-lam[1]), wp.exp(-lam[2]))) * wp.transpose(Q)",
                "<eig>M = wp.transpose(Q) * S * Q * h",
                "<eig>lam = lam / (wp.length(lam) + h)\nM = Q * wp.diag(lam) * wp.transpose(Q)",
            ),
            "let {M} be a function of the symmetric {S} by its eigenvalues",
            (_MATRIX3,),
            {"S": ("S33", 0.5, 3.0)},
            {"h": (0.5, 1.5)},
            options={"eig": _EIG3},
            scalars=_ACCURATE,
        ),
        weight=1.4,
    ),
    snippet(
        "eigenvalues",
        Snippet(
            (
                "<eig>y = wp.max(lam) - wp.min(lam) + Q[0, 0] * Q[0, 0]",
                "<eig>y = wp.length(lam) * wp.abs(Q[1, 1])",
                "<eig>y = lam[0] * lam[1] * lam[2] * 0.1 + wp.abs(Q[2, 0])",
                "A = x0 + wp.transpose(x0)\nQ, lam = wp.eig3(A)\ny = wp.length(Q * lam)",
            ),
            "let {y} be a measure of the eigenvalues of a symmetric matrix",
            (_VALUE,),
            {"S": ("S33", 0.5, 3.0), "x0": ("R33", -2.0, 2.0)},
            options={"eig": _EIG3},
            scalars=_ACCURATE,
        ),
        weight=1.2,
    ),
    snippet(
        "principal-axis",
        Snippet(
            (
                "<eig>x = vec3(Q[0, 0], Q[1, 0], Q[2, 0]) * wp.sign(Q[0, 0] + Q[1, 0]) * lam[0]",
                "<eig>x = Q * wp.cw_mul(lam, wp.transpose(Q) * b)",
                "<eig>x = wp.transpose(Q) * b + lam",
            ),
            "let {x} be {b} or an axis in the frame of the eigenvectors of {S}",
            (_VECTOR3,),
            {"S": ("S33", 0.5, 3.0), "b": ("V3", -2.0, 2.0)},
            options={"eig": _EIG3},
            scalars=_ACCURATE,
        ),
    ),
    snippet(
        "qr-solve",
        Snippet(
            (
                "<qr>c = wp.transpose(Q) * b\nx2 = c[2] / <pivot2>\nx1 = (c[1] - R[1, 2] * x2) / <pivot1>\n"
                "x = vec3((c[0] - R[0, 1] * x1 - R[0, 2] * x2) / <pivot0>, x1, x2)",
                "<qr>x = Q * b + wp.get_diag(R)",
                "<qr>x = wp.get_diag(R) * wp.dot(b, vec3(Q[0, 0], Q[1, 0], Q[2, 0]))",
                "<qr>x = wp.inverse(R + h * wp.identity(n=3, dtype=float) * wp.sign(R[0, 0])) * (wp.transpose(Q) "
                "* b) * 0.1",
            ),
            "let {x} be found from {b} with the QR factors of {A}",
            (_VECTOR3,),
            {"A": ("R33", -2.0, 2.0), "b": ("V3", -2.0, 2.0)},
            {"h": (3.0, 5.0)},
            options={
                "qr": _QR3,
                "pivot0": ("(R[0, 0] + 0.001)",),
                "pivot1": ("(R[1, 1] + 0.001)",),
                "pivot2": ("(R[2, 2] + 0.001)",),
            },
            scalars=_ACCURATE,
        ),
        weight=1.5,
    ),
    snippet(
        "qr-product",
        Snippet(
            (
                "<qr>M = R * Q",
                "<qr>M = Q * wp.diag(wp.get_diag(R))",
                "<qr>M = wp.transpose(R) * R * 0.5",
                "<qr>M = Q * 0.5 + R",
            ),
            "let {M} be made of the QR factors of {A}",
            (_MATRIX3,),
            {"A": ("R33", -2.0, 2.0)},
            options={"qr": _QR3},
            scalars=_ACCURATE,
        ),
        weight=1.2,
    ),
    snippet(
        "inverse-solve",
        Snippet(
            (
                "x = wp.inverse(A) * b",
                "x = wp.inverse_approx(A) * b",
                "M = wp.inverse(A)\nx = M * b + wp.transpose(M) * b",
                "x = wp.inverse(wp.transpose(A) * A + h * wp.identity(n=3, dtype=float)) * (wp.transpose(A) * b)",
                "x = wp.transpose(wp.inverse(A)) * b",
                "x = b - A * (wp.inverse(A + h * wp.diag(wp.get_diag(A))) * b)",
                "M = wp.inverse_approx(A)\nx = 2.0 * (M * b) - M * (A * (M * b)) * h",
            ),
            "let {x} solve a system of {A} with {b} by an inverse",
            (_VECTOR3,),
            {"A": ("R33", -2.0, 2.0), "b": ("V3", -2.0, 2.0)},
            {"h": (0.5, 1.5)},
            scalars=_ACCURATE,
        ),
        weight=2.0,
    ),
    snippet(
        "inverse-other-sizes",
        Snippet(
            (
                "x = wp.inverse(A) * b\ny = wp.length(x)",
                "y = wp.determinant(A) + wp.trace(wp.inverse(A))",
                "x = wp.inverse_approx(A) * b\ny = wp.dot(x, b)",
                "y = wp.ddot(wp.inverse(A), A + A)",
                "y = wp.dot(b, wp.inverse(A) * b)",
            ),
            "let {y} be a number that the inverse of {A} gives",
            (Given("y", "T", -4.0, 6.0),),
            {"A": ("S44", 0.5, 3.0), "b": ("V4", -2.0, 2.0)},
            scalars=_ACCURATE,
        ),
        weight=1.4,
    ),
    snippet(
        "strain",
        Snippet(
            (
                "M = 0.5 * (wp.transpose(A) * A - wp.identity(n=3, dtype=float))",
                "M = 0.5 * (A + wp.transpose(A)) - wp.identity(n=3, dtype=float)",
                "<svd>M = mu * (A - U * wp.transpose(V))",
                "M = mu * (A - wp.transpose(wp.inverse(A)))",
                "y0 = wp.trace(A) / 3.0\nM = A - y0 * wp.identity(n=3, dtype=float)",
                "M = A * wp.transpose(A) * mu",
            ),
            "let {M} be a strain or a stress of the deformation {A}",
            (Given("M", "M33", -5.0, 5.0),),
            {"A": ("R33", -2.0, 2.0)},
            {"mu": (0.3, 2.0)},
            options={"svd": _SVD3},
            scalars=_ACCURATE,
        ),
        weight=1.6,
    ),
    snippet(
        "dense-rows",
        Snippet(
            (
                "wp.dense_chol(3, row[AT0], reg, factor[AT0])",
                "wp.dense_chol(2, row[AT0], reg, factor[AT0])\nwp.dense_subs(2, factor[AT0], rhs[AT0], result[AT0])",
                "wp.dense_chol(3, row[AT0], reg, factor[AT0])\n"
                "wp.dense_solve(3, row[AT0], factor[AT0], rhs[AT0], result[AT0])",
                "wp.dense_gemm(3, 3, 3, 0, 1, row[AT0], row[AT0], factor[AT0])",
            ),
            "factorise or multiply the dense matrices of {row} into {factor}",
            (),
            {},
            {"reg": (3.0, 5.0)},
            tables={"row": Table("float32", ("@", 9), 0.1, 0.9), "rhs": Table("float32", ("@", 3))},
            outputs={"factor": cells("float32", "@", 9), "result": cells("float32", "@", 3)},
            scalars=(FLOAT32,),
        ),
        dimensions=(1,),
        cost=8,
    ),
)
