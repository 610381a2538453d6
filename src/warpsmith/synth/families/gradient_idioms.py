"""Idioms of `wp.func_grad`: exact, clipped, scaled, safe and straight-through gradients, and of `wp.grad`."""

import ast
from collections.abc import Sequence

from warpsmith.synth import inputs
from warpsmith.synth.derivatives import product
from warpsmith.synth.expr import (
    LOAD,
    Expr,
    binary,
    call,
    function,
    listed,
    literal_node,
    made_of,
    name,
    spelled,
    subscript,
    wp,
)
from warpsmith.synth.families.function_factories import argument
from warpsmith.synth.families.idioms import Idiom, assign, define, title
from warpsmith.synth.families.numbers import draw_vector
from warpsmith.synth.families.smooth import Smooth, draw_labels, smooth
from warpsmith.synth.idiom import expression
from warpsmith.synth.interval import UNIT, Interval, symmetric
from warpsmith.synth.types import Scalar, ValueType
from warpsmith.synth.writer import KernelWriter

_RESULTS = ("value", "loss", "energy", "penalty", "gate", "response", "residual")
_ADJOINTS = ("adj_ret", "adj_out", "adj", "d_ret", "grad_out")


def adjoint(label: str) -> ast.expr:
    """Return ``wp.adjoint[x]``."""
    return subscript(wp("adjoint"), [name(label)])


def arguments(labels: Sequence[str], types: Sequence[ValueType]) -> list[ast.arg]:
    """Return the parameters of a function."""
    return [ast.arg(label, spelled(kind.spelling)) for label, kind in zip(labels, types, strict=True)]


def define_pair(
    w: KernelWriter,
    identifier: str,
    parameters: list[ast.arg],
    suites: tuple[list[ast.stmt], list[ast.stmt]],
    adjoints: list[ast.arg],
) -> None:
    """Write a function and its gradient, of the statements of both, forward and backward."""
    forward, backward = suites
    define(w, function(identifier, parameters, forward, "func", None))
    label = w.names.fresh(w.choices.pick((f"adj_{identifier}", f"grad_{identifier}", f"{identifier}_grad")))
    node = function(label, [*parameters, *adjoints], backward, "func_grad", None)
    node.decorator_list = [call("func_grad", name(identifier))]
    define(w, node)


def given_numbers(w: KernelWriter, count: int) -> list[Expr]:
    """Return numbers of the kernel's precision to call a function with."""
    numbers = [argument(w)]
    while len(numbers) < count:
        numbers.append(w.block.read(inputs.array(w, w.precision)))
    return numbers


def result(w: KernelWriter, identifier: str, given: Sequence[Expr], kind: ValueType, interval: Interval) -> str:
    """Write a variable that holds the function of what is given; return the words."""
    places = listed([f"{{{place}}}" for place in range(len(given))])
    node = call(name(identifier), *(one.node for one in given))
    expr = made_of(node, kind, interval, f"{title(identifier)} of {places}", given)
    value = w.define(w.names.one_of(_RESULTS), expr)
    return f"let {value.expr.words} be {expr.words}"


def _drawn(w: KernelWriter, count: int) -> tuple[tuple[str, ...], list[Expr], Smooth, Scalar]:
    given = given_numbers(w, count)
    scalar = given[0].type if isinstance(given[0].type, Scalar) else w.precision
    labels = draw_labels(w, count)
    numbers = [one if one.type is scalar else w.expressions.to_type(w.block, one, scalar) for one in given]
    return labels, numbers, smooth(w, labels, [one.interval for one in numbers], scalar), scalar


def _backward(suite: Sequence[tuple[str, ast.expr]]) -> list[ast.stmt]:
    return [ast.AugAssign(_stored(adjoint(label)), ast.Add(), value) for label, value in suite]


def _stored(node: ast.expr) -> ast.Subscript:
    if not isinstance(node, ast.Subscript):
        raise TypeError("an adjoint is subscripted")
    return ast.Subscript(node.value, node.slice, ast.Store())


