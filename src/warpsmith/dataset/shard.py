"""One shard on its way to the disk: rows or batches of rows, in order, in groups of a fixed size."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import xxhash

from warpsmith.dataset.batches import joined, text_of
from warpsmith.dataset.formats import FORMATS
from warpsmith.dataset.layout import Slot
from warpsmith.dataset.manifest import ShardEntry
from warpsmith.record import arrow_schema

ROW_GROUP = 500
_TEXTS = ("python_source", "cpp", "cuda", "ptx")


class ShardFile:
    """Takes the rows of one shard in order; nothing has its final name before `settle_all` gives it.

    What is written does not depend on whether rows come one by one or in batches of whatever size.
    """

    def __init__(self, folder: Path, slot: Slot, form: str) -> None:
        self.slot = slot
        self._writer = FORMATS[form].writer(folder, slot)
        self._schema = arrow_schema()
        self._content = ContentDigest()
        self._pending: list[Mapping[str, Any]] = []
        self._batches: list[pa.RecordBatch] = []
        self._waiting = 0

    def append(self, row: Mapping[str, Any]) -> None:
        """Write the next row."""
        self._pending.append(row)
        if len(self._pending) == ROW_GROUP:
            self._flush()

    def extend(self, batch: pa.RecordBatch) -> None:
        """Write the next rows, which have the schema of a record."""
        self._flush()
        self._take(batch)

    def close(self) -> ShardEntry:
        """Finish the files, which still stand aside, and say what is in them."""
        self._flush()
        if self._waiting:
            self._write(joined(self._batches))
        return ShardEntry(self._writer.close(), self._content.hexdigest(), self.slot.split)

    def _flush(self) -> None:
        if self._pending:
            self._take(pa.RecordBatch.from_pylist(self._pending, schema=self._schema))
            self._pending.clear()

    def _take(self, batch: pa.RecordBatch) -> None:
        """Write as many whole groups as there are."""
        self._batches.append(batch)
        self._waiting += batch.num_rows
        if self._waiting < ROW_GROUP:
            return
        waiting = joined(self._batches)
        whole = self._waiting - self._waiting % ROW_GROUP
        for start in range(0, whole, ROW_GROUP):
            self._write(waiting.slice(start, ROW_GROUP))
        self._batches = [waiting.slice(whole)]
        self._waiting -= whole

    def _write(self, group: pa.RecordBatch) -> None:
        self._content.add(group)
        self._writer.write(group)


class ContentDigest:
    """A hash of the texts of rows in their order, the same whatever wrote the file and in whatever batches."""

    def __init__(self) -> None:
        self._lengths = {name: xxhash.xxh3_128() for name in _TEXTS}
        self._texts = {name: xxhash.xxh3_128() for name in _TEXTS}

    def add(self, batch: pa.RecordBatch) -> None:
        """Add the next rows."""
        for name in _TEXTS:
            column = text_of(batch, name)
            _, offsets, characters = column.buffers()
            places = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
            self._lengths[name].update(np.diff(places).tobytes())
            if characters is not None:
                self._texts[name].update(memoryview(characters)[places[0] : places[-1]])

    def hexdigest(self) -> str:
        """Return 32 hex digits."""
        whole = xxhash.xxh3_128()
        for name in _TEXTS:
            whole.update(self._lengths[name].digest() + self._texts[name].digest())
        return whole.hexdigest()
