"""What every engine is: it does tasks somewhere else, and yields their results as they come."""

import pickle
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple, Protocol, Self, TypeVar

from warpsmith.errors import GenerationError, WarpsmithError

T = TypeVar("T")
R_co = TypeVar("R_co", covariant=True)

MAX_DEATHS = 3


class Setup(NamedTuple):
    """What a worker does before its first task: a function of the module level and its arguments."""

    function: Callable[..., None]
    arguments: tuple[Any, ...] = ()


class Engine(Protocol[T, R_co]):
    """Does the tasks of a job; one `run` follows the other, and `close` ends all that is still being done.

    The work is a function of the module level; tasks and results are pickled. A task whose worker dies is done again,
    up to `MAX_DEATHS` times.
    """

    def run(self, tasks: Iterable[T], on_tick: Callable[[], None] = ...) -> Iterator[tuple[T, R_co]]:
        """Yield every task with its result as they come, calling `on_tick` about ten times a second.

        What a task raises is raised here. Raises GenerationError where a task keeps killing its workers.
        """

    def close(self) -> None:
        """End all workers at once."""

    def __enter__(self) -> Self:
        """Return the engine."""

    def __exit__(self, *_: object) -> None:
        """Close the engine."""


def outcome(work: Callable[[Any], Any], task: Any) -> tuple[Any, Exception | None]:
    """Do a task and return its result, or what it raised in a form that can be pickled."""
    try:
        return work(task), None
    except Exception as error:  # noqa: BLE001 - the parent raises it
        import traceback

        with suppress(OSError):
            traceback.print_exc()  # the error stream of a worker is the log, which may stand on a full disk
        error = _portable(error)
        if not isinstance(error, WarpsmithError):  # ours say all in their line; a traceback does not come across
            error.add_note(f"In the worker:\n{traceback.format_exc()}")
        return None, error


def _portable(error: Exception) -> Exception:
    """Return an error as it is if it can be pickled, and what it says if not."""
    with suppress(Exception):
        pickle.loads(pickle.dumps(error))
        return error
    return RuntimeError(f"{type(error).__name__}: {error}")


def count_death(deaths: Counter[int], number: int, fate: Callable[[], str], most: int = MAX_DEATHS) -> None:
    """Count a worker that died of a task; raises GenerationError at the last that is allowed."""
    deaths[number] += 1
    if deaths[number] == most:
        raise GenerationError(f"{most} workers died of the same task, the last by {fate()}")
