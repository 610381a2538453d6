"""Every record has its place, and categories and levels are as even as they can be."""

import itertools
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from warpsmith.run.config import JobConfig, make_config
from warpsmith.run.plan import LARGEST_SHARD, MIXTURE, SMALLEST_SHARD, Plan, shard_size, smooth_cycle
from warpsmith.synth import CATEGORIES

weights = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 9), min_size=1)


@given(st.integers(1, 200_000), st.none() | st.integers(1, 10_000))
def test_shards_cover_every_record_once(count: int, size: int | None) -> None:
    slots = Plan(JobConfig(count=count, shard_size=size)).slots
    assert slots[0].first == 0
    assert all(left.first + left.rows == right.first for left, right in itertools.pairwise(slots))
    assert sum(slot.rows for slot in slots) == count
    assert [(slot.number, slot.of) for slot in slots] == [(i, len(slots)) for i in range(len(slots))]


@given(st.integers(1, 10_000_000))
def test_shard_size_has_bounds(count: int) -> None:
    assert SMALLEST_SHARD <= shard_size(count) <= LARGEST_SHARD


def test_a_thousand_kernels_are_four_shards() -> None:
    assert [slot.stem for slot in Plan(JobConfig()).slots][-1] == "train-00003-of-00004"


@given(weights)
def test_a_cycle_has_the_weights(weights: dict[str, int]) -> None:
    assert Counter(smooth_cycle(weights)) == weights


@given(weights)
def test_a_cycle_is_smooth(weights: dict[str, int]) -> None:
    """At every point each name has had its share, give or take less than one turn for each other name."""
    cycle = smooth_cycle(weights)
    for length in range(1, len(cycle) + 1):
        had = Counter(cycle[:length])
        for name, weight in weights.items():
            assert abs(had[name] - length * weight / len(cycle)) < len(weights)


def test_equal_weights_take_turns_in_order() -> None:
    assert smooth_cycle({"a": 1, "b": 1, "c": 1}) == ["a", "b", "c"]


def test_categories_and_levels_are_even() -> None:
    plan = Plan(make_config({"profile": "balanced"}))
    kinds = Counter((plan.order(n).category, plan.order(n).level) for n in range(20 * 5 * len(CATEGORIES)))
    assert len(kinds) == 5 * len(CATEGORIES)
    assert set(kinds.values()) == {20}


def test_the_mix_has_its_shares_and_each_profile_counts_its_own() -> None:
    plan = Plan(make_config({}))
    orders = [plan.order(index) for index in range(1000)]
    assert Counter(order.profile for order in orders) == {"realistic": 800, "balanced": 100, "coverage": 100}
    for profile in MIXTURE:
        numbers = [order.number for order in orders if order.profile == profile]
        assert numbers == list(range(len(numbers)))


def test_who_asks_for_a_category_gets_it_from_any_profile() -> None:
    for options in ({"categories": "loop,math"}, {"categories": "loop,math", "profile": "realistic"}):
        plan = Plan(make_config(options))
        assert [plan.order(index).category for index in range(4)] == ["math", "loop", "math", "loop"]
