"""What a worker does with the modules of a package: each is imported in a copy of its own, and its kernels harvested.

The package around them is imported once, in a copy of the worker, and the copies for the modules are made of that. So
a module that hangs, crashes or ends its process takes only itself along, and none sees what another one has changed.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from warpsmith import bridge
from warpsmith.discover.findings import LiveKernel, kernels_of
from warpsmith.discover.importing import import_package, import_target
from warpsmith.discover.targets import ModuleTarget
from warpsmith.errors import ExtractionError
from warpsmith.extract import extract_source
from warpsmith.record import KernelSource, Record, Rejection, Target
from warpsmith.run.harvest import Harvester
from warpsmith.run.watching import Say, watched
from warpsmith.run.worker import counters

_USUAL = KernelSource(
    """import warp as wp


@wp.func
def half(a: wp.vec3) -> wp.vec3:
    return 0.5 * a


@wp.kernel
def usual(x: wp.array[wp.vec3], y: wp.array2d[float], n: int):
    i = wp.tid()
    total = float(0.0)
    for j in range(n):
        if y[i, j] > 0.0:
            total += wp.dot(x[i], half(x[j])) * y[i, j]
    x[i] = wp.normalize(x[i]) * wp.min(total, 1.0)
    wp.atomic_add(y, i, 0, total)
""",
    "usual",
    "",
    "",
    1,
)
_MARGIN_SECONDS = 30.0
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


class Yield(msgspec.Struct):
    """A line of a module's file: the columns of a record with its preambles, or a rejection."""

    row: dict[str, Any] | None = None
    preambles: dict[str, str] = {}
    rejection: Rejection | None = None


def file_of(folder: Path, number: int) -> Path:
    """Return the file that what comes of a module is written to."""
    return folder / f"{number:06d}.jsonl"


def harvest(chunk: Chunk) -> list[ModuleResult]:
    """Harvest the modules of a chunk; those that fail say why."""
    results: dict[int, ModuleResult] = {}
    waiting = list(chunk.modules)
    while waiting:
        state: dict[str, int | None] = {"module": None}

        def heard(message: list[Any], state: dict[str, int | None] = state) -> float:
            match message:
                case ["module", number]:
                    state["module"] = number
                case ["result", number, records, rejected, failure]:
                    results[number] = ModuleResult(number, records, rejected, failure)
                    state["module"] = None
                    counters().reach(chunk.shard, len(results))
            patience = chunk.errand.patience
            return patience.import_seconds + patience.kernel_seconds + _MARGIN_SECONDS

        how = watched(partial(_serve, chunk, waiting), heard)
        if not how:
            break
        lost = state["module"] if state["module"] is not None else waiting[0][0]
        results[lost] = ModuleResult(lost, failure=f"it {how} when it is imported")
        waiting = [one for one in waiting if one[0] > lost]
    return list(results.values())


def _serve(chunk: Chunk, waiting: list[tuple[int, ModuleTarget]], say: Say) -> None:
    """Import the package around some modules, and have each harvested in a copy."""
    first, target = waiting[0]
    if target.is_in_package:
        say("module", first)
        try:
            import_package(target)
        except ExtractionError as error:
            for number, _ in waiting:
                say("result", number, 0, 0, str(error))
            return
    with bridge.accelerated():
        _warm_up(target)
        for number, target in waiting:
            say("module", number)
            result = _Module(chunk, number, target, say).result()
            say("result", number, result.records, result.rejected, result.failure)


def _warm_up(target: ModuleTarget) -> None:
    """Take a kernel through Warp and ask for the package's licence: every copy would else begin by doing that."""
    target.provenance()
    extract_source(_USUAL)


