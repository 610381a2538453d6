"""A keeper by itself, in a copy of this process: with a world of its own for the text, and where there is none."""

import os
import select
import socket
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import psutil
import pytest

from tests.explore.texts import ENDLESS, GOOD, HARMFUL, KILLS_PARENT, ORPHAN, SPAWNING
from warpsmith import bridge
from warpsmith.explore import keeper
from warpsmith.explore.answers import Answer, Question
from warpsmith.explore.walls import Limits

Ask = Callable[..., Answer | None]
SECONDS = 30.0


@pytest.fixture(params=["alone", "among others"])
def ask(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Return what asks a keeper, None standing for a keeper that was killed; `cancel` closes the socket at once."""
    bridge.start()
    if request.param == "among others":
        monkeypatch.setattr(keeper, "enter_namespaces", lambda: False)

    def asked(text: str, *, seconds: float = SECONDS, cancel: bool = False) -> Answer | None:
        ours, theirs = socket.socketpair()
        child = os.fork()
        if not child:
            ours.close()
            keeper.keep(theirs, str(tmp_path), Limits(seconds, 512))
        theirs.close()
        ours.sendall(msgspec.json.encode(Question(text)) + b"\n")
        if cancel:
            time.sleep(0.5)
            ours.close()
        received = b"" if cancel else everything(ours)
        ended_in_time(child)
        return msgspec.json.decode(received, type=Answer) if received else None

    return asked


def everything(connection: socket.socket) -> bytes:
    """Return all that comes until the other side closes."""
    received = b""
    with connection:
        while select.select([connection], [], [], 120)[0] and (part := connection.recv(1 << 16)):
            received += part
    return received


def ended_in_time(child: int) -> None:
    """Wait for a child of this process, but not for ever."""
    deadline = time.monotonic() + 60
    while not os.waitpid(child, os.WNOHANG)[0]:
        assert time.monotonic() < deadline, "the keeper does not end"
        time.sleep(0.02)


def left_behind(folder: Path) -> list[psutil.Process]:
    """Return the processes that work in a folder, or did when it was there."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.cwd().startswith(str(folder)):
                found.append(process)
        except psutil.Error:
            continue
    return found


def test_a_good_text(ask: Ask, tmp_path: Path) -> None:
    answer = ask(GOOD + "\nprint('said')\n")
    assert answer is not None
    assert answer.problem is None
    assert [kernel.name for kernel in answer.kernels] == ["scale"]
    assert answer.output == "said\n"
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("name", HARMFUL)
def test_harm(ask: Ask, name: str) -> None:
    text, stage, line = HARMFUL[name]
    answer = ask(text)
    assert answer is not None
    assert answer.problem is not None
    assert (answer.problem.stage, answer.problem.line) == (stage, line)


def test_an_endless_loop(ask: Ask) -> None:
    answer = ask(ENDLESS, seconds=4.0)
    assert answer is not None
    assert answer.problem is not None
    assert answer.problem.stage == "time"
    assert answer.problem.line in (4, 5)


@pytest.mark.parametrize("text", [SPAWNING, ORPHAN])
def test_nothing_is_left_behind(ask: Ask, tmp_path: Path, text: str) -> None:
    answer = ask(text)
    assert answer is not None
    assert answer.problem is not None
    assert answer.problem.stage in ("processes", "define", "empty")
    assert left_behind(tmp_path) == []
    assert not any(tmp_path.iterdir())


def test_nothing_goes_on_when_nobody_waits(ask: Ask, tmp_path: Path) -> None:
    assert ask(ENDLESS, seconds=100.0, cancel=True) is None
    assert left_behind(tmp_path) == []
    assert not any(tmp_path.iterdir())


def test_a_text_that_kills_its_parent(ask: Ask) -> None:
    """In a world of its own it cannot; among others it kills the keeper, and ends with it."""
    answer = ask(KILLS_PARENT)
    assert answer is None or (answer.problem is not None and answer.problem.stage == "empty")
