"""What builtins mean that expressions do not grow by: conversions, random numbers, checks of numbers, matrices.

The rest is known to `synth.meanings`. What is said of a name here comes before what is said there.
"""

import ast
from collections.abc import Sequence
from functools import cache

from warpsmith.synth.coverage.objects import MEANINGS as OBJECTS
from warpsmith.synth.interval import UNIT, Interval, symmetric
from warpsmith.synth.meanings import meaning_of
from warpsmith.synth.meanings.meaning import ANY, POSITIVE, UNIT_LENGTH, Intervals, Meaning, Need
from warpsmith.synth.meanings.ranges import first, lerp, unit, within
from warpsmith.synth.meanings.rotations import LIBRARY
from warpsmith.synth.types import Matrix, ValueType, Vector, scalar_of

_STATE = Need()
_COUNT = Need(1, 3, constant=True)


def _bits(a: Intervals, types: Sequence[ValueType]) -> Interval:
    """Of a bitwise combination: no more bits than the larger operand has, the sign among them."""
    top = max(abs(int(bound)) for interval in a for bound in interval)
    high = float(2 ** max(top.bit_length(), 1) - 1)
    negative = scalar_of(types[0]).kind == "int" and any(interval.low < 0 for interval in a)
    return Interval(-high - 1.0 if negative else 0.0, high)


def _shifted(a: Intervals, _: Sequence[ValueType]) -> Interval:
    """Of a number shifted left."""
    return a[0].scale(2.0 ** int(a[1].high)).hull(a[0])


def _halved(a: Intervals, _: Sequence[ValueType]) -> Interval:
    """Of a number shifted right: it comes nearer to zero, or to -1."""
    return a[0].hull(Interval(-1.0, 0.0)) if a[0].low < 0.0 else Interval(0.0, a[0].high)


def _inverted(a: Intervals, _: Sequence[ValueType]) -> Interval:
    """Of all bits flipped, in two's complement."""
    return Interval(-a[0].high - 1.0, -a[0].low - 1.0)


def _place(_a: Intervals, types: Sequence[ValueType]) -> Interval:
    """Of the index of a component."""
    kind = types[0]
    return Interval(0.0, float(kind.length - 1 if isinstance(kind, Vector) else 3))


def _inverse(a: Intervals, types: Sequence[ValueType]) -> Interval:
    """Of the inverse of a matrix whose diagonal outweighs its rows: at most 2 n over its largest (Varah, 1975)."""
    size = types[0].size if isinstance(types[0], Matrix) else 1
    return symmetric(2.0 * size / max(a[0].magnitude, 0.5))


def _hull(a: Intervals, _: Sequence[ValueType]) -> Interval:
    """Of all arguments together."""
    hull = a[0]
    for one in a[1:]:
        hull = hull.hull(one)
    return hull


def _composed(a: Intervals, _: Sequence[ValueType]) -> Interval:
    """Of the matrix of a translation, a rotation and a scale."""
    return symmetric(max(a[0].magnitude, a[2].magnitude if len(a) > 2 else 1.0, 1.0))


def _spread(low: float, high: float) -> Need:
    return Need(low, high)


def _conversions() -> dict[str, Meaning]:
    made = {}
    for scalar in ("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"):
        made[scalar] = Meaning("round", f"{{0}} as {scalar}", "whole", _whole, (_spread(-100.0, 100.0),))
    for scalar in ("float16", "bfloat16", "float32", "float64"):
        made[scalar] = Meaning("unary", f"{{0}} as {scalar}", "number", first, (_spread(-1000.0, 1000.0),))
    made["int"] = Meaning("round", "{0} as an integer", "whole", _whole, (_spread(-100.0, 100.0),))
    made["float"] = Meaning("unary", "{0} as a floating-point number", "number", first, (_spread(-1000.0, 1000.0),))
    made["bool"] = Meaning("unary", "whether {0} is not zero", "is_set", within(0.0, 1.0))
    return made


def _whole(a: Intervals, _: Sequence[ValueType]) -> Interval:
    return Interval(float(int(a[0].low)), float(int(a[0].high)))


def _sample(words: str, noun: str) -> Meaning:
    return Meaning("unary", words, noun, unit, (_STATE,))


