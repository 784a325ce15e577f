import pandas as pd
import pytest

from compendium import raw
from compendium.clean import distress, situation, working_life
from compendium.errors import InputError
from compendium.interval import Interval
from compendium.models import absence

PANDEMIC = (2020, 2021)


@pytest.fixture(scope="module")
def tables():
    return (
        working_life.tidy(raw.read("secu_managers")),
        distress.tidy(raw.read("distress")),
        situation.tidy(raw.read("context")),
    )


@pytest.fixture(scope="module")
def rates(tables):
    return absence.listed(*tables, PANDEMIC)


def test_the_institution_has_one_year_a_definition(rates):
    own = rates[rates["population"] != absence.OTHER]
    assert set(own["obs_ids"]) == {"SM0033", "SM0034"}
    assert absence.nearest(rates)["value"].tolist() == [8.9]


def test_a_change_skips_the_pandemic_and_keeps_its_rounding(rates):
    """AXA as printed: 3.2 in 2019, 4.5 in 2022 and in 2024."""
    table = absence.signs(rates).set_index("estimate_id")
    whole, recent = table.loc["absence.change.axa_absenteeism_all"], table.loc["absence.recent.axa_absenteeism_all"]
    assert (whole["year"], whole["low"], whole["high"]) == ("2019-2024", pytest.approx(1.2), pytest.approx(1.4))
    assert (recent["year"], recent["low"], recent["high"]) == ("2022-2024", pytest.approx(-0.1), pytest.approx(0.1))


def test_editions_are_not_joined(rates):
    assert set(rates.loc[rates["series"] == "ayming_absenteeism_all", "year"]) == {2015, 2018, 2019}
    assert rates.loc[rates["series"] == "ayming_absenteeism_all_later_edition", "year"].min() == 2020


def test_two_values_of_a_year_leave_what_lies_between(tables):
    life, distress_rows, context = tables
    twin = distress_rows[distress_rows["obs_id"] == "DI0405"].assign(obs_id="DI9999", value=4.0, low=3.95, high=4.05)
    rates = absence.listed(life, pd.concat([distress_rows, twin]), context, PANDEMIC)
    row = rates[(rates["series"] == "axa_absenteeism_all") & (rates["year"] == 2024)].iloc[0]
    assert (row["low"], row["high"]) == (3.95, 4.55)
    assert pd.isna(row["value"])


def test_more_pandemic_years_never_add_points(rates, tables):
    longer = absence.signs(absence.listed(*tables, (2020, 2022)))
    points = [t[t["quantity"] == "dated_points"].set_index("definition")["value"] for t in (absence.signs(rates), longer)]
    assert (points[1] <= points[0].reindex(points[1].index)).all()


def test_order_does_not_matter_and_nothing_is_told(tables, rates):
    shuffled = [table.sample(frac=1, random_state=5) for table in tables]
    pd.testing.assert_frame_equal(absence.signs(absence.listed(*shuffled, PANDEMIC)), absence.signs(rates))
    with pytest.raises(InputError, match="no dated rate"):
        absence.listed(*(table.iloc[:0] for table in tables), PANDEMIC)


@pytest.mark.parametrize(("ends", "said"), [((0.1, 1), "rises"), ((-1, -0.1), "falls"), ((0, 1), "open"), ((-1, 1), "open")])
def test_a_sign_is_told_only_beyond_the_bound(ends, said):
    assert absence.sign(Interval(*ends)) == said
