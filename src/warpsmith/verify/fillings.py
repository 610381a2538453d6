"""What a value or an array is filled with: one function for each form that a recipe knows."""

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from warpsmith.errors import UsageError
from warpsmith.verify.dtypes import DType, dtype_named
from warpsmith.verify.numbers import Array, Numbers

_SHORT = 0.1
"""A vector shorter than this is not normalised but replaced by an axis."""


class _Wanted(NamedTuple):
    """How many values (`shape`), of what type, in what range, and the numbers that they are made of."""

    shape: tuple[int, ...]
    dtype: DType
    low: float
    high: float
    numbers: Numbers
    values: tuple[Any, ...] = ()

    @property
    def full(self) -> tuple[int, ...]:
        return self.shape + self.dtype.shape

    @property
    def bounds(self) -> tuple[int, int]:
        return int(self.low), int(self.high)

    @property
    def size(self) -> int:
        """Return the number of rows of a square matrix, or raise UsageError."""
        shape = self.dtype.shape
        if len(shape) != 2 or shape[0] != shape[1]:
            raise UsageError(f"dtype '{self.dtype.name}' of a launch recipe is no square matrix, which its form wants")
        return shape[0]


def filled(filling: Mapping[str, Any], shape: tuple[int, ...], numbers: Numbers) -> Array:
    """Return an array of `shape` values as a filling says: the values' own dimensions come last.

    Raises UsageError where the form is unknown, or does not go with the dtype.
    """
    form = filling.get("form", "uniform")
    if form not in FORMS:
        raise UsageError(f"form '{form}' of a launch recipe is unknown; known are {', '.join(FORMS)}")
    dtype = dtype_named(filling["dtype"])
    values = FORMS[form](_Wanted(shape, dtype, filling["low"], filling["high"], numbers, filling.get("values", ())))
    return values.astype(dtype.number)


def _uniform(wanted: _Wanted) -> Array:
    if wanted.dtype.is_integer:
        return wanted.numbers.integers(wanted.full, *wanted.bounds)
    return wanted.numbers.between(wanted.full, wanted.low, wanted.high)


def _unit(wanted: _Wanted) -> Array:
    """Vectors and quaternions of length 1; of a transform (7 numbers) the rotation, with a uniform position."""
    if len(wanted.dtype.shape) != 1 or wanted.dtype.is_integer:
        raise UsageError(f"dtype '{wanted.dtype.name}' of a launch recipe has no length, which form 'unit' wants")
    if not _is_transform(wanted.dtype):
        return normalised(wanted.numbers.between(wanted.full, -1.0, 1.0))
    values = _uniform(wanted)
    values[..., 3:] = normalised(wanted.numbers.between((*wanted.shape, 4), -1.0, 1.0))
    return values


def _is_transform(dtype: DType) -> bool:
    return dtype.name.startswith("transform")


def normalised(vectors: Array) -> Array:
    """Return vectors of length 1; what is too short to have a direction becomes the last axis."""
    lengths = np.sqrt((vectors * vectors).sum(axis=-1, keepdims=True))
    axis = np.zeros(vectors.shape[-1])
    axis[-1] = 1.0
    unit: Array = np.where(lengths < _SHORT, axis, vectors / np.maximum(lengths, _SHORT))
    return unit


def _orthogonal(wanted: _Wanted) -> Array:
    """Rotation matrices: products of a plane rotation for each pair of axes."""
    size = wanted.size
    rotation = np.zeros(wanted.full)
    rotation[...] = np.eye(size)
    for i in range(size):
        for j in range(i + 1, size):
            angle = wanted.numbers.between(wanted.shape, -math.pi, math.pi)[..., np.newaxis]
            first, second = rotation[..., i].copy(), rotation[..., j].copy()
            rotation[..., i] = np.cos(angle) * first - np.sin(angle) * second
            rotation[..., j] = np.sin(angle) * first + np.cos(angle) * second
    return rotation


def _spd(wanted: _Wanted) -> Array:
    """Symmetric positive definite matrices with eigenvalues from low to high."""
    if wanted.low <= 0:
        raise UsageError(f"low {wanted.low} of a launch recipe is no eigenvalue of form 'spd'; use one above 0")
    values = wanted.numbers.between((*wanted.shape, wanted.size), wanted.low, wanted.high)
    rotation = _orthogonal(wanted)
    product: Array = np.einsum("...ik,...k,...jk->...ij", rotation, values, rotation)
    return (product + np.swapaxes(product, -1, -2)) / 2.0


def _invertible(wanted: _Wanted) -> Array:
    """Matrices whose diagonal outweighs the rest of its row, no entry beyond the larger of abs(low) and abs(high)."""
    size, largest = wanted.size, max(abs(wanted.low), abs(wanted.high))
    values = wanted.numbers.between(wanted.full, wanted.low, wanted.high)
    diagonal = np.einsum("...ii->...i", values)
    heavy = np.copysign(largest / 2.0 + np.abs(diagonal) / 2.0, diagonal)
    values = values / (2.0 * size)
    np.einsum("...ii->...i", values)[...] = heavy
    return values


def _sorted(wanted: _Wanted) -> Array:
    values = _uniform(wanted)
    if wanted.dtype.is_integer:
        values = values.astype(wanted.dtype.number)
    return np.sort(values, axis=len(wanted.shape) - 1)


def _offsets(wanted: _Wanted) -> Array:
    """Ascending integers, the first of them low and the last of them high, as rows of a sparse matrix begin."""
    values = _sorted(wanted)
    values[..., 0], values[..., -1] = wanted.bounds
    return values


def _permutation(wanted: _Wanted) -> Array:
    """Return the integers from low upwards in random order."""
    return wanted.numbers.permutation(wanted.full) + int(wanted.low)


def _distinct(wanted: _Wanted) -> Array:
    """Return no value twice along the last axis: each lies in a slice of the range that is its own.

    Where a range has fewer integers than there are values, they come again and again in the same random order, so that
    neighbours differ as far as can be.
    """
    count = wanted.full[-1]
    if not wanted.dtype.is_integer:
        rank = wanted.numbers.permutation(wanted.full)
        return wanted.low + (rank + wanted.numbers.unit(wanted.full)) * ((wanted.high - wanted.low) / count)
    low, high = wanted.bounds
    integers = high - low + 1
    if integers < count:
        order = wanted.numbers.permutation((*wanted.full[:-1], integers))
        return low + order[..., np.arange(count) % integers]
    width = integers // count
    rank = wanted.numbers.permutation(wanted.full)
    return low + rank * width + (wanted.numbers.words(wanted.full) % np.uint64(width)).astype(np.int64)


def _given(wanted: _Wanted) -> Array:
    """Numbers that are written down one by one."""
    content = np.asarray(wanted.values)
    if content.size != math.prod(wanted.full):
        raise UsageError(f"values of a launch recipe are {content.size}, its shape wants {math.prod(wanted.full)}")
    return content.reshape(wanted.full)


FORMS: dict[str, Callable[[_Wanted], Array]] = {
    "uniform": _uniform,
    "unit": _unit,
    "spd": _spd,
    "orthogonal": _orthogonal,
    "invertible": _invertible,
    "sorted": _sorted,
    "offsets": _offsets,
    "permutation": _permutation,
    "distinct": _distinct,
    "given": _given,
}
