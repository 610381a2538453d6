"""The types that generated kernels use, as values: scalars, vectors, matrices, arrays and structs.

A type's `name` is Warp's own name of the concrete type (``vec3f``, ``float32``), which is how the catalog of builtins
names it, so that overloads can be looked up by it. `spelling` is how people write it.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

Kind = Literal["float", "int", "uint", "bool"]

# suffix letters of Warp's vector and matrix names, from warp/_src/types.py
_SUFFIX = {
    "float16": "h",
    "float32": "f",
    "float64": "d",
    "int8": "b",
    "int16": "s",
    "int32": "i",
    "int64": "l",
    "uint8": "ub",
    "uint16": "us",
    "uint32": "ui",
    "uint64": "ul",
}


@dataclass(frozen=True, slots=True, eq=False)
class Scalar:
    """A scalar type; `limit` is the largest magnitude that generated code may reach in it."""

    name: str
    kind: Kind
    bits: int
    limit: float

    @property
    def spelling(self) -> str:
        """How it is written in an annotation or as a constructor."""
        return _PLAIN.get(self.name, f"wp.{self.name}")

    @property
    def lowest(self) -> float:
        """The smallest value that generated code may reach in it."""
        return -self.limit if self.kind in ("float", "int") else 0.0


_PLAIN = {"float32": "float", "int32": "int", "bool": "bool"}


def _name(stem: str, scalar: Scalar) -> str:
    return f"{stem}{_SUFFIX[scalar.name]}"


def _spelling(stem: str, scalar: Scalar) -> str:
    # float32 goes without the suffix, as most people write it
    return f"wp.{stem}" if scalar.name == "float32" else f"wp.{_name(stem, scalar)}"


@dataclass(frozen=True, slots=True, eq=False)
class _Composite:
    """A type of values of several numbers; `stem` is Warp's name of it without the suffix of the scalar."""

    stem: str
    scalar: Scalar

    @property
    def name(self) -> str:
        """Warp's name of the concrete type."""
        return _name(self.stem, self.scalar)

    @property
    def spelling(self) -> str:
        """How it is written."""
        return _spelling(self.stem, self.scalar)


@dataclass(frozen=True, slots=True, eq=False)
class Vector(_Composite):
    """A vector: 2 to 4 numbers, or the 6 of a spatial vector."""

    length: int


@dataclass(frozen=True, slots=True, eq=False)
class Matrix(_Composite):
    """A square matrix of floating-point numbers: 2 to 4 rows, or the 6 of a spatial matrix."""

    size: int


@dataclass(frozen=True, slots=True, eq=False)
class Quaternion(_Composite):
    """A rotation as a quaternion (x, y, z, w); inputs and results of rotations are of unit length."""


@dataclass(frozen=True, slots=True, eq=False)
class Transform(_Composite):
    """A rigid transformation: a translation (3 numbers) and a rotation (a unit quaternion)."""


@dataclass(frozen=True, slots=True, eq=False)
class Struct:
    """A user-defined struct: a class name and its fields in order."""

    name: str
    fields: tuple[tuple[str, "ValueType"], ...]

    @property
    def spelling(self) -> str:
        """The class name."""
        return self.name


ValueType = Scalar | Vector | Matrix | Quaternion | Transform
# a spatial vector is an angular and a linear part of 3 numbers each (Featherstone, 2008)
_SPATIAL = 6


@cache
def vector(length: int, scalar: Scalar) -> Vector:
    """Return the vector type of a length; there is one object a type, so types compare by identity."""
    return Vector("spatial_vector" if length == _SPATIAL else f"vec{length}", scalar, length)


@cache
def matrix(size: int, scalar: Scalar) -> Matrix:
    """Return the square matrix type of a size; there is one object a type, so types compare by identity."""
    return Matrix("spatial_matrix" if size == _SPATIAL else f"mat{size}{size}", scalar, size)


@cache
def quaternion(scalar: Scalar) -> Quaternion:
    """Return the quaternion type of a scalar; there is one object a type, so types compare by identity."""
    return Quaternion("quat", scalar)


@cache
def transform(scalar: Scalar) -> Transform:
    """Return the transformation type of a scalar; there is one object a type, so types compare by identity."""
    return Transform("transform", scalar)


def components(value_type: ValueType) -> int:
    """Return how many numbers a value is made of."""
    match value_type:
        case Vector(length=length):
            return length
        case Matrix(size=size):
            return size * size
        case Quaternion():
            return 4
        case Transform():
            return 7
    return 1


def scalar_of(value_type: ValueType) -> Scalar:
    """Return the scalar that a value is made of."""
    return value_type if isinstance(value_type, Scalar) else value_type.scalar


def is_integer(value_type: ValueType) -> bool:
    """Tell whether a value is made of integers."""
    return scalar_of(value_type).kind in ("int", "uint")


def is_float(value_type: ValueType) -> bool:
    """Tell whether a value is made of floating-point numbers."""
    return scalar_of(value_type).kind == "float"


BOOL = Scalar("bool", "bool", 8, 1.0)
# bfloat16 and float16 keep away from their largest values (3.4e38 and 65504) and from where integers are inexact
FLOAT16 = Scalar("float16", "float", 16, 2.0e3)
BFLOAT16 = Scalar("bfloat16", "float", 16, 2.0e3)
FLOAT32 = Scalar("float32", "float", 32, 1.0e6)
FLOAT64 = Scalar("float64", "float", 64, 1.0e9)
INT8 = Scalar("int8", "int", 8, 127)
INT16 = Scalar("int16", "int", 16, 32_767)
INT32 = Scalar("int32", "int", 32, 1_000_000_000)
INT64 = Scalar("int64", "int", 64, 1_000_000_000_000)
UINT8 = Scalar("uint8", "uint", 8, 255)
UINT16 = Scalar("uint16", "uint", 16, 65_535)
UINT32 = Scalar("uint32", "uint", 32, 2_000_000_000)
UINT64 = Scalar("uint64", "uint", 64, 1_000_000_000_000)

FLOATS = (FLOAT32, FLOAT64, FLOAT16, BFLOAT16)
INTEGERS = (INT32, INT64, INT16, INT8, UINT32, UINT64, UINT16, UINT8)
SCALARS = (*FLOATS, *INTEGERS, BOOL)


@cache
def value_types() -> dict[str, ValueType]:
    """Return every value type by its name in the catalog."""
    named = (FLOAT16, FLOAT32, FLOAT64)
    vectors = [vector(n, s) for s in SCALARS if s.name in _SUFFIX for n in (2, 3, 4)]
    vectors += [vector(_SPATIAL, s) for s in named]
    matrices = [matrix(n, s) for s in named for n in (2, 3, 4, _SPATIAL)]
    rotations = [kind(s) for kind in (quaternion, transform) for s in named]
    everything: list[ValueType] = [*SCALARS, *vectors, *matrices, *rotations]
    return {value_type.name: value_type for value_type in everything}
