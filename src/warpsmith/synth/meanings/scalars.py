"""Mathematics on scalars, and componentwise on vectors."""

import math

from warpsmith.synth.interval import Interval, symmetric
from warpsmith.synth.meanings.meaning import ANY, NON_NEGATIVE, POSITIVE, Meaning, Need
from warpsmith.synth.meanings.ranges import clamp, first, lerp, monotone, power, unit, within

_EXPONENT = Need(-8.0, 4.0)
# beyond, the result is 1 to the last digit
_GENTLE = Need(-2.5, 2.5)

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
        clamp,
        (ANY, Need(-2, 0, constant=True), Need(1, 4, constant=True)),
    ),
    "abs": Meaning("unary", "the magnitude of {0}", "size", lambda a, _: a[0].absolute()),
    "sign": Meaning("unary", "the sign of {0}", "sign", unit, weight=0.5),
    "copysign": Meaning(
        "unary", "{0} with the sign of {1}", "signed", lambda a, _: symmetric(a[0].magnitude), weight=0.4, growing=1
    ),
    "sqrt": Meaning("exp", "the square root of {0}", "root", monotone(math.sqrt), (NON_NEGATIVE,), weight=2),
    "cbrt": Meaning(
        "exp", "the cube root of {0}", "root", lambda a, _: symmetric(max(a[0].magnitude, 1.0)), weight=0.5
    ),
    "sin": Meaning("trig", "the sine of {0}", "wave", unit, weight=2),
    "cos": Meaning("trig", "the cosine of {0}", "swing", unit, weight=2),
    "tan": Meaning("trig", "the tangent of {0}", "slope", monotone(math.tan), (Need(-1.2, 1.2),), weight=0.7),
    "asin": Meaning("trig", "the arcsine of {0}", "angle", monotone(math.asin), (Need(-0.95, 0.95),), weight=0.6),
    "acos": Meaning("trig", "the arccosine of {0}", "angle", within(0.0, math.pi), (Need(-0.95, 0.95),), weight=0.6),
    "atan": Meaning("trig", "the arctangent of {0}", "angle", monotone(math.atan), weight=0.8),
    "atan2": Meaning(
        "trig", "the angle of the point ({1}, {0})", "heading", within(-math.pi, math.pi), (ANY, POSITIVE)
    ),
    "sinh": Meaning("exp", "the hyperbolic sine of {0}", "bend", monotone(math.sinh), (Need(-3.0, 3.0),), weight=0.5),
    "cosh": Meaning(
        "exp",
        "the hyperbolic cosine of {0}",
        "bend",
        lambda a, _: Interval(1.0, math.cosh(a[0].magnitude)),
        (Need(-3.0, 3.0),),
        weight=0.5,
    ),
    "tanh": Meaning("exp", "the hyperbolic tangent of {0}", "gate", unit, (_GENTLE,)),
    "exp": Meaning("exp", "the exponential of {0}", "growth", monotone(math.exp), (_EXPONENT,), weight=2),
    "log": Meaning("exp", "the logarithm of {0}", "level", monotone(math.log), (POSITIVE,), weight=1.5),
    "log2": Meaning("exp", "the binary logarithm of {0}", "level", monotone(math.log2), (POSITIVE,), weight=0.5),
    "log10": Meaning("exp", "the decimal logarithm of {0}", "level", monotone(math.log10), (POSITIVE,), weight=0.5),
    "pow": Meaning("exp", "{0} to the power of {1}", "power", power, (POSITIVE, Need(1.5, 3, constant=True))),
    "erf": Meaning("exp", "the error function of {0}", "edge", unit, (_GENTLE,), weight=0.4),
    "erfc": Meaning("exp", "the complementary error function of {0}", "tail", within(0.0, 2.0), (_GENTLE,), weight=0.3),
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
    "trunc": Meaning("round", "the whole part of {0}", "whole", first, weight=0.5),
    "frac": Meaning("round", "the fractional part of {0}", "phase", unit, weight=0.6),
    "degrees": Meaning("trig", "{0} in degrees", "degrees", lambda a, _: a[0].scale(57.3), weight=0.4),
    "radians": Meaning("trig", "{0} in radians", "radians", lambda a, _: a[0].scale(0.0175), weight=0.4),
    "lerp": Meaning("blend", "the blend from {0} to {1} by {2}", "blend", lerp, (ANY, ANY, Need(0.0, 1.0))),
    "smoothstep": Meaning(
        "blend",
        "the smooth step of {2} from {0} to {1}",
        "ramp",
        within(0.0, 1.0),
        (Need(-1, 0, constant=True), Need(1, 2, constant=True), ANY),
    ),
    "bit_count": Meaning("bits", "the number of set bits of {0}", "bits", within(0.0, 64.0), weight=0.5),
}
