"""Kernels that take meshes, hierarchies, grids, volumes and textures, launched from recipes."""

import json
from typing import Any

import numpy as np
import pytest

from tests.verify.kernels import OUT, row
from warpsmith.errors import UsageError
from warpsmith.synth.launch import (
    Argument,
    ArrayArgument,
    BvhArgument,
    Filling,
    HashGridArgument,
    MeshArgument,
    MeshShape,
    TextureArgument,
    VolumeArgument,
)
from warpsmith.verify import Limits, launch, perturb, try_all

POINTS = ArrayArgument("points", (64,), Filling("vec3f", -0.8, 0.8))
Array = np.ndarray[Any, Any]


def of(body: str, signature: str, *arguments: Argument, dim: int = 64) -> dict[str, Any]:
    """Return a row whose kernel has the given arguments and an output of floats."""
    out = OUT | {"shape": [dim]}
    described = [*(argument.recipe() for argument in arguments), out]
    return row(body, *described, signature=f"{signature}, out: wp.array[float]", dim=[dim])


def written(kernel: dict[str, Any]) -> Array:
    return launch(kernel)["out"]


@pytest.mark.parametrize("shape", ["sphere", "box", "torus"])
def test_closed_meshes_are_closed_and_face_outwards(shape: MeshShape) -> None:
    mesh = MeshArgument("mesh", shape, resolution=8, noise=0.01, winding=True)
    body = """q = wp.mesh_query_point_sign_winding_number(mesh, points[i], 10.0)
p = points[i]
out[i] = q.sign * wp.length(p - wp.mesh_eval_position(mesh, q.face, q.u, q.v))"""
    kernel = of(body, "mesh: wp.uint64, points: wp.array[wp.vec3]", mesh, POINTS)
    result = launch(kernel)
    p = result["points"]
    away: dict[str, Array] = {
        "sphere": np.linalg.norm(p, axis=1) - 1.0,
        "box": np.abs(p).max(axis=1) - 1.0,
        "torus": np.hypot(np.hypot(p[:, 0], p[:, 2]) - 2.0 / 3.0, p[:, 1]) - 1.0 / 3.0,
    }
    distance = away[shape]
    clear = np.abs(distance) > 0.1
    assert clear.sum() > 20
    assert (np.sign(result["out"]) == np.sign(distance))[clear].all()
    assert np.allclose(result["out"], distance, atol=0.15)


@pytest.mark.parametrize("shape", ["sphere", "box", "torus", "grid"])
def test_meshes_have_the_faces_and_vertices_that_they_say(shape: MeshShape) -> None:
    mesh = MeshArgument("mesh", shape, resolution=5, velocities=True, groups=3)
    body = """m = wp.mesh_get(mesh)
out[0] = float(m.indices.shape[0])
out[1] = float(m.points.shape[0])
out[2] = float(m.velocities.shape[0])"""
    counts = written(of(body, "mesh: wp.uint64", mesh, dim=4))
    assert counts.tolist() == [3 * mesh.faces, mesh.vertices, mesh.vertices, 0]


def test_boxes_of_a_hierarchy_are_found() -> None:
    body = """q = wp.bvh_query_aabb(bvh, wp.vec3(-9.0), wp.vec3(9.0))
k = int(0)
n = int(0)
while wp.bvh_query_next(q, k):
    n += 1
out[i] = float(n)"""
    assert (written(of(body, "bvh: wp.uint64", BvhArgument("bvh", count=37))) == 37).all()


@pytest.mark.parametrize("groups", [0, 4])
def test_neighbours_of_a_grid_of_another_argument(groups: int) -> None:
    grid = HashGridArgument("grid", 0.4, points="points", dims=(8, 8, 8), groups=groups)
    body = """p = points[i]
n = int(0)
for k in wp.hash_grid_query(grid, p, 0.4):
    if wp.length(points[k] - p) <= 0.4:
        n += 1
out[i] = float(n)"""
    result = launch(of(body, "grid: wp.uint64, points: wp.array[wp.vec3]", grid, POINTS))
    p = result["points"]
    distances = np.linalg.norm(p[:, None] - p[None, :], axis=2)
    assert result["out"].tolist() == (distances <= 0.4).sum(axis=1).tolist()


@pytest.mark.parametrize("dtype", ["float16", "float64"])
def test_grids_of_other_precisions_have_their_own_points(dtype: Any) -> None:
    number, vector = f"wp.{dtype}", {"float16": "wp.vec3h", "float64": "wp.vec3d"}[dtype]
    grid = HashGridArgument("grid", 0.5, dims=(4, 4, 4), count=23, extent=0.9, dtype=dtype)
    body = f"""zero = {number}(0.0)
n = int(0)
for k in wp.hash_grid_query(grid, {vector}(zero, zero, zero), {number}(5.0)):
    n += 1
out[i] = float(n)"""
    assert (written(of(body, "grid: wp.uint64", grid)) >= 23).all()


