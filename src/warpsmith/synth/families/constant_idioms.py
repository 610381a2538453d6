"""Idioms of constants: of the module, of Warp, of classes and enumerations, tables, flags, bounds of loops."""

import ast

from warpsmith.synth import inputs
from warpsmith.synth.expr import (
    LOAD,
    Expr,
    call,
    leaf,
    listed,
    literal_node,
    literal_vector,
    name,
    number_text,
    spelled,
    subscript,
    wp,
)
from warpsmith.synth.families.function_factories import argument
from warpsmith.synth.families.idioms import Idiom, assign, augment, formula, title
from warpsmith.synth.families.numbers import draw_vector
from warpsmith.synth.families.static_idioms import as_scalar, constant
from warpsmith.synth.interval import Interval
from warpsmith.synth.names import Role
from warpsmith.synth.scope import Block, Value
from warpsmith.synth.types import FLOAT32, INT32, Scalar, vector
from warpsmith.synth.writer import KernelWriter

_ZERO = Interval(0.0, 0.0)
_NUMBERS = (0.5, 2.0, 0.25, 1.5, 0.1, 3.0, 0.75, 1.25)
# names of constants with values that people give them
_NAMED: tuple[tuple[str, tuple[float, ...]], ...] = (
    ("GRAVITY", (9.81, 10.0, 1.62)),
    ("DT", (0.01, 0.02, 0.1)),
    ("SCALE", (0.5, 2.0, 4.0)),
    ("DAMPING", (0.1, 0.05, 0.9)),
    ("THRESHOLD", (0.5, 1.0, 0.25)),
    ("ALPHA", (0.1, 0.7, 0.25)),
    ("GAIN", (2.0, 1.5, 3.0)),
    ("OFFSET", (0.5, 1.0, -0.5)),
    ("DENSITY", (1.2, 0.8, 2.7)),
    ("RADIUS", (0.5, 1.0, 0.1)),
    ("RATE", (0.1, 0.3, 1.5)),
    ("STIFFNESS", (10.0, 4.0, 25.0)),
    ("FRICTION", (0.3, 0.5, 0.8)),
    ("SPACING", (0.1, 0.25, 2.0)),
    ("MASS", (1.0, 2.0, 0.5)),
    ("OMEGA", (1.5, 6.28, 0.7)),
)
# name, value, words; from warp/_src/constants.py
_OF_WARP = (
    ("PI", 3.1416, "pi"), ("pi", 3.1416, "pi"), ("TAU", 6.2832, "two pi"), ("tau", 6.2832, "two pi"),
    ("HALF_PI", 1.5708, "half of pi"), ("half_pi", 1.5708, "half of pi"), ("E", 2.7183, "e"), ("e", 2.7183, "e"),
    ("PHI", 1.618, "the golden ratio"), ("phi", 1.618, "the golden ratio"), ("LN2", 0.6931, "the logarithm of 2"),
    ("ln2", 0.6931, "the logarithm of 2"), ("LN10", 2.3026, "the logarithm of 10"),
    ("ln10", 2.3026, "the logarithm of 10"), ("LOG2E", 1.4427, "the binary logarithm of e"),
    ("log2e", 1.4427, "the binary logarithm of e"), ("LOG10E", 0.4343, "the decimal logarithm of e"),
    ("log10e", 0.4343, "the decimal logarithm of e"),
)  # fmt: skip


def _declared(w: KernelWriter, value: ast.expr, *, plain: float = 0.5) -> ast.expr:
    """Return a value as it is or in ``wp.constant``."""
    return value if w.choices.chance(plain) else call("constant", value)


def _bring(w: KernelWriter, node: ast.expr, scalar: Scalar, value: float, words: str) -> Expr:
    return w.block.add(Value(leaf(node, scalar, Interval(value, value), words))).expr


