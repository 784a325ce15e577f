"""The social barometer of the Sécurité sociale, and what its managers say: every item on the sense of work or the power to act.

An item speaks for a loss of sense or power, or against it, by the same rule whichever way it points. A level speaks for it
where most answer on that side. A change between two waves, and the distance to an outside standard of the same year, speak
for it by their sign. Changes are taken inside one scope and one wording alone: until 2014 volunteer bodies answered, since
2018 all bodies of the régime général are asked. What rounding leaves open speaks for neither. Counts are a list, not a vote.
"""

from typing import Literal, NamedTuple

import pandas as pd

from compendium.errors import InputError
from compendium.interval import Interval
from compendium.models import estimates
from compendium.models.estimates import ROUNDING, printed

STATEMENT = "T1-15"
Sign = Literal["for", "against", "open"]
SIGNS: tuple[Sign, ...] = ("for", "against", "open")
KINDS = ("level", "change", "standard")
HALF = 50.0


class Item(NamedTuple):
    """A question in each of its wordings, who answers it, and whether agreeing means sense and power."""

    quantities: tuple[str, ...]
    who: str  # staff or managers
    agreeing_is_good: bool


# A union's account of the wave of one year, which may be of Île-de-France alone.
MAYBE_ONE_REGION = "snfocos_idf2024"
# Every item on the sense of work, or on the power to act: means, room, load. Pay, career, hours, colleagues, balance and
# benefits are neither.
ITEMS = (
    Item(("bsi_satisfaction",), "staff", True),
    Item(("bsi_pride_of_belonging", "bsi_proud_to_belong", "bsi_proud_to_work_for"), "staff", True),
    Item(("bsi_work_useful",), "staff", True),
    Item(("bsi_work_content_satisfied",), "staff", True),
    Item(("bsi_positive_autonomy",), "staff", True),
    Item(("bsi_positive_trust",), "staff", True),
    Item(("bsi_positive_initiative",), "staff", True),
    Item(("bsi_positive_evaluation",), "staff", True),
    Item(("bsi_positive_recognition",), "staff", True),
    Item(("bsi_positive_tools",), "staff", True),
    Item(("bsi_stress_worsened",), "staff", False),
    Item(("bsi_stress_too_high",), "staff", False),
    Item(("bsi_workload_excessive_and_no_recognition",), "staff", False),
    Item(("bsi_workload_too_high",), "staff", False),
    Item(("managers_satisfied_with_role",), "managers", True),
    Item(("managers_role_harder",), "managers", False),
)


def sign(beyond: Interval, agreeing_is_good: bool) -> Sign:
    """Whether a distance (from one half, from the wave before, from a standard) speaks for a loss of sense or power.

    >>> sign(Interval(5, 7), True), sign(Interval(5, 7), False), sign(Interval(-1, 1), True)
    ('against', 'for', 'open')
    """
    if 0 in beyond:
        return "open"
    return "against" if (beyond.low > 0) == agreeing_is_good else "for"


def observed(working_life: pd.DataFrame) -> pd.DataFrame:
    """Every level, change and distance to a standard, with its sign.

    Args:
        working_life: schema `WorkingLife`.

    Returns:
        kind (level, change, standard), quantity, who, scope, year, value, low, high, unit, sign, latest, use, obs_ids,
        documents. Of the levels of an item, the latest carries the sign that is counted; all are listed.

    Raises:
        InputError: an item has no figure, or two in one wave.

    >>> from compendium import csvfile, paths
    >>> from compendium.clean.working_life import WorkingLife
    >>> answers = observed(csvfile.read(paths.processed("default") / "working_life.csv", WorkingLife))
    >>> answers.columns[:8].tolist()
    ['kind', 'quantity', 'who', 'scope', 'year', 'value', 'low', 'high']
    >>> int((answers["latest"] & (answers["kind"] == "level")).sum()) == len(ITEMS)  # one latest level an item
    True
    """
    usable = working_life[working_life["use"].isin(["model", "shown"])]
    rows: list[dict[str, object]] = []
    for item in ITEMS:
        waves = usable[usable["quantity"].isin(item.quantities)].sort_values("year_last")
        if waves.empty:
            raise InputError(f"working_life: no figure of {' or '.join(item.quantities)}")
        if waves["year_last"].duplicated().any():
            raise InputError(f"working_life: {item.quantities[0]} stands twice in one wave")
        for place, (_, wave) in enumerate(waves.iterrows()):
            away = printed(wave) - Interval(HALF, HALF)
            rows.append(_row("level", item, wave, [wave], printed(wave), away) | {"latest": place == len(waves) - 1})
        for (_, before), (_, after) in zip(list(waves.iterrows())[:-1], list(waves.iterrows())[1:], strict=True):
            if before["segment"] == after["segment"] and before["quantity"] == after["quantity"]:
                change = printed(after) - printed(before)
                rows.append(_row("change", item, after, [before, after], change, change) | {"latest": True})
        for _, wave in waves.iterrows():
            standards = usable[usable["quantity"] == f"{wave['quantity']}_benchmark"]
            for _, standard in standards[standards["year_last"] == wave["year_last"]].iterrows():
                apart = printed(wave) - printed(standard)
                rows.append(_row("standard", item, wave, [standard, wave], apart, apart) | {"latest": True})
    return pd.DataFrame(rows)


