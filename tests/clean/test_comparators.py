import pandas as pd
import pytest

from compendium import raw
from compendium.clean import comparators, rules
from compendium.errors import InputError


@pytest.fixture(scope="module")
def tables():
    return raw.read("comparators")


@pytest.fixture(scope="module")
def figures(tables):
    return comparators.tidy(tables)


@pytest.fixture(scope="module")
def shares(figures):
    return comparators.shares(figures)


def value(figures, series, year):
    rows = figures[(figures["series"] == series) & (figures["year_last"] == year) & (figures["use"] != "not_chosen")]
    assert len(rows) == 1
    return rows["value"].iloc[0]


def share(shares, comparator, year, classified_only="no"):
    chosen = shares["classified_only"] == classified_only
    rows = shares[(shares["comparator"] == comparator) & (shares["year"] == year) & chosen]
    assert len(rows) == 1
    return rows["share"].iloc[0]


def segment_of(shares, comparator, year):
    rows = shares[(shares["comparator"] == comparator) & (shares["year"] == year)]
    assert rows["segment"].nunique() == 1
    return rows["segment"].iloc[0]


def test_every_raw_row_comes_out_once(tables, figures):
    assert sorted(figures["obs_id"]) == sorted(tables.observations["obs_id"])


def test_counts_add_up(tables, figures):
    counts = rules.counts(figures)
    assert counts["left"].iloc[0] == len(tables.observations)
    assert counts["taken"].sum() + counts["left"].iloc[-1] == len(tables.observations)
    assert counts["left"].iloc[-1] == (figures["use"] == "model").sum()


def test_only_evidence_may_be_modelled(figures):
    assert set(figures.loc[figures["use"] == "model", "group"]) == {"evidence"}
    assert set(figures.loc[figures["use"] == "model", "status"]) == {"observation", "derived"}


def test_every_derived_figure_is_recomputed_or_says_what_is_missing(tables, figures):
    derived = figures[figures["status"] == "derived"]
    missing = tables.derivations.set_index("obs_id")["missing"].reindex(derived["obs_id"]).notna().to_numpy()
    assert ((derived["recomputed"] == "missing parents").to_numpy() == missing).all()
    assert ((derived["recomputed"] == "yes").to_numpy() == ~missing).all()


@pytest.mark.parametrize(
    ("comparator", "all_employment", "classified"),
    [("ilostat_O", 3.82, 3.37), ("ilostat_total", 2.10, 1.69)],
)
def test_the_second_reading_gives_the_same_changes_since_2021(shares, comparator, all_employment, classified):
    for kind, printed in (("no", all_employment), ("yes", classified)):
        change = share(shares, comparator, 2024, kind) - share(shares, comparator, 2021, kind)
        assert change == pytest.approx(printed, abs=0.005)


@pytest.mark.parametrize(
    ("series", "before", "after"),
    [
        ("employment_unclassified_sector_o", 2, 77),
        ("employment_unclassified", 132, 662),
        ("employment_unclassified_sector_q", 8, 53),
    ],
)
def test_unclassified_occupations_jump_as_the_second_reading_says(figures, series, before, after):
    assert value(figures, series, 2020) / 1000 == pytest.approx(before, abs=0.5)
    assert value(figures, series, 2021) / 1000 == pytest.approx(after, abs=0.5)


def test_sector_k_leaves_none_unclassified_in_2020(figures, shares):
    assert figures.query("series == 'employment_unclassified_sector_k' and year_last == 2020").empty
    assert share(shares, "ilostat_K", 2020, "yes") == pytest.approx(share(shares, "ilostat_K", 2020))
    assert value(figures, "employment_unclassified_sector_k", 2021) / 1000 == pytest.approx(17, abs=0.5)


# Levels and changes printed in the notes that came with the figures, to one decimal.
@pytest.mark.parametrize(
    ("comparator", "year", "printed"),
    [
        ("ilostat_total", 2014, 23.7),
        ("ilostat_total", 2024, 31.8),
        ("ilostat_O", 2014, 16.8),
        ("ilostat_O", 2024, 26.4),
        ("ilostat_K", 2014, 35.8),
        ("ilostat_K", 2024, 43.7),
        ("ilostat_Q", 2010, 11.4),
        ("ilostat_Q", 2011, 24.8),
        ("ilostat_Q", 2014, 20.7),
        ("ilostat_Q", 2024, 27.0),
        ("dares_total", 2018, 19.37),
        ("dares_Q_sector_OZ", 2018, 24.9),
        ("dares_Q_sector_KZ", 2018, 43.4),
        ("dares_insurance_secu", 2004, 47.8),
        ("dares_insurance_secu", 2018, 48.8),
        ("banks_afb", 2012, 54.9),
        ("insurance", 2006, 37.0),
    ],
)
def test_levels_agree_with_the_notes(shares, comparator, year, printed):
    assert share(shares, comparator, year) == pytest.approx(printed, abs=0.05)