def write_numbers(w: KernelWriter) -> str:
    """Read one to three numbers of the module."""
    words = []
    for _ in range(w.choices.weighted((1, 2, 3), (3, 3, 1))):
        wanted, options = w.choices.pick(_NAMED)
        number = w.choices.pick(options)
        if w.precision is not FLOAT32 and w.choices.chance(0.5):  # a number of its own type
            value: ast.expr = call("constant", call(spelled(w.precision.spelling), literal_node(number, FLOAT32)))
            identifier = constant(w, (wanted,), value)
            _bring(w, name(identifier), w.precision, number, title(identifier.lower()))
        else:
            identifier = constant(w, (wanted,), _declared(w, literal_node(number, FLOAT32)))
            _bring(w, as_scalar(name(identifier), w.precision), w.precision, number, title(identifier.lower()))
        words.append(f"{title(identifier.lower())}, {number_text(number)}")
    return f"use the constants {listed(words)}"


def write_vector(w: KernelWriter) -> str:
    """Read a vector or one of its components of the module."""
    kind = draw_vector(w)
    numbers = [w.choices.pick(_NUMBERS) for _ in range(kind.length)]
    vector_ = literal_vector(numbers, kind)
    identifier = constant(
        w, ("UP", "WIND", "AXIS", "ORIGIN", "WEIGHTS", "SIZES"), _declared(w, vector_.node, plain=0.3)
    )
    if w.choices.chance(0.3):
        place = w.choices.integer(0, kind.length - 1)
        words = f"component {place} of {title(identifier.lower())}"
        _bring(w, subscript(name(identifier), [ast.Constant(place)]), kind.scalar, numbers[place], words)
    else:
        if not any(value.type is kind for value in w.block.open()):
            inputs.array(w, kind)
        w.block.add(Value(leaf(name(identifier), kind, vector_.interval, title(identifier.lower()))))
    return f"use the constant {title(identifier.lower())}, {vector_.words}"


def write_of_warp(w: KernelWriter) -> str:
    """Multiply by a number that Warp names."""
    given = argument(w)
    scalar = _scalar(given)
    identifier, value, words = w.choices.pick(_OF_WARP)
    read = leaf(as_scalar(wp(identifier), scalar), scalar, Interval(value, value), words)
    expr = formula(w, [given, read], scalar, rich=0.6)
    made = w.define(w.names.one_of(("angle", "phase", "value", "turned", "wave")), expr)
    return f"let {made.expr.words} be {expr.words}"


def write_config(w: KernelWriter) -> str:
    """Read numbers that are attributes of a class."""
    identifier = w.names.one_of(("Config", "Settings", "Limits", "Defaults", "Physics"))
    fields = []
    left = list(_NAMED)
    for _ in range(w.choices.integer(1, 3)):
        field, options = w.choices.pick(left)
        left.remove((field, options))
        fields.append((field if w.choices.chance(0.5) else field.lower(), abs(w.choices.pick(options))))
    body = "\n".join(f"    {field} = {number!r}" for field, number in fields)
    w.declare(f"class Config:\n{body}", Config=identifier)
    for field, number in fields:
        node = as_scalar(ast.Attribute(name(identifier), field, LOAD), w.precision)
        _bring(w, node, w.precision, number, f"the {title(field.lower())}")
    said = listed([f"{title(field.lower())} {number_text(number)}" for field, number in fields])
    return f"use the {said} of {identifier}"


_KINDS = (
    ("Phase", ("SOLID", "FLUID", "GAS", "PLASMA")),
    ("Mode", ("IDLE", "ACTIVE", "DONE", "FAILED")),
    ("Shape", ("SPHERE", "BOX", "CAPSULE", "PLANE")),
    ("Kind", ("FREE", "FIXED", "SLIDING", "HINGE")),
    ("Level", ("LOW", "MEDIUM", "HIGH", "PEAK")),
)


