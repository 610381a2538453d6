"""Warp's types by the names that a recipe has: ``float32``, ``vec3f``, ``mat23d``, ``transformf``, ``vec5bf``."""

import re
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import warp as wp

from warpsmith.errors import UsageError

# the letters of Warp's vector and matrix names; b stands for int8, bf for bfloat16
_SCALARS = {
    "h": wp.float16,
    "bf": wp.bfloat16,
    "f": wp.float32,
    "d": wp.float64,
    "b": wp.int8,
    "s": wp.int16,
    "i": wp.int32,
    "l": wp.int64,
    "ub": wp.uint8,
    "us": wp.uint16,
    "ui": wp.uint32,
    "ul": wp.uint64,
}
_SHAPED = re.compile(r"(?:vec(?P<length>\d+)|mat(?P<rows>\d+)x(?P<columns>\d+)|mat(?P<row>\d)(?P<column>\d))([a-z]+)")


class DType(NamedTuple):
    """A value type: Warp's own class, the shape of one value (empty for a number), NumPy's type of its numbers.

    The numbers of bfloat16, which NumPy does not know, are float32: Warp converts them.
    """

    name: str
    warp: Any
    shape: tuple[int, ...]
    number: np.dtype[Any]

    @property
    def is_bfloat16(self) -> bool:
        """Tell whether it is made of bfloat16."""
        return getattr(self.warp, "_wp_scalar_type_", self.warp) is wp.bfloat16

    @property
    def is_integer(self) -> bool:
        """Tell whether it is made of integers or booleans."""
        return self.number.kind in "biu"


@cache
def dtype_named(name: str) -> DType:
    """Return the type that a recipe means; raises UsageError for a name that Warp has no type for."""
    kind = _known(name) or _shaped(name)
    if kind is None:
        raise UsageError(f"dtype '{name}' of a launch recipe is unknown; use a name such as float32, vec3f or mat23d")
    scalar = getattr(kind, "_wp_scalar_type_", kind)
    number = np.dtype(np.float32 if scalar is wp.bfloat16 else wp.dtype_to_numpy(scalar))
    return DType(name, kind, tuple(getattr(kind, "_shape_", ())), number)


def _known(name: str) -> Any:
    kind = getattr(wp, name, None)
    return kind if wp.types.type_is_value(kind) else None


def _shaped(name: str) -> Any:
    found = _SHAPED.fullmatch(name)
    if not found or found[6] not in _SCALARS:
        return None
    scalar = _SCALARS[found[6]]
    if found["length"]:
        return wp.types.vector(int(found["length"]), scalar)
    rows, columns = found["rows"] or found["row"], found["columns"] or found["column"]
    return wp.types.matrix((int(rows), int(columns)), scalar)


def numbers_in(array: Any) -> np.ndarray[Any, Any]:
    """Return a copy of what a Warp array holds; bfloat16 comes as float32, but in structs as its 16 bits."""
    scalar = getattr(array.dtype, "_wp_scalar_type_", array.dtype)
    if scalar is not wp.bfloat16:
        copied: np.ndarray[Any, Any] = array.numpy().copy()
        return copied
    return widened_bfloat16(bits_in(array))


def bits_in(array: Any) -> np.ndarray[Any, Any]:
    """Return the 16-bit words of a Warp array of bfloat16."""
    bits: np.ndarray[Any, Any] = array.view(_of_words(tuple(getattr(array.dtype, "_shape_", ())))).numpy()
    return bits


def widened_bfloat16(bits: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return the float32 that bfloat16 in 16-bit words stands for."""
    widened: np.ndarray[Any, Any] = (bits.astype(np.uint32) << np.uint32(16)).view(np.float32)
    return widened


def _of_words(shape: tuple[int, ...]) -> Any:
    """Return the type of 16-bit words of a shape, under which bfloat16 is read."""
    if not shape:
        return wp.uint16
    return wp.types.vector(*shape, wp.uint16) if len(shape) == 1 else wp.types.matrix(shape, wp.uint16)


def bfloat16_bits(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return the 16 bits of the nearest bfloat16, ties to even, of finite float32."""
    bits = np.ascontiguousarray(values, dtype=np.float32).view(np.uint32)
    even = (bits >> np.uint32(16)) & np.uint32(1)
    rounded: np.ndarray[Any, Any] = (bits + np.uint32(0x7FFF) + even) >> np.uint32(16)
    return rounded.astype(np.uint16)
