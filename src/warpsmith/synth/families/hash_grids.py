"""Searches for neighbours on hash grids: densities, forces, averages, counts, nearest neighbours, collisions."""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from warpsmith.synth import inputs
from warpsmith.synth.expr import Expr, call, leaf, name, spelled
from warpsmith.synth.families import drawing
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.pieces import typed
from warpsmith.synth.families.searching import (
    INDICES,
    Walk,
    count_one,
    counter,
    extreme,
    gated,
    gather,
    note_items,
    own,
    start_sinks,
    walk,
)
from warpsmith.synth.idiom import Filling, expression
from warpsmith.synth.interval import Interval
from warpsmith.synth.launch import HashGridArgument
from warpsmith.synth.scope import Value
from warpsmith.synth.types import FLOAT16, FLOAT32, FLOAT64, INT32, Scalar, ValueType, vector
from warpsmith.synth.writer import KernelWriter, Parameter, Style, Threads

_GRIDS = ("grid", "grid_id", "hash_grid", "particle_grid", "neighbor_grid", "cells")
_RADII = ("radius", "search_radius", "smoothing_length", "support", "cutoff", "max_dist", "query_radius", "h")
_DTYPES: dict[Scalar, Literal["float16", "float32", "float64"]] = {
    FLOAT16: "float16",
    FLOAT32: "float32",
    FLOAT64: "float64",
}


