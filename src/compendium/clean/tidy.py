"""From raw rows to a tidy table: the same steps for every topic; a topic adds the columns that say what is measured."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from compendium import raw
from compendium.clean import rules
from compendium.errors import InputError, nearest


class Figure(pa.DataFrameModel):
    """One published figure a row. A topic's schema adds columns of its own."""

    obs_id: Series[str] = pa.Field(unique=True, description="the raw row")
    series: Series[str] = pa.Field(description="the quantity as named in the raw row")
    population: Series[str] = pa.Field(description="who or what is counted, as published")
    geography: Series[str] = pa.Field(description="where")
    year_first: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="first reference year")
    year_last: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="last reference year")
    value: Series[float] = pa.Field(description="the figure; computed where derived")
    low: Series[float] = pa.Field(description="lowest value that prints as the figure")
    high: Series[float] = pa.Field(description="highest value that prints as the figure")
    unit: Series[str] = pa.Field(isin=raw.UNITS, description="unit of value, low and high")
    status: Series[str] = pa.Field(isin=raw.STATUSES, description="kind of figure, from the raw row")
    recomputed: Series[str] = pa.Field(
        nullable=True, isin=["", "yes", "missing parents"], description="whether a derived figure was recomputed"
    )
    verified: Series[str] = pa.Field(isin=raw.SECOND_READINGS, description="second reading, from the raw row")
    source_id: Series[str] = pa.Field(description="the source")
    document_id: Series[str] = pa.Field(description="the document behind the source")
    kind: Series[str] = pa.Field(isin=raw.SOURCE_KINDS, description="kind of source")
    group: Series[str] = pa.Field(isin=["evidence", *rules.DIFFERENT_GROUPS], description="what the figure is to us")
    use: Series[str] = pa.Field(nullable=True, isin=["", *rules.USES], description="what evidence may be used for")
    reason: Series[str] = pa.Field(nullable=True, description="why it is set apart")
    repeats: Series[str] = pa.Field(nullable=True, description="the row of another topic that has the same figure and counts")
    rivals: Series[str] = pa.Field(nullable=True, description="figures of the same thing with another value")
    chosen: Series[str] = pa.Field(nullable=True, description="the figure preferred among rivals")

    class Config:
        strict = True
        ordered = True
        coerce = True


def code(observations: pd.DataFrame, column: str, codes: Mapping[str, Any]) -> list[Any]:
    """The code of each value of a column; raises InputError for a value without one, so that no new row is coded by default."""
    lost = observations[~observations[column].isin(list(codes))]
    if len(lost):
        row = lost.iloc[0]
        raise InputError(f"{row['obs_id']}, column '{column}': '{row[column]}' has no code yet{nearest(row[column], codes)}")
    return [codes[value] for value in observations[column]]


def tidy(
    tables: raw.Tables,
    model: type[Figure],
    measure: Callable[[pd.DataFrame], pd.DataFrame],
    same_figure: list[str],
) -> pd.DataFrame:
    """All figures of a topic, tidy: statements under test, plans, doubtful and contradicted figures are marked.

    Args:
        tables: the topic's figures with their sources, derivations and doubts.
        model: the topic's schema, a `Figure` with columns of its own.
        measure: adds those columns to the raw rows.
        same_figure: the columns that two figures share if they are of the same thing.

    Raises:
        InputError: a derived figure that its parents do not give.
    """
    frame = rules.recompute_derived(rules.with_interval(tables.observations), tables.derivations)
    frame = measure(rules.with_two_roundings(frame))
    frame = frame.merge(tables.sources[["source_id", "document_id", "kind", "published"]], on="source_id", validate="m:1")
    frame = rules.choose(rules.group(frame, tables.set_apart, tables.repeats), same_figure)
    return model.validate(frame[list(model.to_schema().columns)])


def contradictions(figures: pd.DataFrame, same_figure: list[str]) -> pd.DataFrame:
    """The figures that contradict another of the same thing: which was chosen, and what the others say."""
    rows = figures[figures["rivals"].fillna("") != ""].sort_values(["chosen", "obs_id"])
    shown = [*same_figure, "obs_id", "value", "kind", "source_id", "group", "chosen"]
    preferred = figures.set_index("obs_id").loc[rows["chosen"]].reset_index()
    pairs = zip(rows.itertuples(index=False), preferred.itertuples(index=False), strict=True)
    return rows[shown].assign(is_chosen=rows["obs_id"] == rows["chosen"], rule=[_rule(row, other) for row, other in pairs])


def _rule(row: Any, preferred: Any) -> str:
    """Why one figure is preferred to another: the first rule of `rules.choose` that tells them apart."""
    if row.obs_id == preferred.obs_id:
        return "chosen"
    if row.group != preferred.group:
        return "set apart"
    if row.recomputed != preferred.recomputed:
        return "printed before implied"
    if row.kind != preferred.kind:
        return f"{preferred.kind} before {row.kind}"
    return "later publication, then more digits, then lower obs_id"
