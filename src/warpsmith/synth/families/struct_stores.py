"""Idioms of structs that are written to: updated copies, arrays of results, accumulators, components of fields."""

import ast

from warpsmith.synth import inputs
from warpsmith.synth.expr import LOAD, Expr, call, leaf, listed, literal, name, spelled, struct, subscript
from warpsmith.synth.families.idioms import Idiom, assign, augment, formula, title
from warpsmith.synth.families.layouts import Layout, array_of, cleared, define_layout, draw_types
from warpsmith.synth.families.numbers import draw_vector
from warpsmith.synth.interval import Interval
from warpsmith.synth.launch import StructArgument
from warpsmith.synth.names import Role
from warpsmith.synth.scope import Value
from warpsmith.synth.types import FLOAT32, INT32, Scalar, ValueType
from warpsmith.synth.writer import KernelWriter, Parameter

_AXES = "xyzw"
_DELTAS = (("+=", ast.Add(), "add {0} to"), ("-=", ast.Sub(), "subtract {0} from"))


def write_updated(w: KernelWriter) -> str:
    """Change fields of a copy of the thread's struct; some write the copy to another array."""
    types = draw_types(w, (2, 3))
    layout = define_layout(w, w.names.struct(), types)
    owner = array_of(w, layout, bind=1.0)
    fields = layout.fields(owner, varying=True)
    words = []
    for place in range(w.choices.weighted((1, 2), (3, 1))):
        fields[place], said = _changed(w, fields, place)
        words.append(said)
    if w.choices.chance(0.4):
        output = _output(w, layout)
        assign(w, subscript(name(output), w.index_nodes()), owner)
        words.append(f"write the struct to {output}")
    for one in fields:
        w.block.add(Value(one))
    return listed(words)


def _changed(w: KernelWriter, fields: list[Expr], place: int) -> tuple[Expr, str]:
    """Change one field by the others; return it as it is then, and the words."""
    old = fields[place]
    others = [one for k, one in enumerate(fields) if k != place]
    change = formula(w, [w.choices.pick(others)], old.type)
    kind = old.type if isinstance(old.type, Scalar) else old.type.scalar
    symbol, operator, words = w.choices.pick(_DELTAS)
    reached = old.interval.add(change.interval) if symbol == "+=" else old.interval.subtract(change.interval)
    if kind.kind == "uint" or not reached.within(kind.lowest, kind.limit):
        assign(w, old.node, change.node)
        return _renewed(old, change), f"set {old.words} to {change.words}"
    if w.choices.chance(0.6):
        augment(w, old.node, operator, change.node)
    else:
        assign(w, old.node, ast.BinOp(old.node, operator, change.node))
    new = leaf(old.node, old.type, reached, f"the new {old.words.removeprefix('the ')}", varying=True)
    return new, f"{words.format(change.words)} {old.words}"


def _renewed(old: Expr, change: Expr) -> Expr:
    noun = f"the new {old.words.removeprefix('the ')}"
    return leaf(old.node, old.type, change.interval, noun, varying=True, roots=change.roots)


def _output(w: KernelWriter, layout: Layout) -> str:
    """Add an array of structs that the kernel writes to."""
    identifier = w.names.output()
    argument = StructArgument(identifier, layout.name, w.threads.extents, cleared(layout))
    annotation = w.array_annotation(name(layout.name), w.threads.ndim)
    w.add_parameter(Parameter(identifier, annotation, argument, output=True))
    w.features.add("struct-output")
    return identifier


def write_stored(w: KernelWriter) -> str:
    """Store computed values in fields of the thread's struct of an output array."""
    kind = w.precision if w.choices.chance(0.5) else draw_vector(w)
    inputs.array(w, kind)
    if w.choices.chance(0.6):
        inputs.array(w, w.precision if w.choices.chance(0.5) else kind)
    given = [value.expr for value in w.block.open()]
    types = [w.choices.pick(given).type for _ in range(w.choices.weighted((1, 2, 3), (2, 3, 1)))]
    layout = define_layout(w, w.names.struct(), types)
    output = _output(w, layout)
    words = []
    for role, value_type in zip(layout.roles, layout.types, strict=True):
        value = formula(w, [w.choices.pick(given)], value_type)
        place = ast.Attribute(subscript(name(output), w.index_nodes()), role.singular, LOAD)
        assign(w, place, value.node)
        words.append(f"{title(role.singular)} of {output} to {value.words}")
    return f"set {listed(words)}"


