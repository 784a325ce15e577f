from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium import raw
from compendium.clean import social_sector
from compendium.errors import InputError
from compendium.interval import Interval
from compendium.models import growth


@pytest.fixture(scope="module")
def sector():
    return social_sector.tidy(raw.read("social_sector")).set_index("obs_id", drop=False)


def test_a_pace_is_compound_interest():
    """100 at 5 % a year is 162.89 after ten years, as any table of compound interest prints: 1.62889."""
    assert growth.pace(100, 162.889, 10) == pytest.approx(5, abs=0.0005)


@pytest.mark.parametrize(("early", "late", "years"), [(0, 1, 1), (1, 0, 1), (1, 2, 0), (-1, 2, 3)])
def test_what_has_no_pace_is_told(early, late, years):
    with pytest.raises(ValueError, match="no pace"):
        growth.pace(early, late, years)


@given(early=st.floats(1, 1e6), late=st.floats(1, 1e6), years=st.integers(1, 40), factor=st.floats(0.01, 100))
def test_a_pace_does_not_know_the_unit_and_leads_back(early, late, years, factor):
    found = growth.pace(early, late, years)
    assert growth.pace(early * factor, late * factor, years) == pytest.approx(found, abs=1e-6)
    assert early * (1 + found / 100) ** years == pytest.approx(late, rel=1e-9)


@given(early=st.floats(1, 100), late=st.floats(1, 100), half=st.floats(0, 0.5), years=st.integers(1, 20))
def test_more_rounding_never_narrows_a_pace(early, late, half, years):
    narrow = growth.pace_of(Interval(early, early), Interval(late, late), years)
    wide = growth.pace_of(Interval(early - half, early + half), Interval(late - half, late + half), years)
    assert wide.low <= narrow.low <= narrow.high <= wide.high


def test_the_interval_of_slowing_holds_every_rounding_and_its_ends_are_reached(sector):
    found = growth.slowing(sector).iloc[0]
    rng = np.random.default_rng(1)
    levels = [sector.loc[obs_id] for obs_id in ("SS0078", "SS0077", "SS0076")]
    ends = [(row["low"], row["high"]) for row in levels]
    drawn = [rng.uniform(*pair, size=10_000) for pair in ends]
    change = 100 * (drawn[2] / drawn[1]) ** 0.25 - 100 * (drawn[1] / drawn[0]) ** 0.25
    assert ((found["low"] <= change) & (change <= found["high"])).all()
    a, b, c = ends
    assert found["low"] == pytest.approx(growth.pace(b[1], c[0], 4) - growth.pace(a[0], b[1], 4))
    assert found["high"] == pytest.approx(growth.pace(b[0], c[1], 4) - growth.pace(a[1], b[0], 4))


def test_a_published_change_gives_its_pace(sector):
    """The wage bill of the branch rose by 12 % in five years (ASH no 3051)."""
    found = growth.budget(sector).set_index("population").loc["branch_wage_bill"]
    assert (1 + found["value"] / 100) ** 5 == pytest.approx(1.12)
    assert (1 + found["low"] / 100) ** 5 == pytest.approx(1.115)
    assert found["basis"] == "nominal"


def test_two_spans_of_places_add_up(sector):
    """Places for disabled people: the growth of 2014-2018 and that of 2018-2022 give that of 2014-2022."""
    found = growth.budget(sector).set_index("population")["value"]
    both = (1 + found["disability_places"] / 100) ** 4 * (1 + found["disability_places_later"] / 100) ** 4
    assert both == pytest.approx(sector.at["SS0057", "value"] / sector.at["SS0050", "value"])


@pytest.mark.parametrize(
    ("series", "says"),
    [
        (growth.Series("gone", "staff", ("SS9999",)), "SS9999 is not among"),
        (growth.Series("relay", "staff", ("SS0093",)), "SS0093 is not among"),
        (growth.Series("members", "staff", ("SS0001", "SS0014")), "no growth a year on one field"),
        (growth.Series("one_year", "staff", ("SS0014", "SS0014")), "no growth a year"),
    ],
)
def test_a_series_that_gives_no_growth_is_told(sector, series, says):
    with pytest.raises(InputError, match=says):
        growth.budget(sector, (series,))


def test_a_series_before_a_year_is_counted(sector, comparator_figures):
    none = growth.early_series(sector, comparator_figures, 1982).set_index("quantity")
    assert none.at["published", "value"] == 0
    assert none.at["published", "method"] == "none_published"
    assert none.at["nearest", "obs_ids"] == "CO0996"
    some = growth.early_series(sector, comparator_figures, 1995).set_index("quantity")
    assert some.at["published", "value"] > 0
    with pytest.raises(InputError, match="no dated figure"):
        growth.early_series(sector[:0], comparator_figures[:0], 1982)


def test_spans_of_later_growth_join_and_lead_from_first_to_last(sector, comparator_figures):
    later = growth.later_growth(sector, comparator_figures, 10)
    spans = later[later["population"] == "social_action"]
    years = [tuple(int(year) for year in span.split("-")) for span in spans["year"]]
    assert all(one[1] == other[0] for one, other in pairwise(years))
    product = np.prod([(1 + v / 100) ** (b - a) for v, (a, b) in zip(spans["value"], years, strict=True)])
    rows = comparator_figures[comparator_figures["series"] == growth.SOCIAL_ACTION].sort_values("year_first")
    assert product == pytest.approx(rows["value"].iloc[-1] / rows["value"].iloc[0])


def test_a_year_that_stands_twice_is_told(sector, comparator_figures):
    doubled = pd.concat([comparator_figures, comparator_figures])
    with pytest.raises(InputError, match="stands twice"):
        growth.later_growth(sector, doubled, 10)
