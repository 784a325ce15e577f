import re

import pytest

from compendium import paths, raw
from compendium.errors import InputError


def test_the_dates_can_be_read_and_each_has_a_source():
    dates = raw.chronology()
    assert list(dates["chrono_id"]) == [f"CH{number:02d}" for number in range(1, len(dates) + 1)]


def test_a_date_of_the_text_under_test_is_never_an_official_one():
    dates = raw.chronology()
    from_text = dates["source_id"] == "heichette_2021"
    assert from_text.any()
    assert (from_text == (dates["kind"] == "t2_claimed_date")).all()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (",gazette_lois,", ",gazete_lois,", "row 3 (CH02), column 'source_id': 'gazete_lois' is not in sources.csv"),
        ("CH02,1975,", "CH01,1975,", "row 2, column 'chrono_id': 'CH01' breaks the rule"),
        ("CH02,1975,", "CH02,75,", "row 3, column 'year': '75' breaks the rule"),
        (",law,gazette_lois", ",loi,gazette_lois", "row 3, column 'kind': 'loi' breaks the rule"),
    ],
)
def test_a_date_that_cannot_be_used_is_told_by_file_and_row(tmp_path, monkeypatch, old, new, says):
    text = paths.CHRONOLOGY.read_text(encoding="utf-8")
    assert old in text
    root = tmp_path.resolve()
    (root / "chronology.csv").write_text(text.replace(old, new, 1), encoding="utf-8")
    (root / "sources.csv").write_bytes(paths.SOURCES.read_bytes())
    monkeypatch.setattr(paths, "ROOT", root)
    monkeypatch.setattr(paths, "CHRONOLOGY", root / "chronology.csv")
    monkeypatch.setattr(paths, "SOURCES", root / "sources.csv")
    with pytest.raises(InputError, match=re.escape(f"chronology.csv, {says}")):
        raw.chronology()
