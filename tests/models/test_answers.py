import pandas as pd
import pytest

from compendium import raw
from compendium.clean import social_sector
from compendium.errors import InputError
from compendium.models import answers


@pytest.fixture(scope="module")
def sector():
    return social_sector.tidy(raw.read("social_sector")).set_index("obs_id", drop=False)


@pytest.mark.parametrize("claim_id", ["T2-13", "T2-14", "T2-17"])
def test_what_is_not_published_is_counted_as_none_and_the_nearest_figure_named(sector, claim_id):
    found = answers.found(sector, claim_id).set_index("quantity")
    assert found.at["published", "value"] == 0
    assert found.at["published", "method"] == "none_published"
    assert found.at["nearest", "year"]
    assert "answer" not in found.index


def test_a_share_that_comes_in_is_an_answer(sector):
    new = sector.loc[["SS0051"]].assign(obs_id="SS9001", series="public_funding_share_ess", value=90.0, low=89.5, high=90.5)
    table = pd.concat([sector, new.set_index("obs_id", drop=False)])
    found = answers.found(table, "T2-13").set_index("quantity")
    assert found.at["published", "value"] == 1
    assert (found.at["answer", "low"], found.at["answer", "high"]) == (89.5, 90.5)


def test_a_claim_or_a_rounded_figure_is_no_answer(sector):
    new = sector.loc[["SS0051", "SS0051"]].assign(obs_id=["SS9001", "SS9002"], series="public_funding_share")
    new = new.assign(use=["", "shown"]).set_index("obs_id", drop=False)
    found = answers.found(pd.concat([sector, new]), "T2-13")
    assert "answer" not in set(found["quantity"])
    assert found.iloc[0]["value"] == 1, "the rounded one is counted as published, and answers nothing"


def test_without_the_nearest_figure_an_error_names_it(sector):
    with pytest.raises(InputError, match="SS0015, the figure nearest to T2-13"):
        answers.found(sector.drop(index="SS0015"), "T2-13")


def test_documents_that_count_cadres_are_some_of_the_documents(sector):
    found = answers.documents_with_cadres(sector, "T2-23").set_index("definition")
    assert 0 < found.at["with_cadres", "value"] < found.at["all", "value"]
    without = answers.documents_with_cadres(sector[~sector["staff"].str.contains("cadres")], "T2-23")
    assert without.set_index("definition").at["with_cadres", "method"] == "none_published"
    with pytest.raises(InputError, match="no figure that can be used"):
        answers.documents_with_cadres(sector[:0], "T2-23")
