"""Idioms that walk through the components of vectors, and of rotations, transformations and wide vectors."""

import ast

from warpsmith.synth import inputs
from warpsmith.synth.expr import (
    LOAD,
    Expr,
    binary,
    call,
    leaf,
    listed,
    literal_node,
    name,
    spelled,
    subscript,
)
from warpsmith.synth.families.idioms import Idiom, assign, augment, formula, part, title
from warpsmith.synth.families.numbers import draw_vector
from warpsmith.synth.families.vector_components import bring, component, operand, some
from warpsmith.synth.interval import Interval
from warpsmith.synth.scope import Value
from warpsmith.synth.types import (
    Quaternion,
    components,
    quaternion,
    transform,
    vector,
)
from warpsmith.synth.writer import KernelWriter

_ZERO = Interval(0.0, 0.0)


def write_loop(w: KernelWriter) -> str:
    """Fold the components of one or two vectors in a loop over them."""
    kind = draw_vector(w)
    first, second = operand(w, kind, bind=True), None
    if w.choices.chance(0.5):
        second = operand(w, kind, bind=True)
    counter = w.names.one_of(("c", "k", "axis", "d", "j"))
    total = w.names.one_of(("total", "acc", "sum", "norm", "dist"))
    zero = call(spelled(kind.scalar.spelling), ast.Constant(0.0))
    limit: ast.expr = call(name("len"), first.node) if w.choices.chance(0.4) else ast.Constant(kind.length)
    assign(w, name(total), zero)
    read = [leaf(subscript(first.node, [name(counter)]), kind.scalar, first.interval, "component c", varying=True)]
    if second is not None:
        read.append(
            leaf(subscript(second.node, [name(counter)]), kind.scalar, second.interval, "component c too", varying=True)
        )
    term = formula(w, read, kind.scalar, rich=0.6)
    child = w.block.child(trips=kind.length, in_loop=True)
    with w.inside(child):
        if w.choices.chance(0.25):
            assign(w, name(total), call("max", name(total), term.node))
            interval, how = term.interval.hull(_ZERO), "the largest of 0 and"
        else:
            augment(w, name(total), ast.Add(), term.node)
            interval, how = term.interval.hull(_ZERO).scale(kind.length), "the sum of"
    w.write("for c in range(n):\n    BODY", c=counter, n=limit, BODY=child)
    nouns = listed([one.words for one in (first, second) if one is not None])
    w.bind(total, kind.scalar, interval)
    return f"let {title(total)} be {how} a formula of the components of {nouns}"


def write_extreme(w: KernelWriter) -> str:
    """Find the largest component of a vector by comparisons, and which one it is."""
    kind = draw_vector(w)
    of = operand(w, kind, bind=True)
    best, where, counter = (
        w.names.one_of(("best", "peak", "top")),
        w.names.fresh("where_best"),
        w.names.one_of(("c", "k", "j")),
    )
    less = w.choices.chance(0.4)
    test: ast.cmpop = ast.Lt() if less else ast.Gt()
    comparison = ast.Compare(subscript(of.node, [name(counter)]), [test], [name(best)])
    w.write(
        "best = v[0]\nwhere = int(0)\nfor c in range(1, n):\n    if test:\n        best = v[c]\n        where = c",
        best=best, where=where, c=counter, n=kind.length, test=comparison, v=of.node,
    )  # fmt: skip
    w.bind(best, kind.scalar, of.interval)
    if w.choices.chance(0.5):
        following = subscript(
            of.node, [binary(binary(name(where), ast.Add(), ast.Constant(1)), ast.Mod(), ast.Constant(kind.length))]
        )
        w.block.add(Value(part(following, kind.scalar, of, "the component behind it")))
    else:
        node = call(spelled(kind.scalar.spelling), name(where))
        interval = Interval(0.0, float(kind.length - 1))
        w.block.add(Value(leaf(node, kind.scalar, interval, "its place", varying=True)))
    return f"let {best} be the {'smallest' if less else 'largest'} component of {of.words} and {title(where)} its place"


def write_dynamic(w: KernelWriter) -> str:
    """Read a component whose place follows from the thread, and another one."""
    kind = draw_vector(w)
    of = operand(w, kind, bind=True)
    index = w.names.one_of(("axis", "c", "slot", "k"))
    assign(w, name(index), binary(name(w.threads.indices[-1]), ast.Mod(), ast.Constant(kind.length)))
    node = subscript(of.node, [name(index)])
    read = [part(node, kind.scalar, of, f"component {index} of {of.words}")]
    if w.choices.chance(0.5):
        further = binary(binary(name(index), ast.Add(), ast.Constant(1)), ast.Mod(), ast.Constant(kind.length))
        read.append(part(subscript(of.node, [further]), kind.scalar, of, f"the one behind {index}"))
    bring(w, read)
    return f"let {index} be {w.threads.indices[-1]} modulo {kind.length}; take {listed([one.words for one in read])}"


