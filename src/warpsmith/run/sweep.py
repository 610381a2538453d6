"""One task for each shard of a set that exists, done by workers that tell how far they are."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from warpsmith.run.counters import SharedCounters
from warpsmith.run.engines.local import LocalEngine
from warpsmith.run.events import Reporter
from warpsmith.run.worker import setup_here, setup_process


class ShardTask(Protocol):
    """A piece of work on one shard."""

    @property
    def shard(self) -> int:
        """The number of the shard."""


T = TypeVar("T", bound=ShardTask)
R = TypeVar("R")


def swept(tasks: Sequence[T], work: Callable[[T], R], *, rows: int, workers: int, reporter: Reporter) -> list[R]:
    """Return what `work` makes of the tasks, in the order of their shards; `workers` 0 means the calling process.

    `work` is a function of the module level that reports its rows (`warpsmith.run.worker.counters`).
    """
    counters = SharedCounters(len(tasks))
    results: dict[int, R] = {}
    with tempfile.TemporaryDirectory(prefix="warpsmith-") as scratch:
        setup = setup_process(counters, Path(scratch) / "log") if workers else setup_here(counters)
        with LocalEngine[T, R](work, min(workers, len(tasks)), setup) as pool:
            reporter.begin(rows, 0)
            try:
                for task, result in pool.run(tasks, lambda: reporter.advance(counters.done)):
                    results[task.shard] = result
            finally:
                reporter.spent(counters.costs)
                reporter.end()
    return [results[shard] for shard in sorted(results)]
