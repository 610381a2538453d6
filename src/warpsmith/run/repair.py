"""Looking after a data set that is there already: what was begun, and what of a finished set is damaged."""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from warpsmith.dataset.layout import MANIFEST
from warpsmith.dataset.manifest import Manifest, ShardEntry, read_manifest
from warpsmith.dataset.store import Store
from warpsmith.errors import DatasetError, GenerationError, UsageError
from warpsmith.run.beside import mend_beside
from warpsmith.run.config import JobConfig
from warpsmith.run.events import Reporter
from warpsmith.run.remaking import RemakeTask
from warpsmith.run.state import Job, WorkFolder

Perform = Callable[[Iterable[RemakeTask]], Iterable[tuple[Any, ShardEntry]]]


def begun_job(store: Store) -> Job | None:
    """Return the job that a folder is filled with, finished or not, or None where nothing was begun."""
    if not store.exists(MANIFEST):
        return WorkFolder(store).job()
    manifest = read_manifest(store.fetch(MANIFEST).parent)
    if kind := manifest.configuration.get("kind"):
        raise UsageError(
            f"{store.address}: made by `warpsmith {kind}`, which has nothing to resume; name another folder"
        )
    try:
        return Job(msgspec.convert(manifest.configuration, JobConfig), versions=manifest.versions)
    except msgspec.ValidationError as error:
        message = f"{store.address}/{MANIFEST}: damaged ({error}); start again with `--overwrite`"
        raise DatasetError(message) from None


def repaired(store: Store, config: JobConfig, perform: Perform, reporter: Reporter) -> Manifest | None:
    """Make what is damaged of a finished set again and return its manifest; None where all of it is to be made.

    That is where the set is not finished, or where its index is damaged. Raises GenerationError where a shard comes
    out differently than the manifest says.
    """
    if not store.exists(MANIFEST):
        return None
    manifest = read_manifest(store.fetch(MANIFEST).parent)
    if not store.is_intact(manifest.index):
        reporter.note(f"damaged: {manifest.index.path}; making the set again")
        store.remove([MANIFEST])
        return None
    tasks = _tasks(store, config, manifest, reporter)
    if tasks:
        reporter.begin(sum(task.slot.rows for task in tasks), 0)
        for task, entry in perform(tasks):
            if entry != manifest.shards[task.shard]:
                raise GenerationError(f"{entry.files[0].path} came out differently; use `--overwrite`")
    mended = mend_beside(store, manifest)
    for name in mended:
        reporter.note(f"damaged: {name}; made again")
    if not tasks and not mended:
        reporter.note(f"{store.address} is complete; nothing to do")
    return manifest


def _tasks(store: Store, config: JobConfig, manifest: Manifest, reporter: Reporter) -> list[RemakeTask]:
    tasks = []
    for number, (shard, slot) in enumerate(zip(manifest.shards, manifest.slots, strict=True)):
        broken = [entry.path for entry in shard.files if not store.is_intact(entry)]
        if broken:
            reporter.note(f"damaged: {broken[0]}; making it again")
            tasks.append(RemakeTask(config=config, store=store, shard=number, slot=slot, span=shard.span))
    return tasks
