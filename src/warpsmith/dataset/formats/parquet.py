"""Parquet with zstd: the default; what `datasets`, pandas, polars and DuckDB load."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from warpsmith.dataset.atomic import aside
from warpsmith.dataset.formats.base import FileEntry, entry_aside
from warpsmith.dataset.layout import Slot
from warpsmith.errors import DatasetError
from warpsmith.record import arrow_schema

_AT_A_TIME = 500
_WITH_STATISTICS = (
    "id",
    "kernel_name",
    "category",
    "level",
    "fingerprint",
    "compiles_cpu",
    "compiles_cuda",
    "gradient",
)


class Parquet:
    """One file a shard, with a row group for each batch that is written."""

    name = "parquet"

    def writer(self, folder: Path, slot: Slot) -> "ParquetWriter":
        """Return the writer of ``data/STEM.parquet``."""
        return ParquetWriter(folder, folder / "data" / f"{slot.stem}.parquet")

    def rows(self, path: Path, columns: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
        """Yield the rows of a file, or some of their columns."""
        try:
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(batch_size=_AT_A_TIME, columns=list(columns) if columns else None):
                    yield from batch.to_pylist()
        except (pa.ArrowException, OSError) as error:
            message = f"{path}: not a readable Parquet file ({str(error).splitlines()[0]})"
            raise DatasetError(message) from error

    def differs_from_schema(self, path: Path) -> str | None:
        """Compare the schema that stands in the file with that of a record."""
        found, wanted = pq.read_schema(path), arrow_schema()
        if found.names != wanted.names:
            return f"columns are {', '.join(found.names)}"
        wrong = [field for field in wanted if found.field(field.name) != field]
        return f"column {wrong[0].name} is {found.field(wrong[0].name).type}, not {wrong[0].type}" if wrong else None


class ParquetWriter:
    """Writes a row group for each batch."""

    def __init__(self, folder: Path, path: Path) -> None:
        self._folder, self._path = folder, path
        self._rows = 0
        self._file = pq.ParquetWriter(
            aside(path),
            arrow_schema(),
            compression="zstd",
            compression_level=3,
            # a row is text that stands nowhere else: dictionaries take a fifth of the time for 0.6% of the bytes
            use_dictionary=False,
            write_statistics=list(_WITH_STATISTICS),
        )

    def write(self, batch: pa.RecordBatch) -> None:
        """Add the next row group."""
        self._file.write_batch(batch)
        self._rows += batch.num_rows

    def close(self) -> tuple[FileEntry, ...]:
        """Finish the file that stands aside."""
        self._file.close()
        return (entry_aside(self._folder, self._path, self._rows),)
