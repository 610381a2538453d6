"""Idioms of shapes and layouts: transposed reads, blocks of volumes, the same memory in another shape, own rows."""

import ast

from warpsmith.synth.expr import LOAD, Expr, binary, call, leaf, name, spelled, subscript
from warpsmith.synth.families.folds import fold
from warpsmith.synth.families.function_factories import argument
from warpsmith.synth.families.idioms import Idiom, assign, formula, title
from warpsmith.synth.families.numbers import draw_vector
from warpsmith.synth.families.view_idioms import Series, bound_row, declared, draw_kind, summed_type
from warpsmith.synth.interval import Interval
from warpsmith.synth.scope import Value
from warpsmith.synth.types import ValueType, vector
from warpsmith.synth.updates import output_array
from warpsmith.synth.writer import KernelWriter

_ZERO = Interval(0.0, 0.0)


def _shape(array: str, axis: int) -> ast.expr:
    return subscript(ast.Attribute(name(array), "shape", LOAD), [ast.Constant(axis)])


def write_transposed(w: KernelWriter) -> str:
    """Fold a column of an array, read entry by entry."""
    kind, size = draw_kind(w), w.choices.integer(3, 6)
    axis = w.choices.integer(0, w.threads.ndim - 1)
    role, interval = declared(w, kind, (size, w.threads.extents[axis]))
    series = Series(name(role.plural), kind, size, interval, role.noun)
    limit = _shape(role.plural, 0) if w.choices.chance(0.6) else ast.Constant(size)
    index = w.threads.indices[axis]
    return fold(w, summed_type(kind), limit, size, lambda counter: [series.at(counter, index)])


def write_block(w: KernelWriter) -> str:
    """Keep a plane of a volume in a variable, and fold a line of it or read corners."""
    kind, height, width = draw_kind(w), w.choices.integer(2, 4), w.choices.integer(2, 4)
    role, interval = declared(w, kind, (w.threads.extents[0], height, width))
    index = w.index_nodes()[0]
    how = w.choices.pick(("plane", "line", "across"))
    if how == "plane":
        plane = bound_row(w, Series(subscript(name(role.plural), [index]), kind, height, interval, role.noun))
        if w.choices.chance(0.5):
            for corner in ((0, 0), (height - 1, width - 1)):
                w.block.add(Value(plane.at(*corner)))
            return f"look at a plane of {role.plural} and take two corners"
        column = w.choices.integer(0, width - 1)
        words = fold(w, summed_type(kind), ast.Constant(height), height, lambda k: [plane.at(k, column)])
        return f"look at a plane of {role.plural}; {words}"
    place = ast.Constant(w.choices.integer(0, (height if how == "line" else width) - 1))
    indices: list[ast.expr] = [index, place] if how == "line" else [index, ast.Slice(None, None), place]
    size = width if how == "line" else height
    line = bound_row(w, Series(subscript(name(role.plural), indices), kind, size, interval, role.noun))
    words = fold(w, summed_type(kind), ast.Constant(size), size, lambda k: [line.at(k)])
    return f"look at a line of {role.plural}; {words}"


def write_reshaped(w: KernelWriter) -> str:
    """Look at the memory of an array in another shape, by its address."""
    kind: ValueType = w.precision
    axis = w.choices.integer(0, w.threads.ndim - 1)
    count, width = w.threads.extents[axis], w.choices.integer(2, 4)
    index = w.threads.indices[axis]
    made = w.names.one_of(("view", "grid_view", "as_rows", "packed", "reshaped"))
    how = w.choices.weighted(("rows", "flat", "vectors"), (3, 2, 2 if kind.name != "bfloat16" else 0))
    if how == "flat":
        role, interval = declared(w, kind, (count, width))
        shape: ast.expr = binary(_shape(role.plural, 0), ast.Mult(), _shape(role.plural, 1))
        read = binary(binary(name(index), ast.Mult(), ast.Constant(width)), ast.Add(), ast.Constant(width - 1))
        indices: list[ast.expr] = [read]
        dtype: ValueType = kind
    else:
        role, interval = declared(w, kind, (count * width,))
        dtype = vector(width, w.precision) if how == "vectors" else kind
        rows = binary(_shape(role.plural, 0), ast.FloorDiv(), ast.Constant(width))
        shape = rows if how == "vectors" else ast.Tuple([rows, ast.Constant(width)], LOAD)
        indices = [name(index)] if how == "vectors" else [name(index), ast.Constant(w.choices.integer(0, width - 1))]
    node = call("array")
    node.keywords = [
        ast.keyword("ptr", ast.Attribute(name(role.plural), "ptr", LOAD)),
        ast.keyword("shape", shape if isinstance(shape, ast.Tuple) else ast.Tuple([shape], LOAD)),
        ast.keyword("dtype", spelled(dtype.spelling)),
    ]
    assign(w, name(made), node)
    element = leaf(subscript(name(made), indices), dtype, interval, f"{role.noun} of the view", varying=True)
    w.block.add(Value(element))
    words = {"rows": f"rows of {width}", "flat": "one long row", "vectors": f"vectors of {width}"}[how]
    return f"look at the memory of {role.plural} as {words} and take an element"


