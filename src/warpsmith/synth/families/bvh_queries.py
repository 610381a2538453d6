"""Queries on hierarchies of boxes: what overlaps a box or a sphere, what a ray or a swept sphere meets."""

import ast
from collections.abc import Callable
from dataclasses import dataclass

from warpsmith.synth import inputs
from warpsmith.synth.expr import Expr, name, spelled
from warpsmith.synth.families import drawing
from warpsmith.synth.families.family import Family
from warpsmith.synth.families.respelling import VARIANTS, respelled
from warpsmith.synth.families.searching import (
    INDICES,
    Walk,
    count_one,
    counter,
    extreme,
    gated,
    gather,
    note_items,
    own,
    start_sinks,
    walk,
)
from warpsmith.synth.families.supplies import aim
from warpsmith.synth.idiom import Filling, expression
from warpsmith.synth.interval import Interval
from warpsmith.synth.launch import BvhArgument
from warpsmith.synth.scope import Value
from warpsmith.synth.types import FLOAT32, INT32, ValueType, vector
from warpsmith.synth.writer import KernelWriter, Parameter, Style

_HIERARCHIES = ("bvh", "bvh_id", "tree", "hierarchy", "broad_phase", "scene", "boxes")
_POINT = vector(3, FLOAT32)
_KINDS: tuple[ValueType, ...] = (FLOAT32, _POINT, INT32)


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """A hierarchy of boxes: the name of its id, how many boxes it has, the root to begin at (nothing: the whole)."""

    id: str
    count: int
    root: ast.expr | None


def core(w: KernelWriter) -> list[str]:
    """Declare a hierarchy, ask it for boxes, and gather something of those that it finds."""
    tree = _hierarchy(w)
    w.features.add("bvh")
    index = w.names.one_of((*INDICES, "item", "box", "bound"))
    steps, place = _query(w, tree, index)
    write = w.choices.weighted(tuple(_USES), tuple(_USES.values()))
    words = f"for each {index} that {place}, {write(w, steps)}"
    drawing.make_room(w)
    return [words]


def _hierarchy(w: KernelWriter) -> Hierarchy:
    identifier = w.names.one_of(_HIERARCHIES)
    groups = w.choices.pick((2, 3, 4)) if w.choices.chance(0.2) else 0
    count = w.choices.pick((32, 48, 64))
    argument = BvhArgument(identifier, count, 2.0, w.choices.pick((0.5, 0.8, 1.0)), groups)
    w.add_parameter(Parameter(identifier, spelled("wp.uint64"), argument))
    if not groups:
        return Hierarchy(identifier, count, None)
    root = w.names.one_of(("root", "group_root", "start_node"))
    group = drawing.whole(w, ("group", "world", "group_id", "env"), 0, groups - 1)
    w.write("root = wp.bvh_get_group_root(bvh, group)", root=root, bvh=identifier, group=group.node)
    return Hierarchy(identifier, count, name(root))


