"""Generic overloads of the registry with types put in."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from typing import Any, TypeVar, get_args

from warpsmith.bridge.catalog import kinds
from warpsmith.bridge.catalog.asking import Row, ask
from warpsmith.bridge.catalog.leftout import LEFT_OUT
from warpsmith.bridge.catalog.registry import concrete_of, names, overloads_of
from warpsmith.bridge.catalog.rows import ELEMENTS, ROWS
from warpsmith.bridge.catalog.signature import Signature, key_of
from warpsmith.bridge.catalog.tilerows import TILE_ROWS, TILES
from warpsmith.bridge.catalog.warptypes import is_generic, type_name
from warpsmith.bridge.inside import types

_DOMAINS: Mapping[str, tuple[Any, ...]] = {
    "Scalar": kinds.SCALARS,
    "Float": kinds.FLOATS,
    "Int": kinds.INTS,
    "Any": ELEMENTS,
    "length": (2, 3, 4, 5),
    "shape": ((2, 2), (3, 3), (4, 4), (2, 3), (3, 2)),
}
_INDICES = ("i", "j", "k", "l")
_USUAL = ("int32", "float32")
Binding = Mapping[str, Any]


@cache
def instances_of(name: str) -> tuple[Signature, ...]:
    """Return the generic overloads of a builtin with types put in: each key once, none that a concrete overload has."""
    known = {signature.key for signature in concrete_of(name)}
    found: dict[str, Signature] = {}
    for row in rows(name):
        if key_of(name, (argument for _, argument in row), None) in known:
            continue
        signature = None if is_refused_later(name, row) else ask(name, row)
        if signature is not None and _is_generic_place(signature):
            found.setdefault(signature.key, signature)
    return tuple(found.values())


@cache
def instance_signatures() -> tuple[Signature, ...]:
    """Return the instances of all builtins, in the registry's order; it takes seconds where `instances_of` does not."""
    return tuple(signature for name in names() for signature in instances_of(name))


def is_refused_later(name: str, row: Row) -> bool:
    """Whether Warp generates code for a call that its compilers refuse.

    That is so for fabric arrays of more than two dimensions, and for the least and the greatest in arrays that are not
    plain, or of quaternions and transformations.
    """
    arrays = [what for _, argument in row if (what := kinds.parse(argument)).kind == "array"]
    if name in ("atomic_min", "atomic_max"):
        return any(what.family != "array" or what.element in ("quatf", "transformf") for what in arrays)
    return any("fabric" in what.family and what.dimensions > 2 for what in arrays)


def _is_generic_place(signature: Signature) -> bool:
    """Whether Warp takes a generic overload for a call, not one with concrete types that fits as well."""
    overload = overloads_of(signature.name)[signature.place]
    return overload.variadic or any(map(is_generic, overload.input_types.values()))


def rows(name: str) -> Iterator[Row]:
    """Yield the arguments that the generic overloads of a builtin are tried with."""
    if name in LEFT_OUT:
        return
    by_hand = [table[name] for table in (ROWS, TILE_ROWS) if name in table]
    for one in by_hand:
        yield from one()
    if by_hand and name not in _BOTH:
        return
    for overload in overloads_of(name):
        if not overload.variadic and any(map(is_generic, overload.input_types.values())):
            yield from rows_of(overload)


_BOTH = frozenset({"add", "sub", "mul", "div", "neg", "pos", "bit_and", "bit_or", "bit_xor", "index"})
"""What takes tiles, by hand, and much else that the registry tells of."""


def rows_of(overload: Any) -> Iterator[Row]:
    """Yield the arguments of a generic overload for every way to put types in."""
    parameters = {name: kind for name, kind in overload.input_types.items() if _is_given(overload, name)}
    dimensions = sum(name in _INDICES for name in parameters) or 1
    variables = dict.fromkeys(variable for kind in parameters.values() for variable in _variables(kind))
    for values in product(*(_DOMAINS[variable] for variable in variables)):
        binding = dict(zip(variables, values, strict=True))
        if _is_wanted(binding, parameters, dimensions):
            yield tuple((name, _put_in(kind, binding, dimensions)) for name, kind in parameters.items())


def _is_given(overload: Any, name: str) -> bool:
    """Whether an argument is passed: what Warp would have to guess is not, and other defaults have one type only."""
    return name not in overload.defaults or overload.defaults[name] is not None


def _variables(kind: Any) -> Iterator[str]:
    """Yield what a generic type leaves open."""
    if kind is Any:
        yield "Any"
    elif isinstance(kind, TypeVar):
        yield kind.__name__
    elif types.is_array(kind) or types.is_tile(kind):
        yield from _variables(kind.dtype)
    elif hasattr(kind, "_wp_generic_type_str_") and is_generic(kind):
        if 0 in kind._shape_:
            yield "shape" if types.type_is_matrix(kind) else "length"
        yield from _variables(kind._wp_scalar_type_)


def _is_wanted(binding: Binding, parameters: Mapping[str, Any], dimensions: int) -> bool:
    """Whether a combination is not one too many: what is unusual in two ways says nothing new."""
    scalar = next((binding[name] for name in ("Scalar", "Float", "Int") if name in binding), "int32")
    if (binding.get("length") == 5 or binding.get("shape") in ((2, 3), (3, 2))) and scalar not in _USUAL:
        return False
    index = binding.get("Int") or (type_name(parameters["i"]) if isinstance(parameters.get("i"), type) else "int32")
    if index != "int32" and set(binding) != {"Int"}:
        return dimensions == 1 and binding.get("Any") == "int32"
    if dimensions == 1 and all(_family(kind) in ("", "array") for kind in parameters.values()):
        return True
    return binding.get("Any", "float32") in (*_USUAL, "vec3f")


def _family(kind: Any) -> str:
    """Return the class of an array type: ``array``, ``indexedarray``; empty where it is none."""
    if isinstance(kind, type) or not types.is_array(kind):
        return ""
    return str((kind._concrete_cls if isinstance(kind, types._ArrayAnnotationBase) else type(kind)).__name__)


def _put_in(kind: Any, binding: Binding, dimensions: int) -> str:
    """Return the name of a type with everything put in that it leaves open."""
    if types.is_array(kind):
        return _array(_family(kind), _put_in(kind.dtype, binding, dimensions), dimensions)
    if types.is_tile(kind):
        return kinds.tile(_put_in(kind.dtype, binding, dimensions), *TILES[_rank(kind.shape, dimensions)])
    if kind is Any or isinstance(kind, TypeVar):
        return str(binding["Any" if kind is Any else kind.__name__])
    if hasattr(kind, "_wp_generic_type_str_") and is_generic(kind):
        return _composite(kind, binding)
    return type_name(kind)


def _array(family: str, element: str, dimensions: int) -> str:
    if family == "fixedarray":
        return f"fixedarray[{','.join((element, *['2'] * dimensions))}]"
    return kinds.array(dimensions, element, family)


def _rank(shape: Any, dimensions: int) -> int:
    given = get_args(shape)
    return dimensions if Ellipsis in given else len(given)


def _composite(kind: Any, binding: Binding) -> str:
    scalar = _put_in(kind._wp_scalar_type_, binding, 1)
    if types.type_is_quaternion(kind):
        return kinds.quaternion(scalar)
    if types.type_is_transformation(kind):
        return kinds.transform(scalar)
    if types.type_is_matrix(kind):
        rows, columns = binding["shape"] if 0 in kind._shape_ else kind._shape_
        return kinds.matrix(rows, columns, scalar)
    return kinds.vector(binding["length"] if 0 in kind._shape_ else kind._shape_[0], scalar)
