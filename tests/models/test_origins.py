import datetime

import pandas as pd
import pytest

from compendium import claims, raw
from compendium.errors import InputError
from compendium.models import origins


@pytest.fixture(scope="module")
def chronology():
    return raw.chronology()


@pytest.fixture(scope="module")
def registry():
    return claims.read()


def test_the_year_of_an_event_is_the_one_its_official_text_prints(chronology):
    """Ordonnance no 45-2250 du 4 octobre 1945; loi no 2020-992 du 7 août 2020, JORF no 0194 du 8 août 2020 (Légifrance)."""
    founded, branch = (origins.dates(chronology, claim) for claim in ("T1-21", "T1-17"))
    assert list(founded["value"]) == [datetime.date(1945, 10, 4).year]
    assert branch["value"].min() == datetime.date(2020, 8, 7).year
    assert origins.age(branch, "T1-17", 2025)["value"].item() == 2025 - 2020


def test_a_date_of_a_text_under_test_is_no_official_one(chronology):
    spoilt = chronology.assign(kind="t2_claimed_date")
    with pytest.raises(InputError, match="no event bears on T1-17"):
        origins.dates(spoilt, "T1-17")


def test_the_order_of_events_does_not_matter(chronology):
    shuffled = chronology.sample(frac=1, random_state=2)
    pd.testing.assert_frame_equal(origins.dates(shuffled, "T1-17"), origins.dates(chronology, "T1-17"))


def provenance(registry, title, values):
    sources = pd.DataFrame({"source_id": ["a", "b"], "title": [title, "Another report"]})
    figures = pd.DataFrame(
        {
            "obs_id": [f"SW900{n}" for n in range(len(values))],
            "source_id": ["a"] * len(values),
            "value": values,
            "unit": ["percent"] * (len(values) - 1) + ["percent_change"],
            "group": ["evidence"] * (len(values) - 1) + ["claim"],
        }
    )
    stated = {"t1-02": registry["T1-02"], "t1-06": registry["T1-06"]}
    units = {name: claim.stated["unit"] for name, claim in stated.items()}
    table = origins.provenance(sources, figures, "Carnet de l'emploi", stated, units, {}, "T1-20")
    return table.set_index("estimate_id")


def test_a_number_counts_as_printed_where_a_figure_of_the_document_is_that_number(registry):
    table = provenance(registry, "Carnet de l'emploi 2025", [41.8, 12.0, -3.0])
    assert table.at["provenance.figures_of_document", "value"] == 2
    assert table.at["provenance.printed.t1-02", "value"] == 1
    assert table.at["provenance.printed.t1-02", "method"] == "published"
    assert table.at["provenance.printed.t1-06", "value"] == 0, "a statement under test is not evidence"


def test_the_same_digits_in_another_unit_are_another_figure(registry):
    table = provenance(registry, "Carnet de l'emploi 2025", [-3.0, 41.8, 12.0])
    assert table.at["provenance.printed.t1-02", "value"] == 1
    assert table.at["provenance.printed.t1-06", "value"] == 0, "a share of -3 % is no change of -3 %"


def test_a_document_that_is_no_source_prints_nothing(registry):
    table = provenance(registry, "Rapport sur l'emploi", [41.8, 12.0])
    assert set(table["value"]) == {0}
    assert set(table["method"]) == {"none_published"}


def test_the_named_document_is_not_among_the_sources():
    sources = raw.read("secu_workforce").sources
    assert not sources["title"].str.contains("Carnet de l'emploi", case=False).any()


def test_jobs_in_contact_with_users_need_a_figure(figures):
    assert set(origins.contact_with_users(figures, "T1-22")["obs_ids"]) == {"SW0055", "SW0056"}
    with pytest.raises(InputError, match="no figure on the families of jobs"):
        origins.contact_with_users(figures[~figures["series"].isin(origins.JOB_FAMILIES)], "T1-22")
