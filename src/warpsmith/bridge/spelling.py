"""How a type or a value of Warp is written in Python, so that executing the words gives an equal one."""

import math
from collections.abc import Callable
from typing import Any, get_args, get_origin

import numpy as np
import warp as wp

from warpsmith.bridge.catalog.warptypes import type_name
from warpsmith.bridge.inside import codegen, context, types
from warpsmith.errors import ExtractionError

Names = Callable[[Any], str]
"""Gives the name of what is not Warp's own: a struct, ``typing.Any``, an enumeration."""


def spell_type(kind: Any, name_of: Names) -> str:
    """Return the words for a type: ``wp.vec3``, ``wp.types.vector(length=5, dtype=wp.float32)``, ``wp.array2d[float]``.

    Raises:
        ExtractionError: it is a type that only native code knows, or none that Warp knows.
    """
    for applies, spelled in _SPELLED:
        if applies(kind):
            return spelled(kind, name_of)
    if types.is_native_type(kind):
        raise ExtractionError(f"{kind.__name__} is a native type, which no Python text defines")
    return _public(kind) or _composite(kind, name_of) or name_of(kind)


def _public(kind: Any) -> str | None:
    """Return the name by which everybody who imports Warp knows a thing, the short one for single precision."""
    name = getattr(kind, "__name__", "")
    short = name.removesuffix("f")
    for candidate in (short, name) if hasattr(kind, "_wp_scalar_type_") else (name,):
        if candidate and getattr(wp, candidate, None) is kind:
            return f"wp.{candidate}"
    return None


def _composite(kind: Any, name_of: Names) -> str | None:
    if not hasattr(kind, "_wp_generic_type_str_"):
        return None
    scalar = spell_type(kind._wp_scalar_type_, name_of)
    if types.type_is_quaternion(kind):
        return f"wp.types.quaternion(dtype={scalar})"
    if types.type_is_transformation(kind):
        return f"wp.types.transformation(dtype={scalar})"
    shape = tuple(spell_type(size, name_of) if size is Any else str(size) for size in kind._shape_)
    if types.type_is_matrix(kind):
        return f"wp.types.matrix(shape=({shape[0]}, {shape[1]}), dtype={scalar})"
    return f"wp.types.vector(length={shape[0]}, dtype={scalar})"


def _array(kind: Any, name_of: Names) -> str:
    dtype = spell_type(kind.dtype, name_of)
    if isinstance(kind, types.fixedarray):
        return f"wp.fixedarray(shape={_tuple(kind.shape)}, dtype={dtype})"
    family = types.concrete_array_type(kind).__name__
    if kind.ndim is Any:
        return f"wp.{family}[{dtype}, {name_of(Any)}]"
    if family == "array":
        return f"wp.array{kind.ndim}d[{dtype}]" if kind.ndim > 1 else f"wp.array[{dtype}]"
    return f"wp.{family}(dtype={dtype}, ndim={kind.ndim})"


def _tuple(shape: tuple[int, ...]) -> str:
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


_SPELLED: tuple[tuple[Callable[[Any], bool], Callable[[Any, Names], str]], ...] = (
    (lambda kind: isinstance(kind, type) and kind in (int, float, bool, str), lambda kind, _: str(kind.__name__)),
    (lambda kind: isinstance(kind, codegen.Struct), lambda kind, name_of: name_of(kind)),
    (codegen.is_reference, lambda kind, name_of: f"wp.ref[{spell_type(kind.value_type, name_of)}]"),
    (types.is_array, _array),
    (
        types.is_tile,
        lambda kind, name_of: f"wp.tile(dtype={spell_type(kind.dtype, name_of)}, shape={_tuple(kind.shape)})",
    ),
    (
        lambda kind: get_origin(kind) is tuple,
        lambda kind, name_of: f"tuple[{', '.join(spell_type(part, name_of) for part in get_args(kind))}]",
    ),
)


