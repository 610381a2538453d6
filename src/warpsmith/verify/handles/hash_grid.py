"""A grid for the search of neighbours, built of another argument's points or of its own."""

from typing import Any

import warp as wp

from warpsmith.errors import UsageError
from warpsmith.verify.dtypes import dtype_named
from warpsmith.verify.making import Making

_POINTS = {"float16": wp.vec3h, "float32": wp.vec3f, "float64": wp.vec3d}


def make_hash_grid(argument: dict[str, Any], path: str, making: Making) -> Any:
    """Make a `wp.HashGrid`, build it, and return its id; raises UsageError for a dtype that grids do not have."""
    dtype = argument.get("dtype", "float32")
    if dtype not in _POINTS:
        raise UsageError(f"dtype '{dtype}' of hash grid '{path}' is unknown; use {', '.join(_POINTS)}")
    numbers = making.numbers(argument, path)
    if "points" in argument:
        points = making.made(argument["points"])
    else:
        extent = argument["extent"]
        points = making.array(numbers.between((argument["count"], 3), -extent, extent), _POINTS[dtype])
    x, y, z = argument["dims"]
    grid = wp.HashGrid(x, y, z, device=making.device, dtype=dtype_named(dtype).warp)
    grid.build(points, argument["radius"], groups=making.groups(argument, points.size, numbers))
    making.keep.append(points)
    return making.identified(grid)
