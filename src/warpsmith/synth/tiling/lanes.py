"""The threads of a block one by one: the index of the thread in its block, and loops that share work out among them."""

import ast

from warpsmith.synth.expr import Expr, call, leaf, literal_node, name, spelled, subscript
from warpsmith.synth.inputs import natural_range
from warpsmith.synth.printing import text_of
from warpsmith.synth.scope import Block, Value
from warpsmith.synth.tiling.memory import declare
from warpsmith.synth.types import FLOAT32, INT32, Scalar, ValueType
from warpsmith.synth.writer import KernelWriter

# kernels of less complexity than this have room for more
_SMALL = 17


def lane(w: KernelWriter) -> str:
    """Return the name of the index of the thread in its block; the first call adds it to the indices of the thread."""
    if not w.tiles.lane:
        w.tiles.lane = w.names.one_of(("lane", "thread", "t_idx", "local_id"))
        first = w.block.body[0]
        if not isinstance(first, ast.Assign):
            raise TypeError(f"the kernel begins with {text_of(first)}")
        index = ast.Name(w.tiles.lane, ast.Store())
        target = first.targets[0]
        names = [*target.elts, index] if isinstance(target, ast.Tuple) else [target, index]
        first.targets[0] = ast.Tuple(names, ast.Store())
        w.features.add("lane")
    return w.tiles.lane


def element(w: KernelWriter, block: Block, value_type: ValueType, counter: str, length: int) -> Value:
    """Add an array with so many elements for each block, and bring the one at a counter into a block's scope."""
    role = w.names.array(value_type)
    interval = natural_range(role, value_type)
    declare(w, role.plural, value_type, (*w.threads.extents, length), interval)
    node = subscript(name(role.plural), [*w.index_nodes(), name(counter)])
    w.tiles.placed = True
    return block.add(Value(leaf(node, value_type, interval, f"{role.noun} at {counter}", varying=True)))


def grown(w: KernelWriter, block: Block, value_type: ValueType) -> Expr:
    """Return an expression of all that a block has not read yet."""
    with w.inside(block):
        expr = w.expressions.combine(block, value_type)
        more = w.choices.weighted((0, 1, 2), (1.0, 2.0, 1.5)) if w.spent < _SMALL else 0
        return w.expressions.grow_within(block, expr, more)


def some_length(w: KernelWriter) -> int:
    """Return how many elements the threads of a block share out."""
    return w.choices.pick((32, 64, 128, 16, 48))


def elements(w: KernelWriter, block: Block, kind: Scalar, counter: str, length: int) -> None:
    """Bring one or two elements at a counter into the scope of a block."""
    for _ in range(w.choices.weighted((1, 2), (3.0, 1.0))):
        element(w, block, kind, counter, length)


def zero(kind: Scalar) -> ast.expr:
    """Return a variable's zero, written so that Warp lets a branch change it."""
    if kind in (FLOAT32, INT32):
        return call(spelled(kind.spelling), literal_node(0, kind))
    return literal_node(0, kind)


def fresh(w: KernelWriter, **wanted: str | tuple[str, ...]) -> dict[str, str]:
    """Return free names for the holes of an idiom."""
    return {
        hole: w.names.fresh(names) if isinstance(names, str) else w.names.one_of(names)
        for hole, names in wanted.items()
    }
