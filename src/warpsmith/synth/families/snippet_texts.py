"""Idioms of native functions of vectors, integers and arrays."""

import ast

from warpsmith.synth import inputs
from warpsmith.synth.expr import call, name, spelled
from warpsmith.synth.families.function_factories import argument
from warpsmith.synth.families.gradient_idioms import arguments
from warpsmith.synth.families.idioms import Idiom, title
from warpsmith.synth.families.numbers import draw_vector
from warpsmith.synth.families.smooth import smooth
from warpsmith.synth.families.snippet_idioms import define_native, result, write_formula_of
from warpsmith.synth.interval import Interval
from warpsmith.synth.native import number, printed, type_name
from warpsmith.synth.scope import Value
from warpsmith.synth.types import INT32, Scalar, Vector
from warpsmith.synth.updates import output_array
from warpsmith.synth.writer import KernelWriter


def cpp_vector(kind: Vector) -> str:
    """Return the C++ name of a vector type."""
    if kind.scalar.name == "float32":
        return f"wp::vec{kind.length}"
    return f"wp::vec_t<{kind.length}, {type_name(kind.scalar)}>"


def write_vector(w: KernelWriter) -> str:
    """Write a function of a vector's components in C++; some return a vector."""
    kind = draw_vector(w)
    scalar = kind.scalar
    given = w.block.read(inputs.array(w, kind))
    v = w.choices.pick(("v", "p", "d"))
    first = w.choices.integer(0, kind.length - 1)
    places = [first, (first + w.choices.integer(1, kind.length - 1)) % kind.length]
    labels = ("a", "b")
    made = smooth(w, labels, [given.interval] * 2, scalar)
    head = [f"{type_name(scalar)} {label} = {v}[{place}];" for label, place in zip(labels, places, strict=True)]
    text = printed(made.expr.node, scalar)
    identifier = w.names.one_of(("component_mix", "pack_terms", "twist", "vector_term", "shuffle"))
    said = f"{made.expr.words}, where a and b are components {places[0]} and {places[1]} of {v}"
    if w.choices.chance(0.45):
        others = [f"{v}[{(place + 1) % kind.length}]" for place in range(kind.length - 1)]
        lines = [*head, f"return {cpp_vector(kind)}({text}, {', '.join(others)});"]
        define_native(w, identifier, arguments([v], [kind]), kind, {"snippet": lines})
        w.definitions.append(
            f"here {title(identifier)} of {v}, in C++, is a vector of {said}, and of components of {v}"
        )
        return result(w, identifier, [given], kind, made.expr.interval.hull(given.interval))
    codes = {"snippet": [*head, f"return {text};"]}
    if w.choices.chance(0.7):
        slopes = [printed(slope, scalar, 2) for slope in made.derivatives]
        adjoints = [f"adj_{v}[{place}] += adj_ret * {slope};" for place, slope in zip(places, slopes, strict=True)]
        codes["adj_snippet"] = [*head, *adjoints]
    define_native(w, identifier, arguments([v], [kind]), scalar, codes)
    w.definitions.append(f"here {title(identifier)} of {v}, in C++, is {said}")
    return result(w, identifier, [given], scalar, made.expr.interval)


_HASHES = (
    ("h ^= h >> {0};", "h *= {1};", "h ^= h >> {2};"),
    ("h = (h ^ {1}) * 16777619u;", "h ^= h >> {0};"),
    ("h += h << {0};", "h ^= h >> {2};", "h += h << 3;"),
    ("h = h * {1} + 1013904223u;", "h ^= h >> {2};"),
)
_MULTIPLIERS = ("0x7feb352du", "0x846ca68bu", "2654435761u", "1664525u", "0x45d9f3bu")


def write_hash(w: KernelWriter) -> str:
    """Write an integer hash in C++."""
    given = w.block.read(inputs.array(w, INT32))
    x, mask = w.choices.pick(("key", "x", "seed", "id")), w.choices.pick((255, 1023, 63))
    lines = list(w.choices.pick(_HASHES))
    shifts = w.choices.pick(((16, 15), (13, 16), (5, 7), (10, 6)))
    lines = [line.format(shifts[0], w.choices.pick(_MULTIPLIERS), shifts[1]) for line in lines]
    lines = [f"wp::uint32 h = (wp::uint32){x};", *lines, f"return (int)(h & {mask}u);"]
    identifier = w.names.one_of(("hash_key", "scramble", "mix_bits", "bucket_of"))
    define_native(w, identifier, arguments([x], [INT32]), INT32, {"snippet": lines})
    w.definitions.append(f"here {title(identifier)} of {x} is a hash from 0 to {mask}, in C++")
    return result(w, identifier, [given], INT32, Interval(0.0, float(mask)))


_BITS = (
    (
        "int count = 0;\nfor (int v = {x}; v != 0; v &= v - 1) {{\n    ++count;\n}}\nreturn count;",
        32,
        "the number of its set bits",
    ),
    (
        "int r = 0;\nfor (int k = 0; k < 8; ++k) {{\n    r |= (({x} >> k) & 1) << (7 - k);\n}}\nreturn r;",
        255,
        "its low byte reversed",
    ),
    ("return ({x} ^ ({x} >> 1)) & 127;", 127, "its Gray code"),
    ("return ({x} & 15) | (({x} & 15) << 4);", 255, "its low four bits twice"),
)


