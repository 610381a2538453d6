"""The folder that a job writes into: made, claimed for one run at a time, never emptied of what is not ours."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warpsmith.dataset.holding import lock_folder, make_folder
from warpsmith.dataset.layout import MANIFEST, WORK, foreign_file, is_our_name, leftovers
from warpsmith.dataset.objects import ObjectStore
from warpsmith.dataset.store import Store
from warpsmith.errors import UsageError


@contextmanager
def claimed_store(store: Store, *, resume: bool, overwrite: bool) -> Iterator[None]:
    """Hold a folder as `claimed` does, or look whether an object store is fit to be written into.

    Nothing can be locked there, so whoever resumes a job must know that it is not running.
    """
    if not isinstance(store, ObjectStore):
        with claimed(store.folder, resume=resume, overwrite=overwrite):
            yield
        return
    if resume and overwrite:
        raise UsageError("resume and overwrite exclude each other; give one of them")
    names = store.names()
    if names and not resume and not overwrite:
        raise UsageError(f"output '{store.uri}' is not empty; add `--resume` or `--overwrite`, or name another place")
    if names and resume and not {MANIFEST, f"{WORK}/job.json"} & set(names):
        raise UsageError(f"output '{store.uri}' holds no data set to resume; name another place")
    if overwrite and (foreign := next((name for name in names if not is_our_name(name)), None)):
        raise UsageError(f"output '{store.uri}' holds '{foreign}', which is not of warpsmith; name another place")
    if overwrite:
        store.remove(sorted(names, key=lambda name: name != MANIFEST))
    yield


@contextmanager
def claimed(folder: Path, *, resume: bool, overwrite: bool) -> Iterator[None]:
    """Hold a folder that is fit to be written into; with `overwrite`, what warpsmith wrote there before is gone.

    Raises UsageError where it is no folder, cannot be made, holds something and neither option is given, holds
    something that is not ours and would have to go, or is being written into by another run.
    """
    if resume and overwrite:
        raise UsageError("resume and overwrite exclude each other; give one of them")
    make_folder(folder)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        lock_folder(folder, descriptor)
        _check_content(folder, resume=resume, overwrite=overwrite)
        if overwrite:
            _clear(folder)
        for path in leftovers(folder):
            path.unlink()
        yield
    finally:
        os.close(descriptor)


def _check_content(folder: Path, *, resume: bool, overwrite: bool) -> None:
    if not any(folder.iterdir()):
        return
    if not resume and not overwrite:
        raise UsageError(f"output '{folder}' is not empty; add `--resume` or `--overwrite`, or name another folder")
    if resume and not ((folder / MANIFEST).exists() or (folder / WORK).is_dir()):
        raise UsageError(f"output '{folder}' holds no data set to resume; name another folder")
    if overwrite and (foreign := foreign_file(folder)):
        raise UsageError(f"output '{folder}' holds '{foreign}', which is not of warpsmith; name another folder")


def _clear(folder: Path) -> None:
    """Remove a data set, its manifest first: what is left after a crash is an unfinished set, not a wrong one."""
    (folder / MANIFEST).unlink(missing_ok=True)
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
