"""How arguments lie in memory: NumPy's aligned types for those of a kernel, as C++ lays them out.

`wide` gives the layout of the float64 twin (`warpsmith.verify.unit`): every floating-point number takes eight bytes.
"""

import ctypes
from typing import Any

import numpy as np
import warp as wp

from warpsmith.errors import UsageError

# the native array descriptor, warp/native/array.h; struct alignment follows from its 64-bit words
ARRAY = np.dtype(
    [("data", "u8"), ("grad", "u8"), ("shape", "i4", 4), ("strides", "i4", 4), ("ndim", "u2"), ("flags", "u2")],
    align=True,
)
_FLOATS = (wp.float16, wp.bfloat16, wp.float32, wp.float64)
_PLAIN = {float: wp.float32, int: wp.int32, bool: wp.bool}


def layout_of(kind: Any, wide: bool) -> np.dtype[Any]:
    """Return the layout of a value of a Warp type; raises UsageError for a type that launches cannot make."""
    if is_array(kind):
        return ARRAY
    if is_struct(kind):
        return layout_of_fields(fields_of(kind), wide)
    scalar = _PLAIN.get(kind) or getattr(kind, "_wp_scalar_type_", kind)
    if scalar in _FLOATS or wp.types.type_is_value(scalar):
        shaped: np.dtype[Any] = np.dtype((_number(scalar, wide), tuple(getattr(kind, "_shape_", ()))))
        return shaped
    native = getattr(kind, "_wp_ctype_", kind)
    if isinstance(native, type) and issubclass(native, ctypes.Structure):
        return np.dtype(("u8", (ctypes.sizeof(native) // 8,)))
    raise UsageError(f"an argument of type {kind} has no layout that is known here")


def layout_of_fields(fields: dict[str, Any], wide: bool) -> np.dtype[Any]:
    """Return the layout of the fields of a struct, or of the arguments of a kernel, which are one."""
    return np.dtype([(name, layout_of(kind, wide)) for name, kind in fields.items()], align=True)


def is_array(kind: Any) -> bool:
    """Tell whether a type is an array's, in either spelling."""
    return bool(wp.types.is_array(kind))


def is_struct(kind: Any) -> bool:
    """Tell whether a type is one that ``@wp.struct`` made."""
    return hasattr(kind, "vars") and hasattr(kind, "native_name")


def fields_of(struct: Any) -> dict[str, Any]:
    """Return the types of a struct's fields by name."""
    return {name: variable.type for name, variable in struct.vars.items()}


def _number(scalar: Any, wide: bool) -> np.dtype[Any]:
    if scalar in _FLOATS and wide:
        return np.dtype(np.float64)
    if scalar is wp.bfloat16:
        return np.dtype(np.uint16)
    plain: np.dtype[Any] = np.dtype(wp.dtype_to_numpy(scalar))
    return plain
