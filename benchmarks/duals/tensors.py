"""Vectors, matrices and arrays of dual numbers."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import numpy as np

from benchmarks.duals.numbers import Dual, UnknownToDualsError, dual


class Tensor:
    """A vector (one dimension) or matrix (two) of dual numbers; rows share nothing."""

    __slots__ = ("items", "shape")

    def __init__(self, shape: tuple[int, ...], items: list[Any]) -> None:
        self.shape, self.items = shape, [dual(item) for item in items]

    def copy(self) -> "Tensor":
        """Return a tensor of its own with the same numbers."""
        return Tensor(self.shape, list(self.items))

    def _place(self, index: Any) -> int:
        indices = index if isinstance(index, tuple) else (index,)
        if len(indices) != len(self.shape) or not all(isinstance(i, int) for i in indices):
            raise UnknownToDualsError("a row or a slice")
        place = 0
        for i, extent in zip(indices, self.shape, strict=True):
            if not -extent <= i < extent:
                raise IndexError(index)
            place = place * extent + i % extent
        return place

    def __getitem__(self, index: Any) -> Dual:
        return self.items[self._place(index)]

    def __setitem__(self, index: Any, value: Any) -> None:
        self.items[self._place(index)] = dual(value)

    def __getattr__(self, name: str) -> Any:
        if name in "xyzw" and len(self.shape) == 1:
            return self["xyzw".index(name)]
        raise UnknownToDualsError(f"component {name}")

    def __setattr__(self, name: str, value: Any) -> None:
        if name in Tensor.__slots__:
            object.__setattr__(self, name, value)
        elif name in "xyzw":
            self["xyzw".index(name)] = value
        else:
            raise UnknownToDualsError(f"component {name}")

    def each(self, other: Any, join: Callable[[Any, Any], Any]) -> "Tensor":
        if not isinstance(other, Tensor) or other.shape != self.shape:
            raise UnknownToDualsError("tensors of different shapes")
        return Tensor(self.shape, [join(a, b) for a, b in zip(self.items, other.items, strict=True)])

    def __add__(self, other: Any) -> "Tensor":
        return self.each(other, lambda a, b: a + b)

    def __sub__(self, other: Any) -> "Tensor":
        return self.each(other, lambda a, b: a - b)

    def __neg__(self) -> "Tensor":
        return Tensor(self.shape, [-a for a in self.items])

    def __mul__(self, other: Any) -> "Tensor":
        if isinstance(other, Tensor):
            return product_of(self, other)
        return Tensor(self.shape, [a * other for a in self.items])

    def __rmul__(self, other: Any) -> "Tensor":
        return self.__mul__(other)

    def __matmul__(self, other: Any) -> "Tensor":
        return product_of(self, other)

    def __truediv__(self, other: Any) -> "Tensor":
        if isinstance(other, Tensor):
            raise UnknownToDualsError("division by a tensor")
        return Tensor(self.shape, [a / other for a in self.items])

    def __eq__(self, other: object) -> bool:
        raise UnknownToDualsError("comparison of tensors")

    __hash__ = None  # type: ignore[assignment]


def product_of(a: Tensor, b: Tensor) -> Tensor:
    if len(a.shape) != 2:
        raise UnknownToDualsError("product of vectors")
    rows, inner = a.shape
    columns = b.shape[1] if len(b.shape) == 2 else 1
    if b.shape[0] != inner:
        raise UnknownToDualsError("product of shapes")
    items = [
        total(a.items[i * inner + k] * b.items[k * columns + j] for k in range(inner))
        for i in range(rows)
        for j in range(columns)
    ]
    return Tensor((rows, columns) if len(b.shape) == 2 else (rows,), items)


def total(terms: Iterator[Any]) -> Dual:
    total = Dual(0.0)
    for term in terms:
        total = total + term
    return total


class DualArray:
    """An array of the launch: numbers, or tensors, each with its derivative."""

    def __init__(self, values: Any, slopes: Any, inner: tuple[int, ...]) -> None:
        outer = values.shape[: values.ndim - len(inner)]
        self.shape = outer
        self.cells: dict[tuple[int, ...], Any] = {}
        for index in product(*map(range, outer)):
            value, slope = values[index], slopes[index]
            if inner:
                pairs = zip(value.ravel().tolist(), slope.ravel().tolist(), strict=True)
                self.cells[index] = Tensor(inner, [Dual(v, d) for v, d in pairs])
            else:
                self.cells[index] = Dual(value, slope) if values.dtype.kind == "f" else value.item()

    def _index(self, index: Any) -> tuple[int, ...]:
        indices = index if isinstance(index, tuple) else (index,)
        if len(indices) != len(self.shape):
            raise UnknownToDualsError("a view of an array")
        return tuple(int(i) for i in indices)

    def __getitem__(self, index: Any) -> Any:
        return self.cells[self._index(index)]

    def __setitem__(self, index: Any, value: Any) -> None:
        place = self._index(index)
        old = self.cells[place]
        if isinstance(old, Tensor):
            self.cells[place] = value.copy()
        else:
            self.cells[place] = dual(value) if isinstance(old, Dual) else value

    def slopes(self) -> Any:
        """Return all derivatives, one after the other."""
        flat: list[float] = []
        for cell in self.cells.values():
            flat += [item.d for item in cell.items] if isinstance(cell, Tensor) else [getattr(cell, "d", 0.0)]
        return np.array(flat)
