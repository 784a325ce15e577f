"""Whether a quantity is published at all, and the nearest figure that is."""

import pandas as pd

from compendium.errors import InputError
from compendium.models import estimates
from compendium.models.estimates import ROUNDING, printed

# What would answer, by the start of its series, and the figure that comes nearest today.
SHARES = {
    "T2-13": ("public_funding_share", "SS0015"),  # the only dated figure of the sector's money: its wage bill
    "T2-17": ("cadre_share_of_supervisors", "SS0051"),  # who supervises, whatever their occupation
}
COUNTS = {"T2-14": ("new_social_occupation", "SS0146")}  # a count of the established occupations


def found(figures: pd.DataFrame, claim_id: str) -> pd.DataFrame:
    """The published figures that would answer a statement, how many there are, and the nearest other figure.

    Args:
        figures: tidy figures by obs_id.
        claim_id: a key of `SHARES` or `COUNTS`.

    Returns:
        `published` (count), `answer` (each figure, with rounding), `nearest`.

    Raises:
        InputError: the nearest figure is gone.
    """
    series, nearest = (SHARES | COUNTS)[claim_id]
    usable = figures[figures["use"].isin(["model", "shown"])]
    if nearest not in usable.index:
        raise InputError(f"social_sector: {nearest}, the figure nearest to {claim_id}, cannot be used")
    answers = usable[usable["series"].str.startswith(series)]
    short = claim_id.lower()
    rows = [
        estimates.row(
            f"published.{short}",
            claim_id,
            "published",
            value=float(len(answers)),
            population=series,
            unit="figures",
            method="count_of_published" if len(answers) else "none_published",
            obs_ids=" ".join(sorted(answers["obs_id"])),
        )
    ]
    named = [("nearest", usable.loc[nearest])]
    named += [("answer", row) for _, row in answers[answers["use"] == "model"].sort_index().iterrows()]
    for quantity, row in named:
        years = "-".join(dict.fromkeys(str(year) for year in (row["year_first"], row["year_last"])))
        rows.append(
            estimates.row(
                f"{quantity}.{short}.{row['obs_id'].lower()}",
                claim_id,
                quantity,
                value=float(row["value"]),
                interval=printed(row),
                population=row["population"],
                definition=row["series"],
                year=years,
                unit=row["unit"],
                method="published",
                obs_ids=row["obs_id"],
                **ROUNDING,
            )
        )
    return estimates.table(rows)


def documents_with_cadres(sector: pd.DataFrame, claim_id: str) -> pd.DataFrame:
    """How many of the sector's documents in the data count cadres, of how many; the data were collected for cadres.

    Raises:
        InputError: there is no figure of the sector.
    """
    usable = sector[sector["use"].isin(["model", "shown"])]
    if usable.empty:
        raise InputError("social_sector: no figure that can be used")
    usable = usable[~usable["series"].str.startswith("fap_")]  # families of occupations of every sector
    cadres = usable[usable["staff"].str.contains("cadres")]

    def count(name: str, part: pd.DataFrame) -> dict[str, object]:
        return estimates.row(
            f"mentions.{name}",
            claim_id,
            "documents",
            value=float(part["document_id"].nunique()),
            definition=name,
            year="-".join(str(year) for year in (part["year_last"].min(), part["year_last"].max())) if len(part) else "",
            unit="documents",
            method="count_of_published" if len(part) else "none_published",
            obs_ids=" ".join(sorted(part["obs_id"])),
        )

    return estimates.table([count("all", usable), count("with_cadres", cadres)])
