"""What moved between two folders of results, and `make diff` against the last commit."""

import csv
import re
import shutil
import subprocess

import pytest

from compendium import compare, files, paths
from compendium.errors import InputError
from compendium.language import Text
from compendium.runner import diff as command

RESULTS = paths.results("default")
NAMES = files.read_yaml(paths.CLAIMS)


def changed(path, key, name, **values):
    """Change values of one row of a CSV file, or remove it."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = [row | values if row[key] == name else row for row in rows if values or row[key] != name]
    assert kept != rows
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)


@pytest.fixture
def before(tmp_path):
    """A folder of results that another rule and other data would have given."""
    folder = tmp_path / "before"
    shutil.copytree(RESULTS / "estimates", folder / "estimates")
    shutil.copy(RESULTS / "ledger.csv", folder)
    return folder


def test_the_same_results_have_not_moved(before):
    found = compare.compare(before, RESULTS)
    assert found == compare.Comparison([], [], [])
    assert compare.told(found, NAMES) == "0 verdicts, 0 decisive numbers, 0 estimates moved"


def test_a_verdict_a_number_and_an_estimate_are_told_from_what_to_what(before):
    changed(before / "ledger.csv", "claim_id", "T1-01", verdict="untestable", compatible="no", value="-40")
    estimates = before / "estimates" / "20_cadre_share.csv"
    with estimates.open(encoding="utf-8", newline="") as file:
        first, second, *_ = csv.DictReader(file)
    changed(estimates, "estimate_id", first["estimate_id"], value="0.5", low="", high="", unit="percent")
    changed(estimates, "estimate_id", second["estimate_id"])
    found = compare.compare(before, RESULTS)
    assert [change.name for change in found.verdicts] == ["T1-01"]
    assert found.verdicts[0].said(NAMES, "en") == (
        "untestable, not compatible, evidence bounded",
        "contradicted, evidence bounded",
    )
    assert found.verdicts[0].said(NAMES, "fr")[0] == "non testable, non compatible, appui encadré"
    assert [change.name for change in found.numbers] == ["T1-01"]
    assert found.numbers[0].sized("fr")[0].startswith("−40 (")
    assert {change.name for change in found.estimates} == {first["estimate_id"], second["estimate_id"]}
    told = compare.told(found, NAMES)
    assert f"  {first['estimate_id']}: 0.5 percent -> " in told
    assert f"  {second['estimate_id']}: not there -> " in told


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (("22473", "", ""), ("22474", "", ""), ("22,473", "22,474")),
        (("0.1", "", ""), ("0.10000001", "", ""), ("0.1", "0.10000001")),
        (("41.8", "41.75", "41.85"), ("0", "-1", "1"), ("41.8 (41.75 to 41.85)", "0 (−1 to 1)")),
        (("", "33.7", "38.3"), ("", "", ""), ("33.7 to 38.3", "–")),
        (("600000000000", "", ""), ("600000000001", "", ""), ("600,000,000,000", "600,000,000,001")),
    ],
)
def test_numbers_have_as_many_digits_as_tell_them_apart(before, after, said):
    rows = [dict(zip(("value", "low", "high"), row, strict=True)) | {"unit": ""} for row in (before, after)]
    assert compare.Change("x", "ledger.csv", *rows).sized("en") == said


def test_the_page_is_in_both_languages_and_escapes_what_it_shows(before):
    changed(before / "ledger.csv", "claim_id", "T1-01", unit="<script>")
    page = compare.page(compare.compare(before, RESULTS), NAMES, Text("What moved", "Ce qui a changé"))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert 'lang="en"' in page
    assert "Nombres décisifs (1)" in page
    assert not re.search(r'(?:src|href)="(?!#)', page)


@pytest.fixture
def repository(before, tmp_path, monkeypatch):
    """A project whose last commit has other results than those that stand there."""
    root = tmp_path / "project"
    shutil.copytree(RESULTS / "estimates", root / "results" / "estimates")
    changed(before / "ledger.csv", "claim_id", "T1-01", verdict="supported")
    shutil.copy(before / "ledger.csv", root / "results")
    own = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", "."], [*own, "commit", "-q", "-m", "results"]):
        subprocess.run(["git", *arguments], cwd=root, check=True)
    shutil.copy(RESULTS / "ledger.csv", root / "results")
    monkeypatch.setattr(paths, "ROOT", root.resolve())
    monkeypatch.setattr(paths, "BUILD", root.resolve() / "build")
    monkeypatch.setattr(paths, "CLAIMS", root.resolve() / "data" / "raw" / "claims.yaml")
    (root / "data" / "raw").mkdir(parents=True)
    return root


def test_diff_compares_with_the_last_commit(repository):
    shutil.copy(RESULTS.parent / "data" / "raw" / "claims.yaml", repository / "data" / "raw")
    told = command.diff("default")
    assert told.splitlines() == [
        "1 verdicts, 0 decisive numbers, 0 estimates moved",
        "  T1-01: supported, evidence bounded -> contradicted, evidence bounded",
        "build/diff.html has all of it",
    ]
    assert "confirmé, appui encadré" in (repository / "build" / "diff.html").read_text(encoding="utf-8")


def test_without_a_commit_diff_says_what_it_needs(repository):
    shutil.rmtree(repository / ".git")
    with pytest.raises(InputError, match="git history"):
        command.diff("default")
