"""Idioms of the components of vectors, rotations and transformations."""

import ast

from warpsmith.synth import inputs
from warpsmith.synth.expr import (
    LOAD,
    Expr,
    call,
    leaf,
    listed,
    made_of,
    name,
    spelled,
    subscript,
)
from warpsmith.synth.families.idioms import Idiom, add_function, assign, augment, formula, hull, title
from warpsmith.synth.families.numbers import draw_vector
from warpsmith.synth.interval import Interval
from warpsmith.synth.scope import Value
from warpsmith.synth.types import (
    Scalar,
    ValueType,
    Vector,
    scalar_of,
    vector,
)
from warpsmith.synth.updates import output_array
from warpsmith.synth.writer import KernelWriter

_AXES = "xyzw"
_ZERO = Interval(0.0, 0.0)
_LOCALS = ("u", "v", "w", "p", "q", "d", "r")


def component(w: KernelWriter, of: Expr, place: int, *, length: int) -> Expr:
    """Return a component of a vector or a quaternion in one of its spellings: ``v.x``, ``v[0]``, ``v[-1]``."""
    node: ast.expr = subscript(of.node, [ast.Constant(place)])
    if length <= len(_AXES) and w.choices.chance(0.5):
        node = ast.Attribute(of.node, _AXES[place], LOAD)
    elif place == length - 1 and w.choices.chance(0.3):
        node = subscript(of.node, [ast.UnaryOp(ast.USub(), ast.Constant(1))])
    noun = f"the {_AXES[place]} of {of.words}" if length <= len(_AXES) else f"component {place} of {of.words}"
    return leaf(node, scalar_of(of.type), of.interval, noun, varying=of.varying)


def some(w: KernelWriter, length: int, most: int = 3) -> list[int]:
    """Draw one to `most` different places of a vector, in any order."""
    left = list(range(length))
    drawn = []
    for _ in range(min(w.choices.weighted((1, 2, 3), (2, 4, 2)), most, length)):
        place = w.choices.pick(left)
        left.remove(place)
        drawn.append(place)
    return drawn


def operand(w: KernelWriter, kind: Vector, *, bind: bool | None = None) -> Expr:
    """Return the thread's vector of a new array; it counts as read."""
    return w.block.read(inputs.array(w, kind, bind=bind))


def copied(w: KernelWriter, kind: ValueType) -> Value:
    """Return a variable with the thread's element of a new array, to be changed."""
    value = inputs.array(w, kind, bind=True)
    if isinstance(value.expr.node, ast.Name):
        return value
    return w.define(w.names.one_of(_LOCALS), w.block.read(value), mutable=False)


def changed(w: KernelWriter, value: Value, interval: Interval) -> None:
    """Note that components of a variable were written to."""
    value.widen(value.expr.interval.hull(interval), frozenset())
    w.forget(value)
    w.block.pending[value] = None


def bring(w: KernelWriter, read: list[Expr]) -> None:
    """Bring into scope what must be read."""
    for one in read:
        w.block.add(Value(one))


def write_read(w: KernelWriter) -> str:
    """Read some components of a vector."""
    kind = draw_vector(w, w.integer if w.choices.chance(0.15) else None)
    of = operand(w, kind)
    read = [component(w, of, place, length=kind.length) for place in some(w, kind.length)]
    bring(w, read)
    return f"take {listed([one.words for one in read])}"


def write_set(w: KernelWriter) -> str:
    """Write to components of a copy of a vector."""
    kind = draw_vector(w)
    value = copied(w, kind)
    w.block.read(value)
    places = some(w, kind.length, 2)
    words = []
    for place in places:
        old = component(w, value.expr, place, length=kind.length)
        other = component(w, value.expr, (place + 1) % kind.length, length=kind.length)
        unread = [one for one in w.block.open() if isinstance(one.type, Scalar)]
        given = w.block.read(w.choices.pick(unread)) if unread and w.choices.chance(0.6) else other
        change = formula(w, [given], kind.scalar)
        if w.choices.chance(0.4) and change.interval.add(old.interval).within(kind.scalar.lowest, kind.scalar.limit):
            augment(w, old.node, ast.Add(), change.node)
            changed(w, value, change.interval.add(value.expr.interval))
            words.append(f"add {change.words} to {old.words}")
        else:
            assign(w, old.node, change.node)
            changed(w, value, change.interval)
            words.append(f"set {old.words} to {change.words}")
        w.block.read(value)
    changed(w, value, _ZERO.hull(value.expr.interval))
    return listed(words)


