"""One place where Warp goes through a set of names, whose order is another one in every process.

A dynamic loop that reassigns what an unrolled loop before it counted with gets copies of these first; Warp makes them
in the order of a set (`Adjoint._promote_mutated_iter_constants` in warp/_src/codegen.py). Here it is the source's.
"""

import ast
from typing import Any


def promote_mutated_iter_constants(adj: Any, body: list[ast.stmt]) -> None:
    """Copy the counters of unrolled loops that a dynamic loop reassigns, in the order in which it does."""
    if not adj.loop_const_iter_symbols:
        return
    nodes = (node for statement in body for node in ast.walk(statement))
    for name in dict.fromkeys(
        node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ):
        variable = adj.symbols.get(name)
        if adj.is_constant_iter_symbol(name) and getattr(variable, "constant", None) is not None:
            adj.symbols[name] = adj.add_builtin_call("copy", [variable])
