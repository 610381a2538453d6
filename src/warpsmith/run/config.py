"""What a job is told: the options that decide about the bytes, checked once, here."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import gcd, lcm
from pathlib import Path
from typing import Any, Literal

import msgspec

from warpsmith.errors import UsageError
from warpsmith.manner.profile import Profile, decode_profile, read_profile
from warpsmith.record import DEPTHS, MISMATCHES, TARGETS, Depth, Mismatch, Target
from warpsmith.synth import CATEGORIES, LEVELS, canonical_category
from warpsmith.synth.profiles import BALANCED, COVERAGE, MIX, PROFILES, REALISTIC

Device = Literal["cpu", "cuda", "both"]
DEVICES: tuple[str, ...] = ("both", *TARGETS)
FORMAT_NAMES: tuple[str, ...] = ("parquet", "jsonl", "json")
MAX_CYCLE = 10_000
SPLITS: dict[str, int] = {"train": 18, "validation": 1, "test": 1}

Categories = str | Iterable[str] | Mapping[str, float]
"""Names with weights if wanted: ``"math=2,loop"``, a list of such, or a mapping."""


class Barred(msgspec.Struct, frozen=True):
    """Kernels that a job keeps away from: what they are called, how many there are, a hash of their texts."""

    name: str
    kernels: int
    digest: str


class JobConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The part of a job that its output is a function of; equal configurations give equal bytes.

    `profile` is a name of a profile of the package or a learned profile as a whole. `categories` has whole weights
    without a common divisor, in the order of `synth.CATEGORIES`; None means that the profile decides, as it does of
    `levels`. `shard_size` None means that the number of records decides.
    """

    count: int = 1000
    seed: int = 0
    profile: str | Profile = MIX
    categories: dict[str, int] | None = None
    levels: tuple[int, ...] | None = None
    device: Device = "both"
    format: Literal["parquet", "jsonl", "json"] = "parquet"
    ptx: bool = False
    verify: Depth = "gradient"
    mismatch: Mismatch = "keep"
    differentiable: bool = False
    splits: dict[str, int] = msgspec.field(default_factory=SPLITS.copy)
    against: tuple[Barred, ...] = ()
    exclude: tuple[Barred, ...] = ()
    shard_size: int | None = None

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets that code is generated for."""
        return TARGETS if self.device == "both" else (self.device,)


def make_config(options: Mapping[str, Any]) -> JobConfig:
    """Check options as a person writes them and return the configuration; what is missing keeps its default.

    Categories may be names with weights (``"math=2,loop"``, a list of such or a mapping), levels ``3``, ``"2-4"`` or
    a list. Raises UsageError naming the option, its value and the remedy.
    """
    given = {name: value for name, value in options.items() if value is not None}
    if "categories" in given:
        given["categories"] = parse_categories(given["categories"])
    if "splits" in given:
        given["splits"] = parse_splits(given["splits"])
    if "level" in given:
        given["levels"] = parse_levels(given.pop("level"))
    given["profile"] = parse_profile(given.get("profile", usual_profile(given)))
    try:
        config = msgspec.convert(given, JobConfig)
    except msgspec.ValidationError as error:
        raise UsageError(_as_option(error, given)) from None
    if config.count < 1:
        raise UsageError(f"count is {config.count}; ask for at least 1 kernel")
    if not 0 <= config.seed < 2**63:
        raise UsageError(f"seed is {config.seed}; use a number from 0 to 2**63 - 1")
    if config.differentiable and config.categories is None and config.profile in (MIX, BALANCED, COVERAGE):
        raise UsageError(
            f"profile '{config.profile}' asks for builtins whose adjoints are wrong, and differentiable for none; "
            f"use the profile '{REALISTIC}', or name categories"
        )
    if config.shard_size is not None and config.shard_size < 1:
        raise UsageError(f"shard_size is {config.shard_size}; a shard holds at least 1 record")
    return config


def usual_profile(given: Mapping[str, Any]) -> str:
    """Return the profile where none is given; who asks for a category means the families that are sorted by them."""
    if given.get("differentiable") and "categories" not in given:
        return REALISTIC
    return BALANCED if "categories" in given or "levels" in given else MIX


_CHOICES: dict[str, tuple[str, ...]] = {
    "device": DEVICES,
    "format": FORMAT_NAMES,
    "verify": DEPTHS,
    "mismatch": MISMATCHES,
}


def _as_option(error: msgspec.ValidationError, given: Mapping[str, Any]) -> str:
    reason, _, path = str(error).partition(" - at `$.")
    name = path.rstrip("`")
    choices = _CHOICES.get(name)
    remedy = f"use {', '.join(choices)}" if choices else f"{reason[:1].lower()}{reason[1:]}"
    return f"{name} is {given.get(name)!r}; {remedy}"


def parse_categories(value: Categories) -> dict[str, int]:
    """Return whole weights by canonical category; raises UsageError for unknown names and weights that cannot be."""
    weights: dict[str, Fraction] = {}
    for name, weight in _weighted(value, "category"):
        category = canonical_category(name)
        if category in weights:
            raise UsageError(f"category '{name}' is given twice; give each category once")
        weights[category] = weight
    if not any(weights.values()):
        raise UsageError("categories are empty; name at least one with a weight above 0")
    whole = _whole({name: weights[name] for name in CATEGORIES if weights.get(name)})
    if sum(whole.values()) > MAX_CYCLE:
        raise UsageError(f"categories: these weights repeat only after more than {MAX_CYCLE} kernels; use rounder ones")
    return whole


def parse_splits(value: Categories) -> dict[str, int]:
    """Return whole weights by split, in the order given; raises UsageError for names and weights that cannot be."""
    weights: dict[str, Fraction] = {}
    for name, weight in _weighted(value, "split"):
        if not re.fullmatch("[A-Za-z][A-Za-z0-9_]{0,40}", name) or name in ("all", "drawn"):
            raise UsageError(f"split '{name}' is no name of a split; use letters and digits, like train")
        if name in weights:
            raise UsageError(f"split '{name}' is given twice; give each split once")
        weights[name] = weight
    if not any(weights.values()):
        raise UsageError("splits are empty; name at least one with a weight above 0")
    return _whole({name: weight for name, weight in weights.items() if weight})


def _whole(weights: Mapping[str, Fraction]) -> dict[str, int]:
    """Return weights as whole numbers without a common divisor."""
    scale = lcm(*(weight.denominator for weight in weights.values()))
    whole = {name: int(weight * scale) for name, weight in weights.items()}
    divisor = gcd(*whole.values())
    return {name: weight // divisor for name, weight in whole.items()}


def _weighted(value: Categories, what: str) -> Iterable[tuple[str, Fraction]]:
    if not isinstance(value, Iterable):
        raise UsageError(f"{_PLURALS[what]} is {value!r}; use names, a list of names or a table of weights")
    if isinstance(value, Mapping):
        return [(str(name), _weight(str(name), str(weight), what)) for name, weight in value.items()]
    parts = value.split(",") if isinstance(value, str) else [part for item in value for part in str(item).split(",")]
    pairs = (part.partition("=") for part in parts if part.strip())
    return [(name.strip(), _weight(name, weight, what) if sign else Fraction(1)) for name, sign, weight in pairs]


_PLURALS = {"category": "categories", "split": "splits"}


def _weight(name: str, weight: str, what: str) -> Fraction:
    try:
        value = Fraction(weight.strip())
    except (ValueError, ZeroDivisionError):
        value = Fraction(-1)
    if value < 0:
        raise UsageError(f"{what} '{name.strip()}' has the weight '{weight}'; weights are numbers from 0 up")
    return value


def parse_profile(value: Any) -> str | Profile:
    """Return a profile by its name, or read it from a file; raises UsageError where there is neither."""
    if isinstance(value, Mapping):
        return _callable(decode_profile(msgspec.json.encode(value), "of the configuration"), "of the configuration")
    if isinstance(value, Profile):
        return value
    if value in PROFILES:
        return str(value)
    known = ", ".join(PROFILES)
    if not str(value):
        raise UsageError(f"profile is empty; name one of {known}, or a file of `profile learn`")
    path = Path(str(value))
    if path.suffix == ".json" or _may_exist(path):
        return _callable(read_profile(path), str(path))
    nearest = difflib.get_close_matches(str(value), PROFILES, n=1, cutoff=0.0)[0]
    raise UsageError(
        f"profile '{value}' is unknown; did you mean '{nearest}'? Known are {known}, and files of `profile learn`"
    )


def _may_exist(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # too long, or not ours to look at: reading says so
        return True


def _callable(profile: Profile, what: str) -> Profile:
    """Return a profile that calls nothing but builtins of Warp; raises UsageError where it calls something else."""
    from warpsmith.bridge.catalog import names

    known = frozenset(names())
    for where, weights in (("calls", profile.calls), ("operators.atomic", profile.operators.get("atomic", {}))):
        for name in sorted(weights.keys() - known):
            nearest = difflib.get_close_matches(name[:40], sorted(known), n=1, cutoff=0.0)[0]
            message = f"{where}: '{name[:40]}' is no builtin of this version of Warp; did you mean '{nearest}'?"
            raise UsageError(f"profile '{what}' cannot be used: {message}")
    return profile


def parse_levels(value: int | str | Iterable[int | str]) -> tuple[int, ...]:
    """Return the levels that ``3``, ``"2-4"``, ``"1,3"`` or a list of such name, in order."""
    parts = [str(part) for part in value] if isinstance(value, list | tuple) else str(value).split(",")
    levels: set[int] = set()
    for part in parts:
        bounds = re.fullmatch(r"\s*(\d{1,9})\s*(?:-\s*(\d{1,9})\s*)?", part)
        low, high = (int(bounds[1]), int(bounds[2] or bounds[1])) if bounds else (0, 0)
        if not LEVELS[0] <= low <= high <= LEVELS[-1]:
            raise UsageError(f"level '{part.strip()}' is unknown; use {LEVELS[0]} to {LEVELS[-1]}, or a range like 2-4")
        levels.update(range(low, high + 1))
    return tuple(sorted(levels))


def read_config_file(path: Path, known: Iterable[str]) -> dict[str, Any]:
    """Read options from a TOML file; raises UsageError for what is no TOML and for keys that are not known."""
    try:
        options = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"configuration file '{path}' cannot be read: {error.strerror}; name a TOML file") from None
    except UnicodeDecodeError:
        raise UsageError(f"configuration file '{path}' is not UTF-8 text") from None
    except (ValueError, RecursionError) as error:  # TOML that cannot be, or numbers and nesting without an end
        raise UsageError(f"configuration file '{path}' is not valid TOML: {error}") from None
    names = sorted(known)
    for key in options:
        if key not in names:
            nearest = difflib.get_close_matches(key, names, n=1, cutoff=0.0)[0]
            raise UsageError(f"configuration file '{path}': unknown key '{key}'; did you mean '{nearest}'?")
    return options
