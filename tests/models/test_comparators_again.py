"""The paces and ranks of T1-05 a second time: from the raw CSV, with statsmodels, without the cleaning and the models.

Which series make a comparator is written out here by hand. What is the same is the method: a straight line inside a
break-free segment, its error that of a survey of assumed size or of the scatter, whichever is wider, or plain rounding.
"""

import csv
import itertools

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
import yaml
from scipy import stats
from scipy.linalg import toeplitz

from compendium import paths

# Points, or log odds, a year. What is left between the two: which year has the fewest persons in employment.
TOLERANCE = 1e-5
PARAMETERS = yaml.safe_load(paths.PARAMETERS.joinpath("default.yaml").read_text(encoding="utf-8"))["21_comparators"]
PERSONS = PARAMETERS["persons_per_interview"]["value"]
FEWEST = PARAMETERS["fewest_points"]["value"]
AROUND = PARAMETERS["years_around"]["value"]


def raw(topic):
    with (paths.RAW / "observations" / f"{topic}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = raw("comparators")


def half(written):
    """Half a unit of the last digit printed."""
    return 0.5 * 10.0 ** -len(written.partition(".")[2])


def series(name, source=None, first=0):
    """Middle year -> (value, half a unit), of one raw series."""
    found = {}
    for row in ROWS:
        if row["series"] == name and source in (None, row["source_id"]) and int(row["year_last"]) >= first:
            year = (int(row["year_first"]) + int(row["year_last"])) // 2
            found.setdefault(year, (float(row["value"]), half(row["value"])))
    return found


def figure(obs_id):
    (row,) = (row for row in ROWS if row["obs_id"] == obs_id)
    return float(row["value"]), half(row["value"])


def ratio(parts, whole, years, less=None):
    """Year -> share in percent, its ends, persons in the whole: sums of headcounts over sums of headcounts."""
    out = {}
    for year in years:
        top, bottom = ([part[year] for part in counted if year in part] for counted in (parts, whole))
        left = [(less or {}).get(year, (0.0, 0.0))]
        if len(top) < len(parts) or len(bottom) < len(whole):
            continue
        cadres, everyone = sum(v for v, _ in top), sum(v for v, _ in bottom) - left[0][0]
        slack, all_slack = sum(h for _, h in top), sum(h for _, h in bottom) - left[0][1]
        out[year] = (
            100 * cadres / everyone,
            100 * (cadres - slack) / (everyone + all_slack),
            100 * (cadres + slack) / (everyone - all_slack),
            everyone,
        )
    return out


def printed(name, persons=None, roundings=1, first=0):
    """Year -> printed share, its ends, persons in the whole; a share computed from unpublished parents is rounded twice."""
    found = series(name, first=first)
    return {year: (value, value - roundings * h, value + roundings * h, persons) for year, (value, h) in found.items()}


def ilostat(sector, years=range(2014, 2021)):
    tail = f"_sector_{sector}" if sector else ""
    whole = "employment_total" + (tail or "_ilo")
    cadres = [series(f"employment_isco1_managers{tail}"), series(f"employment_isco2_professionals{tail}")]
    return ratio(cadres, [series(whole)], years, series(f"employment_unclassified{tail}"))


def dares(family, kept):
    grades = [series(f"fap_{grade}_employment", "dares_psm") for grade in family]
    return ratio([grades[place] for place in kept], grades, range(1983, 2019))


def minus(value, less):
    """A level less a change, both printed."""
    return value[0] - less[0], value[0] - less[0] - value[1] - less[1], value[0] - less[0] + value[1] + less[1], None


def comparators():
    """Name -> (year -> share, low, high, persons; window of a mean in years, 0 for counts without a sample)."""
    everyone = min(found[3] for found in ilostat("", range(1982, 2030)).values())
    jobs = ratio([series("cadre_headcount_jobs_sector_all")], [series("headcount_jobs_sector_all")], [2010])
    insurance = {
        year: share for year, share in printed("insurance_cadre_share").items() if year in (2007, 2012, 2014)
    }  # one of 2013 is derived from 2014; 2006 lies before a break
    banks = {year: share for year, share in printed("bank_cadre_share").items() if year in (2023, 2024)}
    return {
        **{f"ilostat_{name}": (ilostat(name.lower()), 1) for name in "KOPQ"},
        "ilostat_total": (ilostat(""), 1),
        "dares_bank": (dares(("q2z90", "q1z80"), [0]), 3),
        "dares_insurance_secu": (dares(("q2z91", "q1z81"), [0]), 3),
        "dares_Q": (dares(("q2z", "q1z", "q0z"), [0]), 3),
        "dares_P": (dares(("p2z", "p1z", "p0z"), [0]), 3),
        "dares_total": (printed("fap_cadre_share_employment", everyone, roundings=2), 3),
        "social_classes": (printed("social_class_upper_share_employment", everyone), 1),
        "census_jobs": (printed("cadre_share_jobs_census") | jobs, 0),
        "insurance": (insurance | {2013: minus(series("insurance_cadre_share")[2014], (0.6, 0.05))}, 0),
        "banks_afb": (banks | {2012: minus(figure("CO1535"), figure("CO1693"))}, 0),
        "public_service_a_fpe": (
            {2022: minus(figure("CO1554"), (0.0, 0.0)), 2011: minus(figure("CO1554"), figure("CO1697"))},
            0,
        ),
    }


def logit(share):
    return np.log(share / (100 - share))


def pace(points, window, scale):
    """Slope, low, high: by statsmodels' GLS with the known covariance, or by a least-squares line and its rounding."""
    years = np.array(sorted(points), dtype=float)
    share, low, high = (np.array([points[int(year)][place] for year in years], dtype=float) for place in range(3))
    y, y_low, y_high = (logit(values) if scale == "logit" else values for values in (share, low, high))
    if window == 0:
        weights = (years - years.mean()) / ((years - years.mean()) ** 2).sum()
        ends = [weights * y_low, weights * y_high]
        return float(weights @ y), float(np.minimum(*ends).sum()), float(np.maximum(*ends).sum())
    persons = np.array([points[int(year)][3] for year in years])
    error = np.sqrt(share * (100 - share) * PERSONS / persons + window * (high - low) ** 2 / 12)
    if scale == "logit":
        error = error * 100 / (share * (100 - share))
    full = toeplitz(np.maximum(0.0, window - np.arange(years[-1] - years[0] + 1)) / window**2)
    shared = full[np.ix_((years - years[0]).astype(int), (years - years[0]).astype(int))]
    fit = sm.GLS(y, sm.add_constant(years - years.mean()), sigma=np.outer(error, error) * shared).fit()
    slope = float(fit.params[1])
    known = np.sqrt(fit.normalized_cov_params[1, 1])
    halves = [stats.norm.ppf(0.975) * known]
    if len(years) >= FEWEST:
        halves.append(stats.t.ppf(0.975, len(years) - 2) * known * np.sqrt(fit.scale))
    return slope, slope - max(halves), slope + max(halves)


def own(scale):
    """The pace of the Sécurité sociale: the printed change over five years, and the later share, at the corners."""
    rows = {row["obs_id"]: row for row in raw("secu_workforce")}
    (share, s), (change, c) = ((float(rows[name]["value"]), half(rows[name]["value"])) for name in ("SW0005", "SW0006"))
    corners = list(itertools.product((share - s, share + s), (change - c, change + c)))
    values = [(logit(a) - logit(a - b)) / 5 if scale == "logit" else b / 5 for a, b in corners]
    return min(values), max(values)


@pytest.fixture(scope="module")
def published():
    table = pd.read_csv(paths.results("default") / "estimates" / "21_comparators.csv", dtype={"year": str})
    return table.set_index("estimate_id", drop=False)


@pytest.mark.parametrize("scale", ["pace", "logit"])
@pytest.mark.parametrize("name", list(comparators()))
def test_the_pace_of_each_comparator_is_the_same(published, name, scale):
    points, window = comparators()[name]
    years = f"{min(points)}-{max(points)}"
    rows = published[(published["quantity"] == scale) & (published["population"] == name) & (published["year"] == years)]
    (row,) = rows.to_dict("records")
    slope, low, high = pace(points, window, scale)
    assert row["value"] == pytest.approx(slope, abs=TOLERANCE)
    assert (row["low"], row["high"]) == pytest.approx((low, high), abs=TOLERANCE)


@pytest.mark.parametrize("scale", ["pace", "logit"])
def test_the_own_pace_is_the_same(published, scale):
    row = published.loc[f"{scale}.regime_general"]
    assert (row["low"], row["high"]) == pytest.approx(own(scale), abs=TOLERANCE)


@pytest.mark.parametrize("scale", ["pace", "logit"])
@pytest.mark.parametrize("chosen", ["all", "near", "strong"])
def test_the_ranks_are_the_same(published, chosen, scale):
    """Every rank and every number of ranked series that the README leads with."""
    found = comparators()
    if chosen == "strong":
        weak = {name for name, (points, _) in found.items() if len(points) < FEWEST}
        found = {name: known for name, known in found.items() if name not in weak}
    if chosen == "near":
        inside = {
            name: ({year: share for year, share in points.items() if 2013 - AROUND <= year <= 2018 + AROUND}, window)
            for name, (points, window) in found.items()
        }
        found = {name: known for name, known in inside.items() if len(known[0]) > 1}
    low, high = own(scale)
    ends = [pace(points, window, scale)[1:] for points, window in found.values()]
    row = published.loc[f"rank.{scale}.{chosen}"]
    assert published.at[f"ranked.{chosen}", "value"] == 1 + len(found)
    assert row["low"] == 1 + sum(end[0] > high for end in ends)
    assert row["high"] == 1 + sum(end[1] > low for end in ends)
