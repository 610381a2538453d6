"""The names of types in the catalog, and what they say: no Warp is needed to read them.

==========================  =====================================================================
``float32``, ``bool``       a scalar, by Warp's name
``vec3f``, ``mat23d``       a vector or matrix: shape, then the suffix of its scalar (`SUFFIXES`)
``quatf``, ``transformd``   a quaternion or transformation
``spatial_vectorf``         a vector of 6; ``spatial_matrixf`` is 6 x 6
``array2d[vec3f]``          an array; so ``indexedarray1d[..]``, ``fabricarray1d[..]``, ``indexedfabricarray1d[..]``
``fixedarray[float32,4]``   an array of fixed size that a kernel makes by ``wp.zeros``
``tile[float32,8,4]``       a tile: type of an element, then the shape
``tile_stack[int32,16]``    a stack that the threads of a block share: type of an element, then the capacity
``(vec3f, float32)``        several results
``float32(float32)``        a function: what it returns, and the types of its arguments
``=(8, 4)``                 an argument that must be just this text: a constant, a type, a function
``Mesh``, ``range_t``       an object that is neither stored nor computed with, by Warp's name
==========================  =====================================================================
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

Kind = Literal[
    "scalar",
    "vector",
    "matrix",
    "quaternion",
    "transform",
    "array",
    "fixedarray",
    "tile",
    "stack",
    "tuple",
    "function",
    "literal",
    "object",
]

SUFFIXES = {
    "h": "float16",
    "bf": "bfloat16",
    "f": "float32",
    "d": "float64",
    "b": "int8",
    "s": "int16",
    "i": "int32",
    "l": "int64",
    "ub": "uint8",
    "us": "uint16",
    "ui": "uint32",
    "ul": "uint64",
    "bool": "bool",
}
SUFFIX_OF = {scalar: suffix for suffix, scalar in SUFFIXES.items()}
FLOATS = ("float16", "bfloat16", "float32", "float64")
INTS = ("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64")
SCALARS = (*INTS, *FLOATS)

_COMPOSITE = re.compile(r"(vec|mat|quat|transform|spatial_vector|spatial_matrix)(\d*)(bool|bf|u?[bsil]|[hfd])")
_ARRAY = re.compile(r"(array|indexedarray|fabricarray|indexedfabricarray)(\d)d\[(.+)\]")
_SIZED = re.compile(r"(tile|fixedarray|tile_stack)\[(\w+),([\d,]+)\]")
_SIZED_KINDS: dict[str, Kind] = {"tile": "tile", "fixedarray": "fixedarray", "tile_stack": "stack"}


@dataclass(frozen=True, slots=True)
class TypeName:
    """What a name says.

    `scalar` is the type of one number; `shape` that of a vector, matrix, tile or fixed array. `element` is what an
    array or tile holds, `dimensions` how many an array has, and `family` the class of arrays.
    """

    name: str
    kind: Kind
    scalar: str = ""
    shape: tuple[int, ...] = ()
    element: str = ""
    dimensions: int = 0
    family: str = ""


@cache
def parse(name: str) -> TypeName:
    """Read a name; what is no other kind is an object."""
    for pattern, read in _READERS:
        if found := pattern.fullmatch(name):
            return read(found)
    return TypeName(name, "object")


def _array(found: re.Match[str]) -> TypeName:
    family, dimensions, element = found.groups()
    return TypeName(found[0], "array", parse(element).scalar, (), element, int(dimensions), family)


def _sized(found: re.Match[str]) -> TypeName:
    family, element, extents = found.groups()
    shape = tuple(map(int, extents.split(",")))
    return TypeName(found[0], _SIZED_KINDS[family], parse(element).scalar, shape, element, len(shape), family)


def _composite(found: re.Match[str]) -> TypeName:
    stem, digits, suffix = found.groups()
    kind, shape = _STEMS[stem]
    return TypeName(
        found[0], kind, SUFFIXES[suffix], shape or tuple(map(int, [digits] if kind == "vector" else digits))
    )


_STEMS: dict[str, tuple[Kind, tuple[int, ...]]] = {
    "vec": ("vector", ()),
    "mat": ("matrix", ()),
    "quat": ("quaternion", (4,)),
    "transform": ("transform", (7,)),
    "spatial_vector": ("vector", (6,)),
    "spatial_matrix": ("matrix", (6, 6)),
}
_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], TypeName]], ...] = (
    (re.compile("|".join((*SCALARS, "bool"))), lambda found: TypeName(found[0], "scalar", found[0])),
    (_COMPOSITE, _composite),
    (_ARRAY, _array),
    (_SIZED, _sized),
    (re.compile("=.*", re.DOTALL), lambda found: TypeName(found[0], "literal")),
    (re.compile(r"\(.*\)"), lambda found: TypeName(found[0], "tuple")),
    (re.compile(r"(\w+)\(.*\)"), lambda found: TypeName(found[0], "function", element=found[1])),
)


def parts(name: str) -> tuple[str, ...]:
    """Return the types in the name of several, or those of the arguments of a function."""
    inside = name[name.index("(") + 1 : -1]
    return tuple(inside.split(", ")) if inside else ()


def vector(length: int, scalar: str) -> str:
    """Return the name of a vector type."""
    stem = "spatial_vector" if length == 6 else f"vec{length}"
    return stem + SUFFIX_OF[scalar]


def matrix(rows: int, columns: int, scalar: str) -> str:
    """Return the name of a matrix type."""
    stem = "spatial_matrix" if (rows, columns) == (6, 6) else f"mat{rows}{columns}"
    return stem + SUFFIX_OF[scalar]


def quaternion(scalar: str) -> str:
    """Return the name of a quaternion type."""
    return "quat" + SUFFIX_OF[scalar]


def transform(scalar: str) -> str:
    """Return the name of a transformation type."""
    return "transform" + SUFFIX_OF[scalar]


def array(dimensions: int, element: str, family: str = "array") -> str:
    """Return the name of an array type."""
    return f"{family}{dimensions}d[{element}]"


def function(scalar: str, count: int) -> str:
    """Return the name of the type of a function that takes and returns a scalar."""
    return f"{scalar}({', '.join([scalar] * count)})"


def tile(element: str, *shape: int) -> str:
    """Return the name of a tile type."""
    return f"tile[{','.join((element, *map(str, shape)))}]"


TEXTURES = ("Texture1D", "Texture2D", "Texture3D")
_PREDECLARED = re.compile(
    r"(vec[234](u?[bsil]|[hfd])|(mat(22|33|44)|quat|transform|spatial_vector|spatial_matrix)[hfd])"
)


@cache
def spelling(name: str) -> str:
    """Return how a kernel writes a type: ``wp.vec3f``, ``wp.array[wp.vec3f]``; ``vec5f`` where `declarations` names it.

    Raises:
        ValueError: no annotation says this type; the values of it are made by builtins.
    """
    what = parse(name)
    if what.kind in ("vector", "matrix", "quaternion", "transform"):
        return f"wp.{name}" if _PREDECLARED.fullmatch(name) else name
    if what.kind == "array" and (what.family == "array" or what.dimensions == 1):
        plural = f"{what.dimensions}d" if what.dimensions > 1 else ""
        return f"wp.{what.family}{plural}[{spelling(what.element)}]"
    if what.kind == "array":
        return f"wp.{what.family}(dtype={spelling(what.element)}, ndim={what.dimensions})"
    if what.kind == "scalar" or name in TEXTURES:
        return f"wp.{name}"
    raise ValueError(f"type {name!r} cannot be written as an annotation; make the value by a builtin")


@cache
def declarations(name: str) -> tuple[str, ...]:
    """Return the lines that name what Warp has no name for in a type: ``vec5f = wp.types.vector(...)``."""
    what = parse(name)
    if what.element:
        return declarations(what.element)
    if what.kind == "tuple":
        return tuple(line for part in parts(name) for line in declarations(part))
    if what.kind not in ("vector", "matrix", "quaternion", "transform") or _PREDECLARED.fullmatch(name):
        return ()
    return (f"{name} = wp.types.{_MAKERS[what.kind].format(what.shape[0], *what.shape)}dtype=wp.{what.scalar})",)


_MAKERS = {
    "vector": "vector(length={}, ",
    "matrix": "matrix(shape=({1}, {2}), ",
    "quaternion": "quaternion(",
    "transform": "transformation(",
}
