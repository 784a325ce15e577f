"""Intervals of shares: against published digits, against a second library, and against made-up data with a known truth."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.proportion import proportion_confint

from compendium.interval import Interval
from compendium.models import prevalence

PERCENT = st.floats(1, 99)


@pytest.mark.parametrize(
    ("count", "base", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_digits(count, base, low, high):
    """Newcombe (1998), Statistics in Medicine 17(8), 857-872, Table I, method 3: four decimals."""
    found = prevalence.wilson(count / base, base)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.5e-4)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
    ],
)
def test_a_difference_of_two_groups_gives_the_published_digits(first, second, low, high):
    """Newcombe (1998), Statistics in Medicine 17(8), 873-890, Table II, method 10: four decimals."""
    found = prevalence.independent_difference(first[0] / first[1], first[1], second[0] / second[1], second[1])
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.5e-4)


@given(PERCENT, st.integers(100, 5000), st.sampled_from([1.0, 1.5, 2.0, 2.5]))
def test_a_design_effect_is_a_smaller_base_of_the_second_library(percent, base, effect):
    found = prevalence.survey_interval(Interval(percent, percent), base, effect)
    theirs = proportion_confint(percent / 100 * base / effect, base / effect, method="wilson")
    assert (found.low / 100, found.high / 100) == pytest.approx(theirs, abs=1e-9)


@given(PERCENT, st.floats(0, 1), st.integers(100, 5000), st.floats(1, 3), st.floats(0, 2))
def test_more_doubt_never_narrows(percent, half, base, effect, more):
    narrow = prevalence.survey_interval(Interval(percent, percent), base, effect)
    wide = prevalence.survey_interval(Interval(percent - half, percent + half), base, effect + more)
    assert wide.low <= narrow.low + 1e-9
    assert wide.high >= narrow.high - 1e-9


@given(st.floats(5, 45), st.floats(1, 40), st.integers(100, 5000), st.booleans())
def test_the_design_effect_that_meets_a_target_is_where_the_interval_touches_it(percent, away, base, mirrored):
    share, target = Interval(percent - 0.5, percent + 0.5), Interval(percent + 0.5 + away, percent + 1.5 + away)
    if mirrored:
        share, target = (Interval(100 - part.high, 100 - part.low) for part in (share, target))
    needed = prevalence.design_effect_to_meet(share, base, target)
    assert prevalence.survey_interval(share, base, needed * 1.0001).meets(target)
    assert not prevalence.survey_interval(share, base, needed * 0.9999).meets(target)


def test_a_rounding_that_meets_the_target_needs_no_design_effect():
    assert prevalence.design_effect_to_meet(Interval(35.5, 36.5), 100, Interval(36.5, 37.5)) == 0


@pytest.mark.parametrize(("share", "base"), [(0.5, 0), (1.2, 100), (-0.1, 100)])
def test_an_impossible_share_or_base_is_told(share, base):
    with pytest.raises(ValueError, match="a survey needs a share between 0 and 1 and a base above 0"):
        prevalence.wilson(share, base)


@given(st.integers(100, 900), st.floats(30, 60), st.floats(-4, 4))
def test_the_gap_to_the_whole_is_the_gap_to_the_rest_without_the_part(part_base, whole, gap):
    """With huge bases the interval closes on the published difference, whatever the part."""
    part = Interval(whole + gap, whole + gap)
    found = prevalence.part_against_whole(part, Interval(whole, whole), part_base * 10**6, 2000 * 10**6, 1)
    assert (found.low, found.high) == pytest.approx((gap, gap), abs=0.02)


def test_the_interval_of_a_part_against_its_whole_holds_the_truth():
    """Managers 52, the rest 42, a fifth of two thousand; 1,000 runs, between 93 and 97 %."""
    rng = np.random.default_rng(7)
    whole_base, part_base, truth = 2000, 400, 0.8 * (52 - 42)
    held = 0
    for _ in range(1000):
        managers, rest = rng.binomial(part_base, 0.52), rng.binomial(whole_base - part_base, 0.42)
        part, whole = 100 * managers / part_base, 100 * (managers + rest) / whole_base
        held += truth in prevalence.part_against_whole(Interval(part, part), Interval(whole, whole), part_base, whole_base, 1)
    assert 930 <= held <= 970


@pytest.mark.parametrize("effect", [1.0, 2.0])
def test_wilson_holds_the_truth_where_the_design_effect_is_right(effect):
    """Answers in pairs of twins have a design effect of 2; 1,000 runs, between 93 and 97 %."""
    rng = np.random.default_rng(11)
    base, truth = 2000, 0.32
    counts = rng.binomial(int(base / effect), truth, 1000) * effect
    held = sum(
        100 * truth in prevalence.survey_interval(Interval(c / base * 100, c / base * 100), base, effect) for c in counts
    )
    assert 930 <= held <= 970


def test_the_base_that_tells_is_the_smallest():
    part, whole = Interval(51.5, 52.5), Interval(43.5, 44.5)
    base = prevalence.base_that_tells(part, whole, 2007, 2)
    assert 0 not in prevalence.part_against_whole(part, whole, base, 2007, 2)
    assert 0 in prevalence.part_against_whole(part, whole, base - 1, 2007, 2)


def test_no_base_tells_two_equal_percentages():
    assert prevalence.base_that_tells(Interval(43.5, 44.5), Interval(43.5, 44.5), 500, 1) is None


@pytest.mark.parametrize(("base", "says"), [(0, "no part of"), (2000, "no part of"), (1990, "the rest cannot bring")])
def test_an_impossible_part_is_told(base, says):
    with pytest.raises(ValueError, match=says):
        prevalence.part_against_whole(Interval(50, 50), Interval(40, 40), base, 2000, 1)


def test_the_next_wave_around_a_level_is_that_of_the_second_library():
    """statsmodels, a line of a constant alone, interval of one observation."""
    shares = [44.0, 47.0, 42.0, 49.0, 50.0, 45.0]
    theirs = OLS(shares, np.ones(len(shares))).fit().get_prediction([[1.0]]).summary_frame(alpha=0.05)
    found = prevalence.next_wave(shares, "level")
    assert (found.low, found.high) == pytest.approx((theirs["obs_ci_lower"][0], theirs["obs_ci_upper"][0]))


def test_the_next_wave_of_a_walk_spreads_like_its_steps():
    """By hand: steps 3, -5, 7, 1, -5, sum of squares 109; Student's quantile for 5 degrees of freedom, tables: 2.571."""
    found = prevalence.next_wave([44.0, 47.0, 42.0, 49.0, 50.0, 45.0], "walk")
    half = 2.571 * (109 / 5) ** 0.5
    assert (found.low, found.high) == pytest.approx((45 - half, 45 + half), abs=0.005)


