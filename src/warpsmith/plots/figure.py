"""What a figure is: a name, a title, what it shows, and the function that draws it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warpsmith.dataset.against import Against
from warpsmith.dataset.manifest import Manifest
from warpsmith.dataset.statistics import SetStatistics, Statistics
from warpsmith.plots.palette import Palette

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Sheet


@dataclass(frozen=True, slots=True)
class Subject:
    """The set that is drawn: its manifest, what is counted of it, and what it was compared with. No rows are read."""

    manifest: Manifest
    whole: SetStatistics
    comparisons: Sequence[Against] = ()

    @property
    def statistics(self) -> Statistics:
        """The sums over its records."""
        return self.whole.statistics


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a set.

    `name` is that of its file, `title` what stands above it, and `shows` is one sentence: its caption, and what a
    screen reader says. `draw` draws it in the colours of a palette, and returns None where a set has nothing to show.
    """

    name: str
    title: str
    shows: str
    draw: "Callable[[Subject, Palette], Sheet | None]"
