import datetime

import pandas as pd
import pytest

from compendium import claims, raw
from compendium.errors import InputError
from compendium.models import reforms


@pytest.fixture(scope="module")
def chronology():
    return raw.chronology()


@pytest.fixture(scope="module")
def items():
    registry = claims.read()
    return {claim: registry[claim].stated["items"] for claim in ("T2-10", "T2-11", "T2-24")}


def agreements(table):
    rows = table[table["quantity"] == "item_agrees"]
    return rows.set_index(rows["population"] + "." + rows["definition"])


@pytest.mark.parametrize(
    ("event", "number", "day"),
    [
        ("Law no 75-535 of 30 June 1975 on institutions", "75-535", datetime.date(1975, 6, 30)),
        ("LOLF: first provisions in force on 1 January 2002", "", datetime.date(2002, 1, 1)),
        ("RGPP launched in July 2007", "", None),
    ],
)
def test_number_and_day_are_read_from_the_record(event, number, day):
    assert reforms.act(event) == (number, day)


def test_every_official_date_of_a_reform_is_in_the_chronology(chronology):
    known = set(chronology["chrono_id"])
    assert {official.chrono_id for dates in reforms.REFORMS.values() for official in dates} <= known


def test_a_year_agrees_if_it_is_any_official_year(chronology, items):
    """LOLF: organic law no 2001-692 of 1 August 2001, first provisions in force in 2002, whole for the budget of 2006."""
    for year, away in ((2001, 0), (2002, 0), (2006, 0), (2000, -1), (2004, -2), (2008, 2)):
        table = reforms.years_of_reforms(chronology, "T2-10", {"lolf": {"year": year}})
        assert abs(agreements(table).at["lolf.year", "value"]) == abs(away)
    found = agreements(reforms.years_of_reforms(chronology, "T2-10", items["T2-10"]))
    assert list(found[found["value"] != 0].index) == ["map.year"]


def test_the_date_of_a_predecessor_is_shown_and_never_counts(chronology, items):
    table = reforms.years_of_reforms(chronology, "T2-11", items["T2-11"])
    shown = table[(table["quantity"] == "official_date") & (table["population"] == "anesm")]
    assert 2002 in set(shown["value"])
    assert agreements(table).at["anesm.year", "value"] == 2002 - 2007


def test_a_date_that_the_text_gives_is_never_official(chronology):
    spoilt = chronology.assign(kind=reforms.FROM_THE_TEXT)
    found = agreements(reforms.years_of_reforms(spoilt, "T2-10", {"rgpp": {"year": 2007}}))
    assert pd.isna(found.at["rgpp.year", "value"])
    assert found.at["rgpp.year", "method"] == "none_published"


def test_numbers_days_and_a_place_are_compared(chronology, items):
    found = agreements(reforms.acts(chronology, "T2-24", items["T2-24"]))
    assert (found["value"] == 0).all()
    slips = {
        "law_1975": {"number": "75-534", "day": "1975-07-30"},
        "thesis": {"year": 2018, "place": "Nantes", "day": "2019-11-21"},
    }
    wrong = agreements(reforms.acts(chronology, "T2-24", slips))
    assert wrong.at["law_1975.number", "value"] == 1
    assert wrong.at["law_1975.day", "value"] == 30
    assert wrong.at["thesis.year", "value"] == -1
    assert wrong.at["thesis.place", "value"] == 1
    assert pd.isna(wrong.at["thesis.day", "value"]), "the record prints no day"


def test_what_is_not_known_is_told(chronology):
    with pytest.raises(InputError, match="no official dates are listed for the item 'alur'"):
        reforms.years_of_reforms(chronology, "T2-10", {"alur": {"year": 2014}})
    with pytest.raises(InputError, match="nothing is known of 'colour'"):
        reforms.acts(chronology, "T2-24", {"thesis": {"colour": "red"}})


def test_the_order_of_events_does_not_matter(chronology, items):
    shuffled = chronology.sample(frac=1, random_state=3)
    one, two = (reforms.years_of_reforms(frame, "T2-10", items["T2-10"]) for frame in (chronology, shuffled))
    pd.testing.assert_frame_equal(one, two)


def test_stated_and_official_years_are_drawn_from_one_zero(chronology, items):
    found = pd.concat([reforms.years_of_reforms(chronology, claim, items[claim]) for claim in ("T2-10", "T2-11")])
    drawn = reforms.timeline(found, {claim: items[claim] for claim in ("T2-10", "T2-11")})
    stated = drawn[drawn["step"] == "stated"]
    assert set(stated["after"]) == {0}
    assert len(stated) == len(items["T2-10"]) + len(items["T2-11"])
    years = drawn["item"].map(stated.set_index("item")["year"])
    assert (drawn["year"] - years == drawn["after"]).all()
