"""Idioms that draw random numbers again and again: Monte Carlo sums, walks, chains, rejection."""

from warpsmith.synth.expr import name
from warpsmith.synth.families.random_draws import PLACES, SHAPES_2D, SHAPES_3D, VEC2, generator
from warpsmith.synth.families.repertoire import Idiom, count_of, local, number, operand, span, table
from warpsmith.synth.interval import symmetric
from warpsmith.synth.meanings.meaning import Need
from warpsmith.synth.printing import text_of
from warpsmith.synth.types import FLOAT32, INT32, ValueType, Vector
from warpsmith.synth.writer import KernelWriter


def stratified(w: KernelWriter) -> str:
    """Write a Monte Carlo sum over jittered strata."""
    trips, limit = count_of(w, 4, 12, ("num_samples", "n", "strata"))
    state = generator(w)
    scale, expr = local(w, FLOAT32, ("width", "scale", "a"))
    total, u = w.names.one_of(("total", "estimate", "acc", "integral")), w.names.one_of(("u", "t", "x", "xi"))
    counter = w.names.one_of(("k", "s", "j"))
    term = w.choices.pick(
        ("u * u", "wp.sin(u * a)", "wp.cos(u) * a", "wp.exp(-u * u)", "wp.sqrt(u + 1.0) * a", "u * a")
    )
    point = w.choices.pick(("(float(k) + wp.randf(state)) / float(n)", "wp.randf(state)", "wp.abs(wp.randn(state))"))
    text = f"""
    total = float(0.0)
    for k in range(n):
        u = {point}
        total += {term}
    """
    w.write(text, total=total, k=counter, n=limit, u=u, state=state, a=scale)
    if "a" not in term:
        w.write("total *= a", total=total, a=scale)
    w.bind(total, FLOAT32, symmetric(64.0 * trips * max(expr.interval.magnitude, 1.0)))
    return f"let {total} be a sum over {text_of(limit)} random samples, weighed with {expr.words}"


def hits(w: KernelWriter) -> str:
    """Write a count of random points that lie inside of a circle or sphere."""
    trips, limit = count_of(w, 4, 16, ("num_samples", "n", "trials"))
    state = generator(w)
    radius, expr = local(w, FLOAT32, ("radius", "r", "limit"), Need(0.1, 1.2))
    count, counter = w.names.one_of(("hits", "inside", "count")), w.names.one_of(("k", "s", "trial"))
    test = w.choices.pick(
        (
            "wp.length(wp.sample_unit_square(state)) < 0.5 * radius",
            "wp.length_sq(wp.sample_unit_cube(state)) < radius * radius",
            "wp.randf(state) < 0.8 * radius",
            "wp.abs(wp.randn(state)) < radius",
        )
    )
    start, step = w.choices.pick((("float(0.0)", "radius"), ("int(0)", "1")))
    text = f"""
    count = {start}
    for k in range(n):
        if {test}:
            count += {step}
    """
    w.write(text, count=count, k=counter, n=limit, state=state, radius=radius)
    w.bind(count, INT32 if step == "1" else FLOAT32, span(0, 2.0 * trips))
    return f"let {count} be how many of {text_of(limit)} random points fall within {expr.words}"


def walk(w: KernelWriter) -> str:
    """Write a random walk of some steps."""
    trips, limit = count_of(w, 3, 10, ("num_steps", "steps", "n"))
    state = generator(w)
    kind: ValueType = w.choices.pick(PLACES)
    start = operand(w, kind)
    step = number(w, ("step", "step_size", "dt", "sigma"), 0.02, 0.5)
    position, counter = w.names.one_of(("pos", "x", "walker", "p")), w.names.one_of(("k", "step_index", "s"))
    if isinstance(kind, Vector):
        shapes = SHAPES_2D if kind is VEC2 else SHAPES_3D
        move = f"wp.{w.choices.pick(tuple(shapes))}(state)"
    else:
        move = w.choices.pick(("wp.randn(state)", "(2.0 * wp.randf(state) - 1.0)", "wp.randf(state, -1.0, 1.0)"))
    text = f"pos = start\nfor k in range(n):\n    pos += h * {move}"
    if w.choices.chance(0.5):
        text = f"pos = start\nfor k in range(n):\n    pos = pos + {move} * h"
    # arrays keep their elements: a copy of one is what walks
    w.write(text, pos=position, start=start.node, k=counter, n=limit, h=step, state=state)
    w.bind(position, kind, start.interval.add(symmetric(4.0 * trips)), roots=start.roots)
    return f"let {position} walk from {start.words} by {text_of(limit)} random steps"


