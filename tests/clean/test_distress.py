"""The survey figures: every row kept once, constructs and groups apart, no base invented."""

import pytest

from compendium import raw
from compendium.clean import distress, rules

WOMEN_MEN_ALL = [
    ("DI0061", "DI0069", "DI0016"),
    ("DI0062", "DI0070", "DI0018"),
    ("DI0071", "DI0074", "DI0026"),
    ("DI0162", "DI0163", "DI0161"),
    ("DI0165", "DI0166", "DI0164"),
    ("DI0171", "DI0172", "DI0170"),
    ("DI0222", "DI0223", "DI0221"),
    ("DI0236", "DI0237", "DI0235"),
    ("DI0332", "DI0333", "DI0329"),
]
WITH_WITHOUT_TEAM_ALL = [
    ("DI0150", "DI0151", "DI0149"),
    ("DI0153", "DI0154", "DI0152"),
    ("DI0156", "DI0157", "DI0155"),
    ("DI0177", "DI0178", "DI0176"),
]
WAVES = range(1, 16)


@pytest.fixture(scope="module")
def tables():
    return raw.read("distress")


@pytest.fixture(scope="module")
def figures(tables):
    return distress.tidy(tables).set_index("obs_id", drop=False).rename_axis(None)


def test_every_raw_row_appears_once_and_the_counts_add_up(tables, figures):
    assert sorted(figures["obs_id"]) == sorted(tables.observations["obs_id"])
    counts = rules.counts(figures)
    assert counts["left"].iloc[0] == len(tables.observations)
    assert counts["left"].iloc[-1] + counts["taken"].sum() == len(tables.observations)
    assert counts["left"].iloc[-1] == (figures["use"] == "model").sum()


def test_what_is_not_evidence_never_enters_a_model(figures):
    assert not (figures.loc[figures["group"] != "evidence", "use"] == "model").any()
    assert not (figures.loc[figures["status"].isin(["claim", "plan", "rounded", "undated"]), "use"] == "model").any()


@pytest.mark.parametrize("obs_id", ["DI0040", "DI0047", "DI0049", "DI0056", "DI0174", "DI0193"])
def test_what_the_second_reading_did_not_find_is_set_apart(figures, obs_id):
    assert figures.at[obs_id, "verified"] == "not_found"
    assert figures.at[obs_id, "group"] == "set apart"


def test_a_third_of_cadres_decides_nothing(figures):
    third = figures.loc["DI0140"]
    assert third["fraction"]
    assert third["use"] == "shown"
    assert third["construct"] not in set(figures.drop(index="DI0140")["construct"])


def test_every_fraction_in_words_is_shown_only(figures):
    assert set(figures.loc[figures["fraction"], "use"]) == {"shown"}


def test_a_misdated_relay_is_no_value_of_the_later_wave(figures):
    relay, wave_4, wave_5 = figures.loc["DI0145"], figures.loc["DI0041"], figures.loc["DI0042"]
    assert relay["wave"] == wave_4["wave"] != wave_5["wave"]
    assert relay["value"] == wave_4["value"] != wave_5["value"]
    assert relay["use"] == ""


def test_the_contrast_group_of_wave_6_is_non_cadres(figures):
    assert figures.at["DI0050", "population_group"] == "non_cadres"


def test_managers_and_cadres_are_never_one_group(tables, figures):
    published = tables.observations.set_index("obs_id")["population"]
    by_pollster = published[published.str.startswith("managers")].index
    assert not figures.loc[by_pollster, "population_group"].str.contains("cadres").any()
    team = published[published.str.startswith("cadres with a team")].index
    assert set(figures.loc[team, "population_group"]) == {"cadres_with_team"}
    assert not set(figures.loc[team, "construct"]) & set(figures.loc[by_pollster, "construct"])


def test_all_cadres_and_cadres_under_35_are_two_groups(figures):
    signs = figures[figures["construct"] == "frequent_distress_sign"]
    assert list(signs.loc[signs["population_group"] == "cadres", "obs_id"]) == ["DI0170"]
    under_35 = signs[signs["population_group"] == "cadres_under35"]
    assert len(under_35) == 3
    assert under_35["n"].isna().all()


def test_frequent_signs_and_occasional_stress_are_two_constructs(figures):
    apec = figures[figures["survey"] == "apec"]
    assert (apec.groupby("construct")["frequency"].nunique() == 1).all()
    assert figures.at["DI0170", "frequency"] != figures.at["DI0176", "frequency"]
    assert figures.at["DI0170", "construct"] != figures.at["DI0176", "construct"]


def test_a_construct_is_of_one_panel(figures):
    panels = {"empreinte_humaine", "apec", "coviprev", "mcp", "bsi"}
    surveys = figures[figures["survey"].isin(panels) & (figures["construct"] != "sample_size")]
    assert (surveys.groupby("construct")["survey"].nunique() == 1).all()
    assert not set(surveys["construct"]) & set(figures.loc[~figures["survey"].isin(panels), "construct"])


def test_the_overall_series_has_each_wave_once(figures):
    overall = figures.query("construct == 'distress' and population_group == 'employees' and use == 'model'")
    assert sorted(overall["wave"].astype(int)) == list(WAVES)
    high = figures.query("construct == 'high_distress' and population_group == 'employees' and use == 'model'")
    assert sorted(high["wave"].astype(int)) == [number for number in WAVES if number != 10]
    both = overall.set_index("wave")["value"] - high.set_index("wave")["value"]
    assert (both.dropna() > 0).all()


