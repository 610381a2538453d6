"""Blocks that search a hierarchy of boxes or a mesh together: every thread gets a part of what a query finds."""

import ast
from collections.abc import Callable
from dataclasses import dataclass

from warpsmith.synth import inputs
from warpsmith.synth.expr import Expr, binary, call, leaf, literal_node, made_of, name, spelled, subscript
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.tiles import STYLE_OPERATIONS, TILE_FORMS, start
from warpsmith.synth.inputs import natural_range
from warpsmith.synth.interval import UNIT, Interval
from warpsmith.synth.launch import BvhArgument, MeshArgument, MeshShape
from warpsmith.synth.scope import Block, Value
from warpsmith.synth.tile import Tile, fits
from warpsmith.synth.tiling.closing import close
from warpsmith.synth.tiling.lanes import grown
from warpsmith.synth.tiling.memory import declare
from warpsmith.synth.types import FLOAT32, INT32, Scalar, Vector, vector
from warpsmith.synth.updates import output_array
from warpsmith.synth.writer import KernelWriter, Parameter, Style

_POINT = vector(3, FLOAT32)
_SHAPES: tuple[MeshShape, ...] = ("sphere", "box", "torus", "grid")
_MOST_HITS = 512
# what is searched lies within 2 of the origin
_NEAR = 2.5
# points all close to the origin would find much the same
_FAR = 1.0


@dataclass(frozen=True, slots=True)
class _Search:
    """A query: the name of what is searched, its id, what is found, of which there are `count`; the query's name.

    `roots` are the inputs that decide what is found.
    """

    kind: str
    id: str
    noun: str
    count: int
    query: str
    roots: frozenset[str]

    @property
    def advance(self) -> str:
        """The builtin that takes the next results."""
        return "tile_bvh_query_next" if self.kind == "bvh" else "tile_mesh_query_aabb_next"


def core(w: KernelWriter) -> list[str]:
    """Ask one question and gather what is found."""
    start(w)
    search, words = _bvh(w) if w.choices.chance(0.55) else _mesh(w)
    w.tiles.placed = True
    w.features.update((search.kind, "tile-query"))
    gather = w.choices.weighted(tuple(_GATHERING), tuple(_GATHERING.values()))
    return [words, gather(w, search)]


def _bvh(w: KernelWriter) -> tuple[_Search, str]:
    identifier = w.names.one_of(("bvh", "bvh_id", "tree", "hierarchy", "scene"))
    count = w.choices.pick((64, 96, 128))
    w.add_parameter(Parameter(identifier, spelled("wp.uint64"), BvhArgument(identifier, count, 1.5, 1.0)))
    query = w.names.one_of(("query", "q", "search"))
    if w.choices.chance(0.35):
        first, second = _array(w, ("starts", "origins", "eyes"), symmetric=True), _array(w, ("directions", "rays"))
        origin, direction = _moved(w, first), _aimed(w, second)
        w.write(
            "query = wp.tile_bvh_query_ray(bvh, origin, direction)",
            query=query, bvh=identifier, origin=origin.node, direction=direction.node,
        )  # fmt: skip
        w.features.add("tile_bvh_query_ray")
        roots = first.roots | second.roots
        words = f"search {identifier} for the boxes that the ray from {origin.words} along {direction.words} meets"
    else:
        roots, box = _box(w, query, "tile_bvh_query_aabb", identifier)
        w.features.add("tile_bvh_query_aabb")
        words = f"search {identifier} for the boxes that overlap {box}"
    return _Search("bvh", identifier, "box", count, query, roots), words


def _mesh(w: KernelWriter) -> tuple[_Search, str]:
    identifier = w.names.one_of(("mesh", "mesh_id", "surface", "collider", "terrain"))
    shape = w.choices.pick(_SHAPES)
    recipe = MeshArgument(identifier, shape, w.choices.pick((2, 3, 4) if shape in ("sphere", "box") else (6, 8)), 1.2)
    w.add_parameter(Parameter(identifier, spelled("wp.uint64"), recipe))
    query = w.names.one_of(("query", "q", "search"))
    roots, box = _box(w, query, "tile_mesh_query_aabb", identifier)
    w.features.add("tile_mesh_query_aabb")
    words = f"search {identifier} for the faces whose bounds overlap {box}"
    return _Search("mesh", identifier, "face", recipe.faces, query, roots), words


def _array(w: KernelWriter, names: tuple[str, ...], *, symmetric: bool = False) -> Expr:
    """Add an array of points or directions, and return the block's own."""
    plural = w.names.one_of(names)
    interval = Interval(-1.5, 1.5) if symmetric else Interval(0.4, 1.2)
    declare(w, plural, _POINT, w.threads.extents, interval)
    singular = plural.removesuffix("s")
    node: ast.expr = subscript(name(plural), w.index_nodes())
    if w.choices.chance(0.7):
        local = w.names.fresh(singular)
        w.emit(ast.Assign([ast.Name(local, ast.Store())], node, lineno=0))
        node = name(local)
    return leaf(node, _POINT, interval, f"the {singular}", varying=True, roots=frozenset((plural,)))


