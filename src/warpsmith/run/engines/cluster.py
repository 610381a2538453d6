"""A Ray cluster as the driver sees it: joined or started, its size, and in one line why it cannot be had any more."""

import logging
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import ray

from warpsmith.errors import GenerationError, PrerequisiteError
from warpsmith.run.engines.address import chosen, silence

LOOK_SECONDS = 1.0
GONE_SECONDS = 40.0
"""Ray itself gives up after a minute."""
_OBJECT_BYTES = 128 << 20
_QUIET = {"log_to_driver": False, "logging_level": logging.ERROR, "include_dashboard": False}


class Cluster:
    """A connection to a cluster; where the program has none, one is made that ends with `close`.

    Without an address it is a cluster of this machine, with so many workers, or one for each core where `workers` is 0.

    Raises PrerequisiteError where the cluster cannot be joined: above all, where it has other versions than we.
    """

    def __init__(self, address: str | None, workers: int) -> None:
        self._workers = workers
        self._ours = not ray.is_initialized()
        if self._ours:
            _join(chosen(address), workers)
        self._vital = _vital_places()
        self._looked, self._answered, self._cpus = float("-inf"), time.monotonic(), 0

    def room(self) -> int:
        """Return how many tasks may be under way: some more than there are cores, so that none waits for the driver.

        Raises GenerationError where the cluster has not answered for a while: Ray would end the program, silently.
        """
        if time.monotonic() - self._looked > LOOK_SECONDS:
            self._look()
        room = self._cpus + max(2, self._cpus // 8)
        return min(room, self._workers or room)

    def close(self) -> None:
        """Leave the cluster, or end it where it was started here."""
        if self._ours:
            ray.shutdown()
            _be_quiet(False)

    def _look(self) -> None:
        self._looked = time.monotonic()
        for what, place in self._vital.items():
            if silence(place, LOOK_SECONDS):
                if self._looked - self._answered > GONE_SECONDS:
                    raise GenerationError(f"{what} at {place} is gone; finish with `--resume` on one that runs")
                return
        self._cpus = int(ray.cluster_resources().get("CPU", 0))
        self._answered = self._looked


def _join(address: str, workers: int) -> None:
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    _be_quiet(True)
    own = {"num_cpus": workers or None, "object_store_memory": _OBJECT_BYTES} if address == "local" else {}
    with _muted(), _in_one_line(address), _signals_kept():
        ray.init(address=address, **own, **_QUIET)


def _vital_places() -> dict[str, str]:
    """Return where the parts of the cluster listen without which a driver cannot go on."""
    context = ray.get_runtime_context()
    here = next(node for node in ray.nodes() if node["NodeID"] == context.get_node_id())
    ours = f"{here['NodeManagerAddress']}:{here['NodeManagerPort']}"
    return {"the head of the cluster": context.gcs_address, "this machine's node of the cluster": ours}


@contextmanager
def _in_one_line(address: str) -> Iterator[None]:
    try:
        yield
    except (ray.exceptions.RayError, RuntimeError, OSError, ValueError) as error:
        said = _said(error)
        if "InvalidAuthToken" in said:
            raise PrerequisiteError(f"the Ray cluster at '{address}' wants a token; set RAY_AUTH_TOKEN to it") from None
        remedy = "this machine must be a node of it, with the same versions of Ray and Python"
        raise PrerequisiteError(f"the Ray cluster at '{address}' cannot be joined ({said[:400]}); {remedy}") from None


def _said(error: BaseException) -> str:
    """Return in one line what Ray said first, below all that it said about that."""
    while below := error.__cause__ or error.__context__:
        error = below
    return " ".join(str(error).split()) or type(error).__name__


@contextmanager
def _signals_kept() -> Iterator[None]:
    """End by SIGTERM as before, without a report of Ray's; the workers end with us."""
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        if before is not None and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, before)


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
