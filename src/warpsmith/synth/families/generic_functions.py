"""Idioms of functions of any type: of values, vectors and arrays; overloads, several results, defaults, kernels."""

import ast
from dataclasses import replace

from warpsmith.synth import inputs
from warpsmith.synth.expr import (
    LOAD,
    Expr,
    call,
    function,
    leaf,
    listed,
    literal_node,
    made_of,
    name,
    spelled,
)
from warpsmith.synth.families import generic_bodies
from warpsmith.synth.families.function_factories import argument
from warpsmith.synth.families.idioms import Idiom, add_function, define, formula, title, variable
from warpsmith.synth.families.numbers import draw_vector
from warpsmith.synth.interval import Interval
from warpsmith.synth.launch import ArrayArgument
from warpsmith.synth.types import FLOAT32, FLOAT64, Scalar, ValueType, is_float, scalar_of, vector
from warpsmith.synth.writer import KernelWriter

_LABELS = (("x",), ("x", "y"), ("a", "b", "c"), ("left", "right"), ("p", "q"), ("u", "v"))
_RESULTS = ("value", "mixed", "scaled", "combined", "term", "measure", "blend")
_ZERO = Interval(0.0, 0.0)
_ANY = "Any"


def use_any(w: KernelWriter) -> ast.Name:
    """Import `Any` if it is not there yet, and return its name."""
    if not any(isinstance(node, ast.ImportFrom) and node.module == "typing" for node in w.preamble):
        w.preamble.append(ast.ImportFrom("typing", [ast.alias(_ANY)], 0))
    return name(_ANY)


def _given(w: KernelWriter, kind: ValueType) -> Expr:
    """Return a value of a type: an unread one, or an element of a new array."""
    unread = [value for value in w.block.open() if value.type is kind]
    if unread and w.choices.chance(0.8):
        return w.block.read(w.choices.pick(unread))
    return w.block.read(inputs.array(w, kind))


def _kinds(w: KernelWriter) -> list[ValueType]:
    """Draw one to three types to call a generic function with: numbers and vectors, sometimes of two precisions."""
    kinds: list[ValueType] = [w.precision if w.choices.chance(0.5) else draw_vector(w)]
    if w.room > 4 and w.choices.chance(0.75):
        others: list[ValueType] = [
            draw_vector(w),
            FLOAT64 if w.precision is FLOAT32 else FLOAT32,
            vector(w.choices.pick((2, 3, 4)), scalar_of(draw_vector(w))),
            w.precision,
        ]
        other = w.choices.weighted(others, (4, 2, 2, 2))
        kinds += [other] if other is not kinds[0] else []
    return kinds


def _define_result(w: KernelWriter, result: Expr) -> str:
    """Write a variable that holds what a function gives; return the words."""
    value = w.define(w.names.one_of(_RESULTS), result)
    return f"let {value.expr.words} be {result.words}"


def write_any(w: KernelWriter) -> str:
    """Call a function of anything with numbers and with vectors."""
    anything = use_any(w)
    labels = w.choices.pick(_LABELS)
    scale = w.choices.pick(("s", "t", "factor", "weight")) if w.choices.chance(0.45) else ""
    body = generic_bodies.draw(w.choices, labels, scale)
    identifier = w.names.function()
    parameters = [ast.arg(label, anything) for label in (*labels, *([scale] if scale else []))]
    returns = anything if w.choices.chance(0.2) else None
    define(w, function(identifier, parameters, [ast.Return(body.node)], "func", returns))
    w.definitions.append(
        f"here {title(identifier)} of {listed([*labels, *([scale] if scale else [])])} is {body.words}"
    )
    words = []
    for kind in _kinds(w):
        given = [_given(w, kind) for _ in labels] + ([_given(w, scalar_of(kind))] if scale else [])
        ranges = {argument_.arg: one.interval for argument_, one in zip(parameters, given, strict=True)}
        node = call(name(identifier), *(one.node for one in given))
        places = listed([f"{{{place}}}" for place in range(len(given))])
        said = f"{title(identifier)} of {places}"
        words.append(_define_result(w, made_of(node, kind, body.interval(ranges), said, given)))
    return "; ".join(words)


_FOLDS = (
    (
        "s = v.dtype(0.0)\nfor k in range(len(v)):\n    s += v[k] * v[k]\nreturn s",
        "the sum of its squared components",
        2,
    ),
    ("s = v.dtype(0.0)\nfor k in range(len(v)):\n    s += wp.abs(v[k])\nreturn s", "the sum of its magnitudes", 1),
    ("s = v.dtype(0.0)\nfor k in range(len(v)):\n    s += v[k] * v.dtype(k + 1)\nreturn s", "its weighted sum", 3),
    ("s = v[0]\nfor k in range(1, len(v)):\n    s = wp.max(s, v[k])\nreturn s", "its largest component", 0),
    ("s = v[0]\nfor k in range(1, len(v)):\n    s = wp.min(s, v[k]) + v.dtype(0.5)\nreturn s", "a lifted minimum", 4),
    ("s = v[0]\nfor k in range(1, len(v)):\n    s = s * v.dtype(0.5) + v[k]\nreturn s", "a running average", 5),
)