def rejection(w: KernelWriter) -> str:
    """Write samples that are drawn until one is accepted, a few times at most."""
    trips, limit = count_of(w, 4, 10, ("max_tries", "attempts", "n"))
    state = generator(w)
    bound, expr = local(w, FLOAT32, ("limit", "level", "height"), Need(0.1, 1.5))
    x, y = w.names.one_of(("x", "u", "cand")), w.names.one_of(("y", "v", "height_at"))
    accepted, counter = w.names.one_of(("accepted", "sample", "found")), w.names.one_of(("k", "attempt"))
    density = w.choices.pick(("x * (1.0 - x) * 4.0", "wp.exp(-x * x)", "1.0 - x * x", "wp.sin(x)", "x * x"))
    text = f"""
    sample = bound * 0.5
    for k in range(n):
        x = wp.randf(state)
        y = wp.randf(state) * bound
        if y < {density}:
            sample = x
            break
    """
    w.write(text, sample=accepted, bound=bound, k=counter, n=limit, x=x, y=y, state=state)
    w.bind(accepted, FLOAT32, span(0, 1))
    return f"let {accepted} be the first of {trips} samples that is accepted below {expr.words}"


def metropolis(w: KernelWriter) -> str:
    """Write a Markov chain by Metropolis's rule."""
    trips, limit = count_of(w, 4, 10, ("num_steps", "sweeps", "n"))
    state = generator(w)
    start = operand(w, FLOAT32, Need(-4.0, 4.0))
    x, proposal, change = w.names.one_of(("x", "chain")), w.names.fresh("proposal"), w.names.one_of(("dE", "delta"))
    beta = number(w, ("beta", "inv_temperature"), 0.2, 2.0)
    size = number(w, ("step", "sigma"), 0.1, 0.8)
    energy = w.choices.pick(("y * y - x * x", "wp.abs(y) - wp.abs(x)", "wp.cos(x) - wp.cos(y)"))
    text = f"""
    x = start
    for k in range(n):
        y = x + size * wp.randn(state)
        dE = {energy}
        if dE < 0.0 or wp.randf(state) < wp.exp(-beta * dE):
            x = y
    """
    counter = w.names.one_of(("k", "sweep"))
    w.write(text, x=x, start=start.node, k=counter, n=limit, y=proposal, size=size, state=state, dE=change, beta=beta)
    w.bind(x, FLOAT32, start.interval.add(symmetric(6.0 * trips)), roots=start.roots)
    return f"let {x} be the end of a Metropolis chain of {trips} steps that starts at {start.words}"


def reservoir(w: KernelWriter) -> str:
    """Write a choice of one element of a row, each with the same probability."""
    trips, limit = count_of(w, 4, 10, ("row_length", "num_items", "n"))
    row = table(w, ("candidates", "weights", "scores", "items"), FLOAT32, (w.threads.extents[0], trips), (-2, 2))
    state = generator(w)
    counter, chosen = w.names.one_of(("k", "j")), w.names.one_of(("chosen", "kept", "pick"))
    first = name(w.threads.indices[0])
    text = """
    chosen = row[i, 0]
    for k in range(n):
        if wp.randi(state, 0, k + 1) == 0:
            chosen = row[i, k]
    """
    if w.choices.chance(0.5):
        text = """
        chosen = row[i, wp.randi(state, 0, n)]
        for k in range(n):
            chosen = wp.max(chosen, row[i, k] * wp.randf(state))
        """
    w.write(text, chosen=chosen, row=row, i=first, k=counter, n=limit, state=state)
    w.bind(chosen, FLOAT32, span(-2, 2))
    return f"let {chosen} be chosen from the thread's row of {row} by chance"


LOOPS = (
    Idiom("stratified-sum", 12, stratified),
    Idiom("hit-count", 12, hits),
    Idiom("random-walk", 8, walk),
    Idiom("rejection-sample", 20, rejection),
    Idiom("metropolis", 22, metropolis),
    Idiom("reservoir", 13, reservoir),
)
