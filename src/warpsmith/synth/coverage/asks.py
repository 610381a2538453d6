"""What a call asks of each argument: its type, range and form, read from the catalog and from its meaning."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from warpsmith.bridge.catalog import Condition, Signature, Supply
from warpsmith.synth.coverage.meanings import known_meaning
from warpsmith.synth.coverage.objects import EXTENTS
from warpsmith.synth.launch import Form
from warpsmith.synth.meanings.meaning import ANY, Need
from warpsmith.synth.types import Matrix, ValueType, Vector, components, value_types

Manner = Literal["value", "text", "state", "variable", "element", "rigid", "pivot", "object"]

# forms of matrices, by what the catalog says must hold
_FORMS: dict[str, Form] = {
    "rotation": "orthogonal",
    "invertible": "invertible",
    "symmetric": "spd",
    "positive definite": "spd",
}


@dataclass(frozen=True, slots=True)
class Ask:
    """What one argument must be.

    ``value``: anything of the type in the range of `need`, an array filled in `form` where it is not ``uniform``.
    ``text``: one of `texts` as it is. ``state``: the state of random numbers. ``variable``: a local variable, and
    ``element``: an element of an array itself. ``rigid``: a matrix that moves and rotates. ``pivot``: an index of a
    component of the first argument. ``object``: the id of an object of a kind, which is its text.
    """

    type: ValueType
    manner: Manner = "value"
    need: Need = ANY
    form: Form = "uniform"
    texts: tuple[str, ...] = ()


@cache
def asks_of(signature: Signature) -> tuple[Ask, ...]:
    """Return what a call of plain values asks of its arguments, those that are types among them."""
    meaning = known_meaning(signature.name, len(signature.arguments))
    known = value_types()
    asks: list[Ask] = []
    for place, (parameter, supply) in enumerate(zip(signature.parameters, signature.supplies, strict=True)):
        need = meaning.needs[place] if meaning is not None and place < len(meaning.needs) else ANY
        if supply.type.startswith("="):
            asks.append(Ask(known["int32"], "text", texts=supply.choices))
            continue
        if signature.name == "volume_lookup_index" and not place:
            asks.append(Ask(known[supply.type], "object", texts=("volume of indices",)))
            continue
        if signature.name in ("indexref", "load") and not place:
            asks.append(Ask(known[supply.type], "element"))
            continue
        asks.append(_ask(known[supply.type], supply, signature.conditions_of(parameter), need, asks))
    return tuple(asks)


def _ask(
    value_type: ValueType, supply: Supply, conditions: Sequence[Condition], need: Need, before: Sequence[Ask]
) -> Ask:
    if supply.way == "constant":
        return Ask(value_type, "text", texts=supply.choices or ("1",))
    if supply.way == "handle":
        return Ask(value_type, "object", texts=(supply.of,))
    by_name = {condition.requirement: condition for condition in conditions}
    if "index" in by_name:
        return _index(value_type, by_name["index"].of, before)
    if supply.way == "local":
        return Ask(value_type, "variable")
    return _value(value_type, frozenset(by_name), need)


def _index(value_type: ValueType, of: str, before: Sequence[Ask]) -> Ask:
    if of == "bvh nodes":
        return Ask(value_type, "text", texts=("-1",))
    if of in EXTENTS:
        return Ask(value_type, need=Need(0.0, EXTENTS[of] - 1.0))
    return Ask(value_type, "pivot", Need(0.0, _extent(before[0].type, len(before)) - 1.0))


def _value(value_type: ValueType, requirements: frozenset[str], need: Need) -> Ask:
    """Return the ask for a value of which something must hold."""
    if "random state" in requirements:
        return Ask(value_type, "state")
    if isinstance(value_type, Matrix) and value_type.size == 4 and requirements & {"rigid", "rotation"}:
        return Ask(value_type, "rigid")
    if "unit" in requirements and isinstance(value_type, Vector):
        need = Need(need.low, need.high, unit=True)
    if "nonzero" in requirements and need == ANY:
        need = Need(low=0.5)
    form = next((form for name, form in _FORMS.items() if name in requirements), None)
    return Ask(value_type, need=need, form=form or "uniform")


def _extent(value_type: ValueType, depth: int) -> int:
    """Return how many places an index has: of a matrix, rows and then columns."""
    if isinstance(value_type, Matrix):
        return value_type.size
    return components(value_type) if depth == 1 else 1