@pytest.mark.parametrize(("year", "printed"), [(2011, 30.9), (2014, 29.1), (2020, 27.9), (2024, 22.9)])
def test_managers_among_managers_and_professionals_agree_with_the_notes(figures, year, printed):
    assert value(figures, "isco1_share_of_isco12", year) == pytest.approx(printed, abs=0.05)


@pytest.mark.parametrize(
    ("comparator", "before", "after"),
    [
        ("ilostat_total", 2002, 2003),
        ("ilostat_total", 2010, 2011),
        ("ilostat_O", 2012, 2013),
        ("ilostat_O", 2013, 2014),
        ("ilostat_Q", 2010, 2011),
        ("ilostat_K", 2020, 2021),
        ("ilostat_total_women", 2020, 2021),
        ("insee_pcs3", 1995, 2019),
        ("insee_pcs3", 2019, 2022),
        ("insee_pcs3_women", 2019, 2022),
        ("banks_afb", 1991, 1994),
        ("banks_afb", 1999, 2000),
        ("banks_afb", 2009, 2012),
        ("insurance", 2006, 2007),
        ("public_service_a", 2011, 2022),
        ("public_service_a_fph", 2011, 2022),
        ("public_service_a_fpt", 2011, 2022),
    ],
)
def test_no_segment_crosses_a_break(shares, comparator, before, after):
    assert segment_of(shares, comparator, before) < segment_of(shares, comparator, after)


@pytest.mark.parametrize(
    ("comparator", "first", "last"),
    [("ilostat_total", 1995, 2002), ("ilostat_O", 2014, 2020), ("ilostat_O", 2021, 2024), ("dares_Q", 1983, 2018)],
)
def test_segments_are_as_long_as_the_series_is_unbroken(shares, comparator, first, last):
    assert segment_of(shares, comparator, first) == segment_of(shares, comparator, last)


@pytest.mark.parametrize(("before", "after"), [(2014, 2015), (2016, 2023), (2023, 2024)])
def test_headcounts_of_banks_change_field(before, after):
    earlier, later = (comparators.segment("banks_afb", "headcount", year)[0] for year in (before, after))
    assert earlier < later


def test_years_with_a_miscoded_group_are_in_no_share(shares):
    ilostat = shares[shares["comparator"].str.startswith("ilostat")]
    assert ilostat["year"].min() == 1995


def test_means_over_three_years_say_so(figures, shares):
    means = figures[figures["window"] == "three_year_mean"]
    assert set(means["source_id"]) == {"dares_psm"}
    assert (means["year_last"] - means["year_first"] == 2).all()
    assert value(figures, "fap_q_cadre_share", 1984) == share(shares, "dares_Q", 1983)


def test_families_with_self_employed_agents_say_so(tables, figures):
    texts = tables.observations["population"] + " " + tables.observations["definition"].fillna("")
    with_agents = tables.observations.loc[texts.str.contains("226a"), "obs_id"]
    assert len(with_agents) == 102  # the rows whose label the second reading corrected
    assert set(figures.loc[figures["obs_id"].isin(with_agents), "self_employed"]) == {"yes"}


def test_armed_forces_are_no_cadres(figures, shares):
    armed = figures[figures["grade"] == "armed_forces"]
    assert set(armed["comparator"]) == {"ilostat_O"}
    assert not shares["obs_ids"].str.split().explode().isin(armed["obs_id"]).any()


def test_a_classified_share_leaves_out_the_unclassified_alone(figures, shares):
    left = figures[figures["role"] == "unclassified"].set_index(["comparator", "year_last"])["value"]
    wide = shares.pivot_table(
        index=["comparator", "year"], columns="classified_only", values=["denominator", "numerator"]
    ).dropna()
    taken = wide["denominator"]["no"] - wide["denominator"]["yes"]
    assert (wide["numerator"]["no"] == wide["numerator"]["yes"]).all()
    assert (taken == left.rename_axis(["comparator", "year"]).reindex(taken.index).fillna(0)).all()
    assert taken.loc["ilostat_total"].index.min() == 2008


