"""Changes between published figures: on figures made up for it, on published pairs, and refusals."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium.errors import InputError
from compendium.models import changes


def figure(
    obs_id, year, value, half=0.0, unit="organisations", use="model", segment="same", began=None, quantity="organisations"
):
    return {
        "obs_id": obs_id,
        "year_first": began or year,
        "year_last": year,
        "value": float(value),
        "low": float(value - half),
        "high": float(value + half),
        "unit": unit,
        "use": use,
        "segment": segment,
        "quantity": quantity,
    }


def table(*rows):
    return pd.DataFrame(rows)


def test_the_growth_of_two_printed_levels_is_the_one_that_the_source_prints():
    """D. Gacoin (2010) prints 22 000 establishments in 2001, 38 500 about 2009, and +75 %."""
    change = changes.of(table(figure("A", 2001, 22_000), figure("B", 2009, 38_500)), "A", "B")
    assert change.value == pytest.approx(75, abs=0.5)
    assert (change.years, change.span) == (8, "2001-2009")


@given(st.floats(100, 1e6), st.floats(0.5, 2), st.floats(0, 0.2), st.floats(0, 0.2), st.floats(0.1, 1000))
def test_rounding_holds_every_pair_and_the_unit_does_not_matter(level, factor, one, other, unit):
    def made(scale):
        rows = (
            figure("A", 2000, level * scale, one * level * scale),
            figure("B", 2005, level * factor * scale, other * level * scale),
        )
        return changes.of(table(*rows), "A", "B")

    change = made(1)
    assert change.interval.low - 1e-9 <= change.value <= change.interval.high + 1e-9
    corners = [
        b / a for a in (level * (1 - one), level * (1 + one)) for b in (level * (factor - other), level * (factor + other))
    ]
    assert (change.interval.low, change.interval.high) == pytest.approx(
        (100 * (min(corners) - 1), 100 * (max(corners) - 1)), abs=1e-6
    )
    assert made(unit).value == pytest.approx(change.value, rel=1e-6, abs=1e-6)


def test_a_yearly_change_is_compounded_over_the_years_asked_for():
    rows = table(figure("A", 2010, 10, 0, "percent_change", began=2006, quantity="organisations_change_a_year"))
    change = changes.of(rows, "A")
    assert (change.years, change.factor(2)[0]) == (1, pytest.approx(1.21))


def test_a_change_over_ten_years_is_halved_in_logarithm_over_five():
    change = changes.of(table(figure("A", 2010, 21, 0, "percent_change", began=2000)), "A")
    assert change.factor(5)[0] == pytest.approx(1.1)


def test_what_was_added_gives_the_level_before():
    rows = table(figure("A", 2009, 33_000, 500), figure("B", 2009, 4_000, began=2000))
    change = changes.added(rows, "A", "B")
    assert change.value == pytest.approx(100 * (33 / 29 - 1))
    assert change.interval.low == pytest.approx(100 * (33_500 / 29_500 - 1))
    assert change.interval.high == pytest.approx(100 * (32_500 / 28_500 - 1))


@pytest.mark.parametrize(
    ("one", "other", "constant"),
    [("same", "same", True), ("members_of_2012", "members_of_2017", False), ("membership_not_stated",) * 2 + (False,)],
)
def test_a_perimeter_is_constant_only_where_it_is_known_to_be(one, other, constant):
    rows = table(figure("A", 2012, 10, segment=one), figure("B", 2017, 9, segment=other))
    assert changes.of(rows, "A", "B").constant is constant


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([figure("A", 2000, 10)], "B stands 0 times"),
        ([figure("A", 2000, 10), figure("B", 2005, 9), figure("B", 2005, 9)], "B stands 2 times"),
        ([figure("A", 2000, 10), figure("B", 2000, 9)], "an earlier and a later year"),
        ([figure("A", 2000, 0), figure("B", 2005, 9)], "two levels above zero"),
        ([figure("A", 2000, 10), figure("B", 2005, 9, use="")], "B is no evidence"),
    ],
)
def test_what_makes_no_change_is_told(rows, says):
    with pytest.raises(InputError, match=says):
        changes.of(table(*rows), "A", "B")


def test_a_level_is_no_change_and_nothing_grows_from_nothing():
    with pytest.raises(InputError, match="no change in percent"):
        changes.of(table(figure("A", 2000, 10)), "A")
    with pytest.raises(InputError, match="nothing was there before"):
        changes.added(table(figure("A", 2009, 4_000), figure("B", 2009, 4_000, began=2000)), "A", "B")
