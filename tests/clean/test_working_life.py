import pytest

from compendium import raw
from compendium.clean import rules, workforce, working_life


@pytest.fixture(scope="module")
def life():
    return working_life.tidy(raw.read("secu_managers"))


def one(frame, **columns):
    """The value of the only figure that these columns describe."""
    for name, value in columns.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1
    return frame.iloc[0]


def test_every_raw_figure_stands_once_in_the_tidy_table(life):
    assert sorted(life["obs_id"]) == sorted(raw.read("secu_managers").observations["obs_id"])


def test_the_counts_at_each_filter_add_up(life):
    counts = rules.counts(life)
    assert counts["left"].iloc[0] == len(life)
    assert (counts["left"].shift().iloc[1:] - counts["taken"].iloc[1:] == counts["left"].iloc[1:]).all()
    assert counts["left"].iloc[-1] == (life["use"] == "model").sum()


def test_no_statement_plan_or_doubtful_figure_enters_a_model(life):
    assert set(life.loc[life["group"] != "evidence", "use"].fillna("")) == {""}
    t1 = life["source_id"] == "t1_snfocos"
    assert t1.any()
    assert (life.loc[t1, "group"] == "claim").all()
    assert set(life.query("measure_kind == 'plan'")["group"]) == {"plan"}
    assert set(raw.read("secu_managers").set_apart["obs_id"]) & set(life.query("use == 'model'")["obs_id"]) == set()


def test_every_change_of_posts_is_coded_and_none_is_an_observation_of_a_plan_still_running(life):
    posts = life.query("series == 'cog_posts_change'")
    assert set(posts["obs_id"]) <= set(working_life.COG_POSTS)
    assert set(posts.query("year_last > 2025")["group"]) == {"plan"}
    observations = raw.read("secu_managers").observations
    planned = observations[observations["definition"].str.contains(r"\bplanned|\btarget|give back|give-back", regex=True)]
    assert len(planned) > 10
    assert set(planned["status"]) == {"plan"}


def test_a_figure_that_was_not_found_again_never_enters_a_model(life):
    lost = life.query("verified == 'not_found'")
    assert len(lost)
    assert "model" not in set(lost["use"])


def test_the_net_plan_of_maladie_is_the_difference_of_its_two_levels(life):
    net = one(life, perimeter="maladie", cog_period="2018-2022", net_or_gross="net")
    before = one(life, series="cog_fte_level", perimeter="maladie")["value"]
    after = one(life, series="cog_fte_target", perimeter="maladie")["value"]
    assert net["value"] == after - before
    assert net["transfers"] == "included"


def test_the_gross_plan_of_maladie_is_the_published_yearly_effort_and_no_rival_of_the_net_one(life):
    gross = one(life, perimeter="maladie", cog_period="2018-2022", net_or_gross="gross")
    level = one(life, series="cog_fte_level", perimeter="maladie")["value"]
    assert round(level * (0.975**5 - 1), -3) == gross["value"]
    assert gross["transfers"] == "excluded"
    assert not set(working_life.contradictions(life)["obs_id"]) & set(working_life.COG_POSTS)


def test_constant_scope_and_transfers_differ_by_the_published_new_load(life):
    branch = life.query("perimeter == 'recouvrement' and cog_period == '2018-2022'").set_index("transfers")["value"]
    assert branch["included"] - branch["excluded"] == 2600


def test_the_total_of_the_four_branches_mixes_net_and_gross(life):
    plans = life.query("cog_period == '2018-2022' and group == 'plan'")
    parts = plans.query("obs_id in ('SM0212', 'SM0218', 'SM0222', 'SM0227')")["value"].sum()
    total = one(plans, perimeter="four_branches")
    assert parts == -11875
    assert round(parts, -3) == total["value"]
    assert total["net_or_gross"] == "mixed"


def test_the_total_of_four_branches_is_not_taken_for_that_of_maladie(life):
    assert one(life, obs_id="SM0213")["group"] == "set apart"


def test_a_cut_of_permanent_posts_is_not_compared_with_a_cut_of_all(life):
    famille = life.query("perimeter == 'famille' and cog_period == '2018-2022'")
    assert set(famille["contracts"]) == {"cdi", "not_stated"}
    assert set(famille["unit"]) == {"fte", "persons"}


@pytest.mark.parametrize("year", [2011, 2014, 2019])
def test_network_and_head_office_make_the_total(life, year):
    amounts = life.query("quantity == 'urssaf_collections' and group == 'evidence' and year_last == @year")
    low, high = (amounts.set_index("collections_scope")[end] for end in ("low", "high"))
    assert low["network"] + low["head_office"] <= high["total"]
    assert high["network"] + high["head_office"] >= low["total"]


def test_the_head_office_share_on_the_page_dated_2012_is_that_of_2014(life):
    amounts = life.query("quantity == 'urssaf_collections' and group == 'evidence' and year_last == 2014")
    amounts = amounts.set_index("collections_scope")["value"]
    assert round(amounts["head_office"] / amounts["total"] * 100, 1) == 30.2
    assert one(life, source_id="acoss_method")["group"] == "set apart"


def test_no_amount_of_unknown_scope_enters_a_model(life):
    unknown = life.query("collections_scope == 'unknown'")
    assert {"SM0159", "SM0161", "SM0162"} <= set(unknown["obs_id"])
    assert "model" not in set(unknown["use"])
    assert life.query("collections_scope in ('network', 'head_office', 'total')")["segment"].eq("before_2020").all()


