"""The builtins of Warp as plain values: every overload whose types are concrete, read from Warp's own registry."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from warpsmith.bridge.inside import context


@dataclass(frozen=True, slots=True)
class Signature:
    """One concrete overload of a builtin; types go by Warp's names (``float32``, ``vec3f``).

    `parameters` are the argument names. `required` is how many arguments have no default.
    """

    name: str
    parameters: tuple[str, ...]
    arguments: tuple[str, ...]
    result: str
    group: str
    required: int
    differentiable: bool


@cache
def signatures() -> tuple[Signature, ...]:
    """Return every overload with plain concrete argument and result types, in the registry's order."""
    return tuple(
        signature
        for name, function in context.builtin_functions.items()
        for overload in getattr(function, "overloads", ())
        if (signature := _signature(name, overload)) is not None
    )


def _signature(name: str, overload: Any) -> Signature | None:
    arguments = tuple(_type_name(value) for value in overload.input_types.values())
    result = _type_name(overload.value_type)
    if overload.variadic or result is None or None in arguments:
        return None
    return Signature(
        name=name,
        parameters=tuple(overload.input_types),
        arguments=tuple(argument for argument in arguments if argument is not None),
        result=result,
        group=overload.group,
        required=len(arguments) - len(overload.defaults or {}),
        differentiable=bool(overload.is_differentiable),
    )


# generic placeholders of the registry; they have names but are no types that a kernel can hold
_GENERIC = frozenset({"Any", "Scalar", "Float", "Int", "vec_t", "mat_t", "quat_t", "transform_t", "Callable"})
_PYTHON_NAMES = {"float": "float32", "int": "int32"}


def _type_name(value: Any) -> str | None:
    if not isinstance(value, type) or value.__name__ in _GENERIC:
        return None
    return _PYTHON_NAMES.get(value.__name__, value.__name__)
