"""Tiles whose elements change places: sorted, gathered and scattered by indices, cut, put together, shifted."""

import ast
from collections.abc import Callable

from warpsmith.synth.expr import literal_node, name
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.tiles import STYLE_OPERATIONS, TILE_FORMS, draw_element, draw_shape, start
from warpsmith.synth.inputs import natural_range
from warpsmith.synth.interval import Interval
from warpsmith.synth.tile import Shape, Tile
from warpsmith.synth.tiling import layout
from warpsmith.synth.tiling.closing import close
from warpsmith.synth.tiling.elementwise import worked
from warpsmith.synth.tiling.memory import declare, load, load_filled, part, size
from warpsmith.synth.types import FLOAT32, INT32, INT64, UINT32, ValueType, scalar_of
from warpsmith.synth.updates import output_array
from warpsmith.synth.writer import KernelWriter, Style

_INDICES = ("indices", "order", "neighbors", "slots", "parents", "columns", "selection")


def core(w: KernelWriter) -> list[str]:
    """Write one of the idioms."""
    start(w)
    return w.choices.weighted(tuple(_IDIOMS), tuple(_IDIOMS.values()))(w)


def _keys(w: KernelWriter) -> tuple[Tile, list[str]]:
    """Load what to sort by; equal keys would leave the order open, so integers get a range of their own."""
    kind = w.choices.weighted((FLOAT32, INT32, UINT32, INT64), (6.0, 2.0, 1.0, 0.7))
    role = w.names.array(kind)
    interval = natural_range(role, kind) if kind is FLOAT32 else Interval(0.0, 100_000.0)
    loaded = load_filled(w, role.plural, kind, draw_shape(w, tables=0.1), interval)
    w.tiles.read(loaded.tile)
    return loaded.tile, [loaded.words]


def _sorted(tile: Tile) -> None:
    tile.raw, tile.own = False, True


def _sort(w: KernelWriter) -> list[str]:
    """Sort keys with what belongs to them."""
    keys, words = _keys(w)
    payload = load(w, draw_element(w), keys.shape)
    w.write("wp.tile_sort(keys, values)", keys=keys.node, values=payload.tile.node)
    for tile in (keys, payload.tile):
        _sorted(tile)
        w.tiles.unread[tile] = None
    payload.tile.roots |= keys.roots
    w.features.add("tile_sort")
    return [*words, payload.words, f"sort {keys.words} in ascending order and {payload.tile.words} with it"]


def _arg_sort(w: KernelWriter) -> list[str]:
    """Find the order of keys: sort them together with their positions."""
    keys, words = _keys(w)
    if len(keys.shape) > 1:
        return [*words, _ranked(w, keys)]
    positions = w.names.one_of(("positions", "order_tile", "ranks", "index_tile"))
    text = "positions = wp.tile_arange(count, dtype=int)\nwp.tile_sort(keys, positions)"
    w.write(text, positions=positions, count=size(w, keys.size), keys=keys.node)
    tile = w.tiles.add(Tile(positions, keys.shape, INT32, Interval(0.0, keys.size - 1.0), keys.roots))
    _sorted(keys)
    if w.choices.chance(0.5):
        w.tiles.unread[keys] = None
    w.features.update(("tile_sort", "tile_arange"))
    return [*words, f"sort {keys.words} together with its positions, {tile.words}"]


def _ranked(w: KernelWriter, keys: Tile) -> str:
    """Sort a table of keys on its own, with a copy of it for a payload."""
    copy = w.names.one_of(("payload", "values_tile", "twin"))
    w.write(
        "copy = keys * two\nwp.tile_sort(keys, copy)",
        copy=copy, keys=keys.node, two=literal_node(2, scalar_of(keys.type)),
    )  # fmt: skip
    _sorted(keys)
    w.tiles.add(Tile(copy, keys.shape, keys.type, keys.interval.scale(2.0), keys.roots))
    w.tiles.unread[keys] = None
    w.features.add("tile_sort")
    return f"sort {keys.words} as one sequence, and with it what is made of it"


