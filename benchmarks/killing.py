"""A job that is killed with all of its processes at random moments, and resumed: the parts of `benchmarks.kills`.

Of the job only the command line is known, and which files it has written when nothing disturbs it.
"""

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import psutil

PHASES = ("starting", "making", "finishing", "written")
_MARK = "WARPSMITH_KILLS"
_TICK_SECONDS = 0.005
_GRACE_SECONDS = 20.0
_COUNTED = re.compile(r"^([\d,]+) of \1 kernels", re.MULTILINE)


@dataclass(frozen=True)
class Job:
    """The words of a `warpsmith generate`, and a folder for all that it leaves behind."""

    words: tuple[str, ...]
    scratch: Path

    @property
    def folder(self) -> Path:
        """The folder of the data set."""
        return self.scratch / "set"

    @property
    def said(self) -> Path:
        """What the present process has said."""
        return self.scratch / "said"

    def start(self) -> subprocess.Popen[bytes]:
        """Begin the job, or resume it, in a session of its own."""
        temporary = self.scratch / "tmp"
        temporary.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "warpsmith", "generate", "--resume", "-o", str(self.folder), *self.words]
        environment = {**os.environ, "TMPDIR": str(temporary), _MARK: str(self.scratch)}
        with self.said.open("wb") as said:
            return subprocess.Popen(command, stdout=said, stderr=said, env=environment, start_new_session=True)

    def all_counted(self) -> bool:
        """Tell whether the present process has said that all kernels are made."""
        return _COUNTED.search(self.said.read_text(encoding="utf-8")) is not None

    def last_words(self) -> str:
        """Return the last line that the present process has said."""
        return (self.said.read_text(encoding="utf-8").splitlines() or ["nothing"])[-1]

    def processes(self) -> list[int]:
        """Return the processes that were ever started by this job and live, whatever group they belong to."""
        return sorted(self._processes())

    def _processes(self) -> Iterator[int]:
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                if process.environ().get(_MARK) == str(self.scratch) and process.status() != psutil.STATUS_ZOMBIE:
                    yield process.pid

    def processes_left(self) -> list[int]:
        """Return the processes that are still there some seconds after the job has ended."""
        deadline = time.monotonic() + _GRACE_SECONDS
        while (left := self.processes()) and time.monotonic() < deadline:
            time.sleep(0.1)
        return left


@dataclass(frozen=True)
class Undisturbed:
    """What a run leaves that nothing happens to; its seconds: all, those after the last kernel, those of a start."""

    content: Mapping[str, bytes | None]
    seconds: float
    tail: float
    start: float

    @cached_property
    def data(self) -> tuple[str, ...]:
        """The files of the shards, in their order."""
        return tuple(name for name in self.content if name.startswith("data/"))

    @cached_property
    def others(self) -> tuple[str, ...]:
        """The files that stand beside the shards."""
        return tuple(name for name, data in self.content.items() if data is not None and name not in self.data)

    def missing(self, folder: Path) -> tuple[list[str], list[str]]:
        """Return the shards and the other files that are not there yet."""
        data, others = ([name for name in names if not (folder / name).exists()] for names in (self.data, self.others))
        return data, others

    def phase(self, folder: Path) -> str:
        """Tell by the files that are there how far a run is."""
        if (folder / "manifest.json").exists():
            return "written"
        missing = len(self.missing(folder)[0])
        return "finishing" if not missing else "starting" if missing == len(self.data) else "making"

    def left(self, folder: Path) -> float:
        """Return about how many seconds a run takes that finds so much in its folder."""
        share = len(self.missing(folder)[0]) / len(self.data)
        return self.start + self.tail + share * max(self.seconds - self.start - self.tail, 0.0)


class Moment(NamedTuple):
    """So many seconds after the start, after the last kernel is made, or after a file has got its name."""

    after: str
    seconds: float


def content(folder: Path) -> dict[str, bytes | None]:
    """Return the bytes of every file below a folder, hidden ones included, and None for every folder."""
    paths = sorted(folder.rglob("*"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in paths}


def differences(found: Mapping[str, bytes | None], expected: Mapping[str, bytes | None]) -> list[str]:
    """Return a line for each file that is missing, too many, or has other bytes."""
    lines = [f"{name} is missing" for name in expected if name not in found]
    lines += [f"{name} is too many" for name in found if name not in expected]
    return lines + [f"{name} has other bytes" for name in expected if name in found and found[name] != expected[name]]


def undisturbed(job: Job) -> Undisturbed:
    """Run a job to its end, resume what is complete, and return what is there; raises RuntimeError where it fails."""
    seconds, tail = _timed(job)
    before = content(job.folder)
    start, _ = _timed(job)
    if changes := differences(content(job.folder), before):
        raise RuntimeError(f"resuming what is complete changed it: {changes[0]}")
    return Undisturbed(before, seconds, tail, start)


def _timed(job: Job) -> tuple[float, float]:
    """Run a job to its end and return its seconds, and those after its last kernel."""
    process, started, counted = job.start(), time.monotonic(), 0.0
    while process.poll() is None:
        if not counted and job.all_counted():
            counted = time.monotonic()
        time.sleep(_TICK_SECONDS)
    ended = time.monotonic()
    if process.returncode:
        raise RuntimeError(f"the undisturbed run ended with {process.returncode}: {job.last_words()}")
    return ended - started, ended - (counted or ended)


def draw_moment(randomness: random.Random, calm: Undisturbed, folder: Path) -> Moment:
    """Return a moment of the run to come: a third anywhere, a third after the last kernel, a third as a file is there.

    Half of these files are shards, half are those that are written at the end.
    """
    kind, fraction = randomness.getrandbits(8) % 3, randomness.random()
    data, others = calm.missing(folder)
    if kind == 1 and data:
        return Moment("kernels", fraction * calm.tail)
    names = data if data and randomness.getrandbits(1) else others
    if kind == 2 and names:
        return Moment(names[randomness.getrandbits(32) % len(names)], 0.02 * fraction**2)
    return Moment("start", fraction * calm.left(folder))


def killed(job: Job, process: subprocess.Popen[bytes], moment: Moment, calm: Undisturbed) -> bool:
    """Wait for the moment and kill the whole group; False where the process ended of its own before that."""
    while not _has_come(job, moment, calm):
        if process.poll() is not None:
            return False
        time.sleep(_TICK_SECONDS)
    try:
        process.wait(moment.seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def _has_come(job: Job, moment: Moment, calm: Undisturbed) -> bool:
    if moment.after == "start":
        return True
    if moment.after == "kernels":
        return job.all_counted() or not calm.missing(job.folder)[0]
    return (job.folder / moment.after).exists()
