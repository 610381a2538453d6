"""Derivatives by differences: what a launch leaves, moved along a direction, over several step sizes.

Every number that the launch leaves is looked at by itself. Where its central differences agree over the steps and its
one-sided slopes meet, it is smooth there, and the disagreement that is left is the error of its derivative; where the
slopes do not meet it has a kink, and where nothing settles it jumps or is lost in noise.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from warpsmith.verify.invocation import Leaf
from warpsmith.verify.numbers import Array, Numbers


class Precision(NamedTuple):
    """How numbers of a width are differentiated.

    `steps` are relative to the inputs, each an eighth of the one before; the middle one counts, the others say how far
    it can be trusted. `rough` is the relative error from which on a difference says nothing, `tolerance` what is
    allowed on top of the errors that were measured; a slope that is below `small` of what is usual may be rounding.
    """

    steps: tuple[float, float, float]
    rough: float
    tolerance: float
    small: float


DOUBLE = Precision((2.0**-12, 2.0**-15, 2.0**-18), rough=1e-3, tolerance=1e-6, small=1e-4)
SINGLE = Precision((2.0**-5, 2.0**-8, 2.0**-11), rough=5e-2, tolerance=5e-3, small=3e-2)


class Slopes(NamedTuple):
    """For each number that is left: its derivative along a direction, the error of it, and where it has none.

    `displacement` is how far each input was moved, as a rate: what the derivative is to be compared along.
    """

    derivative: Array
    error: Array
    kink: Array
    rough: Array
    displacement: Array


def gather(leaves: Sequence[Leaf]) -> Array:
    """Return the values of leaves one after the other, as float64."""
    return _joined([leaf.values for leaf in leaves])


def gather_gradients(leaves: Sequence[Leaf]) -> Array:
    """Return the gradients of leaves one after the other, as float64."""
    return _joined([leaf.gradient for leaf in leaves])


def scatter(numbers: Array, leaves: Sequence[Leaf], gradients: bool = False) -> None:
    """Store numbers into leaves one after the other, or into their gradients."""
    start = 0
    for leaf in leaves:
        target = leaf.gradient if gradients else leaf.values
        target[...] = numbers[start : start + target.size].reshape(target.shape)
        start += target.size


def _joined(parts: Sequence[Array]) -> Array:
    flat = [part.ravel().astype(np.float64) for part in parts]
    return np.concatenate(flat) if flat else np.zeros(0)


def direction(leaves: Sequence[Leaf], numbers: Numbers) -> Array:
    """Return a random direction: each input moves by a share of itself, and of its like where it is almost zero."""
    parts = []
    for leaf in leaves:
        size = np.abs(leaf.values.astype(np.float64))
        largest = float(size.max()) if size.size else 0.0
        drawn = numbers.between(leaf.values.shape, -1.0, 1.0)
        parts.append(np.copysign(0.5 + 0.5 * np.abs(drawn), drawn) * np.maximum(size, 0.1 * largest or 1.0))
    return _joined(parts)


@np.errstate(all="ignore")
def slopes(leave: Callable[[Array], Array], point: Array, along: Array, precision: Precision, rest: Array) -> Slopes:
    """Return the slopes of a launch at a point along a direction.

    `leave` launches at a point and returns what is left and the point as it was stored, `rest` is what is left at the
    point itself.
    """
    central, gaps, moved = [], [], np.zeros_like(point)
    for number, step in enumerate(precision.steps):
        above, high = _split(leave(point + step * along), point.size)
        below, low = _split(leave(point - step * along), point.size)
        central.append((above - below) / (2.0 * step))
        gaps.append(np.abs(above - 2.0 * rest + below) / step)
        if number == 1:
            moved = (high - low) / (2.0 * step)
    return _judged(central, gaps, moved, precision)


def _split(left: Array, inputs: int) -> tuple[Array, Array]:
    return left[inputs:], left[:inputs]


def _judged(central: list[Array], gaps: list[Array], moved: Array, precision: Precision) -> Slopes:
    wide, middle, narrow = central
    error = np.minimum(np.abs(wide - middle), np.abs(middle - narrow))
    size = np.abs(middle)
    typical = float(np.sqrt(np.mean(size[np.isfinite(size)] ** 2))) if np.isfinite(size).any() else 0.0
    limit = precision.rough * np.maximum(size, 1e-3 * typical)
    finite = np.isfinite(wide) & np.isfinite(middle) & np.isfinite(narrow)
    # where it is smooth the gap between the slopes shrinks as the step does; at a kink it stays, at a jump it grows
    kink = finite & (gaps[2] > limit) & (gaps[2] > 0.5 * gaps[1]) & (gaps[2] < 2.0 * gaps[1])
    rough = ~finite | (~kink & (error > limit))
    return Slopes(middle, error, kink, rough, moved)
