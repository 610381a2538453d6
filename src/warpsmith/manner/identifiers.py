"""Single identifiers of a kernel by the role that they play; longer texts never enter a profile."""

import ast
import builtins
import keyword
import re
from collections.abc import Iterator

from warpsmith.manner.kinds import Scope
from warpsmith.manner.spellings import annotation_of

LONGEST = 24
"""The most characters of an identifier in a profile; longer ones say something about one code base."""

_HELD: dict[type[ast.expr], str] = {ast.Subscript: "element", ast.Call: "call", ast.Compare: "flag", ast.BoolOp: "flag"}
# what is Python's own or Warp's, or says nothing, is no name for anything else
_TAKEN = frozenset({*dir(builtins), *keyword.kwlist, "wp", "warp", "self"})
_PLAIN = re.compile(rf"(?=.*[A-Za-z])[A-Za-z_][A-Za-z0-9_]{{0,{LONGEST - 1}}}")


def roles(function: ast.FunctionDef, scope: Scope) -> Iterator[tuple[str, str]]:
    """Yield role and identifier of everything that a kernel names.

    Roles are ``kernel`` (word by word); ``element:TYPE``, ``output:TYPE`` and ``parameter:TYPE`` for parameters, by
    whether they are arrays, and written to; ``thread:N:K`` for the name of thread index K of N, ``counter`` for those
    of loops, ``variable:KIND`` for others by what they hold first; ``constant`` for names from outside, ``function``
    for functions that are called, ``field`` for attributes.
    """
    for word in function.name.strip("_").lower().split("_"):
        if word.isalpha():
            yield from _kept("kernel", word)
    written = _written(function)
    for argument in function.args.args:
        if argument.annotation is not None:
            said = annotation_of(argument.annotation, scope)
            role = "output" if said.role == "element" and argument.arg in written else said.role
            yield from _kept(f"{role}:{said.type}", argument.arg)
    for statement in function.body:
        for node in ast.walk(statement):
            yield from _node_roles(node, scope)


def _written(function: ast.FunctionDef) -> set[str]:
    """Return the names of the arrays that a kernel stores into or updates atomically."""
    names: set[str] = set()
    for node in ast.walk(function):
        match node:
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store()):
                names.add(name)
            case ast.Call(func=ast.Attribute(attr=called), args=[ast.Name(id=name), *_]) if "atomic" in called:
                names.add(name)
    return names


def _node_roles(node: ast.AST, scope: Scope) -> Iterator[tuple[str, str]]:
    match node:
        case ast.Assign(targets=[target], value=ast.Call(func=called)) if scope.builtin(called) == "tid":
            names = target.elts if isinstance(target, ast.Tuple) else [target]
            for place, name in enumerate(names):
                if isinstance(name, ast.Name):
                    yield from _kept(f"thread:{len(names)}:{place}", name.id)
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            yield from _kept(f"variable:{_HELD.get(type(value), 'binary')}", name)
        case ast.For(target=ast.Name(id=name)):
            yield from _kept("counter", name)
        case ast.Call(func=ast.Name(id=name)) if not scope.local(name):
            yield from _kept("function", name)
        case ast.Attribute(attr=name, value=ast.Name(id=base)) if scope.local(base):
            yield from _kept("field", name)
        case ast.Name(id=name, ctx=ast.Load()) if name.isupper():
            yield from _kept("constant", name)


def _kept(role: str, identifier: str) -> Iterator[tuple[str, str]]:
    if is_plain(identifier):
        yield role, identifier


def is_plain(identifier: str) -> bool:
    """Tell whether a text is an identifier that a profile may hold: ASCII, not too long, none of Python's own."""
    return _PLAIN.fullmatch(identifier) is not None and identifier not in _TAKEN
