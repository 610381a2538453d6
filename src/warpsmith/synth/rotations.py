"""Rotations and rigid transformations from and to vectors, as people write them."""

import math

from warpsmith.synth.expr import Expr, call, literal_node, literal_vector, made_of, spelled
from warpsmith.synth.interval import UNIT, symmetric
from warpsmith.synth.types import Quaternion, Transform, vector

# a probe along all axes, so that no rotation leaves it in place
_PROBE = (0.5, 1.0, -0.25)


def moved(expr: Expr) -> Expr:
    """Return where a rotation or a transformation takes a point: a vector of 3 that tells rotations apart."""
    kind = _rotational(expr)
    probe = literal_vector(_PROBE, vector(3, kind.scalar))
    if isinstance(kind, Quaternion):
        words, builtin, bound = "{1} rotated by {0}", "quat_rotate", 2.0
    else:
        words, builtin, bound = "{1} transformed by {0}", "transform_point", expr.interval.magnitude + 2.0
    node = call(builtin, expr.node, probe.node)
    return made_of(node, vector(3, kind.scalar), symmetric(bound), words, [expr, probe])


def turned(expr: Expr, to: Quaternion) -> Expr:
    """Return the rotation about a vector of 3 by its length, or the rotation of a transformation."""
    if isinstance(expr.type, Transform):
        node = call("transform_get_rotation", expr.node)
        return made_of(node, to, UNIT, "the rotation of {0}", [expr])
    node = call("quat_from_axis_angle", call("normalize", expr.node), call("length", expr.node))
    return made_of(node, to, UNIT, "the rotation about {0} by its length", [expr])


def placed(expr: Expr, to: Transform) -> Expr:
    """Return the transformation that a vector of 3 translates by, or that a quaternion rotates by."""
    place = vector(3, to.scalar)
    constructor = spelled(to.spelling)
    if isinstance(expr.type, Quaternion):
        node = call(constructor, literal_vector((0.0, 1.0, 0.0), place).node, expr.node)
        return made_of(node, to, UNIT, "the transformation by {0}", [expr])
    angle = round(math.pi / 4, 4)
    axis = literal_vector((0.0, 0.0, 1.0), place)
    turn = call("quat_from_axis_angle", axis.node, literal_node(angle, to.scalar))
    node = call(constructor, expr.node, turn)
    return made_of(node, to, expr.interval.hull(UNIT), "the transformation to {0}", [expr])


def _rotational(expr: Expr) -> Quaternion | Transform:
    if not isinstance(expr.type, Quaternion | Transform):
        raise TypeError(f"{expr.type} is neither a rotation nor a transformation")
    return expr.type
