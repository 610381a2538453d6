"""How many kernels each category has, by level; and each level."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from warpsmith.plots.bars import AROUND, ROW, Stack, count_scale, draw_bars, give_room, in_columns, note, stack_legend
from warpsmith.plots.figure import Subject
from warpsmith.plots.palette import Palette
from warpsmith.plots.sheet import sheet

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Sheet

MOST = 80
"""Categories that are named; the smaller ones are added up."""

_Row = tuple[str, dict[int, int]]


def draw_categories(subject: Subject, palette: Palette) -> "Sheet | None":
    """Draw the number of kernels in each category, stacked by level, the largest first."""
    rows = _rows(subject)
    if not rows:
        return None
    made, columns = in_columns(rows, lambda row: sum(row[1].values()), AROUND + 0.2)
    for column in columns:
        stacks = _stacks(subject, column.rows, palette)
        ends = draw_bars(column.axes, [name for name, _ in column.rows], stacks, palette)
        give_room(column.axes, column.room)
        note(column.axes, ends, [f"{end:,.0f}" for end in ends], palette)
        count_scale(column.axes, column.most, "kernels" if column.marks > 1 else "", column.marks)
    stack_legend(made, _stacks(subject, rows, palette))
    return made


def _rows(subject: Subject) -> list[_Row]:
    table = subject.statistics.table
    names = sorted(table, key=lambda name: (-sum(table[name].values()), name))
    rows = [(name, table[name]) for name in names[:MOST]]
    if rest := names[MOST:]:
        rows.append((f"{len(rest):,} smaller ones", _added(table[name] for name in rest)))
    return rows


def _added(rows: Iterable[dict[int, int]]) -> dict[int, int]:
    added: dict[int, int] = {}
    for row in rows:
        for level, number in row.items():
            added[level] = added.get(level, 0) + number
    return added


def _stacks(subject: Subject, rows: Sequence[_Row], palette: Palette) -> list[Stack]:
    return [
        Stack(f"level {level}", palette.steps[(level - 1) % len(palette.steps)], [row.get(level, 0) for _, row in rows])
        for level in subject.statistics.levels
    ]


def draw_levels(subject: Subject, palette: Palette) -> "Sheet | None":
    """Draw the number of kernels of each level."""
    levels = subject.statistics.levels
    if not levels:
        return None
    made, (axes,) = sheet(AROUND + 1.4 * ROW * len(levels))
    numbers = list(levels.values())
    stacks = [
        Stack("", palette.steps[(level - 1) % len(palette.steps)], [number if row == level else 0 for row in levels])
        for level, number in levels.items()
    ]
    draw_bars(axes, [f"level {level}" for level in levels], stacks, palette)
    note(axes, numbers, [f"{number:,} ({number / sum(numbers):.1%})" for number in numbers], palette)
    count_scale(axes, max(numbers))
    return made