def write_rotation(w: KernelWriter) -> str:
    """Read components of a quaternion, or the parts of a transformation and their components."""
    scalar = draw_vector(w).scalar
    if w.choices.chance(0.5):
        return _quaternion(w, quaternion(scalar))
    kind = transform(scalar)
    of = w.block.read(inputs.array(w, kind, bind=True))
    read: list[Expr] = []
    for field, part_type, noun in (("p", vector(3, scalar), "translation"), ("q", quaternion(scalar), "rotation")):
        if not read or w.choices.chance(0.5):
            whole = leaf(
                ast.Attribute(of.node, field, LOAD), part_type, of.interval, f"the {noun} of {of.words}", varying=True
            )
            read.append(
                component(w, whole, w.choices.integer(0, components(part_type) - 1), length=components(part_type))
            )
    if w.choices.chance(0.5):
        place = w.choices.integer(0, 2)
        read.append(
            leaf(
                subscript(of.node, [ast.Constant(place)]),
                scalar,
                of.interval,
                f"number {place} of {of.words}",
                varying=True,
            )
        )
    if w.choices.chance(0.3):
        node = subscript(of.node, [ast.Slice(ast.Constant(0), ast.Constant(3))])
        read.append(part(node, vector(3, scalar), of, f"the first three numbers of {of.words}"))
    bring(w, read)
    return f"take {listed([one.words for one in read])}"


def _quaternion(w: KernelWriter, kind: Quaternion) -> str:
    of = w.block.read(inputs.array(w, kind, bind=True))
    read = [component(w, of, place, length=4) for place in some(w, 4)]
    if w.choices.chance(0.35):
        node = subscript(of.node, [ast.Slice(ast.Constant(0), ast.Constant(3))])
        read.append(part(node, vector(3, kind.scalar), of, f"the vector part of {of.words}"))
    elif w.choices.chance(0.35):
        node_star = call(spelled(vector(4, kind.scalar).spelling), ast.Starred(of.node, LOAD))
        read.append(part(node_star, vector(4, kind.scalar), of, f"{of.words} as a 4-vector"))
    bring(w, read)
    return f"take {listed([one.words for one in read])}"


def write_wide(w: KernelWriter) -> str:
    """Use a vector type of a length that has no name, filled in a loop."""
    scalar = draw_vector(w).scalar
    length = w.choices.pick((5, 6, 7, 8))
    alias = w.names.fresh(f"vec{length}")
    node = (
        call("x")
        if False
        else ast.Call(ast.Attribute(ast.Attribute(name("wp"), "types", LOAD), "vector", LOAD), [], [])
    )
    node.keywords = [ast.keyword("length", ast.Constant(length)), ast.keyword("dtype", spelled(scalar.spelling))]
    w.declare("alias = made", alias=alias, made=node)
    seed = w.block.read(inputs.array(w, scalar))
    wide, counter = w.names.one_of(("coeffs", "powers", "window", "features", "taps")), w.names.one_of(("k", "c", "j"))
    step = w.choices.pick((0.5, 0.25, 0.75))
    factor = literal_node(step, scalar)
    w.write(
        "wide = alias()\nwide[0] = start\nfor k in range(1, n):\n    wide[k] = wide[k - 1] * factor + start",
        wide=wide, alias=alias, start=seed.node, k=counter, n=length, factor=factor,
    )  # fmt: skip
    bound = seed.interval.hull(_ZERO).scale(1.0 / (1.0 - step))
    whole = leaf(name(wide), vector(4, scalar), bound, title(wide), varying=True)
    read = [
        leaf(subscript(name(wide), [ast.Constant(place)]), scalar, bound, f"{title(wide)} {place}", varying=True)
        for place in some(w, length)
    ]
    if w.choices.chance(0.4):
        squared = Interval(0.0, bound.magnitude**2 * length)
        if squared.high < scalar.limit:
            read.append(
                leaf(
                    call("dot", whole.node, whole.node),
                    scalar,
                    squared,
                    f"the squared length of {title(wide)}",
                    varying=True,
                )
            )
    bring(w, read)
    return f"fill {title(wide)} with {length} numbers, each {step:g} times the one before plus {seed.words}"


IDIOMS = (
    Idiom("component-loop", 9, write_loop),
    Idiom("component-extreme", 12, write_extreme, 0.6),
    Idiom("component-dynamic", 4, write_dynamic, 0.7),
    Idiom("rotation-components", 4, write_rotation, 0.8),
    Idiom("wide-vector", 11, write_wide, 0.6),
)
