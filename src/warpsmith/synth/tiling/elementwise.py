"""What is done to each element: arithmetic between tiles, builtins and functions mapped over them, updates in place."""

import ast

from warpsmith.synth.expr import Expr, binary, call, literal_node, number_text
from warpsmith.synth.form import Form
from warpsmith.synth.interval import Interval
from warpsmith.synth.meanings.meaning import Need
from warpsmith.synth.operations import Operation, operations_on
from warpsmith.synth.printing import text_of
from warpsmith.synth.statements import function
from warpsmith.synth.tile import Tile
from warpsmith.synth.tiling.making import (
    anything,
    assign,
    cancels,
    choose,
    floating,
    has,
    numeric,
    partner,
    possible,
    softened,
)
from warpsmith.synth.types import Scalar, is_float, scalar_of
from warpsmith.synth.writer import KernelWriter

_SUMS = ("total", "mixed", "combined", "blend", "result", "c", "d", "r", "sum_tile", "diff")
_MAPPED = ("mapped", "y", "activated", "u", "v", "response", "transformed")
# wp::sign returns int8 (native/builtin.h) where Warp 1.19 declares a tile of its argument: no compiler takes that
_UNMAPPED = frozenset({"sign"})
_NUMBERS = (2.0, 0.5, 3.0, 0.25, 1.5, 0.1, 4.0)


def anywhere(w: KernelWriter) -> bool:
    """Fit where there is a tile."""
    return has(w, anything)


def arithmetic(w: KernelWriter) -> str:
    """Write a sum, difference, product or quotient of two tiles, or a multiple of one."""
    tile = choose(w)
    other = partner(w, tile)
    if other is None or w.choices.chance(0.2):
        return _multiple(w, tile)
    options = _operators(tile, other)
    if not options:
        return _multiple(w, tile)
    operator, interval, words = w.choices.pick(options)
    if not possible(tile, interval):
        return softened(w, max(tile, other, key=lambda part: part.interval.magnitude))
    made = assign(w, _SUMS, binary(tile.node, operator, other.node), [tile, other], interval=interval)
    made.flipped |= isinstance(operator, ast.Sub)
    return f"let {made.words} be {words.format(tile.words, other.words)}, element by element"


def _operators(tile: Tile, other: Tile) -> list[tuple[ast.operator, Interval, str]]:
    a, b = tile.interval, other.interval
    options: list[tuple[ast.operator, Interval, str]] = []
    if not cancels(tile, other):
        options.append((ast.Add(), a.add(b), "{0} plus {1}"))
    if tile.roots.isdisjoint(other.roots) and scalar_of(tile.type).kind != "uint":
        options.append((ast.Sub(), a.subtract(b), "{0} minus {1}"))
    if numeric(tile):
        options.append((ast.Mult(), a.multiply(b), "{0} times {1}"))
        if b.low > 0.05 and is_float(tile.type):
            options.append((ast.Div(), a.divide(b), "{0} divided by {1}"))
    return options


def _multiple(w: KernelWriter, tile: Tile) -> str:
    """Write a multiple of a tile by a number or a scalar in scope, or its negative."""
    scalar = scalar_of(tile.type)
    if scalar.kind != "uint" and w.choices.chance(0.15):
        negated = Interval(-tile.interval.high, -tile.interval.low)
        made = assign(
            w, ("negated", "flipped", "opposite"), ast.UnaryOp(ast.USub(), tile.node), [tile], interval=negated
        )
        made.flipped = True
        return f"let {made.words} be minus {tile.words}"
    mark = w.block.mark()
    factor = _factor(w, scalar)
    interval = tile.interval.multiply(factor.interval)
    if not possible(tile, interval):
        w.block.restore(mark)
        return softened(w, tile)
    left, right = (tile.node, factor.node) if w.choices.chance(0.6) else (factor.node, tile.node)
    made = assign(w, ("scaled", "weighted", "s", "w"), binary(left, ast.Mult(), right), [tile], interval=interval)
    return f"let {made.words} be {factor.words} times {tile.words}"


