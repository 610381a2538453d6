"""Near-copies of kernels: the same in other words (`disguised`), or the same but for some statements (`edited`)."""

import ast
import random
import re
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")
_KEPT = frozenset({"wp", "warp", "range", "float", "int", "bool", "len", "min", "max", "abs", "print"})
_STATEMENT = re.compile(
    r"(?m)^(?P<blank> +)(?!(?:def|for|if|while|else|elif|class|return|\"|\.|@)\b)(?P<code>[^\n]*[^:\n])$"
)


def disguised(source: str, draws: random.Random) -> str:
    """Return a kernel's text with other names, constants and docstrings, and in another order where that is free.

    Functions, structs and values above the kernel are shuffled; within a function, neighbours that neither read nor
    write what the other writes change places.
    """
    tree = ast.parse(source)
    for change in (_redescribe, _renumber, _reorder, _rename, _move):
        change(tree, draws)
    return _commented(ast.unparse(tree), draws)


def edited(source: str, others: Sequence[str], count: int, draws: random.Random) -> str:
    """Return a text in which `count` statements, drawn one after the other, are left out, said twice or exchanged.

    What is exchanged comes from the texts of other kernels. The text is valid Python; it need not be a valid kernel.
    """
    for _ in range(count):
        places = list(_STATEMENT.finditer(source))
        if not places:
            break
        place, foreign = _pick(places, draws), _foreign_statement(others, draws)
        code, blank = place["code"], place["blank"]
        lines = _pick([["pass"], [code, code], [foreign], [code, foreign]], draws)
        source = source[: place.start()] + "\n".join(blank + line for line in lines) + source[place.end() :]
    return source


def _foreign_statement(others: Sequence[str], draws: random.Random) -> str:
    found = [match["code"] for match in _STATEMENT.finditer(_pick(others, draws))]
    return _pick(found, draws) if found else "pass"


def _pick(items: Sequence[Item], draws: random.Random) -> Item:
    return items[int(draws.random() * len(items))]


def _shuffled(items: Sequence[Item], draws: random.Random) -> list[Item]:
    return [item for _, item in sorted(((draws.random(), place), item) for place, item in enumerate(items))]


def _functions(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def _redescribe(tree: ast.Module, draws: random.Random) -> None:
    for function in _functions(tree):
        if ast.get_docstring(function) is not None:
            del function.body[0]
        if draws.random() < 0.5 or not function.body:
            function.body.insert(0, ast.Expr(ast.Constant(f"Described in {int(draws.random() * 1000)} other words.")))


def _renumber(tree: ast.Module, draws: random.Random) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) is int:
            node.value = int(draws.random() * 100)
        elif isinstance(node, ast.Constant) and type(node.value) is float:
            node.value = round(draws.random() * 10, 2)


def _reorder(tree: ast.Module, draws: random.Random) -> None:
    for function in _functions(tree):
        for suite in _suites(function):
            for place in range(len(suite) - 1):
                if draws.random() < 0.7 and _are_independent(suite[place], suite[place + 1]):
                    suite[place : place + 2] = reversed(suite[place : place + 2])


def _suites(function: ast.FunctionDef) -> list[list[ast.stmt]]:
    fields = [getattr(node, name, None) for node in ast.walk(function) for name in ("body", "orelse")]
    return [suite for suite in fields if isinstance(suite, list)]


def _are_independent(one: ast.stmt, other: ast.stmt) -> bool:
    if not all(isinstance(statement, ast.Assign | ast.AugAssign) for statement in (one, other)):
        return False
    return _roots(one, written=True).isdisjoint(_roots(other)) and _roots(other, written=True).isdisjoint(_roots(one))


def _roots(statement: ast.stmt, *, written: bool = False) -> set[str]:
    """Return the names in a statement, or in what it writes to."""
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement]
    parts: Sequence[ast.AST] = targets if written else [statement]
    return {node.id for part in parts for node in ast.walk(part) if isinstance(node, ast.Name)}


def _rename(tree: ast.Module, draws: random.Random) -> None:
    native = {arg.arg for function in _functions(tree) if _is_native(function) for arg in function.args.args}
    names = sorted({name for node in ast.walk(tree) for name in _bound(node)} - _KEPT - native)
    fresh = {name: f"{_pick('abcdefghkmnpqrst', draws)}_{place}" for place, name in enumerate(names)}
    fields = {node.target.id for node in ast.walk(tree) if _is_field(node)}  # type: ignore[attr-defined]
    for node in ast.walk(tree):
        for field in ("id", "arg", "name"):
            if (name := getattr(node, field, None)) in fresh and not isinstance(node, ast.keyword | ast.alias):
                setattr(node, field, fresh[name])
        if isinstance(node, ast.Attribute) and node.attr in fields:
            node.attr = fresh[node.attr]


def _is_native(function: ast.FunctionDef) -> bool:
    return any("native" in ast.unparse(decorator) for decorator in function.decorator_list)


def _is_field(node: ast.AST) -> bool:
    return isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)


def _bound(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return [node.id]
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    return [node.arg] if isinstance(node, ast.arg) else []


def _move(tree: ast.Module, draws: random.Random) -> None:
    """Shuffle the functions and the structs between each other; those that others are decorated with stay."""
    movable = [
        place
        for place, node in enumerate(tree.body)
        if isinstance(node, ast.FunctionDef) and [ast.unparse(part) for part in node.decorator_list] == ["wp.func"]
    ]
    for place, node in zip(movable, _shuffled([tree.body[place] for place in movable], draws), strict=True):
        tree.body[place] = node


def _commented(text: str, draws: random.Random) -> str:
    return "\n".join(
        f"{line}  # {_pick(['see above', 'as measured', 'TODO'], draws)}"
        if draws.random() < 0.2 and line.strip() and "'" not in line and '"' not in line
        else line
        for line in text.split("\n")
    )
