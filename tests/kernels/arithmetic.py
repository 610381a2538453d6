"""Elementwise arithmetic over the scalar types."""

import warp as wp


@wp.kernel
def add(a: wp.array(dtype=float), b: wp.array(dtype=float), total: wp.array(dtype=float)):
    i = wp.tid()
    total[i] = a[i] + b[i]


@wp.kernel
def saxpy(alpha: float, x: wp.array[float], y: wp.array[float]):
    i = wp.tid()
    y[i] = alpha * x[i] + y[i]


@wp.kernel
def polynomial(x: wp.array[wp.float64], out: wp.array[wp.float64]):
    i = wp.tid()
    t = x[i]
    out[i] = (wp.float64(2.0) * t - wp.float64(1.0)) * t / (t * t + wp.float64(1.0))


@wp.kernel
def half_precision(x: wp.array[wp.float16], out: wp.array[wp.float16]):
    i = wp.tid()
    out[i] = x[i] * x[i] - wp.float16(0.5)


@wp.kernel
def integer_mix(counts: wp.array[wp.int32], keys: wp.array[wp.uint32], out: wp.array[wp.int32]):
    i = wp.tid()
    count = counts[i]
    out[i] = (count % 7 + (count >> 2)) ^ (int(keys[i]) & 255)


@wp.kernel
def widths(a: wp.array[wp.int8], b: wp.array[wp.int64], out: wp.array[wp.int64]):
    i = wp.tid()
    out[i] = wp.int64(a[i]) * b[i] - wp.int64(3)


@wp.kernel
def unary(x: wp.array[float], out: wp.array[float]):
    i = wp.tid()
    out[i] = wp.sin(x[i]) * wp.exp(-wp.abs(x[i])) + wp.sqrt(wp.abs(x[i]) + 1.0)
