"""Departures, absence, and where managers come from (T1-13, T1-14, T1-16)."""

from functools import cache

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
    """Counts, rates and changes of departures with their breakdown points, signs of absence, and origins of managers.

    Args:
        tables: those of `TABLES`, tidy.
        stated: the registry of statements.
        parameters: of the notebook `26_departures`.

    Returns:
        the parts by name, each a table of schema `Estimate`.

    >>> from compendium import claims, csvfile, parameters, paths
    >>> tables = {name: csvfile.read(paths.processed("default") / f"{name}.csv", of) for name, of in TABLES.items()}
    >>> made = estimates(tables, claims.read(), parameters.resolve("default")["26_departures"])
    >>> list(made)
    ['counts', 'rates', 'chance', 'changes', 'limits', 'signs', 'nearest', 'origin']
    >>> made["counts"]["unit"].unique().tolist(), made["rates"]["unit"].unique().tolist()
    (['persons'], ['per 100 cdi'])
    """
    figures = figures_of(tables)
    headcount, lists = assumed(tables, parameters)
    troughs = stated["T1-14"].decide.thresholds["partly_supported"]["trough_bases"]  # type: ignore[union-attr]
    own = published.evidence(figures)
    promoted = own[own["series"].str.contains("promotion") & (own["unit"] == "percent")]
    elsewhere = published.evidence(tables["comparators"])
    elsewhere = elsewhere[elsewhere["series"] == "apec_cadre_access_internal_promotion"]
    counts = cache(lambda: departures.counts(figures))
    changes = cache(lambda: departures.changes(counts(), headcount, lists))
    absences = cache(
        lambda: absence.listed(tables["working_life"], tables["distress"], tables["situation"], pandemic(parameters))
    )
    return Parts(
        counts=("T1-14", counts),
        rates=("T1-14", lambda: departures.rates(counts(), headcount)),
        chance=("T1-14", lambda: departures.if_random(counts())),
        changes=("T1-14", changes),
        limits=(
            "T1-14",
            lambda: departures.breakdown(counts(), headcount, lists, departures.least_favourable(changes(), troughs)),
        ),
        signs=("T1-13", lambda: absence.signs(absences())),
        nearest=("T1-13", lambda: absence.nearest(absences())),
        origin=(
            "T1-16",
            lambda: published.count_and_nearest("T1-16", "promotion", promoted, elsewhere, "managers promoted from within"),
        ),
    )


def figures_of(tables: Tables) -> pd.DataFrame:
    """The published figures of the institution."""
    return pd.concat([tables["working_life"], tables["workforce"]], ignore_index=True)


def assumed(tables: Tables, parameters: Parameters) -> tuple[departures.Headcount, departures.Lists]:
    """The number of permanent contracts in every year, and what the lists of motives may leave out.

    Args:
        tables: has `workforce`, tidy.
        parameters: of the notebook `26_departures`, percent.

    Returns:
        headcounts in persons; what the lists leave out as parts of one.

    >>> from compendium import csvfile, paths
    >>> tables = {"workforce": csvfile.read(paths.processed("default") / "workforce.csv", Workforce)}
    >>> given = {"cdi_change_percent": 2.0, "beyond_list_percent": 10.0, "missing_motives_percent": 20.0}
    >>> headcount, lists = assumed(tables, given)
    >>> lists, headcount.change
    (Lists(beyond=0.1, missing=0.2), 0.02)
    """
    headcount = departures.permanent_contracts(tables["workforce"], parameters["cdi_change_percent"])
    lists = departures.Lists(parameters["beyond_list_percent"] / 100, parameters["missing_motives_percent"] / 100)
    return headcount, lists


def pandemic(parameters: Parameters) -> tuple[int, int]:
    """First and last year that no change of absence starts or ends in.

    >>> pandemic({"pandemic_first_year": 2020, "pandemic_last_year": 2021})
    (2020, 2021)
    """
    return int(parameters["pandemic_first_year"]), int(parameters["pandemic_last_year"])
