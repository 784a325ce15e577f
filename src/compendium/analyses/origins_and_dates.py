"""Dates, the document that numbers are said to come from, and two readings (T1-17, T1-20 to T1-22, T2-15)."""

from typing import Any

import pandas as pd

from compendium.analyses import Parameters, Parts, Stated, Tables
from compendium.clean.situation import Situation
from compendium.clean.social_sector import SocialSector
from compendium.clean.workforce import Workforce
from compendium.clean.working_life import WorkingLife
from compendium.models import origins, polarisation

TABLES = {"workforce": Workforce, "working_life": WorkingLife, "social_sector": SocialSector, "situation": Situation}
RAW = ("chronology", "sources")


def estimates(tables: Tables, stated: Stated, parameters: Parameters) -> Parts:
    """Official dates, one line a number of its origin, jobs in contact with users, and every series of one side.

    Args:
        tables: those of `TABLES`, tidy; also `chronology` and `sources`, as raw.
        stated: the registry of statements.
        parameters: of the notebook `24_origins_and_dates`; it has none.

    Returns:
        the parts by name, each a table of schema `Estimate`.

    >>> from compendium import claims, csvfile, paths, raw
    >>> tables = {name: csvfile.read(paths.processed("default") / f"{name}.csv", of) for name, of in TABLES.items()}
    >>> tables |= {"chronology": raw.chronology(), "sources": csvfile.read(paths.SOURCES, raw.Source)}
    >>> made = estimates(tables, claims.read(), {})
    >>> list(made), made["provenance"]["claim_id"].unique().tolist()
    (['dates', 'provenance', 'contact', 'split'], ['T1-20'])
    """
    events = {claim: origins.dates(tables["chronology"], claim) for claim in ("T1-17", "T1-21")}
    numbers: dict[str, Any] = {claim.lower(): stated[claim] for claim in ("T1-01", "T1-02", "T1-03", "T1-06", "T1-07")}
    figures = figures_of(tables)
    usable = figures[figures["use"].isin(["model", "shown"])]
    shares = usable[usable["series"].isin(["cadre_share_all_grids", "cadre_share_levels_5a_9"])]
    nearest = {"t1-01": usable[usable["quantity"] == "cadre_headcount"], "t1-02": shares, "t1-03": shares}
    units = {name: claim.stated["unit"] for name, claim in numbers.items()}
    return Parts(
        dates=(
            "T1-17 T1-21",
            lambda: pd.concat([*events.values(), origins.age(events["T1-17"], "T1-17", stated["T1-17"].text_year)]),
        ),
        provenance=(
            "T1-20",
            lambda: origins.provenance(tables["sources"], figures, "Carnet de l'emploi", numbers, units, nearest, "T1-20"),
        ),
        contact=("T1-22", lambda: origins.contact_with_users(tables["workforce"], "T1-22")),
        split=("T2-15", lambda: polarisation.polarisation_estimates(polarised(tables))),
    )


def figures_of(tables: Tables) -> pd.DataFrame:
    """The published figures of the institution and the sector, by obs_id."""
    figures = pd.concat([tables["workforce"], tables["working_life"], tables["social_sector"]], ignore_index=True)
    return figures.set_index("obs_id", drop=False)


def polarised(tables: Tables) -> pd.DataFrame:
    """Every published series with two dates that counts head office or proximity alone.

    Args:
        tables: those of `TABLES`, tidy.

    Returns:
        as `polarisation.listed`: one row a series, with name, field, side, years, value, low, high, unit, sign and others.

    >>> from compendium import csvfile, paths
    >>> tables = {name: csvfile.read(paths.processed("default") / f"{name}.csv", of) for name, of in TABLES.items()}
    >>> series = polarised(tables)
    >>> sorted(series["side"].unique()), bool(series["value"].between(series["low"], series["high"]).all())
    (['head_office', 'proximity'], True)
    """
    situation = tables["situation"].set_index("obs_id", drop=False)
    return polarisation.listed(pd.concat([figures_of(tables), situation]))
