"""Against printed examples, a second library, and data made up with a known slope."""

import math
from fractions import Fraction

import numpy as np
import pytest
import simulations
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import toeplitz
from statsmodels.tsa.statespace.structural import UnobservedComponents

from compendium.models import trend

EXACT = 1e-9
RUNS = 2_000
# Three standard errors of a share of 2,000 runs around 95 %.
MARGIN = 3 * math.sqrt(0.95 * 0.05 / RUNS)


def test_generalised_least_squares_gives_what_is_printed_for_longley():
    """R's gls as statsmodels prints it (class LongleyGls): TOTEMP on GNP and POP, correlation of the OLS residuals."""
    data = sm.datasets.longley.load_pandas()
    design = np.column_stack([data.exog["GNP"], data.exog["POP"], np.ones(16)])
    values = data.endog.to_numpy()
    left = sm.OLS(values, design).fit().resid
    correlation = np.corrcoef(left[1:], left[:-1])[0, 1]
    fit = trend.gls(design, values, correlation ** toeplitz(np.arange(16)))
    assert correlation == pytest.approx(0.31040918, abs=5e-9)
    assert fit.coefficients == pytest.approx([6.73894832e-02, -4.74273904e-01, 9.48988771e04], rel=1e-8)
    errors = np.sqrt(np.diag(fit.covariance) * fit.scatter)
    assert errors == pytest.approx([1.07033903e-02, 1.53385472e-01, 1.39447723e04], rel=1e-8)
    assert math.sqrt(fit.scatter) == pytest.approx(542.443043098, rel=1e-9)


@pytest.mark.parametrize(
    ("level", "level_variance", "slope", "slope_variance"),
    [
        ("1/2 1/2", "5/18", "-1 1", "2/9"),
        ("1/2 0 1/2", "2/9", "-1/2 0 1/2", "1/9"),
        ("1/2 0 0 1/2", "1/6", "-1/3 0 0 1/3", "2/27"),
        ("1/3 1/6 0 1/6 1/3", "4/27", "-1/3 1/6 0 -1/6 1/3", "1/27"),
        ("1/3 0 1/6 1/6 0 1/3", "7/54", "-2/9 0 1/9 -1/9 0 2/9", "2/81"),
        ("1/4 1/12 0 1/6 1/6 0 1/12 1/4", "11/108", "-1/6 1/18 0 -1/9 1/9 0 -1/18 1/6", "1/81"),
    ],
)
def test_weights_of_overlapping_three_year_means_are_the_exact_rationals(level, level_variance, slope, slope_variance):
    """Derived by hand and with exact rationals from cov = max(0, 3 - distance) / 9; the level alone, then the line."""
    expected = [[float(Fraction(part)) for part in weights.split()] for weights in (level, slope)]
    years = np.arange(len(expected[0]), dtype=float)
    covariance = trend.overlap(years, 3)
    alone = trend.gls(np.ones((len(years), 1)), years, covariance)
    assert alone.weights[0] == pytest.approx(expected[0], abs=EXACT)
    assert alone.covariance[0, 0] == pytest.approx(float(Fraction(level_variance)), abs=EXACT)
    line = trend.line(years, years, covariance)
    assert line.weights[1] == pytest.approx(expected[1], abs=EXACT)
    assert line.covariance[1, 1] == pytest.approx(float(Fraction(slope_variance)), abs=EXACT)


def test_the_line_is_that_of_statsmodels():
    years, values = np.arange(6.0), np.array([10.0, 11, 13, 12, 15, 16])
    theirs = sm.GLS(values, sm.add_constant(years), sigma=trend.overlap(years, 3)).fit()
    ours = trend.line(years, values, trend.overlap(years, 3))
    assert ours.coefficients[1] == pytest.approx(13 / 9, abs=EXACT)
    assert ours.coefficients[1] == pytest.approx(theirs.params[1], abs=EXACT)
    assert math.sqrt(ours.covariance[1, 1] * ours.scatter) == pytest.approx(theirs.bse[1], abs=EXACT)


def test_single_years_do_not_overlap():
    assert trend.overlap(np.array([2010.0, 2012, 2013]), 1).tolist() == np.eye(3).tolist()


