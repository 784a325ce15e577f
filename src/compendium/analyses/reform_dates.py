"""Dates of reforms, laws and a thesis (T2-10, T2-11, T2-24)."""

import pandas as pd

from compendium.analyses import Parameters, Parts, Stated, Tables
from compendium.models import reforms

TABLES: dict[str, type] = {}
RAW = ("chronology",)


def estimates(tables: Tables, stated: Stated, parameters: Parameters) -> Parts:
    """Official years of every stated reform, and numbers, days and place of the acts of the notes.

    Args:
        tables: `chronology`, as raw.
        stated: the registry of statements.
        parameters: of the notebook `32_reform_dates`; it has none.

    Returns:
        the parts by name, each a table of schema `Estimate`.

    >>> from compendium import claims, raw
    >>> made = estimates({"chronology": raw.chronology()}, claims.read(), {})
    >>> list(made), made["years"]["quantity"].unique().tolist()
    (['years', 'acts'], ['official_date', 'item_agrees'])
    """
    chronology = tables["chronology"]
    items = {claim: stated[claim].stated["items"] for claim in ("T2-10", "T2-11")}
    years = [reforms.years_of_reforms(chronology, claim, named) for claim, named in items.items()]
    return Parts(
        years=("T2-10 T2-11", lambda: pd.concat(years)),
        acts=("T2-24", lambda: reforms.acts(chronology, "T2-24", stated["T2-24"].stated["items"])),
    )
