"""What a kernel's text looks like, in counts: edges of its syntax tree, calls of Warp, runs of statements, its length.

A kernel is the syntax tree of its function. Decorators, docstrings and comments are no part of what is counted: none of
them says how the kernel is written.
"""

import ast
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

START = "start"
"""What comes before the first statement of a function, in `bigrams`."""

_Edge = tuple[type[ast.AST], type[ast.AST]]

_KINDS: tuple[type[ast.AST], ...] = tuple(
    kind for kind in vars(ast).values() if isinstance(kind, type) and issubclass(kind, ast.AST)
)
# what holds names, numbers and flags, no nodes
_PLAIN = frozenset({"id", "attr", "arg", "name", "kind", "conversion", "simple", "is_async", "module", "level", "rest"})
_ASIDE = _PLAIN | {"ctx", "decorator_list", "kwd_attrs", "type_comment", "type_params"}
_LEAVES = (ast.Constant, ast.Global, ast.Nonlocal, ast.MatchSingleton)
_FIELDS: dict[type[ast.AST], tuple[str, ...]] = {
    kind: () if issubclass(kind, _LEAVES) else tuple(field for field in kind._fields if field not in _ASIDE)
    for kind in _KINDS
}
_BLOCKS = ("body", "handlers", "cases", "orelse", "finalbody")
_BLOCKS_OF: dict[type[ast.AST], tuple[str, ...]] = {
    kind: tuple(field for field in _BLOCKS if field in kind._fields) for kind in _KINDS
}


class Measures(NamedTuple):
    """All that is counted of one kernel; each field is what the function of that name returns."""

    syntax_edges: dict[str, int]
    builtin_calls: dict[str, int]
    bigrams: dict[str, int]
    length: int


def measure(function: ast.FunctionDef, aliases: Collection[str]) -> Measures:
    """Count everything of a kernel; faster than the four functions one by one."""
    edges, calls = _walk(function)
    statements = _statements(function)
    return Measures(_named(edges), _names_of(calls, aliases), _pairs(statements), _lines(statements))


def syntax_edges(function: ast.FunctionDef) -> dict[str, int]:
    """Count the edges of a kernel's syntax tree by the kinds of both ends: ``BinOp>Name``.

    The tree is that of the whole function, its parameters and their annotations included. Contexts (``Load``,
    ``Store``, ``Del``) are no nodes.
    """
    return _named(_walk(function)[0])


def builtin_calls(function: ast.FunctionDef, aliases: Collection[str]) -> dict[str, int]:
    """Count the calls of Warp in the body of a kernel by name: ``sin`` for ``wp.sin(x)``.

    `aliases` are the names under which the module knows Warp. Constructors of types (``wp.vec3(...)``) count as well.
    """
    return _names_of(_walk(function)[1], aliases)


def bigrams(function: ast.FunctionDef) -> dict[str, int]:
    """Count pairs of a statement and the one that comes before it in the text, with how deep the second is nested.

    ``1 For>Assign`` is an assignment that is the first statement of a loop. The first statement of all comes after
    `START`, at depth 0. An ``elif`` is as deep as its ``if``.
    """
    return _pairs(_statements(function))


def length(function: ast.FunctionDef) -> int:
    """Return how many lines a kernel has when it is printed by `ast.unparse`, blank lines and decorators left out."""
    return _lines(_statements(function))


def _walk(function: ast.FunctionDef) -> tuple[list[_Edge], list[ast.Call]]:
    """Return all edges of a kernel's tree, and the calls that stand in its body."""
    edges: list[_Edge] = []
    _edges_below(function.args, edges, [])
    edges.append((ast.FunctionDef, ast.arguments))
    calls: list[ast.Call] = []
    for statement in without_docstring(function.body):
        edges.append((ast.FunctionDef, statement.__class__))
        _edges_below(statement, edges, calls)
    if function.returns is not None:
        edges.append((ast.FunctionDef, function.returns.__class__))
        _edges_below(function.returns, edges, [])
    return edges, calls


def _edges_below(top: ast.AST, edges: list[_Edge], calls: list[ast.Call]) -> None:
    pending = [top]
    while pending:
        node = pending.pop()
        kind = node.__class__
        if kind is ast.Call:
            calls.append(node)  # type: ignore[arg-type]
        for field in _FIELDS[kind]:
            value = getattr(node, field)
            if value.__class__ is list:
                for child in value:
                    if child is not None:
                        edges.append((kind, child.__class__))
                        pending.append(child)
            elif value is not None:
                edges.append((kind, value.__class__))
                pending.append(value)


def _named(edges: Iterable[_Edge]) -> dict[str, int]:
    return {f"{parent.__name__}>{child.__name__}": count for (parent, child), count in Counter(edges).items()}


def _names_of(calls: Iterable[ast.Call], aliases: Collection[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for call in calls:
        function = call.func
        if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
            continue
        if function.value.id in aliases:
            counts[function.attr] = counts.get(function.attr, 0) + 1
    return counts


def _statements(function: ast.FunctionDef) -> list[tuple[int, ast.stmt]]:
    """Return all statements in the order of the text, each with how deep it is nested."""
    found: list[tuple[int, ast.stmt]] = []
    _collect(without_docstring(function.body), 0, found)
    return found


def _collect(block: Sequence[ast.AST], depth: int, found: list[tuple[int, ast.stmt]]) -> None:
    for node in block:
        inside = depth
        if isinstance(node, ast.stmt):  # and not the clause of a `try` or `match`
            found.append((depth, node))
            inside += 1
        for field in _BLOCKS_OF[node.__class__]:
            inner = getattr(node, field)
            if inner:
                _collect(inner, depth if field == "orelse" and _is_elif(node) else inside, found)


def _is_elif(node: ast.AST) -> bool:
    """Tell whether what comes after a statement's ``else`` is printed as an ``elif``."""
    return isinstance(node, ast.If) and len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If)


def _pairs(statements: Iterable[tuple[int, ast.stmt]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    before = START
    for depth, statement in statements:
        kind = statement.__class__.__name__
        pair = f"{depth} {before}>{kind}"
        counts[pair] = counts.get(pair, 0) + 1
        before = kind
    return counts


def _lines(statements: Sequence[tuple[int, ast.stmt]]) -> int:
    return 1 + len(statements) + sum(_lines_besides(node) for _, node in statements if _BLOCKS_OF[node.__class__])


def _lines_besides(node: ast.AST) -> int:
    """Return how many lines a compound statement has besides its first and its blocks: ``else:`` and its kin."""
    clauses = len(getattr(node, "handlers", ())) + len(getattr(node, "cases", ()))
    alternative = bool(getattr(node, "orelse", ())) and not _is_elif(node)
    decorators = len(getattr(node, "decorator_list", ()))
    return clauses + alternative + bool(getattr(node, "finalbody", ())) + decorators


def without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    """Return the statements of a function without its docstring."""
    first = body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return body[1:]
    return body
