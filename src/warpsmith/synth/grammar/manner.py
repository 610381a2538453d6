"""A profile, prepared for drawing: rows of options and weights by table and name."""

from collections.abc import Collection
from itertools import accumulate
from typing import NamedTuple

from warpsmith.manner.profile import Profile, Weights
from warpsmith.synth.choices import Choices


class Row(NamedTuple):
    """Options and how often each is to be drawn, as sums of the weights up to each."""

    options: tuple[str, ...]
    reached: tuple[float, ...]

    def draw(self, choices: Choices) -> str:
        """Return one of the options."""
        return choices.among(self.options, self.reached)

    def __bool__(self) -> bool:
        return bool(self.options)


EMPTY = Row((), ())


class Manner:
    """How to draw in the manner of a profile."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._rows: dict[tuple[str, str, Collection[str] | None], Row] = {}

    def row(self, table: str, name: str = "", known: frozenset[str] | None = None) -> Row:
        """Return a row of a table of the profile, cut down to what is known; empty where it says nothing."""
        key = (table, name, known)
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = _row(self._weights(table, name), known)
        return row

    def share(self, table: str, name: str, option: str, default: float = 0.0) -> float:
        """Return how often an option is drawn, out of one; the default where the profile has no such row."""
        weights = self._weights(table, name)
        return weights.get(option, 0.0) if weights else default

    def _weights(self, table: str, name: str) -> Weights:
        """Return a row of a table, or the table where it has no rows; empty where there is none."""
        content = getattr(self.profile, table)
        in_rows = any(isinstance(value, dict) for value in content.values())
        weights: Weights = content.get(name, {}) if in_rows else content
        return weights


def _row(weights: Weights, known: Collection[str] | None) -> Row:
    kept = {option: weight for option, weight in weights.items() if known is None or option in known}
    return Row(tuple(kept), tuple(accumulate(kept.values()))) if kept else EMPTY
