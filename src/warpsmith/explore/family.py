"""The processes that descend from this one: found in ``/proc``, counted and ended."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

_PATIENCE = 10.0


def children(parent: int) -> list[int]:
    """Return the children of a process, in no order; those that ended and wait for it too."""
    return _by_parent().get(parent, [])


def descendants(ancestor: int) -> list[int]:
    """Return the processes that descend from another one, in no order; those that ended and wait for it too."""
    families = _by_parent()
    found: list[int] = []
    waiting = [ancestor]
    while waiting:
        mine = families.pop(waiting.pop(), [])
        found += mine
        waiting += mine
    return found


def _by_parent() -> dict[int, list[int]]:
    families: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            # the second field is a name in parentheses, and may have any character in it
            parent = int((folder / "stat").read_bytes().rpartition(b")")[2].split()[1])
            families.setdefault(parent, []).append(int(folder.name))
    return families


def end_descendants() -> None:
    """End all descendants of this process, which has adopted orphans, until there are none any more.

    They are stopped first, so that none of them can start another one meanwhile.
    """
    deadline = time.monotonic() + _PATIENCE
    while _has_children() and time.monotonic() < deadline:
        mine = descendants(os.getpid())
        for send in (signal.SIGSTOP, signal.SIGKILL):
            for process in mine:
                with suppress(ProcessLookupError, PermissionError):
                    os.kill(process, send)
        time.sleep(0.002)


def _has_children() -> bool:
    """Return whether there are any children, after waiting for those that ended."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
        return True
    return False
