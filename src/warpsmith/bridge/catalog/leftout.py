"""What the catalog leaves out, and why; and the results that Warp knows only when it has built a builtin."""

from collections.abc import Mapping

from warpsmith.bridge.catalog import kinds

LEFT_OUT: Mapping[str, str] = {
    "select": "removed from Warp; `where` is in its place",
    "static": "worked out while the kernel is defined; no call remains",
    "print": "output for debugging",
    "printf": "output for debugging",
    "breakpoint": "stops the program",
    "transform_set_translation_copy": "Warp's own code fails on every call (`KeyError: Float`)",
    "transform_set_rotation_copy": "Warp's own code fails on every call (`KeyError: Float`)",
}
"""Builtins by name."""

LEFT_OUT_OVERLOADS: Mapping[str, str] = {
    "matrix(pos, rot, scale, dtype)": "removed from Warp; `transform_compose` is in its place",
    "tile_matmul(a, b, out, alpha, beta, precision)": "of complex numbers: not implemented, as Warp says",
    "tile_matmul(a, b, alpha, precision)": "of complex numbers: not implemented, as Warp says",
}
"""Generic overloads of other builtins, by their parameters."""

FAULTS: Mapping[str, str] = {
    "bool(float16)": "an ambiguous conversion",
    "bool(bfloat16)": "an ambiguous conversion",
    "float16(bool)": "an ambiguous conversion, in the adjoint",
    "bfloat16(bool)": "an ambiguous conversion, in the adjoint",
}
"""Overloads, by key, that Warp generates code for and its compilers refuse."""

FAULTY: Mapping[str, str] = dict.fromkeys(
    ("dense_gemm_batched", "dense_chol_batched", "dense_solve_batched"), "Warp's library has no code for it"
)
"""Builtins, by name, whose code the compilers refuse."""

_RESULTS: Mapping[str, str] = {
    "norm_l1": "{scalar}",
    "norm_l2": "{scalar}",
    "norm_huber": "{scalar}",
    "norm_pseudo_huber": "{scalar}",
    "smooth_normalize": "{first}",
    "transform_compose": "mat44{suffix}",
    "transform_decompose": "(vec3{suffix}, quat{suffix}, vec3{suffix})",
}


def known_result(name: str, first: str) -> str | None:
    """Return what a builtin written in Python returns and does not say, by the type of its first argument."""
    if name not in _RESULTS:
        return None
    scalar = kinds.parse(first).scalar
    return _RESULTS[name].format(scalar=scalar, first=first, suffix=kinds.SUFFIX_OF[scalar])
