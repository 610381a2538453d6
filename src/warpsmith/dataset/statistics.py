"""Counts over records as a value: every shard has its own, the whole is their sum."""

import ast
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from warpsmith.dataset.coverage import Coverage, coverage
from warpsmith.dataset.layout import STATISTICS
from warpsmith.errors import DatasetError
from warpsmith.manner.distribution import Distribution
from warpsmith.manner.measures import Measures, measure

TEXTS = ("python_source", "cpp", "cpp_forward", "cpp_backward", "cuda", "cuda_forward", "cuda_backward")
VERDICTS = ("self_contained", "compiles_cpu", "compiles_cuda", "runs", "finite", "gradient")
K = TypeVar("K")
_NO_LEVELS: dict[int, int] = {}
_COMPARED = ("forward", "backward")
# what every text of a set calls Warp: it begins with `import warp as wp`
_ALIASES = ("wp",)
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

    def __sub__(self, other: "Comparison") -> "Comparison":
        return Comparison(
            self.kernels - other.kernels,
            self.both - other.both,
            self.cpu_only - other.cpu_only,
            self.cuda_only - other.cuda_only,
        )


class Statistics(msgspec.Struct):
    """What is counted over a set of records; two of them add up.

    `table` counts kernels by category and level; `builtins`, `overloads` and `features` count the kernels that have
    them, `verdicts` for each column of a verdict those that have which, `licenses` those that people wrote under each
    licence. `lines` has for each text column a histogram: number of lines -> number of kernels; `characters` their sums
    over the kernels that have this text. The rest is of the kernel functions alone, as `warpsmith.manner.measures`
    counts: `bigrams` how often each occurs, `kernel_lines` a histogram, `syntax_edges` and `builtin_calls` what the
    kernels are made of, all weighing the same.
    """

    kernels: int = 0
    table: dict[str, dict[int, int]] = msgspec.field(default_factory=dict)
    builtins: dict[str, int] = msgspec.field(default_factory=Counter)
    overloads: dict[str, int] = msgspec.field(default_factory=Counter)
    features: dict[str, int] = msgspec.field(default_factory=Counter)
    lines: dict[str, dict[int, int]] = msgspec.field(default_factory=lambda: {name: Counter() for name in TEXTS})
    characters: dict[str, int] = msgspec.field(default_factory=lambda: dict.fromkeys(TEXTS, 0))
    comparison: dict[str, Comparison] = msgspec.field(
        default_factory=lambda: {part: Comparison() for part in _COMPARED}
    )
    bigrams: dict[str, int] = msgspec.field(default_factory=Counter)
    kernel_lines: dict[int, int] = msgspec.field(default_factory=Counter)
    syntax_edges: Distribution = msgspec.field(default_factory=Distribution)
    builtin_calls: Distribution = msgspec.field(default_factory=Distribution)
    verdicts: dict[str, dict[str, int]] = msgspec.field(default_factory=dict)
    licenses: dict[str, int] = msgspec.field(default_factory=Counter)

    def add(self, row: Mapping[str, Any], measures: Measures | None = None) -> None:
        """Count one row; `measures` is what `measured` says of its `python_source`, which is asked where it is None."""
        self.kernels += 1
        _count(self.table.setdefault(row["category"], {}), row["level"])
        for name in row["builtins"]:
            _count(self.builtins, name)
        for name in row["overloads"]:
            _count(self.overloads, name)
        for name in row["features"]:
            _count(self.features, name)
        self._count_verdicts(row)
        if row["provenance"]["kind"] != "synth":
            _count(self.licenses, row["provenance"]["license"] or "unknown")
        for name in TEXTS:
            if text := row[name]:
                _count(self.lines[name], _line_count(text))
                self.characters[name] += len(text)
        for part in _COMPARED if row["fingerprint"][-1] in _SAMPLED else ():
            if (cpp := row[f"cpp_{part}"]) and (cuda := row[f"cuda_{part}"]):
                self.comparison[part].add(cpp, cuda)
        if found := measures or measured(row["python_source"], row["kernel_name"]):
            self._count_measures(found)

    def _count_verdicts(self, row: Mapping[str, Any]) -> None:
        for name in VERDICTS:
            if row.get(name) is not None:
                _count(self.verdicts.setdefault(name, {}), str(row[name]).lower())

    def _count_measures(self, measures: Measures) -> None:
        for pair, times in measures.bigrams.items():
            self.bigrams[pair] = self.bigrams.get(pair, 0) + times
        _count(self.kernel_lines, measures.length)
        self.syntax_edges.add(measures.syntax_edges)
        self.builtin_calls.add(measures.builtin_calls)

    def __add__(self, other: "Statistics") -> "Statistics":
        return Statistics(
            self.kernels + other.kernels,
            {name: _sum(self.table.get(name, {}), other.table.get(name, {})) for name in {**self.table, **other.table}},
            _sum(self.builtins, other.builtins),
            _sum(self.overloads, other.overloads),
            _sum(self.features, other.features),
            {name: _sum(self.lines[name], other.lines[name]) for name in TEXTS},
            _sum(self.characters, other.characters),
            {part: self.comparison[part] + other.comparison[part] for part in _COMPARED},
            _sum(self.bigrams, other.bigrams),
            _sum(self.kernel_lines, other.kernel_lines),
            self.syntax_edges + other.syntax_edges,
            self.builtin_calls + other.builtin_calls,
            {
                name: _sum(self.verdicts.get(name, {}), other.verdicts.get(name, {}))
                for name in {**self.verdicts, **other.verdicts}
            },
            _sum(self.licenses, other.licenses),
        )

    def __sub__(self, other: "Statistics") -> "Statistics":
        """Take records out again that were counted; what is left is what counting the others gives."""
        return Statistics(
            self.kernels - other.kernels,
            _less_by_name(self.table, other.table),
            _less(self.builtins, other.builtins),
            _less(self.overloads, other.overloads),
            _less(self.features, other.features),
            {name: _less(self.lines[name], other.lines[name]) for name in TEXTS},
            {name: characters - other.characters[name] for name, characters in self.characters.items()},
            {part: self.comparison[part] - other.comparison[part] for part in _COMPARED},
            _less(self.bigrams, other.bigrams),
            _less(self.kernel_lines, other.kernel_lines),
            self.syntax_edges - other.syntax_edges,
            self.builtin_calls - other.builtin_calls,
            _less_by_name(self.verdicts, other.verdicts),
            _less(self.licenses, other.licenses),
        )

    @property
    def categories(self) -> dict[str, int]:
        """The number of kernels by category."""
        return {category: sum(row.values()) for category, row in sorted(self.table.items())}

    @property
    def levels(self) -> dict[int, int]:
        """The number of kernels by level."""
        return dict(sorted(reduce(_sum, self.table.values(), _NO_LEVELS).items()))

    def expansion(self, column: str) -> float | None:
        """Return characters of a text column per character of Python, or None where the set has no such text."""
        written = self.characters["python_source"]
        return self.characters[column] / written if written and self.characters[column] else None