def write_rebuilt(w: KernelWriter) -> str:
    """Make a vector of components of others, in another order or number."""
    kind = draw_vector(w)
    sources = [operand(w, kind)]
    if w.choices.chance(0.4):
        sources.append(operand(w, kind))
    target = vector(w.choices.pick((3, 2, 4)), kind.scalar)
    parts = []
    for place in range(target.length):
        of = sources[place % len(sources)]
        parts.append(component(w, of, w.choices.integer(0, kind.length - 1), length=kind.length))
    if w.choices.chance(0.4):
        parts[-1] = formula(w, [parts[-1]], kind.scalar)
    interval = hull(parts)
    nodes = [part.node for part in parts]
    node = call("vector", *nodes) if w.choices.chance(0.2) else call(spelled(target.spelling), *nodes)
    words = f"the vector of {listed([part.words for part in parts])}"
    expr = made_of(node, target, interval, words, [*sources, *parts])
    value = w.define(w.names.one_of(("swapped", "packed", "turned", "shuffled", "mixed_axes", "coord")), expr)
    return f"let {value.expr.words} be {expr.words}"


def write_starred(w: KernelWriter) -> str:
    """Make a longer vector of a vector and numbers with a star, or a shorter one of a slice."""
    scalar = draw_vector(w).scalar
    short = vector(w.choices.pick((2, 3)), scalar)
    of = operand(w, short, bind=True)
    star = ast.Starred(of.node, LOAD)
    if short.length == 3 and w.choices.chance(0.3):
        low = w.choices.integer(0, 1)
        kept = subscript(of.node, [ast.Slice(ast.Constant(low) if low else None, ast.Constant(low + 2))])
        target = vector(2, scalar)
        node = call(spelled(target.spelling), ast.Starred(kept, LOAD))
        expr = made_of(node, target, of.interval, f"two components of {of.words} from {low} on", [of])
    else:
        target = vector(short.length + 1, scalar)
        last = formula(w, [w.block.read(inputs.array(w, scalar))], scalar, rich=0.3)
        first = w.choices.chance(0.25)
        node = call(spelled(target.spelling), *((last.node, star) if first else (star, last.node)))
        words = f"{last.words} before {of.words}" if first else f"{of.words} followed by {last.words}"
        expr = made_of(node, target, of.interval.hull(last.interval), words, [of, last])
    value = w.define(w.names.one_of(("extended", "homogeneous", "joined", "lifted", "packed")), expr)
    return f"let {value.expr.words} be {expr.words}"


def _bounds(w: KernelWriter, length: int) -> tuple[ast.Slice, int, str]:
    """Draw a slice of two or more components; return it, its length and its words."""
    if w.choices.chance(0.2):
        return ast.Slice(None, None, ast.UnaryOp(ast.USub(), ast.Constant(1))), length, "{0} backwards"
    if length == 4 and w.choices.chance(0.2):
        return ast.Slice(None, None, ast.Constant(2)), 2, "every other component of {0}"
    size = w.choices.integer(2, max(length - 1, 2))
    low = w.choices.integer(0, length - size)
    words = f"components {low} to {low + size - 1} of {{0}}"
    if low + size == length and w.choices.chance(0.5):
        start: ast.expr = ast.Constant(low)
        if w.choices.chance(0.5):
            start = ast.UnaryOp(ast.USub(), ast.Constant(size))
        return ast.Slice(start, None), size, words
    start_at = None if low == 0 and w.choices.chance(0.5) else ast.Constant(low)
    return ast.Slice(start_at, ast.Constant(low + size)), size, words


