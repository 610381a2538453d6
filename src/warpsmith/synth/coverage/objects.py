"""Meshes, hierarchies, grids and volumes that calls ask for by their id, and what calls on them mean."""

from collections.abc import Callable, Mapping
from typing import Literal

from warpsmith.synth.choices import Choices
from warpsmith.synth.interval import UNIT, symmetric
from warpsmith.synth.launch import (
    Argument,
    BvhArgument,
    Filling,
    HashGridArgument,
    MeshArgument,
    MeshShape,
    VolumeArgument,
)
from warpsmith.synth.meanings.meaning import ANY, Meaning, Need
from warpsmith.synth.meanings.ranges import within

_MESHES = ("mesh", "mesh_id", "collider", "surface", "body_mesh", "obstacle", "shape_id")
_HIERARCHIES = ("bvh", "bvh_id", "tree", "hierarchy", "broad_phase")
_GRIDS = ("grid", "grid_id", "hash_grid", "neighbor_grid", "cell_grid")
_VOLUMES = ("volume", "vol", "volume_id", "density_grid", "vdb", "level_set")
_SHAPES: tuple[MeshShape, ...] = ("sphere", "box")
_TARGETS = ("target_volume", "out_volume", "dst_volume", "next_volume")
_GROUPS = 3


def _mesh(choices: Choices, identifier: str) -> Argument:
    # velocities, winding numbers and groups are there for whoever asks
    shape = choices.pick(_SHAPES)
    resolution, extent, noise = choices.pick((2, 3, 4)), choices.pick((1.0, 1.25, 1.5)), choices.pick((0.05, 0.1))
    return MeshArgument(identifier, shape, resolution, extent, noise, velocities=True, winding=True, groups=_GROUPS)


def _bvh(choices: Choices, identifier: str) -> Argument:
    return BvhArgument(identifier, choices.pick((32, 48, 64)), 2.0, choices.pick((0.5, 0.8, 1.0)), _GROUPS)


def _grid(dtype: Literal["float16", "float32", "float64"]) -> Callable[[Choices, str], Argument]:
    def made(choices: Choices, identifier: str) -> Argument:
        width, count = choices.pick((0.5, 0.75, 1.0)), choices.pick((48, 64))
        return HashGridArgument(identifier, width, count=count, dtype=dtype, groups=_GROUPS)

    return made


def _volume(dtype: str, low: float, high: float) -> Callable[[Choices, str], Argument]:
    def made(choices: Choices, identifier: str) -> Argument:
        shape = (choices.pick((8, 10)), choices.pick((8, 12)), choices.pick((8, 9)))
        return VolumeArgument(identifier, Filling(dtype, low, high), shape, choices.pick((0.4, 0.5)))

    return made


def _indices(choices: Choices, identifier: str) -> Argument:
    return VolumeArgument(identifier, None, (8, choices.pick((8, 10)), 8), choices.pick((0.4, 0.5)))


OBJECTS: Mapping[str, tuple[tuple[str, ...], Callable[[Choices, str], Argument]]] = {
    "mesh": (_MESHES, _mesh),
    "mesh with solid angles": (_MESHES, _mesh),
    "mesh with groups": (_MESHES, _mesh),
    "bvh": (_HIERARCHIES, _bvh),
    "bvh with groups": (_HIERARCHIES, _bvh),
    "hash grid": (_GRIDS, _grid("float32")),
    "hash grid of float16": (_GRIDS, _grid("float16")),
    "hash grid of float64": (_GRIDS, _grid("float64")),
    "volume": (_VOLUMES, _volume("float32", -2.0, 2.0)),
    "volume of float32": (_VOLUMES, _volume("float32", -2.0, 2.0)),
    "volume of vec3f": (_VOLUMES, _volume("vec3f", -1.0, 1.0)),
    "volume of int32": (_VOLUMES, _volume("int32", 0, 30)),
    "target volume of float32": (_TARGETS, _volume("float32", -2.0, 2.0)),
    "target volume of vec3f": (_TARGETS, _volume("vec3f", -1.0, 1.0)),
    "target volume of int32": (_TARGETS, _volume("int32", 0, 30)),
    "volume of indices": (_VOLUMES, _indices),
}
"""By the kind of object: names for its id, and what makes its recipe."""

# one object serves for what the catalog tells apart
SAME: Mapping[str, str] = {
    "mesh with solid angles": "mesh",
    "mesh with groups": "mesh",
    "bvh with groups": "bvh",
    "volume": "volume of float32",
}

