"""Clashes are what a dictionary finds, however many passes they are found in."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warpsmith.dataset.near.clashes import clashes

fingerprints = st.tuples(
    st.sampled_from([0, 1, 2**63, 2**64 - 1]) | st.integers(0, 2**64 - 1), st.integers(0, 3)
)  # many with equal halves


def plainly(rows: list[tuple[int, int]]) -> list[int]:
    first = {row: number for number, row in reversed(list(enumerate(rows)))}
    return [number for number, row in enumerate(rows) if first[row] < number]


@given(st.lists(st.lists(fingerprints, max_size=12), max_size=4), st.integers(1, 20))
def test_are_those_of_a_dictionary(shards: list[list[tuple[int, int]]], at_once: int) -> None:
    arrays = [np.array(rows, dtype=np.uint64).reshape(-1, 2) for rows in shards]
    assert clashes(arrays, at_once).tolist() == plainly([row for rows in shards for row in rows])


@pytest.mark.parametrize("at_once", [1, 7, 100, 10_000])
def test_passes_change_nothing(at_once: int) -> None:
    rows = (np.arange(5000, dtype=np.uint64) * np.uint64(2**61 + 9) % np.uint64(4001)).repeat(2).reshape(-1, 2)
    rows[:, 0] <<= np.uint64(51)
    assert np.array_equal(clashes([rows[:1999], rows[1999:]], at_once), clashes([rows]))
    assert len(clashes([rows])) == 5000 - len(np.unique(rows[:, 1]))


def test_a_set_without_records() -> None:
    assert clashes([]).tolist() == []
