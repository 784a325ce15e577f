"""What moves between two scenarios: estimates, verdicts, figures."""

import pandas as pd
import pytest

from compendium import compare, moved
from compendium.charts import moved as chart
from compendium.models import estimates

COVERS = {"interval_kind": "bound", "covers_en": "a", "covers_fr": "b"}


def table(**numbers):
    rows = []
    for name, (value, ends) in numbers.items():
        interval = estimates.Interval(*ends) if ends else None
        kind = COVERS if ends else {}
        rows.append(
            estimates.row(name, "T1-01", "q", value=value, interval=interval, unit="percent", method="published", **kind)
        )
    return {"20_x": estimates.table(rows)}


BEFORE = table(still=(1.0, None), far=(None, (10, 20)), near=(None, (10, 20)), gone=(1.0, None), zero=(0.0, None))
AFTER = table(still=(1.0, None), far=(None, (10, 30)), near=(None, (10, 21)), new=(1.0, None), zero=(1.0, None))


def test_what_moved_is_listed_the_farthest_first():
    found = compare.moved_estimates(BEFORE, AFTER)
    assert sorted(found["estimate_id"][:2]) == ["gone", "new"]
    assert list(found["estimate_id"][2:]) == ["zero", "far", "near"]
    assert compare.moved_estimates(BEFORE, BEFORE).empty


def test_order_of_rows_and_sides_change_nothing_but_the_sides():
    other = {"20_x": BEFORE["20_x"].iloc[::-1].reset_index(drop=True)}
    assert set(compare.moved_estimates(other, AFTER)["estimate_id"]) == set(
        compare.moved_estimates(AFTER, BEFORE)["estimate_id"]
    )
    assert compare.moved_estimates(other, BEFORE).empty


@pytest.mark.parametrize(("one", "other"), [((10.0, 20.0), (10.0, 20.04)), ((1.0, 1.0), (1.0001, 1.0001))])
def test_numbers_that_differ_are_written_so_that_they_differ(one, other):
    pair = pd.DataFrame([{"unit": "percent", "value": None, "low": low, "high": high} for low, high in (one, other)])
    digits = chart.digits_that_tell_apart(pair)
    first, second = (chart.written(row, "en", digits) for _, row in pair.iterrows())
    assert first != second


def test_a_figure_differs_by_its_picture_or_its_data_alone():
    def trace(name, svg, pdf="p"):
        return {"name": name, "kind": "figure", "sha256": {f"{name}.en.svg": svg, f"{name}.en.pdf": pdf}}

    assert compare.moved_figures([trace("a", "1"), trace("b", "1")], [trace("a", "2"), trace("b", "1", "q")]) == ["a"]
    assert compare.moved_figures([trace("a", "1")], []) == ["a"]


def row(claim_id, verdict, value="1"):
    empty = dict.fromkeys(("evidence_grade", "compatible", "low", "high", "sentence_en"), "")
    return empty | {"claim_id": claim_id, "status": "computed", "verdict": verdict, "value": value, "unit": "percent"}


def test_claims_that_moved_are_told_verdicts_first():
    before = {name: row(name, "untestable") for name in ("a", "b", "c", "d")}
    after = {
        "a": row("a", "untestable"),
        "b": row("b", "untestable", "2"),
        "c": row("c", "supported"),
        "e": row("e", "supported"),
    }
    told = [move.told() for move in moved.claims(before, after)]
    assert told == [
        "c: untestable, 1 percent -> supported, 1 percent",
        "e: not in the ledger -> supported, 1 percent",
        "d: untestable, 1 percent -> not in the ledger",
        "b: untestable, 1 percent -> untestable, 2 percent",
    ]
