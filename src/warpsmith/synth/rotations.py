"""Rotations and rigid transformations from and to vectors, as people write them."""

import ast
import math
from typing import TYPE_CHECKING

from warpsmith.synth.choices import Choices
from warpsmith.synth.expr import (
    Expr,
    binary,
    call,
    is_steady,
    literal,
    literal_node,
    literal_vector,
    made_of,
    related,
    spelled,
)
from warpsmith.synth.interval import UNIT, symmetric
from warpsmith.synth.meanings.ranges import product
from warpsmith.synth.scope import Block
from warpsmith.synth.types import FLOAT32, Matrix, Quaternion, Scalar, Transform, ValueType, Vector, quaternion, vector

if TYPE_CHECKING:
    from warpsmith.synth.expressions import ExpressionWriter

_PROBES = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (0.5, 1.0, -0.25), (0.0, 0.0, -1.0), (1.0, 1.0, 0.0))
# of unit length: what turns about one axis is not at rest about them
_OBLIQUE = ((0.48, 0.6, 0.64), (0.36, 0.48, 0.8), (0.8, 0.36, 0.48), (0.64, 0.48, 0.6))
_ANGLES = (0.5, 1.0, 1.5, 0.25, 2.0)
# a rotation changes a component by the square root of 3 at most
_TURN = 1.75


def moved(writer: "ExpressionWriter", block: Block, expr: Expr, to: ValueType) -> Expr:
    """Return what a rotation or a transformation does to a point, its matrix, or its angle."""
    kind = _rotational(expr)
    if isinstance(kind, Quaternion) and isinstance(to, Matrix) and to.size == 3 and to.scalar is kind.scalar:
        return made_of(call("quat_to_matrix", expr.node), to, UNIT, "the matrix of {0}", [expr])
    if isinstance(kind, Quaternion) and isinstance(to, Scalar) and expr.leaf and writer.choices.chance(0.35):
        return _angle(expr, kind.scalar)
    point = _point(writer, block, expr, kind.scalar)
    reach = _TURN * point.interval.magnitude
    if isinstance(kind, Quaternion):
        builtin, words = writer.choices.pick(_ROTATED)
    else:
        builtin, words = "transform_point", "{1} transformed by {0}"
        reach += expr.interval.magnitude
    node = call(builtin, expr.node, point.node)
    moved_point = made_of(node, vector(3, kind.scalar), symmetric(reach), words, [expr, point])
    return moved_point._replace(steady=isinstance(kind, Quaternion) and is_steady(point))


_ROTATED = (("quat_rotate", "{1} rotated by {0}"), ("quat_rotate_inv", "{1} rotated back by {0}"))


def _angle(expr: Expr, scalar: Scalar) -> Expr:
    """Return the scalar part of a rotation, the cosine of half its angle."""
    node = ast.Subscript(expr.node, ast.Constant(3), ast.Load())
    return made_of(node, scalar, UNIT, "the scalar part of {0}", [expr])


def _point(writer: "ExpressionWriter", block: Block, expr: Expr, scalar: Scalar) -> Expr:
    """Return a point to be moved: one in scope that has nothing to do with the rotation, or a constant."""
    space = vector(3, scalar)
    mark = block.mark()
    point = writer.operand(block, space, besides=expr) if writer.choices.chance(0.7) else None
    if point is None or related(point, expr) or point.interval.magnitude > _FAR:
        block.restore(mark)
        return literal_vector(writer.choices.pick(_PROBES), space)
    return point


_FAR = 100.0


def unit(expr: Expr) -> Expr | None:
    """Return a quaternion or a vector at length 1; None where that cannot be told."""
    if isinstance(expr.type, Quaternion):
        if expr.interval.within(*UNIT):
            return expr
        return made_of(call("normalize", expr.node), expr.type, UNIT, "{0} at unit length", [expr])
    if not isinstance(expr.type, Vector):
        return expr if isinstance(expr.type, Transform) else None
    match expr.node:
        case ast.Call(func=ast.Attribute(attr="normalize")):
            return expr
    direction = made_of(call("normalize", expr.node), expr.type, UNIT, "the direction of {0}", [expr])
    return direction._replace(steady=True)


