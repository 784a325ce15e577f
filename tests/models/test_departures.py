"""Counts and rates of departures: a published example, paths of known truth, properties, bad input."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from compendium import raw
from compendium.clean import working_life
from compendium.errors import InputError
from compendium.interval import Interval
from compendium.models import departures, estimates

SLACK = 1e-9


@pytest.fixture(scope="module")
def every(figures):
    return pd.concat([working_life.tidy(raw.read("secu_managers")), figures], ignore_index=True)


@pytest.fixture(scope="module")
def counted(every):
    return departures.counts(every)


@pytest.fixture(scope="module")
def headcount(figures):
    return departures.permanent_contracts(figures, 2.0)


def test_the_interval_of_a_random_count_is_the_published_one():
    """15 events in 400 units of exposure: 0.0209884653319583 to 0.0618505471787146.

    DescTools::PoissonCI(method="exact") and exactci, as printed in statsmodels, stats/tests/test_rates_poisson.py.
    """
    found = departures.garwood(15)
    assert found.low / 400 == pytest.approx(0.0209884653319583, abs=1e-14)
    assert found.high / 400 == pytest.approx(0.0618505471787146, abs=1e-14)


def test_no_event_leaves_three_and_a_half():
    """Upper end 3.689 for no event: epitools, pois.exact (R documentation)."""
    assert departures.garwood(0).low == 0
    assert departures.garwood(0).high == pytest.approx(3.689, abs=5e-4)
    with pytest.raises(ValueError, match="negative"):
        departures.garwood(-1)


@pytest.mark.parametrize(("mean", "most"), [(3.0, 0.99), (40.0, 0.97), (1000.0, 0.955)])
def test_the_interval_of_a_random_count_holds_at_least_what_it_says(mean, most):
    """Exact coverage, summed over all counts: never below 95 %, and more the fewer the events, since counts are whole."""
    outcomes = range(int(stats.poisson.ppf(1e-12, mean)), int(stats.poisson.ppf(1 - 1e-12, mean)) + 1)
    held = sum(stats.poisson.pmf(count, mean) for count in outcomes if mean in departures.garwood(count))
    assert 0.95 - SLACK <= held <= most


def test_the_sum_of_the_motives_is_the_published_parts(counted):
    """VERIFICATION of the raw data: 2 340 + 818 + 817 = 3 975 in 2022; 1 917 agreed terminations in 2020-2022."""
    rows = counted.set_index("estimate_id")
    assert rows.at["departures.count.three_motives.2022", "value"] == 3975
    bound = rows.loc["departures.count.three_motives.2020"]
    assert (bound["low"], bound["high"]) == (1231 + 551, 1231 + 551 + 1917 - 817)


def test_the_rate_of_a_year_whose_headcount_is_published_is_a_number(counted, headcount):
    rows = departures.rates(counted, headcount).set_index("estimate_id")
    assert rows.at["departures.rate.all_but_retirement.2019", "value"] == pytest.approx(100 * 3145 / 140854)


def test_a_contradicted_or_derived_headcount_is_led_back_to_its_year(headcount):
    """The Cour des comptes has 148 397 for 2015; a change of -5.2 % to 140 854 allows 148 500 to 148 660 (NOTES)."""
    assert set(headcount.published) == {2015, 2018, 2019}
    assert headcount.published[2015].low == pytest.approx(148500, abs=5)
    assert headcount.published[2015].high == pytest.approx(148660, abs=5)


def obedient_path(rng, headcount, last):
    """A path that starts at the last published headcount and obeys the limit in every later year."""
    path = {max(headcount.published): rng.uniform(*_ends(headcount.published[max(headcount.published)]))}
    for year in range(max(path) + 1, last + 1):
        path[year] = path[year - 1] * (1 + rng.uniform(-headcount.change, headcount.change))
    return path


def _ends(interval):
    return interval.low, interval.high


def test_bounds_hold_the_rate_and_its_change_on_every_obedient_path():
    rng = np.random.default_rng(7)
    headcount = departures.Headcount({2019: Interval(99, 101)}, 0.05)
    now, then = Interval(4, 6), Interval(2, 3)
    change = departures.change_of_rate(now, "2022", then, "2020", headcount)
    reached = []
    for _ in range(10_000):
        path = obedient_path(rng, headcount, 2022)
        assert all(bound.low - SLACK <= path[y] <= bound.high + SLACK for y in path if (bound := headcount.bound(y)))
        later, earlier = rng.uniform(*_ends(now)), rng.uniform(*_ends(then))
        moved = 100 * (later / path[2022] - earlier / path[2020])
        assert change.low - SLACK <= moved <= change.high + SLACK
        reached.append(moved)
    assert max(reached) - min(reached) > 0.5 * change.width


def test_the_ends_of_a_change_are_attained():
    """The corners of all unknowns: counts, the headcount of the base year, and its growth until the last."""
    headcount = departures.Headcount({2019: Interval(100, 100)}, 0.05)
    change = departures.change_of_rate(Interval(4, 6), "2022", Interval(2, 3), "2020", headcount)
    moved = [
        100 * (later / (base * ratio**2) - earlier / base)
        for later in (4, 6)
        for earlier in (2, 3)
        for base in (95, 105)
        for ratio in (0.95, 1.05)
    ]
    assert (change.low, change.high) == pytest.approx((min(moved), max(moved)))


def test_a_mean_of_years_is_attained_by_one_path():
    headcount = departures.Headcount({2010: Interval(100, 100), 2014: Interval(104, 104)}, 0.05)
    highest = {year: headcount.bound(year).high for year in range(2008, 2017)}
    assert all(0.95 - SLACK <= highest[y + 1] / highest[y] <= 1.05 + SLACK for y in range(2008, 2016))
    assert headcount.mean(2008, 2016).high == pytest.approx(sum(highest.values()) / len(highest))


@settings(max_examples=50, deadline=None)
@given(st.floats(0.02, 0.2), st.floats(0.0, 0.2), st.integers(2005, 2026))
def test_a_wider_limit_never_narrows(change, more, year):
    published = {2015: Interval(148000, 149000), 2019: Interval(140854, 140854)}
    narrow = departures.Headcount(published, change).bound(year)
    wide = departures.Headcount(published, change + more).bound(year)
    assert wide.low <= narrow.low + SLACK
    assert wide.high >= narrow.high - SLACK


@settings(max_examples=25, deadline=None)
@given(st.floats(0.0, 0.5), st.floats(0.0, 0.5), st.floats(0.0, 0.5))
def test_wider_lists_never_narrow_a_change(beyond, missing, more):
    count = Interval(3975, 3975)
    narrow = departures.Lists(beyond, missing).of_total(count)
    wide = departures.Lists(min(1.0, beyond + more), missing + more).of_total(count)
    assert wide.low <= narrow.low
    assert wide.high >= narrow.high


def test_at_its_breakdown_point_the_least_change_is_zero(counted, headcount):
    lists = departures.Lists(0.1, 0.2)
    points = departures.breakdown(counted, headcount, lists, "2019").set_index("definition")["value"] / 100
    at_part = departures.changes(counted, headcount, departures.Lists(points["beyond_list"], 0.2))
    growing = departures.Headcount(headcount.published, points["cdi_change"])
    at_growth = departures.changes(counted, growing, lists)
    for table in (at_part, at_growth):
        least = table.set_index("estimate_id").at["departures.change.all_but_retirement.2019", "low"]
        assert least == pytest.approx(0, abs=1e-9)


def test_order_and_unit_do_not_matter(every, counted, headcount):
    shuffled = departures.counts(every.sample(frac=1, random_state=3))
    pd.testing.assert_frame_equal(shuffled, counted)
    thousand = departures.Headcount({y: h / 1000.0 for y, h in headcount.published.items()}, headcount.change)
    rate = estimates.interval(counted.iloc[-1]) / headcount.during("2022")
    per_thousand = estimates.interval(counted.iloc[-1]) / 1000.0 / thousand.during("2022")
    assert (rate.low, rate.high) == pytest.approx((per_thousand.low, per_thousand.high))


def test_every_base_of_the_rule_has_a_change(counted, headcount):
    table = departures.changes(counted, headcount, departures.Lists(0.1, 0.2))
    assert {year.partition(" to ")[0] for year in table["year"]} == set(departures.BASES)


def test_bad_input_is_told(every, figures, counted, headcount):
    twice = every[every["obs_id"] == "SM0058"].assign(obs_id="SM9999")
    with pytest.raises(InputError, match="stands twice"):
        departures.counts(pd.concat([every, twice]))
    with pytest.raises(InputError, match="no count of departures"):
        departures.counts(every[~every["series"].isin(departures.PUBLISHED)])
    with pytest.raises(InputError, match="no headcount of permanent contracts"):
        departures.permanent_contracts(figures[figures["basis"] != "cdi"], 2.0)
    with pytest.raises(InputError, match="raise 'cdi_change_percent'"):
        departures.permanent_contracts(figures, 1.0)
    one_year = counted[(counted["definition"] == "resignations") & (counted["year"] == "2022")]
    with pytest.raises(InputError, match="both a base year and a later year"):
        departures.changes(one_year, headcount, departures.Lists(0, 0))
    with pytest.raises(InputError, match="no count of dismissals"):
        departures.latest(one_year, "dismissals")
    with pytest.raises(InputError, match="no published total"):
        departures.breakdown(one_year, headcount, departures.Lists(0, 0), "2019")


def test_the_least_favourable_base_is_the_one_that_rises_least_and_no_trough(counted, headcount):
    table = departures.changes(counted, headcount, departures.Lists(0.1, 0.2))
    assert departures.least_favourable(table, ["2020"]) == "2019"
    assert departures.least_favourable(table, ["2019", "2020"]) == "2009-2019"
    with pytest.raises(InputError, match="but for troughs"):
        departures.least_favourable(table, list(departures.BASES))


def test_figures_set_apart_are_no_counts(every, counted):
    assert every.set_index("obs_id").at["SM0057", "group"] == "set apart"
    assert "SM0057" not in " ".join(counted["obs_ids"]).split()
