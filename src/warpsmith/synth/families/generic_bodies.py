"""Bodies of generic functions: expressions that make sense of numbers and of vectors alike."""

import ast
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from warpsmith.synth.choices import Choices
from warpsmith.synth.expr import LOAD, binary, call, name
from warpsmith.synth.interval import Interval
from warpsmith.synth.printing import text_of

_OPERATORS: tuple[tuple[ast.operator, str], ...] = ((ast.Add(), "plus"), (ast.Sub(), "minus"))
_ARITHMETIC = {ast.Add: Interval.add, ast.Sub: Interval.subtract, ast.Mult: Interval.multiply}
_FACTORS = (0.5, 2.0, 0.25, 1.5, 3.0, 0.75)


class Body(NamedTuple):
    """An expression of parameters, with its words and its range for any ranges of the parameters."""

    node: ast.expr
    words: str

    def interval(self, of: Mapping[str, Interval]) -> Interval:
        """Return the range of the expression for ranges of the parameters."""
        return _range(self.node, of)


def draw(choices: Choices, values: Sequence[str], scale: str = "", *, typed: bool = True) -> Body:
    """Draw an expression that reads all values, which are of one type, and `scale`, a number, where there is one.

    `typed`: constants are made of the type of the first value, ``type(x)(2.0)``.
    """
    bodies = [Body(name(value), value) for value in values]
    if typed and choices.chance(0.6 if len(values) == 1 else 0.3):
        place = choices.integer(0, len(bodies) - 1)
        bodies[place] = _times(bodies[place], _constant(choices, values[0]))
    if choices.chance(0.35):
        place = choices.integer(0, len(bodies) - 1)
        bodies[place] = Body(call("abs", bodies[place].node), f"the magnitude of {bodies[place].words}")
    whole = bodies[0]
    for other in bodies[1:]:
        whole = _joined(choices, whole, other)
    if typed and choices.chance(0.3):
        whole = _shifted(choices, whole, values[0])
    if scale:
        factor = Body(name(scale), scale)
        whole = (
            _times(whole, factor)
            if choices.chance(0.7)
            else Body(
                binary(name(values[0]), ast.Add(), binary(whole.node, ast.Mult(), factor.node)),
                f"{values[0]} plus ({whole.words}) times {scale}",
            )
        )
    elif len(values) == 1 and isinstance(whole.node, ast.Name):
        whole = _times(whole, _constant(choices, values[0]))
    return whole


def _constant(choices: Choices, value: str) -> Body:
    """Return a number of the type that a value is made of."""
    number = choices.pick(_FACTORS)
    return Body(call(ast.Attribute(name(value), "dtype", LOAD), ast.Constant(number)), f"{number:g}")


def _shifted(choices: Choices, body: Body, value: str) -> Body:
    """Return a body plus a number, which is the same in each component of a vector."""
    number = choices.pick(_FACTORS)
    constant = call(call(name("type"), name(value)), ast.Constant(number))
    return Body(binary(body.node, ast.Add(), constant), f"{body.words} plus {number:g}")


def _times(body: Body, factor: Body) -> Body:
    return Body(binary(body.node, ast.Mult(), factor.node), f"({body.words}) times {factor.words}")


def _joined(choices: Choices, left: Body, right: Body) -> Body:
    if choices.chance(0.3):
        builtin, word = choices.pick((("min", "smaller"), ("max", "larger")))
        return Body(call(builtin, left.node, right.node), f"the {word} of {left.words} and {right.words}")
    operator, word = choices.pick(_OPERATORS)
    return Body(binary(left.node, operator, right.node), f"{left.words} {word} {right.words}")


def _range(node: ast.expr, of: Mapping[str, Interval]) -> Interval:
    match node:
        case ast.Name(id=label):
            return of[label]
        case ast.BinOp(left=left, op=operator, right=right):
            return _ARITHMETIC[type(operator)](_range(left, of), _range(right, of))
        case ast.Call(func=ast.Attribute(attr="abs"), args=[value]):
            return _range(value, of).absolute()
        case ast.Call(args=[left, right]):
            return _range(left, of).hull(_range(right, of))
        case ast.Call(args=[ast.Constant(value=float() as value)]):
            return Interval(value, value)
    raise TypeError(f"{text_of(node)} is not of the kind that generic bodies are made of")
