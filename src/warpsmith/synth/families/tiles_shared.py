"""Threads of a block that work on one tile or one stack: histograms, updates of elements, values handed on, lists."""

import ast
from collections.abc import Callable

from warpsmith.synth.expr import Expr, binary, call, literal_node, name, spelled
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.tiles import STYLE_OPERATIONS, TILE_FORMS, draw_shape, start
from warpsmith.synth.families.tiles_stacks import stacked
from warpsmith.synth.inputs import natural_range
from warpsmith.synth.interval import Interval
from warpsmith.synth.launch import ScalarArgument
from warpsmith.synth.tile import Tile, fits
from warpsmith.synth.tiling.closing import close
from warpsmith.synth.tiling.lanes import elements, fresh, grown, lane, some_length, zero
from warpsmith.synth.tiling.memory import declare, load, load_filled, shape_node, size
from warpsmith.synth.types import FLOAT32, INT32, Scalar, is_float
from warpsmith.synth.writer import KernelWriter, Parameter, Style


def core(w: KernelWriter) -> list[str]:
    """Write one of the idioms."""
    start(w)
    return w.choices.weighted(tuple(_IDIOMS), tuple(_IDIOMS.values()))(w)


def _histogram(w: KernelWriter) -> list[str]:
    """Count elements in the bins of a tile, or add up a weight in each."""
    length, bins = some_length(w), w.choices.pick((8, 16, 4, 32))
    names = fresh(
        w, bins=("bins", "histogram", "counts_tile"), base="base", q=("q", "k", "item"), inside=("inside", "valid"),
        slot=("slot", "bin_index", "cell"),
    )  # fmt: skip
    child = w.block.child(trips=4, in_loop=True)
    inner = child.child()
    kind: Scalar = w.integer if w.choices.chance(0.5) else w.shared_float
    elements(w, inner, kind, names["q"], length)
    expr = grown(w, inner, kind)
    place = _bin_of(w, expr, bins)
    amount_kind = INT32 if w.choices.chance(0.4) else w.shared_float
    amount: ast.expr = literal_node(1, amount_kind)
    lead = ""
    high = float(length)
    if is_float(amount_kind) and w.choices.chance(0.5):
        role = w.names.array(amount_kind)
        interval = natural_range(role, amount_kind)
        declare(w, role.plural, amount_kind, (length,), interval)
        names["amount"] = w.names.one_of(("amount", "weight_here", "share"))
        amount, high = name(names["amount"]), length * interval.magnitude
        lead = role.plural
    w.write(
        _HISTOGRAM_WEIGHTED if lead else _HISTOGRAM,
        count=bins, kind=spelled(amount_kind.spelling), length=size(w, length), lane=lane(w), place=place, one=amount,
        zero=zero(INT32), array=lead or "array", nothing=zero(amount_kind), **names,
    )  # fmt: skip
    tile = w.tiles.add(Tile(names["bins"], (bins,), amount_kind, Interval(-high, high), expr.roots))
    w.tiles.placed = True
    w.features.update(("tile", "tile_scatter_add", "tile_zeros"))
    what = f"the element of {lead}" if lead else "1"
    return [f"for each of {length} elements, add {what} to the bin of {tile.words} given by {expr.words}"]


_HISTOGRAM = """
    bins = wp.tile_zeros(shape=count, dtype=kind, storage="shared")
    for base in range(0, length, wp.block_dim()):
        q = base + lane
        inside = q < length
        slot = zero
        if inside:
            slot = place
        wp.tile_scatter_add(bins, slot, one, inside)
    """
_HISTOGRAM_WEIGHTED = """
    bins = wp.tile_zeros(shape=count, dtype=kind, storage="shared")
    for base in range(0, length, wp.block_dim()):
        q = base + lane
        slot = zero
        amount = nothing
        if q < length:
            slot = place
            amount = array[q]
        wp.tile_scatter_add(bins, slot, amount, q < length)
    """


def _bin_of(w: KernelWriter, expr: Expr, bins: int) -> ast.expr:
    """Return which of so many bins a value falls into."""
    if not is_float(expr.type):
        whole: ast.expr = expr.node if expr.interval.low >= 0.0 else call("abs", expr.node)
        whole = whole if expr.type is INT32 else call(name("int"), whole)
    else:
        factor = float(f"{w.choices.pick((2.0, 3.0)) * bins / max(expr.interval.magnitude, 0.5):.1g}")
        if not isinstance(expr.type, Scalar):
            raise TypeError(f"{expr.type} is no number")
        scaled = binary(call("abs", expr.node), ast.Mult(), literal_node(factor, expr.type))
        whole = call(name("int"), scaled)
    return binary(whole, ast.Mod(), ast.Constant(bins))