def write_any_vector(w: KernelWriter) -> str:
    """Call a function that folds the components of a vector of any length."""
    anything: ast.expr = use_any(w)
    scalar = draw_vector(w).scalar
    if w.choices.chance(0.4):
        dtype = w.choices.pick((spelled(scalar.spelling), spelled("wp.Float")))
        node = call(ast.Attribute(ast.Attribute(name("wp"), "types", LOAD), "vector", LOAD))
        node.keywords = [ast.keyword("length", name(_ANY)), ast.keyword("dtype", dtype)]
        anything = node
    text, said, how = w.choices.pick(_FOLDS)
    identifier = w.names.one_of(("total_of", "norm_of", "fold", "measure_of", "weigh_components"))
    label, counter, total = (
        w.choices.pick(("v", "x", "vec")),
        w.choices.pick(("k", "i", "c")),
        w.choices.pick(("s", "r")),
    )
    body = "\n".join(f"    {line}" for line in text.splitlines())
    w.define_functions(
        f"@wp.func\ndef f(v: anything):\n{body}", f=identifier, v=label, k=counter, s=total, anything=anything
    )
    w.definitions.append(f"here {title(identifier)} of a vector is {said}")
    lengths = w.choices.pick(((3,), (2,), (4,), (2, 3), (3, 4), (2, 4)))
    words = []
    for length in lengths:
        given = _given(w, vector(length, scalar))
        interval = _folded(how, given.interval, length)
        node = call(name(identifier), given.node)
        words.append(_define_result(w, made_of(node, scalar, interval, f"{title(identifier)} of {{0}}", [given])))
    return "; ".join(words)


def _folded(how: int, of: Interval, length: int) -> Interval:
    size = of.magnitude
    match how:
        case 2:
            return Interval(0.0, size * size * length)
        case 1:
            return Interval(0.0, size * length)
        case 3:
            return of.hull(_ZERO).scale(length * (length + 1) / 2)
        case 4:
            return Interval(of.low, of.high + 0.5 * length)
        case 5:
            return of.hull(_ZERO).scale(2.0)
    return of


def write_overloads(w: KernelWriter) -> str:
    """Call functions of one name that take different types."""
    kinds: list[ValueType] = [w.precision, draw_vector(w)]
    if w.choices.chance(0.25):
        kinds.append(w.integer)
    if w.choices.chance(0.5):
        kinds.reverse()
    identifier = w.names.one_of(("magnitude", "squash", "measure", "level_of", "encode", "weight_of"))
    label = w.choices.pick(("x", "v", "value"))
    words = []
    for kind in kinds:
        given = _given(w, kind)
        parameter = variable(label, given)
        result_type: ValueType = w.precision if w.choices.chance(0.5) else kind
        result = formula(w, [parameter], result_type, rich=0.7)
        add_function(
            w, identifier, [parameter], [ast.Return(result.node)], result.type if w.choices.chance(0.4) else None
        )
        w.definitions.append(f"here {title(identifier)} of a value of type {kind.name} is {result.words}")
        node = call(name(identifier), given.node)
        words.append(
            _define_result(w, made_of(node, result.type, result.interval, f"{title(identifier)} of {{0}}", [given]))
        )
    return "; ".join(words)


def write_any_array(w: KernelWriter) -> str:
    """Call a function that reads arrays of any type."""
    anything = use_any(w)
    identifier = w.names.one_of(("fetch", "window_sum", "lookup", "gather_at", "smooth_at"))
    axis = w.choices.integer(0, w.threads.ndim - 1)
    size = w.threads.extents[axis]
    wide = w.choices.chance(0.5)
    text = (
        "s = values[i] + values.dtype(c)\nfor k in range(1, n):\n    s += values[(i + k) % m]\nreturn s"
        if wide
        else "return values[i] + values.dtype(c) + values[wp.max(i - 1, 0)]"
    )
    number, trips = w.choices.pick((0.5, 2.0, 0.25, 1.5)), w.choices.integer(2, 4)
    head = "def f(values: arr, i: int, m: int):" if wide else "def f(values: arr, i: int):"
    body = "\n".join(f"    {line}" for line in text.splitlines())
    label = w.choices.pick(("values", "data", "field", "source"))
    w.define_functions(
        f"@wp.func\n{head}\n{body}",
        f=identifier, values=label, arr=w.array_annotation(anything, 1), c=number, n=trips,
        **({"m": w.choices.pick(("size", "count", "m"))} if wide else {}),
    )  # fmt: skip
    factor = trips if wide else 2
    near = f"{trips - 1} following ones" if wide else "the one before"
    w.definitions.append(f"here {title(identifier)} of {label} at i is {number:g} plus the element and {near}")
    words = []
    for kind in _kinds(w):
        if not is_float(kind):
            continue
        role = w.names.array(kind)
        interval = inputs.natural_range(role, kind)
        inputs.declare(w, role.plural, kind, (size,), interval)
        arguments: list[ast.expr] = [name(role.plural), name(w.threads.indices[axis])]
        if wide:
            arguments.append(w.thread_extent(axis))
        of = leaf(name(role.plural), kind, interval, role.noun, varying=True)
        node = call(name(identifier), *arguments)
        bound = interval.hull(_ZERO).scale(factor).add(Interval(0.0, number))
        words.append(_define_result(w, made_of(node, kind, bound, f"{title(identifier)} of {{0}}", [of])))
    return "; ".join(words)


