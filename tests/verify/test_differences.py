"""Differences: smooth numbers have a derivative with a small error, kinks and jumps are told apart."""

import numpy as np

from warpsmith.verify.differences import DOUBLE, SINGLE, Slopes, slopes
from warpsmith.verify.numbers import Array


def slopes_of(function: object, point: list[float], single: bool = False) -> Slopes:
    assert callable(function)
    kind = np.float32 if single else np.float64

    def leave(at: Array) -> Array:
        stored = at.astype(kind)
        return np.concatenate([stored, np.asarray(function(stored), dtype=kind)]).astype(np.float64)

    start = np.array(point)
    along = np.ones_like(start)
    return slopes(leave, start, along, SINGLE if single else DOUBLE, leave(start)[start.size :])


def test_a_smooth_number_has_its_derivative() -> None:
    found = slopes_of(lambda x: [np.sin(x[0]), x[1] ** 3, 7.0], [0.3, 2.0])
    assert not (found.kink | found.rough).any()
    assert np.allclose(found.derivative, [np.cos(0.3), 12.0, 0.0], rtol=1e-8)
    assert (found.error < 1e-6).all()


def test_in_single_precision_too() -> None:
    found = slopes_of(lambda x: [np.sin(x[0]) * x[1]], [0.3, 2.0], single=True)
    assert not (found.kink | found.rough).any()
    assert np.allclose(found.derivative, [2.0 * np.cos(0.3) + np.sin(0.3)], rtol=1e-3)


def test_kinks_jumps_and_poles() -> None:
    found = slopes_of(lambda x: [abs(x[0]), np.floor(x[1]), max(x[0], 0.0), abs(x[1]), x[0] + x[1]], [0.0, 3.0])
    assert found.kink.tolist() == [True, False, True, False, False]
    assert (found.kink | found.rough).tolist() == [True, True, True, False, False]


def test_what_is_not_finite_is_rough() -> None:
    found = slopes_of(lambda x: [1.0 / (x[0] - 1.0) if x[0] > 1.0 else np.inf, x[0]], [1.0])
    assert (found.kink | found.rough).tolist() == [True, False]
