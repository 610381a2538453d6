"""Idioms of the entries, rows, columns and blocks of matrices."""

import ast

from warpsmith.synth import inputs
from warpsmith.synth.expr import LOAD, Expr, call, leaf, listed, made_of, name, spelled, subscript
from warpsmith.synth.families.idioms import Idiom, assign, augment, formula, hull, part, title
from warpsmith.synth.families.numbers import draw_matrix
from warpsmith.synth.families.vector_components import bring, changed, copied, operand
from warpsmith.synth.interval import Interval
from warpsmith.synth.scope import Value
from warpsmith.synth.types import Matrix, ValueType, matrix, vector
from warpsmith.synth.updates import output_array
from warpsmith.synth.writer import KernelWriter

_ZERO = Interval(0.0, 0.0)
_EVERYTHING = ast.Slice(None, None)


def _entry(w: KernelWriter, of: Expr, kind: Matrix) -> Expr:
    """Return an entry of a matrix: ``m[0, 1]``, ``m[0][1]``."""
    row, column = (w.choices.integer(0, kind.size - 1) for _ in range(2))
    indices: list[ast.expr] = [ast.Constant(row), ast.Constant(column)]
    node = subscript(of.node, indices)
    if w.choices.chance(0.2):
        node = subscript(subscript(of.node, indices[:1]), indices[1:])
    return part(node, kind.scalar, of, f"entry ({row}, {column}) of {of.words}")


def _matrix(w: KernelWriter, kind: Matrix) -> Expr:
    return w.block.read(inputs.array(w, kind))


def write_entries(w: KernelWriter) -> str:
    """Read one to three entries of a matrix."""
    kind = draw_matrix(w)
    of = _matrix(w, kind)
    read: dict[str, Expr] = {}
    for _ in range(w.choices.weighted((1, 2, 3), (2, 4, 2))):
        entry = _entry(w, of, kind)
        read.setdefault(entry.words, entry)
    bring(w, list(read.values()))
    return f"take {listed(list(read))}"


def _part(w: KernelWriter, of: ast.expr, size: int) -> tuple[ast.expr, ValueType | int, str]:
    """Draw a row, a column or a block of a matrix; return it, its length and its words."""
    place = w.choices.integer(0, size - 1)
    index: ast.expr = ast.Constant(place)
    if place == size - 1 and w.choices.chance(0.4):
        index = ast.UnaryOp(ast.USub(), ast.Constant(1))
    if w.choices.chance(0.5):
        return subscript(of, [index]), size, f"row {place} of {{0}}"
    return subscript(of, [_EVERYTHING, index]), size, f"column {place} of {{0}}"


def write_rows(w: KernelWriter) -> str:
    """Take one or two rows or columns of a matrix."""
    kind = draw_matrix(w)
    of = _matrix(w, kind)
    words = []
    taken: set[str] = set()
    for _ in range(w.choices.weighted((1, 2), (2, 2))):
        node, _, said = _part(w, of.node, kind.size)
        if said in taken:
            continue
        taken.add(said)
        expr = made_of(node, vector(kind.size, kind.scalar), of.interval, said, [of])
        wanted = ("row0", "r", "first_row", "basis") if "row" in said else ("col0", "c", "column", "axis")
        value = w.define(w.names.one_of(wanted), expr)
        words.append(f"let {value.expr.words} be {expr.words}")
    return listed(words)


def write_block(w: KernelWriter) -> str:
    """Take a square block of a matrix, or a part of a row or column."""
    scalar = draw_matrix(w).scalar
    kind = matrix(w.choices.pick((3, 4)), scalar)
    of = _matrix(w, kind)
    size = w.choices.integer(2, kind.size - 1)
    row, column = (w.choices.integer(0, kind.size - size) for _ in range(2))
    rows, columns = _range(w, row, size, kind.size), _range(w, column, size, kind.size)
    how = w.choices.pick(("block", "row", "column"))
    if how == "block":
        node, result = subscript(of.node, [rows, columns]), matrix(size, scalar)
        words = f"the block of {{0}} from ({row}, {column}) on, of {size} rows and columns"
        expr = made_of(node, result, of.interval, words, [of])
    elif how == "row":
        node = subscript(of.node, [ast.Constant(row), columns])
        words = f"columns {column} to {column + size - 1} of row {row} of {{0}}"
        expr = made_of(node, vector(size, scalar), of.interval, words, [of])
    else:
        node = subscript(of.node, [rows, ast.Constant(column)])
        words = f"rows {row} to {row + size - 1} of column {column} of {{0}}"
        expr = made_of(node, vector(size, scalar), of.interval, words, [of])
    value = w.define(w.names.one_of(("block", "minor", "corner", "sub", "upper", "part")), expr)
    return f"let {value.expr.words} be {expr.words}"