_BOXES = (
    ("query = wp.builtin(id, center - size, center + size)", "the box around {0} that reaches as far as {1}"),
    ("query = wp.builtin(id, center, center + size)", "the box from {0} that is as large as {1}"),
    (
        "low = center - size\nhigh = center + size\nquery = wp.builtin(id, low, high)",
        "the box around {0} of half the size {1}",
    ),
    (
        "low = center - size * half\nquery = wp.builtin(id, low, low + size * two)",
        "a box around {0} of twice the size {1}",
    ),
    (
        "high = center + size\nquery = wp.builtin(id, center - half * size, high)",
        "the box from half of {1} below {0} to {1} above",
    ),
    (
        "high = center + half * size\nquery = wp.builtin(id, high - size, high)",
        "the box around {0} of size {1}",
    ),
)


def _box(w: KernelWriter, query: str, builtin: str, identifier: str) -> tuple[frozenset[str], str]:
    """Write a query of a box: around a point, or between two corners."""
    corner = _array(w, ("centers", "points", "positions", "corners"), symmetric=True)
    center = _moved(w, corner)
    node = center.node if isinstance(center.node, ast.Name) else _named(w, center)
    size = _size(w)
    text, words = w.choices.pick(_BOXES)
    names = {hole: w.names.fresh(hole) for hole in ("low", "high") if f"{hole} =" in text}
    w.write(
        text.replace("builtin", builtin),
        query=query, id=identifier, center=node, size=size.node, half=literal_node(0.5, FLOAT32),
        two=literal_node(2.0, FLOAT32), **names,
    )  # fmt: skip
    return corner.roots | size.roots, words.format(center.words, size.words)


def _moved(w: KernelWriter, corner: Expr) -> Expr:
    """Return the point itself, or what is made of it, as long as it stays among what is searched."""
    for _ in range(3):
        block = Block(parent=w.block)
        block.add(Value(corner))
        with w.inside(block):
            grown_point = w.expressions.grow_within(block, block.read(block.values[0]), w.choices.integer(0, 2))
        if _FAR <= grown_point.interval.magnitude <= _NEAR:
            return grown_point
    return corner


def _aimed(w: KernelWriter, direction: Expr) -> Expr:
    """Return a direction as it is, of length one, the other way round, or bent a little."""
    ways = (
        (direction.node, "{0}"),
        (call("normalize", direction.node), "{0} at unit length"),
        (ast.UnaryOp(ast.USub(), direction.node), "the opposite of {0}"),
        (binary(direction.node, ast.Add(), call("vec3", *_numbers((0.0, 0.0, 0.5)))), "{0}, bent upwards"),
        (call("cw_mul", direction.node, call("vec3", *_numbers((1.0, 1.0, 0.25)))), "{0}, flattened"),
    )
    node, words = w.choices.weighted(ways, (2.0, 2.0, 1.0, 1.0, 1.0))
    return made_of(node, _POINT, direction.interval, words, [direction])


def _numbers(values: tuple[float, ...]) -> list[ast.expr]:
    return [literal_node(value, FLOAT32) for value in values]


def _size(w: KernelWriter) -> Expr:
    """Return a vector with the size of a box: an array's element, a number in all directions, or three numbers."""
    if w.choices.chance(0.4):
        return _array(w, ("extents", "sizes", "margins"))
    reach = literal_node(w.choices.pick((0.75, 1.0, 1.25)), FLOAT32)
    words = "about 1 in each direction"
    if w.choices.chance(0.4):
        parameter = inputs.parameter(w, FLOAT32)
        reach, words = call("max", w.block.read(parameter).node, reach), f"{parameter.expr.words}, at least {words}"
    vertical = literal_node(w.choices.pick((0.5, 1.5, 2.0)), FLOAT32) if w.choices.chance(0.4) else reach
    node = call("vec3", reach, reach, vertical)
    if w.choices.chance(0.3):
        node = call("vec3", reach)
    interval = Interval(0.5, 2.0)
    if w.choices.chance(0.4):
        local = w.names.one_of(("reach", "half_size", "margin"))
        w.emit(ast.Assign([ast.Name(local, ast.Store())], node, lineno=0))
        return leaf(name(local), _POINT, interval, local.replace("_", " "))
    return leaf(node, _POINT, interval, words)


def _named(w: KernelWriter, expr: Expr) -> ast.expr:
    local = w.names.one_of(("p", "point", "center"))
    w.emit(ast.Assign([ast.Name(local, ast.Store())], expr.node, lineno=0))
    return name(local)


