"""Distress, on the published figures and on figures spoilt on purpose."""

import pandas as pd
import pytest

from compendium import claims, raw
from compendium.claims.sentences import distress as wording
from compendium.clean import distress as cleaning
from compendium.errors import InputError
from compendium.models import distress, estimates


@pytest.fixture(scope="module")
def figures():
    return cleaning.tidy(raw.read("distress"))


@pytest.fixture(scope="module")
def stated():
    return claims.read()["T1-12"]


@pytest.fixture(scope="module")
def tried():
    return distress.DesignEffects(1.0, 2.5, 0.5)


@pytest.fixture(scope="module")
def surveyed(figures, stated, tried):
    return distress.surveys(figures, stated, tried).set_index("estimate_id", drop=False)


def test_the_design_effects_are_those_of_the_test(tried):
    assert tried.all == [1.0, 1.5, 2.0, 2.5]


def test_only_a_survey_of_all_cadres_on_a_frequent_sign_counts(surveyed):
    needed = surveyed[surveyed["quantity"] == "design_effect_needed"]
    assert set(needed.loc[needed["basis"] == "as_tested", "obs_ids"]) == {"DI0170 DI0148"}
    assert needed.at["design_effect_needed.di0173", "basis"] == "subgroup"
    assert needed.at["design_effect_needed.di0169", "basis"] == "other_wording"
    assert needed.at["design_effect_needed.di0025", "basis"] == "other_population"


def test_the_simple_interval_is_the_one_noted_with_the_figure(surveyed):
    """The row of the survey notes, without rounding, about 30.0 to 34.0 at a simple sample: half a point of rounding more."""
    simple = surveyed.loc["prevalence.di0170.deff_1"]
    assert (simple["low"], simple["high"]) == pytest.approx((29.5, 34.6), abs=0.1)


def test_an_unpublished_base_enters_no_estimate(figures, surveyed):
    known = set(figures.loc[figures["n"].notna(), "obs_id"])
    sampling = surveyed[surveyed["interval_kind"] == "sampling"]
    assert {ids.split()[0] for ids in sampling["obs_ids"]} <= known
    assert surveyed.at["prevalence.di0173", "interval_kind"] == "rounding"


def test_no_row_of_a_claim_or_set_apart_is_used(figures, surveyed):
    used = set(" ".join(surveyed["obs_ids"]).split())
    assert used <= set(figures.loc[figures["group"] == "evidence", "obs_id"])


def test_the_order_of_rows_does_not_matter(figures, stated, tried, surveyed):
    shuffled = distress.surveys(figures.sample(frac=1, random_state=1), stated, tried)
    pd.testing.assert_frame_equal(shuffled, surveyed.reset_index(drop=True))


def test_a_figure_that_stands_twice_or_none_is_told(figures, stated, tried):
    row = figures[figures["obs_id"] == "DI0170"].assign(obs_id="DI9999")
    with pytest.raises(InputError, match="DI9999 gives a second frequent_distress_sign of cadres in one wave"):
        distress.surveys(pd.concat([figures, row]), stated, tried)
    with pytest.raises(InputError, match="no percentage of any construct may be used"):
        distress.surveys(figures.assign(use=""), stated, tried)


def test_no_survey_is_of_cadres_of_the_institution_until_one_is(figures):
    counted = distress.counted(figures).set_index("estimate_id")
    assert counted.at["surveys.of_institution", "value"] == 0
    assert counted.at["surveys.of_institution", "method"] == "none_published"
    changed = figures.copy()
    changed.loc[changed["obs_id"] == "DI0170", "population"] = "cadres of the Sécurité sociale"
    assert distress.counted(changed).set_index("estimate_id").at["surveys.of_institution", "value"] == 1


