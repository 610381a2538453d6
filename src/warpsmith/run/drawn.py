"""A round of a shard on the disk: its rows, the keys that are compared over the whole set, and what was counted."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
import pyarrow as pa

from warpsmith.dataset.atomic import aside
from warpsmith.dataset.batches import joined
from warpsmith.dataset.formats import FileEntry
from warpsmith.dataset.formats.base import entry_aside
from warpsmith.dataset.near.keys import KeysFile
from warpsmith.dataset.near.sketch import Sketch
from warpsmith.dataset.rows import RowsFile, read_rows
from warpsmith.dataset.statistics import Statistics
from warpsmith.dataset.store import Store
from warpsmith.manner.measures import Measures
from warpsmith.record import Rejection
from warpsmith.run.notes import Rounds, RoundTally, last_rounds
from warpsmith.run.state import file_named, stem

ROWS, KEYS, TALLY = ".rows", ".keys", ".tally"


class RoundFiles:
    """Takes the rows of one round of a shard, in order."""

    def __init__(self, store: Store, shard: int, turn: int) -> None:
        self._store, self._stem = store, stem(shard, turn)
        self._rows = RowsFile(store.folder, store.folder / f"{self._stem}{ROWS}")
        self._keys = KeysFile()
        self._statistics = Statistics()

    def append(self, row: Mapping[str, Any], sketch: Sketch, measures: Measures | None = None) -> None:
        """Write the next row and count it; `measures` are those of its `python_source`, where they are at hand."""
        self._rows.append(row)
        self._keys.append(row["fingerprint"], sketch)
        self._statistics.add(row, measures)

    def settle(self, rejections: Sequence[Rejection]) -> tuple[FileEntry, ...]:
        """Finish the files, which are there as a whole then, and return their entries."""
        rows = self._rows.close()
        keys, tally = (self._store.folder / f"{self._stem}{ending}" for ending in (KEYS, TALLY))
        self._keys.write(aside(keys))
        aside(tally).write_bytes(msgspec.json.encode(RoundTally(self._statistics, list(rejections))))
        entries = (rows, *(entry_aside(self._store.folder, path, rows.rows) for path in (keys, tally)))
        self._store.settle(entry.path for entry in entries)
        return entries


class DrawnShard:
    """The rows of a shard after all its rounds; those that were replaced are counted out while they are read."""

    def __init__(self, store: Store, rounds: Rounds) -> None:
        self._store, self._rounds = store, rounds
        self._last = last_rounds(rounds)
        self._replaced = Statistics()

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows in their order."""
        patches = [joined(list(self._read(turn))) for turn in range(1, len(self._rounds))]
        latest = self._latest(patches)
        first = 0
        for batch in self._read(0):
            inside = {row - first: one for row, one in latest.items() if first <= row < first + batch.num_rows}
            first += batch.num_rows
            yield self._patched(batch, inside) if inside else batch

    def statistics(self) -> Statistics:
        """Return what is counted in the rows; they must have been read to their end."""
        total = Statistics()
        for note in self._rounds:
            total += self._tally(note.files).statistics
        return total - self._replaced

    def rejections(self) -> list[Rejection]:
        """Return what was rejected in all rounds."""
        return [rejection for note in self._rounds for rejection in self._tally(note.files).rejections]

    def _latest(self, patches: Sequence[pa.RecordBatch]) -> dict[int, pa.RecordBatch]:
        """Return for each row that was replaced its last version, and count out those in between."""
        latest = {}
        for turn, patch in enumerate(patches, 1):
            for place, row in enumerate(self._rounds[turn].rows):
                one = patch.slice(place, 1)
                if self._last[row] == turn:
                    latest[row] = one
                else:
                    self._replaced.add(one.to_pylist()[0])
        return latest

    def _patched(self, batch: pa.RecordBatch, inside: Mapping[int, pa.RecordBatch]) -> pa.RecordBatch:
        for row in inside:
            self._replaced.add(batch.slice(row, 1).to_pylist()[0])
        order = list(range(batch.num_rows))
        for place, row in enumerate(inside):
            order[row] = batch.num_rows + place
        return joined([batch, *inside.values()]).take(pa.array(order))

    def _read(self, turn: int) -> Iterator[pa.RecordBatch]:
        return read_rows(self._store.fetch(file_named(self._rounds[turn].files, ROWS)))

    def _tally(self, files: Sequence[FileEntry]) -> RoundTally:
        return msgspec.json.decode(self._store.fetch(file_named(files, TALLY)).read_bytes(), type=RoundTally)
