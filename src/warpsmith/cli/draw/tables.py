"""Tables that the commands end with."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from warpsmith.dataset.layout import STATISTICS
from warpsmith.dataset.manifest import Manifest
from warpsmith.dataset.statistics import Statistics, read_statistics
from warpsmith.dataset.store import Store
from warpsmith.record import TARGETS, Stage
from warpsmith.run.validation import Validation

_MOST_FINDINGS = 40


def plain_console() -> Console:
    """Return a console that prints texts as they are: a name like ``[/b]`` or ``:x:`` is a name."""
    return Console(markup=False, emoji=False)


def print_summary(store: Store, manifest: Manifest, made: int, seconds: float, costs: Mapping[Stage, float]) -> None:
    """Print what a job made, what proving it took, and where it is."""
    console = plain_console()
    statistics = read_statistics(store.fetch(STATISTICS).parent).statistics
    console.print(category_table(statistics))
    device = manifest.configuration["device"]
    console.print(
        facts(
            {
                "kernels": f"{manifest.rows:,}, no two of the same shape",
                "splits": splits(manifest),
                "code": ", ".join(TARGETS) if device == "both" else device,
                **verdicts(statistics),
                **cost(costs, made),
                "rejected": f"{manifest.rejected:,}",
                "duplicates replaced": f"{manifest.duplicates_replaced:,}",
                **({"avoided": f"{manifest.avoided:,}"} if manifest.avoided else {}),
                **({"near to what stays out": f"{manifest.barred:,}"} if manifest.barred else {}),
                "made now": f"{made:,} in {seconds:.1f} s" + (f" ({made / seconds:.0f} a second)" if made else ""),
                "files": f"{len(manifest.files):,}, {sum(entry.bytes for entry in manifest.files) / 1e6:.1f} MB",
                "folder": store.address,
            }
        )
    )


def splits(manifest: Manifest) -> str:
    """Return in words how many records each split has, and in how many clusters they are."""
    rows = ", ".join(f"{name} {number:,}" for name, number in manifest.splits.items())
    return f"{rows}; {manifest.clusters:,} clusters of near-duplicates"


def print_verification(folder: Path, manifest: Manifest, made: int, costs: Mapping[Stage, float]) -> None:
    """Print what a verification left of a set, and what it proved."""
    lines = {
        "kernels": f"{manifest.rows:,}",
        **verdicts(read_statistics(folder).statistics),
        **cost(costs, made),
        "rejected": f"{manifest.rejected:,}",
        "folder": str(folder),
    }
    plain_console().print(facts(lines))


def verdicts(statistics: Statistics) -> dict[str, str]:
    """Return in words what was proved of the kernels of a set, by stage; nothing where nothing was checked."""
    said = {}
    for name, words in _PROVED.items():
        if counts := statistics.verdicts.get(name):
            said[words] = ", ".join(f"{value} {number:,}" for value, number in sorted(counts.items()))
    return {words: said[words].replace("true", "yes").replace("false", "no") for words in said}


def cost(seconds: Mapping[Stage, float], kernels: int) -> dict[str, str]:
    """Return in words what each stage of verification took of one core for one kernel; nothing where none ran."""
    if not kernels or not seconds:
        return {}
    each = [f"{stage} {1000.0 * spent / kernels:.0f} ms" for stage, spent in seconds.items()]
    return {"a kernel took": ", ".join(each)}


_PROVED = {
    "compiles_cpu": "compile for the CPU",
    "compiles_cuda": "compile for CUDA",
    "runs": "run",
    "finite": "finite",
    "gradient": "gradient",
}


def print_findings(folder: Path, validation: Validation) -> None:
    """Print what a validation found, file by file, and how much it looked at."""
    console = plain_console()
    if validation.findings:
        table = Table("where", "check", "finding", box=box.SIMPLE)
        for finding in validation.findings[:_MOST_FINDINGS]:
            table.add_row(*finding)
        console.print(table)
    rest = len(validation.findings) - _MOST_FINDINGS
    console.print(
        facts(
            {
                "files": f"{len(validation.manifest.files):,}",
                "kernels": f"{validation.rows:,} executed, generated again and compared",
                "compiled": f"{validation.compiled:,}",
                "found": f"{len(validation.findings):,}" + (f", {rest:,} of them not shown" if rest > 0 else ""),
                "folder": str(folder),
            }
        )
    )


def category_table(statistics: Statistics) -> Table:
    """Return the number of kernels by category and level."""
    levels = list(statistics.levels)
    table = plain_table("category", *(f"level {level}" for level in levels), "all")
    for category, total in statistics.categories.items():
        row = statistics.table[category]
        table.add_row(category, *(f"{row.get(level, 0):,}" for level in levels), f"{total:,}")
    table.add_section()
    table.add_row("all", *(f"{number:,}" for number in statistics.levels.values()), f"{statistics.kernels:,}")
    return table


def plain_table(first: str, *others: str, width: int | None = None) -> Table:
    """Return an empty table whose first column has names, never cut off, and whose others have numbers.

    The names get a `width` at least, whatever the numbers need.
    """
    table = Table(box=box.SIMPLE)
    table.add_column(first, overflow="fold", min_width=width)
    for header in others:
        table.add_column(header, justify="right")
    return table


def facts(pairs: Mapping[str, str]) -> Table:
    """Return names and values, one pair a line."""
    table = Table.grid(padding=(0, 2))
    for name, value in pairs.items():
        table.add_row(f"  {name}", value)
    return table


def listed(counts: Mapping[str, int], most: int) -> Iterable[tuple[str, int]]:
    """Return the largest counts, the largest first, equals by name."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
