"""From packages and paths to a profile: what is read of each target, and what is learned of all of them together."""

import ast
import importlib.metadata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from warpsmith.discover.sources import Found, function_definitions, kernel_definitions
from warpsmith.errors import UsageError
from warpsmith.manner.learning import Sample, learn
from warpsmith.manner.profile import Profile, Source

Definition = Found[ast.FunctionDef]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a target: its kernels, the functions beside them, and the files that could not be read.

    `version` is that of the installed distribution, empty for paths and where none is known.
    """

    name: str
    version: str
    kernels: tuple[Definition, ...]
    functions: tuple[Definition, ...]
    passed_over: tuple[Path, ...]


def read(target: str) -> Reading:
    """Read the kernels and functions of a file, folder, module, package or distribution; nothing of it is executed.

    Raises:
        UsageError: there is no such target, or it has no kernels.
    """
    passed_over: list[Path] = []
    kernels = tuple(kernel_definitions(target, passed_over))
    if not kernels:
        raise UsageError(f"target '{target}' has no Warp kernels in it; name a package or path that has")
    name, version = _named(target)
    return Reading(name, version, kernels, tuple(function_definitions(target)), tuple(passed_over))


def profile_of(name: str, readings: Sequence[Reading], builtins: Collection[str]) -> Profile:
    """Learn a profile in which each reading weighs the same, and in each of them each kernel.

    `builtins` are the names of Warp's builtins; calls of anything else on Warp are not learned.
    """
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
