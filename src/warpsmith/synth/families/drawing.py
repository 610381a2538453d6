"""What the families of geometry share: arrays of a shape of their own, roles of points and lengths, parameters."""

import ast

from warpsmith.synth import inputs
from warpsmith.synth.complexity import LEVEL_BOUNDS
from warpsmith.synth.expr import Expr, leaf, literal, name, spelled, subscript
from warpsmith.synth.interval import Interval
from warpsmith.synth.launch import ArrayArgument, Filling, Form, ScalarArgument
from warpsmith.synth.names import Role
from warpsmith.synth.types import INT32, Scalar, ValueType, Vector, vector
from warpsmith.synth.writer import KernelWriter, Parameter

POINTS = (
    Role("positions", "pos", "the position", -2.0, 2.0),
    Role("points", "p", "the point", -2.0, 2.0),
    Role("particle_q", "x", "the particle's position", -2.0, 2.0),
    Role("vertices", "vertex", "the vertex", -2.0, 2.0),
    Role("centers", "center", "the center", -2.0, 2.0),
    Role("queries", "query_point", "the query point", -2.0, 2.0),
    Role("samples", "xyz", "the sample point", -2.0, 2.0),
    Role("nodes", "node", "the node", -2.0, 2.0),
    Role("origins", "origin", "the origin", -2.0, 2.0),
    Role("anchors", "anchor", "the anchor", -2.0, 2.0),
    Role("targets", "goal", "the target", -2.0, 2.0),
    Role("particle_x", "xi", "the particle's place", -2.0, 2.0),
    Role("sites", "site", "the site", -1.5, 1.5),
    Role("corners", "corner", "the corner", -1.5, 1.5),
    Role("landmarks", "mark", "the landmark", -1.5, 1.5),
)
DIRECTIONS = (
    Role("directions", "ray", "the direction", -1.0, 1.0),
    Role("ray_dirs", "ray_dir", "the ray's direction", -1.0, 1.0),
    Role("normals", "normal_i", "the normal", -1.0, 1.0),
    Role("axes", "axis_i", "the axis", -1.0, 1.0),
    Role("headings", "heading_i", "the heading", -1.0, 1.0),
    Role("view_dirs", "view", "the view direction", -1.0, 1.0),
    Role("lights", "light_i", "the light's direction", -1.0, 1.0),
)
VELOCITIES = (
    Role("velocities", "vel", "the velocity", -2.0, 2.0),
    Role("particle_qd", "qd", "the particle's velocity", -2.0, 2.0),
    Role("particle_v", "v_i", "the speed vector", -1.5, 1.5),
    Role("displacements", "disp", "the displacement", -1.0, 1.0),
)
LENGTHS = (
    Role("radii", "radius", "the radius", 0.1, 2.0),
    Role("half_widths", "half_width", "the half width", 0.2, 1.5),
    Role("thicknesses", "thickness", "the thickness", 0.05, 0.8),
    Role("sizes", "size", "the size", 0.2, 2.0),
    Role("margins", "margin", "the margin", 0.05, 0.5),
    Role("extents", "extent", "the extent", 0.2, 1.8),
    Role("spacings", "spacing_i", "the spacing", 0.1, 1.0),
)
TIMES = (Role("", "dt", "the time step", 0.01, 0.1), Role("", "h", "the step", 0.02, 0.2))
TARGETS = (
    Role("targets", "goal", "the target", -0.8, 0.8),
    Role("focus_points", "focus", "the focus", -0.7, 0.7),
    Role("aims", "aim", "the aim", -0.9, 0.9),
    Role("look_at", "look", "the point that is looked at", -0.6, 0.6),
)
SHARES = (
    Role("bary_u", "u", "the barycentric coordinate", 0.0, 1.0),
    Role("weights", "weight", "the weight", 0.0, 1.0),
    Role("coords", "coord", "the coordinate", 0.0, 1.0),
    Role("fractions", "fraction", "the fraction", 0.1, 0.9),
)
REACHES = (
    Role("reaches", "max_dist", "the largest distance", 3.0, 4.5),
    Role("ranges", "max_t", "the largest range", 3.5, 5.0),
    Role("limits", "max_distance", "the largest distance", 3.0, 4.0),
    Role("cutoffs", "far", "the far limit", 3.5, 5.0),
)
ROLES = {
    "point": POINTS,
    "target": TARGETS,
    "direction": DIRECTIONS,
    "velocity": VELOCITIES,
    "length": LENGTHS,
    "share": SHARES,
    "reach": REACHES,
    "time": TIMES,
}


