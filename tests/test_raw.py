import re

import pandas as pd
import pytest

from compendium import csvfile, paths, raw
from compendium.errors import InputError

TOPICS = ("secu_workforce", "secu_managers", "distress", "social_sector", "comparators", "context")
HEADER = ",".join(raw.Observation.to_schema().columns)
ROW = "SW0001,headcount,2018,2018,,147018,persons,staff,France,all,snfocos_cpnefp_2018,p. 1,,observation,not_read,"


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_can_be_read(topic):
    tables = raw.read(topic)
    assert tables.observations["obs_id"].is_unique
    assert tables.observations["obs_id"].str[:2].nunique() == 1


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("147018", "147,018", "line 2: has 17 columns instead of 16"),
        ("147018", '"147,018"', "row 2, column 'value': '147,018' breaks the rule"),
        ("147018,persons", "101,percent", "row 2, column 'value': '101' breaks the rule a percent lies between 0 and 100"),
        ("2018,2018", "20224,20224", "row 2, column 'year_first': '20224' breaks the rule"),
        ("2018,2018", "2019,2018", "row 2, column 'year_first': '2019' breaks the rule is not after year_last"),
        ("persons", "heads", "row 2, column 'unit': 'heads' breaks the rule"),
        (",observation,", ",guess,", "row 2, column 'status': 'guess' breaks the rule"),
        ("SW0001", "SW1", "row 2, column 'obs_id': 'SW1' breaks the rule"),
        ("obs_id,series", "obs_id,serie", "line 1: unknown column 'serie' (did you mean 'series'?)"),
        (",superseded_by", "", "line 1: the column 'superseded_by' is missing"),
        ("obs_id,series", "series,obs_id", "line 1: the columns must stand in the order"),
        (",France,", ',"France,', "line 2: unexpected end of data"),
        (",France,", "," + "x" * 20_000 + ",", "line 2: field larger than field limit"),
    ],
)
def test_a_bad_row_is_told_by_file_row_and_column(project, old, new, says):
    path = project("x.csv", f"{HEADER}\n{ROW}\n".replace(old, new, 1))
    with pytest.raises(InputError) as raised:
        csvfile.read(path, raw.Observation)
    assert str(raised.value).startswith(f"x.csv, {says}")


def test_an_observation_of_an_unknown_source_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "ROOT", tmp_path.resolve())
    monkeypatch.setattr(paths, "OBSERVATIONS", tmp_path.resolve())
    text = f"{HEADER}\n{ROW}\n".replace("snfocos_cpnefp_2018", "snfocos_departs_2012")
    (tmp_path / "x.csv").write_text(text, encoding="utf-8")
    sources = tmp_path.resolve() / "sources.csv"
    sources.write_bytes(paths.SOURCES.read_bytes())
    monkeypatch.setattr(paths, "SOURCES", sources)
    says = "x.csv, row 2 (SW0001), column 'source_id': 'snfocos_departs_2012' is not in sources.csv"
    with pytest.raises(InputError, match=re.escape(f"{says} (did you mean 'snfocos_departs_2021'?)")):
        raw.read("x")


def test_no_source_stands_twice_and_shared_addresses_share_a_document():
    sources = csvfile.read(paths.SOURCES, raw.Source)
    with_address = sources[sources["url"].notna()]
    address = with_address["url"].str.replace(r"^https?://(www\.)?", "", regex=True).str.rstrip("/")
    documents = with_address.groupby(address)["document_id"].nunique()
    assert documents.max() == 1


def test_every_derivation_and_doubt_is_of_a_figure_in_the_data():
    known = pd.concat([raw.read(topic).observations["obs_id"] for topic in TOPICS])
    tables = raw.read(TOPICS[0])
    assert set(tables.derivations["obs_id"]) <= set(known)
    assert set(tables.set_apart["obs_id"]) <= set(known)