def write_exact(w: KernelWriter) -> str:
    """Write the exact gradient of a formula; some are clipped, scaled, or have their sign reversed."""
    labels, given, made, scalar = _drawn(w, w.choices.weighted((1, 2), (3, 2)))
    out = w.choices.pick(_ADJOINTS)
    how = w.choices.weighted(("exact", "clipped", "scaled", "reversed"), (5, 2, 1.5, 1))
    suite = []
    for label, slope in zip(labels, made.derivatives, strict=True):
        change = product(slope, name(out)) if w.choices.chance(0.5) else product(name(out), slope)
        if how == "clipped":
            limit = w.choices.pick((1.0, 10.0, 0.5))
            change = call("clamp", change, literal_node(-limit, scalar), literal_node(limit, scalar))
        elif how == "scaled":
            change = binary(change, ast.Mult(), literal_node(w.choices.pick((0.5, 0.1, 2.0)), scalar))
        elif how == "reversed":
            change = ast.UnaryOp(ast.USub(), change)
        suite.append((label, change))
    if w.choices.chance(0.3):
        suite.reverse()
    identifier = w.names.function()
    parameters = arguments(labels, [scalar] * len(labels))
    forward: list[ast.stmt] = [ast.Return(made.expr.node)]
    define_pair(w, identifier, parameters, (forward, _backward(suite)), arguments([out], [scalar]))
    w.definitions.append(f"here {title(identifier)} of {listed(labels)} is {made.expr.words}, with its {how} gradient")
    return result(w, identifier, given, scalar, made.expr.interval)


_ROUNDED = (("floor", "rounded down"), ("rint", "rounded"), ("ceil", "rounded up"), ("round", "rounded"))


def write_straight(w: KernelWriter) -> str:
    """Quantize a number and let the gradient pass as if nothing had happened."""
    given = argument(w)
    scalar = given.type if isinstance(given.type, Scalar) else w.precision
    out, label = w.choices.pick(_ADJOINTS), w.choices.pick(("x", "v", "value"))
    builtin, said = w.choices.pick(_ROUNDED)
    steps = w.choices.pick((4.0, 8.0, 16.0, 10.0))
    node: ast.expr = call(builtin, binary(name(label), ast.Mult(), literal_node(steps, scalar)))
    node = binary(node, ast.Div(), literal_node(steps, scalar))
    change: ast.expr = name(out)
    passing = "passes"
    if w.choices.chance(0.4):
        change = call(
            "where",
            ast.Compare(call("abs", name(label)), [ast.Lt()], [literal_node(1, scalar)]),
            name(out),
            literal_node(0, scalar),
        )
        passing = "passes between -1 and 1"
    identifier = w.names.one_of(("quantize", "snap", "round_ste", "discretize"))
    define_pair(
        w,
        identifier,
        arguments([label], [scalar]),
        ([ast.Return(node)], _backward([(label, change)])),
        arguments([out], [scalar]),
    )
    w.definitions.append(
        f"here {title(identifier)} of {label} is {label} {said} to 1 over {steps:g}; its gradient {passing}"
    )
    low, high = given.interval
    return result(w, identifier, [given], scalar, Interval(low - 1.0, high + 1.0))


# functions of x with a kink or a pole in their slope, their slopes, and what they are
_KINKED = (
    ("wp.sqrt(wp.abs(x))", "h / wp.sqrt(wp.abs(x)) * wp.sign(x)", "root"),
    ("wp.abs(x)", "wp.sign(x)", "magnitude"),
    ("wp.log(wp.abs(x) + one)", "wp.sign(x) / (wp.abs(x) + one)", "logarithm"),
    ("wp.max(x, zero) + h * wp.min(x, zero)", "wp.where(x > zero, one, h)", "rectifier"),
    ("x / (one + wp.abs(x))", "one / ((one + wp.abs(x)) * (one + wp.abs(x)))", "squash"),
    ("wp.sqrt(x * x + one)", "x / wp.sqrt(x * x + one)", "distance"),
    ("wp.where(x > zero, x, wp.exp(wp.min(x, zero)) - one)", "wp.where(x > zero, one, wp.exp(x))", "unit"),
)


