"""Idioms of local arrays of two dimensions, of stacks, and of paths through a table."""

import ast

from warpsmith.synth import inputs
from warpsmith.synth.expr import Expr, binary, leaf, literal_node, name, spelled, subscript
from warpsmith.synth.families.folds import fold
from warpsmith.synth.families.idioms import Idiom, assign, formula, title
from warpsmith.synth.families.local_sequences import Local, allocate, filled
from warpsmith.synth.families.numbers import draw_vector
from warpsmith.synth.interval import Interval
from warpsmith.synth.scope import Value
from warpsmith.synth.types import INT32, scalar_of
from warpsmith.synth.writer import KernelWriter

_ZERO = Interval(0.0, 0.0)


def write_table(w: KernelWriter) -> str:
    """Fill a table of pairs of components, and fold its diagonal, a row of it, or all of it."""
    kind = draw_vector(w)
    scalar, size = kind.scalar, kind.length
    first = w.block.read(inputs.array(w, kind))
    second = w.block.read(inputs.array(w, kind))
    made = allocate(
        w, ("table", "pairs", "gram", "costs_rc", "grid_k"), scalar, (ast.Constant(size), ast.Constant(size))
    )
    r, c = w.names.one_of(("r", "row", "p")), w.names.one_of(("c", "col", "q"))
    entries = [
        leaf(
            subscript(one.node, [name(index)]), scalar, one.interval, f"component {index} of {one.words}", varying=True
        )
        for one, index in ((first, r), (second, c))
    ]
    term = formula(w, entries, scalar, rich=0.3)
    w.write(
        "for r in range(n):\n    for c in range(n):\n        table[r, c] = term",
        r=r, c=c, n=size, table=made, term=term.node,
    )  # fmt: skip
    words = f"fill {title(made)} with {term.words}"
    how = w.choices.pick(("diagonal", "row", "mirror", "corners"))
    if how == "corners":
        for one in ((0, size - 1), (size - 1, 0)):
            node = subscript(name(made), [ast.Constant(place) for place in one])
            w.block.add(Value(leaf(node, scalar, term.interval, f"entry {one}", varying=True)))
        return f"{words}; take two corners"
    view = made
    if how == "row":
        view = w.names.one_of(("line", "strip", "band"))
        assign(w, name(view), subscript(name(made), [ast.Constant(w.choices.integer(0, size - 1))]))

    def read(counter: str) -> list[Expr]:
        indices: list[ast.expr] = [name(counter)]
        if how == "diagonal":
            indices = [name(counter), name(counter)]
        elif how == "mirror":
            indices = [name(counter), binary(ast.Constant(size - 1), ast.Sub(), name(counter))]
        return [leaf(subscript(name(view), indices), scalar, term.interval, f"{how} entry", varying=True)]

    return f"{words}; {fold(w, scalar, ast.Constant(size), size, read)}"


def write_stack(w: KernelWriter) -> str:
    """Walk a binary tree with a stack of nodes, and fold what the nodes hold."""
    kind = w.precision
    depth = w.choices.pick((2, 3))
    nodes = 2 ** (depth + 1)  # node 1 is the root, node k has the children 2k and 2k + 1
    role = w.names.array(kind)
    interval = inputs.natural_range(role, kind)
    inputs.declare(w, role.plural, kind, (nodes,), interval)
    given = w.block.read(inputs.array(w, kind))
    stack = allocate(w, ("stack", "todo", "pending_nodes", "frontier"), INT32, (ast.Constant(2 * depth + 2),))
    top, node = w.names.one_of(("top", "count", "sp")), w.names.one_of(("node", "current", "index"))
    total = w.names.one_of(("total", "acc", "visited", "sum"))
    element = leaf(subscript(name(role.plural), [name(node)]), kind, interval, f"{role.noun} of the node", varying=True)
    term = formula(w, [element, given], kind, rich=0.3)
    threshold = literal_node(float(f"{(interval.low + interval.high) / 2:.2g}"), kind)
    w.write(
        "stack[0] = 1\ntop = int(1)\ntotal = T(0.0)\nfor k in range(n):\n    if top == 0:\n        break\n"
        "    top -= 1\n    node = stack[top]\n    total += term\n"
        "    if node < half and element > threshold:\n"
        "        stack[top] = 2 * node\n        stack[top + 1] = 2 * node + 1\n        top += 2",
        stack=stack, top=top, total=total, T=spelled(kind.spelling), k=w.names.one_of(("visit", "k", "step")), n=nodes,
        node=node, term=term.node, half=nodes // 2, element=element.node, threshold=threshold,
    )  # fmt: skip
    w.bind(total, kind, term.interval.hull(_ZERO).scale(nodes))
    words = f"walk a binary tree of {role.plural} by a stack, down from nodes above a threshold"
    return f"{words}; let {title(total)} be the sum of {term.words}"


