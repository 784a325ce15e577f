"""What two stated changes imply for the whole that two groups make up, for every mix of the two.

The change of a whole is the mean of the changes of its parts, weighted with their shares before the change. Where the
shares are not published, every mix has to be allowed, and the whole is known only to lie between the changes of the parts:
bounds without an assumption, as those that Duncan and Davis set in 1953 (King, 1997, "A Solution to the Ecological Inference
Problem", Princeton University Press, chapter 5).

Changes are in percent, shares are parts of one.
"""

from compendium.interval import Interval


def change_of_whole(share: float, first: Interval, second: Interval) -> Interval:
    """The change of the whole, percent.

    Args:
        share: of the second group before the change, from 0 to 1.
        first, second: changes of the two groups, percent.

    Raises:
        ValueError: the share is no proportion.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"a share lies between 0 and 1, not at {share}")
    return first * (1 - share) + second * share


def break_even(first: Interval, second: Interval) -> Interval:
    """The share of the second group, before the change, above which the whole grows: -first / (second - first).

    Args:
        first: change of the group that shrinks, percent, below zero.
        second: change of the group that grows, percent, above zero.

    Raises:
        ValueError: the first group does not shrink or the second does not grow.
    """
    if first.high >= 0 or second.low <= 0:
        raise ValueError("the whole turns from loss to growth only between a group that shrinks and one that grows")
    loss = Interval(-first.high, -first.low)
    return Interval(loss.low / (loss.low + second.high), loss.high / (loss.high + second.low))


def share_after(share: float, first: float, second: float) -> float:
    """The share of the second group after the change, from its share before it and the changes of both, percent.

    Raises:
        ValueError: the share is no proportion, or nothing is left of the whole.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"a share lies between 0 and 1, not at {share}")
    grown, rest = share * (100 + second), (1 - share) * (100 + first)
    if grown + rest <= 0:
        raise ValueError("nothing is left of the whole")
    return grown / (grown + rest)
