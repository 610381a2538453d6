"""Idioms of factories that make the kernel itself, of captured numbers, vectors, functions, counts, flags and types."""

import ast
from dataclasses import replace

from warpsmith.synth import inputs
from warpsmith.synth.expr import Expr, call, leaf, literal_vector, made_of, name, number_text, spelled, wp
from warpsmith.synth.families.function_factories import argument
from warpsmith.synth.families.idioms import Idiom, assign, augment, formula, title
from warpsmith.synth.families.numbers import draw_vector
from warpsmith.synth.families.unary import STEADY
from warpsmith.synth.interval import Interval
from warpsmith.synth.launch import ArrayArgument
from warpsmith.synth.printing import text_of
from warpsmith.synth.scope import Value
from warpsmith.synth.types import Scalar, is_float
from warpsmith.synth.writer import KernelWriter

_NUMBERS = (0.5, 2.0, 1.5, 0.25, 3.0, 0.75, 0.1, 1.25, 4.0)
_LABELS = ("scale", "gain", "offset", "bias", "alpha", "damping", "strength", "decay", "cutoff", "sharpness")
_MAKERS = ("make_kernel", "create_kernel", "get_kernel", "build_kernel", "kernel_factory", "make_step", "specialize")
_INNER_FUNCTION = """
def maker(p):
    @wp.func
    def f(x: T):
        return result
    KERNEL
    return kernel
kernel = maker(number)
"""
_RESULTS = ("value", "shaped", "response", "mapped", "term", "level", "score")


def _enclose(w: KernelWriter, labels: list[str], values: list[ast.expr]) -> str:
    """Let a factory with these parameters make the kernel of these values; return its name."""
    maker = w.names.one_of(_MAKERS)
    plain = w.choices.chance(0.7)
    node = call(name(maker), *values)
    if not plain:
        node = call(name(maker))
        node.keywords = [ast.keyword(label, value) for label, value in zip(labels, values, strict=True)]
    text = f"def maker({', '.join(f'p{k}' for k in range(len(labels)))}):\n    KERNEL\n    return kernel\nkernel = made"
    w.enclose(text, maker=maker, made=node, **{f"p{k}": label for k, label in enumerate(labels)})
    return maker


def _captured(w: KernelWriter) -> str:
    return w.names.one_of(_LABELS)


def _bring(w: KernelWriter, label: str, scalar: Scalar, value: float) -> None:
    node = name(label) if scalar.name == "float32" else call(spelled(scalar.spelling), name(label))
    w.block.add(Value(leaf(node, scalar, Interval(value, value), title(label))))


def write_numbers(w: KernelWriter) -> str:
    """Let the kernel capture one to three numbers."""
    labels: list[str] = []
    values = []
    for _ in range(w.choices.weighted((1, 2, 3), (3, 3, 1))):
        labels.append(_captured(w))
        values.append(w.choices.pick(_NUMBERS))
        _bring(w, labels[-1], w.precision, values[-1])
    maker = _enclose(w, labels, [ast.Constant(value) for value in values])
    said = ", ".join(f"{title(label)} {number_text(value)}" for label, value in zip(labels, values, strict=True))
    return f"{title(maker)} makes the kernel for {said}"


def write_vector(w: KernelWriter) -> str:
    """Let the kernel capture a vector, and now and then a number."""
    kind = draw_vector(w)
    label = w.names.one_of(("axis", "direction", "origin", "gravity", "shift", "weights"))
    numbers = [w.choices.pick(_NUMBERS) for _ in range(kind.length)]
    vector = literal_vector(numbers, kind)
    labels, values = [label], [vector.node]
    w.block.add(Value(leaf(name(label), kind, vector.interval, title(label))))
    if not any(value.type is kind for value in w.block.open() if value.expr.varying):
        inputs.array(w, kind)
    said = f"{title(label)} {vector.words}"
    if w.choices.chance(0.4):
        labels.append(_captured(w))
        number = w.choices.pick(_NUMBERS)
        values.append(ast.Constant(number))
        _bring(w, labels[-1], w.precision, number)
        said += f" and {title(labels[-1])} {number_text(number)}"
    return f"{title(_enclose(w, labels, values))} makes the kernel for {said}"


def write_function(w: KernelWriter) -> str:
    """Let the kernel capture a builtin or a function of the module."""
    given = argument(w)
    label = w.names.one_of(("fn", "func", "op", "activation", "transform_fn", "shape_fn"))
    if w.choices.chance(0.45):
        unary = w.choices.pick(STEADY)
        callee: ast.expr = wp(unary.builtin)
        interval, words = unary.range(given.interval), unary.words.format(given.words)
    else:
        callee, interval, words = _user_function(w, given)
    maker = _enclose(w, [label], [callee])
    expr = made_of(call(name(label), given.node), given.type, interval, words, [given])
    if w.choices.chance(0.4):
        expr = formula(w, [expr], given.type, rich=0.6)
    value = w.define(w.names.one_of(_RESULTS), expr)
    return f"{title(maker)} makes the kernel with a function; let {value.expr.words} be {expr.words}"


def _user_function(w: KernelWriter, given: Expr) -> tuple[ast.expr, Interval, str]:
    identifier = w.names.function()
    x = leaf(name("x"), given.type, given.interval, "x", varying=True)
    result = formula(w, [x], given.type, rich=1.0)
    w.define_functions(
        "@wp.func\ndef f(x: T):\n    return result", f=identifier, T=spelled(given.type.spelling), result=result.node
    )
    w.definitions.append(f"here {title(identifier)} of x is {result.words}")
    return name(identifier), result.interval, f"{title(identifier)} of {given.words}"


