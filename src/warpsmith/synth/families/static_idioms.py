"""Idioms of `wp.static`: numbers, vectors, bounds of loops, functions and conditions that are known at compile time."""

import ast

from warpsmith.synth import inputs
from warpsmith.synth.expr import LOAD, Expr, call, leaf, literal_vector, name, number_text, spelled, subscript, wp
from warpsmith.synth.families.function_factories import argument
from warpsmith.synth.families.idioms import Idiom, assign, augment, formula, title
from warpsmith.synth.families.numbers import draw_vector
from warpsmith.synth.families.unary import STEADY
from warpsmith.synth.interval import Interval
from warpsmith.synth.scope import Value
from warpsmith.synth.types import Scalar
from warpsmith.synth.writer import KernelWriter

_ZERO = Interval(0.0, 0.0)
_MATH = (
    ("math.sqrt(2.0)", 1.4142, "the square root of 2"),
    ("math.pi / 4.0", 0.7854, "a quarter of pi"),
    ("1.0 / 3.0", 0.3333, "a third"),
    ("math.exp(-1.0)", 0.3679, "1 over e"),
    ("math.log(2.0)", 0.6931, "the logarithm of 2"),
    ("2.0 * math.pi", 6.2832, "two pi"),
    ("math.sqrt(5.0) / 2.0", 1.118, "half the square root of 5"),
    ("math.cos(0.5)", 0.8776, "the cosine of 0.5"),
)

# coefficients by k, what the k-th is at most, as a power of k, and their words
_SERIES = (
    ("1.0 / (k + 1.0)", 1.0, "1 over k plus 1"),
    ("0.5 ** k", 0.5, "0.5 to the power of k"),
    ("1.0 / math.factorial(k)", 1.0, "1 over the factorial of k"),
    ("math.cos(0.5 * k)", 1.0, "the cosine of half of k"),
    ("(-1.0) ** k / (2.0 * k + 1.0)", 1.0, "minus 1 to the power of k over twice k plus 1"),
)


def use_math(w: KernelWriter) -> None:
    """Import `math` if it is not there yet."""
    if not any(isinstance(node, ast.Import) and node.names[0].name == "math" for node in w.preamble):
        w.preamble.append(ast.Import([ast.alias("math")]))


def constant(w: KernelWriter, wanted: tuple[str, ...], value: ast.expr) -> str:
    """Define a constant of the module and return its name."""
    identifier = w.names.one_of(wanted)
    w.declare("NAME = value", NAME=identifier, value=value)
    return identifier


def as_scalar(node: ast.expr, scalar: Scalar) -> ast.expr:
    """Return a Python number as a number of a scalar type."""
    return node if scalar.name == "float32" else call(spelled(scalar.spelling), node)


def _static(node: ast.expr) -> ast.Call:
    return call("static", node)


