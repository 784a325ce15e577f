"""Regressions by the thousand: specifications with the same columns are fitted together, each with rows and weights of its own.

A fit of a few hundred rows takes microseconds, and calling for it milliseconds. Here a stack of fits is one sequence of matrix
products. Least squares, and logistic regression of shares with counts by iteratively reweighted least squares (McCullagh and
Nelder, 1989, "Generalized linear models", second edition, Chapman and Hall, section 2.5).
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]  # of floats
Family = Literal["gaussian", "binomial"]
MOST_STEPS = 25  # as glm() of R
TOLERANCE = 1e-10  # of the largest change of a coefficient in the last step; steps converge quadratically


@dataclass(frozen=True)
class Fits:
    """A stack of m fits with k columns each; what cannot be fitted has no numbers.

    Args:
        coefficients: shape (m, k).
        errors: standard errors, shape (m, k); for counts those of binomial counts, which `scatter` may say are too small.
        scatter: Pearson's chi-squared over the degrees of freedom, shape (m,); for least squares the residual variance.
        freedom: rows of weight above zero, less columns, shape (m,).
        fitted: whether the rows determine the columns and the steps came to an end, shape (m,).
    """

    coefficients: Array
    errors: Array
    scatter: Array
    freedom: Array
    fitted: Array


def fit(design: Array, outcome: Array, weights: Array, family: Family) -> Fits:
    """Fit a stack of regressions with the same columns.

    Args:
        design: shape (n, k), with a column of ones where an intercept is meant; columns of like size are fitted more exactly.
        outcome: shape (n,); for `binomial` a share from 0 to 1.
        weights: shape (m, n); a row of weight zero is left out of that fit. For `binomial` the count behind each share.
        family: `gaussian` for weighted least squares, `binomial` for the logit of shares.

    Raises:
        ValueError: shapes that do not fit, a negative weight, a share outside 0 to 1.

    >>> years = np.array([-1.0, 0.0, 1.0])
    >>> line = np.column_stack([np.ones(3), years])
    >>> fit(line, np.array([1.0, 2.0, 3.0]), np.array([[1.0, 1, 1], [1, 0, 1]]), "gaussian").coefficients.round(6).tolist()
    [[2.0, 1.0], [2.0, 1.0]]
    """
    rows, columns = design.shape
    if outcome.shape != (rows,) or weights.ndim != 2 or weights.shape[1] != rows:
        raise ValueError(f"{rows} rows need as many outcomes and weights, not {outcome.shape} and {weights.shape}")
    if (weights < 0).any():
        raise ValueError("a weight is negative")
    if family == "binomial" and ((outcome < 0) | (outcome > 1)).any():
        raise ValueError("a share is not between 0 and 1")
    products = (design[:, :, None] * design[:, None, :]).reshape(rows, columns**2)
    freedom = (weights > 0).sum(axis=1) - columns
    fitted = (freedom >= 0) & (_rank(_crossed(weights, products)) == columns)
    used = np.where(fitted[:, None], weights, 1.0)
    if family == "gaussian":
        information = _crossed(used, products)
        information[~fitted] = np.eye(columns)
        coefficients = _solved(information, (used * outcome) @ design)
        expected, variance = coefficients @ design.T, np.ones_like(used)
    else:
        coefficients, converged = _reweighted(design, outcome, used, products)
        fitted &= converged
        expected = _logistic(coefficients @ design.T)
        variance = expected * (1 - expected)
        information = _crossed(used * variance, products)
        information[~fitted] = np.eye(columns)
    with np.errstate(divide="ignore", invalid="ignore"):
        scatter = (used * (outcome - expected) ** 2 / variance).sum(axis=1) / np.where(freedom > 0, freedom, np.nan)
    errors = np.sqrt(np.diagonal(np.linalg.inv(information), axis1=1, axis2=2))
    if family == "gaussian":
        errors = errors * np.sqrt(scatter)[:, None]
    coefficients, errors = (np.where(fitted[:, None], values, np.nan) for values in (coefficients, errors))
    return Fits(coefficients, errors, np.where(fitted, scatter, np.nan), freedom, fitted)


def _reweighted(design: Array, outcome: Array, weights: Array, products: Array) -> tuple[Array, Array]:
    """Coefficients of logistic regressions, and whether their steps came to an end."""
    expected = np.broadcast_to((outcome + 0.5) / 2, weights.shape)  # the start of statsmodels
    predictor = np.log(expected / (1 - expected))
    coefficients = np.zeros((len(weights), design.shape[1]))
    moved = np.full(len(weights), np.inf)
    for _ in range(MOST_STEPS):
        open_ = moved > TOLERANCE
        if not open_.any():
            break
        variance = expected[open_] * (1 - expected[open_])
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            working = predictor[open_] + np.where(variance > 0, (outcome - expected[open_]) / variance, 0.0)
            crossed = _crossed(weights[open_] * variance, products)
            there = _rank(crossed) == design.shape[1]  # a share that is predicted without error has no weight left
            crossed[~there] = np.eye(design.shape[1])
            step = _solved(crossed, (weights[open_] * variance * working) @ design)
        step[~there] = np.nan
        moved[open_] = np.where(there, np.abs(step - coefficients[open_]).max(axis=1), -np.inf)
        coefficients[open_] = step
        predictor = coefficients @ design.T
        expected = _logistic(predictor)
    return coefficients, (moved <= TOLERANCE) & np.isfinite(coefficients).all(axis=1)


def _crossed(weights: Array, products: Array) -> Array:
    """X'WX of every fit, shape (m, k, k), as one product of matrices."""
    columns = round(products.shape[1] ** 0.5)
    return (weights @ products).reshape(len(weights), columns, columns)


def _solved(left: Array, right: Array) -> Array:
    return np.linalg.solve(left, right[:, :, None])[:, :, 0]


def _rank(crossed: Array) -> Array:
    return np.linalg.matrix_rank(crossed, hermitian=True)


def _logistic(values: Array) -> Array:
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-values))
