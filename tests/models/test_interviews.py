import numpy as np
import pytest
import simulations
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from compendium import raw
from compendium.clean import social_sector
from compendium.errors import InputError
from compendium.models import interviews

PRINTED = 0.5e-4  # half of the last printed digit


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(81, 263, 0.2527, 0.3676), (15, 148, 0.0578, 0.1617), (0, 20, 0, 0.1684), (1, 29, 0.0009, 0.1776)],
)
def test_limits_are_those_printed(count, of, low, high):
    """Newcombe (1998), "Two-sided confidence intervals for the single proportion", Statist. Med. 17(8), table I, method 5."""
    found = interviews.limits(count, of, 0.95)
    assert found.low == pytest.approx(low, abs=PRINTED)
    assert found.high == pytest.approx(high, abs=PRINTED)


def test_limits_of_a_half_are_those_of_r():
    """statsmodels, test_proportion.py: R binom.test of 100 out of 200 prints 0.4286584 and 0.5713416."""
    found = interviews.limits(100, 200, 0.95)
    assert (found.low, found.high) == pytest.approx((0.4286584, 0.5713416), abs=0.5e-7)


@pytest.mark.parametrize("of", [10, 11, 25, 40])
def test_limits_are_those_of_two_other_libraries(of):
    for count in range(of + 1):
        found = interviews.limits(count, of, 0.95)
        second = proportion_confint(count, of, 0.05, "beta")
        third = stats.binomtest(count, of).proportion_ci(0.95, "exact")
        assert (found.low, found.high) == pytest.approx(second, abs=1e-9)
        assert (found.low, found.high) == pytest.approx((third.low, third.high), abs=1e-9)


@pytest.mark.parametrize("of", [10, 40])
def test_limits_hold_the_truth_at_least_as_often_as_they_say(of):
    """Exactly, over all counts: for so few interviews more often than the level says, up to always."""
    for truth in np.linspace(0.02, 0.98, 25):
        held = sum(stats.binom.pmf(count, of, truth) for count in range(of + 1) if truth in interviews.limits(count, of, 0.95))
        assert held + 1e-12 >= 0.95


def test_limits_hold_the_truth_when_simulated():
    for of in (10, 40):
        assert simulations.limits_of_a_count(of, 0.5, 1000) >= 0.94


@given(of=st.integers(1, 60), count=st.integers(0, 60), confidence=st.floats(0.5, 0.98))
def test_more_interviews_with_the_trait_never_lower_the_limits_and_a_higher_level_never_narrows_them(of, count, confidence):
    count = min(count, of)
    found = interviews.limits(count, of, confidence)
    wider = interviews.limits(count, of, confidence + 0.01)
    assert wider.low <= found.low <= count / of <= found.high <= wider.high
    if count < of:
        more = interviews.limits(count + 1, of, confidence)
        assert more.low >= found.low
        assert more.high >= found.high
    other = interviews.limits(of - count, of, confidence)
    assert (1 - other.high, 1 - other.low) == pytest.approx((found.low, found.high), abs=1e-9)


@pytest.mark.parametrize(("count", "of", "confidence"), [(3, 2, 0.95), (-1, 2, 0.95), (0, 0, 0.95), (1, 2, 1.0), (1, 2, 0.0)])
def test_a_count_that_cannot_be_is_told(count, of, confidence):
    with pytest.raises(ValueError, match="no limits for"):
        interviews.limits(count, of, confidence)


def test_every_majority_is_listed_once():
    every = interviews.majorities(10, 40, 95)
    assert len(every) == sum(of - of // 2 for of in range(10, 41))
    assert (2 * every["count"] > every["interviews"]).all()
    assert not every.duplicated(["interviews", "count"]).any()
    with pytest.raises(InputError, match="there are none"):
        interviews.majorities(5, 4, 95)


def test_the_smallest_count_that_shows_a_majority_is_the_smallest():
    every = interviews.majorities(5, 12, 95)
    table = interviews.interview_estimates(every).set_index("estimate_id")
    assert "interviews.needed.5" not in table.index, "not even all of five show it: 0.025 ** (1 / 5) is 0.48"
    for of in (6, 9, 12):
        needed = int(table.at[f"interviews.needed.{of}", "value"])
        assert interviews.limits(needed, of, 0.95).low > 0.5 >= interviews.limits(needed - 1, of, 0.95).low
    assert set(table["method"]) == {"arithmetic_of_assumption"}


def test_whom_the_interviews_stand_for_needs_a_count():
    sector = social_sector.tidy(raw.read("social_sector"))
    assert interviews.population(sector)["obs_ids"].item() == "SS0102"
    with pytest.raises(InputError, match="no published count of cadres"):
        interviews.population(sector[sector["series"] != "bass_cadres"])
