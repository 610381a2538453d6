"""Validation of a whole set, shard by shard in parallel."""

from pathlib import Path
from typing import NamedTuple

import msgspec

from warpsmith.dataset.manifest import Manifest, read_manifest
from warpsmith.dataset.validation import Finding, ShardReport, check_shard, check_whole
from warpsmith.run.events import Reporter, Silent
from warpsmith.run.sweep import swept
from warpsmith.run.worker import counters
from warpsmith.seeds import stream


class Validation(NamedTuple):
    """What came of a validation: how much was looked at, and what was found."""

    manifest: Manifest
    rows: int
    compiled: int
    findings: list[Finding]


class CheckTask(msgspec.Struct, frozen=True):
    """One shard to check, and which of its rows to compile."""

    folder: Path
    shard: int
    compiled_rows: frozenset[int]


def validate(folder: Path, *, workers: int, compile_count: int = 0, reporter: Reporter | None = None) -> Validation:
    """Check a finished set, and compile `compile_count` of its rows; `workers` 0 means the calling process.

    Raises DatasetError where there is no manifest to check against.
    """
    manifest = read_manifest(folder)
    tasks = _tasks(folder, manifest, compile_count)
    in_order = swept(tasks, check, rows=manifest.rows, workers=workers, reporter=reporter or Silent())
    findings = [finding for shard_report in in_order for finding in shard_report.findings]
    findings.extend(check_whole(folder, manifest, in_order))
    rows = sum(len(shard_report.ids) for shard_report in in_order)
    return Validation(manifest, rows, sum(shard_report.compiled for shard_report in in_order), findings)


def check(task: CheckTask) -> ShardReport:
    """Do a task of a validation."""
    shard_report = check_shard(task.folder, read_manifest(task.folder), task.shard, task.compiled_rows)
    counters().reach(task.shard, len(shard_report.ids))
    return shard_report


def _tasks(folder: Path, manifest: Manifest, compile_count: int) -> list[CheckTask]:
    chosen = sample(manifest.rows, compile_count)
    tasks, first = [], 0
    for number, shard in enumerate(manifest.shards):
        rows = sum(entry.rows for entry in shard.files)
        inside = frozenset(index - first for index in chosen if first <= index < first + rows)
        tasks.append(CheckTask(folder, number, inside))
        first += rows
    return tasks


def sample(rows: int, wanted: int) -> list[int]:
    """Return `wanted` of so many rows, all of them where there are no more; the same ones every time."""
    draw = stream("validate", rows).random
    chosen: set[int] = set()
    while len(chosen) < min(rows, wanted):
        chosen.add(int(draw() * rows))
    return sorted(chosen)
