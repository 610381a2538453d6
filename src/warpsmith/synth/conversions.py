"""From one type to another and from one range to another, in the ways that people do it."""

import ast
import math
from typing import TYPE_CHECKING

from warpsmith.synth import rotations, spatial
from warpsmith.synth.affine import multiple
from warpsmith.synth.choices import Choices
from warpsmith.synth.expr import (
    Expr,
    binary,
    call,
    cast,
    identity,
    indicator,
    literal,
    literal_node,
    literal_vector,
    made_of,
    number_text,
    spelled,
    subscript,
)
from warpsmith.synth.interval import UNIT, Interval, symmetric
from warpsmith.synth.meanings.meaning import Need
from warpsmith.synth.scope import Block
from warpsmith.synth.types import BOOL, Matrix, Quaternion, Scalar, Transform, ValueType, Vector, is_float, scalar_of
from warpsmith.synth.types import vector as vector_type

if TYPE_CHECKING:
    from warpsmith.synth.expressions import ExpressionWriter

_SMALL = 16.0
_AXES = "xyzw"


def within(choices: Choices, expr: Expr, need: Need) -> Expr | None:
    """Return the expression brought into the range that an argument needs; None where that cannot be written."""
    return rotations.unit(expr) if need.unit else _between(choices, expr, need)


def _between(choices: Choices, expr: Expr, need: Need) -> Expr | None:
    if expr.interval.within(need.low, need.high):
        return expr
    if not isinstance(expr.type, Scalar):
        return None
    if math.isinf(need.high):
        return _raised(choices, expr, need.low)
    if is_float(expr.type) and expr.interval.magnitude > 1.5 * max(abs(need.low), need.high):
        # a clamp would cut off nearly all of it
        expr = _squashed(expr)
        if expr.interval.within(need.low, need.high):
            return expr
    if need.low <= -0.9 and need.high >= 0.9 and is_float(expr.type) and need.high < 1.0 + 1e-9 and choices.chance(0.5):
        return scaled(_function("sin", "the sine of {0}", expr, UNIT), 0.9)
    scalar = scalar_of(expr.type)
    return clamped(expr, max(need.low, scalar.lowest), min(need.high, scalar.limit))


def clamped(expr: Expr, low: float, high: float) -> Expr:
    """Return ``wp.clamp(expr, low, high)``."""
    scalar = scalar_of(expr.type)
    node = call("clamp", expr.node, literal_node(low, scalar), literal_node(high, scalar))
    words = f"{{0}} clamped between {number_text(low)} and {number_text(high)}"
    return made_of(node, expr.type, Interval(low, high), words, [expr])


def shrink(choices: Choices, expr: Expr) -> Expr:
    """Return a value of a small range that still tells different inputs apart."""
    if expr.interval.magnitude <= _SMALL:
        return expr
    scalar = scalar_of(expr.type)
    if isinstance(expr.type, Transform) or scalar.kind != "float":
        return _shrunk_by_type(choices, expr)
    if isinstance(expr.type, Vector) and choices.chance(0.6):
        return _function("normalize", "the direction of {0}", expr, UNIT)._replace(steady=True)
    if isinstance(expr.type, Scalar) and expr.interval.magnitude < 200.0 and choices.chance(0.6):
        return _function(*choices.pick((("sin", "the sine of {0}"), ("cos", "the cosine of {0}"))), expr, UNIT)
    if isinstance(expr.type, Scalar):
        return _squashed(expr)
    return scaled(expr, float(f"{_SMALL / expr.interval.magnitude:.0e}") / 2)


def _shrunk_by_type(choices: Choices, expr: Expr) -> Expr:
    if isinstance(expr.type, Transform):
        return rotations.nearer(expr)
    return _remainder(choices, expr) if isinstance(expr.type, Scalar) else _each_remainder(expr)


