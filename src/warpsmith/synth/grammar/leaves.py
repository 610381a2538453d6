"""Values that stand for themselves: variables, parameters, constants, numbers, components of vectors."""

import ast
from typing import Any

from warpsmith.synth.expr import LOAD, Expr, call, leaf, literal, literal_node, made_of, name, spelled, subscript
from warpsmith.synth.grammar.nouns import draw_name, draw_range, known_type, noun_of
from warpsmith.synth.grammar.sameness import Known, same
from warpsmith.synth.grammar.state import Function, Grammar
from warpsmith.synth.inputs import sample
from warpsmith.synth.interval import Interval
from warpsmith.synth.launch import ScalarArgument
from warpsmith.synth.scope import Value
from warpsmith.synth.types import (
    BOOL,
    FLOAT32,
    INT32,
    Matrix,
    Quaternion,
    Scalar,
    ValueType,
    Vector,
    is_float,
    vector,
)

_AXES = "xyzw"
# what a variable that nothing has read yet is preferred by
_UNREAD_FIRST = 0.85
# how often a number is a parameter instead while the kernel should still get parameters
_NAMED_NUMBER = 0.4
_LARGEST_LITERAL = 100.0
_SMALLEST_LITERAL = 0.009


def local(g: Grammar, wanted: ValueType | None, _depth: int) -> Expr | None:
    """Return a variable, one that nothing has read yet where there is one."""
    known = g.named(wanted)
    if g.function is not None:
        known = [value for value in known if value in g.block.values]
    if not known:
        return None
    unread = g.unread(known)
    if unread and g.choices.chance(_UNREAD_FIRST):
        return g.block.read(g.choices.pick(unread))
    varying = [value for value in known if value.expr.varying]
    return g.block.read(g.choices.pick(varying if varying and g.choices.chance(0.7) else known))


def parameter(g: Grammar, wanted: ValueType | None, _depth: int) -> Expr | None:
    """Return a parameter that is the same for all threads, a new one where there is room for it."""
    if g.function is not None:
        return function_parameter(g, wanted)
    parameters = {parameter.name for parameter in g.w.parameters}
    known = [v for v in g.named(wanted) if v.expr.node.id in parameters]  # type: ignore[attr-defined]
    if known and (g.room_for_values <= 0 or g.choices.chance(0.3)):
        return g.block.read(g.choices.pick(known))
    kind = wanted or known_type(g.draw("types", "parameter")) or FLOAT32
    return None if g.room_for_values <= 0 or kind == BOOL else new_parameter(g, kind)


def new_parameter(g: Grammar, kind: ValueType) -> Expr:
    """Add a parameter to the kernel and return it."""
    identifier = draw_name(g, "parameter", kind)
    interval, _ = draw_range(g, kind)
    if isinstance(kind, Scalar) and interval.low <= 0.0 < interval.high:
        interval = Interval(0.1 if is_float(kind) else 1.0, interval.high)
    varied = (interval.low, interval.high) if isinstance(kind, Scalar) else None
    argument = ScalarArgument(identifier, kind.name, sample(g.w, kind, interval), varied)
    g.add_value(identifier, spelled(kind.spelling), argument)
    g.w.features.add("parameter")
    value = g.root.add(Value(leaf(name(identifier), kind, interval, f"the {noun_of(identifier)}")), pending=False)
    return value.expr


def function_parameter(g: Grammar, wanted: ValueType | None) -> Expr | None:
    """Return a parameter of the function being written; its argument is drawn where the function is called."""
    function = g.function
    if function is None:
        return None
    known = [value for value in g.block.values if wanted in (None, value.type)]
    if known and (len(function.parameters) >= function.arity or g.choices.chance(0.3)):
        return g.block.read(g.choices.pick(known))
    if len(function.parameters) >= function.arity + 2:
        return None
    with g.calling():
        argument = g.expression(wanted, "function-argument", function.depth + 1)
    given = given_already(g, function, argument, {})
    if given is not None:
        return g.block.read(given)
    return None if given_already(g, function, argument, g.known) else add_function_parameter(g, argument)


def given_already(g: Grammar, function: Function, argument: Expr, held: Known) -> Value | None:
    """Return the parameter that has the same argument, where there is one."""
    values = {value.expr.node.id: value for value in g.block.values if isinstance(value.expr.node, ast.Name)}
    for parameter, known in zip(function.parameters, function.arguments, strict=True):
        if known.type is argument.type and parameter.arg in values and same(known.node, argument.node, held):
            return values[parameter.arg]
    return None