def _query(w: KernelWriter, tree: Hierarchy, index: str) -> tuple[Walk, str]:
    """Return the walk over what a query finds, and what it finds in words."""
    opened = w.choices.weighted((_box, _sphere, _ray, _capsule), (3, 2, 2, 1))
    query, further, words = opened(w, tree)
    if tree.root is not None and isinstance(query, ast.Call):
        query.args.append(tree.root)
    # few of the boxes are near: the largest query box is a fifth of the cube that they are in
    return Walk(query, "bvh_query_next", index, tree.count, tree.count // 4, tuple(further), iterable=False), words


Opened = tuple[ast.expr, list[ast.expr], str]


def _here(w: KernelWriter) -> Expr:
    _, point = drawing.point_array(w, FLOAT32)
    return own(w, point, ("p", "center", "pos", "x", "start"), pending=False).expr


_BOXES = (
    "lower = p - V(r, r, r)\nupper = p + V(r, r, r)",
    "half = V(r, r * 0.5, r)\nlower = p - half\nupper = p + half",
    "lower = p + V(-r, -r, -r)\nupper = p + V(r, r, r)",
)


def _box(w: KernelWriter, tree: Hierarchy) -> Opened:
    lower = w.names.one_of(("lower", "lo", "box_min", "query_low"))
    upper = w.names.one_of(("upper", "hi", "box_max", "query_high"))
    if w.choices.chance(0.25):
        lows, highs = (
            w.names.one_of(kind) for kind in (("lowers", "mins", "box_lows"), ("uppers", "maxs", "box_highs"))
        )
        for identifier, interval in ((lows, Interval(-2.5, 0.0)), (highs, Interval(0.3, 2.5))):
            drawing.declare(w, identifier, _POINT, w.threads.extents, interval)
        nodes = [ast.Subscript(name(one), _tuple(w.index_nodes()), ast.Load()) for one in (lows, highs)]
        query = expression("wp.bvh_query_aabb(bvh, low, high)", bvh=tree.id, low=nodes[0], high=nodes[1])
        inputs.array(w, FLOAT32, bind=False)
        return query, [], f"overlaps the box from {lows} to {highs}"
    here = _here(w)
    reach = drawing.number(w, ("radius", "margin", "half_width", "extent"), FLOAT32, 0.4, 1.2)
    text = respelled(w.choices.pick(_BOXES), w.choices.integer(0, VARIANTS - 1))
    names: dict[str, Filling] = {"lower": lower, "upper": upper, "half": w.names.fresh("half"), "V": spelled("wp.vec3")}
    w.write(text, p=here.node, r=reach.node, **names)
    query = expression("wp.bvh_query_aabb(bvh, lower, upper)", bvh=tree.id, lower=lower, upper=upper)
    return query, [], f"overlaps the box around {here.words}"


def _tuple(nodes: list[ast.expr]) -> ast.expr:
    return nodes[0] if len(nodes) == 1 else ast.Tuple(nodes, ast.Load())


def _sphere(w: KernelWriter, tree: Hierarchy) -> Opened:
    here = _here(w)
    if w.choices.chance(0.4):
        role = drawing.LENGTHS[0]._replace(low=0.3, high=1.5)
        reach = w.block.read(inputs.array(w, FLOAT32, bind=w.choices.chance(0.5), role=role))
    else:
        reach = drawing.number(w, ("radius", "search_radius", "cutoff"), FLOAT32, 0.5, 1.5)
    query = expression("wp.bvh_query_sphere(bvh, p, r)", bvh=tree.id, p=here.node, r=reach.node)
    return query, [], f"comes within {reach.words} of {here.words}"


def _ray(w: KernelWriter, tree: Hierarchy) -> Opened:
    here = _here(w)
    direction = aim(w, FLOAT32, [here])
    query = expression("wp.bvh_query_ray(bvh, o, d)", bvh=tree.id, o=here.node, d=direction.node)
    if w.choices.chance(0.5):
        limit = drawing.number(w, ("max_t", "max_dist", "ray_length"), FLOAT32, 2.0, 6.0)
        return query, [limit.node], f"the ray from {here.words} meets within {limit.words}"
    return query, [], f"the ray from {here.words} meets"


def _capsule(w: KernelWriter, tree: Hierarchy) -> Opened:
    here = _here(w)
    travel = inputs.array(w, _POINT, bind=True, role=drawing.pick_role(w, "velocity"))
    reach = drawing.number(w, ("radius", "thickness", "capsule_radius"), FLOAT32, 0.1, 0.6)
    shift = w.block.read(travel)
    texts = ("wp.bvh_query_capsule(bvh, p, v, r)", "wp.bvh_query_capsule(bvh, p, v * 0.5, r)")
    query = expression(w.choices.pick(texts), bvh=tree.id, p=here.node, v=shift.node, r=reach.node)
    return query, [ast.Constant(1.0)], f"the sphere around {here.words} meets on its way along {shift.words}"


def sums(w: KernelWriter, steps: Walk) -> str:
    """Sum something of what is found."""
    counts = [counter(w)] if w.room > 12 and w.choices.chance(0.3) else []
    kind = w.choices.weighted(_KINDS, (4, 2, 1))
    sinks = start_sinks(w, [kind])

    def fill(w: KernelWriter) -> str:
        said = [count_one(w, sink, steps.trips) for sink in counts]
        for _ in range(2 if w.room > 10 and w.choices.chance(0.4) else 1):
            w.block.add(Value(drawing.attribute(w, w.choices.weighted(_KINDS, (4, 2, 1)), steps.index, steps.size)))
        return " and ".join([*said, gather(w, sinks)])

    return walk(w, steps, [*counts, *sinks], fill)


def counts(w: KernelWriter, steps: Walk) -> str:
    """Count what is found, all of it or what passes a test."""
    sink = counter(w)

    def fill(w: KernelWriter) -> str:
        if w.choices.chance(0.5):
            return count_one(w, sink, steps.trips)
        value = drawing.attribute(w, FLOAT32, steps.index, steps.size)
        level = round((value.interval.low + value.interval.high) / 2.0, 2)
        test = w.choices.pick(("value > level", "value < level", "value >= level", "level < value"))
        words = gated(w, test, lambda w: count_one(w, sink, steps.trips), value=value.node, level=level)
        return f"if {value.words} passes {level:g}, {words}"

    words = walk(w, steps, [sink], fill)
    inputs.array(w, FLOAT32, bind=False)
    return words


def extremes(w: KernelWriter, steps: Walk) -> str:
    """Keep the largest or the smallest value of what is found."""
    best, keep = extreme(w, steps.index, steps.size, FLOAT32)
    words = walk(w, steps, [], keep)
    w.bind(best, FLOAT32, Interval(-20.0, 20.0), "the extreme value")
    inputs.array(w, FLOAT32, bind=w.choices.chance(0.5))
    return words


def lists(w: KernelWriter, steps: Walk) -> str:
    """Write the numbers of what is found into a row of an array."""
    sink = counter(w)
    most = w.choices.pick((4, 8, 6, 16))
    words = walk(w, steps, [sink], lambda w: note_items(w, sink, steps.index, most))
    if w.choices.chance(0.6):
        inputs.array(w, FLOAT32, bind=False)
    return words


def first(w: KernelWriter, steps: Walk) -> str:
    """Stop at the first that passes a test, and read something of it."""
    chosen = w.names.one_of(("chosen", "first_hit", "picked", "hit_index", "found_item"))
    w.write("chosen = int(-1)", chosen=chosen)

    def fill(w: KernelWriter) -> str:
        value = drawing.attribute(w, FLOAT32, steps.index, steps.size)
        level = round(value.interval.low + (value.interval.high - value.interval.low) * 0.4, 2)
        texts = ("if value > level:\n    chosen = j\n    break", "if level < value:\n    chosen = j\n    break")
        w.write(w.choices.pick(texts), value=value.node, level=level, chosen=chosen, j=steps.index)
        return f"stop at the first whose value {value.words} is above {level:g}"

    words = walk(w, steps, [], fill)
    w.features.add("break")
    w.bind(chosen, INT32, Interval(-1.0, steps.size - 1.0), "the chosen one")
    inputs.array(w, FLOAT32, bind=False)
    return words


_USES: dict[Callable[[KernelWriter, Walk], str], float] = {
    sums: 5.0,
    counts: 2.0,
    extremes: 1.5,
    lists: 1.0,
    first: 1.0,
}

FAMILY = Family(
    "bvh_query",
    ("broad_phase",),
    "boxes, spheres, rays and swept spheres against hierarchies of boxes",
    ("overlaps", "candidates", "pairs", "broad_phase", "visibility", "hits", "contacts", "occupancy"),
    Style(
        operations=(("arith", 6.0), ("vec", 3.0), ("minmax", 0.5), ("exp", 0.8), ("trig", 0.6), ("unary", 0.6)),
        forms={
            "assignment": 5,
            "augmented-assignment": 2,
            "select": 1,
            "branch": 1.2,
            "function-call": 0.6,
            "atomic": 0.3,
        },
        dimensions=(10, 2, 0.3, 0),
        floats=(1, 0, 0, 0),
    ),
    core,
)
