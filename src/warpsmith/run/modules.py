"""What a worker does with the modules of a package: they are imported in a copy of it, and their kernels harvested.

The package around them is imported first, then one module after the other. One that hangs, crashes or ends the process
ends the copy, and another copy goes on behind it.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from warpsmith import bridge
from warpsmith.discover.findings import LiveKernel, kernels_of
from warpsmith.discover.importing import import_package, import_target
from warpsmith.discover.licences import license_refusal
from warpsmith.discover.targets import ModuleTarget
from warpsmith.errors import ExtractionError
from warpsmith.record import KernelSource, Rejection, Target
from warpsmith.run.harvest import Harvester
from warpsmith.run.watching import Say, watched
from warpsmith.run.worker import counters
from warpsmith.run.yields import Yield, once, order, yielded

_MOST_DEATHS = 5


class Patience(msgspec.Struct, frozen=True):
    """Seconds that an import may take, and that one kernel may."""

    import_seconds: float = 120.0
    kernel_seconds: float = 120.0


class Errand(msgspec.Struct, frozen=True):
    """What is wanted of all modules: for which targets, under which licences, and where it is written."""

    targets: tuple[Target, ...]
    folder: Path
    licenses: tuple[str, ...] | None
    patience: Patience


class Chunk(msgspec.Struct, frozen=True):
    """Modules of one package for a worker, each with its number among all."""

    shard: int
    modules: tuple[tuple[int, ModuleTarget], ...]
    errand: Errand


class ModuleResult(msgspec.Struct):
    """What came of a module: how many records and rejections are in its file, or why it was passed over."""

    number: int
    records: int = 0
    rejected: int = 0
    failure: str = ""


def file_of(folder: Path, number: int) -> Path:
    """Return the file that what comes of a module is written to."""
    return folder / f"{number:06d}.jsonl"


def harvest(chunk: Chunk) -> list[ModuleResult]:
    """Harvest the modules of a chunk in a copy of this process, in another one from where that one ended."""
    return _Harvest(chunk).results()


class _Harvest:
    """A chunk, through as many copies as its modules and kernels end."""

    def __init__(self, chunk: Chunk) -> None:
        self.chunk = chunk
        self.waiting = list(chunk.modules)
        self.lost: dict[tuple[int, int], str] = {}
        self._results: dict[int, ModuleResult] = {}
        self._doing: list[int] = []

    def results(self) -> list[ModuleResult]:
        """Return what came of each module."""
        while self.waiting:
            self._doing = [self.waiting[0][0]]
            how = watched(partial(_serve, self.chunk.errand, self.waiting, self.lost), self._heard)
            if not how:
                break
            self._end_of_copy(f"it {how}")
        return list(self._results.values())

    def _heard(self, message: list[Any]) -> float:
        patience = self.chunk.errand.patience
        match message:
            case ["module", number]:
                self._doing = [number]
            case ["kernel", number, place]:
                self._doing = [number, place]
                return patience.kernel_seconds
            case ["result", number, records, rejected, failure]:
                self._keep(ModuleResult(number, records, rejected, failure))
        return patience.import_seconds

    def _keep(self, result: ModuleResult) -> None:
        self._results[result.number] = result
        self.waiting = [one for one in self.waiting if one[0] != result.number]
        counters().reach(self.chunk.shard, len(self._results))

    def _end_of_copy(self, how: str) -> None:
        """Go on without the kernel in which a copy ended, or without the module if it was not its kernels."""
        number, *place = self._doing
        if not place:
            self._keep(ModuleResult(number, failure=f"{how} when it is imported"))
        elif sum(one == number for one, _ in self.lost) == _MOST_DEATHS:
            self._keep(ModuleResult(number, failure=f"more than {_MOST_DEATHS} of its kernels end the process"))
        else:
            self.lost[number, place[0]] = how


def _serve(
    errand: Errand, waiting: Sequence[tuple[int, ModuleTarget]], lost: Mapping[tuple[int, int], str], say: Say
) -> None:
    """Import the package around some modules, and then one after the other, and harvest the kernels of each."""
    _, target = waiting[0]
    bridge.start()
    if target.is_in_package:
        try:
            import_package(target)
        except ExtractionError as error:
            for number, _ in waiting:
                say("result", number, 0, 0, str(error))
            return
    with bridge.accelerated():
        for number, target in waiting:
            say("module", number)
            # what a module changes for itself is not there for the next one
            with bridge.kept_config(), _kept_folder():
                found = _Module(errand, number, target, say).harvested(lost)
            say("result", number, found.records, found.rejected, found.failure)


@contextmanager
def _kept_folder() -> Iterator[None]:
    before = Path.cwd()
    try:
        yield
    finally:
        os.chdir(before)


class _Module(NamedTuple):
    """One module: what is wanted of it, and whom to tell how far it is."""

    errand: Errand
    number: int
    target: ModuleTarget
    say: Say

    def harvested(self, lost: Mapping[tuple[int, int], str]) -> ModuleResult:
        """Import the module and write what comes of its kernels; those that are lost are rejected."""
        try:
            import_target(self.target)
        except ExtractionError as error:
            return ModuleResult(self.number, failure=str(error))
        kernels = [one for one in kernels_of(self.target.path) if self.target.kernel in (None, one.name)]
        if not kernels and self.target.kind == "file":
            name = f" '{self.target.kernel}'" if self.target.kernel else "s"
            return ModuleResult(self.number, failure=f"it has no kernel{name}")
        category = self.target.name if self.target.kind == "file" else self.target.package
        harvester = Harvester(self.errand.targets, category)
        found = []
        for place, live in enumerate(kernels):
            self.say("kernel", self.number, place)
            found.append(self._made(harvester, live, lost.get((self.number, place))))
        lines = once(sorted(found, key=order))
        with file_of(self.errand.folder, self.number).open("wb") as file:
            file.writelines(msgspec.json.encode(line) + b"\n" for line in lines)
        records = sum(line.row is not None for line in lines)
        return ModuleResult(self.number, records, len(lines) - records)

    def _made(self, harvester: Harvester, live: LiveKernel, lost: str | None) -> Yield:
        provenance = self.target.provenance(live.line)
        refusal = license_refusal(provenance.license, self.errand.licenses)
        if not (lost or refusal):
            return yielded(harvester.record(live, provenance))
        reason, stage = (lost, "generates") if lost else (refusal, "license")
        text = bridge.own_source(live.kernel)
        source = KernelSource(text, live.name, "", live.description, 1, provenance=provenance)
        return Yield(rejection=Rejection(stage, reason, reason, source))
