"""Many elements to one: sums, extremes, positions, products, along one axis or all; running sums and extremes."""

import ast
from typing import NamedTuple

from warpsmith.synth.expr import call, leaf, name, subscript, target
from warpsmith.synth.form import Form
from warpsmith.synth.interval import Interval
from warpsmith.synth.scope import Value
from warpsmith.synth.tile import Tile
from warpsmith.synth.tiling.making import assign, choose, has, numeric, partner, possible, softened, varying
from warpsmith.synth.types import FLOAT32, INT32, UINT32, ValueType, scalar_of
from warpsmith.synth.writer import KernelWriter

_SCANNED = (FLOAT32, INT32, UINT32)
_ALL = {
    "tile_sum": ("sum", "the sum of the elements of {0}"),
    "tile_max": ("peak", "the largest element of {0}"),
    "tile_min": ("lowest", "the smallest element of {0}"),
    "add": ("total", "the sum of the elements of {0}, by wp.add"),
    "max": ("top", "the largest element of {0}, by wp.max"),
    "min": ("bottom", "the smallest element of {0}, by wp.min"),
}
_SCANS = {
    "tile_scan_inclusive": ("running", "the running sums of {0}"),
    "tile_scan_exclusive": ("offsets", "the sums of what stands before each element of {0}"),
    "tile_scan_max_inclusive": ("envelope", "the running maxima of {0}"),
    "tile_scan_min_inclusive": ("floor", "the running minima of {0}"),
}


def to_scalar(w: KernelWriter) -> str:
    """Write a reduction of all elements and read its result as a scalar."""
    tile = choose(w, varying)
    if tile.size == 1:
        return _single(w, tile)
    kind = w.choices.weighted((_all, _product, _position), (6.0, 1.5, 1.0 if numeric(tile) else 0.0))
    return kind(w, tile)


def _single(w: KernelWriter, tile: Tile) -> str:
    """Read the one element of a tile that has no more."""
    identifier = w.names.fresh(f"{tile.identifier}_value")
    text = w.choices.pick(("value = tile[0]", "value = wp.tile_extract(tile, 0)"))
    w.tiles.read(tile)
    w.write(text, value=identifier, tile=tile.node)
    element = leaf(name(identifier), tile.type, tile.interval, tile.words, varying=True, roots=tile.roots)
    w.block.add(Value(element))
    return f"read {tile.words} as a number"


def _named(w: KernelWriter, tile: Tile, noun: str) -> str:
    """Read a tile that is reduced; return what to call the result."""
    w.tiles.read(tile)
    return w.choices.pick((noun, f"{tile.identifier}_{noun}"))


def _all(w: KernelWriter, tile: Tile) -> str:
    operations = tuple(_ALL) if numeric(tile) else ("tile_sum", "add")
    operation = w.choices.weighted(operations, (6.0, 2.0, 2.0, 1.0, 1.0, 1.0) if numeric(tile) else (4.0, 1.0))
    interval = tile.interval.scale(tile.size) if operation in ("tile_sum", "add") else tile.interval
    if not possible(tile, interval):
        return softened(w, tile)
    noun, words = _ALL[operation]
    node = reduction(operation, tile)
    w.features.add("tile_reduce" if operation in ("add", "max", "min") else operation)
    return _read(w, node, _named(w, tile, noun), _Result(tile.type, interval, tile.roots), words.format(tile.words))


def reduction(operation: str, tile: Tile, *axis: int) -> ast.Call:
    """Return the call that reduces a tile, along an axis if there is one."""
    if operation.startswith("tile_"):
        node = call(operation, tile.node)
    else:
        node = call("tile_reduce", call(operation).func, tile.node)
    node.keywords += [ast.keyword("axis", ast.Constant(number)) for number in axis]
    return node


def _product(w: KernelWriter, tile: Tile) -> str:
    other = partner(w, tile) or tile
    interval = tile.interval.multiply(other.interval).scale(tile.size * 4.0)
    if not possible(tile, interval):
        return softened(w, max(tile, other, key=lambda part: part.interval.magnitude))
    w.tiles.read(other)
    node = call("tile_dot", tile.node, other.node)
    words = f"the dot product of {tile.words} and {other.words}"
    return _read(
        w, node, _named(w, tile, "dot"), _Result(scalar_of(tile.type), interval, tile.roots | other.roots), words
    )


