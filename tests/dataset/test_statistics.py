"""Statistics of parts add up to the statistics of the whole."""

from hypothesis import given
from hypothesis import strategies as st

from tests.dataset.records import record
from warpsmith.dataset.statistics import Comparison, SetStatistics, Statistics, recounted

indices = st.lists(st.integers(0, 30), max_size=20)


def of(numbers: list[int]) -> Statistics:
    return recounted(record(number).row() for number in numbers).statistics


@given(indices, indices)
def test_parts_add_up(left: list[int], right: list[int]) -> None:
    assert of(left) + of(right) == of(left + right)
    assert SetStatistics(1, of(left) + of(right)).encode() == SetStatistics(1, of(right + left)).encode()


def test_counts_and_lengths() -> None:
    statistics = of([0, 1, 2, 3])
    assert statistics.kernels == 4
    assert statistics.categories == {"loop": 2, "math": 2}
    assert statistics.levels == {1: 1, 2: 1, 3: 1, 4: 1}
    assert statistics.builtins == {"add": 4, "tid": 4}
    assert statistics.quantile("python_source", 0.5) == 5
    assert statistics.quantile("cpp_forward", 0.9) == 2


def test_quantile_takes_the_shortest_that_covers_the_share() -> None:
    statistics = Statistics(lines={"cpp": {10: 5, 20: 4, 30: 1}})
    assert [statistics.quantile("cpp", share) for share in (0.5, 0.51, 0.9, 0.91)] == [10, 20, 20, 30]


def test_expansion_of_a_text_that_was_not_generated_is_none() -> None:
    assert Statistics().expansion("cpp") is None


def test_comparison_counts_lines_without_indentation() -> None:
    comparison = Comparison()
    comparison.add("a;\n  b;\nc;", "a;\nb;\nd;\ne;")
    assert comparison == Comparison(kernels=1, both=2, cpu_only=1, cuda_only=2)


def test_one_kernel_in_eight_is_compared() -> None:
    assert of(list(range(16))).comparison["forward"].kernels == 2
