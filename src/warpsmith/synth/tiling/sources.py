"""Where more tiles come from: another array, a constant, a range of numbers, a scalar of the kernel."""

import ast

from warpsmith.synth import inputs
from warpsmith.synth.expr import call, literal, spelled
from warpsmith.synth.form import Form, draw
from warpsmith.synth.interval import Interval
from warpsmith.synth.tile import Tile
from warpsmith.synth.tiling.making import anything, choose, has, numeric
from warpsmith.synth.tiling.memory import load, shape_node, size
from warpsmith.synth.types import BOOL, FLOAT32, INT32, Scalar, is_float
from warpsmith.synth.writer import KernelWriter

_MOST_PARAMETERS = 8
_SCALAR_FORMS = {"assignment": 4.0, "select": 1.0, "augmented-assignment": 1.0, "branch": 0.7, "function-call": 0.3}


def another(w: KernelWriter) -> str:
    """Load a tile like one that is there from another array."""
    tile = choose(w)
    shape = tile.shape if tile.size > 1 else (w.choices.pick((8, 16, 32)),)
    return load(w, tile.type, shape, everywhere=w.choices.chance(0.2)).words


def made(w: KernelWriter) -> str:
    """Write a tile that does not come from an array, added to or multiplied with one that does."""
    tile = choose(w, numeric)
    write = w.choices.pick((_ramp, _full, _ones))
    return write(w, tile)


def _ramp(w: KernelWriter, tile: Tile) -> str:
    """Write positions: 0, 1, 2 and so on, in the shape of a tile of one dimension."""
    if len(tile.shape) != 1 or tile.type not in (FLOAT32, INT32) or tile.size > 128:
        return _full(w, tile)
    node = call("tile_arange", size(w, tile.size))
    node.keywords = [ast.keyword("dtype", spelled(tile.type.spelling))]
    identifier = w.names.one_of(("ramp", "positions", "steps_tile", "lanes"))
    w.emit(ast.Assign([ast.Name(identifier, ast.Store())], node, lineno=0))
    ramp = Tile(identifier, tile.shape, tile.type, Interval(0.0, float(tile.size - 1)), frozenset())
    ramp.varying = False
    w.tiles.add(ramp)
    w.features.add("tile_arange")
    return f"let {ramp.words} be the numbers from 0 to {tile.size - 1}"


def _full(w: KernelWriter, tile: Tile) -> str:
    """Write a tile that has one value everywhere, a number or a scalar of the kernel."""
    scalar = tile.type
    if not isinstance(scalar, Scalar):
        raise TypeError(f"{scalar} is no number")
    known = [v for v in w.block.open() if v.type is scalar and v.expr.leaf]
    if known:
        value = w.block.read(w.choices.pick(known))
    else:
        value = literal(w.choices.pick((0.5, 2.0, 1.5, 3.0)) if is_float(scalar) else w.choices.integer(2, 9), scalar)
    node = call("tile_full")
    node.keywords = [
        ast.keyword("shape", shape_node(w, tile.shape)),
        ast.keyword("value", value.node),
        ast.keyword("dtype", spelled(scalar.spelling)),
    ]
    identifier = w.names.one_of(("offset_tile", "bias", "limit_tile", "fill", "level_tile"))
    w.emit(ast.Assign([ast.Name(identifier, ast.Store())], node, lineno=0))
    full = w.tiles.add(Tile(identifier, tile.shape, scalar, value.interval, value.roots, varying=value.varying))
    w.features.add("tile_full")
    return f"let {full.words} be {value.words} everywhere"


def _ones(w: KernelWriter, tile: Tile) -> str:
    """Write a tile of ones that another one is added to."""
    node = call("tile_ones")
    node.keywords = [
        ast.keyword("shape", shape_node(w, tile.shape)),
        ast.keyword("dtype", spelled(tile.type.spelling)),
    ]
    identifier = w.names.one_of(("ones", "unit_tile", "raised_tile"))
    w.emit(ast.Assign([ast.Name(identifier, ast.Store())], node, lineno=0))
    ones = w.tiles.add(Tile(identifier, tile.shape, tile.type, Interval(1.0, 1.0), tile.roots))
    w.emit(ast.AugAssign(ast.Name(identifier, ast.Store()), ast.Add(), w.tiles.read(tile)))
    ones.interval = tile.interval.add(ones.interval)
    ones.varying = tile.varying
    w.features.add("tile_ones")
    return f"let {ones.words} be {tile.words} plus 1"


def parameter(w: KernelWriter) -> str:
    """Add a scalar parameter that tiles are scaled or shifted by."""
    tile = choose(w, numeric)
    value = inputs.parameter(w, tile.type)
    return f"{value.expr.words} is the same for all blocks"


def scalars(w: KernelWriter) -> str:
    """Write a statement on the scalars that reductions have left."""
    form = draw(w, _SCALAR_FORMS, max(w.room, 8))
    if form is None:
        raise ValueError("an assignment fits anywhere")
    return form.write(w)


def _load_fits(w: KernelWriter) -> bool:
    return has(w, anything) and len(w.parameters) < _MOST_PARAMETERS


def _make_fits(w: KernelWriter) -> bool:
    return has(w, numeric)


def _parameter_fits(w: KernelWriter) -> bool:
    return has(w, numeric) and len(w.parameters) < _MOST_PARAMETERS and "parameter" not in w.features


def _scalars_fit(w: KernelWriter) -> bool:
    return any(v.type != BOOL and v.expr.varying and v.expr.interval.low < v.expr.interval.high for v in w.block.open())


LOAD = Form("tile-load", 2, _load_fits, another)
MAKE = Form("tile-make", 2, _make_fits, made)
PARAMETER = Form("tile-parameter", 2, _parameter_fits, parameter)
SCALARS = Form("tile-scalars", 4, _scalars_fit, scalars)
