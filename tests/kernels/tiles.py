"""Tiles: loads, stores, reductions and shared memory."""

import warp as wp

TILE = 16


@wp.kernel
def tile_total(x: wp.array2d[float], out: wp.array[float]):
    i = wp.tid()
    row = wp.tile_load(x[i], shape=TILE)
    wp.tile_store(out, wp.tile_sum(row), offset=i)


@wp.kernel
def tile_product(a: wp.array2d[float], b: wp.array2d[float], out: wp.array2d[float]):
    i, j = wp.tid()
    left = wp.tile_load(a, shape=(TILE, TILE), offset=(i * TILE, 0))
    right = wp.tile_load(b, shape=(TILE, TILE), offset=(0, j * TILE))
    total = wp.tile_zeros(shape=(TILE, TILE), dtype=float)
    wp.tile_matmul(left, right, total)
    wp.tile_store(out, total, offset=(i * TILE, j * TILE))


@wp.kernel
def tile_scale(x: wp.array[float], out: wp.array[float]):
    i = wp.tid()
    values = wp.tile_load(x, shape=TILE, offset=i * TILE, storage="shared")
    wp.tile_store(out, values * 2.0, offset=i * TILE)
