"""The named places of the project. Nothing else knows a path."""

import os
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

CODE = ROOT / "src" / "compendium"
LETTERS = CODE / "charts" / "dejavu"
NOTEBOOKS = ROOT / "notebooks"
TEACH = ROOT / "docs" / "teach"
PARAMETERS = ROOT / "parameters"
PROJECT = ROOT / "pyproject.toml"
LOCK = ROOT / "requirements.lock"
SUMS = ROOT / "SHA256SUMS"  # only in a folder unpacked from a release

RAW = ROOT / "data" / "raw"
OBSERVATIONS = RAW / "observations"
SOURCES = RAW / "sources.csv"
DERIVATIONS = RAW / "derivations.csv"
SET_APART = RAW / "set_apart.csv"
REPEATS = RAW / "repeats.csv"
CHRONOLOGY = RAW / "chronology.csv"
DATAPACKAGE = RAW / "datapackage.json"
CLAIMS = RAW / "claims.yaml"
DECISIONS = ROOT / "data" / "multiverse.yaml"

CITATION = ROOT / "CITATION.cff"
DOCS = ROOT / "docs"
TEMPLATES = DOCS / "templates"
FRONT = DOCS / "front.yaml"
CATALOGUE = DOCS / "fr.po"
ROWS_CATALOGUE = DOCS / "rows.fr.po"
RUN_TIME = ROOT / "benchmarks" / "run_time.json"

BUILD = ROOT / "build"
FAILED = BUILD / "failed"
CRATE = BUILD / "crate"
RELEASE = BUILD / "release"
BROUGHT = BUILD / "microdata" / "brought.csv"


def build(scenario: str) -> Path:
    """Executed notebooks, what they read, their logs."""
    return BUILD / scenario


def processed(scenario: str) -> Path:
    """Tidy tables: committed for the default scenario, under build/ for any other.

    >>> relative(processed("default")), relative(processed("mine"))
    ('data/processed', 'build/mine/processed')
    """
    return ROOT / "data" / "processed" if scenario == "default" else build(scenario) / "processed"


def results(scenario: str) -> Path:
    """Estimates, figures, tables and ledger: committed for the default scenario, under build/ for any other."""
    return ROOT / "results" if scenario == "default" else build(scenario) / "results"


def universes(scenario: str) -> Path:
    """Every universe of every statement, as the multiverse was last run."""
    return results(scenario) / "multiverse" / "universes.csv"


def site(scenario: str) -> Path:
    """The site of a scenario."""
    return BUILD / "site" if scenario == "default" else build(scenario) / "report"


def version() -> str:
    """The version of the compendium, from pyproject.toml."""
    return tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"]


def staging() -> Path:
    """Where a notebook writes: a folder of the runner's, which moves it into place on success; by hand, build/lab/."""
    return Path(os.environ.get("COMPENDIUM_STAGING", BUILD / "lab"))


def relative(path: Path | str) -> str:
    """The path as a reader of the project names it: from its top folder."""
    return Path(path).resolve().relative_to(ROOT).as_posix()
