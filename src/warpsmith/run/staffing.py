"""The workers of a job: an engine by its name, made ready for shards, and the counters of what they do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from warpsmith.dataset.layout import WORK
from warpsmith.dataset.objects import ObjectStore
from warpsmith.dataset.store import Store
from warpsmith.run.counters import Counters, SharedCounters
from warpsmith.run.engines.base import Engine
from warpsmith.run.engines.local import LocalEngine
from warpsmith.run.sharing import leave_mark
from warpsmith.run.state import WorkFolder
from warpsmith.run.worker import setup_here, setup_node, setup_process

Work = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Site:
    """What is worked on: a store, so many shards; and who by: so many workers, the cluster at an address."""

    store: Store
    log: Path
    shards: int
    workers: int
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """An engine and what its workers count."""

    engine: Engine[Any, Any]
    counters: Counters


def staffed(name: str, work: Work, site: Site) -> Staff:
    """Return the staff for a site; `name` is an engine that `require_engine` let pass."""
    return _KINDS[name](work, site)


def _local(work: Work, site: Site) -> Staff:
    counters = SharedCounters(site.shards)
    setup = setup_process(counters, site.log) if site.workers else setup_here(counters)
    return Staff(LocalEngine(work, min(site.workers, site.shards), setup), counters)


def _on_ray(work: Work, site: Site) -> Staff:
    from warpsmith.run.engines.ray import RayEngine
    from warpsmith.run.engines.telling import RayCounters

    WorkFolder(site.store).make()
    is_elsewhere = isinstance(site.store, ObjectStore)
    mark = None if is_elsewhere else leave_mark(site.store.folder, site.store.folder / WORK / "mark")
    counters = RayCounters()
    setup = setup_node(counters.teller, site.log.absolute(), mark)
    return Staff(RayEngine(work, site.workers, setup, site.address, counters), counters)


_KINDS: Mapping[str, Callable[[Work, Site], Staff]] = MappingProxyType({"local": _local, "ray": _on_ray})
