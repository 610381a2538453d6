"""The vocabulary in which a manner of writing is told: kinds of expressions and of statements, seen on syntax trees."""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_SCALARS = frozenset(
    {"bool", "bfloat16", "float16", "float32", "float64"}
    | {f"{stem}{bits}" for stem in ("int", "uint") for bits in (8, 16, 32, 64)}
)
_CONSTRUCTORS = ("vec", "mat", "quat", "transform", "spatial_vector", "spatial_matrix")
_SUFFIXES = ("", "h", "f", "d", "b", "ub", "s", "us", "i", "ui", "l", "ul", "rix", "tor", "ernion", "ation")
_PLAIN_CASTS = frozenset({"float", "int", "bool"})
_JUMPS: dict[type[ast.stmt], str] = {
    ast.Return: "return",
    ast.Continue: "continue",
    ast.Break: "break",
    ast.Pass: "pass",
}
_UNARY = {ast.USub: "negative", ast.Not: "not", ast.Invert: "invert", ast.UAdd: "other"}
_SWIZZLES = frozenset("xyzw")
_PRINTING = frozenset({"printf", "print"})


@dataclass(frozen=True, slots=True)
class Scope:
    """What the names of a kernel are: those of Warp, its parameters, which of these are arrays, its variables."""

    warp: frozenset[str]
    parameters: frozenset[str]
    arrays: frozenset[str]
    variables: frozenset[str]

    @classmethod
    def of(cls, function: ast.FunctionDef, warp: tuple[str, ...]) -> "Scope":
        """Return the scope of a kernel in a file that knows Warp under these names."""
        arguments = function.args.args
        arrays = (a.arg for a in arguments if a.annotation is not None and "array" in ast.unparse(a.annotation))
        stored = (n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
        return cls(frozenset(warp), frozenset(a.arg for a in arguments), frozenset(arrays), frozenset(stored))

    def builtin(self, node: ast.expr) -> str | None:
        """Return the name under which Warp has what an expression refers to, None where it is not of Warp."""
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in self.warp:
            return node.attr
        return None

    def local(self, name: str) -> bool:
        """Tell whether a name is a parameter or a variable of the kernel."""
        return name in self.parameters or name in self.variables


def kind_of(node: ast.expr, scope: Scope) -> str:
    """Return the kind of an expression: what it is, and for names, elements and calls, of what."""
    tell = _EXPRESSIONS.get(type(node))
    return "other" if tell is None else tell(node, scope)


def _name(node: ast.Name, scope: Scope) -> str:
    return "local" if node.id in scope.variables else "parameter" if node.id in scope.parameters else "global"


def _constant(node: ast.Constant, _scope: Scope) -> str:
    if isinstance(node.value, bool):
        return "flag"
    return "number" if isinstance(node.value, int | float) else "text"


def _unary(node: ast.UnaryOp, scope: Scope) -> str:
    # a number with a sign is a number
    signed = isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant)
    return kind_of(node.operand, scope) if signed else _UNARY[type(node.op)]


def _attribute(node: ast.Attribute, scope: Scope) -> str:
    if scope.builtin(node) is not None:
        return "constant"
    if isinstance(node.value, ast.Name) and not scope.local(node.value.id):
        return "member"
    return "axis" if node.attr in _SWIZZLES else "field"


def _subscript(node: ast.Subscript, scope: Scope) -> str:
    match node.value:
        case ast.Name(id=name):
            return "element" if name in scope.arrays else "component"
        case ast.Attribute(attr="shape"):
            return "shape"
        case ast.Attribute():
            return "field-element"
        case ast.Subscript():
            return "element-component"
    return "other"


def _call(node: ast.Call, scope: Scope) -> str:
    return call_kind(node.func, scope)


def _always(kind: str) -> Callable[[ast.expr, Scope], str]:
    return lambda _node, _scope: kind


