"""What families of idioms share: drawing among idioms by room, formulas of given variables, functions, assignments."""

import ast
from collections.abc import Callable, Sequence
from functools import reduce
from typing import NamedTuple

from warpsmith.synth import inputs
from warpsmith.synth.complexity import complexity
from warpsmith.synth.expr import STORE, Expr, function, leaf, name, spelled
from warpsmith.synth.interval import Interval
from warpsmith.synth.printing import text_of
from warpsmith.synth.scope import Block, Value
from warpsmith.synth.statements import assign as assignment
from warpsmith.synth.types import ValueType
from warpsmith.synth.writer import KernelWriter

# the smallest goal of level 2; a kernel of level 1 may reach twice its goal
_SMALL = 22
_ROOM_OF_SMALL = 14
_ROOM_BEYOND = 6


class Idiom(NamedTuple):
    """Something that people write: `write` appends it and returns its words, `cost` is the least that it adds."""

    name: str
    cost: int
    write: Callable[[KernelWriter], str]
    weight: float = 1.0


def write_idioms(w: KernelWriter, idioms: Sequence[Idiom], most: int = 6) -> list[str]:
    """Write one of the idioms that there is room for, and now and then more, up to `most`; return their words."""
    words: list[str] = []
    left = list(idioms)
    while left and len(words) < most and (not words or (w.room > 12 and w.choices.chance(0.45))):
        room = max(w.room + _ROOM_BEYOND, _ROOM_OF_SMALL if w.goal < _SMALL and not words else 0)
        fitting = [idiom for idiom in left if idiom.cost <= room]
        if not fitting:
            break
        idiom = w.choices.weighted(fitting, [one.weight for one in fitting])
        left.remove(idiom)
        w.features.add(idiom.name)
        words.append(idiom.write(w))
    if sum(1 for _ in w.block.visible()) < 2:  # a branch needs something besides what it changes
        inputs.array(w, w.precision)
    if w.goal < _SMALL and w.spent < _ROOM_OF_SMALL and w.choices.chance(0.7):
        words.append(assignment.write(w))  # small kernels have little else that tells them apart
    return words


def formula(w: KernelWriter, variables: Sequence[Expr], result: ValueType, *, rich: float = 0.5) -> Expr:
    """Return an expression of a type that reads all of some variables; `rich` is how likely a longer one is."""
    body = Block()
    for variable in variables:
        body.add(Value(variable))
    if w.choices.chance(max(rich, 0.75) if w.goal < _SMALL else rich):
        grown = w.expressions.grow(body, w.expressions.start(body), w.choices.weighted((1, 2), (3, 1)))
        body.pending[Value(grown)] = None  # to be read once
    return w.expressions.combine(body, result)


def variable(label: str, like: Expr) -> Expr:
    """Return a parameter of a function that stands for an expression."""
    return leaf(name(label), like.type, like.interval, label, varying=like.varying, roots=like.roots)


def own(label: str, value_type: ValueType, interval: Interval, *, varying: bool = True) -> Expr:
    """Return a variable that is an input of its own."""
    return leaf(name(label), value_type, interval, label.replace("_", " "), varying=varying)


def part(node: ast.expr, kind: ValueType, of: Expr, noun: str) -> Expr:
    """Return how a part of a value is read, which is of the value's range."""
    return leaf(node, kind, of.interval, noun, varying=of.varying)


def hull(parts: Sequence[Expr]) -> Interval:
    """Return the smallest range that holds those of all parts."""
    return reduce(Interval.hull, [one.interval for one in parts])


def derived(w: KernelWriter, node: ast.expr, words: str, value: Expr, *, pending: bool = True) -> Value:
    """Bring into scope how something is read that was made of `value`, for instance a field or an element of it."""
    read = leaf(node, value.type, value.interval, words, varying=value.varying, roots=value.roots)
    return w.block.add(Value(read), pending=pending)


def add_function(
    w: KernelWriter, identifier: str, parameters: Sequence[Expr], body: Sequence[ast.stmt], returns: ValueType | None
) -> None:
    """Append a function of variables to the module; `returns` is its annotation."""
    arguments = [ast.arg(text_of(one.node), spelled(one.type.spelling)) for one in parameters]
    define(w, function(identifier, arguments, body, "func", spelled(returns.spelling) if returns else None))


def define(w: KernelWriter, definition: ast.FunctionDef) -> None:
    """Append a function to the module."""
    w.functions.append(definition)
    w.spent += complexity(definition)


def assign(w: KernelWriter, place: ast.expr, value: ast.expr) -> None:
    """Write ``place = value``; the place is a node as it is read."""
    w.emit(ast.Assign([stored(place)], value, lineno=0))


def augment(w: KernelWriter, place: ast.expr, operator: ast.operator, value: ast.expr) -> None:
    """Write ``place += value``, or with another operator."""
    w.emit(ast.AugAssign(stored(place), operator, value))


def stored(place: ast.expr) -> ast.Name | ast.Attribute | ast.Subscript:
    """Return a node that is read as one that is written to."""
    match place:
        case ast.Name(id=identifier):
            return ast.Name(identifier, STORE)
        case ast.Attribute(value=owner, attr=field):
            return ast.Attribute(owner, field, STORE)
        case ast.Subscript(value=owner, slice=index):
            return ast.Subscript(owner, index, STORE)
    raise TypeError(f"nothing can be assigned to {text_of(place)}")


def title(identifier: str) -> str:
    """Return a name as a description says it."""
    return identifier.replace("_", " ")
