"""The measure of complexity that levels 1 to 5 are cut from.

Every operation counts one: arithmetic, comparison, selection, call, element access. Every branch and loop counts two
and one more for each branch or loop around it, as in cognitive complexity (Campbell, SonarSource, 2018), so that
nesting weighs more than length. Numbers wrapped in a constructor, ``wp.tid()`` and declarations count nothing.
"""

import ast
from typing import NamedTuple

_OWN: dict[type[ast.AST], int] = {
    ast.BinOp: 1,
    ast.UnaryOp: 1,
    ast.Compare: 1,
    ast.IfExp: 1,
    ast.Subscript: 1,
    ast.BoolOp: 1,
    ast.AugAssign: 1,
    ast.Break: 1,
    ast.Continue: 1,
    ast.Return: 1,
    ast.Call: 1,
}
_BLOCKS = (ast.If, ast.For, ast.While)
# what lies under these fields counts nothing: contexts, operators, signatures, decorators
_SKIPPED = frozenset({"ctx", "op", "ops", "args", "decorator_list", "returns", "annotation", "names"})
_FIELDS: dict[type[ast.AST], tuple[str, ...]] = {
    kind: tuple(field for field in kind._fields if field not in _SKIPPED or (kind is ast.Call and field == "args"))
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST)
}


class Bounds(NamedTuple):
    """The complexities of a level, from `low` to `high`, both included."""

    low: int
    high: int


LEVELS: tuple[int, ...] = (1, 2, 3, 4, 5)
LEVEL_BOUNDS: dict[int, Bounds] = {
    1: Bounds(0, 21),
    2: Bounds(22, 34),
    3: Bounds(35, 52),
    4: Bounds(53, 80),
    5: Bounds(81, 10_000),
}


def level_of(complexity: int) -> int:
    """Return the level that a complexity belongs to."""
    return next(level for level, bounds in LEVEL_BOUNDS.items() if complexity <= bounds.high)


def complexity(node: ast.AST, depth: int = 0) -> int:
    """Return the complexity of a statement, a function or a whole module.

    `depth` is the number of branches and loops around it.
    """
    total = 0
    stack: list[ast.AST] = [node]
    while stack:
        item = stack.pop()
        kind = type(item)
        if kind in _NOTHING:
            continue
        if isinstance(item, _BLOCKS):
            total += _block(item, depth)
            continue
        if (kind is ast.UnaryOp or kind is ast.Call) and _is_number(item):
            continue
        total += _OWN.get(kind, 0)
        for field in _FIELDS[kind]:
            value = getattr(item, field)
            if type(value) is list:
                stack += value
            elif isinstance(value, ast.AST):
                stack.append(value)
    return total


_NOTHING = frozenset({ast.Name, ast.Constant, ast.AnnAssign, ast.alias, type(None)})


def heads_complexity(node: ast.If | ast.For | ast.While, depth: int) -> int:
    """Return what a compound statement counts without its suites, the heads of its ``elif`` included."""
    head = node.iter if isinstance(node, ast.For) else node.test
    total = 2 + depth + complexity(head, depth)
    if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
        total += heads_complexity(node.orelse[0], depth)
    return total


def _block(node: ast.If | ast.For | ast.While, depth: int) -> int:
    head = node.iter if isinstance(node, ast.For) else node.test
    total = 2 + depth + complexity(head, depth)
    total += sum([complexity(statement, depth + 1) for statement in node.body])
    if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):  # elif: no deeper than its if
        return total + complexity(node.orelse[0], depth)
    return total + sum([complexity(statement, depth + 1) for statement in node.orelse])


def _is_number(node: ast.AST) -> bool:
    """Tell whether this is a number, with a sign or in a constructor, or the call of something without arguments."""
    if isinstance(node, ast.Call):
        return all(_is_number(argument) for argument in node.args)
    if isinstance(node, ast.UnaryOp):
        return _is_number(node.operand)
    return isinstance(node, ast.Constant)
