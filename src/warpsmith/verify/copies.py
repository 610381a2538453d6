"""Work in a copy of this process, which it may ruin: the original stays as it was."""

import os
import resource
import signal
import traceback
from collections.abc import Callable

from warpsmith.verify.worker import die_with_parent


class SpoiledError(Exception):
    """The work wrote where it should not; what comes after it in the same process would prove nothing."""


_SPOILED, _FAULT = 113, 114
_MOST_PRINTED = 64 << 20
_EXHAUSTED = 0.5
"""A copy that dies with this share of its memory limit in use has run out of memory: nothing else takes as much."""


def in_a_copy(work: Callable[[], None]) -> str:
    """Do work in a copy of this process, which ends with it; wait, and say how it ended.

    Returns:
        Nothing where all went well, ``"spoiled"`` where the work raised SpoiledError, else the name of the signal
        or the exit code that ended it, and whether it was out of memory.

    Raises:
        RuntimeError: the work raised anything else; the error stream has the traceback.
    """
    copy = os.fork()
    if not copy:
        os._exit(_code(work))
    _, status, used = os.wait4(copy, 0)
    code = os.waitstatus_to_exitcode(status)
    if code in (0, _SPOILED):
        return "spoiled" if code else ""
    if code == _FAULT:
        raise RuntimeError("the work failed by itself")
    how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return f"{how}, out of memory" if _is_exhausted(used.ru_maxrss) else how


def _is_exhausted(kilobytes: int) -> bool:
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    return limit != resource.RLIM_INFINITY and 1024 * kilobytes > _EXHAUSTED * limit


def _code(work: Callable[[], None]) -> int:
    try:
        parent = os.getppid()
        die_with_parent()
        resource.setrlimit(resource.RLIMIT_FSIZE, (_MOST_PRINTED, _MOST_PRINTED))
        if os.getppid() == parent:
            work()
    except SpoiledError:
        return _SPOILED
    except BaseException:  # noqa: BLE001 - nothing may get into the original's code
        traceback.print_exc()
        return _FAULT
    return 0
