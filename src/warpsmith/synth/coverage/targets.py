"""What is to be covered, and in which order: a plan for every number, the same in every job.

A lap has every concrete overload once, and some of the instances of generic ones. They are dealt out to kernels in a
shuffled order that is another one in each lap, those of one scalar type together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeVar

from warpsmith.bridge.catalog import Signature, instances, parse, signatures
from warpsmith.seeds import stream
from warpsmith.synth.coverage.calls import is_plain
from warpsmith.synth.coverage.statements import writer_of

T = TypeVar("T")
# so many targets are dealt to a kernel, and how often
_SIZES = (2, 3, 4, 5, 6, 7)
_SIZE_WEIGHTS = (2, 4, 4, 3, 2, 1)
# a lap has one in so many of the instances of generic overloads
_SHARE = 4


@dataclass(frozen=True, slots=True)
class Deal:
    """What one kernel is to call."""

    signatures: tuple[Signature, ...]


@cache
def _concrete() -> tuple[Signature, ...]:
    return tuple(s for s in signatures() if writer_of(s, plain=is_plain(s)) is not None)


@cache
def _generic() -> tuple[Signature, ...]:
    return tuple(s for s in instances() if writer_of(s, plain=is_plain(s)) is not None)


def deal(number: int) -> Deal:
    """Return what the kernel of a number is to call; laps follow one another without end."""
    lap = 0
    while number >= len(dealt := _lap(lap)):
        number -= len(dealt)
        lap += 1
    return dealt[number]


@lru_cache(maxsize=64)
def _lap(lap: int) -> tuple[Deal, ...]:
    """Return the deals of one lap."""
    draw = stream("coverage", lap).random
    wanted = [*_concrete(), *_generic()[lap % _SHARE :: _SHARE]]
    by_scalar: dict[str, list[Signature]] = {}
    for signature in _shuffled(wanted, draw):
        by_scalar.setdefault(_scalar(signature), []).append(signature)
    deals: list[Deal] = []
    for group in by_scalar.values():
        deals += _split(group, draw)
    return tuple(_shuffled(deals, draw))


def _split(group: Sequence[Signature], draw) -> list[Deal]:
    deals = []
    at = 0
    while at < len(group):
        size = _size(draw())
        deals.append(Deal(tuple(group[at : at + size])))
        at += size
    return deals


def _size(fraction: float) -> int:
    left = fraction * sum(_SIZE_WEIGHTS)
    for size, weight in zip(_SIZES, _SIZE_WEIGHTS, strict=True):
        left -= weight
        if left < 0:
            return size
    return _SIZES[-1]


def _scalar(signature: Signature) -> str:
    """Return the scalar that a call is mostly about: that of its first argument which is no handle or state."""
    for supply in signature.supplies:
        kind = parse(supply.type)
        if supply.way in ("element", "local") and kind.scalar:
            return kind.scalar
    return "float32"


def _shuffled(items: Sequence[T], draw) -> list[T]:
    """Return the items in another order (Fisher and Yates, 1938)."""
    shuffled = list(items)
    for last in range(len(shuffled) - 1, 0, -1):
        place = int(draw() * (last + 1))
        shuffled[last], shuffled[place] = shuffled[place], shuffled[last]
    return shuffled