def write_slice(w: KernelWriter) -> str:
    """Take a slice of a vector."""
    scalar = draw_vector(w).scalar
    kind = vector(w.choices.pick((3, 4, 4)), scalar)
    of = operand(w, kind)
    bounds, size, words = _bounds(w, kind.length)
    expr = made_of(subscript(of.node, [bounds]), vector(size, scalar), of.interval, words, [of])
    value = w.define(w.names.one_of(("head", "tail", "planar", "part", "sub", "flipped")), expr)
    return f"let {value.expr.words} be {expr.words}"


def write_slice_set(w: KernelWriter) -> str:
    """Write to a slice of a vector."""
    scalar = draw_vector(w).scalar
    kind = vector(w.choices.pick((3, 4, 4)), scalar)
    value = copied(w, kind)
    w.block.read(value)
    bounds, size, words = _bounds(w, kind.length)
    other = formula(w, [operand(w, vector(size, scalar))], vector(size, scalar), rich=0.4)
    place = subscript(value.expr.node, [bounds])
    said = words.format(value.expr.words)
    interval = other.interval
    if w.choices.chance(0.4):
        operator, verb = w.choices.pick(((ast.Add(), "add {0} to"), (ast.Sub(), "subtract {0} from")))
        augment(w, place, operator, other.node)
        interval = value.expr.interval.add(Interval(-interval.magnitude, interval.magnitude))
        text = f"{verb.format(other.words)} {said}"
    else:
        assign(w, place, other.node)
        text = f"write {other.words} to {said}"
    changed(w, value, interval)
    return text


def write_stored(w: KernelWriter) -> str:
    """Write the components of the thread's element of an output array one by one."""
    kind = draw_vector(w)
    of = operand(w, kind)
    output = output_array(w, kind)
    element = subscript(name(output), w.index_nodes())
    words = []
    for place in some(w, kind.length):
        read = component(w, of, w.choices.integer(0, kind.length - 1), length=kind.length)
        value = formula(w, [read], kind.scalar)
        node: ast.expr = subscript(element, [ast.Constant(place)])
        if w.choices.chance(0.5):
            node = ast.Attribute(element, _AXES[place], LOAD)
        assign(w, node, value.node)
        words.append(f"the {_AXES[place]} of {output} to {value.words}")
    w.block.pending[w.block.add(Value(of))] = None
    return f"set {listed(words)}"


def write_function(w: KernelWriter) -> str:
    """Call a function of a vector's components."""
    kind = draw_vector(w)
    of = operand(w, kind)
    label = w.choices.pick(_LOCALS)
    inside = leaf(name(label), kind, of.interval, label, varying=True)
    places = some(w, kind.length)
    result = formula(w, [component(w, inside, place, length=kind.length) for place in places], kind.scalar, rich=0.8)
    identifier = w.names.function()
    add_function(w, identifier, [inside], [ast.Return(result.node)], kind.scalar if w.choices.chance(0.6) else None)
    w.definitions.append(f"here {title(identifier)} of {label} is {result.words}")
    words = f"{title(identifier)} of {{0}}"
    expr = made_of(call(name(identifier), of.node), kind.scalar, result.interval, words, [of])
    value = w.define(w.names.one_of(("measure", "value", "response", "combined")), expr)
    return f"let {value.expr.words} be {expr.words}"


IDIOMS = (
    Idiom("components-read", 3, write_read, 1.5),
    Idiom("components-set", 5, write_set, 1.5),
    Idiom("vector-rebuilt", 7, write_rebuilt, 1.3),
    Idiom("vector-starred", 5, write_starred),
    Idiom("vector-slice", 3, write_slice, 1.2),
    Idiom("slice-set", 5, write_slice_set),
    Idiom("components-stored", 6, write_stored),
    Idiom("components-function", 7, write_function),
)
