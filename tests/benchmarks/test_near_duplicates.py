"""What the benchmark of near-duplicates counts is what is there, and the page has it."""

from itertools import combinations

import pytest

from benchmarks import near_duplicates
from benchmarks.near_sets import all_pairs, texts, with_edited_copies
from warpsmith.dataset.fingerprint import fingerprint
from warpsmith.dataset.near.jaccard import similarity
from warpsmith.dataset.near.shingles import shingles


def test_texts_have_shapes_of_their_own() -> None:
    assert len({fingerprint(text) for text in texts(30)}) == 30


def test_all_pairs_are_those_of_a_plain_comparison() -> None:
    hashes = [shingles(text) for text in with_edited_copies(list(texts(12)))]
    expected = {
        (one, other): similarity(hashes[one], hashes[other]) for one, other in combinations(range(len(hashes)), 2)
    }
    pairs = all_pairs(hashes, 0.3)
    found = {(int(one), int(other)): similar for one, other, similar in zip(*pairs, strict=True)}
    assert found == pytest.approx({pair: similar for pair, similar in expected.items() if similar >= 0.3})


def test_figures_and_their_table() -> None:
    figures = near_duplicates.measured(40, 50, 300)
    assert figures["planted"] == {"copies": 40, "in_another_cluster": 0, "in_another_split": 0}
    assert [each["kernels"] for each in figures["sets"]] == [50]
    assert figures["million"]["kernels"] == 300
    assert figures["million"]["clashing"] == 0
    assert "| **near: 0.80 to 1** |" in near_duplicates.table(figures)
