"""What a worker does when all kernels are drawn: shards as they were drawn become the files of the set."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pyarrow as pa

from warpsmith.dataset.batches import where
from warpsmith.dataset.index import Index
from warpsmith.dataset.layout import INDEX, Slot
from warpsmith.dataset.manifest import ShardEntry
from warpsmith.dataset.rejected import write_rejections
from warpsmith.dataset.rows import RowsFile, read_rows
from warpsmith.dataset.shard import ShardFile
from warpsmith.dataset.statistics import Statistics
from warpsmith.dataset.store import Store
from warpsmith.run.drawn import ROWS, DrawnShard
from warpsmith.run.final import FinalShard
from warpsmith.run.notes import ShardNote
from warpsmith.run.state import FINISHED, file_named


class FinishTask(msgspec.Struct, frozen=True, kw_only=True):
    """One drawn shard to give out: the records of `whole` to a shard of their own, others to pieces by split."""

    store: Store
    format: str
    shard: int
    of: int
    rounds: tuple[ShardNote, ...]
    whole: FinalShard | None
    pieces: tuple[str, ...]


class GatherTask(msgspec.Struct, frozen=True, kw_only=True):
    """Pieces to put together to one shard of the set."""

    store: Store
    format: str
    shard: int
    whole: FinalShard


def give_out(task: FinishTask) -> ShardEntry | None:
    """Do a task; what was counted in the drawn shard lies in a file then, which `counted` reads."""
    drawn = DrawnShard(task.store, task.rounds)
    shard = ShardFile(task.store.folder, task.whole.slot, task.format) if task.whole else None
    pieces = {split: RowsFile(task.store.folder, task.store.folder / piece(task.shard, split)) for split in task.pieces}
    for batch, splits in _with_clusters(drawn.batches(), Index(task.store.fetch(INDEX)).part(task.shard)):
        if task.whole and shard:
            shard.extend(where(batch, splits, task.whole.split))
        for split, file in pieces.items():
            file.extend(where(batch, splits, split))
    entry = _settled(task.store, task.whole, shard) if task.whole and shard else None
    task.store.settle([file.close().path for file in pieces.values()])
    task.store.write(_counted(task.shard), msgspec.json.encode(drawn.statistics()))
    task.store.release(file_named(note.files, ROWS) for note in task.rounds)
    write_rejections(task.store, Slot(task.shard, task.of, 0, 0, "drawn").stem, drawn.rejections())
    return entry


def gather(task: GatherTask) -> ShardEntry:
    """Do a task."""
    shard = ShardFile(task.store.folder, task.whole.slot, task.format)
    for number in task.whole.drawn:
        for batch in read_rows(task.store.fetch(piece(number, task.whole.split))):
            shard.extend(batch)
    task.store.release(piece(number, task.whole.split) for number in task.whole.drawn)
    return _settled(task.store, task.whole, shard)


def _settled(store: Store, whole: FinalShard, shard: ShardFile) -> ShardEntry:
    entry = msgspec.structs.replace(shard.close(), span=whole.span)
    store.settle(file.path for file in entry.files)
    return entry


def piece(shard: int, split: str) -> str:
    """Return the name of the file with the records of a drawn shard that are in a split."""
    return f"{FINISHED}/{split}-{shard:05d}.rows"


def counted(store: Store, shard: int) -> Statistics:
    """Return what was counted in a drawn shard."""
    return msgspec.json.decode(store.fetch(_counted(shard)).read_bytes(), type=Statistics)


def _counted(shard: int) -> str:
    return f"{FINISHED}/{shard:05d}.json"


def _with_clusters(
    batches: Iterator[pa.RecordBatch], part: pa.Table
) -> "Iterator[tuple[pa.RecordBatch, pa.Array[Any]]]":
    """Yield the batches of a drawn shard with their clusters, and the splits of their rows."""
    first = 0
    for batch in batches:
        known: Any = part.slice(first, batch.num_rows).combine_chunks()
        first += batch.num_rows
        place = batch.schema.get_field_index("cluster")
        yield batch.set_column(place, batch.schema.field(place), known["cluster"].chunk(0)), known["split"].chunk(0)
