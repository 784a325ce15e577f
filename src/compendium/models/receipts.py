"""Amounts the Urssaf collect in a year: totals, and their two parts, the network and the national body.

A total of known scope is printed with what it covers. A total of unknown scope may be the whole or only what the network
collects; it is shown, and never stands in a line with the others.
"""

import pandas as pd

from compendium.errors import InputError
from compendium.models import estimates
from compendium.models.estimates import ROUNDING, printed

STATEMENT = "T1-08"
EUROS = 1e9  # in a billion
SCOPES = ("total", "network", "head_office", "unknown")


def collections(working_life: pd.DataFrame) -> pd.DataFrame:
    """The published amounts, billion euros, by scope and year, as estimates; an undated one has no year.

    Raises:
        InputError: no total of known scope, or two of one scope and year.
    """
    rows = working_life[
        (working_life["quantity"] == "urssaf_collections")
        & working_life["collections_scope"].isin(SCOPES)
        & working_life["use"].isin(["model", "shown"])
    ].sort_values(["collections_scope", "year_last", "obs_id"])
    twice = rows[rows.duplicated(["collections_scope", "year_last"], keep=False)]
    if len(twice):
        raise InputError(f"working_life: collections of one scope and year stand twice ({' '.join(twice['obs_id'])})")
    if not (rows["collections_scope"] == "total").any():
        raise InputError("working_life: no total of known scope among the collections")
    made = []
    for _, row in rows.iterrows():
        year = "" if pd.isna(row["year_last"]) else str(row["year_last"])
        known = row["collections_scope"] != "unknown"
        made.append(
            estimates.row(
                f"receipts.{row['collections_scope']}.{year or 'undated'}",
                STATEMENT,
                "collections",
                value=float(row["value"]) / EUROS,
                interval=printed(row) / EUROS,
                population=row["population"],
                definition=row["collections_scope"],
                year=year,
                unit="billion eur",
                method="published" if known else "published_of_unknown_scope",
                obs_ids=row["obs_id"],
                **ROUNDING,
            )
        )
    return estimates.table(made)


def over_time(amounts: pd.DataFrame, stated: float, low: float, high: float) -> pd.DataFrame:
    """The dated amounts and the range that rounds to the stated one, to be drawn.

    Args:
        amounts: as `collections` gives.
        stated, low, high: the stated amount and the ends of that range, billion euros.

    Returns:
        kind (published, stated), scope, year, value, low, high: billion euros.

    >>> told = {"definition": "total", "year": "2019", "value": 100.0, "method": "published"}
    >>> amounts = estimates.table([estimates.row("receipts.total.2019", STATEMENT, "collections", **told)])
    >>> over_time(amounts, stated=110.0, low=105.0, high=115.0)[["kind", "scope", "year", "value"]].values.tolist()
    [['published', 'total', '2019', 100.0], ['stated', '', '', 110.0]]
    """
    dated = amounts[amounts["year"] != ""]
    published = dated[["year", "value", "low", "high"]].assign(kind="published", scope=dated["definition"])
    claim = pd.DataFrame([{"kind": "stated", "scope": "", "year": "", "value": stated, "low": low, "high": high}])
    columns = ["kind", "scope", "year", "value", "low", "high"]
    return pd.concat([published, claim], ignore_index=True)[columns]
