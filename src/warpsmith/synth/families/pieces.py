"""Pieces: short idioms with what they take from a kernel and what they give to it, so that a table can hold them."""

import ast
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from textwrap import indent
from typing import Any, NamedTuple

from warpsmith.synth import inputs
from warpsmith.synth.complexity import complexity
from warpsmith.synth.expr import Expr, call, name, spelled
from warpsmith.synth.families.drawing import has_array, room_for_piece
from warpsmith.synth.families.respelling import VARIANTS, respelled
from warpsmith.synth.families.supplies import supply, type_of
from warpsmith.synth.idiom import Filling
from warpsmith.synth.interval import UNIT, Interval
from warpsmith.synth.printing import text_of
from warpsmith.synth.types import FLOAT32, Scalar, ValueType, matrix, vector
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


def is_whole(piece: Piece) -> bool:
    """Tell whether a piece gives whole numbers and flags only."""
    return all(given.kind in ("int", "bool") for given in piece.gives.values())


def cost(piece: Piece) -> int:
    """Return the complexity of the first spelling of a piece, with something to spare for what it takes."""
    return _cost(piece.texts[0]) + len(piece.takes)


@cache
def _cost(text: str) -> int:
    return complexity(ast.parse(text))


def draw(w: KernelWriter, pieces: Sequence[Piece], kind: str, room: int, taken: Sequence[Piece] = ()) -> Piece:
    """Return a piece for a scalar, or what stands for it, that fits into the room, or the cheapest one."""
    known = [piece for piece in pieces if kind in piece.scalars and piece not in taken]
    fitting = [piece for piece in known if cost(piece) <= room]
    if not fitting:
        return min(known, key=cost)
    return w.choices.weighted(fitting, [piece.weight for piece in fitting])


Makers = Mapping[str, Callable[[], Sequence[Expr]]]


class Data(NamedTuple):
    """What is stored in a volume or a texture: its type, the type of its gradient, its range."""

    type: ValueType
    gradient: ValueType
    interval: Interval


_NO_MAKERS: Makers = {}
_NO_DATA = Data(FLOAT32, FLOAT32, UNIT)


def play(w: KernelWriter, piece: Piece, scalar: Scalar, makers: Makers = _NO_MAKERS, data: Data = _NO_DATA) -> str:
    """Write a piece, in place or as a function that is called, and return its words.

    `makers` make what pieces of one family alone take, by the kind of it. Where the piece is about stored `data`, its
    type is ``D`` in the text, and ``G`` that of its gradient.
    """
    spelling = w.choices.integer(0, VARIANTS - 1)
    text = typed(respelled(w.choices.pick(piece.texts), spelling), scalar, data.type, data.gradient)
    filled: dict[str, Expr] = {}
    for key, kind in piece.takes.items():
        holes = key.split()
        made = makers[kind]() if kind in makers else supply(w, kind, scalar, len(holes), list(filled.values()))
        filled |= zip(holes, made, strict=True)
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
        value = w.bind(gives[hole], *_known(given, scalar, data), given.noun)
        value.expr = value.expr._replace(steady=given.kind == "unit")
    return piece.words.format(**{hole: expr.words for hole, expr in filled.items()}, **gives)


class Subject(NamedTuple):
    """What pieces are played about: their table, what they are for in it, the scalar, makers, stored data."""

    table: str
    kind: str
    scalar: Scalar = FLOAT32
    makers: Makers = _NO_MAKERS
    data: Data = _NO_DATA


def play_some(w: KernelWriter, subject: Subject, counts: Mapping[int, float]) -> list[str]:
    """Write as many pieces as `counts` draws and the room allows, none twice, and return their words.

    Where they give whole numbers and flags only, there is an array of numbers beside them.
    """
    words: list[str] = []
    taken: list[Piece] = []
    for _ in range(w.choices.weighted(tuple(counts), tuple(counts.values()))):
        if taken and w.room < _ANOTHER:
            break
        piece = draw(w, pieces(subject.table), subject.kind, room_for_piece(w), taken)
        taken.append(piece)
        words.append(play(w, piece, subject.scalar, subject.makers, subject.data))
    if all(map(is_whole, taken)) or not has_array(w):
        inputs.array(w, subject.scalar, bind=False)
    return words


# with less room than this, one piece is enough
_ANOTHER = 12


def _known(given: Gives, scalar: Scalar, data: Data) -> tuple[ValueType, Interval]:
    """Return the type and the range of a result; stored data are multiplied by its range."""
    if given.kind == "data":
        return data.type, data.interval.multiply(Interval(given.low, given.high)).hull(data.interval)
    if given.kind == "gradient":
        return data.gradient, Interval(given.low, given.high)
    return type_of(given.kind, scalar), Interval(given.low, given.high)


def _called(w: KernelWriter, wanted: str, text: str, filled: Mapping[str, Expr], gives: Mapping[str, str]) -> None:
    """Write a piece as the body of a function, and the call of it."""
    identifier = w.names.fresh(wanted)
    parameters = ", ".join(f"{hole}: {text_of(spelled(expr.type.spelling))}" for hole, expr in filled.items())
    body = indent(f"{text}\nreturn {', '.join(gives)}", "    ")
    w.define_functions(f"def {identifier}({parameters}):\n{body}")
    w.functions[-1].decorator_list.append(ast.Attribute(name("wp"), "func", ast.Load()))
    result = f"{', '.join(gives)} = FUNCTION({', '.join(filled)})"
    w.write(result, FUNCTION=identifier, **{hole: expr.node for hole, expr in filled.items()}, **gives)
    w.features.add("function-call")


@cache
def typed(text: str, scalar: Scalar, data: ValueType = FLOAT32, gradient: ValueType = FLOAT32) -> str:
    """Return a text with its numbers and types written for a scalar: ``wp.float64(0.5)``, ``wp.vec3d``."""
    kinds: dict[str, ValueType] = {
        "T": scalar,
        "V": vector(3, scalar),
        "V2": vector(2, scalar),
        "M": matrix(3, scalar),
        "D": data,
        "G": gradient,
    }
    return text_of(_Typed(kinds).visit(ast.parse(text)))


class _Typed(ast.NodeTransformer):
    """Spells types out, and puts every floating-point number into the constructor of the scalar where it needs one."""

    def __init__(self, kinds: Mapping[str, ValueType]) -> None:
        self._kinds = kinds

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Spell a type out."""
        return spelled(self._kinds[node.id].spelling) if node.id in self._kinds else node

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        """Wrap a number."""
        scalar = self._kinds["T"]
        bare = scalar is FLOAT32 or not isinstance(node.value, float)
        return node if bare else call(spelled(scalar.spelling), node)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Leave a number alone that is in a constructor of its own, and give a scalar's constructor a zero."""
        kind = self._kinds.get(node.func.id) if isinstance(node.func, ast.Name) else None
        if isinstance(kind, Scalar):
            zero = ast.Constant(0.0 if kind.kind == "float" else 0)
            return call(spelled(kind.spelling), *(node.args or [zero]))
        self.generic_visit(node)
        return node