@dataclass(frozen=True, slots=True)
class Search:
    """A search for the neighbours of one point among the points of an array.

    `here` is the thread's own point, `index` the variable that holds a neighbour's number.
    """

    points: str
    here: Value
    radius: Expr
    scalar: Scalar
    size: int
    index: str
    query: ast.expr

    @property
    def steps(self) -> Walk:
        """The walk over the neighbours."""
        # a ball of radius 1.5 is a fifth of the cube that the points are in
        return Walk(self.query, "hash_grid_query_next", self.index, self.size, max(self.size // 4, 4))


def core(w: KernelWriter) -> list[str]:
    """Declare a grid and the points that it holds, and search for the neighbours of one of them."""
    words: list[str] = []
    search = _search(w, words)
    write = w.choices.weighted(tuple(_SEARCHES), tuple(_SEARCHES.values()))
    w.features.add("hash-grid")
    words.append(write(w, search))
    drawing.make_room(w)
    return words


def _search(w: KernelWriter, words: list[str]) -> Search:
    scalar = w.precision if w.precision in _DTYPES else FLOAT32
    role = drawing.pick_role(w, "point")
    points = w.names.fresh(role.plural)
    groups = w.choices.pick((2, 3, 4)) if w.choices.chance(0.1) else 0
    grid = _grid(w, points, scalar, groups)
    size = w.threads.extents[0]
    interval = Interval(role.low, role.high)
    value_type = vector(3, scalar)
    drawing.declare(w, points, value_type, (size,), interval)
    if w.choices.chance(0.2):
        words.append(_in_order(w, grid))
    node = expression("points[i]", points=points, i=w.threads.indices[0])
    here = own(w, drawing.element(node, value_type, interval, role.noun), role.singular, pending=False)
    radius = _radius(w, scalar)
    query = call("hash_grid_query", name(grid), here.expr.node, radius.node)
    if groups:
        query.args.append(drawing.whole(w, ("group", "group_id", "layer"), 0, groups - 1).node)
    return Search(points, here, radius, scalar, size, w.names.one_of(INDICES), query)


def _grid(w: KernelWriter, points: str, scalar: Scalar, groups: int) -> str:
    identifier = w.names.one_of(_GRIDS)
    width = w.choices.pick((0.5, 0.75, 1.0, 1.25))
    argument = HashGridArgument(identifier, width, points, dtype=_DTYPES[scalar], groups=groups)
    w.add_parameter(Parameter(identifier, spelled("wp.uint64"), argument))
    return identifier


def _in_order(w: KernelWriter, grid: str) -> str:
    """Let the thread take the point at its place in the order of the cells."""
    (tid,) = w.threads.indices
    identifier = w.names.one_of(("i", "particle", "own", "self_index", "idx"))
    w.write("i = wp.hash_grid_point_id(grid, tid)", i=identifier, grid=grid, tid=tid)
    w.threads = Threads((identifier,), w.threads.extents)
    return f"take the points in the order of the grid's cells, as {identifier}"


def _radius(w: KernelWriter, scalar: Scalar) -> Expr:
    if w.choices.chance(0.15):
        role = drawing.LENGTHS[0]._replace(low=0.6, high=1.5)
        value = inputs.array(w, scalar, bind=True, role=role)
        return value.expr
    return drawing.number(w, _RADII, scalar, 0.6, 1.5)


def _apart(w: KernelWriter, search: Search) -> tuple[str, str]:
    """Write how far the neighbour is away; return the names of the offset and of the distance."""
    offset = w.names.one_of(("offset", "delta", "diff", "rel", "d", "xij", "r_ij"))
    distance = w.names.one_of(("dist", "distance", "r", "d_ij", "separation"))
    near = expression("points[j]", points=search.points, j=search.index)
    if w.choices.chance(0.3):
        other = w.names.one_of(("other_pos", "xj", "pos_j", "neighbor_pos"))
        w.write("xj = near", xj=other, near=near)
        near = name(other)
    here = search.here.expr.node
    ends = (here, near) if w.choices.chance(0.6) else (near, here)
    texts = (
        "offset = a - b\ndist = wp.length(offset)",
        "offset = a - b\ndist = wp.sqrt(wp.dot(offset, offset))",
    )
    w.write(w.choices.weighted(texts, (4, 1)), offset=offset, dist=distance, a=ends[0], b=ends[1])
    return offset, distance


_TESTS = (
    ("dist < radius", 5.0),
    ("dist <= radius", 1.0),
    ("j != i and dist < radius", 3.0),
    ("dist > tiny and dist < radius", 1.0),
    ("dist < radius and j != i", 1.0),
)


def _near(w: KernelWriter, search: Search, distance: str, fill: Callable[[KernelWriter], str]) -> str:
    """Write what is done with a neighbour that is near enough."""
    test = w.choices.weighted([text for text, _ in _TESTS], [weight for _, weight in _TESTS])
    holes: dict[str, Filling] = {
        "dist": distance,
        "j": search.index,
        "i": w.threads.indices[0],
        "radius": search.radius.node,
    }
    tiny = expression(typed("1.0e-3", search.scalar))
    words = gated(w, test, fill, tiny=tiny, **holes)
    return f"for each {search.index} within {search.radius.words}, {words}"


# weights of a neighbour by its distance: text, lowest and highest value
_KERNELS: tuple[tuple[str, float, float, str], ...] = (
    ("1.0 - dist / radius", 0.0, 1.0, "the falloff"),
    ("(radius - dist) * (radius - dist)", 0.0, 2.3, "the squared reach"),
    ("wp.max(radius * radius - dist * dist, 0.0)", 0.0, 2.3, "the support"),
    ("wp.exp(-dist * dist / (radius * radius))", 0.3, 1.0, "the Gaussian weight"),
    ("wp.pow(wp.max(1.0 - dist / radius, 0.01), 3.0)", 0.0, 1.0, "the spline weight"),
    ("1.0 / (dist + 0.1)", 0.0, 10.0, "the inverse distance"),
    ("1.0 / (dist * dist + 0.25)", 0.0, 4.0, "the inverse square"),
    ("wp.cos(1.5708 * dist / radius)", 0.0, 1.0, "the cosine window"),
    ("dist * dist * wp.log(dist + 1.0)", 0.0, 5.0, "the thin plate"),
    ("wp.smoothstep(0.0, radius, dist)", 0.0, 1.0, "the smooth step"),
    ("0.5 * (dist - radius) * (dist - radius)", 0.0, 1.2, "the spring energy"),
    ("wp.sqrt(dist * dist + 0.01)", 0.1, 1.6, "the multiquadric"),
)


def _rooted(value: Value, roots: frozenset[str]) -> None:
    """Note what a value comes from, so that it is not subtracted from what else comes from that."""
    value.expr = value.expr._replace(roots=roots)


def _bind_weight(w: KernelWriter, search: Search, distance: str) -> Value:
    text, low, high, noun = w.choices.pick(_KERNELS)
    node = expression(typed(text, search.scalar), dist=distance, radius=search.radius.node)
    identifier = w.names.one_of(("weight", "w_ij", "falloff", "kernel_value", "wgt"))
    w.write("weight = node", weight=identifier, node=node)
    return w.bind(identifier, search.scalar, Interval(low, high), noun)


def _bind_apart(w: KernelWriter, search: Search, offset: str, distance: str, *, vectors: bool) -> None:
    """Bring what is known of the neighbour into scope: some of distance, direction, and attributes of its own."""
    roots = frozenset((f"where {search.index} is",))
    if vectors:
        _rooted(w.bind(offset, vector(3, search.scalar), Interval(-1.5, 1.5), "the offset"), roots)
    if w.room > 8 and w.choices.chance(0.6):
        _rooted(_bind_weight(w, search, distance), roots)
    elif not vectors or w.choices.chance(0.4):
        _rooted(w.bind(distance, search.scalar, Interval(0.0, 1.5), "the distance"), roots)
    if w.choices.chance(0.5) and len(w.parameters) < 8:
        kinds: tuple[ValueType, ...] = (search.scalar, vector(3, search.scalar), INT32)
        kind = w.choices.weighted(kinds, (5, 2, 0.6))
        w.block.add(Value(drawing.attribute(w, kind, search.index, search.size)))


def sums(w: KernelWriter, search: Search) -> str:
    """Sum something over the neighbours: a density, a force, an energy."""
    vectors = w.choices.chance(0.4)
    kind: ValueType = vector(3, search.scalar) if vectors else search.scalar
    if w.choices.chance(0.3):
        kind = search.scalar if vectors else vector(3, search.scalar)
    counts = [counter(w)] if w.room > 14 and w.choices.chance(0.3) else []
    sinks = start_sinks(w, [kind])

    def fill(w: KernelWriter) -> str:
        offset, distance = _apart(w, search)

        def near(w: KernelWriter) -> str:
            said = [count_one(w, sink, search.steps.trips) for sink in counts]
            _bind_apart(w, search, offset, distance, vectors=vectors)
            return " and ".join([*said, gather(w, sinks)])

        return _near(w, search, distance, near)

    words = walk(w, search.steps, [*counts, *sinks], fill)
    if counts and w.choices.chance(0.6):
        words += _mean(w, search, sinks[0], counts[0])
    return words


def _mean(w: KernelWriter, search: Search, total: Value, count: Value) -> str:
    """Divide a sum by the number of those that went into it."""
    texts = ("mean = total / T(wp.max(count, 1))", "mean = total * (1.0 / (T(count) + 1.0))")
    identifier = w.names.one_of(("mean", "average", "avg"))
    text = typed(w.choices.pick(texts), search.scalar)
    sum_of, number = w.block.read(total), w.block.read(count)
    w.write(text, mean=identifier, total=sum_of.node, count=number.node)
    w.bind(identifier, total.type, sum_of.interval.hull(Interval(0.0, 0.0)), f"the mean of {sum_of.words}")
    return f"; then let {identifier} be {sum_of.words} divided by {number.words}"


def counts(w: KernelWriter, search: Search) -> str:
    """Count the neighbours that pass a test."""
    sink = counter(w)

    def fill(w: KernelWriter) -> str:
        if w.choices.chance(0.3):
            holes: dict[str, Filling] = {
                "x": search.here.expr.node,
                "points": search.points,
                "j": search.index,
                "radius": search.radius.node,
            }
            test = w.choices.pick(
                (
                    "wp.length(x - points[j]) < radius",
                    "wp.length_sq(points[j] - x) < radius * radius",
                    "wp.dot(x - points[j], x - points[j]) <= radius * radius",
                )
            )
            words = gated(w, test, lambda w: count_one(w, sink, search.steps.trips), **holes)
            return f"for each {search.index} within {search.radius.words}, {words}"
        _, distance = _apart(w, search)
        return _near(w, search, distance, lambda w: count_one(w, sink, search.steps.trips))

    words = walk(w, search.steps, [sink], fill)
    _read_own(w, search)
    return words


def _read_own(w: KernelWriter, search: Search) -> None:
    """Bring something of the thread's own beside what was found, so that more than a whole number goes on."""
    if w.choices.chance(0.5):
        inputs.array(w, search.scalar, bind=False)
    elif w.choices.chance(0.3):
        w.block.pending[search.here] = None


def nearest(w: KernelWriter, search: Search) -> str:
    """Keep the nearest neighbour and how far it is away."""
    best = w.names.one_of(("best", "min_dist", "closest_dist", "d_min", "nearest_dist"))
    winner = w.names.one_of(("closest", "nearest", "best_index", "argmin", "best_j"))
    start = w.choices.pick(("best = T(10.0)", "best = T(100.0)", "best = T(8.0)"))
    texts = (f"{typed(start, search.scalar)}\nwinner = int(-1)", f"winner = int(-1)\n{typed(start, search.scalar)}")
    w.write(w.choices.pick(texts), best=best, winner=winner)

    def fill(w: KernelWriter) -> str:
        _, distance = _apart(w, search)
        tests = (
            "if dist < best and j != i:\n    KEEP",
            "if j != i:\n    if dist < best:\n        KEEP",
            "if j == i:\n    continue\nif dist < best:\n    KEEP",
            "if j != i and best > dist:\n    KEEP",
            "if dist > tiny and dist < best:\n    KEEP",
            "if i != j and not dist >= best:\n    KEEP",
        )
        child = w.block.child()
        with w.inside(child):
            order = w.choices.pick(("best = dist\nwinner = j", "winner = j\nbest = dist"))
            w.write(order, best=best, dist=distance, winner=winner, j=search.index)
        holes = {"dist": distance, "best": best, "j": search.index, "i": w.threads.indices[0]}
        w.write(w.choices.pick(tests), KEEP=child, tiny=expression(typed("1.0e-3", search.scalar)), **holes)
        return f"keep the nearest {search.index} around in {winner} and its distance in {best}"

    words = walk(w, search.steps, [], fill)
    size = search.size
    w.bind(best, search.scalar, Interval(0.0, 100.0), "the distance of the nearest")
    found = w.block.add(
        Value(leaf(name(winner), INT32, Interval(-1.0, size - 1.0), "the nearest neighbor", varying=True))
    )
    if w.choices.chance(0.5) and len(w.parameters) < 8:
        words += _look_up(w, search, found)
    return words


def _look_up(w: KernelWriter, search: Search, found: Value) -> str:
    """Read an attribute of what was found, the first one's where nothing was."""
    kinds: tuple[ValueType, ...] = (search.scalar, vector(3, search.scalar))
    kind = w.choices.weighted(kinds, (2, 1))
    index = call("max", w.block.read(found).node, ast.Constant(0))
    expr = drawing.attribute(w, kind, search.index, search.size)
    if not isinstance(expr.node, ast.Subscript):
        raise TypeError("an attribute is an element of an array")
    expr = expr._replace(node=ast.Subscript(expr.node.value, index, ast.Load()))
    identifier = w.names.one_of(("found_value", "taken", "nearest_value", "carried"))
    w.define(identifier, expr, mutable=False)
    return f"; read {expr.words.split(' of ')[0]} of the nearest one"


def extremes(w: KernelWriter, search: Search) -> str:
    """Take the largest or smallest value of an attribute around the point."""
    best, keep = extreme(w, search.index, search.size, search.scalar)

    def fill(w: KernelWriter) -> str:
        _, distance = _apart(w, search)
        return _near(w, search, distance, keep)

    words = walk(w, search.steps, [], fill)
    w.bind(best, search.scalar, Interval(-20.0, 20.0), "the extreme value around")
    _read_own(w, search)
    return words


def lists(w: KernelWriter, search: Search) -> str:
    """Write the numbers of the first few neighbours into a row of an array."""
    sink = counter(w)
    most = w.choices.pick((4, 8, 6, 16))

    def fill(w: KernelWriter) -> str:
        _, distance = _apart(w, search)
        return _near(w, search, distance, lambda w: note_items(w, sink, search.index, most))

    words = walk(w, search.steps, [sink], fill)
    _read_own(w, search)
    return words


_SEARCHES: dict[Callable[[KernelWriter, Search], str], float] = {
    sums: 6.0,
    counts: 1.5,
    nearest: 2.0,
    extremes: 1.0,
    lists: 0.8,
}


FAMILY = Family(
    "hash_grid",
    ("neighbor_search",),
    "searches for neighbours on hash grids: densities, forces, counts, nearest neighbours",
    ("density", "neighbors", "forces", "cohesion", "pressure", "collisions", "particles", "clusters"),
    Style(
        operations=(("arith", 7.0), ("vec", 4.0), ("minmax", 0.5), ("exp", 1.0), ("trig", 0.4), ("unary", 0.6)),
        forms={
            "assignment": 5,
            "augmented-assignment": 2,
            "select": 1,
            "branch": 1,
            "function-call": 0.6,
            "atomic": 0.2,
        },
        dimensions=(1, 0, 0, 0),
        floats=(10, 2, 1, 0),
    ),
    core,
)