def write_bits(w: KernelWriter) -> str:
    """Count or reverse bits in C++."""
    given = w.block.read(inputs.array(w, INT32))
    x = w.choices.pick(("bits", "x", "mask"))
    text, high, said = w.choices.pick(_BITS)
    lines = text.format(x=x).splitlines()
    identifier = w.names.one_of(("count_bits", "gray", "spread_bits", "bit_trick"))
    define_native(w, identifier, arguments([x], [INT32]), INT32, {"snippet": lines})
    w.definitions.append(f"here {title(identifier)} of {x} is {said}, in C++")
    return result(w, identifier, [given], INT32, Interval(0.0, float(high)))


def write_store(w: KernelWriter) -> str:
    """Write to arrays in C++, with an adjoint and now and then a replay."""
    given = argument(w)
    scalar = given.type if isinstance(given.type, Scalar) else w.precision
    if w.threads.ndim != 1:
        return write_formula_of(w, [given], scalar)
    role = w.names.array(scalar)
    interval = inputs.natural_range(role, scalar)
    inputs.declare(w, role.plural, scalar, w.threads.extents, interval)
    output = output_array(w, scalar)
    made = smooth(w, ("a", "b"), [interval, given.interval], scalar)
    src, dst, at = w.choices.pick((("src", "dst", "tid"), ("a_in", "a_out", "i"), ("x", "y", "idx")))
    kind, b = type_name(scalar), w.choices.pick(("b",))
    head = f"{kind} a = {src}[{at}];"
    codes = {"snippet": [head, f"{dst}[{at}] = {printed(made.expr.node, scalar)};"]}
    if w.choices.chance(0.7):
        one, two = (printed(slope, scalar, 2) for slope in made.derivatives)
        codes["adj_snippet"] = [
            head, f"{kind} adj = adj_{dst}[{at}];", f"adj_{src}[{at}] += adj * {one};", f"adj_{b} += adj * {two};",
        ]  # fmt: skip
        if w.choices.chance(0.3):
            codes["replay_snippet"] = [f"(void){at};"]
    identifier = w.names.one_of(("write_scaled", "store_native", "apply_native", "put_value"))
    array = w.array_annotation(spelled(scalar.spelling), 1)
    parameters = [ast.arg(src, array), ast.arg(dst, array), *arguments([b, at], [scalar, INT32])]
    define_native(w, identifier, parameters, None, codes)
    w.definitions.append(
        f"here {title(identifier)} writes {made.expr.words} to {dst}, in C++, where a is the element of {src}"
    )
    index = name(w.threads.indices[0])
    w.emit(ast.Expr(call(name(identifier), name(role.plural), name(output), given.node, index)))
    w.block.pending[w.block.add(Value(given))] = None
    return f"{title(identifier)} of {role.plural}, {output} and {given.words}"


def write_window(w: KernelWriter) -> str:
    """Sum elements of an array in a loop in C++."""
    scalar = w.precision
    axis = w.choices.integer(0, w.threads.ndim - 1)
    size, width = w.threads.extents[axis], w.choices.integer(2, 4)
    role = w.names.array(scalar)
    interval = inputs.natural_range(role, scalar)
    inputs.declare(w, role.plural, scalar, (size * width,), interval)
    kind, label, at = (
        type_name(scalar),
        w.choices.pick(("values", "data", "buf")),
        w.choices.pick(("i", "start", "row")),
    )
    weight = number(w.choices.pick((0.5, 0.25, 1.5)), scalar)
    step = w.choices.pick(
        (f"total += {label}[{at} * {width} + k];", f"total = total * {weight} + {label}[{at} * {width} + k];")
    )
    lines = [
        f"{kind} total = {number(0.0, scalar)};",
        f"for (int k = 0; k < {width}; ++k) {{",
        f"    {step}",
        "}",
        "return total;",
    ]
    identifier = w.names.one_of(("row_total", "block_sum", "window_sum", "strided_sum"))
    array = w.array_annotation(spelled(scalar.spelling), 1)
    define_native(w, identifier, [ast.arg(label, array), ast.arg(at, name("int"))], scalar, {"snippet": lines})
    w.definitions.append(f"here {title(identifier)} of {label} at {at} sums {width} elements in C++")
    made = w.names.one_of(("total", "window", "summed"))
    w.write("x = f(a, i)", x=made, f=identifier, a=role.plural, i=w.threads.indices[axis])
    bound = interval.magnitude * (width * 2.0**0 + 1.5**width)
    w.bind(made, scalar, Interval(-bound, bound))
    return f"let {title(made)} be {title(identifier)} of {role.plural} at {w.threads.indices[axis]}"


IDIOMS = (
    Idiom("native-vector", 4, write_vector, 1.3),
    Idiom("native-hash", 5, write_hash),
    Idiom("native-bits", 5, write_bits),
    Idiom("native-store", 5, write_store),
    Idiom("native-window", 5, write_window),
)
