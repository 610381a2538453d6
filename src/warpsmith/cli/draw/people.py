"""What the commands for people's kernels end with."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from warpsmith.cli.draw.tables import facts, plain_console, splits
from warpsmith.dataset.manifest import Manifest
from warpsmith.dataset.rejected import read_rejections
from warpsmith.dataset.statistics import read_statistics
from warpsmith.discover.corpus import OpenPackage
from warpsmith.record import TARGETS
from warpsmith.run.extraction import Extraction

_MOST_REASONS = 12


def print_extraction(folder: Path, extraction: Extraction, seconds: float) -> None:
    """Print what was extracted, what was passed over, and where it is."""
    manifest = extraction.manifest
    passed = f", {len(extraction.failures):,} passed over" if extraction.failures else ""
    lines = {"modules": f"{extraction.modules:,}{passed}", **people_facts(folder, manifest)}
    lines["made now"] = f"{manifest.rows:,} in {seconds:.1f} s ({manifest.rows / max(seconds, 1e-9):.0f} a second)"
    plain_console().print(facts(lines | {"folder": str(folder)}))


def print_corpus(packages: Iterable[OpenPackage]) -> None:
    """Print which packages are known, under which licence, and which of them are installed."""
    table = Table("package", "licence", "installed", "what it is", box=box.SIMPLE)
    for package in packages:
        table.add_row(package.name, package.license, package.installed or "no", package.about)
    plain_console().print(table)


def print_capture(folder: Path, manifest: Manifest | None) -> None:
    """Print to the error stream what was captured."""
    console = Console(stderr=True, markup=False, emoji=False)
    if manifest is None:
        console.print("warpsmith: the program built no kernels, or ended before they could be written", soft_wrap=True)
        return
    console.print(facts({**people_facts(folder, manifest), "folder": str(folder)}))


def people_facts(folder: Path, manifest: Manifest) -> dict[str, str]:
    """Return in words what is known of a set of people's kernels."""
    statistics = read_statistics(folder)
    device = manifest.configuration["device"]
    reasons = Counter(f"{one.stage}: {one.reason}"[:100] for one in read_rejections(folder))
    more = len(reasons) - _MOST_REASONS
    listed = "\n".join([f"{number:,}  {reason}" for reason, number in reasons.most_common(_MOST_REASONS)])
    loose = statistics.statistics.verdicts.get("self_contained", {}).get("true", 0)
    return {
        "kernels": f"{manifest.rows:,}, {statistics.distinct_shapes:,} shapes",
        "splits": splits(manifest),
        "cut loose": f"{loose:,} ({loose / max(1, manifest.rows):.1%}), proved by executing the text",
        "code": ", ".join(TARGETS) if device == "both" else device,
        "rejected": f"{manifest.rejected:,}",
        **({"": listed + (f"\nand {more:,} other reasons" if more > 0 else "")} if reasons else {}),
    }
