"""Tiles from arrays and back: each block of the grid has a part of its own of the array, or all blocks share one."""

import ast
from collections.abc import Sequence
from typing import NamedTuple

from warpsmith.synth.expr import binary, call, name, spelled, subscript
from warpsmith.synth.inputs import natural_range
from warpsmith.synth.interval import Interval
from warpsmith.synth.launch import ArrayArgument, Filling
from warpsmith.synth.tile import Shape, Tile
from warpsmith.synth.types import ValueType
from warpsmith.synth.updates import output_array
from warpsmith.synth.writer import KernelWriter, Parameter

_SIZE_NAMES = (
    ("TILE", "TILE_SIZE", "BLOCK", "CHUNK", "WIDTH", "N"),
    ("TILE_M", "ROWS", "BLOCK_M", "HEIGHT", "M"),
    ("TILE_N", "COLS", "BLOCK_N", "TILE_K", "K"),
)


class Place(NamedTuple):
    """Where a tile lies in an array: the shape of the array, the indices of the part that is meant, the offset there.

    `offset` is empty where the tile begins at the beginning.
    """

    array: Shape
    indices: tuple[ast.expr, ...]
    offset: tuple[ast.expr, ...]


class Loaded(NamedTuple):
    """A tile that was loaded, and the words for it."""

    tile: Tile
    words: str


def size(w: KernelWriter, extent: int, axis: int = 0) -> ast.expr:
    """Return the number of elements along an axis of a tile: a constant of the module, or the number as it is."""
    sizes = w.tiles.sizes
    if extent == 1 or (not sizes and w.choices.chance(0.35)):
        return ast.Constant(extent)
    if extent not in sizes:
        sizes[extent] = w.names.one_of(_SIZE_NAMES[min(axis, 2)])
        text = "TILE = wp.constant(extent)" if w.choices.chance(0.4) else "TILE = extent"
        w.declare(text, TILE=sizes[extent], extent=extent)
    return name(sizes[extent])


def shape_node(w: KernelWriter, shape: Shape) -> ast.expr:
    """Return the shape of a tile as an argument: a number, or a tuple of them."""
    if len(shape) == 1 and w.choices.chance(0.85):
        return size(w, shape[0])
    return shape_tuple(w, shape)


def shape_tuple(w: KernelWriter, shape: Shape) -> ast.Tuple:
    """Return the shape of a tile as a tuple, as views want it."""
    first = 0 if len(shape) == 1 else 1
    return ast.Tuple([size(w, extent, first + axis) for axis, extent in enumerate(shape)], ast.Load())


def load(w: KernelWriter, value_type: ValueType, shape: Shape, *, everywhere: bool = False, at: str = "") -> Loaded:
    """Load a tile from a new array of inputs; `everywhere`: all blocks load the same one."""
    role = w.names.array(value_type)
    return load_filled(w, role.plural, value_type, shape, natural_range(role, value_type), everywhere=everywhere, at=at)


def load_filled(
    w: KernelWriter,
    plural: str,
    value_type: ValueType,
    shape: Shape,
    interval: Interval,
    *,
    everywhere: bool = False,
    at: str = "",
    storage: str = "",
) -> Loaded:
    """Load a tile from a new array of the given name, filled with values of an interval."""
    place = Place(shape, (), ()) if everywhere else _place(w, shape)
    declare(w, plural, value_type, place.array, interval)
    tile = Tile(at or _tile_name(w, plural), shape, value_type, interval, frozenset((plural,)), raw=True)
    node = load_node(w, plural, shape, place, storage)
    w.emit(ast.Assign([ast.Name(tile.identifier, ast.Store())], node, lineno=0))
    whose = "that all blocks share" if everywhere else "of the block's own"
    w.features.update(("tile", f"tile-{len(shape)}d"))
    return Loaded(w.tiles.add(tile), f"load {tile.words}, {said(shape)} {whose}, from {plural}")


def load_node(w: KernelWriter, array: str, shape: Shape, place: Place, storage: str = "") -> ast.Call:
    """Return the call that loads a tile."""
    node = call("tile_load", part(array, place.indices))
    extent = shape_node(w, shape)
    if w.choices.chance(0.2) and not place.offset:
        node.args.append(extent)
    else:
        node.keywords.append(ast.keyword("shape", extent))
    # one number for the shape goes with one for the offset
    _add_offset(node, place, tupled=isinstance(extent, ast.Tuple))
    if storage or w.choices.chance(0.2):
        node.keywords.append(ast.keyword("storage", ast.Constant(storage or "shared")))
    elif w.choices.chance(0.08):
        node.keywords.append(ast.keyword("bounds_check", ast.Constant(False)))
    return node


