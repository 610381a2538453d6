"""The kernels whose generated code the pages show."""

import warp as wp

TILE = 16


@wp.kernel
def saxpy(alpha: float, x: wp.array[float], y: wp.array[float]):
    i = wp.tid()
    y[i] = alpha * x[i] + y[i]


@wp.struct
class Particle:
    position: wp.vec3
    velocity: wp.vec3


@wp.func
def drag(velocity: wp.vec3, strength: float):
    return -strength * wp.length(velocity) * velocity


@wp.kernel
def step(particles: wp.array[Particle], strength: float, dt: float):
    i = wp.tid()
    p = particles[i]
    p.velocity = p.velocity + drag(p.velocity, strength) * dt
    p.position = p.position + p.velocity * dt
    particles[i] = p


@wp.kernel
def row_sums(grid: wp.array2d[float], out: wp.array[float]):
    i = wp.tid()
    total = float(0.0)
    for k in range(grid.shape[1]):
        if grid[i, k] > 0.0:
            total += grid[i, k]
    out[i] = total


@wp.kernel
def tile_total(x: wp.array2d[float], out: wp.array[float]):
    i = wp.tid()
    row = wp.tile_load(x[i], shape=TILE)
    wp.tile_store(out, wp.tile_sum(row), offset=i)
