"""One direction: raw, clean, model, claims, results. A module imports only from what stands to its left."""

import ast

import pytest

from compendium import paths

TOP = paths.ROOT / "src" / "compendium"
# The rooms of the house, from left to right; a room may import itself and what stands before it.
ROOMS = [
    {"paths", "errors", "interval"},
    {"files", "csvfile", "language", "translations", "processes"},
    {"parameters", "raw"},
    {"clean", "datapackage", "microdata"},
    {"models"},
    {"claims"},
    {"analyses"},
    {"multiverse"},
    {"charts", "tables"},
    {"ledger", "publish", "readme", "codebook", "contact_sheet", "crate", "add_observation", "add_claim"},
    {"site", "compare"},
    {"runner"},
]


def room(module: str) -> int:
    name = module.split(".")[1]
    return next(place for place, members in enumerate(ROOMS) if name in members)


def imported(path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "compendium":
            names |= {f"compendium.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name for name in names if name.startswith("compendium.")}


@pytest.mark.parametrize("path", sorted(TOP.rglob("*.py")), ids=lambda path: path.relative_to(TOP).as_posix())
def test_a_module_imports_nothing_to_its_right(path):
    if path == TOP / "__init__.py":
        assert not imported(path)
        return
    own = ".".join(("compendium", *path.relative_to(TOP).with_suffix("").parts))
    for name in imported(path):
        assert room(name) <= room(own), f"{own} imports {name}"


@pytest.mark.parametrize("path", sorted(TOP.rglob("*.py")), ids=lambda path: path.relative_to(TOP).as_posix())
def test_only_paths_knows_where_things_are(path):
    if path.name != "paths.py":
        names = {node.attr for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Attribute)}
        assert "parents" not in names
        assert "__file__" not in path.read_text(encoding="utf-8").replace('"__file__"', "")
