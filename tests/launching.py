"""What tests of launches share, on top of `warpsmith.verify`."""

from typing import Any

import numpy as np

from warpsmith import verify
from warpsmith.verify import Live, define_in, launch

__all__ = ["agreement", "define_in", "launch", "launch_defined", "outputs"]

Array = np.ndarray[Any, Any]


def launch_defined(live: Live, device: str, seed_shift: int = 0) -> dict[str, Array]:
    """Launch a live kernel and return its arrays by name; `seed_shift` gives other numbers in the same ranges."""
    return verify.run(live, device, seed_shift).after


def outputs(live: Live) -> list[str]:
    """Return the names of the arrays that the recipe fills with zeros only."""
    return verify.outputs(live.recipe)


def agreement(a: Array, b: Array, tolerance: float = 1e-3) -> float:
    """Return the fraction of elements that two arrays agree in; NaN agrees with NaN, structs are compared by field."""
    if a.dtype.names:
        return min(agreement(a[name], b[name], tolerance) for name in a.dtype.names)
    if a.dtype.kind == "f":
        wide = a.astype(np.float64), b.astype(np.float64)
        tolerance = max(tolerance, 10 * float(np.finfo(a.dtype).eps))
        return float(np.isclose(*wide, rtol=tolerance, atol=tolerance, equal_nan=True).mean())
    return float((a == b).mean())
