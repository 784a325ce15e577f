import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium import raw
from compendium.clean import working_life as cleaning
from compendium.errors import InputError
from compendium.interval import Interval
from compendium.models import barometer


@pytest.fixture(scope="module")
def life():
    return cleaning.tidy(raw.read("secu_managers"))


@pytest.fixture(scope="module")
def table(life):
    return barometer.observed(life)


@given(st.floats(-50, 50), st.floats(0, 20), st.booleans())
def test_both_ways_of_asking_are_treated_alike(middle, half, good):
    away, mirrored = Interval(middle - half, middle + half), Interval(-middle - half, -middle + half)
    assert barometer.sign(away, good) == barometer.sign(mirrored, not good)


@given(st.floats(-50, 50), st.floats(0, 20), st.floats(0, 20), st.booleans())
def test_more_doubt_never_turns_a_sign_round(middle, half, more, good):
    narrow, wide = (Interval(middle - h, middle + h) for h in (half, half + more))
    assert barometer.sign(wide, good) in ("open", barometer.sign(narrow, good))


def test_no_change_crosses_the_break_of_scope_or_of_wording(table):
    changes = table[table["kind"] == "change"]
    assert set(changes["year"]) == {"2009-2011", "2011-2014", "2018-2021", "2021-2024"}
    assert set(changes["quantity"]) == {"bsi_satisfaction"}


def test_signs_are_those_of_the_printed_figures(table):
    """Satisfaction 62, 59, 62 then 65, 73, 72; recognition 34; stress too high 28; standards of satisfaction 79, 78."""
    keyed = table.set_index(["kind", "quantity", "year"])["sign"]
    assert keyed["change", "bsi_satisfaction", "2009-2011"] == "for"
    assert keyed["change", "bsi_satisfaction", "2018-2021"] == "against"
    assert keyed["change", "bsi_satisfaction", "2021-2024"] == "open"  # one point, and rounding leaves it open
    assert keyed["level", "bsi_positive_recognition", "2014"] == "for"
    assert keyed["level", "bsi_stress_too_high", "2024"] == "against"
    assert list(table.loc[table["kind"] == "standard", "sign"].unique()) == ["for"]


def test_counts_add_up_and_managers_are_not_among_them(table):
    counted = barometer.barometer_estimates(table)
    counts = counted[counted["quantity"] == "barometer_count"]
    staff = table[table["latest"] & (table["who"] == "staff")]
    assert counts["value"].sum() == len(staff)
    shuffled = barometer.barometer_estimates(table.sample(frac=1, random_state=2)).set_index("estimate_id")
    assert shuffled["value"].to_dict() == counted.set_index("estimate_id")["value"].to_dict()


def test_answers_that_may_be_of_one_region_are_counted_and_named(table):
    """Raw notes: SM0107 and SM0108 come from one union account of 2024 that may be of Île-de-France alone."""
    found = barometer.barometer_estimates(table).set_index("estimate_id").loc["barometer.maybe_one_region"]
    assert (found["value"], found["year"], found["obs_ids"]) == (2, "2024", "SM0107 SM0108")
    none = barometer.barometer_estimates(table[table["documents"] != barometer.MAYBE_ONE_REGION])
    assert none.set_index("estimate_id").at["barometer.maybe_one_region", "value"] == 0


def test_one_item_asked_in_three_wordings_counts_once(table):
    pride = table[table["quantity"].str.contains("pr[io][du]")]
    assert len(pride) == 3
    assert pride["latest"].sum() == 1


def test_an_item_without_figures_or_twice_in_a_wave_is_told(life):
    with pytest.raises(InputError, match="no figure of bsi_work_useful"):
        barometer.observed(life[life["quantity"] != "bsi_work_useful"])
    with pytest.raises(InputError, match="bsi_work_useful stands twice in one wave"):
        barometer.observed(pd.concat([life, life[life["quantity"] == "bsi_work_useful"].head(1)]))
