"""JSON, one file a record, as the prototypes had it: for sets that people read with their eyes."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa

from warpsmith.dataset.atomic import aside
from warpsmith.dataset.formats.base import FileEntry, entry_aside
from warpsmith.dataset.layout import Slot
from warpsmith.errors import DatasetError


class JsonFiles:
    """One file a record, named by the record's number, one column a line."""

    name = "json"

    def writer(self, folder: Path, slot: Slot) -> "JsonFilesWriter":
        """Return the writer of ``data/SPLIT-NUMBER.json`` for each of the shard's rows."""
        return JsonFilesWriter(folder, [folder / "data" / f"{slot.split}-{index:08d}.json" for index in slot.indices])

    def rows(self, path: Path, columns: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:  # noqa: ARG002 - all are read
        """Yield the one row of a file."""
        try:
            yield msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
        except (OSError, msgspec.DecodeError) as error:
            message = f"{path}: not a JSON record ({error})"
            raise DatasetError(message) from error

    def differs_from_schema(self, path: Path) -> str | None:
        """Return None: the rows themselves must show it."""


class JsonFilesWriter:
    """Writes a file for each row."""

    def __init__(self, folder: Path, paths: list[Path]) -> None:
        self._folder = folder
        self._paths = iter(paths)
        self._encode = msgspec.json.Encoder().encode
        self._entries: list[FileEntry] = []

    def write(self, batch: pa.RecordBatch) -> None:
        """Write the next rows, one column a line."""
        for row in batch.to_pylist():
            self._append(row)

    def _append(self, row: dict[str, Any]) -> None:
        path = next(self._paths)
        columns = (self._encode(name) + b": " + self._encode(value) for name, value in row.items())
        aside(path).write_bytes(b"{\n  " + b",\n  ".join(columns) + b"\n}\n")
        self._entries.append(entry_aside(self._folder, path, 1))

    def close(self) -> tuple[FileEntry, ...]:
        """Return the entries of all files."""
        return tuple(self._entries)