def _squashed(expr: Expr) -> Expr:
    """Return a value between -1 and 1: ``expr / (1 + abs(expr))`` of a name, else ``tanh(expr * 0.1)``."""
    scalar = scalar_of(expr.type)
    if not expr.leaf:
        factor = float(f"{2.0 / expr.interval.magnitude:.0e}")
        small = expr if factor >= 1.0 else scaled(expr, factor)
        return _function("tanh", "the hyperbolic tangent of {0}", small, UNIT)
    one = literal(1, scalar)
    size = binary(one.node, ast.Add(), call("abs", expr.node))
    low = -1.0 if expr.interval.low < 0.0 else 0.0
    words = "{0} divided by (1 plus the magnitude of {0})"
    return made_of(binary(expr.node, ast.Div(), size), expr.type, Interval(low, 1.0), words, [expr])


def convert(writer: "ExpressionWriter", block: Block, expr: Expr, to: ValueType) -> Expr:
    """Return the expression as another type; scalars are cast, vectors and matrices measured, scalars spread."""
    if expr.type == to:
        return expr
    if to == BOOL:
        raise TypeError("a condition is made by comparison, not by conversion")
    if expr.type == BOOL:
        expr = indicator(expr, scalar_of(to))
    elif isinstance(expr.type, Quaternion | Transform) and not isinstance(to, Quaternion | Transform):
        return convert(writer, block, rotations.moved(writer, block, expr, to), to)
    match to:
        case Quaternion() | Transform():
            return _to_rotation(writer, block, expr, to)
        case Scalar():
            return _to_scalar(writer, block, expr, to)
        case Vector():
            return _to_vector(writer, block, expr, to)
    return _to_matrix(writer, block, expr, to)


def _to_rotation(writer: "ExpressionWriter", block: Block, expr: Expr, to: Quaternion | Transform) -> Expr:
    if isinstance(expr.type, Scalar) and isinstance(to, Quaternion):
        return rotations.turned_by(writer.choices, convert(writer, block, expr, to.scalar), to)
    direct = isinstance(expr.type, Quaternion | Transform) and expr.type.scalar is to.scalar
    vector = expr if direct else convert(writer, block, expr, vector_type(3, to.scalar))
    return rotations.turned(writer.choices, vector, to) if isinstance(to, Quaternion) else rotations.placed(vector, to)


def _to_scalar(writer: "ExpressionWriter", block: Block, expr: Expr, to: Scalar) -> Expr:
    if isinstance(expr.type, Scalar):
        return _cast_within(writer.choices, expr, to)
    if isinstance(expr.type, Vector):
        return convert(writer, block, _measured_vector(writer.choices, expr), to)
    return convert(writer, block, _measured_matrix(writer.choices, expr), to)


def _to_vector(writer: "ExpressionWriter", block: Block, expr: Expr, to: Vector) -> Expr:
    if isinstance(expr.type, Matrix) and expr.type.scalar == to.scalar and expr.type.size == to.length:
        return _function("get_diag", "the diagonal of {0}", expr, expr.interval, to)
    if expr.type is to:
        return expr
    if isinstance(expr.type, Vector) and expr.type.scalar == to.scalar:
        return spatial.resized(writer, block, expr, to) or _resized(expr, expr.type, to)
    number = convert(writer, block, expr, to.scalar)
    mark = block.mark()
    direction = writer.operand(block, to)
    if direction is None or direction.interval.magnitude * number.interval.magnitude > to.scalar.limit:
        block.restore(mark)
        direction = literal_vector(([1.0, 2.0] * 3)[: to.length], to)
        number = shrink(writer.choices, number)
    interval = number.interval.multiply(direction.interval)
    if not interval.within(to.scalar.lowest, to.scalar.limit):
        block.restore(mark)
        return convert(writer, block, shrink(writer.choices, number), to)
    words = "{0} times {1}"
    return made_of(binary(number.node, ast.Mult(), direction.node), to, interval, words, [number, direction])


