"""Clusters are those of a comparison of all with all, but for pairs that share no band."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.near_copies import disguised
from tests.dataset.near.texts import SketchesOfSet, sketch_of, synthetic
from warpsmith.dataset.near import clusters as room
from warpsmith.dataset.near.clusters import clusters
from warpsmith.dataset.near.forest import Forest
from warpsmith.dataset.near.jaccard import THRESHOLD, similarity
from warpsmith.dataset.near.sketch import Sketch, sketch
from warpsmith.seeds import stream

# kernels of a few statements each, many of them in common
kernels = st.lists(
    st.lists(st.integers(0, 30), min_size=10, max_size=24, unique=True).map(sketch_of), min_size=1, max_size=14
)


def by_all_pairs(sketches: Sequence[Sketch]) -> list[int]:
    """Return the clusters in plain Python, of the pairs that share a band."""
    leaders = list(range(len(sketches)))
    for one, other in combinations(range(len(sketches)), 2):
        near = similarity(sketches[one].shingles, sketches[other].shingles) >= THRESHOLD
        if near and (sketches[one].bands == sketches[other].bands).any() and leaders[one] != leaders[other]:
            old, new = max(leaders[one], leaders[other]), min(leaders[one], leaders[other])
            leaders = [new if leader == old else leader for leader in leaders]
    return leaders


@given(kernels)
def test_are_those_of_all_pairs(sketches: list[Sketch]) -> None:
    assert clusters(SketchesOfSet(sketches)).tolist() == by_all_pairs(sketches)


@pytest.mark.parametrize("window", [2, 4, 8])
def test_many_that_share_a_band_are_compared_in_windows(window: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "WINDOW", window)
    sketches = [sketch_of([*range(100), 1000 + number % 3]) for number in range(30)]
    assert set(clusters(SketchesOfSet(sketches)).tolist()) == {0}


def test_windows_put_nothing_together_that_is_not_near(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "WINDOW", 4)
    sketches = [sketch_of([*range(60), *range(1000 * number, 1000 * number + 40)]) for number in range(1, 40)]
    alike = [Sketch(each.shingles, sketches[0].bands) for each in sketches]
    assert clusters(SketchesOfSet(alike)).tolist() == list(range(39))


def test_copies_in_other_words_are_found_in_a_set() -> None:
    texts = [*synthetic(60), *(disguised(text, stream("set", place)) for place, text in enumerate(synthetic(60)))]
    leaders = clusters(SketchesOfSet([sketch(text) for text in texts]))
    assert np.array_equal(leaders[:60], leaders[60:])


def test_a_set_without_records() -> None:
    assert clusters(SketchesOfSet([])).tolist() == []


@given(st.integers(1, 20), st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=30))
def test_leaders_are_the_smallest_of_their_groups(count: int, pairs: list[tuple[int, int]]) -> None:
    forest, groups = Forest(count), [{number} for number in range(count)]
    for one, other in ((one % count, other % count) for one, other in pairs):
        forest.join(one, other)
        joined = groups[one] | groups[other]
        for member in joined:
            groups[member] = joined
    assert forest.leaders().tolist() == [min(group) for group in groups]
    assert [forest.leader(number) for number in range(count)] == [min(group) for group in groups]
