"""Numbers that carry their derivative along one direction."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np


class UnknownToDualsError(Exception):
    """The kernel uses something that is not written down here."""


class Dual:
    """A number and its derivative along the direction."""

    __slots__ = ("d", "v")

    def __init__(self, v: float, d: float = 0.0) -> None:
        self.v, self.d = float(v), float(d)

    def __add__(self, other: Any) -> Any:
        return _joined(self, other, lambda a, b: a + b, lambda _a, _b: (1.0, 1.0))

    def __radd__(self, other: Any) -> Any:
        return self + other

    def __sub__(self, other: Any) -> Any:
        return _joined(self, other, lambda a, b: a - b, lambda _a, _b: (1.0, -1.0))

    def __rsub__(self, other: Any) -> Any:
        return dual(other) - self

    def __mul__(self, other: Any) -> Any:
        return _joined(self, other, lambda a, b: a * b, lambda a, b: (b, a))

    def __rmul__(self, other: Any) -> Any:
        return self * other

    def __truediv__(self, other: Any) -> Any:
        return _joined(self, other, lambda a, b: a / b, lambda a, b: (1.0 / b, -a / (b * b)))

    def __rtruediv__(self, other: Any) -> Any:
        return dual(other) / self

    def __pow__(self, other: Any) -> Any:
        return power(self, other)

    def __neg__(self) -> "Dual":
        return Dual(-self.v, -self.d)

    def __pos__(self) -> "Dual":
        return self

    def __bool__(self) -> bool:
        return self.v != 0.0

    def __float__(self) -> float:
        raise UnknownToDualsError("a cast of Python's own")

    def __lt__(self, other: Any) -> bool:
        return self.v < dual(other).v

    def __le__(self, other: Any) -> bool:
        return self.v <= dual(other).v

    def __gt__(self, other: Any) -> bool:
        return self.v > dual(other).v

    def __ge__(self, other: Any) -> bool:
        return self.v >= dual(other).v

    def __eq__(self, other: object) -> bool:
        return self.v == dual(other).v

    def __ne__(self, other: object) -> bool:
        return self.v != dual(other).v

    __hash__ = None  # type: ignore[assignment]


def dual(number: Any) -> Dual:
    """Return a number as a dual one; raises `UnknownToDualsError` for what is none."""
    if isinstance(number, Dual):
        return number
    if isinstance(number, bool | int | float | np.integer | np.floating):
        return Dual(float(number))
    raise UnknownToDualsError(f"{type(number).__name__} among numbers")


def _joined(
    a: Dual, b: Any, value: Callable[[float, float], float], slopes: Callable[[float, float], tuple[float, float]]
) -> Any:
    if hasattr(b, "items"):
        return NotImplemented  # a tensor knows what to do
    b = dual(b)
    left, right = slopes(a.v, b.v)
    return Dual(value(a.v, b.v), left * a.d + right * b.d)


def power(base: Any, exponent: Any) -> Dual:
    """Return a power, as ``wp.pow``."""
    a, b = dual(base), dual(exponent)
    value = math.pow(a.v, b.v)
    slope = b.v * math.pow(a.v, b.v - 1.0) * a.d if b.v else 0.0
    return Dual(value, slope + (value * math.log(a.v) * b.d if b.d else 0.0))
