import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium import raw
from compendium.clean import situation as cleaning
from compendium.errors import InputError
from compendium.models import situation


@pytest.fixture(scope="module")
def tidy():
    return cleaning.tidy(raw.read("context"))


def figure(obs_id, quantity, occupation, value, half=0.0, **columns):
    """A tidy figure as far as the model reads it."""
    row = {"obs_id": obs_id, "quantity": quantity, "occupation": occupation, "value": value, "low": value - half}
    row |= {"high": value + half, "use": "model", "sex": "both", "year_first": 2020, "year_last": 2020, "unit": "percent"}
    return row | {"document_id": "d", "concept": "c", "perimeter": "national"} | columns


def made(*rows):
    return pd.DataFrame(rows)


def test_a_ratio_is_that_of_the_two_published_figures(tidy):
    """Agirc-Arrco, wages of 2014: cadres 4,663 and others 2,179 euros, a ratio printed as 2.1."""
    found = situation.advantages(tidy).set_index("estimate_id").loc["advantage.gross_wage.non_cadres.2014"]
    assert found["value"] == pytest.approx(2.1, abs=0.05)
    assert found["basis"] == "part"


def test_less_of_a_bad_thing_is_an_advantage():
    table = made(
        figure("CX1", "unemployment_rate", "cadres", 4.0, 0.5),
        figure("CX2", "unemployment_rate", "employes", 8.0, 0.5),
        figure("CX3", "hours_a_year", "cadres", 1800),
        figure("CX4", "hours_a_year", "employes", 1600),
    )
    found = situation.advantages(table).set_index("definition")
    assert found.at["unemployment", "value"] == 2
    assert (found.at["unemployment", "low"], found.at["unemployment", "high"]) == pytest.approx((7.5 / 4.5, 8.5 / 3.5))
    assert found.at["hours", "value"] == 1800 / 1600


@given(factor=st.floats(0.01, 100), seed=st.integers(0, 50))
def test_the_unit_and_the_order_of_rows_do_not_matter(factor, seed):
    table = made(
        figure("CX1", "net_wage", "cadres", 40.0, 0.5),
        figure("CX2", "net_wage", "employes", 18.0, 0.5),
        figure("CX3", "net_wage", "ouvriers", 19.0, 0.5),
    )
    other = table.assign(**{name: table[name] * factor for name in ("value", "low", "high")}).sample(frac=1, random_state=seed)
    one, two = (situation.advantages(frame).sort_values("estimate_id").reset_index(drop=True) for frame in (table, other))
    assert list(two["value"]) == pytest.approx(list(one["value"]))
    assert list(two["high"]) == pytest.approx(list(one["high"]))


@pytest.mark.parametrize("column", ["document_id", "concept", "perimeter", "year_last"])
def test_figures_that_differ_in_anything_are_never_compared(column):
    other = 2021 if column == "year_last" else "another"
    table = made(figure("CX1", "net_wage", "cadres", 40), figure("CX2", "net_wage", "employes", 18, **{column: other}))
    assert situation.advantages(table).empty


def test_bad_figures_are_told():
    with pytest.raises(InputError, match="stands twice in net_wage of 2020"):
        situation.advantages(made(*(figure(f"CX{n}", "net_wage", "cadres", 40) for n in (1, 2))))
    zero = made(figure("CX1", "unemployment_rate", "cadres", 0), figure("CX2", "unemployment_rate", "employes", 8))
    with pytest.raises(InputError, match="CX1 may be zero"):
        situation.advantages(zero)


def test_a_level_without_another_occupation_is_shown_and_never_compared(tidy):
    shown = situation.levels_without_comparison(tidy)
    assert "shown.higher_diploma_share.2019" in set(shown["estimate_id"])
    assert "diplomas" not in set(situation.advantages(tidy)["definition"])
    compared = set(" ".join(situation.advantages(tidy)["obs_ids"]).split())
    assert not compared & set(shown["obs_ids"])


def test_the_age_of_a_figure_is_counted_to_the_text(tidy):
    found = situation.advantages(tidy)
    ages = situation.ages(found, situation.levels_without_comparison(tidy), 2021).set_index("definition")["value"]
    assert ages["hours"] == 2021 - 2004
    assert ages["earnings"] == 0, "a figure later than the text is not old"


def test_the_distance_is_followed_on_one_definition_only(tidy):
    """Insee, real net wages a year 2016-2021: cadres -0.1, employés +0.8, so the distance falls by 0.9 points a year."""
    found = situation.advantages(tidy)
    moves = situation.narrowing(tidy, found).set_index("estimate_id")
    assert moves.at["narrowing.net_wage_change_a_year.employes", "value"] == pytest.approx(-0.1 - 0.8)
    assert set(moves["definition"]) == {"earnings"}, "unemployment and insecure jobs have no two dates on one definition"


def test_two_dates_of_one_definition_give_a_change_of_the_ratio():
    rows = [
        figure(f"CX{year}{n}", "unemployment_rate", who, value, 0.5, year_first=year, year_last=year, document_id=f"d{year}")
        for year, values in ((2010, (4.0, 8.0)), (2020, (5.0, 8.0)))
        for n, (who, value) in enumerate(zip(("cadres", "employes"), values, strict=True))
    ]
    found = situation.advantages(made(*rows))
    (move,) = situation.narrowing(made(*rows), found).to_dict("records")
    assert move["value"] == pytest.approx(8 / 5 - 8 / 4)
    assert move["low"] < move["value"] < move["high"]


def test_the_latest_year_is_drawn_once(tidy):
    found = situation.advantages(tidy)
    drawn = situation.latest(found, situation.ages(found, situation.levels_without_comparison(tidy), 2021))
    assert not drawn.duplicated(["item", "other"]).any()
    assert set(drawn[drawn["item"] == "earnings"]["year"]) == {"2023"}
