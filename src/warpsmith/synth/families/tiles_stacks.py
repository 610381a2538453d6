"""Stacks of a block, which its threads push on and pop from; part of the family of shared tiles."""

import ast

from warpsmith.synth.expr import Expr, call, literal_node, name, spelled
from warpsmith.synth.interval import Interval
from warpsmith.synth.tiling.lanes import elements, fresh, grown, lane, some_length, zero
from warpsmith.synth.tiling.memory import size
from warpsmith.synth.types import FLOAT32, INT32
from warpsmith.synth.updates import output_array
from warpsmith.synth.writer import KernelWriter

_COLLECT = """
    pile = wp.tile_stack(capacity=length, dtype=kind)
    for base in range(0, length, wp.block_dim()):
        q = base + lane
        v = zero
        keep = False
        if q < length:
            v = value
            keep = tested > limit
        wp.tile_stack_push(pile, v, keep)
    """
_DRAIN = """
    while wp.tile_stack_count(pile) > 0:
        top, slot = wp.tile_stack_pop(pile)
        if slot >= 0:
            ADD
    """


def stacked(w: KernelWriter) -> list[str]:
    """Collect what is above a limit on a stack of the block; count it, and add it up now and then."""
    kind, length = w.shared_float, some_length(w)
    names = fresh(
        w, pile=("stack", "kept", "pile", "candidates"), base="base", q=("q", "k", "item"), v=("v", "value", "entry"),
        keep=("keep", "selected"),
    )  # fmt: skip
    inner = w.block.child(trips=4, in_loop=True).child()
    elements(w, inner, kind, names["q"], length)
    tested = w.choices.pick(inner.values).expr
    limit = round((tested.interval.low + tested.interval.high) / 2.0, 2)
    expr = grown(w, inner, kind)
    w.write(
        _COLLECT, length=size(w, length), kind=spelled(kind.spelling), lane=lane(w), zero=zero(kind),
        value=expr.node, tested=tested.node, limit=literal_node(limit, kind), **names,
    )  # fmt: skip
    w.features.update(("tile", "tile_stack"))
    words = [
        f"push {expr.words} on a stack of the block where {tested.words} is above {limit:g}, for {length} elements"
    ]
    if w.choices.chance(0.5):
        count = w.names.one_of(("num_kept", "found", "count"))
        w.write("count = wp.tile_stack_count(pile)", count=count, pile=names["pile"])
        words.append(_count_of(w, count, Interval(0.0, float(length)), expr))
        if w.choices.chance(0.3):
            w.write("wp.tile_stack_clear(pile)", pile=names["pile"])
            words.append("empty the stack")
            return words
    more = fresh(w, top=("top", "taken", "last"), slot=("slot", "place"))
    output = output_array(w, kind, w.threads.extents)
    add = ast.Expr(call("atomic_add", name(output), *w.index_nodes(), name(more["top"])))
    w.write(_DRAIN, pile=names["pile"], ADD=[add], **more)
    w.features.add("atomic")
    return [*words, f"take them from it one after another and add each to {output}"]


def _count_of(w: KernelWriter, count: str, interval: Interval, expr: Expr) -> str:
    """Bring a number of elements into scope, as it is or as a share of all of them; return the words for it."""
    said = f"let {count.replace('_', ' ')} be how many there are"
    if w.choices.chance(0.35):
        w.bind(count, INT32, interval, roots=expr.roots)
        return said
    share = w.names.one_of(("share", "density", "occupancy", "fraction_kept"))
    w.write("share = float(count) / all_of_them", share=share, count=count, all_of_them=interval.high)
    w.bind(share, FLOAT32, Interval(0.0, 1.0), roots=expr.roots)
    return f"{said}, and {share.replace('_', ' ')} the share of all that this is"
