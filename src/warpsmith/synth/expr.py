"""Typed expressions: a syntax tree with its type, its range and its meaning in words, and the nodes that make them."""

import ast
import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from warpsmith.synth.affine import Affine
from warpsmith.synth.interval import Interval
from warpsmith.synth.types import BOOL, Matrix, Scalar, ValueType, Vector, is_float, scalar_of

LOAD = ast.Load()
STORE = ast.Store()
# descriptions longer than this name what goes in instead of how it is combined
LONGEST_WORDS = 160


class Expr(NamedTuple):
    """An expression of a known type.

    `words` is a noun phrase ("the mass times 2"), `sources` are the nouns of the values that it is made of and `roots`
    those of the inputs behind them. `leaf`: it is a bare value without any operation. `varying`: it depends on array
    data. `infix`: its words are of the kind "a plus b" or end so. `unrolled`: it is the counter of a loop that Warp
    unrolls. `noun` is what a variable that holds it may be called. `affine`: its coefficients where it is a sum of
    inputs. `steady`: a vector whose length is the same for all inputs. `fixed`: the components of a vector that are
    the same for all inputs. `truth`: how likely a condition is to hold.
    """

    node: ast.expr
    type: ValueType
    interval: Interval
    words: str
    sources: tuple[str, ...]
    leaf: bool = False
    roots: frozenset[str] = frozenset()
    varying: bool = False
    infix: bool = False
    unrolled: bool = False
    noun: str = ""
    affine: Affine | None = None
    steady: bool = False
    fixed: frozenset[int] = frozenset()
    truth: float = 0.5

    @property
    def operand_words(self) -> str:
        """The words in brackets where they would otherwise be read together with the words around them."""
        return f"({self.words})" if self.infix else self.words


def name(identifier: str) -> ast.Name:
    """Return a reference to a name."""
    return ast.Name(identifier, LOAD)


def target(identifier: str) -> ast.Name:
    """Return a name as the target of an assignment."""
    return ast.Name(identifier, STORE)


def wp(attribute: str) -> ast.Attribute:
    """Return ``wp.attribute``."""
    return ast.Attribute(name("wp"), attribute, LOAD)


def spelled(spelling: str) -> ast.expr:
    """Return the node of a dotted name such as ``wp.vec3`` or ``float``."""
    module, dot, attribute = spelling.partition(".")
    return ast.Attribute(name(module), attribute, LOAD) if dot else name(spelling)


def call(function: ast.expr | str, *arguments: ast.expr) -> ast.Call:
    """Return a call; a string names a builtin of Warp."""
    return ast.Call(wp(function) if isinstance(function, str) else function, list(arguments), [])


# Python 3.12 wants a list of type parameters at every definition, Python 3.11 does not know of it
_DEFINITION: dict[str, Any] = {"type_params": [], "lineno": 0}


def function(
    identifier: str, parameters: Sequence[ast.arg], body: Sequence[ast.stmt], decorator: str, returns: ast.expr | None
) -> ast.FunctionDef:
    """Return the definition of a function that a decorator of Warp makes a kernel or a user function."""
    arguments = ast.arguments([], list(parameters), None, [], [], None, [])
    return ast.FunctionDef(identifier, arguments, list(body), [wp(decorator)], returns, **_DEFINITION)


def struct(identifier: str, fields: Sequence[tuple[str, ast.expr]]) -> ast.ClassDef:
    """Return the definition of a struct with its fields and their types."""
    body: list[ast.stmt] = [ast.AnnAssign(ast.Name(field, STORE), kind, None, 1) for field, kind in fields]
    return ast.ClassDef(identifier, [], [], body, [wp("struct")], **_DEFINITION)


def subscript(value: ast.expr, indices: Sequence[ast.expr], context: ast.expr_context = LOAD) -> ast.Subscript:
    """Return ``value[i, j, …]``."""
    index = indices[0] if len(indices) == 1 else ast.Tuple(list(indices), LOAD)
    return ast.Subscript(value, index, context)


def binary(left: ast.expr, operator: ast.operator, right: ast.expr) -> ast.BinOp:
    """Return ``left operator right``."""
    return ast.BinOp(left, operator, right)


def number_text(value: float) -> str:
    """Return a number as a description says it."""
    return f"{value + 0.0:g}"


def literal_node(value: float, scalar: Scalar) -> ast.expr:
    """Return a number as Warp wants it in an expression of that scalar: bare for int and float, else by constructor."""
    plain: float | int | bool = float(value) + 0.0 if scalar.kind == "float" else int(value)  # -0.0 becomes 0.0
    # a sign is an operator of its own, as in the tree that the text is parsed to
    constant = ast.Constant(plain) if plain >= 0 else ast.UnaryOp(ast.USub(), ast.Constant(-plain))
    return constant if scalar.name in ("float32", "int32") else call(spelled(scalar.spelling), constant)


def literal(value: float, scalar: Scalar) -> Expr:
    """Return a number as an expression."""
    return Expr(
        literal_node(value, scalar), scalar, Interval(value, value), number_text(value), (), leaf=True, affine={}
    )


