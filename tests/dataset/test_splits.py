"""Splits take whole clusters, as near to their shares as these allow, and in an order that is none of the set's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from warpsmith.dataset.splits import assigned

SHARES = {"train": 90, "validation": 5, "test": 5}
shares = st.dictionaries(st.sampled_from("abcd"), st.integers(1, 100), min_size=1)


@st.composite
def clustered(draw: st.DrawFn) -> NDArray[np.int64]:
    """Draw the leaders of a set: every record follows itself or an earlier leader."""
    leaders: list[int] = []
    for number in range(draw(st.integers(1, 80))):
        known = draw(st.sampled_from([number, *leaders]))
        leaders.append(known if draw(st.booleans()) else number)
    return np.array(leaders, dtype=np.int64)


def hashes(count: int, salt: int = 1) -> NDArray[np.uint64]:
    return np.arange(salt, count + salt, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)


@given(clustered(), shares)
def test_no_cluster_is_cut_and_no_share_is_passed(leaders: NDArray[np.int64], shares: dict[str, int]) -> None:
    splits = assigned(leaders, shares, hashes(len(leaders)))
    assert splits.dtype == np.uint8
    assert np.array_equal(splits, splits[leaders])
    weights = list(shares.values())
    for place, size in enumerate(np.bincount(splits, minlength=len(shares))):
        if place != weights.index(max(weights)):
            assert size <= len(leaders) * weights[place] // sum(weights)


@given(st.integers(1, 500), shares)
def test_shares_hold_where_all_are_alone(count: int, shares: dict[str, int]) -> None:
    sizes = np.bincount(assigned(np.arange(count), shares, hashes(count)), minlength=len(shares))
    weights = list(shares.values())
    largest = weights.index(max(weights))
    expected = [count * weight // sum(weights) for weight in weights]
    expected[largest] += count - sum(expected)
    assert sizes.tolist() == expected


@given(clustered(), shares)
def test_where_a_split_has_room_no_cluster_outside_would_fit(
    leaders: NDArray[np.int64], shares: dict[str, int]
) -> None:
    splits = assigned(leaders, shares, hashes(len(leaders)))
    weights = list(shares.values())
    largest = weights.index(max(weights))
    left_over = [int(size) for size in np.bincount(leaders[splits == largest]) if size]
    for place, size in enumerate(np.bincount(splits, minlength=len(shares))):
        if place != largest:
            assert all(size + cluster > len(leaders) * weights[place] // sum(weights) for cluster in left_over)


def test_small_sets_leave_splits_empty() -> None:
    assert assigned(np.arange(19), SHARES, hashes(19)).tolist() == [0] * 19
    assert np.bincount(assigned(np.arange(20), SHARES, hashes(20))).tolist() == [18, 1, 1]


def test_a_cluster_that_is_too_large_goes_to_the_largest() -> None:
    leaders = np.concatenate([np.zeros(30, dtype=np.int64), np.arange(30, 100)])
    splits = assigned(leaders, SHARES, hashes(100))
    assert set(splits[:30].tolist()) == {0}
    assert np.bincount(splits).tolist() == [90, 5, 5]


@pytest.mark.parametrize("split", [1, 2])
def test_the_order_of_the_set_does_not_decide(split: int) -> None:
    places = np.flatnonzero(assigned(np.arange(10_000), SHARES, np.arange(10_000, dtype=np.uint64)) == split)
    quarters = np.bincount(places // 2500, minlength=4)
    assert (quarters > 80).all()
    assert (quarters < 170).all()


def test_an_empty_set() -> None:
    assert assigned(np.empty(0, dtype=np.int64), SHARES, hashes(0)).tolist() == []
