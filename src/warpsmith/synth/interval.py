"""Intervals: what is known of a value's range, so that generated code stays inside the domain of what it calls.

For vectors and matrices the interval bounds every component. Plain interval arithmetic (Moore, *Interval Analysis*,
1966) without outward rounding: the bounds steer the generator away from overflow and poles, they prove nothing.
"""

from typing import NamedTuple


class Interval(NamedTuple):
    """All values from `low` to `high`, both included."""

    low: float
    high: float

    @property
    def magnitude(self) -> float:
        """The largest absolute value."""
        return max(abs(self.low), abs(self.high))

    def within(self, low: float, high: float) -> bool:
        """Tell whether no value lies outside of the bounds."""
        return low <= self.low and self.high <= high

    def hull(self, other: "Interval") -> "Interval":
        """Return the smallest interval that holds both."""
        return Interval(min(self.low, other.low), max(self.high, other.high))

    def add(self, other: "Interval") -> "Interval":
        """Return the interval of all sums."""
        return Interval(self.low + other.low, self.high + other.high)

    def subtract(self, other: "Interval") -> "Interval":
        """Return the interval of all differences."""
        return Interval(self.low - other.high, self.high - other.low)

    def multiply(self, other: "Interval") -> "Interval":
        """Return the interval of all products."""
        corners = (self.low * other.low, self.low * other.high, self.high * other.low, self.high * other.high)
        return Interval(min(corners), max(corners))

    def divide(self, other: "Interval") -> "Interval":
        """Return the interval of all quotients; `other` must not hold zero."""
        return self.multiply(Interval(1.0 / other.high, 1.0 / other.low))

    def scale(self, factor: float) -> "Interval":
        """Return the interval of all multiples by a non-negative factor."""
        return Interval(self.low * factor, self.high * factor)

    def absolute(self) -> "Interval":
        """Return the interval of all absolute values."""
        low = 0.0 if self.low <= 0.0 <= self.high else min(abs(self.low), abs(self.high))
        return Interval(low, self.magnitude)


UNIT = Interval(-1.0, 1.0)


def symmetric(magnitude: float) -> Interval:
    """All values up to a magnitude."""
    return Interval(-magnitude, magnitude)