VOLUMES = ["float32", "float64", "int32", "uint32", "int64", "vec3f", "vec3d", "vec4f", "vec4d"]


@pytest.mark.parametrize("dtype", VOLUMES)
def test_volumes_hold_what_their_filling_says(dtype: str) -> None:
    volume = VolumeArgument("volume", Filling(dtype, 3.0, 5.0), shape=(9, 4, 4), background=7.0)
    element = "value[0]" if "vec" in dtype else "value"
    body = f"""value = wp.volume_lookup(volume, i, 3, 3, dtype=wp.{dtype})
out[i] = float({element})"""
    found = written(of(body, "volume: wp.uint64", volume))
    assert ((found[:9] >= 3.0) & (found[:9] <= 5.0)).all()
    assert len(set(found[:9])) > 1
    assert (found[16:] == 7.0).all()


def test_a_volume_of_distances_lies_around_the_origin() -> None:
    volume = VolumeArgument("volume", Filling("float32", 0.0, 0.0), shape=(17, 17, 17), distance=True)
    body = """at = wp.volume_world_to_index(volume, points[i])
out[i] = wp.volume_sample_f(volume, at, wp.Volume.LINEAR)"""
    kernel = of(body, "volume: wp.uint64, points: wp.array[wp.vec3]", volume, POINTS)
    result = launch(kernel)
    assert volume.extents == (2.0, 2.0, 2.0)
    assert np.allclose(result["out"], np.linalg.norm(result["points"], axis=1) - 1.0, atol=0.1)


def test_a_volume_of_indices_numbers_its_voxels() -> None:
    volume = VolumeArgument("volume", None, shape=(4, 4, 4))
    body = "out[i] = float(wp.volume_lookup_index(volume, i // 16, (i // 4) % 4, i % 4))"
    assert sorted(written(of(body, "volume: wp.uint64", volume)).tolist()) == list(range(volume.voxels))


@pytest.mark.parametrize("channels", [1, 2, 4])
@pytest.mark.parametrize("shape", [(16,), (8, 16), (4, 8, 16)])
def test_textures_hold_what_their_filling_says(shape: tuple[int, ...], channels: Any) -> None:
    texture = TextureArgument("texture", shape, Filling("float32", 2.0, 3.0), channels, "closest")
    dtype = "float" if channels == 1 else f"wp.vec{channels}"
    centre = "0.5" if len(shape) == 1 else f"wp.vec{len(shape)}(0.5)"
    body = f"""value = wp.texture_sample(texture, {centre}, dtype={dtype})
out[i] = {"value" if channels == 1 else f"value[{channels - 1}]"}"""
    found = written(of(body, f"texture: wp.Texture{len(shape)}D", texture))
    assert ((found >= 2.0) & (found <= 3.0)).all()


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ({"name": "mesh", "kind": "mesh", "shape": "cone", "resolution": 4}, "shape 'cone' of mesh 'mesh'"),
        ({"name": "grid", "kind": "hash_grid", "points": "nowhere", "radius": 1.0, "dims": [4, 4, 4]}, "'nowhere'"),
        ({"name": "v", "kind": "volume", "dtype": "bool", "shape": [4, 4, 4], "voxel_size": 1.0}, "dtype 'bool'"),
        ({"name": "t", "kind": "texture", "shape": [1, 1, 1, 1]}, "texture 't' has 4 dimensions"),
        ({"name": "z", "kind": "zebra"}, "kind 'zebra' of argument 'z'"),
    ],
)
def test_what_there_is_not_is_named(argument: dict[str, Any], said: str) -> None:
    argument = {"extent": 1.0, "noise": 0.0} | argument
    with pytest.raises(UsageError, match=said):
        launch(row("out[i] = 1.0", argument, OUT, signature=f"{argument['name']}: wp.uint64, out: wp.array[float]"))


def test_other_numbers_make_other_handles() -> None:
    mesh = MeshArgument("mesh", "grid", noise=0.0)
    body = "out[i] = wp.mesh_get(mesh).points[i][1]"
    kernel = of(body, "mesh: wp.uint64", mesh)
    other = kernel | {"launch": json.dumps(perturb(json.loads(kernel["launch"]), "mesh"))}
    assert not np.array_equal(written(kernel), written(other))
    assert [trial.sensitive for trial in try_all([kernel], Limits())] == [True]
