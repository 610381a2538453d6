"""How much of two kernels is the same: the shingles that both have, over those that either has."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from warpsmith.dataset.near.shingles import Shingles

THRESHOLD = 0.8
"""From this Jaccard similarity on two kernels are near-duplicates."""
_FEW = 6


def similarity(one: Shingles, other: Shingles) -> float:
    """Return the Jaccard similarity of two kernels, from 0 to 1; the arrays are sorted, distinct and not empty."""
    both = np.concatenate((one, other))
    both.sort()
    shared = np.count_nonzero(both[1:] == both[:-1])
    return shared / (len(both) - shared)


def similarities(one: Shingles, others: Sequence[Shingles]) -> NDArray[np.float64]:
    """Return the Jaccard similarity of a kernel to each of others."""
    if len(others) <= _FEW:
        return np.array([similarity(one, other) for other in others])
    sizes = np.fromiter(map(len, others), dtype=np.int64, count=len(others))
    together = np.concatenate(others)
    places = np.searchsorted(one, together)
    places[places == len(one)] = 0
    shared = np.add.reduceat(one[places] == together, np.cumsum(sizes) - sizes, dtype=np.int64)
    return shared / (len(one) + sizes - shared)
