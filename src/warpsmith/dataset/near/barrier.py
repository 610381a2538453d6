"""Kernels that a set keeps clear of, in one file that is searched without being read: earlier sets, benchmarks.

The file has a head of three numbers, the shingles of all kernels in a row, where those of each end, the sorted
fingerprints, and for every band its sorted hashes with the numbers of their kernels.
"""

import mmap
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from warpsmith.dataset.atomic import aside
from warpsmith.dataset.near.jaccard import THRESHOLD, similarities
from warpsmith.dataset.near.keys import halves
from warpsmith.dataset.near.shingles import Hashes
from warpsmith.dataset.near.sketch import BANDS, Sketch
from warpsmith.errors import DatasetError

_MARK = 0x57415250_42415231
_HEAD = 3
_AT_ONCE = 1024


def write_barrier(path: Path, kernels: Iterable[tuple[str, Sketch]]) -> int:
    """Write the fingerprints and sketches of kernels so that `Barrier` finds them, and return how many there are.

    The file stands aside until it is settled. About 200 bytes a kernel are in memory meanwhile.
    """
    ends, shapes, bands = array("q", [0]), array("Q"), array("Q")
    with aside(path).open("wb") as file:
        file.write(bytes(_HEAD * 8))
        for fingerprint, sketch in kernels:
            ends.append(ends[-1] + len(sketch.shingles))
            shapes.extend(halves(fingerprint))
            bands.frombytes(sketch.bands.tobytes())
            file.write(sketch.shingles.tobytes())
        file.write(bytes(ends[-1] % 2 * 4))
        file.write(ends.tobytes())
        _write_tables(file, _rows(shapes, 2), _rows(bands, BANDS))
        file.seek(0)
        file.write(array("Q", (_MARK, len(ends) - 1, ends[-1])).tobytes())
    return len(ends) - 1


def _rows(flat: "array[int]", width: int) -> Hashes:
    return np.frombuffer(flat, dtype=np.uint64).reshape(-1, width)


def _write_tables(file: BinaryIO, shapes: Hashes, bands: Hashes) -> None:
    order = np.lexsort((shapes[:, 1], shapes[:, 0]))
    for half in shapes.T:
        file.write(half[order].tobytes())
    for band in bands.T:
        order = np.argsort(band, kind="stable")
        file.write(band[order].tobytes())
        file.write(order.astype(np.int64).tobytes())


class Barrier:
    """Tells whether a kernel is one of those of `write_barrier`, or near to one; the file is mapped, not loaded.

    Raises:
        DatasetError: the file is missing or damaged.
    """

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                self._content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            mark, count, total = (int(number) for number in np.frombuffer(self._content, np.uint64, _HEAD))
        except (OSError, ValueError) as error:
            raise DatasetError(f"{path}: cannot be read ({error}); start the job anew") from None
        length = 8 * (_HEAD + (total + 1) // 2 + count + 1 + 2 * count + 2 * BANDS * count)
        if mark != _MARK or length != len(self._content):
            raise DatasetError(f"{path}: damaged, or of another version; start the job anew")
        self._place = 8 * _HEAD
        self._shingles = self._next(np.uint32, (total + 1) // 2 * 2)
        self._ends = self._next(np.int64, count + 1)
        self._high, self._low = self._next(np.uint64, count), self._next(np.uint64, count)
        self._bands = [(self._next(np.uint64, count), self._next(np.int64, count)) for _ in range(BANDS)]

    def _next(self, kind: type[np.integer[Any]], count: int) -> NDArray[Any]:
        result = np.frombuffer(self._content, kind, count, self._place)
        self._place += result.nbytes
        return result

    def __len__(self) -> int:
        return len(self._high)

    def has_shape(self, fingerprint: str) -> bool:
        """Tell whether a kernel has this fingerprint of 32 hex digits."""
        high, low = map(np.uint64, halves(fingerprint))
        begin, end = np.searchsorted(self._high, high, "left"), np.searchsorted(self._high, high, "right")
        return bool((self._low[begin:end] == low).any())

    def has_near(self, sketch: Sketch) -> bool:
        """Tell whether a kernel that shares a band with this one is a near-duplicate of it."""
        seen: set[int] = set()
        for band, (hashes, kernels) in zip(sketch.bands, self._bands, strict=True):
            begin, end = np.searchsorted(hashes, band, "left"), np.searchsorted(hashes, band, "right")
            alike = [kernel for kernel in kernels[begin:end].tolist() if kernel not in seen]
            seen.update(alike)
            if any(self._is_any_near(sketch, alike[i : i + _AT_ONCE]) for i in range(0, len(alike), _AT_ONCE)):
                return True
        return False

    def _is_any_near(self, sketch: Sketch, kernels: list[int]) -> bool:
        texts = [self._shingles[self._ends[kernel] : self._ends[kernel + 1]] for kernel in kernels]
        return bool((similarities(sketch.shingles, texts) >= THRESHOLD).any())
