"""Cadres, head offices and establishments of the sector, on the published figures and on figures spoilt on purpose."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compendium import raw
from compendium.clean import situation, social_sector
from compendium.errors import InputError
from compendium.interval import Interval
from compendium.models import establishments, head_offices, sector_cadres
from compendium.parameters import resolve

STATED, ANY = Interval(10, 15), Interval(0, 100)


@pytest.fixture(scope="module")
def sector():
    return social_sector.tidy(raw.read("social_sector"))


@pytest.fixture(scope="module")
def everything(sector, figures):
    return pd.concat([sector, situation.tidy(raw.read("context")), figures], ignore_index=True)


def share(sector, printed_to=100.0, health=ANY):
    return sector_cadres.share_estimates(sector, printed_to, health, STATED, "T2-01").set_index("estimate_id")


def test_the_branch_share_is_that_of_the_printed_counts(sector):
    """110 700 cadres (Le Media Social, 28 February 2019) of 785 600 employees (ASH 3051)."""
    table = share(sector)
    assert table.at["sector.branch_share", "value"] == pytest.approx(100 * 110_700 / 785_600)
    assert table.at["sector.branch_share", "high"] == pytest.approx(100 * 110_750 / 785_550)


def test_at_the_rates_that_are_said_to_keep_the_range_it_is_kept_and_beyond_it_is_not(sector):
    table = share(sector)
    low, high = table.at["sector.health_rate_at_high", "high"], table.at["sector.health_rate_at_low", "low"]
    kept = share(sector, health=Interval(low, high)).loc["sector.outside_health"]
    assert STATED.low - 1e-9 <= kept["low"] <= kept["high"] <= STATED.high + 1e-9
    for beyond in (Interval(low - 0.5, low), Interval(high, high + 0.5)):
        row = share(sector, health=beyond).loc["sector.outside_health"]
        assert row["low"] < STATED.low or row["high"] > STATED.high


@settings(max_examples=25, deadline=None)
@given(st.floats(0, 30), st.floats(0, 30), st.floats(0, 500), st.floats(0, 500))
def test_wider_limits_never_narrow_the_bound(sector, rate, more, printed, coarser):
    narrow = share(sector, printed, Interval(0, rate)).loc["sector.outside_health"]
    wide = share(sector, printed + coarser, Interval(0, rate + more)).loc["sector.outside_health"]
    assert wide["low"] <= narrow["low"] + 1e-9
    assert narrow["high"] <= wide["high"] + 1e-9


def test_the_order_of_rows_does_not_matter(sector, everything):
    shuffled = everything.sample(frac=1, random_state=4)
    pd.testing.assert_frame_equal(share(sector.sample(frac=1, random_state=4)), share(sector))
    for made in (establishments.ratios, establishments.chefs_de_service, establishments.organisations):
        pd.testing.assert_frame_equal(made(shuffled), made(everything))


def test_without_a_wave_of_both_counts_no_share_is_counted(sector):
    table = share(sector[sector["series"] != "bass_cadres"])
    assert table.at["sector.shares_published", "value"] == 0
    assert "sector.branch_share" not in table.index
    assert "sector.outside_health" not in share(sector[sector["series"] != "bass_share_sanitaire"]).index


def test_the_drawn_line_runs_through_the_point_of_equal_rates(sector):
    data = sector_cadres.curve(sector, 100.0, STATED, steps=1000)
    line, branch = data[data["kind"] == "curve"], data[data["kind"] == "branch"].iloc[0]
    near = line.iloc[(line["rate"] - branch["rate"]).abs().argmin()]
    assert near["low"] - 0.05 <= branch["rate"] <= near["high"] + 0.05
    assert line["high"].is_monotonic_decreasing


def test_head_offices_are_listed_with_the_signs_that_are_printed(everything):
    table = head_offices.listed(everything.set_index("obs_id", drop=False))
    own = table[table["field"] == "sector"]
    assert dict(zip(own["obs_ids"], own["way"], strict=True)) == {"SS0110": "rises", "CX0372": "rises", "SS0025": "falls"}
    assert not own["stable"].any()


def test_counts_of_signs_add_up_and_two_waves_multiply(everything):
    """VERIFICATION of the data: +75 and -28 % make about +26 %."""
    by_id = everything.set_index("obs_id", drop=False)
    made = head_offices.change_estimates(head_offices.listed(by_id), by_id).set_index("estimate_id")
    counts = made[made["quantity"] == "head_office_count"]["value"]
    assert counts.sum() == (made["quantity"] == "head_office_change").sum()
    assert made.at["head_office.directors_general_and_deputies.both_waves", "value"] == pytest.approx(26)
    assert made.at["head_office.directors_general_and_deputies.net_of_branch", "value"] == pytest.approx(100 * (1.75 / 1.3 - 1))


@pytest.mark.parametrize(
    ("claim_id", "series"),
    [
        ("T2-06", "bass_head_office_external_recruitment_share"),
        ("T2-20", "bass_head_office_diploma_level_1_share"),
        ("T2-21", "bass_small_associations_with_head_office"),
    ],
)
def test_a_figure_that_bears_on_a_statement_without_any_is_noticed(everything, claim_id, series):
    assert head_offices.dated(everything, claim_id)["value"].tolist() == [0]
    known = everything.copy()
    known.loc[0, ["series", "use"]] = [series, "model"]
    assert head_offices.dated(known, claim_id)["value"].tolist() == [1]


def test_ratios_are_those_of_growth_factors(everything):
    made = establishments.ratios(everything).set_index("estimate_id")
    assert made.at["directors.ratio.branch_stated", "value"] == pytest.approx(1.10 / 1.30)
    assert made.at["directors.ratio.essms", "value"] == pytest.approx(1.10 / (37_500 / 33_000))
    assert made.at["directors.ratio.elderly", "value"] == pytest.approx(1.10 / 1.011 ** (5 / 4))
    counts = made[made["quantity"] == "ratio_count"]["value"]
    assert counts.sum() == sum(one.counted for one in establishments.DENOMINATORS)


def test_growth_across_a_wider_list_is_shown_and_not_counted(everything):
    """+75 % over 2001-2009 across the law of 2002; 4 902 and 5 900 establishments for adults, of other categories."""
    made = establishments.ratios(everything).set_index("estimate_id")
    left = made[made["quantity"] == "ratio_not_counted"]["value"]
    assert left["directors.ratio.essms_across_law"] == pytest.approx(1.10 / 1.75 ** (5 / 8))
    assert left["directors.ratio.adult_categories"] == pytest.approx(1.10 / (5900 / 4902) ** (5 / 9))
    assert not set(left.index) & set(establishments.ratios_to_draw(made.reset_index())["name"].map("directors.ratio.{}".format))


def test_a_denominator_of_no_change_puts_the_ratio_at_the_growth_itself(everything):
    known = everything.copy()
    known.loc[known["obs_id"] == "SS0003", ["value", "low", "high"]] = 0.0
    made = establishments.ratios(known).set_index("estimate_id")
    assert made.at["directors.ratio.branch_stated", "value"] == pytest.approx(1.1)


def test_a_second_date_of_directors_makes_a_change(everything):
    one = everything[everything["series"] == "directors_multi_establishment_share"]
    later = one.assign(obs_id="SS9999", year_last=2018, value=40.0, low=39.5, high=40.5)
    made = establishments.several_establishments(pd.concat([everything, later])).set_index("estimate_id")
    assert made.at["several.dates", "value"] == 2
    assert made.at["several.directors_change", "value"] == pytest.approx(40 - 33.3)


def test_counts_without_an_origin_are_drawn_but_are_no_evidence(everything):
    made = establishments.chefs_de_service(everything)
    drawn = establishments.chefs_to_draw(everything, made)
    apart = set(everything.loc[everything["group"] == "set apart", "obs_id"])
    assert not apart & set(" ".join(made["obs_ids"]).split())
    assert set(drawn.loc[~drawn["evidence"], "value"]) == {15_000, 28_000}


def test_the_share_run_by_associations_holds_every_made_up_sector(everything):
    """Associations, all establishments and those off the list drawn within the limits; both ends are attained."""
    made = establishments.run_by_associations(everything, 3.0, 10.0).set_index("estimate_id")
    bound, every = made.loc["run_by.share"], made.loc["run_by.all"]
    for run in (25_000, 30_000, 35_000):
        for inside in (0.9, 1.0):
            for total in (every["low"], every["high"]):
                assert bound["low"] - 1e-9 <= min(100, 100 * run * inside / total) <= bound["high"] + 1e-9
    assert bound["low"] == pytest.approx(100 * 25_000 * 0.9 / every["high"])
    assert bound["high"] == pytest.approx(100 * 35_000 / every["low"])


def test_the_assumed_growth_of_establishments_lies_above_the_published_one(everything):
    counts = everything[(everything["series"] == "essms_count") & everything["use"].isin(["model", "shown"])]
    counts = counts[counts["year_last"] > social_sector.LAW_WIDENED_ESSMS].sort_values("year_last")
    years = counts["year_last"].iloc[-1] - counts["year_last"].iloc[0]
    published = (counts["value"].iloc[-1] / counts["value"].iloc[0]) ** (1 / years)
    assert 1 + resolve("default")["29_sector_establishments"]["establishments_growth_high"] / 100 > published


def test_at_the_growth_that_is_told_the_lower_end_is_one_half(everything):
    made = establishments.run_by_associations(everything, 3.0, 10.0).set_index("estimate_id")
    at = made.at["run_by.growth_at_half", "value"]
    assert establishments.run_by_associations(everything, at, 10.0).set_index("estimate_id").at[
        "run_by.share", "low"
    ] == pytest.approx(50)


def test_at_the_printed_break_the_lower_end_is_one_half(everything):
    at = (
        establishments.run_by_associations(everything, 3.0, 10.0).set_index("estimate_id").at["run_by.outside_at_half", "value"]
    )
    made = establishments.run_by_associations(everything, 3.0, at).set_index("estimate_id")
    assert made.at["run_by.share", "low"] == pytest.approx(50)


@given(st.floats(0, 10), st.floats(0, 10), st.floats(0, 40), st.floats(0, 40))
@settings(max_examples=25, deadline=None)
def test_wider_assumptions_never_narrow_the_share_run_by_associations(everything, growth, faster, outside, more):
    narrow = establishments.run_by_associations(everything, growth, outside).set_index("estimate_id").loc["run_by.share"]
    wide = establishments.run_by_associations(everything, growth + faster, outside + more).set_index("estimate_id")
    assert wide.at["run_by.share", "low"] <= narrow["low"] + 1e-9
    assert narrow["high"] <= wide.at["run_by.share", "high"] + 1e-9


@pytest.mark.parametrize(
    ("made", "lost"),
    [(establishments.ratios, "CX0373"), (establishments.chefs_de_service, "SS0013"), (establishments.organisations, "SS0112")],
)
def test_a_figure_that_is_missing_is_told(everything, made, lost):
    with pytest.raises(InputError, match=f"{lost} stands 0 times"):
        made(everything[everything["obs_id"] != lost])
    with pytest.raises(InputError, match=f"{lost} stands 2 times"):
        made(pd.concat([everything, everything[everything["obs_id"] == lost]]))
