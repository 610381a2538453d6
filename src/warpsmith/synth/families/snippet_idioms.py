"""Idioms of native functions of numbers: formulas, branches and loops, with adjoint snippets of their derivatives."""

import ast
from collections.abc import Sequence

from warpsmith.synth.expr import Expr, call, function, listed, made_of, name, spelled
from warpsmith.synth.families.gradient_idioms import arguments, given_numbers
from warpsmith.synth.families.idioms import Idiom, define, title
from warpsmith.synth.families.smooth import Smooth, draw_labels, smooth
from warpsmith.synth.interval import Interval
from warpsmith.synth.native import number, printed, type_name
from warpsmith.synth.types import Scalar, ValueType
from warpsmith.synth.writer import KernelWriter

_RESULTS = ("value", "native_value", "y", "shaped", "response", "filtered")
_SNIPPETS = ("snippet", "forward_code", "CODE", "source_code", "native_code")
_ADJOINTS = ("adj_snippet", "adjoint_code", "ADJ_CODE", "backward_code", "adj_code")
_INDENT = "    "


def define_native(
    w: KernelWriter,
    identifier: str,
    parameters: Sequence[ast.arg],
    returns: ValueType | None,
    codes: dict[str, list[str]],
) -> None:
    """Write a function in C++: `codes` are the lines of ``snippet``, ``adj_snippet`` and ``replay_snippet``.

    Codes of one line stand in the decorator now and then, the others in texts of the module.
    """
    decorator = call("func_native")
    for key, lines in codes.items():
        inline = len(lines) == 1 and w.choices.chance(0.4)
        text = lines[0] if inline else "\n" + "".join(f"{_INDENT}{line}\n" for line in lines)
        node: ast.expr = ast.Constant(text)
        if not inline:
            wanted = _SNIPPETS if key == "snippet" else _ADJOINTS if key == "adj_snippet" else ("replay_code",)
            label = w.names.one_of(wanted)
            w.declare("label = code", label=label, code=node)
            node = name(label)
        if key == "snippet" and w.choices.chance(0.7):
            decorator.args = [node]
        else:
            decorator.keywords.append(ast.keyword(key, node))
    returned = spelled(returns.spelling) if returns is not None else None
    body: list[ast.stmt] = [ast.Expr(ast.Constant(...))]
    definition = function(identifier, parameters, body, "func", returned)
    definition.decorator_list = [decorator]
    define(w, definition)


def result(w: KernelWriter, identifier: str, given: Sequence[Expr], kind: ValueType, interval: Interval) -> str:
    """Write a variable that holds a native function of what is given; return the words."""
    places = listed([f"{{{place}}}" for place in range(len(given))])
    node = call(name(identifier), *(one.node for one in given))
    expr = made_of(node, kind, interval, f"{title(identifier)} of {places}", given)
    value = w.define(w.names.one_of(_RESULTS), expr)
    return f"let {value.expr.words} be {expr.words}"


def numbers(w: KernelWriter, count: int) -> tuple[list[Expr], Scalar]:
    """Return numbers of one type to call a native function with."""
    given = given_numbers(w, count)
    scalar = given[0].type if isinstance(given[0].type, Scalar) else w.precision
    return [one if one.type is scalar else w.expressions.to_type(w.block, one, scalar) for one in given], scalar


def drawn(w: KernelWriter, count: int) -> tuple[tuple[str, ...], list[Expr], Smooth, Scalar]:
    """Return a formula of so many numbers with their names, and what to call it with."""
    given, scalar = numbers(w, count)
    labels = draw_labels(w, count)
    return labels, given, smooth(w, labels, [one.interval for one in given], scalar), scalar


def adjoint_lines(w: KernelWriter, labels: Sequence[str], made: Smooth, scalar: Scalar) -> list[str]:
    """Return the lines that add to the adjoints of the parameters."""
    lines = []
    for label, slope in zip(labels, made.derivatives, strict=True):
        text = printed(slope, scalar, 2)
        if text == number(1.0, scalar):
            lines.append(f"adj_{label} += adj_ret;")
        elif w.choices.chance(0.5):
            lines.append(f"adj_{label} += adj_ret * {text};")
        else:
            lines.append(f"adj_{label} += {text} * adj_ret;")
    return lines


def write_formula(w: KernelWriter) -> str:
    """Write a formula in C++, mostly with its adjoint."""
    labels, given, made, scalar = drawn(w, w.choices.weighted((1, 2), (2, 3)))
    text = printed(made.expr.node, scalar)
    lines = [f"return {text};"]
    if w.choices.chance(0.4):
        kind, label = w.choices.pick((type_name(scalar), "auto")), w.choices.pick(("y", "result", "out_value"))
        lines = [f"{kind} {label} = {text};", f"return {label};"]
    codes = {"snippet": lines}
    if w.choices.chance(0.8):
        codes["adj_snippet"] = adjoint_lines(w, labels, made, scalar)
    identifier = w.names.function()
    define_native(w, identifier, arguments(labels, [scalar] * len(labels)), scalar, codes)
    adjoint = ", and has an adjoint in C++ too" if "adj_snippet" in codes else ""
    w.definitions.append(f"here {title(identifier)} of {listed(labels)} is {made.expr.words}, in C++{adjoint}")
    return result(w, identifier, given, scalar, made.expr.interval)


