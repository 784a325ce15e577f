"""The notebooks as one plain script: the same work without a pipeline. `python benchmarks/plain_script.py FOLDER` prints it.

Every import is hoisted, each notebook is a function, all run in one process and write under FOLDER. A script shows nothing:
what a notebook displays is computed and dropped.
"""

import ast
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

HEAD = """
import pathlib
from compendium import parameters, paths
OUT = pathlib.Path({out!r})
paths.staging = lambda: OUT
paths.processed = lambda scenario: OUT / "processed"
paths.results = lambda scenario: OUT / "results"
GIVEN = {{name: dict(sorted(values.items())) for name, values in parameters.resolve({scenario!r}).items()}}
"""


def script(notebooks: list[Path], out: Path, scenario: str = "default") -> str:
    """The script that does what the notebooks do, in their order, and writes to `out`."""
    imports: dict[str, None] = {}
    functions, calls = [], []
    for path in notebooks:
        body = []
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code" and "parameters" not in cell["metadata"].get("tags", []):
                body += ast.parse("".join(cell["source"])).body
        imports |= {f"import {module}": None for node in body for module in _modules(node)}
        name = f"run_{path.stem}"
        signature = ast.parse(f"def {name}(scenario, values): pass").body[0]
        assert isinstance(signature, ast.FunctionDef)
        signature.body = body
        functions.append(ast.unparse(signature))
        calls.append(f"{name}({scenario!r}, GIVEN[{path.stem!r}])")
    head = HEAD.format(out=str(out), scenario=scenario)
    return "\n".join([*imports, head, *functions, *calls]) + "\n"


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
    print(script(sorted((ROOT / "notebooks").glob("*.ipynb")), Path(sys.argv[1])), end="")
