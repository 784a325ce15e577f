"""Two groups and the whole they make up: what two of the three say of the third.

The change of a whole is the mean of the changes of its parts, weighted with their shares before the change. Where the
shares are not published, every mix has to be allowed, and the whole is known only to lie between the changes of the parts:
bounds without an assumption, as those that Duncan and Davis set in 1953 (King, 1997, "A Solution to the Ecological Inference
Problem", Princeton University Press, chapter 5).

The share of a whole is likewise the mean of the shares of its parts. Where the share of one part is unknown, that of the rest
is confined by the whole alone: the bound of contaminated sampling (Horowitz and Manski, 1995, "Identification and robustness
with contaminated and corrupted data", Econometrica 63(2), 281-302), narrower where limits of the unknown share are stated.

Changes are in percent, shares are parts of one.
"""

from compendium.interval import Interval, over_box

FLOAT_ERROR = 1e-9  # more than arithmetic in floating point adds to a proportion here


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


def share_of_rest(whole: Interval, weight: Interval, share: Interval) -> Interval:
    """The share in the rest of a whole, when one part has a share within limits: (whole - weight * share) / (1 - weight).

    It moves one way in each of the three while the others stand still, so its ends lie at corners; what is no proportion is
    cut off. Sharp: some whole, weight and share inside their limits reach each end.

    Args:
        whole: share of the whole.
        weight: of the part in the whole, at least 0 and below 1.
        share: of the part.

    Raises:
        ValueError: a limit is no proportion, the part is the whole, or no share of the rest fits.
    """
    _proportions(whole, weight, share)
    if weight.high >= 1:
        raise ValueError("a part that is the whole leaves no rest")
    rest = over_box(
        lambda whole, weight, share: (whole - weight * share) / (1 - weight), whole=whole, weight=weight, share=share
    )
    if rest.high < -FLOAT_ERROR or rest.low > 1 + FLOAT_ERROR:
        raise ValueError("no share of the rest fits: the part alone holds more, or less, than the whole")
    return Interval(min(rest.low, 1.0), max(rest.high, 0.0)).clipped(0, 1)


def share_of_part(whole: Interval, weight: Interval, rest: float) -> Interval:
    """The shares that the part would need for the rest to have a given one: (whole - (1 - weight) * rest) / weight.

    Not cut to proportions: a value below 0 or above 1 says that no share of the part would do.

    Raises:
        ValueError: a limit is no proportion, or there is no part.
    """
    _proportions(whole, weight, Interval(rest, rest))
    if weight.low <= 0:
        raise ValueError("a part without weight has no share that can be told")
    return over_box(lambda whole, weight: (whole - (1 - weight) * rest) / weight, whole=whole, weight=weight)


def _proportions(*limits: Interval) -> None:
    for limit in limits:
        if limit.low < 0 or limit.high > 1:
            raise ValueError(f"a share lies between 0 and 1, not from {limit.low} to {limit.high}")
