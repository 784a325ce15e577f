"""What `make add-observation` refuses, and that it then changes nothing."""

import pytest

from compendium import add_observation, paths, raw
from compendium.errors import InputError

NEW = {
    "TOPIC": "secu_workforce",
    "SERIES": "headcount_cdi",
    "YEAR": "2024",
    "VALUE": "140000",
    "UNIT": "persons",
    "POPULATION": "salariés régime général (Ucanss)",
    "GEOGRAPHY": "France",
    "SOURCE": "snfocos_cpnefp_2019",
}
SOURCE = {"SOURCE": "brand_new", "TITLE": 'A "title", with a comma', "PUBLISHER": "nobody", "KIND": "press"}


def contents():
    return {path: path.read_bytes() for path in paths.RAW.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "needed besides:\n  TOPIC: "),
        (NEW | {"VALEU": "1"}, "no argument 'VALEU' (did you mean 'VALUE'?)"),
        (NEW | {"TOPIC": "distres"}, "TOPIC: no 'distres' (did you mean 'distress'?)"),
        (NEW | {"TOPIC": "../secret"}, "TOPIC: no '../secret'"),
        (NEW | {"SERIES": "headcount_cdj"}, "SERIES: the topic has no 'headcount_cdj' (did you mean 'headcount_cdi'?)"),
        (NEW | {"UNIT": "fte"}, "UNIT: 'headcount_cdi' is given in persons, not in 'fte'"),
        (NEW | {"VALUE": "140 000"}, "VALUE: '140 000' is not a number in digits"),
        (NEW | {"YEAR": "2024-12-31"}, "YEAR: '2024-12-31' is neither a year nor two"),
        (NEW | {"YEAR": "2024-2023"}, "year_first"),
        (NEW | {"YEAR": "3024"}, "column 'year_first': '3024'"),
        (NEW | {"STATUS": "derived"}, "is marked derived, but no row says from what"),
        (NEW | {"NOTE": "one\nSW9999,two"}, "NOTE: needs a text on one line"),
        (NEW | {"NOTE": "=1+1"}, "column 'note': '=1+1' begins like a formula"),
        (NEW | {"POPULATION": " "}, "POPULATION: needs a text on one line"),
        (NEW | {"SOURCE": "snfocos_cpnefp_2091"}, "SOURCE: 'snfocos_cpnefp_2091' is not in sources.csv (did you mean"),
        (NEW | {"TITLE": "x"}, "TITLE: the source 'snfocos_cpnefp_2019' is known"),
        (NEW | SOURCE | {"KIND": "pres"}, "sources.csv, row 437, column 'kind': 'pres'"),
        (NEW | SOURCE | {"URL": "javascript:alert(1)"}, "column 'url'"),
        ({"CORRECTS": "SW9999", "VALUE": "1"}, "CORRECTS: no figure has the obs_id 'SW9999'"),
        ({"CORRECTS": "SW0048", "VALUE": "1"}, "CORRECTS: SW0048 repeats SM0077, which is the one that counts"),
        ({"CORRECTS": "SW0005", "VALUE": "137.4"}, "a percent lies between 0 and 100"),
        ({"CORRECTS": "SW0005", "VALUE": "37.4", "TOPIC": "distress"}, "TOPIC: SW0005 is a figure of secu_workforce"),
    ],
)
def test_what_cannot_be_used_is_told_and_changes_nothing(raw_copy, given, says):
    before = contents()
    with pytest.raises(InputError) as raised:
        add_observation.add(given)
    assert says in str(raised.value)
    assert contents() == before


def test_a_figure_is_appended_with_its_source_and_no_other_byte_moves(raw_copy):
    before = contents()
    add_observation.add(NEW | SOURCE | {"YEAR": "2020-2024", "NOTE": '1+1, "quoted"'})
    after = contents()
    table = paths.OBSERVATIONS / "secu_workforce.csv"
    for path in (table, paths.SOURCES):
        assert after[path].startswith(before[path])
        assert after[path].count(b"\n") == before[path].count(b"\n") + 1
    changed = {path for path in after if after[path] != before[path]}
    assert changed == {table, paths.SOURCES, paths.DATAPACKAGE}
    row = raw.read("secu_workforce").observations.iloc[-1]
    assert (row["year_first"], row["year_last"], row["note"], row["verified"]) == (2020, 2024, '1+1, "quoted"', "not_read")
    assert raw.read("secu_workforce").sources.iloc[-1]["title"] == SOURCE["TITLE"]


def test_a_correction_keeps_the_old_row_and_can_be_corrected_in_turn(raw_copy):
    before = (paths.OBSERVATIONS / "secu_managers.csv").read_text(encoding="utf-8").splitlines()
    add_observation.add({"CORRECTS": "SM0034", "VALUE": "5.9"})
    after = (paths.OBSERVATIONS / "secu_managers.csv").read_text(encoding="utf-8").splitlines()
    different = [line for line, new in zip(before, after, strict=False) if line != new]
    assert [line[:6] for line in different] == ["SM0034"]
    old, new = (raw.read("secu_managers").observations.set_index("obs_id").loc[key] for key in ("SM0034", after[-1][:6]))
    assert (old["value"], old["superseded_by"], new["value"]) == ("5.8", new.name, "5.9")
    assert all(old[column] == new[column] for column in ("series", "unit", "population", "source_id", "year_last"))
    with pytest.raises(InputError, match=f"SM0034 is superseded; {new.name} stands for it now"):
        add_observation.add({"CORRECTS": "SM0034", "VALUE": "1"})
    add_observation.add({"CORRECTS": str(new.name), "VALUE": "6.0"})
    last = raw.read("secu_managers").observations
    assert raw.current(last)["SM0034"] == last["obs_id"].iloc[-1]


def test_data_that_were_changed_and_not_sealed_are_left_alone(raw_copy):
    path = paths.SET_APART
    path.write_bytes(path.read_bytes() + b"SW0039,a reason\n")
    before = contents()
    with pytest.raises(InputError, match="run `make data-package`"):
        add_observation.add(NEW)
    assert contents() == before
