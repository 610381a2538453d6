"""What is read at an index: elements of arrays, their components, fields of structs, extents of arrays."""

import ast

from warpsmith.synth.expr import LOAD, Expr, leaf, made_of, name, spelled, subscript
from warpsmith.synth.grammar.indices import Index, indices
from warpsmith.synth.grammar.leaves import add_function_parameter, given_already
from warpsmith.synth.grammar.nouns import draw_name, draw_range, known_type, noun_of
from warpsmith.synth.grammar.state import ArrayInput, Function, Grammar, StructInput
from warpsmith.synth.interval import Interval
from warpsmith.synth.launch import ArrayArgument, Filling
from warpsmith.synth.types import BOOL, FLOAT32, INT32, Matrix, Quaternion, Scalar, ValueType, Vector
from warpsmith.synth.writer import Parameter

_RANKS = frozenset("1234")
_LONGEST_SHAPE = 96.0


def element(g: Grammar, wanted: ValueType | None, _depth: int) -> Expr | None:
    """Return an element of an array, a new array where there is room for one."""
    if g.function is not None:
        return _element_in_function(g, wanted)
    kind = wanted or known_type(g.draw("types", "element")) or FLOAT32
    if wanted is None and kind == BOOL:
        return None
    array = _array(g, kind)
    return None if array is None else read(g, array)


def read(g: Grammar, array: ArrayInput) -> Expr:
    """Return an element of an array, and note how far its index reaches."""
    place = indices(g, array)
    return _read_at(array, name(array.name), place)


def _read_at(array: ArrayInput, owner: ast.expr, place: list[Index]) -> Expr:
    for axis, index in enumerate(place):
        array.extents[axis] = max(array.extents[axis], index.high + 1)
    array.own_only = array.own_only and all(index.own for index in place)
    where = ", ".join(index.words for index in place)
    words = array.noun if array.own_only else f"{array.noun} at {where}"
    node = subscript(owner, [index.node for index in place])
    read_there = leaf(node, array.type, array.interval, words, varying=True, known_as=f"{array.name}[{where}]")
    # "the mass at i plus 1" must not go on with "minus c"
    goes_on = not array.own_only and not isinstance(place[-1].node, ast.Name | ast.Constant)
    return read_there._replace(infix=True) if goes_on else read_there


def _array(g: Grammar, kind: ValueType) -> ArrayInput | None:
    """Return an array of a type to read from: one that is there, or a new one."""
    known = [array for array in g.arrays if array.type is kind and not array.stored]
    if known and (g.room_for_arrays <= 1 or g.choices.chance(0.25)):
        return g.choices.pick(known)
    if g.room_for_arrays <= (-1 if isinstance(kind, Scalar | Vector) else -4):
        return None
    return new_array(g, kind)


def new_array(g: Grammar, kind: ValueType) -> ArrayInput:
    """Add an array that the kernel reads."""
    identifier = draw_name(g, "element", kind)
    rank = int(g.draw("ranks", str(len(g.threads)), _RANKS) or "1")
    interval, form = draw_range(g, kind)
    array = ArrayInput(identifier, kind, f"the {noun_of(identifier)}", interval, form, [1] * rank)
    g.arrays.append(array)
    annotation = g.w.array_annotation(spelled(kind.spelling), rank)
    g.w.add_parameter(Parameter(identifier, annotation, argument_of(array)))
    g.w.features.add(f"array-{rank}d")
    return array


def argument_of(array: ArrayInput) -> ArrayArgument:
    """Return the argument of an array as far as its extents are known."""
    filling = Filling(array.type.name, array.interval.low, array.interval.high, array.form)
    return ArrayArgument(array.name, tuple(array.extents), filling)


def _element_in_function(g: Grammar, wanted: ValueType | None) -> Expr | None:
    """Return an element of an array that the function gets with the index as arguments."""
    function = g.function
    if function is None or len(function.parameters) + 2 > function.arity:
        return None
    with g.calling():
        kind = wanted or known_type(g.draw("types", "element")) or FLOAT32
        array = _array(g, kind) if kind != BOOL or wanted == BOOL else None
        if array is None:
            return None
        place = indices(g, array)
    inner: list[Index] = []
    for index in place:
        if isinstance(index.node, ast.Constant):
            inner.append(index)
            continue
        given = Expr(index.node, INT32, Interval(0.0, float(index.high)), index.words, (), leaf=True)
        known = given_already(g, function, given, {})
        letter = "i" if len(place) == 1 else ("i", "j", "k", "l")[len(inner)]
        passed = known.expr if known is not None else add_function_parameter(g, given, letter)
        inner.append(index._replace(node=passed.node, words=passed.words))
    own = all(index.own for index in place)
    return _read_at(array, name(_array_parameter(g, function, array)), [index._replace(own=own) for index in inner])


