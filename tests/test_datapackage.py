import json

import frictionless
import pytest

from compendium import datapackage, paths, raw
from compendium.errors import InputError


def test_frictionless_finds_the_package_and_every_table_valid():
    report = frictionless.Package(str(paths.DATAPACKAGE)).validate()
    assert report.valid, report.flatten(["type", "message"])


def test_it_describes_every_raw_file_as_it_is():
    package = json.loads(paths.DATAPACKAGE.read_text(encoding="utf-8"))
    assert package == datapackage.describe()
    described = {resource["path"] for resource in package["resources"]}
    there = {path.relative_to(paths.RAW).as_posix() for path in paths.RAW.rglob("*") if path.is_file()}
    assert there - described == {"datapackage.json", "README.md"}
    assert described <= there


def test_every_column_has_a_meaning_and_every_topic_a_file():
    for resource in datapackage.describe()["resources"]:
        assert resource["description"]
        for field in resource.get("schema", {}).get("fields", []):
            assert field["description"], (resource["name"], field["name"])
    assert {path.stem for path in paths.OBSERVATIONS.iterdir()} == set(raw.TOPICS)


def test_a_changed_byte_is_told_by_its_file(raw_copy):
    datapackage.check()
    path = paths.OBSERVATIONS / "distress.csv"
    path.write_bytes(path.read_bytes().replace(b"quota", b"Quota", 1))
    with pytest.raises(InputError, match=r"data/raw/observations/distress\.csv: differs .* run `make data-package`"):
        datapackage.check()


def test_a_missing_file_and_a_broken_seal_are_told(raw_copy):
    paths.SET_APART.unlink()
    with pytest.raises(InputError, match=r"data/raw/set_apart\.csv: the file is missing"):
        datapackage.check()
    paths.DATAPACKAGE.write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"data/raw/datapackage\.json: is not a data package"):
        datapackage.check()


def test_renewing_the_seal_says_what_changed_and_refuses_what_cannot_be_used(raw_copy):
    assert datapackage.write() == "nothing changed"
    before = paths.SET_APART.read_text(encoding="utf-8")
    paths.SET_APART.write_text(before + "SW0039,a reason\n", encoding="utf-8")
    assert datapackage.write() == "data/raw/set_apart.csv: changed (+16 bytes)"
    datapackage.check()
    paths.SET_APART.write_text(before + "SW9999,a reason\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"data/raw/set_apart\.csv, row \d+ \(SW9999\), column 'obs_id': 'SW9999' is not in"):
        datapackage.write()
