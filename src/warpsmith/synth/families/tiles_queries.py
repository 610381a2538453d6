"""Blocks that search a hierarchy of boxes or a mesh together: every thread gets a part of what a query finds."""

import ast
from collections.abc import Callable
from dataclasses import dataclass

from warpsmith.synth import inputs
from warpsmith.synth.expr import Expr, call, leaf, literal_node, name, number_text, spelled, subscript
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.tiles import STYLE_OPERATIONS, TILE_FORMS, start
from warpsmith.synth.inputs import natural_range
from warpsmith.synth.interval import UNIT, Interval
from warpsmith.synth.launch import BvhArgument, MeshArgument, MeshShape
from warpsmith.synth.scope import Block, Value
from warpsmith.synth.tiling.closing import close
from warpsmith.synth.tiling.lanes import grown
from warpsmith.synth.tiling.memory import declare
from warpsmith.synth.tiling.tile import Tile, fits
from warpsmith.synth.types import FLOAT32, INT32, Scalar, Vector, vector
from warpsmith.synth.updates import output_array
from warpsmith.synth.writer import KernelWriter, Parameter, Style

_POINT = vector(3, FLOAT32)
_SHAPES: tuple[MeshShape, ...] = ("sphere", "box", "torus", "grid")
_MOST_HITS = 512


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
    count = w.choices.pick((48, 64, 96))
    w.add_parameter(Parameter(identifier, spelled("wp.uint64"), BvhArgument(identifier, count, 2.0, 0.8)))
    query = w.names.one_of(("query", "q", "search"))
    if w.choices.chance(0.35):
        origin, direction = _array(w, ("starts", "origins", "eyes"), symmetric=True), _array(w, ("directions", "rays"))
        w.write("query = wp.tile_bvh_query_ray(bvh, origin, direction)", query=query, bvh=identifier,
                origin=origin.node, direction=direction.node)  # fmt: skip
        w.features.add("tile_bvh_query_ray")
        roots = origin.roots | direction.roots
        words = f"search {identifier} for the boxes that the ray from {origin.words} along {direction.words} meets"
    else:
        roots, box = _box(w, query, "tile_bvh_query_aabb", identifier)
        w.features.add("tile_bvh_query_aabb")
        words = f"search {identifier} for the boxes that overlap {box}"
    return _Search("bvh", identifier, "box", count, query, roots), words


def _mesh(w: KernelWriter) -> tuple[_Search, str]:
    identifier = w.names.one_of(("mesh", "mesh_id", "surface", "collider", "terrain"))
    shape = w.choices.pick(_SHAPES)
    recipe = MeshArgument(identifier, shape, w.choices.pick((2, 3, 4) if shape in ("sphere", "box") else (6, 8)), 1.5)
    w.add_parameter(Parameter(identifier, spelled("wp.uint64"), recipe))
    query = w.names.one_of(("query", "q", "search"))
    roots, box = _box(w, query, "tile_mesh_query_aabb", identifier)
    w.features.add("tile_mesh_query_aabb")
    words = f"search {identifier} for the faces whose bounds overlap {box}"
    return _Search("mesh", identifier, "face", recipe.faces, query, roots), words


def _array(w: KernelWriter, names: tuple[str, ...], *, symmetric: bool = False) -> Expr:
    """Add an array of points or directions, and return the block's own."""
    plural = w.names.one_of(names)
    interval = Interval(-1.5, 1.5) if symmetric else Interval(0.2, 1.0)
    declare(w, plural, _POINT, w.threads.extents, interval)
    singular = plural.removesuffix("s")
    node: ast.expr = subscript(name(plural), w.index_nodes())
    if w.choices.chance(0.7):
        local = w.names.fresh(singular)
        w.emit(ast.Assign([ast.Name(local, ast.Store())], node, lineno=0))
        node = name(local)
    return leaf(node, _POINT, interval, f"the {singular}", varying=True, roots=frozenset((plural,)))


def _box(w: KernelWriter, query: str, builtin: str, identifier: str) -> tuple[frozenset[str], str]:
    """Write a query of a box: around a point, or between two corners."""
    center = _array(w, ("centers", "points", "positions", "corners"), symmetric=True)
    node = center.node if isinstance(center.node, ast.Name) else _named(w, center)
    reach = w.choices.pick((0.75, 1.0, 1.25))
    if w.choices.chance(0.4):
        sizes = _array(w, ("extents", "sizes", "margins"))
        text = "query = wp.builtin(id, center - size, center + size)"
        w.write(text.replace("builtin", builtin), query=query, id=identifier, center=node, size=sizes.node)
        return center.roots | sizes.roots, f"the box around {center.words} that reaches as far as {sizes.words}"
    text = "query = wp.builtin(id, center - wp.vec3(r, r, r), center + wp.vec3(r, r, r))"
    if w.choices.chance(0.3):
        text = "query = wp.builtin(id, center, center + wp.vec3(r, r, r))"
    radius: ast.expr = literal_node(reach, FLOAT32)
    if w.choices.chance(0.4):
        parameter = inputs.parameter(w, FLOAT32)
        radius = call("max", w.block.read(parameter).node, radius)
    w.write(text.replace("builtin", builtin), query=query, id=identifier, center=node, r=radius)
    how = "around" if "center -" in text else "above"
    return center.roots, f"a box of {number_text(reach)} {how} {center.words}"


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
    if w.choices.chance(0.25):
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


def _number(w: KernelWriter, search: _Search) -> str:
    """Count what is found, batch by batch, as tiles of flags."""
    function = w.names.one_of(("is_hit", "valid", "found_one"))
    w.define_functions(
        "@wp.func\ndef f(index: int) -> int:\n    return wp.where(index >= 0, 1, 0)", f=function, index="index"
    )
    count, flags = w.names.one_of(("count", "num_hits", "found")), w.names.one_of(("flags", "hits_tile", "mask"))
    w.write("count = int(0)", count=count)
    text = _FLAGS.replace("advance", search.advance)
    w.write(text, query=search.query, flags=flags, f=function, count=count)
    w.bind(count, INT32, Interval(0.0, float(search.count)), roots=search.roots)
    w.features.update((search.advance, "tile_query_valid", "tile_map"))
    return f"count in {count.replace('_', ' ')} how many there are"


def _centers(w: KernelWriter, search: _Search) -> str:
    """Add up points that belong to what is found, component by component over the block."""
    hit = w.names.one_of(("hit", "index", search.noun))
    role = w.names.array(_POINT)
    interval = natural_range(role, _POINT)
    declare(w, role.plural, _POINT, (search.count,), interval)
    total, sums = w.names.one_of(("total", "center_sum", "moment")), w.names.one_of(("sums", "center", "resultant"))
    w.write("total = wp.vec3()", total=total)
    node = subscript(name(role.plural), [name(hit)])
    _walk(w, search, hit, [ast.AugAssign(ast.Name(total, ast.Store()), ast.Add(), node)])
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
    return f"let {tile.words} be the sum, over all of the block, of {role.noun} for each {search.noun} that is found"


_GATHERING: dict[Callable[[KernelWriter, _Search], str], float] = {
    _counted: 1.5,
    _shared: 2.0,
    _summed: 3.0,
    _number: 1.5,
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
            "tile-reduction": 0.7,
            "tile-scalars": 2,
            "tile-parameter": 0.5,
        },
        dimensions=(10, 2.5, 0, 0),
        floats=(10, 0, 0, 0),
    ),
    core,
    TILE_FORMS,
    close,
)