def _factor(w: KernelWriter, scalar: Scalar) -> Expr:
    known = [v for v in w.block.visible() if v.type is scalar and v.expr.leaf]
    unread = [v for v in known if v in w.block.pending]
    if known and w.choices.chance(0.7):
        return w.block.read(w.choices.pick(unread or known))
    number = w.choices.pick(_NUMBERS) if is_float(scalar) else float(w.choices.integer(2, 5))
    return Expr(literal_node(number, scalar), scalar, Interval(number, number), number_text(number), ())


def in_place_fits(w: KernelWriter) -> bool:
    """Fit where there is a tile that may change and another to change it by."""
    return has(w, lambda tile: tile.own and any(_changes(tile, other) for other in w.tiles.known))


def _changes(tile: Tile, other: Tile) -> bool:
    return tile is not other and tile.like(other) and not cancels(tile, other)


def in_place(w: KernelWriter) -> str:
    """Write ``a += b`` or ``a -= b``, or the multiple of one tile added to another."""
    tile = choose(w, lambda tile: tile.own and any(_changes(tile, other) for other in w.tiles.known))
    others = [other for other in w.tiles.known if _changes(tile, other)]
    other = w.choices.pick([other for other in others if other in w.tiles.unread] or others)
    if is_float(tile.type) and w.choices.chance(0.4):
        return _axpy(w, tile, other)
    signed = scalar_of(tile.type).kind != "uint" and tile.roots.isdisjoint(other.roots)
    operator: ast.operator = ast.Sub() if signed and w.choices.chance(0.35) else ast.Add()
    words = "add {1} to {0}" if isinstance(operator, ast.Add) else "subtract {1} from {0}"
    reached = (
        tile.interval.subtract(other.interval) if isinstance(operator, ast.Sub) else tile.interval.add(other.interval)
    )
    if not possible(tile, reached):
        return softened(w, other)
    w.emit(ast.AugAssign(ast.Name(tile.identifier, ast.Store()), operator, w.tiles.read(other)))
    _changed(w, tile, other, reached)
    tile.flipped |= isinstance(operator, ast.Sub)
    return words.format(tile.words, other.words)


def _axpy(w: KernelWriter, tile: Tile, other: Tile) -> str:
    mark = w.block.mark()
    factor = _factor(w, scalar_of(tile.type))
    reached = tile.interval.add(other.interval.multiply(factor.interval))
    if not possible(tile, reached):
        w.block.restore(mark)
        return softened(w, other)
    w.emit(ast.Expr(call("tile_axpy", factor.node, w.tiles.read(other), tile.node)))
    _changed(w, tile, other, reached)
    w.features.add("tile_axpy")
    return f"add {factor.words} times {other.words} to {tile.words}"


def _changed(w: KernelWriter, tile: Tile, other: Tile, interval: Interval) -> None:
    tile.interval, tile.raw, tile.varying = interval, False, tile.varying or other.varying
    tile.roots |= other.roots
    tile.flipped |= other.flipped
    w.tiles.unread[tile] = None


def mapped(w: KernelWriter) -> str:
    """Write a builtin that is mapped over one or two tiles."""
    tile = choose(w, numeric) if has(w, numeric) else choose(w)
    for _ in range(6):
        words = _builtin(w, tile)
        if words:
            return words
    return arithmetic(w)


