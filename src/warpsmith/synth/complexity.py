"""The measure of complexity that levels 1 to 5 are cut from.

Every operation counts one: arithmetic, comparison, selection, call, element access. Every branch and loop counts two
and one more for each branch or loop around it, as in cognitive complexity (Campbell, SonarSource, 2018), so that
nesting weighs more than length. Numbers wrapped in a constructor, ``wp.tid()`` and declarations count nothing.
"""

import ast
from typing import NamedTuple

_OPERATIONS = (ast.BinOp, ast.UnaryOp, ast.Compare, ast.IfExp, ast.Subscript)
_BLOCKS = (ast.If, ast.For, ast.While)
_JUMPS = (ast.Break, ast.Continue, ast.Return)


class Bounds(NamedTuple):
    """The complexities of a level, from `low` to `high`, both included."""

    low: int
    high: int


LEVELS: tuple[int, ...] = (1, 2, 3, 4, 5)
LEVEL_BOUNDS: dict[int, Bounds] = {
    1: Bounds(0, 17),
    2: Bounds(18, 30),
    3: Bounds(31, 48),
    4: Bounds(49, 76),
    5: Bounds(77, 10_000),
}


def level_of(complexity: int) -> int:
    """Return the level that a complexity belongs to."""
    return next(level for level, bounds in LEVEL_BOUNDS.items() if complexity <= bounds.high)


def complexity(node: ast.AST, depth: int = 0) -> int:
    """Return the complexity of a statement, a function or a whole module.

    `depth` is the number of branches and loops around it.
    """
    if isinstance(node, _BLOCKS):
        return _block(node, depth)
    if isinstance(node, ast.FunctionDef):
        return sum(complexity(statement, depth) for statement in node.body)
    if isinstance(node, ast.Call):
        return _call(node, depth)
    own = 0
    if isinstance(node, _OPERATIONS):
        own = 0 if _is_number(node) else 1
    elif isinstance(node, (ast.BoolOp, *_JUMPS)):
        own = 1
    elif isinstance(node, ast.AugAssign):
        own = 1
    elif isinstance(node, ast.AnnAssign):
        return 0
    return own + sum(complexity(child, depth) for child in ast.iter_child_nodes(node))


def _block(node: ast.If | ast.For | ast.While, depth: int) -> int:
    head = node.iter if isinstance(node, ast.For) else node.test
    total = 2 + depth + complexity(head, depth)
    total += sum(complexity(statement, depth + 1) for statement in node.body)
    if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):  # elif: no deeper than its if
        return total + complexity(node.orelse[0], depth)
    return total + sum(complexity(statement, depth + 1) for statement in node.orelse)


def _call(node: ast.Call, depth: int) -> int:
    if all(_is_number(argument) for argument in node.args):
        return 0
    return 1 + sum(complexity(child, depth) for child in (*node.args, *node.keywords))


def _is_number(node: ast.AST) -> bool:
    if isinstance(node, ast.UnaryOp):
        return _is_number(node.operand)
    return isinstance(node, ast.Constant)
