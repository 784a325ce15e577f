"""Which modules of the project import which, read from their text."""

import ast
from collections.abc import Mapping

from compendium import paths


def name(path: str) -> str:
    """The name of the module in a file of the project: `src/compendium/models/receipts.py` -> `compendium.models.receipts`."""
    return path.removeprefix("src/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def named(source: str, modules: Mapping[str, str]) -> set[str]:
    """Those of the given modules that a source imports, their packages included; none where it is no Python.

    Args:
        modules: name -> file.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return set()
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return _with_packages(names) & set(modules)


def reached(start: str, modules: Mapping[str, str]) -> set[str]:
    """A module, its packages, and those of the given modules that these import, at any remove.

    Args:
        start: name of the module.
        modules: name -> file.
    """
    found: set[str] = set()
    ahead = _with_packages({start}) & set(modules)
    while ahead:
        found |= ahead
        sources = [(paths.ROOT / modules[one]).read_text(encoding="utf-8") for one in ahead]
        ahead = set().union(*(named(source, modules) for source in sources)) - found
    return found


def _with_packages(names: set[str]) -> set[str]:
    return {".".join(one.split(".")[:depth]) for one in names for depth in range(1, one.count(".") + 2)}
