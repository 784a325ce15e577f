"""One universe: a pure function of a specification and the data to a row, through the functions that the notebooks call."""

import contextlib
import hashlib
import importlib
import json
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.config import config_context
from pandera.typing import Series

from compendium import claims as registry
from compendium import csvfile, paths, raw
from compendium.analyses import Tables
from compendium.claims import Claim
from compendium.errors import InputError, nearest
from compendium.models import estimates as shape

FAILED = "failed"
# What of a specification its estimates hang on; the rest changes how they are read.
ESTIMATED = ("parameters", "stated", "thresholds", "leave_out", "exact")


class Universe(pa.DataFrameModel):
    """One universe a row, in the order of the statements, then of the specification's hash."""

    specification: Series[str] = pa.Field(unique=True, str_matches=r"^[0-9a-f]{16}$", description="its hash, which names it")
    claim_id: Series[str] = pa.Field(description="the statement")
    question: Series[str] = pa.Field(
        nullable=True, description="its options among non-equivalent ones: universes that differ here answer other questions"
    )
    choices: Series[str] = pa.Field(nullable=True, description="its other options, as decision=option")
    verdict: Series[str] = pa.Field(isin=[FAILED, *registry.VERDICTS], description="the verdict, or that it failed")
    evidence_grade: Series[str] = pa.Field(nullable=True, isin=registry.GRADES, description="how direct the evidence is")
    compatible: Series[str] = pa.Field(
        nullable=True, isin=["yes", "no", "unknown"], description="whether an untestable statement fits"
    )
    value: Series[float] = pa.Field(nullable=True, description="the decisive estimate")
    low: Series[float] = pa.Field(nullable=True, description="its lower end")
    high: Series[float] = pa.Field(nullable=True, description="its upper end")
    unit: Series[str] = pa.Field(nullable=True, description="unit of value, low and high")
    interval_kind: Series[str] = pa.Field(nullable=True, isin=shape.INTERVAL_KINDS, description="what kind of interval")
    evidence: Series[str] = pa.Field(nullable=True, description="hash of all the estimates that the verdict rests on")
    warnings: Series[str] = pa.Field(nullable=True, description="what was warned of on the way")
    failure: Series[str] = pa.Field(nullable=True, description="why it came to no verdict")

    class Config:
        strict = True
        ordered = True
        coerce = True


