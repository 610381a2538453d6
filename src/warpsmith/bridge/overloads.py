"""The overload of a builtin that a call was resolved to, in one word: ``min(float32,float32)``.

An overload that the registry has with concrete types goes by the key that the catalog gives it. One that is generic
goes by the types of the arguments that it was called with, ``address(array1d[vec3f],int32)``, and what a type brings
along comes last: ``vector(float32,=3,=wp.float32)`` for ``wp.vec3(x)``.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from warpsmith.bridge.catalog.registry import concrete_signatures, overloads_of
from warpsmith.bridge.catalog.warptypes import type_name
from warpsmith.bridge.inside import codegen


def overload_name(overload: Any, arguments: Iterable[Any], fixed: Mapping[str, Any] | None = None) -> str:
    """Return the name of an overload of a builtin that is called with some arguments: variables, or plain values.

    `fixed` are the arguments that the type in the source stands for, such as the length and scalar of ``wp.vec3``.
    """
    known = concrete_overloads().get(overload)
    if known is not None:
        return known
    words = [*map(_type_of, arguments), *map(_literal, (fixed or {}).values())]
    return f"{overload.key}({','.join(words)})"


@cache
def concrete_overloads() -> dict[Any, str]:
    """Return the keys of the catalog by the overloads of the registry that they are for."""
    return {overloads_of(signature.name)[signature.place]: signature.key for signature in concrete_signatures()}


def _type_of(argument: Any) -> str:
    kind = codegen.get_arg_type(argument)
    return "()" if kind == () else type_name(kind)


def _literal(value: Any) -> str:
    return f"=wp.{type_name(value)}" if isinstance(value, type) else f"={value!r}"
