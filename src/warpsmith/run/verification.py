"""Verification of a set that exists: verdicts for every row, and what fails moved to the rejected."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from itertools import islice
from operator import add
from pathlib import Path
from typing import Any

import msgspec

from warpsmith.dataset.formats import FileEntry
from warpsmith.dataset.index import Index, write_index
from warpsmith.dataset.layout import INDEX, leftovers
from warpsmith.dataset.manifest import Manifest, ShardEntry, read_manifest
from warpsmith.dataset.reading import format_of
from warpsmith.dataset.rejected import read_rejections_of, write_rejections
from warpsmith.dataset.shard import ShardFile
from warpsmith.dataset.statistics import Statistics, of_set
from warpsmith.dataset.store import Store
from warpsmith.errors import DatasetError, UsageError
from warpsmith.record import DEPTHS, Depth, KernelSource, Mismatch, Provenance, Rejection, Verdict
from warpsmith.run.beside import write_beside
from warpsmith.run.events import Reporter, Silent
from warpsmith.run.folder import claimed
from warpsmith.run.proving import BLOCK
from warpsmith.run.sweep import swept
from warpsmith.run.worker import counters
from warpsmith.verify.stages import columns_of
from warpsmith.verify.verifier import Judgement, Verifier, VerifyLimits, blocks


class VerifyTask(msgspec.Struct, frozen=True):
    """One shard to verify, and how deep."""

    folder: Path
    shard: int
    depth: Depth
    mismatch: Mismatch
    limits: VerifyLimits


class Verified(msgspec.Struct):
    """A shard with its verdicts, written aside: what is in it, and which of its rows were rejected."""

    entry: ShardEntry
    statistics: Statistics
    rejections: list[Rejection]
    fingerprints: list[str]
    dropped: list[int]


def verify(
    folder: Path,
    depth: Depth,
    *,
    mismatch: Mismatch = "keep",
    workers: int = 0,
    limits: VerifyLimits | None = None,
    reporter: Reporter | None = None,
) -> Manifest:
    """Verify a finished set in place and return its new manifest; `workers` 0 means the calling process.

    Verdicts of stages that are deeper than `depth` stay as they were. The others are those that `generate --verify`
    would have given; a row that fails leaves the set for ``rejected/``.

    Raises:
        UsageError: the depth is unknown or proves nothing, or another run writes into the folder.
        DatasetError: there is no finished set.
    """
    if depth not in DEPTHS or depth == "none":
        raise UsageError(f"verify is {depth!r}; use {', '.join(DEPTHS[1:])}")
    manifest = read_manifest(folder)
    limits = limits or VerifyLimits()
    tasks = [VerifyTask(folder, number, depth, mismatch, limits) for number in range(len(manifest.shards))]
    with claimed(folder, resume=True, overwrite=False):
        try:
            verified = swept(tasks, work, rows=manifest.rows, workers=workers, reporter=reporter or Silent())
            return _settled(folder, manifest, depth, mismatch, verified)
        finally:
            for path in leftovers(folder):
                path.unlink()


def work(task: VerifyTask) -> Verified:
    """Verify one shard; its files stand aside until `verify` settles all of them."""
    manifest = read_manifest(task.folder)
    sieve = _Sieve(task, manifest)
    rows = _rows(task.folder, manifest, task.shard)
    with Verifier(task.depth, manifest.preambles, task.limits) as verifier:
        for numbers in blocks(manifest.shards[task.shard].rows, BLOCK):
            sieve.sift(list(islice(rows, len(numbers))), verifier)
    return sieve.verified()


class _Sieve:
    """Writes the rows of a shard with their verdicts, and holds back those that fail."""

    def __init__(self, task: VerifyTask, manifest: Manifest) -> None:
        self._task, self._columns = task, columns_of(task.depth)
        self._span = manifest.shards[task.shard].span
        self._file = ShardFile(task.folder, manifest.slots[task.shard], manifest.configuration["format"])
        self._statistics = Statistics()
        self._rejections: list[Rejection] = []
        self._fingerprints: list[str] = []
        self._dropped: list[int] = []
        self._seen = 0

    def sift(self, block: list[dict[str, Any]], verifier: Verifier) -> None:
        """Judge some rows, and keep those that pass."""
        judged = iter(verifier.judge([row for row in block if row["self_contained"]]))
        for row in block:
            # what is bound to where it stood cannot be defined here: nothing is proved of it
            judgement = _pardoned(row, next(judged)) if row["self_contained"] else Judgement(Verdict())
            self._take(row, judgement)
            counters().charge(self._task.shard, judgement.seconds)
            counters().reach(self._task.shard, self._seen)

    def verified(self) -> Verified:
        """Finish the files that stand aside."""
        entry = msgspec.structs.replace(self._file.close(), span=self._span)
        return Verified(entry, self._statistics, self._rejections, self._fingerprints, self._dropped)

    def _take(self, row: dict[str, Any], judgement: Judgement) -> None:
        self._seen += 1
        if rejected := _rejection(row, judgement, self._task.mismatch):
            self._rejections.append(rejected)
            self._dropped.append(self._seen - 1)
            return
        row |= {name: getattr(judgement.verdict, name) for name in self._columns}
        self._file.append(row)
        self._statistics.add(row)
        self._fingerprints.append(row["fingerprint"])


def _pardoned(row: dict[str, Any], judgement: Judgement) -> Judgement:
    """Return the judgement of a kernel; one that was captured is not rejected for a launch that we have made again.

    It ran where it was captured: what fails is the likeness of its arguments, and nothing is said of its run.
    """
    if row["provenance"]["kind"] != "capture" or judgement.failed != "runs":
        return judgement
    return Judgement(replace(judgement.verdict, runs=None, finite=None), seconds=judgement.seconds)


def _rows(folder: Path, manifest: Manifest, shard: int) -> Iterator[dict[str, Any]]:
    form = format_of(manifest)
    for entry in manifest.shards[shard].files:
        yield from form.rows(folder / entry.path)


def _rejection(row: dict[str, Any], judgement: Judgement, mismatch: Mismatch) -> Rejection | None:
    stage, reason = judgement.failed, judgement.reason
    if stage is None and mismatch == "reject" and judgement.verdict.gradient == "mismatch":
        stage, reason = "gradient", judgement.verdict.gradient_reason or "mismatch"
    if stage is None:
        return None
    names = ("python_source", "kernel_name", "category", "description", "level", "launch")
    provenance = Provenance(**row["provenance"])
    source = KernelSource(**{name: row[name] for name in names}, features=tuple(row["features"]), provenance=provenance)
    return Rejection(stage, reason, reason, source)


def _settled(folder: Path, manifest: Manifest, depth: Depth, mismatch: Mismatch, shards: list[Verified]) -> Manifest:
    """Give the new files their names and write what stands beside them, the manifest last."""
    statistics = reduce(add, (one.statistics for one in shards), Statistics())
    if not statistics.kernels:
        raise DatasetError(f"{folder}: no kernel passed; nothing was changed")
    store = Store(folder)
    index = _renewed_index(store, manifest, shards)
    for slot, before, one in zip(manifest.slots, manifest.shards, shards, strict=True):
        write_rejections(store, slot.stem, [*read_rejections_of(folder, slot.stem), *one.rejections])
        written = {entry.path for entry in one.entry.files}
        store.remove(entry.path for entry in before.files if entry.path not in written)
        store.settle(entry.path for entry in one.entry.files)
    rows = Counter[str]()
    for one in shards:
        rows[one.entry.split] += one.entry.rows
    renewed = msgspec.structs.replace(
        manifest,
        configuration=manifest.configuration | _settings(manifest, depth, mismatch),
        rows=statistics.kernels,
        splits={split: rows[split] for split in manifest.splits},
        categories=statistics.categories,
        levels=statistics.levels,
        rejected=manifest.rejected + sum(len(one.rejections) for one in shards),
        before_verify=_options_before(manifest, shards),
        index=index,
        shards=tuple(one.entry for one in shards),
    )
    shapes = {shape for one in shards for shape in one.fingerprints}
    write_beside(store, renewed, of_set(len(shapes), statistics))
    return renewed


def _renewed_index(store: Store, manifest: Manifest, shards: list[Verified]) -> FileEntry:
    """Write the index without the splits of the records that were rejected; without any it stays as it is."""
    index = Index(store.folder / INDEX)
    gone: set[int] = set()
    for before, one in zip(manifest.shards, shards, strict=True):
        if one.dropped:
            numbers = [record["number"] for record in index.records(before.split, before.span)]
            gone.update(numbers[place] for place in one.dropped)
    if not gone:
        return manifest.index
    entry = write_index(store.folder, index.without(gone))
    store.settle([entry.path])
    return entry


def _options_before(manifest: Manifest, shards: list[Verified]) -> dict[str, str] | None:
    """Return the options of verification that a set was made with, where it is no longer what they give."""
    if manifest.before_verify or not any(one.dropped for one in shards):
        return manifest.before_verify
    before = manifest.configuration
    return {"verify": before.get("verify", "none"), "mismatch": before.get("mismatch", "keep")}


def _settings(manifest: Manifest, depth: Depth, mismatch: Mismatch) -> dict[str, str]:
    """Return how deep the set is verified now, and whether it may have mismatches."""
    before = manifest.configuration
    deepest = max(depth, before.get("verify", "none"), key=DEPTHS.index)
    return {"verify": deepest, "mismatch": "reject" if "reject" in (mismatch, before.get("mismatch")) else "keep"}
