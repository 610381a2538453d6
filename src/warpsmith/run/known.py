"""The shapes of a whole set in one sorted file, which workers search without reading it."""

import mmap
from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path

_WIDTH = 16


def write_shapes(path: Path, fingerprints: Iterable[str]) -> None:
    """Write fingerprints (32 hex digits each) so that `KnownShapes` finds them."""
    path.write_bytes(b"".join(sorted(bytes.fromhex(shape) for shape in fingerprints)))


class KnownShapes:
    """Tells whether a fingerprint is in a file of `write_shapes`; the file is mapped, not loaded."""

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
