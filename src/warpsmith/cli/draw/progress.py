"""How far a job is: a bar with rate and time left on a terminal, plain lines everywhere else."""

import sys
import time
from collections.abc import Mapping
from types import MappingProxyType

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from warpsmith.record import Stage


class PlainReporter:
    """A line for every tenth of the work."""

    made = 0
    costs: Mapping[Stage, float] = MappingProxyType({})

    def __init__(self, what: str = "kernels") -> None:
        self._what = what
        self._total = self._before = self._tenths = 0
        self._started = 0.0

    def begin(self, total: int, done: int) -> None:
        """Start the clock."""
        self._total, self._before, self._tenths = total, done, 10 * done // total
        self._started = time.perf_counter()

    def advance(self, done: int) -> None:
        """Write a line when another tenth is done."""
        self.made = done - self._before
        if 10 * done // self._total > self._tenths:
            self._tenths = 10 * done // self._total
            rate = self.made / max(time.perf_counter() - self._started, 1e-9)
            left = (self._total - done) / rate if rate else 0.0
            self.note(f"{done:,} of {self._total:,} {self._what}, {rate:.0f}/s, {left:.0f} s left")

    def spent(self, costs: Mapping[Stage, float]) -> None:
        """Keep it for the summary."""
        self.costs = costs

    def note(self, line: str) -> None:
        """Write a line."""
        click.echo(line, err=True)

    def end(self) -> None:
        """Write nothing more."""


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.0f}/s" if task.speed else "", style="progress.data.speed")


class BarReporter:
    """A bar that Rich draws on the error stream."""

    made = 0
    costs: Mapping[Stage, float] = MappingProxyType({})

    def __init__(self, console: Console, what: str = "kernels") -> None:
        columns = (TextColumn(what), BarColumn(None), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=console, expand=True)
        self._before = 0

    def begin(self, total: int, done: int) -> None:
        """Draw the bar."""
        self._before = done
        self._task = self._progress.add_task("kernels", total=total, completed=done)
        self._progress.start()

    def advance(self, done: int) -> None:
        """Move the bar."""
        self.made = done - self._before
        self._progress.update(self._task, completed=done)

    def spent(self, costs: Mapping[Stage, float]) -> None:
        """Keep it for the summary."""
        self.costs = costs

    def note(self, line: str) -> None:
        """Write a line above the bar."""
        self._progress.console.print(line, markup=False, highlight=False)

    def end(self) -> None:
        """Leave the bar as it is."""
        self._progress.stop()


def reporter_for_terminal(what: str = "kernels") -> PlainReporter | BarReporter:
    """Return a bar where the error stream is a terminal, plain lines elsewhere; `what` is counted."""
    console = Console(stderr=True)
    return BarReporter(console, what) if console.is_terminal and sys.stderr.isatty() else PlainReporter(what)
