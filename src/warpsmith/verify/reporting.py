"""What an examining process tells its parent: one event a line, what it begins and what it found."""

import json
import resource
import time
from typing import Any, TextIO

from warpsmith.record import Stage
from warpsmith.verify.stages import Finding

ALL = -1
"""The number in events that are about all kernels of the batch."""


CHECK_LAUNCHES = 10
"""A gradient check launches a kernel so many times as often as a run does."""


def allowance(stage: Stage, number: int, adjoint: bool, compile_seconds: int, kernel_seconds: int) -> int:
    """Return how many seconds of processor time a step may take."""
    if number == ALL:
        return compile_seconds
    return kernel_seconds * (CHECK_LAUNCHES if stage == "gradient" and not adjoint else 1)


class Reporter:
    """Tells what is done and found, and limits the processor time of this process for each thing that it does."""

    def __init__(self, events: TextIO, compile_seconds: int, kernel_seconds: int) -> None:
        self._events = events
        self._compile_seconds, self._kernel_seconds = compile_seconds, kernel_seconds
        self._started = time.perf_counter()

    def doing(self, stage: Stage, number: int = ALL, *, wide: bool = False, adjoint: bool = False) -> None:
        """Say what begins; the system ends this process with SIGXCPU when it takes too long."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = allowance(stage, number, adjoint, self._compile_seconds, self._kernel_seconds)
        spent = int(used.ru_utime + used.ru_stime)
        resource.setrlimit(resource.RLIMIT_CPU, (spent + limit + 1, resource.RLIM_INFINITY))
        if not adjoint:
            self._started = time.perf_counter()
        self.say("doing", stage, number, wide, adjoint)

    def found(self, number: int, finding: Finding, *, among: int = 0, shared: float = 0.0) -> None:
        """Say what was found about a kernel, and what it took since something was begun.

        `among`: that was for so many kernels together; `shared` seconds more were spent on it before.
        """
        spent = time.perf_counter() - self._started
        self.say("found", number, round(spent / (among or 1) + shared, 6), *finding[:-1])

    def say(self, *event: Any) -> None:
        """Send an event."""
        self._events.write(json.dumps(event) + "\n")
        self._events.flush()
