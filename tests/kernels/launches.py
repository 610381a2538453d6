"""Launches of one to four dimensions, and a kernel without an adjoint."""

import warp as wp


@wp.kernel
def one(out: wp.array[int]):
    i = wp.tid()
    out[i] = i


@wp.kernel
def two(out: wp.array2d[int]):
    i, j = wp.tid()
    out[i, j] = i * 10 + j


@wp.kernel
def three(grid: wp.array3d[float], out: wp.array3d[float]):
    i, j, k = wp.tid()
    out[i, j, k] = grid[i, j, k] * 2.0


@wp.kernel
def four(grid: wp.array4d[float], out: wp.array4d[float]):
    i, j, k, m = wp.tid()
    out[i, j, k, m] = grid[i, j, k, m] + float(m)


@wp.kernel(enable_backward=False)
def forward_only(x: wp.array[float], out: wp.array[float]):
    i = wp.tid()
    out[i] = x[i] * 3.0
