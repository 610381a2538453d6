"""Tasks on a Ray cluster: a remote task each, as many under way as the cluster has room for.

Ray's own retries are off, for it would not say how often a task has killed its worker. What a task raises comes back
as a value, since Ray's errors are of a type of their own.
"""

import pickle
import uuid
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, Self, TypeVar

import ray
from ray.exceptions import NodeDiedError, ObjectLostError, OutOfMemoryError, RayError, RayTaskError, WorkerCrashedError

from warpsmith.dataset.manifest import versions
from warpsmith.errors import PrerequisiteError
from warpsmith.run.engines.base import Setup, count_death
from warpsmith.run.engines.cluster import Cluster
from warpsmith.run.engines.remote import Answer, Order
from warpsmith.run.engines.sending import sent_function
from warpsmith.run.engines.telling import RayCounters

T = TypeVar("T")
R = TypeVar("R")

TICK_SECONDS = 0.1
CANCEL_SECONDS = 5.0
MAX_NODE_DEATHS = 10
"""A node may go for reasons of its own: a task that was on it has not killed it."""

_FATES = {
    NodeDiedError: "the end of its node",
    ObjectLostError: "the end of the node that kept its result",
    OutOfMemoryError: "want of memory",
    WorkerCrashedError: "a crash",
}


class RayEngine(Generic[T, R]):
    """Does tasks on a Ray cluster, at most `workers` at a time where that is not 0.

    `address` is that of `Cluster`. The counters hear how far the workers are. Raises what `Cluster` raises when it is
    entered or first run, and PrerequisiteError where a node has other versions of warpsmith and of what decides about
    bytes.
    """

    def __init__(
        self,
        work: Callable[[T], R],
        workers: int,
        setup: Setup,
        address: str | None = None,
        counters: RayCounters | None = None,
    ) -> None:
        self._order = pickle.dumps(Order(uuid.uuid4().hex, work, setup))
        self._address, self._workers = address, workers
        self._counters = counters or RayCounters()
        self._cluster: Cluster | None = None
        self._send: Any = None

    def run(self, tasks: Iterable[T], on_tick: Callable[[], None] = lambda: None) -> Iterator[tuple[T, R]]:
        """Yield every task with its result as they come, calling `on_tick` ten times a second or more."""
        cluster = self._started()
        flight = _Flight(tasks, self._sent)
        try:
            while flight.fill(cluster.room()):
                for task, answer in flight.landed():
                    self._counters.add(answer.news)
                    if answer.error is not None:
                        raise answer.error
                    yield task, answer.result
                self._counters.poll()
                on_tick()
        finally:
            flight.cancel()
        self._counters.settle()

    def close(self) -> None:
        """Leave the cluster, or end it where it was started here."""
        if self._cluster:
            self._counters.close()
            self._cluster.close()
            self._cluster = None

    def __enter__(self) -> Self:
        self._started()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _started(self) -> Cluster:
        if self._cluster is None:
            self._cluster = Cluster(self._address, self._workers)
            self._counters.open()
            self._send = ray.remote(num_cpus=1, max_retries=0)(sent_function())
        return self._cluster

    def _sent(self, task: T) -> Any:
        return self._send.remote(versions(), self._order, pickle.dumps(task), self._counters.inbox)


class _Flight(Generic[T]):
    """The tasks of one run that are under way, and those that are still to come."""

    def __init__(self, tasks: Iterable[T], send: Callable[[T], Any]) -> None:
        self._tasks, self._send = enumerate(tasks), send
        self._again: deque[tuple[int, T]] = deque()
        self._flying: dict[Any, tuple[int, T]] = {}
        self._deaths: Counter[int] = Counter()
        self._node_deaths: Counter[int] = Counter()

    def fill(self, room: int) -> bool:
        """Send tasks while there is room, and tell whether any is under way."""
        while len(self._flying) < room and (numbered := self._next()):
            self._flying[self._send(numbered[1])] = numbered
        return bool(self._flying)

    def landed(self) -> Iterator[tuple[T, Answer]]:
        """Yield the tasks that are done, waiting for one no longer than a tick; those that died will be sent again."""
        for reference in ray.wait(list(self._flying), timeout=TICK_SECONDS)[0]:
            numbered = self._flying.pop(reference)
            try:
                answer, trouble = ray.get(reference)
            except RayTaskError:
                raise
            except RayError as error:
                self._count_death(numbered[0], error)
                self._again.append(numbered)
                continue
            if trouble:
                raise PrerequisiteError(trouble)
            yield numbered[1], pickle.loads(answer)

    def cancel(self) -> None:
        """End the tasks that are under way, with their workers."""
        for reference in self._flying:
            ray.cancel(reference, force=True)
        if self._flying:
            ray.wait(list(self._flying), num_returns=len(self._flying), timeout=CANCEL_SECONDS)

    def _next(self) -> tuple[int, T] | None:
        return self._again.popleft() if self._again else next(self._tasks, None)

    def _count_death(self, number: int, error: RayError) -> None:
        fate = next((words for kind, words in _FATES.items() if isinstance(error, kind)), type(error).__name__)
        if isinstance(error, NodeDiedError | ObjectLostError):
            count_death(self._node_deaths, number, lambda: fate, MAX_NODE_DEATHS)
        else:
            count_death(self._deaths, number, lambda: fate)