_WALK = """
    while wp.tile_query_valid(query):
        hit = wp.untile(wp.advance(query))
        if hit >= 0:
            TAKE
    """


def _walk(w: KernelWriter, search: _Search, hit: str, take: list[ast.stmt]) -> None:
    text = _WALK.replace("advance", search.advance)
    w.write(text, query=search.query, hit=hit, TAKE=take)
    w.features.update((search.advance, "tile_query_valid", "untile"))


def _found(w: KernelWriter, search: _Search) -> tuple[str, Expr]:
    """Return a name for what is found, and an expression of what is known of it."""
    hit = w.names.one_of(("hit", "index", search.noun, "found_index"))
    inner = Block(parent=w.block, trips=8, depth=2, in_loop=True)
    inner.hidden = tuple(w.block.values)
    kind = w.choices.weighted((FLOAT32, INT32), (4, 1))
    role = w.names.array(kind)
    interval = natural_range(role, kind)
    declare(w, role.plural, kind, (search.count,), interval)
    node = subscript(name(role.plural), [name(hit)])
    inner.add(Value(leaf(node, kind, interval, f"{role.noun} of the {search.noun}", varying=True)))
    if search.kind == "mesh" and w.choices.chance(0.5):
        normal = call("mesh_eval_face_normal", name(search.id), name(hit))
        inner.add(Value(leaf(normal, _POINT, UNIT, "the normal of the face", varying=True)))
    return hit, grown(w, inner, kind)


def _counted(w: KernelWriter, search: _Search) -> str:
    """Count for each box or face how many blocks have found it."""
    hit = w.names.one_of(("hit", "index", search.noun))
    output = output_array(w, INT32, (search.count,))
    take: list[ast.stmt] = [ast.Expr(call("atomic_add", name(output), name(hit), ast.Constant(1)))]
    _walk(w, search, hit, take)
    w.features.add("atomic")
    return f"count in {output} how often each {search.noun} is found"


def _weighted(w: KernelWriter, search: _Search) -> str:
    """Add something to the cell of each box or face that is found."""
    hit, expr = _found(w, search)
    output = output_array(w, expr.type, (search.count,))
    take: list[ast.stmt] = [ast.Expr(call("atomic_add", name(output), name(hit), expr.node))]
    _walk(w, search, hit, take)
    w.features.add("atomic")
    return f"for each {search.noun} that is found, add {expr.words} to its cell of {output}"


def _shared(w: KernelWriter, search: _Search) -> str:
    """Add something of all that is found to the block's own cell."""
    hit, expr = _found(w, search)
    output = output_array(w, expr.type, w.threads.extents)
    take: list[ast.stmt] = [ast.Expr(call("atomic_add", name(output), *w.index_nodes(), expr.node))]
    _walk(w, search, hit, take)
    w.features.add("atomic")
    return f"for each {search.noun} that is found, add {expr.words} to {output}"


def _summed(w: KernelWriter, search: _Search) -> str:
    """Add up something of all that is found: in each thread, then over the block."""
    hit, expr = _found(w, search)
    scalar = expr.type
    if not isinstance(scalar, Scalar):
        raise TypeError(f"{scalar} is no number")
    total = w.names.one_of(("total", "acc", "mine", "energy_sum"))
    zero = call(spelled(scalar.spelling), literal_node(0, scalar))
    w.emit(ast.Assign([ast.Name(total, ast.Store())], zero, lineno=0))
    change: ast.stmt = ast.AugAssign(ast.Name(total, ast.Store()), ast.Add(), expr.node)
    if expr.interval.low >= 0.0 and scalar is FLOAT32 and w.choices.chance(0.15):
        largest = call("max", name(total), expr.node)
        change = ast.Assign([ast.Name(total, ast.Store())], largest, lineno=0)
    _walk(w, search, hit, [change])
    extreme = isinstance(change, ast.Assign)
    block = w.names.one_of(("block_total", "sum_tile", "result", "whole"))
    builtin = "tile_max" if extreme else "tile_sum"
    node = call(builtin, call("tile", name(total)))
    w.emit(ast.Assign([ast.Name(block, ast.Store())], node, lineno=0))
    zero_hull = expr.interval.hull(Interval(0.0, 0.0))
    interval = zero_hull if extreme or not fits(scalar, zero_hull.scale(_MOST_HITS)) else zero_hull.scale(_MOST_HITS)
    tile = w.tiles.add(Tile(block, (1,), scalar, interval, search.roots | expr.roots))
    w.features.update(("tile-of-threads", builtin))
    what = "the largest" if extreme else "the sum"
    return f"let {tile.words} be {what}, over all of the block, of {expr.words} for each {search.noun} that is found"


