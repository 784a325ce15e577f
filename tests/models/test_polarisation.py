import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium import raw
from compendium.clean import situation, social_sector
from compendium.errors import InputError
from compendium.interval import Interval
from compendium.models import polarisation


@pytest.fixture(scope="module")
def everything(figures):
    sector = [social_sector.tidy(raw.read("social_sector")), situation.tidy(raw.read("context"))]
    return pd.concat([figures, *sector]).set_index("obs_id", drop=False)


@given(st.floats(-100, 100), st.floats(0, 20))
def test_the_two_sides_have_opposite_signs_and_an_open_sign_stays_open(middle, half):
    change = Interval(middle - half, middle + half)
    opposite = {"for": "against", "against": "for", "open": "open"}
    assert polarisation.sign(change, "proximity") == opposite[polarisation.sign(change, "head_office")]


@given(st.floats(-100, 100), st.floats(0, 20), st.floats(0, 20))
def test_more_doubt_never_turns_a_sign_round(middle, half, more):
    narrow, wide = (Interval(middle - h, middle + h) for h in (half, half + more))
    assert polarisation.sign(wide, "head_office") in ("open", polarisation.sign(narrow, "head_office"))


def test_signs_are_those_of_the_published_changes(everything):
    """Unifaf 2012: directors general +75 %, managers of establishments +10 %; 2017: functional cadres of head offices +25 %,
    directors general -28 %, educative cadres -27 %.
    """
    signs = polarisation.listed(everything).set_index("obs_ids")["sign"]
    printed = {"CX0372": "for", "CX0373": "against", "SS0110": "for", "SS0025": "against", "SS0026": "for"}
    assert signs[list(printed)].to_dict() == printed


def test_counts_add_up_to_the_list_whatever_its_order(everything):
    table = polarisation.listed(everything)
    counted = polarisation.polarisation_estimates(table)
    counts = counted[counted["quantity"].isin(["polarisation_count", "not_counted"])]
    assert counts["value"].sum() == len(table)
    shuffled = polarisation.polarisation_estimates(table.sample(frac=1, random_state=3)).set_index("estimate_id")
    assert shuffled["value"].to_dict() == counted.set_index("estimate_id")["value"].to_dict()


def test_a_change_across_the_arrival_of_the_rsi_is_listed_and_not_counted(everything):
    table = polarisation.listed(everything)
    years = table["years"].str.split("-", expand=True).astype(int)
    across = (table["field"] == "institution") & (years[0] <= 2018) & (years[1] > 2018)
    assert (table["counted"] == "no").tolist() == across.tolist()
    assert set(table.loc[table["field"] == "sector", "counted"]) == {"yes"}


def test_a_figure_that_is_missing_or_no_evidence_is_told(everything):
    with pytest.raises(InputError, match="SS0110 is not among"):
        polarisation.listed(everything.drop("SS0110"))
    spoilt = everything.copy()
    spoilt.loc["SS0110", "use"] = ""
    with pytest.raises(InputError, match="SS0110 is no evidence"):
        polarisation.listed(spoilt)
