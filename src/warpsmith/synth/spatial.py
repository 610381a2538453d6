"""Spatial vectors and matrices, of 6 numbers and 6 by 6: an angular part and a linear part (Featherstone, 2008)."""

import ast
from typing import TYPE_CHECKING

from warpsmith.synth.expr import Expr, binary, call, made_of, related, spelled, subscript
from warpsmith.synth.interval import symmetric
from warpsmith.synth.scope import Block
from warpsmith.synth.types import FLOAT32, Matrix, ValueType, Vector, scalar_of

if TYPE_CHECKING:
    from warpsmith.synth.expressions import ExpressionWriter

SIZE = 6
_PART = 3


def is_spatial(value_type: ValueType) -> bool:
    """Tell whether this is a spatial vector or a spatial matrix."""
    match value_type:
        case Vector(length=size) | Matrix(size=size):
            return size == SIZE
    return False


def resized(writer: "ExpressionWriter", block: Block, expr: Expr, to: Vector) -> Expr | None:
    """Return a spatial vector made of a vector of 3, or the parts of one added up; None for other lengths."""
    if not isinstance(expr.type, Vector) or (expr.type.length, to.length) not in ((_PART, SIZE), (SIZE, _PART)):
        return None
    return _joined(writer, block, expr, to) if to.length == SIZE else _parted(writer, expr, to)


def _numbers(vector: Expr) -> list[ast.expr]:
    """Return the arguments for a half of a spatial vector: a vector, or its numbers where Warp 1.19 takes no vectors.

    ``wp.spatial_vector(a, b)`` is for float32 alone, and ``wp.spatial_vectord(a, b)`` is refused.
    """
    if scalar_of(vector.type) is FLOAT32:
        return [vector.node]
    return [subscript(vector.node, [ast.Constant(k)]) for k in range(_PART)]


def _joined(writer: "ExpressionWriter", block: Block, expr: Expr, to: Vector) -> Expr | None:
    mark = block.mark()
    other = writer.operand(block, expr.type, besides=expr)
    if other is None or related(other, expr):
        block.restore(mark)
        other = expr
    if scalar_of(expr.type) is not FLOAT32 and not (expr.leaf and other.leaf):
        block.restore(mark)
        return None
    node = call(spelled(to.spelling), *_numbers(expr), *_numbers(other))
    words = "the spatial vector of {0} and {1}" if other is not expr else "the spatial vector of twice {0}"
    return made_of(node, to, expr.interval.hull(other.interval), words, [expr, other])


def _parted(writer: "ExpressionWriter", expr: Expr, to: Vector) -> Expr:
    builtin, words = writer.choices.pick((("spatial_top", "angular"), ("spatial_bottom", "linear")))
    if not expr.leaf:
        return made_of(call(builtin, expr.node), to, expr.interval, f"the {words} part of {{0}}", [expr])
    node = binary(call("spatial_top", expr.node), ast.Add(), call("spatial_bottom", expr.node))
    interval = symmetric(2.0 * expr.interval.magnitude)
    return made_of(node, to, interval, "the sum of the angular and the linear part of {0}", [expr])
