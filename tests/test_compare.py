"""What moved between two folders of results, and `make diff` against the last commit."""

import csv
import re
import shutil
import subprocess

import pytest

from compendium import compare, paths
from compendium.errors import InputError
from compendium.language import Text
from compendium.runner import diff as command

RESULTS = paths.results("default")
SIDES = Text("before", "avant"), Text("now", "maintenant")


def changed(path, key, name, **values):
    """Change values of one row of a CSV file, or remove it."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = [row | values if row[key] == name else row for row in rows if values or row[key] != name]
    assert kept != rows
    written(path, kept)


def written(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A folder taken for the project's top folder, with the registry."""
    top = tmp_path.resolve() / "project"
    (top / "data" / "raw").mkdir(parents=True)
    shutil.copy(paths.CLAIMS, top / "data" / "raw")
    for name, folder in (("ROOT", top), ("BUILD", top / "build"), ("CLAIMS", top / "data" / "raw" / "claims.yaml")):
        monkeypatch.setattr(paths, name, folder)
    return top


@pytest.fixture
def before(tmp_path):
    """A folder of results that another rule and other data would have given."""
    folder = tmp_path / "before"
    shutil.copytree(RESULTS / "estimates", folder / "estimates")
    shutil.copytree(RESULTS / "figures", folder / "figures", ignore=shutil.ignore_patterns("*.p??"))
    shutil.copy(RESULTS / "ledger.csv", folder)
    return folder


def test_the_same_results_have_not_moved(before):
    found = compare.compare(before, RESULTS)
    assert found == compare.Comparison([], [], [])
    assert compare.told(found).splitlines() == [
        "0 verdicts moved, and the number, finding or evidence of 0 other claims",
        "0 estimates moved",
        "0 figures differ",
    ]


def test_a_verdict_a_number_and_an_estimate_are_told_from_what_to_what(before):
    changed(before / "ledger.csv", "claim_id", "T1-01", verdict="untestable", compatible="no", value="-40")
    estimates = before / "estimates" / "20_cadre_share.csv"
    with estimates.open(encoding="utf-8", newline="") as file:
        first, second, *_ = csv.DictReader(file)
    changed(estimates, "estimate_id", first["estimate_id"], value="0.5", low="", high="", unit="percent")
    changed(estimates, "estimate_id", second["estimate_id"])
    found = compare.compare(before, RESULTS)
    (moved,) = found.claims
    assert re.match(
        r"T1-01: untestable, compatible: no, evidence bounded, −40 .* -> contradicted, evidence bounded, ", moved.told()
    )
    assert [change.name for change in found.estimates] == [second["estimate_id"], first["estimate_id"]]
    told = compare.told(found)
    assert told.startswith("1 verdict moved, and the number, finding or evidence of 0 other claims\n  T1-01: ")
    assert f"  {first['estimate_id']}: 0.5 percent -> " in told
    assert f"  {second['estimate_id']}: not there -> " in told


def test_other_words_alone_are_told_by_the_words_that_differ(before):
    ledger = before / "ledger.csv"
    with ledger.open(encoding="utf-8", newline="") as file:
        sentence = next(row["sentence_en"] for row in csv.DictReader(file) if row["claim_id"] == "T1-02")
    words = sentence.split(" ")
    changed(ledger, "claim_id", "T1-02", sentence_en=" ".join([*words[:3], "never", *words[4:]]))
    (moved,) = compare.claims(ledger, RESULTS / "ledger.csv")
    assert moved.told() == f"T1-02: sentence_en 'never' -> '{compare.unlinked(words[3])}'"


def row(claim_id, verdict, value="1"):
    empty = dict.fromkeys((*compare.SAID, *compare.SIZED, *compare.TOLD), "")
    return empty | {"claim_id": claim_id, "status": "computed", "verdict": verdict, "value": value, "unit": "percent"}


def test_claims_with_another_verdict_come_first_and_near_numbers_may_count_as_the_same(tmp_path):
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    written(first, [row(name, "untestable") for name in ("a", "b", "c", "d")])
    after = [row("a", "untestable", "1.000000001"), row("b", "untestable", "2"), row("c", "supported"), row("e", "supported")]
    written(second, after)
    told = [change.told() for change in compare.claims(first, second, tolerance=1e-6)]
    assert told == [
        "c: untestable, 1 percent -> supported, 1 percent",
        "d: untestable, 1 percent -> not there",
        "e: not there -> supported, 1 percent",
        "b: untestable, 1 percent -> untestable, 2 percent",
    ]
    assert "a" in {change.name for change in compare.claims(first, second)}


