"""Is a data set what it says? Every file against the manifest, every row against Warp, and all of them together."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from warpsmith.dataset.card import is_loadable
from warpsmith.dataset.croissant import croissant
from warpsmith.dataset.fingerprint import fingerprint
from warpsmith.dataset.formats import FileEntry
from warpsmith.dataset.layout import CARD, CROISSANT, DATA
from warpsmith.dataset.manifest import Manifest, versions
from warpsmith.dataset.reading import format_of
from warpsmith.dataset.statistics import SetStatistics, Statistics, of_set, read_statistics
from warpsmith.errors import DatasetError, ExtractionError
from warpsmith.extract import extract_source
from warpsmith.record import (
    COLUMNS,
    KernelSource,
    Provenance,
    Record,
    Rejection,
    Target,
    Verdict,
    arrow_schema,
)

_COLUMN_OF: dict[Target, str] = {"cpu": "cpp", "cuda": "cuda"}
_CODE = tuple(column.name for column in COLUMNS if column.name.startswith(("cpp", "cuda")))
_DERIVED = ("id", "fingerprint", "builtins", "overloads", *_CODE)


class Finding(NamedTuple):
    """Something that is not as it should be: where, which check, what."""

    where: str
    check: str
    message: str


class ShardReport(NamedTuple):
    """What was seen in one shard."""

    split: str
    findings: list[Finding]
    ids: list[str]
    fingerprints: list[str]
    clusters: list[str]
    statistics: Statistics
    compiled: int

    def add(self, row: Mapping[str, Any]) -> None:
        """Note what a row adds to the whole."""
        self.ids.append(row["id"])
        self.fingerprints.append(row["fingerprint"])
        self.clusters.append(row["cluster"])
        self.statistics.add(row)


def check_shard(folder: Path, manifest: Manifest, number: int, compiled_rows: frozenset[int]) -> ShardReport:
    """Check the files and rows of one shard; `compiled_rows` are the rows of it that are compiled as well.

    The kernels are executed: do not check a set that you would not run.
    """
    report = ShardReport(manifest.shards[number].split, [], [], [], [], Statistics(), len(compiled_rows))
    row_number = 0
    for entry in manifest.shards[number].files:
        report.findings.extend(check_file(folder, manifest, entry))
        try:
            for row in format_of(manifest).rows(folder / entry.path):
                where = f"{entry.path} row {row_number}"
                if wrong := schema_error(row):
                    report.findings.append(Finding(where, "schema", wrong))
                else:
                    report.findings.extend(Finding(where, *found) for found in check_row(row, manifest))
                    report.add(row)
                if row_number in compiled_rows and not wrong:
                    report.findings.extend(Finding(where, "compile", said) for said in check_compiles(row, manifest))
                row_number += 1
        except DatasetError as error:
            report.findings.append(Finding(entry.path, "read", str(error)))
    wanted = sum(entry.rows for entry in manifest.shards[number].files)
    if row_number != wanted:
        where = manifest.shards[number].files[0].path
        report.findings.append(Finding(where, "rows", f"{row_number} rows, the manifest says {wanted}"))
    return report


def check_file(folder: Path, manifest: Manifest, entry: FileEntry) -> Iterator[Finding]:
    """Check that a file is there, that its bytes are those of the manifest, and that its columns are a record's."""
    path = folder / entry.path
    if not path.is_file():
        yield Finding(entry.path, "file", "missing")
        return
    if not entry.is_intact(folder):
        yield Finding(entry.path, "digest", "its SHA-256 is not that of the manifest: damaged or changed")
    try:
        difference = format_of(manifest).differs_from_schema(path)
    except (pa.ArrowException, OSError):
        return  # reading its rows will say why
    if difference:
        yield Finding(entry.path, "schema", difference)


