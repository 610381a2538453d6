"""Horizontal bars, the first on top: what most figures are made of."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from warpsmith.plots.palette import Palette
from warpsmith.plots.sheet import SMALL, put_legend, sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Sheet

ROW = 0.165
"""Inches that a bar takes in a list."""
AROUND = 0.5
"""Inches that a sheet takes besides its bars: the scale, and what the colours mean."""

LONGEST = 30
"""Letters of a name."""

T = TypeVar("T")
_THICK = 0.72
_TWO_COLUMNS = 28
_NARROWEST = 0.25
_MARKS = 4


@dataclass(frozen=True, slots=True)
class Stack:
    """One series of stacked bars: what it is called, its colour, and its value in every row."""

    label: str
    colour: str
    values: Sequence[float]


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """A part of a list: where it is drawn, its rows, and for how many rows it has room.

    `most` is how far its scale goes, `marks` how many numbers may stand there.
    """

    axes: "Axes"
    rows: Sequence[T]
    room: int
    most: float
    marks: int


def shown(name: str) -> str:
    """Return a name as it stands in a figure: on one line, of what can be printed, and not too long."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def draw_bars(axes: "Axes", names: Sequence[str], stacks: Iterable[Stack], palette: Palette) -> list[float]:
    """Draw bars for the rows of a list, stacked from the left; return where each of them ends."""
    ends = [0.0] * len(names)
    for stack in stacks:
        rows = [row for row, value in enumerate(stack.values) if value]
        if not rows:
            continue
        values, lefts = [stack.values[row] for row in rows], [ends[row] for row in rows]
        axes.barh(
            rows,
            values,
            left=lefts,
            height=_THICK,
            color=stack.colour,
            edgecolor=palette.paper,
            linewidth=0.25,
            clip_on=False,
        )
        for row, value in zip(rows, values, strict=True):
            ends[row] += value
    name_rows(axes, names)
    return ends


def stack_legend(of: "Sheet", stacks: Iterable[Stack]) -> None:
    """Put above a sheet what the colours of those stacks mean that are seen in it."""
    from matplotlib.patches import Patch

    seen = [stack for stack in stacks if any(stack.values)]
    put_legend(of, [Patch(facecolor=stack.colour) for stack in seen], [stack.label for stack in seen])


def name_rows(axes: "Axes", names: Sequence[str]) -> None:
    """Name the rows of some axes from top to bottom."""
    axes.set_yticks(range(len(names)), labels=[shown(name) for name in names])
    give_room(axes, len(names))


def give_room(axes: "Axes", rows: int) -> None:
    """Give some axes room for so many rows, the first on top."""
    axes.set_ylim(rows - 0.4, -0.6)


def note(axes: "Axes", ends: Iterable[float], notes: Iterable[str], palette: Palette) -> None:
    """Write something behind the end of every row."""
    for row, (end, text) in enumerate(zip(ends, notes, strict=True)):
        axes.annotate(
            text,
            (end, row),
            xytext=(3, 0),
            textcoords="offset points",
            verticalalignment="center",
            fontsize=SMALL,
            color=palette.faint,
            annotation_clip=False,
        )


def count_scale(axes: "Axes", most: float, label: str = "kernels", marks: int = _MARKS) -> None:
    """Give some axes a scale of whole numbers from 0 on."""
    from matplotlib.ticker import MaxNLocator, StrMethodFormatter

    axes.set_xlim(0, max(most, 1))
    axes.xaxis.set_major_locator(MaxNLocator(nbins=marks, integer=True))
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    axes.set_xlabel(label)


def share_scale(axes: "Axes", label: str, most: float = 1.0, marks: int = _MARKS) -> None:
    """Give some axes a scale of percents from 0 on."""
    from matplotlib.ticker import MaxNLocator, PercentFormatter

    axes.set_xlim(0, most)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=marks))
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0 if most > 0.1 else 1))
    axes.set_xlabel(label)


def ranked(counts: Mapping[str, int], most: int) -> list[tuple[str, int]]:
    """Return the largest counts, the largest first, equals by name."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:most]


def in_columns(rows: Sequence[T], size: Callable[[T], float], around: float) -> "tuple[Sheet, list[Column[T]]]":
    """Return a sheet with a list, the largest first, in one column, or in two where it is long, and its columns.

    Two columns have one scale: where the second has small values only, it is narrower. `around` is what the sheet is
    higher than its rows.
    """
    half = len(rows) if len(rows) <= _TWO_COLUMNS else (len(rows) + 1) // 2
    parts = [part for part in (rows[:half], rows[half:]) if part]
    most = max(map(size, rows))
    shares = [max(_NARROWEST, max(map(size, part)) / most) for part in parts]
    made, every = sheet(around + ROW * half, len(parts), widths=shares)
    columns = (
        Column(axes, part, half, most * share, round(_MARKS * share))
        for axes, part, share in zip(every, parts, shares, strict=True)
    )
    return made, list(columns)


def share_list(counts: Mapping[str, int], most: int, kernels: int, palette: Palette) -> "Sheet | None":
    """Draw how many of the kernels have each of the most frequent things, as shares."""
    rows = ranked(counts, most)
    if not rows:
        return None
    whole = max(kernels, 1)
    made, columns = in_columns(rows, lambda row: row[1] / whole, AROUND)
    for column in columns:
        shares = [count / whole for _, count in column.rows]
        ends = draw_bars(
            column.axes, [name for name, _ in column.rows], [Stack("", palette.series[0], shares)], palette
        )
        give_room(column.axes, column.room)
        note(column.axes, ends, [f"{share:.1%}" for share in shares], palette)
        share_scale(column.axes, "share of kernels" if column.marks > 1 else "", column.most, column.marks)
    return made
