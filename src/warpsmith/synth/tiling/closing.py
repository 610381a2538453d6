"""How a kernel of tiles ends: all that is unread goes into tiles and scalars that are stored."""

import ast

from warpsmith.synth.expr import Expr, binary, call, cast, name, spelled
from warpsmith.synth.interval import Interval
from warpsmith.synth.scope import Block
from warpsmith.synth.tile import Tile
from warpsmith.synth.tiling.elementwise import worked
from warpsmith.synth.tiling.layout import spread, spreads
from warpsmith.synth.tiling.making import assign, cancels, numeric, possible, softened
from warpsmith.synth.tiling.memory import shape_node, share, store
from warpsmith.synth.types import BOOL, FLOAT16, FLOAT32, FLOAT64, INT32, INT64, UINT32, UINT64, ValueType, scalar_of
from warpsmith.synth.updates import output_array
from warpsmith.synth.updates import store as store_scalar
from warpsmith.synth.writer import KernelWriter

_MOST_STORED = 3
# kernels of less complexity than this have room for more
_SMALL = 16
_ATOMIC = (FLOAT16, FLOAT32, FLOAT64, INT32, INT64, UINT32, UINT64)


def close(w: KernelWriter) -> str:
    """Write what the kernel gives back: tiles by tile stores, scalars into a tile or by a plain store."""
    if not w.tiles.unread:
        return _close_scalar(w) if _open_types(w) else ""  # all that there is has been stored
    words = [_enlivened(w, tile) for tile in list(w.tiles.unread) if not tile.varying]
    words += _folded(w)
    if _open_types(w):  # what was folded may have read the last of them
        words.append(_close_scalar(w) if w.choices.chance(0.35) else _with_scalars(w))
    words += [worked(w, tile) for tile in list(w.tiles.unread) if tile.raw]
    while w.spent < _SMALL and w.choices.chance(0.6):
        words.append(worked(w, w.choices.pick(list(w.tiles.unread))))
    for tile in list(w.tiles.unread):
        words.append(share(w, tile) if _shareable(w, tile) else store(w, tile))
    return "; ".join(words)


def _open_types(w: KernelWriter) -> list[ValueType]:
    """Return the types of the numbers that are written and not read."""
    return [value.type for value in w.block.open() if value.type != BOOL]


def _shareable(w: KernelWriter, tile: Tile) -> bool:
    return w.tiles.placed and scalar_of(tile.type) in _ATOMIC and w.choices.chance(0.08)


def _close_scalar(w: KernelWriter) -> str:
    """Store the scalars: every thread of the block writes the same number, or the first one alone does."""
    value_type = w.choices.pick(_open_types(w))
    expr = w.expressions.combine(w.block, value_type, floor=0)
    if w.spent < _SMALL:
        expr = w.expressions.grow_within(w.block, expr, w.choices.integer(1, 3))
    if w.choices.chance(0.3):
        return _by_tile(w, expr)
    if not w.tiles.lane:
        return store_scalar(w, output_array(w, value_type), value_type, expr)
    guarded = Block(depth=1)
    with w.inside(guarded):
        words = store_scalar(w, output_array(w, value_type), value_type, expr)
    first = ast.Compare(name(w.tiles.lane), [ast.Eq()], [ast.Constant(0)])
    w.emit_block(ast.If(first, guarded.body, []))
    return f"let the first thread {words}"


def _by_tile(w: KernelWriter, expr: Expr) -> str:
    """Store one number for each block as a tile with one element."""
    identifier = w.names.one_of(("result", "answer", "cell", "outcome"))
    node = call("tile_full", ast.Constant(1), expr.node)
    node.keywords = [ast.keyword("dtype", spelled(expr.type.spelling))]
    node.args, values = node.args[:1], node.args[1]
    node.keywords.insert(0, ast.keyword("value", values))
    w.emit(ast.Assign([ast.Name(identifier, ast.Store())], node, lineno=0))
    tile = w.tiles.add(Tile(identifier, (1,), expr.type, expr.interval, expr.roots))
    w.features.add("tile_full")
    return f"let {tile.words} be {expr.words}; {store(w, tile)}"