def _range(w: KernelWriter, low: int, size: int, length: int) -> ast.Slice:
    start = None if low == 0 and w.choices.chance(0.4) else ast.Constant(low)
    stop = None if low + size == length and w.choices.chance(0.5) else ast.Constant(low + size)
    return ast.Slice(start, stop)


def write_set(w: KernelWriter) -> str:
    """Write to an entry, a row, a column or a block of a copy of a matrix."""
    kind = draw_matrix(w)
    value = copied(w, kind)
    w.block.read(value)
    return listed([_written(w, value, kind) for _ in range(w.choices.weighted((1, 2), (3, 1)))])


def _written(w: KernelWriter, value: Value, kind: Matrix) -> str:
    old = value.expr
    if w.choices.chance(0.5):
        entry, other = _entry(w, old, kind), _entry(w, old, kind)
        place, said, change = entry.node, entry.words, formula(w, [other], kind.scalar)
    else:
        row = vector(kind.size, kind.scalar)
        node, _, words = _part(w, old.node, kind.size)
        place, said = node, words.format(old.words)
        change = formula(w, [operand(w, row)], row, rich=0.3)
    if w.choices.chance(0.4):
        operator, verb = w.choices.pick(((ast.Add(), "add {0} to"), (ast.Sub(), "subtract {0} from")))
        augment(w, place, operator, change.node)
        size = change.interval.magnitude
        changed(w, value, old.interval.add(Interval(-size, size)))
        return f"{verb.format(change.words)} {said}"
    assign(w, place, change.node)
    changed(w, value, change.interval)
    return f"set {said} to {change.words}"


def write_stacked(w: KernelWriter) -> str:
    """Make a matrix of vectors, as its rows or its columns."""
    kind = draw_matrix(w)
    row = vector(kind.size, kind.scalar)
    given = [operand(w, row)]
    if w.choices.chance(0.6):
        given.append(operand(w, row))
    parts = given[:]
    while len(parts) < kind.size:
        parts.append(formula(w, [w.choices.pick(given)], row, rich=0.3))
    interval = hull(parts)
    how = w.choices.pick(("rows", "cols"))
    node = call(f"matrix_from_{how}", *(part.node for part in parts))
    of = "rows" if how == "rows" else "columns"
    expr = made_of(node, kind, interval, f"the matrix with the {of} {listed([part.words for part in parts])}", parts)
    value = w.define(w.names.one_of(("m", "basis", "frame", "gram", "jac", "stack")), expr)
    return f"let {value.expr.words} be {expr.words}"


def write_double_loop(w: KernelWriter) -> str:
    """Sum a formula of the entries over rows and columns."""
    kind = draw_matrix(w)
    of = w.block.read(inputs.array(w, kind, bind=True))
    rows, columns = w.names.one_of(("r", "row", "p")), w.names.one_of(("c", "col", "q"))
    total = w.names.one_of(("total", "acc", "norm", "off_diagonal"))
    entry = part(subscript(of.node, [name(rows), name(columns)]), kind.scalar, of, "the entry")
    read = [entry]
    if w.choices.chance(0.4):
        mirrored = subscript(of.node, [name(columns), name(rows)])
        read.append(part(mirrored, kind.scalar, of, "the mirrored entry"))
    term = formula(w, read, kind.scalar, rich=0.4)
    limit: ast.expr = call(name("len"), of.node) if w.choices.chance(0.3) else ast.Constant(kind.size)
    triangle = w.choices.chance(0.35) and isinstance(limit, ast.Constant)
    inner = w.block.child(trips=kind.size**2, in_loop=True)
    assign(w, name(total), zero(kind))
    outer = w.block.child(trips=kind.size, in_loop=True)
    with w.inside(outer):
        inner = outer.child(trips=kind.size, in_loop=True)
        with w.inside(inner):
            augment(w, name(total), ast.Add(), term.node)
        if triangle:
            w.write("for c in range(r, n):\n    BODY", c=columns, r=rows, n=limit, BODY=inner)
        else:
            w.write("for c in range(n):\n    BODY", c=columns, n=limit, BODY=inner)
    w.write("for r in range(n):\n    BODY", r=rows, n=limit, BODY=outer)
    w.bind(total, kind.scalar, term.interval.hull(_ZERO).scale(kind.size**2))
    where = "on and above the diagonal" if triangle else "of all rows and columns"
    return f"let {title(total)} be the sum of {term.words} {where} of {of.words}"


def zero(kind: Matrix) -> ast.expr:
    """Return zero as a variable that a loop may change."""
    return call(spelled(kind.scalar.spelling), ast.Constant(0.0))


