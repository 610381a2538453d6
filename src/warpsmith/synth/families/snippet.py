"""Idioms as tables: a text, what its holes take, and what it gives.

In a text, ``<name>`` stands for one of the `options` of that name and ``@`` for the indices of the thread. `takes` are
operands from the inputs, `numbers` are written out or parameters, `counts` how often loops run, `tables` whole arrays.
All other names that the text assigns are its own: each kernel gets fresh ones. Functions in a text become functions of
the module. `float`, `int`, `vec3` and so on are of the kernel's precision.
"""

import ast
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from textwrap import dedent

from warpsmith.synth import inputs
from warpsmith.synth.complexity import complexity
from warpsmith.synth.expr import Expr, leaf, name, subscript
from warpsmith.synth.families.repertoire import Idiom, count_of, named, number, operand, spellings, table
from warpsmith.synth.idiom import Filling, expression
from warpsmith.synth.interval import Interval
from warpsmith.synth.launch import Form
from warpsmith.synth.meanings.meaning import Need
from warpsmith.synth.names import Role
from warpsmith.synth.printing import text_of
from warpsmith.synth.types import FLOAT16, FLOAT32, INT32, Scalar, ValueType, is_float, matrix, value_types, vector
from warpsmith.synth.writer import KernelWriter

_WIDE = (-8.0, 8.0)
# what patterns of bits stand for
_WORDS = (
    Role("words", "word", "the word", 0, 2e9),
    Role("bit_masks", "bits", "the mask", 0, 2e9),
    Role("packed", "packed_value", "the packed value", 0, 2e9),
    Role("hash_keys", "key", "the key", 0, 2e9),
    Role("flags", "flag_bits", "the flags", 0, 65535),
    Role("cells", "cell", "the cell", 0, 1023),
    Role("bitfields", "field", "the bit field", 0, 2e9),
    Role("raw", "raw_value", "the raw value", 0, 2e9),
)
# matrices that are symmetric and positive definite, or have an inverse
_FORMED: dict[str, tuple[Form, tuple[float, float], tuple[str, ...]]] = {
    "S": ("spd", (0.5, 3.0), ("stiffnesses", "hessians", "covariances", "inertias", "metrics", "mass_matrices")),
    "R": ("invertible", (-2.0, 2.0), ("systems", "jacobians", "bases", "frames", "operators", "deformations")),
}
_OPTION = re.compile(r"<(\w+)>")
# the sign of a decorator stands before a name
_HERE = re.compile(r"@(?=[,\]])")
Taken = str | tuple[str, float, float]


@dataclass(frozen=True, slots=True)
class Given:
    """A result: its name in the text, its kind, its range."""

    name: str
    kind: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Table:
    """An array: the kind of its elements, its shape, its range and form.

    A shape is made of ``@`` (all threads), ``rows+1`` (one more than threads along the first axis), ``@*2`` (twice the
    threads along each axis), ``@+2``, names of counts and numbers. A highest value may be a count (``n``) or one less
    (``n-1``).
    """

    kind: str
    shape: tuple[str | int, ...]
    low: float = -2.0
    high: float | str = 2.0
    form: Form = "uniform"


