"""What every notebook keeps to: thin, without outputs, a cell named like what it publishes, no number typed into its prose."""

import ast
import importlib
import inspect
import json
import re
from types import FunctionType

import nbformat
import pytest

from compendium import parameters, paths, publish

NOTEBOOKS = sorted(paths.NOTEBOOKS.glob("*.ipynb"))
LONGEST_CELL_LINES = 25
PUBLISHES = re.compile(r"run\.(figure|table|ledger)\(\s*\"(\w+)\"")
# A digit may stand in the name of a claim, a level or a thing, and nowhere else in prose.
NAMES = re.compile(r"T[12]-\d\d|5A-9|`[^`]*`")

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@every_notebook
def test_it_is_valid_and_carries_no_outputs(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
            assert len(cell.source.splitlines()) <= LONGEST_CELL_LINES


@every_notebook
def test_it_has_a_cell_for_parameters_and_a_section_for_them(path):
    cells = [c for c in nbformat.read(path, as_version=4).cells if "parameters" in c.metadata.get("tags", [])]
    assert [cell.id for cell in cells] == ["parameters"]
    names = {line.split(":")[0].split("=")[0].strip() for line in cells[0].source.splitlines()}
    assert names == {"scenario", "values"}
    assert path.stem in parameters.defaults()


@every_notebook
def test_cells_are_named_by_hand_and_like_what_they_publish(path):
    for cell in nbformat.read(path, as_version=4).cells:
        assert re.fullmatch(r"[a-z][a-z0-9_-]+", cell.id), cell.id
        assert not re.fullmatch(r"[0-9a-f]{8}", cell.id), f"{cell.id} looks made up"
        if cell.cell_type == "code":
            published = [name for _, name in PUBLISHES.findall(cell.source)]
            assert published in ([], [cell.id])


@every_notebook
def test_it_says_at_its_end_what_it_shows_and_what_it_cannot_show(path):
    headings = [c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "markdown"]
    assert headings[-2:] == ["## What this shows", "## What it cannot show"]


@every_notebook
def test_no_number_is_typed_into_its_prose(path):
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            assert not re.search(r"\d", NAMES.sub("", cell.source)), cell.source


@every_notebook
def test_it_names_itself(path):
    source = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
    assert f'publish.Run("{path.stem}", scenario, values)' in source


def test_every_published_result_has_a_trace_to_its_cell():
    traces = sorted((paths.ROOT / "results").rglob("*.trace.json"))
    assert traces
    for trace in traces:
        content = json.loads(trace.read_text(encoding="utf-8"))
        notebook = nbformat.read(paths.NOTEBOOKS / f"{content['notebook']}.ipynb", as_version=4)
        cell = next(cell for cell in notebook.cells if cell.id == content["cell_id"])
        assert f'"{content["name"]}"' in cell.source
        assert content["obs_ids"]
        if content["kind"] == "figure":
            assert set(content["alt"]) == {"en", "fr"}
            assert content["alt"]["en"] != content["alt"]["fr"]
        assert all((trace.parent / name).exists() for name in content["sha256"])


def functions_of(path) -> set[FunctionType]:
    """The functions of the compendium that a notebook names, as `function` or `module.function`."""
    cells = (cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code")
    tree = ast.parse("\n".join(cells))
    known = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("compendium"):
            module = importlib.import_module(str(node.module))
            for name in node.names:
                there = getattr(module, name.name, None)
                known[name.asname or name.name] = there or importlib.import_module(f"{node.module}.{name.name}")
    named = [known.get(node.id) for node in ast.walk(tree) if isinstance(node, ast.Name)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and inspect.ismodule(known.get(node.value.id)):
            named.append(getattr(known[node.value.id], node.attr))
    return {one for one in named if inspect.isfunction(one)}


def methods_of(path) -> set[FunctionType]:
    """The methods of its run that a notebook calls."""
    cells = (cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code")
    return {getattr(publish.Run, name) for name in re.findall(r"\brun\.(\w+)\(", "\n".join(cells))}


def test_what_a_notebook_calls_answers_with_an_example():
    """Shift-Tab in JupyterLab shows the docstring; pytest runs its example."""
    called = set.union(*(functions_of(path) | methods_of(path) for path in NOTEBOOKS))
    assert len(called) >= 100
    assert [one.__qualname__ for one in called if ">>>" not in (inspect.getdoc(one) or "")] == []
