"""The pace of a published share: a straight line through its years, with an interval that says where it comes from.

Three intervals, never mixed up. Rounding: the slope is a weighted sum of the shares, so the ends of their rounding give its
ends exactly. Sampling: generalised least squares with the known covariance of the shares; means over three years share
years, so their covariance is that of a moving average of order two (Hansen and Hodrick, 1980, "Forward exchange rates as
optimal predictors of future spot rates: an econometric analysis", Journal of Political Economy 88(5), 829-853, on errors
that overlap; Britten-Jones, Neuberger and Nolte, 2011, "Improved inference in regression with overlapping observations",
Journal of Business Finance and Accounting 38(5-6), 657-683). Model: a local level with a fixed slope, as a second opinion
(Durbin and Koopman, 2012, "Time series analysis by state space methods", Oxford University Press).

A random walk with drift carries a share forward (Hyndman and Athanasopoulos, 2021, "Forecasting: principles and practice",
section 5.5); the spread of its steps is given, since two published years leave none to estimate.
"""

import math
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from statsmodels.tools.sm_exceptions import ConvergenceWarning
from statsmodels.tsa.statespace.structural import UnobservedComponents

from compendium.interval import Interval, hull

Array = NDArray[Any]  # of floats
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Fit:
    """A linear fit by generalised least squares.

    Args:
        coefficients: shape (k,).
        weights: shape (k, n); a coefficient is its row times the values.
        covariance: of the coefficients if the given covariance is right, shape (k, k).
        scatter: what the residuals say the given covariance must be multiplied by; None where none are left.
        freedom: values beyond the coefficients.
    """

    coefficients: Array
    weights: Array
    covariance: Array
    scatter: float | None
    freedom: int


def gls(design: Array, values: Array, covariance: Array) -> Fit:
    """Generalised least squares.

    Args:
        design: shape (n, k).
        values: shape (n,).
        covariance: of the values, shape (n, n).

    Raises:
        ValueError: fewer values than coefficients, or values that do not determine them, such as a year given twice.
    """
    freedom = len(values) - design.shape[1]
    if freedom < 0 or np.linalg.matrix_rank(design) < design.shape[1]:
        raise ValueError(f"{len(values)} values at these places do not determine {design.shape[1]} coefficients")
    inverse = np.linalg.inv(covariance)
    unscaled = np.linalg.inv(design.T @ inverse @ design)
    weights = unscaled @ design.T @ inverse
    coefficients = weights @ values
    left = values - design @ coefficients
    scatter = float(left @ inverse @ left) / freedom if freedom else None
    return Fit(coefficients, weights, unscaled, scatter, freedom)


def line(years: Array, values: Array, covariance: Array) -> Fit:
    """A straight line: level at the mean year, and slope a year.

    Raises:
        ValueError: fewer than two years, or a year given twice.
    """
    if len(set(years)) < max(2, len(years)):
        raise ValueError("a slope needs two years, each given once")
    return gls(np.column_stack([np.ones(len(years)), years - years.mean()]), values, covariance)


def overlap(years: Array, window: int) -> Array:
    """Covariance of means over `window` years around each year, if the yearly values are independent with variance one.

    Two means share the years by which their windows overlap: max(0, window - distance) / window squared. For single years
    it is the identity.
    """
    distance = np.abs(years[:, None] - years[None, :])
    return np.maximum(0.0, window - distance) / float(window**2)


def slope_interval(fit: Fit, use_scatter: bool) -> Interval:
    """The 95 % interval of a slope.

    The known covariance gives one interval (normal); the scatter around the line another (Student). The wider is taken,
    so that neither an error beyond sampling nor a lucky fit makes the pace look sharper than it is. Under sampling error
    alone it therefore holds the truth somewhat more often than it says.

    Args:
        use_scatter: whether there are enough values for the scatter to be of use.
    """
    error = math.sqrt(fit.covariance[1, 1])
    slope = float(fit.coefficients[1])
    known = normal_interval(slope, error)
    if not use_scatter or fit.scatter is None:
        return known
    half = float(stats.t.ppf((1 + CONFIDENCE) / 2, fit.freedom)) * error * math.sqrt(fit.scatter)
    return hull([known, Interval(slope - half, slope + half)])


def normal_interval(value: float, error: float) -> Interval:
    """The 95 % interval of a value with a normal error."""
    half = float(stats.norm.ppf((1 + CONFIDENCE) / 2)) * error
    return Interval(value - half, value + half)


def rounding_of_slope(fit: Fit, low: Array, high: Array) -> Interval:
    """The slopes that the rounding of the values allows; exact, since a slope is a weighted sum."""
    weights = fit.weights[1]
    ends = np.sort([weights * low, weights * high], axis=0).sum(axis=1)
    return Interval(float(ends[0]), float(ends[1]))


def logit(share: Array) -> Array:
    """Log odds of shares in percent; raises ValueError for 0 and 100, which have none."""
    if np.any((share <= 0) | (share >= 100)):
        raise ValueError("a share of 0 or 100 % has no log odds")
    return np.log(share / (100 - share))


def yearly_sampling_variance(share: Array, field: Array, persons_per_interview: float) -> Array:
    """Sampling variance of a share in one year, in squared points: that of a simple sample of the effective size.

    Args:
        share: percent.
        field: persons in the whole.
        persons_per_interview: persons in the whole for each effective interview, design effect included.
    """
    return share * (100 - share) * persons_per_interview / field


def structural(values: Array, trend: str) -> UnobservedComponents:
    """A structural time-series model with exactly diffuse start: `llevel` local level, `lldtrend` with a fixed slope."""
    return UnobservedComponents(values, trend, use_exact_diffuse=True)


def state_space_slope(years: Array, values: Array) -> tuple[float, float]:
    """Slope and its standard error from a local level with a fixed slope; the variances are estimated and taken as known.

    Args:
        years: at equal steps but for gaps, which count as missing values.
    """
    step = int(np.diff(years).min())
    regular = np.full(int(years[-1] - years[0]) // step + 1, np.nan)
    regular[((years - years[0]) / step).astype(int)] = values
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # a variance at zero, the edge, is a valid answer
        fitted = structural(regular, "lldtrend").fit(disp=0, method="nm", maxiter=2000)
    slope, variance = fitted.smoothed_state[1, -1], fitted.smoothed_state_cov[1, 1, -1]
    return float(slope) / step, math.sqrt(variance) / step


def step_deviation(values: Array) -> float:
    """Standard deviation of yearly steps around their mean, one parameter estimated: the sigma of a random walk with drift.

    Raises:
        ValueError: fewer than three values, which leave no step to spare.
    """
    if len(values) < 3:
        raise ValueError("two values leave no spread of steps: a random walk with drift needs one given")
    return float(np.diff(values).std(ddof=1))


def drift_error(deviation: float, steps: int, ahead: int) -> float:
    """Standard error of a random walk with drift, `ahead` steps after the last: sigma * sqrt(h + h^2 / steps).

    Args:
        deviation: of one step.
        steps: between the first and the last known value, which give the drift; at least one.
    """
    return deviation * math.sqrt(ahead + ahead**2 / steps)
