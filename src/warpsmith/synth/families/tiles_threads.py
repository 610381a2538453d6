"""Threads that put their values together: a tile of one value a thread, reduced for the block, or mapped."""

import ast
from dataclasses import replace

from warpsmith.synth import inputs
from warpsmith.synth.expr import Expr, binary, call, name
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.tiles import BLOCK_DIM
from warpsmith.synth.printing import text_of
from warpsmith.synth.statements import function
from warpsmith.synth.tile import fits
from warpsmith.synth.types import BOOL, FLOAT32, FLOAT64, INT32, Scalar, ValueType, Vector, is_float, scalar_of, vector
from warpsmith.synth.updates import output_array, store
from warpsmith.synth.writer import KernelWriter, Style

_MOST_THREADS = 4 * BLOCK_DIM
# kernels of less complexity than this have room for more
_SMALL = 10


def core(w: KernelWriter) -> list[str]:
    """Read one or two arrays; the threads fill their blocks, so that every value of a tile is there."""
    w.block_dim = BLOCK_DIM
    extents = (BLOCK_DIM * w.choices.integer(1, 3),) if w.threads.ndim == 1 else (w.choices.integer(2, 4), BLOCK_DIM)
    w.threads = replace(w.threads, extents=extents)
    kind: ValueType = INT32 if w.choices.chance(0.15) else w.shared_float
    if w.choices.chance(0.3):
        kind = vector(w.choices.pick((3, 2)), FLOAT32)
    inputs.arrays(w, kind, {1: 3, 2: 2})
    return []


def close(w: KernelWriter) -> str:
    """Write the thread's value into a tile, and what becomes of the tile."""
    types = [value.type for value in w.block.open() if value.type != BOOL] or [w.shared_float]
    kind = w.choices.pick(types)
    if scalar_of(kind).bits < 32 or not isinstance(kind, Scalar | Vector):
        kind = w.shared_float
    expr = w.expressions.combine(w.block, kind)
    if w.spent < _SMALL:
        expr = w.expressions.grow_within(w.block, expr, w.choices.integer(1, 3))
    if not fits(kind, expr.interval.scale(_MOST_THREADS)):
        expr = w.expressions.shrink(expr)
    local = w.names.one_of(("value", "mine", "local_value", "contribution", "own"))
    w.emit(ast.Assign([ast.Name(local, ast.Store())], expr.node, lineno=0))
    lead = f"let {local.replace('_', ' ')} be {expr.words}"
    value = expr._replace(node=name(local), leaf=True, words=local.replace("_", " "))
    ways = (_block_sum, _block_extreme, _components, _there_and_back)
    scalar, ordered = isinstance(kind, Scalar), kind in (FLOAT32, FLOAT64)
    # few of a block's extremes change with the inputs
    weights = (4.0, 0.3 if ordered else 0.0, 0.0 if scalar else 3.0, 3.0)
    return f"{lead}; {w.choices.weighted(ways, weights)(w, value)}"


def _tile_of(w: KernelWriter, value: Expr, *, whole: bool = True) -> str:
    """Write the tile of all values of the block; `whole`: a vector is one element of it."""
    tile = w.names.one_of(("tile", "t", "values_tile", "block_values", "shared"))
    node = call("tile", value.node)
    if whole and not isinstance(value.type, Scalar):
        node.keywords = [ast.keyword("preserve_type", ast.Constant(True))]
    w.emit(ast.Assign([ast.Name(tile, ast.Store())], node, lineno=0))
    w.features.update(("tile", "tile-of-threads"))
    return tile


def _block_sum(w: KernelWriter, value: Expr) -> str:
    """Add up the values of the block and add the sum to a cell that all blocks share."""
    tile, total = _tile_of(w, value), w.names.one_of(("block_sum", "total", "partial", "sum_tile"))
    form = w.choices.pick(("wp.tile_sum(tile)", "wp.tile_reduce(wp.add, tile)"))
    small = fits(value.type, value.interval.multiply(value.interval).scale(_MOST_THREADS))
    squared = small and is_float(value.type) and isinstance(value.type, Scalar) and w.choices.chance(0.25)
    if squared:
        form = "wp.tile_dot(tile, tile)"
    output = output_array(w, value.type, (1,))
    w.write(f"total = {form}\nwp.tile_atomic_add(output, total)", total=total, tile=tile, output=output)
    w.features.add("tile_atomic_add")
    what = "squares of the values" if squared else "values"
    return f"add up the {what} of the block and add the sum atomically to {output}"


