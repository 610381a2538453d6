"""The overload of a builtin that a call was resolved to, in one word: ``min(float32,float32)``.

An overload that the registry has with concrete types goes by the key that the catalog gives it. One that is generic
goes by the types of the arguments that it was called with: ``address(array1d[vec3f],int32)``.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from warpsmith.bridge.catalog.registry import names, overloads_of, result_of
from warpsmith.bridge.catalog.warptypes import is_generic, type_name
from warpsmith.bridge.inside import codegen


def overload_name(overload: Any, arguments: Iterable[Any]) -> str:
    """Return the name of an overload of a builtin that is called with some arguments: variables, or plain values."""
    return concrete_overloads().get(overload) or f"{overload.key}({','.join(map(_type_of, arguments))})"


@cache
def concrete_overloads() -> dict[Any, str]:
    """Return the names of all overloads of the registry that have concrete types."""
    return dict(_concrete())


def _concrete() -> Iterator[tuple[Any, str]]:
    for name in names():
        for overload in overloads_of(name):
            if overload.variadic or any(map(is_generic, overload.input_types.values())):
                continue
            result = result_of(overload)
            several = f"->{result}" if result is not None and result.startswith("(") else ""
            yield overload, f"{name}({','.join(map(type_name, overload.input_types.values()))}){several}"


def _type_of(argument: Any) -> str:
    kind = codegen.get_arg_type(argument)
    return "()" if kind == () else type_name(kind)
