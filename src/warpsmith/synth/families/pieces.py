"""Pieces: short idioms with what they take from a kernel and what they give to it, so that a table can hold them."""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from textwrap import indent

from warpsmith.synth import inputs
from warpsmith.synth.complexity import complexity
from warpsmith.synth.expr import Expr, call, made_of, name, related, spelled, subscript
from warpsmith.synth.families.drawing import declare, element, pick_role
from warpsmith.synth.idiom import Filling
from warpsmith.synth.interval import UNIT, Interval
from warpsmith.synth.scope import Value
from warpsmith.synth.types import BOOL, FLOAT32, INT32, Scalar, ValueType, Vector, matrix, vector
from warpsmith.synth.writer import KernelWriter


@dataclass(frozen=True, slots=True)
class Gives:
    """What a piece brings into scope: names to choose from, the kind of its type, its range and its noun."""

    names: tuple[str, ...]
    kind: str
    low: float
    high: float
    noun: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One idiom.

    `texts` are spellings of it. `takes` says for each hole, or for several with spaces between them, the kind of what
    fills it (`_SUPPLIES`), `gives` what the text defines and the kernel may use, `locals` what else it defines. In a text,
    ``T`` is the scalar type and ``V`` the vector of three. `words` may name the holes.
    """

    name: str
    words: str
    texts: tuple[str, ...]
    takes: Mapping[str, str]
    gives: Mapping[str, Gives]
    locals: tuple[str, ...] = ()
    weight: float = 1.0
    scalars: tuple[str, ...] = ("float32", "float64")
    inline: bool = False


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


def play(w: KernelWriter, piece: Piece, scalar: Scalar, fixed: Mapping[str, Expr] | None = None) -> str:
    """Write a piece, in place or as a function that is called, and return its words.

    `fixed` fills holes that the piece takes in a certain way.
    """
    text = in_scalar(w.choices.pick(piece.texts), scalar)
    filled = dict(fixed or {})
    for key, kind in piece.takes.items():
        holes = [hole for hole in key.split() if hole not in filled]
        if holes:
            filled |= zip(holes, supply(w, kind, scalar, len(holes), list(filled.values())), strict=True)
    gives = {hole: w.names.one_of(given.names) for hole, given in piece.gives.items()}
    if not piece.inline and w.choices.chance(0.2) and len(w.functions) < 3:
        _called(w, piece, text, scalar, filled, gives)
    else:
        holes = {hole: expr.node for hole, expr in filled.items()}
        w.write(text, **_types(scalar), **holes, **gives, **{hole: w.names.fresh(hole) for hole in piece.locals})
    for hole, given in piece.gives.items():
        w.bind(gives[hole], type_of(given.kind, scalar), Interval(given.low, given.high), given.noun)
    return piece.words.format(**{hole: expr.words for hole, expr in filled.items()}, **gives)


def _called(
    w: KernelWriter,
    piece: Piece,
    text: str,
    scalar: Scalar,
    filled: Mapping[str, Expr],
    gives: Mapping[str, str],
) -> None:
    """Write a piece as the body of a function, and the call of it."""
    identifier = w.names.fresh(piece.name)
    parameters = ", ".join(f"{hole}: {ast.unparse(spelled(expr.type.spelling))}" for hole, expr in filled.items())
    body = indent(f"{text}\nreturn {', '.join(gives)}", "    ")
    w.define_functions(f"def {identifier}({parameters}):\n{body}", **_types(scalar))
    w.functions[-1].decorator_list.append(ast.Attribute(name("wp"), "func", ast.Load()))
    result = f"{', '.join(gives)} = FUNCTION({', '.join(filled)})"
    w.write(result, FUNCTION=identifier, **{hole: expr.node for hole, expr in filled.items()}, **gives)
    w.features.add("function-call")


@cache
def _spellings(scalar: Scalar) -> dict[str, ast.expr]:
    kinds: dict[str, ValueType] = {"T": scalar, "V": vector(3, scalar), "V2": vector(2, scalar), "M": matrix(3, scalar)}
    return {hole: spelled(kind.spelling) for hole, kind in kinds.items()}


def _types(scalar: Scalar) -> dict[str, Filling]:
    return dict(_spellings(scalar))


@cache
def in_scalar(text: str, scalar: Scalar) -> str:
    """Return a text with its numbers written for a scalar other than float32: ``wp.float64(0.5)``."""
    if scalar is FLOAT32:
        return text
    return ast.unparse(_Numbers(scalar).visit(ast.parse(text)))


class _Numbers(ast.NodeTransformer):
    """Puts every floating-point number into the constructor of a scalar."""

    def __init__(self, scalar: Scalar) -> None:
        self._scalar = scalar

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        """Wrap one number."""
        return call(spelled(self._scalar.spelling), node) if isinstance(node.value, float) else node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Leave a number alone that is in a constructor of its own."""
        if isinstance(node.func, ast.Name) and node.func.id in ("T", "float"):
            return node
        self.generic_visit(node)
        return node


@dataclass(frozen=True, slots=True)
class Supply:
    """What a hole may be filled with: its kind of type, the role of arrays and parameters, its range.

    `share` is how often it is a parameter; `unit`: the vector is brought to length 1.
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
    "direction": Supply("vec3", "direction", -1.0, 1.0, unit=True),
    "length": Supply("scalar", "length", 0.05, 2.5, 0.45),
    "velocity": Supply("vec3", "velocity", -2.0, 2.0),
    "time": Supply("scalar", "time", 0.01, 0.2, 1.0),
    "corners": Supply("vec3", "point", -4.0, 4.0, 0.0),
}


def supply(w: KernelWriter, kind: str, scalar: Scalar, count: int, others: Sequence[Expr]) -> list[Expr]:
    """Return so many values of a kind, none of them related to another or to the `others`."""
    given = _SUPPLIES[kind]
    if kind == "corners" and count > 1 and w.threads.ndim < 4 and w.choices.chance(0.6):
        return _corners(w, given, scalar, count)
    taken = list(others)
    for _ in range(count):
        taken.append(_one(w, given, scalar, taken))
    return taken[len(others) :]


def _one(w: KernelWriter, given: Supply, scalar: Scalar, others: Sequence[Expr]) -> Expr:
    value_type = type_of(given.kind, scalar)
    known = _known(w, given, value_type, others)
    unread = [value for value in known if value in w.block.pending]
    if unread and w.choices.chance(0.6):
        return _fit(w, given, w.block.read(w.choices.pick(unread)))
    if known and w.choices.chance(0.15):
        return _fit(w, given, w.block.read(w.choices.pick(known)))
    if len(w.parameters) > 7 and known:
        return _fit(w, given, w.block.read(w.choices.pick(known)))
    if w.choices.chance(given.share):
        return _fit(w, given, w.block.read(inputs.parameter(w, value_type, role=pick_role(w, given.role))))
    role = pick_role(w, given.role)
    return _fit(w, given, w.block.read(inputs.array(w, value_type, role=role, bind=w.choices.chance(0.7))))


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
