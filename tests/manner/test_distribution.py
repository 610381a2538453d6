"""Distributions add up in any order to the last digit, and divergence is a divergence."""

from functools import reduce
from operator import add

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warpsmith.manner.distribution import SCALE, Distribution, divergence

counts = st.dictionaries(st.sampled_from("abcdefg"), st.integers(1, 40), max_size=5)
sets = st.lists(counts, max_size=8)


def of(kernels: list[dict[str, int]]) -> Distribution:
    distribution = Distribution()
    for kernel in kernels:
        distribution.add(kernel)
    return distribution


def test_each_kernel_weighs_the_same() -> None:
    assert of([{"a": 1}, {"b": 30, "c": 10}]).probabilities() == {"a": 0.5, "b": 0.375, "c": 0.125}


def test_kernels_without_any_are_passed_over() -> None:
    assert of([{}, {"a": 3}, {}]) == Distribution(1, {"a": SCALE})


@given(sets, sets)
def test_parts_add_up_in_any_order(left: list[dict[str, int]], right: list[dict[str, int]]) -> None:
    parts = [of([kernel]) for kernel in [*left, *right]]
    assert of(left) + of(right) == of(left + right) == reduce(add, reversed(parts), Distribution())


@given(sets, sets)
def test_divergence_is_symmetric_and_in_bounds(left: list[dict[str, int]], right: list[dict[str, int]]) -> None:
    p, q = of(left), of(right)
    found = divergence(p, q)
    if not p.kernels or not q.kernels:
        assert found is None
    else:
        assert found is not None
        assert found == divergence(q, p)
        assert -1e-12 <= found <= 1 + 1e-12
        assert divergence(p, p) == 0


def test_divergence_of_known_distributions() -> None:
    assert divergence(of([{"a": 1}]), of([{"b": 1}])) == 1
    # (1/2, 1/2) beside (1, 0): H(3/4, 1/4) - 1/2 bits
    assert divergence(of([{"a": 1, "b": 1}]), of([{"a": 1}])) == pytest.approx(0.31127812445913283)
