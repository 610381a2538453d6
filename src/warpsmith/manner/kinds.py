"""The vocabulary in which a manner of writing is told: kinds of expressions and of statements, seen on syntax trees."""

import ast
from dataclasses import dataclass

_SCALARS = frozenset(
    f"{stem}{bits}" for stem in ("float", "int", "uint") for bits in (8, 16, 32, 64) if f"{stem}{bits}" != "float8"
) | {"bool", "bfloat16"}
_CONSTRUCTORS = ("vec", "mat", "quat", "transform", "spatial_vector", "spatial_matrix")
_SUFFIXES = ("", "h", "f", "d", "b", "ub", "s", "us", "i", "ui", "l", "ul", "rix", "tor", "ernion", "ation")
_PLAIN_CASTS = frozenset({"float", "int", "bool"})
_JUMPS = {ast.Return: "return", ast.Continue: "continue", ast.Break: "break", ast.Pass: "pass"}
_LOGIC = {ast.Compare: "compare", ast.BoolOp: "logic", ast.IfExp: "choice", ast.BinOp: "binary", ast.Tuple: "tuple"}
_UNARY = {ast.USub: "negative", ast.Not: "not", ast.Invert: "invert", ast.UAdd: "other"}
_SWIZZLES = frozenset("xyzw")


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
    match node:
        case ast.Name(id=name):
            return "local" if name in scope.variables else "parameter" if name in scope.parameters else "global"
        case ast.Constant() | ast.UnaryOp(op=ast.USub(), operand=ast.Constant()):
            return _constant(node)
        case ast.UnaryOp(op=operator):
            return _UNARY[type(operator)]
        case ast.Attribute():
            return _attribute(node, scope)
        case ast.Subscript(value=base):
            return _subscript(base, scope)
        case ast.Call(func=function):
            return call_kind(function, scope)
    return _LOGIC.get(type(node), "other")


def _constant(node: ast.Constant | ast.UnaryOp) -> str:
    constant = node.operand if isinstance(node, ast.UnaryOp) else node
    value = constant.value if isinstance(constant, ast.Constant) else None
    if isinstance(value, bool):
        return "flag"
    return "number" if isinstance(value, int | float) else "text"


def _attribute(node: ast.Attribute, scope: Scope) -> str:
    if scope.builtin(node) is not None:
        return "constant"
    if isinstance(node.value, ast.Name) and not scope.local(node.value.id):
        return "member"
    return "axis" if node.attr in _SWIZZLES else "field"


def _subscript(base: ast.expr, scope: Scope) -> str:
    match base:
        case ast.Name(id=name):
            return "element" if name in scope.arrays else "component"
        case ast.Attribute(attr="shape"):
            return "shape"
        case ast.Attribute():
            return "field-element"
        case ast.Subscript():
            return "element-component"
    return "other"


def call_kind(function: ast.expr, scope: Scope) -> str:
    """Return the kind of a call by what is called."""
    builtin = scope.builtin(function)
    if builtin is None:
        return "cast" if isinstance(function, ast.Name) and function.id in _PLAIN_CASTS else "function"
    if builtin in _SCALARS:
        return "cast"
    if builtin == "static":
        return "static"
    if builtin.startswith("tile"):
        return "tile"
    return "constructor" if is_constructor(builtin) else "builtin"


def is_constructor(builtin: str) -> bool:
    """Tell whether a name of Warp's makes a vector, matrix, quaternion or transformation: vec3, mat33d, quatf."""
    for stem in _CONSTRUCTORS:
        if builtin.startswith(stem):
            rest = builtin.removeprefix(stem).lstrip("0123456789")
            if rest in _SUFFIXES:
                return True
    return False


def statement_kind(node: ast.stmt, scope: Scope, assigned: set[str]) -> str:
    """Return the kind of a statement; `assigned` are the variables that earlier statements have assigned."""
    match node:
        case ast.Assign(targets=[target], value=value):
            if isinstance(value, ast.Call) and scope.builtin(value.func) == "tid":
                return "threads"
            return _assignment(target, scope, assigned)
        case ast.AugAssign(target=target):
            return {"assign": "augment", "reassign": "augment"}.get(
                _assignment(target, scope, assigned), "augment-store"
            )
        case ast.Expr(value=ast.Call(func=function)):
            return _called(function, scope)
        case ast.Expr():
            return "text"
        case ast.If():
            return _branch(node)
        case ast.For(iter=ast.Call(func=ast.Name(id="range"))):
            return "for"
        case ast.For():
            return "for-each"
        case ast.While():
            return "while"
        case ast.AnnAssign():
            return "assign"
    return _JUMPS.get(type(node), "other")


def _assignment(target: ast.expr, scope: Scope, assigned: set[str]) -> str:
    match target:
        case ast.Name(id=name):
            return "reassign" if name in assigned else "assign"
        case ast.Tuple():
            return "unpack"
        case ast.Subscript(value=ast.Name(id=name)) if name in scope.arrays:
            return "store"
        case ast.Subscript(value=ast.Name()):
            return "component-store"
        case ast.Subscript():
            return "store"
    return "field-store"


def _called(function: ast.expr, scope: Scope) -> str:
    builtin = scope.builtin(function)
    if builtin is not None and builtin.startswith("atomic_"):
        return "atomic"
    if builtin in ("printf", "print"):
        return "print"
    return f"call-{call_kind(function, scope)}"


def _branch(node: ast.If) -> str:
    if len(node.body) == 1 and not node.orelse and isinstance(node.body[0], ast.Return | ast.Continue | ast.Break):
        return f"guard-{_JUMPS[type(node.body[0])]}"
    if not node.orelse:
        return "if"
    return "if-elif" if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If) else "if-else"
