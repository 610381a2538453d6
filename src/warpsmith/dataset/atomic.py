"""Files that are either complete or not there: written aside, flushed to the disk, renamed."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path


def aside(path: Path) -> Path:
    """Return the name under which `path` is written before it is complete."""
    return path.with_name(f".{path.name}.part")


def settle(paths: Iterable[Path]) -> None:
    """Give files that were written aside their names, once their bytes are on the disk."""
    folders: dict[Path, None] = {}
    for path in paths:
        _flush(aside(path))
        aside(path).replace(path)
        folders[path.parent] = None
    for folder in folders:
        _flush(folder)


def write_atomically(path: Path, content: bytes) -> None:
    """Write a small file so that a reader sees the old content or the new one, never a part."""
    aside(path).write_bytes(content)
    settle([path])


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file as hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
