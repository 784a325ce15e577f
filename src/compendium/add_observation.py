"""`make add-observation`: one published figure more, or the correction of one, checked before anything is kept.

A correction is a new row; the old one stays and names it in `superseded_by`. Either every check passes and the figure, its
source and the seal are written, or nothing is.
"""

import csv
import datetime
import importlib
import io
import re
from collections.abc import Mapping

import pandas as pd

from compendium import datapackage, files, paths, raw
from compendium.errors import InputError, nearest

ARGUMENTS = {
    "TOPIC": "file of data/raw/observations/ that the figure goes into",
    "SERIES": "the quantity, one that the topic has",
    "YEAR": "reference year, or first and last: 2018-2020",
    "PERIOD": "exact date or span, if printed",
    "VALUE": "the figure as printed, with a decimal point",
    "UNIT": "unit of the value, one that the series has",
    "POPULATION": "who or what is counted",
    "GEOGRAPHY": "where",
    "DEFINITION": "scope and denominator, in words",
    "SOURCE": "source_id, of sources.csv or new",
    "LOCATOR": "where in the source",
    "NOTE": "doubts and context",
    "STATUS": f"one of {', '.join(raw.STATUSES)}",
    "CORRECTS": "obs_id of the figure that this one corrects; what is not given is taken from it",
    "TITLE": "of a new source: its title",
    "PUBLISHER": "of a new source: who published it",
    "PUBLISHED": "of a new source: the date, as far as printed",
    "KIND": f"of a new source: one of {', '.join(raw.SOURCE_KINDS)}",
    "URL": "of a new source: its address",
    "DOCUMENT": "of a new source: the document_id that it shares, where it relays one",
    "SOURCE_NOTE": "of a new source: what one should know of it",
}
COPIED = ("series", "year_first", "year_last", "period", "unit", "population", "geography", "definition", "status", "source_id")
NEEDED = ("TOPIC", "SERIES", "YEAR", "VALUE", "UNIT", "POPULATION", "GEOGRAPHY", "SOURCE")
OF_SOURCE = {"TITLE": "title", "PUBLISHER": "publisher", "PUBLISHED": "published", "KIND": "kind", "URL": "url"}


def add(given: Mapping[str, str]) -> str:
    """Add a figure, or correct one; returns what a terminal shows.

    Args:
        given: argument -> value, names of ARGUMENTS.

    Raises:
        InputError: an argument that cannot be used, a table that would no longer pass its checks, or raw data that were
            changed and not sealed. Nothing has been changed then.
    """
    _check_arguments(given)
    datapackage.check()
    topic, row = _corrected(given) if "CORRECTS" in given else (_topic(given), {})
    path = paths.OBSERVATIONS / f"{topic}.csv"
    known = raw.read(topic)
    row = row | _row(given, known.observations)
    texts = {path: path.read_text(encoding="utf-8") + _line(row, raw.Observation)}
    if "CORRECTS" in given:
        texts[path] = _superseded(texts[path], given["CORRECTS"], row["obs_id"])
    if row["source_id"] not in set(known.sources["source_id"]):
        source = _line(_source(given, row["source_id"], known.sources), raw.Source)
        texts[paths.SOURCES] = paths.SOURCES.read_text(encoding="utf-8") + source
    elif of_source := [name for name in (*OF_SOURCE, "DOCUMENT", "SOURCE_NOTE") if name in given]:
        raise InputError(f"{of_source[0]}: the source '{row['source_id']}' is known, and described already")

    def checked() -> tuple[str, pd.DataFrame]:
        sealed = datapackage.write()
        cleaned = importlib.import_module(f"compendium.clean.{raw.TOPICS[topic]}").tidy(raw.read(topic))
        return sealed, cleaned.set_index("obs_id")

    sealed, cleaned = files.write_all(texts, paths.DATAPACKAGE, check=checked)
    return "\n".join([*_told(cleaned, row["obs_id"], given.get("CORRECTS")), sealed])


def _check_arguments(given: Mapping[str, str]) -> None:
    for name, value in given.items():
        if name not in ARGUMENTS:
            listed = "\n".join(f"  {key}: {what}" for key, what in ARGUMENTS.items())
            raise InputError(f"no argument '{name}'{nearest(name, ARGUMENTS)}; there are:\n{listed}")
        if not value.strip() or any(ord(letter) < 32 for letter in value):
            raise InputError(f"{name}: needs a text on one line ({ARGUMENTS[name]})")
    needed = ("VALUE", "CORRECTS") if "CORRECTS" in given else NEEDED
    if lacking := [name for name in needed if name not in given]:
        raise InputError("\n".join(["needed besides:", *(f"  {name}: {ARGUMENTS[name]}" for name in lacking)]))
    if not re.fullmatch(r"-?\d+(\.\d+)?", given["VALUE"]):
        raise InputError(f"VALUE: '{given['VALUE']}' is not a number in digits, with a point before decimals")
    if "YEAR" in given and not re.fullmatch(r"\d{4}(-\d{4})?", given["YEAR"]):
        raise InputError(f"YEAR: '{given['YEAR']}' is neither a year nor two, such as 2018-2020")


