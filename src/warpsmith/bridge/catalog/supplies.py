"""How a kernel comes by each argument of a builtin."""

from collections.abc import Mapping
from functools import cache

from warpsmith.bridge.catalog import kinds
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
"""What makes the objects that a kernel cannot be handed: builtins; of ``BvhQuery`` and ``MeshQuery`` two that are merged."""

TILED_MAKERS = frozenset({"BvhQueryTiled"})
"""Of these, any one of the makers makes the whole object."""

_WAYS: Mapping[str, Way] = {"handle": "handle", "constant": "constant", "written": "local", "local": "local"}


def supply_of(argument: str, conditions: tuple[Condition, ...]) -> Supply:
    """Return how a kernel comes by an argument of a type of which conditions must hold."""
    what = kinds.parse(argument)
    if what.kind == "literal":
        return Supply("constant", argument, (argument[1:],))
    if what.kind == "tile":
        return Supply("maker", argument, ("tile",)) if 0 in what.shape else Supply("tile", argument)
    if what.kind == "array":
        return Supply("array", argument)
    if argument in kinds.TEXTURES:
        return Supply("parameter", argument)
    if what.kind in ("object", "fixedarray", "stack", "tuple"):
        return Supply("maker", argument, MAKERS[what.family or (argument if what.kind == "object" else what.kind)])
    return _value(argument, conditions)


@cache
def _value(argument: str, conditions: tuple[Condition, ...]) -> Supply:
    for condition in conditions:
        if condition.requirement in _WAYS:
            return Supply(_WAYS[condition.requirement], argument, condition.choices, condition.of)
    return Supply("element", argument)
