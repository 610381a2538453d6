"""A folder to write into: made where it is not there, and held for one run at a time."""

import fcntl
import os
from pathlib import Path

from warpsmith.errors import UsageError


def make_folder(folder: Path) -> list[Path]:
    """Make a folder; return it and those above it that were not there, the innermost first.

    Raises UsageError where it is a file, cannot be made or cannot be written into.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"output '{folder}' is a file; name a folder")
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"output '{folder}' cannot be made: {error.strerror}; name a folder that can") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError(f"output '{folder}' is not writable; name a folder that is")
    return missing


def lock_folder(folder: Path, descriptor: int) -> None:
    """Hold a folder that is open, as long as it is; raises UsageError where another run holds it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UsageError(f"output '{folder}' is being written into by another run; wait for it or end it") from None
    except OSError:
        return  # a file system without locks: nothing to hold on to
