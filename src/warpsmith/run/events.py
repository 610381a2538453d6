"""What a job tells whoever watches it; the command line draws it."""

from collections.abc import Mapping
from typing import Protocol

from warpsmith.record import Stage


class Reporter(Protocol):
    """Hears how far a job is."""

    def begin(self, total: int, done: int) -> None:
        """Hear that work starts: how many records there will be, and how many there are already."""

    def advance(self, done: int) -> None:
        """Hear how many records there are now."""

    def spent(self, costs: Mapping[Stage, float]) -> None:
        """Hear how many seconds verification has taken by stage, those of all workers together."""

    def note(self, line: str) -> None:
        """Hear something worth a line."""

    def end(self) -> None:
        """Hear that nothing more will come."""


class Silent:
    """Hears everything and says nothing."""

    def begin(self, total: int, done: int) -> None:
        """Say nothing."""

    def advance(self, done: int) -> None:
        """Say nothing."""

    def spent(self, costs: Mapping[Stage, float]) -> None:
        """Say nothing."""

    def note(self, line: str) -> None:
        """Say nothing."""

    def end(self) -> None:
        """Say nothing."""