def spell_value(value: Any, name_of: Names) -> str | None:
    """Return the words for a number, text, vector, matrix, quaternion, transform or struct; None for anything else."""
    if value is None or type(value) in (bool, int, float) or isinstance(value, str):
        return repr(value) if not isinstance(value, float) or math.isfinite(value) else f'float("{value}")'
    if isinstance(value, types.scalar_types):
        return f"{spell_type(type(value), name_of)}({_plain(value, type(value), name_of)})"
    if types.is_composite(value):
        numbers = (_plain(part, value._wp_scalar_type_, name_of) for part in _parts(value))
        return f"{spell_type(type(value), name_of)}({', '.join(numbers)})"
    if isinstance(value, np.generic):
        return f"{name_of(np)}.{type(value).__name__}({spell_value(value.item(), name_of)})"
    if isinstance(value, tuple | list):
        return _sequence(value, name_of)
    return None


def _plain(number: Any, kind: Any, name_of: Names) -> str:
    """Return a number of a scalar type as Python's own."""
    number = getattr(number, "value", number)
    if isinstance(number, np.generic):  # Warp prints it as NumPy does
        return str(spell_value(number, name_of))
    return str(spell_value(float(number) if types.type_is_float(kind) else int(number), name_of))


def _parts(value: Any) -> list[Any]:
    if types.type_is_transformation(type(value)):
        return [*value.p, *value.q]
    flat: list[Any] = []
    for part in value:
        flat.extend(part if hasattr(part, "__len__") else [part])
    return flat


def _sequence(values: tuple[Any, ...] | list[Any], name_of: Names) -> str | None:
    words = [spell_value(value, name_of) for value in values]
    if any(word is None for word in words):
        return None
    text = ", ".join(word for word in words if word is not None)
    if isinstance(values, list):
        return f"[{text}]"
    return f"({text},)" if len(values) == 1 else f"({text})"


def is_function(value: Any) -> bool:
    """Tell whether a value is a function that a person decorated, not a builtin."""
    return isinstance(value, context.Function) and not value.is_builtin()


def public_name(value: Any) -> str | None:
    """Return the name below ``wp`` of what everybody has who imports Warp: a builtin, a type, a decorator, a class."""
    if isinstance(value, context.Function) and value.is_builtin():
        return f"wp.{value.key}" if hasattr(wp, value.key) else None
    try:
        return _public(value)
    except TypeError:
        return None


def is_struct(value: Any) -> bool:
    """Tell whether a value is a struct as Warp knows it."""
    return isinstance(value, codegen.Struct)


def is_type(value: Any) -> bool:
    """Tell whether a value is a type that arguments and variables of kernels may have, apart from structs."""
    if isinstance(value, type):
        known = value in (int, float, bool) or value in types.scalar_types or hasattr(value, "_wp_generic_type_str_")
        return known or types.is_native_type(value)
    if types.is_array(value):
        return isinstance(value, types._ArrayAnnotationBase) or value.ptr is None
    return value is Any or types.is_tile(value) or codegen.is_reference(value)


def same_type(one: Any, other: Any) -> bool:
    """Tell whether two annotations mean the same type to a kernel."""
    try:
        return bool(types.get_type_code(one) == types.get_type_code(other)) and is_struct(one) == is_struct(other)
    except TypeError:
        return False


def parts_of_type(kind: Any) -> list[Any]:
    """Return a type and what it is made of: its elements' type, its scalar type, its lengths."""
    if types.is_array(kind):
        return [kind, *parts_of_type(kind.dtype), kind.ndim]
    if not hasattr(kind, "_wp_generic_type_str_"):
        return [kind]
    plain = {types.float32: float, types.int32: int}
    scalar = kind._wp_scalar_type_
    return [kind, scalar, *([plain[scalar]] if scalar in plain else []), *kind._shape_]


def dtype_name(kind: Any) -> str | None:
    """Return the name of a scalar, vector, matrix, quaternion or transform type as recipes have it; None for others."""
    if kind in (int, float, bool):
        return {int: "int32", float: "float32", bool: "bool"}[kind]
    if not isinstance(kind, type) or not (kind in types.scalar_types or hasattr(kind, "_wp_generic_type_str_")):
        return None
    return type_name(kind)


def closure_of(function: Any) -> dict[str, Any]:
    """Return what the names stand for that a function has from the functions around it."""
    found: dict[str, Any] = codegen.get_closure_vars(function)
    return found
