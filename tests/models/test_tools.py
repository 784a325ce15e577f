import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compendium import claims, raw
from compendium.clean import working_life
from compendium.errors import InputError
from compendium.interval import Interval
from compendium.models import published, tools


@pytest.fixture(scope="module")
def life():
    return working_life.tidy(raw.read("secu_managers"))


@pytest.fixture(scope="module")
def rates(life):
    return tools.use_of_ai(life, 2025)


@pytest.fixture(scope="module")
def stated():
    return claims.read()["T1-10"]


def test_answers_add_up_to_what_the_source_prints(rates):
    """Apec 2025, relayed by Europe 1: more than one cadre in three at least weekly; 62 ever (note of the raw row)."""
    apec = rates[(rates["wording"] == "work_use_of_generative_ai") & rates["group"].str.contains("n=2000")].set_index(
        "frequency"
    )
    assert apec.at["ever", "value"] == 62
    assert apec.at["at_least_weekly", "value"] == 35
    assert (apec.at["ever", "low"], apec.at["ever", "high"]) == (61.5, 62.5)  # a hundred less 38, not four roundings


@settings(deadline=None)
@given(st.lists(st.integers(0, 30), min_size=2, max_size=5))
def test_a_sum_of_answers_holds_every_truth_that_prints_so(parts):
    """Every true split whose parts print as given lies inside; the corners of the roundings are tried."""
    rest = 100 - sum(parts)
    if rest < 1:
        return
    printed = [Interval(max(0, part - 0.5), part + 0.5) for part in [*parts, rest]]
    found = tools.cumulative(printed[:1], printed[1:])
    for ends in itertools.product(*((part.low, part.high) for part in printed[1:])):
        first = 100 - sum(ends)
        if first in printed[0]:
            assert found.low - 1e-9 <= first <= found.high + 1e-9


def test_like_wordings_are_those_of_cadres_at_any_frequency_in_the_year(rates):
    like = rates[rates["like"]]
    assert sorted(like["value"]) == [42, 62, 82]
    assert not like["wording"].isin(["adapted_practices", "declares_chatgpt"]).any()


def test_the_spread_without_the_nearest_never_widens(rates, life, stated):
    table = tools.ai_estimates(rates, life[life["series"] == "ai_pilot_managers_secu"], stated).set_index("estimate_id")
    whole, less = table.loc["ai.spread"], table.loc["ai.spread_without_nearest"]
    assert (whole["low"], whole["high"]) == (41.5, 82.5)
    assert whole["low"] <= less["low"]
    assert whole["high"] >= less["high"] == 62.5


def test_a_statement_under_test_is_no_rate(life, rates):
    under_test = set(life.loc[life["group"] == "claim", "obs_id"])
    assert not under_test & set(" ".join(rates["obs_ids"]).split())


def test_bad_answers_are_told(life, rates, stated):
    with pytest.raises(InputError, match="no rate of use of AI"):
        tools.use_of_ai(life[life["quantity"] != "ai_use"], 2025)
    with pytest.raises(InputError, match="each of its answers once"):
        tools.use_of_ai(life[life["obs_id"] != "SM0139"], 2025)
    with pytest.raises(InputError, match="do not add up"):
        tools.cumulative([Interval(50, 51)], [Interval(60, 61)])
    with pytest.raises(InputError, match="no rate of a wording"):
        tools.ai_estimates(rates.assign(like=False), life.iloc[:0], stated)


def test_two_dates_of_one_indicator_have_a_change_and_two_wordings_none(life):
    assert "error_change" not in set(tools.errors(life)["quantity"])
    later = life[life["obs_id"] == "SM0206"].assign(
        obs_id="SM9999", value=8.4, low=8.35, high=8.45, year_first=2024, year_last=2024
    )
    table = tools.errors(pd.concat([life, later]))
    change = table[table["quantity"] == "error_change"].iloc[0]
    assert (change["low"], change["high"]) == pytest.approx((0.9, 1.1))
    with pytest.raises(InputError, match="stands twice"):
        tools.errors(pd.concat([life, later.assign(year_last=2023)]))


def test_plans_stand_apart_from_evidence(life):
    posts = tools.posts_planned(life)
    assert set(posts["method"]) == {"planned"}
    assert set(posts["claim_id"]) == {""}
    planned = set(life.loc[life["group"] == "plan", "obs_id"])
    assert set(posts["obs_ids"]) <= planned
    with pytest.raises(InputError, match="no planned change"):
        tools.posts_planned(life[life["group"] != "plan"])


def test_the_latest_nearest_figure_is_named_and_none_is_told(life):
    amounts = published.evidence(life)
    amounts = amounts[amounts["series"] == "urssaf_undeclared_work_adjustments"]
    table = published.count_and_nearest("T1-19", "fraud", amounts.iloc[:0], amounts).set_index("estimate_id")
    assert table.at["fraud.published", "method"] == "none_published"
    assert table.at["fraud.nearest", "year"] == "2024"
    with pytest.raises(InputError, match="no dated figure comes near"):
        published.count_and_nearest("T1-19", "fraud", amounts.iloc[:0], amounts.iloc[:0])
