import os
import signal
import time
from typing import Any

import pytest

from warpsmith.run.watching import Say, watched


def listening(said: list[Any], patience: float = 20.0) -> Any:
    def heard(message: list[Any]) -> float:
        said.append(message)
        return patience

    return heard


def test_what_is_said_is_heard_in_order() -> None:
    said: list[Any] = []

    def work(say: Say) -> None:
        for number in range(3):
            say("number", number, {"of": "three"})

    assert watched(work, listening(said)) == ""
    assert said == [[], *(["number", number, {"of": "three"}] for number in range(3))]


@pytest.mark.parametrize(
    ("end", "how"),
    [
        (lambda: os._exit(7), "ends the process: exit code 7"),
        (lambda: os.kill(os.getpid(), signal.SIGSEGV), "ends the process: SIGSEGV"),
    ],
)
def test_an_end_is_told(end: Any, how: str) -> None:
    assert watched(lambda _: end(), listening([])) == how


def test_silence_ends_the_copy() -> None:
    begun = time.monotonic()
    assert watched(lambda _: time.sleep(60.0), listening([], 0.3)) == "does not end in 0.3 seconds"
    assert time.monotonic() - begun < 30.0


def test_our_own_failure_is_none_of_the_works() -> None:
    def fail(_: Say) -> None:
        raise ValueError("ours")

    with pytest.raises(RuntimeError, match="the work failed by itself"):
        watched(fail, listening([]))


def test_what_the_copy_changes_is_its_own() -> None:
    kept = [1]
    assert watched(lambda _: kept.append(2), listening([])) == ""
    assert kept == [1]
