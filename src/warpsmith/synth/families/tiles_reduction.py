"""Tiles that a block sums up, searches, scans or puts on one scale; long rows taken in pieces."""

import ast
from collections.abc import Callable

from warpsmith.synth.expr import literal_node, spelled
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.tiles import STYLE_OPERATIONS, TILE_FORMS, draw_element, draw_shape, start
from warpsmith.synth.inputs import natural_range
from warpsmith.synth.interval import UNIT, Interval, symmetric
from warpsmith.synth.printing import text_of
from warpsmith.synth.tile import Tile
from warpsmith.synth.tiling import reduce
from warpsmith.synth.tiling.closing import close
from warpsmith.synth.tiling.memory import declare, load, load_filled, part, said, size
from warpsmith.synth.types import FLOAT32, INT32, UINT32, Scalar
from warpsmith.synth.writer import KernelWriter, Style


def core(w: KernelWriter) -> list[str]:
    """Write one of the idioms."""
    start(w)
    return w.choices.weighted(tuple(_IDIOMS), tuple(_IDIOMS.values()))(w)


def _plain(w: KernelWriter) -> list[str]:
    """Reduce a tile, or the product of two, to one number."""
    kind, shape = draw_element(w, integers=0.2), draw_shape(w)
    words = [load(w, kind, shape).words]
    if w.choices.chance(0.4):
        words.append(load(w, kind, shape, everywhere=w.choices.chance(0.3)).words)
    return [*words, reduce.to_scalar(w)]


def _along_axis(w: KernelWriter) -> list[str]:
    """Reduce a table along one of its axes."""
    return [load(w, draw_element(w), draw_shape(w, tables=1.0)).words, reduce.along_axis(w)]


def _scan(w: KernelWriter) -> list[str]:
    """Take running sums or extremes."""
    kind = w.choices.weighted((FLOAT32, INT32, UINT32), (6.0, 3.0, 1.0))
    return [load(w, kind, draw_shape(w, tables=0.1)).words, reduce.scan(w)]


def _float_tile(w: KernelWriter, tables: float = 0.25) -> tuple[Tile, Scalar, list[str]]:
    loaded = load(w, w.precision, draw_shape(w, tables))
    w.tiles.read(loaded.tile)
    return loaded.tile, w.precision, [loaded.words]


def _softmax(w: KernelWriter) -> list[str]:
    """Turn scores into shares that sum up to one."""
    tile, kind, words = _float_tile(w)
    function = w.names.one_of(("shifted_exp", "exp_below", "relative_exp"))
    w.define_functions(
        "@wp.func\ndef f(x: kind, top: kind):\n    return wp.exp(x - top)",
        f=function, kind=spelled(kind.spelling), top=w.names.fresh("top"), x="x",
    )  # fmt: skip
    names = _fresh(w, top="peak", powers="e", total="total", shares="softmax")
    w.write(
        """
        top = wp.tile_max(tile)
        powers = wp.tile_map(f, tile, top[0])
        total = wp.tile_sum(powers)
        shares = powers * (one / total[0])
        """,
        tile=tile.node, f=function, one=literal_node(1.0, kind), **names,
    )  # fmt: skip
    _bring(w, names["shares"], tile, Interval(0.0, 1.0))
    w.features.update(("tile_max", "tile_sum", "tile_map"))
    return [*words, f"let {_noun(names['shares'])} be the softmax of {tile.words}"]


def _standardized(w: KernelWriter) -> list[str]:
    """Bring a tile to mean zero, and to variance one now and then."""
    tile, kind, words = _float_tile(w)
    names = _fresh(w, mean="mean", centered="centered")
    w.write(
        """
        mean = wp.tile_sum(tile)[0] / count
        centered = wp.tile_map(wp.sub, tile, mean)
        """,
        tile=tile.node, count=literal_node(tile.size, kind), **names,
    )  # fmt: skip
    spread = tile.interval.high - tile.interval.low
    words.append(f"subtract the mean of {tile.words} from it")
    if w.choices.chance(0.4):
        _bring(w, names["centered"], tile, symmetric(spread))
        return words
    more = _fresh(w, variance="variance", normal="normalized")
    w.write(
        """
        variance = wp.tile_dot(centered, centered)[0] / count
        normal = centered * (one / wp.sqrt(variance + small))
        """,
        count=literal_node(tile.size, kind), one=literal_node(1.0, kind), small=literal_node(0.1, kind),
        centered=names["centered"], **more,
    )  # fmt: skip
    _bring(w, more["normal"], tile, symmetric(4.0 * spread))
    w.features.add("tile_dot")
    return [*words, "and divide by the standard deviation"]


