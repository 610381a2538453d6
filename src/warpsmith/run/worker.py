"""The inside of a worker process: quiet, with Warp loaded once, telling how far it is."""

import gc
import os
import platform
from pathlib import Path
from typing import Any

from warpsmith import bridge
from warpsmith.errors import UsageError
from warpsmith.run.barring import SketchTask, sketch_foreign
from warpsmith.run.counters import Counters, Tally
from warpsmith.run.engines.base import Setup
from warpsmith.run.finishing import FinishTask, GatherTask, gather, give_out
from warpsmith.run.remaking import RemakeTask, remake
from warpsmith.run.shards import DrawTask, draw
from warpsmith.run.sharing import Mark, require_mark
from warpsmith.run.state import WorkFolder

Task = SketchTask | DrawTask | RemakeTask | FinishTask | GatherTask
_counters: Counters = Tally()


def setup_here(counters: Counters) -> Setup:
    """Return the setup for work in the calling process."""
    return Setup(_watch, (counters,))


def setup_process(counters: Counters, log: Path) -> Setup:
    """Return the setup for a process of its own: all that it and Warp's native code print goes to the log."""
    return Setup(_begin, (counters, log))


def setup_node(counters: Counters, log: Path, mark: Mark | None) -> Setup:
    """Return the setup for a process that may be on another machine: a folder that is marked must be there."""
    return Setup(_begin_on_node, (counters, log, mark))


def work(task: Task) -> Any:
    """Do a task of a job, with Warp kept fast from one kernel to the next where kernels are drawn."""
    WorkFolder(task.store).make()
    match task:
        case DrawTask():
            with bridge.accelerated():
                return draw(task, _counters)
        case RemakeTask():
            with bridge.accelerated():
                return remake(task, _counters)
        case SketchTask():
            return sketch_foreign(task)
        case FinishTask():
            return give_out(task)
        case GatherTask():
            return gather(task)


def counters() -> Counters:
    """Return where this process tells how far it is."""
    return _counters


def _begin(counters: Counters, log: Path) -> None:
    quiet(log)
    spare_the_collector()
    _watch(counters)


def _begin_on_node(counters: Counters, log: Path, mark: Mark | None) -> None:
    if mark:
        require_mark(mark)
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        _begin(counters, log)
    except OSError as error:
        node, reason = platform.node(), error.strerror
        raise UsageError(f"log '{log}' cannot be written on node {node}: {reason}; name a file that it can") from None


def spare_the_collector() -> None:
    """Take what is loaded for good out of garbage collection, and collect less often.

    Every kernel leaves cycles of some thousand objects behind; with Python's 700 objects a round the collector would
    look at Warp's whole registry again and again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def quiet(log: Path) -> None:
    """Send everything that this process prints to the end of a file."""
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    for stream in (1, 2):
        os.dup2(descriptor, stream)
    os.close(descriptor)
    bridge.log_to(log)


def _watch(counters: Counters) -> None:
    global _counters  # noqa: PLW0603 - a process works for one job at a time
    _counters = counters
