"""Grows expressions: from a value in scope, one operation at a time, always within its domain and its type's range."""

import ast
from collections.abc import Sequence

from warpsmith.synth import conversions, rotations, spatial
from warpsmith.synth.affine import cancels
from warpsmith.synth.application import affine, applied, competes, overlap
from warpsmith.synth.choices import Choices
from warpsmith.synth.expr import (
    Expr,
    binary,
    comparison,
    fits,
    literal,
    literal_vector,
    made_of,
    related,
)
from warpsmith.synth.interval import Interval
from warpsmith.synth.meanings.meaning import ANY, Need
from warpsmith.synth.meanings.operators import OPERATORS
from warpsmith.synth.operations import Operation, Weights, operations_on
from warpsmith.synth.scope import Block
from warpsmith.synth.types import (
    BOOL,
    Matrix,
    Quaternion,
    Scalar,
    Transform,
    ValueType,
    Vector,
    is_float,
    scalar_of,
)

_FLOAT_NUMBERS = (0.5, 2.0, 0.25, 1.5, 3.0, 0.1, 0.75, 4.0, 0.2, 0.9, 0.3, 2.5, 0.05, 0.125)
_INTEGER_NUMBERS = (2, 3, 4, 5, 7, 6, 8, 10, 9, 12)
_COMPARISONS: tuple[tuple[ast.cmpop, str], ...] = (
    (ast.Gt(), "{0} exceeds {1}"),
    (ast.Lt(), "{0} is below {1}"),
    (ast.GtE(), "{0} is at least {1}"),
    (ast.LtE(), "{0} is at most {1}"),
)
_TRIES = 6
# values of these types come from inputs only
_NEVER_CONSTANT = (Matrix, Quaternion, Transform)
_COARSE = frozenset({"mod", "floordiv", "sign", "clamp", "min", "max"})