def _order_statistic(w: KernelWriter) -> list[str]:
    """Read the median, or the sum of the largest elements, of sorted keys."""
    keys, words = _keys(w)
    payload = load(w, draw_element(w, integers=0.0), keys.shape)
    w.tiles.read(payload.tile)
    if len(keys.shape) > 1:
        return [*words, payload.words, _with_payload(w, keys, payload.tile)]
    w.write("wp.tile_sort(keys, values)", keys=keys.node, values=payload.tile.node)
    for tile in (keys, payload.tile):
        _sorted(tile)
    w.features.add("tile_sort")
    word = w.names.one_of(("median", "middle", "quantile"))
    source, place = (keys, keys.size // 2) if w.choices.chance(0.5) else (payload.tile, keys.size // 4)
    text = "word = tile[place]" if w.choices.chance(0.5) else "word = wp.tile_extract(tile, place)"
    w.write(text, word=word, tile=source.node, place=place)
    w.bind(word, source.type, source.interval, roots=keys.roots | source.roots)
    other = payload.tile if source is keys else keys
    other.roots |= keys.roots
    w.tiles.unread[other] = None
    said = f"sort {keys.words} and {payload.tile.words} by it"
    return [*words, payload.words, said, f"let {word} be element {place} of {source.words}"]


def _with_payload(w: KernelWriter, keys: Tile, payload: Tile) -> str:
    w.write("wp.tile_sort(keys, values)", keys=keys.node, values=payload.node)
    for tile in (keys, payload):
        _sorted(tile)
        w.tiles.unread[tile] = None
    w.features.add("tile_sort")
    return f"sort {keys.words} and {payload.words} by it"


def _index_tile(w: KernelWriter, count: int, highest: int) -> tuple[Tile, str]:
    loaded = load_filled(w, w.names.one_of(_INDICES), INT32, (count,), Interval(0.0, float(highest)))
    w.tiles.forget(loaded.tile)
    return loaded.tile, loaded.words


def _gather(w: KernelWriter) -> list[str]:
    """Load rows, or elements, that indices choose from an array that all blocks share."""
    kind, count, rows = draw_element(w), w.choices.pick((4, 8, 16)), w.choices.integer(12, 40)
    indices, words = _index_tile(w, count, rows - 1)
    role = w.names.array(kind)
    interval = natural_range(role, kind)
    width = w.choices.pick((4, 8, 16))
    axis = w.choices.integer(0, 1) if w.choices.chance(0.6) else -1
    array, shape = (
        ((rows,), (count,)) if axis < 0 else (((rows, width), (count, width)), ((width, rows), (width, count)))[axis]
    )
    declare(w, role.plural, kind, array, interval)
    gathered = w.names.one_of(("gathered", "rows_tile", "picked", "selected"))
    extent: ast.expr = ast.Tuple([size(w, n, place) for place, n in enumerate(shape)], ast.Load())
    text = "gathered = wp.tile_load_indexed(array, indices=order, shape=extent, axis=number)"
    if axis <= 0 and w.choices.chance(0.4):
        text = "gathered = wp.tile_load_indexed(array, indices=order, shape=extent)"
    w.write(text, gathered=gathered, array=name(role.plural), order=indices.node, extent=extent, number=max(axis, 0))
    tile = w.tiles.add(Tile(gathered, shape, kind, interval, indices.roots | {role.plural}))
    w.features.update(("tile", "tile_load_indexed"))
    what = ("the elements", "the rows", "the columns")[axis + 1]
    return [words, f"let {tile.words} be {what} of {role.plural} that {indices.words} names"]


def _pick(w: KernelWriter) -> list[str]:
    """Take elements, or rows, of a tile by an index tile."""
    source = load(w, draw_element(w), draw_shape(w, tables=0.4))
    w.tiles.read(source.tile)
    if len(source.tile.shape) > 2:
        return [source.words, worked(w, source.tile)]
    axis = w.choices.integer(0, len(source.tile.shape) - 1)
    count = w.choices.pick((4, 8, 16, 3))
    indices, words = _index_tile(w, count, source.tile.shape[axis] - 1)
    entries: list[ast.expr] = [ast.Slice(None, None, None) for _ in source.tile.shape]
    entries[axis] = indices.node
    entries = entries[: axis + 1] if w.choices.chance(0.5) else entries
    index = entries[0] if len(entries) == 1 else ast.Tuple(entries, ast.Load())
    taken = w.names.one_of(("taken", "picked", "subset", "shuffled"))
    w.write("taken = node", taken=taken, node=ast.Subscript(source.tile.node, index, ast.Load()))
    shape = tuple(count if place == axis else extent for place, extent in enumerate(source.tile.shape))
    tile = w.tiles.add(Tile(taken, shape, source.tile.type, source.tile.interval, source.tile.roots | indices.roots))
    source.tile.own = False
    w.features.add("tile_slice_indexed")
    return [source.words, words, f"let {tile.words} be the parts of {source.tile.words} that {indices.words} names"]


def _scatter(w: KernelWriter) -> list[str]:
    """Store a tile in another order: backwards, or at every second place."""
    source = load(w, draw_element(w), draw_shape(w, tables=0.0))
    tile = source.tile
    words = [source.words, worked(w, tile)]
    result = list(w.tiles.unread)[-1]
    order = w.names.one_of(("order", "places", "targets_tile", "backwards"))
    count = tile.size
    stride = w.choices.pick((1, 2))
    if stride == 1:
        w.write("order = wp.tile_arange(last, -1, -1, dtype=int)", order=order, last=count - 1)
    else:
        w.write("order = wp.tile_arange(count, dtype=int) * 2", order=order, count=size(w, count))
    output = output_array(w, result.type, (*w.threads.extents, count * stride))
    target = part(output, w.index_nodes())
    text = "wp.tile_store_indexed(target, order, result)"
    if w.choices.chance(0.5):
        text = "wp.tile_store_indexed(target, indices=order, t=result, axis=0)"
    w.write(text, target=target, order=order, result=w.tiles.read(result))
    w.tiles.placed = True
    w.features.update(("tile_store_indexed", "tile_arange"))
    how = "in reverse order" if stride == 1 else "at every second place"
    if w.choices.chance(0.5):
        w.tiles.unread[result] = None
    return [*words, f"store {result.words} {how} in {output}"]


def _bins(w: KernelWriter) -> list[str]:
    """Add the elements, or the rows, of a tile to cells that an index tile names, atomically."""
    kind: ValueType = w.shared_float if w.choices.chance(0.7) else INT32
    count, cells = w.choices.pick((8, 16, 4)), w.choices.pick((8, 16, 5, 32))
    shape: Shape = (count,) if w.choices.chance(0.6) else (count, w.choices.pick((4, 8)))
    source = load(w, kind, shape)
    indices, words = _index_tile(w, count, cells - 1)
    said = [source.words, worked(w, source.tile)] if w.choices.chance(0.5) else [source.words]
    result = list(w.tiles.unread)[-1]
    if result.type not in (kind, FLOAT32, INT32):
        result = source.tile
    output = output_array(w, result.type, (cells, *shape[1:]))
    text = "wp.tile_atomic_add_indexed(output, order, result)"
    if w.choices.chance(0.5):
        text = "wp.tile_atomic_add_indexed(output, indices=order, t=result, axis=0)"
    w.write(text, output=output, order=indices.node, result=result.node)
    w.tiles.read(result)
    w.features.add("tile_atomic_add_indexed")
    if w.room > 8 and w.choices.chance(0.6):
        w.tiles.unread[result] = None
    return [*said, words, f"add {result.words} atomically to the cells of {output} that {indices.words} names"]


def _cut(w: KernelWriter) -> list[str]:
    """Work on parts of a tile: halves, a shifted copy, two tiles put together, another shape."""
    loaded = load(w, draw_element(w), draw_shape(w, tables=0.35))
    words = [loaded.words]
    forms = [layout.HALVES, layout.SHIFT, layout.RESHAPE, layout.JOIN]
    if w.choices.chance(0.4):
        words.append(load(w, loaded.tile.type, loaded.tile.shape).words)
    fitting = [form for form in forms if form.fits(w)]
    form = w.choices.pick(fitting) if fitting else None
    return [*words, form.write(w)] if form else words


_ROWS = (
    ("row = tile[place]", False),
    ("row = tile[:, place]", True),
    ("row = wp.tile_view(tile, offset=(place,))", False),
    ("row = wp.tile_squeeze(wp.tile_view(tile, offset=(place, 0), shape=(1, width)))", False),
    ("row = wp.tile_squeeze(wp.tile_view(tile, offset=(place, 0), shape=(1, width)), axis=(0,))", False),
)


def _row(w: KernelWriter) -> list[str]:
    """Take one row, or one column, of a table by an index."""
    shape = (w.choices.pick((4, 8)), w.choices.pick((8, 16, 4)))
    loaded = load(w, draw_element(w), shape)
    tile = loaded.tile
    place = w.choices.integer(0, shape[0] - 1)
    row = w.names.one_of(("row_tile", "line", "first_row", "slice_tile"))
    text, column = w.choices.pick(_ROWS)
    rest = shape[:1] if column else shape[1:]
    place = min(place, shape[1] - 1)
    w.write(text, row=row, tile=tile.node, place=place, width=size(w, shape[1]))
    tile.own = False
    w.tiles.add(Tile(row, rest, tile.type, tile.interval, tile.roots, own=False, raw=True))
    w.features.add("tile_squeeze" if "squeeze" in text else "tile_view")
    what = "column" if column else "row"
    return [loaded.words, f"let {row.replace('_', ' ')} be {what} {place} of {tile.words}"]


_IDIOMS: dict[Callable[[KernelWriter], list[str]], float] = {
    _sort: 2.0,
    _arg_sort: 2.0,
    _order_statistic: 1.5,
    _gather: 2.5,
    _pick: 2.0,
    _scatter: 1.5,
    _bins: 2.0,
    _cut: 2.5,
    _row: 1.5,
}
FAMILY = Family(
    "tile_order",
    ("tile_sort", "tile_gather"),
    "tiles sorted, gathered and scattered by indices, cut and put together",
    ("order", "ranking", "permutation", "selection", "buckets", "sorted_keys", "slices", "windows"),
    Style(
        operations=STYLE_OPERATIONS,
        forms={
            "tile-arithmetic": 3,
            "tile-map": 2,
            "tile-function": 2,
            "tile-in-place": 1,
            "tile-load": 0.7,
            "tile-view": 1.5,
            "tile-shift": 1,
            "tile-reshape": 0.7,
            "tile-assign": 1,
            "tile-astype": 0.7,
            "tile-reduction": 0.7,
            "tile-scalars": 0.7,
        },
        dimensions=(10, 4, 0.5, 0),
        floats=(10, 1.5, 0.5, 0),
    ),
    core,
    TILE_FORMS,
    close,
)
