"""data/raw/datapackage.json: what each raw file is, column by column, and the hash of its bytes (Frictionless Data Package).

The hashes are the seal of the raw data: `check` stops a run before it starts when a byte differs, and `write` renews the
seal after a deliberate change, saying what changed.
"""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

from compendium import files, paths, raw
from compendium.clean import rules
from compendium.errors import InputError

LICENCE = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/", "title": "CC BY 4.0"}
ABOUT = {
    "observations": "Published figures, one a row, as printed",
    "sources": "Who published the figures, when, where; sources that relay one document share a document_id",
    "derivations": "How derived figures follow from others",
    "set_apart": "Figures not to be trusted, and why",
    "repeats": "Figures that two topics have: the row that repeats, and the row that counts",
    "chronology": "Dated events",
    "claims": "The statements of the two texts, their tests and rules",
}
TYPES = {"Int64": "integer", "int64": "integer", "float64": "number"}


def tables() -> dict[Path, type[pa.DataFrameModel]]:
    """Every table of data/raw/ with its schema."""
    topics = {paths.OBSERVATIONS / f"{topic}.csv": raw.Observation for topic in raw.TOPICS}
    return topics | {
        paths.SOURCES: raw.Source,
        paths.DERIVATIONS: raw.Derivation,
        paths.SET_APART: raw.SetApart,
        paths.REPEATS: raw.Repeat,
        paths.CHRONOLOGY: raw.Event,
    }


def describe() -> dict[str, Any]:
    """The data package as it should be for the files as they are."""
    resources = [_table(path, model) for path, model in tables().items()]
    claims = {"format": "yaml", "mediatype": "application/yaml"}
    resources.append(_file(paths.CLAIMS, "claims") | claims)
    return {
        "name": "cadres-raw-data",
        "title": "Published figures on cadres, and the statements they test",
        "description": (
            "Figures are facts of their publishers, cited row by row. The compilation and the wording of statements and rules "
            "are under CC BY 4.0."
        ),
        "licenses": [LICENCE],
        "resources": sorted(resources, key=lambda resource: str(resource["name"])),
    }


def _file(path: Path, about: str) -> dict[str, Any]:
    return {
        "name": path.stem.replace("_", "-"),
        "path": path.relative_to(paths.RAW).as_posix(),
        "description": ABOUT[about],
        "bytes": path.stat().st_size,
        "hash": f"sha256:{files.sha256(path)}",
    }


def _table(path: Path, model: type[pa.DataFrameModel]) -> dict[str, Any]:
    about = "observations" if path.parent == paths.OBSERVATIONS else path.stem
    described: dict[str, Any] = _file(path, about)
    schema: dict[str, Any] = {
        "fields": [_field(name, column) for name, column in model.to_schema().columns.items()],
        "missingValues": [""],
    }
    if about == "observations":
        reference = {"resource": "sources", "fields": ["source_id"]}
        schema["foreignKeys"] = [{"fields": ["source_id"], "reference": reference}]
        described["sources"] = _sources(path.stem)
    shape = {"profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    return described | shape | {"schema": schema}


def _sources(topic: str) -> list[dict[str, str]]:
    """The sources of a topic, each with its address where it has one."""
    tables = raw.read(topic)
    used = tables.sources[tables.sources["source_id"].isin(tables.observations["source_id"])]
    return [
        {"title": f"{source.publisher}: {source.title}"} | ({"path": source.url} if isinstance(source.url, str) else {})
        for source in used.itertuples(index=False)
    ]


def _field(name: str, column: pa.Column) -> dict[str, Any]:
    """A column of a schema in the terms of Table Schema."""
    constraints: dict[str, Any] = {"required": True} if not column.nullable else {}
    if column.unique:
        constraints["unique"] = True
    for check in column.checks:
        limits = check.statistics or {}
        if "pattern" in limits:
            constraints["pattern"] = str(getattr(limits["pattern"], "pattern", limits["pattern"]))
        if "allowed_values" in limits:
            constraints["enum"] = list(limits["allowed_values"])
        for name_here, name_there in (("min_value", "minimum"), ("max_value", "maximum")):
            if name_here in limits:
                constraints[name_there] = limits[name_here]
    field = {"name": name, "type": TYPES.get(str(column.dtype), "string"), "description": column.description}
    return field | ({"constraints": constraints} if constraints else {})


def check() -> None:
    """Compare every raw file with its seal.

    Raises:
        InputError: names the file that is missing or changed.
    """
    resources = sealed()
    for path in (*tables(), paths.CLAIMS):
        if path not in resources:
            raise InputError(f"{paths.relative(path)}: is not sealed; `make data-package` seals it")
    for path, resource in resources.items():
        name = paths.relative(path)
        if not path.exists():
            raise InputError(f"{name}: the file is missing")
        if resource["hash"] != f"sha256:{files.sha256(path)}":
            raise InputError(f"{name}: differs from data/raw/datapackage.json; if the change is meant, run `make data-package`")


def sealed() -> dict[Path, dict[str, Any]]:
    """The raw files as they were sealed; raises InputError where the seal is missing or no JSON."""
    try:
        resources = json.loads(files.read_text(paths.DATAPACKAGE))["resources"]
        found = {paths.RAW / resource["path"]: resource for resource in resources}
        for path, resource in found.items():
            if (
                not path.resolve().is_relative_to(paths.RAW)
                or not isinstance(resource["hash"], str)
                or not isinstance(resource["bytes"], int)
            ):
                raise ValueError(f"'{str(resource['path'])[:80]}' is no file of data/raw with its length and hash")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        message = f"{paths.relative(paths.DATAPACKAGE)}: is not a data package ({error}); `make data-package` renews it"
        raise InputError(message) from None
    return found


def write() -> str:
    """Renew data/raw/datapackage.json; every table is read through its schema first.

    Returns:
        what changed since it was last written, a line a file.

    Raises:
        InputError: a row that cannot be used.
    """
    raw.everything()
    raw.chronology()
    derivations = raw.read(next(iter(raw.TOPICS))).derivations
    raw.refer(derivations, "operation", pd.Series(list(rules.OPERATIONS)), paths.DERIVATIONS, "the known operations")
    try:
        before = sealed()
    except InputError:  # there is none, or none that can be read
        before = {}
    package = describe()
    changes = []
    for resource in package["resources"]:
        old = before.pop(paths.RAW / resource["path"], None)
        if old is None:
            changes.append(f"data/raw/{resource['path']}: new")
        elif old["hash"] != resource["hash"]:
            grown = resource["bytes"] - old["bytes"]
            changes.append(f"data/raw/{resource['path']}: changed ({grown:+} bytes)")
        elif old != resource:
            changes.append(f"data/raw/{resource['path']}: described anew")
    changes += [f"{paths.relative(path)}: gone" for path in before]
    text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    files.write_if_changed(paths.DATAPACKAGE, text.encode())
    return "\n".join(changes) or "nothing changed"
