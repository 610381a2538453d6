"""Kernels as Hypothesis draws them: the generator's decisions come from `draw`, so a failing kernel shrinks."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from hypothesis import strategies as st

from warpsmith.record import KernelSource
from warpsmith.synth import CATEGORIES, LEVELS, write_kernel

T = TypeVar("T")


class DrawnChoices:
    """The `Choices` of a Hypothesis test."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self._draw = draw

    def integer(self, low: int, high: int) -> int:
        return int(self._draw(st.integers(low, high)))

    def chance(self, probability: float) -> bool:
        # one of a hundred equal parts; shrinks towards False
        return bool(self._draw(st.integers(0, 99)) >= 100 - round(100 * probability))

    def pick(self, options: Sequence[T]) -> T:
        return options[int(self._draw(st.integers(0, len(options) - 1)))]

    def weighted(self, options: Sequence[T], weights: Sequence[float]) -> T:
        possible = [option for option, weight in zip(options, weights, strict=True) if weight > 0]
        return self.pick(possible)

    def among(self, options: Sequence[T], reached: Sequence[float]) -> T:
        return self.pick([option for place, option in enumerate(options) if reached[place] > (0.0, *reached)[place]])


@st.composite
def kernels(draw: Callable[[st.SearchStrategy[Any]], Any], levels: Sequence[int] = LEVELS) -> KernelSource:
    """Draw a kernel of any category and level."""
    return write_kernel(DrawnChoices(draw), draw(st.sampled_from(CATEGORIES)), draw(st.sampled_from(levels)))
