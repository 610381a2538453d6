"""How much of Warp's language a set has: its builtins and overloads by group, and what is used most."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from warpsmith.dataset.coverage import by_group
from warpsmith.plots.bars import AROUND, ROW, Stack, draw_bars, note, share_list, share_scale, stack_legend
from warpsmith.plots.figure import Subject
from warpsmith.plots.palette import Palette
from warpsmith.plots.sheet import sheet

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Sheet

MOST_BUILTINS, MOST_FEATURES = 40, 48
"""What is listed; the rest is rarer than these."""


def draw_coverage(subject: Subject, palette: Palette) -> "Sheet | None":
    """Draw how many of Warp's builtins and of their concrete overloads the kernels call, by group."""
    groups = by_group(subject.whole.coverage)
    if not groups or not subject.statistics.kernels:
        return None
    made, (left, right) = sheet(AROUND + 0.2 + ROW * len(groups), 2, share_names=True)
    counts = (
        (left, "builtins", [(row.builtins, row.of_builtins) for row in groups.values()]),
        (right, "concrete overloads", [(row.overloads, row.of_overloads) for row in groups.values()]),
    )
    for axes, what, rows in counts:
        ends = draw_bars(axes, list(groups), _stacks(rows, palette), palette)
        note(axes, ends, [f"{called:,} of {of:,}" if of else "none" for called, of in rows], palette)
        share_scale(axes, what)
    stack_legend(made, _stacks([row for _, _, rows in counts for row in rows], palette))
    return made


def _stacks(rows: Sequence[tuple[int, int]], palette: Palette) -> list[Stack]:
    """Return the shares of what is called, and of what is not, of so many in each row."""
    called = [called / of if of else 0.0 for called, of in rows]
    missing = [(of - called) / of if of else 0.0 for called, of in rows]
    return [Stack("called by a kernel", palette.series[0], called), Stack("not called", palette.rest, missing)]


def draw_builtins(subject: Subject, palette: Palette) -> "Sheet | None":
    """Draw the builtins that most kernels call."""
    return share_list(subject.statistics.builtins, MOST_BUILTINS, subject.statistics.kernels, palette)


def draw_features(subject: Subject, palette: Palette) -> "Sheet | None":
    """Draw the statement forms and features that most kernels have."""
    return share_list(subject.statistics.features, MOST_FEATURES, subject.statistics.kernels, palette)
