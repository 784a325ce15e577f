"""Executed notebooks as pages: code folded, each cell an address, its numbers linked, and on top how to make it again."""

import json
import re
from functools import cache
from typing import Any

from compendium import paths
from compendium.site.evidence import Evidence
from compendium.site.links import LINK, Links

# What can be downloaded of each kind of result: ending of the file, and its name.
DOWNLOADS = {
    "estimates": [(".csv", "CSV")],
    "figures": [(".csv", "data"), (".en.svg", "SVG"), (".en.pdf", "PDF"), (".en.png", "PNG")],
    "tables": [(".csv", "data"), (".en.html", "HTML"), (".en.tex", "LaTeX")],
}


@cache
def titles() -> dict[str, str]:
    """The heading of each notebook, by name."""
    found = {}
    for path in sorted(paths.NOTEBOOKS.glob("*.ipynb")):
        first = "".join(json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"])
        found[path.stem] = first.splitlines()[0].removeprefix("# ")
    return found


def made(scenario: str) -> dict[str, str]:
    """The heading of each notebook that a scenario has executed, by name."""
    return {name: title for name, title in titles().items() if (paths.build(scenario) / f"{name}.ipynb").exists()}


def page(notebook: str, evidence: Evidence) -> dict[str, Any]:
    """The executed notebook, ready for MyST-NB.

    Raises:
        FileNotFoundError: it has not been executed.
    """
    executed = json.loads((paths.build(evidence.scenario) / f"{notebook}.ipynb").read_text(encoding="utf-8"))
    links = Links(evidence, "../")
    cells: list[dict[str, Any]] = []
    for cell in executed["cells"]:
        anchor = _markdown(f"at-{cell['id']}", f'```{{raw}} html\n<span class="cell" id="cell-{cell["id"]}"></span>\n```')
        if cell["cell_type"] == "code":
            cell["metadata"]["tags"] = [*cell["metadata"].get("tags", []), "hide-input"]
            cell["outputs"] = [_linked(output, links) for output in cell["outputs"]]
        cells += [cell] if not cells else [anchor, cell]  # the title stays first
    return executed | {"cells": [cells[0], _head(notebook, evidence), *cells[1:]]}


def _head(notebook: str, evidence: Evidence) -> dict[str, Any]:
    """The command that makes the page again, what the notebook assumed, and what it published."""
    index = evidence.published.get(notebook, {"parameters": {}, "published": []})
    lines = [f"Make this page again: `make {notebook}`"]
    if evidence.scenario != "default":
        lines[0] = lines[0][:-1] + f" SCENARIO={evidence.scenario}`"
    lines[0] += f'. Download: <a href="../executed/{notebook}.ipynb" download>the executed notebook</a>.'
    if index["parameters"]:
        lines += ["", "| parameter | value |", "|---|---|"]
        lines += [f"| `{name}` | {value} |" for name, value in index["parameters"].items()]
    for name in index["published"]:
        folder = name.partition("/")[0]
        files = [f'<a href="../results/{name}{ending}" download>{label}</a>' for ending, label in DOWNLOADS[folder]]
        lines += ["", f'<a href="../{name}.html">{name}</a>: {", ".join(files)}']
    return _markdown("how-made", "\n".join(lines))


def _markdown(cell_id: str, text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": cell_id, "metadata": {}, "source": text}


def _linked(output: dict[str, Any], links: Links) -> dict[str, Any]:
    """An output whose links to estimates and claims lead to their places on the site."""
    text = output.get("data", {}).get("text/markdown")
    if text is None:
        return output
    written = re.sub(LINK, lambda match: f'<a class="number" href="{links.target(match[2])}">{match[1]}</a>', "".join(text))
    return output | {"data": output["data"] | {"text/markdown": written}}