def write_accumulated(w: KernelWriter) -> str:
    """Gather totals, extremes and counts of a series in the fields of one struct."""
    trips = w.choices.pick((3, 4, 5, 6, 8))
    scalar = w.precision if w.precision.bits >= 32 else FLOAT32
    wanted = [("total", "+"), ("low", "min"), ("high", "max"), ("count", "n"), ("square_sum", "sq")]
    kept = [wanted[0]] if w.choices.chance(0.7) else []
    kept += [one for one in wanted[1:] if w.choices.chance(0.4)]
    kept = kept or wanted[2:3]
    identifier = w.names.one_of(("Stats", "Totals", "Summary", "Tally", "Accumulator", "Range"))
    types: list[ValueType] = [INT32 if how == "n" else scalar for _, how in kept]
    roles = tuple(Role("", field, f"the {title(field)}", 0.0, 0.0) for field, _ in kept)
    layout = Layout(identifier, roles, tuple(types))
    w.preamble.append(_definition(layout))
    made = w.names.fresh(w.choices.pick((identifier.lower(), "acc", "s")))
    assign(w, name(made), call(name(identifier)))
    counter = w.names.one_of(("j", "k", "m", "step"))
    child = w.block.child(trips=trips, in_loop=True)
    with w.inside(child):
        element = inputs.along(w, scalar, counter, trips)
        item = w.names.one_of(("v", "item", "entry", "x_k"))
        value = w.define(item, w.expressions.grow_within(child, child.read(element), w.choices.integer(0, 1)))
        for field, how in kept:
            _take_in(w, ast.Attribute(name(made), field, LOAD), how, value.expr)
    limit = ast.Constant(trips)
    w.write("for k in range(n):\n    BODY", k=counter, n=limit, BODY=child)
    for (field, how), kind in zip(kept, types, strict=True):
        node = ast.Attribute(name(made), field, LOAD)
        interval = _gathered(how, value.expr.interval, trips)
        w.block.add(Value(leaf(node, kind, interval, f"the {title(field)}", varying=True)))
    w.features.add("struct")
    return f"gather {listed([title(field) for field, _ in kept])} of {value.expr.words} over {trips} steps in {made}"


def _definition(layout: Layout) -> ast.stmt:
    fields = [(role.singular, spelled(kind.spelling)) for role, kind in zip(layout.roles, layout.types, strict=True)]
    return struct(layout.name, fields)


def _take_in(w: KernelWriter, place: ast.Attribute, how: str, value: Expr) -> None:
    match how:
        case "+":
            augment(w, place, ast.Add(), value.node)
        case "sq":
            augment(w, place, ast.Add(), ast.BinOp(value.node, ast.Mult(), value.node))
        case "n":
            threshold = literal(float(f"{sum(value.interval) / 2:.2g}"), FLOAT32).node
            if isinstance(value.type, Scalar):
                threshold = literal(float(f"{sum(value.interval) / 2:.2g}"), value.type).node
            test = ast.Compare(value.node, [ast.Gt()], [threshold])
            with w.inside(w.block.child()) as suite:
                augment(w, place, ast.Add(), ast.Constant(1))
            w.emit_block(ast.If(test, suite.body, []))
        case _:
            assign(w, place, call(how, place, value.node))


def _gathered(how: str, value: Interval, trips: int) -> Interval:
    zero = Interval(0.0, 0.0)
    match how:
        case "+":
            return value.hull(zero).scale(trips)
        case "sq":
            return Interval(0.0, value.magnitude**2 * trips)
        case "n":
            return Interval(0.0, float(trips))
    return value.hull(zero)


def write_components(w: KernelWriter) -> str:
    """Read and write components of a vector that is a field of a struct."""
    vector = draw_vector(w)
    layout = define_layout(w, w.names.struct(), (vector, *draw_types(w, (1, 1, 2))))
    owner = array_of(w, layout, bind=0.5)
    fields = layout.fields(owner, varying=True)
    place = w.choices.integer(0, vector.length - 1)
    component = _component(w, fields[0].node, place)
    read = leaf(component, vector.scalar, fields[0].interval, f"the {_AXES[place]} of {fields[0].words}", varying=True)
    if not isinstance(owner, ast.Name) or w.choices.chance(0.4):
        for one in (read, *fields[1:]):
            w.block.add(Value(one))
        return f"read {read.words}"
    value = formula(w, [read, fields[1]], vector.scalar)
    assign(w, component, value.node)
    changed = leaf(fields[0].node, vector, fields[0].interval.hull(value.interval), fields[0].words, varying=True)
    for one in (changed, *fields[2:]):
        w.block.add(Value(one))
    return f"set {read.words} to {value.words}"


def _component(w: KernelWriter, vector: ast.expr, place: int) -> ast.expr:
    if w.choices.chance(0.5):
        return ast.Attribute(vector, _AXES[place], LOAD)
    return subscript(vector, [ast.Constant(place)])


IDIOMS = (
    Idiom("struct-updated", 7, write_updated, 1.5),
    Idiom("struct-stored", 6, write_stored),
    Idiom("struct-accumulator", 14, write_accumulated),
    Idiom("struct-components", 5, write_components),
)
