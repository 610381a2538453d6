"""The operations that expressions grow by: each overload of the catalog that has a meaning, found by argument type."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from warpsmith.bridge.catalog import Signature, signatures
from warpsmith.synth.meanings import meaning_of
from warpsmith.synth.meanings.meaning import Meaning, Tag
from warpsmith.synth.meanings.rotations import LIBRARY
from warpsmith.synth.meanings.specials import NORMS
from warpsmith.synth.types import BOOL, Quaternion, Scalar, Transform, ValueType, value_types

Weights = tuple[tuple[Tag, float], ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One overload with its meaning.

    `place` is the argument that the growing expression takes, `partners` are the vector and matrix types of the others.
    """

    name: str
    arguments: tuple[ValueType, ...]
    result: ValueType
    meaning: Meaning
    place: int
    partners: tuple[ValueType, ...]


@cache
def _operations() -> tuple[Operation, ...]:
    known = value_types()
    library = (
        operation
        for builtin, arguments, result, meaning in (*LIBRARY, *NORMS)
        for operation in _at_each_place(builtin, tuple(known[name] for name in arguments), known[result], meaning)
    )
    return (*(operation for signature in signatures() for operation in _places(signature)), *library)


def _places(signature: Signature) -> tuple[Operation, ...]:
    """Return the overload once for each argument that a growing expression can be."""
    meaning = meaning_of(signature.name, len(signature.arguments))
    arguments, result = _resolve(signature)
    if meaning is None or result is None or BOOL in (*arguments, result) or _odd(signature.name, arguments):
        return ()
    return _at_each_place(signature.name, arguments, result, meaning)


def _at_each_place(
    builtin: str, arguments: tuple[ValueType, ...], result: ValueType, meaning: Meaning
) -> tuple[Operation, ...]:
    places = [place for place in range(len(arguments)) if not meaning.needs[place].constant][: meaning.growing]
    return tuple(Operation(builtin, arguments, result, meaning, place, _partners(arguments, place)) for place in places)


# what is done to the numbers of a vector, and makes no rotation of rotations, or always the same of all
_NUMBERWISE = frozenset({"add", "sub", "neg", "div", "lerp", "length", "length_sq", "normalize"})


def _odd(builtin: str, arguments: tuple[ValueType, ...]) -> bool:
    """Tell whether nobody would do this to a rotation or a transformation."""
    rotations = sum(isinstance(argument, Quaternion | Transform) for argument in arguments)
    return rotations > 0 and (builtin in _NUMBERWISE or (builtin == "mul" and rotations == 1))


def _partners(arguments: tuple[ValueType, ...], place: int) -> tuple[ValueType, ...]:
    others = (argument for position, argument in enumerate(arguments) if position != place)
    return tuple(dict.fromkeys(other for other in others if not isinstance(other, Scalar)))


def _resolve(signature: Signature) -> tuple[tuple[ValueType, ...], ValueType | None]:
    known = value_types()
    arguments = tuple(known[name] for name in signature.arguments if name in known)
    if len(arguments) != len(signature.arguments):
        return (), None
    return arguments, known.get(signature.result or "")


@cache
def operations_on(value_type: ValueType, weights: Weights) -> tuple[tuple[Operation, ...], tuple[float, ...]]:
    """Return the operations that take a value of a type, and how often each is to be drawn.

    Each builtin has its weight as a whole, however many overloads take that type.
    """
    by_tag: Mapping[str, float] = dict(weights)
    fitting = [op for op in _operations() if op.arguments[op.place] == value_type and by_tag.get(op.meaning.tag, 0) > 0]
    overloads: dict[str, int] = {}
    for op in fitting:
        overloads[op.name] = overloads.get(op.name, 0) + 1
    drawn = tuple(by_tag[op.meaning.tag] * op.meaning.weight / overloads[op.name] for op in fitting)
    return tuple(fitting), drawn


@cache
def operations_giving(value_type: ValueType, builtins: tuple[str, ...]) -> tuple[Operation, ...]:
    """Return the overloads of some builtins whose result is of a type, each once."""
    return tuple(
        op
        for op in _operations()
        if op.result is value_type and op.name in builtins and op.place == _first_place(op.meaning, op.arguments)
    )


def _first_place(meaning: Meaning, arguments: tuple[ValueType, ...]) -> int:
    return next(place for place in range(len(arguments)) if not meaning.needs[place].constant)
