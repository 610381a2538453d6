"""Looking after a data set that is there already: what was begun, and what of a finished set is damaged."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from warpsmith.dataset.layout import MANIFEST
from warpsmith.dataset.manifest import Manifest, read_manifest
from warpsmith.errors import DatasetError, GenerationError, UsageError
from warpsmith.run.config import JobConfig
from warpsmith.run.events import Reporter
from warpsmith.run.shards import Task
from warpsmith.run.state import Job, ShardState, WorkFolder

MakeAgain = Callable[[Mapping[int, dict[int, int]]], Iterable[tuple[Task, ShardState]]]


def begun_job(folder: Path) -> Job | None:
    """Return the job that a folder is filled with, finished or not, or None where nothing was begun."""
    if not (folder / MANIFEST).exists():
        return WorkFolder(folder).job()
    manifest = read_manifest(folder)
    if kind := manifest.configuration.get("kind"):
        raise UsageError(f"{folder}: made by `warpsmith {kind}`, which has nothing to resume; name another folder")
    try:
        return Job(msgspec.convert(manifest.configuration, JobConfig), manifest.versions)
    except msgspec.ValidationError as error:
        raise DatasetError(f"{folder / MANIFEST}: damaged ({error}); start again with `--overwrite`") from None


def repaired(folder: Path, make_again: MakeAgain, reporter: Reporter) -> Manifest | None:
    """Make the damaged shards of a finished set again and return its manifest; None where it is not finished.

    Raises GenerationError where a shard comes out differently than the manifest says.
    """
    if not (folder / MANIFEST).exists():
        return None
    manifest = read_manifest(folder)
    damaged: dict[int, dict[int, int]] = {}
    for number, shard in enumerate(manifest.shards):
        broken = [entry.path for entry in shard.files if not entry.is_intact(folder)]
        if broken:
            reporter.note(f"damaged: {broken[0]}; making it again")
            damaged[number] = shard.attempts
    if not damaged:
        reporter.note(f"{folder} is complete; nothing to do")
        return manifest
    for task, state in make_again(damaged):
        if state.summary.files != manifest.shards[task.shard].files:
            raise GenerationError(f"{state.summary.files[0].path} came out differently; use `--overwrite`")
    return manifest
