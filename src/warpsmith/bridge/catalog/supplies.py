"""How a kernel comes by each argument of a builtin."""

from collections.abc import Mapping
from functools import cache

from warpsmith.bridge.catalog import kinds
from warpsmith.bridge.catalog.kinds import Kind
from warpsmith.bridge.catalog.signature import Condition, Supply, Way

MAKERS: Mapping[str, tuple[str, ...]] = {
    "BvhQueryAabb": ("bvh_query_aabb",),
    "BvhQueryRay": ("bvh_query_ray",),
    "BvhQueryCapsule": ("bvh_query_capsule",),
    "BvhQuerySphere": ("bvh_query_sphere",),
    "BvhQuery": ("bvh_query_aabb", "bvh_query_ray"),
    "BvhQueryTiled": ("tile_bvh_query_aabb", "tile_bvh_query_ray"),
    "MeshQueryAABB": ("mesh_query_aabb",),
    "MeshQuerySphere": ("mesh_query_sphere",),
    "MeshQuery": ("mesh_query_aabb", "mesh_query_sphere"),
    "MeshQueryAABBTiled": ("tile_mesh_query_aabb",),
    "HashGridQuery": ("hash_grid_query",),
    "HashGridQueryH": ("hash_grid_query",),
    "HashGridQueryD": ("hash_grid_query",),
    "range_t": ("range",),
    "shape_t": ("shape of an array",),
    "tile_stack": ("tile_stack",),
    "fixedarray": ("zeros",),
    "tuple": ("tuple",),
}
"""Builtins that make what a kernel cannot be handed. A ``BvhQuery`` or ``MeshQuery`` is one of two, by an ``if``."""

_WAYS: Mapping[str, Way] = {"handle": "handle", "constant": "constant", "written": "local", "local": "local"}
_WAYS_OF_KINDS: Mapping[Kind, Way] = {"tile": "tile", "array": "array", "function": "function"}


def supply_of(argument: str, conditions: tuple[Condition, ...]) -> Supply:
    """Return how a kernel comes by an argument of a type of which conditions must hold."""
    what = kinds.parse(argument)
    if what.kind == "literal":
        return Supply("constant", argument, (argument[1:],))
    if argument in kinds.TEXTURES:
        return Supply("parameter", argument)
    makers = MAKERS.get(argument if what.kind == "object" else what.family or what.kind)
    if what.kind == "tile" and 0 in what.shape:
        makers = ("tile",)
    if makers:
        return Supply("maker", argument, makers)
    if what.kind in _WAYS_OF_KINDS:
        return Supply(_WAYS_OF_KINDS[what.kind], argument)
    return _value(argument, conditions)


@cache
def _value(argument: str, conditions: tuple[Condition, ...]) -> Supply:
    for condition in conditions:
        if condition.requirement in _WAYS:
            return Supply(_WAYS[condition.requirement], argument, condition.choices, condition.of)
    return Supply("element", argument)
