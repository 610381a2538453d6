"""Texts with holes: what fills them, and what does not."""

import ast

import pytest

from warpsmith.synth.expr import name
from warpsmith.synth.idiom import expression, statements

_LOOP = """
for k in range(n):
    x = x - f(x) * step
    BODY
"""


def _text(body: list[ast.stmt]) -> str:
    return "\n".join(ast.unparse(statement) for statement in body)


def test_names_numbers_expressions_and_statements_fill_holes() -> None:
    body = statements("total += x\nif total > limit:\n    break", total="sum", limit=4.0)
    step = expression("dt * half", half=0.5)
    filled = statements(_LOOP, k="it", n=8, x="guess", f="slope", step=step, BODY=body)
    assert (
        _text(filled)
        == """\
for it in range(8):
    guess = guess - slope(guess) * (dt * 0.5)
    sum += x
    if sum > 4.0:
        break"""
    )


def test_the_text_itself_stays_as_it_is() -> None:
    first = _text(statements(_LOOP, k="a", n=1, x="b", f="c", step=1.0, BODY=[]))
    statements(_LOOP, k="q", n=2, x="r", f="s", step=2.0, BODY=[])
    assert _text(statements(_LOOP, k="a", n=1, x="b", f="c", step=1.0, BODY=[])) == first


def test_functions_parameters_and_keywords() -> None:
    text = "def f(x):\n    return wp.vector(x, length=x, dtype=T)"
    assert _text(statements(text, f="g", x="y", T="float", length="z")) == (
        "def g(y):\n    return wp.vector(y, length=y, dtype=float)"
    )


def test_negative_numbers_are_operators() -> None:
    assert ast.dump(expression("x * c", x="a", c=-2)) == ast.dump(ast.parse("a * -2").body[0].value)  # type: ignore[attr-defined]


def test_a_hole_of_the_wrong_kind_is_refused() -> None:
    with pytest.raises(TypeError, match="stands for statements"):
        statements("BODY", BODY=name("x"))
    with pytest.raises(TypeError, match="stands for an expression"):
        statements("y = BODY + 1", BODY=[])
    with pytest.raises(TypeError, match="no expression"):
        expression("x = 1")


def test_fractions_take_the_type_that_float_stands_for() -> None:
    precise = expression("x * 0.5 + float(1.5) - f(-2.0, 3)", float=expression("wp.float64"))
    assert ast.unparse(precise) == "x * wp.float64(0.5) + wp.float64(1.5) - f(-wp.float64(2.0), 3)"
    assert ast.unparse(expression("x * 0.5 + float(1.5)", float=name("float"))) == "x * 0.5 + float(1.5)"
