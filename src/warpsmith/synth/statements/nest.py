"""A loop inside a loop: both counters matter, and the inner total goes into the outer one."""

import ast

from warpsmith.synth.form import Form
from warpsmith.synth.statements import loop
from warpsmith.synth.writer import KernelWriter


def fits(w: KernelWriter) -> bool:
    """Two more loops must fit."""
    return loop.fits(w) and w.block.depth <= 1 and w.block.trips <= 8


def write(w: KernelWriter) -> str:
    """Write two nested ``for`` loops."""
    inner = w.choices.pick((loop.write_constant, loop.write_runtime))
    if w.choices.chance(0.5):
        trips = w.choices.pick((2, 3, 4))
        return loop.for_loop(w, ast.Constant(trips), trips, inner)
    trips = w.choices.integer(2, 5)
    wanted = w.names.one_of(("rows", "layers", "blocks", "num_passes", "outer_count"))
    limit = w.count(wanted, trips)
    return loop.for_loop(w, limit, trips, inner)


FORM = Form("nested-for", 16, fits, write)