def _to_matrix(writer: "ExpressionWriter", block: Block, expr: Expr, to: Matrix) -> Expr:
    if isinstance(expr.type, Vector):
        vector = _to_vector(writer, block, expr, vector_type(to.size, to.scalar))
        interval = vector.interval.hull(Interval(0.0, 0.0))
        return _function("diag", "the diagonal matrix of {0}", vector, interval, to)
    number = convert(writer, block, expr, to.scalar)
    one = identity(to)
    interval = number.interval.hull(Interval(0.0, 0.0))
    words = "{0} times the identity"
    return made_of(binary(number.node, ast.Mult(), one.node), to, interval, words, [number])


def _cast_within(choices: Choices, expr: Expr, to: Scalar) -> Expr:
    if not expr.interval.within(to.lowest, to.limit):
        if to.kind == "uint" and expr.interval.low < 0 and expr.type != BOOL and scalar_of(expr.type).kind != "uint":
            expr = _function("abs", "the magnitude of {0}", expr, expr.interval.absolute())
        if expr.interval.high > to.limit or expr.interval.low < to.lowest:
            expr = shrink(choices, expr)
        if not expr.interval.within(to.lowest, to.limit):
            expr = clamped(expr, max(to.lowest, scalar_of(expr.type).lowest), min(to.limit, 100.0))
    if is_float(expr.type) and to.kind != "float" and expr.interval.magnitude <= 2.0:
        # a whole number out of a small range would be much the same everywhere
        expr = scaled(expr, 10.0)
    return cast(expr, to)


def _measured_vector(choices: Choices, expr: Expr) -> Expr:
    vector = expr.type
    if not isinstance(vector, Vector):
        raise TypeError(f"{vector} is no vector")
    magnitude = expr.interval.magnitude
    if expr.steady:
        return _along(choices, expr, vector)
    if is_float(vector) and choices.chance(0.6):
        norm = Interval(0.0, magnitude * math.sqrt(vector.length))
        if norm.high <= vector.scalar.limit:
            return _function("length", "the length of {0}", expr, norm, vector.scalar)
    squared = Interval(0.0, magnitude**2 * vector.length)
    if squared.high <= vector.scalar.limit and choices.chance(0.5):
        node = call("dot", expr.node, expr.node) if expr.leaf else call("length_sq", expr.node)
        return made_of(node, vector.scalar, squared, "the squared length of {0}", [expr])
    return _component_sum(expr, vector)


def _along(choices: Choices, expr: Expr, vector: Vector) -> Expr:
    """Return the extent of a vector along a constant one, which tells directions apart."""
    direction = literal_vector([choices.pick((1.0, 0.5, 2.0, 1.5)) for _ in range(vector.length)], vector)
    node = call("dot", expr.node, direction.node)
    interval = symmetric(2.0 * vector.length * expr.interval.magnitude)
    return made_of(node, vector.scalar, interval, "the dot product of {0} and {1}", [expr, direction])


def _component_sum(expr: Expr, vector: Vector) -> Expr:
    parts: list[ast.expr] = [subscript(expr.node, [ast.Constant(k)]) for k in range(2)]
    if not isinstance(expr.node, ast.Name) and vector.length <= len(_AXES):
        parts = [ast.Attribute(expr.node, _AXES[k], ast.Load()) for k in range(2)]
    interval = expr.interval.add(expr.interval)
    if not interval.within(vector.scalar.lowest, vector.scalar.limit):
        return made_of(parts[0], vector.scalar, expr.interval, "the x component of {0}", [expr])
    node = binary(parts[0], ast.Add(), parts[1])
    return made_of(node, vector.scalar, interval, "the sum of the x and y components of {0}", [expr])


