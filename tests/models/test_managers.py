"""Field and project managers, and their published neighbours, on the figures and on figures spoilt on purpose."""

import pandas as pd
import pytest

from compendium import claims, raw
from compendium.clean import comparators as cleaning
from compendium.clean import working_life
from compendium.errors import InputError
from compendium.models import managers


@pytest.fixture(scope="module")
def stated():
    registry = claims.read()
    return registry["T1-06"], registry["T1-07"]


@pytest.fixture(scope="module")
def institution(figures):
    return pd.concat([figures, working_life.tidy(raw.read("secu_managers"))], ignore_index=True)


@pytest.fixture(scope="module")
def comparators():
    return cleaning.tidy(raw.read("comparators"))


def test_the_implied_numbers_stand_beside_no_published_figure(stated):
    implied = managers.implied(*stated)
    assert set(implied["obs_ids"]) == {""}
    assert set(implied["method"]) == {"arithmetic_of_statement"}
    by_id = implied.set_index("estimate_id")
    assert by_id.at["mix.break_even", "low"] < by_id.at["mix.break_even", "value"] < by_id.at["mix.break_even", "high"]
    assert by_id.at["mix.total_change.none", "value"] == stated[0].value
    assert by_id.at["mix.total_change.all", "value"] == stated[1].value


def test_the_line_of_all_mixes_runs_from_one_change_to_the_other(stated):
    data = managers.every_mix(*stated, steps=10)
    line = data[data["kind"] == "mix"]
    assert list(line["value"].iloc[[0, -1]]) == [stated[0].value, stated[1].value]
    assert line["value"].is_monotonic_increasing
    assert ((line["low"] <= line["value"]) & (line["value"] <= line["high"])).all()


def test_a_statement_under_test_is_no_published_level(institution):
    table = managers.levels_published(institution).set_index("estimate_id")
    assert table.at["managers.levels_published", "value"] == 0
    assert table.at["managers.levels_published", "method"] == "none_published"
    assert table.at["managers.nearest_level", "obs_ids"] == "SM0006"


def test_a_level_is_seen_where_one_is_published(institution):
    known = institution.copy()
    rows = known["series"] == "managers_terrain_change_claim_t1"
    known.loc[rows, ["group", "use"]] = ["evidence", "model"]
    table = managers.levels_published(known).set_index("estimate_id")
    assert table.at["managers.levels_published", "value"] == rows.sum() > 0
    assert table.at["managers.levels_published", "method"] == "count_of_published"


def group_figures(*rows):
    """Made-up figures of field managers: unit, first and last year, value, half a unit of its last digit."""
    names = ["unit", "year_first", "year_last", "value", "half"]
    frame = pd.DataFrame(rows, columns=names).assign(population="managers de terrain", group="evidence", use="model")
    frame["obs_id"] = [f"SM900{place}" for place in range(len(frame))]
    return frame.assign(low=frame["value"] - frame["half"], high=frame["value"] + frame["half"])


def test_two_levels_of_a_group_give_its_change_with_rounding():
    table = managers.published_changes(group_figures(("persons", None, 2014, 1000, 5), ("persons", None, 2024, 970, 5)))
    (change,) = table.to_dict("records")
    assert (change["claim_id"], change["year"], change["method"]) == ("T1-06", "2014-2024", "difference_of_published")
    assert change["value"] == pytest.approx(-3)
    assert (change["low"], change["high"]) == pytest.approx((100 * (965 / 1005 - 1), 100 * (975 / 995 - 1)))


def test_a_change_needs_a_base_year_and_a_level_a_second():
    assert managers.published_changes(group_figures(("percent_change", None, 2024, -3, 0.5))).empty
    assert managers.published_changes(group_figures(("persons", None, 2024, 970, 5))).empty
    dated = managers.published_changes(group_figures(("percent_change", 2014, 2024, -3, 0.5)))
    assert dated[["value", "low", "high", "year"]].to_numpy().tolist() == [[-3, -3.5, -2.5, "2014-2024"]]


def test_levels_of_one_year_or_of_nobody_are_told():
    with pytest.raises(InputError, match="two levels of field managers in one year: SM9000 SM9001"):
        managers.published_changes(group_figures(("persons", None, 2024, 970, 5), ("persons", None, 2024, 980, 5)))
    with pytest.raises(InputError, match="SM9000: no change can be had from a level of nobody"):
        managers.published_changes(group_figures(("persons", None, 2014, 0, 0.5), ("persons", None, 2024, 980, 5)))


def test_the_text_under_test_gives_no_published_change(institution):
    assert managers.published_changes(institution).empty


def test_no_count_of_managers_is_told(institution):
    with pytest.raises(InputError, match="no published count of managers"):
        managers.levels_published(institution[institution["series"] != "managers_count_approx"])


def test_a_change_never_crosses_a_break(comparators):
    table = managers.managers_among_cadres(comparators)
    rows = comparators.set_index("obs_id")
    for obs_ids in table["obs_ids"]:
        first, last = obs_ids.split()
        assert rows.at[first, "segment"] == rows.at[last, "segment"]
        assert rows.at[first, "year_last"] < rows.at[last, "year_last"]


def test_the_order_of_rows_does_not_matter(comparators):
    shuffled = comparators.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(managers.managers_among_cadres(shuffled), managers.managers_among_cadres(comparators))


def test_a_segment_of_one_year_or_a_year_twice_is_told(comparators):
    rows = comparators[(comparators["comparator"] == "ilostat_total") & (comparators["quantity"] == "share_of_isco_1_2")]
    rows = rows[rows["use"] == "model"]
    with pytest.raises(InputError, match="no segment of share_of_isco_1_2 has two years"):
        managers.managers_among_cadres(rows.drop_duplicates("segment"))
    with pytest.raises(InputError, match="a year stands twice in segment 2"):
        managers.managers_among_cadres(pd.concat([rows, rows.iloc[:1]]))


def test_national_bodies_are_a_share_of_the_headcount_of_their_year(figures):
    """Ucanss prints 230 more agents de direction in national bodies from 2005 to 2020; the headcounts must allow it."""
    table = managers.national_bodies(figures).set_index("estimate_id")
    low = table.at["national_bodies.headcount.2018", "low"] - table.at["national_bodies.headcount.2005", "high"]
    high = table.at["national_bodies.headcount.2022", "high"] - table.at["national_bodies.headcount.2005", "low"]
    assert low <= 230 <= high
    assert set(table.loc[table["year"] == "2022", "definition"]) == {"with staff of the RSI"}
    assert set(table.loc[table["year"] != "2022", "definition"]) == {"before staff of the RSI"}


def test_a_share_without_a_headcount_is_told(figures):
    with pytest.raises(InputError, match="needs one agents_de_direction_headcount"):
        managers.national_bodies(figures[figures["obs_id"] != "SW0150"])
    with pytest.raises(InputError, match="no agents_de_direction_share_in_national_bodies"):
        managers.national_bodies(figures[figures["quantity"] != managers.NATIONAL_BODIES])
