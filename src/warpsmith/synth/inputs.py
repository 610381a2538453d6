"""What a kernel reads: arrays in their access patterns, parameters, structs. Each brings unread values into scope."""

import ast
import math
from collections.abc import Mapping

from warpsmith.synth.expr import LOAD, STORE, Expr, binary, call, leaf, name, spelled, subscript
from warpsmith.synth.interval import Interval
from warpsmith.synth.launch import ArrayArgument, Filling, Form, ScalarArgument, StructArgument
from warpsmith.synth.names import Role, struct_plural
from warpsmith.synth.scope import Value
from warpsmith.synth.types import (
    BOOL,
    INT32,
    Quaternion,
    Scalar,
    Struct,
    Transform,
    ValueType,
    Vector,
    components,
    is_float,
    scalar_of,
)
from warpsmith.synth.writer import KernelWriter, Parameter

# how often an array is read elsewhere than at the thread's own index
_ELSEWHERE = 0.12
_BROADCAST = 0.12


def array(
    w: KernelWriter,
    value_type: ValueType,
    *,
    bind: bool | None = None,
    role: Role | None = None,
    within: Interval | None = None,
) -> Value:
    """Add an array and read the thread's element of it, a neighbour's, or that of the thread's row.

    `role` says what it holds; without one, it is one of the lexicon. Its range is that of the role as far as it lies
    `within` another.
    """
    if w.threads.ndim > 1 and w.choices.chance(_BROADCAST):
        return _broadcast(w, value_type, role, within)
    role = _own_role(w, role) or w.names.array(value_type)
    interval = _narrowed(natural_range(role, value_type), within)
    indices, adjective = _access(w)
    declare(w, role.plural, value_type, w.threads.extents, interval)
    noun = role.noun if not adjective else role.noun.replace("the ", f"the {adjective} ", 1)
    element = leaf(subscript(name(role.plural), indices), value_type, interval, noun, varying=True)
    if bind is None:
        bind = w.choices.chance(0.35)
    if not bind:
        return w.block.add(Value(element))
    local = w.define(w.names.fresh(role.singular), element, mutable=False)
    local.expr = element._replace(node=local.expr.node)
    return local


def state(w: KernelWriter, value_type: ValueType, role: Role) -> tuple[Value, ast.expr]:
    """Add an array that the kernel may change: return the thread's element, in a variable, and where it stands."""
    plural = w.names.fresh(role.plural)
    interval = natural_range(role, value_type)
    declare(w, plural, value_type, w.threads.extents, interval)
    place = subscript(name(plural), w.index_nodes())
    element = leaf(place, value_type, interval, role.noun, varying=True)
    local = w.define(w.names.fresh(role.singular), element, mutable=False)
    local.expr = element._replace(node=local.expr.node)
    return local, subscript(name(plural), w.index_nodes(), STORE)


def arrays(w: KernelWriter, value_type: ValueType, counts: Mapping[int, float]) -> None:
    """Add so many arrays of a type as the weights of `counts` draw."""
    for _ in range(w.choices.weighted(tuple(counts), tuple(counts.values()))):
        array(w, value_type)


def _own_role(w: KernelWriter, role: Role | None) -> Role | None:
    return role and role._replace(plural=w.names.fresh(role.plural))


def _narrowed(interval: Interval, within: Interval | None) -> Interval:
    """Return what two ranges share, or the second where that is less than half of it."""
    if within is None or interval.within(*within):
        return interval
    shared = Interval(max(interval.low, within.low), min(interval.high, within.high))
    return within if shared.high - shared.low < (within.high - within.low) / 2 else shared


def _broadcast(w: KernelWriter, value_type: ValueType, role: Role | None, within: Interval | None) -> Value:
    """Add an array with one dimension, read along one index of the grid."""
    axis = w.choices.integer(0, w.threads.ndim - 1)
    role = _own_role(w, role) or w.names.array(value_type)
    interval = _narrowed(natural_range(role, value_type), within)
    declare(w, role.plural, value_type, (w.threads.extents[axis],), interval)
    index = w.threads.indices[axis]
    node = subscript(name(role.plural), [name(index)])
    w.features.add("broadcast")
    return w.block.add(Value(leaf(node, value_type, interval, f"{role.noun} of {index}", varying=True)))


