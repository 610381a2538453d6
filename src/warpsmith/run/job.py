"""A job from its options to a finished data set: draw every shard, replace what stands twice, write the manifest."""

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from warpsmith.dataset.layout import WORK
from warpsmith.dataset.manifest import Manifest
from warpsmith.dataset.near.clashes import clashes
from warpsmith.dataset.store import Store
from warpsmith.errors import DatasetError, UsageError
from warpsmith.run.barring import BARRIER, build_barrier, resolved, sketch_tasks
from warpsmith.run.config import make_config
from warpsmith.run.engines import require_engine
from warpsmith.run.events import Reporter, Silent
from warpsmith.run.finish import Ending, finish
from warpsmith.run.folder import claimed_store
from warpsmith.run.keyring import Keyring
from warpsmith.run.known import encode_shapes
from warpsmith.run.notes import Rounds, ShardNote, last_attempts
from warpsmith.run.plan import Plan
from warpsmith.run.repair import begun_job, repaired
from warpsmith.run.shards import DrawTask
from warpsmith.run.staffing import Site, staffed
from warpsmith.run.state import Job, WorkFolder, require_same
from warpsmith.run.worker import work


def run_job(
    options: Mapping[str, Any],
    output: Path | Store,
    *,
    workers: int,
    resume: bool = False,
    overwrite: bool = False,
    reporter: Reporter | None = None,
    log: Path | None = None,
    engine: str = "local",
    address: str | None = None,
) -> Manifest:
    """Fill a folder, or another store, with the data set that the options ask for and return its manifest.

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
    options, sources = resolved(options)
    make_config(options)  # what is wrong shows before the folder is touched
    store = output if isinstance(output, Store) else Store(output)
    if str(store.folder.absolute()) in sources.against:
        raise UsageError(f"against is '{store.address}', the output itself; name another folder for one of them")
    reporter = reporter or Silent()
    try:
        with claimed_store(store, resume=resume, overwrite=overwrite):
            begun = begun_job(store) if resume else None
            base = msgspec.structs.asdict(begun.configuration) if begun else {}
            job = Job(make_config({**base, **options}), sources or (begun.sources if begun else sources))
            if begun:
                require_same(job, begun, store.address)
            work_store = replace(store, folder=store.folder.absolute())  # workers may stand elsewhere
            site = Site(
                work_store, log or WorkFolder(work_store).log, len(Plan(job.configuration).slots), workers, address
            )
            return _Run(job, site, engine, reporter).complete()
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise DatasetError(
            f"{store.address}: {reason}; what is complete stays valid, finish with `--resume`"
        ) from error
    finally:
        reporter.end()


class _Run:
    """One process's part in a job; what it knows, it can read again from the folder."""

    def __init__(self, job: Job, site: Site, engine: str, reporter: Reporter) -> None:
        self.job, self.store, self.reporter = job, site.store, reporter
        self.plan = Plan(job.configuration)
        self.work = WorkFolder(site.store)
        self.shards: list[dict[int, ShardNote]] = []
        staff = staffed(engine, work, site)
        self.counters, self.engine = staff.counters, staff.engine

    def complete(self) -> Manifest:
        """Do whatever is missing; with nothing missing, only look."""
        self.work.make()
        with self.engine:
            if manifest := repaired(self.store, self.plan.config, self._performed, self.reporter):
                self.work.remove()
                return manifest
            self.work.begin(self.job)
            self._keep_away()
            self._draw()
            self._mend()
            self.reporter.spent(self.counters.costs)
            manifest = finish(self._ending(), self._before(sys.maxsize), self._performed, self.reporter.note)
        self.work.remove()
        return manifest

    def _keep_away(self) -> None:
        """Build the barrier to the kernels that are to stay out, where there are any and it is not there yet."""
        if not self.job.sources or self.store.exists(BARRIER):
            return
        tasks = sketch_tasks(self.store, self.job.sources)
        self.reporter.note("reading the kernels to keep away from")
        for _ in self.engine.run(tasks):
            pass
        build_barrier(self.store, tasks)

    def _draw(self) -> None:
        """Draw the shards that are not there, or not whole."""
        self.shards, damaged = self.work.survivors(len(self.plan.slots))
        for name in damaged:
            self.reporter.note(f"damaged: {name}; making it again")
        tasks = []
        for slot in self.plan.slots:
            if 0 in self.shards[slot.number]:
                self.counters.reach(slot.number, slot.rows)
            else:
                tasks.append(DrawTask(config=self.plan.config, store=self.store, shard=slot.number))
        self.reporter.begin(self.plan.config.count, self.counters.done)
        for task, note in self._performed(tasks):
            self.shards[task.shard][0] = note

    def _mend(self) -> None:
        """Replace records whose shape stands in an earlier shard, round by round, until there are none."""
        turn = 1
        while clashing := self._clashes(turn):
            missing = {shard: rows for shard, rows in clashing.items() if turn not in self.shards[shard]}
            if missing:
                twice = sum(map(len, missing.values()))
                self.reporter.note(f"replacing {twice:,} kernels whose shape stands in two shards")
                self._replace(turn, missing)
            turn += 1

    def _before(self, turn: int) -> list[Rounds]:
        """Return the notes of all shards up to a round."""
        return [[notes[earlier] for earlier in sorted(notes) if earlier < turn] for notes in self.shards]

    def _clashes(self, turn: int) -> dict[int, list[int]]:
        """Return by shard the rows whose shape stands before them, as the set was before a round."""
        keys = Keyring(self.store, self._before(turn))
        by_shard: dict[int, list[int]] = {}
        for number in clashes(keys.fingerprints).tolist():
            shard, row = divmod(number, self.plan.slots[0].rows)
            by_shard.setdefault(shard, []).append(row)
        return by_shard

    def _replace(self, turn: int, rows: Mapping[int, Sequence[int]]) -> None:
        known = f"{WORK}/known-{turn}"
        before = self._before(turn)
        self.store.write(known, encode_shapes(np.concatenate(Keyring(self.store, before).fingerprints)))
        tasks = []
        for shard, some in rows.items():
            attempts = last_attempts(before[shard])
            again = {row: attempts.get(row, 0) + 1 for row in some}
            tasks.append(
                DrawTask(config=self.plan.config, store=self.store, shard=shard, turn=turn, again=again, known=known)
            )
        for task, note in self._performed(tasks):
            self.shards[task.shard][turn] = note

    def _ending(self) -> Ending:
        config = self.plan.config
        return Ending(
            store=self.store,
            configuration=msgspec.to_builtins(config),
            versions=self.job.versions,
            splits=config.splits,
            shard_size=self.plan.slots[0].rows,
        )

    def _performed(self, tasks: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
        return self.engine.run(tasks, lambda: self.reporter.advance(self.counters.done))
