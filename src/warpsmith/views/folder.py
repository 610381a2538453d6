"""The folder of an export: held by one run at a time; what is not of an export is never touched."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warpsmith.dataset.holding import lock_folder, make_folder
from warpsmith.dataset.layout import CARD, DATA
from warpsmith.errors import UsageError

SUMMARY = "export.json"
_OURS = re.compile(rf"{SUMMARY}|{CARD}|{DATA}/\w+-\d{{5,}}-of-\d{{5,}}\.(parquet|jsonl)")
_ASIDE = re.compile(r"^\.(export\.json|README\.md|\w+-\d{5,}(-of-\d{5,})?\.(parquet|jsonl))\.part$")


@contextmanager
def claimed(output: Path, source: Path, *, overwrite: bool) -> Iterator[list[Path]]:
    """Hold a folder that is fit for an export of `source`; yield the files of an earlier one, which are to go.

    What an interrupted run left goes at once, and what this one leaves unfinished goes at the end; an earlier export
    stays until the new one is complete.

    Raises UsageError where it is no folder, cannot be made, lies in the data set, holds something without `overwrite`
    or something that is no export, or another run writes into it.
    """
    if output.resolve().is_relative_to(source.resolve()):
        raise UsageError(f"output '{output}' lies in the data set; name a folder outside of it")
    made = make_folder(output)
    descriptor = os.open(output, os.O_RDONLY)
    try:
        lock_folder(output, descriptor)
        _check(output, overwrite=overwrite)
        with _tidied(output):
            earlier = [path for path in sorted(output.rglob("*")) if path.is_file()]
            (output / DATA).mkdir(exist_ok=True)
            yield earlier
    finally:
        _remove_empty(made)
        os.close(descriptor)


@contextmanager
def _tidied(output: Path) -> Iterator[None]:
    """Remove what is unfinished in a folder that is ours, before and after."""
    _remove_unfinished(output)
    try:
        yield
    finally:
        _remove_unfinished(output)
        _remove_empty([output / DATA])


def _check(output: Path, *, overwrite: bool) -> None:
    """Refuse a folder that holds something, or with `overwrite` something else than an export."""
    names = [path for path in sorted(output.rglob("*")) if path != output / DATA and not _ASIDE.search(path.name)]
    if not names:
        return
    if not overwrite:
        raise UsageError(f"output '{output}' is not empty; add `--overwrite`, or name another folder")
    is_export = _mentions(output / SUMMARY)
    for path in names:
        name = path.relative_to(output).as_posix()
        if not is_export or path.is_symlink() or not path.is_file() or not _OURS.fullmatch(name):
            raise UsageError(f"output '{output}' holds '{name}', which is not of an export; name another folder")


def _mentions(path: Path) -> bool:
    """Tell whether a file is there and speaks of warpsmith."""
    return path.is_file() and "warpsmith" in path.read_text(errors="replace")


def _remove_unfinished(output: Path) -> None:
    for path in (*output.glob(".*.part"), *(output / DATA).glob(".*.part")):
        if path.is_file() and _ASIDE.search(path.name):
            path.unlink()


def _remove_empty(folders: list[Path]) -> None:
    for folder in folders:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