def test_managers_have_no_value_where_none_was_published(figures):
    managers = figures.query("construct == 'distress' and population_group == 'managers' and group == 'evidence'")
    assert set(managers["wave"]) == {"4", "5", "6", "7", "8", "9", "11"}
    assert managers["n"].isna().all()


@pytest.mark.parametrize("wave", ["2", "3", "4", "8", "10", "12", "13"])
def test_no_base_is_invented_for_a_wave_without_one(figures, wave):
    rows = figures.query("survey == 'empreinte_humaine' and wave == @wave")
    assert len(rows)
    assert rows["n"].isna().all()


def test_every_base_is_printed_in_a_row_or_in_the_text(tables, figures):
    values = tables.observations.set_index("obs_id")["value"]
    texts = tables.observations.set_index("obs_id")[["population", "definition", "note"]].fillna("").agg(" ".join, axis=1)
    for obs_id, row in figures[figures["n"].notna()].iterrows():
        if row["n_from"] == "own text":
            assert str(row["n"]) in texts[obs_id]
        else:
            assert int(values[row["n_from"]]) == row["n"]
            assert figures.at[row["n_from"], "population_group"] == row["population_group"]


def test_the_base_of_the_first_wave_is_the_one_chosen_among_three(figures):
    assert set(figures.query("construct == 'distress' and wave == '1'")["n_from"]) == {figures.at["DI0001", "chosen"]}
    assert figures.at["DI0002", "use"] == "not_chosen"


def test_bases_of_employees_and_directors_make_the_whole(tables):
    rows = tables.observations.set_index("obs_id")
    whole = int(rows.at["DI0480", "note"].split("n=")[1].split(":")[0])
    assert int(rows.at["DI0497", "value"]) + int(rows.at["DI0498", "value"]) == whole


def test_the_field_of_apec_narrows(figures):
    assert figures.at["DI0149", "field"] == "private_cadres_with_jobseekers"
    assert figures.at["DI0176", "field"] == "private_cadres_in_employment"


def test_editions_and_reference_years_are_told_apart(figures):
    assert figures.at["DI0381", "year_is"] == "edition"
    assert figures.at["DI0382", "year_is"] == "as_printed"
    assert figures.at["DI0362", "year_is"] == "assumed"
    assert figures.loc[["DI0381", "DI0382"], "use"].tolist() == ["model", "model"]


def test_candidates_for_36_percent_repeat_rows_and_are_no_second_evidence(figures):
    candidates = figures[figures["candidate"]]
    assert (candidates["value"] == 36).all()
    for obs_id, original in {"DI0184": "DI0173", "DI0186": "DI0136", "DI0187": "DI0137", "DI0188": "DI0053"}.items():
        assert candidates.at[obs_id, "use"] == "relay"
        assert candidates.at[obs_id, "value"] == figures.at[original, "value"]
    assert set(candidates.loc[candidates["population_group"] == "cadres", "obs_id"]) == {"DI0185"}


@pytest.mark.parametrize(("women", "men", "everyone"), WOMEN_MEN_ALL + WITH_WITHOUT_TEAM_ALL)
def test_the_whole_lies_between_its_parts(figures, women, men, everyone):
    ends = sorted([figures.loc[women], figures.loc[men]], key=lambda row: row["value"])
    assert ends[0]["low"] <= figures.at[everyone, "high"]
    assert figures.at[everyone, "low"] <= ends[1]["high"]
    keys = ["construct", "survey", "wave"]
    assert len({tuple(figures.loc[obs_id, keys]) for obs_id in (women, men, everyone)}) == 1


def test_depression_by_sex_in_wave_1_has_another_threshold(figures):
    women, men, everyone = (figures.loc[obs_id] for obs_id in ("DI0143", "DI0144", "DI0132"))
    assert min(women["value"], men["value"]) > everyone["value"]
    assert women["construct"] == men["construct"] != everyone["construct"]


def test_what_lies_outside_its_parts_is_set_apart(figures):
    context = raw.read("context").observations.set_index("obs_id")
    assert float(context.at["CX0363", "value"]) > max(figures.at["DI0182", "value"], figures.at["DI0183", "value"])
    assert set(figures.loc[["DI0182", "DI0183"], "group"]) == {"set apart"}


def test_a_printed_growth_agrees_with_two_printed_rates(figures):
    first, last = figures.loc["DI0406"], figures.loc["DI0407"]
    assert last["low"] / first["high"] <= 1.41 <= last["high"] / first["low"]


def test_known_contradictions_are_listed(figures):
    listed = distress.contradictions(figures)
    assert {"DI0046", "DI0054", "DI0134", "DI0173", "DI0180", "DI0195", "DI0207"} <= set(listed["chosen"])
    assert (listed.groupby("chosen")["is_chosen"].sum() == 1).all()


def test_a_value_implied_by_an_announced_change_carries_two_roundings(figures):
    """From 44 and a rise of 6, both rounded, 38 may be anything between 37 and 39; so may it from 52 and a fall of 14."""
    implied = figures.loc["DI0045"]
    assert (implied["low"], implied["high"]) == (37, 39)
    assert implied["recomputed"] == "missing parents"
    assert figures.at["DI0046", "value"] - 6 == figures.at["DI0044", "value"] - 14 == implied["value"]
