"""Arguments that are more than numbers, each made in a file of its own; kernels get the ids of the first four."""

from collections.abc import Callable
from typing import Any

from warpsmith.verify.handles.bvh import make_bvh
from warpsmith.verify.handles.hash_grid import make_hash_grid
from warpsmith.verify.handles.mesh import make_mesh
from warpsmith.verify.handles.texture import make_texture
from warpsmith.verify.handles.volume import make_volume
from warpsmith.verify.making import Making

HANDLES: dict[str, Callable[[dict[str, Any], str, Making], Any]] = {
    "mesh": make_mesh,
    "bvh": make_bvh,
    "hash_grid": make_hash_grid,
    "volume": make_volume,
    "texture": make_texture,
}
