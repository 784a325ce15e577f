import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium.interval import Interval, hull, over_box

NUMBERS = st.floats(-1e3, 1e3, allow_nan=False).map(lambda number: round(number, 3))
FRACTIONS = st.floats(0, 1)
SLACK = 1e-9  # of floating-point arithmetic, relative to values up to a million


@st.composite
def intervals(draw, low=-1e3, high=1e3):
    ends = sorted(draw(st.floats(low, high, allow_nan=False)) for _ in range(2))
    return Interval(*ends)


def inside(interval: Interval, fraction: float) -> float:
    return interval.low + fraction * interval.width


@given(intervals(), intervals(), FRACTIONS, FRACTIONS)
def test_arithmetic_loses_no_value(a, b, at, bt):
    x, y = inside(a, at), inside(b, bt)
    for result, value in ((a + b, x + y), (a - b, x - y), (a * b, x * y)):
        assert result.low - SLACK * 1e6 <= value <= result.high + SLACK * 1e6


@given(intervals(), intervals(low=0.1), FRACTIONS, FRACTIONS)
def test_division_loses_no_value(a, b, at, bt):
    value = inside(a, at) / inside(b, bt)
    quotient = a / b
    assert quotient.low - SLACK * 1e6 <= value <= quotient.high + SLACK * 1e6


@given(intervals(), intervals())
def test_two_intervals_meet_if_and_only_if_they_share_a_value(a, b):
    assert a.meets(b) == (max(a.low, b.low) <= min(a.high, b.high))
    assert hull([a, b]).meets(a)


@given(intervals(low=-10, high=10), intervals(low=-10, high=10), st.lists(FRACTIONS, min_size=2, max_size=2))
def test_a_function_affine_in_each_unknown_stays_inside_the_range_of_its_corners(a, b, at):
    def function(x: float, y: float) -> float:
        return 3 + 2 * x - y + x * y

    found = over_box(function, x=a, y=b)
    assert found.low - SLACK * 1e3 <= function(inside(a, at[0]), inside(b, at[1])) <= found.high + SLACK * 1e3


@pytest.mark.parametrize("ends", [(2, 1), (float("nan"), 1), (0, float("nan"))])
def test_an_interval_without_values_is_refused(ends):
    with pytest.raises(ValueError, match="has no values"):
        Interval(*ends)


def test_division_by_an_interval_that_holds_zero_is_refused():
    with pytest.raises(ValueError, match="holds zero"):
        Interval(1, 2) / Interval(-1, 1)
