"""Operators: arithmetic of all types, comparisons that can come out either way, conditions, choices."""

import ast
import math

from warpsmith.synth import conversions
from warpsmith.synth.application import affine, applied, competes, overlap
from warpsmith.synth.expr import Expr, comparison, fits, literal, made_of
from warpsmith.synth.grammar.sameness import comparable, pointless, repeats, same
from warpsmith.synth.grammar.state import Grammar
from warpsmith.synth.interval import Interval
from warpsmith.synth.launch import ScalarArgument
from warpsmith.synth.meanings.meaning import ANY
from warpsmith.synth.operations import Operation, operations_giving
from warpsmith.synth.types import BOOL, FLOAT32, INT32, Scalar, ValueType, is_integer, scalar_of, vector

_NAMES = {
    "Add": "add", "Sub": "sub", "Mult": "mul", "Div": "div", "Mod": "mod", "FloorDiv": "floordiv",
    "BitAnd": "bit_and", "BitOr": "bit_or", "BitXor": "bit_xor", "LShift": "lshift", "RShift": "rshift",
}  # fmt: skip
_KNOWN = frozenset(_NAMES)
_COMPARISONS: dict[str, tuple[ast.cmpop, str]] = {
    "Gt": (ast.Gt(), "{0} exceeds {1}"),
    "Lt": (ast.Lt(), "{0} is below {1}"),
    "GtE": (ast.GtE(), "{0} is at least {1}"),
    "LtE": (ast.LtE(), "{0} is at most {1}"),
    "Eq": (ast.Eq(), "{0} equals {1}"),
    "NotEq": (ast.NotEq(), "{0} differs from {1}"),
}
_OPERATORS = frozenset(_COMPARISONS)
_WIDEST_EQUAL = 16.0
_TRUTH = Interval(0.0, 1.0)


def binary(g: Grammar, wanted: ValueType | None, depth: int) -> Expr | None:
    """Return two operands with an operator between them."""
    kind = wanted or _any_type(g)
    if kind == BOOL:
        return None
    operator = g.draw("operators", "binary", _KNOWN) or "Add"
    overloads = operations_giving(kind, (_NAMES[operator],))
    if not overloads:
        return None
    operation = g.choices.weighted(overloads, [_likelihood(op, kind) for op in overloads])
    result = operate(g, operation, ("binary-left", "binary-right"), depth)
    return None if result is None or _leaves_alone(result.node) else result


def _leaves_alone(node: ast.expr) -> bool:
    """Tell whether an operation gives back one of its operands: times one, divided by one."""
    match node:
        case ast.BinOp(op=ast.Mult() | ast.Div(), right=ast.Constant(value=1)):
            return True
        case ast.BinOp(op=ast.Mult(), left=ast.Constant(value=1)):
            return True
    return False


def _likelihood(operation: Operation, kind: ValueType) -> float:
    """Return how often an overload is drawn: mostly one type throughout, or a scalar on the right of a vector."""
    if all(argument is kind for argument in operation.arguments):
        return 3.0 if isinstance(kind, Scalar) else 1.0
    return 1.0 if isinstance(operation.arguments[-1], Scalar) else 0.6


def operate(g: Grammar, operation: Operation, slots: tuple[str, ...], depth: int) -> Expr | None:
    """Return an operation on operands drawn for their slots, each brought into the range that it needs."""
    parts: list[Expr] = []
    for place in range(len(operation.arguments)):
        part = _operand(g, operation, place, slots[min(place, len(slots) - 1)], depth)
        if part is not None and place == 1 and repeats(operation.name, parts[0], part):
            part = _number_instead(g, operation, depth)
        if part is None or (parts and competes(operation, part, parts[0])):
            return None
        parts.append(part)
    result = None if pointless(operation.name, parts, g.known) else applied(operation, parts)
    if result is None or fits(result):
        return result
    small = [g.w.expressions.shrink(part) for part in parts]
    needs = operation.meaning.needs
    met = all(part.interval.within(need.low, need.high) for part, need in zip(small, needs, strict=False))
    return applied(operation, small) if met else None


def _number_instead(g: Grammar, operation: Operation, depth: int) -> Expr | None:
    """Return a number in place of an operand that is the first one over again, and so has read nothing new."""
    need, argument = operation.meaning.needs[1], operation.arguments[1]
    number = g.attempt("number", argument, depth)
    return number if number is not None and number.interval.within(need.low, need.high) else None


