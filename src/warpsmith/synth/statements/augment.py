"""A local variable that takes in what is still unread: ``total += mass * speed``."""

from warpsmith.synth.form import Form
from warpsmith.synth.types import BOOL
from warpsmith.synth.updates import update
from warpsmith.synth.writer import KernelWriter


def fits(w: KernelWriter) -> bool:
    """There is a variable of this block to update, and something else to put into it."""
    own = [v for v in w.block.values if v.mutable]
    return bool(own) and any(v.type != BOOL and v not in own[-1:] for v in w.block.open())


def write(w: KernelWriter) -> str:
    """Write an update of the youngest variable of the block."""
    value = [v for v in w.block.values if v.mutable][-1]
    with w.hidden(value):
        return update(w, value)


FORM = Form("augmented-assignment", 2, fits, write)
