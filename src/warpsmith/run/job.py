"""A job from its options to a finished data set: draw every shard, replace what stands twice, write the manifest."""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from warpsmith.dataset.manifest import Manifest
from warpsmith.errors import DatasetError, GenerationError
from warpsmith.run.config import make_config
from warpsmith.run.engines import require_engine
from warpsmith.run.events import Reporter, Silent
from warpsmith.run.finish import finish
from warpsmith.run.folder import claimed, make_rooms
from warpsmith.run.known import write_shapes
from warpsmith.run.plan import Plan
from warpsmith.run.repair import begun_job, repaired
from warpsmith.run.shards import Task
from warpsmith.run.staffing import Site, staffed
from warpsmith.run.state import Job, ShardState, WorkFolder, require_same
from warpsmith.run.worker import work

Rows = tuple[int, ...]


def run_job(
    options: Mapping[str, Any],
    folder: Path,
    *,
    workers: int,
    resume: bool = False,
    overwrite: bool = False,
    reporter: Reporter | None = None,
    log: Path | None = None,
    engine: str = "local",
    address: str | None = None,
) -> Manifest:
    """Fill a folder with the data set that the options ask for and return its manifest.

    `options` are those of `run.config.make_config`; on `resume`, options that are left out are taken from what was
    begun. The bytes do not depend on `workers`; 0 means the calling process. What workers and Warp have to say goes to
    `log`, by default a file in the folder, which goes when the set is done. After a crash or a kill at any moment,
    `resume` finishes the set with the bytes of an undisturbed run.

    The bytes do not depend on `engine` either: on ``"ray"`` the shards are made on the cluster at `address`, or on one
    of this machine, by as many workers as it has cores, or `workers` where that is not 0.

    Raises UsageError for options that cannot be, GenerationError where there are no more new kernels, DatasetError
    where the disk takes no more, PrerequisiteError where the cluster is missing something.
    """
    require_engine(engine, address)
    make_config(options)  # what is wrong shows before the folder is touched
    reporter = reporter or Silent()
    try:
        with claimed(folder, resume=resume, overwrite=overwrite):
            begun = begun_job(folder) if resume else None
            base = msgspec.structs.asdict(begun.configuration) if begun else {}
            job = Job(make_config({**base, **options}))
            if begun:
                require_same(job, begun, folder)
            site = Site(
                folder.absolute(), log or WorkFolder(folder).log, len(Plan(job.configuration).slots), workers, address
            )
            return _Run(job, site, engine, reporter).complete()
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise DatasetError(f"{folder}: {reason}; what is complete stays valid, finish with `--resume`") from error
    finally:
        reporter.end()


class _Run:
    """One process's part in a job; what it knows, it can read again from the folder."""

    def __init__(self, job: Job, site: Site, engine: str, reporter: Reporter) -> None:
        self.job, self.folder, self.reporter = job, site.folder, reporter
        self.plan = Plan(job.configuration)
        self.work = WorkFolder(self.folder)
        self.notes: list[dict[int, ShardState]] = [{} for _ in self.plan.slots]
        staff = staffed(engine, work, site)
        self.counters, self.engine = staff.counters, staff.engine

    def complete(self) -> Manifest:
        """Do whatever is missing; with nothing missing, only look."""
        make_rooms(self.folder)
        with self.engine:
            if manifest := repaired(self.folder, self._make_again, self.reporter):
                self.work.remove()
                return manifest
            self.work.begin(self.job)
            self._draw()
            self._mend()
            self.reporter.spent(self.counters.costs)
        manifest = finish(self.folder, self.job, self.plan, [_latest(notes) for notes in self.notes])
        self.work.remove()
        return manifest

    def _draw(self) -> None:
        """Draw the shards that are not there yet, and make again the damaged ones."""
        tasks = []
        for slot in self.plan.slots:
            notes = self.notes[slot.number] = self._survivors(slot.number)
            if not notes:
                tasks.append(self._task(slot.number))
            elif not _latest(notes).is_intact(self.folder):
                self.reporter.note(f"damaged: {_latest(notes).summary.files[0].path}; making it again")
                tasks.append(self._task(slot.number, again=_latest(notes).attempts))
            else:
                self.counters.reach(slot.number, slot.rows)
        self.reporter.begin(self.plan.config.count, self.counters.done)
        for task, state in self._done(tasks):
            notes = self.notes[task.shard]
            if task.again is None:
                notes[0] = state
            elif state.summary.files != _latest(notes).summary.files:
                raise GenerationError(f"{state.summary.files[0].path} came out differently; use `--overwrite`")

    def _survivors(self, shard: int) -> dict[int, ShardState]:
        """Return the notes of a shard up to the one that its files agree with, all of them where it is damaged."""
        notes = self.work.states(shard)
        agreeing = next((turn for turn in reversed(notes) if notes[turn].is_intact(self.folder)), max(notes, default=0))
        self.work.forget_states(shard, agreeing + 1 if notes else 0)
        return {turn: note for turn, note in notes.items() if turn <= agreeing}

    def _mend(self) -> None:
        """Replace records whose shape stands in an earlier shard, round by round, until there are none."""
        turn = 1
        while clashes := find_clashes([_before(notes, turn).summary.fingerprints for notes in self.notes]):
            shapes = (shape for notes in self.notes for shape in _before(notes, turn).summary.fingerprints)
            known = self.work.path / f"known-{turn}"
            write_shapes(known, shapes)
            missing = {shard: rows for shard, rows in clashes.items() if turn not in self.notes[shard]}
            tasks = [self._task(shard, turn=turn, rows=rows, known=known) for shard, rows in missing.items()]
            if tasks:
                twice = sum(len(rows) for rows in missing.values())
                self.reporter.note(f"replacing {twice:,} kernels whose shape stands in two shards")
            for task in tasks:
                self.work.forget_states(task.shard, turn)
                self.notes[task.shard] = {t: note for t, note in self.notes[task.shard].items() if t < turn}
            for task, state in self._done(tasks):
                self.notes[task.shard][turn] = state
            turn += 1

    def _make_again(self, again: Mapping[int, dict[int, int]]) -> Iterable[tuple[Task, ShardState]]:
        tasks = [self._task(shard, again=attempts) for shard, attempts in again.items()]
        self.reporter.begin(sum(task.slot.rows for task in tasks), 0)
        return self._done(tasks)

    def _done(self, tasks: Sequence[Task]) -> Iterable[tuple[Task, ShardState]]:
        return self.engine.run(tasks, lambda: self.reporter.advance(self.counters.done))

    def _task(self, shard: int, **details: Any) -> Task:
        return Task(config=self.plan.config, folder=self.folder, shard=shard, **details)


def find_clashes(shapes: Sequence[Sequence[str]]) -> dict[int, Rows]:
    """Return for each shard the rows whose shape stands before them, in an earlier shard or in the same."""
    seen: set[str] = set()
    clashes: dict[int, Rows] = {}
    for shard, fingerprints in enumerate(shapes):
        rows = []
        for row, shape in enumerate(fingerprints):
            if shape in seen:
                rows.append(row)
            seen.add(shape)
        if rows:
            clashes[shard] = tuple(rows)
    return clashes


def _latest(notes: Mapping[int, ShardState]) -> ShardState:
    return notes[max(notes)]


def _before(notes: Mapping[int, ShardState], turn: int) -> ShardState:
    return notes[max(earlier for earlier in notes if earlier < turn)]