def _operand(g: Grammar, operation: Operation, place: int, slot: str, depth: int) -> Expr | None:
    need, argument = operation.meaning.needs[place], operation.arguments[place]
    if need.constant:
        return g.w.expressions.constant(argument, need)
    if need is ANY:
        return g.expression(argument, slot, depth)
    for _ in range(3):
        before = g.standing()
        part = g.expression(argument, slot, depth)
        if part.interval.within(need.low, need.high):
            return part
        g.go_back(before)
    if operation.name == "div" and g.choices.chance(0.7):
        positive = g.attempt("parameter", argument, depth) or g.attempt("number", argument, depth)
        if positive is not None and positive.interval.within(need.low, need.high):
            return positive
    return conversions.within(g.choices, g.expression(argument, slot, depth), need)


def _any_type(g: Grammar) -> ValueType:
    unread = [value.type for value in g.unread(g.named(None))]
    if unread and g.choices.chance(0.7):
        return g.choices.pick(unread)
    usual: tuple[ValueType, ...] = (FLOAT32, INT32, vector(3, FLOAT32))
    return g.choices.weighted(usual, (6.0, 2.0, 2.0))


def negative(g: Grammar, wanted: ValueType | None, depth: int) -> Expr | None:
    """Return a value with its sign turned."""
    if wanted == BOOL:
        return None
    inner = g.expression(wanted, "negative", depth)
    if inner.unrolled or isinstance(inner.node, ast.Constant | ast.UnaryOp):
        return None
    if not operations_giving(inner.type, ("neg",)):
        return None
    interval = Interval(-inner.interval.high, -inner.interval.low)
    node = ast.UnaryOp(ast.USub(), inner.node)
    return made_of(node, inner.type, interval, "minus {0}", [inner], affine=affine("neg", [inner]))


def negation(g: Grammar, wanted: ValueType | None, depth: int) -> Expr | None:
    """Return the opposite of a condition."""
    if wanted != BOOL:
        return None
    inner = g.expression(BOOL, "not", depth)
    words = "{0} is not set" if inner.leaf else "not {0}"
    opposite = made_of(ast.UnaryOp(ast.Not(), inner.node), BOOL, _TRUTH, words, [inner])
    return opposite._replace(truth=1.0 - inner.truth)


def compare(g: Grammar, wanted: ValueType | None, depth: int) -> Expr | None:
    """Return a comparison that comes out either way over the range of what it compares."""
    if wanted not in (None, BOOL):
        return None
    operator = g.draw("operators", "compare", _OPERATORS) or "Lt"
    exact = operator in ("Eq", "NotEq")
    left = g.expression(INT32 if exact or g.choices.chance(0.45) else FLOAT32, "compare-left", depth)
    if left.interval.low >= left.interval.high:
        return None
    if exact and left.interval.high - left.interval.low > _WIDEST_EQUAL:
        operator = "Lt"
    right = _other_side(g, left, operator, depth)
    node, words = _COMPARISONS[operator]
    truth = _truth(operator, left, right)
    return comparison(left, node, right, words, truth) if 0.0 < truth < 1.0 else None


def _truth(operator: str, left: Expr, right: Expr) -> float:
    """Return how likely a comparison is to hold, as if both sides were uniform over their ranges."""
    width = max(left.interval.high - left.interval.low, 1e-9)
    if operator in ("Eq", "NotEq"):
        same = 1.0 / (width + 1.0)
        return same if operator == "Eq" else 1.0 - same
    middle = (right.interval.low + right.interval.high) / 2.0
    above = min(max((left.interval.high - middle) / width, 0.0), 1.0)
    return above if operator in ("Gt", "GtE") else 1.0 - above


def _other_side(g: Grammar, left: Expr, operator: str, depth: int) -> Expr:
    """Return what a value is compared with: another one of its type in its range, or a number amid its range."""
    kind = g.draw("expressions", "compare-right")
    if kind not in ("number", "global", ""):
        before = g.standing()
        right = g.expression(left.type, "compare-right", depth)
        if _competing(left, right) and comparable(left.node, right.node, g.known):
            return right
        if right.node is not left.node and isinstance(right.node, ast.Attribute) and _amid(left, right):
            return right
        g.go_back(before)
    return _threshold(g, left, operator)