def write_safe(w: KernelWriter) -> str:
    """Write a gradient that stays finite where the exact one does not."""
    given = argument(w)
    scalar = given.type if isinstance(given.type, Scalar) else w.precision
    out, label = w.choices.pick(_ADJOINTS), w.choices.pick(("x", "v", "d"))
    x = name(label)
    small = literal_node(w.choices.pick((0.001, 0.01, 0.0001)), scalar)
    forward, slope, words = w.choices.pick(_KINKED)
    holes: dict[str, ast.expr | str] = {
        "x": x, "one": literal_node(1, scalar), "h": literal_node(0.5, scalar), "zero": literal_node(0, scalar),
    }  # fmt: skip
    node = expression(forward, **holes)
    change: ast.expr = binary(name(out), ast.Mult(), expression(slope, **holes))
    if w.choices.chance(0.5):
        factor = literal_node(w.choices.pick((2.0, 0.25, 1.5)), scalar)
        node, change = binary(factor, ast.Mult(), node), binary(change, ast.Mult(), factor)
    if w.choices.chance(0.3):
        limit = w.choices.pick((1.0, 10.0, 100.0))
        change = call("clamp", change, literal_node(-limit, scalar), literal_node(limit, scalar))
    test = ast.Compare(call("abs", x), [ast.Gt()], [small])
    body: list[ast.stmt] = [ast.If(test, _backward([(label, change)]), [])]
    identifier = w.names.one_of((f"safe_{words}", f"{words}_of", f"soft_{words}"))
    suites: tuple[list[ast.stmt], list[ast.stmt]] = ([ast.Return(node)], body)
    define_pair(w, identifier, arguments([label], [scalar]), suites, arguments([out], [scalar]))
    w.definitions.append(f"here {title(identifier)} of {label} is its {words}; its gradient is zero near zero")
    return result(w, identifier, [given], scalar, symmetric(2.0 * given.interval.magnitude + 12.0))


def write_several(w: KernelWriter) -> str:
    """Write the gradient of a function with two results."""
    labels, given, first, scalar = _drawn(w, 2 if w.choices.chance(0.6) else 1)
    second = smooth(w, labels, [one.interval for one in given], scalar)
    outs = w.choices.pick((("adj_ret0", "adj_ret1"), ("d_first", "d_second"), ("adj_p", "adj_q")))
    suite = []
    for label, one, other in zip(labels, first.derivatives, second.derivatives, strict=True):
        total = binary(product(name(outs[0]), one), ast.Add(), product(name(outs[1]), other))
        suite.append((label, total))
    identifier = w.names.function()
    both = ast.Tuple([first.expr.node, second.expr.node], LOAD)
    parameters = arguments(labels, [scalar] * len(labels))
    define_pair(w, identifier, parameters, ([ast.Return(both)], _backward(suite)), arguments(outs, [scalar, scalar]))
    w.definitions.append(
        f"here {title(identifier)} of {listed(labels)} gives {first.expr.words} and {second.expr.words}"
    )
    names = [w.names.one_of(("first", "p", "lower", "value")), w.names.one_of(("second", "q", "upper", "slope_value"))]
    callee = call(name(identifier), *(one.node for one in given))
    w.write("p, q = called", p=names[0], q=names[1], called=callee)
    for label, made in zip(names, (first, second), strict=True):
        w.bind(label, scalar, made.expr.interval)
    return f"let {listed(names)} be {title(identifier)} of {listed([one.words for one in given])}"


_OF_VECTORS = {
    "length": """
@wp.func
def f(v: V):
    return wp.length(v)

@wp.func_grad(f)
def g(v: V, out: T):
    wp.adjoint[v] += wp.normalize(v) * out
""",
    "square": """
@wp.func
def f(v: V):
    return wp.dot(v, v) * h

@wp.func_grad(f)
def g(v: V, out: T):
    wp.adjoint[v] += v * (out * h2)
""",
    "unit": """
@wp.func
def f(v: V):
    return wp.normalize(v)

@wp.func_grad(f)
def g(v: V, out: V):
    n = wp.length(v)
    if n > eps:
        u = v / n
        wp.adjoint[v] += (out - u * wp.dot(u, out)) / n
""",
}


