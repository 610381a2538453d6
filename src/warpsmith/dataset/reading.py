"""The rows of a finished set, in order or one of them."""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from warpsmith.dataset.formats import FORMATS, FileEntry, Format
from warpsmith.dataset.manifest import Manifest
from warpsmith.errors import DatasetError, UsageError


def format_of(manifest: Manifest) -> Format:
    """Return the format of a set's files; raises DatasetError where this version does not know it."""
    name = manifest.configuration.get("format")
    if name not in FORMATS:
        raise DatasetError(f"format {name!r} is unknown; known are {', '.join(FORMATS)}")
    return FORMATS[name]


def all_rows(folder: Path, manifest: Manifest) -> Iterator[dict[str, Any]]:
    """Yield every row of a set."""
    form = format_of(manifest)
    for entry in manifest.files:
        yield from form.rows(folder / entry.path)


def find_row(folder: Path, manifest: Manifest, which: str) -> dict[str, Any]:
    """Return a row by its number in the set (from 0) or by the beginning of its id.

    Raises UsageError where there is no such row, or more than one.
    """
    if re.fullmatch("[0-9]{1,18}", which) and int(which) < manifest.rows:
        return _numbered(folder, manifest, int(which))
    found = list(islice(_with_id(folder, manifest, which.lower()), 2))
    if not found:
        raise UsageError(f"record '{which}' is not in {folder}; use a number from 0 to {manifest.rows - 1}, or an id")
    if len(found) > 1:
        raise UsageError(f"record '{which}': more than one id begins so; write more of it")
    entry, row = found[0]
    return _at(folder, manifest, entry, row)


def _numbered(folder: Path, manifest: Manifest, number: int) -> dict[str, Any]:
    for entry in manifest.files:
        if number < entry.rows:
            return _at(folder, manifest, entry, number)
        number -= entry.rows
    raise DatasetError(f"{folder}: the manifest names fewer rows than it counts")


def _with_id(folder: Path, manifest: Manifest, beginning: str) -> Iterator[tuple[FileEntry, int]]:
    form = format_of(manifest)
    for entry in manifest.files:
        for number, row in enumerate(form.rows(folder / entry.path, ["id"])):
            if row["id"].startswith(beginning):
                yield entry, number


def _at(folder: Path, manifest: Manifest, entry: FileEntry, number: int) -> dict[str, Any]:
    row = next(islice(format_of(manifest).rows(folder / entry.path), number, None), None)
    if row is None:
        raise DatasetError(f"{folder / entry.path}: has fewer rows than the manifest says")
    return row
