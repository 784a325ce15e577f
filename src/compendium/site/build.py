"""Writes the sources of the site, and lets Sphinx build it into a new folder that replaces the old one when it is whole."""

import io
import json
import shutil
from pathlib import Path

from compendium import paths
from compendium.errors import InputError
from compendium.language import Language
from compendium.site import notebooks
from compendium.site.evidence import Evidence
from compendium.site.pages import Pages

PATHS = ("change-a-parameter", "add-a-figure", "add-a-claim")  # pages of docs/, in both languages
CONTENTS = """
```{{toctree}}
:hidden:
:caption: {caption}
{entries}
```
"""
MODULE = """
```{{eval-rst}}
.. automodule:: {name}
   :members:
   :exclude-members: Config
   :ignore-module-all:
```
"""


def build(scenario: str) -> Path:
    """Build the site of a scenario; returns its folder.

    Raises:
        InputError: Sphinx reports a warning or an error; its words stand in the message.
    """
    site = paths.site(scenario)
    work = paths.build(scenario) / "site"
    shutil.rmtree(work, ignore_errors=True)
    sources, made = work / "sources", work / "html"
    evidence = Evidence(scenario)
    write_sources(sources, evidence, "en")
    _sphinx(sources, made, work / "doctrees", scenario, "en")
    _downloads(made, evidence)
    shutil.rmtree(site, ignore_errors=True)
    made.rename(site)
    return site


def write_sources(sources: Path, evidence: Evidence, language: Language) -> None:
    """Everything that Sphinx reads: computed pages, executed notebooks, the pages of docs/, one page of code a room."""
    pages = Pages(evidence, language, paths.version())
    documents = pages.documents()
    for name, (title, body) in documents.items():
        _write(sources / "bodies" / f"{name}.html", str(body))
        _write(
            sources / f"{'index' if name == 'front' else name}.md",
            f"# {title}\n\n```{{raw}} html\n:file: bodies/{name}.html\n```\n",
        )
    made = [name for name in notebooks.titles() if (paths.build(evidence.scenario) / f"{name}.ipynb").exists()]
    for name in made:
        _write(sources / "notebooks" / f"{name}.ipynb", json.dumps(notebooks.page(name, evidence)))
    for path in sorted(paths.DOCS.glob("*.md")):
        shutil.copyfile(path, sources / path.name)
    shutil.copytree(paths.DOCS / "static", sources / "static")
    shutil.copyfile(paths.ROOT / "CONTRIBUTING.md", sources / "correct.md")
    for room, modules in _rooms().items():
        parts = "\n".join(MODULE.format(name=module) for module in modules)
        _write(sources / "api" / f"{room}.md", f"# compendium.{room}\n\n{parts}")
    entries = "\n".join(_rooms())
    _write(sources / "api" / "index.md", f"# The code\n\n```{{toctree}}\n{entries}\n```\n")
    contents = {
        "The evidence": ["ledger", "results", "sources", "doubts", "codebook"],
        "Notebooks": [f"notebooks/{name}" for name in made],
        "Make it yours": list(PATHS),
        "En français": [f"{name}.fr" for name in PATHS],
        "How it is made": ["design", "correct", "api/index"],
    }
    orders = "".join(CONTENTS.format(caption=key, entries="\n".join(entries)) for key, entries in contents.items())
    with (sources / "index.md").open("a", encoding="utf-8") as file:
        file.write(orders)
    for name in ("ledger-by-verdict", "ledger-by-grade"):
        with (sources / f"{name}.md").open(encoding="utf-8") as file:
            text = file.read()
        _write(sources / f"{name}.md", f"---\norphan: true\n---\n\n{text}")


def _rooms() -> dict[str, list[str]]:
    """The modules of the code by room, as the design page names them."""
    top = paths.ROOT / "src" / "compendium"
    rooms: dict[str, list[str]] = {}
    for path in sorted(top.rglob("*.py")):
        parts = path.relative_to(top).with_suffix("").parts
        if parts[-1] in ("__main__",) or parts == ("__init__",):
            continue
        name = ".".join(("compendium", *(part for part in parts if part != "__init__")))
        rooms.setdefault(parts[0], []).append(name)
    return rooms


def _sphinx(sources: Path, made: Path, doctrees: Path, scenario: str, language: Language) -> None:
    from sphinx.application import Sphinx  # a second to import

    warnings = io.StringIO()
    app = Sphinx(
        sources,
        paths.DOCS,
        made,
        doctrees,
        "html",
        confoverrides={"language": language, "compendium_scenario": scenario},
        status=None,
        warning=warnings,
        freshenv=True,
        parallel=2,
    )
    app.build(force_all=True)
    if app.statuscode or warnings.getvalue():
        raise InputError(f"the site was not built; Sphinx says:\n{warnings.getvalue().strip()}")


def _downloads(made: Path, evidence: Evidence) -> None:
    """The files that pages offer: results, raw data, parameters, executed notebooks."""
    shutil.copytree(paths.results(evidence.scenario), made / "results")
    shutil.copytree(paths.RAW, made / "raw")
    shutil.copytree(paths.PARAMETERS, made / "parameters")
    (made / "executed").mkdir()
    for path in sorted(paths.build(evidence.scenario).glob("*.ipynb")):
        shutil.copyfile(path, made / "executed" / path.name)
    _write(made / "sources.bib", Pages(evidence, "en", paths.version()).bibliography())


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
