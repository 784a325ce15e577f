"""The notebooks as one plain script: the same work without a pipeline. `python benchmarks/plain_script.py FOLDER` prints it.

Every import is hoisted, each notebook is a function, all run in one process and write under FOLDER. A script shows nothing:
what a notebook displays is computed and dropped.
"""

import ast
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

HEAD = """
import pathlib
from compendium import parameters, paths
place = lambda scenario: pathlib.Path({out!r}) / scenario
paths.processed = lambda scenario: place(scenario) / "processed"
paths.results = lambda scenario: place(scenario) / "results"
"""
# What `make` does between the notebooks that estimate and the one that shows all universes.
UNIVERSES = """
import collections
from compendium import claims, csvfile, paths
from compendium.multiverse import declaration, run as multiverse
def universes(scenario, jobs=1):
    registry = claims.read()
    declared = declaration.read(paths.DECISIONS, registry)
    made = multiverse.universes(declared, registry, scenario, collections.defaultdict(str), jobs=jobs)
    csvfile.write(made, paths.universes(scenario))
"""
RUN = """
for scenario in {scenarios!r}:
    paths.staging = lambda: place(scenario)
    given = parameters.resolve(scenario)
    for name, run in {functions}.items():
        if name == "80_multiverse":
            universes(scenario)
        run(scenario, dict(sorted(given[name].items())))
    print(scenario, flush=True)
"""


def script(notebooks: list[Path], out: Path, scenarios: Sequence[str] = ("default",)) -> str:
    """The script that does what the notebooks do, in their order, and writes to `out`, a folder a scenario."""
    imports: dict[str, None] = {}
    functions = {}
    for path in notebooks:
        body = []
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code" and "parameters" not in cell["metadata"].get("tags", []):
                body += ast.parse("".join(cell["source"])).body
        imports |= {f"import {module}": None for node in body for module in _modules(node)}
        function = ast.parse(f"def run_{path.stem}(scenario, values): pass").body[0]
        assert isinstance(function, ast.FunctionDef)
        function.body = body
        functions[path.stem] = ast.unparse(function)
    named = "{" + ", ".join(f"{name!r}: run_{name}" for name in functions) + "}"
    run = RUN.format(scenarios=tuple(scenarios), functions=named)
    return "\n".join([*imports, HEAD.format(out=str(out)), UNIVERSES, *functions.values(), run])


def environment(clone: Path) -> dict[str, str]:
    """What the pipeline sets for a kernel: one moment, one thread, nothing outside the clone."""
    folders = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "MPLCONFIGDIR", "XDG_CACHE_HOME")
    return {
        **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        **{name: str(clone / "build" / "home" / name.lower()) for name in folders},
        **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
        "PYTHONPATH": str(clone / "src"),
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": "1735689600",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "JUPYTER_PREFER_ENV_PATH": "1",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def _modules(node: ast.stmt) -> list[str]:
    """The modules that a statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom) or not node.module:
        return []
    inner = [f"{node.module}.{alias.name}" for alias in node.names]
    return [node.module, *(name for name in inner if _is_module(name))]


def _is_module(name: str) -> bool:
    place = ROOT / "src" / Path(*name.split("."))
    return place.with_suffix(".py").exists() or (place / "__init__.py").exists()


if __name__ == "__main__":
    from compendium.parameters import OF_SCENARIO

    every = sorted((ROOT / "notebooks").glob("*.ipynb"))
    print(script([path for path in every if path.stem not in OF_SCENARIO], Path(sys.argv[1])), end="")
