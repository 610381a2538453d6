"""Sparse volumes: values, distances or indices in the voxels of a block around the origin."""

from typing import Any

import numpy as np
import warp as wp

from warpsmith.errors import UsageError
from warpsmith.verify.dtypes import DType, dtype_named
from warpsmith.verify.fillings import filled
from warpsmith.verify.handles.storing import store
from warpsmith.verify.making import Making
from warpsmith.verify.numbers import Array

_TILE = 8
"""Voxels along an edge of the smallest block that Warp allocates."""

_DTYPES = ("float32", "float64", "int32", "uint32", "int64", "vec3f", "vec3d", "vec4f", "vec4d")


def make_volume(argument: dict[str, Any], path: str, making: Making) -> Any:
    """Make a `wp.Volume` and return its id; raises UsageError for a dtype that volumes do not have."""
    shape, voxel_size = tuple(argument["shape"]), argument["voxel_size"]
    place = {"voxel_size": voxel_size, "translation": [-(n - 1) / 2.0 * voxel_size for n in shape]}
    if argument["dtype"] == "index":
        voxels = making.array(_lattice(shape, 1), wp.vec3i)
        return making.identified(wp.Volume.allocate_by_voxels(voxels, device=making.device, **place))
    if argument["dtype"] not in _DTYPES:
        raise UsageError(f"dtype '{argument['dtype']}' of volume '{path}' is unknown; use index, {', '.join(_DTYPES)}")
    values = filled(argument, shape, making.numbers(argument, path))
    if argument.get("distance"):
        values = values + _distances(shape, voxel_size)
    tiles = making.array(_lattice(shape, _TILE), wp.vec3i)
    dtype = dtype_named(argument["dtype"])
    background = _background(dtype, argument.get("background", 0.0))
    volume = wp.Volume.allocate_by_tiles(tiles, bg_value=background, device=making.device, **place)
    stored = making.array(values, dtype.warp)
    wp.launch(store, dim=shape, inputs=[wp.uint64(volume.id), stored], device=making.device)
    return making.identified(volume)


def _background(dtype: DType, value: float) -> Any:
    number = int(value) if dtype.is_integer else value
    return dtype.warp(*[number] * dtype.shape[0]) if dtype.shape else dtype.warp(number)


def _lattice(shape: tuple[int, ...], step: int) -> Array:
    """Return the whole coordinates of the voxels, or of every `step`th along each axis."""
    axes = np.meshgrid(*(np.arange(0, n, step) for n in shape), indexing="ij")
    return np.stack(axes, axis=-1).reshape(-1, 3)


def _distances(shape: tuple[int, ...], voxel_size: float) -> Array:
    """Return the distance of each voxel to a sphere around the origin, of half the smallest extent; inside below 0."""
    centre = (np.array(shape) - 1) / 2.0
    away = (_lattice(shape, 1) - centre) * voxel_size
    distances: Array = np.sqrt((away * away).sum(axis=1)) - centre.min() * voxel_size / 2.0
    return distances.reshape(shape)
