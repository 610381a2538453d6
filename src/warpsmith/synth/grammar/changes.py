"""Statements that have an effect: stores, changes of variables from around a suite, atomic updates."""

import ast
from dataclasses import dataclass, field
from typing import NamedTuple

from warpsmith.synth.expr import STORE, Expr, binary, call, name, spelled, subscript, target
from warpsmith.synth.grammar.nouns import draw_name
from warpsmith.synth.grammar.sameness import opposed, same
from warpsmith.synth.grammar.state import ArrayInput, ArrayOutput, Grammar
from warpsmith.synth.interval import Interval
from warpsmith.synth.launch import ArrayArgument, Filling
from warpsmith.synth.scope import Value
from warpsmith.synth.types import (
    BOOL,
    FLOAT32,
    INT32,
    Matrix,
    Quaternion,
    Scalar,
    Transform,
    ValueType,
    Vector,
    is_float,
    scalar_of,
)
from warpsmith.synth.updates import competing, mark_unread
from warpsmith.synth.writer import Parameter

_ZERO = Interval(0.0, 0.0)
_CHANGES = {"Add": (ast.Add(), "add {0} to {1}"), "Sub": (ast.Sub(), "subtract {0} from {1}"),
            "Mult": (ast.Mult(), "multiply {1} by {0}")}  # fmt: skip
_ATOMICS = ("atomic_add", "atomic_sub", "atomic_max", "atomic_min")
_IN_PLACE = 0.15


class Written(NamedTuple):
    """A store: the place in an array, its words where they need saying, and the value."""

    array: ArrayOutput
    place: ast.Subscript
    where: str
    value: ast.expr


@dataclass(slots=True, eq=False)
class Suite:
    """A suite being written: `where` it stands, the variables that it may change, the arrays that it may write again.

    `offered` are stores of sibling suites of a branch, which this one may write in its own way. `owed` are variables
    that were made for this suite to change, `changed` those that it has changed.
    """

    where: str
    sinks: list[Value] = field(default_factory=list)
    offered: list[Written] = field(default_factory=list)
    stores: list[Written] = field(default_factory=list)
    owed: list[Value] = field(default_factory=list)
    changed: list[Value] = field(default_factory=list)
    effects: int = 0


def wanted_type(g: Grammar) -> ValueType | None:
    """Return the type of something that the current block must still read; None where there is nothing."""
    types = [value.type for value in g.block.open() if value.type != BOOL]
    return g.choices.pick(types) if types else None


def store(g: Grammar, suite: Suite) -> str:
    """Write a value into the thread's own place of an array."""
    suite.effects += 1
    again = [written for written in suite.offered if written.place not in [known.place for known in suite.stores]]
    if again and g.choices.chance(0.7):
        said = _store_again(g, suite, g.choices.pick(again))
        if said:
            return said
    expr = stored_value(g, wanted_type(g), constant=bool(suite.offered) or suite.where != "kernel")
    expr = _worked(g, suite, expr)
    if not g.counters and not expr.leaf and g.choices.chance(_IN_PLACE):
        changed = _in_place(g, suite, expr)
        if changed:
            return changed
    array = _output(g, expr.type)
    place, where = _own_place(g, array)
    return _stored(g, suite, Written(array, place, where, expr.node), expr)


def _store_again(g: Grammar, suite: Suite, written: Written) -> str:
    """Write another value than a sibling suite to the same place; say nothing where none comes up."""
    for _ in range(3):
        before = g.standing()
        expr = stored_value(g, written.array.type, constant=True)
        if not same(expr.node, written.value, g.known):
            suite.offered.remove(written)
            return _stored(g, suite, written._replace(value=expr.node), expr)
        g.go_back(before)
    return ""


def stored_value(g: Grammar, kind: ValueType | None, *, constant: bool = False) -> Expr:
    """Return what is stored: something that varies with the thread's data, or a number where that is told apart."""
    for _ in range(3):
        unread = len(g.block.open())
        before = g.standing()
        expr = g.expression(kind, "store")
        read = len(g.block.open()) < unread or not unread
        if read and (expr.varying or (constant and not unread)) and expr.type != BOOL:
            return expr
        g.go_back(before)
    return folded(g, kind)