def cells(kind: str, *shape: str | int, low: float = 0.0, high: float = 0.0) -> Table:
    """Return an output: an array of zeros, or of numbers that atomic operations change."""
    return Table(kind, shape, low, high)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A text with what goes into it and what comes out of it; `words` may name its holes in braces."""

    texts: tuple[str, ...]
    words: str
    gives: tuple[Given, ...]
    takes: Mapping[str, Taken] = field(default_factory=dict)
    numbers: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    whole: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    outputs: Mapping[str, Table] = field(default_factory=dict)
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    scalars: tuple[Scalar, ...] = ()


def snippet(
    title: str, said: Snippet, *, weight: float = 1.0, dimensions: tuple[int, ...] = (1, 2, 3, 4), cost: int = 0
) -> Idiom:
    """Return the idiom that writes a snippet."""
    fitting = dimensions
    for one in (*said.tables.values(), *said.outputs.values()):
        if any(str(extent).startswith("@") for extent in one.shape):
            fitting = tuple(d for d in fitting if d + len(one.shape) - 1 <= 4)
    return Idiom(title, cost or _least(said), partial(write, said), weight, fitting)


def write(said: Snippet, w: KernelWriter) -> str:
    """Write a snippet into a kernel; return its words."""
    text = _chosen(w, said)
    scalar = _precision(w, said)
    holes: dict[str, Filling] = {**spellings(scalar)}
    holes |= {f"AT{axis}": name(index) for axis, index in enumerate(w.threads.indices)}
    _arrays(w, said, text, holes, scalar)
    _extents(w, text, holes)
    roots = _operands(w, said, text, holes, scalar)
    _numbers(w, said, text, holes, scalar)
    for own in _own(text):
        if own not in holes:
            holes[own] = w.names.one_of(_wanted(own))
    _emit(w, text, holes)
    for given in said.gives:
        identifier = holes.get(given.name)
        if isinstance(identifier, str):
            w.bind(identifier, kind_of(given.kind, scalar), Interval(given.low, given.high), roots=roots)
    return said.words.format_map(_Spoken({hole: _spoken(filling) for hole, filling in holes.items()}))


def _arrays(w: KernelWriter, said: Snippet, text: str, holes: dict[str, Filling], scalar: Scalar) -> None:
    """Fill the holes of loops and of whole arrays."""
    present = _names(text)
    sizes: dict[str, int] = {}
    for hole, (least, most) in said.counts.items():
        if hole in present:
            # the counter of an unrolled loop must not become a 64-bit number, see `expr.cast`
            unrolled = scalar.bits < 64 or ("float(" not in text and "word(" not in text)
            sizes[hole], holes[hole] = count_of(w, least, most, _wanted(hole), unrolled=unrolled)
        else:
            sizes[hole] = w.choices.integer(least, most)
    for hole, one in said.tables.items():
        if hole in present:
            holes[hole] = _table(w, one, hole, sizes, scalar)
    for hole, one in said.outputs.items():
        if hole in present:
            holes[hole] = _table(w, one, hole, sizes, scalar, output=True)
            w.stored = True


def _extents(w: KernelWriter, text: str, holes: dict[str, Filling]) -> None:
    """Fill ``N0`` and so on with the extents of the grid: parameters, or the shape of the array ``u``."""
    present = _names(text)
    shaped = isinstance(holes.get("u"), str) and w.choices.chance(0.4)
    for axis in range(w.threads.ndim):
        if f"N{axis}" in present:
            own = expression("u.shape[axis]", u=holes["u"], axis=axis) if shaped else w.thread_extent(axis)
            holes[f"N{axis}"] = own


def _numbers(w: KernelWriter, said: Snippet, text: str, holes: dict[str, Filling], scalar: Scalar) -> None:
    present = _names(text)
    for hole, (low, high) in said.numbers.items():
        if hole in present:
            holes[hole] = number(w, _wanted(hole), low, high, scalar)
    for hole, (first, last) in said.whole.items():
        if hole in present:
            holes[hole] = number(w, _wanted(hole), first, last, INT32)


def kind_of(kind: str, scalar: Scalar) -> ValueType:
    """Return the type of a kind: ``T`` is the precision, ``V3`` and ``M33`` are of it, others go by Warp's name.

    ``W`` is ``T`` too, filled with patterns of bits; ``S33`` is a positive definite ``M33``, ``R33`` one that has an
    inverse.
    """
    if kind in ("T", "W"):
        return scalar
    if kind in ("V2", "V3", "V4"):
        return vector(int(kind[1]), scalar)
    if kind in ("M22", "M33", "M44", "S22", "S33", "S44", "R22", "R33", "R44"):
        return matrix(int(kind[1]), scalar)
    return value_types()[kind]


def _operands(
    w: KernelWriter, said: Snippet, text: str, holes: dict[str, Filling], scalar: Scalar
) -> frozenset[str] | None:
    roots: frozenset[str] = frozenset()
    for hole, taken in said.takes.items():
        uses = len(re.findall(rf"\b{hole}\b", text))
        if not uses:
            continue
        kind, low, high = taken if isinstance(taken, tuple) else (taken, *_wide(kind_of(taken, scalar)))
        if kind == "W":
            expr = w.block.read(inputs.array(w, scalar, role=w.names.role(_WORDS)))
        elif kind[0] in _FORMED and kind[1:].isdigit():
            expr = _formed(w, kind, scalar)
        else:
            expr = operand(w, kind_of(kind, scalar), Need(low, high), besides=roots)
        roots |= expr.roots
        bare = uses == 1 or (isinstance(expr.node, ast.Subscript) and w.choices.chance(0.2))
        holes[hole] = expr.node if bare else named(w, expr, _wanted(hole))
    return roots or None


def _formed(w: KernelWriter, kind: str, scalar: Scalar) -> Expr:
    """Return the thread's element of an array of matrices of a form, in a variable now and then."""
    form, bounds, names = _FORMED[kind[0]]
    value_type = matrix(int(kind[1]), scalar)
    identifier = table(w, names, value_type, w.threads.extents, bounds, form)
    node = subscript(name(identifier), w.index_nodes())
    return leaf(node, value_type, Interval(-bounds[1], bounds[1]), f"the matrix of {identifier}", varying=True)


