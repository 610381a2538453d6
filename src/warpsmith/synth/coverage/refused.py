"""Overloads that Warp generates code for and its compilers or processors then refuse: they are not written."""

from collections.abc import Mapping

REFUSED: Mapping[str, str] = {
    "bool(float16)": "the conversion is ambiguous to the C++ compiler",
    "bool(bfloat16)": "the conversion is ambiguous to the C++ compiler",
    **dict.fromkeys(
        (
            "dense_gemm_batched(array1d[int32],array1d[int32],array1d[int32],int32,int32,array1d[int32],"
            "array1d[int32],array1d[int32],array1d[float32],array1d[float32],array1d[float32])",
            "dense_chol_batched(array1d[int32],array1d[int32],array1d[float32],float32,array1d[float32])",
            "dense_solve_batched(array1d[int32],array1d[int32],array1d[int32],array1d[float32],array1d[float32],"
            "array1d[float32],array1d[float32])",
        ),
        "Warp's native library has no such function",
    ),
}
"""By the keys of the catalog, with the reason."""
