"""A copy of the template that has one text executed in a copy of itself, and lets nothing of that one live on.

The text's process has a world of its own where the system grants that (`walls`). Its first process is then a nurse that
does nothing but wait, since the first of a world cannot be killed by the others and takes all of them with it when it
ends. Where there are no such worlds, the keeper adopts what the text's process leaves behind, and ends it.
"""

import os
import resource
import select
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple, NoReturn

import msgspec

from warpsmith.explore.answers import Answer, Question, Stage, failed
from warpsmith.explore.child import Errand, be_the_child, encoded
from warpsmith.explore.family import descendants, end_descendants
from warpsmith.explore.locating import frames_of_dump
from warpsmith.explore.walls import Limits, adopt_orphans, enter_namespaces
from warpsmith.verify.worker import die_with_parent

MOST_ANSWERED = 64 << 20
_MOST_PRINTED, _KEPT = 1 << 20, 1 << 16
_MOST_PROCESSES = 64
_TICK = 0.05
_EXHAUSTED = 0.7


class End(NamedTuple):
    """How a text's process came to its end: a stage and a reason, or nothing where it gave its answer."""

    stage: Stage | None = None
    reason: str = ""


Hear = Callable[[bytes], End | None]

_LEFT = End("fault", "nobody waits for the answer")


class Watch:
    """What a keeper has heard of the text's process so far."""

    def __init__(self) -> None:
        self.answered, self.printed = bytearray(), bytearray()
        self.printed_bytes = 0

    @property
    def complete(self) -> bool:
        """Whether the whole answer is there."""
        return self.answered.endswith(b"\n")

    @property
    def is_flooded(self) -> bool:
        """Whether more is printed than may be."""
        return self.printed_bytes > _MOST_PRINTED

    def hear_answer(self, part: bytes) -> End | None:
        """Take a part of the answer; when it is complete, that is an end."""
        self.answered += part
        if len(self.answered) > MOST_ANSWERED:
            return End("fault", "its generated code is too long to be shown")
        return End() if self.complete else None

    def hear_print(self, part: bytes) -> End | None:
        """Take a part of what is printed; keep only the first of it."""
        self.printed += part[: _KEPT - len(self.printed)]
        self.printed_bytes += len(part)
        return End("output", f"it prints more than {_MOST_PRINTED >> 10} KiB") if self.is_flooded else None


def keep(asking: socket.socket, folder: str, limits: Limits) -> NoReturn:
    """Read a question from a socket, have it answered, write the answer and end this process.

    When the other side closes the socket, the text is ended and nothing is written. `folder` is where its own folder
    of temporary files is made.
    """
    started = time.monotonic()
    try:
        die_with_parent()
        os.setsid()
        adopt_orphans()
        question = _question(asking)
        room = tempfile.mkdtemp(prefix="text-", dir=folder)
        try:
            answered = _kept(Errand(question, room, limits, started + limits.seconds), asking)
        finally:
            shutil.rmtree(room, ignore_errors=True)
        if answered is not None:
            asking.sendall(encoded(answered))
    except OSError as error:
        with suppress(OSError):
            asking.sendall(encoded(failed("fault", f"the system has no room for it: {error.strerror}")))
    finally:
        end_descendants()
        os._exit(0)


def _question(asking: socket.socket) -> Question:
    received = b""
    while not received.endswith(b"\n"):
        part = asking.recv(1 << 16)
        if not part:
            os._exit(0)
        received += part
    return msgspec.json.decode(received, type=Question)


