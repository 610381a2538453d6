"""A kernel's text, made ready to be executed on dual numbers, and executed."""

import ast
from itertools import product
from typing import Any

from benchmarks.duals.numbers import UnknownToDualsError
from benchmarks.duals.warp import (
    Warp,
    absolute,
    cast_float,
    cast_int,
    copied,
    divide,
    floor_divide,
    larger,
    remainder,
    smaller,
)


class _Division(ast.NodeTransformer):
    """Divisions and remainders as Warp has them, and copies where Warp copies."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        names = {ast.Div: "_div", ast.FloorDiv: "_floordiv", ast.Mod: "_mod"}
        if type(node.op) not in names:
            return node
        return ast.Call(ast.Name(names[type(node.op)], ast.Load()), [node.left, node.right], [])

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        if isinstance(node.op, ast.Div | ast.FloorDiv | ast.Mod):
            raise UnknownToDualsError("a division in place")
        return self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.value, ast.Subscript | ast.Name | ast.Attribute):
            node.value = ast.Call(ast.Name("_copied", ast.Load()), [node.value], [])
        return node


class _Plain(ast.NodeTransformer):
    """Leaves out annotations and the import of Warp."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        node.returns = None
        for argument in node.args.args:
            argument.annotation = None
        return node

    def visit_Import(self, node: ast.Import) -> ast.AST | None:
        return None if any(alias.name == "warp" for alias in node.names) else node


def execute(text: str, name: str, arguments: list[Any], dim: list[int]) -> None:
    """Launch a kernel's text on dual numbers; raises `UnknownToDualsError` for what is not known here."""
    tree = ast.parse(text)
    if any(isinstance(node, ast.ClassDef) for node in ast.walk(tree)):
        raise UnknownToDualsError("a class")
    if any(isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("round", "len") for node in ast.walk(tree)):
        raise UnknownToDualsError("a function of Python")
    tree = ast.fix_missing_locations(_Division().visit(_Plain().visit(tree)))
    warp = Warp()
    python = {"int": cast_int, "float": cast_float, "range": range, "bool": bool, "min": smaller, "max": larger}
    names = {"wp": warp, "_div": divide, "_floordiv": floor_divide, "_mod": remainder, "_copied": copied}
    namespace: dict[str, Any] = {"__builtins__": python | {"abs": absolute, "True": True, "False": False}, **names}
    try:
        exec(compile(tree, f"<{name}>", "exec"), namespace)
        for thread in product(*map(range, dim)):
            warp.thread = thread
            namespace[name](*arguments)
    except UnknownToDualsError:
        raise
    except (TypeError, NameError, AttributeError, ImportError, ValueError, OverflowError) as error:
        raise UnknownToDualsError(f"{type(error).__name__}: {error}") from error
