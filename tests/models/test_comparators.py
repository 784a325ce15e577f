import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium import claims
from compendium.clean.comparators import LFS, ComparatorShare
from compendium.errors import InputError
from compendium.interval import Interval
from compendium.models import comparators as model
from compendium.models import estimates
from compendium.models.cadre_share import Evidence

ASSUMED = model.Assumptions(persons_per_interview=800.0, fewest_points=4, fewest_points_state_space=8, years_around=3)
EXACT = 1e-9


@pytest.fixture(scope="module")
def evidence(figures):
    return Evidence.read(figures, 0.0)


@pytest.fixture(scope="module")
def reference(evidence):
    return model.Reference.of(evidence)


@pytest.fixture(scope="module")
def points(comparator_shares):
    return model.usable(comparator_shares)


@pytest.fixture(scope="module")
def table(points, reference):
    return model.paces(points, reference, ASSUMED)


def shares(comparator, values, sampling="administrative", half=0.5, denominator=None, **columns):
    """Made-up shares of one comparator: year -> percent."""
    rows = [
        {
            "comparator": comparator,
            "concept": "none",
            "year": year,
            "share": value,
            "low": value - half,
            "high": value + half,
            "numerator": None,
            "denominator": denominator,
            "classified_only": "no",
            "window": "year",
            "segment": 1,
            "segment_opens": "start of the series",
            "sampling": sampling,
            "self_employed": "no",
            "use": "model",
            "obs_ids": f"CO{place:04d}",
        }
        | columns
        for place, (year, value) in enumerate(values.items(), 1)
    ]
    return ComparatorShare.validate(pd.DataFrame(rows))


def pace_of(frame, assumed=ASSUMED):
    return model.pace(model.usable(frame), assumed)


def test_two_administrative_years_give_a_difference_with_its_rounding():
    found = pace_of(shares("a", {2011: 54.0, 2022: 56.0}, half=1.0))
    assert found["covers"] == "rounding"
    assert found["pace"] == pytest.approx(2 / 11, abs=EXACT)
    assert (found["pace_low"], found["pace_high"]) == pytest.approx((0, 4 / 11), abs=EXACT)
    odds = [math.log(share / (100 - share)) for share in (55, 55, 53, 57)]
    assert (found["logit_low"], found["logit_high"]) == pytest.approx(((odds[1] - odds[0]) / 11, (odds[3] - odds[2]) / 11))


def test_two_survey_years_give_the_sampling_error_of_a_difference():
    """By hand: a yearly variance of p (100 - p) persons per interview / persons, added over two years."""
    found = pace_of(shares("a", {2014: 40.0, 2016: 42.0}, sampling=LFS, half=0.0, denominator=800_000))
    error = math.sqrt(40 * 60 / 1000 + 42 * 58 / 1000) / 2
    assert found["covers"] == "few"
    assert found["pace_high"] - found["pace"] == pytest.approx(1.959964 * error, rel=1e-6)


def test_every_comparator_is_ranked_once_at_most_and_variants_never(table):
    ranked = table[table["status"] == "ranked"]
    assert ranked["comparator"].is_unique
    assert not set(ranked["comparator"]) & set(model.VARIANTS)
    assert (ranked[["first"]].to_numpy() <= 2017).all()
    assert (ranked[["last"]].to_numpy() >= 2014).all()
    assert not table["comparator"].str.contains("women|_men|_age_").any()


def test_the_lead_over_a_sector_is_a_difference_of_paces_and_their_ends(table, reference):
    own, ranked = reference.pace, table[table["status"] == "ranked"].set_index("comparator")
    leads = {sector: model.lead_estimates(ranked.reset_index(), reference, sector).set_index("estimate_id") for sector in "OQ"}
    for sector, lead in leads.items():
        other, found = ranked.loc[f"ilostat_{sector}"], lead.loc["lead.pace.sector"]
        assert found["value"] == pytest.approx((own.low + own.high) / 2 - other["pace"], abs=EXACT)
        assert found["low"] == pytest.approx(own.low - other["pace_high"], abs=EXACT)
        assert found["high"] == pytest.approx(own.high - other["pace_low"], abs=EXACT)
        assert found["unit"] == "points a year"
        assert lead.at["lead.logit.sector", "unit"] == "log odds a year"
    assert set(leads["O"]["obs_ids"]) != set(leads["Q"]["obs_ids"])
    with pytest.raises(InputError, match="sector Z has no pace"):
        model.lead_estimates(ranked.reset_index(), reference, "Z")