EXTENTS: Mapping[str, int] = {
    "mesh faces": 48,
    "mesh indices": 144,
    "mesh points": 26,
    "groups": _GROUPS,
    "hash grid points": 48,
    "voxels": 8,
}
"""How many there are at least of what an index counts, whatever object is made."""

_HANDLE = ANY
_INDEX = ANY
_SHARE = Need(0.0, 0.5)
_FACE = (_HANDLE, _INDEX, _SHARE, _SHARE)
_UVW = Need(0.0, 7.0)
_XYZ = Need(-1.5, 1.5)


def _volume_read(words: str, low: float, high: float, *needs: Need) -> Meaning:
    return Meaning("unary", words, "sampled", within(low, high), (_HANDLE, *needs))


MEANINGS: dict[str, Meaning] = {
    "mesh_get_point": Meaning("vec", "vertex {1} of {0}", "vertex", within(-2.0, 2.0)),
    "mesh_get_velocity": Meaning("vec", "the velocity of vertex {1} of {0}", "v_vel", within(-1.0, 1.0)),
    "mesh_get_index": Meaning("bits", "the vertex that index {1} of {0} names", "corner", within(0.0, 98.0)),
    "mesh_eval_position": Meaning(
        "vec", "the point of face {1} of {0} at ({2}, {3})", "on_face", within(-2.0, 2.0), _FACE
    ),
    "mesh_eval_velocity": Meaning(
        "vec", "the velocity of face {1} of {0} at ({2}, {3})", "face_vel", within(-1.0, 1.0), _FACE
    ),
    "mesh_eval_face_normal": Meaning("vec", "the normal of face {1} of {0}", "face_normal", lambda _a, _t: UNIT),
    "mesh_get_group_root": Meaning("bits", "the root of group {1} of {0}", "group_root", within(0.0, 400.0)),
    "bvh_get_group_root": Meaning("bits", "the root of group {1} of {0}", "group_root", within(0.0, 130.0)),
    "mesh_query_ray_anyhit": Meaning(
        "unary",
        "whether the ray from {1} along {2} hits {0} within {3}",
        "is_hit",
        within(0.0, 1.0),
        (_HANDLE, _XYZ, Need(unit=True), Need(2.0, 8.0)),
    ),
    "mesh_query_ray_count_intersections": Meaning(
        "bits",
        "how often the ray from {1} along {2} meets {0}",
        "crossings",
        within(0.0, 16.0),
        (_HANDLE, _XYZ, Need(unit=True)),
    ),
    "hash_grid_point_id": Meaning("bits", "the point at place {1} of {0}", "point_id", within(0.0, 63.0)),
    "volume_sample_f": _volume_read("the value of {0} at {1}", -2.0, 2.0, _UVW),
    "volume_sample_v": _volume_read("the vector of {0} at {1}", -1.0, 1.0, _UVW),
    "volume_sample_i": _volume_read("the integer of {0} at {1}", 0.0, 30.0, _UVW),
    "volume_lookup_f": _volume_read("the value of voxel ({1}, {2}, {3}) of {0}", -2.0, 2.0),
    "volume_lookup_v": _volume_read("the vector of voxel ({1}, {2}, {3}) of {0}", -1.0, 1.0),
    "volume_lookup_i": _volume_read("the integer of voxel ({1}, {2}, {3}) of {0}", 0.0, 30.0),
    "volume_lookup_index": _volume_read("the number of voxel ({1}, {2}, {3}) of {0}", 0.0, 800.0),
    "volume_voxel_count": _volume_read("the number of voxels of {0}", 0.0, 100_000.0),
    "volume_index_to_world": Meaning(
        "vec", "the place of {1} of {0} in the world", "in_world", within(-8.0, 8.0), (_HANDLE, _UVW)
    ),
    "volume_world_to_index": Meaning(
        "vec", "the place of {1} in {0}", "in_volume", within(-8.0, 20.0), (_HANDLE, _XYZ)
    ),
    "volume_index_to_world_dir": Meaning(
        "vec", "the direction {1} of {0} in the world", "world_dir", lambda a, _: a[1], (_HANDLE, _XYZ)
    ),
    "volume_world_to_index_dir": Meaning(
        "vec", "the direction {1} in {0}", "volume_dir", lambda a, _: symmetric(3.0 * a[1].magnitude), (_HANDLE, _XYZ)
    ),
}
