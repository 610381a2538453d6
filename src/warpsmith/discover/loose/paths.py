"""Which names from outside a function reads: the roots and the attributes behind them."""

import ast
from collections.abc import Iterator
from functools import lru_cache

Path = tuple[str, ...]


def paths_of(node: ast.AST) -> list[Path]:
    """Return the dotted names that a function, class or expression reads from outside, each once, in order.

    Arguments and variables that are assigned inside are not from outside. ``a.b.c`` is one path, as long as it goes.
    """
    inside = {child.arg for child in ast.walk(node) if isinstance(child, ast.arg)}
    inside |= {child.id for child in ast.walk(node) if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store)}
    outer = _signature(node) if isinstance(node, ast.FunctionDef) else []
    body = (path for statement in _body(node) for path in _paths(statement) if path[0] not in inside)
    return list(dict.fromkeys([path for part in outer for path in _paths(part)] + list(body)))


@lru_cache(4096)
def operators_of(text: str) -> tuple[str, ...]:
    """Return the names of functions that the operators in a text turn into, should somebody have defined such."""
    operators = (getattr(node, "op", None) for node in ast.walk(ast.parse(text)))
    found = (_OPERATORS.get(type(operator)) for operator in operators)
    return tuple(dict.fromkeys(name for name in found if name))


_OPERATORS: dict[type | None, str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.MatMult: "mul",
    ast.Div: "div",
    ast.FloorDiv: "floordiv",
    ast.Pow: "pow",
    ast.Mod: "mod",
    ast.UAdd: "pos",
    ast.USub: "neg",
    ast.Not: "unot",
    ast.BitAnd: "bit_and",
    ast.BitOr: "bit_or",
    ast.BitXor: "bit_xor",
    ast.Invert: "invert",
    ast.LShift: "lshift",
    ast.RShift: "rshift",
}
"""What Warp calls for an operator (`builtin_operators` in warp/_src/codegen.py)."""


def _signature(node: ast.FunctionDef) -> list[ast.AST]:
    """Return what is evaluated where a function is defined: there its arguments are no variables yet."""
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    annotations = [argument.annotation for argument in arguments]
    defaults = [*node.args.defaults, *node.args.kw_defaults]
    parts = [*node.decorator_list, *annotations, *defaults, node.returns]
    return [part for part in parts if part is not None]


def _body(node: ast.AST) -> list[ast.AST]:
    return list(node.body) if isinstance(node, ast.FunctionDef) else [node]


def _paths(node: ast.AST) -> Iterator[Path]:
    if isinstance(node, ast.Name | ast.Attribute):
        path, root = _unwound(node)
        if path:
            yield path
            return
        node = root
    for child in ast.iter_child_nodes(node):
        yield from _paths(child)


def _unwound(node: ast.expr) -> tuple[Path, ast.expr]:
    """Return the dotted name that an expression is; of one that begins with something else, only that."""
    attributes: list[str] = []
    while isinstance(node, ast.Attribute):
        attributes.append(node.attr)
        node = node.value
    return ((node.id, *reversed(attributes)), node) if isinstance(node, ast.Name) else ((), node)