def _row(kind: str, item: Item, wave: pd.Series, parts: list[pd.Series], shown: Interval, away: Interval) -> dict[str, object]:
    """One observable; a change or distance is of two figures, the one compared with first."""
    value = float(wave["value"]) - (float(parts[0]["value"]) if len(parts) == 2 else 0.0)
    year = "" if pd.isna(wave["year_last"]) else str(wave["year_last"])
    return {
        "kind": kind,
        "quantity": wave["quantity"],
        "who": item.who,
        "scope": wave["segment"],
        "year": f"{parts[0]['year_last']}-{year}" if kind == "change" else year,
        "value": value,
        "low": shown.low,
        "high": shown.high,
        "unit": "percent" if kind == "level" else "points",
        "sign": sign(away, item.agreeing_is_good),
        "use": "shown" if any(part["use"] == "shown" for part in parts) else "model",
        "obs_ids": " ".join(part["obs_id"] for part in parts),
        "documents": " ".join(sorted({part["document_id"] for part in parts})),
    }


def barometer_estimates(table: pd.DataFrame) -> pd.DataFrame:
    """The observables, and how many of each kind speak for the reading, against it, or for neither; how many documents.

    Also how many of the latest answers may be of one region only. All are counted: which region answered is not known.

    What managers themselves answered is listed and not counted: it has neither date nor base.

    Args:
        table: as `observed` gives.
    """
    rows = []
    for _, row in table.iterrows():
        against = row["obs_ids"].split()[0].lower() if row["kind"] == "standard" else row["year"] or "undated"
        rows.append(
            estimates.row(
                f"barometer.{row['kind']}.{row['quantity']}.{against}",
                STATEMENT,
                f"barometer_{row['kind']}",
                value=row["value"],
                interval=Interval(row["low"], row["high"]),
                population="managers" if row["who"] == "managers" else "all staff, régime général",
                definition=row["quantity"],
                basis=row["scope"],
                year=row["year"],
                unit=row["unit"],
                method="published" if row["kind"] == "level" else "difference_of_published",
                obs_ids=row["obs_ids"],
                **ROUNDING,
            )
        )
    for kind in KINDS:
        part = table[(table["kind"] == kind) & table["latest"] & (table["who"] == "staff")]
        for way in SIGNS:
            found = part[part["sign"] == way]
            rows.append(_count(f"barometer.count.{kind}.{way}", "barometer_count", found, len(found), "observables", way))
    staff = table[table["who"] == "staff"]
    region = staff[(staff["kind"] == "level") & staff["latest"] & (staff["documents"] == MAYBE_ONE_REGION)]
    rows.append(_count("barometer.maybe_one_region", "answers_maybe_of_one_region", region, len(region), "observables", ""))
    documents = sorted(set(" ".join(staff["documents"]).split()))
    rows.append(_count("barometer.documents", "documents", staff, len(documents), "documents", ""))
    return estimates.table(rows)


def _count(name: str, quantity: str, found: pd.DataFrame, value: int, unit: str, definition: str) -> dict[str, object]:
    """A count of observables, with the first and last of their years."""
    years = sorted({year for span in found["year"] for year in span.split("-") if year})
    return estimates.row(
        name,
        STATEMENT,
        quantity,
        value=float(value),
        definition=definition,
        year="-".join(dict.fromkeys([years[0], years[-1]])) if years else "",
        unit=unit,
        method="count_of_published",
        obs_ids=" ".join(sorted(set(" ".join(found["obs_ids"]).split()))),
    )