def _builtin(w: KernelWriter, tile: Tile) -> str:
    operations, weights = operations_on(tile.type, w.style.operations)
    fitting = [(op, weight) for op, weight in zip(operations, weights, strict=True) if _mappable(op, tile)]
    if not fitting:
        return ""
    operation = w.choices.weighted([op for op, _ in fitting], [weight for _, weight in fitting])
    parts: list[Tile] = [tile]
    if len(operation.arguments) == 2:
        other = partner(w, tile)
        if other is None or not _meets(other, operation.meaning.needs[1]):
            return ""
        parts.append(other)
    interval = operation.meaning.range([part.interval for part in parts], operation.arguments)
    if interval is None or not possible(tile, interval) or _flat(operation, parts):
        return ""
    node = call("tile_map", call(operation.name).func, *(part.node for part in parts))
    made = assign(w, _MAPPED, node, parts, kind=operation.result, interval=interval)
    w.features.add("tile_map")
    return f"let {made.words} be {operation.meaning.words.format(*(part.words for part in parts))}, element by element"


def _mappable(operation: Operation, tile: Tile) -> bool:
    """Tell whether a builtin takes elements of a tile as they are, alone or two at a time."""
    meaning = operation.meaning
    if operation.place or meaning.operator is not None or len(operation.arguments) > 2 or operation.name in _UNMAPPED:
        return False
    if any(argument is not tile.type for argument in operation.arguments):
        return False
    return _meets(tile, meaning.needs[0]) and not any(need.constant or need.unit for need in meaning.needs)


def _meets(tile: Tile, need: Need) -> bool:
    return tile.interval.within(need.low, need.high)


def _flat(operation: Operation, parts: list[Tile]) -> bool:
    """Tell whether much the same would come out of all inputs."""
    first = parts[0].interval
    if operation.meaning.tag == "round" or operation.name == "sign":
        return first.magnitude < 3.0
    if len(parts) == 2:
        second = parts[1].interval
        return first.high <= second.low or second.high <= first.low or not parts[0].roots.isdisjoint(parts[1].roots)
    return False


def by_function(w: KernelWriter) -> str:
    """Write a function of the module that is mapped over one to three tiles, with scalars where there are some."""
    tile = choose(w)
    parts = [tile]
    while len(parts) < 3 and w.choices.chance(0.6):
        alike = [other for other in w.tiles.known if other.shape == tile.shape and other not in parts]
        if not alike:
            break
        parts.append(w.choices.pick([other for other in alike if other in w.tiles.unread] or alike))
    arguments = [part.element() for part in parts]
    scalars = [v for v in w.block.open() if isinstance(v.type, Scalar) and v.expr.leaf]
    if scalars and len(arguments) < 3:
        arguments.append(w.block.read(scalars[0]))
    return function_of(w, arguments, parts)


def function_of(w: KernelWriter, arguments: list[Expr], parts: list[Tile]) -> str:
    """Write a function of these arguments, mapped over these tiles."""
    whole = function.called(w, arguments)
    if not isinstance(whole.node, ast.Call):
        raise TypeError(f"{text_of(whole.node)} is no call")
    node = call("tile_map", whole.node.func, *whole.node.args)
    made = assign(w, _MAPPED, node, parts, kind=whole.type, interval=whole.interval)
    w.features.update(("tile_map", "function-call"))
    return f"let {made.words} be {whole.words}, element by element"


def function_fits(w: KernelWriter) -> bool:
    """Fit where there is a tile, and not yet three functions."""
    return anywhere(w) and function.fits(w)


def worked(w: KernelWriter, tile: Tile) -> str:
    """Write something that is done to a tile alone, so that it is not stored as it was loaded."""
    if w.choices.chance(0.25) and function.fits(w):
        return function_of(w, [tile.element()], [tile])
    words = _builtin(w, tile) if w.choices.chance(0.6) else ""
    return words or _multiple(w, tile)


def _any_float(w: KernelWriter) -> bool:
    return has(w, floating)


ARITHMETIC = Form("tile-arithmetic", 2, anywhere, arithmetic)
IN_PLACE = Form("tile-in-place", 2, in_place_fits, in_place)
MAP = Form("tile-map", 2, _any_float, mapped)
FUNCTION = Form("tile-function", 6, function_fits, by_function)
