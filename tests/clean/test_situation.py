"""The context figures: every row kept once, concepts apart, what other topics have too checked against them."""

import pandas as pd
import pytest

from compendium import raw
from compendium.clean import rules, situation

TOPICS = {"CO": "comparators", "SS": "social_sector", "SW": "secu_workforce", "DI": "distress"}
# Insee prints each group's share and number of 2022 side by side.
SHARE_AND_NUMBER_2022 = [
    ("CX0193", "CX0194"),
    ("CX0195", "CX0196"),
    ("CX0197", "CX0198"),
    ("CX0199", "CX0200"),
    ("CX0201", "CX0202"),
    ("CX0203", "CX0204"),
]
WITHOUT_A_GROUP_2022 = 120_000


@pytest.fixture(scope="module")
def tables():
    return raw.read("context")


@pytest.fixture(scope="module")
def figures(tables):
    return situation.tidy(tables).set_index("obs_id", drop=False).rename_axis(None)


@pytest.fixture(scope="module")
def elsewhere():
    return {code: raw.read(topic).observations.set_index("obs_id") for code, topic in TOPICS.items()}


def test_every_raw_row_appears_once_and_the_counts_add_up(tables, figures):
    assert sorted(figures["obs_id"]) == sorted(tables.observations["obs_id"])
    counts = rules.counts(figures)
    assert counts["left"].iloc[0] == len(tables.observations)
    assert counts["left"].iloc[-1] + counts["taken"].sum() == len(tables.observations)
    assert counts["left"].iloc[-1] == (figures["use"] == "model").sum()


def test_what_is_not_evidence_never_enters_a_model(figures):
    assert not (figures.loc[figures["group"] != "evidence", "use"] == "model").any()
    assert not (figures.loc[figures["status"].isin(["claim", "plan", "rounded", "undated"]), "use"] == "model").any()


def test_jobs_active_persons_and_employed_are_three_concepts(figures):
    concepts = figures.loc[["CX0357", "CX0356", "CX0197"], "concept"]
    assert list(concepts) == ["census_jobs", "census_active", "employed"]
    assert set(figures.loc[figures["series"].str.startswith("census_active"), "concept"]) == {"census_active"}


def test_insecure_contracts_with_and_without_apprentices_are_apart(figures):
    contracts = figures[figures["quantity"] == "insecure_contract_share"]
    assert set(contracts.loc[contracts["year_last"] == 2013, "concept"]) == {"without_apprentices"}
    assert contracts.loc[contracts["year_last"] > 2013, "concept"].str.startswith("with_apprentices").all()
    assert contracts.loc[contracts["occupation"] == "ouvriers"].groupby("concept").size().max() == 1


def test_only_insee_rates_of_unemployment_enter_models(figures):
    rates = figures[(figures["quantity"] == "unemployment_rate") & (figures["use"] == "model")]
    assert set(rates["kind"]) == {"official"}
    assert set(rates["year_last"]) == {2011, 2022}


def test_rates_of_all_active_persons_are_not_those_of_who_has_worked(figures):
    assert figures.at["CX0041", "concept"] == "active_having_worked"
    assert figures.at["CX0042", "concept"] == "active"
    assert figures.at["CX0041", "value"] < figures.at["CX0042", "value"]


def test_what_is_ambiguous_or_undated_stays_out(figures):
    for obs_id in ("CX0304", "CX0305", "CX0346", "CX0363"):
        assert figures.at[obs_id, "use"] != "model"


def test_growth_from_2020_is_flagged(figures):
    flagged = set(figures.loc[figures["rebound_base"], "obs_id"])
    assert flagged == {"CX0280", "CX0281", "CX0283"}


def test_hours_of_one_edition_only(figures):
    series = figures[figures["source_id"] == "insee_ecrt2024_duree"]
    assert set(series["edition"]) == {"2024"}
    assert series.groupby("quantity")["year_last"].nunique().to_dict() == {"hours_a_week": 21, "hours_a_year": 21}


def test_attainment_of_a_target_is_a_result_and_no_plan(figures):
    assert set(figures.loc[["CX0310", "CX0311"], "group"]) == {"evidence"}


def test_a_value_printed_in_steps_has_the_interval_of_the_step(figures):
    assert figures.at["CX0087", "high"] - figures.at["CX0087", "low"] == 10
    assert figures.at["CX0198", "high"] - figures.at["CX0198", "low"] == 1000


