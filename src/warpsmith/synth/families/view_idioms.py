"""Idioms of views: a row, a column or a window of an array in a variable or in a function, folded or read."""

import ast
from typing import NamedTuple

from warpsmith.synth import inputs
from warpsmith.synth.expr import LOAD, Expr, binary, call, leaf, name, spelled, subscript
from warpsmith.synth.families.folds import fold
from warpsmith.synth.families.idioms import Idiom, assign, formula, title
from warpsmith.synth.families.numbers import draw_number
from warpsmith.synth.interval import Interval
from warpsmith.synth.names import Role
from warpsmith.synth.printing import text_of
from warpsmith.synth.scope import Value
from warpsmith.synth.types import INT32, Scalar, ValueType, scalar_of
from warpsmith.synth.writer import KernelWriter

_ZERO = Interval(0.0, 0.0)
_ROWS = ("row_view", "line", "strip", "cells", "entries", "block", "r")
_EVERYTHING = ast.Slice(None, None)


class Series(NamedTuple):
    """Elements in a row: how the whole is read, their type, their number and range, and what they are."""

    node: ast.expr
    type: ValueType
    size: int
    interval: Interval
    noun: str

    def at(self, *indices: ast.expr | str | int) -> Expr:
        """Return an element."""
        nodes = [
            name(one) if isinstance(one, str) else ast.Constant(one) if isinstance(one, int) else one for one in indices
        ]
        where = ", ".join(text_of(node) for node in nodes)
        return leaf(subscript(self.node, nodes), self.type, self.interval, f"{self.noun} at {where}", varying=True)


def draw_kind(w: KernelWriter) -> ValueType:
    """Draw the type of the elements: a number of the kernel, sometimes an integer or a vector."""
    return draw_number(w, integers=0.12, vectors=0.15)


def summed_type(kind: ValueType) -> ValueType:
    """Return the type to sum elements of a type in."""
    scalar = scalar_of(kind)
    return kind if scalar.bits >= 32 or scalar.kind == "float" else INT32


def declared(w: KernelWriter, kind: ValueType, shape: tuple[int, ...]) -> tuple[Role, Interval]:
    """Add an array of a shape; return its role and range."""
    role = w.names.array(kind)
    interval = inputs.natural_range(role, kind)
    inputs.declare(w, role.plural, kind, shape, interval)
    return role, interval


def rows(w: KernelWriter) -> Series:
    """Add an array with a row for each thread, or for each index along the first axis, and return the row."""
    kind, size = draw_kind(w), w.choices.integer(3, 8)
    own = w.threads.ndim < 4 and w.choices.chance(0.6)
    axes = w.threads.ndim if own else 1
    role, interval = declared(w, kind, (*w.threads.extents[:axes], size))
    row = subscript(name(role.plural), w.index_nodes()[:axes])
    return Series(row, kind, size, interval, role.noun)


def bound_row(w: KernelWriter, series: Series) -> Series:
    """Write ``row = matrix[i]`` and return the row by that name."""
    identifier = w.names.one_of(_ROWS)
    assign(w, name(identifier), series.node)
    return series._replace(node=name(identifier))


def limit_of(w: KernelWriter, series: Series) -> ast.expr:
    """Return the length of a view: a number, its shape, or `len`."""
    how = w.choices.weighted(("number", "shape", "len"), (2, 4, 2))
    if how == "number" or not isinstance(series.node, ast.Name):
        return ast.Constant(series.size)
    if how == "len":
        return call(name("len"), series.node)
    return subscript(ast.Attribute(series.node, "shape", LOAD), [ast.Constant(0)])


def _read(w: KernelWriter, series: Series) -> str:
    """Read one to three elements of a view."""
    left = list(range(series.size))
    taken = []
    for _ in range(min(w.choices.weighted((1, 2, 3), (2, 4, 1)), series.size)):
        place = w.choices.pick(left)
        left.remove(place)
        taken.append(series.at(place))
    for one in taken:
        w.block.add(Value(one))
    return "take " + " and ".join(one.words for one in taken)


def _use(w: KernelWriter, series: Series) -> str:
    """Read elements of a view, or fold all of them."""
    if w.choices.chance(0.4) or (w.goal < 12 and w.choices.chance(0.5)):
        return _read(w, series)
    limit = limit_of(w, series)
    pairs = w.choices.chance(0.3)

    def read(counter: str) -> list[Expr]:
        if not pairs:
            return [series.at(counter)]
        last = binary(binary(name(counter), ast.Add(), ast.Constant(1)), ast.Mod(), ast.Constant(series.size))
        return [series.at(counter), series.at(last)]

    return fold(w, summed_type(series.type), limit, series.size, read)


