"""From packages and paths to a profile: what is read of each target, and what is learned of all of them together."""

import ast
import importlib.metadata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from warpsmith.discover.sources import Found, PassedOver, function_definitions, kernel_definitions, nothing_found
from warpsmith.manner.learning import Sample, learn
from warpsmith.manner.profile import Profile, Source

Definition = Found[ast.FunctionDef]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a target: its kernels, the functions beside them, and what could not be read.

    `version` is that of the installed distribution, empty for paths and where none is known. `repeated` counts the
    kernels that an earlier target has; they are not among `kernels`.
    """

    name: str
    version: str
    kernels: tuple[Definition, ...]
    functions: tuple[Definition, ...]
    passed_over: tuple[PassedOver, ...]
    repeated: int = 0


def read(target: str, known: Collection[Path] = ()) -> Reading:
    """Read the kernels and functions of a file, folder, module, package or distribution; nothing of it is executed.

    What stands in the `known` files, which are resolved paths, is left out.

    Raises:
        UsageError: there is no such target, or it has no kernels.
    """
    passed_over: list[PassedOver] = []
    kernels = tuple(kernel_definitions(target, passed_over))
    if not kernels:
        raise nothing_found("target", target, passed_over)
    functions = _new(tuple(function_definitions(target, passed_over)), known)
    name, version = _named(target)
    new = _new(kernels, known)
    return Reading(name, version, new, functions, tuple(dict.fromkeys(passed_over)), len(kernels) - len(new))


def read_all(targets: Sequence[str]) -> list[Reading]:
    """Read targets as `read` does, each file once: for the first target that has it."""
    readings: list[Reading] = []
    known: set[Path] = set()
    for target in targets:
        reading = read(target, known)
        known |= {path.resolve() for path in {found.path for found in (*reading.kernels, *reading.functions)}}
        readings.append(reading)
    return readings


def _new(found: tuple[Definition, ...], known: Collection[Path]) -> tuple[Definition, ...]:
    old = {path for path in {one.path for one in found} if path.resolve() in known} if known else set()
    return tuple(one for one in found if one.path not in old)


def profile_of(name: str, readings: Sequence[Reading], builtins: Collection[str]) -> Profile:
    """Learn a profile in which each reading that has kernels weighs the same, and in each of them each kernel.

    `builtins` are the names of Warp's builtins; calls of anything else on Warp are not learned.
    """
    readings = [reading for reading in readings if reading.kernels]
    sources = [Source(reading.name, reading.version, len(reading.kernels)) for reading in readings]
    samples = [sample for reading in readings for sample in _samples(reading.kernels)]
    functions = [sample for reading in readings for sample in _samples(reading.functions)]
    return learn(name, sources, samples, functions, builtins)


def _samples(found: Sequence[Definition]) -> list[Sample]:
    return [Sample(one.node, one.aliases, 1.0 / len(found), one.source) for one in found]


def _named(target: str) -> tuple[str, str]:
    """Return what a profile calls a target, and its version; of a path the last name, for the rest is nobody's."""
    path = Path(target)
    if path.exists():
        return path.resolve().name, ""
    module = target.partition(".")[0]
    for distribution in (*importlib.metadata.packages_distributions().get(module, ()), target):
        try:
            return target, importlib.metadata.version(distribution)
        except importlib.metadata.PackageNotFoundError:
            continue
    return target, ""
