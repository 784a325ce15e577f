"""Every branch of the rules on managers, receipts, dates, provenance and readings, on estimates made up for it."""

import re

import pytest

from compendium import claims
from compendium.claims.rules.origins import NUMBERS
from compendium.interval import Interval
from compendium.models import estimates

COVERS = {"covers_en": "doubt", "covers_fr": "doute"}


@pytest.fixture(scope="module")
def registry():
    return claims.read()


def judged(registry, claim_id, table):
    found = claims.judge(registry[claim_id], table, registry, {})
    for text in (*found.sentence, *found.nearest_flip):
        targets = set(re.findall(r"\]\(#([^)]*)\)", text))
        assert targets <= set(table["estimate_id"]) | set(registry)
        assert not re.search(r"\d", re.sub(r"\[[^\]]*\]\([^)]*\)|\b(?:19|20)\d\d\b", "", text)), text
    return found


def row(name, claim_id, quantity, value, method="published", **columns):
    return estimates.row(name, claim_id, quantity, value=value, method=method, **columns)


def bound(name, claim_id, quantity, low, high, method="published", **columns):
    texts = {"interval_kind": "rounding", **COVERS, **columns}
    return estimates.row(name, claim_id, quantity, value=(low + high) / 2, interval=Interval(low, high), method=method, **texts)


def managers(published, claim_id="T1-06", changes=()):
    method = "count_of_published" if published else "none_published"
    both = "T1-06 T1-07"
    return estimates.table(
        [
            bound("mix.break_even", both, "break_even_share", 5, 8, "arithmetic_of_statement", unit="percent"),
            row("managers.levels_published", both, "published_levels_or_base_years", published, method),
            bound("managers.nearest_level", both, "managers_headcount", 15000, 25000, unit="persons", year="2024"),
            row("managers_among_cadres.2014-2020", both, "share_change", -1.2, "difference_of_published", year="2014-2020"),
        ]
        + [
            bound(f"managers.change.{place}", claim_id, "published_change", *ends, unit="percent", year="2014-2024")
            for place, ends in enumerate(changes)
        ]
    )


@pytest.mark.parametrize("claim_id", ["T1-06", "T1-07"])
@pytest.mark.parametrize("published", [0, 2])
def test_a_change_without_a_level(registry, claim_id, published):
    found = judged(registry, claim_id, managers(published))
    assert (found.verdict, found.compatible, found.evidence_grade) == ("untestable", "unknown", "none")


@pytest.mark.parametrize(
    ("changes", "verdict", "compatible", "grade"),
    [
        ([(-3.4, -2.6)], "supported", "", "direct"),
        ([(-3.6, -2.6)], "untestable", "yes", "direct"),  # its rounding reaches beyond the tolerance
        ([(-2.4, -1.6)], "contradicted", "", "direct"),
        ([(-3.4, -2.6), (-2.4, -1.6)], "untestable", "yes", "direct"),  # two documents disagree
    ],
)
def test_a_change_against_published_ones(registry, changes, verdict, compatible, grade):
    found = judged(registry, "T1-06", managers(2, changes=changes))
    assert (found.verdict, found.compatible, found.evidence_grade) == (verdict, compatible, grade)
    assert found.sentence.en.startswith("Published changes of the group, against")


def receipts(known, unknown=None):
    rows = [
        bound(f"receipts.total.{year}", "T1-08", "collections", low, high, definition="total", year=str(year))
        for year, low, high in known
    ]
    method = "published_of_unknown_scope"
    if unknown:
        rows.append(bound("receipts.unknown.2024", "T1-08", "collections", *unknown, method, definition="unknown", year="2024"))
    rows.append(bound("receipts.unknown.undated", "T1-08", "collections", 590, 610, method, definition="unknown"))
    return estimates.table(rows)


@pytest.mark.parametrize(
    ("known", "unknown", "verdict", "compatible", "grade"),
    [
        ([(2019, 550, 551)], None, "supported", "", "direct"),
        ([(2019, 649, 650)], (700, 701), "supported", "", "direct"),
        ([(2014, 600, 601), (2019, 540, 541)], None, "untestable", "no", "direct"),  # an older total alone does not decide
        ([(2014, 600, 601), (2019, 540, 541)], (540, 541), "contradicted", "", "extrapolated"),  # only the latest count
        ([(2019, 540, 541)], (570, 571), "partly_supported", "", "extrapolated"),
        ([(2019, 540, 541)], (700, 701), "contradicted", "", "extrapolated"),
        ([(2019, 549, 551)], None, "untestable", "no", "direct"),  # its rounding straddles the line
        ([(2019, 540, 541)], (500, 700), "untestable", "yes", "extrapolated"),
    ],
)
def test_an_amount_against_totals(registry, known, unknown, verdict, compatible, grade):
    found = judged(registry, "T1-08", receipts(known, unknown))
    assert (found.verdict, found.compatible, found.evidence_grade) == (verdict, compatible, grade)


