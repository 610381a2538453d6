"""Counts over records as a value: every shard has its own, the whole is their sum."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from warpsmith.dataset.layout import STATISTICS
from warpsmith.errors import DatasetError

TEXTS = ("python_source", "cpp", "cpp_forward", "cpp_backward", "cuda", "cuda_forward", "cuda_backward")
K = TypeVar("K")
_NO_LEVELS: dict[int, int] = {}
_COMPARED = ("forward", "backward")
# last digits of the fingerprints whose kernels are compared
_SAMPLED = "08"


class Comparison(msgspec.Struct):
    """CPU beside CUDA: lines of one part that stand in both texts, and that stand in one of them only.

    Lines are compared without their indentation, each distinct line of a kernel counts once. Comparing costs more than
    all other counting, so one kernel in eight is looked at, whichever their fingerprint names.
    """

    kernels: int = 0
    both: int = 0
    cpu_only: int = 0
    cuda_only: int = 0

    def add(self, cpp: str, cuda: str) -> None:
        """Count the two texts of one kernel."""
        cpu_lines, cuda_lines = _distinct_lines(cpp), _distinct_lines(cuda)
        both = len(cpu_lines & cuda_lines)
        self.kernels += 1
        self.both += both
        self.cpu_only += len(cpu_lines) - both
        self.cuda_only += len(cuda_lines) - both

    def __add__(self, other: "Comparison") -> "Comparison":
        return Comparison(
            self.kernels + other.kernels,
            self.both + other.both,
            self.cpu_only + other.cpu_only,
            self.cuda_only + other.cuda_only,
        )


class Statistics(msgspec.Struct):
    """What is counted over a set of records; two of them add up.

    `table` counts kernels by category and level. `lines` has for each text column a histogram: number of lines ->
    number of kernels; `characters` their sums over the kernels that have this text.
    """

    kernels: int = 0
    table: dict[str, dict[int, int]] = msgspec.field(default_factory=dict)
    builtins: dict[str, int] = msgspec.field(default_factory=Counter)
    features: dict[str, int] = msgspec.field(default_factory=Counter)
    lines: dict[str, dict[int, int]] = msgspec.field(default_factory=lambda: {name: Counter() for name in TEXTS})
    characters: dict[str, int] = msgspec.field(default_factory=lambda: dict.fromkeys(TEXTS, 0))
    comparison: dict[str, Comparison] = msgspec.field(
        default_factory=lambda: {part: Comparison() for part in _COMPARED}
    )

    def add(self, row: Mapping[str, Any]) -> None:
        """Count one row."""
        self.kernels += 1
        _count(self.table.setdefault(row["category"], {}), row["level"])
        for name in row["builtins"]:
            _count(self.builtins, name)
        for name in row["features"]:
            _count(self.features, name)
        for name in TEXTS:
            if text := row[name]:
                _count(self.lines[name], _line_count(text))
                self.characters[name] += len(text)
        for part in _COMPARED if row["fingerprint"][-1] in _SAMPLED else ():
            if (cpp := row[f"cpp_{part}"]) and (cuda := row[f"cuda_{part}"]):
                self.comparison[part].add(cpp, cuda)

    def __add__(self, other: "Statistics") -> "Statistics":
        return Statistics(
            self.kernels + other.kernels,
            {name: _sum(self.table.get(name, {}), other.table.get(name, {})) for name in {**self.table, **other.table}},
            _sum(self.builtins, other.builtins),
            _sum(self.features, other.features),
            {name: _sum(self.lines[name], other.lines[name]) for name in TEXTS},
            _sum(self.characters, other.characters),
            {part: self.comparison[part] + other.comparison[part] for part in _COMPARED},
        )

    @property
    def categories(self) -> dict[str, int]:
        """The number of kernels by category."""
        return {category: sum(row.values()) for category, row in sorted(self.table.items())}

    @property
    def levels(self) -> dict[int, int]:
        """The number of kernels by level."""
        return dict(sorted(reduce(_sum, self.table.values(), _NO_LEVELS).items()))

    def quantile(self, column: str, share: float) -> int:
        """Return how many lines of a text column at least this share of the kernels stays within (0 without any)."""
        histogram = self.lines[column]
        remaining = share * sum(histogram.values())
        for length in sorted(histogram):
            remaining -= histogram[length]
            if remaining <= 0:
                return length
        return 0

    def expansion(self, column: str) -> float | None:
        """Return characters of a text column per character of Python, or None where the set has no such text."""
        written = self.characters["python_source"]
        return self.characters[column] / written if written and self.characters[column] else None


class SetStatistics(msgspec.Struct):
    """The statistics of a whole set, with what does not add up over its shards."""

    distinct_shapes: int
    statistics: Statistics

    def encode(self) -> bytes:
        """Return the JSON of `stats.json`: sorted by key, so that equal counts are equal bytes."""
        return msgspec.json.format(msgspec.json.encode(_ordered(msgspec.to_builtins(self))), indent=2) + b"\n"


def recounted(rows: Iterable[Mapping[str, Any]]) -> SetStatistics:
    """Count over the rows of a whole set."""
    statistics, shapes = Statistics(), set()
    for row in rows:
        statistics.add(row)
        shapes.add(row["fingerprint"])
    return SetStatistics(len(shapes), statistics)


def read_statistics(folder: Path) -> SetStatistics:
    """Read the statistics that stand in a set; raises DatasetError where they are missing or damaged."""
    path = folder / STATISTICS
    try:
        return msgspec.json.decode(path.read_bytes(), type=SetStatistics)
    except (OSError, msgspec.DecodeError) as error:
        raise DatasetError(f"{path}: cannot be read ({error}); `warpsmith stats --recount` counts anew") from None


def _count(counts: dict[K, int], key: K) -> None:
    counts[key] = counts.get(key, 0) + 1


def _sum(left: dict[K, int], right: dict[K, int]) -> dict[K, int]:
    return {key: left.get(key, 0) + right.get(key, 0) for key in {**left, **right}}


def _ordered(value: Any) -> Any:
    return {key: _ordered(value[key]) for key in sorted(value)} if isinstance(value, dict) else value


def _line_count(text: str) -> int:
    return text.count("\n") + (not text.endswith("\n"))


def _distinct_lines(text: str) -> set[str]:
    return {line.strip() for line in text.splitlines()}
