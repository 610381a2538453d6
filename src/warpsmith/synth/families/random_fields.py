"""Idioms of noise fields: Perlin noise, periodic noise, curl noise, octaves and domain warping."""

import ast

from warpsmith.synth.expr import call, name, spelled
from warpsmith.synth.families.random_draws import generator
from warpsmith.synth.families.repertoire import Idiom, count_of, named, number, operand, span, table
from warpsmith.synth.idiom import expression
from warpsmith.synth.interval import Interval, symmetric
from warpsmith.synth.printing import text_of
from warpsmith.synth.types import FLOAT32, INT32, Scalar, Vector, vector
from warpsmith.synth.writer import KernelWriter

_NOISES = ("n", "noise_value", "density", "height", "turb", "eta")


def _place(w: KernelWriter, lowest: int = 1) -> tuple[str, Scalar | Vector, Interval]:
    """Return a variable that holds where the noise is evaluated: an input scaled, or the thread's place on the grid."""
    size = w.choices.weighted((1, 2, 3, 4), (3, 4, 5, 1.5) if lowest == 1 else (0, 4, 5, 2))
    kind: Scalar | Vector = FLOAT32 if size == 1 else vector(size, FLOAT32)
    names = ("p", "x", "q", "coord", "uv", "sample_pos")
    if size <= w.threads.ndim and w.choices.chance(0.5):
        identifier = w.names.one_of(names)
        scale = number(w, ("frequency", "cell_size", "spacing", "scale"), 0.05, 0.5)
        parts = [expression("float(i) * h", i=name(index), h=scale) for index in w.threads.indices[:size]]
        node = parts[0] if size == 1 else call(spelled(kind.spelling), *parts)
        shift = operand(w, kind, steps=0)
        w.write("p = node + shift", p=identifier, node=node, shift=shift.node)
        w.bind(identifier, kind, shift.interval.add(span(0, 50)), pending=False, roots=shift.roots)
        return identifier, kind, shift.interval.add(span(0, 50))
    where = operand(w, kind, steps=0)
    if w.choices.chance(0.6):
        identifier = w.names.one_of(names)
        scale = number(w, ("frequency", "freq", "scale"), 0.5, 4.0)
        w.write("p = where * scale", p=identifier, where=where.node, scale=scale)
        w.bind(identifier, kind, where.interval.scale(4.0), pending=False, roots=where.roots)
        return identifier, kind, where.interval.scale(4.0)
    return named(w, where, names), kind, where.interval


def perlin(w: KernelWriter) -> str:
    """Write Perlin noise at a point."""
    state = generator(w, shared=True)
    place, _, _ = _place(w)
    result = w.names.one_of(_NOISES)
    amplitude = number(w, ("amplitude", "strength", "gain"), 0.2, 3.0)
    texts = (
        "n = wp.noise(state, p)",
        "n = amplitude * wp.noise(state, p)",
        "n = wp.abs(wp.noise(state, p))",
        "n = 1.0 - wp.abs(wp.noise(state, p))",
        "n = 0.5 * (wp.noise(state, p) + 1.0)",
    )
    text = w.choices.pick(texts) if isinstance(amplitude, ast.Constant) else texts[1]
    w.write(text, n=result, amplitude=amplitude, state=state, p=place)
    w.bind(result, FLOAT32, symmetric(6.0))
    return f"let {result} be Perlin noise at {place}"


def periodic(w: KernelWriter) -> str:
    """Write Perlin noise that repeats with a period along each axis."""
    state = generator(w, shared=True)
    place, kind, _ = _place(w)
    size = kind.length if isinstance(kind, Vector) else 1
    shared = number(w, ("period", "tile_size", "wrap"), 2, 16, INT32)
    alike = w.choices.chance(0.5)
    periods = [shared if alike or axis == 0 else ast.Constant(w.choices.integer(2, 16)) for axis in range(size)]
    result = w.names.one_of(_NOISES)
    node = call("pnoise", name(state), name(place), *periods)
    w.write(w.choices.pick(("n = NOISE", "n = 2.0 * NOISE", "n = NOISE + 1.0")), n=result, NOISE=node)
    w.bind(result, FLOAT32, symmetric(4.0))
    return f"let {result} be periodic noise at {place}"


def curl(w: KernelWriter) -> str:
    """Write curl noise, bare or with octaves, lacunarity and gain."""
    state = generator(w, shared=True)
    place, kind, where = _place(w, lowest=2)
    result = w.names.one_of(("flow", "wind", "v", "curl", "swirl"))
    octaves = number(w, ("octaves", "num_octaves"), 1, 4, INT32)
    lacunarity = number(w, ("lacunarity",), 1.5, 2.5) if w.choices.chance(0.5) else None
    gain = number(w, ("gain", "persistence"), 0.3, 0.7) if lacunarity is not None and w.choices.chance(0.6) else None
    given = [call("uint32", octaves), lacunarity, gain]
    node = call("curlnoise", name(state), name(place), *(part for part in given if part is not None))
    flow = vector(2, FLOAT32) if kind is vector(2, FLOAT32) else vector(3, FLOAT32)
    if flow is kind and w.choices.chance(0.5):
        step = number(w, ("dt", "step", "h"), 0.01, 0.1)
        w.write("v = p + CURL * h", v=result, p=place, CURL=node, h=step)
        w.bind(result, flow, where.add(symmetric(20.0)))
        return f"let {result} be {place} moved along curl noise"
    w.write("v = CURL", v=result, CURL=node)
    w.bind(result, flow, symmetric(200.0))
    return f"let {result} be curl noise at {place}"