def write_branch(w: KernelWriter) -> str:
    """Write a choice between two formulas in C++: a branch, or a conditional expression."""
    labels, given, made, scalar = drawn(w, 1)
    other = smooth(w, labels, [given[0].interval], scalar)
    x, low, high = labels[0], *given[0].interval
    limit = number(float(f"{(low + high) / 2:.2g}"), scalar)
    first, second = printed(made.expr.node, scalar), printed(other.expr.node, scalar)
    if w.choices.chance(0.5):
        lines = [f"if ({x} > {limit}) {{", f"    return {first};", "}", f"return {second};"]
    else:
        lines = [f"return {x} > {limit} ? {first} : {second};"]
    codes = {"snippet": lines}
    if w.choices.chance(0.7):
        (one,), (two,) = made.derivatives, other.derivatives
        slopes = printed(one, scalar, 2), printed(two, scalar, 2)
        codes["adj_snippet"] = [
            f"if ({x} > {limit}) {{", f"    adj_{x} += adj_ret * {slopes[0]};", "} else {",
            f"    adj_{x} += adj_ret * {slopes[1]};", "}",
        ]  # fmt: skip
    identifier = w.names.function()
    define_native(w, identifier, arguments(labels, [scalar]), scalar, codes)
    w.definitions.append(
        f"here {title(identifier)} of {x}, in C++, is {made.expr.words} above {limit}, else {other.expr.words}"
    )
    return result(w, identifier, given, scalar, made.expr.interval.hull(other.expr.interval))


def write_loop(w: KernelWriter) -> str:
    """Write a loop in C++ that sums powers or repeats a step."""
    given, scalar = numbers(w, 1)
    (x,) = draw_labels(w, 1)
    # Warp makes a macro of float(…) in its code for the CPU; a cast in C's manner is none
    kind, trips = type_name(scalar), w.choices.integer(2, 5)
    k, total = w.choices.pick(("k", "i", "n")), w.choices.pick(("total", "sum", "acc"))
    size = given[0].interval.magnitude
    if w.choices.chance(0.5):
        factor = w.choices.pick((0.5, 0.25, 0.75))
        step = f"{total} = {total} * {number(factor, scalar)} + {x};"
        bound, said = size / (1.0 - factor) + size, f"made {factor:g} of itself plus {x} {trips} times"
        start, codes = x, {}
        slope = sum(factor**power for power in range(trips)) + factor**trips
        codes["adj_snippet"] = [f"adj_{x} += adj_ret * {number(round(slope, 6), scalar)};"]
    else:
        scale = number(round(1.0 / (1.0 + size), 4), scalar)
        step = f"{total} += wp::sin({x} * {scale} * ({kind})({k} + 1));"
        bound, said = float(trips), f"a sum of {trips} sines of {x}"
        start, codes = number(0.0, scalar), {}
        codes["adj_snippet"] = [
            f"for (int {k} = 0; {k} < {trips}; ++{k}) {{",
            f"    {kind} w = {scale} * ({kind})({k} + 1);",
            f"    adj_{x} += adj_ret * w * wp::cos({x} * w);",
            "}",
        ]
    lines = [
        f"{kind} {total} = {start};",
        f"for (int {k} = 0; {k} < {trips}; ++{k}) {{",
        f"    {step}",
        "}",
        f"return {total};",
    ]
    snippet = {"snippet": lines}
    if w.choices.chance(0.6):
        snippet |= codes
    identifier = w.names.function()
    define_native(w, identifier, arguments([x], [scalar]), scalar, snippet)
    w.definitions.append(f"here {title(identifier)} of {x}, in C++, is {said}")
    return result(w, identifier, given, scalar, Interval(-bound, bound))


_FAST = (("sin", "__sinf"), ("cos", "__cosf"), ("exp", "__expf"))


def write_target(w: KernelWriter) -> str:
    """Write C++ that takes a fast function on CUDA and the usual one on the CPU."""
    given, scalar = numbers(w, 1)
    if scalar.name != "float32":
        return write_formula_of(w, given, scalar)
    (x,) = draw_labels(w, 1)
    size = max(given[0].interval.magnitude, 1.0)
    scale = number(float(f"{2.0 / size:.1g}"), scalar)
    usual, fast = w.choices.pick(_FAST)
    codes = {
        "snippet": [
            f"float t = {x} * {scale};", "#if defined(__CUDA_ARCH__)", f"return {fast}(t);", "#else",
            f"return wp::{usual}(t);", "#endif",
        ]
    }  # fmt: skip
    slope = {"sin": "wp::cos(t)", "cos": "-wp::sin(t)", "exp": "wp::exp(t)"}[usual]
    if w.choices.chance(0.7):
        codes["adj_snippet"] = [f"float t = {x} * {scale};", f"adj_{x} += adj_ret * {scale} * {slope};"]
    identifier = w.names.one_of((f"fast_{usual}", f"quick_{usual}", f"native_{usual}"))
    define_native(w, identifier, arguments([x], [scalar]), scalar, codes)
    w.definitions.append(f"here {title(identifier)} of {x} is the {usual} of {scale} times {x}, a fast one on CUDA")
    return result(w, identifier, given, scalar, Interval(-10.0, 10.0))


def write_formula_of(w: KernelWriter, given: Sequence[Expr], scalar: Scalar) -> str:
    """Write a formula of one number in C++."""
    labels = draw_labels(w, 1)
    made = smooth(w, labels, [given[0].interval], scalar)
    identifier = w.names.function()
    codes = {"snippet": [f"return {printed(made.expr.node, scalar)};"]}
    define_native(w, identifier, arguments(labels, [scalar]), scalar, codes)
    w.definitions.append(f"here {title(identifier)} of {labels[0]} is {made.expr.words}, in C++")
    return result(w, identifier, given, scalar, made.expr.interval)


IDIOMS = (
    Idiom("native-formula", 5, write_formula, 2.5),
    Idiom("native-branch", 5, write_branch, 1.2),
    Idiom("native-loop", 5, write_loop),
    Idiom("native-target", 5, write_target, 0.7),
)
