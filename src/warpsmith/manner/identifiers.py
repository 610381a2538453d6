"""Single identifiers of a kernel by the role that they play; longer texts never enter a profile."""

import ast
import builtins
import keyword
import re
from collections.abc import Iterator

from warpsmith.manner.kinds import Scope, is_constructor, is_scalar
from warpsmith.manner.spellings import annotation_of

LONGEST = 24
"""The most characters of an identifier in a profile; longer ones say something about one code base."""

_HELD: dict[type[ast.expr], str] = {ast.Subscript: "element", ast.Call: "call", ast.Compare: "flag", ast.BoolOp: "flag"}
# what is Python's own or Warp's, or says nothing, is no name for anything else
_TAKEN = frozenset({*dir(builtins), *keyword.kwlist, "wp", "warp", "self"})
_PLAIN = re.compile(rf"(?=.*[A-Za-z])[A-Za-z_][A-Za-z0-9_]{{0,{LONGEST - 1}}}")
# of what a leading underscore does not say that it is unused
_PRIVATE = frozenset({"function", "constant", "field"})
# names of types by convention: those of classes, and those that stand for numbers and vectors of some precision
_CLASS = re.compile(r"_*[A-Z]\w*")
_VALUE_TYPE = re.compile(r"\w*dtype|(\w*_)?(wp|scalar_?)type|spatial_(vec|mat)\w*")
# attributes that arrays, tiles, vectors and transformations have of themselves
_OWN = re.compile(r"shape|strides|ptr|dtype|ndim|size|grad|device|layout|storage|[xyzw]{1,4}|[cpq]")


def roles(function: ast.FunctionDef, scope: Scope) -> Iterator[tuple[str, str]]:
    """Yield role and identifier of everything that a kernel names.

    Roles are ``kernel`` (word by word); ``element:TYPE``, ``output:TYPE`` and ``parameter:TYPE`` for parameters, by
    whether they are arrays, and written to; ``thread:N:K`` for the name of thread index K of N, ``counter`` for those
    of loops, ``variable:KIND`` for others by what they hold first; ``constant`` for names from outside, ``function``
    for functions that are called, ``field`` for attributes of structs. Names that only a type has by convention are
    left out, and variables and parameters with a leading underscore, which nothing uses.
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
    called = {id(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
    for node in (node for statement in function.body for node in ast.walk(statement)):
        yield from _node_roles(node, scope)
        if isinstance(node, ast.Name) and id(node) not in called:
            yield from _constant(node, scope)
    yield from _fields(function, scope)


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
        case ast.Call(func=ast.Name(id=name)) if not (scope.local(name) or _is_type(name)):
            yield from _kept("function", name)


def _constant(node: ast.Name, scope: Scope) -> Iterator[tuple[str, str]]:
    if isinstance(node.ctx, ast.Load) and node.id.isupper() and not scope.local(node.id):
        yield from _kept("constant", node.id)


def _fields(function: ast.FunctionDef, scope: Scope) -> Iterator[tuple[str, str]]:
    structs = _structs(function, scope)
    for node in (node for statement in function.body for node in ast.walk(statement)):
        match node:
            case ast.Attribute(attr=name, value=ast.Name(id=base)) if base in structs:
                if structs[base] or not _OWN.fullmatch(name):
                    yield from _kept("field", name)


def _structs(function: ast.FunctionDef, scope: Scope) -> dict[str, bool]:
    """Return the parameters and variables that may be structs, and of each whether it is said to be one."""
    found: dict[str, bool] = {}
    for argument in function.args.args:
        if argument.annotation is None or _is_struct(argument.annotation, scope):
            found[argument.arg] = argument.annotation is not None
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[target], value=value) if not _of_warp(value, scope):
                for name in _names(target) - scope.parameters:
                    found[name] = found.get(name, False) or _makes_object(value)
            case ast.AnnAssign(target=ast.Name(id=name), annotation=said) if _is_struct(said, scope):
                found[name] = True
    return found


def _names(target: ast.expr) -> set[str]:
    elements = target.elts if isinstance(target, ast.Tuple) else [target]
    return {element.id for element in elements if isinstance(element, ast.Name)}


def _of_warp(value: ast.expr, scope: Scope) -> bool:
    return isinstance(value, ast.Call) and scope.builtin(value.func) is not None


def _makes_object(value: ast.expr) -> bool:
    """Tell whether an expression calls what has the name of a class."""
    match value:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return len(name) > 1 and _CLASS.fullmatch(name) is not None
    return False


def _is_struct(annotation: ast.expr, scope: Scope) -> bool:
    """Tell whether an annotation names a type that is neither Warp's nor one of numbers or vectors."""
    match annotation:
        case ast.Name(id=name) | ast.Attribute(attr=name) if scope.builtin(annotation) is None:
            return name not in _TAKEN and name != "Any" and not _is_value_type(name)
    return False


def types_named(function: ast.FunctionDef) -> Iterator[str]:
    """Yield the names that a function uses as types: in annotations, and as ``dtype``."""
    for node in ast.walk(function):
        match node:
            case ast.arg(annotation=ast.expr() as said) | ast.AnnAssign(annotation=said):
                yield from _named(said)
            case ast.FunctionDef(returns=ast.expr() as said) | ast.keyword(arg="dtype", value=said):
                yield from _named(said)


def _named(annotation: ast.expr) -> Iterator[str]:
    match annotation:
        case ast.Name(id=name):
            yield name
        case ast.Subscript(slice=inner) | ast.Call(args=[inner, *_]):
            yield from _named(inner)
        case ast.Tuple(elts=elements):
            for element in elements:
                yield from _named(element)


def _is_type(name: str) -> bool:
    return _CLASS.fullmatch(name) is not None or _is_value_type(name)


def _is_value_type(name: str) -> bool:
    return is_scalar(name) or is_constructor(name) or _VALUE_TYPE.fullmatch(name) is not None


def _kept(role: str, identifier: str) -> Iterator[tuple[str, str]]:
    unused = identifier.startswith("_") and role not in _PRIVATE
    if is_plain(identifier) and not unused:
        yield role, identifier


def is_plain(identifier: str) -> bool:
    """Tell whether a text is an identifier that a profile may hold: ASCII, not too long, none of Python's own."""
    return _PLAIN.fullmatch(identifier) is not None and identifier not in _TAKEN
