"""`index.parquet`: for every record of a set, by its number, which draw made it, its split and its cluster.

It has a row group for each shard as it was drawn. With it a damaged file is made again without the rest of the set.
"""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from warpsmith.dataset.atomic import aside
from warpsmith.dataset.batches import count
from warpsmith.dataset.formats.base import FileEntry, entry_aside
from warpsmith.dataset.layout import INDEX
from warpsmith.errors import DatasetError

_FIELDS: "list[pa.Field[Any]]" = [
    pa.field("attempt", pa.int32(), nullable=False),
    pa.field("split", pa.string()),
    pa.field("cluster", pa.string(), nullable=False),
]
_SCHEMA = pa.schema(_FIELDS)


def write_index(folder: Path, parts: Iterator[pa.Table]) -> FileEntry:
    """Write the index beside its place, a part for each drawn shard, and return its entry."""
    path = folder / INDEX
    rows = 0
    with pq.ParquetWriter(aside(path), _SCHEMA, compression="zstd", compression_level=3) as file:
        for part in parts:
            file.write_table(part)
            rows += len(part)
    return entry_aside(folder, path, rows)


def index_part(attempts: Sequence[int], splits: Sequence[str | None], clusters: Sequence[str]) -> pa.Table:
    """Return the part of one drawn shard; a split of None means that the record is no longer in the set."""
    return pa.table([pa.array(attempts, pa.int32()), pa.array(splits, pa.string()), pa.array(clusters)], schema=_SCHEMA)


class Index:
    """The index of a set; its parts are read one at a time."""

    def __init__(self, path: Path) -> None:
        """Open it; raises DatasetError where it cannot be read."""
        try:
            self._file = pq.ParquetFile(path)
        except (pa.ArrowException, OSError) as error:
            message = f"{path}: not a readable index ({str(error).splitlines()[0]})"
            raise DatasetError(message) from error

    def __len__(self) -> int:
        """Return the number of records that were drawn."""
        return int(self._file.metadata.num_rows)

    @property
    def parts(self) -> int:
        """The number of drawn shards."""
        return int(self._file.num_row_groups)

    def rows(self, number: int) -> int:
        """Return how many records a drawn shard has."""
        return int(self._file.metadata.row_group(number).num_rows)

    def part(self, number: int) -> pa.Table:
        """Return what is known of the records of one drawn shard."""
        return self._file.read_row_group(number)

    def counts(self, split: str) -> list[int]:
        """Return for each drawn shard how many of its records are in a split."""
        columns = (self._file.read_row_group(number, ["split"])["split"] for number in range(self.parts))
        return [count(column, split) for column in columns]

    def without(self, gone: Collection[int]) -> Iterator[pa.Table]:
        """Yield the parts with no split for these records."""
        first = 0
        for number in range(self.parts):
            part = self.part(number)
            splits = part["split"].to_pylist()
            kept = [None if first + row in gone else split for row, split in enumerate(splits)]
            yield part.set_column(1, _SCHEMA.field("split"), pa.array(kept, pa.string()))
            first += len(part)

    def records(self, split: str, span: tuple[int, int]) -> Iterator[dict[str, Any]]:
        """Yield number, attempt and cluster of the records of a split that lie in a span of numbers."""
        first = 0
        for number in range(self.parts):
            rows = self.rows(number)
            if first < span[1] and span[0] < first + rows:
                for record, row in enumerate(self.part(number).to_pylist(), first):
                    if row["split"] == split and span[0] <= record < span[1]:
                        yield {"number": record, "attempt": row["attempt"], "cluster": row["cluster"]}
            first += rows
