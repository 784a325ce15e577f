"""How the sector's money, staff and places grew, in percent a year, and which of it is known in real terms and per place.

Staff per place needs no price index: it is a volume per place. A wage bill needs a price index and the places of the same
field; neither is in the data, so it stays as published.
"""

from functools import partial
from itertools import pairwise
from typing import Literal, NamedTuple

import pandas as pd

from compendium.errors import InputError
from compendium.interval import Interval, over_box
from compendium.models import estimates
from compendium.models.estimates import ROUNDING, printed

Kind = Literal["funding", "wage_bill", "staff", "staff_per_place", "places"]
MONEY = ("funding", "wage_bill")
SURVEY = {
    "interval_kind": "rounding",
    "covers_en": "rounding of the published figures; the sampling error of the survey is not published",
    "covers_fr": "l’arrondi des chiffres publiés ; l’erreur d’échantillonnage de l’enquête n’est pas publiée",
}


class Series(NamedTuple):
    """A published change, or two published levels of one field."""

    name: str
    kind: Kind
    obs_ids: tuple[str, ...]  # one change, or the earlier and the later level


# Every dated figure of the sector's money, staff and places that gives a change on one field. Jobs of the branch are not among
# them: members joined between two editions of that survey.
SERIES = (
    Series("branch_wage_bill", "wage_bill", ("SS0015",)),
    Series("non_profit_employees", "staff", ("SS0096",)),
    Series("non_profit_employees_longer", "staff", ("SS0095",)),
    Series("homes_for_elderly_staff_per_place", "staff_per_place", ("SS0078", "SS0077")),
    Series("homes_for_elderly_staff_per_place_later", "staff_per_place", ("SS0077", "SS0076")),
    Series("homes_for_elderly_places", "places", ("SS0074",)),
    Series("disability_places_longer", "places", ("SS0058",)),
    Series("disability_places", "places", ("SS0050", "SS0054")),
    Series("disability_places_later", "places", ("SS0054", "SS0057")),
)
SLOWING = (("homes_for_elderly_staff_per_place", ("SS0078", "SS0077", "SS0076")),)
WAGE_BILL = "SS0015"
SOCIAL_WORKERS = ("SS0145", "SS0144")
SOCIAL_ACTION = "fap_v4z_employment"


def pace(early: float, late: float, years: int) -> float:
    """Growth in percent a year that leads from one level to another.

    >>> round(pace(100, 121, 2), 6)
    10.0

    Raises:
        ValueError: a level that is not above zero, or no years.
    """
    if early <= 0 or late <= 0 or years < 1:
        raise ValueError(f"no pace from {early} to {late} in {years} years")
    return 100 * ((late / early) ** (1 / years) - 1)


def pace_of(early: Interval, late: Interval, years: int) -> Interval:
    """The paces that fit two rounded levels: the pace falls with the earlier and rises with the later level."""
    return Interval(pace(early.high, late.low, years), pace(early.low, late.high, years))


def budget(figures: pd.DataFrame, series: tuple[Series, ...] = SERIES) -> pd.DataFrame:
    """Every dated series of money, staff and places with its growth in percent a year.

    Args:
        figures: the tidy figures of the sector by obs_id.
        series: what to list.

    Returns:
        One estimate a series (quantity `budget_series`): definition its kind, basis `per_place` where it is a volume per place,
        `nominal` for money, `volume` for staff and places.

    Raises:
        InputError: a figure is missing, may not be used, or gives no pace.
    """
    rows = []
    for one in series:
        parts = [_usable(figures, obs_id) for obs_id in one.obs_ids]
        first, last = parts[0], parts[-1]
        if len(parts) == 1:
            began = int(first["year_first"])
            levels = Interval(100, 100), Interval(100, 100) + printed(first)
            value = 100.0, 100.0 + float(first["value"])
        else:
            began = int(first["year_last"])
            levels = printed(first), printed(last)
            value = float(first["value"]), float(last["value"])
        years = int(last["year_last"]) - began
        if years < 1 or levels[0].low <= 0 or levels[1].low <= 0 or first["segment"] != last["segment"]:
            raise InputError(f"social_sector: {' '.join(one.obs_ids)} gives no growth a year on one field")
        rows.append(
            estimates.row(
                f"budget.{one.name}",
                "T2-16",
                "budget_series",
                value=pace(*value, years),
                interval=pace_of(*levels, years),
                population=one.name,
                definition=one.kind,
                basis="per_place" if one.kind == "staff_per_place" else "nominal" if one.kind in MONEY else "volume",
                year=f"{began}-{last['year_last']}",
                unit="percent a year",
                method="pace_of_published",
                obs_ids=" ".join(one.obs_ids),
                **ROUNDING,
            )
        )
    return estimates.table(rows)