def test_estimates_are_listed_the_farthest_first(tmp_path):
    def estimates(folder, **numbers):
        rows = [
            {"estimate_id": name, "value": value, "low": low, "high": high, "unit": "percent"}
            for name, (value, low, high) in numbers.items()
        ]
        written(tmp_path / folder / "estimates" / "20_x.csv", rows)
        written(tmp_path / folder / "ledger.csv", [row("a", "untestable")])
        return tmp_path / folder

    still, span = ("1", "", ""), ("", "10", "20")
    one = estimates("one", still=still, far=span, near=span, gone=still, zero=("0", "", ""))
    other = estimates("other", still=still, far=("", "10", "30"), near=("", "10", "21"), new=still, zero=still)
    found = compare.compare(one, other).estimates
    assert [change.name for change in found] == ["gone", "new", "zero", "far", "near"]
    assert [change.far for change in found[2:]] == [1.0, 0.5, pytest.approx(1 / 11)]
    back = compare.compare(other, one).estimates
    assert {change.name: change.far for change in back} == {change.name: change.far for change in found}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (("22473", "", ""), ("22474", "", ""), ("22,473", "22,474")),
        (("0.1", "", ""), ("0.10000001", "", ""), ("0.1", "0.10000001")),
        (("41.8", "41.75", "41.85"), ("0", "-1", "1"), ("41.8 (41.75 to 41.85)", "0 (−1 to 1)")),
        (("", "33.7", "38.3"), ("", "", ""), ("33.7 to 38.3", "–")),
        (("600000000000", "", ""), ("600000000001", "", ""), ("600,000,000,000", "600,000,000,001")),
        (("3", "3", "3"), ("4", "4", "5"), ("3", "4 (4 to 5)")),
    ],
)
def test_numbers_have_as_many_digits_as_tell_them_apart(before, after, said):
    rows = [dict(zip(compare.NUMBERS, row, strict=True)) | {"unit": ""} for row in (before, after)]
    assert compare.Change("x", *rows).sized("en") == said


def test_the_pages_show_both_sides_in_each_language_and_escape_what_they_show(before, root):
    changed(before / "ledger.csv", "claim_id", "T1-01", verdict="untestable")
    changed(before / "ledger.csv", "claim_id", "T1-02", unit="<script>")
    estimates = before / "estimates" / "20_cadre_share.csv"
    with estimates.open(encoding="utf-8", newline="") as file:
        one = next(row for row in csv.DictReader(file) if row["unit"] == "percent")
    changed(estimates, "estimate_id", one["estimate_id"], value="0.5", low="", high="")
    trace = before / "figures" / "cadre_share_bounds.trace.json"
    trace.write_text(re.sub(r'("[\w.]+\.svg": ")\w{4}', r"\g<1>0000", trace.read_text("utf-8")), encoding="utf-8")
    sides = [compare.Side(name, folder) for name, folder in zip(SIDES, (before, RESULTS), strict=True)]
    folder = paths.BUILD / "compare"
    told = compare.write(*sides, folder, [("20_cadre_share.pace_deviation", 2.0, 0.1)])
    pages = {language: (folder / name).read_text(encoding="utf-8") for language, name in compare.PAGES.items()}
    for language, page in pages.items():
        assert "<script>" not in page
        assert "&lt;script&gt;" in page
        assert [source for source in re.findall(r'src="([^"]*)"', page) if not (folder / source).is_file()] == []
        assert page.count(f"cadre_share_bounds.{language}.svg") == 2
    assert told.splitlines()[0] == "20_cadre_share.pace_deviation: 2 -> 0.1"
    assert "1 figure differs: cadre_share_bounds" in told
    assert "<td>2</td><td>0.1</td>" in pages["en"]
    assert "<td>2</td><td>0,1</td>" in pages["fr"]
    assert "Énoncés qui changent (2)" in pages["fr"]
    assert "<strong>non testable</strong>" in pages["fr"]
    assert "<td>0,5 %</td>" in pages["fr"]


@pytest.fixture
def repository(before, root):
    """A project whose last commit has other results than those that stand there."""
    changed(before / "ledger.csv", "claim_id", "T1-01", verdict="supported")
    shutil.copytree(before, root / "results")
    own = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", "."], [*own, "commit", "-q", "-m", "results"]):
        subprocess.run(["git", *arguments], cwd=root, check=True)
    shutil.copy(RESULTS / "ledger.csv", root / "results")
    return root


def test_diff_compares_with_the_last_commit(repository):
    first, moved, *rest = command.diff("default").splitlines()
    assert first == "1 verdict moved, and the number, finding or evidence of 0 other claims"
    assert moved.startswith("  T1-01: supported, evidence bounded, ")
    assert rest == [
        "0 estimates moved",
        "0 figures differ",
        "build/diff/index.html shows all of it (index.fr.html: in French)",
    ]
    page = (repository / "build" / "diff" / "index.fr.html").read_text(encoding="utf-8")
    assert "Ce qui change de la dernière révision à maintenant" in page
    assert "<strong>confirmé</strong>" in page


def test_without_a_commit_diff_says_what_it_needs(repository):
    shutil.rmtree(repository / ".git")
    with pytest.raises(InputError, match="git history"):
        command.diff("default")
