"""Two pipelines over the same kernels, each in fresh and warm processes, turn by turn because machines are noisy."""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

import warp as wp

from warpsmith.record import KernelSource

Sources = Sequence[KernelSource]
WARM_UP = 5


def naive_pipeline(sources: Sources) -> int:
    """Run the naive pipeline into a folder that is thrown away."""
    from benchmarks import naive

    with tempfile.TemporaryDirectory() as output:
        return naive.generate_pairs(sources, Path(output))


def our_pipeline(sources: Sources) -> int:
    """Run warpsmith's pipeline into a folder that is thrown away."""
    from benchmarks import ours

    return ours.write_sources(sources)


@dataclass(frozen=True)
class Contestant:
    """A pipeline and the processes that share the kernels, `chunk` of them at a time."""

    name: str
    pipeline: Callable[[Sources], int]
    workers: int
    chunk: int


@dataclass(frozen=True)
class Result:
    """The rates of a contestant in kernels a second, one a round."""

    name: str
    rates: tuple[float, ...]

    @property
    def median(self) -> float:
        """The rate of the median round."""
        return median(self.rates)


def compete(contestants: Sequence[Contestant], sources: Sources, rounds: int) -> list[Result]:
    """Let the contestants take turns for some rounds; return their rates."""
    seconds = [[seconds_of(contestant, sources) for contestant in contestants] for _ in range(rounds)]
    columns = zip(*seconds, strict=True)
    return [
        Result(contestant.name, tuple(len(sources) / second for second in column))
        for contestant, column in zip(contestants, columns, strict=True)
    ]


def seconds_of(contestant: Contestant, sources: Sources) -> float:
    """Return the seconds for all kernels, without the start of the processes."""
    parts = [sources[start : start + contestant.chunk] for start in range(0, len(sources), contestant.chunk)]
    with warm_workers(contestant, sources[:WARM_UP]) as pool:
        started = time.perf_counter()
        for done in [pool.submit(contestant.pipeline, part) for part in parts]:
            done.result()
        return time.perf_counter() - started


@contextmanager
def warm_workers(contestant: Contestant, sources: Sources) -> Iterator[ProcessPoolExecutor]:
    """Start the processes and let each of them make a few kernels, so that what is lazy is loaded."""
    spawn = get_context("spawn")
    ready = spawn.Barrier(contestant.workers)
    arguments = (contestant.pipeline, sources, ready)
    with ProcessPoolExecutor(contestant.workers, spawn, _warm_up, arguments) as pool:
        for done in [pool.submit(_wait, None) for _ in range(contestant.workers)]:
            done.result()
        yield pool


_ready: Any = None


def _warm_up(pipeline: Callable[[Sources], int], sources: Sources, ready: Any) -> None:
    global _ready  # noqa: PLW0603 - what a worker is given at its start has no other place
    _ready = ready
    wp.config.log_level = wp.LOG_ERROR
    pipeline(sources)


def _wait(_: None) -> None:
    _ready.wait()