def axis(choices: Choices, kind: Vector) -> Expr:
    """Return a constant of unit length: a coordinate axis, or one that lies between all three."""
    if kind.length == len(_OBLIQUE[0]) and choices.chance(0.5):
        return literal_vector(choices.pick(_OBLIQUE), kind)
    place = choices.integer(0, kind.length - 1)
    return literal_vector([1.0 if k == place else 0.0 for k in range(kind.length)], kind)


def identity(kind: Quaternion | Transform) -> Expr:
    """Return the rotation or the transformation that moves nothing."""
    node = call("quat_identity" if isinstance(kind, Quaternion) else "transform_identity")
    if kind.scalar is not FLOAT32:
        node.keywords = [ast.keyword("dtype", spelled(kind.scalar.spelling))]
    return Expr(node, kind, UNIT, "the identity", (), leaf=True)


def composed(left: Expr, right: Expr) -> Expr:
    """Return one rotation or transformation after another."""
    interval = product((left.interval, right.interval), (left.type, right.type))
    words = "{0} times {1}"
    if not isinstance(left.type, Transform):
        return made_of(binary(left.node, ast.Mult(), right.node), left.type, interval, words, [left, right])
    node = call("transform_multiply", left.node, right.node)
    return made_of(node, left.type, interval, words, [left, right])


def nearer(expr: Expr) -> Expr:
    """Return the transformation to the direction of its translation, where the translation has grown large."""
    constructor = spelled(_rotational(expr).spelling)
    place = call("normalize", call("transform_get_translation", expr.node))
    node = call(constructor, place, identity(quaternion(_rotational(expr).scalar)).node)
    return made_of(node, expr.type, UNIT, "the transformation to the direction of the translation of {0}", [expr])


def turned(choices: Choices, expr: Expr, to: Quaternion) -> Expr:
    """Return the rotation about a vector of 3 by its length or a constant, or the rotation of a transformation."""
    if isinstance(expr.type, Transform):
        node = call("transform_get_rotation", expr.node)
        return made_of(node, to, UNIT, "the rotation of {0}", [expr])
    if not expr.leaf:
        angle = literal(choices.pick(_ANGLES), to.scalar)
        node = call("quat_from_axis_angle", call("normalize", expr.node), angle.node)
        return made_of(node, to, UNIT, "the rotation about {0} by {1}", [expr, angle])
    node = call("quat_from_axis_angle", call("normalize", expr.node), call("length", expr.node))
    return made_of(node, to, UNIT, "the rotation about {0} by its length", [expr])


def turned_by(choices: Choices, angle: Expr, to: Quaternion) -> Expr:
    """Return the rotation by an angle about a coordinate axis."""
    about = axis(choices, vector(3, to.scalar))
    node = call("quat_from_axis_angle", about.node, angle.node)
    return made_of(node, to, UNIT, "the rotation by {0} about {1}", [angle, about])


def placed(expr: Expr, to: Transform) -> Expr:
    """Return the transformation that a vector of 3 translates by, or that a quaternion rotates by."""
    place = vector(3, to.scalar)
    constructor = spelled(to.spelling)
    if isinstance(expr.type, Quaternion):
        node = call(constructor, literal_vector((0.0, 1.0, 0.0), place).node, expr.node)
        return made_of(node, to, UNIT, "the transformation by {0}", [expr])
    angle = round(math.pi / 4, 4)
    axis_z = literal_vector((0.0, 0.0, 1.0), place)
    turn = call("quat_from_axis_angle", axis_z.node, literal_node(angle, to.scalar))
    node = call(constructor, expr.node, turn)
    return made_of(node, to, expr.interval.hull(UNIT), "the transformation to {0}", [expr])


def _rotational(expr: Expr) -> Quaternion | Transform:
    if not isinstance(expr.type, Quaternion | Transform):
        raise TypeError(f"{expr.type} is neither a rotation nor a transformation")
    return expr.type
