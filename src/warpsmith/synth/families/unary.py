"""Builtins of one number that take any number, for those who hand functions around."""

from collections.abc import Callable
from typing import NamedTuple

from warpsmith.synth.interval import UNIT, Interval


class Unary(NamedTuple):
    """A builtin, its words with a place for the argument, and its range."""

    builtin: str
    words: str
    range: Callable[[Interval], Interval]


def _rounded(argument: Interval) -> Interval:
    return Interval(argument.low - 1.0, argument.high + 1.0)


UNARIES = (
    Unary("sin", "the sine of {0}", lambda _: UNIT),
    Unary("cos", "the cosine of {0}", lambda _: UNIT),
    Unary("abs", "the magnitude of {0}", Interval.absolute),
    Unary("tanh", "the hyperbolic tangent of {0}", lambda _: UNIT),
    Unary("atan", "the arctangent of {0}", lambda _: Interval(-1.6, 1.6)),
    Unary("cbrt", "the cube root of {0}", lambda a: Interval(-max(a.magnitude, 1.0), max(a.magnitude, 1.0))),
)
# these tell apart values that are far from zero as well
STEADY = tuple(one for one in UNARIES if one.builtin not in ("tanh", "atan"))
ROUNDING = (Unary("floor", "{0} rounded down", _rounded), Unary("rint", "{0} rounded", _rounded))
