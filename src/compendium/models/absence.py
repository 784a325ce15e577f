"""Absence: every series of dated rates, each on its own definition, with the sign of its change.

A definition is who is counted, by which observatory, for which motives. Series are never joined. Two values of one year and
definition leave that year between them. A pandemic year is neither the start nor the end of a change.
"""

import itertools
from typing import Any

import pandas as pd

from compendium.errors import InputError
from compendium.interval import Interval
from compendium.models import estimates
from compendium.models.estimates import ROUNDING

STATEMENT = "T1-13"
INSTITUTION = "staff of the institution"
CADRES = "cadres of the institution"
OTHER = "another"
RATES = ("absence_rate", "absence_rate_all_causes")
# A later edition of Ayming prints another rate for 2019 than the first one did: its editions are not joined there.
LAST_YEAR_OF_EDITION = {"ayming": 2019}
COLUMNS = ["series", "population", "who", "definition", "year", "value", "low", "high", "pandemic", "obs_ids"]


def listed(
    working_life: pd.DataFrame, distress: pd.DataFrame, situation: pd.DataFrame, pandemic: tuple[int, int]
) -> pd.DataFrame:
    """The published absence rates in percent, one row a series and year.

    Args:
        working_life, distress, situation: the tidy tables; rates of the institution are taken from the first only, which
            has its definitions.
        pandemic: first and last year of it.

    Returns:
        series, population (code), who (as published), definition, year, value (empty between two values), low, high
        (percent), pandemic, obs_ids.

    Raises:
        InputError: no dated rate at all.

    >>> from compendium import csvfile, paths
    >>> from compendium.clean import distress, situation, working_life
    >>> of = {"working_life": working_life.WorkingLife, "distress": distress.Distress, "situation": situation.Situation}
    >>> tables = [csvfile.read(paths.processed("default") / f"{name}.csv", schema) for name, schema in of.items()]
    >>> rates = listed(*tables, pandemic=(2020, 2021))
    >>> bool(rates.duplicated(["series", "year"]).any()), bool((rates["pandemic"] == rates["year"].between(2020, 2021)).all())
    (False, True)
    """
    own = working_life[
        (working_life["quantity"] == "absence_rate")
        & (working_life["unit"] == "percent")
        & (working_life["perimeter"] != "outside_secu")
    ]
    cadres = own["population"].str.contains("cadres|managers", case=False)
    own = own.assign(
        place=cadres.map({True: CADRES, False: INSTITUTION}),
        series=[f"institution_{motives}" for motives in own["absence_definition"]],
        motives=own["absence_definition"],
    )
    insurers = situation[situation["series"].str.startswith("absence_rate") & (situation["unit"] == "percent")]
    rated = distress["construct"].isin(RATES) & (distress["unit"] == "percent")
    other = pd.concat([distress[rated], insurers.assign(survey="", wording=insurers["quantity"])], ignore_index=True)
    last = [LAST_YEAR_OF_EDITION.get(survey) for survey in other["survey"]]
    later = [end is not None and year > end for end, year in zip(last, other["year_last"], strict=True)]
    other = other.assign(
        place=OTHER,
        series=other["series"] + pd.Series(later, index=other.index).map({True: "_later_edition", False: ""}),
        motives=other["wording"],
    )
    rows = pd.concat([own, other], ignore_index=True)
    rows = rows[(rows["use"] == "model") & rows["year_last"].notna() & (rows["year_first"] == rows["year_last"])]
    if rows.empty:
        raise InputError("absence: no dated rate")
    made = []
    figures = rows.sort_values(["series", "year_last"], kind="stable").to_dict("records")
    for (series, year), same in itertools.groupby(figures, key=lambda figure: (figure["series"], figure["year_last"])):
        part = list(same)
        first = part[0]
        made.append(
            {
                "series": series,
                "population": first["place"],
                "who": first["population"],
                "definition": first["motives"],
                "year": int(year),
                "value": float(first["value"]) if len(part) == 1 else None,
                "low": min(float(figure["low"]) for figure in part),
                "high": max(float(figure["high"]) for figure in part),
                "pandemic": pandemic[0] <= int(year) <= pandemic[1],
                "obs_ids": " ".join(sorted(figure["obs_id"] for figure in part)),
            }
        )
    return pd.DataFrame(made, columns=COLUMNS).astype({"value": float})


def signs(rates: pd.DataFrame) -> pd.DataFrame:
    """For each series: how many dated points outside the pandemic, the change over them, and that since it ended.

    Args:
        rates: as `listed` gives.

    Returns:
        `absence.points.<series>`; with two points, `absence.change.<series>`; with two after the pandemic,
        `absence.recent.<series>`: estimates, changes in points.
    """
    rows = []
    after = rates.loc[rates["pandemic"], "year"].max()
    for series, every in rates.groupby("series"):
        part = every[~every["pandemic"]].sort_values("year")
        if part.empty:
            continue
        common: dict[str, Any] = {"population": part["population"].iloc[0], "definition": str(series)}
        rows.append(
            estimates.row(
                f"absence.points.{series}",
                STATEMENT,
                "dated_points",
                value=float(len(part)),
                year=_years(part),
                unit="years",
                method="count_of_published",
                obs_ids=" ".join(part["obs_ids"]),
                **common,
            )
        )
        since = part[part["year"] > after]
        for name, quantity, span in (("change", "absence_change", part), ("recent", "recent_change", since)):
            if len(span) > 1:
                rows.append(_change(f"absence.{name}.{series}", quantity, span, common))
    return estimates.table(rows)


def _years(part: pd.DataFrame) -> str:
    first, last = part["year"].iloc[0], part["year"].iloc[-1]
    return str(first) if first == last else f"{first}-{last}"


def _change(name: str, quantity: str, part: pd.DataFrame, common: dict[str, Any]) -> dict[str, object]:
    first, last = part.iloc[0], part.iloc[-1]
    return estimates.row(
        name,
        STATEMENT,
        quantity,
        interval=Interval(last["low"], last["high"]) - Interval(first["low"], first["high"]),
        year=_years(part),
        unit="points",
        interval_kind="bound",
        covers_en="rounding, and the two values of a year that has two",
        covers_fr="l’arrondi, et les deux valeurs d’une année qui en a deux",
        method="difference_of_published",
        obs_ids=f"{first['obs_ids']} {last['obs_ids']}",
        **common,
    )


def nearest(rates: pd.DataFrame) -> pd.DataFrame:
    """The latest level of the institution on the widest definition, as an estimate; no row where it has none."""
    own = rates[(rates["population"] != OTHER) & rates["series"].str.endswith("all_motives")].sort_values("year")
    return estimates.table(
        [
            estimates.row(
                f"absence.nearest.{row['year']}",
                STATEMENT,
                "nearest",
                value=float(row["value"]),
                interval=Interval(row["low"], row["high"]),
                population=row["who"],
                definition=row["series"],
                year=str(row["year"]),
                unit="percent",
                method="published",
                obs_ids=row["obs_ids"],
                **ROUNDING,
            )
            for _, row in own.iloc[-1:].iterrows()
        ]
    )


def sign(change: Interval) -> str:
    """Whether a change rises, falls or may do either, all of its bound considered.

    >>> sign(Interval(0.1, 0.3)), sign(Interval(-0.1, 0.3))
    ('rises', 'open')
    """
    return "rises" if change.low > 0 else "falls" if change.high < 0 else "open"
