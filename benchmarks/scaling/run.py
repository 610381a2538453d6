"""One job that was watched, and what its lines say about where it was when."""

import re
from dataclasses import dataclass

_PROGRESS = re.compile(r"([\d,]+) of [\d,]+ kernels")
_GROUPED = re.compile(r"[\d,]+ kernels in [\d,]+ clusters")


@dataclass(frozen=True)
class Mark:
    """A line of a job: at `seconds` it said that it was in a stage, with so many kernels made."""

    stage: str
    seconds: float
    kernels: int


@dataclass(frozen=True)
class Run:
    """A job of `count` kernels: time, what it said, the largest memory of each process in MiB, bytes on disk."""

    count: int
    workers: int
    seed: int
    seconds: float
    marks: list[Mark]
    peaks: list[float]
    bytes: int

    @property
    def drawn(self) -> float:
        """The seconds until all kernels were drawn."""
        return max((mark.seconds for mark in self.marks if mark.stage == "draw"), default=0.0)

    @property
    def grouped(self) -> float:
        """The seconds until clusters and splits were known."""
        return max(mark.seconds for mark in self.marks if mark.stage == "group")

    @property
    def mended(self) -> float:
        """The seconds from the first mending of clashes on, until all kernels were drawn and grouped."""
        begun = [mark.seconds for mark in self.marks if mark.stage == "mend"]
        return self.grouped - begun[0] if begun else 0.0

    @property
    def finishing(self) -> float:
        """The seconds that everything took which comes when all kernels are drawn for the first time."""
        return self.seconds - self.drawn

    @property
    def rates(self) -> list[tuple[int, float]]:
        """The kernels a second of each tenth of the job, with the kernels that there were at its end.

        They are counted from shard to shard, without the first of each worker, in which it starts.
        """
        shards = [mark for mark in self.marks if mark.stage == "shard" and mark.kernels]
        tenth = max(1, len(shards) // 10)
        stretches = [shards[place : place + tenth + 1] for place in range(0, len(shards) - tenth, tenth)]
        return [
            (
                stretch[-1].kernels,
                (stretch[-1].kernels - stretch[0].kernels) / (stretch[-1].seconds - stretch[0].seconds),
            )
            for stretch in stretches
            if stretch[-1].seconds > stretch[0].seconds
        ]


def read_mark(line: str, seconds: float) -> Mark | None:
    """Return what a line of a job's progress says, or None where it says something else."""
    if made := _PROGRESS.match(line):
        return Mark("draw", seconds, int(made[1].replace(",", "")))
    if line.startswith("replacing"):
        return Mark("mend", seconds, 0)
    return Mark("group", seconds, 0) if _GROUPED.match(line) else None
