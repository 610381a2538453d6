"""The gradient check: directional derivatives of the adjoint against differences.

The adjoint is launched as `wp.Tape` launches it, after the forward launch and on what that left. Its answer to a
random cotangent v, the gradient of v·f, must give the derivative of v·f along random directions. v leaves out the
numbers that are not differentiable where the launch is, as the differences show them (`warpsmith.verify.differences`).
"""

import ctypes
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from warpsmith.bridge import EntryPoint
from warpsmith.record import Gradient
from warpsmith.verify.differences import (
    DOUBLE,
    SINGLE,
    Precision,
    Slopes,
    direction,
    gather,
    gather_gradients,
    scatter,
    slopes,
)
from warpsmith.verify.invocation import Invocation, Leaf
from warpsmith.verify.numbers import Array, Numbers

DIRECTIONS = 3
_LEAST_SMOOTH = 0.5
_WEIGHTS = (1e-6, 1e6)


class GradientCheck(NamedTuple):
    """The verdict on a gradient, the largest scaled difference that it rests on, and the reason in words."""

    verdict: Gradient
    error: float | None
    reason: str


class Launcher(NamedTuple):
    """A kernel ready to be launched: its arguments in memory, the bounds of the launch and its entry points.

    `keep` is what must stay alive as long: meshes, grids and the like, which the arguments only name.
    """

    invocation: Invocation
    bounds: Any
    entry: EntryPoint
    adjoint: EntryPoint | None
    keep: object = None

    def forward(self) -> None:
        """Launch the kernel."""
        self.entry(ctypes.addressof(self.bounds), self.invocation.address)

    def backward(self) -> None:
        """Launch its adjoint."""
        assert self.adjoint is not None
        self.adjoint(ctypes.addressof(self.bounds), self.invocation.address, self.invocation.adjoint_address)


def check_gradient(launcher: Launcher, seed: int, on_adjoint: Callable[[], None]) -> GradientCheck:
    """Judge the adjoint of a kernel at the inputs that its arguments have now; `on_adjoint` is called before it is."""
    inputs = launcher.invocation.leaves
    if not any(leaf.values.size for leaf in inputs):
        return GradientCheck("nondifferentiable", None, "it has no floating-point inputs")
    start, rest, outputs = _at_rest(launcher)
    if not outputs:
        return GradientCheck("nondifferentiable", None, "it changes no floating-point array")
    if not np.isfinite(rest).all():
        return GradientCheck("nondifferentiable", None, "what it leaves is not finite")
    precision = DOUBLE if launcher.invocation.wide else SINGLE

    def leave(point: Array) -> Array:
        return np.concatenate(_launched(launcher, inputs, outputs, point))

    found = []
    for number in range(DIRECTIONS):
        launcher.invocation.reset()
        along = direction(inputs, Numbers(seed, "direction", number))
        found.append(slopes(leave, start, along, precision, rest))
    smooth = ~np.any([slope.kink | slope.rough for slope in found], axis=0)
    astray = launcher.invocation.astray()
    reason = f"next to these inputs it writes out of the bounds of {', '.join(astray)}" if astray else ""
    reason = reason or _nothing_to_compare(found, smooth)
    if reason:
        return GradientCheck("nondifferentiable", None, reason)
    cotangent = _cotangent(rest, found, precision, Numbers(seed, "cotangent")) * smooth
    on_adjoint()
    gradient = _gradient(launcher, inputs, outputs, start, cotangent)
    broken = ~np.isfinite(gradient)
    if not broken.any():
        return _compared(found, cotangent, gradient, precision)
    launcher.invocation.reset()
    along = np.where(broken, direction(inputs, Numbers(seed, "direction", 0)), 0.0)
    return _not_finite(slopes(leave, start, along, precision, rest), smooth)


def _nothing_to_compare(found: list[Slopes], smooth: Array) -> str:
    changing = np.any([slope.derivative != 0.0 for slope in found], axis=0)
    if not changing.any():
        return "what it leaves does not depend on its inputs smoothly"
    if (smooth & changing).sum() >= _LEAST_SMOOTH * changing.sum():
        return ""
    kinks = int(np.any([slope.kink for slope in found], axis=0).sum())
    what = "has a kink" if 2 * kinks > (~smooth).sum() else "jumps"
    return f"what it leaves {what} at these inputs"