@pytest.mark.parametrize(("share", "number"), SHARE_AND_NUMBER_2022)
def test_share_and_number_of_a_group_agree(figures, share, number):
    part, whole = figures.loc[number], figures.loc["CX0205"]
    assert part["low"] / whole["high"] * 100 <= figures.at[share, "high"]
    assert figures.at[share, "low"] <= part["high"] / whole["low"] * 100


def test_groups_of_2022_make_the_whole(figures):
    numbers = [figures.at[number, "value"] for _, number in SHARE_AND_NUMBER_2022]
    assert sum(numbers) + WITHOUT_A_GROUP_2022 == figures.at["CX0205", "value"]


@pytest.mark.parametrize(("skilled", "low_skilled", "both"), [("CX0024", "CX0028", "CX0020"), ("CX0036", "CX0040", "CX0032")])
def test_skilled_and_low_skilled_make_the_group(figures, skilled, low_skilled, both):
    assert figures.at[skilled, "value"] + figures.at[low_skilled, "value"] == figures.at[both, "value"]


@pytest.mark.parametrize("year", range(1982, 1996))
def test_six_groups_joined_with_the_comparators_leave_the_unclassified(figures, elsewhere, year):
    """The six groups of one table make less than the whole; the unclassified rest is between one and two percent."""
    here = figures[(figures["source_id"] == "insee_focus324_full") & (figures["year_last"] == year)]
    there = elsewhere["CO"]
    there = there[(there["source_id"] == "insee_focus324") & (there["year_last"] == year)]
    assert len(here) + len(there) == 6
    assert 98 <= here["value"].sum() + there["value"].astype(float).sum() <= 99


def test_contracts_make_the_whole(figures):
    contracts = figures[figures["source_id"] == "insee_ecrt2024_statuts"]
    assert contracts["low"].sum() <= 100 <= contracts["high"].sum()


def test_mean_wage_follows_from_the_groups(figures):
    """Three groups' shares are printed, cadres are the rest: the mean of the four wages is the mean that Insee prints."""
    shares = {"intermediate": "CX0126", "employes": "CX0127", "ouvriers": "CX0128"}
    wages = {"intermediate": "CX0120", "employes": "CX0122", "ouvriers": "CX0124"}
    rest = 100 - sum(figures.at[obs_id, "value"] for obs_id in shares.values())
    mean = rest * figures.at["CX0118", "value"]
    mean += sum(figures.at[shares[name], "value"] * figures.at[wages[name], "value"] for name in shares)
    widest = 0.05 * sum(abs(figures.at[wages[name], "value"] - figures.at["CX0118", "value"]) for name in shares)
    assert abs(mean - 100 * figures.at["CX0116", "value"]) <= widest


def test_ratio_of_gross_wages_prints_as_published(figures):
    ratio = figures.at["CX0336", "value"] / figures.at["CX0337", "value"]
    assert figures.at["CX0340", "low"] <= ratio <= figures.at["CX0340", "high"]


def test_changes_between_censuses_chain_to_the_levels(figures):
    low = high = 1.0
    for obs_id in ("CX0263", "CX0264", "CX0265"):
        low *= 1 + figures.at[obs_id, "low"] / 100
        high *= 1 + figures.at[obs_id, "high"] / 100
    assert low <= figures.at["CX0262", "value"] / figures.at["CX0261", "value"] <= high


def test_change_of_the_cadre_share_lies_between_the_sexes(figures):
    men, women, everyone = (figures.loc[obs_id] for obs_id in ("CX0292", "CX0293", "CX0294"))
    assert women["value"] <= everyone["value"] <= men["value"]
    assert everyone["recomputed"] == "yes"
    assert set(figures.loc[["CX0292", "CX0293", "CX0294"], "unit"]) == {"points"}


def test_derived_figures_are_recomputed_or_say_what_is_missing(tables, figures):
    known = tables.derivations.set_index("obs_id")
    for obs_id in figures.index[figures["status"] == "derived"]:
        assert (figures.at[obs_id, "recomputed"] == "yes") == pd.isna(known.at[obs_id, "missing"])
    assert set(figures.index[figures["recomputed"] == "yes"]) == {"CX0294", "CX0298", "CX0356"}


def test_the_two_rates_of_2018_contradict_each_other(figures):
    listed = situation.contradictions(figures)
    assert set(listed["obs_id"]) == {"CX0074", "CX0080"}
    assert set(figures.loc[["CX0074", "CX0080"], "use"]) == {""}
