import pytest

from compendium import raw
from compendium.clean import rules, social_sector
from compendium.errors import InputError


@pytest.fixture(scope="module")
def sector():
    return social_sector.tidy(raw.read("social_sector"))


def one(frame, **columns):
    """The only figure that these columns describe."""
    for name, value in columns.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1
    return frame.iloc[0]


def growth(before, after):
    return (after / before - 1) * 100


def test_every_raw_figure_stands_once_in_the_tidy_table(sector):
    assert sorted(sector["obs_id"]) == sorted(raw.read("social_sector").observations["obs_id"])


def test_the_counts_at_each_filter_add_up(sector):
    counts = rules.counts(sector)
    assert counts["left"].iloc[0] == len(sector)
    assert (counts["left"].shift().iloc[1:] - counts["taken"].iloc[1:] == counts["left"].iloc[1:]).all()
    assert counts["left"].iloc[-1] == (sector["use"] == "model").sum()


def test_no_target_projection_or_doubtful_figure_enters_a_model(sector):
    assert set(sector.loc[sector["group"] != "evidence", "use"].fillna("")) == {""}
    assert set(sector.query("group == 'plan'")["series"]) == {
        "bass_potential_retirements_by_2025",
        "target_number_of_associations_2008_report",
    }
    assert set(raw.read("social_sector").set_apart["obs_id"]) & set(sector.query("use == 'model'")["obs_id"]) == set()


def test_a_series_without_a_concept_is_told():
    observations = raw.read("social_sector").observations.replace({"series": {"bass_cadres": "bass_cadre"}})
    with pytest.raises(
        InputError, match=r"SS0102, column 'series': 'bass_cadre' has no code yet \(did you mean 'bass_cadres'\?\)"
    ):
        social_sector.measure(observations)


def test_a_figure_that_was_not_found_again_never_enters_a_model(sector):
    lost = sector.query("verified == 'not_found'")
    assert len(lost)
    assert "model" not in set(lost["use"])


def test_each_share_of_cadres_stands_in_a_field_of_its_own(sector):
    shares = sector.query("quantity == 'share_of_staff' and staff == 'cadres'")
    assert len(shares) > 1
    assert shares["field"].is_unique
    assert set(shares["unit"]) == {"percent"}


def test_functions_of_management_are_not_the_status_of_cadre(sector):
    functions = sector[sector["series"].isin(["bass_management_jobs", "es_handicap_management_staff_share"])]
    assert set(functions["staff"]) == {"management_functions"}


def test_the_share_of_cadres_follows_from_two_relays_of_one_survey(sector):
    share, cadres, staff = (
        one(sector, series=name, wave="unifaf_2017") for name in ("bass_cadre_share", "bass_cadres", "bass_employees")
    )
    assert share["value"] == pytest.approx(cadres["value"] / staff["value"] * 100)
    assert share["recomputed"] == "yes"
    assert cadres["document_id"] == staff["document_id"]
    assert cadres["source_id"] != staff["source_id"]


def test_unifaf_counts_jobs_and_each_edition_stands_alone(sector):
    branch = sector.query("field == 'unifaf_branch' and quantity == 'headcount'")
    assert set(branch["counted"]) == {"jobs"}
    assert (branch["segment"] == branch["wave"].str.replace("unifaf_", "members_of_")).all()
    assert one(sector, series="bass_growth_2007_2012")["segment"] == "across_changing_membership"


def test_the_growth_told_for_2007_2012_is_not_that_of_the_establishments_counted(sector):
    counted = sector.query("series == 'bass_establishments'").set_index("wave")
    told = one(sector, series="bass_growth_2007_2012")
    assert growth(counted["value"]["unifaf_2007"], counted["high"]["unifaf_2012"]) < told["low"]
    assert counted["segment"].is_unique


def test_the_edition_2007_describes_the_end_of_2006(sector):
    assert set(sector.query("wave == 'unifaf_2007' and as_of.notna()")["as_of"]) == {"2006-12-31"}


def test_the_wider_field_of_opco_sante_is_not_chained_to_unifaf(sector):
    opco = sector[sector["series"].str.startswith("opco_")]
    assert set(opco["field"]) == {"opco_sante"}
    assert not set(opco["field"]) & set(sector[sector["series"].str.startswith("bass_")]["field"])


def test_the_jump_of_the_law_of_2002_is_no_growth(sector):
    counts = sector.query("series == 'essms_count'").set_index("year_last")
    told = one(sector, series="essms_growth")
    assert round(growth(counts["value"][2001], counts["value"][2009])) == told["value"]
    assert counts["segment"][2001] != counts["segment"][2003] == counts["segment"][2008]
    assert told["segment"] == "across_2002_law"


def test_the_structures_for_disabled_people_do_not_grow_as_published(sector):
    counts = sector.query("series == 'es_handicap_structures'").set_index("year_last")
    assert round(growth(counts["value"][2014], counts["value"][2018]), 1) != 4.4
    assert counts["segment"].is_unique
    assert counts["group"][2022] == "set apart"