@dataclass(frozen=True)
class Specification:
    """What a universe is: the statement, its choices, and what they change."""

    claim_id: str
    question: dict[str, str]
    choices: dict[str, str]
    changes: dict[str, Any]

    @property
    def hash(self) -> str:
        """Names the universe; a seed drawn from it makes anything random in it the same everywhere."""
        text = json.dumps([self.claim_id, self.question, self.choices, self.changes], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def analysis(notebook: str) -> ModuleType:
    """The module with the estimates of a notebook: `20_cadre_share` -> `compendium.analyses.cadre_share`."""
    return importlib.import_module(f"compendium.analyses.{notebook.partition('_')[2]}")


def read_tables(notebooks: Iterable[str], scenario: str) -> dict[str, dict[str, pd.DataFrame]]:
    """The tables that the estimates of each notebook are made from, each read once."""
    read_once = cache(csvfile.read)
    others: dict[str, Callable[[], pd.DataFrame]] = {
        "chronology": cache(raw.chronology),
        "sources": lambda: read_once(paths.SOURCES, raw.Source),
    }
    tables = {}
    for notebook in notebooks:
        module = analysis(notebook)
        tidy = {name: read_once(paths.processed(scenario) / f"{name}.csv", of) for name, of in module.TABLES.items()}
        tables[notebook] = tidy | {name: others[name]() for name in getattr(module, "RAW", ())}
    return tables


def read(scenario: str) -> pd.DataFrame:
    """The universes as the last run left them, schema `Universe`.

    Args:
        scenario: its name, such as default.

    >>> universes = read("default")
    >>> list(universes.columns[:5])
    ['specification', 'claim_id', 'question', 'choices', 'verdict']
    >>> bool((universes["low"].dropna() <= universes["high"].dropna()).all())
    True
    """
    return csvfile.read(paths.universes(scenario), Universe)


def evaluate(
    specifications: list[Specification], tables: Tables, claims: dict[str, Claim], parameters: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The rows of universes of one statement; those that share figures and parameters share their estimates.

    Args:
        tables: of the notebook that the statement's rule names.
        parameters: of that notebook, under the scenario.

    Returns:
        rows of `Universe`; one that came to no verdict says why.
    """
    made: dict[str, tuple[pd.DataFrame, set[str]]] = {}  # estimates and warnings by what they hang on
    rows = []
    for specification in specifications:
        claim_id, changes = specification.claim_id, specification.changes
        key = json.dumps([changes.get(name) for name in ESTIMATED])
        said: set[str] = set()
        try:
            changed = stated_as(claims, specification)
            given = dict(parameters) | changes.get("parameters", {})
            if key not in made:
                with heard() as said:
                    parts = analysis(notebook_of(changed[claim_id])).estimates(figures_as(tables, changes), changed, given)
                    estimates = parts.on(claim_id)
                made[key] = estimates, said
            estimates, before = made[key]
            with heard() as said:
                found = judged(estimates_as(estimates, changes), changed, claim_id, given)
            said |= before
        except Exception as error:  # a universe that fails is a row like any other, never dropped
            found = {"verdict": FAILED, "failure": told(error)}
        rows.append(
            dict.fromkeys(Universe.to_schema().columns)
            | {"specification": specification.hash, "claim_id": claim_id, "warnings": " | ".join(sorted(said)) or None}
            | {"question": written(specification.question), "choices": written(specification.choices)}
            | found
        )
    return rows


@contextlib.contextmanager
def heard() -> Iterator[set[str]]:
    """Collect what is warned of; models check their tables elsewhere (`make` reads each through its schema)."""
    said: set[str] = set()
    with warnings.catch_warnings(record=True) as caught, config_context(validation_enabled=False):
        warnings.simplefilter("always")
        yield said
    said |= {f"{one.category.__name__}: {one.message}".replace("\n", " ")[:200] for one in caught}


def notebook_of(claim: Claim) -> str:
    """The notebook whose estimates the rule of a statement reads."""
    if claim.decide is None:
        raise InputError(f"{claim.claim_id} has no rule for the code")
    return claim.decide.estimates


def judged(estimates: pd.DataFrame, claims: dict[str, Claim], claim_id: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """What a rule says of a statement, as columns of `Universe`.

    Raises:
        InputError: an estimate has its ends the wrong way round, or the rule lacks one.
    """
    if (estimates["low"] > estimates["high"]).any():
        raise InputError("an interval has its low end above its high one")
    verdict = registry.judge(claims[claim_id], estimates, claims, parameters)
    rests = estimates[estimates["estimate_id"].isin(verdict.estimate_ids)]
    numbers = rests[["estimate_id", "quantity", "value", "low", "high"]].to_csv(index=False, float_format="%.10g")
    return {
        "verdict": verdict.verdict,
        "evidence_grade": verdict.evidence_grade,
        "compatible": verdict.compatible or None,
        "value": verdict.value,
        "low": verdict.interval.low if verdict.interval else None,
        "high": verdict.interval.high if verdict.interval else None,
        "unit": verdict.unit or None,
        "interval_kind": verdict.interval_kind,
        "evidence": hashlib.sha256(numbers.encode()).hexdigest()[:12],
    }


def stated_as(claims: dict[str, Claim], specification: Specification) -> dict[str, Claim]:
    """The registry with what a specification changes of statements and of the limits of its own rule."""
    changed = dict(claims)
    for claim_id, values in specification.changes.get("stated", {}).items():
        if claim_id not in claims:
            raise InputError(f"no statement '{claim_id}'{nearest(claim_id, claims)}")
        changed[claim_id] = replace(changed[claim_id], stated=changed[claim_id].stated | values)
    own = changed[specification.claim_id]
    if "thresholds" in specification.changes and own.decide:
        limits = specification.changes["thresholds"]
        thresholds = {verdict: of | limits.get(verdict, {}) for verdict, of in own.decide.thresholds.items()}
        changed[own.claim_id] = replace(own, decide=replace(own.decide, thresholds=thresholds))
    return changed


def figures_as(tables: Tables, changes: dict[str, Any]) -> dict[str, pd.DataFrame]:
    """The tidy tables without the figures that a specification leaves out, and others taken as exact.

    Raises:
        InputError: nothing is left out, or a figure is not in the tables: the declaration does not fit the data.
    """
    changed = dict(tables)
    for rows in changes.get("leave_out", []):
        found = 0
        columns = {column: values for column, values in rows.items() if column != "table"}
        for name in rows.get("table", changed):
            if name not in changed:
                raise InputError(f"no table '{name}'{nearest(name, changed)}")
            out = matching(changed[name], columns)
            found += int(out.sum())
            changed[name] = changed[name][~out]
        if not found:
            raise InputError(f"no figure to leave out: {columns}")
    for obs_id in changes.get("exact", []):
        holding = [name for name, table in changed.items() if "low" in table and (table["obs_id"] == obs_id).any()]
        if not holding:
            raise InputError(f"no figure {obs_id}")
        for name in holding:
            table = changed[name]
            own = table["obs_id"] == obs_id
            changed[name] = table.assign(**{end: table[end].mask(own, table["value"]) for end in ("low", "high")})
    return changed


def estimates_as(estimates: pd.DataFrame, changes: dict[str, Any]) -> pd.DataFrame:
    """The estimates without those that a specification leaves out or does not count, and with one read in another's place.

    Raises:
        InputError: an estimate is not there: the declaration does not fit the estimates.
    """
    changed = estimates
    for columns in changes.get("set_apart", []):
        out = _known(estimates, columns)[changed.index]
        changed = changed.assign(quantity=changed["quantity"].mask(out, changed["quantity"] + shape.SET_APART))
    for columns in changes.get("estimates_left_out", []):
        changed = changed[~_known(estimates, columns)[changed.index]]
    for place, other in changes.get("in_place", {}).items():
        changed = in_place(changed, place, other)
    return changed


# What an estimate is called and asked for; the rest of it is what was found.
ASKED = ["estimate_id", "claim_id", "quantity", "population", "definition", "basis", "year"]


def in_place(estimates: pd.DataFrame, place: str, other: str) -> pd.DataFrame:
    """The estimates with the numbers of one read in the place of another.

    Args:
        place: an estimate_id; a star stands for any text.
        other: the estimate_id whose numbers are read; a star stands for what it stood for in `place`.

    Raises:
        InputError: one of the two is not there.
    """
    pattern = re.compile(re.escape(place).replace(r"\*", "(.*)"))
    matches = [match for name in estimates["estimate_id"] if (match := pattern.fullmatch(name))]
    if not matches:
        raise InputError(f"no estimate {place}{nearest(place, estimates['estimate_id'])}")
    by_id = estimates.set_index("estimate_id", drop=False)
    changed = by_id.copy()
    found = [column for column in by_id if column not in ASKED]
    for match in matches:
        source = other.replace("*", match[1]) if "*" in other else other
        if source not in by_id.index:
            raise InputError(f"no estimate {source}{nearest(source, by_id.index)}")
        changed.loc[match[0], found] = by_id.loc[source, found]
    return changed.reset_index(drop=True)


def _known(estimates: pd.DataFrame, columns: dict[str, list[Any]]) -> pd.Series:
    out = matching(estimates, columns)
    if not out.any():
        raise InputError(f"no estimate with {columns}")
    return out


def matching(table: pd.DataFrame, columns: dict[str, list[Any]]) -> pd.Series:
    """Which rows have one of the given values in every given column; none where the table lacks a column."""
    if not set(columns) <= set(table.columns):
        return pd.Series(False, index=table.index)
    found = [table[column].isin(values) for column, values in columns.items()]
    return pd.Series(np.logical_and.reduce(found), index=table.index)


def written(choices: dict[str, str]) -> str | None:
    """Choices as one text: `basis=all_contracts residual=straight_line`."""
    return " ".join(f"{decision}={option}" for decision, option in choices.items()) or None


def told(error: Exception) -> str:
    """Why a universe came to no verdict, in one line."""
    kind = "" if isinstance(error, InputError) else f"{type(error).__name__}: "
    return f"{kind}{error}".replace("\n", " ")[:300]
