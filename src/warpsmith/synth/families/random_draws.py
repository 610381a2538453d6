"""Idioms that draw random numbers: from distributions, from shapes, in loops and walks."""

import ast

from warpsmith.synth import inputs
from warpsmith.synth.expr import literal_node
from warpsmith.synth.families.repertoire import (
    Idiom,
    bound_of,
    linear_index,
    named,
    number,
    operand,
    span,
    table,
)
from warpsmith.synth.idiom import expression
from warpsmith.synth.interval import symmetric
from warpsmith.synth.meanings.meaning import Need
from warpsmith.synth.printing import text_of
from warpsmith.synth.types import FLOAT32, INT32, UINT32, ValueType, vector
from warpsmith.synth.writer import KernelWriter

_STATES = ("state", "rng", "rng_state", "rand_state", "rnd")
SHAPES_2D = {
    "sample_unit_disk": "a unit disk",
    "sample_unit_ring": "the unit circle",
    "sample_unit_square": "the unit square around the origin",
}
SHAPES_3D = {
    "sample_unit_sphere": "a unit ball",
    "sample_unit_sphere_surface": "the unit sphere",
    "sample_unit_hemisphere": "half a unit ball",
    "sample_unit_hemisphere_surface": "the unit hemisphere",
    "sample_unit_cube": "the unit cube around the origin",
}
VEC2, VEC3 = vector(2, FLOAT32), vector(3, FLOAT32)
PLACES: tuple[ValueType, ...] = (VEC3, VEC3, VEC2, FLOAT32)


def generator(w: KernelWriter, *, shared: bool = False) -> str:
    """Initialise the thread's state of random numbers; return its name. A `shared` one may be equal for all threads."""
    identifier = w.names.one_of(_STATES)
    seed = _seed(w)
    if shared and w.choices.chance(0.6):
        text = w.choices.pick(("state = wp.rand_init(seed)", "state = wp.uint32(wp.rand_init(seed))"))
        w.write(text, state=identifier, seed=seed)
        return identifier
    offset = linear_index(w)
    if w.choices.chance(0.15):
        offset = ast.BinOp(literal_node(w.choices.pick((3, 17, 64)), INT32), ast.Mult(), offset)
    w.write("state = wp.rand_init(seed, offset)", state=identifier, seed=seed, offset=offset)
    return identifier


def _seed(w: KernelWriter) -> ast.expr:
    pattern = w.choices.weighted(("number", "array", "frame"), (5, 2, 1))
    if pattern == "array":
        value = inputs.array(w, INT32)
        return w.block.read(value).node
    seed = number(w, ("seed", "base_seed", "kernel_seed", "run_seed"), 1, 999, INT32)
    if pattern == "frame":
        step = number(w, ("frame", "iteration", "epoch", "step_index"), 1, 50, INT32)
        return ast.BinOp(seed, w.choices.pick((ast.Add(), ast.Mult())), step)
    return seed


def uniform(w: KernelWriter) -> str:
    """Write a uniform number, scaled by an input or within bounds of the kernel."""
    state = generator(w)
    scale = operand(w, FLOAT32)
    drawn = w.names.one_of(("u", "xi", "r", "jittered", "sample", "draw"))
    pattern = w.choices.integer(0, 3)
    if pattern == 0:
        w.write("u = wp.randf(state) * scale", u=drawn, state=state, scale=scale.node)
        interval = scale.interval.hull(span(0, 0))
        words = f"a uniform number times {scale.operand_words}"
    elif pattern == 1:
        low = number(w, ("low", "min_value", "lo"), -2, 0)
        high = number(w, ("high", "max_value", "hi"), 0.5, 3)
        w.write("u = scale + wp.randf(state, low, high)", u=drawn, state=state, scale=scale.node, low=low, high=high)
        interval = scale.interval.add(span(-2, 3))
        words = f"{scale.words} plus a uniform number between {text_of(low)} and {text_of(high)}"
    elif pattern == 2:
        width = number(w, ("sigma", "noise_scale", "amplitude", "spread"), 0.05, 1.0)
        w.write("u = scale + width * wp.randn(state)", u=drawn, state=state, scale=scale.node, width=width)
        interval = scale.interval.add(symmetric(8.0))
        words = f"{scale.words} plus {text_of(width)} times a normal number"
    else:
        text = "u = scale * (2.0 * wp.randf(state) - 1.0)"
        w.write(text, u=drawn, state=state, scale=scale.node)
        interval = symmetric(scale.interval.magnitude)
        words = f"{scale.operand_words} times a uniform number between -1 and 1"
    w.bind(drawn, FLOAT32, interval, roots=scale.roots)
    return f"let {drawn} be {words}"


