"""Where arrays are read: at the thread's index, a counter, a number, a neighbour, an index that an array holds."""

import ast
from typing import NamedTuple

from warpsmith.synth.expr import LOAD, binary, name, spelled, subscript
from warpsmith.synth.grammar.nouns import draw_name, noun_of
from warpsmith.synth.grammar.state import ArrayInput, Grammar
from warpsmith.synth.launch import ArrayArgument, Filling, ScalarArgument
from warpsmith.synth.scope import Value
from warpsmith.synth.types import INT32
from warpsmith.synth.writer import Parameter

_KNOWN = frozenset({"local", "binary", "number", "element", "parameter"})
_LARGEST = 64
_LARGEST_ARRAY = 20_000
# how many entries more than it must have an array may have that an index wraps around
_LONGEST_CYCLE = 6


class Index(NamedTuple):
    """An index of one axis: its largest value, its words, and whether it is the thread's own."""

    node: ast.expr
    high: int
    words: str
    own: bool = False


def indices(g: Grammar, array: ArrayInput) -> list[Index]:
    """Return an index for each axis of an array."""
    found: list[Index] = []
    size = 1
    for axis in range(len(array.extents)):
        kind = g.draw("expressions", "element-index", _KNOWN) or "local"
        before = g.standing()
        index = _WRITERS[kind](g, array, axis)
        if axis in array.ceilings and index.high >= array.ceilings[axis]:
            index = _below_ceiling(g, array, axis, index)
        if size * (index.high + 1) > _LARGEST_ARRAY:
            g.go_back(before)
            place = axis % min(array.ceilings.get(axis, 3), 3)
            index = Index(ast.Constant(place), place, str(place))
        size *= max(index.high + 1, array.extents[axis])
        found.append(index)
    return found


def _below_ceiling(g: Grammar, array: ArrayInput, axis: int, index: Index) -> Index:
    """Return an index that stays within an axis that other indices wrap around."""
    if not isinstance(index.node, ast.Constant):
        return _wrapped(g, array, axis, index) or Index(ast.Constant(0), 0, "0")
    return Index(ast.Constant(0), 0, "0")


def variable(g: Grammar, _array: ArrayInput | None, axis: int) -> Index:
    """Return the thread's index along the axis, a counter, or a variable that holds an index."""
    counters = [value for value in g.counters if value in g.block.visible()]
    if counters and (axis > 0 or len(g.threads) == 0) and g.choices.chance(0.7):
        return of_value(g, g.choices.pick(counters))
    held = [value for value in g.unread(g.named(INT32)) if _is_index(value) and value not in g.threads]
    if held and g.choices.chance(0.5):
        return of_value(g, g.choices.pick(held))
    if counters and g.choices.chance(0.3):
        return of_value(g, counters[-1])
    return thread(g, axis if axis < len(g.threads) else g.choices.integer(0, len(g.threads) - 1), axis)


def thread(g: Grammar, dimension: int, axis: int) -> Index:
    """Return the thread's index along a dimension."""
    index = of_value(g, g.threads[dimension])
    return index._replace(own=dimension == axis)


def of_value(g: Grammar, value: Value) -> Index:
    """Return a variable as an index."""
    expr = g.block.read(value)
    return Index(expr.node, int(expr.interval.high), expr.words)


def _is_index(value: Value) -> bool:
    return value.expr.interval.low >= 0.0 and value.expr.interval.high <= _LARGEST


def _number(g: Grammar, array: ArrayInput, axis: int) -> Index:
    if len(array.extents) > 1 and not g.choices.chance(0.4):
        return variable(g, array, axis)
    place = g.choices.weighted((0, 1, 2, 3), (4.0, 3.0, 2.0, 1.0))
    return Index(ast.Constant(place), place, str(place))


def _neighbour(g: Grammar, array: ArrayInput, axis: int) -> Index:
    base = variable(g, array, axis)
    if g.function is None and g.choices.chance(0.3):
        wrapped = _wrapped(g, array, axis, base)
        if wrapped is not None:
            return wrapped
    step = g.choices.weighted((1, 2, 3), (5.0, 2.0, 1.0))
    if g.choices.chance(0.25):
        scaled = binary(base.node, ast.Mult(), ast.Constant(step + 1))
        words = f"{base.words} times {step + 1} plus 1"
        return Index(binary(scaled, ast.Add(), ast.Constant(1)), base.high * (step + 1) + 1, words)
    return Index(binary(base.node, ast.Add(), ast.Constant(step)), base.high + step, f"{base.words} plus {step}")


def _wrapped(g: Grammar, array: ArrayInput, axis: int, base: Index) -> Index | None:
    """Return an index that begins anew where the array ends; the array stays shorter than the index goes."""
    shortest = max(array.extents[axis], 2)
    longest = min(base.high, array.ceilings.get(axis, base.high))
    if shortest > longest:
        return None
    array.ceilings[axis] = longest
    extent = subscript(ast.Attribute(name(array.name), "shape", LOAD), [ast.Constant(axis)])
    high = g.choices.integer(shortest, min(longest, _LONGEST_CYCLE + shortest)) - 1
    return Index(binary(base.node, ast.Mod(), extent), high, f"{base.words} wrapped around")


def _indirect(g: Grammar, array: ArrayInput, axis: int) -> Index:
    """Return an index that an array of indices holds for the thread."""
    if g.room_for_arrays <= 1:
        return variable(g, array, axis)
    identifier = draw_name(g, "element", INT32)
    size = g.choices.pick((8, 16, 12, 24))
    own = g.threads[min(axis, len(g.threads) - 1)]
    inner = of_value(g, own)
    filling = Filling(INT32.name, 0, size - 1)
    annotation = g.w.array_annotation(spelled(INT32.spelling), 1)
    g.w.add_parameter(Parameter(identifier, annotation, ArrayArgument(identifier, (inner.high + 1,), filling)))
    g.w.features.add("indirect-access")
    return Index(subscript(name(identifier), [inner.node]), size - 1, f"the {noun_of(identifier)} of {inner.words}")


def _given(g: Grammar, array: ArrayInput, axis: int) -> Index:
    """Return an index that is a parameter of the kernel."""
    if g.room_for_values <= 0 or axis == 0:
        return variable(g, array, axis)
    identifier = draw_name(g, "parameter", INT32)
    place = g.choices.integer(0, 3)
    argument = ScalarArgument(identifier, INT32.name, place, varied=(0.0, 3.0))
    g.add_value(identifier, name("int"), argument)
    return Index(name(identifier), 3, noun_of(identifier))


_WRITERS = {"local": variable, "number": _number, "binary": _neighbour, "element": _indirect, "parameter": _given}
