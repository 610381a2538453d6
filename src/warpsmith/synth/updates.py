"""How a block ends: everything that it has not read yet goes into a variable around it, or into an output array."""

import ast
from typing import NamedTuple

from warpsmith.synth.affine import Affine, added, cancels
from warpsmith.synth.conversions import scaled
from warpsmith.synth.expr import STORE, Expr, binary, call, literal_node, name, related, spelled, subscript, target
from warpsmith.synth.interval import UNIT, Interval
from warpsmith.synth.launch import ArrayArgument, Filling
from warpsmith.synth.meanings.ranges import product
from warpsmith.synth.scope import Value
from warpsmith.synth.types import Matrix, Quaternion, Scalar, Transform, ValueType, is_float, scalar_of
from warpsmith.synth.writer import KernelWriter, Parameter

_ZERO = Interval(0.0, 0.0)


class _Update(NamedTuple):
    statement: ast.stmt
    interval: Interval
    words: str
    affine: Affine | None = None


def update(w: KernelWriter, value: Value) -> str:
    """Fold all that the current block has not read into a local variable around it; return the words for it.

    An update that runs many times only adds, takes extremes or decays, so that its range is known after the loop.
    """
    expr = w.expressions.combine(w.block, value.type)
    repeats = max(w.block.trips // value.trips, 1)
    for _ in range(12):
        made = _draw(w, value, expr, repeats)
        if _reachable(value.type, made.interval):
            break
        expr = w.expressions.shrink(expr) if expr.interval.magnitude > 16 else _faded(expr)
    else:
        made = _extreme(w, value, expr)
    w.emit(made.statement)
    value.widen(made.interval, expr.roots)
    mark_unread(w, value)
    if value in w.block.values:  # elsewhere it is the branch or the loop that ends what is known of it
        value.become(made.affine) if made.affine is not None else w.forget(value)
    return made.words


def mark_unread(w: KernelWriter, value: Value) -> None:
    """Note that a variable has a new value that something must read."""
    w.updated.append(value)
    block = w.block
    while block.parent is not None and value not in block.values:
        block = block.parent
    block.pending[value] = None


def store(w: KernelWriter, output: str, value_type: ValueType, expr: Expr | None = None) -> str:
    """Store all that the current block has not read into the thread's element of an output array."""
    if expr is None:
        expr = w.expressions.combine(w.block, value_type)
    element = subscript(name(output), w.index_nodes(), STORE)
    if isinstance(value_type, Scalar) and w.accumulating:
        w.emit(ast.AugAssign(element, ast.Add(), expr.node))
        w.features.add("augmented-store")
        return f"add {expr.words} to {output}"
    w.emit(ast.Assign([element], expr.node, lineno=0))
    return f"write {expr.words} to {output}"


def output_array(w: KernelWriter, value_type: ValueType, shape: tuple[int, ...] | None = None) -> str:
    """Add an output array, by default with one element for each thread; return its name."""
    identifier = w.names.output()
    shape = shape or w.threads.extents
    annotation = w.array_annotation(spelled(value_type.spelling), len(shape))
    argument = ArrayArgument(identifier, shape, Filling(value_type.name, 0.0, 0.0))
    w.add_parameter(Parameter(identifier, annotation, argument, output=True))
    return identifier


def _draw(w: KernelWriter, value: Value, expr: Expr, repeats: int) -> _Update:
    if isinstance(value.type, Quaternion | Transform):
        return _composed(w, value, expr, repeats)
    if isinstance(value.type, Scalar) and competing(value.expr, expr) and w.choices.chance(0.12):
        return _extreme(w, value, expr)
    if repeats == 1 and isinstance(value.type, Scalar) and w.choices.chance(0.25):
        return _augmented(w, value, expr, _MULTIPLY, value.expr.interval.multiply(expr.interval))
    if repeats > 1 and is_float(value.type) and not isinstance(value.type, Matrix) and w.choices.chance(0.12):
        return _decayed(w, value, expr)
    old, change = value.expr.interval, expr.interval.hull(_ZERO).scale(repeats)
    signed = scalar_of(value.type).kind != "uint"
    operator = _SUBTRACT if signed and not related(value.expr, expr) and w.choices.chance(0.3) else _ADD
    if cancels(added(value.expr.affine, expr.affine, operator.sign)) and signed:
        operator = _SUBTRACT if operator is _ADD else _ADD
    reached = old.add(change) if operator is _ADD else old.subtract(change)
    affine = added(value.expr.affine, expr.affine, operator.sign)
    return _augmented(w, value, expr, operator, reached)._replace(affine=affine)


class _Operator(NamedTuple):
    node: ast.operator
    words: str
    sign: float = 0.0


_ADD = _Operator(ast.Add(), "add {0} to {1}", 1.0)
_SUBTRACT = _Operator(ast.Sub(), "subtract {0} from {1}", -1.0)
_MULTIPLY = _Operator(ast.Mult(), "multiply {1} by {0}")


def _augmented(w: KernelWriter, value: Value, expr: Expr, operator: _Operator, reached: Interval) -> _Update:
    interval = value.expr.interval.hull(reached)
    text = operator.words.format(expr.words, value.expr.words)
    if w.choices.chance(0.75):
        statement: ast.stmt = ast.AugAssign(target(value.identifier), operator.node, expr.node)
        w.features.add("augmented-assignment")
    else:
        statement = _assigned(value, binary(name(value.identifier), operator.node, expr.node))
    return _Update(statement, interval, text)


def _composed(w: KernelWriter, value: Value, expr: Expr, repeats: int) -> _Update:
    """Let a rotation or a transformation take in another one by multiplication."""
    types = (value.type, expr.type)
    reached = product((value.expr.interval, expr.interval.scale(repeats)), types) if repeats > 1 else None
    if isinstance(value.type, Quaternion) and expr.interval.within(*UNIT):
        reached = UNIT
    interval = reached or product((value.expr.interval, expr.interval), types)
    return _augmented(w, value, expr, _MULTIPLY, interval)


def competing(left: Expr, right: Expr) -> bool:
    """Tell whether either of two values can be the smaller one, and either the larger one."""
    return left.interval.low < right.interval.high and right.interval.low < left.interval.high


def _extreme(w: KernelWriter, value: Value, expr: Expr) -> _Update:
    builtin, word = w.choices.pick((("min", "smaller"), ("max", "larger")))
    node = call(builtin, name(value.identifier), expr.node)
    text = f"let {value.expr.words} be the {word} of {value.expr.words} and {expr.words}"
    return _Update(_assigned(value, node), value.expr.interval.hull(expr.interval), text)


def _decayed(w: KernelWriter, value: Value, expr: Expr) -> _Update:
    factor = w.choices.pick((0.5, 0.25, 0.75, 0.9))
    kept = binary(name(value.identifier), ast.Mult(), literal_node(factor, scalar_of(value.type)))
    # a geometric series: |v| stays below |e| / (1 - factor)
    bound = expr.interval.hull(_ZERO).scale(1.0 / (1.0 - factor))
    text = f"multiply {value.expr.words} by {factor:g} and add {expr.words}"
    return _Update(
        _assigned(value, binary(kept, ast.Add(), expr.node)),
        value.expr.interval.hull(bound.add(value.expr.interval.hull(_ZERO))),
        text,
    )


def _assigned(value: Value, node: ast.expr) -> ast.Assign:
    return ast.Assign([target(value.identifier)], node, lineno=0)


def _reachable(value_type: ValueType, interval: Interval) -> bool:
    scalar = scalar_of(value_type)
    return interval.within(scalar.lowest, scalar.limit)


def _faded(expr: Expr) -> Expr:
    return scaled(expr, 0.1) if is_float(expr.type) else expr