def write_enum(w: KernelWriter) -> str:
    """Branch on members of an enumeration, or on integers that have names."""
    given = argument(w)
    wanted, labels = w.choices.pick(_KINDS)
    members = labels[: w.choices.integer(2, 4)]
    typed = w.choices.chance(0.65)
    if typed:
        w.preamble.append(ast.ImportFrom("enum", [ast.alias("IntEnum")], 0)) if not _imported(w) else None
        identifier = w.names.fresh(wanted)
        body = "\n".join(f"    {member} = {place}" for place, member in enumerate(members))
        w.declare(f"class Kind(IntEnum):\n{body}", Kind=identifier)
        reads: list[ast.expr] = [ast.Attribute(name(identifier), member, LOAD) for member in members]
    else:
        reads = []
        for place, member in enumerate(members):
            label = constant(w, (f"{wanted.upper()}_{member}",), _declared(w, ast.Constant(place)))
            reads.append(name(label))
    role = Role(f"{wanted.lower()}s", wanted.lower(), f"the {wanted.lower()}", 0.0, len(members) - 1.0)
    which = w.block.read(inputs.array(w, INT32, bind=True, role=role, within=Interval(0.0, len(members) - 1.0)))
    value = w.names.one_of(("value", "response", "weight", "stiffness", "rate"))
    return _branches(w, given, which, value, list(zip(members, reads, strict=True)))


def _imported(w: KernelWriter) -> bool:
    return any(isinstance(node, ast.ImportFrom) and node.module == "enum" for node in w.preamble)


def _branches(w: KernelWriter, given: Expr, which: Expr, value: str, members: list[tuple[str, ast.expr]]) -> str:
    """Write ``if … elif …`` over the members; each has a formula of its own."""
    scalar = _scalar(given)
    start = formula(w, [given], scalar)
    assign(w, name(value), start.node)
    interval, words = start.interval, [f"let {value} be {start.words}"]
    cases = members[1:] if w.choices.chance(0.6) else members[: w.choices.integer(1, 2)]
    node: ast.If | None = None
    for member, read in reversed(cases):
        child = w.block.child()
        with w.inside(child):
            change = formula(w, [given], scalar, rich=0.7)
            if w.choices.chance(0.4):
                augment(w, name(value), ast.Add(), change.node)
                interval = interval.hull(start.interval.add(change.interval))
                words.insert(1, f"add {change.words} for {member.lower()}")
            else:
                assign(w, name(value), change.node)
                interval = interval.hull(change.interval)
                words.insert(1, f"set it to {change.words} for {member.lower()}")
        test = ast.Compare(which.node, [ast.Eq()], [read])
        node = ast.If(test, child.body, [node] if node is not None else [])
    if node is not None:
        w.emit_block(node)
    w.bind(value, scalar, interval)
    return "; ".join(words)


def write_bound(w: KernelWriter) -> str:
    """Loop as often as a constant says."""
    trips = w.choices.integer(2, 6)
    limit = constant(w, ("N", "NUM_STEPS", "WINDOW", "ORDER", "NUM_SAMPLES", "TAPS"), _declared(w, ast.Constant(trips)))
    scalar = w.shared_float
    total, counter = w.names.one_of(("total", "acc", "series", "sum")), w.names.one_of(("k", "j", "m"))
    assign(w, name(total), call(spelled(scalar.spelling), ast.Constant(0.0)))
    child = w.block.child(trips=trips, in_loop=True)
    with w.inside(child):
        term = formula(w, [child.read(inputs.along(w, scalar, counter, trips))], scalar)
        augment(w, name(total), ast.Add(), term.node)
    w.write("for k in range(n):\n    BODY", k=counter, n=limit, BODY=child)
    interval = term.interval.hull(_ZERO).scale(trips)
    words = f"let {title(total)} be the sum of {term.words} over {trips} steps"
    if w.choices.chance(0.4):
        node = ast.BinOp(name(total), ast.Div(), call(spelled(scalar.spelling), name(limit)))
        w.block.add(Value(leaf(node, scalar, interval.scale(1.0 / trips), "its mean", varying=True)))
        return f"{words}; take its mean"
    w.bind(total, scalar, interval)
    return words


_FLAGS = ("VISIBLE", "ACTIVE", "STATIC", "DIRTY", "FIXED", "HOT")


