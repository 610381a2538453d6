"""Idioms of structs that are read: nested, taken and returned by functions, chosen among, with array fields."""

import ast

from warpsmith.synth import inputs
from warpsmith.synth.expr import (
    LOAD,
    Expr,
    binary,
    call,
    comparison,
    leaf,
    listed,
    literal,
    made_of,
    name,
    spelled,
    subscript,
)
from warpsmith.synth.expr import function as function_node
from warpsmith.synth.families.idioms import Idiom, assign, define, formula, title, variable
from warpsmith.synth.families.layouts import Layout, array_of, define_layout, draw_types, local, parameter_of
from warpsmith.synth.families.numbers import draw_vector
from warpsmith.synth.inputs import natural_range
from warpsmith.synth.launch import ArrayArgument, Filling, StructArgument
from warpsmith.synth.names import Role
from warpsmith.synth.printing import text_of
from warpsmith.synth.scope import Value
from warpsmith.synth.types import Scalar, ValueType, Vector, is_float
from warpsmith.synth.writer import KernelWriter

_INNER = ("State", "Pose", "Motion", "Shape", "Limits", "Joint", "Bounds", "Surface", "Properties", "Spring")
_MADE = ("Summary", "Pair", "Result", "Hit", "Bounds", "Estimate", "Step", "Features", "Flux", "Moments")
_OWNERS = ("Field", "Data", "Grid", "Cloud", "System", "Mesh", "Buffers", "Store")


def write_nested(w: KernelWriter) -> str:
    """Read the fields of a struct inside of a struct."""
    inner = define_layout(w, w.names.one_of(_INNER), draw_types(w, (1, 2, 2)))
    field = inner.name.lower()
    others = ((field, name(inner.name), StructArgument(field, inner.name, (), inner.fillings)),)
    layout = define_layout(w, w.names.struct(), draw_types(w, (1, 1, 2)), others)
    owner, varying = _owner(w, layout)
    within: ast.expr = ast.Attribute(owner, field, LOAD)
    if w.choices.chance(0.3):
        within = local(w, inner, within)
    read = [*inner.fields(within, varying=varying), *layout.fields(owner, varying=varying)]
    _bring(w, read)
    return f"read {listed([one.words for one in read])} of {_article(layout.name)} and its {field}"


def write_taken(w: KernelWriter) -> str:
    """Call a function that takes a struct, and now and then a number."""
    layout = define_layout(w, w.names.struct(), draw_types(w))
    owner, varying = _owner(w, layout)
    label = w.choices.pick((layout.name.lower(), layout.name[0].lower(), "s"))
    extra = _spare(w)
    inside = [variable(one, expr) for one, expr in zip(("scale", "offset"), extra, strict=False)]
    result = formula(w, [*layout.fields(name(label), varying=varying), *inside], _result_type(w, layout), rich=0.7)
    identifier = w.names.function()
    parameters = [ast.arg(label, name(layout.name)), *_arguments(inside)]
    define(w, function_node(identifier, parameters, [ast.Return(result.node)], "func", _annotation(w, result.type)))
    w.definitions.append(f"here {title(identifier)} of {_article(layout.name)} is {result.words}")
    node = call(name(identifier), owner, *(expr.node for expr in extra))
    parts = [*layout.fields(owner, varying=varying), *extra]
    words = f"{title(identifier)} of the {layout.name.lower()}"
    value = w.define(w.names.one_of(_RESULTS), made_of(node, result.type, result.interval, words, parts))
    return f"let {value.expr.words} be {words}"


_RESULTS = ("value", "energy", "load", "score", "level", "amount", "measure", "share")


def write_returned(w: KernelWriter) -> str:
    """Call a function that makes a struct, and read the fields of what it returns."""
    given = [_given(w) for _ in range(w.choices.weighted((1, 2), (2, 3)))]
    labels = w.choices.pick((("x", "y"), ("a", "b"), ("p", "q"), ("u", "v")))
    inside = [variable(label, expr) for label, expr in zip(labels, given, strict=False)]
    layout, values = _computed(w, inside)
    identifier = w.names.one_of(tuple(f"{verb}_{layout.name.lower()}" for verb in ("make", "build", "compute", "init")))
    returns = name(layout.name) if w.choices.chance(0.7) else None
    body = _construction(w, layout, values)
    define(w, function_node(identifier, _arguments(inside), body, "func", returns))
    made = w.names.fresh(w.choices.pick((layout.name.lower(), layout.name[0].lower(), "made")))
    assign(w, name(made), call(name(identifier), *(expr.node for expr in given)))
    _read_back(w, name(made), layout, values, given)
    of = listed([expr.words for expr in given])
    fields = listed([f"{role.singular} is {value.words}" for role, value in zip(layout.roles, values, strict=True)])
    w.definitions.append(f"here {title(identifier)} of {listed(labels[: len(given)])} is a struct whose {fields}")
    return f"let {made} be what {title(identifier)} makes of {of}"


