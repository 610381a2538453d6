"""Calls of builtins on plain values: numbers, vectors, matrices, rotations, transformations."""

import ast
from collections.abc import Sequence
from functools import cache

from warpsmith.bridge.catalog import Signature
from warpsmith.synth.application import affine
from warpsmith.synth.conversions import scaled
from warpsmith.synth.coverage.asks import Ask, asks_of
from warpsmith.synth.coverage.meanings import known_meaning
from warpsmith.synth.coverage.objects import OBJECTS
from warpsmith.synth.coverage.session import Session
from warpsmith.synth.coverage.supply import REACHES, Part, planned, realized, variable
from warpsmith.synth.expr import Expr, binary, fits, listed, literal_node, literal_vector, made_of
from warpsmith.synth.idiom import expression
from warpsmith.synth.interval import Interval
from warpsmith.synth.meanings.meaning import Meaning
from warpsmith.synth.printing import text_of
from warpsmith.synth.types import Scalar, ValueType, Vector, components, is_float, scalar_of, value_types

_MODULI = (7, 11, 13, 16, 32)


def is_plain(signature: Signature) -> bool:
    """Tell whether a call takes and gives plain values, and is known by its meaning."""
    known = value_types()
    handles = (supply.of for supply in signature.supplies if supply.way == "handle")
    return (
        signature.form == "expression"
        and signature.result in known
        and any(kind in known for kind in signature.arguments)
        and all(kind in known or (kind.startswith("=") and ":" not in kind) for kind in signature.arguments)
        and not any(condition.requirement == "written" for _, condition in signature.conditions)
        and all(supply.way in ("element", "local", "constant", "handle") for supply in signature.supplies)
        and all(of in OBJECTS for of in handles)
        and known_meaning(signature.name, len(signature.arguments)) is not None
    )


def called(s: Session, signature: Signature) -> Expr:
    """Return the call with arguments from the kernel or from new inputs, in its domain and its type's range."""
    meaning = known_meaning(signature.name, len(signature.arguments))
    if meaning is None:
        raise TypeError(f"{signature.key} has no meaning")
    asks = asks_of(signature)
    types = [ask.type for ask in asks]
    result = value_types()[signature.result or ""]
    parts: list[Part] = []
    for reach in REACHES:
        mark = s.w.block.mark()
        parts = []
        for ask in asks:
            parts.append(planned(s, ask, parts, reach))
        interval = meaning.range([part.interval for part in parts], types)
        if reach == REACHES[-1] or (interval is not None and _inside(interval, result)):
            break
        s.w.block.restore(mark)
    exprs = [_prepared(s, ask, realized(s, part)) for ask, part in zip(asks, parts, strict=True)]
    exprs[0] = _told_apart(signature, exprs[0])
    interval = meaning.range([expr.interval for expr in exprs], types)
    node = call_node(signature, exprs)
    coefficients = affine(signature.name, exprs)
    expr = made_of(
        node,
        result,
        interval or _anything(result),
        _words(meaning, exprs),
        exprs,
        noun=meaning.noun,
        affine=coefficients,
    )
    if signature.name == "normalize":
        expr = expr._replace(steady=True)
    return expr if fits(expr) else _wrapped(s, expr)


def _prepared(s: Session, ask: Ask, expr: Expr) -> Expr:
    return variable(s, expr) if ask.manner == "variable" else expr


def _words(meaning: Meaning, exprs: Sequence[Expr]) -> str:
    """Return the words of a call with places for its arguments, all of them where there may be any number."""
    places = [f"{{{place}}}" for place, expr in enumerate(exprs) if expr.words]
    return meaning.words.replace("{0} and so on", listed(places))


def _told_apart(signature: Signature, expr: Expr) -> Expr:
    """Return a fraction of a small range as a multiple of it, where a call makes whole numbers of fractions."""
    whole = signature.name in _WHOLE or (signature.result or "").startswith(("int", "uint"))
    if not whole or not isinstance(expr.type, Scalar) or not is_float(expr.type) or expr.interval.magnitude > _SMALL:
        return expr
    return scaled(expr, 10.0)


_WHOLE = frozenset({"floor", "ceil", "round", "rint", "trunc", "floordiv"})
_SMALL = 8.0


def _inside(interval: Interval, kind: ValueType) -> bool:
    scalar = scalar_of(kind)
    return interval.within(scalar.lowest, scalar.limit)


def _anything(kind: ValueType) -> Interval:
    scalar = scalar_of(kind)
    return Interval(scalar.lowest, scalar.limit)


def _wrapped(s: Session, expr: Expr) -> Expr:
    """Return an integer that may be anything as its remainder; of other numbers, say that they are in range."""
    scalar = scalar_of(expr.type)
    if scalar.kind == "float" or not isinstance(expr.type, Scalar | Vector):
        low, high = _anything(expr.type)
        return expr._replace(interval=Interval(max(low, expr.interval.low), min(high, expr.interval.high)))
    modulus = s.w.choices.pick(_MODULI)
    if isinstance(expr.type, Vector):
        divisor = literal_vector([float(modulus)] * components(expr.type), expr.type).node
    else:
        divisor = literal_node(modulus, scalar)
    node = binary(expr.node, ast.Mod(), divisor)
    # a negative number in an unsigned type is a large one
    low = -float(modulus) if scalar.kind == "int" and expr.interval.low < 0.0 else 0.0
    return made_of(node, expr.type, Interval(low, float(modulus)), f"{{0}} modulo {modulus}", [expr], noun=expr.noun)


def call_node(signature: Signature, exprs: Sequence[Expr]) -> ast.expr:
    """Return the call as the catalog writes it."""
    texts = tuple(text_of(e.node) if not e.words else "" for e in exprs)
    text, holes = _text(signature, texts)
    return expression(text, **{hole: expr.node for hole, expr in zip(holes, exprs, strict=True)})


@cache
def _text(signature: Signature, texts: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return the template as an idiom, and the hole of each parameter; what is a text of its own stands in it."""
    holes = tuple(f"hole_{parameter}" for parameter in signature.parameters)
    filled = {parameter: text or hole for parameter, text, hole in zip(signature.parameters, texts, holes, strict=True)}
    return signature.template.format_map(filled), holes
