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
        tables: also `chronology` and `sources`, as raw.
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
    """Every published series with two dates that counts head office or proximity alone."""
    situation = tables["situation"].set_index("obs_id", drop=False)
    return polarisation.listed(pd.concat([figures_of(tables), situation]))