def store(w: KernelWriter, tile: Tile) -> str:
    """Store a tile into the block's own part of a new output array."""
    place = _place(w, tile.shape)
    output = output_array(w, tile.type, place.array)
    node = call("tile_store", part(output, place.indices), w.tiles.read(tile))
    _add_offset(node, place, tupled=len(tile.shape) > 1 or w.choices.chance(0.3))
    w.emit(ast.Expr(node))
    return f"store {tile.words} in {output}"


def share(w: KernelWriter, tile: Tile) -> str:
    """Add a tile atomically to one that all blocks share."""
    output = output_array(w, tile.type, tile.shape)
    w.emit(ast.Expr(call("tile_atomic_add", name(output), w.tiles.read(tile))))
    w.features.add("tile_atomic_add")
    return f"add {tile.words} atomically to {output}, which all blocks share"


def declare(w: KernelWriter, identifier: str, value_type: ValueType, shape: Shape, interval: Interval) -> None:
    """Add an array parameter."""
    w.features.add(f"array-{len(shape)}d")
    annotation = w.array_annotation(spelled(value_type.spelling), len(shape))
    filling = Filling(value_type.name, interval.low, interval.high)
    w.add_parameter(Parameter(identifier, annotation, ArrayArgument(identifier, shape, filling)))


def said(shape: Shape) -> str:
    """Return a shape in words."""
    if len(shape) == 1:
        return f"{shape[0]} elements"
    return " by ".join(str(extent) for extent in shape) + " elements"


def _tile_name(w: KernelWriter, plural: str) -> str:
    short = plural[0] if plural[0].isalpha() else "t"
    return w.names.fresh(w.choices.pick((f"{plural}_tile", "tile", "t", f"{short}_tile", f"{short}t", "block")))


def part(array: str, indices: Sequence[ast.expr]) -> ast.expr:
    """Return an array, or the part of it that some indices choose."""
    return subscript(name(array), indices) if indices else name(array)


def _add_offset(node: ast.Call, place: Place, *, tupled: bool) -> None:
    if place.offset:
        offset = ast.Tuple(list(place.offset), ast.Load()) if tupled else place.offset[0]
        node.keywords.append(ast.keyword("offset", offset))


def _place(w: KernelWriter, shape: Shape) -> Place:
    """Draw how the parts of the blocks lie in an array."""
    w.tiles.placed = True
    blocks, ndim = w.threads.ndim, len(shape)
    layouts = {_rows: 3.0 if blocks + ndim <= 4 else 0.0, _grid: 4.0 if ndim == blocks else 0.0}
    layouts[_strip] = 4.0 if ndim > blocks else 0.0
    layouts[_inner] = 3.0 if ndim < blocks else 0.0
    return w.choices.weighted(tuple(layouts), tuple(layouts.values()))(w, shape)


def _rows(w: KernelWriter, shape: Shape) -> Place:
    """Give each block a row of the array, or a matrix of a stack of them."""
    return Place((*w.threads.extents, *shape), tuple(w.index_nodes()), ())


def _grid(w: KernelWriter, shape: Shape) -> Place:
    """Cut the array into as many tiles along each axis as there are blocks."""
    return Place(_covered(w, shape, tuple(range(len(shape)))), (), _steps(w, shape, tuple(range(len(shape)))))


def _strip(w: KernelWriter, shape: Shape) -> Place:
    """Lay the blocks one after another along some of the axes."""
    axis = w.choices.integer(0, len(shape) - w.threads.ndim)
    axes = tuple(range(axis, axis + w.threads.ndim))
    return Place(_covered(w, shape, axes), (), _steps(w, shape, axes))


def _inner(w: KernelWriter, shape: Shape) -> Place:
    """Choose a part of the array by the first indices of the grid, the place in it by the last ones."""
    outer = w.threads.ndim - len(shape)
    inner = tuple(range(len(shape)))
    extents = tuple(w.threads.extents[outer + axis] * shape[axis] for axis in inner)
    offset = tuple(_times(w, w.threads.indices[outer + axis], shape[axis], axis, len(shape)) for axis in inner)
    return Place((*w.threads.extents[:outer], *extents), tuple(w.index_nodes()[:outer]), offset)


def _covered(w: KernelWriter, shape: Shape, axes: tuple[int, ...]) -> Shape:
    extents = list(shape)
    for axis, blocks in zip(axes, w.threads.extents, strict=True):
        extents[axis] *= blocks
    return tuple(extents)


def _steps(w: KernelWriter, shape: Shape, axes: tuple[int, ...]) -> tuple[ast.expr, ...]:
    offset: list[ast.expr] = [ast.Constant(0) for _ in shape]
    for axis, index in zip(axes, w.threads.indices, strict=True):
        offset[axis] = _times(w, index, shape[axis], axis, len(shape))
    return tuple(offset)


def _times(w: KernelWriter, index: str, extent: int, axis: int, ndim: int) -> ast.expr:
    if extent == 1:
        return name(index)
    return binary(name(index), ast.Mult(), size(w, extent, axis if ndim == 1 else axis + 1))
