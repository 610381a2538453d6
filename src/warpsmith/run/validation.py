"""Validation of a whole set, shard by shard in parallel."""

import tempfile
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import msgspec

from warpsmith.dataset.manifest import Manifest, read_manifest
from warpsmith.dataset.validation import Finding, ShardReport, check_shard, check_whole
from warpsmith.run.events import Reporter, Silent
from warpsmith.run.pool import Pool
from warpsmith.run.worker import Counters, report, setup_here, setup_process
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
    reporter = reporter or Silent()
    counters: Counters = get_context("spawn").RawArray("q", len(manifest.shards))
    tasks = _tasks(folder, manifest, compile_count)
    reports: dict[int, ShardReport] = {}
    with tempfile.TemporaryDirectory(prefix="warpsmith-") as scratch:
        setup = setup_process(counters, Path(scratch) / "log") if workers else setup_here(counters)
        with Pool[CheckTask, ShardReport](check, min(workers, len(tasks)), setup) as pool:
            reporter.begin(manifest.rows, 0)
            try:
                for task, shard_report in pool.run(tasks, lambda: reporter.advance(sum(counters))):
                    reports[task.shard] = shard_report
            finally:
                reporter.end()
    in_order = [reports[shard] for shard in sorted(reports)]
    findings = [finding for shard_report in in_order for finding in shard_report.findings]
    findings.extend(check_whole(folder, manifest, in_order))
    rows = sum(len(shard_report.ids) for shard_report in in_order)
    return Validation(manifest, rows, sum(shard_report.compiled for shard_report in in_order), findings)


def check(task: CheckTask) -> ShardReport:
    """Do a task of a validation."""
    shard_report = check_shard(task.folder, read_manifest(task.folder), task.shard, task.compiled_rows)
    report(task.shard, len(shard_report.ids))
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
