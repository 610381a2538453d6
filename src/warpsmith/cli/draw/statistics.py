"""The numbers of a data set as tables."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from warpsmith.cli.draw.tables import category_table, facts, listed, plain_console, plain_table, verdicts
from warpsmith.dataset.against import Against
from warpsmith.dataset.coverage import Coverage
from warpsmith.dataset.manifest import Manifest
from warpsmith.dataset.statistics import TEXTS, SetStatistics, Statistics, quantile

_MOST = 24
_WIDEST_NAME = 32


def print_statistics(folder: Path, manifest: Manifest, whole: SetStatistics, comparisons: Sequence[Against]) -> None:
    """Print everything that is counted over a set, and what it was compared with."""
    console = plain_console()
    statistics, covered = whole.statistics, whole.coverage
    console.print(
        facts(
            {
                "folder": str(folder),
                "kernels": f"{statistics.kernels:,}",
                "distinct shapes": _of(whole.distinct_shapes, statistics.kernels),
                "builtins called": _of(covered.builtins, covered.of_builtins),
                "overloads called": _of(covered.overloads, covered.of_overloads),
                "runs of two statements": f"{len(statistics.bigrams):,}",
                **verdicts(statistics),
                "rejected": f"{manifest.rejected:,}",
                "made with": f"Warp {manifest.versions['warp']}, warpsmith {manifest.versions['warpsmith']}",
            }
        )
    )
    if comparisons:
        console.print(_against(statistics, comparisons))
    console.print(category_table(statistics))
    console.print(_texts(statistics))
    console.print(_comparison(statistics))
    console.print(_counts("builtin", statistics.builtins, statistics.kernels))
    _print_missing(console, covered)
    console.print(_counts("feature", statistics.features, statistics.kernels))
    console.print(_bigrams(statistics))


def _of(count: int, total: int) -> str:
    return f"{count:,} of {total:,} ({count / max(total, 1):.1%})"


def _against(statistics: Statistics, comparisons: Sequence[Against]) -> Table:
    """Return the divergences of a set from other kernels, in bits: 0 the same, 1 nothing in common."""
    width = min(max(len(other.target) for other in comparisons), _WIDEST_NAME)
    headers = ("kernels", "lines, median", "lines, p90", "syntax apart", "calls apart")
    table = plain_table("compared with", *headers, width=width)
    for other in comparisons:
        name = other.target + (f" ({other.passed_over} not read)" if other.passed_over else "")
        lengths = (other.kernels, other.lines_median, other.lines_p90)
        apart = (other.syntax_divergence, other.call_divergence)
        shown = ("-" if divergence is None else f"{divergence:.3f}" for divergence in apart)
        table.add_row(name, *(f"{length:,}" for length in lengths), *shown)
    table.add_section()
    lengths = (statistics.kernels, *_quantiles(statistics.kernel_lines))
    table.add_row("this set", *(f"{length:,}" for length in lengths), "", "")
    return table


def _quantiles(histogram: dict[int, int]) -> tuple[int, int]:
    return quantile(histogram, 0.5), quantile(histogram, 0.9)


def _texts(statistics: Statistics) -> Table:
    """Return the lengths of all texts; the expansion is characters for each character of Python."""
    table = plain_table("text", "kernels", "lines, median", "lines, p90", "characters", "expansion")
    lengths = _quantiles(statistics.kernel_lines)
    table.add_row("the kernel alone", f"{statistics.kernels:,}", *(f"{length:,}" for length in lengths), "", "")
    for name in TEXTS:
        kernels = sum(statistics.lines[name].values())
        if kernels:
            table.add_row(
                name,
                f"{kernels:,}",
                *(f"{length:,}" for length in _quantiles(statistics.lines[name])),
                f"{statistics.characters[name] / kernels:,.0f}",
                f"{statistics.expansion(name) or 0:.1f}",
            )
    return table


def _comparison(statistics: Statistics) -> Table:
    """Return how much of the generated code is the same for both targets, by distinct lines of a kernel."""
    table = plain_table("CPU beside CUDA", "kernels compared", "lines in both", "CPU only", "CUDA only", "the same")
    for part, compared in statistics.comparison.items():
        total = compared.both + compared.cpu_only + compared.cuda_only
        same = f"{compared.both / total:.1%}" if total else "not both made"
        counts = (compared.kernels, compared.both, compared.cpu_only, compared.cuda_only)
        table.add_row(part, *(f"{count:,}" for count in counts), same)
    return table


def _print_missing(console: Console, covered: Coverage) -> None:
    """Print the builtins that no kernel calls, and how many overloads are missing of those that some kernel calls."""
    names = set(covered.missing_builtins)
    overloads = Counter(overload.partition("(")[0] for overload in covered.missing_overloads)
    partly = [f"{name} ({count:,})" for name, count in sorted(overloads.items()) if name not in names]
    for title, missing in (
        ("builtins that no kernel calls", covered.missing_builtins),
        ("overloads that no kernel calls, of the other builtins", partly),
    ):
        if missing:
            console.print(f"  {title}:", highlight=False)
            console.print(Padding(", ".join(missing), (0, 2, 1, 4)), highlight=False)


def _counts(what: str, counts: dict[str, int], kernels: int) -> Table:
    rest = len(counts) - _MOST
    table = plain_table(what, "kernels", "share")
    for name, number in listed(counts, _MOST):
        table.add_row(name, f"{number:,}", f"{number / max(kernels, 1):.1%}")
    if rest > 0:
        table.add_row(f"and {rest} more", "", "")
    return table


def _bigrams(statistics: Statistics) -> Table:
    """Return the most frequent pairs of a statement and the next, with how deep the next one is nested."""
    rest = len(statistics.bigrams) - _MOST
    table = plain_table("nesting, statement > the next", "times")
    for name, number in listed(statistics.bigrams, _MOST):
        table.add_row(name, f"{number:,}")
    if rest > 0:
        table.add_row(f"and {rest} more", "")
    return table