def _normalized(w: KernelWriter) -> list[str]:
    """Divide a tile by its length."""
    tile, kind, words = _float_tile(w)
    names = _fresh(w, norm="norm", unit="unit")
    w.write(
        """
        norm = wp.sqrt(wp.tile_dot(tile, tile)[0] + small)
        unit = tile / norm
        """,
        tile=tile.node, small=literal_node(w.choices.pick((0.1, 0.01, 0.5)), kind), **names,
    )  # fmt: skip
    _bring(w, names["unit"], tile, UNIT)
    w.features.add("tile_dot")
    return [*words, f"let {_noun(names['unit'])} be {tile.words} divided by its length"]


def _best(w: KernelWriter) -> list[str]:
    """Find where a tile is largest or smallest and read another tile there."""
    length = draw_shape(w, tables=0.0)
    keys, payload = load(w, w.precision, length), load(w, draw_element(w), length)
    for loaded in (keys, payload):
        w.tiles.read(loaded.tile)
    builtin, word = w.choices.pick((("tile_argmax", "largest"), ("tile_argmin", "smallest")))
    names = _fresh(w, at="best_index", best="best")
    w.write(
        """
        at = wp.tile_arg(keys)[0]
        best = wp.tile_extract(payload, at)
        """.replace("tile_arg(", f"{builtin}("),
        keys=keys.tile.node, payload=payload.tile.node, **names,
    )  # fmt: skip
    roots = keys.tile.roots | payload.tile.roots
    w.bind(names["best"], payload.tile.type, payload.tile.interval, roots=roots)
    w.features.add(builtin)
    end = f"let {_noun(names['best'])} be the element of {payload.tile.words} where {keys.tile.words} is {word}"
    return [keys.words, payload.words, end]


_COMBINING = (
    ("return wp.where(wp.abs(a) > wp.abs(b), a, b)", "larger_magnitude", "the element of largest magnitude", 1.0),
    ("return wp.sqrt(a * a + b * b)", "hypotenuse", "the root of the sum of squares", 16.0),
    ("if a > b:\n        return a\n    return b", "larger", "the largest element", 1.0),
    ("return wp.min(a, b)", "smaller", "the smallest element", 1.0),
)


def _by_function(w: KernelWriter) -> list[str]:
    """Reduce a tile by a function of the module."""
    tile, kind, words = _float_tile(w)
    body, function, said_of_it, growth = w.choices.pick(_COMBINING)
    function = w.names.fresh(function)
    w.define_functions(
        f"@wp.func\ndef f(a: kind, b: kind) -> kind:\n    {body}", f=function, kind=spelled(kind.spelling)
    )
    names = _fresh(w, result="reduced")
    w.write("result = wp.tile_reduce(f, tile)", f=function, tile=tile.node, **names)
    interval = symmetric(tile.interval.magnitude * growth * (tile.size**0.5 if growth > 1.0 else 1.0))
    _bring(w, names["result"], tile, interval, shape=(1,))
    w.features.add("tile_reduce")
    return [*words, f"let {_noun(names['result'])} be {said_of_it} of {tile.words}"]


_GATHERING = (
    ("acc += piece", "add each of them to {0}", 1.0),
    ("acc += piece * piece", "add the square of each of them to {0}", 4.0),
    ("acc = wp.tile_map(wp.max, acc, piece)", "let {0} be the larger of {0} and each of them", 1.0),
    ("acc += wp.tile_map(wp.sin, piece)", "add the sine of each of them to {0}", 1.0),
    ("wp.tile_axpy(step, piece, acc)", "add {1} times each of them to {0}", 1.0),
    ("acc = acc * step + piece", "multiply {0} by {1} and add each of them", 2.0),
)


def _pieces(w: KernelWriter) -> list[str]:
    """Take a long row in pieces, as many as a parameter says, and gather them in a tile."""
    kind, length = w.precision, w.choices.pick((16, 32, 8, 64))
    array, interval, count, trips = _long_row(w, kind, length)
    statement, words, growth = w.choices.pick(_GATHERING if w.choices.chance(0.6) else _GATHERING[:3])
    step = w.choices.pick((0.5, 0.25, 0.1, 0.75))
    names = _fresh(w, acc="acc", q="q", piece="piece")
    w.write(
        f"""
        acc = wp.tile_zeros(shape=width, dtype=kind)
        for q in range(count):
            piece = wp.tile_load(row, shape=width, offset=q * width)
            {statement}
        """,
        width=size(w, length), kind=spelled(kind.spelling), count=count, row=part(array, w.index_nodes()),
        step=literal_node(step, kind), **names,
    )  # fmt: skip
    largest = interval.magnitude
    reached = symmetric(min(trips * growth * max(largest, largest**2 if growth > 2 else largest), kind.limit))
    acc = Tile(names["acc"], (length,), kind, reached, frozenset((array,)))
    w.tiles.add(acc)
    w.features.update(("tile-loop", "tile_zeros"))
    return [
        f"take the row of {array} in {text_of(count)} pieces of {said((length,))} and "
        + words.format(acc.words, f"{step:g}")
    ]


