"""Random numbers for the inputs of a launch: a stream for each argument, the same on every machine and NumPy version.

Only the raw 64-bit words of NumPy's Philox generator are drawn, for NumPy promises these to stay as they are, and not
what `numpy.random.Generator` makes of them.
"""

import math
from typing import Any

import numpy as np

from warpsmith.seeds import derive_seed

Array = np.ndarray[Any, Any]


class Numbers:
    """The random numbers of one argument; equal keys give equal numbers."""

    def __init__(self, *key: int | str) -> None:
        self._words = np.random.Philox(key=derive_seed("launch", *key))

    def words(self, shape: tuple[int, ...]) -> Array:
        """Return uniform 64-bit words."""
        drawn: Array = np.asarray(self._words.random_raw(math.prod(shape)), dtype=np.uint64)
        return drawn.reshape(shape)

    def unit(self, shape: tuple[int, ...]) -> Array:
        """Return float64 from 0 to 1, 1 excluded."""
        fractions: Array = (self.words(shape) >> np.uint64(11)).astype(np.float64) * 2.0**-53
        return fractions

    def between(self, shape: tuple[int, ...], low: float, high: float) -> Array:
        """Return float64 from low to high."""
        spread: Array = low + self.unit(shape) * (high - low)
        return spread

    def integers(self, shape: tuple[int, ...], low: int, high: int) -> Array:
        """Return integers from low to high, both included, as 64-bit words in two's complement."""
        span = high - low + 1
        words = self.words(shape)
        if span < 2**64:
            words = words % np.uint64(span)
        return words + np.uint64(low % 2**64)

    def permutation(self, shape: tuple[int, ...]) -> Array:
        """Return, along the last axis, the numbers from 0 in random order."""
        order: Array = np.argsort(self.words(shape), axis=-1, kind="stable")
        return order
