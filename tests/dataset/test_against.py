"""A set beside kernels that people wrote."""

import json
from pathlib import Path

import pytest

from warpsmith.dataset.against import compare, encode, written
from warpsmith.dataset.coverage import Coverage
from warpsmith.dataset.statistics import SetStatistics, Statistics
from warpsmith.errors import UsageError
from warpsmith.manner.distribution import divergence

KERNELS = """
import warp as wp

@wp.kernel
def first(x: wp.array[float]):
    x[0] = wp.sin(x[1])

@wp.kernel
def second(x: wp.array[float]):
    if x[0] > 0.0:
        x[0] = wp.cos(x[1])
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "kernels.py").write_text(KERNELS)
    (tmp_path / "broken.py").write_text("import warp as wp\n(")
    return tmp_path


def statistics_of(*names: str) -> Statistics:
    """Return what would be counted over a set of these kernels; columns that do not matter here are empty."""
    statistics = Statistics()
    empty = dict.fromkeys(("cpp", "cpp_forward", "cpp_backward", "cuda", "cuda_forward", "cuda_backward"))
    lists: dict[str, list[str]] = {"builtins": [], "overloads": [], "features": []}
    for name in names:
        row = {"python_source": KERNELS, "kernel_name": name, "category": "", "level": 1, "fingerprint": "1"}
        statistics.add({**row, **empty, **lists, "provenance": {"kind": "synth"}})
    return statistics


def test_the_same_kernels_are_not_apart(folder: Path) -> None:
    against = compare(statistics_of("first", "second"), str(folder))
    assert (against.kernels, against.passed_over, against.lines_median, against.lines_p90) == (2, 1, 2, 3)
    assert (against.syntax_divergence, against.call_divergence) == (0, 0)


def test_other_kernels_are(folder: Path) -> None:
    against = compare(statistics_of("first"), str(folder))
    # half of the calls are of a function that the set never calls: H(3/4, 1/4) - 1/2 bits
    assert against.call_divergence == pytest.approx(0.31127812445913283)
    assert against.syntax_divergence is not None
    assert 0 < against.syntax_divergence < 0.1


def test_nothing_to_compare_is_none(folder: Path) -> None:
    against = compare(Statistics(), str(folder))
    assert (against.syntax_divergence, against.call_divergence) == (None, None)


def test_a_target_without_kernels_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.py").write_text("import warp as wp\n")
    with pytest.raises(UsageError, match="has no Warp kernels in it"):
        compare(Statistics(), str(tmp_path))


def test_comparisons_stand_in_the_json_beside_the_rest(folder: Path) -> None:
    whole = SetStatistics(1, statistics_of("first"), Coverage(0, 0, 0, 0, [], []))
    assert encode(whole, []) == whole.encode()
    values = json.loads(encode(whole, [compare(whole.statistics, str(folder))]))
    assert values.pop("against")[0]["kernels"] == 2
    assert values == json.loads(whole.encode())


def test_examples_and_tests_of_warp_are_as_far_apart_as_the_page_says() -> None:
    examples, tests = written("warp.examples"), written("warp.tests")
    assert divergence(examples.syntax_edges, tests.syntax_edges) == pytest.approx(0.065, abs=0.01)
    assert divergence(examples.builtin_calls, tests.builtin_calls) == pytest.approx(0.224, abs=0.02)


def test_a_target_that_cannot_be_read_says_why(folder: Path) -> None:
    with pytest.raises(
        UsageError, match=r"against: '.*broken\.py' cannot be read: line \d: .*; mend it or name another"
    ):
        compare(Statistics(), str(folder / "broken.py"))
