import re

import pandera.pandas as pa
import pytest
from pandera.typing import Series

from compendium import csvfile, paths, raw
from compendium.errors import InputError

HEADER = ",".join(raw.Observation.to_schema().columns)
ROW = "SW0001,headcount,2018,2018,,147018,persons,staff,France,all,snfocos_cpnefp_2018,p. 1,,observation,not_read,,"


@pytest.mark.parametrize("topic", raw.TOPICS)
def test_every_topic_can_be_read(topic):
    tables = raw.read(topic)
    assert tables.observations["obs_id"].is_unique
    assert tables.observations["obs_id"].str[:2].nunique() == 1


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("147018", "147,018", "row 2: has 18 columns instead of 17"),
        ("147018", '"147,018"', "row 2, column 'value': '147,018' breaks the rule"),
        ("147018,persons", "101,percent", "row 2, column 'value': '101' breaks the rule a percent lies between 0 and 100"),
        ("2018,2018", "20224,20224", "row 2, column 'year_first': '20224' breaks the rule"),
        ("2018,2018", "2019,2018", "row 2, column 'year_first': '2019' breaks the rule is not after year_last"),
        ("persons", "heads", "row 2, column 'unit': 'heads' breaks the rule"),
        (",observation,", ",guess,", "row 2, column 'status': 'guess' breaks the rule"),
        ("SW0001", "SW1", "row 2, column 'obs_id': 'SW1' breaks the rule"),
        ("obs_id,series", "obs_id,serie", "row 1: unknown column 'serie' (did you mean 'series'?)"),
        (",superseded_by", "", "row 1: the column 'superseded_by' is missing"),
        ("obs_id,series", "series,obs_id", "row 1: the columns must stand in the order"),
        (",France,", ',"France,', "row 2: unexpected end of data"),
        (",France,", "," + "x" * 20_000 + ",", "row 2, column 'geography': has 20000 characters"),
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
    address = sources["url"].dropna().str.replace(r"^https?://(www\.)?", "", regex=True).str.rstrip("/")
    address = address[address.str.contains("/")]  # the home page of an outlet is no document
    with_address = sources.loc[address.index]
    documents = with_address.groupby(address)["document_id"].nunique()
    assert documents.max() == 1


@pytest.fixture(scope="module")
def figures():
    return raw.everything()


def test_every_reference_between_tables_leads_to_a_figure(figures):
    """`raw.everything` refuses a lost reference, and a repetition of another figure; the ids are one sequence a topic."""
    assert figures["obs_id"].is_unique
    assert len(figures) > 0


def test_no_figure_stands_in_two_topics_unmarked(figures):
    """Same document, year, unit and value in two topics; values of one or two digits are equal by chance."""
    repeats = set(raw.read("context").repeats["obs_id"])
    sources = csvfile.read(paths.SOURCES, raw.Source).set_index("source_id")["document_id"]
    known = figures[
        figures["year_last"].notna() & ~figures["status"].isin(["claim", "plan"]) & ~figures["obs_id"].isin(repeats)
    ]
    known = known.assign(
        document=known["source_id"].map(sources), topic=known["obs_id"].str[:2], number=known["value"].astype(float)
    )
    known = known[known["value"].str.replace(r"\D", "", regex=True).str.len() >= 3]
    known = known[~known["series"].str.contains("_women|_men|_age_|under")]
    same = known.groupby(["document", "year_first", "year_last", "unit", "number"])["topic"].nunique()
    assert list(same[same > 1].index) == []


def test_a_repetition_of_another_figure_is_told(monkeypatch, tmp_path):
    wrong = tmp_path.resolve() / "repeats.csv"
    wrong.write_text(paths.REPEATS.read_text(encoding="utf-8").replace("SM0010,SW0003", "SM0010,SW0005"), encoding="utf-8")
    monkeypatch.setattr(paths, "REPEATS", wrong)
    monkeypatch.setattr(paths, "relative", lambda path: str(path))
    with pytest.raises(InputError, match="SM0010 does not repeat SW0005"):
        raw.everything()


class Truth(pa.DataFrameModel):
    """A column of truths."""

    name: Series[str]
    holds: Series[bool]

    class Config:
        coerce = True


def test_a_written_false_is_read_as_false_and_another_word_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    path = tmp_path / "truths.csv"
    path.write_text("name,holds\na,False\nb,True\n", encoding="utf-8")
    assert list(csvfile.read(path, Truth)["holds"]) == [False, True]
    path.write_text("name,holds\na,False\nb,maybe\n", encoding="utf-8")
    with pytest.raises(InputError, match="row 3, column 'holds': 'maybe' is neither True nor False"):
        csvfile.read(path, Truth)
