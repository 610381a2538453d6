"""Idioms of factories that make functions: one, two or a table of them, of captured numbers and functions."""

import ast
from collections.abc import Sequence

from warpsmith.synth import inputs
from warpsmith.synth.expr import (
    LOAD,
    Expr,
    call,
    function,
    leaf,
    literal_node,
    made_of,
    name,
    number_text,
    spelled,
    subscript,
    wp,
)
from warpsmith.synth.families.idioms import Idiom, formula, title
from warpsmith.synth.families.unary import STEADY
from warpsmith.synth.interval import Interval
from warpsmith.synth.printing import text_of
from warpsmith.synth.types import Scalar, is_float
from warpsmith.synth.writer import KernelWriter

_NUMBERS = (0.5, 2.0, 1.5, 0.25, 3.0, 0.75, 0.1, 1.25)
_CAPTURED = ("scale", "gain", "rate", "bias", "alpha", "k", "s", "slope", "weight")
_INNER = ("f", "fn", "inner", "apply", "func", "op", "evaluate", "term")
_MADE = ("soft", "curve", "ramp", "gain_fn", "shape_fn", "bump", "kernel_fn", "decay_fn", "half", "steep")
_RESULTS = ("value", "y", "shaped", "level", "mapped", "response", "score", "amount")


class _Captured:
    """Numbers that a factory captures: the names of its parameters and how the inner function reads them."""

    def __init__(self, w: KernelWriter, count: int) -> None:
        left = list(_CAPTURED)
        self.labels: list[str] = []
        self.numbers: list[float] = []
        for _ in range(count):
            label = w.choices.pick(left)
            left.remove(label)
            self.labels.append(label)
            self.numbers.append(w.choices.pick(_NUMBERS))

    def read(self, scalar: Scalar) -> list[Expr]:
        """Return the captured numbers as the inner function reads them."""
        exprs = []
        for label in self.labels:
            node = name(label) if scalar.name == "float32" else call(spelled(scalar.spelling), name(label))
            exprs.append(leaf(node, scalar, Interval(0.1, 3.0), label))
        return exprs


def argument(w: KernelWriter) -> Expr:
    """Return a floating-point number to call a function with: one that is unread, or an element of a new array."""
    unread = [value for value in w.block.open() if isinstance(value.type, Scalar) and is_float(value.type)]
    if unread:
        return w.block.read(w.choices.pick(unread))
    return w.block.read(inputs.array(w, w.precision))


def define_call(w: KernelWriter, callee: ast.expr, argument_: Expr, interval: Interval, words: str) -> str:
    """Write a variable that holds a function of a number; return the words."""
    expr = made_of(call(callee, argument_.node), argument_.type, interval, words, [argument_])
    value = w.define(w.names.one_of(_RESULTS), expr)
    return f"let {value.expr.words} be {expr.words}"


def factory(w: KernelWriter, identifier: str, parameters: Sequence[str], body: Sequence[ast.stmt]) -> None:
    """Append the definition of a factory, a plain function, to the module."""
    node = function(identifier, [ast.arg(label) for label in parameters], body, "func", None)
    node.decorator_list = []
    w.declare("BODY", BODY=[node])


def inner(w: KernelWriter, label: str, x: Expr, body: Sequence[ast.stmt]) -> ast.FunctionDef:
    """Return a function of one number for the inside of a factory."""
    returns = spelled(x.type.spelling) if w.choices.chance(0.4) else None
    return function(label, [ast.arg(text_of(x.node), spelled(x.type.spelling))], body, "func", returns)


def _x(w: KernelWriter, like: Expr) -> Expr:
    label = w.choices.pick(("x", "v", "t", "value"))
    return leaf(name(label), like.type, like.interval, label, varying=True)


def _made(w: KernelWriter) -> tuple[str, str]:
    """Return names for a factory and what it makes."""
    made = w.names.one_of(_MADE)
    return w.names.fresh(w.choices.pick((f"make_{made}", f"create_{made}", f"{made}_factory"))), made


def _numbers(values: Sequence[float]) -> list[ast.expr]:
    return [ast.Constant(value) for value in values]


def _said(labels: Sequence[str], values: Sequence[float]) -> str:
    return ", ".join(f"{label} {number_text(value)}" for label, value in zip(labels, values, strict=True))


def write_numbers(w: KernelWriter) -> str:
    """Write a function with one to three captured numbers."""
    given = argument(w)
    scalar = _scalar(given)
    captured = _Captured(w, w.choices.weighted((1, 2, 3), (3, 3, 1)))
    maker, made = _made(w)
    x, label = _x(w, given), w.choices.pick(_INNER)
    result = formula(w, [x, *captured.read(scalar)], scalar)
    factory(w, maker, captured.labels, [inner(w, label, x, [ast.Return(result.node)]), ast.Return(name(label))])
    w.declare("made = node", made=made, node=call(name(maker), *_numbers(captured.numbers)))
    w.definitions.append(
        f"here {title(made)} of {x.words} is {result.words} with {_said(captured.labels, captured.numbers)}"
    )
    return define_call(w, name(made), given, result.interval, f"{title(made)} of {{0}}")


