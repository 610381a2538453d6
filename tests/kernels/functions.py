"""User functions: chains, several results, custom gradients and replays, native snippets."""

import warp as wp


@wp.func
def square(x: float) -> float:
    return x * x


@wp.func
def norm_squared(x: float, y: float) -> float:
    return square(x) + square(y)


@wp.func
def falloff(x: float, y: float, radius: float):
    return wp.exp(-norm_squared(x, y) / square(radius))


@wp.func
def min_and_max(a: float, b: float):
    return wp.min(a, b), wp.max(a, b)


@wp.func
def safe_sqrt(x: float):
    return wp.sqrt(wp.max(x, 0.0))


@wp.func_grad(safe_sqrt)
def adj_safe_sqrt(x: float, adj_ret: float):
    if x > 0.0:
        wp.adjoint[x] += 0.5 / wp.sqrt(x) * adj_ret


@wp.func
def claim(counter: wp.array[int], slot: int, claimed: wp.array[int], thread: int):
    place = wp.atomic_add(counter, slot, 1)
    claimed[thread] = place
    return place


@wp.func_replay(claim)
def replay_claim(counter: wp.array[int], slot: int, claimed: wp.array[int], thread: int):
    return claimed[thread]


@wp.func_native("out[i] = x[i] * 2.0f;", adj_snippet="adj_x[i] += 2.0f * adj_out[i];")
def native_double(x: wp.array[float], i: int, out: wp.array[float]): ...


@wp.kernel
def chain(x: wp.array[float], y: wp.array[float], radius: float, out: wp.array[float]):
    i = wp.tid()
    out[i] = falloff(x[i], y[i], radius)


@wp.kernel
def several_results(a: wp.array[float], b: wp.array[float], spread: wp.array[float]):
    i = wp.tid()
    low, high = min_and_max(a[i], b[i])
    spread[i] = high - low


@wp.kernel
def custom_gradient(x: wp.array[float], out: wp.array[float]):
    i = wp.tid()
    out[i] = safe_sqrt(x[i])


@wp.kernel
def custom_replay(x: wp.array[float], counter: wp.array[int], claimed: wp.array[int], out: wp.array[float]):
    i = wp.tid()
    place = claim(counter, 0, claimed, i)
    out[place] = x[i]


@wp.kernel
def native_snippet(x: wp.array[float], out: wp.array[float]):
    i = wp.tid()
    native_double(x, i, out)