def _totals(w: KernelWriter) -> list[str]:
    """Take a long row in pieces and add up one number of each."""
    kind, length = w.shared_float, w.choices.pick((16, 32, 8, 64))
    array, interval, count, trips = _long_row(w, kind, length)
    builtin, words = w.choices.pick(
        (
            ("tile_sum(piece)", "sum"),
            ("tile_max(piece)", "largest element"),
            ("tile_dot(piece, piece)", "sum of squares"),
        )
    )
    zero = literal_node(0.0, kind)
    names = _fresh(w, total="total", q="q", piece="piece")
    w.write(
        f"""
        total = kind(zero)
        for q in range(count):
            piece = wp.tile_load(row, shape=width, offset=q * width)
            total += wp.{builtin}[0]
        """,
        width=size(w, length), kind=spelled(kind.spelling), count=count, row=part(array, w.index_nodes()),
        zero=0.0 if kind is FLOAT32 else zero, **names,
    )  # fmt: skip
    reached = symmetric(trips * length * max(interval.magnitude**2, 1.0))
    w.bind(names["total"], kind, reached, roots=frozenset((array,)))
    w.features.add("tile-loop")
    return [f"take the row of {array} in {text_of(count)} pieces and add up the {words} of each"]


def _long_row(w: KernelWriter, kind: Scalar, length: int) -> tuple[str, Interval, ast.expr, int]:
    """Add an array with a long row for each block; return its name and range, and how many pieces it has."""
    role = w.names.array(kind)
    trips = w.choices.integer(2, 5)
    w.tiles.placed = True
    count: ast.expr = ast.Constant(trips)
    if w.choices.chance(0.6):
        count = w.count(w.names.one_of(("num_pieces", "pieces", "num_chunks", "count", "steps")), trips)
    interval = natural_range(role, kind)
    declare(w, role.plural, kind, (*w.threads.extents, trips * length), interval)
    w.features.update(("tile", "tile-1d"))
    return role.plural, interval, count, trips


def _counted(w: KernelWriter) -> list[str]:
    """Count the elements of a tile above a limit: flags from a function, summed up."""
    kind = w.precision
    role = w.names.array(kind)
    interval = natural_range(role, kind)
    loaded = load_filled(w, role.plural, kind, draw_shape(w, 0.2), interval)
    w.tiles.read(loaded.tile)
    middle = round((interval.low + interval.high) / 2.0, 1)
    function = w.names.one_of(("is_above", "exceeds", "flag"))
    names = _fresh(w, flags="flags", count="above")
    w.define_functions(
        "@wp.func\ndef f(x: kind, limit: kind) -> int:\n    return wp.where(x > limit, 1, 0)",
        f=function, kind=spelled(kind.spelling),
    )  # fmt: skip
    w.write(
        """
        flags = wp.tile_map(f, tile, middle)
        count = wp.tile_sum(flags)[0]
        """,
        f=function, tile=loaded.tile.node, middle=literal_node(middle, kind), **names,
    )  # fmt: skip
    w.bind(names["count"], INT32, Interval(0.0, float(loaded.tile.size)), roots=loaded.tile.roots)
    loaded.tile.own = False
    w.tiles.unread[loaded.tile] = None  # how many there are says little of what they are
    return [loaded.words, f"count the elements of {loaded.tile.words} above {middle:g} in {_noun(names['count'])}"]


def _fresh(w: KernelWriter, **wanted: str) -> dict[str, str]:
    return {hole: w.names.fresh(identifier) for hole, identifier in wanted.items()}


def _noun(identifier: str) -> str:
    return identifier.replace("_", " ")


def _bring(w: KernelWriter, identifier: str, tile: Tile, interval: Interval, shape: tuple[int, ...] = ()) -> None:
    w.tiles.add(Tile(identifier, shape or tile.shape, tile.type, interval, tile.roots))


_IDIOMS: dict[Callable[[KernelWriter], list[str]], float] = {
    _plain: 5.0,
    _along_axis: 2.0,
    _scan: 2.0,
    _softmax: 1.5,
    _standardized: 1.5,
    _normalized: 1.0,
    _best: 1.0,
    _by_function: 1.5,
    _pieces: 2.5,
    _totals: 2.0,
    _counted: 1.0,
}
FAMILY = Family(
    "tile_reduction",
    ("tile_reduce",),
    "tiles summed up, searched, scanned and put on one scale by a block",
    ("rows", "totals", "sums", "maxima", "scores", "norms", "statistics", "prefix_sums"),
    Style(
        operations=STYLE_OPERATIONS,
        forms={
            "tile-arithmetic": 2.5,
            "tile-map": 2,
            "tile-function": 1.5,
            "tile-in-place": 1,
            "tile-load": 0.7,
            "tile-reduction": 2.5,
            "tile-axis-reduction": 2,
            "tile-scan": 1,
            "tile-scalars": 1.2,
            "tile-make": 0.4,
            "tile-parameter": 0.4,
        },
        dimensions=(9, 4, 1, 0),
        floats=(10, 2, 0.7, 0),
    ),
    core,
    TILE_FORMS,
    close,
)
