"""How far the kernels of a set are from kernels that people wrote."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from warpsmith.dataset.statistics import SetStatistics, Statistics, encoded, quantile
from warpsmith.discover.sources import PassedOver, kernel_definitions, nothing_found
from warpsmith.manner.distribution import Distribution, divergence
from warpsmith.manner.measures import measure


@dataclass(frozen=True, slots=True)
class Written:
    """What the kernels of a target are made of, a histogram of their lines, and what could not be read."""

    syntax_edges: Distribution
    builtin_calls: Distribution
    kernel_lines: dict[int, int]
    passed_over: tuple[PassedOver, ...]


class Against(msgspec.Struct, frozen=True):
    """A set beside the kernels of a target: how many these are, their lines, and the two divergences in bits.

    A divergence is None where one side has nothing to compare: no kernel, or no call of a builtin in any of them.
    `passed_over` counts the files and kernels of the target that could not be read.
    """

    target: str
    kernels: int
    passed_over: int
    lines_median: int
    lines_p90: int
    syntax_divergence: float | None
    call_divergence: float | None


def written(target: str) -> Written:
    """Count over the kernels of a file, folder, module, package or distribution, which is read, not imported.

    Raises:
        UsageError: there is no such target, or it has no kernels.
    """
    edges, calls, lines = Distribution(), Distribution(), Counter[int]()
    passed_over: list[PassedOver] = []
    for found in kernel_definitions(target, passed_over):
        measures = measure(found.node, found.aliases)
        edges.add(measures.syntax_edges)
        calls.add(measures.builtin_calls)
        lines[measures.length] += 1
    if not lines:
        raise nothing_found("against:", target, passed_over)
    return Written(edges, calls, lines, tuple(passed_over))


def compare(statistics: Statistics, target: str) -> Against:
    """Compare the kernels of a set with those of a target; it raises as `written` does."""
    other = written(target)
    return Against(
        target,
        sum(other.kernel_lines.values()),
        len(other.passed_over),
        quantile(other.kernel_lines, 0.5),
        quantile(other.kernel_lines, 0.9),
        divergence(statistics.syntax_edges, other.syntax_edges),
        divergence(statistics.builtin_calls, other.builtin_calls),
    )


def encode(whole: SetStatistics, comparisons: Sequence[Against]) -> bytes:
    """Return the JSON of a set's statistics, with what it was compared with under ``against`` where it was."""
    if not comparisons:
        return whole.encode()
    return encoded({**msgspec.to_builtins(whole), "against": msgspec.to_builtins(comparisons)})
