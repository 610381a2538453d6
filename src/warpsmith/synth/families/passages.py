"""Passages: idioms told as text alone. What a text reads and leaves is told by a vocabulary that a family has.

``Passage("slerp", ((("q1 = wp.quat_slerp(q, r, s)", "let {q1} lie between {q} and {r} by {s}"),),), {"q1": ROTATION})``

A name of the text that stands in the vocabulary is an input: an element of an array, a parameter, a value that
another passage left. A name that the text assigns is a local variable; `gives` says which ones are results. Lines
that a group has beside one another are alternatives.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from textwrap import indent
from typing import Literal, NamedTuple

from warpsmith.synth import inputs, rotations
from warpsmith.synth.complexity import complexity
from warpsmith.synth.expr import Expr, listed, literal, name, spelled
from warpsmith.synth.families.repertoire import Idiom
from warpsmith.synth.idiom import Filling, statements
from warpsmith.synth.interval import Interval
from warpsmith.synth.names import Role
from warpsmith.synth.scope import Value
from warpsmith.synth.types import (
    BOOL,
    FLOAT32,
    INT32,
    Scalar,
    ValueType,
    is_float,
    matrix,
    quaternion,
    transform,
    vector,
)
from warpsmith.synth.updates import output_array, store
from warpsmith.synth.writer import KernelWriter

Way = Literal["array", "parameter", "either", "number"]
_MOST_PARAMETERS = 9
_MOST_OUTPUTS = 3
# a kernel that has no more so far does something more with its only result
_SHORT = 13
# a value that another passage left is taken in where it is no larger than this many times what is expected
_LARGER = 4.0
# how often an input is not taken as it is
_VARIED = 0.3
# how often a result takes the place of what it is made of, and with how much room
_IN_PLACE = 0.4
_ROOM_IN_PLACE = 6


@dataclass(frozen=True, slots=True)
class Source:
    """What an input may be: its type by Warp's stem ("vec3"), its roles and how it comes into the kernel.

    `strict`: it keeps to the range of its roles; nothing that another passage left takes its place.
    """

    kind: str
    roles: tuple[Role, ...]
    way: Way = "array"
    strict: bool = False


class Result(NamedTuple):
    """What a passage leaves: its type by Warp's stem and the largest magnitude of its numbers, from `low` if given.

    `into` is the input that it is the next state of.
    """

    kind: str
    high: float
    low: float | None = None
    into: str = ""

    @property
    def interval(self) -> Interval:
        """The range of its numbers."""
        return Interval(-self.high if self.low is None else self.low, self.high)


Line = tuple[str, str]
Vocabulary = Mapping[str, Source]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of several groups of lines, of each of which one is taken, with its words; and what the text leaves.

    `names` are what its local variables may be called. `bare`: it stays in the kernel, no function is made of it.
    """

    name: str
    groups: tuple[tuple[Line, ...], ...]
    gives: Mapping[str, Result]
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weight: float = 1.0
    bare: bool = False


class _Reading(NamedTuple):
    """The names of a text: those read, with how often, and those assigned, in the order of their appearance."""

    read: dict[str, int]
    assigned: tuple[str, ...]
    called: frozenset[str]


# written in Python in Warp's library, for float32 alone; and spatial vectors of two vectors (warp/_src/builtins.py)
_SINGLE = frozenset(
    {
        "quat_from_euler", "quat_to_euler", "quat_to_rpy", "quat_twist", "quat_twist_angle", "quat_twist_angle_signed",
        "quat_between_vectors", "transform_compose", "transform_decompose", "transform_from_matrix",
        "transform_to_matrix", "transform_twist", "transform_wrench", "velocity_at_point", "spatial_vector",
    }
)  # fmt: skip


def idioms(passages: Sequence[Passage], vocabulary: Vocabulary) -> tuple[Idiom, ...]:
    """Return passages as idioms of a repertoire."""
    return tuple(
        Idiom(p.name, _cost(p), partial(perform, passage=p, vocabulary=vocabulary), p.weight) for p in passages
    )


def perform(w: KernelWriter, passage: Passage, vocabulary: Vocabulary) -> str:
    """Write a passage and return its words; its results are left unread, or stored over what they are made of."""
    lines = [w.choices.pick(group) for group in passage.groups]
    text = "\n".join(line for line, _ in lines if line)
    reading = _read(text)
    single = not _SINGLE.isdisjoint(reading.called)
    scalar = FLOAT32 if single or w.precision.name == "bfloat16" else w.precision
    given = {key: passage.gives[key] for key in reading.assigned if key in passage.gives}
    taken, places = _inputs(w, reading, vocabulary, scalar, {result.into for result in given.values()})
    apart = not passage.bare and len(given) < 3 and len(w.functions) < 3 and w.room > 6 and w.choices.chance(0.2)
    own = given if apart else reading.assigned
    local = {key: w.names.one_of(passage.names.get(key, (key,))) for key in own}
    if apart:
        _write_apart(w, text, taken, local, scalar)
    else:
        w.write(text, **spellings(scalar), **{key: expr.node for key, expr in taken.items()}, **local)
    said = [line for _, line in lines if line]
    for key, result in given.items():
        stored = places.pop(result.into, None)
        leave(w, local[key], kind(result.kind, scalar), result, stored)
        said += [f"write {{{key}}} back"] if stored else []
    words = {key: expr.words for key, expr in taken.items()} | {
        key: word.replace("_", " ") for key, word in local.items()
    }
    return listed([part.format_map(_Words(words)) for part in said])