def write_row(w: KernelWriter) -> str:
    """Keep a row of an array in a variable, and read or fold it."""
    return f"look at a row; {_use(w, bound_row(w, rows(w)))}"


def write_column(w: KernelWriter) -> str:
    """Keep a column of an array in a variable, and read it at the thread's index or fold it."""
    kind, size = draw_kind(w), w.choices.integer(2, 5)
    axis = w.choices.integer(0, w.threads.ndim - 1)
    role, interval = declared(w, kind, (w.threads.extents[axis], size))
    place = w.choices.integer(0, size - 1)
    column = w.names.one_of(("column", "channel", "col_view", "component"))
    node = subscript(name(role.plural), [_EVERYTHING, ast.Constant(place)])
    assign(w, name(column), node)
    series = Series(name(column), kind, w.threads.extents[axis], interval, role.noun)
    index = w.threads.indices[axis]
    w.block.add(Value(series.at(index)))
    if w.choices.chance(0.4):
        other = bound_row(w, Series(subscript(name(role.plural), [name(index)]), kind, size, interval, role.noun))
        return f"look at column {place} of {role.plural} and at a row; {_read(w, other)}"
    return f"look at column {place} of {role.plural}"


def write_window(w: KernelWriter) -> str:
    """Keep a part of a row in a variable: a window, every other element, or the row backwards."""
    series = rows(w)
    if not isinstance(series.node, ast.Subscript):
        raise TypeError("a row is an element of an array")
    items = series.node.slice.elts if isinstance(series.node.slice, ast.Tuple) else [series.node.slice]
    how = w.choices.pick(("window", "tail", "step", "backwards"))
    size, low = series.size, 0
    match how:
        case "window":
            size = w.choices.integer(2, series.size - 1)
            low = w.choices.integer(0, series.size - size)
            bounds = ast.Slice(ast.Constant(low), ast.Constant(low + size))
        case "tail":
            low = w.choices.integer(1, series.size - 2)
            size = series.size - low
            bounds = ast.Slice(ast.Constant(low), None)
        case "step":
            size = (series.size + 1) // 2
            bounds = ast.Slice(None, None, ast.Constant(2))
        case _:
            bounds = ast.Slice(None, None, ast.UnaryOp(ast.USub(), ast.Constant(1)))
    node = subscript(series.node.value, [*items, bounds])
    view = bound_row(w, Series(node, series.type, size, series.interval, series.noun))
    return f"look at a row of {text_of(series.node.value)}, {_WINDOWS[how].format(low, size)}; {_use(w, view)}"


_WINDOWS = {
    "window": "{1} elements from element {0} on",
    "tail": "from element {0} on",
    "step": "every other element",
    "backwards": "backwards",
}


def write_function(w: KernelWriter) -> str:
    """Hand a row to a function that folds it."""
    series = rows(w)
    kind = series.type
    label, identifier = w.choices.pick(("values", "row", "data", "xs")), w.names.one_of(_FOLDERS)
    inside = Series(name(label), kind, series.size, series.interval, "each element")
    term = formula(w, [inside.at("k")], summed_type(kind), rich=0.7)
    returned = term.type
    annotation = w.array_annotation(spelled(kind.spelling), 1)
    zero = call(spelled(returned.spelling))
    if isinstance(returned, Scalar):
        zero = call(spelled(returned.spelling), ast.Constant(0.0 if returned.kind == "float" else 0))
    w.define_functions(
        "@wp.func\ndef f(x: A):\n    s = zero\n    for k in range(x.shape[0]):\n        s += term\n    return s",
        f=identifier, x=label, A=annotation, zero=zero, term=term.node,
    )  # fmt: skip
    w.definitions.append(f"here {title(identifier)} of an array is the sum of {term.words}")
    made = w.names.one_of(("total", "energy", "score", "measure", "weight"))
    assign(w, name(made), call(name(identifier), series.node))
    w.bind(made, returned, term.interval.hull(_ZERO).scale(series.size))
    return f"let {title(made)} be {title(identifier)} of a row of {series.noun.removeprefix('the ')} values"


_FOLDERS = ("row_sum", "row_energy", "fold_row", "total_of", "reduce_row", "norm_of")