def write_vector(w: KernelWriter) -> str:
    """Write the gradient of a function of a vector."""
    kind = draw_vector(w)
    scalar = kind.scalar
    given = w.block.read(inputs.array(w, kind))
    out, label = w.choices.pick(_ADJOINTS), w.choices.pick(("v", "x", "r", "d"))
    identifier, size = (
        w.names.one_of(("norm_of", "energy_of", "unit_of", "spring", "potential_of")),
        given.interval.magnitude,
    )
    how = w.choices.pick(("length", "square", "unit"))
    text = _OF_VECTORS[how]
    factor = w.choices.pick((0.5, 1.5, 0.25))
    holes: dict[str, ast.expr | str] = {
        "f": identifier, "g": w.names.fresh(f"adj_{identifier}"), "v": label, "V": spelled(kind.spelling), "out": out,
    }  # fmt: skip
    if how == "square":
        holes |= {
            "T": spelled(scalar.spelling),
            "h": literal_node(factor, scalar),
            "h2": literal_node(2 * factor, scalar),
        }
    elif how == "unit":
        holes |= {
            "eps": literal_node(0.001, scalar),
            "n": w.choices.pick(("n", "size")),
            "u": w.choices.pick(("u", "unit")),
        }
    else:
        holes |= {"T": spelled(scalar.spelling)}
    w.define_functions(text, **holes)
    said = {"length": "its length", "square": f"{factor:g} times its square", "unit": "its direction"}[how]
    w.definitions.append(f"here {title(identifier)} of {label} is {said}, with its gradient")
    kinds: dict[str, tuple[ValueType, Interval]] = {
        "length": (scalar, Interval(0.0, 2.0 * size)),
        "square": (scalar, Interval(0.0, size * size * kind.length * factor)),
        "unit": (kind, UNIT),
    }
    return result(w, identifier, [given], *kinds[how])


def write_asked(w: KernelWriter) -> str:
    """Ask for the gradient of a function inside the kernel, and go a step along it."""
    labels, given, made, scalar = _drawn(w, w.choices.weighted((1, 2), (3, 1)))
    identifier = w.names.function()
    parameters = arguments(labels, [scalar] * len(labels))
    define(w, function(identifier, parameters, [ast.Return(made.expr.node)], "func", None))
    w.definitions.append(f"here {title(identifier)} of {listed(labels)} is {made.expr.words}")
    slopes = [w.names.one_of(("slope", "grad_x", "dx", "g")), w.names.one_of(("grad_y", "dy", "h"))][: len(labels)]
    callee = call(call("grad", name(identifier)), *(one.node for one in given))
    if len(labels) == 1:
        assign(w, name(slopes[0]), callee)
    else:
        w.write("p, q = called", p=slopes[0], q=slopes[1], called=callee)
    rate = w.choices.pick((0.1, 0.05, 0.01))
    for slope, one in zip(slopes, given, strict=True):
        squashed = call("tanh", name(slope))
        node = binary(one.node, ast.Sub(), binary(literal_node(rate, scalar), ast.Mult(), squashed))
        step = w.names.one_of(("stepped", "descended", "improved", "next_x", "moved"))
        assign(w, name(step), node)
        w.bind(step, scalar, one.interval.add(Interval(-1.0, 1.0)))
    return f"go a step of {rate:g} down the gradient of {title(identifier)} at {listed([one.words for one in given])}"


IDIOMS = (
    Idiom("gradient-exact", 8, write_exact, 2.5),
    Idiom("gradient-straight", 8, write_straight),
    Idiom("gradient-safe", 11, write_safe),
    Idiom("gradient-results", 13, write_several),
    Idiom("gradient-vector", 8, write_vector, 1.2),
    Idiom("gradient-asked", 9, write_asked, 1.2),
)