def slowing(figures: pd.DataFrame) -> pd.DataFrame:
    """By how much the growth of a series per place changed from one span to the next, in points a year; slower below zero.

    The middle level is in both paces, so its rounding is shared; the change is monotone in each level: corners give its ends.
    """
    rows = []
    for name, obs_ids in SLOWING:
        early, middle, late = (_usable(figures, obs_id) for obs_id in obs_ids)
        before = int(middle["year_last"] - early["year_last"])
        after = int(late["year_last"] - middle["year_last"])

        change = partial(_change_of_pace, before, after)
        rows.append(
            estimates.row(
                f"slowing.{name}",
                "T2-16",
                "slowing",
                value=change(*(float(part["value"]) for part in (early, middle, late))),
                interval=over_box(change, first=printed(early), second=printed(middle), third=printed(late)),
                population=name,
                basis="per_place",
                year=f"{early['year_last']}-{late['year_last']}",
                unit="points a year",
                method="pace_of_published",
                obs_ids=" ".join(obs_ids),
                **ROUNDING,
            )
        )
    return estimates.table(rows)


def _change_of_pace(before: int, after: int, first: float, second: float, third: float) -> float:
    return pace(second, third, after) - pace(first, second, before)


def wage_bill(figures: pd.DataFrame) -> pd.DataFrame:
    """The published rise of the wage bill: prices and places together have to grow by more for it to fall per place."""
    rise = _usable(figures, WAGE_BILL)
    return estimates.table(
        [
            estimates.row(
                "wage_bill.rise",
                "T2-16",
                "wage_bill_rise",
                value=float(rise["value"]),
                interval=printed(rise),
                population=rise["population"],
                year=f"{rise['year_first']}-{rise['year_last']}",
                unit="percent_change",
                method="published",
                obs_ids=rise["obs_id"],
                **ROUNDING,
            )
        ]
    )


def early_series(sector: pd.DataFrame, comparators: pd.DataFrame, before: int) -> pd.DataFrame:
    """How many published figures of the sector lie before a year, and which of the usable ones is the earliest.

    Args:
        sector: the tidy figures of the sector; families of occupations there belong to other sectors too and do not count.
        comparators: the tidy comparators, for employment in social action.
        before: the year.
    """
    own = sector[~sector["series"].str.startswith("fap_")]
    usable = pd.concat([own, comparators[comparators["series"] == SOCIAL_ACTION]], ignore_index=True)
    usable = usable[usable["use"].isin(["model", "shown"]) & usable["year_first"].notna()]
    if usable.empty:
        raise InputError("social_sector: no dated figure that can be used")
    centre = (usable["year_first"] + usable["year_last"]) / 2
    early = usable[centre < before]
    first = usable.loc[centre.astype(float).idxmin()]
    return estimates.table(
        [
            estimates.row(
                "published.t2-19",
                "T2-19",
                "published",
                value=float(len(early)),
                population=f"figures of the sector before {before}",
                unit="figures",
                method="count_of_published" if len(early) else "none_published",
                obs_ids=" ".join(sorted(early["obs_id"])),
            ),
            estimates.row(
                "nearest.t2-19",
                "T2-19",
                "nearest",
                value=float(first["value"]),
                interval=printed(first),
                population=first["population"],
                year=f"{first['year_first']}-{first['year_last']}",
                unit=first["unit"],
                method="published",
                obs_ids=first["obs_id"],
                **ROUNDING,
            ),
        ]
    )


