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

PHASES = ("starting", "drawing", "finishing", "written")
_MARK = "WARPSMITH_KILLS"
_TICK_SECONDS = 0.005
_GRACE_SECONDS = 20.0
_COUNTED = re.compile(r"^([\d,]+) of ([\d,]+) kernels", re.MULTILINE)


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

    def made(self) -> float:
        """Return which share of the kernels is made, as far as the present process has said."""
        counts = _COUNTED.findall(self.said.read_text(encoding="utf-8"))
        done, total = (float(number.replace(",", "")) for number in counts[-1]) if counts else (0.0, 1.0)
        return done / total

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
        """The files of the records, in their order."""
        return tuple(name for name in self.content if name.startswith("data/"))

    @cached_property
    def others(self) -> tuple[str, ...]:
        """The files that stand beside the records."""
        return tuple(name for name, data in self.content.items() if data is not None and name not in self.data)

    def missing(self, folder: Path) -> tuple[list[str], list[str]]:
        """Return the files of records and the others that are not there yet."""
        data, others = ([name for name in names if not (folder / name).exists()] for names in (self.data, self.others))
        return data, others

    def is_finishing(self, job: Job) -> bool:
        """Tell whether all kernels are made: it was said, or a file has its final name."""
        return job.made() == 1.0 or any((job.folder / name).exists() for name in (*self.data, *self.others))

    def phase(self, job: Job) -> str:
        """Tell how far a run is."""
        if (job.folder / "manifest.json").exists():
            return "written"
        if self.is_finishing(job):
            return "finishing"
        return "drawing" if any(job.folder.glob("*")) else "starting"


class Moment(NamedTuple):
    """So many seconds after the start, after a share of the kernels is made, or after a file has got its name."""

    seconds: float
    share: float = 0.0
    file: str | None = None


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
        if not counted and job.made() == 1.0:
            counted = time.monotonic()
        time.sleep(_TICK_SECONDS)
    ended = time.monotonic()
    if process.returncode:
        raise RuntimeError(f"the undisturbed run ended with {process.returncode}: {job.last_words()}")
    return ended - started, ended - (counted or ended)


def draw_moment(randomness: random.Random, calm: Undisturbed, job: Job, spent: float) -> Moment:
    """Return a moment of the process to come, when others have spent some seconds on the job before it.

    A quarter of the moments are after some seconds, a quarter after some tenths of the kernels, a quarter after the
    last kernel, a quarter as a file gets its name; half of these files are of records, half stand beside them.
    """
    kind, fraction = randomness.getrandbits(8) % 4, randomness.random()
    data, others = calm.missing(job.folder)
    names = data if data and randomness.getrandbits(1) else others
    if kind == 0 and names:
        return Moment(0.02 * fraction**2, file=names[randomness.getrandbits(32) % len(names)])
    if kind == 1 and not calm.is_finishing(job):
        return Moment(fraction * calm.tail, 1.0)
    if kind == 2 and not calm.is_finishing(job):
        return Moment(fraction * calm.seconds / 10, randomness.getrandbits(16) % 10 / 10)
    return Moment(fraction * (calm.start + max(0.8 * calm.seconds - calm.start - spent, calm.tail)))


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
    if moment.file:
        return (job.folder / moment.file).exists()
    return job.made() >= moment.share or calm.is_finishing(job)
