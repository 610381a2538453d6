"""Which expressions are one and the same: what is compared, subtracted or divided must not come out as a constant."""

import ast
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from warpsmith.synth.expr import Expr

Known = Mapping[str, ast.expr]
"""What variables were last given, by name. Where one may hold something else by now, the more is refused."""

_DEEPEST = 8
_MOST_TERMS = 6
_CONSTANT = ast.Constant
_SIGNS = {"add": 1, "sub": -1}
# operations that make something of two operands that are the same
_PRODUCTS = frozenset({"mul", "dot", "ddot", "outer", "cw_mul", "transform_multiply", "quat_rotate", "where"})


def same(left: ast.expr, right: ast.expr, known: Known, depth: int = 0) -> bool:
    """Tell whether two expressions have the same value: variables stand for what they were given."""
    if left is right:
        return True
    kind: type[ast.expr] = left.__class__
    if kind is ast.Name or right.__class__ is ast.Name:
        if kind is right.__class__ and left.id == right.id:  # type: ignore[attr-defined]
            return True
        left, right = _given(left, known), _given(right, known)
        kind = left.__class__
    if kind is not right.__class__ or depth > _DEEPEST:
        return False
    compare = _COMPARED.get(kind)
    return compare is not None and compare(left, right, known, depth + 1)


def _given(node: Any, known: Known) -> ast.expr:
    given: ast.expr = known.get(node.id, node) if node.__class__ is ast.Name else node
    return given


def _all_same(left: Sequence[ast.expr], right: Sequence[ast.expr], known: Known, depth: int) -> bool:
    if len(left) != len(right):
        return False
    return all(same(a, b, known, depth) for a, b in zip(left, right, strict=True))


def _names(left: Any, right: Any, _known: Known, _depth: int) -> bool:
    return bool(left.id == right.id)


def _constants(left: Any, right: Any, _known: Known, _depth: int) -> bool:
    return bool(left.value == right.value)


def _attributes(left: Any, right: Any, known: Known, depth: int) -> bool:
    return left.attr == right.attr and same(left.value, right.value, known, depth)


def _subscripts(left: Any, right: Any, known: Known, depth: int) -> bool:
    return same(left.value, right.value, known, depth) and same(left.slice, right.slice, known, depth)


def _tuples(left: Any, right: Any, known: Known, depth: int) -> bool:
    return _all_same(left.elts, right.elts, known, depth)


def _calls(left: Any, right: Any, known: Known, depth: int) -> bool:
    if left.keywords or right.keywords or not same(left.func, right.func, known, depth):
        return False
    return _all_same(left.args, right.args, known, depth)


def _operations(left: Any, right: Any, known: Known, depth: int) -> bool:
    operator = left.op.__class__
    if operator is not right.op.__class__:
        return False
    if same(left.left, right.left, known, depth) and same(left.right, right.right, known, depth):
        return True
    swapped = operator is ast.Add or operator is ast.Mult
    return swapped and same(left.left, right.right, known, depth) and same(left.right, right.left, known, depth)


def _signed(left: Any, right: Any, known: Known, depth: int) -> bool:
    return left.op.__class__ is right.op.__class__ and same(left.operand, right.operand, known, depth)


def _comparisons(left: Any, right: Any, known: Known, depth: int) -> bool:
    if left.ops[0].__class__ is not right.ops[0].__class__ or not same(left.left, right.left, known, depth):
        return False
    return _all_same(left.comparators, right.comparators, known, depth)


def _joined(left: Any, right: Any, known: Known, depth: int) -> bool:
    return left.op.__class__ is right.op.__class__ and _all_same(left.values, right.values, known, depth)


_COMPARED: dict[type[ast.expr], Callable[[Any, Any, Known, int], bool]] = {
    ast.Name: _names,
    ast.Constant: _constants,
    ast.Attribute: _attributes,
    ast.Subscript: _subscripts,
    ast.Tuple: _tuples,
    ast.Call: _calls,
    ast.BinOp: _operations,
    ast.UnaryOp: _signed,
    ast.Compare: _comparisons,
    ast.BoolOp: _joined,
}


