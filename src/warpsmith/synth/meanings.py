"""What the registry of Warp does not know of a builtin: its meaning in words, its domain, its range, how it is written.

The overloads themselves come from the catalog. Adding a builtin is one line in a table below.
"""

import ast
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from warpsmith.synth.interval import UNIT, Interval, symmetric
from warpsmith.synth.types import Matrix, Quaternion, Scalar, Transform, ValueType, Vector, components

Tag = Literal["arith", "minmax", "unary", "trig", "exp", "round", "bits", "vec", "mat", "blend"]
Intervals = Sequence[Interval]
Range = Callable[[Intervals, Sequence[ValueType]], Interval | None]


@dataclass(frozen=True, slots=True)
class Need:
    """What an argument must be: within `low` and `high`, and written as a number where `constant` is set."""

    low: float = -math.inf
    high: float = math.inf
    constant: bool = False


ANY = Need()
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


def _first(a: Intervals, _: Sequence[ValueType]) -> Interval:
    return a[0]


def _unit(_a: Intervals, _: Sequence[ValueType]) -> Interval:
    return UNIT


def _within(low: float, high: float) -> Range:
    return lambda _a, _types: Interval(low, high)


def _monotone(function: Callable[[float], float]) -> Range:
    return lambda a, _types: Interval(function(a[0].low), function(a[0].high))


def _product(a: Intervals, types: Sequence[ValueType]) -> Interval:
    terms = 1
    if isinstance(types[0], Transform) and isinstance(types[1], Transform):
        # the second translation is rotated before the first is added
        return symmetric(a[0].magnitude + 2.0 * a[1].magnitude)
    if isinstance(types[0], Quaternion) and isinstance(types[1], Quaternion):
        terms = 4
    elif isinstance(types[0], Matrix) and isinstance(types[1], (Matrix, Vector)):
        terms = types[0].size
    elif isinstance(types[0], Vector) and isinstance(types[1], Matrix):
        terms = types[0].length
    return a[0].multiply(a[1]).scale(terms)


def _quotient(a: Intervals, _: Sequence[ValueType]) -> Interval | None:
    return a[0].divide(a[1]) if a[1].low > 0.0 else None


def _floor_quotient(a: Intervals, _: Sequence[ValueType]) -> Interval | None:
    if a[1].low <= 0.0:
        return None
    quotient = a[0].divide(a[1])
    return Interval(math.floor(quotient.low), math.floor(quotient.high))


def _remainder(a: Intervals, _: Sequence[ValueType]) -> Interval | None:
    if a[1].low <= 0.0:
        return None
    return Interval(0.0 if a[0].low >= 0.0 else -a[1].high, a[1].high)


def _inner(a: Intervals, types: Sequence[ValueType]) -> Interval:
    return a[0].multiply(a[1]).scale(components(types[0]))


def _square_sum(a: Intervals, types: Sequence[ValueType]) -> Interval:
    return Interval(0.0, a[0].magnitude ** 2 * components(types[0]))


def _norm(a: Intervals, types: Sequence[ValueType]) -> Interval:
    return Interval(0.0, a[0].magnitude * math.sqrt(components(types[0])))


def _cross(a: Intervals, _: Sequence[ValueType]) -> Interval:
    return symmetric(2.0 * a[0].magnitude * a[1].magnitude)


def _determinant(a: Intervals, types: Sequence[ValueType]) -> Interval:
    size = types[0].size if isinstance(types[0], Matrix) else 1
    return symmetric(math.factorial(size) * a[0].magnitude ** size)


def _trace(a: Intervals, types: Sequence[ValueType]) -> Interval:
    return a[0].scale(types[0].size if isinstance(types[0], Matrix) else 1)


def _lerp(a: Intervals, _: Sequence[ValueType]) -> Interval:
    return a[0].hull(a[1])


