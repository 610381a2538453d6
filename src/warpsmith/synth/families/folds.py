"""Loops that fold what they read into one variable: sums, extremes, decays, of any elements that a counter names."""

import ast
from collections.abc import Callable

from warpsmith.synth.expr import Expr, call, literal_node, name, spelled
from warpsmith.synth.families.idioms import assign, augment, formula, title
from warpsmith.synth.interval import Interval
from warpsmith.synth.types import FLOAT32, INT32, Matrix, Scalar, ValueType, is_float, scalar_of
from warpsmith.synth.writer import KernelWriter

_TOTALS = ("total", "acc", "sum", "accum", "s", "mix", "tally", "weighted")
_COUNTERS = ("k", "j", "m", "c", "q", "step")
_ZERO = Interval(0.0, 0.0)


def fold(
    w: KernelWriter,
    kind: ValueType,
    limit: ast.expr,
    trips: int,
    read: Callable[[str], list[Expr]],
) -> str:
    """Fold a formula of what `read` gives for a loop's counter into a new variable; return the words.

    The loop runs from 0 to `limit`, which is `trips`.
    """
    counter, total = w.names.one_of(_COUNTERS), w.names.one_of(_TOTALS)
    term = formula(w, read(counter), kind, rich=0.4)
    assign(w, name(total), _start(kind))
    child = w.block.child(trips=trips, in_loop=True)
    with w.inside(child):
        interval, how = _step(w, total, term, trips)
    w.write("for k in range(n):\n    BODY", k=counter, n=limit, BODY=child)
    w.bind(total, kind, interval)
    return f"let {title(total)} be {how} {term.words} over {trips} steps"


def _start(kind: ValueType) -> ast.expr:
    if isinstance(kind, Scalar):
        return call(
            spelled(kind.spelling), literal_node(0, kind if kind.name in ("int32", "float32") else _plain(kind))
        )
    return call(spelled(kind.spelling))


def _plain(kind: Scalar) -> Scalar:
    return FLOAT32 if kind.kind == "float" else INT32


def _step(w: KernelWriter, total: str, term: Expr, trips: int) -> tuple[Interval, str]:
    """Write how a step changes the total; return the range that it ends in and the words."""
    whole = term.interval.hull(_ZERO)
    # the total begins at zero, which an extreme must be able to leave
    extremes = [("max", "largest")] if term.interval.high > 0.0 else []
    extremes += [("min", "smallest")] if term.interval.low < 0.0 else []
    if isinstance(term.type, Scalar) and extremes and w.choices.chance(0.2):
        builtin, word = w.choices.pick(extremes)
        assign(w, name(total), call(builtin, name(total), term.node))
        return whole, f"the {word} of 0 and"
    if is_float(term.type) and not isinstance(term.type, Matrix) and w.choices.chance(0.15):
        factor = literal_node(0.5, scalar_of(term.type))
        assign(w, name(total), ast.BinOp(ast.BinOp(name(total), ast.Mult(), factor), ast.Add(), term.node))
        return whole.scale(2.0), "the decaying sum of"
    if w.choices.chance(0.2) and scalar_of(term.type).kind != "uint":
        augment(w, name(total), ast.Sub(), term.node)
        size = whole.scale(trips)
        return Interval(-size.high, -size.low), "minus the sum of"
    augment(w, name(total), ast.Add(), term.node)
    return whole.scale(trips), "the sum of"
