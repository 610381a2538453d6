"""How much of two kernels is the same: the shingles that both have, over those that either has."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from warpsmith.dataset.near.shingles import Shingles

THRESHOLD = 0.8
"""From this Jaccard similarity on two kernels are near-duplicates."""


def similarities(one: Shingles, others: Sequence[Shingles]) -> NDArray[np.float64]:
    """Return the Jaccard similarity of a kernel to each of others; all arrays are sorted, distinct and not empty."""
    sizes = np.fromiter(map(len, others), dtype=np.int64, count=len(others))
    if not len(sizes):
        return np.empty(0)
    together = np.concatenate(others)
    places = np.searchsorted(one, together)
    places[places == len(one)] = 0
    starts = np.cumsum(sizes) - sizes
    shared = np.add.reduceat(one[places] == together, starts, dtype=np.int64)
    return shared / (len(one) + sizes - shared)


def similarity(one: Shingles, other: Shingles) -> float:
    """Return the Jaccard similarity of two kernels."""
    return float(similarities(one, [other])[0])
