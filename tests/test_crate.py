"""The research object of the run: read back, it holds what it names, with hashes, licences and versions; no clock."""

import hashlib
import json
import tomllib
from importlib import metadata

import pytest
import yaml
from jsonschema import Draft7Validator
from rocrate.rocrate import ROCrate

from compendium import crate, files, parameters, paths

ROOT = paths.ROOT
CITED = files.read_yaml(paths.CITATION)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The crate of the committed results."""
    to = tmp_path_factory.mktemp("crate") / "build" / "crate"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "CRATE", to)
        patch.setattr(paths, "relative", lambda path: str(path).removeprefix(f"{ROOT}/"))
        crate.write()
        first = (to / "ro-crate-metadata.json").read_bytes()
        crate.write()
    assert (to / "ro-crate-metadata.json").read_bytes() == first, "the same bytes each time"
    return to


@pytest.fixture(scope="module")
def read(folder):
    return ROCrate(folder)


def test_its_head_is_that_of_the_citation(read):
    root = read.root_dataset
    assert (read.name, root["datePublished"], root["version"]) == (
        CITED["title"],
        str(CITED["date-released"]),
        CITED["version"],
    )
    assert [licence.id for licence in root["license"]] == [f"https://spdx.org/licenses/{key}" for key in CITED["license"]]
    assert [author["name"] for author in root["author"]] == [author["name"] for author in CITED["authors"]]


def test_every_file_is_there_with_its_hash_and_licence_and_no_other(folder, read):
    named = {entity.id: entity for entity in read.data_entities}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(named) == there - {"ro-crate-metadata.json"}
    for name, entity in named.items():
        data = (folder / name).read_bytes()
        assert data == (ROOT / name).read_bytes()
        assert entity["sha256"] == hashlib.sha256(data).hexdigest()


def test_each_file_has_the_licence_that_the_files_of_licences_give_it(read):
    """LICENSE: the code; LICENSE-DATA: text, parameters, data, results; a notebook holds both."""
    stated = " ".join((ROOT / "LICENSE-DATA").read_text(encoding="utf-8").split())
    folders = ("parameters/", "data/raw/", "data/processed/", "results/")
    assert all(folder in stated for folder in folders)
    mit, data = ("https://spdx.org/licenses/MIT", "https://spdx.org/licenses/CC-BY-4.0")
    for entity in read.data_entities:
        licences = [licence.id for licence in entity["license"]]
        if entity.id.startswith("notebooks/"):
            assert licences == [mit, data], entity.id
        else:
            of_text = entity.id.startswith((*folders, "docs/")) or entity.id.endswith((".md", ".cff")) or "LICENSE" in entity.id
            assert licences == [data if of_text else mit], entity.id


def test_the_run_leads_from_inputs_code_and_parameters_to_outputs(read):
    (run,) = (entity for entity in read.contextual_entities if entity.type == "CreateAction")
    assert read.root_dataset["mentions"] == run
    assert run["instrument"].id == "Makefile"
    manifest = json.loads((paths.results("default") / "MANIFEST.json").read_text(encoding="utf-8"))
    assert {entity.id for entity in run["result"]} >= {*manifest["sha256"], "results/MANIFEST.json"}
    sealed = json.loads(paths.DATAPACKAGE.read_text(encoding="utf-8"))
    given = {entity.id: entity for entity in run["object"]}
    assert {f"data/raw/{resource['path']}" for resource in sealed["resources"]} <= set(given)
    for section, entries in parameters.defaults().items():
        for key, one in entries.items():
            assert given[f"#{section}.{key}"]["value"] == one.value


def test_it_names_the_software_with_its_version(read):
    named = {entity["name"].lower(): entity["version"] for entity in read.get("Makefile")["softwareRequirements"]}
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert len(named) == len(needed) + 1
    assert named["pandas"] == metadata.version("pandas")


def test_every_reference_leads_to_an_entity(folder):
    graph = json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    ids = {entity["@id"] for entity in graph}
    assert len(ids) == len(graph)
    for entity in graph:
        for value in entity.values():
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict):
                    assert one["@id"] in ids or one["@id"].startswith("https://w3id.org/ro/crate/"), one


def test_it_holds_no_path_of_a_machine_and_no_time(folder):
    text = (folder / "ro-crate-metadata.json").read_text(encoding="utf-8")
    assert str(ROOT) not in text
    assert "sdDatePublished" not in text


def test_the_citation_keeps_its_schema():
    """The schema of the Citation File Format 1.2.0 (Druskat et al. 2021, CC BY 4.0), as the package cffconvert ships it."""
    schema = json.loads((ROOT / "tests" / "schemas" / "cff-1.2.0.json").read_text(encoding="utf-8"))
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    as_text = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - builds texts only: dates and versions are texts there
    checker = Draft7Validator(schema, format_checker=Draft7Validator.FORMAT_CHECKER)
    assert [error.message for error in checker.iter_errors({**as_text, "references": CITED["references"]})] == []
    assert list(checker.iter_errors({**as_text, "authors": []}))


def test_authors_of_a_citation_are_persons_or_bodies():
    person = {"given-names": "Ada", "family-names": "Lovelace", "orcid": "https://orcid.org/0000-0002-1825-0097"}
    made = ROCrate()
    given = [person, {"given-names": "Ada", "family-names": "Byron"}, {"name": "The contributors"}]
    authors = [crate._author(made, f"#author-{place}", author) for place, author in enumerate(given, 1)]
    assert [author.id for author in authors] == [person["orcid"], "#author-2", "#author-3"]
    assert [author.type for author in authors] == ["Person", "Person", "Organization"]
    assert [author["name"] for author in authors] == ["Ada Lovelace", "Ada Byron", "The contributors"]
