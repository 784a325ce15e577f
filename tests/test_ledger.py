import csv
import html
import json

import pandas as pd
import pytest

from compendium import claims, ledger, paths, raw
from compendium.errors import InputError

RESULTS = paths.results("default")


@pytest.fixture(scope="module")
def rows():
    with (RESULTS / "ledger.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_it_has_a_row_for_every_claim_in_order(rows):
    assert [row["claim_id"] for row in rows] == list(claims.read())


def test_a_pending_row_has_no_verdict_and_a_computed_row_has_all(rows):
    for row in rows:
        needed = (
            "verdict",
            "evidence_grade",
            "estimate_ids",
            "obs_ids",
            "documents",
            "sentence_en",
            "sentence_fr",
            "would_settle_en",
        )
        if row["status"] == "pending":
            assert not any(row[name] for name in needed)
        else:
            assert all(row[name] for name in needed), row["claim_id"]


def test_the_json_holds_the_same_rows(rows):
    same = json.loads((RESULTS / "ledger.json").read_text(encoding="utf-8"))
    assert [list(row) for row in same] == [list(row) for row in rows]
    for one, other in zip(rows, same, strict=True):
        for name, value in one.items():
            if name in ("value", "low", "high"):
                assert (other[name] is None) == (value == "")
                assert not value or float(value) == pytest.approx(other[name], rel=1e-9)
            else:
                assert value == other[name]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_its_picture_shows_every_statement(language):
    page = (RESULTS / f"ledger.{language}.html").read_text(encoding="utf-8")
    for claim in claims.read().values():
        assert claim.claim_id in page
        assert claim.says.of(language) in html.unescape(page)


def test_every_estimate_of_a_verdict_leads_to_published_figures_with_a_source(rows):
    figures = pd.concat(raw.read(topic).observations for topic in raw.TOPICS).set_index("obs_id")
    for row in rows:
        for obs_id in row["obs_ids"].split():
            assert figures.at[obs_id, "source_id"]
            assert figures.at[obs_id, "status"] not in ("claim", "plan")


def test_a_verdict_that_rests_on_a_statement_under_test_is_refused(figures):
    registry = claims.read()
    estimates = ledger.read_estimates({"20_cadre_share"}, "default")
    assumptions, traces = ledger.read_published({"20_cadre_share"}, "default")
    own = estimates["20_cadre_share"].assign(obs_ids="SW0001 SW0005")
    with pytest.raises(InputError, match="T1-01 rests on SW0001, which is not evidence"):
        ledger.compute(registry, {"20_cadre_share": own}, assumptions, traces, figures)


def test_the_committed_ledger_is_what_the_committed_estimates_give(rows):
    registry = claims.read()
    notebooks = {claim.decide.estimates for claim in registry.values() if claim.decide}
    estimates = ledger.read_estimates(notebooks, "default")
    assumptions, traces = ledger.read_published(notebooks, "default")
    computed = ledger.compute(registry, estimates, assumptions, traces, ledger.read_figures("default"))
    committed = pd.DataFrame(rows)
    for column in ("verdict", "evidence_grade", "sentence_en", "sentence_fr", "figures", "tables"):
        assert list(computed[column]) == list(committed[column])
