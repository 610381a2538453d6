"""Idioms of local arrays of one dimension: filled, folded, sorted, scanned, handed to functions."""

import ast
from typing import NamedTuple

from warpsmith.synth import inputs
from warpsmith.synth.expr import LOAD, Expr, binary, call, leaf, literal_node, name, number_text, spelled, subscript
from warpsmith.synth.families.folds import fold
from warpsmith.synth.families.function_factories import argument
from warpsmith.synth.families.idioms import Idiom, assign, formula, own, title
from warpsmith.synth.families.numbers import draw_vector
from warpsmith.synth.families.static_idioms import constant
from warpsmith.synth.interval import Interval
from warpsmith.synth.printing import text_of
from warpsmith.synth.scope import Value
from warpsmith.synth.types import INT32, Scalar, ValueType
from warpsmith.synth.writer import KernelWriter

_ZERO = Interval(0.0, 0.0)
_SIZES = (4, 3, 5, 6, 8)
_SORT = """
for a in range(n):
    for b in range(m):
        if test:
            t = x[b]
            x[b] = x[b + 1]
            x[b + 1] = t
"""


class Local(NamedTuple):
    """A local array: its name, its type, its length, the node of the length, and the range of its elements."""

    name: str
    type: ValueType
    size: int
    limit: ast.expr
    interval: Interval

    def at(self, index: ast.expr | str | int, noun: str = "") -> Expr:
        """Return an element."""
        node = name(index) if isinstance(index, str) else ast.Constant(index) if isinstance(index, int) else index
        words = noun or f"element {text_of(node)} of {title(self.name)}"
        return leaf(subscript(name(self.name), [node]), self.type, self.interval, words, varying=True)


def allocate(w: KernelWriter, wanted: tuple[str, ...], kind: ValueType, shape: tuple[ast.expr, ...]) -> str:
    """Write ``buffer = wp.zeros(shape, dtype=…)`` in one of its spellings; return the name."""
    identifier = w.names.one_of(wanted)
    size = shape[0] if len(shape) == 1 and w.choices.chance(0.6) else ast.Tuple(list(shape), LOAD)
    node = call("zeros")
    if w.choices.chance(0.6):
        node.keywords = [ast.keyword("shape", size)]
    else:
        node.args = [size]
    node.keywords.append(ast.keyword("dtype", spelled(kind.spelling)))
    assign(w, name(identifier), node)
    return identifier


def length(w: KernelWriter, size: int) -> ast.expr:
    """Return a length as a number or as a constant of the module."""
    if w.choices.chance(0.75):
        return ast.Constant(size)
    return name(constant(w, ("N", "WINDOW", "SIZE", "CAPACITY", "ORDER"), ast.Constant(size)))


def filled(w: KernelWriter, kind: ValueType | None = None) -> tuple[Local, str]:
    """Write a local array and the loop that fills it of an array's row; return it and the words."""
    kind = kind or w.precision
    size = w.choices.pick(_SIZES)
    limit = length(w, size)
    made = allocate(w, ("window", "local", "values_k", "buf", "taps", "history", "cache"), kind, (limit,))
    counter = w.names.one_of(("k", "j", "m"))
    child = w.block.child(trips=size, in_loop=True)
    with w.inside(child):
        element = child.read(inputs.along(w, kind, counter, size))
        value = formula(w, [element], kind, rich=0.5) if w.choices.chance(0.6) else element
        assign(w, subscript(name(made), [name(counter)]), value.node)
    over: ast.expr = call(name("len"), name(made)) if w.choices.chance(0.15) else limit
    w.write("for k in range(n):\n    BODY", k=counter, n=over, BODY=child)
    return Local(made, kind, size, limit, value.interval), f"fill {title(made)} with {value.words} for {size} steps"


def write_folded(w: KernelWriter) -> str:
    """Fill a window and fold products of its elements with their neighbours or mirror images."""
    local, words = filled(w)
    how = w.choices.pick(("mirror", "next", "first", "plain"))

    def read(counter: str) -> list[Expr]:
        elements = [local.at(counter)]
        match how:
            case "mirror":
                last = ast.Constant(local.size - 1)
                elements.append(local.at(binary(last, ast.Sub(), name(counter))))
            case "next":
                following = binary(name(counter), ast.Add(), ast.Constant(1))
                elements.append(local.at(binary(following, ast.Mod(), ast.Constant(local.size))))
            case "first":
                elements.append(local.at(0))
        return elements

    return f"{words}; {fold(w, local.type, local.limit, local.size, read)}"


def write_vectors(w: KernelWriter) -> str:
    """Fill an array of points and fold the distances from their center, or from the first."""
    kind = draw_vector(w)
    local, words = filled(w, kind)
    if w.choices.chance(0.5):
        center = w.names.one_of(("center", "mean", "centroid"))
        w.write(
            "c = V()\nfor k in range(n):\n    c += p[k]\nc = c / m",
            c=center, V=spelled(kind.spelling), n=local.limit, p=local.name, k=w.names.one_of(("k", "j")),
            m=literal_node(local.size, kind.scalar),
        )  # fmt: skip
        other = leaf(name(center), kind, local.interval.hull(_ZERO), title(center), varying=True)
        words += f"; let {title(center)} be their mean"
    else:
        other = local.at(0)
    return f"{words}; {fold(w, kind.scalar, local.limit, local.size, lambda counter: [local.at(counter), other])}"