def write_built(w: KernelWriter) -> str:
    """Build a struct in the kernel itself, and read it back."""
    given = [_given(w) for _ in range(w.choices.weighted((1, 2, 3), (1, 3, 1)))]
    layout, values = _computed(w, given)
    made = w.names.fresh(w.choices.pick((layout.name.lower(), layout.name[0].lower(), "local")))
    if w.choices.chance(0.4):
        assign(w, name(made), _constructor(w, layout, values))
    else:
        assign(w, name(made), call(name(layout.name)))
        for role, value in zip(layout.roles, values, strict=True):
            assign(w, ast.Attribute(name(made), role.singular, LOAD), value.node)
    _read_back(w, name(made), layout, values, given)
    fields = listed([f"{role.singular} is {value.words}" for role, value in zip(layout.roles, values, strict=True)])
    return f"build a struct whose {fields}"


def write_array_fields(w: KernelWriter) -> str:
    """Read the thread's elements of arrays that are fields of a struct."""
    layout, roles, types = _with_arrays(w, w.threads.extents)
    owner = parameter_of(w, layout)
    elements = []
    for role, kind in zip(roles, types, strict=True):
        node = subscript(ast.Attribute(owner, role.plural, LOAD), w.index_nodes())
        elements.append(leaf(node, kind, natural_range(role, kind), role.noun, varying=True))
    _bring(w, [*elements, *layout.fields(owner, varying=False)])
    w.features.add("array-field")
    return f"read {listed([one.words for one in elements])} from the arrays of {owner.id}"


def write_selected(w: KernelWriter) -> str:
    """Choose one of two structs by a field of the first."""
    layout = define_layout(w, w.names.struct(), (w.precision, *draw_types(w, (1, 2))))
    first, second = array_of(w, layout, bind=1.0), array_of(w, layout, bind=1.0)
    decisive = [one.fields(owner, varying=True)[0] for one, owner in ((layout, first), (layout, second))]
    threshold = literal(round(sum(decisive[0].interval) / 2, 2), w.precision)
    if w.choices.chance(0.5):
        condition = comparison(decisive[0], ast.Lt(), decisive[1], "{0} of the first is below that of the second")
    else:
        condition = comparison(decisive[0], ast.Gt(), threshold, "{0} of the first exceeds {1}")
    chosen = w.names.one_of(("chosen", "nearest", "winner", "best", "picked"))
    if w.choices.chance(0.5):
        assign(w, name(chosen), call("where", condition.node, first, second))
    else:
        assign(w, name(chosen), ast.IfExp(condition.node, first, second))
    _bring(w, layout.fields(name(chosen), varying=True))
    return f"choose the first {layout.name.lower()} if {condition.words}, else the second"


def write_pair(w: KernelWriter) -> str:
    """Call a function of the thread's struct and its neighbour's."""
    layout = define_layout(w, w.names.struct(), draw_types(w))
    element = array_of(w, layout, bind=0.0)
    axis = w.choices.integer(0, w.threads.ndim - 1)
    index = w.index_nodes()[axis]
    further = binary(index, ast.Add(), ast.Constant(w.choices.integer(1, 3)))
    shifted = binary(further, ast.Mod(), w.thread_extent(axis))
    if not isinstance(element, ast.Subscript):
        raise TypeError("an element of an array is read by its index")
    nodes = [shifted if k == axis else node for k, node in enumerate(w.index_nodes())]
    neighbour = subscript(element.value, nodes)
    labels = w.choices.pick((("a", "b"), ("p", "q"), ("left", "right"), ("s0", "s1")))
    inside = [one for label in labels for one in layout.fields(name(label), varying=True, of=f" of {label}")]
    result = formula(w, inside, w.precision)
    identifier = w.names.function()
    define(
        w,
        function_node(
            identifier,
            [ast.arg(label, name(layout.name)) for label in labels],
            [ast.Return(result.node)],
            "func",
            _annotation(w, result.type),
        ),
    )
    w.definitions.append(f"here {title(identifier)} of {listed(labels)} is {result.words}")
    words = f"{title(identifier)} of the {layout.name.lower()} and the next one"
    parts = layout.fields(element, varying=True)
    node = call(name(identifier), element, neighbour)
    value = w.define(w.names.one_of(_RESULTS), made_of(node, result.type, result.interval, words, parts))
    return f"let {value.expr.words} be {words}"


def _owner(w: KernelWriter, layout: Layout) -> tuple[ast.expr, bool]:
    """Return how the thread's struct is read, or that of all threads, and whether it is the thread's own."""
    varies = any(value.expr.varying for value in w.block.visible())
    if not varies or w.choices.chance(0.75):
        return array_of(w, layout), True
    return parameter_of(w, layout), False


def _bring(w: KernelWriter, read: list[Expr]) -> None:
    for one in read:
        w.block.add(Value(one))


