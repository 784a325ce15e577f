"""The exercises: thin, folded, the same in both languages, and right from top to bottom."""

import ast
import json
import re

import matplotlib
import nbformat
import pandas as pd
import pytest

from compendium import paths
from compendium.language import number
from compendium.site.build import EXERCISES

BOTH = [f"{name}{ending}" for name in EXERCISES for ending in ("", ".fr")]
NAMES = re.compile(r"`[^`]*`")  # a digit may stand in a name, and nowhere else in prose


def read(name):
    return nbformat.read(paths.TEACH / f"{name}.ipynb", as_version=4)


def test_every_exercise_is_on_the_site():
    assert {path.stem for path in paths.TEACH.iterdir() if path.suffix == ".ipynb"} == set(BOTH)


@pytest.mark.parametrize("name", BOTH)
def test_outputs_are_stripped_solutions_folded_and_no_number_is_typed_into_prose(name):
    notebook = read(name)
    nbformat.validate(notebook)
    solutions = [cell for cell in notebook.cells if cell.id.endswith("-solution")]
    assert len(solutions) >= 3
    for cell in notebook.cells:
        folded = cell.metadata.get("jupyter") == {"source_hidden": True, "outputs_hidden": True}
        assert folded == (cell in solutions) == ("hide-cell" in cell.metadata.get("tags", []))
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None)
        else:
            assert not re.search(r"\d", NAMES.sub("", cell.source)), cell.source


@pytest.mark.parametrize("name", EXERCISES)
def test_both_languages_ask_the_same_with_the_same_code(name):
    english, french = (read(name + ending).cells for ending in ("", ".fr"))
    assert [(cell.id, cell.cell_type) for cell in english] == [(cell.id, cell.cell_type) for cell in french]
    for one, other in zip(english, french, strict=True):
        if one.cell_type == "code" and not one.id.endswith("-solution"):
            assert one.source.replace('language = "en"', 'language = "fr"') == other.source


def run(name):
    """Run a notebook from top to bottom; what each cell shows, by id."""
    matplotlib.use("Agg")
    space, shown = {}, {}
    for cell in read(name).cells:
        if cell.cell_type != "code":
            continue
        tree = ast.parse(cell.source)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, cell.id, "exec"), space)  # noqa: S102 - a notebook of the project
        if last is not None:
            value = eval(compile(ast.Expression(last.value), cell.id, "eval"), space)  # noqa: S307
            shown[cell.id] = getattr(value, "data", None) if type(value).__name__ == "Markdown" else value
    return shown


@pytest.fixture(scope="module")
def shown():
    return {name: run(name) for name in BOTH}


def test_every_exercise_runs_with_no_cell_to_edit_and_answers_in_its_language(shown):
    for name, cells in shown.items():
        for cell, text in cells.items():
            if isinstance(text, str) and cell != "statement" and name.endswith(".fr"):
                assert not re.search(r"\w [:;?!]|\d\.\d", text), (name, cell, text)
    for name in EXERCISES:
        assert shown[name]["statement"] != shown[f"{name}.fr"]["statement"]


def estimate(notebook, estimate_id):
    table = pd.read_csv(paths.results("default") / "estimates" / f"{notebook}.csv").set_index("estimate_id")
    return table.loc[estimate_id]


def test_solutions_give_the_numbers_of_the_ledger(shown):
    """The committed estimates were computed by the notebooks of the pipeline."""
    for language, ending in (("en", ""), ("fr", ".fr")):
        broken = shown[f"what-it-takes{ending}"]["breakdown-solution"]
        for definition in ("all_grids", "levels_5a_9"):
            deviation = estimate("20_cadre_share", f"deviation_to_reach.2014.{definition}.cdi_cdd")["value"]
            assert number(deviation, language, 1) in broken
        needed = estimate("25_distress", "design_effect_needed.di0170")["value"]
        assert number(needed, language, 2) in shown[f"is-it-high{ending}"]["chance-solution"]
        limit = estimate("26_departures", "departures.breakdown.cdi_change")["value"]
        assert number(limit, language, 1) in shown[f"which-base-year{ending}"]["assumptions-solution"]


def test_notebooks_open_with_the_kernel_of_the_project():
    for path in [*paths.NOTEBOOKS.glob("*.ipynb"), *paths.TEACH.glob("*.ipynb")]:
        kernel = json.loads(path.read_text(encoding="utf-8"))["metadata"]["kernelspec"]
        assert (kernel["name"], kernel["language"]) == ("python3", "python"), path.name