def _permuted(w: KernelWriter) -> list[str]:
    """Write what each thread computes into a tile, in reverse order now and then."""
    kind, length = w.precision, some_length(w)
    names = fresh(
        w, tile=("tile", "shared_tile", "staged"), base="base", q=("q", "k", "item"), v=("v", "value", "mine")
    )
    inner = w.block.child(trips=4, in_loop=True).child()
    elements(w, inner, kind, names["q"], length)
    expr = grown(w, inner, kind)
    backwards = w.choices.chance(0.6)
    text = _MASKED.replace("place", "last - q" if backwards else "q")
    w.write(
        text, size=size(w, length), kind=spelled(kind.spelling), lane=lane(w), zero=zero(kind), value=expr.node,
        last=length - 1, **names,
    )  # fmt: skip
    interval = expr.interval.hull(Interval(0.0, 0.0))
    tile = w.tiles.add(Tile(names["tile"], (length,), kind, interval, expr.roots))
    w.features.update(("tile", "tile_scatter_masked", "tile_zeros"))
    how = "in reverse order" if backwards else "in order"
    return [f"write {expr.words} into {tile.words}, {how}"]


_MASKED = """
    tile = wp.tile_zeros(shape=size, dtype=kind, storage="shared")
    for base in range(0, size, wp.block_dim()):
        q = base + lane
        v = zero
        if q < size:
            v = value
        wp.tile_scatter_masked(tile, place, v, q < size)
    """
_FLOAT_UPDATES = (("tile[q] += value", 1.0, "add {1} to"), ("tile[q] -= value", 1.0, "subtract {1} from"))
_BIT_UPDATES = (
    ("tile[q] |= value", "set the bits of {1} in"),
    ("tile[q] ^= value", "flip the bits of {1} in"),
    ("tile[q] &= value", "keep only the bits of {1} in"),
)


def _elements(w: KernelWriter) -> list[str]:
    """Update the elements of a tile one by one, the threads of the block taking turns."""
    length = some_length(w)
    bits = w.choices.chance(0.35)
    kind: Scalar = INT32 if bits else w.shared_float
    loaded = load_filled(w, w.names.array(kind).plural, kind, (length,), _span(w, kind), storage="shared")
    tile = loaded.tile
    q = w.names.one_of(("q", "k", "item"))
    child = w.block.child(trips=4, in_loop=True)
    elements(w, child, kind, q, length)
    expr = grown(w, child, kind)
    if bits:
        expr = _non_negative(w, expr)
        text, words = w.choices.pick(_BIT_UPDATES)
        interval = Interval(0.0, float(2 ** max(int(max(tile.interval.high, expr.interval.high)).bit_length(), 1) - 1))
    elif w.choices.chance(0.25):
        text, words, interval = "tile[q] = tile[q] * half + value", "multiply by a half, and add {1} to", expr.interval
        interval = interval.add(tile.interval)
    else:
        text, _, words = w.choices.pick(_FLOAT_UPDATES)
        interval = tile.interval.add(expr.interval).hull(tile.interval.subtract(expr.interval))
    if not fits(kind, interval):
        return [loaded.words]
    w.write(
        f"for q in range(lane, length, wp.block_dim()):\n    {text}",
        q=q, lane=lane(w), length=size(w, length), tile=tile.identifier, value=expr.node, half=literal_node(0.5, kind),
    )  # fmt: skip
    tile.interval, tile.raw = interval, False
    tile.roots |= expr.roots
    w.features.add("tile-elements")
    return [loaded.words, f"{words.format('', expr.words)} each element of {tile.words}"]


def _span(w: KernelWriter, kind: Scalar) -> Interval:
    return Interval(0.0, 63.0) if kind is INT32 else w.choices.pick((Interval(-1.0, 1.0), Interval(0.0, 4.0)))


def _non_negative(w: KernelWriter, expr: Expr) -> Expr:
    small = w.expressions.shrink(expr) if expr.interval.magnitude > 100.0 else expr
    if small.interval.low >= 0.0:
        return small
    node = call("abs", small.node)
    return Expr(
        node, small.type, small.interval.absolute(), f"the magnitude of {small.words}", small.sources, roots=small.roots
    )


def _handed_on(w: KernelWriter) -> list[str]:
    """Let one thread read or compute a number and hand it to the whole block as a tile."""
    kind = w.precision
    shape = draw_shape(w, tables=0.25)
    loaded = load(w, kind, shape)
    role = w.names.array(kind)
    interval = natural_range(role, kind)
    declare(w, role.plural, kind, w.threads.extents, interval)
    names = fresh(w, v=("scale", "level_here", "offset_here", "v"), spread=("spread_tile", "broadcasted", "scale_tile"))
    index = ast.Subscript(name(role.plural), _index(w), ast.Load())
    w.write(
        """
        v = zero
        if lane == 0:
            v = source
        spread = wp.tile_from_thread(shape=shape_here, value=v, thread_idx=0)
        """,
        zero=zero(kind), lane=lane(w), source=index, shape_here=shape_node(w, shape), **names,
    )  # fmt: skip
    spread = w.tiles.add(
        Tile(names["spread"], shape, kind, interval.hull(Interval(0.0, 0.0)), frozenset((role.plural,)))
    )
    w.tiles.placed = True
    w.features.update(("tile_from_thread",))
    return [
        loaded.words,
        f"let the first thread read the block's element of {role.plural} and fill {spread.words} with it",
    ]


