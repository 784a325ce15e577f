"""build/crate/: the run as a research object, a folder that stands alone with `ro-crate-metadata.json` beside its files.

It follows RO-Crate and its profile for processes: one action, which made the outputs from the inputs under the parameters,
with the Makefile and the software it needs (Soiland-Reyes et al. 2022, "Packaging research artefacts with RO-Crate"; Leo et
al. 2024, "Recording provenance of workflow runs with RO-Crate").
"""

import platform
import re
import shutil
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from rocrate.model.contextentity import ContextEntity
from rocrate.rocrate import ROCrate

from compendium import files, parameters, paths

PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
LICENCES = {  # as CITATION.cff names them -> what they are called
    "MIT": "MIT License",
    "CC-BY-4.0": "Creative Commons Attribution 4.0 International",
}
KINDS = {
    ".bib": "application/x-bibtex",
    ".cff": "application/yaml",
    ".csv": "text/csv",
    ".html": "text/html",
    ".ipynb": "application/x-ipynb+json",
    ".json": "application/json",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".py": "text/x-python",
    ".svg": "image/svg+xml",
    ".tex": "application/x-tex",
    ".toml": "application/toml",
    ".yaml": "application/yaml",
}
# What goes into the crate: role -> files, from the top folder; outputs are those of the manifest, and the manifest.
PARTS = {
    "inputs": ("data/raw/**/*", "parameters/*.yaml"),
    "code": ("Makefile", "pyproject.toml", "requirements.lock", "notebooks/*.ipynb", "src/compendium/**/*.py"),
    "pages": ("README*.md", "CHANGELOG.md", "CONTRIBUTING.md", "CITATION.cff", "LICENSE*", "docs/*.md"),
    "outputs": ("data/processed/**/*", "results/**/*"),
}


def write() -> str:
    """Write the crate of the default scenario into a new folder; return its path, from the project's top folder."""
    crate = ROCrate()
    cited = files.read_yaml(paths.CITATION)
    licences = {
        key: _thing(crate, f"https://spdx.org/licenses/{key}", "CreativeWork", name=LICENCES[key]) for key in cited["license"]
    }
    crate.name = cited["title"]
    crate.description = tomllib.loads(paths.PROJECT.read_text(encoding="utf-8"))["project"]["description"]
    crate.datePublished = str(cited["date-released"])  # rocrate would write the clock
    crate.keywords = cited["keywords"]
    crate.license = list(licences.values())
    crate.root_dataset["version"] = paths.version()
    crate.root_dataset["conformsTo"] = _thing(crate, PROFILE, "CreativeWork", name="Process Run Crate", version="0.5")
    crate.root_dataset["author"] = [
        _author(crate, f"#author-{place}", given) for place, given in enumerate(cited["authors"], 1)
    ]
    added = {role: [_file(crate, path, role, licences) for path in _listed(patterns)] for role, patterns in PARTS.items()}
    makefile = crate.get("Makefile")
    makefile["name"] = "The pipeline"
    makefile["softwareRequirements"] = list(_software(crate))
    action = _thing(
        crate,
        "#run",
        "CreateAction",
        name="make",
        description="From published figures to a verdict for each statement, under the default parameters",
        actionStatus="http://schema.org/CompletedActionStatus",
    )
    action["instrument"] = makefile
    action["object"] = [*added["inputs"], *_parameters(crate)]
    action["result"] = added["outputs"]
    crate.root_dataset["mentions"] = action
    shutil.rmtree(paths.CRATE, ignore_errors=True)
    crate.write(paths.CRATE)
    return f"{paths.relative(paths.CRATE / 'ro-crate-metadata.json')} describes the run, beside a copy of all its files"


def _thing(crate: ROCrate, identifier: str, kind: str, /, **properties: Any) -> Any:
    """An entity that is no file."""
    return crate.add(ContextEntity(crate, identifier, properties={"@type": kind} | properties))


def _author(crate: ROCrate, identifier: str, given: dict[str, str]) -> Any:
    """A person, named by the ORCID where there is one, or a body, as CITATION.cff gives them."""
    if "name" in given:
        return _thing(crate, identifier, "Organization", name=given["name"])
    parts = {"givenName": given["given-names"], "familyName": given["family-names"]}
    return _thing(crate, given.get("orcid", identifier), "Person", name=" ".join(parts.values()), **parts)


def _listed(patterns: tuple[str, ...]) -> list[Path]:
    found = {path for pattern in patterns for path in paths.ROOT.glob(pattern) if path.is_file()}
    return sorted(path for path in found if not path.name.startswith("."))


def _file(crate: ROCrate, path: Path, role: str, licences: dict[str, Any]) -> Any:
    """A file with its hash; code is under the licence of code, all else under that of text and data, a notebook under both."""
    properties: dict[str, Any] = {"sha256": files.sha256(path), "contentSize": str(path.stat().st_size)}
    if path.suffix in KINDS:
        properties["encodingFormat"] = KINDS[path.suffix]
    if role == "code":
        properties["@type"] = ["File", "SoftwareSourceCode"]
    added = crate.add_file(path, paths.relative(path), properties=properties)
    keys = list(LICENCES) if path.suffix == ".ipynb" else ["MIT" if role == "code" else "CC-BY-4.0"]
    added["license"] = [licences[key] for key in keys]
    return added


def _software(crate: ROCrate) -> Iterator[Any]:
    """Python and the libraries that the project names, with the versions that ran."""
    python = ".".join(platform.python_version_tuple()[:2])
    yield _thing(crate, "#python", "SoftwareApplication", name="Python", version=python, url="https://www.python.org")
    project = tomllib.loads(paths.PROJECT.read_text(encoding="utf-8"))["project"]
    for entry in project["dependencies"]:
        name = re.split(r"[\[<>=~!; ]", entry, maxsplit=1)[0]
        version = metadata.version(name)
        url = f"https://pypi.org/project/{name}/{version}/"
        yield _thing(crate, url, "SoftwareApplication", name=name, version=version, url=url)


def _parameters(crate: ROCrate) -> Iterator[Any]:
    """The parameters of the notebooks, as they were."""
    for section, entries in parameters.defaults().items():
        for key, one in entries.items():
            yield _thing(
                crate,
                f"#{section}.{key}",
                "PropertyValue",
                name=f"{section}.{key}",
                value=one.value,
                unitText=one.unit,
                **({"valueReference": list(one.options)} if one.options else {"minValue": one.low, "maxValue": one.high}),
                description=one.meaning,
            )