def check_row(row: Mapping[str, Any], manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Check one row with the right columns: its kernel must give to the letter what stands beside it."""
    targets = _targets(manifest)
    for target, column in _COLUMN_OF.items():
        has = row[column] is not None
        if has != (target in targets) and (has or not _is_people(row)):
            yield "device", f"column {column} does not fit the device of the manifest"
            return
    if manifest.versions["warp"] != versions()["warp"] or not row["self_contained"]:
        return
    targets = tuple(target for target in targets if row[_COLUMN_OF[target]] is not None)
    again = _made_again(row, targets)
    if isinstance(again, Rejection):
        yield again.stage, again.reason
        return
    for column in _DERIVED:
        if again[column] != row[column]:
            yield "compare", f"column {column} is not what its python_source gives"


def _is_people(row: Mapping[str, Any]) -> bool:
    """Tell whether a person wrote a kernel: Warp may take it for one target only, and others may be like it."""
    return bool(row["provenance"]["kind"] != "synth")


def _targets(manifest: Manifest) -> tuple[Target, ...]:
    device = manifest.configuration.get("device")
    return tuple(target for target in _COLUMN_OF if device in (target, "both"))


def schema_error(row: Mapping[str, Any]) -> str | None:
    """Say what is wrong with the columns of a row or the types in them, or return None."""
    names = [column.name for column in COLUMNS]
    if list(row) != names:
        return f"columns are {', '.join(row)}"
    missing = [column.name for column in COLUMNS if not column.nullable and row[column.name] is None]
    if missing:
        return f"column {missing[0]} is null"
    try:
        pa.RecordBatch.from_pylist([dict(row)], schema=arrow_schema())
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
        return str(error)
    return None if 1 <= row["level"] <= 5 else f"level is {row['level']}"


def _source(row: Mapping[str, Any]) -> KernelSource:
    named = {name: row[name] for name in ("python_source", "kernel_name", "category", "description", "level")}
    return KernelSource(**named, provenance=Provenance(row["provenance"]["kind"]))


def _made_again(row: Mapping[str, Any], targets: tuple[Target, ...]) -> dict[str, Any] | Rejection:
    source = _source(row)
    code = extract_source(source, targets)
    if isinstance(code, Rejection):
        return code
    shape = fingerprint(source.python_source)
    return Record(source, code, shape, Verdict(), row["warp_version"], row["warpsmith_version"]).row()


def check_compiles(row: Mapping[str, Any], manifest: Manifest) -> Iterator[str]:
    """Compile a row's C++ and CUDA with the compilers of Warp; PTX that stands in the row must come out again."""
    from warpsmith.bridge import compile_cpu, compile_ptx

    for column, compiler in (("cpp", compile_cpu), ("cuda", compile_ptx)):
        if row[column] is None:
            continue
        try:
            compiler(manifest.preambles[column] + row[column])
        except ExtractionError as error:
            yield f"{column} does not compile: {str(error).splitlines()[0]}"
    if row["ptx"] is not None:
        code = extract_source(_source(row), _targets(manifest), ptx=True)
        if isinstance(code, Rejection) or code.ptx != row["ptx"]:
            yield "column ptx is not what its python_source gives"


def check_whole(folder: Path, manifest: Manifest, reports: Iterable[ShardReport]) -> Iterator[Finding]:
    """Check what only shows over all shards: nothing stands twice, the counts are right, no file is left over."""
    reports = list(reports)
    of_people = manifest.configuration.get("kind", "generate") != "generate"
    for name, values in (
        ("id", [value for report in reports for value in report.ids]),
        ("fingerprint", [value for report in reports for value in report.fingerprints]),
    ):
        for value, times in Counter(values).items():
            if times > 1 and not of_people:
                yield Finding("data", "unique", f"{name} {value} stands in {times} rows")
    yield from _check_splits(folder, manifest, reports)
    total = sum((report.statistics for report in reports), Statistics())
    if (total.kernels, total.categories, total.levels) != (manifest.rows, manifest.categories, manifest.levels):
        yield Finding("manifest.json", "counts", "rows, categories or levels are not those of the files")
    yield from _check_statistics(folder, of_set(len({s for r in reports for s in r.fingerprints}), total))
    yield from _check_descriptions(folder, manifest, total.licenses)
    if manifest.versions["warp"] != (installed := versions()["warp"]):
        made_with = manifest.versions["warp"]
        yield Finding("manifest.json", "version", f"made with Warp {made_with}, not {installed}: code not compared")
    known = {entry.path for entry in manifest.files}
    for path in sorted((folder / DATA).iterdir()):
        if (name := path.relative_to(folder).as_posix()) not in known:
            yield Finding(name, "file", "not in the manifest")


def _check_splits(folder: Path, manifest: Manifest, reports: list[ShardReport]) -> Iterator[Finding]:
    """Check that splits have as many rows as the manifest says, and that no cluster stands in two of them."""
    if not manifest.index.is_intact(folder):
        yield Finding(manifest.index.path, "digest", "missing, or its SHA-256 is not that of the manifest")
    rows: Counter[str] = Counter()
    split_of: dict[str, str] = {}
    for report in reports:
        rows[report.split] += len(report.ids)
        for cluster in report.clusters:
            if split_of.setdefault(cluster, report.split) != report.split:
                where = f"{split_of[cluster]} and {report.split}"
                yield Finding("data", "splits", f"near-duplicates of cluster {cluster} stand in {where}")
    if rows != Counter(manifest.splits):
        yield Finding("manifest.json", "counts", "splits have not as many rows as it says")


def _check_descriptions(folder: Path, manifest: Manifest, licenses: Iterable[str]) -> Iterator[Finding]:
    """Check that the card tells loaders what the manifest says, and the Croissant file everybody else.

    Another version of warpsmith says it in other words.
    """
    if manifest.versions["warpsmith"] != versions()["warpsmith"]:
        return
    if not is_loadable(_text(folder / CARD), manifest):
        yield Finding(CARD, "header", "missing, or not the files and columns of the manifest")
    if _text(folder / CROISSANT).encode() != croissant(manifest, licenses):
        yield Finding(CROISSANT, "content", "missing, or not what the manifest gives")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _check_statistics(folder: Path, counted: SetStatistics) -> Iterator[Finding]:
    try:
        if read_statistics(folder).encode() != counted.encode():
            yield Finding("stats.json", "counts", "not what the rows give")
    except DatasetError as error:
        yield Finding("stats.json", "read", str(error))
