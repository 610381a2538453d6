"""The same elements elsewhere: broadcast, transposed, reshaped, cut out, put together, shifted, gathered, converted."""

import ast
import math

from warpsmith.synth.expr import call, spelled
from warpsmith.synth.form import Form
from warpsmith.synth.interval import Interval
from warpsmith.synth.tile import Shape, Tile
from warpsmith.synth.tiling.making import anything, assign, choose, has, numeric
from warpsmith.synth.tiling.memory import shape_node, shape_tuple, size
from warpsmith.synth.types import FLOAT32, FLOAT64, INT32, Scalar, is_float, is_integer
from warpsmith.synth.writer import KernelWriter

_LARGEST = 4096


def spreads(small: Tile, large: Tile) -> bool:
    """Tell whether a tile can be spread to the shape of another: as its rows, or as its columns."""
    if small.type is not large.type or len(small.shape) != 1 or len(large.shape) != 2:
        return False
    # as a column it is reshaped first, which views are not
    return small.shape[0] in (1, large.shape[1]) or (small.own and small.shape[0] == large.shape[0])


def spread(w: KernelWriter, tile: Tile, shape: Shape) -> str:
    """Write a tile of one dimension broadcast to a table."""
    source: ast.expr = tile.node
    how = "as every row"
    if tile.shape[0] == shape[0] and tile.shape[0] != shape[1]:
        column = call("tile_reshape", source)
        lengths: list[ast.expr] = [size(w, shape[0], 1), ast.Constant(1)]
        column.keywords.append(ast.keyword("shape", ast.Tuple(lengths, ast.Load())))
        source, how = column, "as every column"
        w.features.add("tile_reshape")
    node = call("tile_broadcast", source)
    node.keywords.append(ast.keyword("shape", shape_tuple(w, shape)))
    tile.own = False
    made = assign(w, ("spread_tile", "rows", "repeated", "grid_tile", "wide"), node, [tile], shape=shape, own=False)
    w.features.add("tile_broadcast")
    return f"let {made.words} be {tile.words} repeated {how} of {shape[0]} by {shape[1]} elements"


def _flat(tile: Tile) -> bool:
    return len(tile.shape) == 1 and 1 < tile.size <= 64


def broadcast(w: KernelWriter) -> str:
    """Write a tile of one dimension as all rows or columns of a table."""
    tile = choose(w, _flat)
    extent = w.choices.pick([other.shape[0] for other in w.tiles.known if other.shape[0] * tile.size <= _LARGEST])
    shape = (extent, tile.size) if w.choices.chance(0.6) or not tile.own else (tile.size, extent)
    return spread(w, tile, shape)


def _table(tile: Tile) -> bool:
    return len(tile.shape) == 2


def transpose(w: KernelWriter) -> str:
    """Write the transpose of a table."""
    tile = choose(w, _table)
    tile.own = False
    wanted = ("flipped", "transposed", f"{tile.identifier}_t")
    made = assign(w, wanted, call("tile_transpose", tile.node), [tile], shape=tile.shape[::-1], own=False)
    w.features.add("tile_transpose")
    return f"let {made.words} be the transpose of {tile.words}"


