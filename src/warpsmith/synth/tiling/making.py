"""New tiles out of known ones: which are read, what the results are called, how a range is kept in bounds."""

import ast
from collections.abc import Callable, Sequence
from functools import reduce

from warpsmith.synth.expr import binary, call, literal_node, name, number_text, spelled
from warpsmith.synth.interval import Interval
from warpsmith.synth.tile import Tile, fits
from warpsmith.synth.types import ValueType, is_float, scalar_of
from warpsmith.synth.writer import KernelWriter

_MODULUS = 101
Wanted = Callable[[Tile], bool]


def anything(_tile: Tile) -> bool:
    """Take any tile."""
    return True


def numeric(tile: Tile) -> bool:
    """Take tiles of numbers."""
    return tile.type is scalar_of(tile.type)


def floating(tile: Tile) -> bool:
    """Take tiles of floating-point numbers."""
    return numeric(tile) and is_float(tile.type)


def varying(tile: Tile) -> bool:
    """Take tiles that depend on array data."""
    return tile.varying and tile.interval.low < tile.interval.high


def has(w: KernelWriter, wanted: Wanted) -> bool:
    """Tell whether there is such a tile where the writer stands: tiles are worked on outside of branches only."""
    return w.block.depth == 0 and any(map(wanted, w.tiles.known))


def choose(w: KernelWriter, wanted: Wanted = anything, besides: Sequence[Tile] = ()) -> Tile:
    """Return a tile to work on: one that nothing has read yet where there is one."""
    possible = [tile for tile in w.tiles.known if wanted(tile) and tile not in besides]
    unread = [tile for tile in possible if tile in w.tiles.unread]
    return w.choices.pick(unread or possible)


def partner(w: KernelWriter, tile: Tile) -> Tile | None:
    """Return another tile of the same shape and type, mostly one that nothing has read yet; None if there is none."""
    alike = [other for other in w.tiles.known if other is not tile and other.like(tile)]
    unread = [other for other in alike if other in w.tiles.unread]
    return w.choices.pick(unread or alike) if alike else None


def cancels(tile: Tile, other: Tile) -> bool:
    """Tell whether a sum of two tiles might lose what they are made of."""
    return (tile.flipped or other.flipped) and not tile.roots.isdisjoint(other.roots)


def assign(
    w: KernelWriter,
    wanted: str | tuple[str, ...],
    node: ast.expr,
    parts: Sequence[Tile],
    *,
    like: Tile | None = None,
    shape: tuple[int, ...] | None = None,
    kind: ValueType | None = None,
    interval: Interval | None = None,
    own: bool = True,
) -> Tile:
    """Assign what is made of tiles to a new variable; what is not said of it is as in `like`, or the first part."""
    like = like or parts[0]
    identifier = w.names.fresh(wanted) if isinstance(wanted, str) else w.names.one_of(wanted)
    for part in parts:
        w.tiles.read(part)
    w.emit(ast.Assign([ast.Name(identifier, ast.Store())], node, lineno=0))
    roots = reduce(frozenset.union, (part.roots for part in parts), frozenset[str]())
    made = Tile(identifier, shape or like.shape, kind or like.type, interval or like.interval, roots, own=own)
    made.varying = any(part.varying for part in parts)
    made.flipped = any(part.flipped for part in parts)
    return w.tiles.add(made)


def softened(w: KernelWriter, tile: Tile) -> str:
    """Write a multiple of a tile that has room for more operations; return its words."""
    factor = float(f"{8.0 / tile.interval.magnitude:.0e}")
    scalar = scalar_of(tile.type)
    if is_float(tile.type):
        node = binary(tile.node, ast.Mult(), literal_node(factor, scalar))
        made = assign(w, ("scaled", "small", "reduced"), node, [tile], interval=tile.interval.scale(factor))
        return f"let {made.words} be {tile.words} times {number_text(factor)}"
    return _wrapped(w, tile)


def _wrapped(w: KernelWriter, tile: Tile) -> str:
    """Write the remainders of integers, by a function of the module: tiles have no operator for it."""
    scalar = scalar_of(tile.type)
    if scalar.name not in w.tiles.wraps:
        w.tiles.wraps[scalar.name] = w.names.one_of(("wrap", "wrapped", "remainder", "fold_back"))
        text = "@wp.func\ndef f(x: kind) -> kind:\n    return x % modulus"
        modulus = literal_node(_MODULUS, scalar)
        w.define_functions(text, f=w.tiles.wraps[scalar.name], kind=spelled(scalar.spelling), modulus=modulus)
    node = call("tile_map", name(w.tiles.wraps[scalar.name]), tile.node)
    low = 0.0 if tile.interval.low >= 0.0 else -float(_MODULUS)
    made = assign(w, ("rest", "reduced", "wrapped_tile"), node, [tile], interval=Interval(low, float(_MODULUS)))
    return f"let {made.words} be {tile.words} modulo {_MODULUS}"


def possible(tile: Tile, interval: Interval) -> bool:
    """Tell whether a range is one that elements of a tile's type may reach."""
    return fits(tile.type, interval)