def write_power(w: KernelWriter) -> str:
    """Write a function that repeats a step as often as a captured count says."""
    given = argument(w)
    scalar = _scalar(given)
    maker, made = _made(w)
    x, label = _x(w, given), w.choices.pick(_INNER)
    count, factor = w.choices.integer(2, 4), w.choices.pick((0.5, 0.25, 0.75))
    body: list[ast.stmt] = []
    counter, total = ("k", "r") if x.words != "t" else ("j", "acc")
    step = ast.BinOp(name(total), ast.Mult(), literal_node(factor, scalar))
    step = ast.BinOp(step, w.choices.pick((ast.Add(), ast.Sub())), x.node)
    start = ast.Assign([ast.Name(total, ast.Store())], call(spelled(scalar.spelling), x.node), lineno=0)
    loop = ast.For(
        ast.Name(counter, ast.Store()),
        call(name("range"), name("n")),
        [ast.Assign([ast.Name(total, ast.Store())], step, lineno=0)],
        [],
        lineno=0,
    )
    body = [start, loop, ast.Return(name(total))]
    factory(w, maker, ["n"], [inner(w, label, x, body), ast.Return(name(label))])
    w.declare("made = maker(n)", made=made, maker=maker, n=count)
    sign = "plus" if isinstance(step.op, ast.Add) else "minus"
    w.definitions.append(
        f"here {title(made)} of {x.words} starts there and is {count} times made {factor:g} of itself {sign} {x.words}"
    )
    size = given.interval.magnitude / (1.0 - factor) + given.interval.magnitude
    return define_call(w, name(made), given, Interval(-size, size), f"{title(made)} of {{0}}")


def write_composed(w: KernelWriter) -> str:
    """Write a function of two captured functions, one applied to the other."""
    given = argument(w)
    outer, within = w.choices.pick(STEADY), w.choices.pick(STEADY)
    maker, made = w.names.one_of(("compose", "chain", "then", "pipe")), w.names.one_of(_MADE)
    x, label = _x(w, given), w.choices.pick(("composed", "both", "chained"))
    first = leaf(call(name("g"), x.node), given.type, within.range(given.interval), "g", varying=True)
    if w.choices.chance(0.4):
        first = formula(w, [first], given.type, rich=0.0)
    node = call(name("f"), first.node)
    interval = outer.range(first.interval)
    if w.choices.chance(0.4):
        expr = formula(w, [leaf(node, given.type, interval, "f of g", varying=True), x], given.type, rich=0.0)
        node_, interval = expr.node, expr.interval
    else:
        node_ = node
    factory(w, maker, ["f", "g"], [inner(w, label, x, [ast.Return(node_)]), ast.Return(name(label))])
    w.declare("made = maker(f, g)", made=made, maker=maker, f=wp(outer.builtin), g=wp(within.builtin))
    words = outer.words.format(within.words.format(x.words))
    w.definitions.append(f"here {title(made)} of {x.words} is made of {words}")
    return define_call(w, name(made), given, interval, f"{title(made)} of {{0}}")


def write_table(w: KernelWriter) -> str:
    """Write a list or a dictionary of functions that a factory makes, called by `wp.static`."""
    given = argument(w)
    scalar = _scalar(given)
    captured = _Captured(w, 1)
    maker, _ = _made(w)
    x, label = _x(w, given), w.choices.pick(_INNER)
    result = formula(w, [x, *captured.read(scalar)], scalar)
    factory(w, maker, captured.labels, [inner(w, label, x, [ast.Return(result.node)]), ast.Return(name(label))])
    table = w.names.one_of(("SHAPES", "FUNCTIONS", "VARIANTS", "CURVES", "TABLE", "_PROFILES"))
    values = [w.choices.pick(_NUMBERS) for _ in range(w.choices.integer(2, 3))]
    makes: list[ast.expr] = [call(name(maker), ast.Constant(value)) for value in values]
    keys = ("low", "mid", "high")[: len(values)]
    words = f"here {title(table)} has functions of {x.words}, {result.words}, for {captured.labels[0]} "
    w.definitions.append(words + ", ".join(number_text(value) for value in values))
    if w.choices.chance(0.35):
        w.declare("table = node", table=table, node=ast.Dict([ast.Constant(key) for key in keys], makes))
        key: ast.expr = ast.Constant(w.choices.pick(keys))
    else:
        node: ast.expr = ast.Tuple(makes, LOAD) if w.choices.chance(0.4) else ast.List(makes, LOAD)
        w.declare("table = node", table=table, node=node)
        if w.choices.chance(0.5):
            return _summed(w, table, len(values), given, result)
        key = ast.Constant(w.choices.integer(0, len(values) - 1))
    callee = call("static", subscript(name(table), [key]))
    said = f"function {text_of(key)} of {title(table)} of {{0}}".replace("'", "")
    return define_call(w, callee, given, result.interval, said)