_FLAGS = """
    while wp.tile_query_valid(query):
        flags = wp.tile_map(f, wp.advance(query))
        count += wp.tile_sum(flags)[0]
    """
_MARKS = (
    ("return wp.where(index >= 0, 1, 0)", "1"),
    ("return wp.where(index < 0, 0, 1 + index % 3)", "1 plus its number modulo 3"),
    ("if index < 0:\n        return 0\n    return index + 1", "its number plus 1"),
    ("return wp.max(index + 1, 0)", "its number plus 1"),
    ("return wp.max(index, 0) // 2 + wp.where(index >= 0, 1, 0)", "half of its number plus 1"),
    ("if index >= 0 and index % 2 == 0:\n        return 1\n    return 0", "1 if its number is even"),
)


def _number(w: KernelWriter, search: _Search) -> str:
    """Count what is found, or add up something of it, batch by batch, as tiles of numbers."""
    function = w.names.one_of(("mark", "worth", "tally_of", "score_of"))
    body, words = w.choices.pick(_MARKS)
    w.define_functions(f"@wp.func\ndef f(index: int) -> int:\n    {body}", f=function)
    count, flags = w.names.one_of(("count", "num_hits", "found")), w.names.one_of(("flags", "hits_tile", "mask"))
    w.write("count = int(0)", count=count)
    text = _FLAGS.replace("advance", search.advance)
    w.write(text, query=search.query, flags=flags, f=function, count=count)
    most = float(search.count**2)
    w.features.update((search.advance, "tile_query_valid", "tile_map"))
    said = f"add up in {count.replace('_', ' ')}, for each {search.noun} that is found, {words}"
    if w.choices.chance(0.35):
        w.bind(count, INT32, Interval(0.0, most), roots=search.roots)
        return said
    share = w.names.one_of(("share", "density", "occupancy", "crowding"))
    factor = w.choices.pick((0.01, 0.05, 0.1))
    w.write("share = float(count) * factor", share=share, count=count, factor=literal_node(factor, FLOAT32))
    w.bind(share, FLOAT32, Interval(0.0, most * factor), roots=search.roots)
    return f"{said}; let {share} be {factor:g} times that"


def _centers(w: KernelWriter, search: _Search) -> str:
    """Add up points that belong to what is found, component by component over the block."""
    hit = w.names.one_of(("hit", "index", search.noun))
    role = w.names.array(_POINT)
    declare(w, role.plural, _POINT, (search.count,), natural_range(role, _POINT))
    total, sums = w.names.one_of(("total", "center_sum", "moment")), w.names.one_of(("sums", "center", "resultant"))
    w.write("total = wp.vec3()", total=total)
    inner = Block(parent=w.block, trips=8, depth=2, in_loop=True)
    inner.hidden = tuple(w.block.values)
    node = subscript(name(role.plural), [name(hit)])
    inner.add(Value(leaf(node, _POINT, natural_range(role, _POINT), f"{role.noun} of the {search.noun}", varying=True)))
    expr = w.expressions.shrink(grown(w, inner, _POINT))
    interval = expr.interval.hull(Interval(0.0, 0.0))
    _walk(w, search, hit, [ast.AugAssign(ast.Name(total, ast.Store()), ast.Add(), expr.node)])
    whole = w.choices.chance(0.5)
    text = (
        "sums = wp.tile_sum(wp.tile(total, preserve_type=True))"
        if whole
        else "sums = wp.tile_sum(wp.tile(total), axis=1)"
    )
    w.write(text, sums=sums, total=total)
    kind: Vector | Scalar = _POINT if whole else FLOAT32
    tile = w.tiles.add(Tile(sums, (1,) if whole else (3,), kind, interval.scale(_MOST_HITS), search.roots))
    w.features.add("tile-of-threads")
    return f"let {tile.words} be the sum, over all of the block, of {expr.words} for each {search.noun} found"


_GATHERING: dict[Callable[[KernelWriter, _Search], str], float] = {
    _counted: 0.15,
    _weighted: 1.5,
    _shared: 2.0,
    _summed: 3.0,
    _number: 1.0,
    _centers: 1.5,
}
FAMILY = Family(
    "tile_queries",
    ("tile_bvh", "tile_mesh"),
    "hierarchies and meshes that the threads of a block search together",
    ("overlaps", "contacts", "neighbors", "candidates", "visibility", "hits", "coverage"),
    Style(
        operations=STYLE_OPERATIONS,
        forms={
            "tile-arithmetic": 1.5,
            "tile-map": 2,
            "tile-function": 2,
            "tile-load": 1,
            "tile-reduction": 1.5,
            "tile-scalars": 1,
            "tile-parameter": 0.5,
        },
        dimensions=(10, 2.5, 0, 0),
        floats=(10, 0, 0, 0),
    ),
    core,
    TILE_FORMS,
    close,
)