def add_function_parameter(g: Grammar, argument: Expr, identifier: str = "") -> Expr:
    """Add a parameter with its argument to the function being written and return it as the function sees it."""
    function = g.function
    if function is None:
        raise TypeError("no function is being written")
    identifier = g.w.names.fresh(identifier) if identifier else draw_name(g, "parameter", argument.type)
    function.parameters.append(ast.arg(identifier, spelled(argument.type.spelling)))
    function.arguments.append(argument)
    inner = leaf(name(identifier), argument.type, argument.interval, noun_of(identifier), varying=argument.varying)
    return g.block.add(Value(inner), pending=False).expr


def constant(g: Grammar, wanted: ValueType | None, _depth: int) -> Expr | None:
    """Return pi or a part of it, as Warp has it."""
    if wanted not in (None, FLOAT32):
        return None
    identifier, value = g.choices.pick((("pi", 3.141593), ("tau", 6.283185), ("half_pi", 1.570796), ("e", 2.718282)))
    node = ast.Attribute(name("wp"), identifier, LOAD)
    return Expr(node, FLOAT32, Interval(value, value), identifier, (), leaf=True, affine={})


def module_constant(g: Grammar, wanted: ValueType | None, _depth: int) -> Expr | None:
    """Return a constant of the module, a new one or one that is there."""
    kind = wanted or g.choices.weighted((FLOAT32, INT32), (2.0, 1.0))
    if kind not in (FLOAT32, INT32) or not isinstance(kind, Scalar):
        return None
    known = [value for value in g.constants if value.type is kind]
    if known and g.choices.chance(0.5):
        return g.choices.pick(known).expr
    return new_constant(g, _number(g, kind), kind)


def new_constant(g: Grammar, value: float, kind: Scalar) -> Expr:
    """Add a constant to the module and return it."""
    identifier = draw_name(g, "constant")
    written = literal_node(value, kind)
    plain = g.choices.chance(0.5)
    g.w.preamble.append(_defined(identifier, written if plain else call("constant", written)))
    expr = Expr(name(identifier), kind, Interval(value, value), noun_of(identifier).lower(), (), leaf=True)
    g.constants.append(Value(expr))
    g.w.features.add("module-constant")
    return expr


def _defined(identifier: str, value: ast.expr) -> ast.Assign:
    return ast.Assign([ast.Name(identifier, ast.Store())], value, lineno=0)


def module_flag(g: Grammar) -> Expr:
    """Return a constant of the module that says whether something is done: it is."""
    identifier = draw_name(g, "constant")
    g.w.preamble.append(_defined(identifier, ast.Constant(True)))
    g.w.features.add("module-constant")
    return Expr(name(identifier), BOOL, Interval(1.0, 1.0), f"{noun_of(identifier).lower()} is set", (), leaf=True)


def number(g: Grammar, wanted: ValueType | None, _depth: int) -> Expr | None:
    """Return a number as people write it."""
    kind = wanted if wanted is not None else FLOAT32
    if not isinstance(kind, Scalar) or kind == BOOL:
        return None
    if g.function is None and g.room_for_values > 0 and g.choices.chance(_NAMED_NUMBER):
        return new_parameter(g, kind)
    return literal(_number(g, kind), kind)


def _number(g: Grammar, kind: Scalar) -> float:
    row = g.manner.row("literals", "float" if is_float(kind) else "int")
    for _ in range(4 if row else 0):
        value = abs(float(row.draw(g.choices)))
        if _SMALLEST_LITERAL <= value <= min(_LARGEST_LITERAL, kind.limit / 10):
            return value
    return g.choices.pick((0.5, 2.0, 0.25, 1.5)) if is_float(kind) else float(g.choices.integer(2, 5))


def component(g: Grammar, wanted: ValueType | None, _depth: int) -> Expr | None:
    """Return a component of a vector, a quaternion or a matrix by its index."""
    value = _composite(g, wanted) or _hoisted(g, wanted)
    if value is None:
        return None
    expr = g.block.read(value)
    match value.type:
        case Matrix(size=size) if isinstance(wanted, Vector):
            row = g.choices.integer(0, size - 1)
            return _part(expr, subscript(expr.node, [ast.Constant(row)]), wanted, f"row {row} of {{0}}")
        case Matrix(size=size):
            row, column = (g.choices.integer(0, size - 1) for _ in range(2))
            node = subscript(expr.node, [ast.Constant(row), ast.Constant(column)])
            return _part(expr, node, value.type.scalar, f"element ({row}, {column}) of {{0}}")
    count = value.type.length if isinstance(value.type, Vector) else 4
    place = _varying_place(g, expr, count)
    scalar = value.type.scalar if isinstance(value.type, Vector | Quaternion) else FLOAT32
    return _part(expr, subscript(expr.node, [ast.Constant(place)]), scalar, f"component {place} of {{0}}")


