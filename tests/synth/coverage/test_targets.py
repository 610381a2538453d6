"""What is dealt to kernels for coverage: every overload once a lap, the same for a number whatever is drawn."""

from collections import Counter
from functools import cache
from itertools import count

import pytest

from warpsmith.bridge.catalog import FAULTS, FAULTY, LEFT_OUT, instances, names, signatures
from warpsmith.errors import GenerationError
from warpsmith.synth import CATEGORIES
from warpsmith.synth.coverage.passages import passages
from warpsmith.synth.coverage.targets import covered, deal
from warpsmith.synth.coverage.units import units


def _keys(number: int) -> list[str]:
    """Return the concrete overloads that a number is dealt."""
    return [signature.key for signature in deal(number).signatures if signature.origin == "concrete"]


@cache
def _lap_length() -> int:
    """Return how many deals a lap has: as many as it takes until all is dealt."""
    missing = {signature.key for signature in covered() if signature.origin == "concrete"}
    for number in count():
        missing.difference_update(_keys(number))
        # units may come behind the last overload
        if not missing and deal(number + 1).unit is None:
            return number + 1
    raise AssertionError


def test_every_concrete_overload_is_dealt_or_of_a_family_unless_no_compiler_takes_it() -> None:
    of_units = {builtin for unit in units() for builtin in unit.builtins}
    of_units |= {older for unit in units() for _, older in unit.older}
    dealt = {signature.key for signature in covered()}
    rest = [
        s for s in signatures() if s.key not in dealt and s.key not in FAULTS and s.name not in {*FAULTY, *of_units}
    ]
    assert rest == []


def test_what_passages_cover_is_in_the_catalog() -> None:
    assert set(passages()) <= {signature.key for signature in (*signatures(), *instances())}


def test_units_are_of_categories_and_builtins_that_there_are() -> None:
    assert {unit.category for unit in units()} <= set(CATEGORIES)
    known = set(names()) - set(LEFT_OUT)
    assert {builtin for unit in units() for builtin in unit.builtins} <= known
    assert {older for unit in units() for _, older in unit.older} <= known


def test_a_lap_deals_every_concrete_overload_and_every_unit_once() -> None:
    length = _lap_length()
    concrete = [key for number in range(length) for key in _keys(number)]
    assert len(concrete) == len(set(concrete)) == sum(signature.origin == "concrete" for signature in covered())
    dealt = [unit for number in range(length) if (unit := deal(number).unit)]
    assert len(dealt) == len(set(dealt)) == len(units())


def test_laps_combine_differently() -> None:
    length = _lap_length()
    first, second = (
        {frozenset(_keys(number)) for number in range(start, start + length) if len(_keys(number)) > 1}
        for start in (0, length)
    )
    assert len(first & second) < 0.01 * length


def test_four_laps_deal_all_instances_that_can_be_written() -> None:
    wanted = {s.key for s in covered() if s.origin == "instance"}
    dealt = {s.key for number in range(4 * 760) for s in deal(number).signatures if s.origin == "instance"}
    assert wanted <= dealt
    assert wanted <= {s.key for s in instances()}


def test_the_shuffled_order_is_even() -> None:
    counts = Counter(key for number in range(3000) for key in _keys(number))
    assert max(counts.values()) - min(counts.values()) <= 1


def test_a_category_is_dealt_what_belongs_to_it() -> None:
    keys = {s.key for number in range(60) for s in deal(number, "quaternions").signatures}
    assert any(key.startswith("quat_rotate(") for key in keys)
    assert not any(key.startswith("mesh_") for key in keys)


def test_a_category_without_builtins_is_refused_in_one_line() -> None:
    with pytest.raises(GenerationError, match="category 'nested_loop' has no builtins of its own") as error:
        deal(0, "nested_loop")
    assert "\n" not in str(error.value)
