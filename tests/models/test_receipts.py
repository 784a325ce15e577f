import pandas as pd
import pytest

from compendium import raw
from compendium.clean import working_life
from compendium.errors import InputError
from compendium.models import receipts


@pytest.fixture(scope="module")
def life():
    return working_life.tidy(raw.read("secu_managers"))


def test_amounts_are_in_billions_and_keep_their_rounding(life):
    table = receipts.collections(life).set_index("estimate_id")
    assert tuple(table.loc["receipts.total.2019", ["value", "low", "high"]]) == pytest.approx((534.4, 534.35, 534.45))


def test_network_and_national_body_make_the_total(life):
    table = receipts.collections(life).set_index("estimate_id")
    for year in ("2011", "2014", "2019"):
        total, parts = (
            table.loc[f"receipts.total.{year}"],
            table.loc[[f"receipts.{s}.{year}" for s in ("network", "head_office")]],
        )
        assert parts["low"].sum() <= total["high"]
        assert parts["high"].sum() >= total["low"]


def test_an_unknown_scope_is_marked_and_a_doubtful_amount_left_out(life):
    table = receipts.collections(life)
    unknown = table["definition"] == "unknown"
    assert (unknown == (table["method"] == "published_of_unknown_scope")).all()
    assert not {"SM0158", "SM0161"} & set(table["obs_ids"])


def test_a_year_twice_and_no_total_are_told(life):
    total = life[life["obs_id"] == "SM0160"]
    with pytest.raises(InputError, match="stand twice"):
        receipts.collections(pd.concat([life, total.assign(obs_id="SM9999")]))
    with pytest.raises(InputError, match="no total of known scope"):
        receipts.collections(life[life["collections_scope"] != "total"])