_RANDOM: dict[str, Meaning] = {
    "rand_init": Meaning("bits", "the random state of seed {0}", "seeded", within(0.0, 4294967295.0)),
    "randi": Meaning("bits", "a random integer", "roll", within(-2147483648.0, 2147483647.0), (_STATE,)),
    "randu": Meaning("bits", "a random natural number", "draw", within(0.0, 4294967295.0), (_STATE,)),
    "randf": Meaning("unary", "a random number", "u", within(0.0, 1.0), (_STATE,)),
    "randn": Meaning("unary", "a normally distributed random number", "deviate", within(-6.0, 6.0), (_STATE,)),
    "poisson": Meaning("bits", "a random count with mean {1}", "events", within(0.0, 60.0), (_STATE, Need(0.5, 8.0))),
    "noise": Meaning("unary", "the gradient noise at {1}", "grain", within(-2.0, 2.0), (_STATE, Need(-8.0, 8.0))),
    "pnoise": Meaning(
        "unary",
        "the periodic noise at {1}",
        "ripple",
        within(-2.0, 2.0),
        (_STATE, Need(-8.0, 8.0), *(Need(1, 16) for _ in range(4))),
    ),
    "curlnoise": Meaning(
        "unary",
        "the curl noise at {1}",
        "swirl",
        within(-20.0, 20.0),
        (_STATE, Need(-4.0, 4.0), _COUNT, Need(1.5, 2.5), Need(0.2, 0.8)),
    ),
    "sample_triangle": _sample("random barycentric coordinates", "bary"),
    "sample_unit_ring": _sample("a random point on the unit circle", "on_ring"),
    "sample_unit_disk": _sample("a random point in the unit disk", "in_disk"),
    "sample_unit_sphere_surface": _sample("a random direction", "random_dir"),
    "sample_unit_sphere": _sample("a random point in the unit ball", "in_ball"),
    "sample_unit_hemisphere_surface": _sample("a random upward direction", "bounce"),
    "sample_unit_hemisphere": _sample("a random point in the upper half ball", "in_dome"),
    "sample_unit_square": _sample("a random point of the unit square", "jitter"),
    "sample_unit_cube": _sample("a random point of the unit cube", "in_cube"),
}

# with a range to draw from
_BOUNDED: dict[tuple[str, int], Meaning] = {
    ("rand_init", 2): Meaning("bits", "the random state of seed {0} at {1}", "seeded", within(0.0, 4294967295.0)),
    ("randi", 3): Meaning(
        "bits", "a random integer from {1} to {2}", "roll", lerp, (_STATE, Need(-10, 0), Need(4, 40))
    ),
    ("randu", 3): Meaning(
        "bits", "a random natural number from {1} to {2}", "draw", lerp, (_STATE, Need(0, 3), Need(8, 40))
    ),
    ("randf", 3): Meaning(
        "unary", "a random number from {1} to {2}", "u", lerp, (_STATE, Need(-2.0, 0.0), Need(0.5, 4.0))
    ),
}

