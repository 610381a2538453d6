"""Quaternions, rigid transformations and spatial vectors."""

import math
from collections.abc import Sequence

from warpsmith.synth.interval import Interval, symmetric
from warpsmith.synth.meanings.meaning import ANY, UNIT_LENGTH, Intervals, Meaning, Need
from warpsmith.synth.meanings.ranges import first, inner, product, unit, within
from warpsmith.synth.types import Matrix, ValueType

# a rotation changes a component by the square root of 3 at most
_TURN = 1.75
_SHARE = Need(0.0, 1.0)


def _turned(a: Intervals, _: Sequence[ValueType]) -> Interval:
    """Of a vector that is rotated by what comes first."""
    return symmetric(_TURN * a[1].magnitude)


def _placed(a: Intervals, types: Sequence[ValueType]) -> Interval:
    """Of a point that is rotated and moved, or multiplied by a matrix of 4 by 4."""
    if isinstance(types[0], Matrix):
        return symmetric(a[0].magnitude * (3.0 * a[1].magnitude + 1.0))
    return symmetric(a[0].magnitude + _TURN * a[1].magnitude)


def _vector_placed(a: Intervals, types: Sequence[ValueType]) -> Interval:
    """Of a vector that is rotated, or multiplied by a matrix of 4 by 4."""
    return symmetric((3.0 * a[0].magnitude if isinstance(types[0], Matrix) else _TURN) * a[1].magnitude)


def _undone(a: Intervals, _: Sequence[ValueType]) -> Interval:
    """Of an inverse: the translation is rotated back."""
    return symmetric(max(1.0, _TURN * a[0].magnitude))


def _crossed(a: Intervals, _: Sequence[ValueType]) -> Interval:
    """Of a spatial cross product: two cross products of 3 added up."""
    return symmetric(4.0 * a[0].magnitude * a[1].magnitude)


def _twist(a: Intervals, _: Sequence[ValueType]) -> Interval:
    """Of a spatial vector in another frame: rotated, and crossed with the translation."""
    return symmetric(_TURN * a[1].magnitude * (1.0 + 2.0 * a[0].magnitude))


def _at_point(a: Intervals, _: Sequence[ValueType]) -> Interval:
    """Of a linear velocity plus a cross product."""
    return symmetric(a[0].magnitude * (1.0 + 2.0 * a[1].magnitude))


ROTATIONS: dict[str, Meaning] = {
    "quat_from_axis_angle": Meaning(
        "quat", "the rotation about {0} by {1}", "rotation", unit, (UNIT_LENGTH, Need(-6.0, 6.0)), weight=1.5
    ),
    "quat_rpy": Meaning("quat", "the rotation by roll {0}, pitch {1} and yaw {2}", "attitude", unit),
    "quat_inverse": Meaning("quat", "the inverse of {0}", "q_inv", unit, (UNIT_LENGTH,)),
    "quat_rotate": Meaning("quat", "{1} rotated by {0}", "rotated", _turned, (UNIT_LENGTH, ANY), weight=3),
    "quat_rotate_inv": Meaning("quat", "{1} rotated back by {0}", "local", _turned, (UNIT_LENGTH, ANY), weight=1.5),
    "quat_slerp": Meaning(
        "quat",
        "the rotation between {0} and {1} at {2}",
        "blended",
        unit,
        (UNIT_LENGTH, UNIT_LENGTH, _SHARE),
        weight=1.5,
        growing=2,
    ),
    "quat_to_matrix": Meaning("quat", "the matrix of {0}", "rot", unit, (UNIT_LENGTH,), weight=0.7),
    "transform_multiply": Meaning("xform", "{0} after {1}", "combined", product, weight=1.5),
    "transform_inverse": Meaning("xform", "the inverse of {0}", "tf_inv", _undone, weight=1.5),
    "transform_point": Meaning("xform", "{1} transformed by {0}", "p_world", _placed, weight=3),
    "transform_vector": Meaning("xform", "{1} turned by {0}", "dir_world", _vector_placed, weight=2),
    "transform_get_translation": Meaning("xform", "the translation of {0}", "p", first),
    "transform_get_rotation": Meaning("xform", "the rotation of {0}", "q", unit),
    "spatial_dot": Meaning("spatial", "the spatial dot product of {0} and {1}", "power", inner, weight=2),
    "spatial_cross": Meaning("spatial", "the spatial cross product of {0} and {1}", "bias", _crossed, weight=2),
    "spatial_cross_dual": Meaning(
        "spatial", "the dual spatial cross product of {0} and {1}", "bias_force", _crossed, weight=2
    ),
    "spatial_top": Meaning("spatial", "the angular part of {0}", "angular", first),
    "spatial_bottom": Meaning("spatial", "the linear part of {0}", "linear", first),
}

LIBRARY: tuple[tuple[str, tuple[str, ...], str, Meaning], ...] = (
    (
        "quat_twist",
        ("vec3f", "quatf"),
        "quatf",
        Meaning("quat", "the twist of {1} about {0}", "twist", unit, (UNIT_LENGTH, UNIT_LENGTH)),
    ),
    (
        "quat_twist_angle",
        ("vec3f", "quatf"),
        "float32",
        Meaning("quat", "the angle of {1} about {0}", "angle", within(0.0, 2 * math.pi), (UNIT_LENGTH, UNIT_LENGTH)),
    ),
    (
        "quat_twist_angle_signed",
        ("vec3f", "quatf"),
        "float32",
        Meaning(
            "quat",
            "the signed angle of {1} about {0}",
            "angle",
            within(-2 * math.pi, 2 * math.pi),
            (UNIT_LENGTH, UNIT_LENGTH),
        ),
    ),
    (
        "quat_to_rpy",
        ("quatf",),
        "vec3f",
        Meaning("quat", "roll, pitch and yaw of {0}", "rpy", within(-math.pi, math.pi), (UNIT_LENGTH,)),
    ),
    (
        "quat_between_vectors",
        ("vec3f", "vec3f"),
        "quatf",
        Meaning("quat", "the rotation from {0} to {1}", "align", unit, (UNIT_LENGTH, UNIT_LENGTH), weight=0.7),
    ),
    (
        "transform_twist",
        ("transformf", "spatial_vectorf"),
        "spatial_vectorf",
        Meaning("spatial", "the twist {1} in the frame {0}", "twist", _twist),
    ),
    (
        "transform_wrench",
        ("transformf", "spatial_vectorf"),
        "spatial_vectorf",
        Meaning("spatial", "the wrench {1} in the frame {0}", "wrench", _twist),
    ),
    (
        "velocity_at_point",
        ("spatial_vectorf", "vec3f"),
        "vec3f",
        Meaning("spatial", "the velocity of {0} at {1}", "v_p", _at_point),
    ),
)
"""Functions of Warp's library that are no builtins: name, types of the arguments, type of the result, meaning."""
