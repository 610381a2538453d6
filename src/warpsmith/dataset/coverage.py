"""How much of Warp's language a set has in it: which builtins are called, and which of their concrete overloads."""

from collections import Counter
from collections.abc import Collection
from functools import cache
from typing import NamedTuple

import msgspec


class Coverage(msgspec.Struct, frozen=True):
    """How many of the builtins and concrete overloads of Warp's registry are called by some kernel, and which are not.

    A builtin is called where a kernel spells it out, or where an operator or an index turns into it. `of_builtins` and
    `of_overloads` are how many there are, but for those that the catalog leaves out (`LEFT_OUT`, with reasons).
    """

    builtins: int
    of_builtins: int
    overloads: int
    of_overloads: int
    missing_builtins: list[str]
    missing_overloads: list[str]


class GroupCoverage(NamedTuple):
    """Of one group of Warp's builtins and their concrete overloads: how many are called, and how many there are."""

    builtins: int
    of_builtins: int
    overloads: int
    of_overloads: int


def coverage(builtins: Collection[str], overloads: Collection[str]) -> Coverage:
    """Return the coverage of a set by the names of the builtins and the overloads that its kernels call."""
    names, concrete = _catalog()
    called = {*builtins, *(overload.partition("(")[0] for overload in overloads)}
    missing_names = [name for name in names if name not in called]
    missing = [overload for overload in concrete if overload not in overloads]
    return Coverage(
        len(names) - len(missing_names), len(names), len(concrete) - len(missing), len(concrete), missing_names, missing
    )


def by_group(covered: Coverage) -> dict[str, GroupCoverage]:
    """Return the coverage of a set by group of Warp's documentation, the group with the most builtins first.

    A builtin stands in one group; its overloads may stand in another, as those of `min` for vectors do.
    """
    names, concrete = _groups()
    every, overloads = Counter(names.values()), Counter(concrete.values())
    # what another version of Warp had is in no group of this one
    missing = Counter(names[name] for name in covered.missing_builtins if name in names)
    missing_overloads = Counter(concrete[key] for key in covered.missing_overloads if key in concrete)
    return {
        group: GroupCoverage(
            every[group] - missing[group], every[group], overloads[group] - missing_overloads[group], overloads[group]
        )
        for group in sorted({**every, **overloads}, key=lambda group: (-every[group], group))
    }


@cache
def _groups() -> tuple[dict[str, str], dict[str, str]]:
    """Return the groups of all builtins and of all concrete overloads."""
    from warpsmith.bridge.catalog import group_of, signatures

    names, _ = _catalog()
    concrete = {signature.key: signature.group for signature in signatures() if signature.origin == "concrete"}
    return {name: group_of(name) for name in names}, concrete


@cache
def _catalog() -> tuple[list[str], list[str]]:
    """Return the names of all builtins and all concrete overloads, sorted."""
    from warpsmith.bridge.catalog import names, signatures
    from warpsmith.bridge.catalog.leftout import LEFT_OUT

    concrete = (signature.key for signature in signatures() if signature.origin == "concrete")
    return sorted(name for name in names() if name not in LEFT_OUT), sorted(concrete)
