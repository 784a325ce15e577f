"""What tests share: the tidy tables, and copies of the project to work on."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from clones import Clone, copy_project
from hypothesis import settings

from compendium import paths, raw
from compendium.clean import comparators, workforce

# A property holds or does not; how long an example takes says how busy the machine is.
settings.register_profile("any_machine", deadline=None)
settings.load_profile("any_machine")


@pytest.fixture(scope="session")
def figures() -> pd.DataFrame:
    """The tidy workforce figures."""
    return workforce.tidy(raw.read("secu_workforce"))


@pytest.fixture(scope="session")
def comparator_figures() -> pd.DataFrame:
    """The tidy comparator figures."""
    return comparators.tidy(raw.read("comparators"))


@pytest.fixture(scope="session")
def comparator_shares(comparator_figures: pd.DataFrame) -> pd.DataFrame:
    """The shares of cadres of the comparators."""
    return comparators.shares(comparator_figures)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """A copy in which make has run once. Shared: tests work on copies of it."""
    clone = copy_project(tmp_path_factory.mktemp("built") / "project")
    for outputs in ("results", "data/processed"):  # nothing may be left over from what is committed
        shutil.rmtree(clone.root / outputs)
    clone.make("-j2")
    return clone


@pytest.fixture
def clone(built: Clone, tmp_path: Path) -> Clone:
    """A built copy to do as one likes with."""
    shutil.copytree(built.root, tmp_path / "project", copy_function=shutil.copy2)
    return Clone(tmp_path / "project")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str | bytes], Path]:
    """A folder taken for the project's top folder; returns a function that writes a file in it."""
    root = tmp_path.resolve()
    monkeypatch.setattr(paths, "ROOT", root)
    monkeypatch.setattr(paths, "PARAMETERS", root / "parameters")
    monkeypatch.setattr(paths, "CLAIMS", root / "data" / "raw" / "claims.yaml")

    def write(name: str, content: str | bytes) -> Path:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write


@pytest.fixture
def raw_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder taken for the project's top folder, with the raw data in it."""
    root = tmp_path.resolve()
    for path in paths.RAW.rglob("*"):
        if path.is_file():
            target = root / path.relative_to(paths.ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    old = paths.ROOT
    monkeypatch.setattr(paths, "ROOT", root)
    for name in (
        "RAW",
        "OBSERVATIONS",
        "SOURCES",
        "DERIVATIONS",
        "SET_APART",
        "REPEATS",
        "CHRONOLOGY",
        "DATAPACKAGE",
        "CLAIMS",
    ):
        monkeypatch.setattr(paths, name, root / getattr(paths, name).relative_to(old))
    return root
