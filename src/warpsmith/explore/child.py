"""What is done in the copy of a keeper: the text is executed, within limits and walls, and the answer is written."""

import ctypes
import faulthandler
import os
import sys
import tempfile
import time
from contextlib import suppress
from typing import NamedTuple, NoReturn

import msgspec

from warpsmith import bridge
from warpsmith.explore.answers import Answer, Question, failed
from warpsmith.explore.executing import answer
from warpsmith.explore.walls import Limits, limit, write_only_in
from warpsmith.verify.worker import die_with_parent

_EARLIER, _SOON = 0.25, 0.05
_KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "PYTHONPATH", "LD_LIBRARY_PATH", "CUDA_VISIBLE_DEVICES")


class Errand(NamedTuple):
    """A question, the folder and the limits of its process, and the moment at which that is to be over."""

    question: Question
    room: str
    limits: Limits
    deadline: float


def be_the_child(errand: Errand, descriptors: tuple[int, int, int, int], *, alone: bool) -> NoReturn:
    """Execute the text in this process, or in a child of it where this is the first process of a world."""
    answering, printing, telling, dump = descriptors
    try:
        die_with_parent()
        if alone:
            _nurse(telling, (answering, printing))
        os.close(telling)
        _execute(errand, (answering, printing, dump))
    finally:
        os._exit(1)


def _nurse(telling: int, others: tuple[int, int]) -> None:
    """Return in a child that is to execute the text; stay behind, wait for all that ends, and end with that child."""
    child = os.fork()
    if not child:
        return
    for descriptor in others:
        os.close(descriptor)
    while True:
        ended, status, used = os.wait4(-1, 0)
        if ended == child:
            os.write(telling, f"{status} {used.ru_maxrss}".encode())
            os._exit(0)


def _execute(errand: Errand, descriptors: tuple[int, int, int]) -> NoReturn:
    """Execute the text in this process, which has nothing else to do, and write the answer."""
    answering, printing, dump = descriptors
    write, end = os.write, os._exit
    try:
        _settle(printing, errand.room)
        faulthandler.enable(dump)
        left = errand.deadline - time.monotonic()
        faulthandler.dump_traceback_later(max(left / 2, left - _EARLIER, _SOON), file=dump)
        limit(errand.limits)
        write_only_in(errand.room)
        me = os.getpid()
        answered = answer(errand.question)
        if os.getpid() != me:
            end(0)  # the text has copied the process, and this is the copy
        said = encoded(answered)
        _flush()
    except BaseException as error:  # noqa: BLE001 - nothing may get into the original's code
        said = encoded(failed("fault", f"warpsmith failed on it: {type(error).__name__}: {error}"))
    while said:
        said = said[write(answering, said) :]
    end(0)


def _flush() -> None:
    """Let out what was printed, by native code as well; the text may have closed the streams."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()
    ctypes.CDLL(None).fflush(None)


def encoded(answered: Answer) -> memoryview:
    """Return an answer as it is sent: JSON, and a newline that ends it."""
    return memoryview(msgspec.json.encode(answered) + b"\n")


def _settle(printing: int, room: str) -> None:
    """Go into a folder, and leave only what is needed of streams and environment, and a home that is not the user's."""
    os.chdir(room)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for stream in (1, 2):
        os.dup2(printing, stream)
    os.close(printing)
    sys.stdout, sys.stderr = (
        os.fdopen(stream, "w", encoding="utf-8", errors="backslashreplace", closefd=False) for stream in (1, 2)
    )
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    os.environ.clear()
    os.environ.update(kept | {"HOME": room, "TMPDIR": room, "WARP_CACHE_PATH": room, "USER": "explore"})
    tempfile.tempdir = None
    bridge.cache_in(room)
