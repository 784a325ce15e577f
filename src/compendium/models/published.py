"""Whether anything published bears on a statement, and the nearest figure that is."""

import pandas as pd

from compendium.errors import InputError
from compendium.models import estimates
from compendium.models.estimates import ROUNDING, printed, year_of

USABLE = ("model", "shown")


def evidence(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures that may be used or at least shown; no statement under test, no plan, none set apart.

    >>> figures = pd.DataFrame({"group": ["evidence", "claim", "evidence"], "use": ["model", "", "relay"]})
    >>> len(evidence(figures))
    1
    """
    return figures[(figures["group"] == "evidence") & figures["use"].isin(USABLE)]


def count_and_nearest(claim_id: str, name: str, found: pd.DataFrame, nearest: pd.DataFrame, sought: str = "") -> pd.DataFrame:
    """The published figures that bear on a statement, how many there are, and the latest of those that come nearest.

    Args:
        claim_id: the statement.
        name: the estimates are `<name>.published`, `<name>.nearest` and, one a figure, `<name>.answer.<obs_id>`.
        found: the figures that bear on it; none is an answer too. One that may only be shown is counted and answers nothing.
        nearest: dated figures of the nearest quantity.
        sought: what the figures that bear on it are of.

    Raises:
        InputError: there is no dated nearest figure.

    >>> near = {"obs_id": "SW0001", "value": 41.0, "low": 40.5, "high": 41.5, "unit": "percent", "population": "all staff"}
    >>> near = pd.DataFrame([near | {"series": "women", "year_first": 2018, "year_last": 2018, "use": "model"}])
    >>> count_and_nearest("T1-16", "promotion", near.iloc[:0], near)[["estimate_id", "value", "method"]].values.tolist()
    [['promotion.published', 0.0, 'none_published'], ['promotion.nearest', 41.0, 'published']]
    """
    dated = nearest[nearest["year_last"].notna()].sort_values(["year_last", "obs_id"])
    if dated.empty:
        raise InputError(f"{claim_id}: no dated figure comes near '{name}'")
    whole = counted(f"{name}.published", claim_id, "published", found, population=sought)
    answers = found[found["use"] == "model"].sort_values("obs_id")
    rows = [figure(f"{name}.nearest", claim_id, "nearest", dated.iloc[-1])]
    rows += [figure(f"{name}.answer.{row['obs_id'].lower()}", claim_id, "answer", row) for _, row in answers.iterrows()]
    return estimates.table([whole, *rows])


def counted(name: str, claim_id: str, quantity: str, found: pd.DataFrame, population: str = "") -> dict[str, object]:
    """How many figures are published, as a row of the estimates table."""
    return estimates.row(
        name,
        claim_id,
        quantity,
        value=float(len(found)),
        unit="figures",
        method="count_of_published" if len(found) else "none_published",
        obs_ids=" ".join(sorted(found["obs_id"])),
        population=population,
    )


def figure(name: str, claim_id: str, quantity: str, row: pd.Series) -> dict[str, object]:
    """One published figure, as a row of the estimates table."""
    return estimates.row(
        name,
        claim_id,
        quantity,
        value=float(row["value"]),
        interval=printed(row),
        population=row["population"],
        definition=row["series"],
        year=year_of(row),
        unit=row["unit"],
        method="published",
        obs_ids=row["obs_id"],
        **ROUNDING,
    )


def documents_with_cadres(sector: pd.DataFrame, claim_id: str) -> pd.DataFrame:
    """How many of the sector's documents in the data count cadres, of how many; the data were collected for cadres.

    Raises:
        InputError: there is no figure of the sector.
    """
    usable = evidence(sector)
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
