"""Departures, absence, and where managers come from (T1-13, T1-14, T1-16)."""

import pandas as pd

from compendium.analyses import Parameters, Parts, Stated, Tables
from compendium.clean.comparators import Comparator
from compendium.clean.distress import Distress
from compendium.clean.situation import Situation
from compendium.clean.workforce import Workforce
from compendium.clean.working_life import WorkingLife
from compendium.models import absence, departures, published

TABLES = {
    "workforce": Workforce,
    "working_life": WorkingLife,
    "distress": Distress,
    "situation": Situation,
    "comparators": Comparator,
}


def estimates(tables: Tables, stated: Stated, parameters: Parameters) -> Parts:
    """Counts, rates and changes of departures with their breakdown points, signs of absence, and origins of managers."""
    figures = figures_of(tables)
    headcount, lists = assumed(tables, parameters)
    counts = departures.counts(figures)
    rates = departures.rates(counts, headcount)
    troughs = stated["T1-14"].decide.thresholds["partly_supported"]["trough_bases"]  # type: ignore[union-attr]
    changes = departures.changes(counts, headcount, lists)
    absences = absence.listed(tables["working_life"], tables["distress"], tables["situation"], pandemic(parameters))
    own = published.evidence(figures)
    promoted = own[own["series"].str.contains("promotion") & (own["unit"] == "percent")]
    elsewhere = published.evidence(tables["comparators"])
    elsewhere = elsewhere[elsewhere["series"] == "apec_cadre_access_internal_promotion"]
    return Parts(
        counts=("T1-14", lambda: counts),
        rates=("T1-14", lambda: rates),
        chance=("T1-14", lambda: departures.if_random(counts)),
        changes=("T1-14", lambda: changes),
        limits=("T1-14", lambda: departures.breakdown(counts, headcount, lists, departures.least_favourable(changes, troughs))),
        signs=("T1-13", lambda: absence.signs(absences)),
        nearest=("T1-13", lambda: absence.nearest(absences)),
        origin=(
            "T1-16",
            lambda: published.count_and_nearest("T1-16", "promotion", promoted, elsewhere, "managers promoted from within"),
        ),
    )


def figures_of(tables: Tables) -> pd.DataFrame:
    """The published figures of the institution."""
    return pd.concat([tables["working_life"], tables["workforce"]], ignore_index=True)


def assumed(tables: Tables, parameters: Parameters) -> tuple[departures.Headcount, departures.Lists]:
    """The number of permanent contracts in every year, and what the lists of motives may leave out."""
    headcount = departures.permanent_contracts(tables["workforce"], parameters["cdi_change_percent"])
    lists = departures.Lists(parameters["beyond_list_percent"] / 100, parameters["missing_motives_percent"] / 100)
    return headcount, lists


def pandemic(parameters: Parameters) -> tuple[int, int]:
    """First and last year that no change of absence starts or ends in."""
    return int(parameters["pandemic_first_year"]), int(parameters["pandemic_last_year"])