class SetStatistics(msgspec.Struct):
    """The statistics of a whole set, with what does not add up over its shards."""

    distinct_shapes: int
    statistics: Statistics
    coverage: Coverage

    def encode(self) -> bytes:
        """Return the JSON of `stats.json`: sorted by key, so that equal counts are equal bytes."""
        return encoded(msgspec.to_builtins(self))


def encoded(values: dict[str, Any]) -> bytes:
    """Return readable JSON of plain values, sorted by key."""
    return msgspec.json.format(msgspec.json.encode(_ordered(values)), indent=2) + b"\n"


def of_set(distinct_shapes: int, statistics: Statistics) -> SetStatistics:
    """Return the statistics of a whole set: how many shapes it has, and the sum over its shards."""
    return SetStatistics(distinct_shapes, statistics, coverage(statistics.builtins, statistics.overloads))


def recounted(rows: Iterable[Mapping[str, Any]]) -> SetStatistics:
    """Count over the rows of a whole set."""
    statistics, shapes = Statistics(), set()
    for row in rows:
        statistics.add(row)
        shapes.add(row["fingerprint"])
    return of_set(len(shapes), statistics)


def read_statistics(folder: Path) -> SetStatistics:
    """Read the statistics that stand in a set; raises DatasetError where they are missing or damaged."""
    path = folder / STATISTICS
    try:
        return msgspec.json.decode(path.read_bytes(), type=SetStatistics)
    except (OSError, msgspec.DecodeError) as error:
        raise DatasetError(f"{path}: cannot be read ({error}); `warpsmith stats --recount` counts anew") from None


def quantile(histogram: Mapping[int, int], share: float) -> int:
    """Return the smallest length that at least this share of a histogram stays within (0 where it is empty)."""
    remaining = share * sum(histogram.values())
    for length in sorted(histogram):
        remaining -= histogram[length]
        if remaining <= 0:
            return length
    return 0


def measured(source: str | ast.Module, kernel_name: str) -> Measures | None:
    """Return the measures of the kernel function of a text or its tree; a damaged row has none."""
    try:
        tree = ast.parse(source) if isinstance(source, str) else source
    except (SyntaxError, ValueError):
        return None
    found = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == kernel_name)
    function = next(found, None)
    return None if function is None else measure(function, _ALIASES)


def _count(counts: dict[K, int], key: K) -> None:
    counts[key] = counts.get(key, 0) + 1


def _sum(left: dict[K, int], right: dict[K, int]) -> dict[K, int]:
    return {key: left.get(key, 0) + right.get(key, 0) for key in {**left, **right}}


def _less(left: dict[K, int], right: dict[K, int]) -> dict[K, int]:
    return {key: rest for key, count in left.items() if (rest := count - right.get(key, 0))}


def _less_by_name(left: dict[str, dict[K, int]], right: dict[str, dict[K, int]]) -> dict[str, dict[K, int]]:
    return {name: rest for name, counts in left.items() if (rest := _less(counts, right.get(name, {})))}


def _ordered(value: Any) -> Any:
    return {key: _ordered(value[key]) for key in sorted(value)} if isinstance(value, dict) else value


def _line_count(text: str) -> int:
    return text.count("\n") + (not text.endswith("\n"))


def _distinct_lines(text: str) -> set[str]:
    return {line.strip() for line in text.splitlines()}
