"""The text of a syntax tree: what `ast.unparse` of Python 3.11 prints of it, on every version, and sooner.

What kernels have is printed here; a tree with anything else in it goes to `ast.unparse` as a whole.
"""

import ast
import math
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

# how tightly an expression holds together, loosest first (section 6.17 of the Python Language Reference)
_TUPLE, _YIELD, _TEST, _OR, _AND, _NOT, _COMPARISON, _BIT_OR, _BIT_XOR, _BIT_AND, _SHIFT, _SUM, _TERM = range(13)
_FACTOR, _POWER, _ATOM = 13, 14, 16
_BINARY: dict[type[ast.operator], tuple[str, int]] = {
    ast.Add: (" + ", _SUM), ast.Sub: (" - ", _SUM), ast.Mult: (" * ", _TERM), ast.Div: (" / ", _TERM),
    ast.Mod: (" % ", _TERM), ast.FloorDiv: (" // ", _TERM), ast.MatMult: (" @ ", _TERM), ast.Pow: (" ** ", _POWER),
    ast.LShift: (" << ", _SHIFT), ast.RShift: (" >> ", _SHIFT), ast.BitOr: (" | ", _BIT_OR),
    ast.BitXor: (" ^ ", _BIT_XOR), ast.BitAnd: (" & ", _BIT_AND),
}  # fmt: skip
_UNARY: dict[type[ast.unaryop], tuple[str, int]] = {
    ast.Not: ("not ", _NOT), ast.USub: ("-", _FACTOR), ast.UAdd: ("+", _FACTOR), ast.Invert: ("~", _FACTOR),
}  # fmt: skip
_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: " == ", ast.NotEq: " != ", ast.Lt: " < ", ast.LtE: " <= ", ast.Gt: " > ", ast.GtE: " >= ", ast.Is: " is ",
    ast.IsNot: " is not ", ast.In: " in ", ast.NotIn: " not in ",
}  # fmt: skip
_INDENT = "    "


class _UnfamiliarError(Exception):
    """Something that this module does not print."""


def text_of(node: ast.AST) -> str:
    """Return the text of a statement or an expression, without a newline at its end."""
    try:
        if isinstance(node, ast.expr):
            return _text(node, _TEST)
        lines: list[str] = []
        _statement(node, "", lines)
        return "\n".join(lines)
    except (_UnfamiliarError, KeyError):
        return ast.unparse(node)


def _text(node: Any, holds: int) -> str:
    """Return the text of an expression, in brackets where it holds together less tightly than is needed."""
    return _EXPRESSIONS[node.__class__](node, holds)


def _listed(nodes: Iterable[ast.expr]) -> str:
    return ", ".join([_text(node, _TEST) for node in nodes])


def _items(nodes: list[ast.expr]) -> str:
    """Return the items of a tuple: one alone has a comma behind it."""
    return f"{_listed(nodes)}," if len(nodes) == 1 else _listed(nodes)


def _name(node: ast.Name, _holds: int) -> str:
    return node.id


def _constant(node: ast.Constant, _holds: int) -> str:
    value = node.value
    if value is Ellipsis or isinstance(value, tuple) or (isinstance(value, float) and not math.isfinite(value)):
        raise _UnfamiliarError
    return repr(value)


def _attribute(node: ast.Attribute, _holds: int) -> str:
    if isinstance(node.value, ast.Constant):
        raise _UnfamiliarError
    return f"{_text(node.value, _ATOM)}.{node.attr}"


def _subscript(node: ast.Subscript, _holds: int) -> str:
    index = node.slice
    inside = _items(index.elts) if isinstance(index, ast.Tuple) and index.elts else _text(index, _TEST)
    return f"{_text(node.value, _ATOM)}[{inside}]"


def _slice(node: ast.Slice, _holds: int) -> str:
    text = f"{_text(node.lower, _TEST) if node.lower else ''}:{_text(node.upper, _TEST) if node.upper else ''}"
    return f"{text}:{_text(node.step, _TEST)}" if node.step else text


def _call(node: ast.Call, _holds: int) -> str:
    named = [f"{k.arg}={_text(k.value, _TEST)}" if k.arg else _refuse() for k in node.keywords]
    return f"{_text(node.func, _ATOM)}({', '.join([*[_text(argument, _TEST) for argument in node.args], *named])})"


