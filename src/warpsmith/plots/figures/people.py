"""A set beside kernels that people wrote: those of the shipped profile, and those that it was compared with."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from warpsmith.dataset.statistics import Statistics, quantile
from warpsmith.manner.distribution import SCALE, Distribution, divergence
from warpsmith.manner.kinds import is_constructor, is_scalar
from warpsmith.manner.profile import Profile
from warpsmith.plots.bars import AROUND, LONGEST, ROW, name_rows, share_scale
from warpsmith.plots.figure import Subject
from warpsmith.plots.palette import Palette
from warpsmith.plots.sheet import put_legend, sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Sheet
    from matplotlib.lines import Line2D

MOST_CALLS = 16
"""Builtins that are drawn: those that people call most."""

_HIGH = 3.2
_Pair = tuple[float | None, float | None]


def draw_people(subject: Subject, palette: Palette) -> "Sheet | None":
    """Draw lengths of kernels and shares of calls beside those of the profile that was learned from people's code."""
    from warpsmith.synth.profiles import REALISTIC, shipped

    statistics, profile = subject.statistics, shipped(REALISTIC)
    if not statistics.kernel_lines:
        return None
    ours, theirs = comparable_calls(statistics), learned_calls(profile)
    apart = divergence(ours, theirs)
    made, (left, *right) = sheet(_HIGH, 1 if apart is None else 2)
    people = {int(lines): share for lines, share in profile.lines.items()}
    known = f"people ({', '.join(source.name for source in profile.sources)})"
    _draw_lengths(left, statistics.kernel_lines).set(label="this set", color=palette.series[0])
    _draw_lengths(left, people).set(label=known, color=palette.series[1], linestyle="--")
    if apart is not None:
        _draw_calls(right[0], ours, theirs, palette)
        right[0].set_xlabel(f"share of calls; {apart:.3f} bits apart")
    put_legend(made, *left.get_legend_handles_labels())
    return made


def comparable_calls(statistics: Statistics) -> Distribution:
    """Return the calls of a set that a profile counts as calls too: no constructors, conversions, atomics, `tid`."""
    calls = statistics.builtin_calls
    return Distribution(calls.kernels, {name: share for name, share in calls.shares.items() if _is_plain(name)})


def learned_calls(profile: Profile) -> Distribution:
    """Return the calls of the kernels that a profile was learned from, as shares."""
    calls = {name: round(weight * SCALE) for name, weight in profile.calls.items() if _is_plain(name)}
    return Distribution(profile.kernels, calls)


def _is_plain(name: str) -> bool:
    """Tell whether calls of a name are in both: profiles have atomics among the statements, and `tid` nowhere."""
    return not (name == "tid" or name.startswith("atomic_") or is_scalar(name) or is_constructor(name))


def _draw_lengths(axes: "Axes", histogram: Mapping[int, float]) -> "Line2D":
    """Draw the share of kernels that have at most so many lines."""
    from matplotlib.ticker import LogLocator, NullLocator, PercentFormatter, StrMethodFormatter

    total, so_far, shares = sum(histogram.values()), 0.0, []
    lines = sorted(histogram)
    for length in lines:
        so_far += histogram[length]
        shares.append(so_far / total)
    (line,) = axes.step([1, *lines, 1000], [0.0, *shares, 1.0], where="post", linewidth=1.4)
    axes.set_xscale("log")
    axes.set_xlim(1, 300)
    axes.set_ylim(0, 1.01)
    axes.grid(axis="y")
    axes.xaxis.set_major_locator(LogLocator(base=10, subs=(1.0, 3.0)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_xlabel("lines of a kernel, at most")
    axes.set_ylabel("share of kernels")
    return line


def _draw_calls(axes: "Axes", ours: Distribution, theirs: Distribution, palette: Palette) -> None:
    ours_of, theirs_of = ours.probabilities(), theirs.probabilities()
    names = sorted(theirs_of, key=lambda name: (-theirs_of[name], name))[:MOST_CALLS]
    pairs = [(ours_of.get(name, 0.0), theirs_of[name]) for name in names]
    _join(axes, pairs, palette)
    _draw_pairs(axes, pairs, (palette.series[0], palette.series[1]))
    name_rows(axes, names)
    share_scale(axes, "", 1.06 * max(share for pair in pairs for share in pair))


def _draw_pairs(
    axes: "Axes", pairs: Sequence[_Pair], colours: tuple[str, str], labels: tuple[str, str] = ("", "")
) -> None:
    """Draw two values in every row; one that is None is left out."""
    for place, (colour, marker) in enumerate(zip(colours, ("o", "D"), strict=True)):
        at = [(value, row) for row, pair in enumerate(pairs) if (value := pair[place]) is not None]
        values, rows = [value for value, _ in at], [row for _, row in at]
        axes.plot(values, rows, marker, color=colour, markersize=4.0, label=labels[place], clip_on=False)


def _join(axes: "Axes", pairs: Sequence[tuple[float, float]], palette: Palette) -> None:
    """Draw a line between the two values of every row."""
    starts, ends = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    axes.hlines(range(len(pairs)), starts, ends, color=palette.rest, linewidth=1.2, zorder=1)


def draw_against(subject: Subject, palette: Palette) -> "Sheet | None":
    """Draw how far a set is from the kernels that it was compared with, and how long these are."""
    others = subject.comparisons
    if not others:
        return None
    names = [*(_end_of(other.target) for other in others), "this set"]
    made, (left, right) = sheet(AROUND + 0.2 + 1.4 * ROW * len(names), 2, share_names=True)
    apart: list[_Pair] = [(other.syntax_divergence, other.call_divergence) for other in others]
    _draw_pairs(left, apart, (palette.series[0], palette.series[1]), ("syntax", "calls"))
    furthest = max((value for pair in apart for value in pair if value is not None), default=0.0)
    left.set_xlim(0, max(0.1, 1.1 * furthest))
    left.set_xlabel("bits apart, at most 1")
    lengths = [*((other.lines_median, other.lines_p90) for other in others), _lengths(subject.statistics)]
    _join(right, lengths, palette)
    _draw_pairs(right, lengths, (palette.rest, palette.rest))
    right.set_xlim(0, max(1.0, 1.1 * max(longest for _, longest in lengths)))
    right.set_xlabel("lines: median, nine of ten kernels")
    name_rows(left, names)
    put_legend(made, *left.get_legend_handles_labels())
    return made


def _end_of(target: str) -> str:
    """Return the end of a long path, which says more than its beginning."""
    return target if len(target) <= LONGEST else f"…{target[1 - LONGEST :]}"


def _lengths(statistics: Statistics) -> tuple[int, int]:
    return quantile(statistics.kernel_lines, 0.5), quantile(statistics.kernel_lines, 0.9)
