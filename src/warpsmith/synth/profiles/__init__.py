"""The manners that come with the package: learned profiles as data files, and those that need none."""

from functools import cache
from importlib import resources

from warpsmith.manner.profile import Profile, decode_profile
from warpsmith.synth.grammar.manner import Manner

REALISTIC, BALANCED, COVERAGE, MIX = "realistic", "balanced", "coverage", "mix"
PROFILES: tuple[str, ...] = (MIX, REALISTIC, BALANCED, COVERAGE)


@cache
def shipped(name: str) -> Profile:
    """Return a learned profile of the package."""
    content = resources.files(__package__).joinpath(f"{name}.json").read_bytes()
    return decode_profile(content, name)


@cache
def shipped_manner(name: str) -> Manner:
    """Return a learned profile of the package, prepared for drawing."""
    return Manner(shipped(name))