def _position(w: KernelWriter, tile: Tile) -> str:
    operation, words = w.choices.pick((("tile_argmin", "smallest"), ("tile_argmax", "largest")))
    node = call(operation, tile.node)
    interval = Interval(0.0, float(tile.size - 1))
    w.features.add(operation)
    said = f"the position of the {words} element of {tile.words}"
    return _read(w, node, _named(w, tile, "position"), _Result(INT32, interval, tile.roots), said)


class _Result(NamedTuple):
    type: ValueType
    interval: Interval
    roots: frozenset[str]


def _read(w: KernelWriter, node: ast.Call, noun: str, result: _Result, words: str) -> str:
    """Write a reduction and bring its one element into scope in one of the ways that people read it."""
    identifier = w.names.fresh(noun)
    way = w.choices.weighted(("variable", "element", "extract"), (3.0, 2.0, 1.0))
    if way == "variable":
        w.emit(_assigned(identifier, subscript(node, [ast.Constant(0)])))
        element: ast.expr = name(identifier)
    else:
        w.emit(_assigned(identifier, node))
        zero = ast.Constant(0)
        at = name(identifier)
        element = subscript(at, [zero]) if way == "element" else call("tile_extract", at, zero)
    noun_words = identifier.replace("_", " ")
    value = leaf(element, result.type, result.interval, noun_words, varying=True, roots=result.roots)
    w.block.add(Value(value))
    return f"let {noun_words} be {words}"


def _assigned(identifier: str, node: ast.expr) -> ast.Assign:
    return ast.Assign([target(identifier)], node, lineno=0)


def _tables(tile: Tile) -> bool:
    return len(tile.shape) > 1


def along_axis(w: KernelWriter) -> str:
    """Write a reduction along one axis of a tile of several dimensions."""
    tile = choose(w, _tables)
    axis = w.choices.integer(0, len(tile.shape) - 1)
    operation = w.choices.weighted(("tile_sum", "max", "min", "add"), (5.0, 1.5, 1.0, 0.5))
    if operation != "tile_sum" and not numeric(tile):  # along an axis, Warp reduces numbers only
        operation = "tile_sum"
    summed = operation in ("tile_sum", "add")
    interval = tile.interval.scale(tile.shape[axis]) if summed else tile.interval
    if not possible(tile, interval):
        return softened(w, tile)
    shape = tile.shape[:axis] + tile.shape[axis + 1 :]
    wanted = ("sums", "row_sums", "col_sums", "profile") if summed else ("extremes", "peaks", "profile")
    made = assign(w, wanted, reduction(operation, tile, axis), [tile], shape=shape, interval=interval)
    w.features.add("tile-axis-reduction")
    what = "the sums" if summed else f"the {'largest' if operation == 'max' else 'smallest'} elements"
    return f"let {made.words} be {what} of {tile.words} along axis {axis}"


def _scannable(tile: Tile) -> bool:
    return tile.type in _SCANNED


def scan(w: KernelWriter) -> str:
    """Write running sums or extremes of a tile."""
    tile = choose(w, _scannable)
    operation = w.choices.weighted(tuple(_SCANS), (4.0, 2.0, 1.5, 1.0))
    sums = operation in ("tile_scan_inclusive", "tile_scan_exclusive")
    zero = Interval(0.0, 0.0)
    interval = tile.interval.hull(zero).scale(tile.size) if sums else tile.interval
    if not possible(tile, interval):
        return softened(w, tile)
    noun, words = _SCANS[operation]
    made = assign(w, noun, call(operation, tile.node), [tile], interval=interval)
    w.features.add(operation)
    return f"let {made.words} be {words.format(tile.words)}"


def _reduction_fits(w: KernelWriter) -> bool:
    return has(w, varying)


def _scan_fits(w: KernelWriter) -> bool:
    return has(w, _scannable)


def _axis_fits(w: KernelWriter) -> bool:
    return has(w, _tables)


TO_SCALAR = Form("tile-reduction", 3, _reduction_fits, to_scalar)
ALONG_AXIS = Form("tile-axis-reduction", 2, _axis_fits, along_axis)
SCAN = Form("tile-scan", 2, _scan_fits, scan)
