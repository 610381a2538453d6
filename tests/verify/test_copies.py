"""Work in a copy: how it ended is told, and the original goes on as it was."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from warpsmith.verify.copies import SpoiledError, in_a_copy


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def fail() -> None:
    raise ValueError("of its own")


def spoil() -> None:
    raise SpoiledError


@pytest.mark.parametrize(
    ("work", "how"),
    [
        (lambda: None, ""),
        (crash, "SIGSEGV"),
        (spoil, "spoiled"),
        (lambda: os._exit(7), "exit code 7"),
    ],
)
def test_how_a_copy_ends_is_told(work: Callable[[], None], how: str) -> None:
    assert in_a_copy(work) == how


def test_what_a_copy_writes_has_an_end(tmp_path: Path) -> None:
    def write() -> None:
        with (tmp_path / "file").open("wb", buffering=0) as file:
            for _ in range(1000):
                file.write(bytes(1 << 20))

    with pytest.raises(RuntimeError):
        in_a_copy(write)
    assert (tmp_path / "file").stat().st_size <= 64 << 20


def test_a_failure_of_the_work_itself_is_raised() -> None:
    with pytest.raises(RuntimeError, match="failed by itself"):
        in_a_copy(fail)


def test_what_a_copy_changes_stays_in_it() -> None:
    numbers = [1]
    assert in_a_copy(lambda: numbers.append(2)) == ""
    assert numbers == [1]


def test_a_copy_is_waited_for() -> None:
    begun = time.monotonic()
    in_a_copy(lambda: time.sleep(0.2))
    assert time.monotonic() - begun >= 0.2
