"""Where the time goes: wraps functions and adds up the seconds in each, less those of others inside it."""

import time
from collections.abc import Callable
from typing import Any


class Stopwatch:
    """Seconds by label; a label's time stops while a wrapped function runs inside it."""

    def __init__(self, clock: Callable[[], float] = time.process_time) -> None:
        self._clock = clock
        self.seconds: dict[str, float] = {}
        self._running: list[str] = []
        self._since = 0.0

    def wrap(self, owner: Any, name: str, label: str) -> None:
        """Replace a function of a module or class by one that is timed."""
        original: Callable[..., Any] = getattr(owner, name)

        def timed(*args: Any, **kwargs: Any) -> Any:
            self._turn()
            self._running.append(label)
            try:
                return original(*args, **kwargs)
            finally:
                self._turn()
                self._running.pop()

        setattr(owner, name, timed)

    def _turn(self) -> None:
        now = self._clock()
        if self._running:
            label = self._running[-1]
            self.seconds[label] = self.seconds.get(label, 0.0) + now - self._since
        self._since = now
