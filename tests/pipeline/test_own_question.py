"""The pages that lead a reader to a question of their own: their commands, exactly as printed."""

import csv
import sys

import nbformat
import pytest
from clones import commands, notebooks_run, results

from compendium import paths
from compendium.site.build import PATHS

BOTH = [path.name.removesuffix(".fr.md") for path in sorted(paths.DOCS.glob("*.fr.md"))]


@pytest.mark.parametrize("name", BOTH)
def test_each_page_leads_to_the_other_language(name):
    english, french = ((paths.DOCS / f"{name}{ending}.md").read_text(encoding="utf-8") for ending in ("", ".fr"))
    assert f"*[En français]({name}.fr.md)*" in english
    assert f"*[In English]({name}.md)*" in french
    assert english.count("\n#") == french.count("\n#")


@pytest.mark.parametrize("name", PATHS)
def test_both_languages_print_the_same_commands(name):
    assert commands(f"{name}.md") == commands(f"{name}.fr.md") != []


def test_a_parameter_is_changed_and_a_sector_exchanged_as_the_pages_say(clone):
    listing, scenario, compare = commands("change-a-parameter.md")
    committed = results(clone)
    assert "pace_deviation = 2.0" in clone.run(listing)
    clone.run(scenario)
    printed = clone.run(compare)
    assert notebooks_run(printed) == []
    assert "20_cadre_share.pace_deviation: 2 -> 0.1" in printed
    assert "T1-03: " in printed
    assert "cadre_share_bounds" in printed.partition("figures differ: ")[2]
    page = (clone.root / "build/compare/index.fr.html").read_text(encoding="utf-8")
    assert "Ce qui change de default à mine" in page
    assert "../mine/results/figures/cadre_share_bounds.fr.svg" in page

    scenario, compare, notebook = commands("another-sector.md")
    clone.run(scenario)
    printed = clone.run(compare)
    assert "21_comparators.sector: O -> Q" in printed
    assert "0 verdicts moved" in printed
    assert "2 estimates moved" in printed
    assert "1 figure differs: comparator_paces" in printed
    clone.run(notebook)
    assert results(clone) == committed


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return {row["obs_id"]: row for row in csv.DictReader(file)}


def test_a_figure_is_corrected_and_another_added_as_the_page_says(clone):
    first, correct, make, add = commands("add-a-figure.md")
    assert notebooks_run(clone.run(first)) == []
    before = clone.outputs()

    assert "SW0005 stays, is superseded and counts no more" in clone.run(correct)
    printed = clone.run(make)
    assert "since the last make" in printed
    assert "T1-03: " in printed.partition("since the last make")[2]
    tidy = rows(clone.root / "data/processed/workforce.csv")
    new = next(row for row in tidy.values() if row["series"] == "cadre_share_all_grids" and row["value"] == "37.4")
    assert (tidy["SW0005"]["group"], tidy["SW0005"]["use"]) == ("set apart", "")
    assert tidy["SW0005"]["reason"] == f"superseded: {new['obs_id']} corrects it"
    assert float(tidy["SW0007"]["value"]) == pytest.approx(37.4 - 2.9)  # a difference of the corrected figure
    after = clone.outputs()
    assert b"SW0005" in before["results/estimates/20_cadre_share.csv"]
    for name in (name for name in after if name.startswith("results/estimates/")):
        assert b"SW0005" not in after[name], name
    assert "since the last make" not in clone.run(make)

    printed = clone.run(add)
    raw = rows(clone.root / "data/raw/observations/secu_workforce.csv")
    assert list(raw)[-1] in printed
    assert raw[list(raw)[-1]]["source_id"] == "exercise_2026"
    assert "exercise_2026,exercise_2026,An exercise,nobody,,press,," in (clone.root / "data/raw/sources.csv").read_text("utf-8")
    assert "nothing changed" in clone.make("data-package")


def claim_added(clone):
    """Up to the verdict in the notebook; what is left to do is told on the way."""
    add, fill_in, verdict, ledger = commands("add-a-claim.md")
    before = (clone.root / "data/raw/claims.yaml").read_text(encoding="utf-8")
    printed = clone.run(add)
    left = clone.make("to-do", fails=True)
    assert [line for line in printed.splitlines() if line.startswith("  ") and ", " in line] == left.splitlines()[:7]
    assert "what is left" in clone.make("40_organisations", fails=True)
    after = (clone.root / "data/raw/claims.yaml").read_text(encoding="utf-8")
    kept = [line for line in before.splitlines() if line not in set(after.splitlines())]
    assert kept == []  # comments too
    clone.run(fill_in)
    assert notebooks_run(clone.run(verdict))[-1] == "40_organisations"
    notebook = nbformat.read(clone.root / "build/default/40_organisations.ipynb", as_version=4)
    shown = next(cell for cell in notebook.cells if cell.id == "shows").outputs[0]["data"]["text/markdown"]
    assert shown.startswith("**T3-01, supported**")
    return ledger


def test_a_claim_gets_its_verdict_as_the_page_says(clone):
    claim_added(clone)
    for check in (["check"], ["format", "--check"]):
        clone.run([sys.executable, "-m", "ruff", *check, "src", "tests", "notebooks"])
    own = ["tests/claims/test_rules_organisations.py", "tests/test_notebooks.py", "-k", "organisations and not trace"]
    environment = {"PYTHONPATH": str(clone.root / "src")}
    clone.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *own], **environment)


@pytest.mark.exhaustive
def test_a_new_claim_comes_into_the_ledger(clone):
    before = results(clone)
    printed = clone.run(claim_added(clone))
    assert "T3-01: not there -> supported, evidence direct, 299 organisations" in printed
    changed = {name for name, data in results(clone).items() if before.get(name) != data}
    assert "results/estimates/20_cadre_share.csv" not in changed
