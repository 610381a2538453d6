"""The inside of a worker on a cluster: what it is sent, how it makes ready once, and what it answers."""

import pickle
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from warpsmith.run.counters import Tally
from warpsmith.run.engines.base import Setup, outcome
from warpsmith.run.engines.telling import listen_to, untold


class Order(NamedTuple):
    """What all tasks of an engine have in common; `key` is the engine's own."""

    key: str
    work: Callable[[Any], Any]
    setup: Setup


class Answer(NamedTuple):
    """What became of a task: its result or what it raised, and what was counted on the way."""

    result: Any
    error: Exception | None
    news: Tally


_order: Order | None = None


def performed(order: bytes, task: bytes, inbox: Any) -> bytes:
    """Do a task and return the answer, pickled."""
    listen_to(inbox)
    result, error = outcome(partial(_perform, order), task)
    return pickle.dumps(Answer(result, error, untold()))


def _perform(order: bytes, task: bytes) -> Any:
    return _ready(order).work(pickle.loads(task))


def _ready(sent: bytes) -> Order:
    """Do what the order asks for before the first task, once in a process."""
    global _order  # noqa: PLW0603 - a process works for one job at a time
    order: Order = pickle.loads(sent)
    if _order is None or _order.key != order.key:
        order.setup.function(*order.setup.arguments)
        _order = order
    return _order
