"""What was proved of the kernels."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from warpsmith.plots.bars import AROUND, ROW, Stack, draw_bars, note, share_scale, stack_legend
from warpsmith.plots.figure import Subject
from warpsmith.plots.palette import Palette
from warpsmith.plots.sheet import sheet

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Sheet

NAMES = {
    "self_contained": "its text alone defines it",
    "compiles_cpu": "compiles for the CPU",
    "compiles_cuda": "compiles for CUDA",
    "runs": "runs",
    "finite": "results are finite",
    "gradient": "gradient",
}
"""The columns of verdicts, as the figure calls them, in the order in which they are proved."""

_PASSED, _NEITHER, _FAILED = ("true", "match"), ("nondifferentiable",), ("false", "mismatch")


def draw_verdicts(subject: Subject, palette: Palette) -> "Sheet | None":
    """Draw for every verdict how many kernels passed, failed and were not checked."""
    found, kernels = subject.statistics.verdicts, subject.statistics.kernels
    # where nothing but the cutting out was proved, the other verdicts are not even asked for
    verified = any(found.get(name) for name in NAMES if name != "self_contained")
    rows = {name: found.get(name, {}) for name in NAMES if found.get(name) or (verified and name != "self_contained")}
    if not rows:
        return None
    made, (axes,) = sheet(AROUND + 0.2 + 1.5 * ROW * len(rows))
    kinds = (
        ("passed, or matches", palette.series[0], _PASSED),
        ("nondifferentiable", palette.series[2], _NEITHER),
        ("failed, or differs", palette.series[1], _FAILED),
    )
    stacks = [
        Stack(label, colour, [sum(counts.get(value, 0) for value in values) / kernels for counts in rows.values()])
        for label, colour, values in kinds
    ]
    unchecked = [max(kernels - sum(counts.values()), 0) / kernels for counts in rows.values()]
    stacks.append(Stack("not checked", palette.rest, unchecked))
    ends = draw_bars(axes, [NAMES[name] for name in rows], stacks, palette)
    note(axes, ends, [_counted(counts) for counts in rows.values()], palette)
    share_scale(axes, f"share of {kernels:,} kernels")
    stack_legend(made, stacks)
    return made


def _counted(counts: Mapping[str, int]) -> str:
    """Return how many of those that were checked passed; of gradients how many match and how many differ."""
    checked = sum(counts.values())
    if not checked:
        return "not checked"
    if "true" in counts or "false" in counts:
        return f"{counts.get('true', 0):,} of {checked:,}"
    return f"{counts.get('match', 0):,} match, {counts.get('mismatch', 0):,} differ"
