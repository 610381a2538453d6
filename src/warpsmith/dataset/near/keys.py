"""The keys of one shard in one file: shapes, bands and shingles of its kernels, mapped when they are read."""

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
    """The keys of a shard, mapped from its file: nothing is in memory but what was looked at.

    `fingerprints` has shape ``(rows, 2)``, as `halves` gives them, and `bands` ``(rows, BANDS)``; both are uint64.
    """

    def __init__(self, fingerprints: Hashes, bands: Hashes, ends: NDArray[np.int64], shingles: Shingles) -> None:
        self.fingerprints, self.bands = fingerprints, bands
        self._ends, self._shingles = ends, shingles

    @classmethod
    def open(cls, path: Path) -> "Keys":
        """Map a file of `KeysFile`; raises DatasetError where it is missing or damaged."""
        try:
            batch = pa.ipc.open_file(pa.memory_map(str(path))).get_batch(0)
        except (OSError, pa.ArrowInvalid) as error:
            raise DatasetError(f"{path}: cannot be read ({error}); finish the job with `generate --resume`") from None
        if not batch.schema.equals(_SCHEMA):
            raise DatasetError(f"{path}: has other keys than this version; make the set anew with `--overwrite`")
        fingerprints, bands, shingles = cast("list[Any]", batch.columns)  # the stubs know no kinds of columns
        return cls(
            fingerprints.flatten().to_numpy().reshape(-1, 2),
            bands.flatten().to_numpy().reshape(-1, BANDS),
            shingles.offsets.to_numpy(),
            shingles.values.to_numpy(),
        )

    def __len__(self) -> int:
        return len(self.fingerprints)

    def shingles(self, row: int) -> Shingles:
        """Return the shingles of a record, by its number in the shard."""
        return self._shingles[self._ends[row] : self._ends[row + 1]]


def _joined(arrays: list[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    return np.concatenate(arrays) if arrays else np.empty(0, dtype=kind)