def test_a_share_needs_both_groups(shares):
    women = shares[shares["comparator"] == "ilostat_total_women"]
    assert not women["year"].between(2011, 2016).any()


def test_printed_shares_agree_with_their_headcounts(shares):
    both = shares[shares["numerator"].notna() & (shares["classified_only"] == "no")]
    counted = 100 * both["numerator"] / both["denominator"]
    assert (counted >= both["low"] - 1e-9).all()
    assert (counted <= both["high"] + 1e-9).all()


def test_two_releases_give_the_same_share_of_2012(figures):
    changes = figures[figures["series"] == "bank_cadre_share_change"]
    levels = [value(figures, "bank_cadre_share", row.year_last) - row.value for row in changes.itertuples()]
    assert len(levels) == 2
    assert levels[0] == pytest.approx(levels[1], abs=0.55)  # the share of 2024 is printed without decimals


@pytest.mark.parametrize("family", ["q1z", "q2z"])
def test_families_are_the_sum_of_their_parts(figures, family):
    parts = {"q1z": ("q1z80", "q1z81"), "q2z": ("q2z90", "q2z91")}[family]
    for year in range(2005, 2020):
        total = sum(value(figures, f"fap_{part}_employment", year) for part in parts)
        assert total == pytest.approx(value(figures, f"fap_{family}_employment", year), abs=1)  # rounded to the person


def test_families_working_in_public_administration_add_up(figures):
    parts = sum(value(figures, f"fap_{family}_employment_sector_oz", 2019) for family in ("q0z", "q1z", "q2z"))
    assert parts == pytest.approx(value(figures, "fap_q_employment_sector_oz", 2019), abs=1)


@pytest.mark.parametrize("kind", ["headcount", "cadre_headcount"])
def test_census_sectors_add_up(figures, kind):
    census = figures[figures["series"].str.startswith(f"{kind}_jobs_sector_")].set_index("series")["value"]
    total = census.pop(f"{kind}_jobs_sector_all")
    assert census.sum() == pytest.approx(total, abs=len(census))


def test_net_creations_of_cadre_posts_add_up(figures):
    hires, promotions, exits = (
        value(figures, f"apec_{flow}", 2022) for flow in ("cadre_hires", "internal_promotions", "exits")
    )
    assert hires + promotions - exits == value(figures, "apec_net_cadre_jobs", 2022)


@pytest.mark.parametrize(
    ("series", "year"),
    [
        (["mutuals_cadre_share", "mutuals_technician_share", "mutuals_employee_share"], 2017),
        (["public_service_catb_share", "public_service_catc_share"], 2022),
    ],
)
def test_grades_add_up(figures, shares, series, year):
    total = sum(value(figures, name, year) for name in series)
    total += share(shares, "public_service_a", year) if "public" in series[0] else 0
    assert total == pytest.approx(100, abs=1.5)  # three shares without decimals


def test_three_social_classes_leave_a_small_residual(figures):
    totals = figures[figures["comparator"] == "social_classes"].groupby("year_last")["value"].sum()
    assert totals.between(97, 100).all()


@pytest.mark.parametrize("year", [1982, 1983, 2019, 2022])
def test_the_share_of_all_lies_between_women_and_men(shares, year):
    women, everyone, men = (share(shares, f"insee_pcs3{group}", year) for group in ("_women", "", "_men"))
    assert women < everyone < men


def test_editions_of_the_long_series_contradict_each_other(figures):
    contradictions = comparators.contradictions(figures).set_index("obs_id")
    assert set(contradictions["year_last"]) == {1982, 1983}
    assert contradictions.loc["CO0001", "is_chosen"]
    assert not contradictions.loc["CO0046", "is_chosen"]


def test_relays_of_one_note_are_one_document(figures):
    service = figures[figures["comparator"].str.startswith("public_service") & (figures["quantity"] == "share")]
    assert service["document_id"].nunique() == 1
    assert (
        figures.query("comparator == 'public_service_a' and grade == 'cadres' and year_first == 2022")["use"] == "relay"
    ).sum() == 1


def test_a_series_without_a_known_comparator_is_refused():
    with pytest.raises(InputError, match="farmers"):
        comparators.measure(pd.DataFrame({"series": ["farmers_share"], "source_id": ["x"], "year_last": [2020]}))
