"""All universes of all statements: from the declared decisions to the table results/multiverse/universes.csv."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TextIO

import pandas as pd

from compendium import files, parameters, paths
from compendium.claims import Claim
from compendium.multiverse import engine, universe
from compendium.multiverse.declaration import Declared
from compendium.multiverse.universe import Specification, Universe

# Small enough that a killed run loses little, large enough that figures are read and estimates shared.
UNIVERSES_A_BATCH = 24


def specifications(declared: Declared) -> list[Specification]:
    """The universes of a statement, those that share their estimates next to each other."""
    made = []
    for chosen in declared.universes():
        question = declared.question(chosen)
        choices = {decision: option for decision, option in chosen.items() if decision not in question}
        made.append(Specification(declared.claim_id, question, choices, declared.changes(chosen)))
    return sorted(made, key=lambda one: json.dumps([one.changes.get(name) for name in universe.ESTIMATED], sort_keys=True))


def universes(
    declared: dict[str, Declared],
    claims: dict[str, Claim],
    scenario: str,
    code: Mapping[str, str],
    *,
    journal: Path | None = None,
    jobs: int = 1,
    scheduler: str | None = None,
    progress: TextIO | None = None,
) -> pd.DataFrame:
    """Every universe of every statement, schema `Universe`; the same however it is run.

    Args:
        declared: the decisions by statement.
        scenario: whose tidy tables and parameters are taken.
        code: for each notebook a hash of the code and libraries; a row of other code is not taken from the journal.
        journal, jobs, scheduler, progress: of `engine.run`.
    """
    values = parameters.resolve(scenario)
    notebooks = {claim_id: universe.notebook_of(claims[claim_id]) for claim_id, of in declared.items() if of.decisions}
    tables = universe.read_tables(sorted(set(notebooks.values())), scenario)
    batches = []
    for claim_id, notebook in notebooks.items():
        data = [code[notebook], _hash_of_data(notebook, scenario), values[notebook]]
        for part in _parted(specifications(declared[claim_id])):
            key = hashlib.sha256(json.dumps([*data, [one.hash for one in part]], sort_keys=True).encode()).hexdigest()
            batches.append((key, partial(universe.evaluate, part, tables[notebook], claims, values[notebook])))
    made = engine.run(batches, journal, jobs=jobs, scheduler=scheduler, progress=progress)
    rows = [row for part in made for row in part]
    order = {claim_id: place for place, claim_id in enumerate(claims)}
    rows.sort(key=lambda row: (order[row["claim_id"]], row["specification"]))
    return Universe.validate(pd.DataFrame(rows, columns=list(Universe.to_schema().columns)))


def _parted(of: list[Specification]) -> Iterator[list[Specification]]:
    for first in range(0, len(of), UNIVERSES_A_BATCH):
        yield of[first : first + UNIVERSES_A_BATCH]


def inputs(notebook: str, scenario: str) -> list[Path]:
    """The files that the estimates of a notebook are made from."""
    module = universe.analysis(notebook)
    tidy = [paths.processed(scenario) / f"{name}.csv" for name in module.TABLES]
    return [*tidy, paths.CLAIMS, *([paths.CHRONOLOGY, paths.SOURCES] if hasattr(module, "RAW") else [])]


def _hash_of_data(notebook: str, scenario: str) -> list[str]:
    return [files.sha256(path) for path in inputs(notebook, scenario)]
