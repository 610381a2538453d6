"""Derivatives agree with differences of the expression, and C++ with Python."""

import ast
import math
from typing import Any

import pytest

from warpsmith.synth.derivatives import UnknownDerivativeError, derivative
from warpsmith.synth.native import NotNativeError, printed
from warpsmith.synth.types import FLOAT32, FLOAT64


class _Builtins:
    """The builtins of Warp that the rules know, by Python's own mathematics."""

    sin, cos, tan, exp, log, sqrt, tanh, sinh, cosh, atan, abs = (
        math.sin, math.cos, math.tan, math.exp, math.log, math.sqrt, math.tanh, math.sinh, math.cosh, math.atan, abs,
    )  # fmt: skip
    sign = staticmethod(lambda x: math.copysign(1.0, x))


def _expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _value(node: ast.expr, **variables: float) -> float:
    text = ast.unparse(node)
    scope: dict[str, Any] = {"wp": _Builtins, **variables}
    return float(eval(text, scope))


@pytest.mark.parametrize(
    "text",
    [
        "x * x + 3.0 * x", "x / (1.0 + x)", "2.0 / x - x", "-x * y", "wp.sin(x * y)", "wp.cos(x) * wp.exp(-x)",
        "wp.tan(0.3 * x)", "wp.log(x + y)", "wp.sqrt(x) / y", "wp.tanh(x - y)", "wp.sinh(x) + wp.cosh(x)",
        "wp.atan(x * x)", "wp.abs(y - x) * x", "y - (y - x)",
    ],
)  # fmt: skip
def test_derivatives_are_those_of_differences(text: str) -> None:
    node = _expression(text)
    slope = derivative(node, "x", FLOAT32)
    assert slope is not None
    step = 1e-6
    for x, y in ((0.7, 1.3), (1.6, 0.4)):
        difference = (_value(node, x=x + step, y=y) - _value(node, x=x - step, y=y)) / (2 * step)
        assert _value(slope, x=x, y=y) == pytest.approx(difference, rel=1e-5, abs=1e-6)


def test_what_does_not_depend_on_the_variable_has_no_derivative() -> None:
    assert derivative(_expression("wp.sin(y) + 2.0"), "x", FLOAT32) is None


def test_what_has_no_rule_is_refused() -> None:
    with pytest.raises(UnknownDerivativeError):
        derivative(_expression("wp.floor(x)"), "x", FLOAT32)
    with pytest.raises(NotNativeError):
        printed(_expression("x // y"), FLOAT32)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x - (y - 0.5)", "x - (y - 0.5f)"),
        ("(x + y) * 2.0", "(x + y) * 2.0f"),
        ("x / (y / x) / y", "x / (y / x) / y"),
        ("--x", "-(-x)"),
        ("wp.max(x, v[1]) * v.z", "wp::max(x, v[1]) * v[2]"),
    ],
)
def test_expressions_in_cpp(text: str, expected: str) -> None:
    assert printed(_expression(text), FLOAT32) == expected


def test_numbers_are_of_their_type_in_cpp() -> None:
    assert printed(_expression("wp.float64(0.5) * x"), FLOAT64) == "0.5 * x"
