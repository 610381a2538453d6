"""How long the texts are, how much longer than their Python, and how much of them is the same for both targets."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from warpsmith.dataset.statistics import Statistics, quantile
from warpsmith.plots.bars import AROUND, ROW, Stack, count_scale, draw_bars, name_rows, note, share_scale, stack_legend
from warpsmith.plots.figure import Subject
from warpsmith.plots.palette import Palette
from warpsmith.plots.sheet import sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Sheet

NAMES = {
    "python_source": "Python, with what it needs",
    "cpp_forward": "C++ forward",
    "cpp_backward": "C++ backward",
    "cpp": "C++, all of it",
    "cuda_forward": "CUDA forward",
    "cuda_backward": "CUDA backward",
    "cuda": "CUDA, all of it",
}
"""The columns with text, as figures call them, in their order there."""

_HIGH = 1.35 * ROW
_PARTS = {"forward": "forward", "backward": "backward (adjoint)"}


def draw_lengths(subject: Subject, palette: Palette) -> "Sheet | None":
    """Draw quantiles of the lines of every text: the middle half as a bar, 5 to 95 % as a line, the median as a dot."""
    rows = _histograms(subject.statistics)
    if not rows:
        return None
    made, (axes,) = sheet(AROUND + _HIGH * len(rows))
    colour = palette.series[0]
    for row, histogram in enumerate(rows.values()):
        low, left, middle, right, high = (quantile(histogram, share) for share in (0.05, 0.25, 0.5, 0.75, 0.95))
        axes.hlines(row, low, high, color=colour, linewidth=1.2)
        axes.barh(row, right - left, left=left, height=0.5, color=colour)
        axes.plot(middle, row, "o", markersize=4.5, markerfacecolor=palette.paper, markeredgecolor=colour)
    ends = [quantile(histogram, 0.95) for histogram in rows.values()]
    note(axes, ends, [f"{quantile(histogram, 0.5):,}" for histogram in rows.values()], palette)
    name_rows(axes, list(rows))
    axes.set_xscale("log")
    _plain_powers(axes, max(ends))
    return made


def _histograms(statistics: Statistics) -> dict[str, Mapping[int, int]]:
    texts = {words: statistics.lines[name] for name, words in NAMES.items() if statistics.lines[name]}
    return {**({"the kernel alone": statistics.kernel_lines} if statistics.kernel_lines else {}), **texts}


def _plain_powers(axes: "Axes", most: float) -> None:
    from matplotlib.ticker import LogLocator, NullLocator, StrMethodFormatter

    axes.set_xlim(1, max(most, 10))
    axes.xaxis.set_major_locator(LogLocator(base=10))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    axes.set_xlabel("lines: from 5 to 95 %, the middle half thick, the median a dot and its number")


def draw_expansion(subject: Subject, palette: Palette) -> "Sheet | None":
    """Draw characters of generated code for each character of Python."""
    said = {name: subject.statistics.expansion(name) for name in NAMES if name != "python_source"}
    times = {NAMES[name]: expansion for name, expansion in said.items() if expansion}
    if not times:
        return None
    made, (axes,) = sheet(AROUND + _HIGH * len(times))
    ends = draw_bars(axes, list(times), [Stack("", palette.series[0], list(times.values()))], palette)
    note(axes, ends, [f"{end:.1f}" for end in ends], palette)
    count_scale(axes, max(ends), "characters for each character of Python")
    return made


def draw_targets(subject: Subject, palette: Palette) -> "Sheet | None":
    """Draw how many lines of generated code are the same for the CPU and for CUDA."""
    parts = {words: subject.statistics.comparison[part] for part, words in _PARTS.items()}
    compared = {words: one for words, one in parts.items() if one.both + one.cpu_only + one.cuda_only}
    if not compared:
        return None
    made, (axes,) = sheet(AROUND + 0.2 + 1.8 * ROW * len(compared))
    totals = {part: one.both + one.cpu_only + one.cuda_only for part, one in compared.items()}
    stacks = [
        Stack(label, colour, [getattr(one, field) / totals[part] for part, one in compared.items()])
        for label, colour, field in (
            ("in both", palette.series[0], "both"),
            ("for the CPU only", palette.series[2], "cpu_only"),
            ("for CUDA only", palette.series[1], "cuda_only"),
        )
    ]
    ends = draw_bars(axes, list(compared), stacks, palette)
    shares = (one.both / totals[part] for part, one in compared.items())
    note(axes, ends, [f"{share:.1%} in both" for share in shares], palette)
    share_scale(axes, f"distinct lines of {max(one.kernels for one in compared.values()):,} kernels")
    stack_legend(made, stacks)
    return made
