"""How many kernels, shapes and clusters of near-duplicates there are, and how large the splits are."""

from typing import TYPE_CHECKING

from warpsmith.plots.bars import AROUND, ROW, Stack, count_scale, draw_bars, note
from warpsmith.plots.figure import Subject
from warpsmith.plots.palette import Palette
from warpsmith.plots.sheet import sheet

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Sheet


def draw_splits(subject: Subject, palette: Palette) -> "Sheet | None":
    """Draw the kernels of a set, its shapes and clusters, and the kernels of each split."""
    manifest, kernels = subject.manifest, subject.manifest.rows
    if not kernels:
        return None
    whole = {
        "kernels": kernels,
        "distinct shapes": subject.whole.distinct_shapes,
        "clusters": manifest.clusters,
    }
    names = [*whole, *(f"split {name}" for name in manifest.splits)]
    numbers = [*whole.values(), *manifest.splits.values()]
    made, (axes,) = sheet(AROUND + 1.4 * ROW * len(names))
    stacks = [
        Stack("", palette.series[2], [*whole.values(), *(0 for _ in manifest.splits)]),
        Stack("", palette.series[0], [*(0 for _ in whole), *manifest.splits.values()]),
    ]
    ends = draw_bars(axes, names, stacks, palette)
    note(axes, ends, [f"{number:,} ({number / kernels:.1%})" for number in numbers], palette)
    count_scale(axes, max(numbers))
    return made
