"""Workers do their tasks, die, are replaced, and never outlive their parent."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import psutil
import pytest

from warpsmith.errors import GenerationError, UsageError
from warpsmith.run.engines.base import MAX_DEATHS, Setup
from warpsmith.run.engines.local import LocalEngine


def nothing() -> None:
    pass


def square(number: int) -> int:
    return number * number


def stumble(numbers: list[int]) -> int:
    return numbers[0]


def refuse(number: int) -> NoReturn:
    raise UsageError(f"number {number}")


def die_once(path: str) -> int:
    """Die at the first call with a path, answer at the second."""
    if not Path(path).exists():
        Path(path).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def die(_: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail_to_start() -> None:
    raise OSError(28, "No space left on device")


def wait_for_ever(path: str) -> None:
    Path(path).write_text(str(os.getpid()))
    time.sleep(600)


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_every_task_is_done_once(workers: int) -> None:
    with LocalEngine(square, workers, Setup(nothing)) as engine:
        assert sorted(engine.run(range(9))) == [(number, number * number) for number in range(9)]
        assert sorted(engine.run([3])) == [(3, 9)]


@pytest.mark.parametrize("workers", [0, 1])
def test_what_a_task_raises_is_raised_here(workers: int) -> None:
    with LocalEngine(refuse, workers, Setup(nothing)) as engine, pytest.raises(UsageError, match="number 7"):
        list(engine.run([7]))


def test_what_nobody_expected_says_where_it_was() -> None:
    with LocalEngine(stumble, 1, Setup(nothing)) as engine, pytest.raises(IndexError) as caught:
        list(engine.run([[]]))
    assert "in stumble" in caught.value.__notes__[0]


def test_what_the_setup_raises_is_raised_here() -> None:
    with LocalEngine(square, 1, Setup(fail_to_start)) as engine, pytest.raises(OSError, match="No space"):
        list(engine.run([7]))


def test_a_worker_that_dies_is_replaced(tmp_path: Path) -> None:
    paths = [str(tmp_path / name) for name in "abc"]
    with LocalEngine(die_once, 2, Setup(nothing)) as engine:
        results = dict(engine.run(paths))
    assert sorted(results) == paths
    assert os.getpid() not in results.values()


def test_a_task_that_keeps_killing_ends_the_job() -> None:
    with (
        LocalEngine(die, 2, Setup(nothing)) as engine,
        pytest.raises(GenerationError, match=f"{MAX_DEATHS} workers died.*9"),
    ):
        list(engine.run([1, 2]))


def test_closing_ends_workers_in_the_middle_of_a_task(tmp_path: Path) -> None:
    path = tmp_path / "pid"

    def stop() -> None:
        if path.exists() and path.read_text():
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), LocalEngine(wait_for_ever, 1, Setup(nothing)) as engine:
        list(engine.run([str(path)], stop))
    assert not psutil.pid_exists(int(path.read_text()))


def test_workers_die_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "pid"
    script = (
        "from tests.run.engines.test_local import *\n"
        f"with LocalEngine(wait_for_ever, 1, Setup(nothing)) as engine: list(engine.run([{str(path)!r}]))"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=Path(__file__).parents[3])
    until(lambda: path.exists() and path.read_text() != "")
    worker = int(path.read_text())
    parent.kill()
    parent.wait()
    until(lambda: not psutil.pid_exists(worker) or psutil.Process(worker).status() == psutil.STATUS_ZOMBIE)


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)
