"""Intervals: a value known only to lie between two ends, and arithmetic that never loses it."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Interval:
    """All values from `low` to `high`, in one unit.

    Raises:
        ValueError: an end is not a number, or low lies above high.

    >>> Interval(37.25, 37.35) - Interval(2.85, 2.95)
    Interval(low=34.3, high=34.5)
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"an interval from {self.low} to {self.high} has no values")

    @property
    def width(self) -> float:
        """Distance of the ends."""
        return self.high - self.low

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Interval") -> "Interval":
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: "Interval | float") -> "Interval":
        ends = (other.low, other.high) if isinstance(other, Interval) else (other, other)
        return hull(Interval(a * b, a * b) for a in (self.low, self.high) for b in ends)

    def __truediv__(self, other: "Interval | float") -> "Interval":
        if not isinstance(other, Interval):
            return self * (1 / other)
        if other.low <= 0 <= other.high:
            raise ValueError(f"cannot divide by an interval that holds zero ({other.low} to {other.high})")
        return self * Interval(1 / other.high, 1 / other.low)

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def meets(self, other: "Interval") -> bool:
        """Whether the two have a value in common."""
        return self.low <= other.high and other.low <= self.high

    def clipped(self, low: float, high: float) -> "Interval":
        """The part between two limits; raises ValueError where nothing is left."""
        return Interval(max(self.low, low), min(self.high, high))


def hull(intervals: Iterable[Interval]) -> Interval:
    """The smallest interval that holds all of them."""
    parts = list(intervals)
    return Interval(min(part.low for part in parts), max(part.high for part in parts))


def over_box(function: Callable[..., float], **unknowns: Interval) -> Interval:
    """The range of a function over a box of unknowns, from the corners of the box.

    Exact where the function is affine in each unknown while the others stand still (a multi-affine function takes its
    extremes at corners); the caller has to know that it is.
    """
    values = [function(**corner) for corner in corners(**unknowns)]
    return Interval(min(values), max(values))


def corners(**unknowns: Interval) -> Iterator[dict[str, float]]:
    """Every corner of a box of unknowns: each unknown at its low or its high end."""
    for ends in itertools.product(*((unknown.low, unknown.high) for unknown in unknowns.values())):
        yield dict(zip(unknowns, ends, strict=True))