@pytest.mark.parametrize(("variant", "walks"), [("level", False), ("walk", True)])
@pytest.mark.parametrize("count", [4, 7, 15])
def test_the_next_wave_falls_inside_where_the_assumption_is_true(variant, walks, count):
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(1000):
        errors = rng.normal(0, 3, count + 1)
        shares = 45 + (np.cumsum(errors) if walks else errors)
        held += shares[-1] in prevalence.next_wave(list(shares[:-1]), variant)
    assert 930 <= held <= 970


@pytest.mark.parametrize("variant", ["level", "walk"])
def test_two_waves_predict_nothing(variant):
    with pytest.raises(ValueError, match="needs 3 waves, not 2"):
        prevalence.next_wave([40.0, 41.0], variant)


@given(st.permutations([44.0, 47.0, 42.0, 49.0, 50.0]))
def test_the_order_of_waves_matters_to_a_walk_alone(shares):
    around = prevalence.next_wave(list(shares), "level")
    expected = prevalence.next_wave([44.0, 47.0, 42.0, 49.0, 50.0], "level")
    assert (around.low, around.high) == pytest.approx((expected.low, expected.high))


def test_every_share_of_a_small_base_has_an_interval_inside_0_and_100():
    for count, effect in itertools.product(range(11), (1, 2.5)):
        found = prevalence.survey_interval(Interval(count * 10 - 0.5, count * 10 + 0.5), 10, effect)
        assert 0 <= found.low <= found.high <= 100