def write_lookup(w: KernelWriter) -> str:
    """Hand an array and the thread's index to a function that reads it."""
    kind = draw_kind(w)
    axis = w.choices.integer(0, w.threads.ndim - 1)
    role, interval = declared(w, kind, (w.threads.extents[axis],))
    identifier = w.names.one_of(("fetch", "sample_at", "read_clamped", "difference_at", "smooth_at"))
    label, index = w.choices.pick(("values", "field", "data")), w.choices.pick(("i", "idx", "at"))
    inside = Series(name(label), kind, w.threads.extents[axis], interval, "the element")
    last = binary(subscript(ast.Attribute(name(label), "shape", LOAD), [ast.Constant(0)]), ast.Sub(), ast.Constant(1))
    behind = call("min", binary(name(index), ast.Add(), ast.Constant(1)), last)
    before = call("max", binary(name(index), ast.Sub(), ast.Constant(1)), ast.Constant(0))
    read = [inside.at(index), *[inside.at(one) for one in (behind, before) if w.choices.chance(0.6)]]
    result = formula(w, read, summed_type(kind), rich=0.4)
    w.define_functions(
        "@wp.func\ndef f(x: A, i: int):\n    return result",
        f=identifier, x=label, i=index, A=w.array_annotation(spelled(kind.spelling), 1), result=result.node,
    )  # fmt: skip
    w.definitions.append(f"here {title(identifier)} of {label} at {index} is {result.words}")
    made = w.names.one_of(("value", "smooth", "local", "fetched"))
    assign(w, name(made), call(name(identifier), name(role.plural), name(w.threads.indices[axis])))
    w.bind(made, result.type, result.interval)
    return f"let {title(made)} be {title(identifier)} of {role.plural}"


def write_indexed(w: KernelWriter) -> str:
    """Keep the row that an index array names in a variable."""
    kind, size, count = draw_kind(w), w.choices.integer(3, 6), w.choices.integer(4, 12)
    role, interval = declared(w, kind, (count, size))
    table = w.names.one_of(("row_ids", "indices", "batch_ids", "owners", "slots"))
    axis = w.choices.integer(0, w.threads.ndim - 1)
    inputs.declare(w, table, INT32, (w.threads.extents[axis],), Interval(0.0, count - 1.0))
    index: ast.expr = subscript(name(table), [name(w.threads.indices[axis])])
    if w.choices.chance(0.5):
        identifier = w.names.one_of(("row_id", "owner", "slot", "source"))
        assign(w, name(identifier), index)
        index = name(identifier)
    series = Series(subscript(name(role.plural), [index]), kind, size, interval, role.noun)
    if w.choices.chance(0.3):
        return f"look at the row that {table} names; {_read(w, series)}"
    return f"look at the row that {table} names; {_use(w, bound_row(w, series))}"


def write_pair(w: KernelWriter) -> str:
    """Fold products of two rows: the thread's own and another thread's, or those of two arrays."""
    first = rows(w)
    if not isinstance(first.node, ast.Subscript):
        raise TypeError("a row is an element of an array")
    second = first
    if w.choices.chance(0.5):
        index = w.index_nodes()[0]
        extent = subscript(ast.Attribute(first.node.value, "shape", LOAD), [ast.Constant(0)])
        moved = binary(binary(index, ast.Add(), ast.Constant(1)), ast.Mod(), extent)
        items = first.node.slice.elts if isinstance(first.node.slice, ast.Tuple) else [first.node.slice]
        second = first._replace(node=subscript(first.node.value, [moved, *items[1:]]), noun=f"next {first.noun[4:]}")
    else:
        role, interval = declared(w, first.type, (first.size,))
        second = Series(name(role.plural), first.type, first.size, interval, role.noun)
    first = bound_row(w, first)
    if isinstance(second.node, ast.Subscript) and w.choices.chance(0.6):
        second = bound_row(w, second)
    kind = summed_type(first.type)
    return "go along two rows; " + fold(
        w, kind, limit_of(w, first), first.size, lambda counter: [first.at(counter), second.at(counter)]
    )


IDIOMS = (
    Idiom("view-row", 5, write_row, 1.4),
    Idiom("view-column", 4, write_column),
    Idiom("view-window", 5, write_window, 1.3),
    Idiom("view-function", 10, write_function),
    Idiom("view-lookup", 8, write_lookup),
    Idiom("view-indexed", 5, write_indexed),
    Idiom("view-pair", 12, write_pair),
)