def opposed(left: ast.expr, right: ast.expr, sign: int, known: Known) -> bool:
    """Tell whether a term would cancel out, or nearly, against another one in ``left + sign * right``."""
    added: list[tuple[int, ast.expr]] = []
    _terms(left, 1, known, added)
    others: list[tuple[int, ast.expr]] = []
    _terms(right, sign, known, others)
    return any(a != b and same(term, other, known) for a, term in added for b, other in others)


def _terms(node: Any, sign: int, known: Known, found: list[tuple[int, ast.expr]]) -> None:
    """Append the terms of a sum with their signs, without the numbers that they are multiplied by."""
    kind = node.__class__
    if kind is ast.Name and _is_sum(known.get(node.id)):
        node = known[node.id]
        kind = node.__class__
    if len(found) >= _MOST_TERMS or (kind is not ast.BinOp and kind is not ast.UnaryOp):
        found.append((sign, node))
    elif kind is ast.UnaryOp:
        _terms(node.operand, -sign if node.op.__class__ is ast.USub else sign, known, found)
    elif _is_sum(node):
        _terms(node.left, sign, known, found)
        _terms(node.right, -sign if node.op.__class__ is ast.Sub else sign, known, found)
    else:
        core = _without_factor(node)
        if core is node:
            found.append((sign, node))
        else:
            _terms(core, sign, known, found)


def _is_sum(node: ast.expr | None) -> bool:
    return node.__class__ is ast.BinOp and node.op.__class__ in (ast.Add, ast.Sub)


def _without_factor(node: ast.BinOp) -> ast.expr:
    operator = node.op.__class__
    if node.right.__class__ is _CONSTANT and operator in (ast.Mult, ast.Div):
        return node.left
    return node.right if node.left.__class__ is _CONSTANT and operator is ast.Mult else node


def pointless(operation: str, parts: Sequence[Expr], known: Known) -> bool:
    """Tell whether an operation gives what nobody writes: of numbers alone, or of operands that cancel out."""
    if is_number(parts[0]) and all(map(is_number, parts)):
        return True
    if len(parts) < 2 or operation in _PRODUCTS:
        return False
    left, right = parts[0].node, parts[1].node
    sign = _SIGNS.get(operation)
    if sign is not None and opposed(left, right, sign, known):
        return True
    if operation == "div" and _is_factor(right, left, known):
        return True
    return parts[0].type is parts[1].type and same(left, right, known)


def repeats(operation: str, left: Expr, right: Expr) -> bool:
    """Tell whether the second operand of an operation is the first one over again, to no purpose."""
    return operation not in _PRODUCTS and left.type is right.type and same(left.node, right.node, {})


def is_number(part: Expr) -> bool:
    """Tell whether an expression is a number, or a vector of numbers, that is written out."""
    node = part.node
    return part.affine == {} and not part.sources and node.__class__ is not ast.Attribute


def _is_factor(node: ast.expr, product: Any, known: Known) -> bool:
    """Tell whether a product has the expression as one of its factors."""
    product = _given(product, known)
    if product.__class__ is not ast.BinOp or product.op.__class__ is not ast.Mult:
        return same(node, product, known)
    return _is_factor(node, product.left, known) or _is_factor(node, product.right, known)


def comparable(left: ast.expr, right: ast.expr, known: Known) -> bool:
    """Tell whether a comparison of two expressions may come out either way: they share no term."""
    return not same(left, right, known) and not opposed(left, right, -1, known)


def alike(left: Sequence[ast.stmt], right: Sequence[ast.stmt]) -> bool:
    """Tell whether two suites of simple statements do the same."""
    return len(left) == len(right) and all(_alike(a, b) for a, b in zip(left, right, strict=True))


def _alike(left: Any, right: Any) -> bool:
    kind = left.__class__
    if kind is not right.__class__:
        return False
    if kind is ast.Assign:
        return same(left.targets[0], right.targets[0], {}) and same(left.value, right.value, {})
    if kind is ast.AugAssign:
        return left.op.__class__ is right.op.__class__ and _same_both(left, right)
    if kind is ast.Expr:
        return same(left.value, right.value, {})
    if kind is ast.If:
        return same(left.test, right.test, {}) and alike(left.body, right.body) and alike(left.orelse, right.orelse)
    return kind is ast.For and same(left.iter, right.iter, {}) and alike(left.body, right.body)


def _same_both(left: ast.AugAssign, right: ast.AugAssign) -> bool:
    return same(left.target, right.target, {}) and same(left.value, right.value, {})
