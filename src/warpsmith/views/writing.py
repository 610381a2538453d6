"""The files of an export: rows in order, a new file every so many; nothing has its name before all of it is there."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from warpsmith.dataset.atomic import aside
from warpsmith.dataset.formats import FileEntry
from warpsmith.dataset.formats.base import entry_aside
from warpsmith.dataset.layout import DATA

ROWS_IN_FILE = 10_000
_ROW_GROUP = 200


class _File(Protocol):
    def write(self, rows: list[Mapping[str, Any]]) -> None:
        """Add rows."""

    def close(self) -> None:
        """Finish the file."""


class _Parquet:
    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._schema = schema
        self._file = pq.ParquetWriter(path, schema, compression="zstd", compression_level=3, use_dictionary=False)

    def write(self, rows: list[Mapping[str, Any]]) -> None:
        self._file.write_batch(pa.RecordBatch.from_pylist(rows, schema=self._schema))

    def close(self) -> None:
        self._file.close()


class _JsonLines:
    def __init__(self, path: Path, schema: pa.Schema) -> None:  # noqa: ARG002 - rows have its order
        self._encode = msgspec.json.Encoder().encode
        self._file = path.open("wb")

    def write(self, rows: list[Mapping[str, Any]]) -> None:
        self._file.writelines(self._encode(row) + b"\n" for row in rows)

    def close(self) -> None:
        self._file.close()


_KINDS: dict[str, type[_Parquet] | type[_JsonLines]] = {"parquet": _Parquet, "jsonl": _JsonLines}


class SplitFiles:
    """Takes the rows of a split; how many files there are, which their names say, is known when it is closed."""

    def __init__(self, folder: Path, split: str, form: str, schema: pa.Schema) -> None:
        self._folder, self._split, self._form, self._schema = folder, split, form, schema
        self._pending: list[Mapping[str, Any]] = []
        self._counts: list[int] = []
        self._file: _File | None = None

    def append(self, row: Mapping[str, Any]) -> None:
        """Add the next row."""
        if self._file is None or self._counts[-1] == ROWS_IN_FILE:
            self._finish()
            self._file = _KINDS[self._form](aside(self._unnamed(len(self._counts))), self._schema)
            self._counts.append(0)
        self._counts[-1] += 1
        self._pending.append(row)
        if len(self._pending) == _ROW_GROUP:
            self._flush()

    def close(self) -> list[FileEntry]:
        """Finish the files, which still stand aside, and describe them; a split without rows has none."""
        self._finish()
        entries = []
        for number, rows in enumerate(self._counts):
            stem = f"{self._split}-{number:05d}-of-{len(self._counts):05d}"
            path = self._folder / DATA / f"{stem}.{self._form}"
            aside(self._unnamed(number)).replace(aside(path))
            entries.append(entry_aside(self._folder, path, rows))
        return entries

    def _unnamed(self, number: int) -> Path:
        return self._folder / DATA / f"{self._split}-{number:05d}.{self._form}"

    def _finish(self) -> None:
        self._flush()
        if self._file is not None:
            self._file.close()
            self._file = None

    def _flush(self) -> None:
        if self._file is not None and self._pending:
            self._file.write(self._pending)
            self._pending = []
