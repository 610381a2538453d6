"""Queries on triangle meshes: closest points, signed distances, rays, boxes and spheres, faces and their vertices."""

import ast
from dataclasses import dataclass, replace

from warpsmith.synth import inputs
from warpsmith.synth.expr import Expr, binary, call, leaf, name, spelled
from warpsmith.synth.families import drawing
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.pieces import Makers, Subject, play_some, typed
from warpsmith.synth.families.searching import Walk, count_one, counter, gather, own, start_sinks, walk
from warpsmith.synth.idiom import expression
from warpsmith.synth.interval import UNIT, Interval
from warpsmith.synth.launch import MeshArgument, MeshShape
from warpsmith.synth.types import FLOAT32, INT32, UINT64, ValueType, vector
from warpsmith.synth.writer import KernelWriter, Parameter, Style

_MESHES = ("mesh", "mesh_id", "collider", "surface", "terrain", "body_mesh", "obstacle", "shape", "geo_id", "scene")
_SHAPES: tuple[MeshShape, ...] = ("sphere", "box", "torus", "grid")
_SUMMED: tuple[ValueType, ...] = (FLOAT32, vector(3, FLOAT32))
_POINT = vector(3, FLOAT32)


@dataclass(frozen=True, slots=True)
class Mesh:
    """A mesh that the kernel has the id of: the place of its parameter, the id, the recipe."""

    place: int
    id: Expr
    recipe: MeshArgument


def core(w: KernelWriter) -> list[str]:
    """Declare a mesh and ask it one thing or two."""
    mesh = _mesh(w)
    w.features.add("mesh")
    if w.choices.chance(0.15):
        inputs.array(w, FLOAT32, bind=False)
    if w.choices.chance(0.25):
        words = [_visit(w, mesh)]
    else:
        words = play_some(w, Subject("mesh_queries", "float32", makers=_makers(w, mesh)), {1: 4, 2: 1})
    drawing.make_room(w)
    return words


def _mesh(w: KernelWriter) -> Mesh:
    identifier = w.names.one_of(_MESHES)
    shape = w.choices.weighted(_SHAPES, (3, 2, 2, 1.5))
    resolution = w.choices.pick((2, 3, 4) if shape in ("sphere", "box") else (6, 8, 10))
    extent = w.choices.pick((1.0, 1.25, 1.5))
    # velocities, winding numbers and groups are there for whoever asks
    recipe = MeshArgument(
        identifier, shape, resolution, extent, noise=w.choices.pick((0.05, 0.1)), velocities=True, winding=True
    )
    w.add_parameter(Parameter(identifier, spelled("wp.uint64"), recipe))
    mesh = leaf(name(identifier), UINT64, Interval(0.0, 1.0), f"the mesh {identifier}")
    return Mesh(len(w.parameters) - 1, mesh, recipe)


def _makers(w: KernelWriter, mesh: Mesh) -> Makers:
    return {
        "mesh": lambda: (mesh.id,),
        "face": lambda: (_face(w, mesh, by_thread=w.choices.chance(0.4)),),
        "drawn_face": lambda: (_face(w, mesh, by_thread=False),),
        "group": lambda: (_group(w, mesh),),
    }


def _face(w: KernelWriter, mesh: Mesh, *, by_thread: bool) -> Expr:
    """Return a face of the mesh: one that an array names, or one that the thread's number says."""
    most = mesh.recipe.faces - 1
    interval = Interval(0.0, float(most))
    if w.threads.ndim == 1 and by_thread:
        (tid,) = w.threads.indices
        count = w.names.one_of(("num_faces", "face_count", "num_tris", "tri_count"))
        remainder = binary(name(tid), ast.Mod(), w.count(count, mesh.recipe.faces))
        face = own(w, leaf(remainder, INT32, interval, "the face"), ("face", "tri", "f", "prim"))
        return w.block.read(face)._replace(words=face.identifier)
    faces = w.names.one_of(("face_ids", "faces", "prims", "triangle_ids", "tri_ids"))
    drawing.declare(w, faces, INT32, w.threads.extents, interval)
    node = ast.Subscript(name(faces), _tuple(w.index_nodes()), ast.Load())
    face = own(w, drawing.element(node, INT32, interval, "the face"), "face")
    return w.block.read(face)._replace(words=face.identifier)


