"""Loops that accumulate: ``for`` over constant and run-time ranges, bounded ``while``, with break and continue."""

import ast
from collections.abc import Callable

from warpsmith.synth import inputs
from warpsmith.synth.expr import call, listed, literal_node, name, target
from warpsmith.synth.form import Form, nested
from warpsmith.synth.printing import text_of
from warpsmith.synth.scope import Block, Value
from warpsmith.synth.statements.sink import accumulator
from warpsmith.synth.types import BOOL, Matrix, Scalar, ValueType
from warpsmith.synth.updates import mark_unread, update
from warpsmith.synth.writer import KernelWriter

_DEEPEST = 3
_COUNTERS = ("j", "k", "m", "p", "q", "step", "n_iter")
_MOST_TRIPS = 512


def fits(w: KernelWriter) -> bool:
    """Loops nest three deep at most and run a bounded number of times in all."""
    return w.block.depth < _DEEPEST and w.block.trips <= _MOST_TRIPS // 4


def write_constant(w: KernelWriter) -> str:
    """Write ``for k in range(4)``."""
    trips = w.choices.pick((3, 4, 2, 5, 8, 6))
    return for_loop(w, ast.Constant(trips), trips)


def write_runtime(w: KernelWriter) -> str:
    """Write ``for k in range(count)`` with a parameter of the kernel."""
    trips = w.choices.integer(3, 8)
    wanted = w.names.one_of(("count", "num_steps", "num_samples", "num_neighbors", "degree", "width", "terms"))
    limit = w.count(wanted, trips)
    return for_loop(w, limit, trips)


def for_loop(w: KernelWriter, limit: ast.expr, trips: int, inner: Callable[[KernelWriter], str] | None = None) -> str:
    """Write a ``for`` loop that accumulates into a new variable; `inner` writes the body in place of the usual one."""
    value_type = _accumulated_type(w)
    sink, start = accumulator(w, value_type)
    counter = w.names.one_of(_COUNTERS)
    child = w.block.child(trips=trips, hidden=(sink,), in_loop=True)
    with w.inside(child):
        w.index_value(counter, trips - 1, unrolled=isinstance(limit, ast.Constant))
        words = _body(w, sink, counter, trips, inner)
    w.emit_block(ast.For(target(counter), call(name("range"), limit), child.body, [], lineno=0))
    mark_unread(w, sink)
    w.forget(sink)
    w.features.add("for-constant" if isinstance(limit, ast.Constant) else "for-runtime")
    return f"start {sink.expr.words} at {start} and, for each {counter} below {text_of(limit)}, {words}"


def _body(w: KernelWriter, sink: Value, counter: str, trips: int, inner: Callable[[KernelWriter], str] | None) -> str:
    _read_along(w, counter, trips, sink.type)
    words = _jumps(w, sink)
    if inner is not None:
        words.append(inner(w))
    else:
        words += nested(w, w.inner_forms, 0.4)
    words.append(update(w, sink))
    return listed(words)


def _read_along(w: KernelWriter, counter: str, trips: int, value_type: ValueType) -> None:
    """Bring something into scope that changes from one iteration to the next."""
    if len(w.parameters) < 9 and w.choices.chance(0.75):
        inputs.along(w, value_type, counter, trips)
        return
    value = next(v for v in w.block.values if getattr(v.expr.node, "id", None) == counter)
    w.block.pending[value] = None


def _jumps(w: KernelWriter, sink: Value) -> list[str]:
    """Write an early ``continue`` or ``break`` now and then."""
    if w.room < 8 or not w.choices.chance(0.3):
        return []
    if w.choices.chance(0.5) or not isinstance(sink.type, Scalar) or sink.type.kind != "float":
        return [_continue(w)]
    return [_break(w, sink)]


def _continue(w: KernelWriter) -> str:
    unread = dict(w.block.pending)
    condition = w.expressions.condition(w.block, plain=True)
    w.block.pending.update(unread)
    w.emit(ast.If(condition.node, [ast.Continue()], []))
    w.features.add("continue")
    return f"skip the step if {condition.words}"


def _break(w: KernelWriter, sink: Value) -> str:
    limit = w.choices.pick((4, 8, 10, 16))
    scalar = sink.type
    if not isinstance(scalar, Scalar):
        raise TypeError(f"{scalar} cannot be compared")
    test = ast.Compare(name(sink.identifier), [ast.Gt()], [literal_node(limit, scalar)])
    w.emit(ast.If(test, [ast.Break()], []))
    w.features.add("break")
    return f"stop once {sink.expr.words} exceeds {limit}"


def write_while(w: KernelWriter) -> str:
    """Write a ``while`` loop whose counter or shrinking bound ends it."""
    trips = w.choices.pick((4, 6, 8))
    value_type = _accumulated_type(w)
    sink, start = accumulator(w, value_type)
    counter = w.names.one_of(("k", "step", "iteration", "round_index", "m"))
    w.emit(ast.Assign([target(counter)], call(name("int"), ast.Constant(0)), lineno=0))
    child = w.block.child(trips=trips, hidden=(sink,), in_loop=True)
    with w.inside(child):
        said = _while_body(w, child, sink, counter, trips)
    test: ast.expr = ast.Compare(name(counter), [ast.Lt()], [ast.Constant(trips)])
    if isinstance(value_type, Scalar) and value_type.kind == "float" and w.choices.chance(0.5):
        guard = ast.Compare(name(sink.identifier), [ast.Lt()], [literal_node(w.choices.pick((5, 10, 20)), value_type)])
        test = ast.BoolOp(ast.And(), [test, guard])
    w.emit_block(ast.While(test, child.body, []))
    mark_unread(w, sink)
    w.forget(sink)
    w.features.add("while")
    return f"start {sink.expr.words} at {start} and, up to {trips} times, {said}"


def _while_body(w: KernelWriter, child: Block, sink: Value, counter: str, trips: int) -> str:
    index = w.index_value(counter, trips - 1)
    if w.choices.chance(0.6) and len(w.parameters) < 9:
        inputs.along(w, sink.type, counter, trips)
    else:
        child.pending[index] = None
    words = nested(w, {"assignment": 1.0, "select": 0.5}, 0.3)
    words.append(update(w, sink))
    w.emit(ast.AugAssign(target(counter), ast.Add(), ast.Constant(1)))
    return listed(words)


def _accumulated_type(w: KernelWriter) -> ValueType:
    """Return the type to accumulate in: that of something unread, or the kernel's precision."""
    types = [v.type for v in w.block.open() if v.type != BOOL and not isinstance(v.type, Matrix)]
    if types and w.choices.chance(0.6):
        return types[0]
    return w.precision


CONSTANT = Form("for-constant", 9, fits, write_constant)
RUNTIME = Form("for-runtime", 9, fits, write_runtime)
WHILE = Form("while", 11, fits, write_while)
