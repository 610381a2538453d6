"""Between Warp's types and their names in the catalog."""

import ast
import builtins
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

import warp as wp

from warpsmith.bridge.catalog import kinds
from warpsmith.bridge.catalog.kinds import Kind, TypeName
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
    for applies, name_of in _NAMES:
        if applies(value):
            return name_of(value)
    return str(value.__name__ if isinstance(value, type) else type(value).__name__).lstrip("_")


def _names(values: Sequence[Any]) -> str:
    return f"({', '.join(map(type_name, values))})" if len(values) > 1 else type_name(values[0])


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
        rows, columns = value._shape_
        return kinds.matrix(rows, columns, scalar)
    return kinds.vector(value._shape_[0], scalar)


_NAMES: tuple[tuple[Callable[[Any], bool], Callable[[Any], str]], ...] = (
    (lambda value: hasattr(value, "_wp_generic_type_str_"), _composite_name),
    (lambda value: isinstance(value, type) and value in _PYTHON_NAMES, _PYTHON_NAMES.__getitem__),
    (codegen.is_reference, lambda value: type_name(value.value_type)),
    (types.is_array, _array_name),
    (types.is_tile, lambda value: kinds.tile(type_name(value.dtype), *value.shape)),
    (types.is_tile_stack, lambda value: f"tile_stack[{type_name(value.dtype)},{value.capacity}]"),
    (types.is_tuple, lambda value: _names(value.types)),
    (lambda value: get_origin(value) is tuple, lambda value: _names(get_args(value))),
    (lambda value: isinstance(value, Sequence), _names),
)


def from_name(name: str) -> Any:
    """Return the Warp type of a name, as Warp's builder sees it; of a literal, the value."""
    what = kinds.parse(name)
    return _MADE[what.kind](what) if what.kind in _MADE else _value_type(name)


def _tuple(what: TypeName) -> Any:
    parts = [from_name(part) for part in kinds.parts(what.name)]
    return types.tuple_t(types=parts, values=[codegen.Var("", part) for part in parts])


_STAND_INS = ("neg", "add", "clamp")
"""Builtins that take one, two and three scalars and return one, as functions of a kernel's author do."""

_MADE: Mapping[Kind, Callable[[TypeName], Any]] = {
    "literal": lambda what: literal(what.name[1:]),
    "tuple": _tuple,
    "function": lambda what: context.builtin_functions[_STAND_INS[len(kinds.parts(what.name)) - 1]],
    "array": lambda what: getattr(wp, what.family)(dtype=from_name(what.element), ndim=what.dimensions),
    "fixedarray": lambda what: types.fixedarray(dtype=from_name(what.element), shape=what.shape),
    "tile": lambda what: types.tile(dtype=from_name(what.element), shape=what.shape),
    "stack": lambda what: types.tile_stack(dtype=from_name(what.element), capacity=what.shape[0]),
}
"""Types that Warp tells apart by what they are, not by which; a new one each time, for Warp changes them."""


@cache
def _value_type(name: str) -> Any:
    if (known := getattr(wp, name, None)) is not None:
        return known
    what = kinds.parse(name)
    if what.kind in _DECLARED:
        return _DECLARED[what.kind](what.shape, from_name(what.scalar))
    return getattr(types, name, None) or getattr(types, f"_{name}")


_DECLARED: Mapping[Kind, Callable[[tuple[int, ...], Any], Any]] = {
    "vector": lambda shape, scalar: types.vector(shape[0], scalar),
    "matrix": types.matrix,
    "quaternion": lambda _, scalar: types.quaternion(scalar),
    "transform": lambda _, scalar: types.transformation(scalar),
}


def literal(text: str) -> Any:
    """Return the value that a literal argument stands for: a constant, a type of Warp, or a builtin."""
    if ":" in text:
        begin, end = text.split(":")
        part = types.slice_t(int(begin or types.SLICE_BEGIN), int(end or types.SLICE_END), 1)
        part.start_omitted, part.stop_omitted = not begin, not end
        return part
    if not text.startswith("wp."):
        return ast.literal_eval(text)
    try:
        return _value_type(text.removeprefix("wp."))
    except AttributeError:
        return context.builtin_functions[text.removeprefix("wp.")]