def later_growth(sector: pd.DataFrame, comparators: pd.DataFrame, span: int) -> pd.DataFrame:
    """Growth after the years that the statement speaks of, in percent a year: social workers, and employment in social action.

    Args:
        sector: the tidy figures of the sector by obs_id.
        comparators: the tidy comparators; of employment in social action, means over three years, so a span starts and ends at
            the middle of such a mean and spans share no year but the one they join at.
        span: years a span takes; the last one may be shorter, never shorter than three.
    """
    first, last = (_usable(sector, obs_id) for obs_id in SOCIAL_WORKERS)
    made = [(f"social_workers.{first['year_last']}", first, last)]
    rows = comparators[(comparators["series"] == SOCIAL_ACTION) & (comparators["use"] == "model")]
    rows = rows.assign(middle=(rows["year_first"] + rows["year_last"]) // 2).sort_values("middle")
    if rows["middle"].duplicated().any():
        raise InputError(f"comparators: a year stands twice in {SOCIAL_ACTION}")
    by_year = rows.set_index("middle", drop=False)
    if len(by_year):
        steps = [year for year in by_year.index if (year - by_year.index[0]) % span == 0]
        if by_year.index[-1] - steps[-1] >= 3:
            steps.append(by_year.index[-1])
        for first, last in pairwise(steps):
            made.append((f"social_action.{first}", by_year.loc[first], by_year.loc[last]))
    return estimates.table([_later(name, first, last) for name, first, last in made])


def _later(name: str, first: pd.Series, last: pd.Series) -> dict[str, object]:
    years = [int((row["year_first"] + row["year_last"]) // 2) for row in (first, last)]
    return estimates.row(
        f"later.{name}",
        "T2-19",
        "later_growth",
        value=pace(float(first["value"]), float(last["value"]), years[1] - years[0]),
        interval=pace_of(printed(first), printed(last), years[1] - years[0]),
        population=name.partition(".")[0],
        year=f"{years[0]}-{years[1]}",
        unit="percent a year",
        method="pace_of_published",
        obs_ids=f"{first['obs_id']} {last['obs_id']}",
        **SURVEY,
    )


def _usable(figures: pd.DataFrame, obs_id: str) -> pd.Series:
    if obs_id not in figures.index or figures.at[obs_id, "use"] not in ("model", "shown"):
        raise InputError(f"social_sector: {obs_id} is not among the figures that can be used")
    return figures.loc[obs_id]


def to_draw(*tables: pd.DataFrame) -> pd.DataFrame:
    """Every growth, to be drawn: series, kind, basis (per_place, nominal, volume), years, value, low, high; percent a year.

    Args:
        tables: as `budget` and `later_growth` give.

    >>> told = {"population": "places", "year": "2010-2015", "value": 2.0, "method": "pace_of_published"}
    >>> budgets = [estimates.row("budget.x", "T2-16", "budget_series", definition="places", basis="volume", **told)]
    >>> later = [estimates.row("later.x", "T2-19", "later_growth", **told)]
    >>> to_draw(estimates.table(budgets), estimates.table(later))[["series", "kind", "basis", "value"]].values.tolist()
    [['places', 'places', 'volume', 2.0], ['places', 'later', 'volume', 2.0]]
    """
    table = pd.concat(tables, ignore_index=True)
    return pd.DataFrame(
        {
            "series": table["population"],
            "kind": table["definition"].where(table["definition"] != "", "later"),
            "basis": table["basis"].where(table["basis"] != "", "volume"),
            "years": table["year"],
            "value": table["value"],
            "low": table["low"],
            "high": table["high"],
        }
    )
