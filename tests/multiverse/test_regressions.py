"""A stack of regressions gives what each alone gives, in statsmodels and in print."""

import itertools

import numpy as np
import pytest
import regression_set
import specifications
import statsmodels.api as sm

from compendium.multiverse import engine, regressions

TOLERANCE = 1e-8


def made_up(rows: int = 60, fits: int = 40, seed: int = 1):
    rng = np.random.default_rng(seed)
    design = np.column_stack([np.ones(rows), rng.normal(size=(rows, 3))])
    trials = rng.integers(5, 200, rows).astype(float)
    share = rng.binomial(trials.astype(int), 1 / (1 + np.exp(-design @ [-1, 0.5, 0, -0.3]))) / trials
    kept = rng.random((fits, rows)) < 0.7
    return design, share, trials, kept


def test_least_squares_are_those_of_statsmodels():
    design, share, trials, kept = made_up()
    found = regressions.fit(design, share, kept * trials, "gaussian")
    assert found.fitted.all()
    for place, rows in enumerate(kept):
        alone = sm.WLS(share[rows], design[rows], weights=trials[rows]).fit()
        assert found.coefficients[place] == pytest.approx(alone.params, abs=TOLERANCE)
        assert found.errors[place] == pytest.approx(alone.bse, rel=TOLERANCE)
        assert found.scatter[place] == pytest.approx(alone.scale, rel=TOLERANCE)
        assert found.freedom[place] == alone.df_resid


def test_logits_are_those_of_statsmodels():
    design, share, trials, kept = made_up()
    found = regressions.fit(design, share, kept * trials, "binomial")
    assert found.fitted.all()
    for place, rows in enumerate(kept):
        model = sm.GLM(share[rows], design[rows], family=sm.families.Binomial(), var_weights=trials[rows])
        alone = model.fit(tol=1e-14, tol_criterion="params")
        assert found.coefficients[place] == pytest.approx(alone.params, abs=TOLERANCE)
        assert found.errors[place] == pytest.approx(alone.bse, rel=TOLERANCE)
        assert found.scatter[place] == pytest.approx(alone.pearson_chi2 / alone.df_resid, rel=TOLERANCE)


def test_a_fit_in_print():
    """Tobacco budworm: Venables and Ripley, "Modern applied statistics with S", 4th edition, 2002, section 7.2."""
    dose, sex = np.tile(np.arange(6.0), 2), np.repeat([1.0, 0.0], 6)
    died = np.array([1, 4, 9, 13, 18, 20, 0, 2, 6, 10, 12, 16]) / 20
    trials = np.full((1, 12), 20.0)
    both = regressions.fit(np.column_stack([np.ones(12), sex, dose, sex * dose]), died, trials, "binomial")
    assert both.coefficients[0] == pytest.approx([-2.9935, 0.1750, 0.9060, 0.3529], abs=5e-5)
    assert both.errors[0] == pytest.approx([0.5527, 0.7783, 0.1671, 0.2700], abs=5e-5)
    alike = regressions.fit(np.column_stack([np.ones(12), sex, dose]), died, trials, "binomial")
    assert alike.coefficients[0] == pytest.approx([-3.4732, 1.1007, 1.0642], abs=5e-5)
    assert alike.errors[0] == pytest.approx([0.4685, 0.3558, 0.1311], abs=5e-5)


def test_what_cannot_be_fitted_has_no_numbers_and_spoils_no_other():
    line = np.column_stack([np.ones(4), np.arange(4.0)])
    apart = np.array([0.0, 0.0, 1.0, 1.0])  # separated: no finite slope
    weights = np.array([[9.0, 9, 9, 9], [9, 9, 0, 0], [9, 0, 0, 0], [0, 0, 0, 0]])
    assert not regressions.fit(line, apart, weights, "binomial").fitted.any()
    found = regressions.fit(line, np.array([0.2, 0.3, 0.5, 0.6]), weights, "binomial")
    assert found.fitted.tolist() == [True, True, False, False]
    assert np.isnan(found.coefficients[2:]).all()
    assert np.isfinite(found.coefficients[:2]).all()
    assert np.isnan(found.scatter[1])  # as many rows as columns leave no scatter
    twice = np.column_stack([np.ones(4), np.arange(4.0), 2 * np.arange(4.0)])
    assert not regressions.fit(twice, apart, np.ones((1, 4)), "gaussian").fitted.any()


@pytest.mark.parametrize(
    ("outcome", "weights", "said"),
    [
        ([0.1, 0.2], [[1, 1, 1]], "3 rows need"),
        ([0.1, 0.2, 0.3], [[1, 1]], "3 rows need"),
        ([0.1, 0.2, 0.3], [[1, -1, 1]], "negative"),
        ([0.1, 0.2, 30], [[1, 1, 1]], "not between 0 and 1"),
    ],
)
def test_input_that_does_not_fit_is_told(outcome, weights, said):
    with pytest.raises(ValueError, match=said):
        regressions.fit(np.ones((3, 1)), np.array(outcome), np.array(weights, dtype=float), "binomial")


def test_the_benchmark_fits_what_it_says():
    every = list(itertools.product(regression_set.FAMILIES, regression_set.control_sets(), regression_set.choices(10_000)))
    assert len(every) == len({regression_set.named(*one) for one in every}) == 10_000
    some = [("gaussian", ("c1", "c7")), ("binomial", ("c2", "c3", "c4"))]
    batches = [(key, make) for key, make in regression_set.batches(10_000) if make.args[:2] in some]
    found = {name: slope for rows in engine.run(batches) for name, slope, _ in rows}
    assert len(found) == 200
    for family, controls, choice in every:
        if (family, controls) in some:
            alone = specifications.one_statsmodels_fit(regression_set.data(), family, controls, *choice)
            assert found[regression_set.named(family, controls, choice)] == pytest.approx(alone, abs=TOLERANCE)
