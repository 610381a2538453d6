"""Records of people's kernels into the files of a data set, with everything that stands beside them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from warpsmith.dataset.manifest import Manifest, versions
from warpsmith.dataset.near.sketch import sketch
from warpsmith.dataset.store import Store
from warpsmith.run.drawn import RoundFiles
from warpsmith.run.finish import Ending, finish
from warpsmith.run.notes import ShardNote
from warpsmith.run.people import PeopleConfig
from warpsmith.run.state import WorkFolder
from warpsmith.run.worker import work
from warpsmith.run.yields import Yield

_SHARD = 1000


def collect(folder: Path, config: PeopleConfig, yields: Iterable[Yield]) -> Manifest:
    """Make a set of records in their order, and return its manifest.

    The preamble that most of the records have is that of the set; one that has another has what is more in it at the
    beginning of its text.
    """
    store = Store(folder)
    WorkFolder(store).make()
    shards: list[list[ShardNote]] = []
    preambles: dict[str, str] = {}
    for some in _chunks(yields):
        shards.append([_drawn(store, len(shards), some, preambles)])
    ending = Ending(
        store=store,
        configuration=msgspec.to_builtins(config),
        versions=versions(),
        splits=config.splits,
        shard_size=_SHARD,
    )
    return finish(ending, shards, _here, lambda _: None)


def _chunks(yields: Iterable[Yield]) -> Iterator[list[Yield]]:
    """Yield lines in their order, so many with records at a time, and rejections with what they stand beside."""
    some: list[Yield] = []
    rows = 0
    for one in yields:
        some.append(one)
        rows += one.row is not None
        if rows == _SHARD:
            yield some
            some, rows = [], 0
    if some:
        yield some


def _drawn(store: Store, shard: int, lines: list[Yield], preambles: dict[str, str]) -> ShardNote:
    """Write a shard of records as one that was drawn is written."""
    files = RoundFiles(store, shard, 0)
    for one in lines:
        if one.row is not None:
            files.append(one.row | _own_preambles(one, preambles), sketch(one.row["python_source"]))
    rejections = [one.rejection for one in lines if one.rejection is not None]
    return ShardNote(files=files.settle(rejections), preambles=dict(preambles), rejected=len(rejections))


def _here(tasks: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Do the tasks of the end of a job in this process."""
    for task in tasks:
        yield task, work(task)


def _own_preambles(one: Yield, preambles: dict[str, str]) -> dict[str, str]:
    """Return the texts of a record whose preamble is not that of the set."""
    assert one.row is not None
    texts = {}
    for column, own in one.preambles.items():
        common = preambles.setdefault(column, own)
        if own != common:
            texts[column] = _more(own, common) + one.row[column]
    return texts


def _more(own: str, common: str) -> str:
    """Return the lines that a preamble has besides those of another."""
    wanted = Counter(common.splitlines())
    more = []
    for line in own.splitlines():
        if wanted[line]:
            wanted[line] -= 1
        else:
            more.append(line)
    return "\n".join(more) + "\n"
