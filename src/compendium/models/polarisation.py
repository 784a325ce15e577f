"""Series that count head office or proximity, each by itself, with the sign of its polarisation.

A series speaks for a split where head office gains on proximity: a group of head office that grows, or a group of
proximity that shrinks. It speaks against where the contrary happens, as where the diplomas of proximity catch up. Where
rounding leaves the sign open it speaks for neither. A series of the institution that begins before staff of the RSI came
in and ends after sets two populations side by side: it is listed with its sign and not counted. The count of the others is a
list, not a vote: series of one document are not independent.
"""

from typing import Literal, NamedTuple

import pandas as pd

from compendium.errors import InputError
from compendium.interval import Interval
from compendium.models import estimates
from compendium.models.estimates import ROUNDING, printed
from compendium.models.managers import LAST_BEFORE_RSI

Side = Literal["head_office", "proximity"]
Sign = Literal["for", "against", "open"]
STATEMENT = "T2-15"
SIGNS: tuple[Sign, ...] = ("for", "against", "open")
FIELDS = ("sector", "institution")


class Series(NamedTuple):
    """A published change, or the difference of two published levels."""

    name: str
    field: str
    side: Side
    obs_ids: tuple[str, ...]  # one change, or the earlier and the later level


# Every published series with two dates that counts either head office or proximity alone.
SERIES = (
    Series("head_office_functional_cadres", "sector", "head_office", ("SS0110",)),
    Series("directors_general_and_deputies", "sector", "head_office", ("CX0372",)),
    Series("directors_general_and_deputies", "sector", "head_office", ("SS0025",)),
    Series("managers_of_establishments", "sector", "proximity", ("CX0373",)),
    Series("educative_cadres_and_chefs_de_service", "sector", "proximity", ("SS0026",)),
    Series("level_1_diplomas_of_directors", "sector", "proximity", ("SS0033", "SS0032")),
    Series("share_in_national_bodies_before_rsi", "institution", "head_office", ("SW0155", "SW0156")),
    Series("share_in_national_bodies_across_rsi", "institution", "head_office", ("SW0156", "SW0157")),
    Series("national_bodies", "institution", "head_office", ("SW0158",)),
    Series("cpam", "institution", "proximity", ("SW0163",)),
    Series("caf", "institution", "proximity", ("SW0164",)),
    Series("maladie_network", "institution", "proximity", ("SW0159",)),
    Series("caf_network", "institution", "proximity", ("SW0160",)),
    Series("recouvrement_network", "institution", "proximity", ("SW0161",)),
    Series("retraite_network", "institution", "proximity", ("SW0162",)),
)


def sign(change: Interval, side: Side) -> Sign:
    """Whether a change speaks for a split.

    >>> sign(Interval(24.5, 25.5), "head_office"), sign(Interval(5, 15), "proximity"), sign(Interval(-1, 1), "proximity")
    ('for', 'against', 'open')
    """
    if 0 in change:
        return "open"
    return "for" if (change.low > 0) == (side == "head_office") else "against"


def listed(figures: pd.DataFrame, series: tuple[Series, ...] = SERIES) -> pd.DataFrame:
    """Every series with its change and its sign.

    Args:
        figures: the tidy figures by obs_id: value, low, high, unit, year_first, year_last, use.

    Returns:
        name, field, side, years, value, low, high, unit, sign, counted (yes, or no: two populations), use, obs_ids,
        documents.

    Raises:
        InputError: a figure is missing, or may not be used.
    """
    rows = []
    for one in series:
        lost = [obs_id for obs_id in one.obs_ids if obs_id not in figures.index]
        if lost:
            raise InputError(f"polarisation: {' '.join(lost)} is not among the published figures")
        parts = [figures.loc[obs_id] for obs_id in one.obs_ids]
        if any(part["use"] not in ("model", "shown") for part in parts):
            raise InputError(f"polarisation: {' '.join(one.obs_ids)} is no evidence, or is the relay of another figure")
        first, last = parts[0], parts[-1]
        change = printed(last) if len(parts) == 1 else printed(last) - printed(first)
        value = float(last["value"]) - (0.0 if len(parts) == 1 else float(first["value"]))
        began = first["year_first"] if len(parts) == 1 else first["year_last"]
        crosses = one.field == "institution" and began <= LAST_BEFORE_RSI < last["year_last"]
        rows.append(
            {
                "name": one.name,
                "field": one.field,
                "side": one.side,
                "years": f"{began}-{last['year_last']}",
                "value": value,
                "low": change.low,
                "high": change.high,
                "unit": last["unit"] if len(parts) == 1 else "points",
                "sign": sign(change, one.side),
                "counted": "no" if crosses else "yes",
                "use": "shown" if any(part["use"] == "shown" for part in parts) else "model",
                "obs_ids": " ".join(one.obs_ids),
                "documents": " ".join(sorted({part["document_id"] for part in parts})),
            }
        )
    return pd.DataFrame(rows)


def polarisation_estimates(table: pd.DataFrame) -> pd.DataFrame:
    """The listed series and, for each field, how many of one population speak for a split, against it, or for neither."""
    rows = [
        estimates.row(
            f"polarisation.{row['name']}.{row['years']}",
            STATEMENT,
            "polarisation_series",
            value=row["value"],
            interval=Interval(row["low"], row["high"]),
            population=row["name"],
            definition=row["side"],
            basis=row["field"],
            year=row["years"],
            unit=row["unit"],
            method="published" if " " not in row["obs_ids"] else "difference_of_published",
            obs_ids=row["obs_ids"],
            **ROUNDING,
        )
        for _, row in table.iterrows()
    ]
    for field in FIELDS:
        listed_here = table[table["field"] == field]
        part = listed_here[listed_here["counted"] == "yes"]
        left = listed_here[listed_here["counted"] == "no"]
        rows.append(
            estimates.row(
                f"polarisation.not_counted.{field}",
                STATEMENT,
                "not_counted",
                value=float(len(left)),
                basis=field,
                unit="series",
                method="count_of_published",
                obs_ids=" ".join(left["obs_ids"]),
            )
        )
        for way in SIGNS:
            found = part[part["sign"] == way]
            rows.append(
                estimates.row(
                    f"polarisation.count.{field}.{way}",
                    STATEMENT,
                    "polarisation_count",
                    value=float(len(found)),
                    definition=way,
                    basis=field,
                    unit="series",
                    method="count_of_published",
                    obs_ids=" ".join(found["obs_ids"]),
                )
            )
        documents = sorted(set(" ".join(part["documents"]).split()))
        rows.append(
            estimates.row(
                f"polarisation.documents.{field}",
                STATEMENT,
                "documents",
                value=float(len(documents)),
                basis=field,
                unit="documents",
                method="count_of_published",
                obs_ids=" ".join(part["obs_ids"]),
            )
        )
    return estimates.table(rows)