def literal_vector(components: Sequence[float], vector: Vector) -> Expr:
    """Return a constant vector, for instance ``wp.vec3(0.0, 1.0, 0.0)``."""
    elements = [literal_node(value, vector.scalar) for value in components]
    words = f"({', '.join(number_text(value) for value in components)})"
    interval = Interval(min(components), max(components))
    return Expr(call(spelled(vector.spelling), *elements), vector, interval, words, (), leaf=True, affine={})


def identity(matrix: Matrix) -> Expr:
    """Return the identity matrix of a type."""
    node = call("identity")
    node.keywords = [
        ast.keyword("n", ast.Constant(matrix.size)),
        ast.keyword("dtype", spelled(matrix.scalar.spelling)),
    ]
    return Expr(node, matrix, Interval(0.0, 1.0), "the identity", (), leaf=True)


def made_of(
    node: ast.expr,
    value_type: ValueType,
    interval: Interval,
    words: str,
    parts: Sequence[Expr],
    *,
    noun: str = "",
    affine: Affine | None = None,
) -> Expr:
    """Return an expression made of parts.

    `words` has places for the words of the parts ("the sine of {0}"); overlong words become a list of what goes in.
    """
    infix = words.startswith("{0} ")
    # "the sine of a plus b" must not go on with "minus c"
    goes_on = infix or " where " in words or (words.endswith("}") and any(part.infix for part in parts))
    text = words.format(*(part.operand_words if infix else part.words for part in parts))
    sources = tuple(dict.fromkeys([source for part in parts for source in part.sources]))
    varying = any(part.varying for part in parts)
    roots = parts[0].roots.union(*[part.roots for part in parts[1:]])
    if len(text) > LONGEST_WORDS and len(sources) > 1:
        return Expr(
            node,
            value_type,
            interval,
            f"a function of {listed(sources)}",
            sources,
            roots=roots,
            varying=varying,
            noun=noun,
            affine=affine,
        )
    return Expr(
        node, value_type, interval, text, sources, roots=roots, varying=varying, infix=goes_on, noun=noun, affine=affine
    )


def leaf(
    node: ast.expr,
    value_type: ValueType,
    interval: Interval,
    noun: str,
    *,
    varying: bool = False,
    roots: frozenset[str] | None = None,
    known_as: str = "",
) -> Expr:
    """Return a bare value that a description calls by its noun; without `roots` it is an input of its own.

    `known_as` tells it from others of its noun where sums are looked through.
    """
    roots = frozenset((noun,)) if roots is None else roots
    affine = {known_as or noun: 1.0}
    return Expr(node, value_type, interval, noun, (noun,), leaf=True, roots=roots, varying=varying, affine=affine)


def cast(expr: Expr, scalar: Scalar) -> Expr:
    """Return a scalar converted to another scalar type; its range must fit.

    Warp 1.19 turns the counter of an unrolled loop itself into a 64-bit number when it is converted to one (the counter
    can no longer be an index then, `Adjoint.add_call` in warp/_src/codegen.py), so it is converted by way of float32.
    """
    inner = call(name("float"), expr.node) if expr.unrolled and scalar.bits == 64 else expr.node
    node = call(spelled(scalar.spelling), inner)
    interval = expr.interval
    if is_float(expr.type) and scalar.kind in ("int", "uint"):
        interval = Interval(float(math.trunc(interval.low)), float(math.trunc(interval.high)))
        expr = expr._replace(words=f"the whole part of {expr.words}")
    return expr._replace(node=node, type=scalar, interval=interval, unrolled=False)


def indicator(condition: Expr, scalar: Scalar) -> Expr:
    """Return 1 where a condition holds and 0 elsewhere."""
    node = call("where", condition.node, literal_node(1, scalar), literal_node(0, scalar))
    return made_of(node, scalar, Interval(0.0, 1.0), "1 where {0} and 0 elsewhere", [condition])


def comparison(left: Expr, operator: ast.cmpop, right: Expr, words: str, truth: float = 0.5) -> Expr:
    """Return ``left operator right``."""
    node = ast.Compare(left.node, [operator], [right.node])
    condition = made_of(node, BOOL, Interval(0.0, 1.0), words, [left, right])
    return condition if truth == condition.truth else condition._replace(truth=truth)


def listed(items: Sequence[str]) -> str:
    """Join nouns as a sentence does: a, b and c."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def related(left: Expr, right: Expr) -> bool:
    """Tell whether two values come from one input, so that a difference of them could cancel out."""
    return not left.roots.isdisjoint(right.roots)


def is_steady(vector: Expr) -> bool:
    """Tell whether the length of a vector is the same for all inputs: it is a constant, or known to be."""
    return vector.steady or not vector.roots


def fits(expr: Expr) -> bool:
    """Tell whether the value's range stays within what generated code may reach in its type."""
    scalar = scalar_of(expr.type)
    return expr.interval.within(scalar.lowest, scalar.limit)
