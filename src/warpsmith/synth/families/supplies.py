"""What fills the holes of pieces: points, directions, lengths and corners, new ones or those in scope."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from warpsmith.synth import inputs
from warpsmith.synth.expr import Expr, binary, call, made_of, name, related, subscript
from warpsmith.synth.families.drawing import declare, element, number, pick_role
from warpsmith.synth.interval import UNIT, Interval
from warpsmith.synth.scope import Value
from warpsmith.synth.types import BOOL, FLOAT32, INT32, Scalar, ValueType, Vector, matrix, vector
from warpsmith.synth.writer import KernelWriter


def type_of(kind: str, scalar: Scalar) -> ValueType:
    """Return the type that a kind of a result stands for; ``unit`` is a vector of 3 of length 1."""
    fixed: dict[str, ValueType] = {"bool": BOOL, "int": INT32, "float": FLOAT32, "scalar": scalar}
    if kind in fixed:
        return fixed[kind]
    if kind == "mat":
        return matrix(3, scalar)
    return vector(3 if kind == "unit" else int(kind.removeprefix("vec")), scalar)


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
    "point": Supply("vec3", "point", -2.6, 2.6),
    "point2": Supply("vec2", "point", -2.6, 2.6),
    "corners": Supply("vec3", "point", -2.6, 2.6, 0.0),
    "target": Supply("vec3", "target", -1.0, 1.0, 0.3),
    "direction": Supply("vec3", "direction", -1.0, 1.0, unit=True),
    "velocity": Supply("vec3", "velocity", -2.0, 2.0),
    "length": Supply("scalar", "length", 0.05, 2.5, 0.45),
    "share": Supply("scalar", "share", 0.0, 1.0, 0.3),
    "reach": Supply("scalar", "reach", 3.0, 5.0, 0.9),
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
    unit = made_of(call("normalize", expr.node), expr.type, UNIT, "the direction of {0}", [expr])._replace(steady=True)
    local = w.define(w.names.one_of(("d", "dir", "direction", "axis", "n", "heading")), unit, mutable=False)
    w.block.read(local)
    return local.expr._replace(varying=expr.varying)


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
