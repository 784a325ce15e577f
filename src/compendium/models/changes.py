"""The change between two published figures, or one that is published as such, with its rounding and its perimeter.

A count that grows because more is counted has not grown: each change says whether its perimeter is known to be constant.
"""

from typing import NamedTuple

import pandas as pd

from compendium.errors import InputError
from compendium.interval import Interval
from compendium.models.estimates import printed

# Segments and perimeters (columns of the tidy tables) whose figures are not of one set of employers, or may not be.
NOT_CONSTANT = ("membership_not_stated", "across_changing_membership", "unifaf_members_growing")
A_YEAR = "_a_year"  # ends the quantity of a change that is published as a yearly mean


class Change(NamedTuple):
    """A change in percent over `years` years: the printed one, and all those that print as it."""

    value: float
    interval: Interval
    first: int
    last: int
    years: int  # that the change took: 1 for a yearly mean
    constant: bool  # whether the perimeter is known to be the same at both ends
    rounded: bool  # whether a figure behind it is rounded or undated

    @property
    def span(self) -> str:
        """Its years, as `2012-2017`."""
        return f"{self.first}-{self.last}"

    def factor(self, years: int) -> tuple[float, Interval]:
        """What `years` years at this pace multiply by."""
        power = years / self.years
        ends = [(1 + change / 100) ** power for change in (self.value, self.interval.low, self.interval.high)]
        return ends[0], Interval(ends[1], ends[2])


def of(figures: pd.DataFrame, *obs_ids: str) -> Change:
    """The change that one figure prints, or that two levels make, percent.

    Args:
        figures: tidy figures by obs_id.
        obs_ids: one change, or the earlier and the later level.

    Raises:
        InputError: a figure is missing, is no evidence, is of no positive level, or two levels are not of two years.
    """
    rows = evidence(figures, *obs_ids)
    first, last = rows[0], rows[-1]
    rounded = any(row["use"] == "shown" for row in rows)
    if len(rows) == 1:
        if last["unit"] != "percent_change" or printed(last).low <= -100:
            raise InputError(f"{obs_ids[0]} is no change in percent that leaves something")
        years = 1 if str(last["quantity"]).endswith(A_YEAR) else int(last["year_last"] - last["year_first"])
        constant = perimeter(last) not in NOT_CONSTANT
        return Change(
            float(last["value"]), printed(last), int(last["year_first"]), int(last["year_last"]), years, constant, rounded
        )
    began, ended = int(first["year_last"]), int(last["year_last"])
    if began >= ended:
        raise InputError(f"{' '.join(obs_ids)}: a change needs an earlier and a later year")
    if printed(first).low <= 0 or printed(last).low <= 0:
        raise InputError(f"{' '.join(obs_ids)}: a change needs two levels above zero")
    ratio = printed(last) / printed(first)
    return Change(
        value=100 * (float(last["value"]) / float(first["value"]) - 1),
        interval=(ratio - Interval(1, 1)) * 100,
        first=began,
        last=ended,
        years=ended - began,
        constant=perimeter(first) == perimeter(last) and perimeter(last) not in NOT_CONSTANT,
        rounded=rounded,
    )


def added(figures: pd.DataFrame, level: str, gain: str) -> Change:
    """The change that a later level and what was added until then make, percent.

    Raises:
        InputError: as `of`; or nothing was there before.
    """
    last, gained = evidence(figures, level, gain)
    before = printed(last) - printed(gained)
    if before.low <= 0:
        raise InputError(f"{level} {gain}: nothing was there before what was added")
    # Level and gain stand in both numerator and denominator: after / (after - gain) moves one way in each.
    ends = [after / (after - more) for after in (last["low"], last["high"]) for more in (gained["low"], gained["high"])]
    return Change(
        value=100 * (float(last["value"]) / float(last["value"] - gained["value"]) - 1),
        interval=Interval(100 * (min(ends) - 1), 100 * (max(ends) - 1)),
        first=int(gained["year_first"]),
        last=int(gained["year_last"]),
        years=int(gained["year_last"] - gained["year_first"]),
        constant=perimeter(last) == perimeter(gained) and perimeter(last) not in NOT_CONSTANT,
        rounded=any(row["use"] == "shown" for row in (last, gained)),
    )


def evidence(figures: pd.DataFrame, *obs_ids: str) -> list[pd.Series]:
    """Published figures that may be used.

    Raises:
        InputError: a figure is missing or stands twice, or is no evidence.
    """
    rows = []
    for obs_id in obs_ids:
        found = figures[figures["obs_id"] == obs_id]
        if len(found) != 1:
            raise InputError(f"{obs_id} stands {len(found)} times among the published figures")
        row = found.iloc[0]
        if row["use"] not in ("model", "shown"):
            raise InputError(f"{obs_id} is no evidence, or is the relay of another figure")
        rows.append(row)
    return rows


def perimeter(figure: pd.Series) -> str:
    """Within what a figure may be compared: its segment, or in the tables that have none its perimeter."""
    segment = figure.get("segment")
    return str(figure.get("perimeter") if pd.isna(segment) else segment)