def _worked(g: Grammar, suite: Suite, expr: Expr) -> Expr:
    """Return what is stored; the first thing that a kernel stores at all costs is more than a copy."""
    if g.worked or suite.where != "kernel" or g.block.open():
        g.worked = g.worked or not expr.leaf
        return expr
    g.worked = True
    return g.w.expressions.grow_within(g.block, expr, 1) if expr.leaf else expr


def folded(g: Grammar, kind: ValueType | None, most: int = 2) -> Expr:
    """Return a few of the values that the block must still read, as one."""
    values = [v for v in g.block.open() if v.type is kind] or g.block.open()
    if not values:
        expr = g.attempt("element", kind or FLOAT32, 0)
        start = g.w.expressions.start(g.block) if expr is None else expr
        return g.w.expressions.to_type(g.block, start, kind or FLOAT32)
    kind = kind or (values[0].type if values[0].type != BOOL else FLOAT32)
    parts = [g.w.expressions.to_type(g.block, g.block.read(value), kind) for value in values[:most]]
    result = parts[0]
    for part in parts[1:]:
        result = g.w.expressions.fold(g.block, result, part)
    return result


def augment_store(g: Grammar, suite: Suite) -> str:
    """Add a value to the thread's own place of an array."""
    suite.effects += 1
    kind = wanted_type(g)
    kind = kind if kind in (FLOAT32, INT32) else FLOAT32
    expr = stored_value(g, kind, constant=suite.where != "kernel")
    array = _output(g, expr.type)
    place, where = _own_place(g, array)
    g.w.emit(ast.AugAssign(place, ast.Add(), expr.node))
    g.w.features.add("augmented-store")
    return f"add {expr.words} to {array.name}{where}"


def _stored(g: Grammar, suite: Suite, written: Written, expr: Expr) -> str:
    g.w.emit(ast.Assign([written.place], expr.node, lineno=0))
    suite.stores.append(written)
    return f"write {expr.words} to {written.array.name}{written.where}"


def _output(g: Grammar, kind: ValueType) -> ArrayOutput:
    """Return an array to write to: a further place of one that is there, or a new one."""
    known = [array for array in g.outputs if array.type is kind and len(array.extents) > len(g.threads)]
    if known and not g.counters and g.choices.chance(0.6):
        return g.choices.pick(known)
    behind = 1 if g.counters or g.choices.chance(0.1) else 0
    extents = [*g.w.threads.extents, *([1] * behind)][:4]
    array = ArrayOutput(_output_name(g, kind), kind, extents)
    annotation = g.w.array_annotation(spelled(kind.spelling), len(extents))
    g.w.add_parameter(Parameter(array.name, annotation, output_argument(array), output=True))
    g.outputs.append(array)
    return array


def _output_name(g: Grammar, kind: ValueType) -> str:
    if g.choices.chance(0.5):
        return g.w.names.output()
    return draw_name(g, "output", kind)


def output_argument(array: ArrayOutput) -> ArrayArgument:
    """Return the argument of an output as far as its extents are known."""
    return ArrayArgument(array.name, tuple(array.extents), Filling(array.type.name, 0.0, 0.0))


def _own_place(g: Grammar, array: ArrayOutput) -> tuple[ast.Subscript, str]:
    """Return the thread's own element of an output, at the next place or the counter's behind the thread's index.

    Its words are empty where there is but one element for each thread.
    """
    place = g.w.index_nodes()
    where = ""
    if len(array.extents) > len(place):
        behind, reach, words = _place_behind(g, array)
        place.append(behind)
        array.extents[len(place) - 1] = max(array.extents[len(place) - 1], reach)
        where = f" at {', '.join([*(thread.expr.words for thread in g.threads), words])}"
    return subscript(name(array.name), place, STORE), where


def _place_behind(g: Grammar, array: ArrayOutput) -> tuple[ast.expr, int, str]:
    """Return the last index of an output, how far it reaches, and its words."""
    if g.counters:
        counter = g.block.read(g.counters[-1])
        reach = int(counter.interval.high) + 1
        array.slots = max(array.slots, reach)
        return counter.node, reach, counter.words
    array.slots += 1
    return ast.Constant(array.slots - 1), array.slots, str(array.slots - 1)


