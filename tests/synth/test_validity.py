"""What generated kernels promise, checked on kernels that Hypothesis draws and on a seeded sample."""

import ast

import pytest
from hypothesis import given, settings

from tests.synth.checker import check
from tests.synth.strategies import kernels
from warpsmith.extract import extract_source
from warpsmith.record import KernelCode, KernelSource
from warpsmith.synth import CATEGORIES, LEVELS, generate_kernel
from warpsmith.synth.complexity import complexity, level_of


@settings(max_examples=60)
@given(kernels(levels=(1, 2, 3)))
def test_drawn_kernels_keep_every_promise(source: KernelSource) -> None:
    assert check(source.python_source, source.kernel_name) == []


@settings(max_examples=25)
@given(kernels(levels=(1, 2)))
def test_warp_takes_drawn_kernels(source: KernelSource) -> None:
    code = extract_source(source)
    assert isinstance(code, KernelCode), code
    assert code.cpu is not None
    assert code.cpu.backward is not None
    assert code.cuda is not None


@pytest.mark.parametrize("category", CATEGORIES)
def test_seeded_kernels_keep_every_promise(category: str) -> None:
    for seed in range(40):
        source = generate_kernel(category, seed)
        assert check(source.python_source, source.kernel_name) == [], source.python_source


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("level", LEVELS)
def test_the_level_is_the_measured_complexity(category: str, level: int) -> None:
    source = generate_kernel(category, 7, level)
    assert source.level == level
    assert level_of(complexity(ast.parse(source.python_source))) == level


def test_the_checker_sees_what_it_is_there_for() -> None:
    text = """
import warp as wp

@wp.kernel
def bad(a: wp.array[float], unused: float, out: wp.array[float], total: wp.array[float]):
    i = wp.tid()
    dead = a[i]
    dead = 2.0
    out[i + 1] = dead
    total[i] = out[i]
    wp.atomic_add(total, 0, 1.0)
    while dead < 1.0:
        dead += 0.0
"""
    assert {complaint.rule for complaint in check(text, "bad")} == {
        "unused parameter",
        "dead store",
        "race",
        "reads an output",
        "endless loop",
    }
