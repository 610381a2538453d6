"""Between Warp's types and their names in the catalog."""

import ast
import builtins
from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

import warp as wp

from warpsmith.bridge.catalog import kinds
from warpsmith.bridge.inside import codegen, context, types

_PYTHON_NAMES = {float: "float32", int: "int32", bool: "bool"}


def is_generic(value: Any) -> bool:
    """Whether a parameter's type of the registry stands for several."""
    if value is Any or isinstance(value, TypeVar):
        return True
    if hasattr(value, "_wp_generic_type_str_"):
        return 0 in value._shape_ or isinstance(value._wp_scalar_type_, TypeVar)
    if types.is_array(value):
        return is_generic(value.dtype)
    if not isinstance(value, type) or get_origin(value) is not None:
        return True
    return value in (builtins.tuple, builtins.str) or types.is_builtin_callable_annotation(value)


def type_name(value: Any) -> str:
    """Return the name of a concrete type, or of several in a sequence."""
    if codegen.is_reference(value):
        return type_name(value.value_type)
    if types.is_array(value):
        return _array_name(value)
    if types.is_tile(value):
        return kinds.tile(type_name(value.dtype), *value.shape)
    if types.is_tile_stack(value):
        return f"tile_stack[{type_name(value.dtype)},{value.capacity}]"
    if types.is_tuple(value):
        return type_name(value.types)
    if get_origin(value) is tuple:
        return type_name(get_args(value))
    if isinstance(value, Sequence):
        return f"({', '.join(map(type_name, value))})" if len(value) > 1 else type_name(value[0])
    if hasattr(value, "_wp_generic_type_str_"):
        return _composite_name(value)
    if value in _PYTHON_NAMES:
        return _PYTHON_NAMES[value]
    return str(value.__name__ if isinstance(value, type) else type(value).__name__).lstrip("_")


def _array_name(value: Any) -> str:
    if isinstance(value, types.fixedarray):
        return f"fixedarray[{','.join((type_name(value.dtype), *map(str, value.shape)))}]"
    family = (value._concrete_cls if isinstance(value, types._ArrayAnnotationBase) else type(value)).__name__
    return kinds.array(value.ndim, type_name(value.dtype), family)


@cache
def _composite_name(value: Any) -> str:
    scalar = _PYTHON_NAMES.get(value._wp_scalar_type_, value._wp_scalar_type_.__name__)
    if types.type_is_quaternion(value):
        return kinds.quaternion(scalar)
    if types.type_is_transformation(value):
        return kinds.transform(scalar)
    if types.type_is_matrix(value):
        return kinds.matrix(*value._shape_, scalar)
    return kinds.vector(value._shape_[0], scalar)


def from_name(name: str) -> Any:
    """Return the Warp type of a name, as Warp's builder sees it; of a literal, the value."""
    what = kinds.parse(name)
    if what.kind == "literal":
        return literal(name[1:])
    if what.kind == "tile":
        return types.tile(dtype=from_name(what.element), shape=what.shape)
    if what.kind == "stack":
        return types.tile_stack(dtype=from_name(what.element), capacity=what.shape[0])
    if what.kind == "fixedarray":
        return types.fixedarray(dtype=from_name(what.element), shape=what.shape)
    if what.kind == "array":
        return getattr(wp, what.family)(dtype=from_name(what.element), ndim=what.dimensions)
    if what.kind == "tuple":
        parts = [from_name(part) for part in name.strip("()").split(", ")]
        return types.tuple_t(types=parts, values=[codegen.Var("", part) for part in parts])
    return _value_type(name)


@cache
def _value_type(name: str) -> Any:
    what = kinds.parse(name)
    if hasattr(wp, name):
        return getattr(wp, name)
    if what.kind == "vector":
        return types.vector(what.shape[0], from_name(what.scalar))
    if what.kind == "matrix":
        return types.matrix(what.shape, from_name(what.scalar))
    if what.kind == "quaternion":
        return types.quaternion(from_name(what.scalar))
    if what.kind == "transform":
        return types.transformation(from_name(what.scalar))
    return getattr(types, name, None) or getattr(types, f"_{name}")


def literal(text: str) -> Any:
    """Return the value that a literal argument stands for: a constant, a type of Warp, or a builtin."""
    if ":" in text:
        begin, end = (int(part) if part else None for part in text.split(":"))
        part = types.slice_t(types.SLICE_BEGIN if begin is None else begin, types.SLICE_END if end is None else end, 1)
        part.start_omitted, part.stop_omitted = begin is None, end is None
        return part
    if not text.startswith("wp."):
        return ast.literal_eval(text)
    try:
        return _value_type(text.removeprefix("wp."))
    except AttributeError:
        return context.builtin_functions[text.removeprefix("wp.")]
