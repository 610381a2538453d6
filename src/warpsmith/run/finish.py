"""The end of a job: clusters, splits, the files of the set, what stands beside them, at the very last the manifest."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from operator import add
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from warpsmith.dataset.formats import FileEntry
from warpsmith.dataset.index import Index, index_part, write_index
from warpsmith.dataset.layout import INDEX
from warpsmith.dataset.manifest import Manifest, ShardEntry
from warpsmith.dataset.near.clashes import clashes
from warpsmith.dataset.near.clusters import clusters
from warpsmith.dataset.near.keys import whole
from warpsmith.dataset.near.shingles import Hashes
from warpsmith.dataset.splits import assigned
from warpsmith.dataset.statistics import Statistics, of_set
from warpsmith.dataset.store import Store
from warpsmith.errors import GenerationError
from warpsmith.run.beside import write_beside
from warpsmith.run.final import FinalShard, final_shards
from warpsmith.run.finishing import FinishTask, GatherTask, counted
from warpsmith.run.keyring import Keyring
from warpsmith.run.notes import Rounds, last_attempts, same_preambles

Perform = Callable[[Iterable[Any]], Iterable[tuple[Any, Any]]]
"""Does tasks, wherever that is, and gives them back with their results as they come."""


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """What the end of a job needs to know: where the set is, what it was made of, and how it is to be split.

    `splits` are weights by name, `shard_size` is about how many records a shard holds.
    """

    store: Store
    configuration: dict[str, Any]
    versions: dict[str, str]
    splits: dict[str, int]
    shard_size: int


class Grouped(msgspec.Struct, frozen=True):
    """What near-duplicates make of a set: its index, how many clusters there are and how many shapes."""

    index: FileEntry
    clusters: int
    shapes: int


def finish(ending: Ending, shards: Sequence[Rounds], perform: Perform, note: Callable[[str], None]) -> Manifest:
    """Make a data set of shards that are drawn, and return its manifest.

    Near-duplicates of the whole set become clusters, whole clusters go to splits, records to the files of their split.
    """
    store = ending.store
    grouped = _group(ending, shards)
    final = final_shards(Index(store.fetch(INDEX)), ending.splits, ending.shard_size)
    note(f"{grouped.index.rows:,} kernels in {grouped.clusters:,} clusters of near-duplicates; writing their files")
    entries = _write_shards(ending, shards, final, perform)
    statistics = reduce(add, (counted(store, number) for number in range(len(shards))), Statistics())
    manifest = _manifest(ending, shards, statistics, entries, grouped)
    write_beside(store, manifest, of_set(grouped.shapes, statistics))
    return manifest


def _group(ending: Ending, shards: Sequence[Rounds]) -> Grouped:
    keys = Keyring(ending.store, shards)
    leaders, fingerprints = clusters(keys), np.concatenate(keys.fingerprints)
    codes = assigned(leaders, ending.splits, fingerprints[:, 0])
    entry = write_index(ending.store.folder, _parts(shards, list(ending.splits), codes, fingerprints[leaders]))
    ending.store.settle([entry.path])
    alone = int((leaders == np.arange(keys.count)).sum())
    return Grouped(entry, alone, keys.count - len(clashes([fingerprints])))


def _parts(
    shards: Sequence[Rounds], names: Sequence[str], codes: npt.NDArray[np.uint8], clusters_of: Hashes
) -> Iterator[Any]:
    first = 0
    for rounds in shards:
        rows = rounds[0].files[0].rows
        attempts = last_attempts(rounds)
        inside = slice(first, first + rows)
        first += rows
        yield index_part(
            [attempts.get(row, 0) for row in range(rows)],
            [names[code] for code in codes[inside]],
            list(map(whole, clusters_of[inside])),
        )


def _write_shards(
    ending: Ending, shards: Sequence[Rounds], final: Sequence[FinalShard], perform: Perform
) -> list[ShardEntry]:
    """Write every record to a file of its split: whole drawn shards to one, what is left over piece by piece."""
    alone = {one.drawn[0]: one for one in final if not one.is_gathered}
    pieces = [
        sorted({one.split for one in final if one.is_gathered and number in one.drawn}) for number in range(len(shards))
    ]
    common = {"store": ending.store, "format": ending.configuration["format"]}
    outs = [
        FinishTask(
            shard=number,
            of=len(shards),
            rounds=tuple(rounds),
            whole=alone.get(number),
            pieces=tuple(pieces[number]),
            **common,
        )
        for number, rounds in enumerate(shards)
    ]
    entries = {task.whole: entry for task, entry in perform(outs) if task.whole}
    gathers = [GatherTask(shard=number, whole=one, **common) for number, one in enumerate(final) if one.is_gathered]
    entries |= {task.whole: entry for task, entry in perform(gathers)}
    return [entries[one] for one in final]


def _manifest(
    ending: Ending, shards: Sequence[Rounds], statistics: Statistics, entries: Sequence[ShardEntry], grouped: Grouped
) -> Manifest:
    notes = [note for rounds in shards for note in rounds]
    rejected, avoided, barred = (
        sum(getattr(note, name) for note in notes) for name in ("rejected", "avoided", "barred")
    )
    thrown_away = sum(sum(last_attempts(rounds).values()) for rounds in shards)
    return Manifest(
        configuration=ending.configuration,
        versions=ending.versions,
        rows=statistics.kernels,
        splits=_rows_by_split(ending.splits, entries),
        clusters=grouped.clusters,
        categories=statistics.categories,
        levels=statistics.levels,
        rejected=rejected,
        duplicates_replaced=max(0, thrown_away - rejected - avoided - barred),
        avoided=avoided,
        barred=barred,
        preambles=_preambles(notes),
        index=grouped.index,
        shards=tuple(entries),
    )


def _rows_by_split(splits: Iterable[str], entries: Sequence[ShardEntry]) -> dict[str, int]:
    rows = {split: sum(entry.rows for entry in entries if entry.split == split) for split in splits}
    return {split: number for split, number in rows.items() if number}


def _preambles(notes: Sequence[Any]) -> dict[str, str]:
    try:
        return same_preambles([note.preambles for note in notes])
    except ValueError as column:
        raise GenerationError(f"the {column} preamble differs between shards; report this as a bug") from None
