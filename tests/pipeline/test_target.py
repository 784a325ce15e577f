"""One notebook as a target: which files have changed under it, what it may remove; what a new make clears away."""

import os
import time

import pytest

from compendium import paths
from compendium.runner import target
from compendium.runner.claim import MAKE, claim


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    (tmp_path / "input.csv").write_text("a\n1\n", encoding="utf-8")
    time.sleep(0.02)  # the clock of files goes in steps of some milliseconds
    return tmp_path


def test_a_file_that_nobody_touched_has_not_changed(project):
    assert target.edited_since(time.time_ns(), ["input.csv"]) == ""


@pytest.mark.parametrize("how", ["written", "moved into place", "deleted"])
def test_a_file_that_changed_while_it_was_read_is_named(project, how):
    began, file = time.time_ns(), project / "input.csv"
    time.sleep(0.02)
    if how == "written":
        file.write_text("a\n2\n", encoding="utf-8")
    elif how == "deleted":
        file.unlink()
    else:
        older = project / "older.csv"
        older.write_text("a\n2\n", encoding="utf-8")
        os.utime(older, (0, 0))
        os.replace(older, file)
    assert target.edited_since(began, ["input.csv"]) == "input.csv"


def test_a_date_to_come_is_no_change(project):
    later = time.time() + 60
    os.utime(project / "input.csv", (later, later))
    time.sleep(0.02)
    assert target.edited_since(time.time_ns(), ["input.csv"]) == ""


def test_what_another_notebook_publishes_is_known(tmp_path):
    for name, output in (("20_a", "results/tables/x.csv"), ("21_b", "results/tables/y.csv")):
        (tmp_path / f"{name}.d").write_text(target.as_fragment(f"build/{name}.ipynb", ["data/z.csv"], [output]))
    assert target.published_by_others(tmp_path / "21_b.d") == {"results/tables/x.csv"}


def test_what_a_killed_make_had_no_memory_for_is_cleared_away(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(paths, "BUILD", tmp_path / "build")
    monkeypatch.delenv(MAKE, raising=False)
    left = tmp_path / "build/microdata/.spilt.1"
    left.mkdir(parents=True)
    claim("microdata")
    assert not left.exists()
