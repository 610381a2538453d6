"""Formulas that are differentiable everywhere, with their derivatives."""

import ast
from collections.abc import Sequence
from typing import NamedTuple

from warpsmith.synth.derivatives import UnknownDerivativeError, derivative
from warpsmith.synth.expr import Expr, leaf, name
from warpsmith.synth.expressions import ExpressionWriter
from warpsmith.synth.interval import Interval
from warpsmith.synth.native import NotNativeError, printed
from warpsmith.synth.operations import Weights
from warpsmith.synth.scope import Block, Value
from warpsmith.synth.types import Scalar
from warpsmith.synth.writer import KernelWriter

_OPERATIONS: Weights = (("arith", 6.0), ("trig", 1.5), ("exp", 1.5))
_TRIES = 8
LABELS = (("x",), ("x", "y"), ("a", "b"), ("u", "v"), ("x", "k"), ("r", "s"))


class Smooth(NamedTuple):
    """A formula of variables and its derivative with respect to each; each depends on its variable."""

    expr: Expr
    derivatives: tuple[ast.expr, ...]


def draw_labels(w: KernelWriter, count: int) -> tuple[str, ...]:
    """Draw the names of so many variables."""
    return w.choices.pick([labels for labels in LABELS if len(labels) == count])


def smooth(w: KernelWriter, labels: Sequence[str], intervals: Sequence[Interval], scalar: Scalar) -> Smooth:
    """Draw a formula of variables of a scalar type, which C++ can say as well."""
    writer = ExpressionWriter(w.choices, _OPERATIONS, scalar)
    for _ in range(_TRIES):
        made = _drawn(w, writer, labels, intervals, scalar)
        if made is not None:
            return made
    return _product(labels, intervals, scalar)


def _drawn(
    w: KernelWriter, writer: ExpressionWriter, labels: Sequence[str], intervals: Sequence[Interval], scalar: Scalar
) -> Smooth | None:
    body = Block()
    for label, interval in zip(labels, intervals, strict=True):
        body.add(Value(leaf(name(label), scalar, interval, label, varying=True)))
    grown = writer.grow(body, writer.start(body), w.choices.weighted((1, 2, 3), (3, 3, 1)))
    body.pending[Value(grown)] = None
    expr = writer.combine(body, scalar)
    try:
        slopes = [derivative(expr.node, label, scalar) for label in labels]
        printed(expr.node, scalar)
    except (UnknownDerivativeError, NotNativeError):
        return None
    known = tuple(slope for slope in slopes if slope is not None)
    return Smooth(expr, known) if len(known) == len(labels) else None


def _product(labels: Sequence[str], intervals: Sequence[Interval], scalar: Scalar) -> Smooth:
    """Return the square of a variable, or the product of two."""
    first, last = name(labels[0]), name(labels[-1])
    node = ast.BinOp(first, ast.Mult(), last)
    words = f"{labels[0]} times {labels[-1]}"
    expr = leaf(node, scalar, intervals[0].multiply(intervals[-1]), words, varying=True)
    slopes: tuple[ast.expr, ...] = (last, first)
    if len(labels) == 1:
        slopes = (ast.BinOp(first, ast.Add(), first),)
    return Smooth(expr, slopes)
