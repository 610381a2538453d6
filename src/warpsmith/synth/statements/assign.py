"""A new local variable that holds an expression of what is in scope."""

from warpsmith.synth.expr import Expr
from warpsmith.synth.form import Form, always
from warpsmith.synth.writer import KernelWriter

_NAMES = (
    "value", "term", "t", "s", "u", "v", "w", "q", "r", "mixed", "partial", "tmp", "part", "share", "factor", "amount",
    "delta", "ratio", "coeff", "bonus", "excess", "inner", "outer", "left", "right", "base", "local", "combined",
    "scaled", "shifted", "adjusted", "net", "drift", "spread", "balance", "trend", "mean", "gap", "reach", "load",
)  # fmt: skip


def write(w: KernelWriter) -> str:
    """Write ``term = a * b + c``."""
    steps = w.choices.weighted((1, 2, 3), (3, 3, 1))
    return define(w, w.expressions.grow(w.block, w.expressions.start(w.block), steps))


def define(w: KernelWriter, expr: Expr) -> str:
    """Assign an expression to a new variable that is named after what it holds."""
    if expr.leaf:
        expr = w.expressions.grow_within(w.block, expr, 1)
    value = w.define(_name(w, expr), expr)
    return f"let {value.expr.words} be {expr.words}"


def _name(w: KernelWriter, expr: Expr) -> str:
    if expr.noun and w.choices.chance(0.7):
        return w.names.fresh(expr.noun)
    return w.names.one_of(_NAMES)


FORM = Form("assignment", 2, always, write)