class ExpressionWriter:
    """Writes expressions from the values of a block, drawing every decision from `choices`.

    `weights` says how often operations of each kind are drawn; `precision` is the scalar that most values are made of.
    """

    def __init__(self, choices: Choices, weights: Weights, precision: Scalar) -> None:
        self.choices = choices
        self.weights = weights
        self.precision = precision
        self.builtins: set[str] = set()

    def grow(self, block: Block, expr: Expr, steps: int, *, gentle: bool = False) -> Expr:
        """Apply up to `steps` operations to an expression; `gentle` ones do not make one number of many."""
        for _ in range(steps):
            expr = self._step(block, expr, gentle=gentle)
        return expr

    def start(self, block: Block, value_type: ValueType | None = None) -> Expr:
        """Read a value to grow from: one that nothing has read yet where there is one, else any number in scope."""
        unread = [v for v in block.open() if v.type != BOOL and value_type in (None, v.type)]
        if len(unread) == 1 and self.choices.chance(0.3):
            unread = []  # begin another thread of thought; the two meet later
        known = unread or [v for v in block.visible() if v.type != BOOL and value_type in (None, v.type)]
        varying = [v for v in known if v.expr.varying]
        return block.read(self.choices.pick(varying or known))

    def operand(
        self, block: Block, value_type: ValueType, need: Need = ANY, besides: Expr | None = None
    ) -> Expr | None:
        """Return something of a type to combine with: an unread value, a known one, or a number; None if nothing fits.

        `besides` is the other side of the operation and is not chosen again.
        """
        if need.constant:
            return self.constant(value_type, need)
        alike = [
            v for v in block.visible() if v.type == value_type and (besides is None or v.expr.node is not besides.node)
        ]
        unread = [v for v in alike if v in block.pending]
        chosen: Expr | None = None
        if unread and self.choices.chance(0.8):
            chosen = block.read(self.choices.pick(unread))
        elif alike and (self.choices.chance(0.65) or isinstance(value_type, _NEVER_CONSTANT)):
            chosen = block.read(self.choices.pick(alike))
        if chosen is None:
            return self.constant(value_type, need)
        return conversions.within(self.choices, chosen, need)

    def constant(self, value_type: ValueType, need: Need = ANY) -> Expr | None:
        """Return a number or a constant vector of a type that meets a need."""
        if isinstance(value_type, _NEVER_CONSTANT) or spatial.is_spatial(value_type):
            return None
        if isinstance(value_type, Vector) and need.unit:
            return rotations.axis(self.choices, value_type)
        if isinstance(value_type, Vector):
            return literal_vector([self._number(value_type.scalar, need) for _ in range(value_type.length)], value_type)
        return literal(self._number(value_type, need), value_type)

    def condition(self, block: Block, depth: int = 0, *, plain: bool = False) -> Expr:
        """Return a condition on the values in scope that can come out either way; a `plain` one compares one input."""
        flags = [v for v in block.visible() if v.type == BOOL]
        if flags and self.choices.chance(0.5):
            flag = block.read(self.choices.pick(flags))
            return self._negated(flag) if self.choices.chance(0.3) else flag
        first = self._compared(block, plain=plain)
        if depth == 0 and not plain and self.choices.chance(0.2):
            mark = block.mark()
            second = self.condition(block, depth + 1)
            if not set(second.sources) <= set(first.sources):
                return self._joined(first, second)
            block.restore(mark)
        return first

    def combine(self, block: Block, value_type: ValueType, floor: int = 1) -> Expr:
        """Read all that the block has not read yet and fold it into one value of a type.

        At least `floor` operations are applied, so that no bare copy comes out.
        """
        unread = block.open() or [self.choices.pick(list(block.visible()))]
        parts = [self.to_type(block, block.read(value), value_type) for value in unread]
        result = parts[0]
        for part in parts[1:]:
            result = self.fold(block, result, part)
        if result.leaf and floor:
            result = self.grow_within(block, result, floor)
        return result

    def grow_within(self, block: Block, expr: Expr, steps: int) -> Expr:
        """Apply gentle operations and come back to the type of the expression."""
        return self.to_type(block, self.grow(block, expr, steps, gentle=True), expr.type)

    def to_type(self, block: Block, expr: Expr, value_type: ValueType) -> Expr:
        """Convert an expression to another type in a way that keeps all of it, as people do it."""
        return conversions.convert(self, block, expr, value_type)

    def fold(self, block: Block, left: Expr, right: Expr) -> Expr:
        """Return a sum, a difference or a product of two expressions of one type that does not cancel out."""
        if isinstance(left.type, Quaternion | Transform):
            return rotations.composed(left, right)
        weights = (1, 0, 4) if related(left, right) else (4, 3, 2)
        first = self.choices.weighted(("add", "sub", "mul"), weights)
        spare: Expr | None = None
        for operator in (first, "add", "sub", "mul"):
            meaning = OPERATORS[operator]
            if operator == "mul" and isinstance(left.type, Vector):
                continue
            interval = meaning.range((left.interval, right.interval), (left.type, right.type))
            if interval is None or not isinstance(meaning.operator, ast.operator):
                continue
            node = binary(left.node, meaning.operator, right.node)
            coefficients = affine(operator, (left, right))
            result = made_of(node, left.type, interval, meaning.words, [left, right], affine=coefficients)
            if fits(result) and (not cancels(coefficients) or operator == "mul"):
                return result
            spare = result if fits(result) else spare
        if spare is not None:
            return spare
        return self.fold(block, self.shrink(left), self.shrink(right))

    def shrink(self, expr: Expr) -> Expr:
        """Bring a value down to a small range that leaves room for more operations."""
        return conversions.shrink(self.choices, expr)

    def _step(self, block: Block, expr: Expr, *, gentle: bool) -> Expr:
        for _ in range(_TRIES):
            operations, weights = operations_on(expr.type, self.weights)
            if not operations:
                return expr
            operation = self.choices.weighted(operations, weights)
            if gentle and (operation.meaning.tag == "round" or operation.name in _COARSE):
                continue
            if self._out_of_thin_air(block, operation) and not self.choices.chance(0.03):
                continue
            mark = block.mark()
            result = self._apply(block, operation, expr)
            if result is not None and fits(result):
                return result
            block.restore(mark)
        return self.shrink(expr)

    def _out_of_thin_air(self, block: Block, operation: Operation) -> bool:
        """Tell whether the operation needs a vector or matrix that only a constant could be."""
        return any(all(value.type is not other for value in block.visible()) for other in operation.partners)

    def _apply(self, block: Block, operation: Operation, expr: Expr) -> Expr | None:
        meaning = operation.meaning
        grown = conversions.within(self.choices, expr, meaning.needs[operation.place])
        if grown is None or (expr.unrolled and operation.name == "neg"):  # to Warp, -k is a constant like k: see `cast`
            return None
        parts: list[Expr] = []
        for place, argument in enumerate(operation.arguments):
            if place == operation.place:
                parts.append(grown)
                continue
            part = self.operand(block, argument, meaning.needs[place], besides=expr)
            if part is None or competes(operation, part, expr):
                return None
            parts.append(part)
        return applied(operation, parts)

    def _number(self, scalar: Scalar, need: Need) -> float:
        numbers: Sequence[float] = _FLOAT_NUMBERS if scalar.kind == "float" else _INTEGER_NUMBERS
        fitting = [n for n in numbers if need.low <= n <= need.high and n <= scalar.limit / 10]
        if fitting:
            return self.choices.pick(fitting)
        low = max(need.low, scalar.lowest)
        high = min(need.high, scalar.limit)
        return float(self.choices.integer(int(low), int(high)))

    def _compared(self, block: Block, *, plain: bool) -> Expr:
        left = self._comparable(block, plain=plain)
        operator, words = self.choices.pick(_COMPARISONS)
        alike = [v for v in block.visible() if v.type == left.type and v.expr.node is not left.node]
        overlapping = [v for v in alike if overlap(v.expr.interval, left.interval)]
        if overlapping and not plain and self.choices.chance(0.3):
            right = self.choices.pick(overlapping).expr
        else:
            right = self._threshold(left)
        return comparison(left, operator, right, words)

    def _comparable(self, block: Block, *, plain: bool) -> Expr:
        """Return a scalar of which some values lie on either side of a threshold.

        What a condition looks at still counts as unread: it says where, not what.
        """
        spread = [v for v in block.visible() if v.type != BOOL and v.expr.interval.low < v.expr.interval.high]
        varying = [v for v in spread if v.expr.varying] or spread
        scalars = [v for v in varying if isinstance(v.type, Scalar)]
        value = self.choices.pick(scalars or varying).expr
        if isinstance(value.type, Scalar):
            if not plain and is_float(value.type) and self.choices.chance(0.15):
                return self.shrink(self.grow_within(block, value, 1))
            return value
        return self.to_type(block, value, scalar_of(value.type))

    def _threshold(self, expr: Expr) -> Expr:
        low, high = expr.interval
        fraction = self.choices.pick((0.5, 0.25, 0.75, 0.4, 0.6))
        value = low + (high - low) * fraction
        scalar = scalar_of(expr.type)
        rounded = float(f"{value:.2g}") if scalar.kind == "float" else float(int(value))
        return literal(rounded, scalar)

    def _negated(self, flag: Expr) -> Expr:
        return made_of(ast.UnaryOp(ast.Not(), flag.node), BOOL, flag.interval, "not {0}", [flag])

    def _joined(self, left: Expr, right: Expr) -> Expr:
        operator, word = self.choices.pick(((ast.And(), "and"), (ast.Or(), "or")))
        node = ast.BoolOp(operator, [left.node, right.node])
        return made_of(node, BOOL, Interval(0.0, 1.0), f"{{0}} {word} {{1}}", [left, right])
