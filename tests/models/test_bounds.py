import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium.interval import Interval
from compendium.models import bounds
from compendium.models.bounds import Path

EXACT = 1e-9  # percentage points: floating-point arithmetic on shares
YEARS = range(2013, 2025)


def path(anchored: bool = True, deviation: float = 2.0, change: Interval | None = None) -> Path:
    return Path(2018, Interval(37.25, 37.35), change or Interval(2.85, 2.95), 5, anchored, deviation)


def simulate(rng: np.random.Generator, p: Path) -> dict[int, float]:
    """A path that obeys the assumptions: years from 2013 to 2024, each change within the limits around the mean pace."""
    share, change = rng.uniform(p.share.low, p.share.high), rng.uniform(p.change.low, p.change.high)
    pace = change / p.years
    limits = sorted((pace * (1 - p.pace_deviation), pace * (1 + p.pace_deviation)))
    shares = {p.year: share}
    steps = rng.uniform(*limits, size=p.years)
    if p.anchored:  # the years between have to add up to the published change: draw deviations, recentre, shrink to fit
        deviations = steps - steps.mean()
        room = p.pace_deviation * abs(pace)
        largest = max(abs(deviations).max(), 1e-12)
        steps = pace + deviations * min(1.0, room / largest)
    for back, step in enumerate(steps, 1):
        shares[p.year - back] = shares[p.year - back + 1] - step
    for ahead, step in enumerate(rng.uniform(*limits, size=6), 1):
        shares[p.year + ahead] = shares[p.year + ahead - 1] + step
    return shares


@pytest.mark.parametrize("anchored", [True, False])
@pytest.mark.parametrize("deviation", [0.0, 0.5, 2.0])
def test_the_bound_holds_every_path_that_obeys_its_assumptions(anchored, deviation):
    rng = np.random.default_rng(20250101)
    p = path(anchored, deviation)
    bound = {year: p.bound(year) for year in YEARS}
    for _ in range(2_000):
        for year, share in simulate(rng, p).items():
            assert bound[year].low - EXACT <= share <= bound[year].high + EXACT


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
    found = bounds.pace_needed(path(), 2024, 41.8, Interval(1, 1))
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
