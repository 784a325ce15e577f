"""Two groups and their whole: the point of no change by root finding, made-up populations, and refusals."""

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from scipy.optimize import brentq

from compendium.interval import Interval
from compendium.models import mixes

shares = st.floats(0, 1)
losses = st.floats(-90, -0.5)
gains = st.floats(0.5, 200)


def exactly(value: float) -> Interval:
    return Interval(value, value)


@given(losses, gains)
def test_the_turning_share_is_where_a_root_finder_finds_it(first, second):
    root = brentq(lambda share: mixes.change_of_whole(share, exactly(first), exactly(second)).low, 0, 1, xtol=1e-13)
    assert mixes.break_even(exactly(first), exactly(second)).low == pytest.approx(root, abs=1e-9)


def test_the_turning_share_of_three_down_and_forty_two_up_is_three_in_forty_five():
    assert mixes.break_even(exactly(-3), exactly(42)).low == pytest.approx(3 / 45, abs=1e-12)


def test_two_precincts_of_one_size_have_the_mean_of_their_rates():
    """King (1997), notes: 0 % in one precinct and 20 % in the other make 10 % (seen at gking.harvard.edu/eicamera)."""
    assert mixes.change_of_whole(0.5, exactly(0), exactly(20)) == exactly(10)


@given(st.integers(1, 10_000), st.integers(1, 10_000), losses, gains)
def test_made_up_populations_change_as_their_mix_says(field, project, first, second):
    before, after = field + project, field * (1 + first / 100) + project * (1 + second / 100)
    share = project / before
    assert mixes.change_of_whole(share, exactly(first), exactly(second)).low == pytest.approx(100 * (after / before - 1))
    assert mixes.share_after(share, first, second) == pytest.approx(project * (1 + second / 100) / after)


@given(st.floats(-40, -1), st.floats(1, 100), st.floats(0, 0.5), st.floats(0, 0.5), st.data())
def test_the_bound_of_the_turning_share_holds_every_pair_of_unrounded_changes(first, second, half, more, data):
    assume(first + half + more < 0 < second - half - more)
    wide = mixes.break_even(Interval(first - half - more, first + half + more), Interval(second - half, second + half))
    narrow = mixes.break_even(Interval(first - half, first + half), Interval(second - half, second + half))
    assert wide.low <= narrow.low + 1e-12
    assert narrow.high <= wide.high + 1e-12
    a = data.draw(st.floats(first - half, first + half))
    b = data.draw(st.floats(second - half, second + half))
    assert narrow.low - 1e-9 <= -a / (b - a) <= narrow.high + 1e-9


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_what_is_no_share_is_refused(share):
    with pytest.raises(ValueError, match="a share lies between 0 and 1"):
        mixes.change_of_whole(share, exactly(-3), exactly(42))
    with pytest.raises(ValueError, match="a share lies between 0 and 1"):
        mixes.share_after(share, -3, 42)


@pytest.mark.parametrize(("first", "second"), [((-0.5, 0.5), (42, 42)), ((-3, -3), (-0.5, 0.5)), ((3, 3), (42, 42))])
def test_two_changes_of_one_direction_have_no_turning_share(first, second):
    with pytest.raises(ValueError, match="between a group that shrinks and one that grows"):
        mixes.break_even(Interval(*first), Interval(*second))


def test_a_whole_of_which_nothing_is_left_is_refused():
    with pytest.raises(ValueError, match="nothing is left"):
        mixes.share_after(0.0, -100, 42)


def test_the_rest_of_a_contaminated_sample_lies_where_horowitz_and_manski_print_it():
    """Their example: half of incomes below a limit, Q = 0.515, at most 0.121 of the data bad: 0.448 to 0.586.

    Horowitz and Manski (1995), in a reading note of the working paper of 1992, pp. 9-10 and 20-21; three printed decimals.
    """
    bound = mixes.share_of_rest(exactly(0.515), exactly(0.121), Interval(0, 1))
    assert (bound.low, bound.high) == pytest.approx((0.448, 0.586), abs=5e-4)


parts = st.floats(0, 1)
weights = st.floats(0.01, 0.9)


@given(parts, parts, weights)
@example(part=0.5199261270165476, rest=1.0, weight=0.75)  # in floating point the rest comes out a hair above one
def test_the_rest_of_a_made_up_whole_is_found_again(part, rest, weight):
    whole = weight * part + (1 - weight) * rest
    found = mixes.share_of_rest(exactly(whole), exactly(weight), exactly(part))
    assert (found.low, found.high) == pytest.approx((rest, rest), abs=1e-9)
    needed = mixes.share_of_part(exactly(whole), exactly(weight), rest)
    assert (needed.low, needed.high) == pytest.approx((part, part), abs=1e-6)


def test_the_bound_of_the_rest_holds_every_obedient_whole_and_its_ends_are_attained():
    """10,000 made-up branches whose weight, rates and rounding lie within the limits."""
    rng = np.random.default_rng(20250101)
    weight, part, rest = Interval(0.205, 0.215), Interval(0.05, 0.4), Interval(0.08, 0.18)
    w, h, r = (rng.uniform(limits.low, limits.high, 10_000) for limits in (weight, part, rest))
    whole = w * h + (1 - w) * r
    for true, total in zip(r, whole, strict=True):
        bound = mixes.share_of_rest(Interval(total - 5e-4, total + 5e-4), weight, part)
        assert bound.low - 1e-12 <= true <= bound.high + 1e-12
    limits = (Interval(0.1405, 0.1415), weight, part)
    bound = mixes.share_of_rest(*limits)
    reached = [(b - a * p) / (1 - a) for b in (0.1405, 0.1415) for a in (0.205, 0.215) for p in (0.05, 0.4)]
    assert (min(reached), max(reached)) == pytest.approx((bound.low, bound.high))


@given(parts, parts, weights, st.floats(0, 0.5), st.floats(0, 0.5))
def test_a_wider_limit_of_the_part_never_narrows_the_rest(part, rest, weight, half, more):
    def bound(half: float) -> Interval:
        whole = weight * part + (1 - weight) * rest
        return mixes.share_of_rest(exactly(whole), exactly(weight), Interval(max(0, part - half), min(1, part + half)))

    assert bound(half + more).low <= bound(half).low
    assert bound(half).high <= bound(half + more).high


@pytest.mark.parametrize(
    ("whole", "weight", "share", "says"),
    [
        ((0.1, 0.1), (0.2, 0.2), (0.9, 1.0), "no share of the rest fits"),
        ((0.1, 0.1), (0.2, 1.0), (0.1, 0.1), "leaves no rest"),
        ((10.0, 15.0), (0.2, 0.2), (0.1, 0.1), "a share lies between 0 and 1"),
    ],
)
def test_a_rest_that_cannot_be_is_refused(whole, weight, share, says):
    with pytest.raises(ValueError, match=says):
        mixes.share_of_rest(Interval(*whole), Interval(*weight), Interval(*share))


def test_a_part_without_weight_is_refused():
    with pytest.raises(ValueError, match="without weight"):
        mixes.share_of_part(exactly(0.1), Interval(0, 0.2), 0.1)
