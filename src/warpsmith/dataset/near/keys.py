"""The keys of one shard in one file: shapes, bands and shingles of its kernels, read when they are asked for."""

import mmap
import os
from pathlib import Path
from typing import Any, cast

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from warpsmith.dataset.near.shingles import Hashes, Shingles
from warpsmith.dataset.near.sketch import BANDS, Sketch
from warpsmith.errors import DatasetError

_SCHEMA = pa.schema(
    [
        pa.field("fingerprint", pa.list_(pa.uint64(), 2), nullable=False),
        pa.field("bands", pa.list_(pa.uint64(), BANDS), nullable=False),
        pa.field("shingles", pa.large_list(pa.uint32()), nullable=False),
    ]
)


def halves(fingerprint: str) -> tuple[int, int]:
    """Return the two 64-bit halves of a fingerprint of 32 hex digits; they are ordered as the text is."""
    return int(fingerprint[:16], 16), int(fingerprint[16:], 16)


def whole(halves_of: Hashes) -> str:
    """Return the fingerprint of two halves, shape ``(2,)``, as 32 hex digits."""
    high, low = halves_of.tolist()
    return f"{high:016x}{low:016x}"


class KeysFile:
    """Collects the keys of a shard, in the order of its records, and writes them."""

    def __init__(self) -> None:
        self._fingerprints: list[int] = []
        self._sketches: list[Sketch] = []

    def append(self, fingerprint: str, sketch: Sketch) -> None:
        """Add the keys of the next record; a fingerprint has 32 hex digits."""
        self._fingerprints += halves(fingerprint)
        self._sketches.append(sketch)

    def write(self, path: Path) -> None:
        """Write the keys to a file of Arrow's IPC format."""
        batch = pa.record_batch(self._columns(), schema=_SCHEMA)
        with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, _SCHEMA) as writer:
            writer.write_batch(batch)

    def _columns(self) -> "list[pa.Array[Any]]":
        fingerprints = np.array(self._fingerprints, dtype=np.uint64)
        bands = _joined([sketch.bands for sketch in self._sketches], np.uint64)
        shingles = _joined([sketch.shingles for sketch in self._sketches], np.uint32)
        ends = np.cumsum([0, *(len(sketch.shingles) for sketch in self._sketches)], dtype=np.int64)
        return [
            pa.FixedSizeListArray.from_arrays(pa.array(fingerprints), 2),
            pa.FixedSizeListArray.from_arrays(pa.array(bands), BANDS),
            pa.LargeListArray.from_arrays(pa.array(ends, type=pa.int64()), pa.array(shingles)),
        ]


class Keys:
    """The keys of a shard, left in its file: in memory is where the shingles end, 8 bytes a record.

    What was looked at is given back to the system as soon as nobody holds it, so that any number may be open.
    """

    def __init__(self, path: Path, places: tuple[int, int, int], ends: NDArray[np.int64]) -> None:
        self._path, self._ends = path, ends
        self._fingerprints, self._bands, self._shingles = places

    @classmethod
    def open(cls, path: Path) -> "Keys":
        """Open a file of `KeysFile`; raises DatasetError where it is missing or damaged."""
        try:
            with path.open("rb") as file:
                content = pa.py_buffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            batch = pa.ipc.open_file(content).get_batch(0)
        except (OSError, ValueError) as error:
            raise DatasetError(f"{path}: cannot be read ({error}); finish the job with `generate --resume`") from None
        if not batch.schema.equals(_SCHEMA):
            raise DatasetError(f"{path}: has other keys than this version; make the set anew with `--overwrite`")
        fingerprints, bands, shingles = cast("list[Any]", batch.columns)  # the stubs know no kinds of columns
        flat = (fingerprints.values, bands.values, shingles.values)
        one, two, three = (array.buffers()[1].address - content.address if len(array) else 0 for array in flat)
        return cls(path, (one, two, three), shingles.offsets.to_numpy().copy())

    def __len__(self) -> int:
        return len(self._ends) - 1

    @property
    def fingerprints(self) -> Hashes:
        """The fingerprints, shape ``(rows, 2)``, as `halves` gives them; mapped from the file."""
        return self._mapped(self._fingerprints, 2)

    @property
    def bands(self) -> Hashes:
        """The bands, shape ``(rows, BANDS)``; mapped from the file."""
        return self._mapped(self._bands, BANDS)

    def _mapped(self, place: int, width: int) -> Hashes:
        shape = (len(self), width)
        return np.memmap(self._path, np.uint64, "r", place, shape) if len(self) else np.empty(shape, dtype=np.uint64)

    def band(self, number: int) -> Hashes:
        """Return one band of every record, shape ``(rows,)``."""
        return np.array(self.bands[:, number])

    def shingles(self, row: int) -> Shingles:
        """Return the shingles of a record, by its number in the shard."""
        begin, end = self._ends[row : row + 2].tolist()
        file = os.open(self._path, os.O_RDONLY)
        try:
            return np.frombuffer(os.pread(file, 4 * (end - begin), self._shingles + 4 * begin), dtype=np.uint32)
        finally:
            os.close(file)


def _joined(arrays: list[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    return np.concatenate(arrays) if arrays else np.empty(0, dtype=kind)
