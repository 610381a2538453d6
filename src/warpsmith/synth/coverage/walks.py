"""Queries and the walks over what they find: hierarchies of boxes, meshes, grids of points."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from warpsmith.bridge.catalog import Signature
from warpsmith.synth import inputs
from warpsmith.synth.coverage.session import Session
from warpsmith.synth.expr import name, subscript
from warpsmith.synth.families.drawing import declare
from warpsmith.synth.idiom import Filling
from warpsmith.synth.interval import Interval
from warpsmith.synth.names import Role
from warpsmith.synth.types import FLOAT16, FLOAT32, FLOAT64, INT32, Scalar, ValueType, vector


@dataclass(frozen=True, slots=True)
class Query:
    """A query: how it is opened, of which object, what it finds, in which scalar, and how many there are at most.

    In the text ``p`` is a point, ``d`` another one or a direction, ``r`` a distance.
    """

    opened: str
    of: str
    found: str
    most: int
    scalar: Scalar = FLOAT32


_BOX = "p - wp.vec3(r, r, r), p + wp.vec3(r, r, r)"

QUERIES: Mapping[str, Query] = {
    "BvhQueryAabb": Query(f"query = wp.bvh_query_aabb(thing, {_BOX})", "bvh", "box", 64),
    "BvhQuerySphere": Query("query = wp.bvh_query_sphere(thing, p, r)", "bvh", "box", 64),
    "BvhQueryRay": Query("query = wp.bvh_query_ray(thing, p, wp.normalize(d))", "bvh", "box", 64),
    "BvhQueryCapsule": Query("query = wp.bvh_query_capsule(thing, p, wp.normalize(d), r)", "bvh", "box", 64),
    "BvhQuery": Query(
        f"query = wp.bvh_query_aabb(thing, {_BOX})\n"
        "if r > 0.8:\n    query = wp.bvh_query_ray(thing, p, wp.normalize(d))",
        "bvh",
        "box",
        64,
    ),
    "MeshQueryAABB": Query(f"query = wp.mesh_query_aabb(thing, {_BOX})", "mesh", "face", 192),
    "MeshQuerySphere": Query("query = wp.mesh_query_sphere(thing, p, r)", "mesh", "face", 192),
    "MeshQuery": Query(
        f"query = wp.mesh_query_aabb(thing, {_BOX})\nif r > 0.8:\n    query = wp.mesh_query_sphere(thing, p, r)",
        "mesh",
        "face",
        192,
    ),
    "HashGridQuery": Query("query = wp.hash_grid_query(thing, p, r)", "hash grid", "neighbor", 64),
    "HashGridQueryH": Query("query = wp.hash_grid_query(thing, p, r)", "hash grid of float16", "neighbor", 64, FLOAT16),
    "HashGridQueryD": Query("query = wp.hash_grid_query(thing, p, r)", "hash grid of float64", "neighbor", 64, FLOAT64),
    "inside a mesh": Query(
        "tree = wp.mesh_get_bvh(thing)\nquery = wp.bvh_query_sphere(tree, p, r)", "mesh", "face", 192
    ),
}
"""By the type of the query."""

_OPENERS: Mapping[str, str] = {
    "bvh_query_aabb": "BvhQueryAabb",
    "bvh_query_sphere": "BvhQuerySphere",
    "bvh_query_ray": "BvhQueryRay",
    "bvh_query_capsule": "BvhQueryCapsule",
    "mesh_query_aabb": "MeshQueryAABB",
    "mesh_query_sphere": "MeshQuerySphere",
    "mesh_get_bvh": "inside a mesh",
}
_WITHOUT_GROUP = 3
_ADVANCES = ("bvh_query_next", "mesh_query_next", "mesh_query_aabb_next", "hash_grid_query_next")
_POINTS = (
    Role("positions", "pos", "the position", -1.5, 1.5),
    Role("points", "p", "the point", -1.5, 1.5),
    Role("centers", "center", "the center", -1.5, 1.5),
    Role("probes", "probe", "the probe", -1.5, 1.5),
    Role("queries", "query_point", "the query point", -1.5, 1.5),
)
_DIRECTIONS = (
    Role("ray_dirs", "ray_dir", "the ray's direction", -1.0, 1.0),
    Role("directions", "heading", "the direction", -1.0, 1.0),
)
_RADII = (
    Role("radii", "radius", "the radius", 0.5, 1.2),
    Role("reaches", "reach", "the reach", 0.5, 1.2),
    Role("cutoffs", "cutoff", "the cutoff", 0.5, 1.2),
    Role("margins", "margin", "the margin", 0.5, 1.2),
)

# what is made of what a walk finds: the start of the total, the step, its words; the total is of the type of the start
_INT_STEPS = (
    ("total += 1", "count them", 1.0),
    ("total += found % 7 + 1", "add up their numbers modulo 7 and 1 each", 7.0),
    ("total = wp.max(total, found + 1)", "keep the largest of their numbers", 1.0),
    ("total += 2 * (found % 3) - 5", "add up twice their numbers modulo 3, minus 5 each", 5.0),
    ("if found % 2 == 0:\n    total += 1", "count those with an even number", 1.0),
    ("if found > total:\n    total = found", "keep the largest of their numbers", 1.0),
)
_FLOAT_STEPS = (
    ("total += table[found]", "add up table at each", 2.0),
    ("total += scale * table[found]", "add up scale times table at each", 4.0),
    ("total = wp.max(total, table[found])", "keep the largest of table", 2.0),
    ("total = wp.min(total, table[found] - scale)", "keep the smallest of table minus scale", 2.0),
    ("total += wp.sin(table[found] * scale)", "add up the sine of table times scale", 1.0),
    ("total = total * 0.5 + table[found]", "halve the total and add table", 2.0),
    ("if table[found] > total:\n    total += 0.25 * table[found]", "add a quarter of table where it exceeds it", 0.5),
)


def query_of(signature: Signature) -> str | None:
    """Return the type of the query that a target is about; None where it is about none."""
    if signature.name in _OPENERS:
        return _OPENERS[signature.name]
    if signature.name == "hash_grid_query":
        return signature.result
    if signature.name in _ADVANCES or (signature.name == "iter_next" and "Query" in signature.arguments[0]):
        return signature.arguments[0]
    return None


def walked(s: Session, signature: Signature) -> None:
    """Open a query and walk over what it finds."""
    w = s.w
    kind = query_of(signature) or ""
    query = QUERIES[kind]
    thing = s.object(query.of)
    query_name = w.names.one_of(("query", "candidates", "nearby", "hits", "search"))
    holes: dict[str, Filling] = {"thing": thing.node, "query": query_name, "tree": w.names.fresh("tree")}
    text = query.opened
    if signature.name == "hash_grid_query" and len(signature.arguments) > _WITHOUT_GROUP:
        text = text.replace("p, r)", "p, r, group)")
        holes["group"] = subscript(name(_groups(s)), w.index_nodes())
    holes["p"] = _new(s, vector(3, query.scalar), _POINTS)
    if "r," in text or "r)" in text:
        holes["r"] = _new(s, query.scalar, _RADII)
    if "d)" in text:
        holes["d"] = _new(s, vector(3, query.scalar), _DIRECTIONS)
    w.write(text, **holes)
    _walk(s, signature, query, query_name)


def _new(s: Session, kind: ValueType, roles: tuple[Role, ...]) -> ast.expr:
    """Return the thread's element of a new array, mostly in a variable."""
    w = s.w
    return w.block.read(inputs.array(w, kind, role=w.names.role(roles), bind=w.choices.chance(0.7))).node


