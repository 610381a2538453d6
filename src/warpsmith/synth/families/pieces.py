"""Pieces: short idioms with what they take from a kernel and what they give to it, so that a table can hold them."""

import ast
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from textwrap import indent
from typing import Any, NamedTuple

from warpsmith.synth import inputs
from warpsmith.synth.complexity import complexity
from warpsmith.synth.expr import Expr, binary, call, made_of, name, related, spelled, subscript
from warpsmith.synth.families.drawing import declare, element, number, pick_role
from warpsmith.synth.families.respelling import VARIANTS, respelled
from warpsmith.synth.idiom import Filling
from warpsmith.synth.interval import UNIT, Interval
from warpsmith.synth.scope import Value
from warpsmith.synth.types import BOOL, FLOAT32, INT32, Scalar, ValueType, Vector, matrix, vector
from warpsmith.synth.writer import KernelWriter


class Gives(NamedTuple):
    """What a piece brings into scope: names to choose from, the kind of its type, its range and its noun."""

    names: tuple[str, ...]
    kind: str
    low: float
    high: float
    noun: str


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """One idiom of a table.

    `texts` are spellings of it. `takes` says for each hole, or for several with spaces between them, the kind of what
    fills it (`_SUPPLIES`), `gives` what the text defines and the kernel may use. In a
    text, ``T`` is the scalar type, ``V`` and ``V2`` are the vectors of 3 and 2, ``M`` is the matrix of 3 x 3. `words`
    may name the holes. An `inline` piece never becomes a function of its own.
    """

    name: str
    words: str
    texts: tuple[str, ...]
    takes: Mapping[str, str]
    gives: Mapping[str, Gives]
    weight: float
    scalars: tuple[str, ...]
    inline: bool


@cache
def pieces(table: str) -> tuple[Piece, ...]:
    """Return the pieces of a table, a TOML file beside this one."""
    content = tomllib.loads(resources.files(__package__).joinpath(f"{table}.toml").read_text(encoding="utf-8"))
    return tuple(_piece(name, row) for name, row in content.items())


def _piece(name: str, row: dict[str, Any]) -> Piece:
    takes, gives = row.get("takes", {}), row.get("gives", {})
    texts = tuple(text.strip() for text in row["texts"])
    return Piece(
        name,
        row["words"],
        texts,
        takes,
        {hole: Gives(tuple(names), *rest) for hole, (names, *rest) in gives.items()},
        row.get("weight", 1.0),
        tuple(row.get("scalars", ("float32", "float64"))),
        row.get("inline", False),
    )


