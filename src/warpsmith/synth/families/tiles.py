"""What the families of tiles share: their statement forms, their types and shapes, how a kernel of theirs begins."""

from warpsmith.synth.form import Form
from warpsmith.synth.operations import Weights
from warpsmith.synth.tile import Shape
from warpsmith.synth.tiling import elementwise, layout, reduce, sources
from warpsmith.synth.types import FLOAT32, INT32, ValueType, vector
from warpsmith.synth.writer import KernelWriter

TILE_FORMS: dict[str, Form] = {
    form.name: form
    for form in (
        elementwise.ARITHMETIC,
        elementwise.IN_PLACE,
        elementwise.MAP,
        elementwise.FUNCTION,
        sources.LOAD,
        sources.MAKE,
        sources.PARAMETER,
        sources.SCALARS,
        reduce.TO_SCALAR,
        reduce.ALONG_AXIS,
        reduce.SCAN,
        layout.BROADCAST,
        layout.TRANSPOSE,
        layout.RESHAPE,
        layout.CONVERT,
        layout.HALVES,
        layout.SHIFT,
        layout.JOIN,
    )
}
STYLE_OPERATIONS: Weights = (("arith", 8.0), ("trig", 1.5), ("exp", 1.2), ("minmax", 1.5), ("unary", 1.0), ("vec", 2.0))
BLOCK_DIM = 256
"""Threads in a block: what Warp launches and compiles for unless it is told otherwise, and records are made for."""

_LENGTHS = (16, 32, 8, 64, 128, 24, 48, 4)
_SIDES = (8, 16, 4, 32, 12)


def start(w: KernelWriter) -> None:
    """Make the kernel one that is launched in blocks."""
    w.block_dim, w.tiled = BLOCK_DIM, True


def draw_shape(w: KernelWriter, tables: float = 0.4) -> Shape:
    """Draw the shape of a tile: a table with the given probability, a box now and then, else a row."""
    if w.choices.chance(tables):
        return (w.choices.weighted(_SIDES, (5, 4, 3, 1, 1)), w.choices.weighted(_SIDES, (4, 5, 2, 2, 1)))
    if tables > 0.0 and w.threads.ndim < 3 and w.choices.chance(0.06):
        return (w.choices.pick((2, 4)), w.choices.pick((4, 8)), w.choices.pick((4, 8)))
    return (w.choices.weighted(_LENGTHS, (5, 5, 3, 4, 2, 0.5, 0.5, 1)),)


def draw_element(w: KernelWriter, integers: float = 0.1, vectors: float = 0.12) -> ValueType:
    """Draw the type of the elements: mostly numbers of the kernel's precision."""
    if w.choices.chance(integers):
        return w.integer if w.integer.bits >= 32 else INT32
    if w.choices.chance(vectors):
        return vector(w.choices.pick((3, 2, 4)), FLOAT32)
    return w.precision
