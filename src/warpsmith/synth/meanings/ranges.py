"""Ranges of results from the ranges of arguments, for the meanings of builtins."""

import math
from collections.abc import Callable, Sequence

from warpsmith.synth.interval import UNIT, Interval, symmetric
from warpsmith.synth.meanings.meaning import Intervals, Range
from warpsmith.synth.types import Matrix, Quaternion, Scalar, Transform, ValueType, Vector, components, is_integer


def first(a: Intervals, _: Sequence[ValueType]) -> Interval:
    """Of the first argument."""
    return a[0]


def unit(_a: Intervals, _: Sequence[ValueType]) -> Interval:
    """From -1 to 1."""
    return UNIT


def within(low: float, high: float) -> Range:
    """Of anything: always the same."""
    return lambda _a, _types: Interval(low, high)


def monotone(function: Callable[[float], float]) -> Range:
    """Of a function that never falls."""
    return lambda a, _types: Interval(function(a[0].low), function(a[0].high))


def product(a: Intervals, types: Sequence[ValueType]) -> Interval:
    """Of a product of numbers, vectors, matrices, rotations or transformations."""
    terms = 1
    if isinstance(types[0], Transform) and isinstance(types[1], Transform):
        # the second translation is rotated before the first is added
        return symmetric(a[0].magnitude + 2.0 * a[1].magnitude)
    if isinstance(types[0], Quaternion) and isinstance(types[1], Quaternion):
        # the product of unit quaternions is one
        return UNIT if a[0].within(*UNIT) and a[1].within(*UNIT) else symmetric(4.0 * a[0].magnitude * a[1].magnitude)
    if isinstance(types[0], Matrix) and isinstance(types[1], (Matrix, Vector)):
        terms = types[0].size
    elif isinstance(types[0], Vector) and isinstance(types[1], Matrix):
        terms = types[0].length
    return a[0].multiply(a[1]).scale(terms)


def quotient(a: Intervals, types: Sequence[ValueType]) -> Interval | None:
    """Of a quotient; None where the divisor may be zero or negative."""
    if a[1].low <= 0.0:
        return None
    ratio = a[0].divide(a[1])
    # integers are cut off towards zero
    return Interval(math.trunc(ratio.low), math.trunc(ratio.high)) if is_integer(types[0]) else ratio


def floor_quotient(a: Intervals, _: Sequence[ValueType]) -> Interval | None:
    """Of a quotient rounded down; None where the divisor may be zero or negative."""
    if a[1].low <= 0.0:
        return None
    quotient = a[0].divide(a[1])
    return Interval(math.floor(quotient.low), math.floor(quotient.high))


def remainder(a: Intervals, _: Sequence[ValueType]) -> Interval | None:
    """Of a remainder with the sign of the dividend, as in C; None where the divisor may be zero or negative."""
    if a[1].low <= 0.0:
        return None
    return Interval(0.0 if a[0].low >= 0.0 else -a[1].high, a[1].high)


def inner(a: Intervals, types: Sequence[ValueType]) -> Interval:
    """Of a sum of componentwise products."""
    return a[0].multiply(a[1]).scale(components(types[0]))


def square_sum(a: Intervals, types: Sequence[ValueType]) -> Interval:
    """Of a squared length."""
    return Interval(0.0, a[0].magnitude ** 2 * components(types[0]))


def norm(a: Intervals, types: Sequence[ValueType]) -> Interval:
    """Of a length."""
    return Interval(0.0, a[0].magnitude * math.sqrt(components(types[0])))


def cross(a: Intervals, _: Sequence[ValueType]) -> Interval:
    """Of a cross product."""
    return symmetric(2.0 * a[0].magnitude * a[1].magnitude)


def determinant(a: Intervals, types: Sequence[ValueType]) -> Interval:
    """Of a determinant, by Leibniz's formula."""
    size = types[0].size if isinstance(types[0], Matrix) else 1
    return symmetric(math.factorial(size) * a[0].magnitude ** size)


def trace(a: Intervals, types: Sequence[ValueType]) -> Interval:
    """Of a trace."""
    return a[0].scale(types[0].size if isinstance(types[0], Matrix) else 1)


def lerp(a: Intervals, _: Sequence[ValueType]) -> Interval:
    """Of a blend of the first two arguments."""
    return a[0].hull(a[1])


def power(a: Intervals, _: Sequence[ValueType]) -> Interval:
    """Of a power of a positive number."""
    corners = [base**exponent for base in a[0] for exponent in a[1]]
    return Interval(min(corners), max(corners))


def clamp(a: Intervals, _: Sequence[ValueType]) -> Interval | None:
    """Between the bounds that are the second and third argument; None where they could be the wrong way round."""
    return Interval(a[1].low, a[2].high) if a[1].high < a[2].low else None


def unknown_bits(a: Intervals, types: Sequence[ValueType]) -> Interval | None:
    """Of a bitwise combination of non-negative numbers."""
    # the result of and, or and xor of non-negative numbers stays below the next power of two
    if a[0].low < 0.0 or a[1].low < 0.0 or not isinstance(types[0], Scalar):
        return None
    top = max(a[0].high, a[1].high)
    return Interval(0.0, float(2 ** max(int(top).bit_length(), 1) - 1))


def shift_left(a: Intervals, _: Sequence[ValueType]) -> Interval | None:
    """Of a non-negative number shifted left."""
    return Interval(a[0].low * 2 ** int(a[1].low), a[0].high * 2 ** int(a[1].high)) if a[0].low >= 0 else None


def shift_right(a: Intervals, _: Sequence[ValueType]) -> Interval | None:
    """Of a non-negative number shifted right."""
    return Interval(0.0, a[0].high // 2 ** int(a[1].low)) if a[0].low >= 0 else None
