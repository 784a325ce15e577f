"""Dates and provenance: official years of events, which document prints a stated number, jobs in contact with users."""

import pandas as pd

from compendium.errors import InputError
from compendium.models import estimates
from compendium.models.estimates import ROUNDING, Stated, printed

JOB_FAMILIES = ("job_family_share_gestion_situations_clients", "job_family_change_information_communication")


def dates(chronology: pd.DataFrame, claim_id: str) -> pd.DataFrame:
    """The official years of the events that bear on a statement, as estimates.

    Args:
        chronology: the dated events; the note of one names the statements it bears on.

    Raises:
        InputError: no official event bears on it.
    """
    official = chronology[chronology["kind"] != "t2_claimed_date"]
    bearing = official[official["note"].fillna("").str.contains(rf"bears on (?:.* )?{claim_id}\b")]
    if bearing.empty:
        raise InputError(f"chronology: no event bears on {claim_id}")
    rows = [
        estimates.row(
            f"event_year.{row['chrono_id'].lower()}",
            claim_id,
            "event_year",
            value=float(row["year"]),
            population=row["event"],
            definition=row["kind"],
            year=str(row["year"]),
            unit="year",
            method="published",
            obs_ids=row["chrono_id"],
        )
        for _, row in bearing.sort_values(["year", "chrono_id"]).iterrows()
    ]
    return estimates.table(rows)


def age(events: pd.DataFrame, claim_id: str, text_year: int) -> pd.DataFrame:
    """How old the first of the events was when the text came out, in years.

    Args:
        events: as `dates` gives.
        text_year: year of the text.
    """
    first = events.sort_values(["value", "estimate_id"]).iloc[0]
    row = estimates.row(
        f"age.{claim_id.lower()}",
        claim_id,
        "age",
        value=text_year - float(first["value"]),
        population=first["population"],
        year=str(text_year),
        unit="years",
        method="difference_of_published",
        obs_ids=first["obs_ids"],
    )
    return estimates.table([row])


def provenance(
    sources: pd.DataFrame,
    figures: pd.DataFrame,
    document: str,
    stated: dict[str, Stated],
    units: dict[str, str],
    nearest: dict[str, pd.DataFrame],
    claim_id: str,
) -> pd.DataFrame:
    """For each stated number: how many figures of the named document print it, and the nearest figure published elsewhere.

    Args:
        sources: schema `raw.Source`.
        figures: obs_id, source_id, value, unit and group of the published figures.
        document: words of the document's title, as the text under test names it.
        stated: name -> number.
        units: name -> unit of that number; the same digits in another unit are another figure.
        nearest: name -> figures of the same quantity elsewhere, where there are any.

    Returns:
        `figures_of_document` (count over all of it), `printed` (count for each number; a figure that prints it is direct),
        `nearest` (its value).
    """
    named = sources[sources["title"].str.contains(document, case=False, regex=False)]
    own = figures[figures["source_id"].isin(named["source_id"]) & (figures["group"] == "evidence")]

    def count(name: str, quantity: str, found: pd.DataFrame, method: str) -> dict[str, object]:
        return estimates.row(
            name,
            claim_id,
            quantity,
            value=float(len(found)),
            population=document,
            unit="figures",
            method=method if len(found) else "none_published",
            obs_ids=" ".join(sorted(found["obs_id"])),
        )

    rows = [count("provenance.figures_of_document", "figures_of_document", own, "count_of_published")]
    for name, number in stated.items():
        printing = own[(own["value"] == number.value) & (own["unit"] == units[name])]
        rows.append(count(f"provenance.printed.{name}", "printed", printing, "published"))
        if name in nearest:
            candidates = nearest[name]
            row = candidates.loc[(candidates["value"] - number.value).abs().idxmin()]
            rows.append(
                estimates.row(
                    f"provenance.nearest.{name}",
                    claim_id,
                    "nearest",
                    value=float(row["value"]),
                    interval=printed(row),
                    population=row["population"],
                    year=str(row["year_last"]),
                    unit=row["unit"],
                    method="published",
                    obs_ids=row["obs_id"],
                    **ROUNDING,
                )
            )
    return estimates.table(rows)


def contact_with_users(workforce: pd.DataFrame, claim_id: str) -> pd.DataFrame:
    """The families of jobs in contact with users: a share of one year, a change whose period is not printed.

    Raises:
        InputError: neither is published.
    """
    rows = workforce[workforce["series"].isin(JOB_FAMILIES) & workforce["use"].isin(["model", "shown"])]
    if rows.empty:
        raise InputError("workforce: no figure on the families of jobs in contact with users")
    made = [
        estimates.row(
            f"job_family.{row['series'].removeprefix('job_family_')}.{row['year_last']}",
            claim_id,
            "job_family_share" if row["unit"] == "percent" else "job_family_change",
            value=float(row["value"]),
            interval=printed(row),
            population=row["population"],
            year=str(row["year_last"]),
            unit=row["unit"],
            method="published",
            obs_ids=row["obs_id"],
            **ROUNDING,
        )
        for _, row in rows.sort_values("obs_id").iterrows()
    ]
    return estimates.table(made)