def _block_extreme(w: KernelWriter, value: Expr) -> str:
    """Find the extreme of the block; its first thread updates a cell that all blocks share."""
    tile, top = _tile_of(w, value), w.names.one_of(("top", "best", "block_top", "peak"))
    word, change = w.choices.pick((("max", "raise"), ("min", "lower")))
    if w.choices.chance(0.8):  # the cell begins at zero, which the extreme should leave
        upper = value.interval.high >= -value.interval.low
        word, change = ("max", "raise") if upper else ("min", "lower")
    output = output_array(w, value.type, (1,))
    form = w.choices.pick((f"wp.tile_{word}(tile)", f"wp.tile_reduce(wp.{word}, tile)"))
    w.write(
        f"""
        top = {form}
        if index % wp.block_dim() == 0:
            wp.atomic_{word}(output, 0, top[0])
        """,
        top=top, tile=tile, index=w.threads.indices[-1], output=output,
    )  # fmt: skip
    w.features.update(("atomic", f"atomic_{word}"))
    largest = "largest" if word == "max" else "smallest"
    return f"{change} {output} to the {largest} value of the block, by its first thread"


def _components(w: KernelWriter, value: Expr) -> str:
    """Add up each component of the vectors of the block: the rows of a tile."""
    if not isinstance(value.type, Vector):
        raise TypeError(f"{value.type} is no vector")
    tile, sums = _tile_of(w, value, whole=False), w.names.one_of(("sums", "component_sums", "row_sums"))
    output = output_array(w, value.type.scalar, (value.type.length,))
    w.write("sums = wp.tile_sum(tile, axis=1)\nwp.tile_atomic_add(output, sums)", sums=sums, tile=tile, output=output)
    w.features.add("tile_atomic_add")
    return f"add up each component over the block and add the sums atomically to {output}"


def _there_and_back(w: KernelWriter, value: Expr) -> str:
    """Map a function over the tile, or scale it, and give each thread its value back."""
    tile = _tile_of(w, value)
    made = w.names.one_of(("mapped", "scaled", "changed", "u"))
    interval = value.interval
    if w.choices.chance(0.6) and function.fits(w) and isinstance(value.type, Scalar):
        whole = function.called(w, [value._replace(node=name(tile))])
        if not isinstance(whole.node, ast.Call):
            raise TypeError(f"{text_of(whole.node)} is no call")
        node: ast.expr = call("tile_map", whole.node.func, *whole.node.args)
        interval, said = whole.interval, f"map {text_of(whole.node.func)} over the tile"
        kind = whole.type
    else:
        factor = w.expressions.constant(scalar_of(value.type))
        if factor is None:
            raise TypeError(f"{value.type} has no constants")
        node, kind = binary(name(tile), ast.Mult(), factor.node), value.type
        interval, said = interval.multiply(factor.interval), f"multiply the tile by {factor.words}"
    w.emit(ast.Assign([ast.Name(made, ast.Store())], node, lineno=0))
    back = w.names.one_of(("result", "mine_again", "answer", "after"))
    w.emit(ast.Assign([ast.Name(back, ast.Store())], call("untile", name(made)), lineno=0))
    expr = value._replace(node=name(back), type=kind, interval=interval, words=back.replace("_", " "))
    if w.choices.chance(0.4):
        expr = w.expressions.grow_within(w.block, expr, 1)
    w.features.add("untile")
    return f"{said} and take the thread's value back; {store(w, output_array(w, expr.type), expr.type, expr)}"


FAMILY = Family(
    "tile_threads",
    ("block_reduction", "untile"),
    "values of threads put together in a tile, reduced for the block or mapped",
    ("totals", "energy", "block_sums", "contributions", "votes", "loss", "residual"),
    Style(
        operations=(("arith", 8.0), ("exp", 0.6), ("trig", 0.6), ("minmax", 0.5), ("unary", 0.7), ("vec", 3.0)),
        forms={
            "assignment": 4,
            "augmented-assignment": 2,
            "select": 1,
            "branch": 1,
            "for-constant": 0.5,
            "for-runtime": 0.5,
            "function-call": 0.7,
        },
        dimensions=(10, 2, 0, 0),
        floats=(10, 2, 0, 0),
    ),
    core,
    close=close,
)
