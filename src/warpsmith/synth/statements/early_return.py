"""A thread that has nothing to do returns early."""

import ast

from warpsmith.synth.form import Form
from warpsmith.synth.writer import KernelWriter


def fits(w: KernelWriter) -> bool:
    """Only at the top of the kernel or of a function, before anything is written, and once."""
    return w.block.depth == 0 and "early-return" not in w.features and not w.stored


def write(w: KernelWriter) -> str:
    """Write ``if condition: return``."""
    unread = dict(w.block.pending)
    condition = w.expressions.condition(w.block, plain=True)
    w.block.pending.update(unread)
    w.emit(ast.If(condition.node, [ast.Return()], []))
    return f"stop if {condition.words}"


FORM = Form("early-return", 4, fits, write)