def _array_parameter(g: Grammar, function: Function, array: ArrayInput) -> str:
    """Return the parameter of a function that is an array of the kernel, made when it is first read."""
    for parameter, known in zip(function.parameters, function.arguments, strict=True):
        if isinstance(known.node, ast.Name) and known.node.id == array.name:
            return parameter.arg
    identifier = g.w.names.fresh(array.name)
    annotation = g.w.array_annotation(spelled(array.type.spelling), len(array.extents))
    function.parameters.append(ast.arg(identifier, annotation))
    function.arguments.append(Expr(name(array.name), array.type, array.interval, array.noun, (array.noun,), leaf=True))
    return identifier


def element_component(g: Grammar, wanted: ValueType | None, depth: int) -> Expr | None:
    """Return a component of an element that is a vector."""
    if not isinstance(wanted, Scalar | None) or (wanted is not None and wanted != FLOAT32):
        return None
    known = [v for v in g.manner.row("types", "element").options if isinstance(known_type(v), Vector | Quaternion)]
    kinds = [kind for kind in map(known_type, known) if kind is not None and kind.name.endswith("f")]
    if not kinds:
        return None
    whole = element(g, g.choices.pick(kinds), depth)
    if whole is None or not isinstance(whole.type, Vector | Quaternion):
        return None
    place = g.choices.integer(0, (whole.type.length if isinstance(whole.type, Vector) else 4) - 1)
    node = subscript(whole.node, [ast.Constant(place)])
    part = made_of(node, FLOAT32, whole.interval, f"component {place} of {{0}}", [whole])
    return part._replace(leaf=True, affine={part.words: 1.0})


def field(g: Grammar, wanted: ValueType | None, _depth: int) -> Expr | None:
    """Return a field of a struct that is the same for all threads."""
    kind = wanted or known_type(g.draw("types", "parameter")) or FLOAT32
    if isinstance(kind, Matrix) or kind == BOOL:
        return None
    struct = _struct(g)
    if struct is None:
        return None
    known = [f for f, (type_, _, _) in struct.fields.items() if type_ is kind]
    identifier = g.choices.pick(known) if known and g.choices.chance(0.5) else _new_field(g, struct, kind)
    node = ast.Attribute(name(struct.name), identifier, LOAD)
    _, interval, _ = struct.fields[identifier]
    words = f"the {noun_of(identifier)}"
    return leaf(node, kind, interval, words)


def _struct(g: Grammar) -> StructInput | None:
    if g.structs:
        return g.structs[0]
    if g.room_for_values <= 0:
        return None
    type_name = g.w.names.parameter_struct()
    identifier = g.w.names.fresh(g.choices.pick(("params", "model", "state", "settings", type_name.lower())))
    struct = StructInput(identifier, type_name)
    g.structs.append(struct)
    placeholder = ArrayArgument(identifier, (), Filling("float32", 0.0, 1.0))
    g.add_value(identifier, name(type_name), placeholder)
    g.w.features.update(("struct", "struct-parameter"))
    return struct


def _new_field(g: Grammar, struct: StructInput, kind: ValueType) -> str:
    row = g.manner.row("names", "field")
    wanted = row.draw(g.choices) if row else "value"
    identifier, number = wanted, 1
    while identifier in struct.fields or len(identifier) == 1:
        number += 1
        identifier = f"{wanted}{number}"
    interval, form = draw_range(g, kind)
    struct.fields[identifier] = (kind, interval, form)
    return identifier


def shape(g: Grammar, wanted: ValueType | None, _depth: int) -> Expr | None:
    """Return the extent of an array along an axis."""
    if wanted not in (None, INT32) or not g.arrays:
        return None
    array = g.choices.pick(g.arrays)
    axis = g.choices.integer(0, len(array.extents) - 1)
    node = extent(array, axis)
    words = f"the number of {noun_of(array.name)}"
    return Expr(node, INT32, Interval(1.0, _LONGEST_SHAPE), words, (), leaf=True)


def extent(array: ArrayInput, axis: int) -> ast.expr:
    """Return ``array.shape[axis]``."""
    return subscript(ast.Attribute(name(array.name), "shape", LOAD), [ast.Constant(axis)])