class _Module:
    """One module, through as many deaths of its copy as its kernels cause."""

    def __init__(self, chunk: Chunk, number: int, target: ModuleTarget, tell: Callable[..., None]) -> None:
        self.chunk, self.number, self.target, self.tell = chunk, number, target, tell
        self.patience = chunk.errand.patience.import_seconds
        self.doing: list[int] = []
        self.lost: dict[int, str] = {}
        self.found = ModuleResult(number)

    def result(self) -> ModuleResult:
        """Harvest the module in a copy, again without the kernel in which the copy ended."""
        for _ in range(_MOST_DEATHS):
            self.patience = self.chunk.errand.patience.import_seconds
            self.doing.clear()
            how = watched(self._harvest, self._heard)
            if not how:
                return self.found
            if not self.doing:
                return ModuleResult(self.number, failure=f"it {how} when it is imported")
            self.lost[self.doing[-1]] = f"it {how}"
        return ModuleResult(self.number, failure=f"{_MOST_DEATHS} of its kernels end the process")

    def _heard(self, message: list[Any]) -> float:
        match message:
            case ["kernel", place]:
                self.doing.append(int(place))
                self.patience = self.chunk.errand.patience.kernel_seconds
                self.tell("busy")
            case ["done", records, rejected, failure]:
                self.found = ModuleResult(self.number, records, rejected, failure)
        return self.patience

    def _harvest(self, say: Say) -> None:
        try:
            import_target(self.target)
        except ExtractionError as error:
            say("done", 0, 0, str(error))
            return
        kernels = kernels_of(self.target.path)
        if self.target.kernel:
            kernels = [one for one in kernels if one.name == self.target.kernel]
        if not kernels and self.target.kind == "file":
            say("done", 0, 0, f"it has no kernel '{self.target.kernel}'" if self.target.kernel else "it has no kernels")
            return
        found = []
        harvester = Harvester(
            self.chunk.errand.targets, self.target.name if self.target.kind == "file" else self.target.package
        )
        with bridge.accelerated():
            for place, live in enumerate(kernels):
                say("kernel", place)
                found.append(self._made(harvester, place, live))
        lines = _once(sorted(found, key=_order))
        with file_of(self.chunk.errand.folder, self.number).open("wb") as file:
            file.writelines(msgspec.json.encode(line) + b"\n" for line in lines)
        say("done", sum(line.row is not None for line in lines), sum(line.row is None for line in lines), "")

    def _made(self, harvester: Harvester, place: int, live: LiveKernel) -> Yield:
        provenance = self.target.provenance(live.line)
        refusal = license_refusal(provenance.license, self.chunk.errand.licenses)
        if place in self.lost or refusal:
            reason, stage = (self.lost[place], "generates") if place in self.lost else (refusal, "license")
            source = KernelSource(
                bridge.own_source(live.kernel), live.name, "", live.description, 1, provenance=provenance
            )
            return Yield(rejection=Rejection(stage, reason, reason, source))
        made = harvester.record(live, provenance)
        if isinstance(made, Rejection):
            return Yield(rejection=made)
        return Yield(made.row(), preambles_of(made))


def preambles_of(record: Record) -> dict[str, str]:
    """Return what stands before the code of a record, by column."""
    pairs = (("cpp", record.code.cpu), ("cuda", record.code.cuda))
    return {column: code.preamble for column, code in pairs if code}


def _order(line: Yield) -> tuple[int, str, str, str]:
    """Return where a kernel stands and what it is: the order in which Python keeps live kernels is not fixed."""
    if line.row is not None:
        return (
            line.row["provenance"]["line"] or 0,
            line.row["kernel_name"],
            line.row["python_source"],
            line.row["cpp"] or "",
        )
    assert line.rejection is not None
    source = line.rejection.source
    return source.provenance.line or 0, source.kernel_name, source.python_source, line.rejection.reason


def _once(lines: list[Yield]) -> list[Yield]:
    """Leave out what a factory has made twice: the same kernel of the same line."""
    return [line for number, line in enumerate(lines) if not number or line != lines[number - 1]]


def license_refusal(found: str | None, allowed: tuple[str, ...] | None) -> str:
    """Return why a licence is not allowed, nothing where it is: one of its alternatives must be on the list."""
    if allowed is None:
        return ""
    if found is None:
        return "its licence is not known"
    alternatives = (one.strip(" ()").split(" AND ") for one in found.split(" OR "))
    known = {name.lower() for name in allowed}
    if any(all(part.strip(" ()").lower() in known for part in parts) for parts in alternatives):
        return ""
    return f"its licence is {found}"
