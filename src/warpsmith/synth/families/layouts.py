"""Structs that families define: their fields by role, how they are read, and how a launch fills them."""

import ast
from collections.abc import Sequence
from typing import NamedTuple

from warpsmith.synth.expr import LOAD, Expr, leaf, name, spelled, struct, subscript
from warpsmith.synth.families.idioms import assign
from warpsmith.synth.families.numbers import draw_matrix, draw_vector
from warpsmith.synth.inputs import natural_range
from warpsmith.synth.launch import Argument, Filling, StructArgument
from warpsmith.synth.names import Role, struct_plural
from warpsmith.synth.types import Struct, ValueType
from warpsmith.synth.types import vector as vector_type
from warpsmith.synth.writer import KernelWriter, Parameter

Annotated = tuple[str, ast.expr, "Filling | Argument"]


class Layout(NamedTuple):
    """A struct: its class, the roles and types of its plain fields, and other fields with annotation and recipe."""

    name: str
    roles: tuple[Role, ...]
    types: tuple[ValueType, ...]
    others: tuple[Annotated, ...] = ()

    @property
    def fillings(self) -> "tuple[tuple[str, Filling | Argument], ...]":
        """What a launch fills the fields with."""
        plain = [
            (role.singular, Filling(kind.name, *natural_range(role, kind)))
            for role, kind in zip(self.roles, self.types, strict=True)
        ]
        return (*plain, *((field, filling) for field, _, filling in self.others))

    def fields(self, owner: ast.expr, *, varying: bool, of: str = "") -> list[Expr]:
        """Return how the plain fields of a struct are read; `of` goes behind their nouns."""
        return [
            leaf(
                ast.Attribute(owner, role.singular, LOAD),
                kind,
                natural_range(role, kind),
                role.noun + of,
                varying=varying,
            )
            for role, kind in zip(self.roles, self.types, strict=True)
        ]


def draw_types(w: KernelWriter, counts: Sequence[int] = (2, 3, 1)) -> tuple[ValueType, ...]:
    """Draw the types of a struct's fields: numbers, vectors, integers, now and then a matrix."""
    options: tuple[ValueType, ...] = (w.precision, draw_vector(w), w.integer, draw_matrix(w))
    return tuple(w.choices.weighted(options, (4, 3, 1, 0.3)) for _ in range(w.choices.pick(tuple(counts))))


def draw_roles(w: KernelWriter, types: Sequence[ValueType], taken: frozenset[str] = frozenset()) -> tuple[Role, ...]:
    """Draw the roles of fields, all different."""
    roles: list[Role] = []
    for kind in types:
        roles.append(w.names.field(kind, taken | frozenset(role.singular for role in roles)))
    return tuple(roles)


def define_layout(
    w: KernelWriter, identifier: str, types: Sequence[ValueType], others: Sequence[Annotated] = ()
) -> Layout:
    """Define a struct with a field of each type and others, in an order of its own."""
    roles = draw_roles(w, types, frozenset(field for field, _, _ in others))
    fields = [(role.singular, spelled(kind.spelling)) for role, kind in zip(roles, types, strict=True)]
    extra = [(field, annotation) for field, annotation, _ in others]
    w.preamble.append(struct(identifier, [*extra, *fields] if w.choices.chance(0.5) else [*fields, *extra]))
    w.features.add("struct")
    return Layout(identifier, roles, tuple(types), tuple(others))


def array_of(w: KernelWriter, layout: Layout, *, bind: float = 0.6) -> ast.expr:
    """Add an array of structs, one for each thread; return how the thread's struct is read."""
    plural = w.names.fresh(struct_plural(Struct(layout.name, ())))
    argument = StructArgument(plural, layout.name, w.threads.extents, layout.fillings)
    w.add_parameter(Parameter(plural, w.array_annotation(name(layout.name), w.threads.ndim), argument))
    w.features.add("array-of-structs")
    element = subscript(name(plural), w.index_nodes())
    return local(w, layout, element) if w.choices.chance(bind) else element


def local(w: KernelWriter, layout: Layout, element: ast.expr) -> ast.Name:
    """Write ``particle = particles[i]`` and return the variable."""
    identifier = w.names.fresh(w.choices.pick((layout.name.lower(), layout.name[0].lower())))
    assign(w, name(identifier), element)
    return name(identifier)


def parameter_of(w: KernelWriter, layout: Layout) -> ast.Name:
    """Add a struct that all threads share; return the parameter."""
    identifier = w.names.fresh("params" if w.choices.chance(0.3) else layout.name.lower())
    w.add_parameter(
        Parameter(identifier, name(layout.name), StructArgument(identifier, layout.name, (), layout.fillings))
    )
    w.features.add("struct-parameter")
    return name(identifier)


def cleared(layout: Layout) -> "tuple[tuple[str, Filling | Argument], ...]":
    """Return what a launch fills an array of such structs with that the kernel writes to."""
    return tuple(
        (role.singular, Filling(kind.name, 0.0, 0.0)) for role, kind in zip(layout.roles, layout.types, strict=True)
    )


def point_type(w: KernelWriter) -> ValueType:
    """Return the vector of 3 in the kernel's precision."""
    return vector_type(3, scalar) if (scalar := w.precision).name != "bfloat16" else draw_vector(w)
