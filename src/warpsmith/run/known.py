"""The shapes of a whole set in one sorted file, which workers search without reading it."""

import mmap
from bisect import bisect_left
from pathlib import Path

import numpy as np
import numpy.typing as npt

_WIDTH = 16


def encode_shapes(fingerprints: npt.NDArray[np.uint64]) -> bytes:
    """Return fingerprints, of shape (count, 2) with the higher half first, in the order in which they are searched."""
    order = np.lexsort((fingerprints[:, 1], fingerprints[:, 0]))
    return fingerprints[order].astype(">u8").tobytes()


class KnownShapes:
    """Tells whether a fingerprint is in a file of `encode_shapes`; the file is mapped, not loaded."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._shapes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._count = len(self._shapes) // _WIDTH

    def _at(self, position: int) -> bytes:
        return self._shapes[position * _WIDTH : (position + 1) * _WIDTH]

    def __contains__(self, fingerprint: str) -> bool:
        shape = bytes.fromhex(fingerprint)
        position = bisect_left(range(self._count), shape, key=self._at)
        return position < self._count and self._at(position) == shape
