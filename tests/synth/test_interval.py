"""Interval arithmetic never loses a value."""

from hypothesis import given
from hypothesis import strategies as st

from warpsmith.synth.interval import Interval

_NUMBERS = st.floats(-1e3, 1e3)


@st.composite
def _inside(draw: st.DrawFn, numbers: st.SearchStrategy[float] = _NUMBERS) -> tuple[Interval, float]:
    low, high = sorted((draw(numbers), draw(numbers)))
    return Interval(low, high), draw(st.floats(low, high))


def _holds(interval: Interval, value: float) -> bool:
    slack = 1e-9 * max(abs(value), interval.magnitude, 1.0)
    return interval.low - slack <= value <= interval.high + slack


@given(_inside(), _inside())
def test_operations_hold_what_numbers_give(a: tuple[Interval, float], b: tuple[Interval, float]) -> None:
    (left, x), (right, y) = a, b
    assert _holds(left.add(right), x + y)
    assert _holds(left.subtract(right), x - y)
    assert _holds(left.multiply(right), x * y)
    assert _holds(left.hull(right), x)
    assert _holds(left.hull(right), y)
    assert _holds(left.absolute(), abs(x))
    assert abs(x) <= left.magnitude


@given(_inside(), _inside(numbers=st.floats(1e-3, 1e3)))
def test_quotients_of_positive_numbers(a: tuple[Interval, float], b: tuple[Interval, float]) -> None:
    (left, x), (right, y) = a, b
    assert _holds(left.divide(right), x / y)
