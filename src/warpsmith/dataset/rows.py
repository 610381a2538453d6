"""Rows in the making: one file of Arrow batches, lightly compressed, which is read once and then goes."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.ipc

from warpsmith.dataset.atomic import aside
from warpsmith.dataset.formats.base import FileEntry, entry_aside
from warpsmith.record import arrow_schema

_BATCH = 250


class RowsFile:
    """Takes rows or batches of rows in order; it stands aside until it is settled."""

    def __init__(self, folder: Path, path: Path) -> None:
        self._folder, self._path = folder, path
        self._schema = arrow_schema()
        self._pending: list[Mapping[str, Any]] = []
        self._rows = 0
        options = pa.ipc.IpcWriteOptions(compression=pa.Codec("zstd", 1), use_threads=False)
        self._file = pa.ipc.new_file(str(aside(path)), self._schema, options=options)

    def append(self, row: Mapping[str, Any]) -> None:
        """Add the next row."""
        self._pending.append(row)
        if len(self._pending) == _BATCH:
            self._flush()

    def extend(self, batch: pa.RecordBatch) -> None:
        """Add the next rows."""
        self._flush()
        if batch.num_rows:
            self._file.write_batch(batch)
            self._rows += batch.num_rows

    def close(self) -> FileEntry:
        """Finish the file and describe it."""
        self._flush()
        self._file.close()
        return entry_aside(self._folder, self._path, self._rows)

    def _flush(self) -> None:
        if self._pending:
            self._file.write_batch(pa.RecordBatch.from_pylist(self._pending, schema=self._schema))
            self._rows += len(self._pending)
            self._pending.clear()


def read_rows(path: Path) -> Iterator[pa.RecordBatch]:
    """Yield the batches of a file of `RowsFile`."""
    with pa.memory_map(str(path)) as source:
        file = pa.ipc.open_file(source, options=pa.ipc.IpcReadOptions(use_threads=False))
        for number in range(file.num_record_batches):
            yield file.get_batch(number)