def _folded(w: KernelWriter) -> list[str]:
    """Fold tiles into one another until no more are left than one would store."""
    words: list[str] = []
    most = w.choices.weighted((1, 2, _MOST_STORED), (6.0, 2.0, 1.0))
    for _ in range(24):
        unread = list(w.tiles.unread)
        pair = _foldable(unread)
        if len(unread) <= most or pair is None:
            break
        words.append(_fold(w, *pair))
    return words


def _enlivened(w: KernelWriter, tile: Tile) -> str:
    """Put a tile that is the same for all inputs together with one that is not."""
    alike = [other for other in w.tiles.known if other.varying and other.like(tile)]
    if not alike:
        return worked(w, tile)
    return _fold(w, tile, w.choices.pick(alike))


def _foldable(unread: list[Tile]) -> tuple[Tile, Tile] | None:
    for place, tile in enumerate(unread):
        for other in unread[place + 1 :]:
            if (
                (tile.like(other) and (numeric(tile) or not cancels(tile, other)))
                or spreads(tile, other)
                or spreads(other, tile)
            ):
                return tile, other
    return None


def _fold(w: KernelWriter, tile: Tile, other: Tile) -> str:
    if not tile.like(other):
        small, large = (tile, other) if spreads(tile, other) else (other, tile)
        return spread(w, small, large.shape)
    related = not tile.roots.isdisjoint(other.roots)
    plus, times = tile.interval.add(other.interval), tile.interval.multiply(other.interval)
    options: list[tuple[ast.operator, Interval, str]] = [(ast.Add(), plus, "plus")]
    if numeric(tile):
        options.append((ast.Mult(), times, "times"))
    operator, interval, word = (
        options[-1] if related and (cancels(tile, other) or w.choices.chance(0.8)) else w.choices.pick(options)
    )
    if not possible(tile, interval):
        return softened(w, max(tile, other, key=lambda part: part.interval.magnitude))
    wanted = ("result", "joined", "merged", "both", "final")
    made = assign(w, wanted, binary(tile.node, operator, other.node), [tile, other], interval=interval)
    return f"let {made.words} be {tile.words} {word} {other.words}"


def _with_scalars(w: KernelWriter) -> str:
    """Work the scalars into one of the unread tiles: as a factor of it, or added to it."""
    tile = w.choices.pick(list(w.tiles.unread))
    scalar = scalar_of(tile.type)
    expr = w.expressions.to_type(w.block, w.expressions.combine(w.block, scalar, floor=0), scalar)
    interval = tile.interval.multiply(expr.interval)
    if not possible(tile, interval) or (numeric(tile) and w.choices.chance(0.35)):
        return _raised(w, tile, expr)
    node = binary(tile.node, ast.Mult(), expr.node)
    made = assign(w, ("result", "scaled_tile", "weighted", "normalized"), node, [tile], interval=interval)
    return f"let {made.words} be {tile.words} times {expr.operand_words}"


def _raised(w: KernelWriter, tile: Tile, expr: Expr) -> str:
    expr = w.expressions.shrink(expr)
    if not numeric(tile):
        return _close_scalar_of(w, expr)
    interval = tile.interval.add(expr.interval)
    if not possible(tile, interval):
        return f"{softened(w, tile)}; {_close_scalar_of(w, expr)}"
    node = call("tile_map", call("add").func, tile.node, expr.node)
    if w.choices.chance(0.5):
        full = call("tile_full")
        full.keywords = [
            ast.keyword("shape", shape_node(w, tile.shape)),
            ast.keyword("value", cast(expr, scalar_of(tile.type)).node),
            ast.keyword("dtype", spelled(tile.type.spelling)),
        ]
        node = binary(tile.node, ast.Add(), full)  # type: ignore[assignment]
        w.features.add("tile_full")
    made = assign(w, ("result", "raised", "shifted_tile", "centered"), node, [tile], interval=interval)
    return f"let {made.words} be {tile.words} plus {expr.operand_words}"


def _close_scalar_of(w: KernelWriter, expr: Expr) -> str:
    return _by_tile(w, expr) if w.tiles.lane else store_scalar(w, output_array(w, expr.type), expr.type, expr)