def _measured_matrix(choices: Choices, expr: Expr) -> Expr:
    matrix = expr.type
    if not isinstance(matrix, Matrix):
        raise TypeError(f"{matrix} is no matrix")
    magnitude = expr.interval.magnitude
    determinant = symmetric(math.factorial(matrix.size) * magnitude**matrix.size)
    if matrix.size <= len(_AXES) and determinant.high <= matrix.scalar.limit and choices.chance(0.4):
        return _function("determinant", "the determinant of {0}", expr, determinant, matrix.scalar)
    trace = expr.interval.scale(matrix.size)
    if trace.magnitude > matrix.scalar.limit:
        expr = scaled(expr, 0.1)
        trace = expr.interval.scale(matrix.size)
    return _function("trace", "the trace of {0}", expr, trace, matrix.scalar)


def _resized(expr: Expr, vector: Vector, to: Vector) -> Expr:
    if isinstance(expr.node, (ast.Name, ast.Subscript, ast.Attribute)):
        kept = [subscript(expr.node, [ast.Constant(k)]) for k in range(min(vector.length, to.length))]
        fill: list[ast.expr] = [literal_node(0, to.scalar)] * (to.length - len(kept))
        words = f"{{0}} as a {to.length}-vector"
        interval = expr.interval.hull(Interval(0.0, 0.0))
        return made_of(call(spelled(to.spelling), *kept, *fill), to, interval, words, [expr])
    ones = literal_vector([1.0] * to.length, to)
    first = made_of(subscript(expr.node, [ast.Constant(0)]), to.scalar, expr.interval, "{0}", [expr])
    words = "the first component of {0} in every direction"
    return made_of(binary(first.node, ast.Mult(), ones.node), to, expr.interval, words, [expr])


def _raised(choices: Choices, expr: Expr, low: float) -> Expr | None:
    scalar = scalar_of(expr.type)
    if scalar.kind == "uint":
        positive = expr
    else:
        positive = _function("abs", "the magnitude of {0}", expr, expr.interval.absolute())
    if low <= 0.0:
        return positive
    if choices.chance(0.3) and 2.0 * expr.interval.low + expr.interval.high > 0.0:
        floor = literal(0.1 if scalar.kind == "float" else 1, scalar)
        raised = call("max", expr.node, floor.node)
        interval = Interval(floor.interval.low, max(expr.interval.high, floor.interval.low))
        return made_of(raised, scalar, interval, "the larger of {0} and {1}", [expr, floor])
    one = literal(1, scalar)
    interval = positive.interval.add(one.interval)
    if interval.high > scalar.limit:
        return None
    node = binary(positive.node, ast.Add(), one.node)
    return made_of(node, scalar, interval, "{0} plus 1", [positive])


def _remainder(choices: Choices, expr: Expr) -> Expr:
    scalar = scalar_of(expr.type)
    modulus = choices.pick((7, 11, 13, 16))
    low = 0.0 if expr.interval.low >= 0.0 else -float(modulus)
    node = binary(expr.node, ast.Mod(), literal_node(modulus, scalar))
    return made_of(node, expr.type, Interval(low, float(modulus)), f"{{0}} modulo {modulus}", [expr])


def _each_remainder(expr: Expr) -> Expr:
    if not isinstance(expr.type, Vector):
        raise TypeError(f"{expr.type} is no vector")
    modulus = literal_vector([13.0] * expr.type.length, expr.type)
    low = 0.0 if expr.interval.low >= 0.0 else -13.0
    node = binary(expr.node, ast.Mod(), modulus.node)
    return made_of(node, expr.type, Interval(low, 13.0), "{0} modulo 13 in each component", [expr])


def scaled(expr: Expr, factor: float) -> Expr:
    """Return a multiple by a positive number."""
    scalar = scalar_of(expr.type)
    node = binary(expr.node, ast.Mult(), literal_node(factor, scalar))
    words = f"{{0}} times {number_text(factor)}"
    affine = multiple(expr.affine, factor)
    return made_of(node, expr.type, expr.interval.scale(factor), words, [expr], affine=affine)


def _function(builtin: str, words: str, expr: Expr, interval: Interval, result: ValueType | None = None) -> Expr:
    return made_of(call(builtin, expr.node), result or expr.type, interval, words, [expr])