def _tuple(nodes: list[ast.expr]) -> ast.expr:
    return nodes[0] if len(nodes) == 1 else ast.Tuple(nodes, ast.Load())


def _group(w: KernelWriter, mesh: Mesh) -> Expr:
    groups = w.choices.pick((2, 3, 4))
    grouped = replace(mesh.recipe, groups=groups)
    w.parameters[mesh.place] = replace(w.parameters[mesh.place], argument=grouped)
    return drawing.whole(w, ("group", "group_id", "part"), 0, groups - 1)


def _visit(w: KernelWriter, mesh: Mesh) -> str:
    """Walk over the faces near a point."""
    face = w.names.one_of(("face", "tri", "f", "face_index", "prim"))
    _, point = drawing.point_array(w, FLOAT32)
    here = own(w, point, "p", pending=False).expr
    reach = drawing.number(w, ("margin", "radius", "extent", "half_width", "reach"), FLOAT32, 0.4, 1.6)
    steps = w.choices.weighted((_in_box, _in_sphere, _in_hierarchy), (3, 2, 2))(w, mesh, here, reach, face)
    counts = [counter(w)] if w.choices.chance(0.4) else []
    sinks = start_sinks(w, [w.choices.weighted(_SUMMED, (2, 1))]) if not counts or w.room > 12 else []

    def fill(w: KernelWriter) -> str:
        said = [count_one(w, sink, steps.trips) for sink in counts]
        if not sinks:
            return said[0]
        _bind_face(w, mesh, face, here)
        return " and ".join([*said, gather(w, sinks)])

    words = walk(w, steps, [*counts, *sinks], fill)
    if not sinks or w.choices.chance(0.3):
        inputs.array(w, FLOAT32, bind=False)
    return f"for each {face} of {mesh.id.words} near {here.words}, {words}"