def integers(w: KernelWriter) -> str:
    """Write a random integer and combine it with an input."""
    state = generator(w)
    drawn = w.names.one_of(("pick", "choice", "slot", "roll", "k", "lucky"))
    high = number(w, ("num_choices", "sides", "n_bins", "upper"), 3, 20, INT32)
    pattern = w.choices.integer(0, 3)
    if pattern == 0:
        w.write("k = wp.randi(state, 0, high)", k=drawn, state=state, high=high)
        words, value_type = f"a random integer from 0 up to {text_of(high)}", INT32
    elif pattern == 1:
        w.write("k = wp.abs(wp.randi(state)) % high", k=drawn, state=state, high=high)
        words, value_type = f"the magnitude of a random integer modulo {text_of(high)}", INT32
    elif pattern == 2:
        w.write("k = wp.randu(state, wp.uint32(1), wp.uint32(high))", k=drawn, state=state, high=high)
        words, value_type = f"a random unsigned integer from 1 up to {text_of(high)}", UINT32
    else:
        w.write("k = wp.randu(state) % wp.uint32(high)", k=drawn, state=state, high=high)
        words, value_type = f"a random unsigned integer modulo {text_of(high)}", UINT32
    w.bind(drawn, value_type, span(0, 20))
    inputs.array(w, w.choices.pick((FLOAT32, INT32)))
    return f"let {drawn} be {words}"


def shape(w: KernelWriter) -> str:
    """Write a random point of a shape, moved and scaled."""
    flat = w.choices.chance(0.4)
    shapes, kind = (SHAPES_2D, VEC2) if flat else (SHAPES_3D, VEC3)
    builtin = w.choices.pick(tuple(shapes))
    state = generator(w)
    drawn = w.names.one_of(("p", "offset", "dir", "candidate", "sample", "xi"))
    center = operand(w, kind)
    radius = operand(w, FLOAT32) if w.choices.chance(0.4) else None
    size = number(w, ("radius", "spread", "step_size"), 0.1, 2.0) if radius is None else radius.node
    text = f"p = center + wp.{builtin}(state) * size"
    if w.choices.chance(0.4):
        text = f"p = wp.{builtin}(state) * size + center"
    w.write(text, p=drawn, center=center.node, state=state, size=size)
    reach = 2.0 if radius is None else bound_of(radius)
    w.bind(drawn, kind, center.interval.add(symmetric(reach)), roots=center.roots)
    return f"let {drawn} be {center.operand_words} plus {text_of(size)} times a random point of {shapes[builtin]}"


def triangle(w: KernelWriter) -> str:
    """Write a random point of a triangle from its barycentric coordinates."""
    state = generator(w)
    kind: ValueType = w.choices.pick(PLACES)
    corners = [operand(w, kind, steps=0) for _ in range(3)]
    uv, drawn = w.names.one_of(("uv", "bary", "coords")), w.names.one_of(("p", "point_on_tri", "sample", "hit"))
    text = """
    uv = wp.sample_triangle(state)
    p = uv[0] * a + uv[1] * b + (1.0 - uv[0] - uv[1]) * c
    """
    if w.choices.chance(0.4):
        text = """
        uv = wp.sample_triangle(state)
        p = a + (b - a) * uv[0] + (c - a) * uv[1]
        """
    a, b, c = (corner.node for corner in corners)
    w.write(text, uv=uv, state=state, p=drawn, a=a, b=b, c=c)
    w.bind(
        drawn,
        kind,
        symmetric(4.0 * max(corner.interval.magnitude for corner in corners)),
        roots=frozenset().union(*(corner.roots for corner in corners)),
    )
    return f"let {drawn} be a random point of the triangle of {', '.join(corner.words for corner in corners)}"


def cdf(w: KernelWriter) -> str:
    """Write an index that is drawn by a cumulative distribution, and read what stands there."""
    state = generator(w)
    size = w.choices.integer(6, 24)
    steps = table(w, ("cdf", "cumulative", "cdf_values"), FLOAT32, (size,), (0.05, 0.95), "sorted")
    values = table(w, ("values", "energies", "emission", "levels", "bin_values"), FLOAT32, (size,), (-2, 2))
    index, drawn = w.names.one_of(("bin", "idx", "k", "channel")), w.names.one_of(("picked", "value", "energy"))
    length = w.names.fresh("size") if w.choices.chance(0.3) else ""
    last = ast.BinOp(w.count(length, size), ast.Sub(), ast.Constant(1)) if length else literal_node(size - 1, INT32)
    if not length and w.choices.chance(0.5):
        last = expression("values.shape[0] - 1", values=values)
    text = """
    k = wp.min(wp.sample_cdf(state, cdf), last)
    x = values[k]
    """
    w.write(text, k=index, state=state, cdf=steps, last=last, x=drawn, values=values)
    w.bind(drawn, FLOAT32, span(-2, 2))
    return f"let {drawn} be the value of {values} at an index that is drawn by {steps}"


