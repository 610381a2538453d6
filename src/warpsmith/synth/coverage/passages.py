"""Passages: builtins in the few lines that they need around them, from a table."""

import ast
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from warpsmith.synth.coverage.asks import Ask
from warpsmith.synth.coverage.objects import EXTENTS
from warpsmith.synth.coverage.session import Session
from warpsmith.synth.coverage.supply import input_between, planned, realized
from warpsmith.synth.expr import Expr, leaf, name, subscript
from warpsmith.synth.families.drawing import declare
from warpsmith.synth.interval import Interval
from warpsmith.synth.launch import ArrayArgument, Filling, Form, ScalarArgument
from warpsmith.synth.meanings.meaning import Need
from warpsmith.synth.types import FLOAT32, INT32, value_types
from warpsmith.synth.writer import KernelWriter, Parameter


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """One row of the table, which explains the fields."""

    words: str
    texts: tuple[str, ...]
    takes: Mapping[str, str]
    gives: Mapping[str, tuple[str, float, float, str]]
    threads: tuple[int, ...]


@cache
def passages() -> Mapping[str, Passage]:
    """Return the passages by the keys of the overloads that they cover."""
    content = tomllib.loads(resources.files(__package__).joinpath("passages.toml").read_text(encoding="utf-8"))
    found: dict[str, Passage] = {}
    for row in content["passage"]:
        passage = Passage(
            row["words"],
            tuple(text.strip() for text in row["texts"]),
            row["takes"],
            {hole: (kind, low, high, noun) for hole, (kind, low, high, noun) in row["gives"].items()},
            tuple(row.get("threads", ())),
        )
        found |= dict.fromkeys(row["covers"], passage)
    return found


def passed(s: Session, passage: Passage) -> None:
    """Write a passage; what it gives is left unread."""
    w = s.w
    text = w.choices.pick(passage.texts)
    read, assigned = _names(text)
    filled: dict[str, Expr] = {}
    for key, kind in passage.takes.items():
        holes = key.split()
        if any(hole in read for hole in holes):
            filled |= dict(zip(holes, _taken(s, holes, kind), strict=True))
    local = {hole: w.names.fresh(hole) for hole in assigned if hole not in filled}
    w.write(text, **{hole: expr.node for hole, expr in filled.items()}, **local)
    for hole, (kind, low, high, noun) in passage.gives.items():
        if hole in local:
            w.bind(local[hole], value_types()[kind], Interval(low, high), noun)
    said = {hole: expr.words for hole, expr in filled.items()}
    s.words.append(passage.words.format_map(_Said({**local, **said})))


class _Said(dict[str, str]):
    """Words by hole; a hole that a spelling has no use for goes by its name."""

    def __missing__(self, key: str) -> str:
        return key


@cache
def _names(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the names that a text has, and those that it assigns to in order."""
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)]
    assigned = dict.fromkeys(node.id for node in nodes if isinstance(node.ctx, ast.Store))
    return frozenset(node.id for node in nodes), tuple(assigned)


def _taken(s: Session, holes: list[str], kind: str) -> list[Expr]:
    what, *rest = kind.split(" ")
    if what in _MAKERS:
        return _MAKERS[what](s, holes, rest)
    return [input_between(s, value_types()[what], float(rest[0]), float(rest[1]))]


def _thread(s: Session, holes: list[str], _: list[str]) -> list[Expr]:
    indices = s.w.threads.indices
    if len(indices) != len(holes):
        raise ValueError(f"a passage for {len(holes)} indices does not fit a grid of {len(indices)} dimensions")
    return [leaf(name(index), INT32, Interval(0.0, 96.0), index, varying=True) for index in indices]


def _object(s: Session, _: list[str], kind: list[str]) -> list[Expr]:
    return [s.object(" ".join(kind))]


def _unit(s: Session, _: list[str], kind: list[str]) -> list[Expr]:
    return [realized(s, planned(s, Ask(value_types()[kind[0]], need=Need(unit=True)), (), 2))]


def _index(s: Session, _: list[str], of: list[str]) -> list[Expr]:
    return [input_between(s, INT32, 0.0, EXTENTS[" ".join(of)] - 1.0)]


def _count(s: Session, holes: list[str], bounds: list[str]) -> list[Expr]:
    """Declare a number of something as a parameter that is the same for all threads."""
    w = s.w
    identifier = w.names.fresh({"n": "count", "m": "rows"}.get(holes[0], holes[0]))
    low, high = int(bounds[0]), int(bounds[1])
    argument = ScalarArgument(identifier, "int32", w.choices.integer(low, high), (low, high))
    w.add_parameter(Parameter(identifier, name("int"), argument))
    return [leaf(name(identifier), INT32, Interval(low, high), f"the {identifier}")]


def _array(s: Session, _: list[str], rest: list[str]) -> list[Expr]:
    """Declare an array of its own shape."""
    w = s.w
    kind, size, low, high, *form = rest
    value_type = value_types()[kind]
    identifier = w.names.one_of(("table", "lut", "coefficients", "samples", "profile", "cdf" if form else "knots"))
    shape_form: Form = "sorted" if form else "uniform"
    declare(w, identifier, value_type, (int(size),), Interval(float(low), float(high)), form=shape_form)
    return [leaf(name(identifier), value_type, Interval(float(low), float(high)), identifier)]


def _rows(s: Session, holes: list[str], rest: list[str]) -> list[Expr]:
    """Declare an array with a row of numbers for each thread, and return the thread's."""
    identifier = s.w.names.one_of(_ROWS.get(holes[0], ("rows",)))
    size, low, high = (float(part) for part in rest)
    declare(s.w, identifier, FLOAT32, (*s.w.threads.extents, int(size)), Interval(low, high))
    return [_row(s.w, identifier)]


def _own(s: Session, holes: list[str], rest: list[str]) -> list[Expr]:
    """Declare an array with a row for each thread to write to, and return the thread's."""
    w = s.w
    identifier = w.names.one_of(_ROWS.get(holes[0], ("rows_out",)))
    shape = (*w.threads.extents, int(rest[0]))
    annotation = w.array_annotation(name("float"), len(shape))
    argument = ArrayArgument(identifier, shape, Filling("float32", 0.0, 0.0))
    w.add_parameter(Parameter(identifier, annotation, argument, output=True))
    return [_row(w, identifier)]


def _row(w: KernelWriter, identifier: str) -> Expr:
    node = subscript(name(identifier), w.index_nodes())
    return leaf(node, FLOAT32, Interval(-2.0, 2.0), f"a row of {identifier}", varying=True)


def _state(s: Session, _: list[str], __: list[str]) -> list[Expr]:
    return [s.state()]


_ROWS = {
    "a": ("matrices", "systems", "blocks", "stiffness"),
    "b": ("right_sides", "loads", "rhs", "others"),
    "c": ("products", "outputs", "gemm_out"),
    "l": ("factors", "cholesky", "lower"),
    "x": ("solutions", "unknowns", "solved"),
}
_MAKERS: Mapping[str, Callable[[Session, list[str], list[str]], list[Expr]]] = {
    "thread": _thread,
    "object": _object,
    "unit": _unit,
    "index": _index,
    "count": _count,
    "array": _array,
    "rows": _rows,
    "own": _own,
    "state": _state,
}
