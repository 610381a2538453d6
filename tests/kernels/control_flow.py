"""Branches, conditional expressions, early returns, boolean operators."""

import warp as wp


@wp.kernel
def clamp_by_branches(x: wp.array[float], low: float, high: float, out: wp.array[float]):
    i = wp.tid()
    value = x[i]
    if value < low:
        out[i] = low
    elif value > high:
        out[i] = high
    else:
        out[i] = value


@wp.kernel
def conditional_expression(x: wp.array[float], out: wp.array[float]):
    i = wp.tid()
    out[i] = x[i] if x[i] > 0.0 else 0.01 * x[i]


@wp.kernel
def early_return(x: wp.array[float], active: wp.array[bool], out: wp.array[float]):
    i = wp.tid()
    if not active[i]:
        return
    out[i] = x[i] * x[i]


@wp.kernel
def boolean_operators(a: wp.array[int], b: wp.array[int], out: wp.array[int]):
    i = wp.tid()
    if (a[i] > 0 and b[i] > 0) or a[i] == b[i]:
        out[i] = 1
    else:
        out[i] = 0


@wp.kernel
def nested_branches(x: wp.array[float], y: wp.array[float], quadrant: wp.array[int]):
    i = wp.tid()
    if x[i] >= 0.0:
        if y[i] >= 0.0:
            quadrant[i] = 1
        else:
            quadrant[i] = 4
    else:
        if y[i] >= 0.0:
            quadrant[i] = 2
        else:
            quadrant[i] = 3


@wp.kernel
def sum_up(x: wp.array[float], total: wp.array[float]):
    i = wp.tid()
    wp.atomic_add(total, 0, x[i])