def test_establishments_for_disabled_adults_are_not_chained_over_a_change_of_categories(sector):
    assert sector.query("series == 'adult_disability_establishments_excl_services'")["segment"].is_unique


def test_the_growth_of_a_diploma_named_in_two_ways_is_set_apart(sector):
    assert one(sector, series="caferuis_graduates_growth")["group"] == "set apart"


def test_children_and_adults_make_all_structures_for_disabled_people(sector):
    year = sector.query("wave == 'es_handicap_2014'").set_index("series")["value"]
    parts = year["es_handicap_structures_children"] + year["es_handicap_structures_adults"]
    assert abs(year["es_handicap_structures"] - parts) <= 15  # three counts printed to the nearest ten


def test_the_count_of_2024_is_not_chained_to_that_of_2022(sector):
    counts = sector.query("series == 'np_sector_employer_establishments'").set_index("year_last")
    assert counts["value"][2024] < counts["value"][2022]
    assert one(sector, series="np_sector_establishments_growth_2018_2024")["value"] > 0
    assert counts["segment"][2024] != counts["segment"][2022]


@pytest.mark.parametrize("year", [2013, 2017, 2021])
def test_employees_over_establishments_give_the_published_mean(sector, year):
    figures = sector.query("wave == @wave", local_dict={"wave": f"uniopss_{year}"}).set_index("series")
    staff, places, mean = (
        figures.loc[f"np_sector_{name}"]
        for name in ("employees", "employer_establishments", "mean_employees_per_establishment")
    )
    assert places["counted"] == "establishments"
    assert round(staff["low"] / places["high"]) <= mean["value"] <= round(staff["high"] / places["low"])


def test_associations_alone_are_not_joined_to_associations_and_foundations(sector):
    alone, both = (set(sector[sector["series"].str.startswith(start)]["field"]) for start in ("assoc_sector_", "np_sector_"))
    assert alone == {"associations_only"}
    assert not alone & both


def test_the_two_relays_of_the_employees_of_2016_contradict_each_other(sector):
    rows = social_sector.contradictions(sector)
    assert set(rows.query("year_last == 2016")["source_id"]) == {"nexem_2016", "ame_2016"}
    assert rows["is_chosen"].sum() == rows["chosen"].nunique()


def test_the_three_counts_of_chefs_de_service_are_of_three_definitions(sector):
    counts = sector[sector["series"].isin(["chefs_de_service_count", "bass_chefs_de_service_title"])]
    assert counts["staff"].nunique() == 3
    assert set(counts.query("source_id == 'ash_2863'")["group"]) == {"set apart"}


def test_directors_general_are_not_establishment_directors(sector):
    assert one(sector, series="bass_dg_and_deputies_growth_5y")["staff"] == "directors_general_and_deputies"
    assert not (sector["staff"] == "establishment_directors").any()


def test_points_and_percent_of_single_establishment_associations_are_kept_apart(sector):
    both = sector[sector["series"].str.contains("single_establishment_(?:share_change|associations_growth)")]
    assert both["quantity"].nunique() == both["unit"].nunique() == len(both) == 2
    assert set(both.query("unit == 'percent_change'")["group"]) == {"set apart"}


@pytest.mark.parametrize("series", ["fap_v4z_employment", "fap_l5z_employment", "fap_v5z_employment", "fap_v4z83_employment"])
def test_each_mean_of_dares_shares_two_years_with_the_next(sector, series):
    means = sector.query("series == @series").sort_values("year_first")
    assert set(means["window"]) == {"overlapping_three_year_mean"}
    assert (means["year_last"] - means["year_first"] == 2).all()
    assert (means["year_first"].diff().iloc[1:] == 1).all()


def test_no_family_of_dares_isolates_the_cadres_of_social_work(sector):
    families = sector[sector["series"].str.startswith("fap_v4z83")]
    assert set(families["staff"]) == {"social_cadres_and_educators"}
    part, whole = (
        sector.query("series == @name", local_dict={"name": name}).set_index("year_first")["value"]
        for name in ("fap_v4z83_employment", "fap_v4z_employment")
    )
    assert (part < whole[part.index]).all()


@pytest.mark.parametrize(("family", "share"), [("fap_v4z83", 77.13), ("fap_v4z", 66.6)])
def test_the_sector_holds_the_published_part_of_a_family(sector, family, share):
    inside = one(sector, series=f"{family}_in_naf_qb")
    whole = one(sector, series=f"{family}_employment", year_first=inside["year_first"])
    assert inside["field"] != whole["field"]
    assert inside["value"] / whole["value"] * 100 == pytest.approx(share, abs=0.05)


@pytest.mark.parametrize(
    ("obs_id", "low", "high"),
    [("SS0077", 53.5, 54.5), ("SS0136", 31.45, 31.55), ("SS0050", 489200, 489200)],
)
def test_staff_per_place_is_printed_rounded_and_a_count_is_not(sector, obs_id, low, high):
    found = one(sector, obs_id=obs_id)
    assert (found["low"], found["high"]) == pytest.approx((low, high))
