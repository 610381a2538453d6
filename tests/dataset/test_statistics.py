"""Statistics of parts add up to the statistics of the whole."""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dataset.records import record
from warpsmith.dataset.coverage import Coverage, coverage
from warpsmith.dataset.layout import STATISTICS
from warpsmith.dataset.statistics import (
    Comparison,
    SetStatistics,
    Statistics,
    measured,
    of_set,
    quantile,
    read_statistics,
)
from warpsmith.errors import DatasetError
from warpsmith.manner.distribution import SCALE, Distribution

NOTHING = Coverage(0, 0, 0, 0, [], [])
indices = st.lists(st.integers(0, 30), max_size=20)


def of(numbers: list[int]) -> Statistics:
    statistics = Statistics()
    for number in numbers:
        statistics.add(record(number).row())
    return statistics


@given(indices, indices)
def test_parts_add_up(left: list[int], right: list[int]) -> None:
    assert of(left) + of(right) == of(left + right)
    parts = (of(left) + of(right), of(right + left))
    assert len({SetStatistics(1, part, NOTHING).encode() for part in parts}) == 1


@given(indices, indices)
def test_what_was_counted_can_be_taken_out_again(kept: list[int], replaced: list[int]) -> None:
    left = of(kept + replaced) - of(replaced)
    assert left == of(kept)
    assert SetStatistics(1, left, NOTHING).encode() == SetStatistics(1, of(kept), NOTHING).encode()


def test_counts_and_lengths() -> None:
    statistics = of([0, 1, 2, 3])
    assert statistics.kernels == 4
    assert statistics.categories == {"loop": 2, "math": 2}
    assert statistics.levels == {1: 1, 2: 1, 3: 1, 4: 1}
    assert statistics.builtins == {"add": 4, "tid": 4}
    assert statistics.overloads == {"tid()": 4}
    assert statistics.bigrams == {"0 start>Assign": 4}
    assert statistics.kernel_lines == {2: 4}
    assert statistics.syntax_edges.kernels == 4
    assert statistics.syntax_edges.shares["Assign>Constant"] == 4 * round(SCALE / 11)
    assert statistics.builtin_calls == Distribution()
    assert quantile(statistics.lines["python_source"], 0.5) == 5
    assert quantile(statistics.lines["cpp_forward"], 0.9) == 2


def test_quantile_takes_the_shortest_that_covers_the_share() -> None:
    assert [quantile({10: 5, 20: 4, 30: 1}, share) for share in (0.5, 0.51, 0.9, 0.91)] == [10, 20, 20, 30]
    assert quantile({}, 0.5) == 0


def test_expansion_of_a_text_that_was_not_generated_is_none() -> None:
    assert Statistics().expansion("cpp") is None


def test_comparison_counts_lines_without_indentation() -> None:
    comparison = Comparison()
    comparison.add("a;\n  b;\nc;", "a;\nb;\nd;\ne;")
    assert comparison == Comparison(kernels=1, both=2, cpu_only=1, cuda_only=2)


def test_one_kernel_in_eight_is_compared() -> None:
    assert of(list(range(16))).comparison["forward"].kernels == 2


def test_measures_that_are_at_hand_count_as_the_text_does() -> None:
    row = record(3).row()
    statistics = Statistics()
    measures = measured(ast.parse(row["python_source"]), row["kernel_name"])
    statistics.add({**row, "python_source": "not read"}, measures)
    assert statistics.syntax_edges == of([3]).syntax_edges
    assert statistics.bigrams == of([3]).bigrams


@pytest.mark.parametrize("text", ["import warp as wp\n", "def (", "\0"])
def test_a_damaged_text_is_counted_but_not_measured(text: str) -> None:
    statistics = Statistics()
    statistics.add({**record(3).row(), "python_source": text})
    assert statistics.kernels == 1
    assert statistics.syntax_edges == Distribution()


def test_statistics_are_read_as_they_were_written(tmp_path: Path) -> None:
    whole = of_set(3, of([1, 2, 3]))
    (tmp_path / STATISTICS).write_bytes(whole.encode())
    assert read_statistics(tmp_path) == whole


def test_statistics_of_an_older_version_must_be_counted_anew(tmp_path: Path) -> None:
    (tmp_path / STATISTICS).write_text('{"distinct_shapes": 1, "statistics": {}}')
    with pytest.raises(DatasetError, match="--recount"):
        read_statistics(tmp_path)


def test_coverage_names_what_is_missing() -> None:
    found = coverage(["sin"], ["min(float32,float32)", "dot(vec3f,vec3f)"])
    assert found.builtins == found.of_builtins - len(found.missing_builtins) == 3
    assert found.overloads == found.of_overloads - len(found.missing_overloads) == 2
    assert {"max", "tile_load", "printf"} & set(found.missing_builtins) == {"max", "tile_load"}
    assert "min(int32,int32)" in found.missing_overloads
    assert not {"min", "dot", "sin"} & set(found.missing_builtins)
    assert "min(float32,float32)" not in found.missing_overloads
    assert found.missing_overloads == sorted(found.missing_overloads)
