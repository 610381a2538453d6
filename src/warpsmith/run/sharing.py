"""A folder that all nodes of a cluster must see: the driver leaves a mark in it, and whoever works looks for it."""

import platform
import time
import uuid
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from warpsmith.errors import UsageError

PATIENCE_SECONDS = 10.0
"""So long a network file system may take to show a new file."""


class Mark(NamedTuple):
    """A file with a text of its own."""

    folder: Path
    path: Path
    text: str


def leave_mark(folder: Path, path: Path) -> Mark:
    """Write a mark for a folder into a file in it."""
    mark = Mark(folder, path, uuid.uuid4().hex)
    path.write_text(mark.text)
    return mark


def require_mark(mark: Mark) -> None:
    """Raise UsageError where this machine does not see the mark, or sees another one, even after a while."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        with suppress(OSError):
            if mark.path.read_text() == mark.text:
                return
        if time.monotonic() > deadline:
            raise UsageError(f"output '{mark.folder}' is not shared with node {platform.node()}; use a folder that is")
        time.sleep(0.1)