def _wide(value_type: ValueType) -> tuple[float, float]:
    return _WIDE if is_float(value_type) else (-math.inf, math.inf)


def _table(
    w: KernelWriter, one: Table, hole: str, sizes: Mapping[str, int], scalar: Scalar, *, output: bool = False
) -> str:
    shape: list[int] = []
    for extent in one.shape:
        if extent == "@":
            shape += w.threads.extents
        elif extent == "@*2":
            shape += (2 * threads for threads in w.threads.extents)
        elif extent == "@+2":
            shape += (threads + 2 for threads in w.threads.extents)
        elif extent == "rows+1":
            shape.append(w.threads.extents[0] + 1)
        else:
            shape.append(extent if isinstance(extent, int) else sizes[extent])
    high = one.high if isinstance(one.high, int | float) else float(sizes[one.high.removesuffix("-1")])
    if isinstance(one.high, str) and one.high.endswith("-1"):
        high -= 1.0
    value_type = kind_of(one.kind, scalar)
    return table(w, _wanted(hole), value_type, tuple(shape), (one.low, high), one.form, output=output)


def _emit(w: KernelWriter, text: str, holes: Mapping[str, Filling]) -> None:
    functions, statements = _split(text)
    if functions:
        w.define_functions(functions, **holes)
    if statements:
        w.write(statements, **holes)


def _precision(w: KernelWriter, said: Snippet) -> Scalar:
    if said.scalars:
        return w.precision if w.precision in said.scalars else w.choices.pick(said.scalars)
    return w.precision if w.precision.name != "bfloat16" else FLOAT16 if w.choices.chance(0.5) else FLOAT32


def _chosen(w: KernelWriter, said: Snippet) -> str:
    text = w.choices.pick(said.texts)
    while found := _OPTION.search(text):
        text = text.replace(found[0], w.choices.pick(said.options[found[1]]))
    return _HERE.sub(", ".join(f"AT{axis}" for axis in range(w.threads.ndim)), text)


def _least(said: Snippet) -> int:
    """Return about what the shortest spelling costs."""
    costs = []
    for text in said.texts:
        while found := _OPTION.search(text):
            text = text.replace(found[0], min(said.options[found[1]], key=len))  # noqa: PLW2901 (filled step by step)
        tree = ast.parse(dedent(_HERE.sub("i", text)))
        costs.append(complexity(tree))
    return min(costs) + len(said.takes)


