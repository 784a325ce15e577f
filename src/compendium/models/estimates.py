"""The one shape of all estimates: what is estimated, its value or interval, what the interval covers, and from what."""

from typing import Any, Protocol

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from compendium.interval import Interval

INTERVAL_KINDS = ("none", "rounding", "bound", "sampling", "model")
# How an estimate follows from published figures, and the best evidence grade it can give.
METHODS = {
    "published": "direct",
    "difference_of_published": "bounded",
    "count_of_published": "bounded",
    "published_of_unknown_scope": "extrapolated",
    "none_published": "none",
    "arithmetic_of_statement": "none",
    "arithmetic_of_assumption": "none",
    "product_of_published": "bounded",
    "ratio_of_published": "bounded",
    "bound_of_mixture": "bounded",
    "pace_of_published": "bounded",
    "distance": "bounded",
    "bound_between_years": "bounded",
    "bound_after_last_year": "extrapolated",
    "breakdown": "bounded",
    "decomposition": "extrapolated",
    "split_of_published": "bounded",
    "sum_of_published": "bounded",
    "rate_on_bounded_headcount": "bounded",
    "change_of_bounded_rates": "bounded",
    "spread_of_published": "bounded",
    "random_count": "extrapolated",
    "planned": "none",
    "distance_carried_forward": "extrapolated",
    "slope": "bounded",
    "pace_needed": "extrapolated",
    "drift": "extrapolated",
    "reference_class": "extrapolated",
    "survey_share": "bounded",
    "design_effect_needed": "bounded",
    "part_against_whole": "bounded",
    "next_wave": "extrapolated",
}


# The columns of an estimate whose interval holds nothing but the rounding of what is printed.
ROUNDING = {
    "interval_kind": "rounding",
    "covers_en": "rounding of the published figures",
    "covers_fr": "l’arrondi des chiffres publiés",
}


# Ends the quantity of an estimate that a universe shows and does not count.
SET_APART = ".set_apart"


class Stated(Protocol):
    """A number of the text under test, with the values that print as it. A claim of the registry is one."""

    @property
    def value(self) -> float:
        """The stated number."""

    @property
    def rounding(self) -> Interval:
        """The values that print as it."""


class Estimate(pa.DataFrameModel):
    """One estimate a row."""

    estimate_id: Series[str] = pa.Field(unique=True, str_matches=r"^[a-z0-9_.-]+$", description="stable name")
    claim_id: Series[str] = pa.Field(description="the claims it bears on, space-separated")
    quantity: Series[str] = pa.Field(description="what is estimated")
    population: Series[str] = pa.Field(description="of whom")
    definition: Series[str] = pa.Field(description="which grids count as cadres")
    basis: Series[str] = pa.Field(description="whose contracts are counted")
    year: Series[str] = pa.Field(description="reference year or span; empty if none")
    value: Series[float] = pa.Field(nullable=True, description="point estimate; empty where only an interval is known")
    low: Series[float] = pa.Field(nullable=True, description="lower end")
    high: Series[float] = pa.Field(nullable=True, description="upper end")
    unit: Series[str] = pa.Field(description="unit of value, low and high")
    interval_kind: Series[str] = pa.Field(isin=INTERVAL_KINDS, description="what kind of interval")
    level: Series[str] = pa.Field(description="confidence level; empty for an interval that has none")
    covers_en: Series[str] = pa.Field(description="what the interval covers, in English")
    covers_fr: Series[str] = pa.Field(description="what the interval covers, in French")
    method: Series[str] = pa.Field(isin=tuple(METHODS), description="how it follows from published figures")
    obs_ids: Series[str] = pa.Field(description="the published figures behind it, space-separated")

    class Config:
        strict = True
        ordered = True
        coerce = True

    @pa.dataframe_check(name="low is not above high, and an interval says its kind")
    def _interval(cls, frame: pd.DataFrame) -> pd.Series:
        has = frame["low"].notna() & frame["high"].notna() & (frame["low"] <= frame["high"])
        without = frame["low"].isna() & frame["high"].isna() & (frame["interval_kind"] == "none")
        return (has & (frame["interval_kind"] != "none")) | without

    @pa.dataframe_check(name="an interval says what it covers in both languages")
    def _covers(cls, frame: pd.DataFrame) -> pd.Series:
        return (frame["interval_kind"] == "none") | ((frame["covers_en"] != "") & (frame["covers_fr"] != ""))


def row(
    estimate_id: str,
    claim_id: str,
    quantity: str,
    *,
    interval: Interval | None = None,
    value: float | None = None,
    **columns: Any,
) -> dict[str, object]:
    """One row of the estimates table; the columns not named are empty."""
    names = [name for name in Estimate.to_schema().columns if name not in ("value", "low", "high")]
    texts = dict.fromkeys(names, "") | {"interval_kind": "none"} | columns
    ends = {"low": interval.low if interval else None, "high": interval.high if interval else None}
    return texts | {"estimate_id": estimate_id, "claim_id": claim_id, "quantity": quantity, "value": value} | ends


def table(rows: list[dict[str, object]]) -> pd.DataFrame:
    """Rows as a table, schema `Estimate`."""
    columns = list(Estimate.to_schema().columns)
    return Estimate.validate(pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(("value", "low", "high"), float)))


def bearing_on(estimates: pd.DataFrame, *claim_ids: str) -> pd.DataFrame:
    """The estimates that bear on any of some statements.

    Args:
        estimates: schema `Estimate`; `claim_id` may name several statements, space-separated.

    >>> half = row("half", "T1-02 T1-03", "share", value=50.0, unit="percent", method="published")
    >>> len(bearing_on(table([half]), "T1-03", "T2-01")), len(bearing_on(table([half]), "T2-01"))
    (1, 0)
    """
    return estimates[[not set(claim_ids).isdisjoint(ids.split()) for ids in estimates["claim_id"]]]


def interval(estimate: pd.Series) -> Interval:
    """The interval of an estimate; a point estimate is an interval without width."""
    if pd.isna(estimate["low"]):
        return Interval(float(estimate["value"]), float(estimate["value"]))
    return Interval(float(estimate["low"]), float(estimate["high"]))


def year_of(figure: pd.Series) -> str:
    """The year or the span of years of a published figure; empty if it is undated."""
    if pd.isna(figure["year_last"]):
        return ""
    return "-".join(str(year) for year in sorted({int(figure["year_first"]), int(figure["year_last"])}))


def printed(figure: pd.Series) -> Interval:
    """The values that print as a published figure."""
    return Interval(float(figure["low"]), float(figure["high"]))
