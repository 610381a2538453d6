"""How far the shards of a job are, and what proving their kernels has cost, in memory that processes share."""

from collections.abc import Mapping
from multiprocessing import get_context

from warpsmith.record import STAGES, Stage

_WIDTH = 1 + len(STAGES)
_MICRO = 1e-6


class Counters:
    """For each shard the records that are done, and the time that their verification has taken by stage.

    Only one process writes the numbers of a shard at a time. Times are for whoever watches; nothing of them is written.
    """

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
