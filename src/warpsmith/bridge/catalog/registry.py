"""Warp's registry of builtins, read: every overload, and those with concrete types as signatures."""

import math
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from warpsmith.bridge.catalog.conditions import conditions_of
from warpsmith.bridge.catalog.forms import form_of, template_of
from warpsmith.bridge.catalog.leftout import LEFT_OUT, known_result
from warpsmith.bridge.catalog.signature import Condition, Origin, Signature
from warpsmith.bridge.catalog.supplies import supply_of
from warpsmith.bridge.catalog.warptypes import is_generic, type_name
from warpsmith.bridge.inside import context
from warpsmith.bridge.quiet import hushed


def names() -> tuple[str, ...]:
    """Return the names of all builtins, in the registry's order."""
    return tuple(context.builtin_functions)


def group_of(name: str) -> str:
    """Return the group of Warp's documentation that a builtin stands in."""
    return str(context.builtin_functions[name].group)


def overloads_of(name: str) -> tuple[Any, ...]:
    """Return the overloads of a builtin, in the order in which Warp looks through them."""
    function = context.builtin_functions[name]
    if hasattr(function, "overloads"):
        return tuple(function.overloads)
    # written in Python: a generic one has an overload more for each kernel that it was built for
    return (function,) if function.user_templates else tuple(function.user_overloads.values())


@cache
def concrete_signatures() -> tuple[Signature, ...]:
    """Return every overload with concrete types, each key once, in the registry's order."""
    with hushed():
        return tuple({signature.key: signature for signature in reversed([*_concrete()])}.values())[::-1]


def concrete_of(name: str) -> tuple[Signature, ...]:
    """Return the overloads of a builtin with concrete types."""
    return _by_name().get(name, ())


@cache
def _by_name() -> dict[str, tuple[Signature, ...]]:
    ordered = groupby(concrete_signatures(), key=attrgetter("name"))
    return {name: tuple(signatures) for name, signatures in ordered}


def _concrete() -> Iterator[Signature]:
    for name in names():
        if name in LEFT_OUT:
            continue
        for place, overload in enumerate(overloads_of(name)):
            if overload.variadic or any(map(is_generic, overload.input_types.values())):
                continue
            parameters, arguments = tuple(overload.input_types), tuple(map(type_name, overload.input_types.values()))
            result = (known_result(name, arguments[0]) if arguments else None) or result_of(overload)
            yield make_signature(
                name, place, overload=overload, parameters=parameters, arguments=arguments, result=result
            )


@cache
def is_internal(name: str) -> bool:
    """Whether Warp hides a builtin from its documentation."""
    return all(overload.hidden for overload in overloads_of(name))


def result_of(overload: Any) -> str | None:
    """Return the type of what a concrete overload returns, asking Warp where it is not written down."""
    value = overload.value_type
    if value is None and overload.value_func is not None:
        value = overload.value_func(overload.input_types, dict.fromkeys(overload.input_types, 1))
    return None if value is None else type_name(value)


def make_signature(
    name: str,
    place: int,
    *,
    overload: Any,
    parameters: tuple[str, ...],
    arguments: tuple[str, ...],
    result: str | None,
    origin: Origin = "concrete",
) -> Signature:
    """Make a signature of an overload and the types of its arguments."""
    said = conditions_of(name)
    conditions = tuple(said.get(parameter, ()) for parameter in parameters) if said else ((),) * len(parameters)
    return Signature(
        name=name,
        parameters=parameters,
        arguments=arguments,
        result=result,
        group=overload.group or context.builtin_functions[name].group,
        defaults=tuple((p, _text(v)) for p, v in overload.defaults.items() if p in parameters)
        if overload.defaults
        else (),
        differentiable=bool(overload.is_differentiable),
        internal=is_internal(name),
        origin=origin,
        place=place,
        form=form_of(name, result),
        template=template_of(name, parameters, arguments, result),
        supplies=tuple(map(supply_of, arguments, conditions)),
        conditions=_pairs(parameters, conditions) if said else (),
    )


def _pairs(
    parameters: tuple[str, ...], conditions: tuple[tuple[Condition, ...], ...]
) -> tuple[tuple[str, Condition], ...]:
    return tuple((parameter, one) for parameter, every in zip(parameters, conditions, strict=True) for one in every)


def _text(value: Any) -> str:
    """Return the text of a default."""
    if isinstance(value, type):
        return f"wp.{type_name(value)}"
    return "wp.inf" if value == math.inf else repr(getattr(value, "value", value))
