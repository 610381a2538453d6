"""The table of docs/profiles.md: what a profile has, with the shipped one for examples."""

from warpsmith.manner.profile import Profile, Weights
from warpsmith.synth.profiles import shipped

# table, the row that is shown, what the table says
_TABLES = (
    ("lines", "", "lines of a kernel"),
    ("grids", "", "dimensions of the launch"),
    ("parameters", "medium", "number of parameters, by length class"),
    ("ranks", "2", "dimensions of arrays, by those of the launch"),
    ("types", "element", "types of array elements and of parameters"),
    ("statements", "for", "kinds of statements, by where they stand"),
    ("bodies", "if", "number of statements, by where they stand"),
    ("expressions", "store", "kinds of expressions, by the slot that they fill"),
    ("operators", "binary", "operators, by kind"),
    ("calls", "", "builtins of Warp"),
    ("constructors", "", "constructors, with the number of their arguments"),
    ("casts", "", "conversions of numbers"),
    ("arities", "function", "numbers of arguments and of indices"),
    ("literals", "float", "sizes of numbers, and their signs"),
    ("spellings", "docstring", "ways to write the same; docstrings by length class"),
    ("comments", "medium", "share of kernels with comments; comments for each line, alone and behind code"),
    ("groups", "", "share of kernels that use tiles, meshes and the like"),
    ("names", "counter", "identifiers by role, and by type where the role has types"),
)
_SHOWN = 3


def tables() -> str:
    """Return a table of what a profile has."""
    profile = shipped("realistic")
    told = {table for table, _, _ in _TABLES}
    assert told == {field for field in profile.__struct_fields__ if isinstance(getattr(profile, field), dict)}
    rows = ["| Table | What it has | Rows | In `realistic`, for example |", "|---|---|---:|---|"]
    for table, row, meaning in _TABLES:
        example = f"`{row}`: " if row else ""
        rows.append(
            f"| `{table}` | {meaning} | {_count(profile, table)} | {example}{_most(_row(profile, table, row))} |"
        )
    return "\n".join(rows)


def _row(profile: Profile, table: str, row: str) -> Weights:
    content = getattr(profile, table)
    weights: Weights = content[row] if row else content
    return weights


def _count(profile: Profile, table: str) -> int:
    content = getattr(profile, table)
    return sum(1 for value in content.values() if isinstance(value, dict)) or 1


def _most(weights: Weights) -> str:
    most = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:_SHOWN]
    return ", ".join(f"{item} ({weight:.1%})" for item, weight in most)
