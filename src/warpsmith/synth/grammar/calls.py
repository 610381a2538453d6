"""Calls: builtins that have a meaning, constructors, casts, functions that are written for the purpose."""

import ast
from collections.abc import Collection
from itertools import combinations

from warpsmith.synth import conversions
from warpsmith.synth.expr import LONGEST_WORDS, Expr, call, cast, function, listed, made_of, name, spelled
from warpsmith.synth.grammar import leaves
from warpsmith.synth.grammar.nouns import draw_name, known_type, noun_of
from warpsmith.synth.grammar.operators import holding, operate
from warpsmith.synth.grammar.sameness import same
from warpsmith.synth.grammar.state import Function, Grammar
from warpsmith.synth.interval import UNIT, Interval
from warpsmith.synth.meanings import MEANINGS
from warpsmith.synth.meanings.meaning import Need
from warpsmith.synth.operations import Operation, operations_giving
from warpsmith.synth.types import (
    BOOL,
    FLOAT32,
    INT32,
    Matrix,
    Quaternion,
    Scalar,
    Transform,
    ValueType,
    Vector,
    is_float,
    quaternion,
    value_types,
    vector,
)

_KNOWN = frozenset(MEANINGS) | {"where"}
_CASTS = {"float": FLOAT32, "int": INT32}
_MOST_FUNCTIONS = 6
# whole numbers out of a smaller range would be much the same for all inputs
_NARROWEST_CAST = 4.0
_MOST_ARGUMENTS = 8
_DEEPEST_CALL = 3


def builtin(g: Grammar, wanted: ValueType | None, depth: int) -> Expr | None:
    """Return a call of a builtin, drawn as often as people call it."""
    chosen = g.draw("calls", "", _KNOWN)
    if chosen == "where":
        return _where(g, wanted, depth)
    if not chosen or wanted == BOOL:
        return None
    kinds = (wanted,) if wanted is not None else tuple(kind for kind in value_types().values() if kind.name in _USUAL)
    overloads = [op for kind in kinds for op in operations_giving(kind, (chosen,))]
    overloads = [op for op in overloads if all(argument.name in _USUAL for argument in op.arguments)]
    if not overloads:
        return None
    here = {id(value.type) for value in g.block.visible()}
    operation = g.choices.weighted(overloads, [_at_hand(op, here) for op in overloads])
    return operate(g, operation, ("builtin-argument",), depth)


# the types that most code is made of; others come from what the families write
_USUAL = frozenset({"float32", "int32", "vec2f", "vec3f", "vec4f", "mat22f", "mat33f", "mat44f", "quatf", "transformf",
                    "spatial_vectorf", "spatial_matrixf", "vec2i", "vec3i"})  # fmt: skip


def _at_hand(operation: Operation, here: Collection[int]) -> float:
    """Return how likely an overload is: more where values of its types, by their `id`, are in scope."""
    missing = sum(1 for argument in operation.arguments if id(argument) not in here)
    usual = {"float32": 4.0, "vec3f": 3.0, "int32": 1.0}.get(operation.arguments[0].name, 0.5)
    return usual / (1.0 + 2.0 * missing)


def _where(g: Grammar, wanted: ValueType | None, depth: int) -> Expr | None:
    kind = wanted or FLOAT32
    if not isinstance(kind, Scalar | Vector) or kind == BOOL:
        return None
    test = g.expression(BOOL, "builtin-argument", depth)
    body, other = (g.expression(kind, "builtin-argument", depth) for _ in range(2))
    if same(body.node, other.node, g.known):
        return None
    node = call("where", test.node, body.node, other.node)
    parts = [holding(test), body, other]
    return made_of(node, kind, body.interval.hull(other.interval), "{1} where {0}, else {2}", parts)


def constructor(g: Grammar, wanted: ValueType | None, depth: int) -> Expr | None:
    """Return a vector, matrix, rotation or transformation made of parts."""
    kind = wanted or known_type((g.draw("constructors") or "vec3/3").split("/")[0])
    match kind:
        case Vector(length=length, scalar=scalar) if length == 6:  # angular and linear part
            halves = [g.expression(vector(3, scalar), "constructor-argument", depth) for _ in range(2)]
            return _constructed(kind, halves, "the spatial vector of {0} and {1}")
        case Vector(length=length, scalar=scalar):
            return _vector(g, kind, scalar, length, depth)
        case Matrix(size=size, scalar=scalar) if size <= 3:
            cells = [g.expression(scalar, "constructor-argument", depth + 1) for _ in range(size * size)]
            return _constructed(kind, cells, "the matrix of its elements") if any(c.varying for c in cells) else None
        case Transform(scalar=scalar):
            place = g.expression(vector(3, scalar), "constructor-argument", depth)
            turn = g.expression(quaternion(scalar), "constructor-argument", depth)
            return _constructed(kind, [place, turn], "the transformation to {0} with {1}")
        case Quaternion(scalar=scalar):
            return _rotation(g, kind, scalar, depth)
    return None


