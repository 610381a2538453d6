"""Expressions of numbers and of vectors' components as C++ that is valid for both targets."""

import ast

from warpsmith.synth.types import Scalar

_PRECEDENCE = {ast.Add: (1, "+"), ast.Sub: (1, "-"), ast.Mult: (2, "*"), ast.Div: (2, "/")}
_COMPARISONS = {ast.Gt: ">", ast.Lt: "<", ast.GtE: ">=", ast.LtE: "<="}
_AXES = "xyzw"
_UNARY = 3


class NotNativeError(ValueError):
    """An expression has a part that is not written in C++ here."""


def number(value: float, scalar: Scalar) -> str:
    """Return a number as C++ writes it in a scalar type."""
    text = repr(float(value))
    if scalar.name == "float64":
        return text
    return f"{text}f" if scalar.name == "float32" else f"wp::{scalar.name}({text}f)"


def type_name(scalar: Scalar) -> str:
    """Return the C++ name of a scalar type."""
    return "float" if scalar.name == "float32" else f"wp::{scalar.name}"


def printed(node: ast.expr, scalar: Scalar, above: int = 0) -> str:  # noqa: PLR0911 (one a kind of node)
    """Return an expression of numbers of one scalar type as C++; raise `NotNativeError` where that is not known.

    `above` is the precedence of the operator that it is an operand of.
    """
    match node:
        case ast.Name(id=identifier):
            return identifier
        case ast.Constant(value=float() as value) | ast.Call(args=[ast.Constant(value=float() as value)]):
            return number(value, scalar)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            text = printed(operand, scalar, _UNARY)
            return f"-({text})" if text.startswith("-") else f"-{text}"
        case ast.BinOp(op=operator) if type(operator) in _PRECEDENCE:
            return _operation(node, scalar, above)
        case ast.Compare(left=left, ops=[operator], comparators=[right]) if type(operator) in _COMPARISONS:
            return f"{printed(left, scalar)} {_COMPARISONS[type(operator)]} {printed(right, scalar)}"
        case ast.Call(func=ast.Attribute(value=ast.Name(id="wp"), attr=builtin)):
            return f"wp::{builtin}({', '.join(printed(argument, scalar) for argument in node.args)})"
        case ast.Subscript(value=ast.Name(id=vector), slice=ast.Constant(value=int() as place)):
            return f"{vector}[{place}]"
        case ast.Attribute(value=ast.Name(id=vector), attr=axis) if axis in _AXES:
            return f"{vector}[{_AXES.index(axis)}]"
    raise NotNativeError(ast.unparse(node))


def _operation(node: ast.BinOp, scalar: Scalar, above: int) -> str:
    own, sign = _PRECEDENCE[type(node.op)]
    # the right operand of a difference or a quotient keeps its brackets
    text = f"{printed(node.left, scalar, own)} {sign} {printed(node.right, scalar, own + 1)}"
    return f"({text})" if own < above else text
