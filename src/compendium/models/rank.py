"""The place of one value among others, when all of them are known only to lie in intervals.

The fastest has rank 1. With every value free inside its interval, the rank lies between 1 plus those that are surely above
and 1 plus those that may be above. No chance is attached to either end.
"""

from compendium.interval import Interval


def rank(value: float, others: list[float]) -> int:
    """One more than the number of others that are larger.

    >>> rank(0.5, [0.2, 0.6, 0.9])
    3
    """
    return 1 + sum(other > value for other in others)


def rank_bound(value: Interval, others: list[Interval]) -> Interval:
    """The lowest and highest rank that the intervals allow.

    >>> rank_bound(Interval(0.5, 0.6), [Interval(0.1, 0.2), Interval(0.3, 0.9), Interval(0.7, 0.8)])
    Interval(low=2, high=3)
    """
    return Interval(1 + sum(other.low > value.high for other in others), 1 + sum(other.high > value.low for other in others))
