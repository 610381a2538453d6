"""Work in a copy of this process, which it may ruin: the original stays as it was."""

import os
import signal
import traceback
from collections.abc import Callable

from warpsmith.verify.worker import die_with_parent


class SpoiledError(Exception):
    """The work wrote where it should not; what comes after it in the same process would prove nothing."""


_SPOILED = 3


def in_a_copy(work: Callable[[], None]) -> str:
    """Do work in a copy of this process, which ends with it; wait, and say how it ended.

    Returns:
        Nothing where all went well, ``"spoiled"`` where the work raised SpoiledError, else the name of the signal
        or the exit code that ended it.
    """
    copy = os.fork()
    if not copy:
        os._exit(_code(work))
    code = os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])
    if code == _SPOILED:
        return "spoiled"
    if code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}" if code else ""


def _code(work: Callable[[], None]) -> int:
    try:
        die_with_parent()
        work()
    except SpoiledError:
        return _SPOILED
    except BaseException:  # noqa: BLE001 - nothing may get into the original's code
        traceback.print_exc()
        return 1
    return 0
