"""JSON Lines: one file a shard, one record a line."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa

from warpsmith.dataset.atomic import aside
from warpsmith.dataset.formats.base import FileEntry, entry_aside
from warpsmith.dataset.layout import Slot
from warpsmith.errors import DatasetError


class JsonLines:
    """One file a shard, one line a record, columns in the order of the schema."""

    name = "jsonl"

    def writer(self, folder: Path, slot: Slot) -> "JsonLinesWriter":
        """Return the writer of ``data/STEM.jsonl``."""
        return JsonLinesWriter(folder, folder / "data" / f"{slot.stem}.jsonl")

    def rows(self, path: Path, columns: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:  # noqa: ARG002 - all are read
        """Yield the rows of a file."""
        number = 0
        try:
            with path.open("rb") as file:
                for line in file:
                    number += 1
                    yield msgspec.json.decode(line, type=dict[str, Any])
        except (OSError, msgspec.DecodeError) as error:
            message = f"{path}: line {number} is not a JSON record ({error})"
            raise DatasetError(message) from error

    def differs_from_schema(self, path: Path) -> str | None:
        """Return None: the rows themselves must show it."""


class JsonLinesWriter:
    """Writes line after line."""

    def __init__(self, folder: Path, path: Path) -> None:
        self._folder, self._path = folder, path
        self._encode = msgspec.json.Encoder().encode
        self._rows = 0
        self._file = aside(path).open("wb")

    def write(self, batch: pa.RecordBatch) -> None:
        """Add the next rows."""
        self._file.writelines(self._encode(row) + b"\n" for row in batch.to_pylist())
        self._rows += batch.num_rows

    def close(self) -> tuple[FileEntry, ...]:
        """Finish the file that stands aside."""
        self._file.close()
        return (entry_aside(self._folder, self._path, self._rows),)
