"""How a kernel writes the call of a builtin: by name, as an operator by Warp's own table, else by the table here."""

import ast
from functools import cache

from warpsmith.bridge.catalog import kinds
from warpsmith.bridge.catalog.signature import Form
from warpsmith.bridge.inside import codegen

# What indexing, assignment and control flow turn into these builtins.
_TEMPLATES: dict[str, str] = {
    "int": "int({a})",
    "float": "float({a})",
    "len": "len({a})",
    "range": "range({*})",
    "reversed": "reversed({range})",
    "iter_next": "{0}",
    "tuple": "({*})",
    "copy": "{a}",
    "address": "{arr}[{*1}]",
    "view": "{arr}[{*1}]",
    "extract": "{0}[{*1}]",
    "array_store": "{arr}[{*1-}] = {value}",
    "assign_inplace": "{a}[{*1-}] = {value}",
    "tile_slice_indexed": "{t}[{indices}]",
    "slice": "{start}:{stop}:{step}",
}
_AUGMENTED = {"add": "+=", "sub": "-=", "bit_and": "&=", "bit_or": "|=", "bit_xor": "^="}
_CONSTRUCTORS = ("vector", "matrix", "quaternion", "transformation")
_CALLED = ("pow",)
_LOOPS = ("range", "reversed", "iter_next")


def form_of(name: str, result: str | None) -> Form:
    """Return where a call stands."""
    if name in _LOOPS:
        return "loop"
    if name == "slice":
        return "index"
    return "statement" if result is None else "expression"


def template_of(name: str, parameters: tuple[str, ...], arguments: tuple[str, ...], result: str | None) -> str:
    """Return how a call is written, with the names of its parameters in braces."""
    if name in _TEMPLATES:
        return _filled(_TEMPLATES[name], parameters)
    if name in _operators() and name not in _CALLED:
        pattern = _operators()[name] + "{0}" if len(parameters) == 1 else "{0} " + _operators()[name] + " {*1}"
        return _filled(pattern, parameters)
    if name.endswith("_inplace") and (stem := name.removesuffix("_inplace").removeprefix("tile_")) in _AUGMENTED:
        return _filled(f"{_part(parameters)} {_AUGMENTED[stem]} {{-}}", parameters)
    if name == "assign" and len(parameters) > 2:
        return _filled(f"{_part(parameters)} = {{-}}", parameters)
    passed = _passed(name, parameters, arguments)
    if name in _CONSTRUCTORS and result is not None:
        plain = [text for text, parameter in zip(passed, parameters, strict=True) if parameter not in _TYPE_PARAMETERS]
        return f"{kinds.spelling(result)}({', '.join(plain)})"
    return f"wp.{name}({', '.join(passed)})"


def _part(parameters: tuple[str, ...]) -> str:
    return "{0}[{*1-}]" if len(parameters) > 2 else "{0}"


_TYPE_PARAMETERS = ("length", "shape", "dtype")


def _passed(name: str, parameters: tuple[str, ...], arguments: tuple[str, ...]) -> list[str]:
    """Return how the arguments are passed: constants by keyword, as far as nothing without one comes after them."""
    passed: list[str] = []
    for parameter, argument in reversed([*zip(parameters, arguments, strict=True)]):
        constant = parameter == "dtype" or (argument.startswith("=") and not argument.startswith("=wp."))
        by_keyword = constant and not parameter[-1].isdigit() and all("=" in text for text in passed)
        passed.insert(0, f"{parameter}={{{parameter}}}" if by_keyword else f"{{{parameter}}}")
    return [text for text in passed if not text.startswith("dtype=")] if name == "spatial_vector" else passed


def _filled(template: str, parameters: tuple[str, ...]) -> str:
    """Put parameters in: ``{*}`` all, ``{0}`` the first, ``{*1}`` the rest, ``{*1-}`` but the last, ``{-}`` it."""
    marks = {
        "{*}": parameters,
        "{0}": parameters[:1],
        "{*1}": parameters[1:],
        "{*1-}": parameters[1:-1],
        "{-}": parameters[-1:],
    }
    for mark, names in marks.items():
        template = template.replace(mark, ", ".join(f"{{{name}}}" for name in names))
    return template


@cache
def _operators() -> dict[str, str]:
    """Return the operator of each builtin that one turns into, as Warp and Python say."""
    symbols: dict[str, str] = {}
    for operator, name in codegen.builtin_operators.items():
        symbols.setdefault(name, _symbol(operator))
    return symbols


def _symbol(operator: type[ast.AST]) -> str:
    x, y = ast.Name("x"), ast.Name("y")
    node: ast.expr
    if issubclass(operator, ast.unaryop):
        node = ast.UnaryOp(operator(), x)
    elif issubclass(operator, ast.cmpop):
        node = ast.Compare(x, [operator()], [y])
    else:
        node = ast.BinOp(x, operator(), y)  # type: ignore[arg-type]
    text = ast.unparse(node)
    return text.removesuffix("x") if isinstance(node, ast.UnaryOp) else text[1:-1].strip()
