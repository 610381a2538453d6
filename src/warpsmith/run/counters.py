"""How far the shards of a job are and what proving their kernels has cost: told by workers, read by whoever watches."""

from collections.abc import Mapping
from multiprocessing import get_context
from typing import Protocol

from warpsmith.record import STAGES, Stage

_WIDTH = 1 + len(STAGES)
_MICRO = 1e-6


class Counters(Protocol):
    """For each shard the records that are done, and the time that verification has taken by stage.

    Times are for whoever watches; nothing of them is written.
    """

    @property
    def done(self) -> int:
        """How many records are done."""

    @property
    def costs(self) -> dict[Stage, float]:
        """The seconds that verification has taken, by stage, as far as there were any."""

    def reach(self, shard: int, rows: int) -> None:
        """Tell how many records of a shard are done."""

    def charge(self, shard: int, seconds: Mapping[Stage, float]) -> None:
        """Add what verifying a record of a shard has taken."""


class SharedCounters:
    """Counters in memory that processes share; only one process writes the numbers of a shard at a time."""

    def __init__(self, shards: int) -> None:
        self._cells = get_context("spawn").RawArray("q", max(1, shards) * _WIDTH)

    @property
    def done(self) -> int:
        """How many records are done."""
        return sum(self._cells[::_WIDTH])

    @property
    def costs(self) -> dict[Stage, float]:
        """The seconds that verification has taken, by stage, as far as there were any."""
        sums = {stage: _MICRO * sum(self._cells[place::_WIDTH]) for place, stage in enumerate(STAGES, start=1)}
        return {stage: seconds for stage, seconds in sums.items() if seconds}

    def reach(self, shard: int, rows: int) -> None:
        """Tell how many records of a shard are done."""
        self._cells[shard * _WIDTH] = rows

    def charge(self, shard: int, seconds: Mapping[Stage, float]) -> None:
        """Add what verifying a record of a shard has taken."""
        for stage, spent in seconds.items():
            self._cells[shard * _WIDTH + 1 + STAGES.index(stage)] += round(spent / _MICRO)


class Tally:
    """Counters in plain values, which can be sent and added up.

    News of a shard may come late, by two ways, or a second time when its worker has died: the furthest counts.
    """

    def __init__(self) -> None:
        self.rows: dict[int, int] = {}
        self.seconds: dict[Stage, float] = {}

    @property
    def done(self) -> int:
        """How many records are done."""
        return sum(self.rows.values())

    @property
    def costs(self) -> dict[Stage, float]:
        """The seconds that verification has taken, by stage, as far as there were any."""
        return {stage: self.seconds[stage] for stage in STAGES if self.seconds.get(stage)}

    def reach(self, shard: int, rows: int) -> None:
        """Tell how many records of a shard are done."""
        self.rows[shard] = max(rows, self.rows.get(shard, 0))

    def charge(self, shard: int, seconds: Mapping[Stage, float]) -> None:  # noqa: ARG002 - one sum for all shards
        """Add what verifying a record of a shard has taken."""
        for stage, spent in seconds.items():
            self.seconds[stage] = self.seconds.get(stage, 0.0) + spent

    def add(self, news: "Tally") -> None:
        """Add what another one has counted."""
        for shard, rows in news.rows.items():
            self.reach(shard, rows)
        self.charge(0, news.seconds)

    def taken(self) -> "Tally":
        """Return what was counted since the last time, and count anew."""
        news = Tally()
        news.__dict__, self.__dict__ = self.__dict__, news.__dict__
        return news
