"""What a profile says, as tables."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich import box
from rich.table import Table

from warpsmith.cli.draw.tables import facts, plain_console, plain_table
from warpsmith.discover.learning import Reading
from warpsmith.manner.profile import LENGTH_CLASSES, Profile, Source, Weights

_MOST = 16
_MOST_IN_A_LINE = 9


def print_learned(output: Path, profile: Profile, readings: Sequence[Reading]) -> None:
    """Print what was read of each target, what was learned in a few words, and where it was written."""
    console = plain_console()
    table = plain_table("read", "version", "kernels", "functions", "passed over")
    for reading in readings:
        counts = (len(reading.kernels), len(reading.functions), len(reading.passed_over))
        table.add_row(reading.name, reading.version or "-", *(f"{count:,}" for count in counts))
    console.print(table)
    for reading in readings:
        for passed in reading.passed_over:
            console.print(f"  not read: {passed.path}: {passed.reason}", highlight=False)
        if reading.repeated:
            said = f"  {reading.name}: {reading.repeated:,} kernels stand in files that were read for an earlier target"
            console.print(said, highlight=False)
    builtins = _in_a_line(profile.calls)
    console.print(facts({**_lengths(profile), "builtins, of plain calls": builtins, "profile": str(output)}))


def print_profile(profile: Profile) -> None:
    """Print a readable summary of a profile."""
    console = plain_console()
    documented = profile.spellings.get("docstring", {}).get("present", 0.0)
    console.print(
        facts(
            {
                "profile": profile.name,
                "learned from": ", ".join(map(_source, profile.sources)),
                **_lengths(profile),
                "dimensions of grids": _in_a_line(profile.grids),
                "docstrings": f"{_percent(documented)} of the kernels",
                "names": f"{sum(map(len, profile.names.values())):,} for {len(profile.names)} roles",
            }
        )
    )
    console.print(_by_length(profile))
    console.print(_rows("statements of", profile.statements))
    console.print(_rows("types of", {row: weights for row, weights in profile.types.items() if row}))
    console.print(_rows("spellings of", profile.spellings))
    console.print(_top("builtin", "of plain calls", profile.calls))
    console.print(_top("kernels with", "of all kernels", profile.groups))


def _source(source: Source) -> str:
    return f"{source.name} {source.version}".strip() + f" ({source.kernels:,} kernels)"


def _lengths(profile: Profile) -> dict[str, str]:
    median, most = (_quantile(profile.lines, share) for share in (0.5, 0.9))
    return {"kernels": f"{profile.kernels:,}", "lines": f"{median} in the middle, nine in ten up to {most}"}


def _quantile(lines: Weights, share: float) -> int:
    """Return the length that this share of the kernels does not pass."""
    reached, total = 0.0, sum(lines.values())
    for length in sorted(map(int, lines)):
        reached += lines[str(length)]
        if reached >= share * total:
            return length
    return max(map(int, lines))


def _by_length(profile: Profile) -> Table:
    """Return what depends on how long a kernel is."""
    table = plain_table("kernels", "parameters, median", "with docstring", "with comments", "comments for 100 lines")
    for size in LENGTH_CLASSES:
        if size in profile.parameters:
            documented = profile.spellings.get(f"docstring/{size}", {}).get("present", 0.0)
            comments = profile.comments.get(size, {})
            lines = 100 * (comments.get("alone", 0.0) + comments.get("behind", 0.0))
            shares = (_percent(documented), _percent(comments.get("commented", 0.0)), f"{lines:.1f}")
            table.add_row(size, str(_quantile(profile.parameters[size], 0.5)), *shares)
    return table


def _rows(title: str, rows: Mapping[str, Weights]) -> Table:
    """Return the rows of a table of a profile, one a line, what is most frequent first."""
    table = Table(title, "shares", box=box.SIMPLE)
    for row, weights in rows.items():
        table.add_row(row, _in_a_line(weights))
    return table


def _top(title: str, share: str, weights: Weights) -> Table:
    table = plain_table(title, share)
    for item, weight in _most(weights, _MOST):
        table.add_row(item, _percent(weight))
    if len(weights) > _MOST:
        table.add_row(f"and {len(weights) - _MOST} more", "")
    return table


def _in_a_line(weights: Weights) -> str:
    rest = len(weights) - _MOST_IN_A_LINE
    words = [f"{item} ({_percent(weight)})" for item, weight in _most(weights, _MOST_IN_A_LINE)]
    return ", ".join([*words, f"{rest} more"] if rest > 0 else words) or "none"


def _most(weights: Weights, most: int) -> list[tuple[str, float]]:
    return sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:most]


def _percent(share: float) -> str:
    return f"{share:.1%}"
