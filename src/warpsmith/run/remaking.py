"""A shard of a finished set, made again: its records by their numbers and the attempts that gave them."""

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import Any

import msgspec

from warpsmith.dataset.index import Index
from warpsmith.dataset.layout import INDEX, Slot
from warpsmith.dataset.manifest import ShardEntry
from warpsmith.dataset.shard import ShardFile
from warpsmith.dataset.store import Store
from warpsmith.run.config import JobConfig
from warpsmith.run.counters import Counters
from warpsmith.run.draw import Drawer, Drawn
from warpsmith.run.plan import Plan
from warpsmith.run.proving import BLOCK, Prover
from warpsmith.verify.verifier import blocks


class RemakeTask(msgspec.Struct, frozen=True, kw_only=True):
    """A shard to make again: its number among all, its place in its split, where its records are from."""

    config: JobConfig
    store: Store
    shard: int
    slot: Slot
    span: tuple[int, int]


def remake(task: RemakeTask, counters: Counters) -> ShardEntry:
    """Do a task; the set's index must be there."""
    plan = Plan(task.config)
    size = plan.slots[0].rows
    file = ShardFile(task.store.folder, task.slot, task.config.format)
    done = 0
    records = Index(task.store.fetch(INDEX)).records(task.slot.split, task.span)
    for shard, some in groupby(records, lambda record: record["number"] // size):
        for row in _again(Drawer(plan, plan.slots[shard]), list(some), partial(counters.charge, task.shard)):
            file.append(row)
            done += 1
            counters.reach(task.shard, done)
    entry = msgspec.structs.replace(file.close(), span=task.span)
    task.store.settle(one.path for one in entry.files)
    return entry


def _again(drawer: Drawer, records: list[dict[str, Any]], charge: Any) -> Iterator[dict[str, Any]]:
    """Yield the rows of some records of one drawn shard."""

    def again(place: int, attempt: int) -> Drawn:
        return drawer.record(records[place]["number"], attempt)

    with Prover(drawer.plan.config, drawer, charge) as prover:
        for block in blocks(len(records), BLOCK):
            drawn = {place: again(place, records[place]["attempt"]) for place in block}
            for place, one in prover.proved(drawn, again).items():
                yield one.record.row() | {"cluster": records[place]["cluster"]}