def axis(g: Grammar, wanted: ValueType | None, _depth: int) -> Expr | None:
    """Return a component of a vector by its letter."""
    known = [v for v in g.named(None) if isinstance(v.type, Vector) and v.type.length <= 4]
    known = [v for v in known if wanted in (None, v.type.scalar)]  # type: ignore[union-attr]
    value = _preferred(g, known)
    if value is None or not isinstance(value.type, Vector):
        return None
    expr = g.block.read(value)
    letter = _AXES[_varying_place(g, expr, value.type.length)]
    return _part(expr, ast.Attribute(expr.node, letter, LOAD), value.type.scalar, f"the {letter} component of {{0}}")


def _varying_place(g: Grammar, expr: Expr, count: int) -> int:
    """Return the place of a component that is not always the same number, where there is one."""
    places = [place for place in range(count) if place not in expr.fixed]
    return g.choices.pick(places or range(count))


def _composite(g: Grammar, wanted: ValueType | None) -> Value | None:
    """Return a value with components of a type."""
    if isinstance(wanted, Vector):
        rows = [v for v in g.named(None) if isinstance(v.type, Matrix)]
        return _preferred(g, [v for v in rows if vector(v.type.size, v.type.scalar) is wanted])  # type: ignore[union-attr]
    known = [v for v in g.named(None) if isinstance(v.type, Vector | Matrix | Quaternion)]
    return _preferred(g, [v for v in known if wanted in (None, v.type.scalar)])  # type: ignore[union-attr]


def _hoisted(g: Grammar, wanted: ValueType | None) -> Value | None:
    """Read an element that has components into a variable, in a statement before the one that is being written."""
    if g.function is not None or wanted not in (None, FLOAT32):
        return None
    kinds = [kind for kind in map(known_type, g.manner.row("types", "element").options) if isinstance(kind, Vector)]
    kinds = [kind for kind in kinds if kind.scalar is FLOAT32]
    whole = g.attempt("element", g.choices.pick(kinds), 0) if kinds else None
    if whole is None:
        return None
    value = g.define(draw_name(g, "variable:element"), whole)
    g.said.append(f"let {value.expr.words} be {whole.words}")
    return value


def _preferred(g: Grammar, known: list[Value]) -> Value | None:
    if not known:
        return None
    unread = g.unread(known)
    return g.choices.pick(unread if unread and g.choices.chance(_UNREAD_FIRST) else known)


def _part(expr: Expr, node: ast.expr, kind: ValueType, words: str) -> Expr:
    part = made_of(node, kind, expr.interval, words, [expr])
    noun = part.words
    return part._replace(leaf=True, affine={noun: 1.0}, roots=expr.roots)


def member(g: Grammar, wanted: ValueType | None, _depth: int) -> Expr | None:
    """Return a member of an enumeration of the module."""
    if wanted not in (None, INT32):
        return None
    if g.members and g.choices.chance(0.7):
        return g.choices.pick(g.members).expr
    if g.members:
        return None
    identifier = g.w.names.one_of(("Kind", "Mode", "State", "Flag", "Shape", "Phase", "Material", "JointKind"))
    names = g.choices.pick((("NONE", "FREE", "FIXED"), ("FREE", "BALL", "SLIDE", "HINGE"), ("OFF", "LOW", "HIGH")))
    body: list[ast.stmt] = [_defined(word, ast.Constant(value)) for value, word in enumerate(names)]
    imported = ast.ImportFrom("enum", [ast.alias("IntEnum")], 0)
    definition = ast.ClassDef(identifier, [name("IntEnum")], [], body, [], **_NO_TYPE_PARAMETERS)
    g.w.preamble += [imported, definition]
    for value, word in enumerate(names):
        node = ast.Attribute(name(identifier), word, LOAD)
        words = f"{noun_of(word).lower()}"
        g.members.append(Value(Expr(node, INT32, Interval(value, value), words, (), leaf=True, affine={})))
    g.w.features.add("enumeration")
    return g.choices.pick(g.members).expr


_NO_TYPE_PARAMETERS: dict[str, Any] = {"type_params": []}
