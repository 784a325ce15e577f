from compendium import raw
from compendium.clean import rules, workforce


def test_every_raw_figure_stands_once_in_the_tidy_table(figures):
    assert sorted(figures["obs_id"]) == sorted(raw.read("secu_workforce").observations["obs_id"])


def test_the_counts_at_each_filter_add_up(figures):
    counts = rules.counts(figures)
    assert counts["left"].iloc[0] == len(figures)
    assert (counts["left"].shift().iloc[1:] - counts["taken"].iloc[1:] == counts["left"].iloc[1:]).all()
    assert counts["left"].iloc[-1] == (figures["use"] == "model").sum()


def test_no_statement_plan_or_doubtful_figure_enters_a_model(figures):
    assert set(figures.loc[figures["group"] != "evidence", "use"].fillna("")) == {""}
    t1 = figures["source_id"] == "snfocos_t1_2025"
    assert t1.any()
    assert (figures.loc[t1, "group"] == "claim").all()
    planned = figures["series"].str.contains("_plan|_target")
    assert planned.any()
    assert (figures.loc[planned, "group"] == "plan").all()


def test_no_two_shares_of_different_definition_or_basis_stand_under_one_name(figures):
    shares = figures.query("quantity == 'cadre_share' and group == 'evidence'")
    assert not shares.duplicated(["definition", "basis", "perimeter", "year_last"]).any()


def test_the_staff_of_2013_falls_by_the_published_rate_to_that_of_2018(figures):
    staff = figures.query("quantity == 'headcount' and basis == 'cdi_cdd' and use == 'model'").set_index("year_last")["value"]
    assert round((staff[2018] / staff[2013] - 1) * 100, 1) == -6.8


def test_the_ucanss_count_is_chosen_over_the_one_that_was_not_found_again(figures):
    rows = workforce.contradictions(figures).query("quantity == 'organisations' and year_last == 2019")
    assert rows.set_index("value")["is_chosen"].to_dict() == {299.0: True, 307.0: False}


def test_bodies_counted_on_different_lists_do_not_contradict_each_other(figures):
    bodies = figures.query("quantity == 'organisations' and perimeter == 'regime_general'")
    assert bodies["definition"].nunique() == 2
    lists = workforce.contradictions(figures).query("quantity == 'organisations'")["definition"]
    assert lists.nunique() <= 1
