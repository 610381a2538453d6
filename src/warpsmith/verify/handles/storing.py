"""The kernel that writes values into the voxels of a volume."""

from typing import Any

import warp as wp


@wp.kernel(enable_backward=False)
def store(volume: wp.uint64, values: wp.array3d[Any]):
    """Store a value in each voxel of a block that begins at voxel (0, 0, 0)."""
    i, j, k = wp.tid()
    wp.volume_store(volume, i, j, k, values[i, j, k])
