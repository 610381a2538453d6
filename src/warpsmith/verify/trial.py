"""What launching a kernel shows: that it ends, that what it leaves is finite, that its result heeds its inputs."""

from typing import NamedTuple

import numpy as np

from warpsmith.verify.launching import Live, Outcome, perturb, run
from warpsmith.verify.numbers import Array


class Trial(NamedTuple):
    """What became of one kernel.

    `fate` is ``launched``, ``refused`` (it cannot be defined, compiled or launched), ``crashed`` (it ended its process)
    or ``hung``; `reason` says more where it is not ``launched``. `finite`: every floating-point number in its arrays
    is, after the launch. `writes`: it changed an array. `sensitive`: with other inputs in the same ranges, it writes
    other values. The three are False unless it was launched.
    """

    fate: str
    finite: bool = False
    writes: bool = False
    sensitive: bool = False
    reason: str = ""


def try_kernel(live: Live, device: str = "cpu") -> Trial:
    """Launch a kernel as its recipe says and once more with other inputs; raises what making or launching raises."""
    first = run(live, device)
    other = run(live._replace(recipe=perturb(live.recipe)), device)
    finite = all(map(_finite, first.after.values()))
    writes = any(_changed(first, name).any() for name in first.after)
    return Trial("launched", finite, writes, any(_heeded(first, other, name) for name in first.after))


def _finite(array: Array) -> bool:
    if array.dtype.names:
        return all(_finite(array[name]) for name in array.dtype.names)
    return array.dtype.kind != "f" or bool(np.isfinite(array).all())


def _heeded(first: Outcome, other: Outcome, name: str) -> bool:
    """Tell whether an element that either launch wrote differs between them."""
    written = _changed(first, name) | _changed(other, name)
    return bool((written & _differs(first.after[name], other.after[name])).any())


def _changed(outcome: Outcome, name: str) -> Array:
    return _differs(outcome.before[name], outcome.after[name])


def _differs(a: Array, b: Array) -> Array:
    """Return for each number whether its bits differ, so that NaN equals itself."""
    width = a.dtype.itemsize
    if not a.size:
        return np.zeros(0, dtype=bool)
    bits = (np.ascontiguousarray(array).view(np.uint8).reshape(-1, width) for array in (a, b))
    first, second = bits
    return np.asarray((first != second).any(axis=1))