def _binary(node: ast.BinOp, holds: int) -> str:
    operator, own = _BINARY[node.op.__class__]
    left, right = (own + 1, own) if own == _POWER else (own, own + 1)
    text = f"{_text(node.left, left)}{operator}{_text(node.right, right)}"
    return f"({text})" if holds > own else text


def _unary(node: ast.UnaryOp, holds: int) -> str:
    operator, own = _UNARY[node.op.__class__]
    text = f"{operator}{_text(node.operand, own)}"
    return f"({text})" if holds > own else text


def _compare(node: ast.Compare, holds: int) -> str:
    text = _text(node.left, _COMPARISON + 1)
    for operator, right in zip(node.ops, node.comparators, strict=True):
        text += f"{_COMPARISONS[operator.__class__]}{_text(right, _COMPARISON + 1)}"
    return f"({text})" if holds > _COMPARISON else text


def _logic(node: ast.BoolOp, holds: int) -> str:
    operator, own = (" and ", _AND) if isinstance(node.op, ast.And) else (" or ", _OR)
    # every operand behind the first holds more tightly than the one before, as in a chain of pairs
    text = operator.join([_text(value, own + 1 + place) for place, value in enumerate(node.values)])
    return f"({text})" if holds > own else text


def _choice(node: ast.IfExp, holds: int) -> str:
    text = f"{_text(node.body, _OR)} if {_text(node.test, _OR)} else {_text(node.orelse, _TEST)}"
    return f"({text})" if holds > _TEST else text


def _tuple(node: ast.Tuple, holds: int) -> str:
    text = _items(node.elts)
    return f"({text})" if holds > _TUPLE or not node.elts else text


def _list(node: ast.List, _holds: int) -> str:
    return f"[{_listed(node.elts)}]"


def _starred(node: ast.Starred, _holds: int) -> str:
    return f"*{_text(node.value, _BIT_OR)}"


def _refuse() -> NoReturn:
    raise _UnfamiliarError


_EXPRESSIONS: dict[type, Callable[[Any, int], str]] = {
    ast.Name: _name, ast.Constant: _constant, ast.Attribute: _attribute, ast.Subscript: _subscript, ast.Slice: _slice,
    ast.Call: _call, ast.BinOp: _binary, ast.UnaryOp: _unary, ast.Compare: _compare, ast.BoolOp: _logic,
    ast.IfExp: _choice, ast.Tuple: _tuple, ast.List: _list, ast.Starred: _starred,
}  # fmt: skip


def _statement(node: Any, indent: str, lines: list[str]) -> None:
    """Append the lines of a statement."""
    _STATEMENTS[node.__class__](node, indent, lines)


def _suite(body: Iterable[ast.stmt], indent: str, lines: list[str]) -> None:
    inner = indent + _INDENT
    for node in body:
        _STATEMENTS[node.__class__](node, inner, lines)


def _assign(node: ast.Assign, indent: str, lines: list[str]) -> None:
    targets = "".join([f"{_text(target, _TUPLE)} = " for target in node.targets])
    lines.append(f"{indent}{targets}{_text(node.value, _TEST)}")


def _annotated(node: ast.AnnAssign, indent: str, lines: list[str]) -> None:
    if not node.simple and isinstance(node.target, ast.Name):
        raise _UnfamiliarError
    value = f" = {_text(node.value, _TEST)}" if node.value else ""
    lines.append(f"{indent}{_text(node.target, _TEST)}: {_text(node.annotation, _TEST)}{value}")


def _changed(node: ast.AugAssign, indent: str, lines: list[str]) -> None:
    operator = _BINARY[node.op.__class__][0].rstrip()
    lines.append(f"{indent}{_text(node.target, _TEST)}{operator}= {_text(node.value, _TEST)}")


def _expression(node: ast.Expr, indent: str, lines: list[str]) -> None:
    lines.append(f"{indent}{_text(node.value, _YIELD)}")


def _return(node: ast.Return, indent: str, lines: list[str]) -> None:
    lines.append(f"{indent}return {_text(node.value, _TEST)}" if node.value else f"{indent}return")