def test_the_verdict_on_an_amount_flips_where_its_nearest_flip_says(registry):
    found = judged(registry, "T1-08", receipts([(2019, 540, 541)], (570, 571)))
    assert found.nearest_flip.en.startswith("supported if")
    assert judged(registry, "T1-08", receipts([(2024, 570, 571)])).verdict == "supported"
    assert judged(registry, "T1-08", receipts([(2019, 540, 541)])).verdict == "untestable"


def event(name, claim_id, year, kind="law"):
    return row(f"event_year.{name}", claim_id, "event_year", year, definition=kind, year=str(year), unit="year")


@pytest.mark.parametrize(
    ("events", "verdict", "compatible"),
    [
        ([("a", 2020, "law"), ("b", 2021, "law")], "supported", ""),
        ([("a", 2024, "law")], "supported", ""),
        ([("a", 2025, "law")], "untestable", "no"),
        ([("a", 2020, "policy")], "untestable", "no"),
    ],
)
def test_a_creation_by_law_before_a_year(registry, events, verdict, compatible):
    rows = [event(name, "T1-17", year, kind) for name, year, kind in events]
    rows.append(row("age.t1-17", "T1-17", "age", 5, "difference_of_published", unit="years"))
    found = judged(registry, "T1-17", estimates.table(rows))
    assert (found.verdict, found.compatible) == (verdict, compatible)


@pytest.mark.parametrize(
    ("year", "verdict"), [(1944, "untestable"), (1945, "supported"), (1946, "supported"), (1947, "untestable")]
)
def test_a_foundation_in_a_span_of_years(registry, year, verdict):
    assert judged(registry, "T1-21", estimates.table([event("a", "T1-21", year)])).verdict == verdict


@pytest.mark.parametrize(
    ("figures", "printed", "verdict", "compatible", "grade"),
    [
        (0, (0, 0, 0, 0, 0), "untestable", "unknown", "none"),
        (9, (1, 1, 2, 1, 1), "supported", "", "direct"),
        (9, (1, 0, 0, 0, 0), "partly_supported", "", "direct"),
        (9, (0, 0, 0, 0, 0), "untestable", "unknown", "none"),
    ],
)
def test_numbers_said_to_come_from_a_document(registry, figures, printed, verdict, compatible, grade):
    def counted(name, quantity, value):
        return row(name, "T1-20", quantity, value, "published" if value else "none_published")

    rows = [counted("provenance.figures_of_document", "figures_of_document", figures)]
    rows += [counted(f"provenance.printed.{n}", "printed", v) for n, v in zip(map(str.lower, NUMBERS), printed, strict=True)]
    rows.append(bound("provenance.nearest.t1-02", "T1-20", "nearest", 37, 38, unit="percent", year="2018"))
    found = judged(registry, "T1-20", estimates.table(rows))
    assert (found.verdict, found.compatible, found.evidence_grade) == (verdict, compatible, grade)


def test_a_reading_shows_its_observable(registry):
    jobs = [
        bound("job_family.a", "T1-22", "job_family_share", 38.5, 39.5, unit="percent", year="2019"),
        bound("job_family.b", "T1-22", "job_family_change", -24.5, -23.5, unit="percent_change", year="2019"),
    ]
    found = judged(registry, "T1-22", estimates.table(jobs))
    assert (found.verdict, found.compatible, found.evidence_grade) == ("interpretive", "", "none")
    assert "−24 %" in found.sentence.en


def test_a_reading_counts_the_series_on_both_sides(registry):
    counts = {"for": 2, "against": 1, "open": 0}
    rows = [
        row(f"polarisation.count.{field}.{way}", "T2-15", "polarisation_count", value, "count_of_published")
        for field in ("sector", "institution")
        for way, value in counts.items()
    ]
    rows.append(row("polarisation.not_counted.institution", "T2-15", "not_counted", 3, "count_of_published"))
    rows += [
        row(f"polarisation.documents.{field}", "T2-15", "documents", 1, "count_of_published")
        for field in ("sector", "institution")
    ]
    found = judged(registry, "T2-15", estimates.table(rows))
    assert found.verdict == "interpretive"
    assert "(#polarisation.count.sector.against)" in found.sentence.fr
