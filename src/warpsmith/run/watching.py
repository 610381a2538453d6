"""Work in a copy of this process that may hang, crash or end itself: it says how far it is, and is ended if silent."""

import json
import os
import select
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

from warpsmith.verify.worker import die_with_parent

Say = Callable[..., None]
_FAULT = 114


def watched(work: Callable[[Say], None], heard: Callable[[list[Any]], float]) -> str:
    """Do work in a copy of this process; return how it ended in words, nothing where all went well.

    `work` gets a function that sends plain values. `heard` gets these as a list, at first an empty one, and returns for
    how many seconds the copy may be silent from then on. What the work raises ends the copy; the error stream has it.
    """
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    copy = os.fork()
    if not copy:
        os.close(reading)
        _be_the_copy(work, writing)
    os.close(writing)
    try:
        silent = _listen(reading, heard)
    finally:
        os.close(reading)
        if sys.exc_info()[0] is not None:
            os.kill(copy, signal.SIGKILL)
    if silent:
        with suppress(ProcessLookupError):
            os.kill(copy, signal.SIGKILL)
        os.waitpid(copy, 0)
        return f"does not end in {silent:g} seconds"
    code = os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])
    if code == _FAULT:
        raise RuntimeError("the work failed by itself")
    return "" if not code else f"ends the process: {signal.Signals(-code).name if code < 0 else f'exit code {code}'}"


def _listen(reading: int, heard: Callable[[list[Any]], float]) -> float:
    """Hear the copy out; return for how long it was silent where that was too long, else 0."""
    patience, unread = heard([]), b""
    while True:
        ready, _, _ = select.select([reading], [], [], patience)
        if not ready:
            return patience
        received = os.read(reading, 1 << 16)
        if not received:
            return 0.0
        *lines, unread = (unread + received).split(b"\n")
        for line in lines:
            patience = heard(json.loads(line))


def _be_the_copy(work: Callable[[Say], None], writing: int) -> NoReturn:
    code = _FAULT
    try:
        die_with_parent()
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        pipe = os.fdopen(writing, "w", encoding="utf-8")

        def say(*what: Any) -> None:
            pipe.write(json.dumps(what) + "\n")
            pipe.flush()

        work(say)
        pipe.flush()
        code = 0
    except BaseException:  # noqa: BLE001 - nothing may get into the original's code
        traceback.print_exc()
    finally:
        os._exit(code)