def _topic(given: Mapping[str, str]) -> str:
    if given["TOPIC"] not in raw.TOPICS:
        known = ", ".join(raw.TOPICS)
        raise InputError(f"TOPIC: no '{given['TOPIC']}'{nearest(given['TOPIC'], raw.TOPICS)}; the topics are {known}")
    return given["TOPIC"]


def _corrected(given: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The topic of the figure to be corrected, and what the new row takes over from it."""
    obs_id = given["CORRECTS"]
    for topic in raw.TOPICS:
        tables = raw.read(topic)
        found = tables.observations[tables.observations["obs_id"] == obs_id]
        if found.empty:
            continue
        old = found.iloc[0]
        if given.get("TOPIC", topic) != topic:
            raise InputError(f"TOPIC: {obs_id} is a figure of {topic}")
        if obs_id in (current := raw.current(tables.observations)):
            raise InputError(f"CORRECTS: {obs_id} is superseded; {current[obs_id]} stands for it now")
        repeated = tables.repeats.set_index("obs_id")["repeats"]
        if obs_id in repeated:
            raise InputError(f"CORRECTS: {obs_id} repeats {repeated[obs_id]}, which is the one that counts: correct that one")
        return topic, {name: str(old[name]) for name in COPIED if pd.notna(old[name])}
    raise InputError(f"CORRECTS: no figure has the obs_id '{obs_id}'")


def _row(given: Mapping[str, str], known: pd.DataFrame) -> dict[str, str]:
    """The columns that the arguments give, with the next obs_id of the topic and today's date."""
    names = ("SERIES", "PERIOD", "VALUE", "UNIT", "POPULATION", "GEOGRAPHY", "DEFINITION", "LOCATOR", "NOTE", "STATUS")
    row = {name.lower(): given[name] for name in names if name in given}
    if "SOURCE" in given:
        row["source_id"] = given["SOURCE"]
    if "YEAR" in given:
        row["year_first"], _, last = given["YEAR"].partition("-")
        row["year_last"] = last or row["year_first"]
    if "CORRECTS" not in given:
        row.setdefault("status", "observation")
    series = row.get("series", "") or known.set_index("obs_id").at[given["CORRECTS"], "series"]
    units = list(dict.fromkeys(known.loc[known["series"] == series, "unit"]))
    if not units:
        hint = nearest(series, known["series"])
        raise InputError(
            f"SERIES: the topic has no '{series}'{hint}; a new series needs a code in its module of compendium.clean"
        )
    unit = row.get("unit") or known.set_index("obs_id").at[given["CORRECTS"], "unit"]
    if unit not in units:
        raise InputError(f"UNIT: '{series}' is given in {', '.join(units)}, not in '{unit}'{nearest(unit, units)}")
    prefix = known["obs_id"].iloc[-1][:2]
    following = known["obs_id"].str[2:].astype(int).max() + 1
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    return row | {"obs_id": f"{prefix}{following:04d}", "verified": "not_read", "added": today}


def _source(given: Mapping[str, str], source_id: str, known: pd.DataFrame) -> dict[str, str]:
    """The row of a new source; one that needs a row and has no title is a misspelt one, or a new one left undescribed."""
    lacking = [name for name in ("TITLE", "PUBLISHER", "KIND") if name not in given]
    if lacking:
        hint = nearest(source_id, known["source_id"])
        raise InputError(f"SOURCE: '{source_id}' is not in sources.csv{hint}; a new source needs {', '.join(lacking)} too")
    row = {column: given[name] for name, column in OF_SOURCE.items() if name in given}
    note = {"note": given["SOURCE_NOTE"]} if "SOURCE_NOTE" in given else {}
    return row | note | {"source_id": source_id, "document_id": given.get("DOCUMENT", source_id)}


def _line(row: Mapping[str, str], model: type[raw.Observation] | type[raw.Source]) -> str:
    return _as_csv([row.get(column, "") for column in model.to_schema().columns])


def _as_csv(values: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(values)
    return text.getvalue()


def _superseded(text: str, obs_id: str, by: str) -> str:
    """The table with one row marked; every other line keeps its bytes."""
    lines = text.splitlines(keepends=True)
    place = next(i for i, line in enumerate(lines) if line.startswith(f"{obs_id},"))
    values = next(csv.reader([lines[place]]))
    values[list(raw.Observation.to_schema().columns).index("superseded_by")] = by
    lines[place] = _as_csv(values)
    return "".join(lines)


def _told(cleaned: pd.DataFrame, obs_id: str, corrects: str | None) -> list[str]:
    """What cleaning makes of the new row: what it may be used for, and which figures it contradicts."""
    row = cleaned.loc[obs_id]
    use = {"model": "it may enter models", "shown": "it is shown and never modelled", "relay": "it repeats a figure"}
    lines = [f"{obs_id}: {row['series']}, {row['year_last']}: {row['value']:g} {row['unit']} ({row['source_id']})"]
    if corrects:
        lines.append(f"{corrects} stays, is superseded and counts no more")
    if row["use"] == "not_chosen" or row["rivals"]:
        lines.append(f"it contradicts {row['rivals']}; {row['chosen']} is preferred (source, then date, then digits)")
    lines.append(use.get(row["use"], f"it enters no model: {row['use'] or row['group']}".replace("_", " ")))
    return [*lines, "`make` computes what rests on it and says which claims moved"]
