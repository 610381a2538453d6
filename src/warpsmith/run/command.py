"""The command that a set was made with, as a person types it, from the configuration in its manifest."""

import shlex
from collections.abc import Iterator, Mapping
from itertools import pairwise

import msgspec

from warpsmith.dataset.manifest import Manifest
from warpsmith.run.config import SPLITS, JobConfig, usual_profile
from warpsmith.run.people import PeopleConfig


def commands_of(manifest: Manifest) -> str:
    """Return the commands that give a set, a line each, without what its bytes do not depend on.

    That is the output and the number of workers. What was said by default is left out too.
    """
    try:
        return _commands(manifest)
    except msgspec.ValidationError:
        return "# of another version of warpsmith; manifest.json has the configuration"


def _commands(manifest: Manifest) -> str:
    configuration = manifest.configuration
    if "kind" in configuration:
        people = msgspec.convert(configuration, PeopleConfig)
        later = {"verify": people.verify, "mismatch": people.mismatch} if people.verify != "none" else {}
        return _lines(_of_people(people), later)
    if manifest.before_verify:
        later = {name: configuration[name] for name in manifest.before_verify}
        return _lines(_of_job(msgspec.convert(configuration | manifest.before_verify, JobConfig)), later)
    return _lines(_of_job(msgspec.convert(configuration, JobConfig)), {})


def _lines(words: Iterator[str], later: Mapping[str, str]) -> str:
    """Return a command, and behind it that of a verification in place."""
    lines = [shlex.join(["warpsmith", *words])]
    if later:
        mismatch = [] if later["mismatch"] == "keep" else ["--mismatch", later["mismatch"]]
        lines.append(shlex.join(["warpsmith", "verify", "--depth", later["verify"], *mismatch]))
    return "\n".join(lines)


def _of_people(config: PeopleConfig) -> Iterator[str]:
    yield config.kind
    if config.kind != "corpus":
        yield from config.targets
    yield from _differing(config, {"device": "-d", "format": "--format"})
    if config.kind == "extract" and config.license_allow is not None:
        yield from ("--license-allow", ",".join(config.license_allow))


def _of_job(config: JobConfig) -> Iterator[str]:
    yield from ("generate", "-n", str(config.count), "-s", str(config.seed))
    asked = {name: value for name in ("categories", "levels", "differentiable") if (value := getattr(config, name))}
    if not isinstance(config.profile, str):
        yield from ("--profile", "profile.json")
    elif config.profile != usual_profile(asked):
        yield from ("--profile", config.profile)
    if config.categories is not None:
        yield from ("-c", _weighted(config.categories))
    if config.levels is not None:
        yield from ("--level", _levels(config.levels))
    yield from _differing(
        config, {"device": "-d", "format": "--format", "verify": "--verify", "mismatch": "--mismatch"}
    )
    yield from (f"--{name}" for name in ("ptx", "differentiable") if getattr(config, name))
    if list(config.splits.items()) != list(SPLITS.items()):
        yield from ("--splits", _weighted(config.splits))
    for option in ("against", "exclude"):
        for barred in getattr(config, option):
            yield from (f"--{option}", barred.name)
    if config.shard_size is not None:
        yield from ("--shard-size", str(config.shard_size))


def _differing(config: JobConfig | PeopleConfig, options: Mapping[str, str]) -> Iterator[str]:
    """Yield the options whose values are not those that a configuration has by default."""
    defaults = {field.name: field.default for field in msgspec.structs.fields(config)}
    for name, option in options.items():
        if getattr(config, name) != defaults[name]:
            yield from (option, str(getattr(config, name)))


def _weighted(weights: Mapping[str, int]) -> str:
    return ",".join(name if weight == 1 else f"{name}={weight}" for name, weight in weights.items())


def _levels(levels: tuple[int, ...]) -> str:
    if len(levels) > 1 and all(second == first + 1 for first, second in pairwise(levels)):
        return f"{levels[0]}-{levels[-1]}"
    return ",".join(map(str, levels))