_OWN: dict[str, Meaning] = {
    **_conversions(),
    **_RANDOM,
    **OBJECTS,
    **{name: meaning for name, _, _, meaning in LIBRARY},
    "bit_and": Meaning("bits", "the bits that {0} and {1} share", "common", _bits, operator=ast.BitAnd()),
    "bit_or": Meaning("bits", "the bits of {0} or {1}", "mask", _bits, operator=ast.BitOr()),
    "bit_xor": Meaning("bits", "the bits in which {0} and {1} differ", "parity", _bits, operator=ast.BitXor()),
    "lshift": Meaning("bits", "{0} shifted left by {1}", "shifted", _shifted, (Need(0.0), _COUNT)),
    "rshift": Meaning("bits", "{0} shifted right by {1}", "shifted", _halved, (ANY, _COUNT)),
    "invert": Meaning("bits", "{0} with all bits flipped", "flipped_bits", _inverted),
    "pos": Meaning("arith", "{0}", "kept", first),
    "unot": Meaning("arith", "not {0}", "is_off", within(0.0, 1.0)),
    "step": Meaning("unary", "1 where {0} is negative and 0 elsewhere", "below_zero", within(0.0, 1.0)),
    "nonzero": Meaning("unary", "1 where {0} is not zero", "occupied", within(0.0, 1.0)),
    "erfinv": Meaning("exp", "the inverse error function of {0}", "quantile", unit, (Need(-0.8, 0.8),)),
    "erfcinv": Meaning("exp", "the inverse complementary error function of {0}", "tail_at", unit, (Need(0.3, 1.7),)),
    "isfinite": Meaning("unary", "whether {0} is finite", "is_good", within(0.0, 1.0)),
    "isnan": Meaning("unary", "whether {0} is not a number", "is_bad", within(0.0, 1.0)),
    "isinf": Meaning("unary", "whether {0} is infinite", "is_wild", within(0.0, 1.0)),
    "argmin": Meaning("vec", "the place of the smallest component of {0}", "lowest_at", _place),
    "argmax": Meaning("vec", "the place of the largest component of {0}", "highest_at", _place),
    "inverse": Meaning("mat", "the inverse of {0}", "inv", _inverse),
    "inverse_approx": Meaning("mat", "the approximate inverse of {0}", "inv", _inverse),
    "div_approx": Meaning(
        "arith", "the approximate quotient of {0} and {1}", "ratio", lambda a, _: _quotient(a), (ANY, POSITIVE)
    ),
    "quat_from_matrix": Meaning("quat", "the rotation of the matrix {0}", "from_mat", unit),
    "quat_from_euler": Meaning("quat", "the rotation by the Euler angles {0}", "attitude", unit, (Need(-3.0, 3.0),)),
    "quat_to_euler": Meaning("quat", "the Euler angles of {0}", "euler", within(-3.2, 3.2), (UNIT_LENGTH,)),
    "transform_from_matrix": Meaning("xform", "the transformation of the matrix {0}", "frame", first),
    "transform_to_matrix": Meaning("xform", "the matrix of the transformation {0}", "pose_mat", _composed),
    "transform_compose": Meaning(
        "xform",
        "the matrix that scales by {2}, rotates by {1} and moves by {0}",
        "affine",
        _composed,
        (ANY, UNIT_LENGTH, Need(0.5, 2.0)),
    ),
    "intersect_tri_tri": Meaning("bits", "whether two triangles intersect", "overlap", within(0.0, 1.0)),
    "closest_point_edge_edge": Meaning(
        "vec",
        "the closest points of two edges and their distance",
        "closest",
        lambda a, _: symmetric(6.0 * max(one.magnitude for one in a)),
        (ANY, ANY, ANY, ANY, Need(0.0005, 0.005)),
    ),
    "spatial_adjoint": Meaning(
        "spatial", "the adjoint of {0} and {1}", "adjoint", lambda a, _: a[0].hull(a[1]).hull(Interval(0.0, 0.0))
    ),
    "index": Meaning("vec", "the part of {0} at {1}", "part", first),
    "indexref": Meaning("vec", "the component of {0} at {1}", "component", first),
    "extract": Meaning("vec", "the part of {0} at {1}", "part", first),
    "load": Meaning("unary", "{0}", "loaded", first),
    "assign_copy": Meaning("vec", "{0} with a part set", "edited", _hull),
    "where": Meaning("blend", "{1} where {0}, else {2}", "chosen", lambda a, _: a[1].hull(a[2])),
    "vector": Meaning("vec", "the vector of {0} and so on", "packed", _hull),
    "matrix": Meaning("mat", "the matrix of {0} and so on", "packed", _hull),
    "spatial_vector": Meaning("spatial", "the spatial vector of {0} and so on", "spatial", _hull),
    "norm_l1": Meaning("vec", "the sum of the magnitudes of {0}", "l1", lambda a, _: Interval(0, 4 * a[0].magnitude)),
    "norm_l2": Meaning("vec", "the Euclidean norm of {0}", "l2", lambda a, _: Interval(0, 2 * a[0].magnitude)),
    "norm_huber": Meaning(
        "vec", "the Huber norm of {0} at {1}", "huber", lambda a, _: _robust(a), (ANY, Need(0.2, 2.0))
    ),
    "norm_pseudo_huber": Meaning(
        "vec", "the smooth Huber norm of {0} at {1}", "pseudo_huber", lambda a, _: _robust(a), (ANY, Need(0.2, 2.0))
    ),
    "smooth_normalize": Meaning(
        "vec", "the direction of {0}, softened by {1}", "soft_dir", lambda _a, _: UNIT, (ANY, Need(0.2, 2.0))
    ),
    "matrix_from_cols": Meaning("mat", "the matrix of the columns {0} and so on", "columns", _hull),
    "matrix_from_rows": Meaning("mat", "the matrix of the rows {0} and so on", "rows", _hull),
}


def _quotient(a: Intervals) -> Interval | None:
    return a[0].divide(a[1]) if a[1].low > 0.0 else None


def _robust(a: Intervals) -> Interval:
    reach = 2.0 * a[0].magnitude
    return Interval(0.0, max(reach * reach, 2.0 * a[1].high * reach))


@cache
def known_meaning(builtin: str, arity: int) -> Meaning | None:
    """Return what a builtin means with so many arguments; None where only an idiom can say it."""
    return _BOUNDED.get((builtin, arity)) or _OWN.get(builtin) or meaning_of(builtin, arity)