def write_shape(w: KernelWriter) -> str:
    """Read a neighbour that the shape of an array wraps around or clamps, or the thread's place in it."""
    kind = draw_kind(w)
    axis = w.choices.integer(0, w.threads.ndim - 1)
    role, interval = declared(w, kind, w.threads.extents)
    extent = _shape(role.plural, axis)
    if w.choices.chance(0.5):
        size = w.names.one_of(("n", "size", "extent", "num"))
        assign(w, name(size), extent)
        extent = name(size)
    index = w.index_nodes()
    further = binary(index[axis], ast.Add(), ast.Constant(w.choices.integer(1, 2)))
    if w.choices.chance(0.5):
        index[axis], said = binary(further, ast.Mod(), extent), "wrapped around"
    else:
        index[axis], said = call("min", further, binary(extent, ast.Sub(), ast.Constant(1))), "clamped to its shape"
    node = subscript(name(role.plural), index)
    w.block.add(Value(leaf(node, kind, interval, f"the next {role.noun[4:]}", varying=True)))
    words = f"take the next element of {role.plural}, {said}"
    if w.choices.chance(0.4):
        ratio = binary(_as(w, name(w.threads.indices[axis])), ast.Div(), _as(w, extent))
        place = w.names.one_of(("u", "fraction", "place", "coordinate"))
        assign(w, name(place), ratio)
        w.bind(place, w.precision, Interval(0.0, 1.0))
        words += f"; let {title(place)} be the thread's place in it"
    return words


def _as(w: KernelWriter, node: ast.expr) -> ast.expr:
    number = call(name("float"), node)
    return number if w.precision.name == "float32" else call(spelled(w.precision.spelling), number)


def write_output_row(w: KernelWriter) -> str:
    """Write to the thread's row of an array through a view of it."""
    if w.threads.ndim > 3:
        return write_shape(w)
    given = argument(w)
    size = w.choices.integer(2, 4)
    output = output_array(w, given.type, (*w.threads.extents, size))
    row = w.names.one_of(("row_out", "slot", "own_row", "dst_row"))
    assign(w, name(row), subscript(name(output), w.index_nodes()))
    words = []
    if w.choices.chance(0.5):
        counter = w.names.one_of(("k", "j", "c"))
        child = w.block.child(trips=size, in_loop=True)
        with w.inside(child):
            term = formula(w, [given], given.type)
            value = term.node
            if given.type is w.precision:
                value = binary(term.node, ast.Mult(), _as(w, name(counter)))
            assign(w, subscript(name(row), [name(counter)]), value)
        w.write("for k in range(n):\n    BODY", k=counter, n=size, BODY=child)
        words.append(f"every element to a multiple of {term.words}")
    else:
        for place in range(size):
            if place and w.choices.chance(0.4):
                continue
            value_ = formula(w, [given], given.type, rich=0.3)
            assign(w, subscript(name(row), [ast.Constant(place)]), value_.node)
            words.append(f"element {place} to {value_.words}")
    w.block.add(Value(given))
    return f"in the row of {output}, set {' and '.join(words)}"


def write_slice_of_line(w: KernelWriter) -> str:
    """Keep a part of a line of elements in a variable and read it at the thread's index."""
    kind = draw_kind(w)
    axis = w.choices.integer(0, w.threads.ndim - 1)
    offset = w.choices.integer(1, 4)
    role, interval = declared(w, kind, (w.threads.extents[axis] + offset,))
    made = w.names.one_of(("tail", "shifted", "rest", "window"))
    assign(w, name(made), subscript(name(role.plural), [ast.Slice(ast.Constant(offset), None)]))
    index = w.threads.indices[axis]
    read: list[Expr] = [
        leaf(subscript(name(made), [name(index)]), kind, interval, f"{role.noun} {offset} further on", varying=True)
    ]
    if w.choices.chance(0.6):
        read.append(leaf(subscript(name(role.plural), [name(index)]), kind, interval, role.noun, varying=True))
    for one in read:
        w.block.add(Value(one))
    return f"look at {role.plural} from element {offset} on"


def write_gathered_vector(w: KernelWriter) -> str:
    """Make a vector of a row of numbers."""
    kind = draw_vector(w)
    role, interval = declared(w, kind.scalar, (*w.threads.extents[:1], kind.length))
    row = Series(subscript(name(role.plural), w.index_nodes()[:1]), kind.scalar, kind.length, interval, role.noun)
    if w.choices.chance(0.6):
        row = bound_row(w, row)
    node = call(spelled(kind.spelling), *(row.at(place).node for place in range(kind.length)))
    made = w.names.one_of(("v", "point", "coords", "direction"))
    assign(w, name(made), node)
    w.bind(made, kind, interval)
    return f"make {title(made)} of the numbers in a row of {role.plural}"


IDIOMS = (
    Idiom("view-transposed", 9, write_transposed),
    Idiom("view-block", 9, write_block),
    Idiom("view-reshaped", 6, write_reshaped),
    Idiom("view-shape", 6, write_shape, 1.3),
    Idiom("view-output", 7, write_output_row),
    Idiom("view-tail", 4, write_slice_of_line),
    Idiom("view-vector", 7, write_gathered_vector, 0.8),
)