def _given(w: KernelWriter) -> Expr:
    """Return something to compute with: what is unread, or an element of a new array."""
    unread = [value for value in w.block.open() if value.type.spelling != "bool"]
    if unread and w.choices.chance(0.7):
        return w.block.read(w.choices.pick(unread))
    kind = w.precision if w.choices.chance(0.7) else draw_vector(w)
    return w.block.read(inputs.array(w, kind))


def _computed(w: KernelWriter, given: list[Expr]) -> tuple[Layout, list[Expr]]:
    """Define a struct for one to three values that are computed of what is given; all that is given is used."""
    types: list[ValueType] = []
    values: list[Expr] = []
    for _ in range(w.choices.weighted((1, 2, 3), (1, 5, 2))):
        kind: ValueType = w.choices.pick(given).type if w.choices.chance(0.6) else w.precision
        used = given if not values else [w.choices.pick(given)]
        types.append(kind)
        values.append(formula(w, used, kind))
    return define_layout(w, w.names.one_of(_MADE), types), values


def _construction(w: KernelWriter, layout: Layout, values: list[Expr]) -> list[ast.stmt]:
    """Return statements that make a struct of values and return it."""
    if w.choices.chance(0.4):
        return [ast.Return(_constructor(w, layout, values))]
    label = w.choices.pick((layout.name.lower(), "s", "out", "result"))
    body: list[ast.stmt] = [ast.Assign([ast.Name(label, ast.Store())], call(name(layout.name)), lineno=0)]
    for role, value in zip(layout.roles, values, strict=True):
        body.append(ast.Assign([ast.Attribute(name(label), role.singular, ast.Store())], value.node, lineno=0))
    return [*body, ast.Return(name(label))]


def _constructor(w: KernelWriter, layout: Layout, values: list[Expr]) -> ast.Call:
    """Return ``Struct(x, y)`` or ``Struct(a=x, b=y)``."""
    if w.choices.chance(0.5):
        return call(name(layout.name), *(value.node for value in values))
    node = call(name(layout.name))
    node.keywords = [ast.keyword(role.singular, value.node) for role, value in zip(layout.roles, values, strict=True)]
    return node


def _read_back(w: KernelWriter, made: ast.expr, layout: Layout, values: list[Expr], given: list[Expr]) -> None:
    roots = given[0].roots.union(*[expr.roots for expr in given])
    varying = any(expr.varying for expr in given)
    for role, value in zip(layout.roles, values, strict=True):
        node = ast.Attribute(made, role.singular, LOAD)
        read = leaf(node, value.type, value.interval, f"its {title(role.singular)}", varying=varying, roots=roots)
        w.block.add(Value(read))


def _spare(w: KernelWriter) -> list[Expr]:
    unread = [value for value in w.block.open() if isinstance(value.type, Scalar) and is_float(value.type)]
    return [w.block.read(w.choices.pick(unread))] if unread and w.choices.chance(0.7) else []


def _result_type(w: KernelWriter, layout: Layout) -> ValueType:
    kinds = [kind for kind in layout.types if isinstance(kind, Scalar | Vector) and is_float(kind)]
    return w.choices.pick(kinds) if kinds and w.choices.chance(0.6) else w.precision


def _arguments(parameters: list[Expr]) -> list[ast.arg]:
    return [ast.arg(text_of(one.node), spelled(one.type.spelling)) for one in parameters]


def _annotation(w: KernelWriter, value_type: ValueType) -> ast.expr | None:
    return spelled(value_type.spelling) if w.choices.chance(0.6) else None


def _with_arrays(w: KernelWriter, shape: tuple[int, ...]) -> tuple[Layout, list[Role], list[ValueType]]:
    """Define a struct with arrays of a shape as fields, and now and then with a number."""
    roles: list[Role] = []
    types: list[ValueType] = []
    others = []
    for _ in range(w.choices.weighted((1, 2, 3), (2, 3, 1))):
        options: tuple[ValueType, ...] = (w.precision, draw_vector(w), w.integer)
        kind = w.choices.weighted(options, (4, 3, 1))
        role = w.names.array(kind)
        annotation = w.array_annotation(spelled(kind.spelling), len(shape))
        filling = Filling(kind.name, *natural_range(role, kind))
        others.append((role.plural, annotation, ArrayArgument(role.plural, shape, filling)))
        roles.append(role)
        types.append(kind)
    plain = (w.precision,) if w.choices.chance(0.4) else ()
    return define_layout(w, w.names.one_of(_OWNERS), plain, others), roles, types


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'AEIOU' else 'a'} {noun.lower()}"


IDIOMS = (
    Idiom("nested-struct", 5, write_nested, 1.5),
    Idiom("struct-argument", 7, write_taken, 1.5),
    Idiom("struct-result", 9, write_returned, 1.2),
    Idiom("struct-built", 6, write_built),
    Idiom("array-fields", 4, write_array_fields, 1.2),
    Idiom("struct-selected", 8, write_selected, 0.7),
    Idiom("struct-pair", 9, write_pair),
)