def test_the_local_level_gives_what_is_printed_for_the_nile():
    """Durbin and Koopman (2012): variances 15099 and 1469.1; R KFAS prints the log-likelihood -632.5456.

    KFAS leaves out log(2 pi) / 2 for the diffuse state, statsmodels keeps it.
    """
    nile = sm.datasets.nile.load_pandas().data["volume"].to_numpy(dtype=float)
    smoothed = trend.structural(nile, "llevel").smooth([15099.0, 1469.1])
    assert smoothed.llf + math.log(2 * math.pi) / 2 == pytest.approx(-632.5456, abs=5e-5)
    fitted = trend.structural(nile, "llevel").fit(disp=0, method="nm", maxiter=2000)
    assert fitted.params == pytest.approx([15098.52, 1469.18], rel=1e-3)


def test_the_local_level_gives_what_kfas_prints_for_unemployment():
    """R KFAS on US unemployment (statsmodels results_structural): variances and log-likelihood, exact diffuse."""
    unemployment = sm.datasets.macrodata.load_pandas().data["unemp"].to_numpy()
    smoothed = trend.structural(unemployment, "llevel").smooth([4.256647886e-06, 1.182078808e-01])
    assert smoothed.llf + math.log(2 * math.pi) / 2 == pytest.approx(-70.97242557, abs=1e-3)


def test_the_state_space_slope_of_a_plain_line_is_the_least_squares_slope():
    rng = np.random.default_rng(20250101)
    years = np.arange(1990.0, 2020)
    values = 10 + 0.3 * (years - 1990) + rng.normal(0, 1, len(years))
    slope, error = trend.state_space_slope(years, values)
    plain = sm.OLS(values, sm.add_constant(years)).fit()
    assert slope == pytest.approx(plain.params[1], abs=0.02)
    assert error == pytest.approx(plain.bse[1], rel=0.25)


def test_the_state_space_slope_counts_years_between_and_missing_ones():
    years = np.array([2000.0, 2003, 2006, 2012, 2015, 2018, 2021, 2024])
    slope, _ = trend.state_space_slope(years, 5 + 0.4 * years + 0.01 * np.cos(years))
    assert slope == pytest.approx(0.4, abs=0.01)


@pytest.mark.parametrize(
    ("deviation", "steps", "error", "digits"),
    [
        (77849.7308, 21, 16988.204, 5e-3),  # forecast::rwf of Korean pupils to 2020: residual sd, se of the drift
        (math.sqrt(1974.3053), 139, 3.7688, 5e-5),  # fable report on bricks: sigma^2, se of the drift
    ],
)
def test_the_drift_has_the_error_that_is_printed(deviation, steps, error, digits):
    found = trend.drift_error(deviation, steps, 1) ** 2 - deviation**2
    assert math.sqrt(found) == pytest.approx(error, abs=digits)


def test_a_random_walk_with_drift_spreads_like_that_of_statsmodels():
    values = np.array([3.0, 4.5, 4.1, 6.0, 7.2, 6.9, 8.8])
    deviation = trend.step_deviation(values)
    model = UnobservedComponents(values, "rwdrift", use_exact_diffuse=True)
    theirs = model.smooth([deviation**2]).get_forecast(6)
    for ahead in range(1, 7):
        assert trend.drift_error(deviation, 6, ahead) == pytest.approx(theirs.se_mean[ahead - 1], rel=1e-6)


@pytest.mark.parametrize(("years", "window"), [(2, 1), (3, 1), (7, 1), (15, 3)])
def test_the_sampling_interval_holds_the_slope_as_often_as_it_says(years, window):
    assert simulations.interval_of_slope(years, window, 1.0, use_scatter=False, runs=RUNS) == pytest.approx(0.95, abs=MARGIN)


@pytest.mark.parametrize(("years", "window"), [(4, 1), (7, 1), (15, 3), (36, 3)])
def test_the_interval_holds_when_the_assumed_error_is_half_the_true_one(years, window):
    assert simulations.interval_of_slope(years, window, 2.0, use_scatter=True, runs=RUNS) == pytest.approx(0.95, abs=0.02)


@pytest.mark.parametrize(("years", "window", "highest"), [(4, 1, 0.995), (7, 1, 0.985), (15, 3, 0.985), (36, 3, 0.97)])
def test_the_wider_of_two_intervals_holds_the_slope_more_often_than_it_says(years, window, highest):
    """Under the assumed error alone: about 99 % with four years, 97 or 98 % with seven and fifteen, 96 % with thirty-six."""
    assert 0.95 <= simulations.interval_of_slope(years, window, 1.0, use_scatter=True, runs=RUNS) <= highest


