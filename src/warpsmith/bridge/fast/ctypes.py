"""The C++ names of types, each worked out once."""

from typing import Any

from warpsmith.bridge.inside import codegen, types
from warpsmith.bridge.swap import Swap

_names: dict[type, str] = {}
_MAX_NAMES = 10_000

_FAMILIES = frozenset((types.array, types.indexedarray, types.fabricarray, types.indexedfabricarray))

_dtype_to_ctype = codegen.Var.dtype_to_ctype
_type_to_ctype = codegen.Var.type_to_ctype


def install(swap: Swap) -> None:
    """Stand in for Warp's own."""
    swap.set(codegen.Var, "dtype_to_ctype", staticmethod(dtype_to_ctype))
    swap.set(codegen.Var, "type_to_ctype", staticmethod(type_to_ctype))


def dtype_to_ctype(dtype: Any) -> str:
    """Return the C++ name of an element type."""
    name = _names.get(dtype) if isinstance(dtype, type) else None
    return name or str(_dtype_to_ctype(dtype))


def type_to_ctype(kind: Any, value_type: bool = False) -> str:
    """Return the C++ name of the type of a variable; references are pointers.

    With `value_type`, references are what they point to.
    """
    if isinstance(kind, type):
        return _names.get(kind) or _remembered(kind)
    if isinstance(kind, types.Reference):
        name = type_to_ctype(kind.value_type)
        return name if value_type else name + "*"
    if types.is_array(kind) and (family := types.concrete_array_type(kind)) in _FAMILIES:
        return f"wp::{family.__name__}_t<{dtype_to_ctype(kind.dtype)}>"
    return str(_type_to_ctype(kind, value_type))


def _remembered(kind: type) -> str:
    name = str(_type_to_ctype(kind))
    if not issubclass(kind, codegen.StructInstance):  # those are called otherwise in every kernel
        if len(_names) >= _MAX_NAMES:
            _names.clear()
        _names[kind] = name
    return name
