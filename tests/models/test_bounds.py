import math
from itertools import pairwise

import numpy as np
import pytest
import simulations
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from compendium.interval import Interval
from compendium.models import bounds
from compendium.models.bounds import Path

EXACT = 1e-9  # percentage points: floating-point arithmetic on shares
YEARS = range(2013, 2025)


def path(anchored: bool = True, deviation: float = 2.0, change: Interval | None = None) -> Path:
    return Path(2018, Interval(37.25, 37.35), change or Interval(2.85, 2.95), 5, anchored, deviation)


@pytest.mark.parametrize("anchored", [True, False])
@pytest.mark.parametrize("deviation", [0.0, 0.5, 2.0])
def test_the_bound_holds_every_path_that_obeys_its_assumptions(anchored, deviation):
    assert simulations.bound_of_share(anchored, deviation, runs=2_000) == 1


@pytest.mark.parametrize("year", range(2013, 2025))
@pytest.mark.parametrize("anchored", [True, False])
def test_the_bound_is_what_linear_programming_finds(year, anchored):
    """A second implementation: the yearly shares and the change are unknowns, the assumptions linear constraints."""
    p = path(anchored)
    years = list(range(2013, 2025))
    count = len(years) + 1  # a share a year, and the change

    def unknown(**weights: float) -> list[float]:
        row = [0.0] * count
        for name, weight in weights.items():
            row[-1 if name == "change" else years.index(int(name.removeprefix("y")))] = weight
        return row

    rows, limits = [], []
    for before, after in pairwise(years):
        step = {f"y{after}": 1.0, f"y{before}": -1.0}
        rows += [unknown(**step, change=-3 / 5), unknown(**{name: -weight for name, weight in step.items()}, change=-1 / 5)]
        limits += [0.0, 0.0]  # no more than pace * (1 + 2), no less than pace * (1 - 2)
    fixed = {"A_eq": [unknown(y2018=1.0, y2013=-1.0, change=-1.0)], "b_eq": [0.0]} if anchored else {}
    ranges = [(37.25, 37.35) if y == 2018 else (0, 100) for y in years] + [(2.85, 2.95)]
    ends = [linprog(unknown(**{f"y{year}": sign}), rows, limits, bounds=ranges, **fixed).fun for sign in (1.0, -1.0)]
    assert (p.bound(year).low, p.bound(year).high) == pytest.approx((ends[0], -ends[1]), abs=1e-7)


def test_the_permanent_basis_gives_the_printed_bounds_of_contaminated_data():
    """Horowitz and Manski (1992 working paper of their 1995 article), as a reading note of it prints them: .515 with .121 bad
    data gives .448 to .586. Here the bad data are the fixed-term staff, none or all of them cadres."""
    none, every = bounds.on_permanent_basis(Interval(51.5, 51.5), Interval(0.121, 0.121), Interval(0, 0)).high, 0.394 / 0.879
    assert none == pytest.approx(58.6, abs=0.05)
    all_cadres = bounds.on_permanent_basis(Interval(51.5, 51.5), Interval(0.121, 0.121), Interval(1 / every, 1 / every)).low
    assert all_cadres == pytest.approx(44.8, abs=0.05)


@pytest.mark.parametrize("year", [2014, 2016, 2017])
def test_the_ends_between_two_published_years_are_attained(year):
    """The steepest allowed years first or last, then what is left: written out by hand, not through the bound."""
    p = path()
    for share, end in ((p.share.low, "low"), (p.share.high, "high")):
        reached = []
        for change in (p.change.low, p.change.high):
            pace = change / 5
            slow, fast = pace * (1 - 2), pace * (1 + 2)
            before, after = year - 2013, 2018 - year
            from_start = [share - change + before * step for step in (slow, fast)]
            from_end = [share - after * step for step in (slow, fast)]
            reached.append(max(from_start[0], from_end[1]) if end == "low" else min(from_start[1], from_end[0]))
        expected = min(reached) if end == "low" else max(reached)
        assert getattr(p.bound(year), end) == pytest.approx(expected, abs=EXACT)


def test_published_years_meet_their_published_shares():
    p = path()
    assert (p.bound(2018).low, p.bound(2018).high) == (37.25, 37.35)
    assert p.bound(2013).low == pytest.approx(37.25 - 2.95, abs=EXACT)
    assert p.bound(2013).high == pytest.approx(37.35 - 2.85, abs=EXACT)