def _competing(left: Expr, right: Expr) -> bool:
    spread = right.interval.low < right.interval.high
    return spread and overlap(left.interval, right.interval) and set(left.sources).isdisjoint(right.sources)


def _amid(left: Expr, right: Expr) -> bool:
    return left.interval.low <= right.interval.low <= left.interval.high


def _threshold(g: Grammar, left: Expr, operator: str) -> Expr:
    """Return a number amid the range of a value, so that a comparison with it comes out either way."""
    low, high = left.interval
    scalar = scalar_of(left.type)
    given = _given_value(g, left)
    if given is not None and operator == "Eq":
        return literal(given, scalar)
    if any(left.node is thread.expr.node for thread in g.threads):
        return literal(float(int(low + (high - low) * g.choices.pick((0.3, 0.5, 0.7, 0.8))) or 1), scalar)
    if is_integer(left.type):
        first, last = int(low) + (operator in ("Lt", "GtE")), int(high) - (operator in ("Gt", "LtE"))
        return literal(float(g.choices.integer(first, max(min(last, first + 8), first))), scalar)
    if low < -0.2 and high > 0.2 and g.choices.chance(0.6):
        return literal(0.0, scalar)
    value = low + (high - low) * g.choices.pick((0.5, 0.25, 0.75, 0.4, 0.6))
    return literal(float(f"{value:.1g}"), scalar)


def plain_condition(g: Grammar, _wanted: ValueType | None, depth: int) -> Expr | None:
    """Return a number compared with one amid its range, where nothing else could be written."""
    left = g.attempt("parameter", FLOAT32, depth) or g.attempt("element", FLOAT32, depth)
    if left is None:
        return None
    operator, words = _COMPARISONS["Gt"]
    return comparison(left, operator, _threshold(g, left, "Gt"), words)


def _given_value(g: Grammar, left: Expr) -> float | None:
    """Return the number that a launch gives for a parameter, None of anything else."""
    for parameter in g.w.parameters:
        if isinstance(left.node, ast.Name) and left.node.id == parameter.name:
            argument = parameter.argument
            return float(argument.value) if isinstance(argument, ScalarArgument) and is_integer(left.type) else None  # type: ignore[arg-type]
    return None


def logic(g: Grammar, wanted: ValueType | None, depth: int) -> Expr | None:
    """Return two or three conditions joined by ``and`` or ``or``."""
    if wanted not in (None, BOOL):
        return None
    word = "and" if g.draw("operators", "logic", frozenset({"And", "Or"})) != "Or" else "or"
    count = 3 if g.draw("arities", "logic", frozenset("234")) in ("3", "4") else 2
    parts: list[Expr] = []
    for _ in range(count):
        part = g.expression(BOOL, "logic", depth)
        if any(set(part.sources) & set(known.sources) for known in parts):
            return None
        parts.append(holding(part))
    node = ast.BoolOp(ast.And() if word == "and" else ast.Or(), [part.node for part in parts])
    words = f" {word} ".join(f"{{{place}}}" for place in range(count))
    truths = [part.truth if word == "and" else 1.0 - part.truth for part in parts]
    truth = math.prod(truths) if word == "and" else 1.0 - math.prod(truths)
    return made_of(node, BOOL, _TRUTH, words, parts)._replace(truth=truth)


def holding(test: Expr) -> Expr:
    """Return a condition whose words say that it holds: a flag alone is only a name."""
    return test._replace(words=f"{test.words} is set") if test.leaf and not test.words.endswith(" is set") else test


def choice(g: Grammar, wanted: ValueType | None, depth: int) -> Expr | None:
    """Return one of two values, as a condition says."""
    kind = wanted or _any_type(g)
    if not isinstance(kind, Scalar) or kind == BOOL:
        return None
    test = g.expression(BOOL, "test", depth)
    if test.truth == 1.0:  # Warp would make a constant of it, which no loop could change
        return None
    body, other = g.expression(kind, "choice", depth), g.expression(kind, "choice", depth)
    if same(body.node, other.node, g.known):
        return None
    node = ast.IfExp(test.node, body.node, other.node)
    interval = body.interval.hull(other.interval)
    return made_of(node, kind, interval, "{1} where {0}, else {2}", [holding(test), body, other])


def flag(_g: Grammar, _wanted: ValueType | None, _depth: int) -> Expr | None:
    """Refuse: a condition that is always the same is no condition."""
    return None