Places = dict[str, ast.expr]


def _inputs(
    w: KernelWriter, reading: _Reading, vocabulary: Vocabulary, scalar: Scalar, changed: set[str]
) -> tuple[dict[str, Expr], Places]:
    """Return the inputs of a text by name, and where those stand that the kernel may change in place.

    At least one input of a kernel varies over the threads.
    """
    keys = [key for key in reading.read if key in vocabulary]
    needy = not any(v.expr.varying for v in w.block.visible())
    needy = needy and not any(vocabulary[key].way == "array" for key in keys)
    taken: dict[str, Expr] = {}
    places: Places = {}
    for key in keys:
        source = vocabulary[key]
        if key in changed and w.room > _ROOM_IN_PLACE and w.choices.chance(_IN_PLACE):
            value, places[key] = inputs.state(w, kind(source.kind, scalar), w.names.role(source.roles))
            taken[key] = w.block.read(value)
            continue
        if needy and source.way == "either":
            source, needy = replace(source, way="array", strict=True), False
        taken[key] = _taken(w, source, scalar, reading.read[key])
        if reading.read[key] == 1 and w.choices.chance(_VARIED):
            taken[key] = _varied(w, source, taken[key])
    return taken, places


class _Words(dict[str, str]):
    """Words by name; what has no words of its own is called by its name."""

    def __missing__(self, key: str) -> str:
        return key.replace("_", " ")


@cache
def kind(stem: str, scalar: Scalar) -> ValueType:
    """Return a type of a precision by Warp's stem: ``vec3``, ``quat``, ``spatial_vector``, ``float``, ``int``."""
    known: dict[str, ValueType] = {
        "float": scalar,
        "int": INT32,
        "bool": BOOL,
        "quat": quaternion(scalar),
        "transform": transform(scalar),
        "spatial_vector": vector(6, scalar),
        "spatial_matrix": matrix(6, scalar),
    }
    if stem.startswith("vec"):
        return vector(int(stem[3]), scalar)
    return matrix(int(stem[3]), scalar) if stem.startswith("mat") else known[stem]


_STEMS = (
    "float", "vec2", "vec3", "vec4", "mat22", "mat33", "mat44", "quat", "transform", "spatial_vector", "spatial_matrix",
)  # fmt: skip


@cache
def spellings(scalar: Scalar) -> dict[str, ast.expr]:
    """Return the holes that write a text of ``float``, ``vec3``, ``quat`` and so on in a precision."""
    holes = {stem: spelled(kind(stem, scalar).spelling) for stem in _STEMS}
    holes["IDENTITY"] = rotations.identity(quaternion(scalar)).node
    holes["TRANSFORM_IDENTITY"] = rotations.identity(transform(scalar)).node
    return holes


def leave(
    w: KernelWriter, identifier: str, value_type: ValueType, result: Result, place: ast.expr | None = None
) -> None:
    """Bring a result into scope: something must read it, or it is stored at a place."""
    value = w.bind(identifier, value_type, result.interval, pending=place is None)
    value.mutable, value.trips = place is None, w.block.trips
    if place is not None:
        w.emit(ast.Assign([place], name(identifier), lineno=0))
        w.features.add("in-place")
        w.stored = True


def _taken(w: KernelWriter, source: Source, scalar: Scalar, count: int) -> Expr:
    """Return an input: something unread of its type, or a new array or parameter."""
    value_type = kind(source.kind, scalar)
    role = w.names.role(source.roles)
    left = None if source.strict else _unread(w, value_type, role)
    if left is not None and w.choices.chance(0.6):
        return w.block.read(left)
    if source.way == "parameter" or (source.way == "either" and w.choices.chance(0.5)):
        return _parameter(w, value_type, role)
    if source.way == "number":
        return _number(w, value_type, role)
    if len(w.parameters) > _MOST_PARAMETERS:
        known = [v for v in w.block.visible() if v.type is value_type and _is_small(v, role)]
        if known:
            return w.block.read(w.choices.pick(known))
    bind = True if count > 1 and w.choices.chance(0.9) else None
    return w.block.read(inputs.array(w, value_type, bind=bind, role=role))


def _varied(w: KernelWriter, source: Source, expr: Expr) -> Expr:
    """Return something made of an input, where its range stays that of the input."""
    low, high = min(role.low for role in source.roles), max(role.high for role in source.roles)
    if not source.strict:
        high *= _LARGER
        low = low * _LARGER if low < 0.0 else low
    mark = w.block.mark()
    grown = w.expressions.grow_within(w.block, expr, 1)
    if grown.varying and grown.interval.within(low, high):
        return grown
    w.block.restore(mark)
    return expr


