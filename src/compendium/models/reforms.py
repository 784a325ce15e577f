"""What a text says of the dates of reforms, beside every official date: vote, effect, first application, launch.

A stated year agrees with a reform if it is any of its official years; the number and the day of an act agree if the official
record prints them.
"""

import datetime
import re
from typing import Any, Literal, NamedTuple

import pandas as pd

from compendium.errors import InputError
from compendium.models import estimates

Step = Literal["adopted", "effect", "application", "launch", "record", "predecessor"]
FROM_THE_TEXT = "t2_claimed_date"


class Official(NamedTuple):
    """One official date of a reform. A predecessor's date is shown and never counts."""

    chrono_id: str
    step: Step


REFORMS = {
    "law_1975": (Official("CH02", "adopted"),),
    "decentralisation": (Official("CH03", "adopted"), Official("CH04", "adopted")),
    "law_2002": (Official("CH07", "adopted"),),
    "lolf": (Official("CH06", "adopted"), Official("CH08", "effect"), Official("CH11", "application")),
    "rgpp": (Official("CH14", "launch"),),
    "hpst": (Official("CH15", "adopted"),),
    "map": (Official("CH17", "launch"), Official("CH18", "application")),
    "anesm": (Official("CH07", "predecessor"), Official("CH10", "predecessor"), Official("CH13", "adopted")),
    "anap": (Official("CH16", "launch"),),
    "thesis": (Official("CH26", "record"),),
}
# As the chronology writes them.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Act(NamedTuple):
    """The number and the day of an act, as the chronology prints them."""

    number: str
    day: datetime.date | None


def act(event: str) -> Act:
    """The number and the day of an act.

    >>> act("Law no 2002-2 of 2 January 2002 renewing social and medico-social action")
    Act(number='2002-2', day=datetime.date(2002, 1, 2))
    """
    number = re.search(r"\bno (\d+-\d+)", event)
    day = re.search(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})", event)
    date = datetime.date(int(day[3]), MONTHS.index(day[2]) + 1, int(day[1])) if day else None
    return Act(number[1] if number else "", date)


def official_dates(chronology: pd.DataFrame, item: str) -> pd.DataFrame:
    """The official dates of a reform: chrono_id, year, event, step; a date that the text under test gives is none.

    Raises:
        InputError: no such reform is known.
    """
    if item not in REFORMS:
        raise InputError(f"data/raw/claims.yaml: no official dates are listed for the item '{item}'")
    steps = {official.chrono_id: official.step for official in REFORMS[item]}
    rows = chronology[chronology["chrono_id"].isin(steps) & (chronology["kind"] != FROM_THE_TEXT)]
    return rows.assign(step=rows["chrono_id"].map(steps)).sort_values(["year", "chrono_id"])


def years_of_reforms(chronology: pd.DataFrame, claim_id: str, items: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """Each item of a statement beside all its official years.

    Args:
        chronology: the dated events.
        claim_id: the statement.
        items: name -> what it states of it, with `year`.

    Returns:
        `official_date` (a year; definition the step), and for each item `item_agrees`: the years between the stated and the
        nearest official one, 0 where it agrees, empty where there is no official date.
    """
    rows = []
    for item, stated in items.items():
        dates = official_dates(chronology, item)
        for _, date in dates.iterrows():
            rows.append(_date(claim_id, item, date))
        counted = dates[dates["step"] != "predecessor"]
        if counted.empty:
            rows.append(_agreement(claim_id, item, "year", None))
            continue
        nearest = counted.loc[(counted["year"] - stated["year"]).abs().idxmin()]
        rows.append(_agreement(claim_id, item, "year", float(stated["year"] - nearest["year"]), nearest))
    return estimates.table(rows)


def acts(chronology: pd.DataFrame, claim_id: str, items: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """Each number, day, year and place of a statement beside the official record: `official_date` and `item_agrees`.

    `item_agrees` is in days for a day, in years for a year; 0 or 1 for a number and a place, 1 where they differ.
    """
    rows = []
    for item, stated in items.items():
        dates = official_dates(chronology, item)
        rows += [_date(claim_id, item, date) for _, date in dates.iterrows()]
        for key, value in stated.items():
            compared = [(_difference(key, value, date), date) for _, date in dates.iterrows()]
            known = [(difference, date) for difference, date in compared if difference is not None]
            if not known:
                rows.append(_agreement(claim_id, item, key, None))
                continue
            difference, date = min(known, key=lambda pair: abs(pair[0]))
            rows.append(_agreement(claim_id, item, key, float(difference), date))
    return estimates.table(rows)


def _difference(key: str, stated: Any, date: pd.Series) -> int | None:
    """How far a stated number, day, year or place is from a record; None where the record does not print it."""
    record = act(date["event"])
    if key == "number":
        return int(record.number != stated) if record.number else None
    if key == "day":
        return (datetime.date.fromisoformat(stated) - record.day).days if record.day else None
    if key == "year":
        return int(stated - date["year"])
    if key == "place":
        return int(stated not in date["event"])
    raise InputError(f"data/raw/claims.yaml: nothing is known of '{key}' of a reform")


def _date(claim_id: str, item: str, date: pd.Series) -> dict[str, object]:
    return estimates.row(
        f"date.{claim_id.lower()}.{item}.{date['chrono_id'].lower()}",
        claim_id,
        "official_date",
        value=float(date["year"]),
        population=item,
        definition=date["step"],
        year=str(date["year"]),
        unit="year",
        method="published",
        obs_ids=date["chrono_id"],
    )


UNITS = {"year": "years", "day": "days", "number": "differs", "place": "differs"}


def _agreement(
    claim_id: str, item: str, key: str, difference: float | None, nearest: pd.Series | None = None
) -> dict[str, object]:
    return estimates.row(
        f"agrees.{claim_id.lower()}.{item}.{key}",
        claim_id,
        "item_agrees",
        value=difference,
        population=item,
        definition=key,
        year="" if nearest is None else str(nearest["year"]),
        unit=UNITS[key],
        method="none_published" if nearest is None else "difference_of_published",
        obs_ids="" if nearest is None else nearest["chrono_id"],
    )


def timeline(found: pd.DataFrame, stated: dict[str, dict[str, dict[str, Any]]]) -> pd.DataFrame:
    """Stated and official years, to be drawn: item, claim, step (stated, or that of the date), year, after (the stated year).

    Args:
        found: as `years_of_reforms` gives, of all statements.
        stated: statement -> its items.

    >>> from compendium import raw
    >>> items = {"law_2002": {"year": 2004}}
    >>> found = years_of_reforms(raw.chronology(), "T2-10", items)  # the law is of 2 January 2002
    >>> timeline(found, {"T2-10": items}).values.tolist()
    [['law_2002', 'T2-10', 'stated', 2004, 0], ['law_2002', 'T2-10', 'adopted', 2002, -2]]
    """
    rows = []
    for claim_id, items in stated.items():
        for item, said in items.items():
            rows.append((item, claim_id, "stated", said["year"], 0))
            dates = found[(found["quantity"] == "official_date") & (found["population"] == item)]
            for _, date in dates[dates["claim_id"] == claim_id].iterrows():
                rows.append((item, claim_id, date["definition"], int(date["value"]), int(date["value"]) - said["year"]))
    return pd.DataFrame(rows, columns=["item", "claim", "step", "year", "after"])
