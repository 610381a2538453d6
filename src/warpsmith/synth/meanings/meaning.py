"""What the meaning of a builtin is: words, domain, range and how it is written."""

import ast
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from warpsmith.synth.interval import Interval
from warpsmith.synth.types import ValueType

Tag = Literal[
    "arith",
    "minmax",
    "unary",
    "trig",
    "exp",
    "round",
    "bits",
    "vec",
    "mat",
    "blend",
    "quat",
    "xform",
    "spatial",
    "special",
]
Intervals = Sequence[Interval]
Range = Callable[[Intervals, Sequence[ValueType]], Interval | None]


@dataclass(frozen=True, slots=True)
class Need:
    """What an argument must be: within `low` and `high`, and written as a number where `constant` is set.

    `unit`: of length 1, as the axis or the quaternion of a rotation.
    """

    low: float = -math.inf
    high: float = math.inf
    constant: bool = False
    unit: bool = False


ANY = Need()
UNIT_LENGTH = Need(unit=True)
POSITIVE = Need(low=0.05)
NON_NEGATIVE = Need(low=0.0)


@dataclass(frozen=True, slots=True)
class Meaning:
    """One builtin: `words` with a place for each argument, the name of its result, and what it asks and gives.

    An expression may grow as any of the first `growing` arguments.
    """

    tag: Tag
    words: str
    noun: str
    range: Range
    needs: tuple[Need, ...] = (ANY, ANY, ANY)
    operator: ast.operator | ast.unaryop | None = None
    weight: float = 1.0
    growing: int = 3