def test_no_segment_mixes_all_and_classified_employment(points):
    assert (points.groupby(["comparator", "segment"])["classified_only"].nunique() == 1).all()
    latest = points[(points["comparator"] == "ilostat_O") & (points["year"] >= 2014)]
    assert (latest["classified_only"] == "yes").all()


def test_figures_that_are_only_shown_enter_no_pace(points, comparator_shares):
    shown = comparator_shares[comparator_shares["use"] == "shown"]
    assert len(shown)
    assert not set(" ".join(points["obs_ids"]).split()) & set(" ".join(shown["obs_ids"]).split())


def test_the_order_of_rows_does_not_matter(comparator_shares, reference, table):
    again = model.paces(model.usable(comparator_shares.iloc[::-1]), reference, ASSUMED)
    pd.testing.assert_frame_equal(again, table)


@given(st.floats(100, 5000), st.floats(1, 4))
def test_fewer_interviews_never_narrow_a_survey_interval(persons, more):
    frame = shares("a", {2014: 40.0, 2015: 41.0, 2016: 43.0, 2017: 43.5}, sampling=LFS, half=0.0, denominator=800_000)
    one, other = (
        pace_of(frame, model.Assumptions(persons_per_interview, 4, 8, 3)) for persons_per_interview in (persons, persons * more)
    )
    assert other["pace_low"] <= one["pace_low"] + EXACT
    assert one["pace_high"] <= other["pace_high"] + EXACT


def test_a_series_is_weak_with_few_years_or_a_field_not_said(reference):
    def weak(frame):
        return bool(model.paces(model.usable(frame), reference, ASSUMED)["weak"].iloc[0])

    years = {2013: 40.0, 2014: 41.0, 2015: 42.0, 2016: 43.0}
    assert not weak(shares("a", years))
    assert weak(shares("a", {2013: 40.0, 2014: 41.0, 2015: 42.0}))
    assert weak(shares("a", years, segment_opens="field not said: one or the other"))


@pytest.mark.parametrize(
    ("years", "status"), [((2010, 2014), "ranked"), ((2010, 2013), "other_years"), ((2018, 2020), "other_years")]
)
def test_a_comparator_is_ranked_if_it_shares_two_years(reference, years, status):
    table = model.paces(model.usable(shares("a", dict.fromkeys(years, 40.0))), reference, ASSUMED)
    assert list(table["status"]) == [status]


def test_the_change_of_the_log_odds_holds_every_rounding(evidence, reference):
    path = evidence.paths["all_grids"]
    for share in np.linspace(path.share.low, path.share.high, 21):
        for change in np.linspace(path.change.low, path.change.high, 21):
            earlier = share - change
            slope = (math.log(share / (100 - share)) - math.log(earlier / (100 - earlier))) / 5
            assert reference.logit.low - EXACT <= slope <= reference.logit.high + EXACT
    assert (reference.pace.low, reference.pace.high) == pytest.approx((2.85 / 5, 2.95 / 5), abs=EXACT)


def test_the_needed_pace_by_hand(evidence, table):
    ranked = table[table["status"] == "ranked"]
    needed = model.needed_estimates(evidence, Interval(0, 1), ranked, 2024, claims.read()["T1-02"]).set_index("estimate_id")
    found = needed.loc["points_needed.all_grids.cdi_cdd"]
    assert (found["low"], found["high"]) == pytest.approx(((41.75 - 37.35) / 6, (41.85 - 37.25) / 6), abs=EXACT)
    fixed_term = 1 - 140854 / 148707  # published headcounts of 2019
    found = needed.loc["points_needed.all_grids.cdi"]
    assert found["low"] == pytest.approx((41.75 * (1 - fixed_term) - 37.35) / 6, abs=EXACT)