def parameter(w: KernelWriter, value_type: ValueType, *, role: Role | None = None) -> Value:
    """Add a parameter that is the same for all threads; `role` says what it is."""
    role = role._replace(singular=w.names.fresh(role.singular)) if role else w.names.parameter(value_type)
    interval = natural_range(role, value_type)
    argument = ScalarArgument(role.singular, value_type.name, sample(w, value_type, interval))
    w.add_parameter(Parameter(role.singular, spelled(value_type.spelling), argument))
    w.features.add("parameter")
    expr = leaf(name(role.singular), value_type, interval, role.noun)
    return w.block.add(Value(expr))


def struct_array(w: KernelWriter, types: tuple[ValueType, ...]) -> list[Value]:
    """Add an array of structs with a field of each type, and read the fields of the thread's struct."""
    struct, roles = _struct(w, w.names.struct(), types)
    plural = w.names.fresh(struct_plural(struct))
    fields = _fillings(struct, roles)
    argument = StructArgument(plural, struct.name, w.threads.extents, fields)
    w.add_parameter(Parameter(plural, w.array_annotation(name(struct.name), w.threads.ndim), argument))
    owner: ast.expr = subscript(name(plural), w.index_nodes())
    if w.choices.chance(0.6):
        local = w.names.fresh(struct.name.lower())
        w.emit(ast.Assign([ast.Name(local, ast.Store())], owner, lineno=0))
        owner = name(local)
    w.features.update(("struct", "array-of-structs"))
    return [
        w.block.add(Value(_field(owner, role, kind, varying=True))) for role, kind in zip(roles, types, strict=True)
    ]


def struct_parameter(w: KernelWriter, types: tuple[ValueType, ...]) -> list[Value]:
    """Add a struct that is the same for all threads, and read its fields."""
    struct, roles = _struct(w, w.names.parameter_struct(), types)
    identifier = w.names.fresh("params" if w.choices.chance(0.5) else struct.name.lower())
    w.add_parameter(
        Parameter(identifier, name(struct.name), StructArgument(identifier, struct.name, (), _fillings(struct, roles)))
    )
    w.features.update(("struct", "struct-parameter"))
    return [
        w.block.add(Value(_field(name(identifier), role, kind, varying=False)))
        for role, kind in zip(roles, types, strict=True)
    ]


def along(w: KernelWriter, value_type: ValueType, counter: str, size: int) -> Value:
    """Add an array with `size` elements for each thread, or for all threads, and read the one at a loop's counter."""
    role = w.names.array(value_type)
    interval = natural_range(role, value_type)
    own = w.threads.ndim < 4 and w.choices.chance(0.6)
    shape = (*w.threads.extents, size) if own else (size,)
    declare(w, role.plural, value_type, shape, interval)
    indices = [*w.index_nodes(), name(counter)] if own else [name(counter)]
    node = subscript(name(role.plural), indices)
    return w.block.add(Value(leaf(node, value_type, interval, f"{role.noun} at {counter}", varying=True)))


def natural_range(role: Role, value_type: ValueType) -> Interval:
    """Return the range of a role in a type: no negative numbers in unsigned ones, and nothing outside of small ones."""
    scalar = scalar_of(value_type)
    if scalar == BOOL:
        return Interval(0.0, 1.0)
    if scalar.kind == "float":
        return Interval(role.low, role.high)
    low = max(role.low, 0.0)
    if scalar.kind == "int" and isinstance(value_type, Vector):
        low = role.low * 4
    return Interval(float(int(low)), float(max(int(role.high), int(low) + 4)))


def declare(
    w: KernelWriter, identifier: str, value_type: ValueType, shape: tuple[int, ...], interval: Interval
) -> None:
    """Add an array of a shape that is filled with numbers of a range; nothing is read of it yet."""
    w.features.add(f"array-{len(shape)}d")
    annotation = w.array_annotation(spelled(value_type.spelling), len(shape))
    filling = _filling(value_type, interval)
    w.add_parameter(Parameter(identifier, annotation, ArrayArgument(identifier, shape, filling)))


