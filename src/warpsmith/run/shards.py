"""What a worker does with a shard: draw it, or draw some of its rows anew; a function of the task and the files."""

from collections.abc import Iterator
from functools import partial

import msgspec

from warpsmith.dataset.layout import Slot
from warpsmith.dataset.store import Store
from warpsmith.run.barring import barrier_of
from warpsmith.run.config import JobConfig
from warpsmith.run.counters import Counters
from warpsmith.run.draw import Drawer, Drawn
from warpsmith.run.drawn import RoundFiles
from warpsmith.run.known import KnownShapes
from warpsmith.run.notes import ShardNote
from warpsmith.run.plan import Plan
from warpsmith.run.proving import BLOCK, Prover
from warpsmith.run.state import WorkFolder
from warpsmith.verify.verifier import blocks


class DrawTask(msgspec.Struct, frozen=True, kw_only=True):
    """One round of one shard.

    Round 0 draws the shard. A later round draws the rows of `again` anew, from an attempt on, until their shapes are
    not in the file `known`.
    """

    config: JobConfig
    store: Store
    shard: int
    turn: int = 0
    again: dict[int, int] = {}
    known: str | None = None

    @property
    def slot(self) -> Slot:
        """The place of the shard."""
        return Plan(self.config).slots[self.shard]

    @property
    def rows(self) -> dict[int, int]:
        """The rows to draw and the attempts that they begin with."""
        return self.again if self.turn else dict.fromkeys(range(self.slot.rows), 0)


def draw(task: DrawTask, counters: Counters) -> ShardNote:
    """Do a task; when it returns, the files of the round and its note are complete and on the disk.

    Raises GenerationError where no new kernels can be drawn, and OSError where the disk takes no more.
    """
    drawer = Drawer(Plan(task.config), task.slot, barrier_of(task.config, task.store))
    files = RoundFiles(task.store, task.shard, task.turn)
    drawing = _Drawing(task, drawer)
    attempts: dict[int, int] = {}
    with Prover(task.config, drawer, partial(counters.charge, task.shard)) as prover:
        for number, (row, drawn) in enumerate(drawing.proved(prover), 1):
            if drawn.attempt:
                attempts[row] = drawn.attempt
            files.append(drawn.record.row(), drawn.sketch, drawn.measures)
            if not task.turn:
                counters.reach(task.shard, number)
    note = ShardNote(
        files=files.settle(drawer.rejections),
        rows=tuple(task.again),
        attempts=attempts,
        preambles=drawer.preambles,
        rejected=len(drawer.rejections),
        avoided=drawer.avoided,
        barred=drawer.barred,
    )
    WorkFolder(task.store).write_note(task.shard, task.turn, note)
    return note


class _Drawing:
    """The rows of a task on their way: each is drawn until it is new, and again until it is proved."""

    def __init__(self, task: DrawTask, drawer: Drawer) -> None:
        self._task, self._drawer = task, drawer
        self._shapes: set[str] = set()
        self._elsewhere = KnownShapes(task.store.fetch(task.known)) if task.known else ()

    def proved(self, prover: Prover) -> Iterator[tuple[int, Drawn]]:
        """Yield the rows in their order."""
        wanted = list(self._task.rows.items())
        for block in blocks(len(wanted), BLOCK):
            drawn = {row: self._renew(row, attempt) for row, attempt in wanted[block.start : block.stop]}
            yield from prover.proved(drawn, self._renew).items()

    def _renew(self, row: int, attempt: int) -> Drawn:
        drawn = self._drawer.new_record(self._task.slot.first + row, attempt, self._is_known)
        self._shapes.add(drawn.record.fingerprint)
        return drawn

    def _is_known(self, shape: str) -> bool:
        return shape in self._shapes or shape in self._elsewhere
