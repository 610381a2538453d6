"""An operation applied to its operands, where the result means something: no cancelling, no flattening, no overflow."""

import ast
from collections.abc import Sequence

from warpsmith.synth.affine import Affine, added, cancels, multiple
from warpsmith.synth.expr import Expr, binary, call, is_steady, made_of, related
from warpsmith.synth.interval import Interval
from warpsmith.synth.operations import Operation
from warpsmith.synth.types import Quaternion, Scalar, Transform, is_integer

_IDEMPOTENT = frozenset({"add", "min", "max", "cross", "spatial_cross", "spatial_cross_dual", "quat_slerp"})
_CANCELLING = frozenset({"sub", "div", "bit_xor"})
# a rotation and its inverse cancel out, a rotation and itself give what is known
_COMPOSED = frozenset(
    {"mul", "transform_multiply", "dot", "quat_rotate", "quat_rotate_inv", "transform_point", "transform_vector"}
)
_ROTATIONS = (Quaternion, Transform)
# what changes no length of a vector, which comes second, and what asks for it
ISOMETRIES = frozenset({"quat_rotate", "quat_rotate_inv"})
_LENGTHS = frozenset({"length", "length_sq", "normalize"})


def applied(operation: Operation, parts: Sequence[Expr]) -> Expr | None:
    """Return the operation on parts that meet its needs; None where it would make much the same of all inputs."""
    interval = operation.meaning.range([part.interval for part in parts], operation.arguments)
    coefficients = affine(operation.name, parts)
    if interval is None or _flattens(operation, parts) or cancels(coefficients):
        return None
    meaning = operation.meaning
    node = _node(operation, parts)
    result = made_of(node, operation.result, interval, meaning.words, parts, noun=meaning.noun, affine=coefficients)
    return result._replace(steady=True) if _keeps_length(operation, parts) else result


def _keeps_length(operation: Operation, parts: Sequence[Expr]) -> bool:
    """Tell whether the result is a vector of one length: a direction, or a constant that is turned."""
    if operation.name == "normalize":
        return True
    if operation.name == "neg":
        return parts[0].steady
    return operation.name in ISOMETRIES and is_steady(parts[1])


def competes(operation: Operation, part: Expr, expr: Expr) -> bool:
    """Tell whether an operand might cancel out against the expression."""
    if not related(part, expr):  # counters of loops have no roots
        shared = part.leaf and not set(part.sources).isdisjoint(expr.sources)
        return shared and operation.name in _CANCELLING
    if operation.name in _COMPOSED and (isinstance(expr.type, _ROTATIONS) or isinstance(part.type, _ROTATIONS)):
        return True
    if part.leaf and operation.name in _CANCELLING:
        return True
    return part.leaf and operation.name in _IDEMPOTENT and not set(part.sources).isdisjoint(expr.sources)


def affine(operator: str, parts: Sequence[Expr]) -> Affine | None:
    """Return the coefficients of a sum, a difference or a multiple; None of anything else."""
    if operator in ("add", "sub"):
        return added(parts[0].affine, parts[1].affine, 1.0 if operator == "add" else -1.0)
    if operator == "neg":
        return multiple(parts[0].affine, -1.0)
    if operator == "mul" and isinstance(parts[1].type, Scalar) and parts[1].affine == {}:
        return multiple(parts[0].affine, parts[1].interval.high)
    return None


def overlap(a: Interval, b: Interval) -> bool:
    """Tell whether either of two values can be the smaller one."""
    return a.low < b.high and b.low < a.high


def _node(operation: Operation, parts: Sequence[Expr]) -> ast.expr:
    operator = operation.meaning.operator
    if isinstance(operator, ast.operator):
        return binary(parts[0].node, operator, parts[1].node)
    if isinstance(operator, ast.unaryop):
        return ast.UnaryOp(operator, parts[0].node)
    return call(operation.name, *(part.node for part in parts))


def _flattens(operation: Operation, parts: Sequence[Expr]) -> bool:
    """Tell whether an operation would make much the same number of all inputs: rounding what is small, and the like."""
    if operation.name in _LENGTHS:
        return parts[0].steady
    size = parts[0].interval.magnitude
    if operation.meaning.tag == "round" or operation.name == "sign":
        return size < 3.0
    if operation.name in ("min", "max") and len(parts) == 2:
        return not overlap(parts[0].interval, parts[1].interval)
    if operation.name in ("mod", "floordiv") or (operation.name == "div" and is_integer(operation.arguments[0])):
        return size < 2.0 * parts[1].interval.high
    return False