def _in_place(g: Grammar, suite: Suite, expr: Expr) -> str | None:
    """Write into an array that is read at the thread's own index only."""
    known = [a for a in g.arrays if _may_change(g, a) and a.type is expr.type]
    if not known or suite.where != "kernel":
        return None
    array = g.choices.pick(known)
    array.stored = True
    g.w.written_back.append(array.name)
    g.w.emit(ast.Assign([subscript(name(array.name), g.w.index_nodes(), STORE)], expr.node, lineno=0))
    g.w.features.add("in-place")
    return f"write {expr.words} back to {array.name}"


def _may_change(g: Grammar, array: ArrayInput) -> bool:
    return array.own_only and not array.stored and len(array.extents) == len(g.threads)


def augment(g: Grammar, suite: Suite) -> str:
    """Change a variable from around the suite by an augmented assignment."""
    value = _sink(g, suite)
    expr = _change_of(g, value, "augment")
    repeats = max(g.block.trips // value.trips, 1)
    operator, words = _CHANGES[g.draw("operators", "augment", frozenset(_CHANGES)) or "Add"]
    if isinstance(operator, ast.Mult) and (repeats > 1 or not isinstance(value.type, Scalar)):
        operator, words = _CHANGES["Add"]
    unsigned = scalar_of(value.type).kind == "uint"
    if isinstance(operator, ast.Sub) and (unsigned or opposed(name(value.identifier), expr.node, -1, g.known)):
        operator, words = _CHANGES["Add"]
    expr = _small(g, value, expr, repeats)
    reached = _reached(value, expr, operator, repeats)
    g.w.emit(ast.AugAssign(target(value.identifier), operator, expr.node))
    said = words.format(expr.words, value.expr.words)
    _changed(g, suite, value, expr, reached)
    return said


def reassign(g: Grammar, suite: Suite) -> str:
    """Give a variable from around the suite another value; in a loop it is an extreme or a blend of old and new."""
    value = _sink(g, suite)
    expr = _change_of(g, value, "reassign")
    old = name(value.identifier)
    known = same(old, expr.node, g.known)
    if _may_forget(g, suite, value) and not known:
        g.w.emit(ast.Assign([target(value.identifier)], expr.node, lineno=0))
        words = f"let {value.expr.words} be {expr.words}"
        _changed(g, suite, value, expr, expr.interval)
        g.redefine(value.identifier, expr.node)
        return words
    if isinstance(value.type, Scalar) and competing(value.expr, expr) and not known:
        builtin, word = g.choices.pick((("min", "smaller"), ("max", "larger")))
        node: ast.expr = call(builtin, old, expr.node)
        reached = expr.interval
        words = f"let {value.expr.words} be the {word} of {value.expr.words} and {expr.words}"
    else:
        repeats = max(g.block.trips // value.trips, 1)
        expr = _small(g, value, expr, repeats)
        node = binary(old, ast.Add(), expr.node)
        reached = _reached(value, expr, ast.Add(), repeats)
        words = f"add {expr.words} to {value.expr.words}"
    g.w.emit(ast.Assign([target(value.identifier)], node, lineno=0))
    _changed(g, suite, value, expr, reached)
    return words


def _may_forget(g: Grammar, suite: Suite, value: Value) -> bool:
    """Tell whether a variable may get a value that does not come from its old one: that one must have been of use."""
    if g.block.in_loop or value in suite.changed:
        return False
    return suite.where == "if" or (suite.where == "kernel" and not g.unread([value]))


def _sink(g: Grammar, suite: Suite) -> Value:
    if suite.owed:
        return suite.owed.pop()
    kinds = [value.type for value in g.block.open()]
    sinks = [v for v in g.block.values if changeable(v)] if suite.where == "kernel" else suite.sinks
    fitting = [value for value in sinks if value.type in kinds]
    return g.choices.pick(fitting or sinks)


def _change_of(g: Grammar, value: Value, slot: str) -> Expr:
    """Return what a variable is changed by: something that the suite has not read yet where there is something."""
    old = name(value.identifier)
    for _ in range(2):
        unread = len(g.block.open())
        before = g.standing()
        expr = g.expression(value.type, slot)
        read = len(g.block.open()) < unread or not unread
        if read and (expr.sources or not unread) and not _idle(g, old, expr):
            return expr
        g.go_back(before)
    expr = folded(g, value.type)
    return g.w.expressions.shrink(expr) if _idle(g, old, expr) else expr


def _idle(g: Grammar, old: ast.expr, expr: Expr) -> bool:
    """Tell whether a change takes a variable away again, or is the variable itself."""
    return opposed(old, expr.node, 1, g.known) or same(old, expr.node, g.known)


def _small(g: Grammar, value: Value, expr: Expr, repeats: int) -> Expr:
    """Return a change that keeps the variable within the range of its type, however often it happens."""
    room = scalar_of(value.type).limit / 4.0
    if expr.interval.magnitude * repeats + value.expr.interval.magnitude < room:
        return expr
    return g.w.expressions.shrink(expr)


def _reached(value: Value, expr: Expr, operator: ast.operator, repeats: int) -> Interval:
    old, change = value.expr.interval, expr.interval.hull(_ZERO).scale(repeats)
    if isinstance(operator, ast.Mult):
        return old.multiply(expr.interval)
    return old.add(change) if isinstance(operator, ast.Add) else old.subtract(change)


def _changed(g: Grammar, suite: Suite, value: Value, expr: Expr, reached: Interval) -> None:
    """Note that a variable has a new value, somewhere in a range, that something must read."""
    suite.effects += 1
    suite.changed.append(value)
    value.widen(value.expr.interval.hull(reached), expr.roots)
    mark_unread(g.w, value)
    if value in g.block.values:
        g.w.forget(value)


def share(g: Grammar, suite: Suite) -> str:
    """Update a cell that many threads share."""
    suite.effects += 1
    kind = wanted_type(g)
    kind = kind if _shareable(kind) else FLOAT32 if g.choices.chance(0.7) else INT32
    expr = stored_value(g, kind, constant=suite.where != "kernel")
    operation = g.draw("operators", "atomic", frozenset(_ATOMICS)) or "atomic_add"
    if not isinstance(expr.type, Scalar) or not _leaves_zero(operation, expr):
        operation = "atomic_add"
    index, size, where = _cell(g)
    identifier = _output_name(g, expr.type)
    filling = Filling(expr.type.name, 0.0, 0.0)
    annotation = g.w.array_annotation(spelled(expr.type.spelling), 1)
    g.w.add_parameter(Parameter(identifier, annotation, ArrayArgument(identifier, (size,), filling), output=True))
    g.w.emit(ast.Expr(call(operation, name(identifier), index, expr.node)))
    g.w.features.update((operation, "atomic"))
    verb = {"atomic_add": "add {0} to", "atomic_sub": "subtract {0} from", "atomic_max": "raise to {0}",
            "atomic_min": "lower to {0}"}[operation]  # fmt: skip
    return f"{verb.format(expr.words)} {where} of {identifier}"


def _shareable(kind: ValueType | None) -> bool:
    if isinstance(kind, Vector):
        return is_float(kind) and kind.length <= 4
    return kind in (FLOAT32, INT32)


def _leaves_zero(operation: str, expr: Expr) -> bool:
    if operation == "atomic_max":
        return expr.interval.high > 0.0
    return expr.interval.low < 0.0 if operation == "atomic_min" else True


def _cell(g: Grammar) -> tuple[ast.expr, int, str]:
    held = [v for v in g.named(INT32) if v.expr.interval.low >= 0.0 and v.expr.interval.high <= 64.0]
    if not held or g.choices.chance(0.5):
        return ast.Constant(0), 1, "the first cell"
    index = g.block.read(g.choices.pick(held))
    return index.node, int(index.interval.high) + 1, f"cell {index.words}"


def changeable(value: Value) -> bool:
    """Tell whether statements may change a variable: numbers and vectors that are no index."""
    return value.mutable and value.type != BOOL and not isinstance(value.type, Matrix | Quaternion | Transform)