def _index(w: KernelWriter) -> ast.expr:
    nodes = w.index_nodes()
    return nodes[0] if len(nodes) == 1 else ast.Tuple(nodes, ast.Load())


def _boundary(w: KernelWriter) -> list[str]:
    """Let the first thread set the first or last element of a tile."""
    kind = w.precision
    loaded = load_filled(w, w.names.array(kind).plural, kind, (some_length(w),), _span(w, FLOAT32), storage="shared")
    tile = loaded.tile
    place = w.choices.pick((0, tile.size - 1))
    value = w.choices.pick((0.0, 1.0, 0.5))
    neighbor = 1 if place == 0 else tile.size - 2
    text = w.choices.pick(("tile[place] = value", "tile[place] = tile[neighbor] * half"))
    w.write(
        f"if lane == 0:\n    {text}",
        lane=lane(w), tile=tile.identifier, place=place, value=literal_node(value, kind), neighbor=neighbor,
        half=literal_node(0.5, kind),
    )  # fmt: skip
    tile.raw, tile.interval = False, tile.interval.hull(Interval(0.0, 1.0))
    w.features.add("tile-elements")
    what = f"{value:g}" if "value" in text else f"half of element {neighbor}"
    return [loaded.words, f"let the first thread set element {place} of {tile.words} to {what}"]


def _noise(w: KernelWriter) -> list[str]:
    """Add random numbers to a tile, or multiply it with them."""
    seed = w.names.one_of(("seed", "random_seed", "noise_seed"))
    argument = ScalarArgument(seed, "int32", w.choices.integer(1, 999))
    w.add_parameter(Parameter(seed, name("int"), argument))
    shape = draw_shape(w, tables=0.3)
    loaded = load(w, FLOAT32, shape)
    names = fresh(w, rng=("rng", "state"), noise=("noise", "jitter", "dither"))
    forms = {
        "noise = wp.tile_randf(shape=extent, rng=rng)": Interval(0.0, 1.0),
        "noise = wp.tile_randf(shape=extent, rng=rng, min=low, max=high)": Interval(-0.5, 0.5),
        "noise = wp.tile_astype(wp.tile_randi(shape=extent, rng=rng, min=0, max=9), dtype=float)": Interval(0.0, 9.0),
        "noise = wp.tile_astype(wp.tile_randi(shape=extent, rng=rng), dtype=float) * tiny": Interval(-1.0, 1.0),
    }
    text = w.choices.pick(tuple(forms))
    offset: ast.expr = name(w.threads.indices[0])
    for axis, index in enumerate(w.threads.indices[1:], 1):
        offset = binary(binary(offset, ast.Mult(), ast.Constant(w.threads.extents[axis])), ast.Add(), name(index))
    w.write(
        f"rng = wp.rand_init(seed, offset)\n{text}",
        seed=seed, offset=offset, extent=shape_node(w, shape), low=-0.5, high=0.5, tiny=4.0e-10, **names,
    )  # fmt: skip
    noise = w.tiles.add(Tile(names["noise"], shape, FLOAT32, forms[text], frozenset((seed,)), varying=False))
    w.tiles.placed = True
    w.features.add("tile_randf" if "randf" in text else "tile_randi")
    low, high = forms[text]
    return [loaded.words, f"let {noise.words} be random numbers from {low:g} to {high:g}"]


_IDIOMS: dict[Callable[[KernelWriter], list[str]], float] = {
    _histogram: 2.5,
    _permuted: 1.5,
    _elements: 2.5,
    _handed_on: 2.0,
    _boundary: 0.4,
    stacked: 3.0,
    _noise: 2.0,
}
FAMILY = Family(
    "tile_shared",
    ("tile_stack", "tile_histogram"),
    "tiles and stacks that the threads of a block fill and change one by one",
    ("histogram", "bins", "candidates", "noise", "compaction", "boundary", "survivors", "counts"),
    Style(
        operations=STYLE_OPERATIONS,
        forms={
            "tile-arithmetic": 3,
            "tile-map": 2,
            "tile-function": 2,
            "tile-in-place": 1,
            "tile-load": 1,
            "tile-reduction": 1,
            "tile-scan": 0.5,
            "tile-scalars": 1.2,
            "tile-parameter": 0.4,
        },
        dimensions=(10, 2.5, 0, 0),
        floats=(10, 1.5, 0, 0),
    ),
    core,
    TILE_FORMS,
    close,
)
