"""Generic kernels and functions with given overloads, factories that close over values, and `wp.static`."""

from typing import Any

import warp as wp

TAPS = wp.constant(3)
WEIGHTS = (0.25, 0.5, 0.25)


@wp.func
def blend(a: Any, b: Any, t: Any):
    return a + (b - a) * t


@wp.kernel
def generic_scale(x: wp.array(dtype=Any), factor: Any, out: wp.array(dtype=Any)):
    i = wp.tid()
    out[i] = x[i] * factor


wp.overload(generic_scale, [wp.array(dtype=wp.float32), wp.float32, wp.array(dtype=wp.float32)])
wp.overload(generic_scale, [wp.array(dtype=wp.float64), wp.float64, wp.array(dtype=wp.float64)])
wp.overload(generic_scale, [wp.array(dtype=wp.vec3), wp.float32, wp.array(dtype=wp.vec3)])


@wp.kernel
def generic_function(a: wp.array[wp.vec3], b: wp.array[wp.vec3], t: float, out: wp.array[wp.vec3]):
    i = wp.tid()
    out[i] = blend(a[i], b[i], t)


def make_scaler(factor: float) -> wp.Kernel:
    """Return a kernel that multiplies by a value that it closes over."""

    @wp.kernel(module="unique")
    def scale(x: wp.array[float], out: wp.array[float]):
        i = wp.tid()
        out[i] = x[i] * factor

    return scale


def make_mapper(function: wp.Function) -> wp.Kernel:
    """Return a kernel that applies a function that it closes over."""

    @wp.kernel(module="unique")
    def apply(x: wp.array[float], out: wp.array[float]):
        i = wp.tid()
        out[i] = function(x[i])

    return apply


@wp.func
def cube(x: float):
    return x * x * x


scale_by_two = make_scaler(2.0)
scale_by_half = make_scaler(0.5)
map_cube = make_mapper(cube)


@wp.kernel
def static_values(x: wp.array[float], out: wp.array[float]):
    i = wp.tid()
    total = float(0.0)
    for k in range(wp.static(len(WEIGHTS))):
        total += x[i] * wp.static(sum(WEIGHTS)) * float(k + TAPS)
    out[i] = total