def test_the_monthly_amounts_are_of_a_narrower_scope(life):
    monthly = life.query("series == 'urssaf_collections_monthly'")
    assert set(monthly["collections_scope"]) == {"narrower"}
    sums = monthly.groupby("year_last")["value"].agg(["sum", "size"])
    assert set(sums["size"]) == {12}
    assert sums.loc[2019, "sum"] < one(life, series="urssaf_collections", year_last=2019)["low"]


def test_an_amount_in_billions_carries_the_rounding_of_its_last_printed_digit(life):
    half = (life["high"] - life["low"]).div(2).set_axis(life["obs_id"])
    assert half["SM0157"] == pytest.approx(0.05e9)
    assert half["SM0156"] == pytest.approx(0.5e9)
    assert half["SM0172"] == pytest.approx(0.05e9)


def test_before_2018_the_barometer_did_not_ask_the_whole_regime(life):
    """The answers over the response rate give the staff asked; the Cour des comptes counts all of 2015."""
    staff = one(life, series="agents_rg")["value"]
    answers = life.query("series == 'bsi_respondents'").set_index("year_last")["value"]
    rate = life.query("series == 'bsi_response_rate'").set_index("year_last")["value"] / 100
    asked = answers / rate / staff
    segment = life.query("series == 'bsi_satisfaction'").drop_duplicates("wave").set_index("year_last")["segment"]
    assert asked[2014] < 0.5
    assert segment[2014] == "volunteer_bodies"
    assert asked[2021] > 0.8
    assert segment[2021] == segment[2018] == "whole_regime"


def test_the_employer_is_chosen_over_the_union_on_the_wave_of_2021(life):
    rows = working_life.contradictions(life).query("quantity == 'bsi_satisfaction'")
    assert rows.set_index("source_id")["is_chosen"].to_dict() == {"ucanss_bsi2024": True, "snfocos_bsi2021": False}


def test_questions_worded_otherwise_are_other_quantities(life):
    assert life.query("series == 'bsi_pride'")["quantity"].nunique() == 3
    workload = life[life["series"].str.contains("workload")]
    assert workload["quantity"].nunique() == len(workload)
    assert not life.query("series == 'bsi_item_positive'").duplicated("quantity").any()


def test_errors_counted_otherwise_make_no_trend(life):
    assert life.query("series == 'cnaf_uncorrected_errors'")["quantity"].is_unique


def test_the_cost_of_collection_breaks_where_its_denominator_does(life):
    cost = life.query("quantity == 'collection_cost_per_100_eur'")
    assert set(cost.query("year_last < 2021")["segment"]) == {"all_receipts"}
    assert set(cost.query("year_last >= 2021")["segment"]) == {"urssaf_receipts"}


def test_figures_from_a_regional_meeting_are_not_taken_for_national_ones(life):
    assert set(life.query("source_id == 'snfocos_idf2024' and wave == '2024'")["perimeter"]) == {
        "regime_general_or_ile_de_france"
    }


def test_absence_has_no_two_dated_rates_on_one_definition(life):
    rates = life.query("quantity == 'absence_rate' and perimeter != 'outside_secu' and use == 'model'")
    assert len(rates) == 2
    assert not rates.duplicated("absence_definition").any()


def test_a_comparator_without_a_name_is_set_apart(life):
    assert one(life, series="absence_rate_comparator")["group"] == "set apart"


def test_fewer_motives_give_fewer_days_of_absence(life):
    days = life.query("perimeter == 'cpam_that_answered'").set_index("absence_definition")["value"]
    assert days["all_motives"] > days["all_motives_but_parenthood"] > days["sickness"]


def test_the_frequencies_of_one_question_on_ai_add_to_100(life):
    asked = life.query("series == 'ai_use_cadres_frequency'").set_index("ai_frequency")["value"]
    assert asked.sum() == 100
    weekly = asked["daily"] + asked["weekly_not_daily"]
    assert weekly > 100 / 3  # the article is entitled: more than one cadre in three
    bounds = life.query("ai_frequency == 'at_least_weekly'")["value"]
    assert bounds.min() < weekly < bounds.max()


def test_no_rate_of_ai_use_is_of_the_institution_and_no_two_wordings_are_one(life):
    asked = life.query("ai_wording != 'not_applicable'")
    assert set(asked["perimeter"]) == {"outside_secu"}
    assert not asked.duplicated(["ai_wording", "ai_frequency", "population", "year_last"]).any()
    kedge = asked.query("source_id == 'kedge2026'")
    assert kedge["ai_wording"].nunique() == len(kedge)


def test_the_derived_dismissals_make_the_printed_total_and_the_resignations_are_set_apart(life):
    assert life.query("series == 'dismissals'")["value"].sum() == 2020
    assert one(life, obs_id="SM0063")["recomputed"] == "missing parents"
    resignations = one(life, obs_id="SM0057")
    assert resignations["recomputed"] == "yes"
    assert resignations["group"] == "set apart"


def test_the_printed_total_of_resignations_is_not_the_sum_of_its_published_years(life):
    years = workforce.tidy(raw.read("secu_workforce")).query("series == 'resignations' and year_last in (2020, 2021, 2022)")
    total = one(life, series="resignations_cumulated_2020_2022")
    assert set(years["year_last"]) == {2020, 2021, 2022}
    assert years.drop_duplicates("year_last")["value"].sum() != total["value"]
    assert total["group"] == "set apart"


@pytest.mark.parametrize(
    ("series", "before", "after", "change"), [("non_retirement_leavers", 2014, 2019, 76), ("resignations", 2020, 2022, 90)]
)
def test_counts_of_leavers_grow_by_the_published_rate(life, series, before, after, change):
    leavers = life.query("series == @series and use == 'model'").set_index("year_last")["value"]
    assert round((leavers[after] / leavers[before] - 1) * 100) == change
