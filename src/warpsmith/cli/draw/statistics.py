"""The numbers of a data set as tables."""

from pathlib import Path

from rich.console import Console
from rich.table import Table

from warpsmith.cli.draw.tables import category_table, facts, listed, plain_table
from warpsmith.dataset.manifest import Manifest
from warpsmith.dataset.statistics import TEXTS, SetStatistics, Statistics

_MOST = 24


def print_statistics(folder: Path, manifest: Manifest, whole: SetStatistics) -> None:
    """Print everything that is counted over a set."""
    console = Console()
    statistics = whole.statistics
    share = whole.distinct_shapes / max(statistics.kernels, 1)
    console.print(
        facts(
            {
                "folder": str(folder),
                "kernels": f"{statistics.kernels:,}",
                "distinct shapes": f"{whole.distinct_shapes:,} ({share:.1%})",
                "builtins used": f"{len(statistics.builtins):,}",
                "rejected": f"{manifest.rejected:,}",
                "made with": f"Warp {manifest.versions['warp']}, warpsmith {manifest.versions['warpsmith']}",
            }
        )
    )
    console.print(category_table(statistics))
    console.print(_texts(statistics))
    console.print(_comparison(statistics))
    console.print(_counts("builtin", statistics.builtins, statistics.kernels))
    console.print(_counts("feature", statistics.features, statistics.kernels))


def _texts(statistics: Statistics) -> Table:
    """Return the lengths of all texts; the expansion is characters for each character of Python."""
    table = plain_table("text", "kernels", "lines, median", "lines, p90", "characters", "expansion")
    for name in TEXTS:
        kernels = sum(statistics.lines[name].values())
        if kernels:
            table.add_row(
                name,
                f"{kernels:,}",
                f"{statistics.quantile(name, 0.5):,}",
                f"{statistics.quantile(name, 0.9):,}",
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


def _counts(what: str, counts: dict[str, int], kernels: int) -> Table:
    rest = len(counts) - _MOST
    table = plain_table(what, "kernels", "share")
    for name, number in listed(counts, _MOST):
        table.add_row(name, f"{number:,}", f"{number / max(kernels, 1):.1%}")
    if rest > 0:
        table.add_row(f"and {rest} more", "", "")
    return table