def write_convolved(w: KernelWriter) -> str:
    """Multiply two short sequences like polynomials."""
    local, words = filled(w)
    scalar = scalar_of(local.type)
    weights = [w.choices.pick((0.5, 0.25, 1.0, 2.0)) for _ in range(2)]
    made = allocate(w, ("product_k", "conv", "mixed_k"), scalar, (ast.Constant(local.size + 1),))
    w.write(
        "for k in range(n):\n    c[k] += x[k] * a\n    c[k + 1] += x[k] * b",
        k=w.names.one_of(("k", "j")), n=local.limit, c=made, x=local.name,
        a=literal_node(weights[0], scalar), b=literal_node(weights[1], scalar),
    )  # fmt: skip
    bound = local.interval.hull(_ZERO).scale(sum(weights))
    whole = Local(made, scalar, local.size + 1, ast.Constant(local.size + 1), bound)
    words += f"; convolve it with ({weights[0]:g}, {weights[1]:g})"
    return f"{words}; {fold(w, scalar, whole.limit, whole.size, lambda k: [whole.at(k)])}"


def write_casteljau(w: KernelWriter) -> str:
    """Evaluate a Bezier curve by repeated blends of its control points."""
    kind = draw_vector(w) if w.choices.chance(0.6) else w.precision
    local, words = filled(w, kind)
    scalar = scalar_of(kind)
    t = literal_node(w.choices.pick((0.25, 0.5, 0.75, 0.3)), scalar)
    w.write(
        "for a in range(1, n):\n    for b in range(n - a):\n        p[b] = wp.lerp(p[b], p[b + 1], t)",
        a=w.names.one_of(("level", "a", "pass_k")), b=w.names.one_of(("b", "q", "e")), n=local.size, p=local.name, t=t,
    )  # fmt: skip
    w.block.add(Value(local.at(0, "the point of the curve")))
    return f"{words}; blend neighbours again and again until one point is left"


def write_path(w: KernelWriter) -> str:
    """Find the cheapest way through a row of costs by dynamic programming."""
    kind = w.precision
    local, words = filled(w)
    made = allocate(w, ("best", "cost_to", "dist_to", "reach"), kind, (local.limit,))
    penalty = literal_node(w.choices.pick((0.5, 1.0, 0.25)), kind)
    w.write(
        "d[0] = x[0]\nd[1] = x[1] + p\nfor k in range(2, n):\n    d[k] = x[k] + wp.min(d[k - 1] + p, d[k - 2])",
        d=made, x=local.name, p=penalty, n=local.limit, k=w.names.one_of(("k", "j")),
    )  # fmt: skip
    bound = local.interval.hull(_ZERO).scale(local.size).add(Interval(0.0, float(local.size)))
    w.block.add(Value(Local(made, kind, local.size, local.limit, bound).at(local.size - 1, "the cheapest way")))
    return f"{words}; find the cheapest way through it, one or two steps at a time"


IDIOMS = (
    Idiom("local-table", 17, write_table),
    Idiom("local-stack", 22, write_stack),
    Idiom("local-convolution", 18, write_convolved, 0.7),
    Idiom("casteljau", 15, write_casteljau, 0.8),
    Idiom("cheapest-path", 17, write_path, 0.7),
)
