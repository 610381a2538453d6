"""Worker processes: spawned, replaced when they die, gone when their parent is gone.

The standard library's pools give up when a worker dies, and their workers outlive a parent that was killed. This one
hands out one task at a time over a pipe, so it knows what every worker is doing.
"""

import ctypes
import os
import signal
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import connection, get_context
from multiprocessing.context import SpawnProcess
from typing import Any, Generic, Self, TypeVar

from warpsmith.run.engines.base import Setup, count_death, outcome

T = TypeVar("T")
R = TypeVar("R")

TICK_SECONDS = 0.1
_PR_SET_PDEATHSIG = 1


class LocalEngine(Generic[T, R]):
    """Does tasks in `workers` processes of this machine, or in the calling process where there are none."""

    def __init__(self, work: Callable[[T], R], workers: int, setup: Setup) -> None:
        self._work, self._setup = work, setup
        self._workers: list[_Worker] = []
        self._size = workers

    def run(self, tasks: Iterable[T], on_tick: Callable[[], None] = lambda: None) -> Iterator[tuple[T, R]]:
        """Yield every task with its result as they come, calling `on_tick` ten times a second or more."""
        if not self._size:
            yield from self._run_here(tasks, on_tick)
            return
        waiting = deque(enumerate(tasks))
        deaths: Counter[int] = Counter()
        while waiting or any(worker.task is not None for worker in self._workers):
            self._hand_out(waiting)
            for worker in self._ready():
                numbered = worker.task
                result = worker.receive()
                if isinstance(result, _Died):
                    self._workers.remove(worker)
                    if numbered:
                        count_death(deaths, numbered[0], worker.fate)
                        waiting.appendleft(numbered)
                elif numbered:
                    yield numbered[1], result
            on_tick()

    def close(self) -> None:
        """End all workers at once."""
        for worker in self._workers:
            worker.kill()
        self._workers.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run_here(self, tasks: Iterable[T], on_tick: Callable[[], None]) -> Iterator[tuple[T, R]]:
        self._setup.function(*self._setup.arguments)
        for task in tasks:
            yield task, self._work(task)
            on_tick()

    def _hand_out(self, waiting: deque[tuple[int, T]]) -> None:
        while waiting:
            idle = next((worker for worker in self._workers if worker.task is None), None)
            if idle is None:
                if len(self._workers) == self._size:
                    return
                idle = _Worker(self._work, self._setup)
                self._workers.append(idle)
            idle.give(waiting.popleft())

    def _ready(self) -> "list[_Worker]":
        by_connection: dict[Any, _Worker] = {worker.connection: worker for worker in self._workers}
        return [by_connection[ready] for ready in connection.wait(list(by_connection), TICK_SECONDS)]


class _Died:
    """What comes from a worker that is no more."""


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, work: Callable[[Any], Any], setup: Setup) -> None:
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        arguments = (theirs, work, setup, os.getpid())
        self.process: SpawnProcess = context.Process(target=_serve, args=arguments, daemon=True)
        self.task: tuple[int, Any] | None = None
        with _interrupts_held():
            self.process.start()
        theirs.close()

    def give(self, numbered: tuple[int, Any]) -> None:
        """Hand over a task; a worker that is dead already shows when its answer is received."""
        self.task = numbered
        with suppress(BrokenPipeError):
            self.connection.send(numbered[1])

    def receive(self) -> Any:
        """Return the result of the task or `_Died`, or raise what the task raised."""
        try:
            result, error = self.connection.recv()
        except (EOFError, OSError):
            return _Died()
        self.task = None
        if error is not None:
            raise error
        return result

    def fate(self) -> str:
        """Say how the process ended."""
        self.process.join(1)
        code = self.process.exitcode
        return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"

    def kill(self) -> None:
        """End the process and forget it."""
        self.process.kill()
        self.process.join()
        self.connection.close()


def _serve(tasks: Any, work: Callable[[Any], Any], setup: Setup, parent: int) -> None:
    """Do tasks until the pipe closes: the life of a worker."""
    _die_with(parent)
    try:
        setup.function(*setup.arguments)
        failure = None
    except Exception as error:  # noqa: BLE001 - the parent raises it
        failure = error
    while True:
        try:
            task = tasks.recv()
        except EOFError:
            return
        tasks.send((None, failure) if failure else outcome(work, task))


def _die_with(parent: int) -> None:
    """Ask the kernel to kill this process when its parent is gone, by whatever death."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Start processes that never see Ctrl-C, which a terminal sends to the whole group; the parent ends them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
