import csv
import html
import itertools
import json

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from compendium import claims, csvfile, files, ledger, paths, raw
from compendium.charts import ledger_page
from compendium.claims.words import BARS, SHAPES
from compendium.errors import InputError
from compendium.multiverse import summary

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
            elif name.removeprefix("universes_") in ("planned", "distinct", "failed", "holding"):
                assert value == ("" if other[name] is None else str(other[name]))
            else:
                assert value == other[name]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_its_picture_shows_every_statement(language):
    page = (RESULTS / f"ledger.{language}.html").read_text(encoding="utf-8")
    for claim in claims.read().values():
        assert claim.claim_id in page
        assert claim.says.of(language) in html.unescape(page)


def test_every_estimate_of_a_verdict_leads_to_published_figures_with_a_source(rows):
    observations = raw.everything()
    events = raw.chronology().rename(columns={"chrono_id": "obs_id", "kind": "status"})
    figures = pd.concat([observations, events]).set_index("obs_id")
    for row in rows:
        for obs_id in row["obs_ids"].split():
            assert figures.at[obs_id, "source_id"]
            assert figures.at[obs_id, "status"] not in ("claim", "plan", "t2_claimed_date")


@pytest.fixture(scope="module")
def inputs():
    """What the ledger is computed from: the registry, estimates, assumptions, traces, figures, universes."""
    registry = claims.read()
    notebooks = claims.notebooks(registry)
    estimates = ledger.read_estimates(notebooks, "default")
    universes = summary.read_by_statement("default")
    return registry, estimates, *ledger.read_published(notebooks, "default"), ledger.read_figures("default"), universes


@pytest.mark.parametrize(
    ("notebook", "obs_id", "claim_id"), [("20_cadre_share", "SW0001", "T1-01"), ("24_origins_and_dates", "CH21", "T1-17")]
)
def test_a_verdict_that_rests_on_a_statement_under_test_is_refused(inputs, notebook, obs_id, claim_id):
    registry, estimates, assumptions, traces, figures, universes = inputs
    own = estimates | {notebook: estimates[notebook].assign(obs_ids=obs_id)}
    with pytest.raises(InputError, match=f"{claim_id} rests on {obs_id}, which is not evidence"):
        ledger.compute(registry, own, assumptions, traces, figures, universes)


def test_an_official_date_is_evidence_of_its_source_and_one_of_the_text_is_not(inputs):
    dates = inputs[4].set_index("obs_id")
    assert tuple(dates.loc["CH01", ["document_id", "group"]]) == ("ordonnance_1945", "evidence")
    assert dates.at["CH21", "group"] == "claim"


def test_the_committed_ledger_is_what_the_committed_estimates_give(inputs, rows):
    computed = ledger.compute(*inputs)
    committed = pd.DataFrame(rows)
    for column in ("verdict", "evidence_grade", "sentence_en", "sentence_fr", "figures", "tables"):
        assert list(computed[column]) == list(committed[column])


def matrix_rows(**columns):
    """Made-up rows of the ledger, as far as the picture of the whole reads them."""
    frame = pd.DataFrame(columns)
    defaults = {"status": "computed", "verdict": "supported", "evidence_grade": "direct", "documents": "one", "nearest": ""}
    for name, value in defaults.items():
        if name not in frame:
            frame[name] = value
    return frame.assign(nearest_flip_en=frame["nearest"], nearest_flip_fr=frame["nearest"])


MADE_UP = pd.DataFrame(
    [("limit", "breakdown_point", "breakdown"), ("share", "share", "published"), ("dates", "dates", "count_of_published")],
    columns=["estimate_id", "quantity", "method"],
)


def test_the_picture_says_what_kind_of_flip_is_nearest_and_with_which_numbers():
    rows = matrix_rows(
        claim_id=["A", "B", "C", "D", "E"],
        verdict=["interpretive", "untestable", "supported", "supported", "supported"],
        evidence_grade=["none", "none", "direct", "direct", "direct"],
        nearest=["[3](#share)", "[4](#share)", "[5](#A) [6](#limit) [5](#A)", "[7](#share)", "[1](#dates)"],
    )
    drawn = ledger.matrix(rows, MADE_UP)
    assert drawn["flip"].tolist() == ["none", "evidence", "unknown", "figure", "figure"]
    assert drawn["numbers_en"].tolist() == drawn["numbers_fr"].tolist() == ["", "", "5|6", "7", ""]


def test_only_statements_on_the_very_same_documents_share_a_letter():
    rows = matrix_rows(
        claim_id=["A", "B", "C", "D", "E", "F"],
        documents=["one", "one two", "one", "three", "one two", "one"],
        status=["computed"] * 5 + ["pending"],
    )
    drawn = ledger.matrix(rows, MADE_UP)
    assert drawn["claim_id"].tolist() == ["A", "B", "C", "D", "E"]
    assert drawn["together"].tolist() == ["a", "b", "a", "", "b"]
    assert drawn["documents"].tolist() == [1, 2, 1, 1, 2]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_on_one_page_every_statement_has_its_verdict_by_word_and_shape_and_nothing_overlaps(language):
    frame = pd.read_csv(RESULTS / "ledger.csv", keep_default_na=False)
    registry, names = claims.read(), files.read_yaml(paths.CLAIMS)
    page = ledger_page.page(frame, registry, names, language)
    page.canvas.draw()
    boxes = {text: text.get_window_extent() for text in page.texts}
    for text, box in boxes.items():
        assert 0 <= box.x0 < box.x1 <= page.bbox.width, text.get_text()
        assert 0 <= box.y0 < box.y1 <= page.bbox.height, text.get_text()
        assert text.get_fontsize() >= 6.5
    for (one, a), (other, b) in itertools.combinations(boxes.items(), 2):
        assert not a.overlaps(b), f"{one.get_text()} lies on {other.get_text()}"
    written = [text.get_text() for text in page.texts]
    said = " ".join(" ".join(written).split())
    for row in frame.itertuples():
        assert row.claim_id in written
        assert " ".join(registry[row.claim_id].says.of(language).split()) in said
    for key in frame["verdict"]:
        assert SHAPES[key] in written
        assert any(text.startswith(names["verdicts"][key][f"name_{language}"]) for text in written)
    for key in frame["evidence_grade"]:
        assert f"{BARS[key]} {names['evidence_grades'][key][f'name_{language}']}" in written
    plt.close(page)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_published_page_is_one(language):
    data = (RESULTS / f"ledger.{language}.pdf").read_bytes()
    assert data.count(b"/Type /Page ") + data.count(b"/Type /Page\n") == 1
    assert b"CreationDate" not in data


def test_the_index_lists_every_figure_and_table_with_cell_and_files():
    index = csvfile.read(RESULTS / "index.csv", ledger.Shown).set_index("name")
    traces = [path for kind in ("figures", "tables") for path in (RESULTS / kind).glob("*.trace.json")]
    assert {path.name.removesuffix(".trace.json") for path in traces} == set(index.index)
    for name, row in index.iterrows():
        found = set((RESULTS / f"{row['kind']}s").glob(f"{name}.*"))
        assert {paths.ROOT / file for file in row["files"].split()} == {p for p in found if not p.name.endswith(".trace.json")}
        ends = {file.rpartition(".")[2] for file in row["files"].split()}
        assert ends == ({"csv", "pdf", "png", "svg"} if row["kind"] == "figure" else {"csv", "html", "tex"})
        assert f'"{name}"' in (paths.NOTEBOOKS / f"{row['notebook']}.ipynb").read_text(encoding="utf-8").replace("\\", "")