def _in_box(w: KernelWriter, mesh: Mesh, here: Expr, reach: Expr, face: str) -> Walk:
    """Ask for the faces whose box overlaps a box around the point."""
    half = expression("wp.vec3(r, r, r)", r=reach.node)
    query = expression("wp.mesh_query_aabb(mesh, p - h, p + h)", mesh=mesh.id.node, p=here.node, h=half)
    if w.choices.chance(0.6):
        lower = w.names.one_of(("lower", "lo", "box_min", "aabb_low"))
        upper = w.names.one_of(("upper", "hi", "box_max", "aabb_high"))
        w.write("lower = p - h\nupper = p + h", lower=lower, upper=upper, p=here.node, h=half)
        query = expression("wp.mesh_query_aabb(mesh, lower, upper)", mesh=mesh.id.node, lower=lower, upper=upper)
    advance = w.choices.pick(("mesh_query_next", "mesh_query_aabb_next"))
    return Walk(query, advance, face, mesh.recipe.faces, mesh.recipe.faces // 2)


def _in_sphere(w: KernelWriter, mesh: Mesh, here: Expr, reach: Expr, face: str) -> Walk:
    """Ask for the faces that come close to the point."""
    query = call("mesh_query_sphere", mesh.id.node, here.node, reach.node)
    advance = w.choices.weighted(("mesh_query_next", "mesh_query_aabb_next"), (3, 1))
    return Walk(query, advance, face, mesh.recipe.faces, mesh.recipe.faces // 2)


def _in_hierarchy(w: KernelWriter, mesh: Mesh, here: Expr, reach: Expr, face: str) -> Walk:
    """Ask the hierarchy of boxes that the mesh has inside."""
    bvh = w.names.one_of(("bvh", "tree", "bvh_id"))
    w.write("bvh = wp.mesh_get_bvh(mesh)", bvh=bvh, mesh=mesh.id.node)
    queries = (
        "wp.bvh_query_sphere(bvh, p, r)",
        "wp.bvh_query_aabb(bvh, p - wp.vec3(r, r, r), p + wp.vec3(r, r, r))",
        "wp.bvh_query_ray(bvh, p, wp.vec3(0.3, r, 0.5) - p)",
        "wp.bvh_query_capsule(bvh, p, wp.vec3(0.0, 0.4, 0.2) - p, r * 0.5)",
    )
    query = expression(w.choices.pick(queries), bvh=bvh, p=here.node, r=reach.node)
    return Walk(query, "bvh_query_next", face, mesh.recipe.faces, mesh.recipe.faces // 2, iterable=False)


# what a face brings: text, kind of type, range, noun
_FACE_VALUES: tuple[tuple[str, ValueType, Interval, str, tuple[str, ...]], ...] = (
    (
        "wp.mesh_eval_face_normal(mesh, f) * wp.dot(p, wp.mesh_eval_face_normal(mesh, f))",
        _POINT,
        Interval(-3.5, 3.5),
        "the part of the point along the face's normal",
        ("along", "normal_part", "p_n"),
    ),
    ("wp.mesh_get_point(mesh, f * 3)", _POINT, Interval(-2.0, 2.0), "the face's vertex", ("a", "v0", "corner")),
    ("wp.mesh_eval_position(mesh, f, 0.333, 0.333)", _POINT, Interval(-2.0, 2.0), "the face's center", ("c", "center")),
    ("p - wp.mesh_eval_position(mesh, f, 0.25, 0.5)", _POINT, Interval(-4.0, 4.0), "the offset", ("offset", "delta")),
    (
        "wp.length(p - wp.mesh_eval_position(mesh, f, 0.333, 0.333))",
        FLOAT32,
        Interval(0.0, 7.0),
        "the distance",
        ("dist", "d_f"),
    ),
    (
        "wp.dot(p - wp.mesh_get_point(mesh, 3 * f), wp.mesh_eval_face_normal(mesh, f))",
        FLOAT32,
        Interval(-7.0, 7.0),
        "the height over the face",
        ("height", "side"),
    ),
    ("wp.mesh_eval_velocity(mesh, f, 0.5, 0.25)", _POINT, UNIT, "the face's velocity", ("v_f", "vel")),
)


def _bind_face(w: KernelWriter, mesh: Mesh, face: str, here: Expr) -> None:
    """Bring one or two things that the mesh knows of a face into scope."""
    known = list(_FACE_VALUES)
    for _ in range(2 if w.room > 16 and w.choices.chance(0.4) else 1):
        row = w.choices.pick(known)
        known.remove(row)
        text, kind, interval, noun, names = row
        identifier = w.names.one_of(names)
        node = expression(typed(text, FLOAT32), mesh=mesh.id.node, f=face, p=here.node)
        w.write("value = node", value=identifier, node=node)
        w.bind(identifier, kind, interval, noun)


FAMILY = Family(
    "mesh_query",
    ("raycast", "signed_distance"),
    "closest points, signed distances, rays, overlaps and faces of triangle meshes",
    ("distances", "closest_points", "contacts", "visibility", "hits", "collisions", "surface", "penetration"),
    Style(
        operations=(("arith", 6.0), ("vec", 4.0), ("minmax", 0.5), ("exp", 0.8), ("trig", 0.5), ("unary", 0.6)),
        forms={
            "assignment": 5,
            "augmented-assignment": 2,
            "select": 1,
            "branch": 1.2,
            "function-call": 0.6,
            "atomic": 0.3,
        },
        dimensions=(10, 2.5, 0.4, 0),
        floats=(1, 0, 0, 0),
    ),
    core,
)
