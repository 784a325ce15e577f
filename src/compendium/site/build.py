"""Writes the sources of the site, and lets Sphinx build it into a new folder that replaces the old one when it is whole."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from compendium import paths, processes
from compendium.errors import InputError
from compendium.language import LANGUAGES, Language
from compendium.site import notebooks
from compendium.site.evidence import Evidence
from compendium.site.pages import Pages
from compendium.translations import translations

# Pages of docs/ and notebooks of docs/teach/, the French ones with .fr before the ending.
PATHS = ("change-a-parameter", "add-a-figure", "add-a-claim", "another-sector", "bring-microdata")
EXERCISES = ("what-it-takes", "is-it-high", "which-base-year")
CONTENTS = """
```{{toctree}}
:hidden:
:caption: {caption}
{entries}
```
"""
ORPHANS = ("ledger-by-verdict", "ledger-by-grade")  # reached from the ledger, not from the menu
MODULE = """
```{{eval-rst}}
.. automodule:: {name}
   :members:
   :exclude-members: Config
   :ignore-module-all:
```
"""


def build(scenario: str) -> Path:
    """Build the site of a scenario, English on top and French in `fr/`; returns its folder.

    Raises:
        InputError: Sphinx reports a warning or an error; its words stand in the message.
    """
    site = paths.site(scenario)
    work = paths.build(scenario) / "site"
    shutil.rmtree(work, ignore_errors=True)
    evidence = Evidence(scenario)
    for language in LANGUAGES:
        write_sources(work / "sources" / language, evidence, language)
    started = {language: _sphinx(work, scenario, language) for language in LANGUAGES}
    said = {language: process.communicate()[0].strip() for language, process in started.items()}
    for language, process in started.items():
        if process.returncode:
            raise InputError(f"the site was not built; Sphinx says ({language}):\n{said[language]}")
    made = work / "html" / "en"
    (work / "html" / "fr").rename(made / "fr")
    _downloads(made, evidence)
    if site.exists():  # a kill between the two leaves no site, which the next make builds; never half of one
        site.rename(work / "before")
    made.rename(site)
    shutil.rmtree(work / "before", ignore_errors=True)
    return site


def write_sources(sources: Path, evidence: Evidence, language: Language) -> None:
    """Everything that Sphinx reads: the computed pages, and for English executed notebooks, docs/ and the code by room."""
    pages = Pages(evidence, language, paths.version())
    for name, (title, body) in pages.documents().items():
        _write(sources / "bodies" / f"{name}.html", str(body))
        orphan = "---\norphan: true\n---\n\n" if name in ORPHANS else ""
        page = f"{orphan}# {title}\n\n```{{raw}} html\n:file: bodies/{name}.html\n```\n"
        _write(sources / f"{'index' if name == 'front' else name}.md", page)
    contents = {"The evidence": ["ledger", "results", "sources", "doubts", "codebook"]}
    ending = "" if language == "en" else f".{language}"
    for path in sorted(paths.DOCS.glob(f"*{ending}.md")):
        name = path.name.removesuffix(f"{ending}.md")
        if "." not in name:  # else it is of the other language
            _write(sources / f"{name}.md", _in_one_language(path.read_text(encoding="utf-8"), ending))
    if language == "en":
        contents["Notebooks"] = _notebooks(sources, evidence)
        contents["How it is made"] = ["design", "correct", "deposit", "measured", "dependencies", *_code(sources)]
        shutil.copytree(paths.DOCS / "static", sources / "static")
        shutil.copyfile(paths.ROOT / "CONTRIBUTING.md", sources / "correct.md")
    else:
        contents["How it is made"] = ["deposit", "english_only"]
    contents["Make it yours"] = list(PATHS)
    contents["To teach with"] = ["exercises", *(f"teach/{name}" for name in EXERCISES), "glossary"]
    for name in EXERCISES:
        _write(sources / "teach" / f"{name}.ipynb", (paths.TEACH / f"{name}{ending}.ipynb").read_text(encoding="utf-8"))
    say = translations(language).gettext
    listed = [CONTENTS.format(caption=say(key), entries="\n".join(entries)) for key, entries in contents.items()]
    with (sources / "index.md").open("a", encoding="utf-8") as file:
        file.write("".join(listed))


def _in_one_language(text: str, ending: str) -> str:
    """A page of docs/ without the line that leads to the other language, which every page of the site has at its top."""
    text = re.sub(r"^\*\[.*\]\(.*\)\*\n\n", "", text, flags=re.MULTILINE)
    return text.replace(f"{ending}.md)", ".md)").replace(f"{ending}.ipynb)", ".ipynb)")


def _notebooks(sources: Path, evidence: Evidence) -> list[str]:
    made = notebooks.made(evidence.scenario)
    for name in made:
        _write(sources / "notebooks" / f"{name}.ipynb", json.dumps(notebooks.page(name, evidence)))
    return [f"notebooks/{name}" for name in made]


def _code(sources: Path) -> list[str]:
    rooms = _rooms()
    for room, modules in rooms.items():
        parts = "\n".join(MODULE.format(name=module) for module in modules)
        _write(sources / "api" / f"{room}.md", f"# compendium.{room}\n\n{parts}")
    entries = "\n".join(rooms)
    _write(sources / "api" / "index.md", f"# The code\n\n```{{toctree}}\n{entries}\n```\n")
    return ["api/index"]


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


def _sphinx(work: Path, scenario: str, language: Language) -> "subprocess.Popen[str]":
    """Start Sphinx for one language: a process of its own, since Sphinx keeps what it registers; a warning is an error."""
    command = [sys.executable, "-m", "sphinx", "-E", "-a", "-q", "-W", "--keep-going", "--no-color", "-b", "html"]
    command += ["-c", str(paths.DOCS), "-d", str(work / "doctrees" / language)]
    command += ["-D", f"language={language}", "-D", f"compendium_scenario={scenario}"]
    command += [str(work / "sources" / language), str(work / "html" / language)]
    out = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen(command, **out, preexec_fn=processes.end_with_parent)  # type: ignore[call-overload]


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