def write_filled(w: KernelWriter) -> str:
    """Fill a new matrix entry by entry in two loops, or by its diagonal, and use it."""
    kind = draw_matrix(w)
    row = vector(kind.size, kind.scalar)
    first, second = operand(w, row, bind=True), operand(w, row, bind=True)
    made = w.names.one_of(("m", "gram", "table", "dyad", "kernel_m"))
    r, c = w.names.one_of(("r", "row", "p")), w.names.one_of(("c", "col", "q"))
    read = [
        leaf(
            subscript(one.node, [name(index)]),
            kind.scalar,
            one.interval,
            f"component {index} of {one.words}",
            varying=True,
        )
        for one, index in ((first, r), (second, c))
    ]
    term = formula(w, read, kind.scalar, rich=0.3)
    w.write(
        "m = T()\nfor r in range(n):\n    for c in range(n):\n        m[r, c] = term",
        m=made, T=spelled(kind.spelling), r=r, c=c, n=kind.size, term=term.node,
    )  # fmt: skip
    w.bind(made, kind, term.interval.hull(_ZERO))
    return f"fill {title(made)} with {term.words} in each row {r} and column {c}"


def write_stored(w: KernelWriter) -> str:
    """Write rows or entries of the thread's matrix of an output array."""
    kind = draw_matrix(w)
    of = _matrix(w, kind)
    row = vector(kind.size, kind.scalar)
    output = output_array(w, kind)
    element = subscript(name(output), w.index_nodes())
    if w.choices.chance(0.5):
        value = formula(w, [_entry(w, of, kind)], kind.scalar)
        place, said = (
            subscript(element, [ast.Constant(0), ast.Constant(kind.size - 1)]),
            "the last entry of the first row",
        )
    else:
        node, _, words = _part(w, of.node, kind.size)
        value = formula(w, [part(node, row, of, words.format(of.words))], row)
        place, said = subscript(element, [ast.Constant(w.choices.integer(0, kind.size - 1))]), "a row"
    assign(w, place, value.node)
    w.block.add(Value(of))
    return f"set {said} of {output} to {value.words}"


def write_rectangular(w: KernelWriter) -> str:
    """Use a matrix type that is not square, made of two vectors of three numbers."""
    scalar = draw_matrix(w).scalar
    alias = w.names.fresh("mat23" if w.choices.chance(0.6) else "Mat2x3")
    made_type = ast.Call(ast.Attribute(ast.Attribute(name("wp"), "types", LOAD), "matrix", LOAD), [], [])
    shape = ast.Tuple([ast.Constant(2), ast.Constant(3)], LOAD)
    made_type.keywords = [ast.keyword("shape", shape), ast.keyword("dtype", spelled(scalar.spelling))]
    w.declare("alias = made", alias=alias, made=made_type)
    row = vector(3, scalar)
    first, second = operand(w, row), operand(w, row)
    made = w.names.one_of(("jac", "m", "grad", "proj"))
    w.write("m = alias()\nm[0] = a\nm[1] = b", m=made, alias=alias, a=first.node, b=second.node)
    interval = first.interval.hull(second.interval)
    whole = name(made)
    if w.choices.chance(0.5):
        third = operand(w, row)
        size = interval.multiply(third.interval).magnitude * 3.0
        node = ast.BinOp(whole, ast.Mult(), third.node)
        words = f"the products of {first.words} and {second.words} with {third.words}"
        expr = made_of(node, vector(2, scalar), Interval(-size, size), words, [first, second, third])
        value = w.define(w.names.one_of(("image", "mapped", "reduced")), expr)
        return f"let {value.expr.words} be {words}"
    stacked = leaf(whole, row, interval, made, varying=True)
    entries = [
        part(subscript(whole, [ast.Constant(r), ast.Constant(c)]), scalar, stacked, f"entry ({r}, {c}) of {made}")
        for r, c in ((0, w.choices.integer(0, 2)), (1, w.choices.integer(0, 2)))
    ]
    bring(w, entries)
    return f"stack {first.words} on {second.words} as {made} and take {listed([one.words for one in entries])}"


IDIOMS = (
    Idiom("matrix-entries", 4, write_entries, 1.3),
    Idiom("matrix-rows", 3, write_rows, 1.3),
    Idiom("matrix-block", 3, write_block),
    Idiom("matrix-set", 6, write_set, 1.2),
    Idiom("matrix-stacked", 6, write_stacked),
    Idiom("matrix-double-loop", 11, write_double_loop, 0.8),
    Idiom("matrix-filled", 13, write_filled, 0.7),
    Idiom("matrix-stored", 7, write_stored, 0.7),
    Idiom("matrix-rectangular", 8, write_rectangular, 0.6),
)
