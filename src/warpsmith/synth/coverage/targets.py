"""What is to be covered, and in which order: a deal for every number, the same in every job.

A lap has every concrete overload once, some of the instances of generic ones, and each unit of a family. They are dealt
to kernels in an order that is another one in each lap, calls of one scalar type together.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate
from typing import TypeVar

from warpsmith.bridge.catalog import Signature, instances_of, parse, signatures
from warpsmith.errors import GenerationError
from warpsmith.seeds import stream
from warpsmith.synth.coverage.calls import is_plain
from warpsmith.synth.coverage.filing import category_of
from warpsmith.synth.coverage.passages import passages
from warpsmith.synth.coverage.statements import is_special, writer_of
from warpsmith.synth.coverage.units import Unit, units

T = TypeVar("T")
Draw = Callable[[], float]
# so many calls are dealt to a kernel, and how often
_SIZES: Mapping[int, float] = {2: 2.0, 3: 4.0, 4: 4.0, 5: 3.0, 6: 2.0, 7: 1.0}
# a lap has one in so many of the instances of generic overloads
_SHARE = 4
# generic builtins that have instances of plain values; asking Warp for those of all takes its time
_GENERIC = (
    "where extract index indexref load vector matrix spatial_vector spatial_adjoint matrix_from_cols matrix_from_rows "
    "inverse_approx div_approx norm_l1 norm_l2 norm_huber norm_pseudo_huber smooth_normalize assign assign_inplace "
    "assign_copy add_inplace sub_inplace bit_and_inplace bit_or_inplace bit_xor_inplace transform_add_inplace "
    "transform_sub_inplace array"
)


@dataclass(frozen=True, slots=True)
class Deal:
    """What one kernel is to call: some overloads, or the builtins of a unit.

    `threads` are the dimensions that its grid may have; empty: any.
    """

    signatures: tuple[Signature, ...]
    threads: tuple[int, ...] = ()
    unit: Unit | None = None


def deal(number: int, category: str | None = None) -> Deal:
    """Return what the kernel of a number is to call; laps follow one another without end.

    With a category, laps have what belongs to it alone; raises `GenerationError` where nothing does.
    """
    lengths = _lengths(category)
    if not any(lengths):
        raise GenerationError(f"category '{category}' has no builtins of its own; use another profile for it")
    turn, place = divmod(number, sum(lengths))
    lap = turn * _SHARE
    for length in lengths:
        if place < length:
            break
        place -= length
        lap += 1
    return _lap(lap, category)[place]


@cache
def _lengths(category: str | None) -> tuple[int, ...]:
    """Return how many deals laps have: they take turns with the instances that are among them."""
    return tuple(len(_lap(lap, category)) for lap in range(_SHARE))


@cache
def covered() -> tuple[Signature, ...]:
    """Return the overloads that are dealt, but for those that units have: concrete ones first, then instances."""
    generic = (signature for name in _GENERIC.split() for signature in instances_of(name))
    return tuple(s for s in (*signatures(), *generic) if writer_of(s, plain=is_plain(s)) is not None)


@lru_cache(maxsize=16)
def _lap(lap: int, category: str | None) -> tuple[Deal, ...]:
    """Return the deals of one lap."""
    draw = stream("coverage", lap).random
    wanted = [s for s in covered() if category is None or category == category_of((s,))]
    concrete = [s for s in wanted if s.origin == "concrete"]
    generic = [s for s in wanted if s.origin == "instance"][lap % _SHARE :: _SHARE]
    special = [s for s in wanted if is_special(s)]
    by_scalar: dict[str, list[Signature]] = {}
    for signature in _shuffled([s for s in (*concrete, *generic) if not is_special(s)], draw):
        by_scalar.setdefault(_scalar(signature), []).append(signature)
    # sizes that come again with the instances make laps of known lengths
    sizes = stream("coverage sizes", lap % _SHARE).random
    deals = _shuffled([made for scalar in sorted(by_scalar) for made in _split(by_scalar[scalar], sizes)], draw)
    deals += [Deal(())] * (len(special) - len(deals))
    deals = [_with(made, one) for made, one in zip(deals, special, strict=False)] + deals[len(special) :]
    deals += [Deal((), unit=unit) for unit in units() if category in (None, unit.category)]
    return tuple(_shuffled(deals, draw))


def _with(made: Deal, special: Signature) -> Deal:
    """Return a deal with a call that needs more than an expression before the others."""
    passage = passages().get(special.key)
    return replace(made, signatures=(special, *made.signatures), threads=passage.threads if passage else ())


def _split(group: Sequence[Signature], draw: Draw) -> list[Deal]:
    deals: list[Deal] = []
    at = 0
    while at < len(group):
        size = _size(draw())
        deals.append(Deal(tuple(group[at : at + size])))
        at += size
    return deals


def _size(fraction: float) -> int:
    reached = list(accumulate(_SIZES.values()))
    return next(size for size, sum_ in zip(_SIZES, reached, strict=True) if fraction * reached[-1] < sum_)


def _scalar(signature: Signature) -> str:
    """Return the scalar of the first argument that is a value."""
    for supply in signature.supplies:
        if supply.way in ("element", "local") and (scalar := parse(supply.type).scalar):
            return scalar
    return "float32"


def _shuffled(items: Sequence[T], draw: Draw) -> list[T]:
    """Return the items in another order (Fisher and Yates, 1938)."""
    shuffled = list(items)
    for last in range(len(shuffled) - 1, 0, -1):
        place = int(draw() * (last + 1))
        shuffled[last], shuffled[place] = shuffled[place], shuffled[last]
    return shuffled