def _vector(g: Grammar, kind: Vector, scalar: Scalar, length: int, depth: int) -> Expr | None:
    if not is_float(scalar) and scalar != INT32:
        return None
    parts = [g.expression(scalar, "constructor-argument", depth) for _ in range(length)]
    if not any(part.sources for part in parts):
        return None
    return _constructed(kind, parts, "the vector (" + ", ".join(f"{{{k}}}" for k in range(length)) + ")")


def _rotation(g: Grammar, kind: Quaternion, scalar: Scalar, depth: int) -> Expr | None:
    axis = g.expression(vector(3, scalar), "builtin-argument", depth)
    angle = g.expression(scalar, "builtin-argument", depth)
    node = call("quat_from_axis_angle", call("normalize", axis.node), angle.node)
    return made_of(node, kind, UNIT, "the rotation about {0} by {1}", [axis, angle])


def _constructed(kind: ValueType, parts: list[Expr], words: str) -> Expr:
    interval = parts[0].interval
    for part in parts[1:]:
        interval = interval.hull(part.interval)
    node = call(spelled(kind.spelling), *(part.node for part in parts))
    fixed = frozenset(place for place, part in enumerate(parts) if not part.sources)
    return made_of(node, kind, interval, words, parts)._replace(fixed=fixed)


def casted(g: Grammar, wanted: ValueType | None, depth: int) -> Expr | None:
    """Return a number converted to another type, mostly an integer to a float."""
    kind = wanted or _CASTS.get(g.draw("casts", "", frozenset(_CASTS))) or FLOAT32
    if not isinstance(kind, Scalar) or kind == BOOL:
        return None
    source = INT32 if is_float(kind) else FLOAT32
    inner = g.expression(source, "cast-argument", depth)
    if not inner.sources:
        return None
    if not inner.interval.within(kind.lowest, kind.limit):
        return None
    if source == FLOAT32 and inner.interval.high - inner.interval.low < _NARROWEST_CAST:
        return None
    return cast(inner, kind)


def user_function(g: Grammar, wanted: ValueType | None, depth: int) -> Expr | None:
    """Return a call of a function: one that is there, with other arguments, or one that is written for the call."""
    if g.function is not None or depth > _DEEPEST_CALL:
        return None
    known = [f for f in g.functions if f.result is not None and wanted in (None, f.result.type)]
    if known and g.choices.chance(0.35):
        before = g.standing()
        again = _called_again(g, g.choices.pick(known), depth)
        if again is not None:
            return again
        g.go_back(before)
    if len(g.w.functions) >= _MOST_FUNCTIONS:
        return None
    kind = wanted or known_type(g.draw("types", "element")) or FLOAT32
    written = _written(g, kind, depth)
    return None if written is None else _call(written, written.arguments)


def _written(g: Grammar, kind: ValueType, depth: int) -> Function | None:
    """Write a function whose result is of a type; its parameters come up while its body is written."""
    arity = min(int(g.draw("arities", "function") or "2"), _MOST_ARGUMENTS)
    identifier = g.w.names.function() if g.choices.chance(0.5) else draw_name(g, "function")
    written = Function(g.block, max(arity, 1), depth, identifier)
    with g.writing(written) as block:
        result = g.expression(BOOL, "test", 1) if kind == BOOL else _with_all(g, g.expression(kind, "return", 0))
        if not written.parameters or not result.sources:
            return None
        if result.leaf and kind != BOOL:  # a function does more than to hand back what it gets
            result = g.w.expressions.grow_within(block, result, 1)
        g.w.emit(ast.Return(result.node))
    written.result = result
    annotated = spelled(kind.spelling) if g.choices.chance(0.6) else None
    g.w.functions.append(function(written.name, written.parameters, block.body, "func", annotated))
    gives = f"whether {result.words}" if kind == BOOL else result.words
    g.w.definitions.append(f"function {noun_of(written.name)} gives {gives}")
    g.w.features.add("function-call")
    g.functions.append(written)
    return written


