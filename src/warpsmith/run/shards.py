"""What a worker does: draw a shard, mend it, make it again. Each is a function of its arguments and the files alone."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from warpsmith.dataset.formats import FORMATS, settle_all
from warpsmith.dataset.layout import Slot
from warpsmith.dataset.shard import ShardFile
from warpsmith.errors import GenerationError
from warpsmith.run.config import JobConfig
from warpsmith.run.counters import Counters
from warpsmith.run.draw import Drawer, Drawn
from warpsmith.run.known import KnownShapes
from warpsmith.run.plan import Plan
from warpsmith.run.proving import BLOCK, Prover
from warpsmith.run.state import ShardState, WorkFolder
from warpsmith.verify.verifier import blocks


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of work on one shard: what is asked for, where it goes.

    Round 0 draws the shard. A later round replaces `rows` by records whose shape is not in the file `known`. With
    `again` the shard is made as its last note says, because its files are damaged.
    """

    config: JobConfig
    folder: Path
    shard: int
    turn: int = 0
    rows: tuple[int, ...] = ()
    known: Path | None = None
    again: dict[int, int] | None = None

    @property
    def slot(self) -> Slot:
        """The place of the shard."""
        return Plan(self.config).slots[self.shard]


def perform(task: Task, counters: Counters) -> ShardState:
    """Do a task; when it returns, the shard's files and its note are complete and on the disk.

    Raises GenerationError where no new kernels can be drawn, and OSError where the disk takes no more.
    """
    if task.again is not None:
        return _make_again(task, task.again, counters)
    return _mend(task, counters) if task.turn else _draw(task, counters)


def _draw(task: Task, counters: Counters) -> ShardState:
    drawer = Drawer(Plan(task.config), task.slot)
    file = ShardFile(task.folder, task.slot, task.config.format)
    attempts: dict[int, int] = {}
    shapes: set[str] = set()

    def draw(row: int, attempt: int) -> Drawn:
        drawn = drawer.new_record(task.slot.first + row, attempt, shapes.__contains__)
        shapes.add(drawn.record.fingerprint)
        return drawn

    with Prover(task.config, drawer, partial(counters.charge, task.shard)) as prover:
        for block in blocks(task.slot.rows, BLOCK):
            for row, drawn in prover.proved({row: draw(row, 0) for row in block}, draw).items():
                if drawn.attempt:
                    attempts[row] = drawn.attempt
                file.append(drawn.record.row(), drawn.measures)
                counters.reach(task.shard, row + 1)
    state = ShardState(file.close(), attempts, drawer.rejections, drawer.preambles, drawer.avoided)
    settle_all(task.folder, state.summary.files)
    WorkFolder(task.folder).write_state(task.shard, 0, state)
    return state


def _mend(task: Task, counters: Counters) -> ShardState:
    work = WorkFolder(task.folder)
    before = next((state for turn, state in reversed(work.states(task.shard).items()) if turn < task.turn), None)
    if before is None or task.known is None:
        raise GenerationError(f"shard {task.shard} has no note to mend from; run again with `--resume`")
    if not before.is_intact(task.folder):
        _make_again(task, before.attempts, counters)
    drawer = Drawer(Plan(task.config), task.slot)
    known = KnownShapes(task.known)
    shapes: set[str] = set()
    attempts = dict(before.attempts)

    def draw(row: int, attempt: int) -> Drawn:
        drawn = drawer.new_record(task.slot.first + row, attempt, lambda shape: shape in shapes or shape in known)
        shapes.add(drawn.record.fingerprint)
        return drawn

    with Prover(task.config, drawer, partial(counters.charge, task.shard)) as prover:
        proved = prover.proved({row: draw(row, attempts.get(row, 0) + 1) for row in task.rows}, draw)
    attempts |= {row: drawn.attempt for row, drawn in proved.items()}
    replaced = {row: drawn.record.row() for row, drawn in proved.items()}
    file = ShardFile(task.folder, task.slot, task.config.format)
    for row, content in enumerate(_rows(task, before)):
        file.append(replaced.get(row, content))
    rejections = [*before.rejections, *drawer.rejections]
    avoided = before.avoided + drawer.avoided
    state = ShardState(file.close(), dict(sorted(attempts.items())), rejections, before.preambles, avoided)
    # the note comes first: after a crash in between, the old files still agree with the note of the round before
    work.write_state(task.shard, task.turn, state)
    settle_all(task.folder, state.summary.files)
    return state


def _make_again(task: Task, attempts: dict[int, int], counters: Counters) -> ShardState:
    drawer = Drawer(Plan(task.config), task.slot)
    file = ShardFile(task.folder, task.slot, task.config.format)

    def again(row: int, attempt: int) -> Drawn:
        return drawer.record(task.slot.first + row, attempt)

    with Prover(task.config, drawer, partial(counters.charge, task.shard)) as prover:
        for block in blocks(task.slot.rows, BLOCK):
            for row, drawn in prover.proved({row: again(row, attempts.get(row, 0)) for row in block}, again).items():
                file.append(drawn.record.row(), drawn.measures)
                counters.reach(task.shard, row + 1)
    state = ShardState(file.close(), attempts, [], drawer.preambles)
    settle_all(task.folder, state.summary.files)
    return state


def _rows(task: Task, state: ShardState) -> Iterator[dict[str, Any]]:
    form = FORMATS[task.config.format]
    for entry in state.summary.files:
        yield from form.rows(task.folder / entry.path)
