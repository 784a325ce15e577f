"""The share of people who say something in a survey: its interval, a part against the whole, the next wave of a panel.

Quota panels have no design that would give an error. Wilson's interval at the base divided by a design effect (Wilson, 1927,
"Probable inference, the law of succession, and statistical inference", JASA 22(158), 209-212; Kish, 1965, "Survey sampling")
is used as arithmetic: what a simple sample of that size would leave open. It covers rounding and that, not wording, quotas
or who answers. The design effect is assumed, since none is published.
"""

import math

import numpy as np
from scipy import stats

from compendium.interval import Interval, hull
from compendium.models.trend import CONFIDENCE

Z = float(stats.norm.ppf((1 + CONFIDENCE) / 2))
FEWEST_WAVES = 3


def wilson(share: float, base: float) -> Interval:
    """Wilson's score interval of a share.

    Args:
        share: between 0 and 1.
        base: effective number of people asked, above 0.

    >>> wilson(81 / 263, 263)  # Newcombe 1998, Statistics in Medicine 17(8), 857-872, Table I: 0.2553 to 0.3662
    Interval(low=0.255288..., high=0.366209...)
    """
    if not 0 <= share <= 1 or base <= 0:
        raise ValueError(f"a survey needs a share between 0 and 1 and a base above 0, not {share} of {base}")
    centre = (share + Z * Z / 2 / base) / (1 + Z * Z / base)
    half = Z / (1 + Z * Z / base) * math.sqrt(share * (1 - share) / base + Z * Z / 4 / base / base)
    return Interval(max(centre - half, 0.0), min(centre + half, 1.0))


def survey_interval(share: Interval, base: float, design_effect: float) -> Interval:
    """The interval of a printed percentage: Wilson's at the base over the design effect, from both ends of the rounding.

    Args:
        share: the values that print as the percentage, percent.
        base: people asked.
        design_effect: how many times the variance of a simple sample; 1 is a simple sample.

    Returns:
        percent.

    >>> found = survey_interval(Interval(31.5, 32.5), 2000, design_effect=2.0)
    >>> round(found.low, 1), round(found.high, 1)
    (28.7, 35.5)
    """
    ends = [wilson(min(max(end / 100, 0.0), 1.0), base / design_effect) for end in (share.low, share.high)]
    return hull(ends) * 100


def design_effect_to_meet(share: Interval, base: float, target: Interval) -> float:
    """The smallest design effect at which the interval of a percentage meets a target; 0 where the rounding alone does.

    Wilson's interval holds a share when the score test of that share does not reject, so the answer has a closed form.

    Args:
        share, target: percent.
        base: people asked.

    >>> round(design_effect_to_meet(Interval(31.5, 32.5), 2000, Interval(35.5, 36.5)), 2)
    2.05
    """
    if share.meets(target):
        return 0.0
    near, wanted = (share.high, target.low) if share.high < target.low else (share.low, target.high)
    p, q = near / 100, wanted / 100
    return base * (p - q) ** 2 / (Z * Z * q * (1 - q))


def independent_difference(first: float, first_base: float, second: float, second_base: float) -> Interval:
    """The difference of the shares of two groups that share nobody.

    Newcombe's method 10 (1998, "Interval estimation for the difference between independent proportions", Statistics in
    Medicine 17(8), 873-890).

    Args:
        first, second: between 0 and 1.
        first_base, second_base: effective numbers of people.
    """
    one, two = wilson(first, first_base), wilson(second, second_base)
    gap = first - second
    down = math.hypot(first - one.low, two.high - second)
    up = math.hypot(one.high - first, second - two.low)
    return Interval(gap - down, gap + up)


def part_against_whole(part: Interval, whole: Interval, part_base: int, whole_base: int, design_effect: float) -> Interval:
    """A part's percentage less that of the whole it belongs to.

    Part and whole share people, so theirs is no difference of two samples. The rest of the whole and the part share nobody:
    the gap to the whole is the gap to the rest times the share of the rest.

    Args:
        part, whole: the values that print as the two percentages.
        part_base, whole_base: people in the part and in the whole.
        design_effect: as in `survey_interval`.

    Returns:
        points.

    Raises:
        ValueError: the part is not smaller than the whole, or so large that the rest would have no possible share.
    """
    if not 0 < part_base < whole_base:
        raise ValueError(f"a part of {part_base} people is no part of {whole_base}")
    weight = part_base / whole_base
    found = []
    for a in (part.low, part.high):
        for b in (whole.low, whole.high):
            rest = (b - weight * a) / (1 - weight) / 100
            if not 0 <= rest <= 1:
                raise ValueError(f"with {part_base} of {whole_base} people at {a} %, the rest cannot bring the whole to {b} %")
            bases = part_base / design_effect, (whole_base - part_base) / design_effect
            found.append(independent_difference(a / 100, bases[0], rest, bases[1]) * (100 * (1 - weight)))
    return hull(found)


def base_that_tells(part: Interval, whole: Interval, whole_base: int, design_effect: float) -> int | None:
    """The smallest base of a part at which it can be told apart from the whole; None where no possible base does."""
    for part_base in range(1, whole_base):
        try:
            gap = part_against_whole(part, whole, part_base, whole_base, design_effect)
        except ValueError:
            return None
        if 0 not in gap:
            return part_base
    return None


def next_wave(shares: list[float], variant: str) -> Interval:
    """Where one further wave of a panel would fall.

    Hyndman and Athanasopoulos, 2021, "Forecasting: principles and practice", section 5.5, mean and naïve methods; with
    Student's quantiles, since waves are few. `level`: waves scatter independently around one level, m ± t s √(1 + 1/k), k - 1
    degrees of freedom. `walk`: a random walk without drift from wave to wave, last ± t times the root mean square of the
    steps, k - 1 degrees of freedom. Waves lie at unequal distances in time; neither knows.

    Simulated with panels of 4, 7 and 15 waves, each holds the next wave in 94 to 96 % of cases where its own assumption is
    true. Where waves follow a walk, `level` holds it in 93, 90 and 86 %; where they scatter around a level, `walk` holds it
    in 94 to 96 %.

    Args:
        shares: in the order of time, percent.
        variant: level or walk.

    Raises:
        ValueError: fewer than three waves.
    """
    count = len(shares)
    if count < FEWEST_WAVES:
        raise ValueError(f"a prediction needs {FEWEST_WAVES} waves, not {count}")
    quantile = float(stats.t.ppf((1 + CONFIDENCE) / 2, count - 1))
    if variant == "walk":
        half = quantile * math.sqrt(float(np.mean(np.diff(shares) ** 2)))
        return Interval(shares[-1] - half, shares[-1] + half)
    half = quantile * float(np.std(shares, ddof=1)) * math.sqrt(1 + 1 / count)
    middle = float(np.mean(shares))
    return Interval(middle - half, middle + half)
