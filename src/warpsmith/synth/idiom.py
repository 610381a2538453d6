"""Code as people write it, with holes: a text that is parsed once and filled with names, numbers and expressions.

``statements("q = wp.quat_rotate(rotation, point)", q="moved", rotation=name("r"), point=expr.node)``

A hole is an identifier of the text that is also a keyword argument. A string renames it wherever it stands, as a
variable, a parameter or a function; a number or an expression takes its place where it is read; a list of statements
takes the place of a line that has the hole alone. Where `float` is filled with a type, every fraction in the text is
written in that type.
"""

import ast
from collections.abc import Mapping, Sequence
from functools import cache
from textwrap import dedent
from typing import TypeVar

from warpsmith.synth.expr import literal_node
from warpsmith.synth.types import FLOAT32, INT32

Node = TypeVar("Node", bound=ast.AST)
# nodes that bring a name of their own
_DEFINITIONS = (ast.arg, ast.FunctionDef, ast.ClassDef)
Filling = str | int | float | ast.expr | Sequence[ast.stmt]


def statements(text: str, **holes: Filling) -> list[ast.stmt]:
    """Return the statements of a text with its holes filled."""
    return _suite(_parsed(text), holes)


def expression(text: str, **holes: Filling) -> ast.expr:
    """Return the expression that a text is, with its holes filled."""
    (statement,) = _parsed(text)
    if not isinstance(statement, ast.Expr):
        raise TypeError(f"{text!r} is no expression")
    return _expression(statement.value, holes)


@cache
def _parsed(text: str) -> tuple[ast.stmt, ...]:
    return tuple(ast.parse(dedent(text)).body)


def _suite(body: Sequence[ast.stmt], holes: Mapping[str, Filling]) -> list[ast.stmt]:
    filled: list[ast.stmt] = []
    for statement in body:
        match statement:
            case ast.Expr(value=ast.Name(id=hole)) if hole in holes:
                filled += _block(hole, holes[hole])
            case _:
                filled.append(_copy(statement, holes))
    return filled


def _block(hole: str, filling: Filling) -> Sequence[ast.stmt]:
    if isinstance(filling, str | int | float | ast.expr):
        raise TypeError(f"{hole} stands for statements, not for {filling!r}")
    return filling


def _expression(node: ast.expr, holes: Mapping[str, Filling]) -> ast.expr:
    if isinstance(node, ast.Name) and node.id in holes:
        return _named(node, holes[node.id])
    precision = holes.get("float")
    if isinstance(precision, ast.expr) and not isinstance(precision, ast.Name):
        return _precise(node, precision, holes)
    return _copy(node, holes)


def _precise(node: ast.expr, precision: ast.expr, holes: Mapping[str, Filling]) -> ast.expr:
    """Write a fraction by the constructor of its type, once."""
    match node:
        case ast.Constant(value=float()):
            return ast.Call(precision, [node], [])
        case ast.Call(func=ast.Name(id="float"), args=[ast.Constant() as number]):
            return ast.Call(precision, [number], [])
    return _copy(node, holes)


def _named(node: ast.Name, filling: Filling) -> ast.expr:
    match filling:
        case str():
            return ast.Name(filling, node.ctx)
        case ast.expr():
            return filling
        case int():
            return literal_node(filling, INT32)
        case float():
            return literal_node(filling, FLOAT32)
    raise TypeError(f"{node.id} stands for an expression, not for statements")


def _copy(node: Node, holes: Mapping[str, Filling]) -> Node:
    """Return the node with everything below it copied and filled."""
    fields = {field: _value(getattr(node, field, None), holes) for field in node._fields}
    if isinstance(node, ast.stmt):
        fields["lineno"] = 0
    if isinstance(node, _DEFINITIONS):
        field = "arg" if isinstance(node, ast.arg) else "name"
        renamed = holes.get(getattr(node, field))
        fields[field] = renamed if isinstance(renamed, str) else fields[field]
    return type(node)(**fields)


def _value(value: object, holes: Mapping[str, Filling]) -> object:
    match value:
        case ast.expr():
            return _expression(value, holes)
        case ast.AST() if value._fields:
            return _copy(value, holes)
        case [ast.stmt(), *_]:
            return _suite([item for item in value if isinstance(item, ast.stmt)], holes)
        case list():
            return [_value(item, holes) for item in value]
    return value