def _groups(s: Session) -> str:
    groups = s.w.names.one_of(("groups", "group_ids", "layers"))
    declare(s.w, groups, INT32, s.w.threads.extents, Interval(0.0, 2.0))
    return groups


def _walk(s: Session, signature: Signature, query: Query, query_name: str) -> None:
    w = s.w
    found, total = w.names.fresh(query.found), w.names.one_of(("total", "tally", "gathered", "best", "amount"))
    whole = w.choices.chance(0.45)
    step, words, most = w.choices.pick(_INT_STEPS if whole else _FLOAT_STEPS)
    holes: dict[str, Filling] = {"total": total, "found": found, "query": query_name}
    if "table" in step:
        table = w.names.one_of(("weights", "charges", "loads", "values", "tags_weight"))
        declare(w, table, FLOAT32, (query.most,), Interval(-1.0, 2.0))
        holes["table"] = table
        words = words.replace("table", table)
    if "scale" in step:
        holes["scale"] = _new(s, FLOAT32, _RADII)
    w.write(_text(s, signature, query, step, whole=whole), **holes)
    kind = INT32 if whole else FLOAT32
    reached = most * query.most
    w.bind(total, kind, Interval(-reached, reached), f"the total over each {query.found}")
    s.words.append(f"for each {query.found} that {query_name} finds, {words} in {total}")
    w.features.add("query-while")


def _text(s: Session, signature: Signature, query: Query, step: str, *, whole: bool) -> str:
    """Return a walk by ``for`` where the target is about that, or it may be, else by ``while``."""
    start = "total = int(0)\n" if whole else "total = float(0.0)\n"
    body = "\n".join(f"    {line}" for line in step.splitlines())
    iterable = "bvh" not in query.opened and "BvhQuery" not in "".join(signature.arguments)
    if signature.name == "iter_next" or (iterable and signature.name not in _ADVANCES and s.w.choices.chance(0.4)):
        return f"{start}for found in query:\n{body}"
    advance = signature.name if signature.name in _ADVANCES else _advance(query)
    further = ", 4.0" if advance == "bvh_query_next" and s.w.choices.chance(0.3) else ""
    return f"{start}found = int(0)\nwhile wp.{advance}(query, found{further}):\n{body}"


def _advance(query: Query) -> str:
    if "bvh_query" in query.opened:
        return "bvh_query_next"
    return "hash_grid_query_next" if "hash grid" in query.of else "mesh_query_next"
