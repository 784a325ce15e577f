import pandas as pd
import pytest

from compendium import raw
from compendium.clean import social_sector
from compendium.errors import InputError
from compendium.models import published


@pytest.fixture(scope="module")
def sector():
    return social_sector.tidy(raw.read("social_sector"))


@pytest.fixture(scope="module")
def nearest(sector):
    return sector[sector["obs_id"] == "SS0015"]


def new(nearest, use):
    return nearest.assign(obs_id="SS9001", series="public_funding_share", value=90.0, low=89.5, high=90.5, use=use)


def test_what_is_not_published_is_counted_as_none_and_the_nearest_figure_named(sector, nearest):
    found = published.count_and_nearest("T2-13", "funding", sector[:0], nearest, "shares").set_index("quantity")
    assert (found.at["published", "value"], found.at["published", "method"]) == (0, "none_published")
    assert (found.at["published", "population"], found.at["nearest", "year"]) == ("shares", "2012-2017")
    assert "answer" not in found.index


def test_the_latest_of_the_nearest_figures_is_named(nearest):
    later = nearest.assign(obs_id="SS9002", year_first=2019, year_last=2019)
    found = published.count_and_nearest("T2-13", "funding", nearest[:0], pd.concat([later, nearest])).set_index("quantity")
    assert (found.at["nearest", "obs_ids"], found.at["nearest", "year"]) == ("SS9002", "2019")


def test_a_figure_that_comes_in_is_an_answer(nearest):
    found = published.count_and_nearest("T2-13", "funding", new(nearest, "model"), nearest).set_index("quantity")
    assert (found.at["published", "value"], found.at["published", "method"]) == (1, "count_of_published")
    assert (found.at["answer", "low"], found.at["answer", "high"]) == (89.5, 90.5)
    assert found.at["answer", "estimate_id"] == "funding.answer.ss9001"


def test_a_figure_that_may_only_be_shown_is_counted_and_answers_nothing(nearest):
    found = published.count_and_nearest("T2-13", "funding", new(nearest, "shown"), nearest)
    assert list(found["quantity"]) == ["published", "nearest"]
    assert found.iloc[0]["value"] == 1


def test_a_claim_a_plan_and_what_is_set_apart_are_no_evidence(sector, nearest):
    made = [new(nearest, "shown").assign(group=group) for group in ("claim", "plan", "set apart")]
    assert published.evidence(pd.concat([*made, new(nearest, "")])).empty
    assert set(published.evidence(sector)["group"]) == {"evidence"}


def test_without_a_dated_nearest_figure_an_error_names_the_statement(nearest):
    undated = nearest.assign(year_first=None, year_last=None)
    for none in (nearest[:0], undated):
        with pytest.raises(InputError, match="T2-13: no dated figure comes near 'funding'"):
            published.count_and_nearest("T2-13", "funding", nearest[:0], none)


def test_documents_that_count_cadres_are_some_of_the_documents(sector):
    found = published.documents_with_cadres(sector, "T2-23").set_index("definition")
    assert 0 < found.at["with_cadres", "value"] < found.at["all", "value"]
    without = published.documents_with_cadres(sector[~sector["staff"].str.contains("cadres")], "T2-23")
    assert without.set_index("definition").at["with_cadres", "method"] == "none_published"
    with pytest.raises(InputError, match="no figure that can be used"):
        published.documents_with_cadres(sector[:0], "T2-23")