def _summed(w: KernelWriter, table: str, count: int, given: Expr, result: Expr) -> str:
    scalar = _scalar(given)
    total, counter = w.names.one_of(("total", "acc", "mix", "blend_sum")), w.names.one_of(("k", "j", "m"))
    w.write(
        "total = T(0.0)\nfor k in range(n):\n    total += wp.static(table[k])(x)",
        total=total, k=counter, n=count, T=spelled(scalar.spelling), table=table, x=given.node,
    )  # fmt: skip
    w.bind(total, scalar, result.interval.hull(Interval(0.0, 0.0)).scale(count))
    return f"let {title(total)} be the sum of the functions in {title(table)} of {given.words}"


def write_pair(w: KernelWriter) -> str:
    """Write two functions that one factory returns."""
    given = argument(w)
    scalar = _scalar(given)
    captured = _Captured(w, w.choices.integer(1, 2))
    first, second = w.names.one_of(_MADE), w.names.one_of(_MADE)
    maker = w.names.one_of(("make_pair", "make_functions", "build_pair", "forward_and_back"))
    x = _x(w, given)
    labels = w.choices.pick((("f", "g"), ("forward", "backward"), ("rise", "fall")))
    results = [formula(w, [x, *captured.read(scalar)], scalar) for _ in labels]
    body = [inner(w, label, x, [ast.Return(one.node)]) for label, one in zip(labels, results, strict=True)]
    both = ast.Tuple([name(label) for label in labels], LOAD)
    factory(w, maker, captured.labels, [*body, ast.Return(both)])
    w.declare("first, second = node", first=first, second=second, node=call(name(maker), *_numbers(captured.numbers)))
    for made, one in ((first, results[0]), (second, results[1])):
        w.definitions.append(
            f"here {title(made)} of {x.words} is {one.words} with {_said(captured.labels, captured.numbers)}"
        )
    words = define_call(w, name(first), given, results[0].interval, f"{title(first)} of {{0}}")
    given = leaf(given.node, given.type, given.interval, given.words, varying=True, roots=given.roots)
    return f"{words}; {define_call(w, name(second), given, results[1].interval, f'{title(second)} of {{0}}')}"


def write_chosen(w: KernelWriter) -> str:
    """Write a function that a factory chooses among several by what it is asked for."""
    given = argument(w)
    scalar = _scalar(given)
    maker, made = _made(w)
    x = _x(w, given)
    labels = w.choices.pick((("linear", "smooth"), ("sharp", "soft"), ("plain", "damped")))
    results = [formula(w, [x], scalar, rich=1.0), formula(w, [x], scalar, rich=1.0)]
    body: list[ast.stmt] = [
        inner(w, label, x, [ast.Return(one.node)]) for label, one in zip(labels, results, strict=True)
    ]
    test = ast.Compare(name("kind"), [ast.Eq()], [ast.Constant(labels[0])])
    if w.choices.chance(0.5):
        body.append(ast.Return(ast.IfExp(test, name(labels[0]), name(labels[1]))))
    else:
        body += [ast.If(test, [ast.Return(name(labels[0]))], []), ast.Return(name(labels[1]))]
    factory(w, maker, ["kind"], body)
    place = w.choices.integer(0, 1)
    w.declare("made = node", made=made, node=call(name(maker), ast.Constant(labels[place])))
    w.definitions.append(f"here {title(made)} of {x.words} is {results[place].words}")
    return define_call(w, name(made), given, results[place].interval, f"{title(made)} of {{0}}")


def write_typed(w: KernelWriter) -> str:
    """Write a function of a type that the factory captures."""
    given = argument(w)
    scalar = _scalar(given)
    maker, made = _made(w)
    factor, offset = (w.choices.pick(_NUMBERS) for _ in range(2))
    x = _x(w, given)
    dtype = name("dtype")
    terms = [
        leaf(call(dtype, ast.Constant(value)), scalar, Interval(value, value), number_text(value))
        for value in (factor, offset)[: w.choices.integer(1, 2)]
    ]
    result = formula(w, [x, *terms], scalar, rich=0.0)
    label = w.choices.pick(_INNER)
    node = function(label, [ast.arg(x.words, dtype)], [ast.Return(result.node)], "func", None)
    factory(w, maker, ["dtype"], [node, ast.Return(name(label))])
    w.declare("made = maker(T)", made=made, maker=maker, T=spelled(scalar.spelling))
    w.definitions.append(f"here {title(made)} of {x.words} is {result.words}")
    return define_call(w, name(made), given, result.interval, f"{title(made)} of {{0}}")


def _scalar(expr: Expr) -> Scalar:
    if not isinstance(expr.type, Scalar):
        raise TypeError(f"{expr.words} is no number")
    return expr.type


IDIOMS = (
    Idiom("captured-numbers", 6, write_numbers, 1.6),
    Idiom("captured-count", 9, write_power, 0.8),
    Idiom("captured-functions", 6, write_composed),
    Idiom("function-table", 9, write_table),
    Idiom("function-pair", 10, write_pair, 0.8),
    Idiom("function-choice", 11, write_chosen, 0.8),
    Idiom("captured-type", 6, write_typed, 0.8),
)