def _kept(errand: Errand, asking: socket.socket) -> Answer | None:
    """Have a text executed; None where nobody waits for the answer any more."""
    answers, answering = os.pipe()
    prints, printing = os.pipe()
    fates, telling = os.pipe()
    dump = tempfile.TemporaryFile(dir=errand.room, buffering=0)  # noqa: SIM115 - this process ends soon
    alone = enter_namespaces()
    die_with_parent()  # what was asked before is forgotten there
    child = os.fork()
    if not child:
        asking.close()
        for descriptor in (answers, prints, fates):
            os.close(descriptor)
        be_the_child(errand, (answering, printing, telling, dump.fileno()), alone=alone)
    for descriptor in (answering, printing, telling):
        os.close(descriptor)
    watch = Watch()
    hearing = {answers: watch.hear_answer, prints: watch.hear_print, asking.fileno(): lambda _: _LEFT}
    end = _watched(hearing, child, errand.deadline)
    status, used = _status(child, fates)
    if end is _LEFT:
        return None
    for descriptor, hear in ((answers, watch.hear_answer), (prints, watch.hear_print)):
        _drain(descriptor, hear)
    said = os.pread(dump.fileno(), 1 << 20, 0).decode(errors="replace")
    taken = time.monotonic() - errand.deadline + errand.limits.seconds
    return _concluded(watch, end, _fate(status, used, errand.limits), said, taken)


def _watched(hearing: dict[int, Hear], child: int, deadline: float) -> End:
    """Hear the process until there is an answer or another reason to end it."""
    poll = select.poll()
    for descriptor in hearing:
        poll.register(descriptor, select.POLLIN | select.POLLRDHUP)
    counted = time.monotonic()
    while True:
        if end := _heard(poll, hearing):
            return end
        now = time.monotonic()
        if _has_ended(child):
            return End()
        if now > deadline:
            return End("time", "it does not end in time")
        if now - counted > 2 * _TICK:
            if end := _crowded():
                return end
            counted = now


def _heard(poll: select.poll, hearing: dict[int, Hear]) -> End | None:
    """Take what comes in a moment."""
    for descriptor, _ in poll.poll(1000 * _TICK):
        part = b""
        with suppress(ConnectionError):
            part = os.read(descriptor, 1 << 16)
        if not part:
            poll.unregister(descriptor)
        if end := hearing[descriptor](part):
            return end
    return None


def _crowded() -> End | None:
    crowded = len(descendants(os.getpid())) > _MOST_PROCESSES
    return End("processes", f"it starts more than {_MOST_PROCESSES} processes") if crowded else None


def _has_ended(child: int) -> bool:
    """Tell whether a child has ended; it is not reaped yet."""
    return os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _status(child: int, fates: int) -> tuple[int, int]:
    """End the process and all that it started; return its status and the kilobytes that it used at most."""
    if not _has_ended(child):
        os.kill(child, signal.SIGKILL)
    _, status, used = os.wait4(child, 0)
    end_descendants()
    told = os.read(fates, 64).split()  # all that could write there have ended
    return (int(told[0]), int(told[1])) if len(told) == 2 else (status, used.ru_maxrss)


def _drain(descriptor: int, hear: Hear) -> None:
    """Take what was written before the end."""
    os.set_blocking(descriptor, False)
    with suppress(BlockingIOError):
        while part := os.read(descriptor, 1 << 16):
            if hear(part) is not None:
                return


def _fate(status: int, kilobytes: int, limits: Limits) -> End:
    """Say how a process ended that gave no answer."""
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return End("exit", f"it ends the process with exit code {code}")
    name = signal.Signals(-code).name
    mine = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # the copy began with as much
    if kilobytes - mine > _EXHAUSTED * 1024 * limits.memory_mib:
        return End("memory", f"it takes more memory than it may ({name})")
    if name == "SIGXCPU":
        return End("time", "it takes more processor time than it may")
    return End("crash", f"it brings its process down ({name})")


def _concluded(watch: Watch, end: End, fate: End, dump: str, seconds: float) -> Answer:
    """Make the answer of what was heard."""
    if watch.complete and end.stage is None:
        try:
            made = msgspec.json.decode(watch.answered, type=Answer)
        except (msgspec.MsgspecError, UnicodeError):
            made = failed("fault", "its process wrote something else than an answer")
    else:
        stage, why = end if end.stage else fate
        frames = frames_of_dump(dump)
        told = (f"  line {line} in {name}" for line, name in frames)
        made = failed(stage or "crash", why, "\n".join((why, *told)), frames[0][0] if frames else None)
    cut = watch.printed_bytes > len(watch.printed)
    printed = watch.printed.decode(errors="replace")
    return msgspec.structs.replace(made, output=printed, output_cut=cut, seconds=round(seconds, 3))