def test_without_deviation_the_share_is_the_straight_line():
    """The midpoint of the bound is the share interpolated by numpy."""
    p = path(deviation=0)
    for year in YEARS:
        middle = (p.bound(year).low + p.bound(year).high) / 2
        line = np.interp(year, [2013, 2018], [34.4, 37.3]) if year <= 2018 else 37.3 + (year - 2018) * 0.58
        assert middle == pytest.approx(line, abs=EXACT)


@given(
    st.integers(2013, 2024),
    st.floats(0, 5),
    st.floats(0, 5),
    st.booleans(),
    st.floats(-5, 5).filter(lambda change: abs(change) > 0.2),
)
def test_a_wider_assumption_never_narrows_a_bound(year, one, other, anchored, change):
    narrow, wide = sorted((one, other))
    given_change = Interval(change - 0.05, change + 0.05)
    inner, outer = (path(anchored, deviation, given_change).bound(year) for deviation in (narrow, wide))
    assert outer.low <= inner.low + EXACT
    assert inner.high <= outer.high + EXACT
    assert outer.low >= 0
    assert outer.high <= 100


@given(st.floats(1, 99), st.floats(0, 0.5), st.floats(0, 2))
def test_the_permanent_basis_inverts_the_mix_of_contracts(permanent, fixed_term, relative):
    """Mix permanent and fixed-term staff by hand, then ask for the share among permanent staff."""
    everyone = (1 - fixed_term) * permanent + fixed_term * relative * permanent
    if everyone > 100:
        return
    point = [Interval(x, x) for x in (everyone, fixed_term, relative)]
    found = bounds.on_permanent_basis(*point)
    assert found.low == pytest.approx(permanent, rel=1e-9)
    assert found.high == pytest.approx(permanent, rel=1e-9)


@pytest.mark.parametrize("target", [28.0, 36.0, 40.0, 50.0])
@pytest.mark.parametrize("year", [2014, 2022])
def test_the_breakdown_point_is_where_the_bound_first_meets_the_target(target, year):
    p = path()
    stated = Interval(target - 0.5, target + 0.5)
    found = bounds.deviation_to_reach(p, year, stated, 50.0, Interval(1, 1))
    assert found is not None
    assert p.with_deviation(found).bound(year).meets(stated)
    if found > 0:
        assert not p.with_deviation(found - 1e-4).bound(year).meets(stated)


def test_the_breakdown_point_of_the_year_after_the_start_has_a_closed_form():
    """28.5 one year after a start of 34.3: the year must lose 5.8 where the mean brings 0.59; the rest follows."""
    found = bounds.deviation_to_reach(path(), 2014, Interval(27.5, 28.5), 50.0, Interval(1, 1))
    start, pace = 37.25 - 2.95, 2.95 / 5
    assert found == pytest.approx(1 + (start - 28.5) / pace, abs=1e-5)


def test_a_target_out_of_reach_has_no_breakdown_point():
    assert bounds.deviation_to_reach(path(), 2018, Interval(50, 51), 50.0, Interval(1, 1)) is None


def test_the_pace_needed_has_a_closed_form():
    found = bounds.pace_needed(path(), 2024, Interval(41.8, 41.8), Interval(1, 1))
    assert found.low == pytest.approx((41.8 - 37.35) / 6 / (2.95 / 5), abs=EXACT)
    assert found.high == pytest.approx((41.8 - 37.25) / 6 / (2.85 / 5), abs=EXACT)


@pytest.mark.parametrize(("years", "deviation"), [(0, 1.0), (5, -0.1)])
def test_a_path_without_years_or_with_a_negative_limit_is_refused(years, deviation):
    with pytest.raises(ValueError, match=r"pace"):
        Path(2018, Interval(1, 2), Interval(1, 1), years, True, deviation)


@pytest.mark.parametrize(("fixed_term", "relative"), [((0.5, 1.0), (0, 1)), ((-0.1, 0.1), (0, 1)), ((0, 0.1), (-1, 1))])
def test_a_basis_that_makes_no_sense_is_refused(fixed_term, relative):
    with pytest.raises(ValueError, match="fixed-term"):
        bounds.on_permanent_basis(Interval(30, 31), Interval(*fixed_term), Interval(*relative))


def test_a_bound_is_never_silently_nan():
    with pytest.raises(ValueError, match="no values"):
        Path(2018, Interval(math.nan, 1), Interval(1, 1), 5, True, 1)