def write_sorted(w: KernelWriter) -> str:
    """Sort a window and take the median or the ends."""
    local, words = filled(w)
    a, b, t = (
        w.names.one_of(("p", "r", "pass_k")),
        w.names.one_of(("q", "c", "e")),
        w.names.one_of(("tmp", "swap", "held")),
    )
    rising = w.choices.chance(0.7)
    w.write(
        _SORT,
        a=a, b=b, t=t, x=local.name, n=local.size, m=local.size - 1,
        test=ast.Compare(
            subscript(name(local.name), [name(b)]),
            [ast.Gt() if rising else ast.Lt()],
            [subscript(name(local.name), [binary(name(b), ast.Add(), ast.Constant(1))])],
        ),
    )  # fmt: skip
    taken = [local.at(local.size // 2, "the median")]
    if w.choices.chance(0.5):
        taken.append(local.at(0, "the first of the sorted ones"))
    if w.choices.chance(0.3):
        taken.append(local.at(local.size - 1, "the last of the sorted ones"))
    for one in taken:
        w.block.add(Value(one))
    return f"{words}; sort them, {'the smallest' if rising else 'the largest'} first; take {taken[0].words}"


def write_scanned(w: KernelWriter) -> str:
    """Replace each element by the running sum, product or extreme."""
    local, words = filled(w)
    counter = w.names.one_of(("k", "j", "m"))
    text, said, grown = w.choices.pick(
        (
            ("x[k] = x[k] + x[k - 1]", "running sum", local.interval.hull(_ZERO).scale(local.size)),
            ("x[k] += x[k - 1]", "running sum", local.interval.hull(_ZERO).scale(local.size)),
            ("x[k] = wp.max(x[k], x[k - 1])", "running maximum", local.interval),
            ("x[k] = wp.min(x[k], x[k - 1])", "running minimum", local.interval),
            ("x[k] = x[k] * h + x[k - 1] * h", "running average", local.interval),
        )
    )
    half = literal_node(0.5, local.type) if isinstance(local.type, Scalar) else ast.Constant(0.5)
    holes = {"h": half} if "h" in text.split() else {}
    w.write(f"for k in range(1, n):\n    {text}", k=counter, n=local.limit, x=local.name, **holes)
    scanned = local._replace(interval=grown)
    words += f"; make each its {said}"
    if w.choices.chance(0.5):
        w.block.add(Value(scanned.at(local.size - 1, f"the last {said}")))
        w.block.add(Value(scanned.at(local.size // 2, f"the middle {said}")))
        return words
    return f"{words}; {fold(w, local.type, local.limit, local.size, lambda k: [scanned.at(k)])}"


def write_recurrence(w: KernelWriter) -> str:
    """Fill a sequence of which each element follows from the ones before."""
    given = argument(w)
    scalar = given.type if isinstance(given.type, Scalar) else w.precision
    size = w.choices.pick(_SIZES)
    limit = length(w, size)
    made = allocate(w, ("seq", "coeffs", "terms", "series", "poly", "memo"), scalar, (limit,))
    bound = given.interval.hull(_ZERO)
    if w.choices.chance(0.5):
        factor = w.choices.pick((0.5, 0.25, 0.75))
        w.write(
            "s[0] = x\nfor k in range(1, n):\n    s[k] = s[k - 1] * f + x",
            s=made, x=given.node, n=limit, f=literal_node(factor, scalar), k=w.names.one_of(("k", "j")),
        )  # fmt: skip
        bound = bound.scale(1.0 / (1.0 - factor))
        said = f"each {number_text(factor)} times the one before plus {given.words}"
    else:
        first, second = w.choices.pick(((0.5, 0.25), (0.25, 0.5), (0.75, 0.2), (0.4, 0.4)))
        w.write(
            "s[0] = x\ns[1] = y\nfor k in range(2, n):\n    s[k] = s[k - 1] * f + s[k - 2] * g",
            s=made, x=given.node, y=binary(given.node, ast.Mult(), literal_node(0.5, scalar)), n=limit,
            f=literal_node(first, scalar), g=literal_node(second, scalar), k=w.names.one_of(("k", "j")),
        )  # fmt: skip
        said = f"each {number_text(first)} times the one before plus {number_text(second)} times the one before that"
    local = Local(made, scalar, size, limit, bound)
    words = f"fill {title(made)} with {size} numbers from {given.words} on, {said}"
    if w.choices.chance(0.4):
        w.block.add(Value(local.at(size - 1)))
        return words
    return f"{words}; {fold(w, scalar, limit, size, lambda k: [local.at(k)])}"


def write_ring(w: KernelWriter) -> str:
    """Keep the last few elements of a series in a ring."""
    kind = w.precision
    size, trips = w.choices.pick((2, 3, 4)), w.choices.integer(5, 9)
    made = allocate(w, ("ring", "recent", "delay", "queue"), kind, (ast.Constant(size),))
    counter, total = w.names.one_of(("k", "j", "t_k")), w.names.one_of(("total", "lagged", "acc", "echo"))
    assign(w, name(total), call(spelled(kind.spelling), ast.Constant(0.0)))
    child = w.block.child(trips=trips, in_loop=True)
    with w.inside(child):
        element = child.read(inputs.along(w, kind, counter, trips))
        slot: ast.expr = binary(name(counter), ast.Mod(), ast.Constant(size))
        old = leaf(subscript(name(made), [slot]), kind, element.interval.hull(_ZERO), "the oldest", varying=True)
        term = formula(w, [element, old], kind, rich=0.3)
        w.write("total += term\nring[slot] = x", total=total, term=term.node, ring=made, slot=slot, x=element.node)
    w.write("for k in range(n):\n    BODY", k=counter, n=trips, BODY=child)
    w.bind(total, kind, term.interval.hull(_ZERO).scale(trips))
    return f"keep the last {size} elements in {title(made)}; let {title(total)} be the sum of {term.words}"


def write_function(w: KernelWriter) -> str:
    """Hand a local array to a function that folds it."""
    local, words = filled(w)
    kind = local.type
    identifier = w.names.one_of(("total_of", "energy_of", "spread_of", "mean_of", "norm_of"))
    label, n = w.choices.pick(("buf", "data", "xs", "items")), w.choices.pick(("n", "size", "count"))
    inside = Local(label, kind, local.size, name(n), local.interval)
    term = formula(w, [inside.at("k", "each element")], kind, rich=0.7)
    annotation: ast.expr = w.array_annotation(spelled(kind.spelling), 1)
    if w.choices.chance(0.35):
        annotation = call("fixedarray")
        annotation.keywords = [
            ast.keyword("dtype", spelled(kind.spelling)),
            ast.keyword("shape", ast.Tuple([ast.Constant(local.size)], LOAD)),
        ]
    w.define_functions(
        "@wp.func\ndef f(x: A, n: int):\n    s = T(0.0)\n    for k in range(n):\n        s += term\n    return s",
        f=identifier, x=label, A=annotation, n=n, T=spelled(kind.spelling), term=term.node,
    )  # fmt: skip
    w.definitions.append(f"here {title(identifier)} of an array is the sum of {term.words}")
    expr = own("x", kind, term.interval.hull(_ZERO).scale(local.size))
    value = w.names.one_of(("total", "energy", "spread", "measure"))
    assign(w, name(value), call(name(identifier), name(local.name), local.limit))
    w.bind(value, kind, expr.interval)
    return f"{words}; let {title(value)} be {title(identifier)} of them"


def write_counted(w: KernelWriter) -> str:
    """Count elements of a row in bins, and fold the counts."""
    bins, trips = w.choices.pick((3, 4, 5, 8)), w.choices.integer(5, 10)
    made = allocate(w, ("bins", "counts_k", "hist", "votes_k"), INT32, (ast.Constant(bins),))
    counter = w.names.one_of(("k", "j", "m"))
    child = w.block.child(trips=trips, in_loop=True)
    with w.inside(child):
        element = child.read(inputs.along(w, INT32, counter, trips))
        slot = binary(element.node, ast.Mod(), ast.Constant(bins))
        w.write("bins[slot] += 1", bins=made, slot=slot)
    w.write("for k in range(n):\n    BODY", k=counter, n=trips, BODY=child)
    local = Local(made, INT32, bins, ast.Constant(bins), Interval(0.0, float(trips)))
    words = f"count {element.words} modulo {bins} in {title(made)}"
    if w.choices.chance(0.4):
        w.block.add(Value(local.at(0, "the first count")))
        w.block.add(Value(local.at(bins - 1, "the last count")))
        return words

    def read(counter: str) -> list[Expr]:
        # the sum of all counts would be the same for all inputs
        place = binary(name(counter), ast.Add(), ast.Constant(1))
        node = binary(local.at(counter).node, ast.Mult(), place)
        return [leaf(node, INT32, Interval(0.0, float(trips * bins)), "each count times its place", varying=True)]

    return f"{words}; {fold(w, INT32, local.limit, bins, read)}"


IDIOMS = (
    Idiom("window-fold", 13, write_folded, 1.4),
    Idiom("local-vectors", 13, write_vectors, 0.8),
    Idiom("local-sort", 19, write_sorted, 0.7),
    Idiom("local-scan", 13, write_scanned),
    Idiom("local-recurrence", 10, write_recurrence, 1.4),
    Idiom("ring-buffer", 12, write_ring),
    Idiom("local-function", 14, write_function),
    Idiom("local-counts", 10, write_counted, 0.6),
)
