"""Whether anything published bears on a statement, and the nearest figure that is."""

import pandas as pd

from compendium.errors import InputError
from compendium.models import estimates
from compendium.models.estimates import ROUNDING, printed

USABLE = ("model", "shown")


def evidence(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures that may be used or at least shown; no statement under test, no plan, none set apart."""
    return figures[(figures["group"] == "evidence") & figures["use"].isin(USABLE)]


def count_and_nearest(claim_id: str, name: str, found: pd.DataFrame, nearest: pd.DataFrame) -> pd.DataFrame:
    """How many published figures bear on a statement, and the latest of those that come nearest.

    Args:
        claim_id: the statement.
        name: of the two estimates, `<name>.published` and `<name>.nearest`.
        found: the figures that bear on it; none is an answer too.
        nearest: dated figures of the nearest quantity.

    Raises:
        InputError: there is no dated nearest figure.
    """
    dated = nearest[nearest["year_last"].notna()].sort_values(["year_last", "obs_id"])
    if dated.empty:
        raise InputError(f"{claim_id}: no dated figure comes near '{name}'")
    row = dated.iloc[-1]
    return estimates.table(
        [
            estimates.row(
                f"{name}.published",
                claim_id,
                "published_figures",
                value=float(len(found)),
                unit="figures",
                method="count_of_published" if len(found) else "none_published",
                obs_ids=" ".join(sorted(found["obs_id"])),
            ),
            estimates.row(
                f"{name}.nearest",
                claim_id,
                "nearest",
                value=float(row["value"]),
                interval=printed(row),
                population=row["population"],
                definition=row["series"],
                year=str(row["year_last"]),
                unit=row["unit"],
                method="published",
                obs_ids=row["obs_id"],
                **ROUNDING,
            ),
        ]
    )


def one_by_one(claim_id: str, found: pd.DataFrame) -> pd.DataFrame:
    """Each published figure as an estimate of its own, `<series>.<obs_id>`, quantity its series; none is an answer too.

    Args:
        found: tidy figures, schema `clean.tidy.Figure`.
    """
    return estimates.table(
        [
            estimates.row(
                f"{row['series']}.{row['obs_id'].lower()}",
                claim_id,
                row["series"],
                value=float(row["value"]),
                interval=printed(row),
                population=row["population"],
                year="" if pd.isna(row["year_last"]) else str(row["year_last"]),
                unit=row["unit"],
                method="published",
                obs_ids=row["obs_id"],
                **ROUNDING,
            )
            for _, row in found.sort_values(["year_last", "obs_id"]).iterrows()
        ]
    )