def write_flags(w: KernelWriter) -> str:
    """Test bits that constants name."""
    given = argument(w)
    scalar = _scalar(given)
    role = Role("flags", "flag", "the flags", 0.0, 7.0)
    which = w.block.read(inputs.array(w, INT32, bind=True, role=role, within=Interval(0.0, 7.0)))
    value = w.names.one_of(("value", "weight", "response", "share"))
    start = formula(w, [given], scalar, rich=0.3)
    assign(w, name(value), start.node)
    interval, words = start.interval, [f"let {value} be {start.words}"]
    for place in range(w.choices.integer(1, 3)):
        flag = w.choices.pick(_FLAGS)
        bit: ast.expr = ast.BinOp(ast.Constant(1), ast.LShift(), ast.Constant(place))
        if w.choices.chance(0.5):
            bit = ast.Constant(1 << place)
        label = constant(w, (f"FLAG_{flag}", f"IS_{flag}", f"{flag}_BIT"), _declared(w, bit))
        masked: ast.expr = ast.BinOp(which.node, ast.BitAnd(), name(label))
        test = ast.Compare(masked, [w.choices.pick((ast.NotEq(), ast.Gt()))], [ast.Constant(0)])
        child = w.block.child()
        with w.inside(child):
            change = formula(w, [given], scalar)
            augment(w, name(value), ast.Add(), change.node)
        w.emit_block(ast.If(test, child.body, []))
        interval = interval.hull(interval.add(change.interval))
        words.append(f"add {change.words} if the flags have {title(label.lower())}")
    w.bind(value, scalar, interval)
    return "; ".join(words)


def write_table(w: KernelWriter) -> str:
    """Sum products with a table of numbers: a vector of the module, or a list read by `wp.static`."""
    scalar = draw_vector(w).scalar
    count = w.choices.pick((3, 4, 2))
    numbers = [w.choices.pick((0.5, 0.25, 1.0, 2.0, 0.1, 0.75)) for _ in range(count)]
    static = w.choices.chance(0.4)
    table: ast.expr = literal_vector(numbers, vector(count, scalar)).node
    if static:
        items: list[ast.expr] = [ast.Constant(number) for number in numbers]
        table = ast.Tuple(items, LOAD) if w.choices.chance(0.5) else ast.List(items, LOAD)
    label = constant(
        w, ("WEIGHTS", "COEFFS", "STENCIL", "TAPS", "KERNEL_WEIGHTS"), table if static else _declared(w, table)
    )
    total, counter = w.names.one_of(("total", "acc", "filtered", "sum")), w.names.one_of(("k", "j", "m"))
    assign(w, name(total), call(spelled(scalar.spelling), ast.Constant(0.0)))
    child: Block = w.block.child(trips=count, in_loop=True)
    with w.inside(child):
        element = child.read(inputs.along(w, scalar, counter, count))
        node: ast.expr = subscript(name(label), [name(counter)])
        factor = as_scalar(call("static", node), scalar) if static else node
        read = leaf(factor, scalar, Interval(min(numbers), max(numbers)), f"{title(label.lower())} at {counter}")
        term = formula(w, [element, read], scalar, rich=0.3)
        augment(w, name(total), ast.Add(), term.node)
    w.write("for k in range(n):\n    BODY", k=counter, n=count, BODY=child)
    w.bind(total, scalar, term.interval.hull(_ZERO).scale(count))
    return f"let {title(total)} be the sum of {term.words} over {count} entries"


def _scalar(expr: Expr) -> Scalar:
    if not isinstance(expr.type, Scalar):
        raise TypeError(f"{expr.words} is no number")
    return expr.type


IDIOMS = (
    Idiom("module-numbers", 3, write_numbers, 1.6),
    Idiom("module-vector", 4, write_vector),
    Idiom("warp-constant", 4, write_of_warp),
    Idiom("config-class", 4, write_config),
    Idiom("enumeration", 9, write_enum, 1.4),
    Idiom("constant-bound", 9, write_bound),
    Idiom("flag-bits", 9, write_flags),
    Idiom("constant-table", 10, write_table),
)