def write_several(w: KernelWriter) -> str:
    """Call a function of anything that returns two results."""
    anything = use_any(w)
    kind: ValueType = w.precision if w.choices.chance(0.6) else draw_vector(w)
    labels = w.choices.pick((("x", "y"), ("a", "b"), ("first", "second")))
    bodies = [generic_bodies.draw(w.choices, labels) for _ in range(2)]
    identifier = w.names.one_of(("split", "ordered", "sum_and_diff", "both_ways", "bounds_of"))
    both = ast.Tuple([body.node for body in bodies], LOAD)
    define(w, function(identifier, [ast.arg(label, anything) for label in labels], [ast.Return(both)], "func", None))
    said = " and ".join(body.words for body in bodies)
    w.definitions.append(f"here {title(identifier)} of {listed(labels)} gives {said}")
    given = [_given(w, kind) for _ in labels]
    names = [w.names.one_of(("lower", "rest", "first", "inner")), w.names.one_of(("upper", "carry", "second", "outer"))]
    w.write("p, q = f(a, b)", p=names[0], q=names[1], f=identifier, a=given[0].node, b=given[1].node)
    ranges = {label: one.interval for label, one in zip(labels, given, strict=True)}
    for result, body in zip(names, bodies, strict=True):
        w.bind(result, kind, body.interval(ranges))
    return f"let {listed(names)} be {title(identifier)} of {listed([one.words for one in given])}"


def write_defaults(w: KernelWriter) -> str:
    """Call a function with default values and by keyword."""
    given = argument(w)
    scalar = given.type if isinstance(given.type, Scalar) else w.precision
    label, factor = w.choices.pick(("x", "v", "value")), w.choices.pick(("gain", "scale", "rate"))
    number, other = w.choices.pick((0.5, 2.0, 1.5)), w.choices.pick((0.25, 3.0, 0.75))
    parameter = variable(label, given)
    option = leaf(name(factor), scalar, Interval(min(number, other), max(number, other)), factor)
    result = formula(w, [parameter, option], scalar, rich=0.6)
    identifier = w.names.function()
    node = function(
        identifier,
        [ast.arg(label, spelled(scalar.spelling)), ast.arg(factor, spelled(scalar.spelling))],
        [ast.Return(result.node)],
        "func",
        None,
    )
    node.args.defaults = [literal_node(number, scalar)]
    define(w, node)
    w.definitions.append(f"here {title(identifier)} of {label} is {result.words}, with {factor} {number:g} by default")
    calls: list[tuple[ast.expr, str]] = [(call(name(identifier), given.node), f"{title(identifier)} of {{0}}")]
    if w.choices.chance(0.6):
        keyed = call(name(identifier), given.node)
        keyed.keywords = [ast.keyword(factor, literal_node(other, scalar))]
        calls.append((keyed, f"{title(identifier)} of {{0}} with {factor} {other:g}"))
    words = [_define_result(w, made_of(one, scalar, result.interval, said, [given])) for one, said in calls]
    return "; ".join(words)


def write_generic_kernel(w: KernelWriter) -> str:
    """Make the kernel itself generic in some of its arrays, with an overload that says of which types."""
    if w.enclosure is not None:
        return write_any(w)
    anything = use_any(w)
    types: dict[str, ast.expr] = {}
    for place, parameter in enumerate(w.parameters):
        argument_ = parameter.argument
        if isinstance(argument_, ArrayArgument) and not parameter.output:
            types[parameter.name] = parameter.annotation
            w.parameters[place] = replace(parameter, annotation=w.array_annotation(anything, len(argument_.shape)))
    if w.choices.chance(0.5):
        value = inputs.parameter(w, w.precision)
        last = w.parameters[-1]
        types[last.name] = last.annotation
        w.parameters[-1] = replace(last, annotation=anything)
        w.block.pending[value] = None
    w.enclose(
        "KERNEL\nwp.overload(kernel, types)",
        types=ast.Dict([ast.Constant(label) for label in types], list(types.values())),
    )
    return f"the kernel is generic in {listed(list(types))}"


IDIOMS = (
    Idiom("generic-any", 5, write_any, 2.0),
    Idiom("generic-vector", 9, write_any_vector, 1.2),
    Idiom("overloads", 8, write_overloads, 1.2),
    Idiom("generic-array", 9, write_any_array),
    Idiom("generic-results", 6, write_several),
    Idiom("default-arguments", 5, write_defaults, 0.8),
    Idiom("generic-kernel", 4, write_generic_kernel),
)
