"""The shape of a kernel as a hash: what stays when names, numbers and words are taken out of its syntax tree.

Names of variables, arguments, functions, structs and fields are folded to the order of their first appearance,
constants to the name of their type; comments, docstrings and layout do not count. Attributes of a module (``wp.sin``)
stay as they are. Two kernels with equal fingerprints differ in wording only.
"""

import ast
from typing import Any

import xxhash

_ASIDE = frozenset({"ctx", "kind", "lineno", "simple", "type_comment", "type_ignores", "type_params"})
_FIELDS: dict[type, tuple[str, ...]] = {
    kind: tuple(name for name in kind._fields if name not in _ASIDE)
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST)
}
_WARP = {"wp": "warp", "warp": "warp"}


def fingerprint(source: str | ast.AST) -> str:
    """Return the fingerprint of a kernel's text or syntax tree as 32 hex digits; a text must be valid Python."""
    tree = ast.parse(source) if isinstance(source, str) else source
    return xxhash.xxh3_128_hexdigest("\n".join(_Shape().of(tree)).encode())


class _Shape:
    """Writes a syntax tree down in preorder: kinds of nodes, lengths of lists, folded names and types of constants.

    Kinds fix the number of their children and lists carry their length, so equal texts come from equal trees. Names
    and fields are counted apart: a field may share its name with a variable or not.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._names: dict[str, str] = {}
        self._fields: dict[str, str] = {}
        self._modules = dict(_WARP)

    def of(self, tree: ast.AST) -> list[str]:
        self._visit(tree)
        return self._parts

    def _visit(self, node: ast.AST) -> None:
        kind = type(node)
        if kind in _SPECIAL:
            _SPECIAL[kind](self, node)
        else:
            self._parts.append(kind.__name__)
            for name in _FIELDS[kind]:
                self._value(getattr(node, name))

    def _value(self, value: Any) -> None:
        if isinstance(value, ast.AST):
            self._visit(value)
        elif type(value) is list:
            self._parts.append(str(len(value)))
            for item in value:
                self._value(item)
        else:
            self._parts.append(str(value))

    def name(self, node: ast.Name) -> None:
        self._parts.append(self._modules.get(node.id) or self._folded(node.id))

    def _folded(self, name: str) -> str:
        return self._names.get(name) or self._names.setdefault(name, f"name {len(self._names)}")

    def _field(self, name: str) -> str:
        return self._fields.get(name) or self._fields.setdefault(name, f"field {len(self._fields)}")

    def constant(self, node: ast.Constant) -> None:
        self._parts.append(type(node.value).__name__)

    def attribute(self, node: ast.Attribute) -> None:
        self._parts.append("Attribute")
        self._visit(node.value)
        self._parts.append(node.attr if self._of_module(node.value) else self._field(node.attr))

    def _of_module(self, node: ast.expr) -> bool:
        while isinstance(node, ast.Attribute):
            node = node.value
        return isinstance(node, ast.Name) and node.id in self._modules

    def call(self, node: ast.Call) -> None:
        self._parts.append("Call")
        self._visit(node.func)
        self._value(node.args)
        self._parts.append(str(len(node.keywords)))
        kept = self._of_module(node.func)
        for keyword in node.keywords:
            self._parts.append(str(keyword.arg) if kept or keyword.arg is None else self._folded(keyword.arg))
            self._visit(keyword.value)

    def argument(self, node: ast.arg) -> None:
        self._parts.append(self._folded(node.arg))
        self._value(node.annotation)

    def function(self, node: ast.FunctionDef) -> None:
        self._value(node.decorator_list)
        self._parts += ("FunctionDef", self._folded(node.name))
        self._visit(node.args)
        self._value(node.returns)
        self._value(_without_docstring(node.body))

    def class_(self, node: ast.ClassDef) -> None:
        self._value(node.decorator_list)
        self._parts += ("ClassDef", self._folded(node.name))
        self._value(node.bases)
        body = _without_docstring(node.body)
        self._parts.append(str(len(body)))
        for statement in body:
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                self._parts += ("AnnAssign", self._field(statement.target.id))
                self._value(statement.annotation)
                self._value(statement.value)
            else:
                self._visit(statement)

    def module(self, node: ast.Module) -> None:
        self._value(_without_docstring(node.body))

    def import_(self, node: ast.Import) -> None:
        for alias in node.names:
            self._modules[alias.asname or alias.name.partition(".")[0]] = alias.name
            self._parts += ("Import", alias.name)


_SPECIAL: dict[type, Any] = {
    ast.Name: _Shape.name,
    ast.Constant: _Shape.constant,
    ast.Attribute: _Shape.attribute,
    ast.Call: _Shape.call,
    ast.arg: _Shape.argument,
    ast.FunctionDef: _Shape.function,
    ast.ClassDef: _Shape.class_,
    ast.Module: _Shape.module,
    ast.Import: _Shape.import_,
}


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0] if body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return body[1:]
    return body
