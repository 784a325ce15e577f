"""What rests on what: claims, estimates, figures, tables, published figures and sources, read from what was published."""

import csv
import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from compendium import files, paths, raw
from compendium.claims import Claim
from compendium.claims import read as read_claims

Row = dict[str, Any]


@dataclass(frozen=True)
class Evidence:
    """All that the site shows of one scenario; a row of a table is a dict of texts, as the CSV files have them.

    Args:
        scenario: whose results; the raw data are the same for all.
    """

    scenario: str

    @cached_property
    def registry(self) -> dict[str, Any]:
        """The texts under test, and the names and meanings of verdicts and evidence grades, in both languages."""
        return files.read_yaml(paths.CLAIMS)

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """The statements by claim_id, in the order of the texts."""
        return read_claims()

    @cached_property
    def ledger(self) -> dict[str, Row]:
        """The rows of the ledger by claim_id."""
        return {row["claim_id"]: row for row in _rows(self._results / "ledger.csv")}

    @cached_property
    def published(self) -> dict[str, Row]:
        """What each notebook published, and the parameters it ran with, by notebook."""
        indices = [
            json.loads(path.read_text(encoding="utf-8")) for path in sorted((self._results / "published").glob("*.json"))
        ]
        return {index["notebook"]: index for index in indices}

    @cached_property
    def estimates(self) -> dict[str, Row]:
        """The estimates by estimate_id, each with its notebook."""
        found: dict[str, Row] = {}
        for notebook, index in self.published.items():
            for name in (name for name in index["published"] if name.startswith("estimates/")):
                found |= {row["estimate_id"]: row | {"notebook": notebook} for row in _rows(self._results / f"{name}.csv")}
        return found

    @cached_property
    def shown(self) -> dict[str, Row]:
        """The traces of figures and tables by `<kind>s/<name>`."""
        names = [name for index in self.published.values() for name in index["published"] if not name.startswith("estimates/")]
        return {name: json.loads((self._results / f"{name}.trace.json").read_text(encoding="utf-8")) for name in sorted(names)}

    @cached_property
    def sources(self) -> dict[str, Row]:
        """The sources by source_id."""
        return {row["source_id"]: row for row in _rows(paths.SOURCES)}

    @cached_property
    def observations(self) -> dict[str, Row]:
        """Published figures by obs_id: the raw row, from cleaning what it may be used for, and what is missing behind it."""
        found: dict[str, Row] = {}
        missing = {row["obs_id"]: row["missing"] for row in _rows(paths.DERIVATIONS)}
        for topic, name in raw.TOPICS.items():
            kept = ("document_id", "group", "use", "reason", "recomputed", "repeats", "rivals", "chosen")
            tidy = {row["obs_id"]: row for row in _rows(paths.processed(self.scenario) / f"{name}.csv")}
            for row in _rows(paths.OBSERVATIONS / f"{topic}.csv"):
                cleaned = {key: tidy[row["obs_id"]][key] for key in kept}
                found[row["obs_id"]] = row | cleaned | {"missing": missing.get(row["obs_id"], "")}
        return found

    @cached_property
    def events(self) -> dict[str, Row]:
        """Dated events by chrono_id."""
        documents = {key: row["document_id"] for key, row in self.sources.items()}
        return {row["chrono_id"]: row | {"document_id": documents[row["source_id"]]} for row in _rows(paths.CHRONOLOGY)}

    @cached_property
    def contradictions(self) -> list[Row]:
        """The figures that contradict another of the same thing, of all topics: chosen or not, and by which rule."""
        folder = paths.processed(self.scenario)
        return [row for name in raw.TOPICS.values() for row in _rows(folder / f"{name}_contradictions.csv")]

    @cached_property
    def _results(self) -> Path:
        return paths.results(self.scenario)

    def source_of(self, obs_id: str) -> str:
        """The source_id of a published figure or dated event."""
        return (self.observations.get(obs_id) or self.events[obs_id])["source_id"]

    @cached_property
    def claims_on(self) -> dict[str, list[str]]:
        """The claims whose verdicts rest on a published figure, by obs_id."""
        return _inverted({key: row["obs_ids"] for key, row in self.ledger.items()})

    @cached_property
    def estimates_on(self) -> dict[str, list[str]]:
        """The estimates that rest on a published figure, by obs_id."""
        return _inverted({key: row["obs_ids"] for key, row in self.estimates.items()})

    @cached_property
    def shown_on(self) -> dict[str, list[str]]:
        """The figures and tables that rest on a published figure, by obs_id."""
        return _inverted({key: " ".join(trace["obs_ids"]) for key, trace in self.shown.items()})

    @cached_property
    def claims_of_document(self) -> dict[str, list[str]]:
        """The claims whose verdicts rest on a document, by document_id."""
        return _inverted({key: row["documents"] for key, row in self.ledger.items()})


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _inverted(named: dict[str, str]) -> dict[str, list[str]]:
    """Space-separated ids by name, turned round: names by id."""
    found = defaultdict(list)
    for name, ids in named.items():
        for one in ids.split():
            found[one].append(name)
    return dict(found)
