"""Bounds of a share in a year without a published figure, from the years that have one.

No distribution is assumed, so a bound has no confidence level: the share lies inside if the stated assumptions hold.
The assumption on the path is one of bounded variation: the share may change from year to year only within limits (Manski
and Pepper, 2018, "How do right-to-carry laws affect crime rates? Coping with ambiguity using bounded-variation
assumptions", Review of Economics and Statistics 100(2), 232-244). How far an assumption has to go before a conclusion
changes is its breakdown point (Masten and Poirier, 2020, "Inference on breakdown frontiers", Quantitative Economics
11(1), 41-111).

Shares and paces are in percent and percentage points a year.
"""

from dataclasses import dataclass

from compendium.interval import Interval


@dataclass(frozen=True)
class Path:
    """The share around its published year, when a year's change stays within limits around the mean pace.

    Args:
        year: the last year with a published share.
        share: that share, percent, with its rounding.
        change: change over the years before `year`, points, with its rounding; its mean is the pace.
        years: how many years the change took.
        anchored: whether the share at the start of the change is published on the same definition; if not, only the
            pace is borrowed from the change.
        pace_deviation: how far a year's change may lie from the mean pace, in multiples of that pace; not negative.

    Raises:
        ValueError: no years, or a negative deviation.

    >>> path = Path(2018, Interval(37.5, 37.5), Interval(2.5, 2.5), 5, anchored=True, pace_deviation=1.0)
    >>> path.pace, path.with_deviation(0).bound(2013)
    (Interval(low=0.5, high=0.5), Interval(low=35.0, high=35.0))
    """

    year: int
    share: Interval
    change: Interval
    years: int
    anchored: bool
    pace_deviation: float

    def __post_init__(self) -> None:
        if self.years < 1:
            raise ValueError("a pace needs at least one year")
        if self.pace_deviation < 0:
            raise ValueError("a deviation from the pace cannot be negative")

    @property
    def pace(self) -> Interval:
        """Mean change a year, points."""
        return self.change / self.years

    def changes(self, year: int) -> Interval:
        """What separates a year's share from the published one, in multiples of the published change.

        At the mean pace it is (year - published year) / years. Each year may deviate, so the range opens with the
        distance from the published year; where the change starts at a published share too, it closes again towards it.
        """
        ahead = year - self.year
        from_start = ahead + self.years
        free_years = min(-ahead, from_start) if self.anchored and -self.years <= ahead <= 0 else abs(ahead)
        reach = free_years * self.pace_deviation / self.years
        return Interval(ahead / self.years - reach, ahead / self.years + reach)

    def bound(self, year: int) -> Interval:
        """The share of a year, percent, within 0 to 100. Sharp: some path inside the limits reaches each end."""
        return (self.share + self.change * self.changes(year)).clipped(0, 100)

    def at_mean_pace(self, year: int) -> Interval:
        """The share of a year if every year brought the mean pace: rounding is all that is left, percent."""
        return self.with_deviation(0).bound(year)

    def with_deviation(self, pace_deviation: float) -> "Path":
        """The same path under another limit."""
        return Path(self.year, self.share, self.change, self.years, self.anchored, pace_deviation)


def on_permanent_basis(share: Interval, fixed_term_share: Interval, relative_rate: Interval) -> Interval:
    """The share among permanent contracts, from the share among all contracts.

    With d the part of staff on fixed-term contracts and r the rate of cadres among them relative to their rate among
    permanent contracts, all = permanent * (1 - d * (1 - r)).

    Args:
        share: among all contracts, percent.
        fixed_term_share: d, from 0 to 1.
        relative_rate: r, not negative; 0 if no fixed-term contract is a cadre's, 1 if they are as often.

    Raises:
        ValueError: d is not a proportion below one, or r is negative.
    """
    if fixed_term_share.low < 0 or fixed_term_share.high >= 1 or relative_rate.low < 0:
        raise ValueError("the fixed-term share must lie in [0, 1) and the relative rate must not be negative")
    return (share / weight_of_basis(fixed_term_share, relative_rate)).clipped(0, 100)


def weight_of_basis(fixed_term_share: Interval, relative_rate: Interval) -> Interval:
    """The share among all contracts as a multiple of the share among permanent ones: 1 - d * (1 - r)."""
    return Interval(1, 1) - fixed_term_share * (Interval(1, 1) - relative_rate)


def deviation_to_reach(path: Path, year: int, target: Interval, highest: float, scale: Interval) -> float | None:
    """Breakdown point: the smallest deviation from the mean pace at which a bound meets a target; None beyond `highest`.

    Args:
        path: the path; its own deviation is not used.
        target: the stated share with its rounding, percent.
        highest: the largest deviation to try, multiples of the pace.
        scale: what divides the bound to bring it to the basis of the target, as `weight_of_basis`.

    The bound only widens with the deviation, so bisection finds the point; the result is exact to 1e-6.

    >>> path = Path(2018, Interval(37.3, 37.3), Interval(3.0, 3.0), 5, anchored=True, pace_deviation=0.0)
    >>> round(deviation_to_reach(path, 2014, Interval(28.0, 28.0), 50.0, Interval(1, 1)), 3)
    11.5
    """

    def meets(deviation: float) -> bool:
        return (path.with_deviation(deviation).bound(year) / scale).meets(target)

    if meets(0):
        return 0.0
    if not meets(highest):
        return None
    low, high = 0.0, highest
    while high - low > 1e-6:
        middle = (low + high) / 2
        low, high = (low, middle) if meets(middle) else (middle, high)
    return high


def pace_needed(path: Path, year: int, target: Interval, scale: Interval) -> Interval:
    """How many times the mean pace each year after the published one must bring to end at a target.

    Args:
        target: the values that print as it, percent, on the basis that `scale` leads to.
    """
    if year <= path.year:
        raise ValueError("a needed pace looks ahead of the published year")
    return (target * scale - path.share) / float(year - path.year) / path.pace
