"""The raw tables: published figures, their sources, how some were derived, which are not to be trusted; official dates."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from compendium import csvfile, paths
from compendium.errors import InputError, nearest

# Topic (a file of figures) -> the name of its cleaning module and tidy table.
TOPICS = {
    "secu_workforce": "workforce",
    "secu_managers": "working_life",
    "social_sector": "social_sector",
    "distress": "distress",
    "context": "situation",
    "comparators": "comparators",
}
STATUSES = ("observation", "claim", "plan", "derived", "rounded", "undated")
SECOND_READINGS = ("confirmed", "corrected", "scope_differs", "not_found", "not_read")
# From the most to the least trusted where two figures contradict each other; a data set is its publisher's own table.
SOURCE_KINDS = ("official", "dataset", "survey", "academic", "union", "press")
UNITS = (
    "persons",
    "fte",
    "posts",
    "places",
    "organisations",
    "levels",
    "sample_rows",
    "percent",
    "points",
    "percent_change",
    "per_1000",
    "ratio",
    "odds_ratio",
    "fte_per_100_places",
    "persons_per_establishment",
    "eur",
    "euro_cents",
    "million_eur",
    "hours",
    "days",
)
FIRST_YEAR, LAST_YEAR = 1900, 2030
DATE = r"^\d{4}-\d{2}-\d{2}$"
# A date that the text under test states is kept beside the official ones, under a kind of its own.
EVENT_KINDS = ("law", "decree", "policy", "agency", "thesis", "t2_claimed_date")


def _text(description: str, nullable: bool = False, **checks: Any) -> Any:
    return pa.Field(nullable=nullable, description=description, **checks)


class Observation(pa.DataFrameModel):
    """One published figure a row, as printed."""

    obs_id: Series[str] = _text("topic code and four digits, given once", str_matches=r"^[A-Z]{2}\d{4}$", unique=True)
    series: Series[str] = _text("the quantity, in snake_case", str_matches=r"^[a-z0-9_]+$")
    year_first: Series[pd.Int64Dtype] = _text("first reference year", nullable=True, ge=FIRST_YEAR, le=LAST_YEAR)
    year_last: Series[pd.Int64Dtype] = _text("last reference year", nullable=True, ge=FIRST_YEAR, le=LAST_YEAR)
    period: Series[str] = _text("exact date or span, if printed", nullable=True)
    value: Series[str] = _text("the figure as printed, point decimals", str_matches=r"^-?\d+(\.\d+)?$")
    unit: Series[str] = _text("unit of the value", isin=UNITS)
    population: Series[str] = _text("who or what is counted")
    geography: Series[str] = _text("where")
    definition: Series[str] = _text("scope and denominator, in words", nullable=True)
    source_id: Series[str] = _text("the source, in sources.csv")
    locator: Series[str] = _text("where in the source", nullable=True)
    note: Series[str] = _text("doubts and context", nullable=True)
    status: Series[str] = _text("what kind of figure it is", isin=STATUSES)
    verified: Series[str] = _text("outcome of the second reading", isin=SECOND_READINGS)
    superseded_by: Series[str] = _text("obs_id of the row that corrects this one", nullable=True)
    added: Series[str] = _text("date on which the row came in, if after the first import", nullable=True, str_matches=DATE)

    class Config:
        strict = True
        ordered = True
        coerce = True

    @pa.dataframe_check(name="value: a percent lies between 0 and 100")
    def _percent(cls, frame: pd.DataFrame) -> pd.Series:
        value = pd.to_numeric(frame["value"], errors="coerce")
        return (frame["unit"] != "percent") | value.between(0, 100) | value.isna()

    @pa.dataframe_check(name="year_first: is not after year_last")
    def _years(cls, frame: pd.DataFrame) -> pd.Series:
        first, last = frame["year_first"], frame["year_last"]
        return (first.isna() & last.isna()) | (first <= last).fillna(False)


class Source(pa.DataFrameModel):
    """One page, report or data set a row."""

    source_id: Series[str] = _text("name of the source", str_matches=r"^[a-z0-9_]+$", unique=True)
    document_id: Series[str] = _text("shared by sources that relay one document", str_matches=r"^[a-z0-9_]+$")
    title: Series[str] = _text("title")
    publisher: Series[str] = _text("who published it")
    published: Series[str] = _text("date, as far as printed", nullable=True, str_matches=r"^\d{4}(-\d{2}){0,2}$|^\d{4}-\d{4}$")
    kind: Series[str] = _text("kind of publisher", isin=SOURCE_KINDS)
    url: Series[str] = _text("address, if known", nullable=True, str_matches=r"^https?://\S+$")
    note: Series[str] = _text("what it relays, what could be read", nullable=True)

    class Config:
        strict = True
        ordered = True
        coerce = True


class Derivation(pa.DataFrameModel):
    """How a derived figure follows from others: recomputed, never trusted as typed."""

    obs_id: Series[str] = _text("the derived figure", unique=True)
    operation: Series[str] = _text("how: a name of clean.rules.OPERATIONS", str_matches=r"^[a-z_]+$")
    parents: Series[str] = _text("obs_id of the figures it follows from, in order, space-separated", nullable=True)
    missing: Series[str] = _text("what it follows from that is not in the data; empty if all of it is", nullable=True)

    class Config:
        strict = True
        ordered = True
        coerce = True


class SetApart(pa.DataFrameModel):
    """A figure not to be trusted, and why."""

    obs_id: Series[str] = _text("the figure", unique=True)
    reason: Series[str] = _text("why it is set apart")

    class Config:
        strict = True
        ordered = True
        coerce = True


class Repeat(pa.DataFrameModel):
    """A figure that another topic has too: the row that repeats never counts, the other one does."""

    obs_id: Series[str] = _text("the row that repeats", unique=True)
    repeats: Series[str] = _text("the row of another topic that counts")

    class Config:
        strict = True
        ordered = True
        coerce = True


class Event(pa.DataFrameModel):
    """One dated event a row: laws, decrees, policies, agencies, and the dates that the text under test gives them."""

    chrono_id: Series[str] = _text("CH and two digits, given once", str_matches=r"^CH\d{2}$", unique=True)
    year: Series[int] = pa.Field(ge=FIRST_YEAR, le=LAST_YEAR, description="year of the event")
    event: Series[str] = _text("what happened, with the exact date where printed")
    kind: Series[str] = _text("kind of event", isin=EVENT_KINDS)
    source_id: Series[str] = _text("the source, in sources.csv")
    note: Series[str] = _text("how it compares with the text under test", nullable=True)

    class Config:
        strict = True
        ordered = True
        coerce = True


@dataclass(frozen=True)
class Tables:
    """What cleaning a topic needs: its figures, and what is known of them."""

    observations: pd.DataFrame
    sources: pd.DataFrame
    derivations: pd.DataFrame
    set_apart: pd.DataFrame
    repeats: pd.DataFrame


def _table(path: Path, model: type[pa.DataFrameModel]) -> pd.DataFrame:
    frame = csvfile.read(path, model)
    if frame.empty:
        raise InputError(f"{paths.relative(path)}: has no row below its header")
    return frame


def read(topic: str) -> Tables:
    """The raw tables of a topic; raises InputError for a row that cannot be used.

    >>> tables = read("distress")
    >>> list(tables.observations.columns[:3]), tables.observations["obs_id"].str[:2].unique().tolist()
    (['obs_id', 'series', 'year_first'], ['DI'])
    """
    path = paths.OBSERVATIONS / f"{topic}.csv"
    frame = _table(path, Observation)
    sources = _table(paths.SOURCES, Source)
    refer(frame, "source_id", sources["source_id"], path, "sources.csv")
    refer(frame, "superseded_by", frame["obs_id"], path, "the same file")
    current(frame)
    return Tables(
        frame,
        sources,
        _table(paths.DERIVATIONS, Derivation),
        _table(paths.SET_APART, SetApart),
        _table(paths.REPEATS, Repeat),
    )


def current(observations: pd.DataFrame) -> dict[str, str]:
    """Each corrected figure, and the row that stands for it now: the last of a chain of corrections.

    Raises:
        InputError: corrections that lead in a circle.
    """
    next_one = observations.dropna(subset=["superseded_by"]).set_index("obs_id")["superseded_by"].to_dict()
    last = {}
    for obs_id, following in next_one.items():
        seen = [obs_id]
        while following in next_one and following not in seen:
            seen.append(following)
            following = next_one[following]
        if following in seen:
            raise InputError(f"data/raw/observations: {' '.join(seen)} correct each other in a circle (superseded_by)")
        last[obs_id] = following
    return last


def everything() -> pd.DataFrame:
    """The figures of all topics, checked across topics: ids, references, and that a repeated figure is the same one.

    Raises:
        InputError: names the row at fault.
    """
    tables = [read(topic) for topic in TOPICS]
    figures = pd.concat([table.observations for table in tables], ignore_index=True)
    for topic, table in zip(TOPICS, tables, strict=True):
        refused = table.observations["obs_id"].isin(figures.loc[figures["obs_id"].duplicated(), "obs_id"])
        if refused.any():
            name, row = paths.relative(paths.OBSERVATIONS / f"{topic}.csv"), int(refused.idxmax())
            raise InputError(
                f"{name}, row {row + 2}, column 'obs_id': '{table.observations.at[row, 'obs_id']}' stands in two topics"
            )
    derivations = tables[0].derivations
    for place, parents in enumerate(derivations["parents"].fillna("").str.split()):
        one = derivations.iloc[[place] * len(parents)].assign(parents=parents)
        refer(one, "parents", figures["obs_id"], paths.DERIVATIONS, "data/raw/observations")
    for name, path in (("derivations", paths.DERIVATIONS), ("set_apart", paths.SET_APART), ("repeats", paths.REPEATS)):
        refer(getattr(tables[0], name), "obs_id", figures["obs_id"], path, "data/raw/observations")
    repeats = tables[0].repeats
    refer(repeats, "repeats", figures["obs_id"], paths.REPEATS, "data/raw/observations")
    printed = figures.set_index("obs_id")[["value", "unit", "year_last"]]
    for line, row in enumerate(repeats.itertuples(index=False), 2):
        one, other = printed.loc[row.obs_id], printed.loc[row.repeats]
        if row.repeats in set(repeats["obs_id"]):
            raise InputError(f"data/raw/repeats.csv, row {line}: {row.repeats} is itself a repetition")
        if (
            float(one["value"]) != float(other["value"])
            or one["unit"] != other["unit"]
            or one["year_last"] != other["year_last"]
        ):
            raise InputError(f"data/raw/repeats.csv, row {line}: {row.obs_id} does not repeat {row.repeats}")
    return figures


def chronology() -> pd.DataFrame:
    """The dated events, each with the document behind its source; raises InputError for a row that cannot be used.

    >>> list(chronology().columns[:3])
    ['chrono_id', 'year', 'event']
    """
    frame = _table(paths.CHRONOLOGY, Event)
    sources = _table(paths.SOURCES, Source)
    refer(frame, "source_id", sources["source_id"], paths.CHRONOLOGY, "sources.csv")
    return frame.assign(document_id=frame["source_id"].map(sources.set_index("source_id")["document_id"]))


def refer(frame: pd.DataFrame, column: str, known: pd.Series, path: Path, where: str) -> None:
    """Every value of a column must be a known one; raises InputError for the first that is not, and says where those stand."""
    lost = frame[frame[column].notna() & ~frame[column].isin(known)]
    if len(lost):
        row = lost.iloc[0]
        hint = nearest(row[column], known)
        name = paths.relative(path)
        message = f"{name}, row {lost.index[0] + 2} ({row.iloc[0]}), column '{column}': '{row[column]}' is not in {where}{hint}"
        raise InputError(message)
