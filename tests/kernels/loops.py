"""Loops: constant and run-time ranges, `while`, `break`, `continue`, nesting."""

import warp as wp


@wp.kernel
def constant_range(x: wp.array[float], out: wp.array[float]):
    i = wp.tid()
    total = float(0.0)
    for k in range(4):
        total += x[i] * float(k)
    out[i] = total


@wp.kernel
def runtime_range(x: wp.array[float], count: int, out: wp.array[float]):
    i = wp.tid()
    total = float(0.0)
    for k in range(count):
        total += x[(i + k) % x.shape[0]]
    out[i] = total


@wp.kernel
def stepped_range(x: wp.array[float], count: int, out: wp.array[float]):
    i = wp.tid()
    total = float(0.0)
    for k in range(count - 1, 0, -2):
        total += x[i] / float(k)
    out[i] = total


@wp.kernel
def bounded_while(x: wp.array[float], out: wp.array[float]):
    i = wp.tid()
    value = x[i]
    steps = int(0)
    while value > 1.0 and steps < 16:
        value = value * 0.5
        steps += 1
    out[i] = float(steps)


@wp.kernel
def break_and_continue(flags: wp.array2d[int], out: wp.array[int]):
    i = wp.tid()
    found = int(-1)
    for k in range(flags.shape[1]):
        if flags[i, k] == 0:
            continue
        found = k
        break
    out[i] = found


@wp.kernel
def nested(grid: wp.array2d[float], out: wp.array[float]):
    i = wp.tid()
    total = float(0.0)
    for row in range(grid.shape[0]):
        for column in range(3):
            total += grid[row, column] * float(i + column)
    out[i] = total
