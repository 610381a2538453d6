"""Idioms of functions with arrays whose adjoint or replay is written by hand."""

import ast

from warpsmith.synth import inputs
from warpsmith.synth.expr import call, literal_node, name, spelled
from warpsmith.synth.families.function_factories import argument
from warpsmith.synth.families.idioms import Idiom, formula, title, variable
from warpsmith.synth.interval import Interval
from warpsmith.synth.names import Role
from warpsmith.synth.scope import Value
from warpsmith.synth.types import INT32, Scalar
from warpsmith.synth.updates import output_array
from warpsmith.synth.writer import KernelWriter


def _line(w: KernelWriter) -> tuple[str, int]:
    """Return an index of the grid and the number of threads along it."""
    axis = w.choices.integer(0, w.threads.ndim - 1)
    return w.threads.indices[axis], w.threads.extents[axis]


def write_load(w: KernelWriter) -> str:
    """Read an array by a function whose gradient adds to the array's adjoint itself."""
    index, size = _line(w)
    scalar = w.shared_float
    role = w.names.array(scalar)
    interval = inputs.natural_range(role, scalar)
    inputs.declare(w, role.plural, scalar, (size,), interval)
    identifier = w.names.one_of(("load", "fetch", "read_at", "gather_one"))
    label, at = w.choices.pick(("values", "data", "field", "src")), w.choices.pick(("i", "idx", "at"))
    factor = w.choices.pick((0.5, 2.0, 1.5))
    atomic = w.choices.chance(0.5)
    change = "wp.atomic_add(wp.adjoint[a], i, out * c)" if atomic else "wp.adjoint[a][i] += out * c"
    w.define_functions(
        "@wp.func\ndef f(a: A, i: int):\n    return a[i] * c\n\n"
        f"@wp.func_grad(f)\ndef g(a: A, i: int, out: T):\n    {change}",
        f=identifier, g=w.names.fresh(f"adj_{identifier}"), a=label, i=at, c=literal_node(factor, scalar),
        A=w.array_annotation(spelled(scalar.spelling), 1), T=spelled(scalar.spelling),
        out=w.choices.pick(("adj_ret", "adj_out", "adj")),
    )  # fmt: skip
    w.definitions.append(
        f"here {title(identifier)} of {label} at {at} is {factor:g} times the element, with its gradient"
    )
    made = w.names.one_of(("loaded", "value", "fetched", "item"))
    w.write("x = f(a, i)", x=made, f=identifier, a=role.plural, i=index)
    w.bind(made, scalar, interval.scale(factor))
    return f"let {title(made)} be {title(identifier)} of {role.plural} at {index}"


def write_cached(w: KernelWriter) -> str:
    """Keep a result in an array, and read it from there when the function is replayed."""
    if w.threads.ndim != 1:
        return write_load(w)
    given = argument(w)
    scalar = given.type if isinstance(given.type, Scalar) else w.precision
    x = variable(w.choices.pick(("x", "v")), given)
    made = formula(w, [x], scalar, rich=1.0)
    identifier = w.names.one_of(("cached", "remember", "evaluate_once", "stored_response"))
    cache = output_array(w, scalar)
    label = w.choices.pick(("cache", "memo", "kept"))
    w.define_functions(
        "@wp.func\ndef f(x: T, kept: A, i: int):\n    y = value\n    kept[i] = y\n    return y\n\n"
        "@wp.func_replay(f)\ndef g(x: T, kept: A, i: int):\n    return kept[i]",
        f=identifier, g=w.names.fresh(f"replay_{identifier}"), x=x.words, T=spelled(scalar.spelling), kept=label,
        A=w.array_annotation(spelled(scalar.spelling), 1), value=made.node, y=w.choices.pick(("y", "r", "result")),
    )  # fmt: skip
    w.definitions.append(
        f"here {title(identifier)} of {x.words} is {made.words}, which is kept and read again in a replay"
    )
    result = w.names.one_of(("value", "kept_value", "response"))
    w.write("r = f(x, kept, i)", r=result, f=identifier, x=given.node, kept=cache, i=w.threads.indices[0])
    w.bind(result, scalar, made.interval)
    return f"let {title(result)} be {title(identifier)} of {given.words}"


def write_counter(w: KernelWriter) -> str:
    """Raise the thread's counter by a function that a replay must not run again."""
    if w.threads.ndim != 1:
        return write_load(w)
    role = Role("counters", "counter", "the counter", 0.0, 20.0)
    plural = w.names.one_of(("counters", "cursors", "tickets", "heads"))
    inputs.declare(w, plural, INT32, w.threads.extents, Interval(role.low, role.high))
    step = w.choices.integer(1, 3)
    identifier = w.names.one_of(("next_slot", "reserve", "advance", "take_ticket"))
    label, at = w.choices.pick(("counts", "slots", "heads_i")), w.choices.pick(("i", "idx", "tid"))
    take = (
        "before = wp.atomic_add(counts, i, n)"
        if w.choices.chance(0.5)
        else "before = counts[i]\n    counts[i] = before + n"
    )
    w.define_functions(
        f"@wp.func\ndef f(counts: A, i: int):\n    {take}\n    return before\n\n"
        "@wp.func_replay(f)\ndef g(counts: A, i: int):\n    return counts[i] - n",
        f=identifier, g=w.names.fresh(f"replay_{identifier}"), counts=label, i=at, n=step,
        A=w.array_annotation(name("int"), 1), before=w.choices.pick(("before", "slot", "old")),
    )  # fmt: skip
    w.definitions.append(
        f"here {title(identifier)} raises a counter by {step} and gives what it was; a replay only looks"
    )
    made = w.names.one_of(("slot", "ticket", "place", "offset_i"))
    w.write("x = f(a, i)", x=made, f=identifier, a=plural, i=w.threads.indices[0])
    w.bind(made, INT32, Interval(role.low, role.high))
    return f"let {title(made)} be {title(identifier)} of {plural}"


def write_without_result(w: KernelWriter) -> str:
    """Write to an array by a function without a result, whose gradient reads the adjoint of the array."""
    if w.threads.ndim != 1:
        return write_load(w)
    given = argument(w)
    scalar = given.type if isinstance(given.type, Scalar) else w.precision
    identifier = w.names.one_of(("put", "store_scaled", "write_back", "emit"))
    output = output_array(w, scalar)
    factor = w.choices.pick((0.5, 2.0, 1.5, 3.0))
    label = w.choices.pick(("dst", "ys", "sink"))
    w.define_functions(
        "@wp.func\ndef f(x: T, dst: A, i: int):\n    dst[i] = x * c\n\n"
        "@wp.func_grad(f)\ndef g(x: T, dst: A, i: int):\n    wp.adjoint[x] += wp.adjoint[dst][i] * c",
        f=identifier, g=w.names.fresh(f"adj_{identifier}"), x=w.choices.pick(("x", "v")), T=spelled(scalar.spelling),
        dst=label, A=w.array_annotation(spelled(scalar.spelling), 1), c=literal_node(factor, scalar),
    )  # fmt: skip
    w.definitions.append(f"here {title(identifier)} writes {factor:g} times a value, with its gradient")
    w.emit(ast.Expr(call(name(identifier), given.node, name(output), name(w.threads.indices[0]))))
    w.block.pending[w.block.add(Value(given))] = None
    return f"{title(identifier)} {given.words} to {output}"


IDIOMS = (
    Idiom("gradient-load", 7, write_load),
    Idiom("replay-cache", 9, write_cached),
    Idiom("replay-counter", 8, write_counter),
    Idiom("gradient-store", 8, write_without_result, 0.7),
)