def _power(a: Intervals, _: Sequence[ValueType]) -> Interval:
    corners = [base**exponent for base in a[0] for exponent in a[1]]
    return Interval(min(corners), max(corners))


def _clamp(a: Intervals, _: Sequence[ValueType]) -> Interval | None:
    return Interval(a[1].low, a[2].high) if a[1].high < a[2].low else None


def _unknown_bits(a: Intervals, types: Sequence[ValueType]) -> Interval | None:
    # the result of and, or and xor of non-negative numbers stays below the next power of two
    if a[0].low < 0.0 or a[1].low < 0.0 or not isinstance(types[0], Scalar):
        return None
    top = max(a[0].high, a[1].high)
    return Interval(0.0, float(2 ** max(int(top).bit_length(), 1) - 1))


def _shift_left(a: Intervals, _: Sequence[ValueType]) -> Interval | None:
    return Interval(a[0].low * 2 ** int(a[1].low), a[0].high * 2 ** int(a[1].high)) if a[0].low >= 0 else None


def _shift_right(a: Intervals, _: Sequence[ValueType]) -> Interval | None:
    return Interval(0.0, a[0].high // 2 ** int(a[1].low)) if a[0].low >= 0 else None


_EXPONENT = Need(-8.0, 4.0)
# beyond, the result is 1 to the last digit
_GENTLE = Need(-2.5, 2.5)
_SHIFT = Need(1, 3, constant=True)

OPERATORS: dict[str, Meaning] = {
    "add": Meaning("arith", "{0} plus {1}", "sum", lambda a, _: a[0].add(a[1]), operator=ast.Add(), weight=3),
    "sub": Meaning(
        "arith",
        "{0} minus {1}",
        "diff",
        lambda a, _: a[0].subtract(a[1]),
        operator=ast.Sub(),
        weight=3,
    ),
    "mul": Meaning("arith", "{0} times {1}", "product", _product, operator=ast.Mult(), weight=3),
    "div": Meaning(
        "arith",
        "{0} divided by {1}",
        "ratio",
        _quotient,
        (ANY, POSITIVE),
        operator=ast.Div(),
        weight=1.5,
    ),
    "mod": Meaning(
        "arith",
        "{0} modulo {1}",
        "rest",
        _remainder,
        (ANY, Need(1, 16, constant=True)),
        operator=ast.Mod(),
        weight=0.6,
    ),
    "floordiv": Meaning(
        "arith",
        "{0} divided by {1}, rounded down",
        "bucket",
        _floor_quotient,
        (ANY, Need(2, 8, constant=True)),
        operator=ast.FloorDiv(),
        weight=0.5,
    ),
    "neg": Meaning(
        "arith",
        "minus {0}",
        "negated",
        lambda a, _: Interval(-a[0].high, -a[0].low),
        operator=ast.USub(),
        weight=0.5,
    ),
    "bit_and": Meaning("bits", "the bits that {0} and {1} share", "common", _unknown_bits, operator=ast.BitAnd()),
    "bit_or": Meaning("bits", "the bits of {0} or {1}", "mask", _unknown_bits, operator=ast.BitOr()),
    "bit_xor": Meaning(
        "bits",
        "the bits in which {0} and {1} differ",
        "parity",
        _unknown_bits,
        operator=ast.BitXor(),
    ),
    "lshift": Meaning("bits", "{0} shifted left by {1}", "shifted", _shift_left, (ANY, _SHIFT), operator=ast.LShift()),
    "rshift": Meaning(
        "bits", "{0} shifted right by {1}", "shifted", _shift_right, (ANY, _SHIFT), operator=ast.RShift()
    ),
}

SCALAR_MATH: dict[str, Meaning] = {
    "min": Meaning(
        "minmax",
        "the smaller of {0} and {1}",
        "low",
        lambda a, _: Interval(min(a[0].low, a[1].low), min(a[0].high, a[1].high)),
    ),
    "max": Meaning(
        "minmax",
        "the larger of {0} and {1}",
        "high",
        lambda a, _: Interval(max(a[0].low, a[1].low), max(a[0].high, a[1].high)),
    ),
    "clamp": Meaning(
        "minmax",
        "{0} clamped between {1} and {2}",
        "clamped",
        _clamp,
        (ANY, Need(-2, 0, constant=True), Need(1, 4, constant=True)),
    ),
    "abs": Meaning("unary", "the magnitude of {0}", "size", lambda a, _: a[0].absolute()),
    "sign": Meaning("unary", "the sign of {0}", "sign", _unit, weight=0.5),
    "copysign": Meaning(
        "unary", "{0} with the sign of {1}", "signed", lambda a, _: symmetric(a[0].magnitude), weight=0.4, growing=1
    ),
    "sqrt": Meaning("exp", "the square root of {0}", "root", _monotone(math.sqrt), (NON_NEGATIVE,), weight=2),
    "cbrt": Meaning(
        "exp", "the cube root of {0}", "root", lambda a, _: symmetric(max(a[0].magnitude, 1.0)), weight=0.5
    ),
    "sin": Meaning("trig", "the sine of {0}", "wave", _unit, weight=2),
    "cos": Meaning("trig", "the cosine of {0}", "swing", _unit, weight=2),
    "tan": Meaning("trig", "the tangent of {0}", "slope", _monotone(math.tan), (Need(-1.2, 1.2),), weight=0.7),
    "asin": Meaning("trig", "the arcsine of {0}", "angle", _monotone(math.asin), (Need(-0.95, 0.95),), weight=0.6),
    "acos": Meaning("trig", "the arccosine of {0}", "angle", _within(0.0, math.pi), (Need(-0.95, 0.95),), weight=0.6),
    "atan": Meaning("trig", "the arctangent of {0}", "angle", _monotone(math.atan), weight=0.8),
    "atan2": Meaning(
        "trig", "the angle of the point ({1}, {0})", "heading", _within(-math.pi, math.pi), (ANY, POSITIVE)
    ),
    "sinh": Meaning("exp", "the hyperbolic sine of {0}", "bend", _monotone(math.sinh), (Need(-3.0, 3.0),), weight=0.5),
    "cosh": Meaning(
        "exp",
        "the hyperbolic cosine of {0}",
        "bend",
        lambda a, _: Interval(1.0, math.cosh(a[0].magnitude)),
        (Need(-3.0, 3.0),),
        weight=0.5,
    ),
    "tanh": Meaning("exp", "the hyperbolic tangent of {0}", "gate", _unit, (_GENTLE,)),
    "exp": Meaning("exp", "the exponential of {0}", "growth", _monotone(math.exp), (_EXPONENT,), weight=2),
    "log": Meaning("exp", "the logarithm of {0}", "level", _monotone(math.log), (POSITIVE,), weight=1.5),
    "log2": Meaning("exp", "the binary logarithm of {0}", "level", _monotone(math.log2), (POSITIVE,), weight=0.5),
    "log10": Meaning("exp", "the decimal logarithm of {0}", "level", _monotone(math.log10), (POSITIVE,), weight=0.5),
    "pow": Meaning("exp", "{0} to the power of {1}", "power", _power, (POSITIVE, Need(1.5, 3, constant=True))),
    "erf": Meaning("exp", "the error function of {0}", "edge", _unit, (_GENTLE,), weight=0.4),
    "erfc": Meaning(
        "exp", "the complementary error function of {0}", "tail", _within(0.0, 2.0), (_GENTLE,), weight=0.3
    ),
    "floor": Meaning(
        "round", "{0} rounded down", "base", lambda a, _: Interval(math.floor(a[0].low), math.floor(a[0].high))
    ),
    "ceil": Meaning("round", "{0} rounded up", "top", lambda a, _: Interval(math.ceil(a[0].low), math.ceil(a[0].high))),
    "round": Meaning(
        "round",
        "{0} rounded to the nearest whole number",
        "rounded",
        lambda a, _: Interval(a[0].low - 1, a[0].high + 1),
        weight=0.6,
    ),
    "rint": Meaning(
        "round",
        "{0} rounded to the nearest even whole number",
        "rounded",
        lambda a, _: Interval(a[0].low - 1, a[0].high + 1),
        weight=0.4,
    ),
    "trunc": Meaning("round", "the whole part of {0}", "whole", _first, weight=0.5),
    "frac": Meaning("round", "the fractional part of {0}", "phase", _unit, weight=0.6),
    "degrees": Meaning("trig", "{0} in degrees", "degrees", lambda a, _: a[0].scale(57.3), weight=0.4),
    "radians": Meaning("trig", "{0} in radians", "radians", lambda a, _: a[0].scale(0.0175), weight=0.4),
    "lerp": Meaning("blend", "the blend from {0} to {1} by {2}", "blend", _lerp, (ANY, ANY, Need(0.0, 1.0))),
    "smoothstep": Meaning(
        "blend",
        "the smooth step of {2} from {0} to {1}",
        "ramp",
        _within(0.0, 1.0),
        (Need(-1, 0, constant=True), Need(1, 2, constant=True), ANY),
    ),
    "bit_count": Meaning("bits", "the number of set bits of {0}", "bits", _within(0.0, 64.0), weight=0.5),
}

VECTOR_MATH: dict[str, Meaning] = {
    "dot": Meaning("vec", "the dot product of {0} and {1}", "proj", _inner, weight=2),
    "length": Meaning("vec", "the length of {0}", "dist", _norm, weight=2),
    "length_sq": Meaning("vec", "the squared length of {0}", "dist_sq", _square_sum),
    "normalize": Meaning("vec", "the direction of {0}", "direction", _unit, weight=1.5),
    "cross": Meaning("vec", "the cross product of {0} and {1}", "normal", _cross, weight=1.5),
    "cw_mul": Meaning("vec", "the componentwise product of {0} and {1}", "scaled", lambda a, _: a[0].multiply(a[1])),
    "cw_div": Meaning(
        "vec",
        "the componentwise quotient of {0} and {1}",
        "relative",
        _quotient,
        (ANY, POSITIVE),
        weight=0.5,
    ),
    "outer": Meaning("mat", "the outer product of {0} and {1}", "dyad", lambda a, _: a[0].multiply(a[1])),
    "skew": Meaning(
        "mat", "the cross-product matrix of {0}", "hat", lambda a, _: symmetric(a[0].magnitude), weight=0.6
    ),
    "diag": Meaning(
        "mat", "the diagonal matrix of {0}", "stretch", lambda a, _: a[0].hull(Interval(0.0, 0.0)), weight=0.6
    ),
    "get_diag": Meaning("mat", "the diagonal of {0}", "diagonal", _first, weight=0.7),
    "trace": Meaning("mat", "the trace of {0}", "trace", _trace),
    "determinant": Meaning("mat", "the determinant of {0}", "det", _determinant),
    "transpose": Meaning("mat", "the transpose of {0}", "flipped", _first),
    "ddot": Meaning("mat", "the double dot product of {0} and {1}", "energy", _inner),
}

MEANINGS: dict[str, Meaning] = {**OPERATORS, **SCALAR_MATH, **VECTOR_MATH}

# overloads of another arity that mean something else
_OTHER_ARITY: dict[tuple[str, int], Meaning] = {
    ("min", 1): Meaning("minmax", "the smallest component of {0}", "low", _first),
    ("max", 1): Meaning("minmax", "the largest component of {0}", "high", _first),
}


def meaning_of(builtin: str, arity: int) -> Meaning | None:
    """Return what a builtin means with so many arguments; None where it has no meaning here yet."""
    return _OTHER_ARITY.get((builtin, arity)) or MEANINGS.get(builtin)