def test_the_interval_of_log_odds_holds_the_slope_of_binomial_counts():
    """Counts of effective interviews around a straight line of the log odds; 93 to 97 % of the intervals hold its slope."""
    rng = np.random.default_rng(20250101)
    years, interviews, slope = np.arange(7.0), 1000, 0.05
    truth = 1 / (1 + np.exp(0.5 - slope * years))
    hits = 0
    for _ in range(RUNS):
        share = 100 * rng.binomial(interviews, truth) / interviews
        error = 100 / np.sqrt(share * (100 - share) * interviews)
        fit = trend.line(years, trend.logit(share), np.diag(error**2))
        hits += slope in trend.slope_interval(fit, use_scatter=False)
    assert 0.93 <= hits / RUNS <= 0.97


def test_the_slope_of_log_odds_is_that_of_a_binomial_model_of_effective_counts():
    """The GLM takes shares with the effective numbers as variance weights: counts in two columns would lose their scale."""
    years, interviews = np.arange(7.0), np.array([900.0, 950, 1000, 980, 1020, 1100, 1050])
    share = np.array([35.8, 37.1, 36.5, 39.0, 41.2, 42.0, 45.3])
    variance = trend.yearly_sampling_variance(share, interviews * 800, 800)
    error = np.sqrt(variance) * 100 / (share * (100 - share))
    fit = trend.line(years, trend.logit(share), np.diag(error**2))
    theirs = sm.GLM(share / 100, sm.add_constant(years), sm.families.Binomial(), var_weights=interviews).fit()
    assert fit.coefficients[1] == pytest.approx(theirs.params[1], rel=0.01)
    assert math.sqrt(fit.covariance[1, 1]) == pytest.approx(theirs.bse[1], rel=0.01)


YEARS = st.lists(st.integers(1980, 2024), min_size=2, max_size=12, unique=True)


@given(YEARS, st.data())
def test_the_bound_of_rounding_holds_every_slope_and_is_attained(years, data):
    places = np.array(sorted(years), dtype=float)
    low = np.array(data.draw(st.lists(st.floats(1, 98), min_size=len(years), max_size=len(years))))
    at = np.array(data.draw(st.lists(st.floats(0, 1), min_size=len(years), max_size=len(years))))
    fit = trend.line(places, low, np.eye(len(years)))
    bound = trend.rounding_of_slope(fit, low, low + 1)
    slope = np.polyfit(places, low + at, 1)[0]
    assert bound.low - EXACT <= slope <= bound.high + EXACT
    steepest = np.polyfit(places, low + (places > places.mean()), 1)[0]
    assert bound.high == pytest.approx(steepest, abs=1e-8)


@given(YEARS, st.randoms(use_true_random=False), st.floats(0.01, 100))
def test_neither_order_nor_unit_changes_the_slope(years, random, unit):
    places = np.array(years, dtype=float)
    values = np.cos(places) * 10
    order = list(range(len(years)))
    random.shuffle(order)
    one = trend.line(places, values, trend.overlap(places, 3)).coefficients[1]
    other = trend.line(places[order], values[order] * unit, trend.overlap(places[order], 3)).coefficients[1]
    assert other == pytest.approx(one * unit, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("years", [[2010.0], [2010.0, 2010.0], [2010.0, 2011.0, 2011.0], []])
def test_a_line_needs_two_years_each_once(years):
    with pytest.raises(ValueError, match="two years, each given once"):
        trend.line(np.array(years), np.zeros(len(years)), np.eye(len(years)))


def test_a_fit_with_too_few_values_is_refused():
    with pytest.raises(ValueError, match="do not determine"):
        trend.gls(np.ones((1, 2)), np.ones(1), np.eye(1))


@pytest.mark.parametrize("share", [0.0, 100.0])
def test_a_share_of_nothing_or_all_has_no_log_odds(share):
    with pytest.raises(ValueError, match="no log odds"):
        trend.logit(np.array([50.0, share]))


def test_two_values_leave_no_spread_of_steps():
    with pytest.raises(ValueError, match="leave no spread"):
        trend.step_deviation(np.array([34.4, 37.3]))