def swirl(w: KernelWriter) -> str:
    """Write curl noise without options."""
    state = generator(w, shared=True)
    place, kind, _ = _place(w, lowest=2)
    result = w.names.one_of(("flow", "wind", "v", "curl", "swirl"))
    flow = vector(2, FLOAT32) if kind is vector(2, FLOAT32) else vector(3, FLOAT32)
    w.write("v = wp.curlnoise(state, p)", v=result, state=state, p=place)
    w.bind(result, flow, symmetric(60.0))
    return f"let {result} be curl noise at {place}"


def octaves(w: KernelWriter) -> str:
    """Write fractal noise: octaves of noise, each finer and weaker than the last."""
    _, limit = count_of(w, 3, 6, ("octaves", "num_octaves", "layers"))
    state = generator(w, shared=True)
    place, _, _ = _place(w)
    total, amplitude, frequency = (
        w.names.one_of(("total", "fbm", "sum")),
        w.names.one_of(("amp", "amplitude", "a")),
        w.names.one_of(("freq", "frequency", "f")),
    )
    layer = w.choices.pick(
        ("wp.noise(state, p * f)", "wp.abs(wp.noise(state, p * f))", "(1.0 - wp.abs(wp.noise(state, p * f)))")
    )
    finer = w.choices.pick(("f *= 2.0", "f = f * 2.0", "f *= lacunarity"))
    lacunarity = number(w, ("lacunarity",), 1.5, 2.5) if "lacunarity" in finer else ast.Constant(2.0)
    weaker = w.choices.pick(("a *= 0.5", "a = a * 0.5", "a = 0.6 * a"))
    text = f"""
    total = float(0.0)
    a = float(1.0)
    f = float(1.0)
    for k in range(n):
        total += a * {layer}
        {finer}
        {weaker}
    """
    counter = w.names.one_of(("k", "octave", "layer"))
    w.write(
        text, total=total, a=amplitude, f=frequency, k=counter, n=limit, state=state, p=place, lacunarity=lacunarity
    )
    w.bind(total, FLOAT32, symmetric(5.0))
    return f"let {total} be the sum of {text_of(limit)} octaves of noise at {place}"


def domain_warp(w: KernelWriter) -> str:
    """Write noise at a place that other noise has moved."""
    state = generator(w, shared=True)
    place, kind, _ = _place(w)
    shift, result = w.names.one_of(("bend", "offset", "warp_offset")), w.names.one_of(_NOISES)
    strength = number(w, ("strength", "distortion"), 0.2, 2.0)
    if isinstance(kind, Vector):
        moved = expression("p + KIND(shift)", p=place, shift=shift, KIND=spelled(kind.spelling))
    else:
        moved = expression("p + shift", p=place, shift=shift)
    text = "shift = strength * wp.noise(state, p)\nn = wp.noise(state, MOVED)"
    w.write(text, shift=shift, strength=strength, state=state, p=place, n=result, MOVED=moved)
    w.bind(result, FLOAT32, symmetric(2.0))
    return f"let {result} be noise at {place} moved by noise"


def slope(w: KernelWriter) -> str:
    """Write the slope of noise by a difference quotient."""
    state = generator(w, shared=True)
    place, kind, _ = _place(w)
    eps = number(w, ("eps", "h", "delta"), 0.05, 0.2)
    result = w.names.one_of(("slope", "d_noise", "gradient_x"))
    step = eps if isinstance(kind, Scalar) else call(spelled(kind.spelling), *_axis_step(w, kind.length, eps))
    texts = (
        "d = (wp.noise(state, p + STEP) - wp.noise(state, p)) / eps",
        "d = (wp.noise(state, p + STEP) - wp.noise(state, p - STEP)) / (2.0 * eps)",
    )
    w.write(w.choices.pick(texts), d=result, state=state, p=place, STEP=step, eps=eps)
    w.bind(result, FLOAT32, symmetric(40.0))
    return f"let {result} be the slope of noise at {place} along one axis"


def _axis_step(w: KernelWriter, size: int, eps: ast.expr) -> list[ast.expr]:
    axis = w.choices.integer(0, size - 1)
    return [eps if k == axis else ast.Constant(0.0) for k in range(size)]


def layered(w: KernelWriter) -> str:
    """Write a sum of noise over weights of an array."""
    trips, limit = count_of(w, 2, 5, ("num_layers", "bands"))
    state = generator(w, shared=True)
    weights = table(w, ("band_weights", "amplitudes", "gains"), FLOAT32, (trips,), (0.1, 1.0))
    place, _, _ = _place(w)
    total, counter = w.names.one_of(("total", "height", "mix")), w.names.one_of(("k", "band"))
    text = w.choices.pick(
        (
            "total = float(0.0)\nfor k in range(n):\n    total += weights[k] * wp.noise(state, p * float(k + 1))",
            "total = float(0.0)\nfor k in range(n):\n    total = wp.max(total, wp.noise(state, p * weights[k]))",
            "total = float(1.0)\nfor k in range(n):\n    total *= 1.0 + weights[k] * wp.noise(state, p * float(k + 1))",
        )
    )
    w.write(text, total=total, k=counter, n=limit, weights=weights, state=state, p=place)
    w.bind(total, FLOAT32, symmetric(3.0**trips))
    return f"let {total} be layers of noise at {place} weighed with {weights}"


FIELDS = (
    Idiom("perlin-noise", 6, perlin, 2.0),
    Idiom("periodic-noise", 6, periodic, 1.2),
    Idiom("curl-noise", 6, curl, 1.2),
    Idiom("bare-curl-noise", 5, swirl, 0.6),
    Idiom("fractal-noise", 16, octaves),
    Idiom("domain-warp", 9, domain_warp),
    Idiom("noise-slope", 11, slope),
    Idiom("layered-noise", 12, layered),
)
