"""A conditional expression: ``a if x > 0.0 else b``, or ``wp.where``."""

import ast

from warpsmith.synth.expr import Expr, call, made_of
from warpsmith.synth.form import Form, always
from warpsmith.synth.statements.assign import define
from warpsmith.synth.writer import KernelWriter


def write(w: KernelWriter) -> str:
    """Write ``value = first if condition else second``."""
    first = w.expressions.start(w.block)
    first = w.expressions.grow_within(w.block, first, 1)
    mark = w.block.mark()
    second = w.expressions.operand(w.block, first.type, besides=first)
    if second is None or not second.varying:
        w.block.restore(mark)
        second = w.expressions.grow_within(w.block, first, 1)
    return define(w, selected(w, w.expressions.condition(w.block), first, second))


def selected(w: KernelWriter, condition: Expr, first: Expr, second: Expr) -> Expr:
    """Return the choice between two expressions in one of its two spellings."""
    if w.choices.chance(0.6):
        node: ast.expr = ast.IfExp(condition.node, first.node, second.node)
        w.features.add("conditional-expression")
    else:
        node = call("where", condition.node, first.node, second.node)
        w.features.add("where")
    words = "{0} where {2}, else {1}"
    return made_of(node, first.type, first.interval.hull(second.interval), words, [first, second, condition])


FORM = Form("select", 4, always, write)