def _if(node: ast.If, indent: str, lines: list[str]) -> None:
    word = "if"
    while True:
        lines.append(f"{indent}{word} {_text(node.test, _TEST)}:")
        _suite(node.body, indent, lines)
        if len(node.orelse) != 1 or not isinstance(node.orelse[0], ast.If):
            break
        node, word = node.orelse[0], "elif"
    _else(node, indent, lines)


def _else(node: ast.If | ast.For | ast.While, indent: str, lines: list[str]) -> None:
    if node.orelse:
        lines.append(f"{indent}else:")
        _suite(node.orelse, indent, lines)


def _for(node: ast.For, indent: str, lines: list[str]) -> None:
    lines.append(f"{indent}for {_text(node.target, _TUPLE)} in {_text(node.iter, _TEST)}:")
    _suite(node.body, indent, lines)
    _else(node, indent, lines)


def _while(node: ast.While, indent: str, lines: list[str]) -> None:
    lines.append(f"{indent}while {_text(node.test, _TEST)}:")
    _suite(node.body, indent, lines)
    _else(node, indent, lines)


def _function(node: ast.FunctionDef, indent: str, lines: list[str]) -> None:
    if lines:
        lines.append("")
    lines += [f"{indent}@{_text(decorator, _TEST)}" for decorator in node.decorator_list]
    returns = f" -> {_text(node.returns, _TEST)}" if node.returns else ""
    lines.append(f"{indent}def {node.name}({_parameters(node.args)}){returns}:")
    _documented(node.body, indent, lines)


def _class(node: ast.ClassDef, indent: str, lines: list[str]) -> None:
    if node.keywords:
        raise _UnfamiliarError
    if lines:
        lines.append("")
    lines += [f"{indent}@{_text(decorator, _TEST)}" for decorator in node.decorator_list]
    lines.append(f"{indent}class {node.name}{f'({_listed(node.bases)})' if node.bases else ''}:")
    _documented(node.body, indent, lines)


def _documented(body: list[ast.stmt], indent: str, lines: list[str]) -> None:
    """Append the suite of a definition, which may begin with a docstring."""
    match body[0]:
        case ast.Expr(value=ast.Constant(value=str() as text)):
            if "\\" in text or '"""' in text or text[-1:] == '"' or not text.replace("\n", "").isprintable():
                raise _UnfamiliarError
            lines.append(f'{indent}{_INDENT}"""{text}"""')
            body = body[1:]
    _suite(body, indent, lines)


def _parameters(arguments: ast.arguments) -> str:
    if arguments.posonlyargs or arguments.kwonlyargs or arguments.vararg or arguments.kwarg:
        raise _UnfamiliarError
    plain = len(arguments.args) - len(arguments.defaults)
    texts = [f"{a.arg}: {_text(a.annotation, _TEST)}" if a.annotation else a.arg for a in arguments.args]
    defaults = [f"={_text(default, _TEST)}" for default in arguments.defaults]
    return ", ".join([*texts[:plain], *map(str.__add__, texts[plain:], defaults)])


def _word(word: str) -> Callable[[Any, str, list[str]], None]:
    return lambda _node, indent, lines: lines.append(indent + word)


def _import(node: ast.Import, indent: str, lines: list[str]) -> None:
    lines.append(f"{indent}import {_aliases(node.names)}")


def _import_from(node: ast.ImportFrom, indent: str, lines: list[str]) -> None:
    lines.append(f"{indent}from {'.' * (node.level or 0)}{node.module or ''} import {_aliases(node.names)}")


def _aliases(names: Iterable[ast.alias]) -> str:
    return ", ".join([f"{alias.name} as {alias.asname}" if alias.asname else alias.name for alias in names])


_STATEMENTS: dict[type, Callable[[Any, str, list[str]], None]] = {
    ast.Assign: _assign, ast.AnnAssign: _annotated, ast.AugAssign: _changed, ast.Expr: _expression,
    ast.Return: _return, ast.If: _if, ast.For: _for, ast.While: _while, ast.FunctionDef: _function,
    ast.ClassDef: _class, ast.Import: _import, ast.ImportFrom: _import_from, ast.Pass: _word("pass"),
    ast.Break: _word("break"), ast.Continue: _word("continue"),
}  # fmt: skip
