"""A job of any size, watched: its rate from beginning to end, the memory of its processes, the time of its stages.

    python -m benchmarks.scale 1000000                 one job, two workers
    python -m benchmarks.scale 1000 10000 100000       one after the other
    python -m benchmarks.scale 20000 --workers 1 2     each with so many workers

Each job is the command that a user runs, ``warpsmith generate --verify none``, in a folder that goes when it is
measured. ``--save`` keeps the measurements in docs/figures/scale.json, those of other jobs that are there as well,
and draws them.
"""

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from benchmarks.scaling.figures import draw, keep, table
from benchmarks.scaling.run import Mark, Run, read_mark
from warpsmith.run.plan import shard_size

SCRIPT = str(Path(sys.executable).with_name("warpsmith"))
LOOK_SECONDS = 0.5
_MIB = 1 << 20


def main() -> None:
    """Measure each size with each number of workers and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", type=int, nargs="*", default=[1000, 10_000], help="kernels of each job")
    parser.add_argument("--workers", type=int, nargs="+", default=[2], help="worker processes (default 2)")
    parser.add_argument("--seed", type=int, default=0, help="seed of the jobs (default 0)")
    parser.add_argument("--folder", type=Path, help="where the jobs write (default: the temporary folder)")
    parser.add_argument("--save", action="store_true", help="keep the measurements and draw them")
    options = parser.parse_args()
    for count in options.counts:
        for workers in options.workers:
            run = measured(count, workers, options.seed, options.folder)
            print(table([run]), flush=True)
            if options.save:
                keep(run)
    if options.save:
        draw()


def measured(count: int, workers: int, seed: int, folder: Path | None) -> Run:
    """Run one job and watch it."""
    with tempfile.TemporaryDirectory(dir=folder, prefix="warpsmith-scale-") as scratch:
        output = Path(scratch) / "set"
        options = ["-n", str(count), "-s", str(seed), "--workers", str(workers), "--verify", "none", "-o", str(output)]
        started = time.perf_counter()
        with subprocess.Popen(
            [SCRIPT, "generate", *options], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        ) as job:
            with _watched(job.pid, output, started) as seen:
                marks = list(_marks(job, started))
                seconds = time.perf_counter() - started
            if job.wait():
                raise SystemExit(f"the job of {count:,} kernels ended with exit code {job.returncode}")
        size = sum(path.stat().st_size for path in output.rglob("*") if path.is_file())
        shards = [Mark("shard", when, min(count, done * shard_size(count))) for when, done in seen.shards]
        return Run(count, workers, seed, seconds, [*marks, *shards], sorted(seen.peaks.values(), reverse=True), size)


def _marks(job: "subprocess.Popen[str]", started: float) -> Iterator[Mark]:
    """Yield what the job says, with the time at which it says it."""
    assert job.stderr
    for line in job.stderr:
        print(f"  {line.rstrip()}", file=sys.stderr, flush=True)
        if mark := read_mark(line, time.perf_counter() - started):
            yield mark


class Seen:
    """What was seen of a job: the largest resident memory of each process in MiB, when how many shards were there."""

    def __init__(self) -> None:
        self.peaks: dict[int, float] = {}
        self.shards: list[tuple[float, int]] = []

    def look(self, pid: int, output: Path, started: float) -> None:
        """Look at the job now."""
        for process in _family(pid):
            with suppress(psutil.NoSuchProcess):
                self.peaks[process.pid] = max(self.peaks.get(process.pid, 0.0), process.memory_info().rss / _MIB)
        done = sum(1 for _ in output.glob(".warpsmith/shards/*-0.json"))
        if done > (self.shards[-1][1] if self.shards else 0):
            self.shards.append((time.perf_counter() - started, done))


@contextmanager
def _watched(pid: int, output: Path, started: float) -> Iterator[Seen]:
    """Look at a job twice a second until the block ends."""
    seen, done = Seen(), threading.Event()

    def watch() -> None:
        while not done.wait(LOOK_SECONDS):
            seen.look(pid, output, started)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        done.set()
        thread.join()


def _family(pid: int) -> list[psutil.Process]:
    try:
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


if __name__ == "__main__":
    main()