@cache
def _assigned(text: str) -> tuple[str, ...]:
    """Return the names that a text assigns to."""
    nodes = ast.walk(ast.parse(text))
    names = [node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    return tuple(dict.fromkeys(names))


def type_of(kind: str, scalar: Scalar) -> ValueType:
    """Return the type that a kind of `Gives` stands for."""
    match kind:
        case "bool":
            return BOOL
        case "int":
            return INT32
        case "float":
            return FLOAT32
        case "scalar":
            return scalar
        case "mat":
            return matrix(3, scalar)
    return vector(int(kind.removeprefix("vec") or 3), scalar)


def cost(piece: Piece) -> int:
    """Return the complexity of the first spelling of a piece, with something to spare for what it takes."""
    return _cost(piece.texts[0]) + len(piece.takes)


@cache
def _cost(text: str) -> int:
    return complexity(ast.parse(text))


def draw(w: KernelWriter, pieces: Sequence[Piece], scalar: Scalar, room: int, taken: Sequence[Piece] = ()) -> Piece:
    """Return a piece for a scalar that fits into the room, or the cheapest one."""
    known = [piece for piece in pieces if scalar.name in piece.scalars and piece not in taken]
    fitting = [piece for piece in known if cost(piece) <= room]
    if not fitting:
        return min(known, key=cost)
    return w.choices.weighted(fitting, [piece.weight for piece in fitting])


Makers = Mapping[str, Callable[[], Expr]]
_NO_MAKERS: Makers = {}


def play(w: KernelWriter, piece: Piece, scalar: Scalar, makers: Makers = _NO_MAKERS) -> str:
    """Write a piece, in place or as a function that is called, and return its words.

    `makers` make what pieces of one family alone take, by the kind of it.
    """
    spelling = w.choices.integer(0, VARIANTS - 1)
    text = in_scalar(respelled(w.choices.pick(piece.texts), spelling), scalar)
    filled: dict[str, Expr] = {}
    for key, kind in piece.takes.items():
        holes = key.split()
        if kind in makers:
            filled |= {hole: makers[kind]() for hole in holes}
        else:
            filled |= zip(holes, supply(w, kind, scalar, len(holes), list(filled.values())), strict=True)
    gives = {hole: w.names.one_of(given.names) for hole, given in piece.gives.items()}
    if not piece.inline and w.choices.chance(0.2) and len(w.functions) < 3:
        _called(w, piece.name, text, filled, gives)
    else:
        fillings: dict[str, Filling] = {hole: expr.node for hole, expr in filled.items()}
        local = {hole: w.names.fresh(hole) for hole in _assigned(text) if hole not in gives}
        w.write(text, **fillings, **gives, **local)
    if "return" in text:
        w.features.add("early-return")
    for hole, given in piece.gives.items():
        w.bind(gives[hole], type_of(given.kind, scalar), Interval(given.low, given.high), given.noun)
    return piece.words.format(**{hole: expr.words for hole, expr in filled.items()}, **gives)


def _called(w: KernelWriter, wanted: str, text: str, filled: Mapping[str, Expr], gives: Mapping[str, str]) -> None:
    """Write a piece as the body of a function, and the call of it."""
    identifier = w.names.fresh(wanted)
    parameters = ", ".join(f"{hole}: {ast.unparse(spelled(expr.type.spelling))}" for hole, expr in filled.items())
    body = indent(f"{text}\nreturn {', '.join(gives)}", "    ")
    w.define_functions(f"def {identifier}({parameters}):\n{body}")
    w.functions[-1].decorator_list.append(ast.Attribute(name("wp"), "func", ast.Load()))
    result = f"{', '.join(gives)} = FUNCTION({', '.join(filled)})"
    w.write(result, FUNCTION=identifier, **{hole: expr.node for hole, expr in filled.items()}, **gives)
    w.features.add("function-call")


@cache
def in_scalar(text: str, scalar: Scalar) -> str:
    """Return a text with its numbers and types written for a scalar: ``wp.float64(0.5)``, ``wp.vec3d``."""
    kinds: dict[str, ValueType] = {"T": scalar, "V": vector(3, scalar), "V2": vector(2, scalar), "M": matrix(3, scalar)}
    typed = _Typed({hole: kind.spelling for hole, kind in kinds.items()})
    return ast.unparse(typed.visit(ast.parse(text)))


class _Typed(ast.NodeTransformer):
    """Spells types out, and puts every floating-point number into the constructor of the scalar where it needs one."""

    def __init__(self, spellings: Mapping[str, str]) -> None:
        self._spellings = spellings

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Spell a type out."""
        return spelled(self._spellings[node.id]) if node.id in self._spellings else node

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        """Wrap a number."""
        bare = self._spellings["T"] == FLOAT32.spelling or not isinstance(node.value, float)
        return node if bare else call(spelled(self._spellings["T"]), node)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Leave a number alone that is in a constructor of its own."""
        if isinstance(node.func, ast.Name) and node.func.id == "T":
            return call(spelled(self._spellings["T"]), *node.args)
        self.generic_visit(node)
        return node


@dataclass(frozen=True, slots=True)
class Supply:
    """What a hole may be filled with: its kind of type, the role of arrays and parameters, its range.

    `share` is how often it is the same for all threads; `unit`: the vector is brought to length 1.
    """

    kind: str
    role: str
    low: float
    high: float
    share: float = 0.2
    unit: bool = False


_SUPPLIES = {
    "point": Supply("vec3", "point", -4.0, 4.0),
    "point2": Supply("vec2", "point", -4.0, 4.0),
    "corners": Supply("vec3", "point", -4.0, 4.0, 0.0),
    "target": Supply("vec3", "target", -1.0, 1.0, 0.3),
    "direction": Supply("vec3", "direction", -1.0, 1.0, unit=True),
    "velocity": Supply("vec3", "velocity", -2.0, 2.0),
    "length": Supply("scalar", "length", 0.05, 2.5, 0.45),
    "share": Supply("scalar", "share", 0.0, 1.0, 0.3),
    "reach": Supply("scalar", "reach", 3.0, 10.0, 0.9),
    "time": Supply("scalar", "time", 0.01, 0.2, 1.0),
}


def supply(w: KernelWriter, kind: str, scalar: Scalar, count: int, others: Sequence[Expr]) -> list[Expr]:
    """Return so many values of a kind, none of them related to another or to the `others`."""
    if kind == "aim":
        return [aim(w, scalar, others)]
    given = _SUPPLIES[kind]
    if kind == "corners" and count > 1 and w.threads.ndim < 4 and w.choices.chance(0.6):
        return _corners(w, given, scalar, count)
    taken = list(others)
    for _ in range(count):
        taken.append(_one(w, given, scalar, taken))
    return taken[len(others) :]


def aim(w: KernelWriter, scalar: Scalar, others: Sequence[Expr]) -> Expr:
    """Return a direction of length 1, most times from the point that a piece has taken already to another one."""
    starts = [expr for expr in others if expr.type is vector(3, scalar)]
    if not starts or w.choices.chance(0.35):
        return _one(w, _SUPPLIES["direction"], scalar, others)
    goal = _one(w, _SUPPLIES["target"], scalar, others)
    away = made_of(binary(goal.node, ast.Sub(), starts[-1].node), goal.type, UNIT, "{0} minus {1}", [goal, starts[-1]])
    return _fit(w, _SUPPLIES["direction"], away)


def _one(w: KernelWriter, given: Supply, scalar: Scalar, others: Sequence[Expr]) -> Expr:
    value_type = type_of(given.kind, scalar)
    known = _known(w, given, value_type, others)
    unread = [value for value in known if value in w.block.pending]
    if unread and w.choices.chance(0.6):
        return _fit(w, given, w.block.read(w.choices.pick(unread)))
    if known and (len(w.parameters) > 7 or w.choices.chance(0.15)):
        return _fit(w, given, w.block.read(w.choices.pick(known)))
    role = pick_role(w, given.role)
    # something that differs from thread to thread comes first
    if any(other.varying for other in others) and w.choices.chance(given.share):
        if isinstance(value_type, Scalar):
            return number(w, (role.singular,), value_type, role.low, role.high)
        return _fit(w, given, w.block.read(inputs.parameter(w, value_type, role=role)))
    expr = w.block.read(inputs.array(w, value_type, role=role, bind=w.choices.chance(0.7)))
    return _fit(w, given, _changed(w, given, expr, others) if w.choices.chance(0.3) else expr)


def _changed(w: KernelWriter, given: Supply, expr: Expr, others: Sequence[Expr]) -> Expr:
    """Return an operation on a value, as long as it stays in the range and none of the `others` goes into it."""
    mark = w.block.mark()
    grown = w.expressions.grow_within(w.block, expr, 1)
    inside = grown.interval.within(given.low, given.high)
    if not inside or not grown.varying or any(related(grown, other) for other in others):
        w.block.restore(mark)
        return expr
    local = w.define(w.names.one_of(_CHANGED), grown, mutable=False)
    return w.block.read(local)


_CHANGED = ("start", "moved", "shifted", "place", "base", "local", "adjusted", "query_at", "probe", "source")


def _known(w: KernelWriter, given: Supply, value_type: ValueType, others: Sequence[Expr]) -> list[Value]:
    fitting = []
    for value in w.block.visible():
        expr = value.expr
        if expr.type is not value_type or not expr.interval.within(given.low, given.high):
            continue
        if expr.varying and not any(related(expr, other) for other in others):
            fitting.append(value)
    return fitting


def _fit(w: KernelWriter, given: Supply, expr: Expr) -> Expr:
    """Return the value with what its kind asks for: a direction has length 1."""
    if not given.unit or not isinstance(expr.type, Vector):
        return expr
    unit = made_of(call("normalize", expr.node), expr.type, UNIT, "the direction of {0}", [expr])
    local = w.define(w.names.one_of(("d", "dir", "direction", "axis", "n", "heading")), unit, mutable=False)
    w.block.read(local)
    return replace(local.expr, varying=expr.varying)


def _corners(w: KernelWriter, given: Supply, scalar: Scalar, count: int) -> list[Expr]:
    """Declare the corners of one shape a thread: an array with an axis more, or vertices that indices refer to."""
    value_type = type_of(given.kind, scalar)
    interval = Interval(-2.0, 2.0)
    corner = ("first", "second", "third", "fourth")
    if w.threads.ndim == 1 and w.choices.chance(0.5):
        return _indexed(w, value_type, interval, count)
    identifier = w.names.one_of(("triangles", "corners", "tri_points", "elements", "quads", "shapes"))
    declare(w, identifier, value_type, (*w.threads.extents, count), interval)
    nodes = [subscript(name(identifier), [*w.index_nodes(), ast.Constant(k)]) for k in range(count)]
    return [element(nodes[k], value_type, interval, f"the {corner[k]} corner") for k in range(count)]


def _indexed(w: KernelWriter, value_type: ValueType, interval: Interval, count: int) -> list[Expr]:
    vertices = w.names.one_of(("vertices", "points", "particle_q", "verts", "nodes"))
    faces = w.names.one_of(("faces", "tri_indices", "indices", "connectivity", "tets"))
    size = w.choices.integer(40, 90)
    declare(w, vertices, value_type, (size,), interval)
    flat = w.choices.chance(0.5)
    extent = w.threads.extents[0]
    # a stride of its own for each corner, so that no two corners of a shape are one
    declare(w, faces, INT32, (extent * count,) if flat else (extent, count), Interval(0.0, size - 1.0), form="distinct")
    exprs = []
    for k in range(count):
        (index,) = w.index_nodes()
        inner = _flat(index, count, k) if flat else [index, ast.Constant(k)]
        node = subscript(name(vertices), [subscript(name(faces), inner)])
        exprs.append(element(node, value_type, interval, f"vertex {k} of the element"))
    w.features.add("indirect-access")
    return exprs


def _flat(index: ast.expr, count: int, k: int) -> list[ast.expr]:
    start: ast.expr = ast.BinOp(index, ast.Mult(), ast.Constant(count))
    return [start if k == 0 else ast.BinOp(start, ast.Add(), ast.Constant(k))]
