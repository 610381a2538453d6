"""The variable that a branch or a loop works on: one that is there, or a new one."""

from warpsmith.synth import rotations
from warpsmith.synth.expr import Expr, call, cast, literal, literal_node, spelled
from warpsmith.synth.interval import Interval
from warpsmith.synth.scope import Value
from warpsmith.synth.types import Matrix, Quaternion, Scalar, Transform, ValueType, components
from warpsmith.synth.writer import KernelWriter

_TOTALS = ("total", "acc", "sum", "count", "s", "accum", "energy_sum", "running", "tally", "result_sum")


def pick_sink(w: KernelWriter) -> tuple[Value, str]:
    """Return a variable of the current scope that may be updated, and the words for making it, if it was made."""
    known = [v for v in w.mutable() if v.trips == w.block.trips and not isinstance(v.type, Matrix)]
    if known and w.choices.chance(0.75):
        return w.choices.pick(known), ""
    expr = w.expressions.start(w.block)
    expr = w.expressions.grow_within(w.block, expr, 1)
    value = w.define(w.names.one_of(("value", "response", "state", "score", "level", "estimate")), expr)
    return value, f"let {value.expr.words} be {expr.words}; "


def accumulator(w: KernelWriter, value_type: ValueType) -> tuple[Value, str]:
    """Define a variable that starts at a neutral number, written so that Warp lets a loop change it.

    Returns the variable and the words for where it starts.
    """
    start = _start(w, value_type)
    return w.define(w.names.one_of(_TOTALS), start, pending=False), start.words


def _start(w: KernelWriter, value_type: ValueType) -> Expr:
    if isinstance(value_type, Quaternion | Transform):
        return rotations.identity(value_type)
    if not isinstance(value_type, Scalar):
        arguments = [] if w.choices.chance(0.4) else [literal_node(0, value_type.scalar)] * components(value_type)
        return Expr(call(spelled(value_type.spelling), *arguments), value_type, Interval(0.0, 0.0), "zero", ())
    number = literal(w.choices.weighted((0.0, 1.0), (5, 1)), value_type)
    return _declared(number, value_type)


def _declared(number: Expr, scalar: Scalar) -> Expr:
    # a bare constant could not be changed in a loop: Warp wants float(0.0)
    return cast(number, scalar) if scalar.name in ("float32", "int32") else number