@cache
def _split(text: str) -> tuple[str, str]:
    """Return the functions of a text and its statements."""
    body = ast.parse(dedent(text)).body
    functions = [text_of(node) for node in body if isinstance(node, ast.FunctionDef)]
    return "\n".join(functions), "\n".join(text_of(node) for node in body if not isinstance(node, ast.FunctionDef))


@cache
def _names(text: str) -> frozenset[str]:
    return frozenset(node.id for node in ast.walk(ast.parse(dedent(text))) if isinstance(node, ast.Name))


@cache
def _own(text: str) -> tuple[str, ...]:
    """Return the names that a text defines, in order."""
    found: dict[str, None] = {}
    for node in ast.walk(ast.parse(dedent(text))):
        match node:
            case ast.Name(id=identifier, ctx=ast.Store()):
                found[identifier] = None
            case ast.FunctionDef(name=identifier) | ast.arg(arg=identifier):
                found[identifier] = None
    return tuple(found)


class _Spoken(dict[str, str]):
    """What holes are called; one that this spelling of the snippet has not is the input."""

    def __missing__(self, hole: str) -> str:
        return "the input"


def _spoken(filling: Filling) -> str:
    if isinstance(filling, ast.expr):
        text = text_of(filling)
        return text if len(text) < 60 else "what the inputs say"
    return filling if isinstance(filling, str) else ""


def _wanted(own: str) -> tuple[str, ...]:
    """Return the names that people give to what a text calls so."""
    return _SYNONYMS.get(own, (own,))


_SYNONYMS: dict[str, tuple[str, ...]] = {
    "n": ("n_iter", "count", "num_steps", "steps", "num_samples", "trips"),
    "k": ("k", "j", "it", "step", "m"),
    "c": ("c", "q", "col", "s"),
    "total": ("total", "acc", "sum", "accum", "s"),
    "best": ("best", "top", "winner", "extreme"),
    "x": ("x", "value", "u", "arg"),
    "y": ("y", "other", "v", "rhs"),
    "h": ("h", "dt", "step_size", "delta"),
    "eps": ("eps", "tol", "epsilon"),
    "a": ("a", "lo", "left", "first"),
    "b": ("b", "hi", "right", "second"),
    "mid": ("mid", "middle", "center"),
    "tmp": ("tmp", "prev", "saved"),
    "p": ("p", "point", "pos", "q"),
    "d": ("d", "dist", "distance"),
    "r": ("r", "radius", "res"),
    "t": ("t", "depth", "travel"),
    "f": ("f", "value_at", "residual"),
    "m0": ("left", "west", "lower", "i0", "prev_i"),
    "p0": ("right", "east", "upper", "i1", "next_i"),
    "m1": ("down", "south", "j0", "prev_j"),
    "p1": ("up", "north", "j1", "next_j"),
    "m2": ("back", "k0", "prev_k"),
    "p2": ("front", "k1", "next_k"),
    "u": ("field", "u", "grid", "image", "temperature", "height_map", "phi", "density", "img"),
    "other": ("previous", "source", "velocity", "rhs_field", "conductivity", "v_field", "guide"),
    "row": ("row", "samples", "table", "series", "entries", "features", "matrix_rows"),
    "other_row": ("other_row", "weights", "targets", "basis"),
    "cells": ("bins", "histogram", "sums", "totals", "buckets", "counters"),
    "labels": ("labels", "segments", "groups", "cluster_ids", "owners"),
    "offsets": ("offsets", "row_starts", "segment_starts", "indptr"),
    "values": ("values", "entries", "nonzeros", "items"),
    "out_row": ("prefix", "scanned", "cumulative", "normalized", "running_out"),
    "own": ("slots", "state_out", "latest", "registers", "claims"),
    "knots": ("knots", "samples_1d", "lut", "curve"),
    "coeffs": ("coeffs", "coefficients", "poly"),
}
