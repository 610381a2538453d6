"""What a description leaves open: names, types, constants, structs; the text without what its functions do."""

import ast


def skeleton(python_source: str) -> str | None:
    """Return a text with ``...`` for the body of everything that Warp compiles; None where it cannot be parsed.

    Constants, structs, decorators, parameters and the functions of plain Python stay as they are.
    """
    try:
        tree = ast.parse(python_source)
    except (SyntaxError, ValueError, RecursionError):
        return None
    lines = python_source.encode().splitlines(keepends=True)
    for function in sorted(_compiled(tree), key=lambda found: found.lineno, reverse=True):
        first, last = function.body[0], function.body[-1]
        start, end = first.lineno - 1, (last.end_lineno or last.lineno) - 1
        head, tail = lines[start][: first.col_offset], lines[end][last.end_col_offset :]
        lines[start : end + 1] = [head + b"..." + tail]
    return b"".join(lines).decode()


def _compiled(tree: ast.Module) -> list[ast.FunctionDef]:
    """Return the functions that a decorator of Warp is on; none of them lies in another."""
    found: list[ast.FunctionDef] = []
    waiting: list[ast.AST] = [tree]
    while waiting:
        for node in ast.iter_child_nodes(waiting.pop()):
            if isinstance(node, ast.FunctionDef) and any(_is_warp(decorator) for decorator in node.decorator_list):
                found.append(node)
            else:
                waiting.append(node)
    return found


def _is_warp(decorator: ast.expr) -> bool:
    named = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(named, ast.Attribute) and named.attr in _DECORATORS


_DECORATORS = {"kernel", "func", "func_native", "func_grad", "func_replay"}