def _unread(w: KernelWriter, value_type: ValueType, role: Role) -> Value | None:
    known = [v for v in w.block.open() if v.type is value_type and v.expr.varying and _is_small(v, role)]
    return w.choices.pick(known) if known else None


def _is_small(value: Value, role: Role) -> bool:
    if role.low >= 0.0 and value.expr.interval.low < role.low:
        return False
    return value.expr.interval.magnitude <= _LARGER * max(abs(role.low), role.high)


def _parameter(w: KernelWriter, value_type: ValueType, role: Role) -> Expr:
    known = [v for v in w.block.visible() if v.expr.words == role.noun and v.type is value_type]
    if isinstance(value_type, Scalar) and (len(w.parameters) > _MOST_PARAMETERS or w.choices.chance(0.15)):
        return _number(w, value_type, role)
    return w.block.read(known[0] if known else inputs.parameter(w, value_type, role=role))


def _number(w: KernelWriter, value_type: ValueType, role: Role) -> Expr:
    if not isinstance(value_type, Scalar):
        raise TypeError(f"{value_type.name} is no number")
    if not is_float(value_type):
        return literal(w.choices.integer(int(role.low), int(role.high)), value_type)
    return literal(float(f"{role.low + (role.high - role.low) * w.choices.integer(1, 19) / 20:.2g}"), value_type)


def _write_apart(
    w: KernelWriter, text: str, taken: Mapping[str, Expr], local: Mapping[str, str], scalar: Scalar
) -> None:
    """Write the text as a function of its own, and the call of it."""
    identifier = w.names.function()
    parameters = ", ".join(f"{key}: {_annotation(expr.type)}" for key, expr in taken.items())
    body = f"@wp.func\ndef FUNCTION({parameters}):\n{indent(text, '    ')}\n    return {', '.join(local)}"
    w.define_functions(body, FUNCTION=identifier, **spellings(scalar))
    w.features.add("passage-function")
    arguments: dict[str, Filling] = {key: expr.node for key, expr in taken.items()}
    call = f"{', '.join(local)} = FUNCTION({', '.join(taken)})"
    w.write(call, FUNCTION=identifier, **arguments, **local)


def _annotation(value_type: ValueType) -> str:
    if value_type is INT32 or value_type is BOOL:
        return value_type.name.removesuffix("32")
    return "float" if isinstance(value_type, Scalar) else value_type.stem


@cache
def _read(text: str) -> _Reading:
    read: dict[str, int] = {}
    assigned: dict[str, None] = {}
    called: set[str] = set()
    for node in _deep(ast.Module(statements(text), [])):
        match node:
            case ast.Attribute(value=ast.Name(id="wp"), attr=attribute):
                called.add(attribute)
            case ast.Call(func=ast.Name(id="spatial_vector"), args=[_, _]):
                called.add("spatial_vector")
            case ast.Name(id=identifier, ctx=ast.Store()):
                assigned[identifier] = None
            case ast.Name(id=identifier):
                read[identifier] = read.get(identifier, 0) + 1
    return _Reading(read, tuple(assigned), frozenset(called))


def _deep(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and all below it, in the order of the text."""
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _deep(child)


def _cost(passage: Passage) -> int:
    """Return the complexity of the shortest text, with an element access for each input."""
    total = 0
    for group in passage.groups:
        total += min(sum(complexity(node) for node in statements(text)) for text, _ in group)
    return total + 2


def in_space(passages: Sequence[Passage], space: str) -> tuple[Passage, ...]:
    """Return passages on vectors of 3 as passages on another type, ``vec2`` or ``float``."""
    return tuple(
        replace(p, gives={k: r._replace(kind=space) if r.kind == "vec3" else r for k, r in p.gives.items()})
        for p in passages
    )


def words_in_space(vocabulary: Vocabulary, space: str) -> Vocabulary:
    """Return a vocabulary of vectors of 3 as one of another type."""
    return {k: replace(s, kind=space) if s.kind == "vec3" else s for k, s in vocabulary.items()}


def roles(*rows: tuple[str, str, str, float, float]) -> tuple[Role, ...]:
    """Return roles from rows of the name of an array, the name of one, its noun, its lowest and its highest value."""
    return tuple(Role(plural, one, f"the {noun}", low, high) for plural, one, noun, low, high in rows)


def close_each(w: KernelWriter) -> str:
    """Store what is unread, results of the kernel into arrays of their own; return the words for it."""
    results = [value for value in w.block.open() if value.mutable and value.type != BOOL]
    apart = results[-_MOST_OUTPUTS:] if w.choices.chance(0.75) else []
    if len(apart) == 1 and len(w.block.open()) == 1:
        apart = []  # the usual store may do something with it
    words = [store(w, output_array(w, value.type), value.type, w.block.read(value)) for value in apart]
    if not words or w.block.open():
        types = [value.type for value in w.block.open() if value.type != BOOL] or [w.precision]
        value_type = w.choices.pick(types)
        expr = w.expressions.combine(w.block, value_type)
        if not words and w.spent < _SHORT:
            expr = w.expressions.grow_within(w.block, expr, w.choices.weighted((1, 0, 2), (3, 2, 1)))
        words.append(store(w, output_array(w, value_type), value_type, expr))
    return listed(words)