def _at_rest(launcher: Launcher) -> tuple[Array, Array, tuple[Leaf, ...]]:
    """Launch once; return the inputs, and what is left in the arrays that the launch changed."""
    launcher.invocation.reset()
    leaves = launcher.invocation.leaves
    before = [leaf.values.copy() for leaf in leaves]
    start = gather(leaves)
    launcher.forward()
    pairs = zip(leaves, before, strict=True)
    outputs = tuple(leaf for leaf, old in pairs if leaf.is_array and not np.array_equal(leaf.values, old))
    return start, gather(outputs), outputs


def _launched(
    launcher: Launcher, inputs: tuple[Leaf, ...], outputs: tuple[Leaf, ...], point: Array
) -> tuple[Array, Array]:
    """Launch at a point; return it as it was stored, and what is left."""
    launcher.invocation.reset()
    scatter(point, inputs)
    stored = gather(inputs)
    launcher.forward()
    return stored, gather(outputs)


@np.errstate(all="ignore")
def _cotangent(rest: Array, found: list[Slopes], precision: Precision, numbers: Numbers) -> Array:
    """Draw a weight for every number that is left, so large that all count alike whatever their size.

    What is lost in noise, or so small that it may be rounding, counts as little as that.
    """
    drawn = numbers.between(rest.shape, -1.0, 1.0)
    slope = np.max([np.abs(one.derivative) for one in found], axis=0)
    noise = np.max([one.error for one in found], axis=0) / (10.0 * precision.tolerance)
    usual = float(np.sqrt(np.mean(slope[np.isfinite(slope)] ** 2))) or 1.0
    size = np.nan_to_num(
        np.max([slope, noise, 1e-3 * np.abs(rest), np.full_like(rest, precision.small * usual)], axis=0)
    )
    weight = np.clip(usual / np.where(size > 0.0, size, usual), *_WEIGHTS)
    weighed: Array = weight * np.copysign(0.5 + 0.5 * np.abs(drawn), drawn)
    return weighed


def _gradient(
    launcher: Launcher, inputs: tuple[Leaf, ...], outputs: tuple[Leaf, ...], point: Array, cotangent: Array
) -> Array:
    launcher.invocation.reset()
    scatter(point, inputs)
    launcher.forward()
    scatter(cotangent, outputs, gradients=True)
    launcher.backward()
    return gather_gradients(inputs)


def _not_finite(slope: Slopes, smooth: Array) -> GradientCheck:
    """Judge an adjoint that is not finite by the slopes along the inputs where it is not.

    The square root of zero has no slope, so its adjoint may be infinite; where anything smooth depends on those
    inputs, or nothing at all, it may not.
    """
    moved = slope.kink | slope.rough | (slope.derivative != 0.0)
    if moved.any() and not (moved & smooth).any():
        return GradientCheck("nondifferentiable", None, "what it leaves has no slope at some of these inputs")
    return GradientCheck("mismatch", None, "its adjoint is not finite")


def _compared(found: list[Slopes], cotangent: Array, gradient: Array, precision: Precision) -> GradientCheck:
    used = cotangent != 0.0
    worst, excess, uncertain = 0.0, -np.inf, 0.0
    for slope in found:
        terms = (cotangent * slope.derivative)[used]
        bound = float(np.sqrt(np.sum((cotangent[used] * slope.error[used]) ** 2)))
        by_adjoint = float(gradient @ slope.displacement)
        by_difference = float(terms.sum())
        scale = max(abs(by_adjoint), abs(by_difference), float(np.sqrt(np.sum(terms**2))))
        if scale == 0.0:
            continue
        error = abs(by_adjoint - by_difference) / scale
        allowed = precision.tolerance + 8.0 * bound / scale
        worst, excess, uncertain = max(worst, error), max(excess, error - allowed), max(uncertain, allowed)
    # rounded, and not told apart below the tolerance, so that the last bits of a machine's arithmetic do not show
    stated = float(f"{max(worst, precision.tolerance):.1e}")
    if excess <= 0.0 and uncertain <= precision.rough:
        return GradientCheck("match", stated, "")
    if excess <= 0.0:
        return GradientCheck("nondifferentiable", None, "differences are too inexact to judge it")
    return GradientCheck("mismatch", stated, "its adjoint and differences disagree")