def test_ranks_by_hand(table, reference):
    ranked = table[table["status"] == "ranked"]
    ranks = model.rank_estimates({"all": ranked}, reference).set_index("estimate_id")
    assert ranks.at["rank.pace.all", "value"] == 1 + (ranked["pace"] > 0.58).sum()
    assert ranks.at["rank.pace.all", "low"] == 1 + (ranked["pace_low"] > 0.59).sum()
    assert ranks.at["rank.pace.all", "high"] == 1 + (ranked["pace_high"] > 0.57).sum()
    assert ranks.at["ranked.all", "value"] == len(ranked) + 1


def test_means_apart_share_no_year_and_second_opinions_agree_in_sign(points, table):
    opinions = model.second_opinions(points, table, ASSUMED)
    paces = table.set_index(table["comparator"].str.lower() + "." + table["segment"].astype(str))
    assert {"pace_apart", "pace_state_space"} == set(opinions["quantity"])
    for _, row in opinions.iterrows():
        own = paces.loc[row["estimate_id"].split(".", 1)[1]]
        assert row["low"] <= own["pace_high"]
        assert own["pace_low"] <= row["high"]


def test_the_walk_is_centred_on_the_published_pace(evidence, points, table, reference):
    ranked = table[table["status"] == "ranked"]
    found = model.forecasts(evidence, points, ranked, reference, 2024).set_index("estimate_id")
    assert found.at["share_walk.2024", "value"] == pytest.approx(37.3 + 6 * 0.58, abs=EXACT)
    deviation = found.at["step_deviation.borrowed", "value"]
    half = 1.959964 * deviation * math.sqrt(6 + 36 / 5)
    assert found.at["share_walk.2024", "high"] == pytest.approx(37.3 + 6 * 0.58 + half, rel=1e-6)
    assert found.at["share_class.2024", "high"] == pytest.approx(37.35 + 6 * ranked["pace"].max(), abs=EXACT)


def test_without_yearly_surveys_no_spread_is_borrowed(evidence, reference):
    points = model.usable(shares("a", {2013: 40.0, 2018: 41.0}))
    table = model.paces(points, reference, ASSUMED)
    with pytest.raises(InputError, match="no ranked survey comparator has yearly shares"):
        model.forecasts(evidence, points, table, reference, 2024)


def test_estimates_are_valid_and_rest_on_evidence_only(points, table, reference, figures, comparator_figures):
    frame = estimates.table(model.pace_estimates(table, reference).to_dict("records"))
    everything = pd.concat([figures, comparator_figures])
    evidence = set(everything.loc[everything["group"] == "evidence", "obs_id"])
    assert set(" ".join(frame["obs_ids"]).split()) <= evidence
    assert (frame["claim_id"] == "T1-05").all()
    assert ((frame["level"] == "95") == (frame["interval_kind"] == "sampling")).all()


def test_near_keeps_the_years_around_and_two_of_a_segment(points, reference):
    inside = model.near(points, reference, ASSUMED)
    assert inside["year"].between(2010, 2021).all()
    assert (inside.groupby(["comparator", "segment"]).size() > 1).all()


def test_bad_input_is_told(reference):
    twice = pd.concat([shares("a", {2013: 40.0, 2014: 41.0}), shares("a", {2014: 42.0})])
    with pytest.raises(InputError, match="a, segment 1, has a year twice"):
        model.usable(twice)
    with pytest.raises(InputError, match="no segment has two years"):
        model.usable(shares("a", {2013: 40.0}))
    with pytest.raises(InputError, match="a has no headcount for its sampling error"):
        model.usable(shares("a", {2013: 40.0, 2014: 41.0}, sampling=LFS))
    with pytest.raises(ValueError, match="no log odds"):
        pace_of(shares("a", {2013: 0.5, 2014: 41.0}))


def test_a_share_above_one_half_has_no_corner_bound_of_its_log_odds(figures):
    higher = figures.copy()
    higher.loc[higher["obs_id"] == "SW0005", ["value", "low", "high"]] = [60.0, 59.95, 60.05]
    with pytest.raises(InputError, match="below one half"):
        model.Reference.of(Evidence.read(higher, 0.0))