def pick_role(w: KernelWriter, kind: str) -> Role:
    """Return one of the roles of a kind."""
    role = w.choices.pick(ROLES[kind])
    if any(parameter.name in (role.plural, role.singular) for parameter in w.parameters):
        role = w.choices.pick(ROLES[kind])
    return role


def declare(
    w: KernelWriter,
    identifier: str,
    value_type: ValueType,
    shape: tuple[int, ...],
    interval: Interval,
    *,
    form: Form = "uniform",
) -> None:
    """Add an array parameter of a shape that need not be that of the grid of threads."""
    w.features.add(f"array-{len(shape)}d")
    annotation = w.array_annotation(spelled(value_type.spelling), len(shape))
    filling = Filling(value_type.name, interval.low, interval.high, form)
    w.add_parameter(Parameter(identifier, annotation, ArrayArgument(identifier, shape, filling)))


def element(node: ast.expr, value_type: ValueType, interval: Interval, noun: str) -> Expr:
    """Return an array element that is read as it stands."""
    return leaf(node, value_type, interval, noun, varying=True)


def number(w: KernelWriter, names: tuple[str, ...], scalar: Scalar, low: float, high: float) -> Expr:
    """Return a number between two bounds that is the same for all threads: a parameter, or written out."""
    value = round(low + (high - low) * w.choices.integer(0, 20) / 20, 3)
    if w.choices.chance(0.2):
        return literal(value, scalar)
    identifier = w.names.one_of(names)
    varied = (low, high)
    w.add_parameter(
        Parameter(identifier, spelled(scalar.spelling), ScalarArgument(identifier, scalar.name, value, varied))
    )
    w.features.add("parameter")
    return leaf(name(identifier), scalar, Interval(low, high), f"the {identifier.replace('_', ' ')}")


def whole(w: KernelWriter, names: tuple[str, ...], low: int, high: int) -> Expr:
    """Return a whole number that is the same for all threads, as `number` does."""
    value = w.choices.integer(low, high)
    if w.choices.chance(0.3):
        return literal(float(value), INT32)
    identifier = w.names.one_of(names)
    argument = ScalarArgument(identifier, "int32", value, (low, high))
    w.add_parameter(Parameter(identifier, name("int"), argument))
    return leaf(name(identifier), INT32, Interval(low, high), f"the {identifier.replace('_', ' ')}")


def point_array(w: KernelWriter, scalar: Scalar, kind: str = "point") -> tuple[str, Expr]:
    """Declare an array with a vector of 3 for each thread, and return its name and the thread's element."""
    role = pick_role(w, kind)
    identifier = w.names.fresh(role.plural)
    interval = Interval(role.low, role.high)
    value_type: Vector = vector(3, scalar)
    declare(w, identifier, value_type, w.threads.extents, interval)
    return identifier, element(subscript(name(identifier), w.index_nodes()), value_type, interval, role.noun)


def attribute(w: KernelWriter, value_type: ValueType, index: str, size: int) -> Expr:
    """Declare an array with one value for each item that a search finds, and return that at an index."""
    role = w.names.array(value_type)
    interval = inputs.natural_range(role, value_type)
    declare(w, role.plural, value_type, (size,), interval)
    return element(subscript(name(role.plural), [name(index)]), value_type, interval, f"{role.noun} of {index}")


def has_array(w: KernelWriter) -> bool:
    """Tell whether the kernel reads an array."""
    return any(isinstance(parameter.argument, ArrayArgument) for parameter in w.parameters)


# what follows a core: other statements and the store
_BEHIND = 6


def room_for_piece(w: KernelWriter) -> int:
    """Return the complexity that a piece may have; in a kernel of the lowest level the piece is most of it."""
    ceiling = LEVEL_BOUNDS[1].high if w.goal <= LEVEL_BOUNDS[1].high // 2 else w.goal
    return ceiling - w.spent - _BEHIND


def make_room(w: KernelWriter) -> None:
    """Leave a kernel of the lowest level some room behind its core: what was drawn to stop at may be spent already."""
    if w.goal <= LEVEL_BOUNDS[1].high // 2:
        w.goal = max(w.goal, min(w.spent + w.choices.integer(4, 10), LEVEL_BOUNDS[1].high - 2))
