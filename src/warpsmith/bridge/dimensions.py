"""How many dimensions a launch of a kernel has: as many as it unpacks ``wp.tid()`` into."""

import ast
from collections.abc import Iterator
from typing import Any

from warpsmith.bridge.inside import codegen, context


def find_dimensions(adj: Any) -> None:
    """Set `adj.kernel_dim`, as `Adjoint.get_references` does among other things that a build has no use for."""
    assignments = [node for node in _statements(adj.tree.body) if isinstance(node, ast.Assign)]
    local_names = {name.id for node in assignments for name in _names(node.targets)}
    calls = [(node.value, node.targets[0]) for node in assignments if isinstance(node.value, ast.Call)]
    if any(isinstance(call.func, ast.Name) and call.func.id in local_names for call, _ in calls):
        adj.get_references()  # a local name for wp.tid, perhaps
        return
    tid = context.builtin_functions["tid"]
    adj.kernel_dim = max(
        (
            len(target.elts) if isinstance(target, ast.Tuple) else 1
            for call, target in calls
            if codegen.resolve_reference_call_func(adj, call) is tid
        ),
        default=1,
    )


def returns_value(function: ast.AST) -> bool:
    """Whether a function has a return statement with a value; nested functions do not count."""
    body = getattr(function, "body", [])
    return any(isinstance(node, ast.Return) and node.value is not None for node in _statements(body, nested=False))


def _statements(body: list[ast.stmt], nested: bool = True) -> Iterator[ast.AST]:
    pending: list[ast.AST] = [*body]
    while pending:
        node = pending.pop()
        yield node
        if nested or not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for field in ("body", "orelse", "handlers", "finalbody", "cases"):
                pending.extend(getattr(node, field, ()))


def _names(targets: list[ast.expr]) -> Iterator[ast.Name]:
    pending = [*targets]
    while pending:
        target = pending.pop()
        if isinstance(target, ast.Name):
            yield target
        elif isinstance(target, ast.Tuple | ast.List):
            pending.extend(target.elts)
