"""The measure of complexity and the levels cut from it."""

import ast
from statistics import median

import pytest

from warpsmith.synth import CATEGORIES, LEVELS, generate_kernel
from warpsmith.synth.complexity import LEVEL_BOUNDS, complexity, level_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = y", 0),
        ("i = wp.tid()", 0),
        ("x = wp.float64(0.5)", 0),
        ("x = a + b", 1),
        ("x = -a", 1),
        ("x = -1.0", 0),
        ("x = wp.sin(a[i])", 2),
        ("x += a", 1),
        ("x = a if b > c else d", 2),
        ("if a > b:\n    x = a", 3),
        ("if a > b:\n    x = a\nelif a > c:\n    x = b", 6),
        ("if a > b:\n    if a > c:\n        x = a", 7),
        ("for k in range(3):\n    x += a", 3),
        ("for k in range(n):\n    for m in range(n):\n        x += a", 8),
        ("def f(x: wp.array[float]) -> float:\n    return x[0]", 2),
    ],
)
def test_complexity_of_small_texts(text: str, expected: int) -> None:
    assert complexity(ast.parse(text)) == expected


def test_levels_cover_all_complexities_without_a_gap() -> None:
    assert LEVEL_BOUNDS[1].low == 0
    for level in LEVELS[1:]:
        assert LEVEL_BOUNDS[level].low == LEVEL_BOUNDS[level - 1].high + 1
    assert [level_of(LEVEL_BOUNDS[level].low) for level in LEVELS] == list(LEVELS)


def test_each_level_is_longer_and_more_complex_than_the_one_below() -> None:
    kernels = {level: [generate_kernel(category, 3, level) for category in CATEGORIES] for level in LEVELS}
    lines = [median(len(kernel.python_source.splitlines()) for kernel in kernels[level]) for level in LEVELS]
    scores = [median(complexity(ast.parse(kernel.python_source)) for kernel in kernels[level]) for level in LEVELS]
    assert lines == sorted(set(lines))
    assert scores == sorted(set(scores))
