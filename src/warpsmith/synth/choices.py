"""Where every decision of the generator comes from: one small protocol, so that a kernel can be replayed and shrunk.

A seeded stream is one implementation, Hypothesis's ``draw`` is another (`tests/strategies.py`). The idea of recording
every random decision behind one interface is Hypothesis's.
"""

import random
from bisect import bisect_right
from collections.abc import Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")


class Choices(Protocol):
    """A source of decisions; the generator draws from nothing else."""

    def integer(self, low: int, high: int) -> int:
        """Return an integer from `low` to `high`, both included."""

    def chance(self, probability: float) -> bool:
        """Return True with the given probability."""

    def pick(self, options: Sequence[T]) -> T:
        """Return one of the options, all alike; the first is the simplest."""

    def weighted(self, options: Sequence[T], weights: Sequence[float]) -> T:
        """Return one of the options, each as often as its weight says."""

    def among(self, options: Sequence[T], reached: Sequence[float]) -> T:
        """Return one of the options, drawn by the sums of the weights up to each: `weighted` for many options."""


class SeededChoices:
    """Decisions from a seeded stream, equal on every machine and Python version.

    Only `random.Random.random` is drawn, whose sequence Python guarantees across versions.
    """

    def __init__(self, stream: random.Random) -> None:
        self._random = stream.random

    def integer(self, low: int, high: int) -> int:
        """Return an integer from `low` to `high`, both included."""
        return low + int(self._random() * (high - low + 1))

    def chance(self, probability: float) -> bool:
        """Return True with the given probability."""
        return self._random() < probability

    def pick(self, options: Sequence[T]) -> T:
        """Return one of the options, all alike."""
        return options[int(self._random() * len(options))]

    def weighted(self, options: Sequence[T], weights: Sequence[float]) -> T:
        """Return one of the options, each as often as its weight says."""
        remaining = self._random() * sum(weights)
        for option, weight in zip(options, weights, strict=True):
            remaining -= weight
            if remaining < 0.0:
                return option
        return options[-1]

    def among(self, options: Sequence[T], reached: Sequence[float]) -> T:
        """Return one of the options, drawn by the sums of the weights up to each."""
        return options[bisect_right(reached, self._random() * reached[-1], 0, len(options) - 1)]