_EXPRESSIONS: dict[type[ast.expr], Callable[[Any, Scope], str]] = {
    ast.Name: _name,
    ast.Constant: _constant,
    ast.UnaryOp: _unary,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.Call: _call,
    ast.Compare: _always("compare"),
    ast.BoolOp: _always("logic"),
    ast.IfExp: _always("choice"),
    ast.BinOp: _always("binary"),
    ast.Tuple: _always("tuple"),
}


def call_kind(function: ast.expr, scope: Scope) -> str:
    """Return the kind of a call by what is called."""
    builtin = scope.builtin(function)
    if builtin is None:
        return "cast" if isinstance(function, ast.Name) and function.id in _PLAIN_CASTS else "function"
    if builtin == "static":
        return "static"
    if builtin.startswith("tile"):
        return "tile"
    return "cast" if builtin in _SCALARS else "constructor" if is_constructor(builtin) else "builtin"


def is_scalar(builtin: str) -> bool:
    """Tell whether a name of Warp's is that of a type of numbers: float32, uint8."""
    return builtin in _SCALARS


def is_constructor(builtin: str) -> bool:
    """Tell whether a name of Warp's makes a vector, matrix, quaternion or transformation: vec3, mat33d, quatf."""
    stems = (stem for stem in _CONSTRUCTORS if builtin.startswith(stem))
    return any(builtin.removeprefix(stem).lstrip("0123456789") in _SUFFIXES for stem in stems)


def statement_kind(node: ast.stmt, scope: Scope, assigned: set[str]) -> str:
    """Return the kind of a statement; `assigned` are the variables that earlier statements have assigned."""
    tell = _STATEMENTS.get(type(node))
    return _JUMPS.get(type(node), "other") if tell is None else tell(node, scope, assigned)


def _assign(node: ast.Assign, scope: Scope, assigned: set[str]) -> str:
    if len(node.targets) != 1:
        return "other"
    asks = isinstance(node.value, ast.Call) and scope.builtin(node.value.func) == "tid"
    return "threads" if asks else _assignment(node.targets[0], scope, assigned)


def _augment(node: ast.AugAssign, scope: Scope, assigned: set[str]) -> str:
    named = _assignment(node.target, scope, assigned) in ("assign", "reassign")
    return "augment" if named else "augment-store"


def _expression_statement(node: ast.Expr, scope: Scope, _assigned: set[str]) -> str:
    if not isinstance(node.value, ast.Call):
        return "text"
    builtin = scope.builtin(node.value.func) or ""
    if builtin.startswith("atomic_"):
        return "atomic"
    return "print" if builtin in _PRINTING else f"call-{call_kind(node.value.func, scope)}"


def _branch(node: ast.If, _scope: Scope, _assigned: set[str]) -> str:
    if len(node.body) == 1 and not node.orelse and isinstance(node.body[0], ast.Return | ast.Continue | ast.Break):
        return f"guard-{_JUMPS[type(node.body[0])]}"
    if not node.orelse:
        return "if"
    return "if-elif" if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If) else "if-else"


def _loop(node: ast.For, _scope: Scope, _assigned: set[str]) -> str:
    return "for" if counts(node) else "for-each"


def counts(node: ast.For) -> bool:
    """Tell whether a loop goes over a range."""
    return isinstance(node.iter, ast.Call) and isinstance(node.iter.func, ast.Name) and node.iter.func.id == "range"


_STATEMENTS: dict[type[ast.stmt], Callable[[Any, Scope, set[str]], str]] = {
    ast.Assign: _assign,
    ast.AugAssign: _augment,
    ast.AnnAssign: lambda _node, _scope, _assigned: "assign",
    ast.Expr: _expression_statement,
    ast.If: _branch,
    ast.For: _loop,
    ast.While: lambda _node, _scope, _assigned: "while",
}


def _assignment(target: ast.expr, scope: Scope, assigned: set[str]) -> str:
    match target:
        case ast.Name(id=name):
            return "reassign" if name in assigned else "assign"
        case ast.Tuple():
            return "unpack"
        case ast.Subscript(value=ast.Name(id=name)):
            return "store" if name in scope.arrays else "component-store"
        case ast.Subscript():
            return "store"
    return "field-store"
