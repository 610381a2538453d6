"""Records whose shape stands earlier in a set, found in passes over the fingerprints that take little memory."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from warpsmith.dataset.near.shingles import Hashes

AT_ONCE = 2_000_000


def clashes(fingerprints: Sequence[Hashes], at_once: int = AT_ONCE) -> NDArray[np.int64]:
    """Return the numbers of the records with the fingerprint of an earlier one, sorted.

    `fingerprints` are arrays of shape ``(rows, 2)``, one after the other; records are numbered through. About
    `at_once` of them are in memory at a time, picked by the first bits of their fingerprints.
    """
    count = sum(map(len, fingerprints))
    bits = (max(count - 1, 0) // at_once).bit_length()
    found = [_repeated(*_picked(fingerprints, bits, begin)) for begin in range(1 << bits)]
    return np.sort(np.concatenate(found))


def _picked(fingerprints: Sequence[Hashes], bits: int, begin: int) -> tuple[Hashes, NDArray[np.int64]]:
    """Return the fingerprints that begin with these bits, and the numbers of their records."""
    shapes, numbers, first = [np.empty((0, 2), dtype=np.uint64)], [np.empty(0, dtype=np.int64)], 0
    for part in fingerprints:
        rows = np.flatnonzero(part[:, 0] >> np.uint64(64 - bits) == begin) if bits else np.arange(len(part))
        shapes.append(part[rows])
        numbers.append(rows + first)
        first += len(part)
    return np.concatenate(shapes), np.concatenate(numbers)


def _repeated(shapes: Hashes, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    order = np.lexsort((numbers, shapes[:, 1], shapes[:, 0]))
    ordered = shapes[order]
    repeated: NDArray[np.int64] = numbers[order[1:][(ordered[1:] == ordered[:-1]).all(axis=1)]]
    return repeated
