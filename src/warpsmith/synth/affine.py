"""Sums of inputs with coefficients: what tells whether a sum or a difference cancels out, over several statements too.

A value that is no such sum counts as an input of its own once it has a name.
"""

from collections.abc import Mapping

Affine = Mapping[str, float]
"""Coefficients by input, none of them zero; constants do not count."""


def added(left: Affine | None, right: Affine | None, sign: float = 1.0) -> Affine | None:
    """Return the coefficients of ``left + sign * right``; None where either is unknown."""
    if left is None or right is None:
        return None
    return {key: left.get(key, 0.0) + sign * right.get(key, 0.0) for key in {**left, **right}}


def multiple(affine: Affine | None, factor: float) -> Affine | None:
    """Return the coefficients of a multiple."""
    return None if affine is None else {key: value * factor for key, value in affine.items()}


def cancels(affine: Affine | None) -> bool:
    """Tell whether an input has dropped out of a sum."""
    return affine is not None and any(abs(value) < 1e-9 for value in affine.values())
