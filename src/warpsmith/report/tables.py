"""The numbers of a set as tables of a page: what the figures draw, for who reads or hears them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from warpsmith.dataset.against import Against
from warpsmith.dataset.manifest import Manifest
from warpsmith.dataset.statistics import TEXTS, VERDICTS, SetStatistics, Statistics, quantile

_TEXT_NAMES = {
    "python_source": "Python",
    "cpp": "C++, whole",
    "cpp_forward": "C++, forward",
    "cpp_backward": "C++, adjoint",
    "cuda": "CUDA, whole",
    "cuda_forward": "CUDA, forward",
    "cuda_backward": "CUDA, adjoint",
}
_VERDICT_NAMES = {
    "self_contained": "text defines the kernel alone",
    "compiles_cpu": "C++ compiles",
    "compiles_cuda": "CUDA compiles",
    "runs": "runs on the CPU",
    "finite": "outputs are finite",
    "gradient": "gradient agrees with differences",
}
_PASSED, _FAILED, _NEITHER = ("true", "match"), ("false", "mismatch"), ("nondifferentiable",)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a page; the first column names what a row is about, the others are numbers."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(manifest: Manifest, whole: SetStatistics, comparisons: Sequence[Against]) -> list[Table]:
    """Return the tables of a set, without those that would be empty."""
    statistics = whole.statistics
    found = [
        _splits(manifest),
        _categories(statistics),
        _coverage(whole),
        _lengths(statistics),
        _verdicts(statistics),
        _against(comparisons),
    ]
    return [table for table in found if table.rows]


def _splits(manifest: Manifest) -> Table:
    rows = ((name, f"{count:,}", _percent(count, manifest.rows)) for name, count in manifest.splits.items())
    return Table("Splits", ("split", "kernels", "share"), tuple(rows))


def _categories(statistics: Statistics) -> Table:
    levels = list(statistics.levels)
    rows = (
        (category, f"{sum(row.values()):,}", *(_count(row, level) for level in levels))
        for category, row in sorted(statistics.table.items())
    )
    return Table("Categories and levels", ("category", "kernels", *(f"level {n}" for n in levels)), tuple(rows))


def _coverage(whole: SetStatistics) -> Table:
    found = whole.coverage
    counts = (("builtins", found.builtins, found.of_builtins), ("overloads", found.overloads, found.of_overloads))
    rows = ((what, f"{some:,}", f"{of:,}", _percent(some, of)) for what, some, of in counts)
    return Table("Coverage of Warp", ("of Warp's", "called", "there are", "share"), tuple(rows))


def _lengths(statistics: Statistics) -> Table:
    rows = tuple(
        (
            _TEXT_NAMES[name],
            *(f"{quantile(statistics.lines[name], share):,}" for share in (0.1, 0.5, 0.9)),
            f"{max(statistics.lines[name]):,}",
            f"{expansion:.1f}",
        )
        for name in TEXTS
        if statistics.lines[name] and (expansion := statistics.expansion(name))
    )
    return Table("Lengths", ("text", "10% within", "median", "90% within", "longest", "times the Python"), rows)


def _verdicts(statistics: Statistics) -> Table:
    rows = (
        (
            _VERDICT_NAMES[name],
            *(f"{_sum(counts, words):,}" for words in (_PASSED, _FAILED, _NEITHER)),
            f"{statistics.kernels - sum(counts.values()):,}",
        )
        for name in VERDICTS
        if (counts := statistics.verdicts.get(name))
    )
    return Table("Verdicts", ("what was checked", "yes", "no", "not differentiable", "not checked"), tuple(rows))


def _against(comparisons: Sequence[Against]) -> Table:
    rows = (
        (
            one.target,
            f"{one.kernels:,}",
            *(f"{lines:,}" for lines in (one.lines_median, one.lines_p90)),
            *("" if bits is None else f"{bits:.3f}" for bits in (one.syntax_divergence, one.call_divergence)),
        )
        for one in comparisons
    )
    columns = ("code of people", "kernels", "median lines", "90% within", "syntax, bits apart", "calls, bits apart")
    return Table("Divergence to real code", columns, tuple(rows))


def _sum(counts: Mapping[str, int], words: tuple[str, ...]) -> int:
    return sum(counts.get(word, 0) for word in words)


def _count(row: Mapping[int, int], level: int) -> str:
    return f"{row[level]:,}" if level in row else ""


def _percent(some: int, of: int) -> str:
    return f"{100 * some / of:.1f}%" if of else ""