def _python(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def write_number(w: KernelWriter) -> str:
    """Read a number that is computed at compile time, of a constant of the module or by Python's own mathematics."""
    if w.choices.chance(0.5):
        number = w.choices.pick((0.5, 2.0, 1.5, 0.25, 3.0))
        identifier = constant(w, ("SCALE", "GAIN", "RATE", "ALPHA", "WIDTH"), ast.Constant(number))
        text, value, words = w.choices.pick(
            (
                (f"{identifier} * 2.0", number * 2.0, f"twice {number_text(number)}"),
                (f"1.0 / {identifier}", 1.0 / number, f"1 over {number_text(number)}"),
                (f"{identifier} + 1.0", number + 1.0, f"{number_text(number)} plus 1"),
                (f"{identifier} ** 2", number**2, f"the square of {number_text(number)}"),
                (f"max({identifier}, 1.0)", max(number, 1.0), f"the larger of {number_text(number)} and 1"),
            )
        )
    else:
        text, value, words = w.choices.pick(_MATH)
        if "math." in text:
            use_math(w)
    node = as_scalar(_static(_python(text)), w.precision)
    w.block.add(Value(leaf(node, w.precision, Interval(value, value), words)))
    return f"use {words}, which is computed at compile time"


def write_vector(w: KernelWriter) -> str:
    """Read a vector that is computed at compile time."""
    kind = draw_vector(w)
    numbers = [w.choices.pick((0.5, 1.0, 2.0, 1.5, 0.25, 3.0)) for _ in range(kind.length)]
    factor = w.choices.pick((0.5, 2.0, 0.1))
    vector = literal_vector(numbers, kind)
    how = w.choices.pick(("scaled", "direction", "listed"))
    if how == "scaled":
        node: ast.expr = ast.BinOp(vector.node, ast.Mult(), ast.Constant(factor))
        if kind.scalar.name != "float32":
            node = vector.node
            factor = 1.0
        interval, words = vector.interval.scale(factor), f"{number_text(factor)} times {vector.words}"
    elif how == "direction":
        node, interval, words = call("normalize", vector.node), Interval(0.0, 1.0), f"the direction of {vector.words}"
    else:
        identifier = constant(w, ("WEIGHTS", "AXIS", "OFFSETS"), ast.List([ast.Constant(one) for one in numbers], LOAD))
        node = call(spelled(kind.spelling), ast.Starred(name(identifier), LOAD))
        interval, words = vector.interval, f"{vector.words}, which {identifier} lists"
    if not any(value.type is kind for value in w.block.open()):
        inputs.array(w, kind)
    w.block.add(Value(leaf(_static(node), kind, interval, words)))
    return f"use {words}, a vector that is made at compile time"


def write_bound(w: KernelWriter) -> str:
    """Loop as often as an expression says that is evaluated at compile time."""
    base = w.choices.integer(2, 4)
    identifier = constant(w, ("N", "ORDER", "TAPS", "NUM_TERMS", "RADIUS"), ast.Constant(base))
    text, trips = w.choices.pick(
        (
            (identifier, base),
            (f"{identifier} + 1", base + 1),
            (f"2 * {identifier}", 2 * base),
            (f"{identifier} - 1", base - 1),
        )
    )
    scalar = w.shared_float
    total, counter = w.names.one_of(("total", "acc", "series", "sum")), w.names.one_of(("k", "j", "m"))
    assign(w, name(total), call(spelled(scalar.spelling), ast.Constant(0.0)))
    child = w.block.child(trips=trips, in_loop=True)
    with w.inside(child):
        element = child.read(inputs.along(w, scalar, counter, trips))
        term = formula(w, [element], scalar)
        augment(w, name(total), ast.Add(), term.node)
    w.write("for k in range(n):\n    BODY", k=counter, n=_static(_python(text)), BODY=child)
    w.bind(total, scalar, term.interval.hull(_ZERO).scale(trips))
    return f"let {title(total)} be the sum of {term.words} over {trips} steps"


def write_functions(w: KernelWriter) -> str:
    """Call the functions of a table in an unrolled loop, with or without coefficients."""
    given = argument(w)
    scalar = given.type if isinstance(given.type, Scalar) else w.precision
    unaries = [w.choices.pick(STEADY) for _ in range(w.choices.integer(2, 3))]
    functions = ast.Tuple([wp(one.builtin) for one in unaries], LOAD)
    table = constant(w, ("FUNCTIONS", "OPS", "BASIS", "TERMS"), functions)
    term: ast.expr = call(_static(subscript(name(table), [name("k")])), given.node)
    size = max(one.range(given.interval).magnitude for one in unaries) * len(unaries)
    words = "the sum of " + ", ".join(one.words.format(given.words) for one in unaries)
    if w.choices.chance(0.5):
        weights = [w.choices.pick((0.5, 0.25, 1.5, 2.0)) for _ in unaries]
        factors = constant(w, ("WEIGHTS", "COEFFS", "GAINS"), ast.List([ast.Constant(one) for one in weights], LOAD))
        factor = as_scalar(_static(subscript(name(factors), [name("k")])), scalar)
        term = ast.BinOp(factor, ast.Mult(), term)
        size *= max(weights)
        words += f", weighted by {', '.join(number_text(one) for one in weights)}"
    total, counter = w.names.one_of(("total", "acc", "mix")), w.names.one_of(("k", "j"))
    w.write(
        "total = T(0.0)\nfor k in range(n):\n    total += term",
        total=total, k=counter, n=len(unaries), T=spelled(scalar.spelling), term=_renamed(term, counter),
    )  # fmt: skip
    w.bind(total, scalar, Interval(-size, size))
    return f"let {title(total)} be {words}"


def _renamed(node: ast.expr, counter: str) -> ast.expr:
    for one in ast.walk(node):
        if isinstance(one, ast.Name) and one.id == "k":
            one.id = counter
    return node


def write_condition(w: KernelWriter) -> str:
    """Choose at compile time what a variable becomes."""
    given = argument(w)
    order = w.choices.integer(1, 3)
    flag = constant(w, ("ORDER", "MODE", "QUALITY", "LEVEL"), ast.Constant(order))
    value = w.names.one_of(("value", "shaped", "response", "mapped"))
    start, other = formula(w, [given], given.type), formula(w, [given], given.type, rich=1.0)
    test = _static(_python(f"{flag} > 1"))
    if w.choices.chance(0.5):
        assign(w, name(value), ast.IfExp(test, other.node, start.node))
    else:
        w.write(
            "value = start\nif test:\n    value = other", value=value, start=start.node, test=test, other=other.node
        )
    w.bind(value, given.type, start.interval.hull(other.interval))
    return f"let {value} be {other.words} if {flag} exceeds 1, else {start.words}; it is {order}"


def write_host(w: KernelWriter) -> str:
    """Take coefficients of a series from a Python function, evaluated at compile time."""
    given = argument(w)
    scalar = given.type if isinstance(given.type, Scalar) else w.precision
    text, bound, said = w.choices.pick(_SERIES)
    if "math." in text:
        use_math(w)
    host = w.names.one_of(("coefficient", "weight_at", "series_term", "tap"))
    w.declare("def host(k):\n    return value", host=host, value=_python(text))
    trips = w.choices.integer(2, 4)
    total, power, counter = w.names.one_of(("total", "acc", "series")), w.names.one_of(("power", "x_k", "factor")), "k"
    counter = w.names.one_of(("k", "j", "m"))
    small: Expr = w.expressions.shrink(given) if given.interval.magnitude > 3.0 else given
    w.write(
        "total = T(0.0)\npower = T(1.0)\nfor k in range(n):\n    total += c * power\n    power = power * x",
        total=total, power=power, k=counter, n=trips, T=spelled(scalar.spelling), x=small.node,
        c=as_scalar(_static(call(name(host), name(counter))), scalar),
    )  # fmt: skip
    size = sum(bound**k * max(small.interval.magnitude, 1.0) ** k for k in range(trips))
    w.bind(total, scalar, Interval(-size, size))
    return f"let {title(total)} be the sum of {trips} powers of {small.words}, each times {said}"


IDIOMS = (
    Idiom("static-number", 3, write_number, 1.2),
    Idiom("static-vector", 4, write_vector),
    Idiom("static-bound", 9, write_bound),
    Idiom("static-functions", 9, write_functions),
    Idiom("static-condition", 8, write_condition, 0.8),
    Idiom("static-host", 11, write_host, 0.8),
)
