"""What a majority among a few interviews would say of a population if they had been drawn at random, exactly.

Limits of Clopper and Pearson (1934), "The use of confidence or fiducial limits illustrated in the case of the binomial",
Biometrika 26(4), 404-413. They hold the truth at least as often as the level says, and for so few interviews more often: up to
all of the time near no or all. A qualitative sample is chosen for its variety, not drawn: the limits are then a best case.
"""

import pandas as pd
from scipy import stats

from compendium.errors import InputError
from compendium.interval import Interval
from compendium.models import estimates
from compendium.models.estimates import printed

STATEMENT = "T2-09"
COVERS = {
    "covers_en": "chance, if the interviews were drawn at random: exact binomial",
    "covers_fr": "le hasard, si les entretiens avaient été tirés au sort : loi binomiale exacte",
}


def limits(count: int, interviews: int, confidence: float) -> Interval:
    """The shares of a population that fit a count among interviews, from 0 to 1.

    Args:
        count: how many interviews hold the trait.
        interviews: how many there are.
        confidence: from 0 to 1, both excluded.

    Raises:
        ValueError: no interviews, a count beyond them, or no such level.

    >>> [round(end, 3) for end in (limits(10, 10, 0.95).low, limits(10, 10, 0.95).high)]
    [0.692, 1.0]
    """
    if not 0 <= count <= interviews or interviews < 1 or not 0 < confidence < 1:
        raise ValueError(f"no limits for {count} of {interviews} interviews at a level of {confidence}")
    tail = (1 - confidence) / 2
    low = 0.0 if count == 0 else float(stats.beta.ppf(tail, count, interviews - count + 1))
    high = 1.0 if count == interviews else float(stats.beta.ppf(1 - tail, count + 1, interviews - count))
    return Interval(low, high)


def majorities(fewest: int, most: int, confidence: float) -> pd.DataFrame:
    """Every possible majority: interviews, count, share, low, high, confidence; shares and level in percent.

    Args:
        fewest, most: how many interviews there may have been, both included.
        confidence: in percent.

    >>> every = majorities(3, 4, confidence=95.0)
    >>> every[["interviews", "count"]].values.tolist()
    [[3, 2], [3, 3], [4, 3], [4, 4]]
    >>> bool(every["share"].between(every["low"], every["high"]).all())
    True
    """
    if not 1 <= fewest <= most:
        raise InputError(f"interviews: from {fewest} to {most} there are none")
    rows = []
    for interviews in range(fewest, most + 1):
        for count in range(interviews // 2 + 1, interviews + 1):
            found = limits(count, interviews, confidence / 100) * 100.0
            rows.append((interviews, count, 100 * count / interviews, found.low, found.high, confidence))
    return pd.DataFrame(rows, columns=["interviews", "count", "share", "low", "high", "confidence"])


def interview_estimates(every: pd.DataFrame) -> pd.DataFrame:
    """For each number of interviews: just more than half, all of them, and the smallest count that shows a majority.

    Args:
        every: as `majorities` gives.

    Returns:
        Quantities `share_of_population` (definition bare or all, percent) and `count_that_shows_a_majority` (interviews).
    """
    rows = []
    for interviews, part in every.groupby("interviews"):
        for name, row in (("bare", part.iloc[0]), ("all", part.iloc[-1])):
            rows.append(
                estimates.row(
                    f"interviews.{name}.{interviews}",
                    STATEMENT,
                    "share_of_population",
                    value=float(row["share"]),
                    interval=Interval(row["low"], row["high"]),
                    population=f"{row['count']:.0f} of {interviews} interviews",
                    definition=name,
                    unit="percent",
                    interval_kind="sampling",
                    level=f"{row['confidence']:g}",
                    method="arithmetic_of_assumption",
                    **COVERS,
                )
            )
        enough = part[part["low"] > 50]
        if len(enough):
            rows.append(
                estimates.row(
                    f"interviews.needed.{interviews}",
                    STATEMENT,
                    "count_that_shows_a_majority",
                    value=float(enough["count"].iloc[0]),
                    population=f"{interviews} interviews",
                    unit="interviews",
                    method="arithmetic_of_assumption",
                )
            )
    return estimates.table(rows)


def population(sector: pd.DataFrame) -> pd.DataFrame:
    """The latest published count of cadres of the branch: whom the interviews would have to stand for.

    Raises:
        InputError: no count is published.
    """
    counts = sector[(sector["series"] == "bass_cadres") & (sector["use"] == "model")]
    if counts.empty:
        raise InputError("social_sector: no published count of cadres of the branch")
    latest = counts.sort_values("year_last").iloc[-1]
    return estimates.table(
        [
            estimates.row(
                "interviews.population",
                STATEMENT,
                "headcount",
                value=float(latest["value"]),
                interval=printed(latest),
                population=latest["population"],
                year=str(latest["year_last"]),
                unit="persons",
                method="published",
                obs_ids=latest["obs_id"],
                **estimates.ROUNDING,
            )
        ]
    )