def test_candidates_are_listed_once_each_and_a_relay_never(figures, stated):
    found = distress.candidates(figures, stated)
    listed = found[found["quantity"] == "distance_to_stated"]
    assert not listed["obs_ids"].duplicated().any()
    assert "DI0173" in set(listed["obs_ids"])
    assert "DI0184" not in set(listed["obs_ids"])
    at = found.set_index("estimate_id").at["candidates.at_stated", "value"]
    assert at == (listed["value"] == 0).sum()
    with pytest.raises(InputError, match="no figure comes into question"):
        distress.candidates(figures.assign(use=""), stated)


def test_the_nearest_figures_come_first_with_what_they_need(figures, surveyed, stated):
    table = distress.distances(figures, surveyed.reset_index(drop=True), distress.candidates(figures, stated), stated)
    assert table["distance"].abs().is_monotonic_increasing
    own = table.set_index("obs_id").loc["DI0170"]
    assert own["design_effect"] == surveyed.at["design_effect_needed.di0170", "value"]
    assert set(table.loc[~table["candidate"], "group"].str[:6]) == {"cadres"}


def test_a_panel_of_fewer_than_three_waves_or_of_changing_field_predicts_nothing(figures):
    names = set(distress.waves(figures)["definition"])
    assert "distress" in names
    assert "intense_stress" not in names  # each wave of Apec has a field of its own
    few = figures[~((figures["survey"] == "empreinte_humaine") & ~figures["wave"].isin(["14", "15"]))]
    with pytest.raises(InputError, match="no panel has 3 waves"):
        distress.waves(few)


def test_managers_are_compared_where_both_are_printed(figures):
    """Published gaps, from the two percentages of each wave: 58-49, 56-50, 48-45, 52-44, 44-41, 44-44."""
    table = distress.managers_and_all(figures, 2.0).set_index("estimate_id")
    for wave, gap in {"4": 9, "5": 6, "6": 3, "7": 8, "9": 3, "11": 0}.items():
        assert table.at[f"managers.gap.wave_{wave}", "value"] == gap
    assert "managers.base_that_tells.wave_4" not in table.index  # the base of that wave is not published
    assert pd.isna(table.at["managers.base_that_tells.wave_11", "value"])
    with pytest.raises(InputError, match="no wave gives both"):
        distress.managers_and_all(figures[figures["population_group"] != "managers"], 2.0)


def test_a_larger_base_never_widens_the_gap_of_a_wave(figures):
    table = distress.over_bases(figures, [200, 400, 600, 800], 2.0)
    widths = (table["high"] - table["low"]).to_numpy().reshape(-1, 4)
    assert (widths[:, :-1] > widths[:, 1:]).all()


def test_every_survey_and_group_has_one_latest_wave_and_none_that_is_undated_before_a_dated_one(figures, stated):
    table = distress.by_construct(figures, stated, (1.0, 2.0))
    latest = table[table["latest"]]
    assert not latest.duplicated(["construct", "survey", "group"]).any()
    dated = table[table["year"] != ""].groupby(["construct", "survey", "group"])["year"].max()
    by_key = latest.set_index(["construct", "survey", "group"])["year"]
    assert (by_key.loc[dated.index].str[-4:] == dated.str[-4:]).all()
    with_bars = latest.dropna(subset=["outer_low"])
    assert (with_bars["outer_low"] < with_bars["inner_low"]).all()


def test_every_name_that_is_drawn_has_its_words_in_both_languages(figures, stated, surveyed):
    table = distress.by_construct(figures, stated, (1.0, 2.0))
    near = distress.distances(figures, surveyed.reset_index(drop=True), distress.candidates(figures, stated), stated)
    for frame in (table, near):
        assert set(frame["construct"]) <= set(wording.CONSTRUCTS)
        assert set(frame["survey"]) <= set(wording.SURVEYS)
        assert set(frame["group"]) <= set(wording.GROUPS)


def test_estimates_obey_their_schema(figures, stated, tried):
    parts = [distress.surveys(figures, stated, tried), distress.waves(figures), distress.managers_and_all(figures, 2.0)]
    estimates.Estimate.validate(pd.concat([*parts, distress.counted(figures), distress.candidates(figures, stated)]))