def poisson(w: KernelWriter) -> str:
    """Write a Poisson number whose rate an input says."""
    state = generator(w)
    rate = operand(w, FLOAT32, Need(0.1, 12.0))
    drawn = w.names.one_of(("events", "photons", "arrivals", "spikes", "count"))
    if w.choices.chance(0.5):
        w.write("n = wp.poisson(state, rate)", n=drawn, state=state, rate=rate.node)
        w.bind(drawn, UINT32, span(0, 60))
    else:
        text = "n = 0.1 * float(wp.poisson(state, rate))"  # fractions: noise is zero at whole numbers
        w.write(text, n=drawn, state=state, rate=rate.node)
        w.bind(drawn, FLOAT32, span(0, 6))
    return f"let {drawn} be a Poisson number of the rate {rate.words}"


def dropout(w: KernelWriter) -> str:
    """Write a value that is kept with a probability, by a branch or a selection."""
    state = generator(w)
    value = operand(w, FLOAT32)
    kept = w.names.one_of(("kept", "masked", "y", "value", "noisy"))
    p = number(w, ("p", "keep_prob", "rate", "probability"), 0.2, 0.8)
    pattern = w.choices.integer(0, 3)
    if pattern == 0:
        text = "y = wp.where(wp.randf(state) < p, x, 0.5 * x)"
    elif pattern == 1:
        text = "y = x\nif wp.randf(state) > p:\n    y = x / p"
    elif pattern == 2:
        text = "y = x / p if wp.randf(state) < p else 0.1 * x"
    else:
        text = "y = x * x\nif wp.randf(state) < p:\n    y = p - x"
    bound = max(value.interval.magnitude / 0.2, value.interval.magnitude**2)
    w.write(text, y=kept, state=state, x=value.node, p=p)
    w.bind(kept, FLOAT32, symmetric(bound), roots=value.roots)
    return f"let {kept} be {value.words} or a change of it, by chance with the probability {text_of(p)}"


def box_muller(w: KernelWriter) -> str:
    """Write a normal number by Box and Muller's transform, or an exponential one by inversion."""
    state = generator(w)
    value = operand(w, FLOAT32)
    drawn = w.names.one_of(("z", "gauss", "free_path", "wait"))
    roots = value.roots
    if w.choices.chance(0.5):
        text = """
        u1 = wp.randf(state, 0.001, 1.0)
        u2 = wp.randf(state)
        z = value + wp.sqrt(-2.0 * wp.log(u1)) * wp.cos(6.2832 * u2)
        """
        words = f"{value.words} plus a normal number by the Box-Muller transform"
        w.bind(drawn, FLOAT32, value.interval.add(symmetric(4.0)), roots=roots)
    else:
        text = "z = -wp.log(1.0 - 0.99 * wp.randf(state)) * value"
        words = f"an exponential number times {value.operand_words}"
        w.bind(drawn, FLOAT32, symmetric(5.0 * value.interval.magnitude), roots=roots)
    u1, u2 = w.names.fresh("u1"), w.names.fresh("u2")
    w.write(text, u1=u1, u2=u2, z=drawn, state=state, value=value.node)
    return f"let {drawn} be {words}"


def cosine_direction(w: KernelWriter) -> str:
    """Write a random direction around a normal, or the scattering of a direction."""
    state = generator(w)
    normal = operand(w, VEC3, steps=0)
    axis = named(w, normal, ("n", "normal", "axis", "d"))
    drawn = w.names.one_of(("dir", "bounce", "scattered", "omega"))
    texts = (
        "d = wp.normalize(n + wp.sample_unit_sphere_surface(state))",
        "d = n + 0.5 * wp.sample_unit_sphere(state)",
        "d = wp.sample_unit_hemisphere_surface(state)\nif wp.dot(d, n) < 0.0:\n    d = -d",
        "d = wp.sample_unit_sphere_surface(state)\nd = d - n * wp.dot(d, n)",
    )
    w.write(w.choices.pick(texts), d=drawn, n=axis, state=state)
    w.bind(drawn, VEC3, symmetric(max(1.0, 3.0 * normal.interval.magnitude**2 + 1.0)), roots=normal.roots)
    return f"let {drawn} be a random direction around {normal.words}"


DRAWS = (
    Idiom("uniform-draw", 4, uniform, 2.0),
    Idiom("integer-draw", 4, integers, 1.5),
    Idiom("shape-sample", 5, shape, 2.0),
    Idiom("triangle-sample", 12, triangle),
    Idiom("cdf-sample", 7, cdf),
    Idiom("poisson-draw", 4, poisson),
    Idiom("dropout", 6, dropout),
    Idiom("inverse-transform", 8, box_muller),
    Idiom("scattered-direction", 6, cosine_direction),
)
