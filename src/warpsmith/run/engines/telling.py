"""How workers on a cluster tell how far they are: a few messages a second to an actor beside the driver, who asks it.

The records that were reached go with the result of a task once more, so that those of a task that is done are all
there. Losing the actor costs news, and some seconds in the sums: Ray starts another one.
"""

import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import ray
from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

from warpsmith.record import Stage
from warpsmith.run.counters import Tally

TELL_SECONDS = 0.5
ASK_SECONDS = 0.2
SETTLE_SECONDS = 2.0

_news = Tally()
_inbox: Any = None
_told = 0.0


class Teller:
    """Counters of a worker process: what they count is sent now and then, or goes with the result of the task."""

    @property
    def done(self) -> int:
        """How many records are done that nobody was told of."""
        return _news.done

    @property
    def costs(self) -> dict[Stage, float]:
        """The seconds that nobody was told of, by stage."""
        return _news.costs

    def reach(self, shard: int, rows: int) -> None:
        """Tell how many records of a shard are done."""
        _news.reach(shard, rows)
        _tell()

    def charge(self, shard: int, seconds: Mapping[Stage, float]) -> None:
        """Add what verifying a record of a shard has taken."""
        _news.charge(shard, seconds)
        _tell()


class RayCounters(Tally):
    """Counters of the driver: they gather what the workers tell, and never wait for it."""

    teller = Teller()

    def __init__(self) -> None:
        super().__init__()
        self.inbox: Any = None
        self._answer: Any = None
        self._asked = 0.0

    def open(self) -> None:
        """Start the actor on the driver's node."""
        here = NodeAffinitySchedulingStrategy(ray.get_runtime_context().get_node_id(), soft=False)
        options = {"num_cpus": 0, "max_restarts": -1, "scheduling_strategy": here}
        self.inbox = ray.remote(Tally).options(**options).remote()

    def poll(self) -> None:
        """Take what has come, and ask for more."""
        if self._answer is not None:
            self._hear(0)
        elif time.monotonic() - self._asked > ASK_SECONDS:
            self._asked = time.monotonic()
            self._answer = self.inbox.taken.remote()

    def settle(self) -> None:
        """Take what is left, waiting for it a little."""
        self._hear(SETTLE_SECONDS)
        self._answer = self.inbox.taken.remote()
        self._hear(SETTLE_SECONDS)

    def close(self) -> None:
        """End the actor."""
        with suppress(Exception):
            ray.kill(self.inbox)

    def _hear(self, seconds: float) -> None:
        if self._answer is None or not ray.wait([self._answer], timeout=seconds)[0]:
            return
        answer, self._answer = self._answer, None
        with suppress(ray.exceptions.RayError):
            self.add(ray.get(answer))


def listen_to(inbox: Any) -> None:
    """Send from now on what is counted in this process to that actor."""
    global _inbox  # noqa: PLW0603 - a process works for one job at a time
    _inbox = inbox


def untold() -> Tally:
    """Return what was counted in this process and not sent."""
    return _news.taken()


def _tell() -> None:
    global _told  # noqa: PLW0603 - a process works for one job at a time
    now = time.monotonic()
    if _inbox is None or now - _told < TELL_SECONDS:
        return
    _told = now
    news = _news.taken()
    _news.rows.update(news.rows)  # they go with the result too, lest they are lost
    with suppress(Exception):
        _inbox.add.remote(news)
