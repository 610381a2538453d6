"""Derivatives of expressions by the rules of calculus, for gradients that generated code writes itself."""

import ast
from collections.abc import Callable

from warpsmith.synth.expr import binary, call, literal_node
from warpsmith.synth.printing import text_of
from warpsmith.synth.types import Scalar

# the derivative of a function of one number, from the number, the value and what makes a literal
_Rule = Callable[[ast.expr, ast.expr, Callable[[float], ast.expr]], ast.expr]


class UnknownDerivativeError(ValueError):
    """There is no rule for a part of the expression."""


def _times(left: ast.expr, right: ast.expr) -> ast.expr:
    return binary(left, ast.Mult(), right)


def _over(left: ast.expr, right: ast.expr) -> ast.expr:
    return binary(left, ast.Div(), right)


def _negated(node: ast.expr) -> ast.expr:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return node.operand
    return ast.UnaryOp(ast.USub(), node)


_RULES: dict[str, _Rule] = {
    "sin": lambda x, _, __: call("cos", x),
    "cos": lambda x, _, __: ast.UnaryOp(ast.USub(), call("sin", x)),
    "tan": lambda _, y, one: binary(one(1.0), ast.Add(), _times(y, y)),
    "exp": lambda _, y, __: y,
    "log": lambda x, _, one: _over(one(1.0), x),
    "sqrt": lambda _, y, one: _over(one(0.5), y),
    "tanh": lambda _, y, one: binary(one(1.0), ast.Sub(), _times(y, y)),
    "sinh": lambda x, _, __: call("cosh", x),
    "cosh": lambda x, _, __: call("sinh", x),
    "atan": lambda x, _, one: _over(one(1.0), binary(one(1.0), ast.Add(), _times(x, x))),
    "abs": lambda x, _, __: call("sign", x),
}


def derivative(node: ast.expr, variable: str, scalar: Scalar) -> ast.expr | None:
    """Return the derivative of an expression of numbers with respect to a variable; None where it is zero.

    Raises `UnknownDerivativeError` where there is no rule.
    """

    def one(value: float) -> ast.expr:
        return literal_node(value, scalar)

    match node:
        case ast.Name(id=identifier):
            return one(1.0) if identifier == variable else None
        case ast.Constant() | ast.Call(args=[ast.Constant()]):
            return None
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            inner = derivative(operand, variable, scalar)
            return None if inner is None else _negated(inner)
        case ast.BinOp():
            return _of_operator(node, variable, scalar)
        case ast.Call(func=ast.Attribute(attr=builtin), args=[x]) if builtin in _RULES:
            inner = derivative(x, variable, scalar)
            return None if inner is None else product(_RULES[builtin](x, node, one), inner)
    raise UnknownDerivativeError(text_of(node))


def _of_operator(node: ast.BinOp, variable: str, scalar: Scalar) -> ast.expr | None:
    left, right = derivative(node.left, variable, scalar), derivative(node.right, variable, scalar)
    match node.op:
        case ast.Add():
            return _sum(left, right)
        case ast.Sub():
            return _sum(left, None if right is None else _negated(right))
        case ast.Mult():
            first = None if left is None else product(node.right, left)
            return _sum(first, None if right is None else product(node.left, right))
        case ast.Div():
            first = None if left is None else _over(left, node.right)
            if right is None:
                return first
            second = _over(product(node.left, right), _times(node.right, node.right))
            return _sum(first, _negated(second))
    raise UnknownDerivativeError(text_of(node))


def product(factor: ast.expr, other: ast.expr) -> ast.expr:
    """Return a product, without a factor of one."""
    if _is_one(other):
        return factor
    return other if _is_one(factor) else _times(factor, other)


def _is_one(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=value):
            return value == 1.0
        case ast.Call(args=[ast.Constant(value=value)]):
            return bool(value == 1.0)
    return False


def _sum(left: ast.expr | None, right: ast.expr | None) -> ast.expr | None:
    if left is None or right is None:
        return left if right is None else right
    if isinstance(right, ast.UnaryOp) and isinstance(right.op, ast.USub):
        return binary(left, ast.Sub(), right.operand)
    return binary(left, ast.Add(), right)
