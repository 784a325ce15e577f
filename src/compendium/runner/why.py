"""Why a notebook, or the step that makes all universes, will run at the next make: what changed, and who imports it."""

import json
from collections import deque
from pathlib import Path

from compendium import files, paths
from compendium.runner import imports, target


def why(notebooks: list[str], scenario: str) -> str:
    """A line a reason; a sentence if nothing will run."""
    steps = [
        step for name in notebooks for step in ([target.UNIVERSES, name] if name.endswith(f"_{target.UNIVERSES}") else [name])
    ]
    told = [line for name in steps for line in _reasons(name, scenario)]
    return "\n".join(told) or "Nothing to do: every notebook has seen the files as they are."


def _reasons(name: str, scenario: str) -> list[str]:
    build = paths.build(scenario)
    hashes = build / f"{name}.sha256"
    if not hashes.exists():
        failed = (paths.FAILED / scenario / f"{name}.ipynb").exists()
        return [f"{name}: its last run failed" if failed else f"{name}: has not been run to its end"]
    inputs, outputs = target.read_fragment(build / f"{name}.d")
    if name == target.UNIVERSES:
        outputs = [paths.relative(build / "universes.csv")]
    reasons = []
    for line in hashes.read_text(encoding="utf-8").splitlines():
        digest, path = line.split("  ", 1)
        file = paths.ROOT / path
        if not file.exists():
            reasons.append(f"{name}: {path} is gone")
        elif files.sha256(file) != digest:
            changed = "was changed by hand" if path in outputs else "changed"
            reasons.append(f"{name}: {path} {changed}{_importers(path, name, inputs)}")
    return reasons


def _importers(path: str, notebook: str, inputs: list[str]) -> str:
    """For a module, the way from the notebook to it: `, imported by 20_cadre_share -> compendium.publish`."""
    modules = {imports.name(file): file for file in inputs if file.startswith("src/compendium/")}
    wanted = imports.name(path)
    if wanted not in modules:
        return ""
    first = imports.named(_cells(paths.NOTEBOOKS / f"{notebook}.ipynb"), modules)
    ways = deque([[notebook, module] for module in sorted(first)])
    seen = set(first)
    while ways:
        way = ways.popleft()
        if way[-1] == wanted:
            return f", imported by {' -> '.join(way[:-1])}"
        source = (paths.ROOT / modules[way[-1]]).read_text(encoding="utf-8")
        for module in sorted(imports.named(source, modules) - seen):
            seen.add(module)
            ways.append([*way, module])
    return ", used by the runner itself"


def _cells(notebook: Path) -> str:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
