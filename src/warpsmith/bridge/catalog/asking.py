"""Asking Warp: which overload a call resolves to, and what it returns."""

from collections.abc import Sequence
from typing import Any

from warpsmith.bridge.catalog import kinds
from warpsmith.bridge.catalog.leftout import known_result
from warpsmith.bridge.catalog.registry import make_signature, overloads_of
from warpsmith.bridge.catalog.signature import Signature
from warpsmith.bridge.catalog.warptypes import from_name, type_name
from warpsmith.bridge.inside import codegen, context, types
from warpsmith.bridge.matching import func_match_args
from warpsmith.bridge.swap import swapped

Row = Sequence[tuple[str, str]]
"""The arguments of a call: parameter and type. Those of a parameter ``*args`` are ``args0``, ``args1`` and so on."""

_VARIADIC = "args"
_OPTIONS = {"block_dim": 0}


class _Resolver:
    """As much of Warp's `Adjoint` as resolving a call takes."""

    def resolve_func(self, *args: Any) -> Any:
        return codegen.Adjoint.resolve_func(self, *args)


def ask(name: str, row: Row) -> Signature | None:
    """Return the signature of a call with arguments of these types, None where Warp refuses it."""
    ordered = max((place + 1 for place, (parameter, _) in enumerate(row) if _is_numbered(parameter)), default=0)
    positional = [_argument(argument) for _, argument in row[:ordered]]
    named = {parameter: _argument(argument) for parameter, argument in row[ordered:]}
    result = known_result(name, row[0][1]) if row else None
    try:
        overload = context.builtin_functions[name]
        if result is None:
            overload, result = _resolved(overload, positional, named)
    except Exception:  # noqa: BLE001 - Warp says no in many ways, among them errors of its own code
        return None
    place = _place(name, overload)
    generic = overloads_of(name)[place]
    parameters, arguments = zip(*row, strict=True) if row else ((), ())
    return make_signature(
        name, place, overload=generic, parameters=parameters, arguments=arguments, result=result, origin="instance"
    )


def _resolved(function: Any, positional: list[Any], named: dict[str, Any]) -> tuple[Any, str | None]:
    with swapped(codegen, options=_OPTIONS, func_match_args=func_match_args):
        overload, bound, _ = codegen.Adjoint.resolve_call(_Resolver(), function, positional, named)
        return overload, _result(overload, bound)


def _is_numbered(parameter: str) -> bool:
    return parameter.startswith(_VARIADIC) and parameter != _VARIADIC


def _argument(name: str) -> Any:
    """Return an argument as Warp's builder has it: a variable, which knows its value if it is a constant."""
    what = kinds.parse(name)
    value = from_name(name)
    if what.kind == "function":
        return value
    if what.kind != "literal":
        return codegen.Var("", value)
    if isinstance(value, tuple):
        return codegen.Var("", types.tuple_t([type(part) for part in value], [_constant(part) for part in value]))
    if isinstance(value, types.slice_t):
        return codegen.Var("", value)
    return value if isinstance(value, (str, type, context.Function)) else _constant(value)


def _constant(value: Any) -> Any:
    return codegen.Var("", type(value), constant=value)


def _result(overload: Any, bound: Any) -> str | None:
    """Return the type of the result, as `Adjoint.add_call` finds it."""
    kinds_of = {name: codegen.get_arg_type(value) for name, value in bound.items()}
    values = {name: codegen.get_arg_value(value) for name, value in bound.items()}
    value = overload.value_func({name: codegen.strip_reference(kind) for name, kind in kinds_of.items()}, values)
    if isinstance(value, codegen.Var):
        value = value.type
    return None if value is None else type_name(value)


def _place(name: str, overload: Any) -> int:
    """Return the place of an overload; one that was made for this call stands for the generic one that made it."""
    overloads = overloads_of(name)
    return overloads.index(overload) if overload in overloads else 0