def _called_again(g: Grammar, written: Function, depth: int) -> Expr | None:
    """Call a function with other arguments, each within the range of the one that it was written for."""
    arguments: list[Expr] = []
    for known in written.arguments:
        if known.type.name not in _USUAL or isinstance(known.node, ast.Constant):
            return None
        if _is_array(g, known):
            arguments.append(known)
            continue
        given: Expr | None = g.expression(known.type, "function-argument", depth)
        if given is not None and not given.interval.within(*known.interval):
            need = Need(*known.interval)
            given = conversions.within(g.choices, given, need) if isinstance(given.type, Scalar) else None
        if given is None:
            return None
        arguments.append(given)
    if all(given is known for given, known in zip(arguments, written.arguments, strict=True)):
        return None
    if any(a.type is b.type and same(a.node, b.node, g.known) for a, b in combinations(arguments, 2)):
        return None
    return _call(written, arguments)


def _is_array(g: Grammar, argument: Expr) -> bool:
    return isinstance(argument.node, ast.Name) and any(array.name == argument.node.id for array in g.arrays)


def _call(written: Function, arguments: list[Expr]) -> Expr:
    result = written.result
    if result is None:
        raise TypeError(f"{written.name} is not finished")
    sources = tuple(dict.fromkeys(source for argument in arguments for source in argument.sources))
    roots = frozenset[str]().union(*(argument.roots for argument in arguments))
    varying = result.varying or any(argument.varying for argument in arguments)
    words = _call_words(written, arguments, sources)
    node = call(name(written.name), *(argument.node for argument in arguments))
    infix = len(arguments) > 1 or arguments[0].infix
    return Expr(node, result.type, result.interval, words, sources, roots=roots, varying=varying, infix=infix)


def _call_words(written: Function, arguments: list[Expr], sources: tuple[str, ...]) -> str:
    """Return what a call gives in words: its arguments, or what they are made of where they take too many words."""
    given = listed([argument.operand_words for argument in arguments])
    if len(given) > LONGEST_WORDS and sources:
        given = f"{len(arguments)} values made of {_few(sources)}"
    noun = noun_of(written.name)
    if written.result is not None and written.result.type == BOOL:
        return f"{noun} holds for {given}"
    return f"what {noun} gives for {given}" if noun.split()[0] in _VERBS else f"{noun} of {given}"


_VERBS = frozenset({"accumulate", "activate", "add", "adjust", "apply", "blend", "collect", "compute", "evaluate",
                    "find", "gather", "get", "insert", "integrate", "load", "make", "measure", "mix", "mul",
                    "project", "push", "relax", "reserve", "sample", "scatter", "set", "smooth", "soften", "solve",
                    "store", "tie", "transform", "update", "wake", "warp", "weigh", "wrap", "write"})  # fmt: skip


def _with_all(g: Grammar, result: Expr) -> Expr:
    """Return the result with every parameter in it that the body has not read."""
    used = {node.id for node in ast.walk(result.node) if isinstance(node, ast.Name)}
    for value in list(g.block.values):
        if isinstance(value.expr.node, ast.Name) and value.expr.node.id not in used:
            part = g.w.expressions.to_type(g.block, value.expr, result.type)
            result = g.w.expressions.fold(g.block, result, part)
    return result


def _few(sources: tuple[str, ...]) -> str:
    return listed([*sources[:3], "more"] if len(sources) > 3 else sources)


def static(g: Grammar, wanted: ValueType | None, _depth: int) -> Expr | None:
    """Return an expression of constants that Warp evaluates when it compiles the kernel."""
    g.w.features.add("static")
    if wanted == BOOL:
        flag = leaves.module_flag(g)
        return Expr(call("static", flag.node), BOOL, flag.interval, flag.words, (), leaf=True, truth=1.0)
    if wanted not in (None, FLOAT32, INT32):
        return None
    first = leaves.module_constant(g, wanted, 0)
    if first is None:
        return None
    value, node, words = first.interval.high, first.node, first.words
    if first.type == FLOAT32 and g.choices.chance(0.4):
        factor = g.choices.pick((2.0, 0.5, 4.0, 0.25))
        value, node, words = (
            value * factor,
            ast.BinOp(node, ast.Mult(), ast.Constant(factor)),
            f"{words} times {factor:g}",
        )
    return Expr(call("static", node), first.type, Interval(value, value), words, (), leaf=True)
