"""The kernels that a job keeps away from: those of earlier sets, and code that is to stay out."""

from functools import cache
from pathlib import Path

from warpsmith.dataset.layout import WORK
from warpsmith.dataset.near.barrier import Barrier
from warpsmith.dataset.store import Store
from warpsmith.run.config import JobConfig

BARRIER = f"{WORK}/barrier"


def barrier_of(config: JobConfig, store: Store) -> Barrier | None:
    """Return the barrier of a job, which lies in its folder; None where it keeps away from nothing."""
    return _opened(store.fetch(BARRIER)) if config.against or config.exclude else None


@cache
def _opened(path: Path) -> Barrier:
    return Barrier.open(path)
