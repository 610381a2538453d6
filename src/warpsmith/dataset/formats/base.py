"""What a format of shard files is: a writer that keeps everything aside until it is complete, and a reader."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import msgspec
import pyarrow as pa

from warpsmith.dataset.atomic import aside, settle, sha256_of
from warpsmith.dataset.layout import Slot


class FileEntry(msgspec.Struct, frozen=True):
    """A file of a data set as the manifest names it; `path` is relative to the folder of the set."""

    path: str
    rows: int
    bytes: int
    sha256: str

    def is_intact(self, folder: Path) -> bool:
        """Tell whether the file is there with exactly these bytes."""
        path = folder / self.path
        return path.is_file() and path.stat().st_size == self.bytes and sha256_of(path) == self.sha256


class ShardWriter(Protocol):
    """Writes the rows of one shard, in order, beside the final place."""

    def write(self, batch: pa.RecordBatch) -> None:
        """Add the next rows, which have the schema of a record."""

    def close(self) -> tuple[FileEntry, ...]:
        """Finish what stands aside and return its entries; `settle_all` gives the files their names."""


class Format(Protocol):
    """One way to keep records in files."""

    name: str

    def writer(self, folder: Path, slot: Slot) -> ShardWriter:
        """Return a writer for the shard of a set: the folder of the set, the place of the shard in it."""

    def rows(self, path: Path, columns: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
        """Yield the rows of one file, at least these columns of them; raises DatasetError for what cannot be read."""

    def differs_from_schema(self, path: Path) -> str | None:
        """Say how the columns that a file declares differ from those of a record, or None where they do not."""


def entry_aside(folder: Path, path: Path, rows: int) -> FileEntry:
    """Describe a file that is complete but still stands aside."""
    part = aside(path)
    return FileEntry(path.relative_to(folder).as_posix(), rows, part.stat().st_size, sha256_of(part))


def settle_all(folder: Path, entries: Sequence[FileEntry]) -> None:
    """Give the files of a closed writer their names."""
    settle(folder / entry.path for entry in entries)