def write_count(w: KernelWriter) -> str:
    """Let the kernel capture the number of steps of a loop, which Warp then unrolls."""
    trips = w.choices.integer(2, 6)
    label = w.names.one_of(("order", "num_terms", "window", "taps", "iterations", "degree"))
    total, counter = w.names.one_of(("total", "acc", "series", "sum")), w.names.one_of(("k", "j", "m"))
    scalar = w.shared_float
    assign(w, name(total), call(spelled(scalar.spelling), ast.Constant(0.0)))
    child = w.block.child(trips=trips, in_loop=True)
    with w.inside(child):
        element = inputs.along(w, scalar, counter, trips)
        read = [child.read(element)]
        if w.choices.chance(0.4):
            number: ast.expr = call(name("float"), name(counter))
            if scalar.name != "float32":
                number = call(spelled(scalar.spelling), number)
            read.append(leaf(number, scalar, Interval(0.0, trips - 1.0), counter))
        term = formula(w, read, scalar)
        augment(w, name(total), ast.Add(), term.node)
    w.write("for k in range(n):\n    BODY", k=counter, n=label, BODY=child)
    w.bind(total, scalar, term.interval.hull(Interval(0.0, 0.0)).scale(trips))
    maker = _enclose(w, [label], [ast.Constant(trips)])
    return f"{title(maker)} makes the kernel for {trips} steps; let {title(total)} be the sum of {term.words} over them"


def write_flag(w: KernelWriter) -> str:
    """Let the kernel capture a flag, or a number, by which a branch is chosen when it is made."""
    given = argument(w)
    flag = w.choices.chance(0.6)
    label = w.names.one_of(
        ("use_square", "smooth", "normalize_input", "clip") if flag else ("order", "mode", "version")
    )
    value = w.names.one_of(_RESULTS)
    start, other = formula(w, [given], given.type), formula(w, [given], given.type, rich=1.0)
    test: ast.expr = name(label)
    if not flag:
        test = ast.Compare(name(label), [ast.Gt()], [ast.Constant(1)])
    if w.choices.chance(0.6):
        test = call("static", test)
    changed = "other" if w.choices.chance(0.5) else "value + other"
    text = f"value = start\nif test:\n    value = {changed}"
    w.write(text, value=value, start=start.node, test=test, other=other.node)
    interval = start.interval.hull(other.interval).hull(start.interval.add(other.interval))
    w.bind(value, given.type, interval)
    chosen = ast.Constant(w.choices.chance(0.5)) if flag else ast.Constant(w.choices.integer(1, 3))
    maker = _enclose(w, [label], [chosen])
    made = f"{title(maker)} makes the kernel with {title(label)} {text_of(chosen)}"
    return f"{made}; let {value} be {start.words} or {other.words}"


def write_type(w: KernelWriter) -> str:
    """Let the kernel capture the type of its arrays."""
    scalar = w.precision
    label = w.names.one_of(("dtype", "scalar", "real", "scalar_type"))
    for place, parameter in enumerate(w.parameters):
        argument_ = parameter.argument
        if isinstance(argument_, ArrayArgument) and argument_.filling.dtype == scalar.name:
            annotation = w.array_annotation(name(label), len(argument_.shape))
            w.parameters[place] = replace(parameter, annotation=annotation)
    number = w.choices.pick(_NUMBERS)
    node = call(name(label), ast.Constant(number))
    w.block.add(Value(leaf(node, scalar, Interval(number, number), number_text(number))))
    maker = _enclose(w, [label], [spelled(scalar.spelling)])
    return f"{title(maker)} makes the kernel for numbers of type {scalar.name}"


def write_inner(w: KernelWriter) -> str:
    """Let the factory define a function of what it captures, which the kernel calls."""
    given = argument(w)
    if not (isinstance(given.type, Scalar) and is_float(given.type)):
        raise TypeError(f"{given.words} is no number")
    scalar = given.type
    label, number = _captured(w), w.choices.pick(_NUMBERS)
    identifier, maker = w.names.function(), w.names.one_of(_MAKERS)
    x = leaf(name("x"), scalar, given.interval, "x", varying=True)
    node = name(label) if scalar.name == "float32" else call(spelled(scalar.spelling), name(label))
    result = formula(w, [x, leaf(node, scalar, Interval(number, number), title(label))], scalar)
    w.enclose(
        _INNER_FUNCTION,
        maker=maker, p=label, f=identifier, T=spelled(scalar.spelling), result=result.node, number=ast.Constant(number),
    )  # fmt: skip
    w.definitions.append(f"here {title(identifier)} of x is {result.words}, with {title(label)} {number_text(number)}")
    words = f"{title(identifier)} of {{0}}"
    value = w.define(
        w.names.one_of(_RESULTS), made_of(call(name(identifier), given.node), scalar, result.interval, words, [given])
    )
    return f"{title(maker)} makes the kernel; let {value.expr.words} be {title(identifier)} of {given.words}"


IDIOMS = (
    Idiom("kernel-numbers", 3, write_numbers, 1.5),
    Idiom("kernel-vector", 4, write_vector),
    Idiom("kernel-function", 4, write_function, 1.2),
    Idiom("kernel-count", 9, write_count),
    Idiom("kernel-flag", 9, write_flag, 0.8),
    Idiom("kernel-type", 3, write_type, 0.8),
    Idiom("kernel-inner", 6, write_inner),
)
