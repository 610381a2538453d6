"""Killed -9 at random moments and resumed, a job leaves the bytes of one that nothing happened to.

This is the short form of `python -m benchmarks.kills`, which does it fifty times with three thousand kernels.
"""

from pathlib import Path

import pytest

from benchmarks.killing import differences
from benchmarks.kills import QUICK_RUNS, Run, campaign, quick_words, summary


@pytest.mark.parametrize("form", QUICK_RUNS)
def test_random_kills(tmp_path: Path, form: str) -> None:
    runs = list(campaign(quick_words(form), tmp_path, QUICK_RUNS[form], seed=0))
    assert [run.faults for run in runs] == [[]] * QUICK_RUNS[form]


def test_what_differs_is_named() -> None:
    expected = {"a": b"1", "b": b"2", "data": None}
    assert differences(expected, expected) == []
    assert differences({"a": b"2", "data": None, ".b.part": b"2"}, expected) == [
        "b is missing",
        ".b.part is too many",
        "a has other bytes",
    ]


def test_the_summary_counts_phases() -> None:
    runs = [Run(["making", "finishing"]), Run(["finishing"], ["a has other bytes"])]
    line = "1 of 2 byte-identical to the undisturbed run, 3 kills: 0 starting, 1 making, 2 finishing, 0 written"
    assert summary(runs) == line
    assert str(runs[1]) == "killed while finishing; a has other bytes"
