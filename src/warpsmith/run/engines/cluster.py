"""A Ray cluster as the driver sees it: joined or started, its size, and in one line why it cannot be had."""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import ray

from warpsmith.errors import PrerequisiteError, UsageError
from warpsmith.run.engines.address import chosen

LOOK_SECONDS = 1.0
_OBJECT_BYTES = 128 << 20
_QUIET = {"log_to_driver": False, "logging_level": logging.ERROR, "include_dashboard": False}


class Cluster:
    """A connection to a cluster; where the program has none, one is made that ends with `close`.

    Without an address it is a cluster of this machine, with so many workers, or one for each core where `workers` is 0.

    Raises PrerequisiteError where the cluster cannot be joined: above all, where it has other versions than we.
    """

    def __init__(self, address: str | None, workers: int) -> None:
        self._workers = workers
        self._looked, self._cpus = float("-inf"), 0
        self._ours = not ray.is_initialized()
        if self._ours:
            _join(chosen(address), workers)

    def room(self) -> int:
        """Return how many tasks may be under way: some more than there are cores, so that none waits for the driver."""
        if time.monotonic() - self._looked > LOOK_SECONDS:
            self._cpus = int(ray.cluster_resources().get("CPU", 0))
            self._looked = time.monotonic()
        room = self._cpus + max(2, self._cpus // 8)
        return min(room, self._workers or room)

    def close(self) -> None:
        """Leave the cluster, or end it where it was started here."""
        if self._ours:
            ray.shutdown()
            _be_quiet(False)


def _join(address: str, workers: int) -> None:
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    _be_quiet(True)
    own = {"num_cpus": workers or None, "object_store_memory": _OBJECT_BYTES} if address == "local" else {}
    with _muted(), _in_one_line(address):
        ray.init(address=address, **own, **_QUIET)


@contextmanager
def _in_one_line(address: str) -> Iterator[None]:
    try:
        yield
    except ConnectionError:
        raise UsageError(f"address '{address}' leads to no node on this machine; run `ray start` here first") from None
    except (ray.exceptions.RayError, RuntimeError, OSError, ValueError) as error:
        reason = " ".join(str(error).split())
        message = f"the Ray cluster at '{address}' cannot be joined: {reason}"
        raise PrerequisiteError(f"{message}; all machines need one version of Ray and of Python") from None


@contextmanager
def _muted() -> Iterator[None]:
    """Keep off the terminal what Ray's native code has to say."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _be_quiet(quiet: bool) -> None:
    """Keep off the terminal, or let again onto it, what Ray says about workers and nodes that die."""
    inside: dict[str, Any] = vars(import_module("ray._private.worker"))
    inside["_worker_logs_enabled"] = not quiet