def _filling(value_type: ValueType, interval: Interval) -> Filling:
    """Return what a value is filled with: rotations are of unit length."""
    form: Form = "unit" if isinstance(value_type, Quaternion | Transform) else "uniform"
    return Filling(value_type.name, interval.low, interval.high, form)


def _access(w: KernelWriter) -> tuple[list[ast.expr], str]:
    """Return where an array is read, and an adjective that says so: mostly the thread's own index."""
    indices = w.index_nodes()
    if w.threads.ndim > 2 or not w.choices.chance(_ELSEWHERE):
        return indices, ""
    axis = w.choices.integer(0, w.threads.ndim - 1)
    pattern = w.choices.pick((_next_wrapped, _previous_clamped, _indirect))
    node, adjective = pattern(w, indices[axis], axis)
    w.features.add("neighbour-access" if pattern is not _indirect else "indirect-access")
    return [*indices[:axis], node, *indices[axis + 1 :]], adjective


def _next_wrapped(w: KernelWriter, index: ast.expr, axis: int) -> tuple[ast.expr, str]:
    shifted = binary(index, ast.Add(), ast.Constant(w.choices.integer(1, 3)))
    return binary(shifted, ast.Mod(), w.thread_extent(axis)), "next"


def _previous_clamped(w: KernelWriter, index: ast.expr, _axis: int) -> tuple[ast.expr, str]:
    shifted = binary(index, ast.Sub(), ast.Constant(w.choices.integer(1, 2)))
    return call("max", shifted, ast.Constant(0)), "previous"


def _indirect(w: KernelWriter, index: ast.expr, axis: int) -> tuple[ast.expr, str]:
    size = w.threads.extents[axis]
    table = w.names.one_of(("indices", "neighbors", "permutation", "parents", "order"))
    declare(w, table, INT32, (size,), Interval(0.0, float(size - 1)))
    return subscript(name(table), [index]), "linked"


def _struct(w: KernelWriter, identifier: str, types: tuple[ValueType, ...]) -> tuple[Struct, list[Role]]:
    roles: list[Role] = []
    for value_type in types:
        roles.append(w.names.field(value_type, frozenset(role.singular for role in roles)))
    struct = Struct(identifier, tuple((role.singular, kind) for role, kind in zip(roles, types, strict=True)))
    w.structs.append(struct)
    return struct, roles


def _fillings(struct: Struct, roles: list[Role]) -> tuple[tuple[str, Filling], ...]:
    return tuple(
        (field, _filling(kind, natural_range(role, kind)))
        for (field, kind), role in zip(struct.fields, roles, strict=True)
    )


def _field(owner: ast.expr, role: Role, value_type: ValueType, *, varying: bool) -> Expr:
    node = ast.Attribute(owner, role.singular, LOAD)
    return leaf(node, value_type, natural_range(role, value_type), role.noun, varying=varying)


def sample(w: KernelWriter, value_type: ValueType, interval: Interval) -> float | int | bool | tuple[float, ...]:
    """Return the value of a parameter: a number, or the components of a vector, a matrix or a rotation."""
    if isinstance(value_type, Scalar):
        return _sample_scalar(w, value_type, interval)
    if isinstance(value_type, Quaternion):
        return _sample_rotation(w)
    if isinstance(value_type, Transform):
        return (*(_sample_scalar(w, value_type.scalar, interval) for _ in range(3)), *_sample_rotation(w))
    return tuple(_sample_scalar(w, value_type.scalar, interval) for _ in range(components(value_type)))


def _sample_rotation(w: KernelWriter) -> tuple[float, ...]:
    """Return a rotation by a multiple of 10 degrees about a coordinate axis, as a unit quaternion (x, y, z, w)."""
    half = math.radians(10 * w.choices.integer(1, 17)) / 2.0
    axis = w.choices.integer(0, 2)
    return (*(round(math.sin(half), 6) if k == axis else 0.0 for k in range(3)), round(math.cos(half), 6))


def _sample_scalar(w: KernelWriter, scalar: Scalar, interval: Interval) -> float | int | bool:
    if scalar == BOOL:
        return w.choices.chance(0.5)
    if is_float(scalar):
        return round(interval.low + (interval.high - interval.low) * w.choices.integer(1, 19) / 20, 4)
    return w.choices.integer(int(interval.low), int(interval.high))