def reshape(w: KernelWriter) -> str:
    """Write a tile with the same elements in another shape."""
    tile = choose(w, _divisible)
    shapes = [(tile.size // n, n) for n in (2, 4, 8) if tile.size % n == 0 and tile.size > n]
    shapes = [shape for shape in shapes if shape != tile.shape]
    shape: Shape = (tile.size,) if len(tile.shape) > 1 else w.choices.pick(shapes)
    node = call("tile_reshape", tile.node)
    node.keywords.append(ast.keyword("shape", shape_tuple(w, shape)))
    tile.own = False
    made = assign(w, ("folded", "reshaped", "table", "panel"), node, [tile], shape=shape, own=False)
    w.features.add("tile_reshape")
    return f"let {made.words} be {tile.words} as {' by '.join(map(str, shape))} elements"


def _divisible(tile: Tile) -> bool:
    # a view that is not contiguous cannot be reshaped
    return tile.own and tile.size >= 8 and tile.size % 4 == 0


def convert(w: KernelWriter) -> str:
    """Write a tile of numbers of another type."""
    tile = choose(w, numeric)
    kinds: tuple[Scalar, ...] = (FLOAT32, FLOAT64) if is_integer(tile.type) else (FLOAT32, FLOAT64, INT32)
    kinds = tuple(kind for kind in kinds if kind is not tile.type)
    kind = w.choices.pick(kinds)
    if is_integer(kind) and tile.interval.magnitude < 4.0:
        kind = FLOAT64 if tile.type is FLOAT32 else FLOAT32
    node = call("tile_astype", tile.node)
    node.keywords.append(ast.keyword("dtype", spelled(kind.spelling)))
    interval = tile.interval
    if is_integer(kind):
        interval = Interval(math.trunc(interval.low), math.trunc(interval.high))
    made = assign(w, ("converted", "as_numbers", "wide_tile", "cast"), node, [tile], kind=kind, interval=interval)
    w.features.add("tile_astype")
    return f"let {made.words} be {tile.words} as {kind.name}"


def _parts(tile: Tile) -> bool:
    if tile.flipped and not (numeric(tile) and is_float(tile.type)):
        return False  # the two halves might cancel out
    return tile.shape[0] >= 4 and tile.shape[0] % 2 == 0


def halves(w: KernelWriter) -> str:
    """Write two halves of a tile, added or multiplied: a view of each."""
    tile = choose(w, _parts)
    half = tile.shape[0] // 2
    shape = (half, *tile.shape[1:])
    first, second = _views(w, tile, shape)
    factor = is_float(tile.type) and numeric(tile) and (tile.flipped or w.choices.chance(0.4))
    operator: ast.operator = ast.Mult() if factor else ast.Add()
    interval = tile.interval.multiply(tile.interval) if factor else tile.interval.add(tile.interval)
    tile.own = False
    node = ast.BinOp(first, operator, second)
    made = assign(w, ("halves", "pairs", "folded_tile", "overlap"), node, [tile], shape=shape, interval=interval)
    w.features.add("tile_view")
    word = "times" if factor else "plus"
    return f"let {made.words} be the first half of {tile.words} {word} the second half"


def _views(w: KernelWriter, tile: Tile, shape: Shape) -> tuple[ast.expr, ast.expr]:
    half = shape[0]
    if w.choices.chance(0.5):
        first = ast.Slice(None, ast.Constant(half), None)
        # the second half in reverse order now and then
        backwards = ast.Slice(None, ast.Constant(half - 1), ast.UnaryOp(ast.USub(), ast.Constant(1)))
        second = backwards if w.choices.chance(0.3) else ast.Slice(ast.Constant(half), None, None)
        return ast.Subscript(tile.node, first, ast.Load()), ast.Subscript(tile.node, second, ast.Load())
    rest: list[ast.expr] = [ast.Constant(0) for _ in shape[1:]]
    views = []
    for start in (0, half):
        node = call("tile_view", tile.node)
        offset = ast.Tuple([ast.Constant(start), *rest], ast.Load())
        node.keywords = [ast.keyword("offset", offset), ast.keyword("shape", shape_tuple(w, shape))]
        views.append(node)
    return views[0], views[1]


def _shiftable(tile: Tile) -> bool:
    return len(tile.shape) == 1 and tile.size >= 4


def shifted(w: KernelWriter) -> str:
    """Write a copy of a tile that is shifted by some elements, zeros (or what is left over) at the free end."""
    tile = choose(w, _shiftable)
    by = w.choices.pick((1, 2, 3)) if tile.size > 4 else 1
    kind = spelled(tile.type.spelling)
    identifier = w.names.one_of(("moved", "delayed", "shifted_copy", "neighbors_tile"))
    write = w.choices.pick((_by_slices, _by_calls))
    write(w, identifier, tile, by, kind)
    w.tiles.read(tile)
    made = w.tiles.add(Tile(identifier, tile.shape, tile.type, tile.interval, tile.roots, flipped=tile.flipped))
    w.features.add("tile_assign")
    return f"let {made.words} be {tile.words} rotated by {by}"


def _by_slices(w: KernelWriter, identifier: str, tile: Tile, by: int, kind: ast.expr) -> None:
    w.write(
        """
        moved = wp.tile_zeros(shape=size, dtype=kind, storage="shared")
        moved[by:] = source[:-by]
        moved[:by] = source[-by:]
        """,
        moved=identifier,
        size=shape_node(w, tile.shape),
        kind=kind,
        by=by,
        source=tile.node,
    )


def _by_calls(w: KernelWriter, identifier: str, tile: Tile, by: int, kind: ast.expr) -> None:
    w.write(
        """
        moved = wp.tile_empty(shape=size, dtype=kind, storage="shared")
        wp.tile_assign(moved, wp.tile_view(source, offset=(0,), shape=(rest,)), offset=(by,))
        wp.tile_assign(moved, wp.tile_view(source, offset=(rest,), shape=(by,)))
        """,
        moved=identifier,
        size=shape_node(w, tile.shape),
        kind=kind,
        by=by,
        rest=tile.size - by,
        source=tile.node,
    )


def _joinable(w: KernelWriter) -> bool:
    return has(w, anything) and any(_mate(w, tile) for tile in w.tiles.known)


def _mate(w: KernelWriter, tile: Tile) -> list[Tile]:
    return [
        other
        for other in w.tiles.known
        if other is not tile and other.type is tile.type and other.shape[1:] == tile.shape[1:]
        and other.size + tile.size <= _LARGEST
    ]  # fmt: skip


def join(w: KernelWriter) -> str:
    """Write two tiles one after the other into a larger one."""
    tile = choose(w, lambda one: bool(_mate(w, one)))
    mates = _mate(w, tile)
    other = w.choices.pick([mate for mate in mates if mate in w.tiles.unread] or mates)
    shape = (tile.shape[0] + other.shape[0], *tile.shape[1:])
    identifier = w.names.one_of(("stacked", "both_tile", "joined_tile", "pair"))
    offset = ast.Tuple([ast.Constant(tile.shape[0]), *(ast.Constant(0) for _ in shape[1:])], ast.Load())
    w.write(
        """
        stacked = wp.tile_zeros(shape=size, dtype=kind)
        wp.tile_assign(stacked, first)
        wp.tile_assign(stacked, second, offset=place)
        """,
        stacked=identifier,
        size=shape_node(w, shape),
        kind=spelled(tile.type.spelling),
        first=w.tiles.read(tile),
        second=w.tiles.read(other),
        place=offset,
    )
    interval = tile.interval.hull(other.interval)
    made = w.tiles.add(Tile(identifier, shape, tile.type, interval, tile.roots | other.roots))
    made.flipped = tile.flipped or other.flipped
    w.features.update(("tile_zeros", "tile_assign"))
    return f"put {tile.words} and {other.words} one after the other into {made.words}"


def _broadcast_fits(w: KernelWriter) -> bool:
    return has(w, _flat) and w.threads.ndim < 3


def _table_fits(w: KernelWriter) -> bool:
    return has(w, _table)


def _reshape_fits(w: KernelWriter) -> bool:
    return has(w, _divisible)


def _numbers_fit(w: KernelWriter) -> bool:
    return has(w, numeric)


def _parts_fit(w: KernelWriter) -> bool:
    return has(w, _parts)


def _shift_fits(w: KernelWriter) -> bool:
    return has(w, _shiftable)


BROADCAST = Form("tile-broadcast", 2, _broadcast_fits, broadcast)
TRANSPOSE = Form("tile-transpose", 2, _table_fits, transpose)
RESHAPE = Form("tile-reshape", 2, _reshape_fits, reshape)
CONVERT = Form("tile-astype", 2, _numbers_fit, convert)
HALVES = Form("tile-view", 6, _parts_fit, halves)
SHIFT = Form("tile-shift", 10, _shift_fits, shifted)
JOIN = Form("tile-assign", 8, _joinable, join)
