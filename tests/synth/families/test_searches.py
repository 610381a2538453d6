"""Meshes, hierarchies, grids, volumes, textures and geometry: every piece and every builtin of theirs is drawn."""

import ast
import json
import re
from functools import cache
from typing import Any

import pytest

from tests.synth.checker import check
from warpsmith.bridge.catalog import names
from warpsmith.record import KernelSource
from warpsmith.synth import generate_kernel
from warpsmith.synth.families.pieces import pieces

_CATEGORIES = ("geometry", "hash_grid", "mesh_query", "bvh_query", "volume", "texture")
_DRAWS = 700
_GROUPS = ("mesh_", "bvh_", "hash_grid_", "volume_", "texture_", "intersect_", "closest_point_")
# other names of functions for tiles, deprecated since Warp 1.18
_ALIASES = frozenset(
    {
        "bvh_query_aabb_tiled",
        "bvh_query_ray_tiled",
        "bvh_query_next_tiled",
        "mesh_query_aabb_tiled",
        "mesh_query_aabb_next_tiled",
    }
)
_TABLES = {"geometry": "geometry", "mesh_queries": "mesh_query", "volumes": "volume", "textures": "texture"}


@cache
def drawn(category: str) -> tuple[KernelSource, ...]:
    return tuple(generate_kernel(category, seed, seed % 4 + 1) for seed in range(_DRAWS))


def arguments(category: str, kind: str) -> list[dict[str, Any]]:
    """Return the arguments of a kind in the recipes of a category."""
    recipes = [json.loads(kernel.launch or "{}") for kernel in drawn(category)]
    return [argument for recipe in recipes for argument in recipe["arguments"] if argument["kind"] == kind]


@pytest.mark.parametrize("table", _TABLES)
def test_every_piece_is_drawn(table: str) -> None:
    said = "\n".join(kernel.description.lower() for kernel in drawn(_TABLES[table]))
    missing = [piece.name for piece in pieces(table) if not re.search(pattern(piece.words), said)]
    assert missing == []


def pattern(words: str) -> str:
    """Return what finds the words of a piece with anything in their holes."""
    return ".+?".join(re.escape(part) for part in re.split(r"\{\w+\}", words.lower()))


def test_every_builtin_of_the_groups_is_drawn() -> None:
    called = {
        node.func.attr
        for category in _CATEGORIES
        for kernel in drawn(category)
        for node in ast.walk(ast.parse(kernel.python_source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    expected = {name for name in names() if name.startswith(_GROUPS)}
    assert len(expected) > 50
    assert expected - called == _ALIASES


def test_grids_have_all_their_scalars_and_groups() -> None:
    grids = arguments("hash_grid", "hash_grid")
    assert {grid.get("dtype", "float32") for grid in grids} == {"float16", "float32", "float64"}
    assert any(grid.get("groups") for grid in grids)
    assert all("points" in grid for grid in grids)


def test_meshes_have_all_their_shapes_and_groups() -> None:
    meshes = arguments("mesh_query", "mesh")
    assert {mesh["shape"] for mesh in meshes} == {"sphere", "box", "torus", "grid"}
    assert any(mesh.get("groups") for mesh in meshes)


def test_volumes_hold_all_their_types() -> None:
    held = {volume["dtype"] for volume in arguments("volume", "volume")}
    assert held == {
        "float32", "float64", "int32", "int64", "uint32", "vec3f", "vec3d", "vec4f", "vec4d", "index",
    }  # fmt: skip


def test_textures_have_all_dimensions_channels_and_modes() -> None:
    textures = arguments("texture", "texture")
    assert {len(texture["shape"]) for texture in textures} == {1, 2, 3}
    assert {texture["channels"] for texture in textures} == {1, 2, 4}
    assert {texture["filter"] for texture in textures} == {"linear", "closest"}
    assert {texture["address"] for texture in textures} == {"clamp", "wrap", "mirror", "border"}
    assert any(texture.get("mip_levels", 1) > 1 for texture in textures)


def test_walks_are_written_as_while_and_as_for() -> None:
    features = {feature for kernel in drawn("hash_grid") for feature in kernel.features}
    assert {"query-while", "query-for", "continue", "if", "result-list"} <= features


def test_the_checker_knows_walks_over_queries() -> None:
    text = """
import warp as wp

@wp.kernel
def near(grid: wp.uint64, points: wp.array[wp.vec3], out: wp.array[int]):
    tid = wp.tid()
    i = wp.hash_grid_point_id(grid, tid)
    count = int(0)
    query = wp.hash_grid_query(grid, points[i], 1.0)
    j = int(0)
    while wp.hash_grid_query_next(query, j):
        if j == i:
            continue
        count += j
    out[i] = count
"""
    assert check(text, "near") == []
    assert [complaint.rule for complaint in check(text.replace("out[i]", "out[tid]"), "near")] == ["race"]
    endless = text.replace("wp.hash_grid_query_next(query, j)", "wp.int32(j) < count")
    assert "endless loop" in [complaint.rule for complaint in check(endless, "near")]
