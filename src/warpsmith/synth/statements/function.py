"""A call of a user function that is written for the purpose: ``@wp.func`` with one to three arguments."""

import ast

from warpsmith.synth.complexity import complexity
from warpsmith.synth.expr import Expr, call, comparison, function, leaf, listed, literal, made_of, name, spelled
from warpsmith.synth.form import Form
from warpsmith.synth.scope import Block, Value
from warpsmith.synth.statements.assign import define
from warpsmith.synth.types import BOOL, Scalar, ValueType, is_float
from warpsmith.synth.writer import KernelWriter

_ARGUMENTS = ("x", "y", "z")


def fits(w: KernelWriter) -> bool:
    """Fit in a kernel that has fewer than three functions."""
    return len(w.functions) < 3


def write(w: KernelWriter) -> str:
    """Write a function of values in scope and a variable that holds its result."""
    arguments = [w.expressions.start(w.block)]
    while len(arguments) < 3 and w.choices.chance(0.5):
        extra = w.expressions.start(w.block)
        if all(extra.node is not known.node for known in arguments):
            arguments.append(extra)
    return define(w, called(w, arguments))


def called(w: KernelWriter, arguments: list[Expr]) -> Expr:
    """Write a function of these arguments and return the call of it."""
    identifier = w.names.function()
    labels = w.choices.pick((_ARGUMENTS, ("a", "b", "c"), ("p", "q", "r")))
    result = _function(w, identifier, labels, arguments)
    node = call(name(identifier), *(argument.node for argument in arguments))
    title = f"{identifier.replace('_', ' ')} of"
    w.definitions.append(f"here {title} {listed(labels[: len(arguments)])} is {result.words}")
    places = [f"{{{place}}}" for place in range(len(arguments))]
    whole = made_of(node, result.type, result.interval, f"{title} {listed(places)}", arguments)
    return whole._replace(roots=result.roots)


def _function(w: KernelWriter, identifier: str, labels: tuple[str, ...], arguments: list[Expr]) -> Expr:
    body = Block()
    for label, argument in zip(labels, arguments, strict=False):
        varying, roots = argument.varying, argument.roots
        local = leaf(name(label), argument.type, argument.interval, label, varying=varying, roots=roots)
        body.add(Value(local))
    result, early = _result(w, body, arguments[0])
    statements = [*body.body, *early, ast.Return(result.node)]
    parameters = [
        ast.arg(label, spelled(argument.type.spelling)) for label, argument in zip(labels, arguments, strict=False)
    ]
    returns = spelled(result.type.spelling) if w.choices.chance(0.6) else None
    definition = function(identifier, parameters, statements, "func", returns)
    w.functions.append(definition)
    w.spent += complexity(definition)
    return result


def _result(w: KernelWriter, body: Block, first: Expr) -> tuple[Expr, list[ast.stmt]]:
    """Return the function's result, and the statements of an early return where it has one."""
    value_type = first.type if first.type != BOOL else w.precision
    shortcut = _shortcut(w, body, value_type) if w.choices.chance(0.3) else None
    result = w.expressions.combine(body, value_type, floor=1)
    if shortcut is None:
        return result, []
    condition, early = shortcut
    w.features.add("function-early-return")
    interval = result.interval.hull(early.interval)
    whole = made_of(result.node, value_type, interval, "{0} where {2}, else {1}", [early, result, condition])
    return whole, [ast.If(condition.node, [ast.Return(early.node)], [])]


def _shortcut(w: KernelWriter, body: Block, value_type: ValueType) -> tuple[Expr, Expr] | None:
    """Return a condition and what to return where it holds; what they read still counts as unread."""
    value = next((value.expr for value in body.values if isinstance(value.type, Scalar) and is_float(value.type)), None)
    if value is None or not isinstance(value.type, Scalar):
        return None
    threshold = literal(round((value.interval.low + value.interval.high) / 2, 1), value.type)
    unread = dict(body.pending)
    early = w.expressions.to_type(body, w.expressions.grow_within(body, value, 1), value_type)
    body.pending.update(unread)
    return comparison(value, ast.Lt(), threshold, "{0} is below {1}"), early


FORM = Form("function-call", 6, fits, write)
