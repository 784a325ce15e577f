"""Every branch of the rules on cadres in France, funding and growth, and dates of reforms, on estimates made up for it."""

import re

import pytest

from compendium import claims
from compendium.errors import InputError
from compendium.interval import Interval
from compendium.models import estimates

COVERS = {"interval_kind": "rounding", "covers_en": "doubt", "covers_fr": "doute"}


@pytest.fixture(scope="module")
def registry():
    return claims.read()


def judged(registry, claim_id, rows):
    table = estimates.table(rows)
    found = claims.judge(registry[claim_id], table, registry, {"recent_years": 10})
    for text in (*found.sentence, *found.nearest_flip):
        targets = set(re.findall(r"\]\(#([^)]*)\)", text))
        assert targets <= set(table["estimate_id"]) | set(registry)
        assert not re.search(r"\d", re.sub(r"\[[^\]]*\]\([^)]*\)|\b(?:19|20)\d\d\b", "", text)), text
    return found


def row(name, claim_id, quantity, value, method="published", **columns):
    return estimates.row(name, claim_id, quantity, value=value, method=method, **columns)


def bound(name, claim_id, quantity, low, high, method="published", **columns):
    middle = (low + high) / 2
    return estimates.row(
        name, claim_id, quantity, value=middle, interval=Interval(low, high), method=method, **(COVERS | columns)
    )


def advantage(item, low, high, basis="whole", other="employes", year="2019"):
    name = f"advantage.{item}.{other}.{year}"
    columns = {"definition": item, "basis": basis, "population": other, "year": year, "unit": "ratio"}
    return bound(name, "T2-08", "advantage", low, high, "ratio_of_published", **columns)


def age(item, value):
    return row(f"age.{item}", "T2-08", "age", value, "difference_of_published", definition=item, unit="years")


ITEMS = ("earnings", "unemployment", "hours")
GOOD = [advantage("earnings", 2, 2.1), advantage("unemployment", 1.2, 1.4), advantage("hours", 1.1, 1.2, year="2003-2004")]
AGES = [age("earnings", 0), age("unemployment", 2), age("hours", 17)]


@pytest.mark.parametrize(
    ("changed", "verdict", "compatible"),
    [
        ([], "supported", ""),
        ([advantage("hours", 1.1, 1.2, "part")], "partly_supported", ""),
        ([advantage("hours", 0.9, 1.2)], "untestable", "unknown"),
        ([advantage("hours", 0.8, 0.9)], "contradicted", ""),
        ([advantage("hours", 0.8, 0.9), advantage("earnings", 0.9, 1.1)], "contradicted", ""),  # the least favourable decides
    ],
)
def test_the_least_favourable_item_decides(registry, changed, verdict, compatible):
    known = {one["definition"]: one for one in GOOD} | {one["definition"]: one for one in changed}
    found = judged(registry, "T2-08", [*known.values(), *AGES])
    assert (found.verdict, found.compatible, found.evidence_grade) == (verdict, compatible, "bounded")
    assert "17" in found.sentence.en, "an old figure is marked with its age"


def test_one_comparison_of_an_item_that_speaks_against_it_is_enough(registry):
    found = judged(registry, "T2-08", [*GOOD, advantage("hours", 0.8, 0.9, other="ouvriers"), *AGES])
    assert found.verdict == "contradicted"


def test_removing_comparisons_never_turns_a_contradiction_of_what_is_left(registry):
    kept = [advantage("hours", 0.8, 0.9), age("hours", 17)]
    assert judged(registry, "T2-08", kept).verdict == "contradicted"
    assert judged(registry, "T2-08", [age("hours", 17)]).verdict == "untestable", "without a comparison nothing is tested"


@pytest.mark.parametrize(("ends", "word"), [((-1, -0.5), "narrows"), ((0.5, 1), "widens"), ((-1, 1), "does not clearly move")])
def test_whether_the_distance_narrows_is_said(registry, ends, word):
    move = bound(
        "narrowing.a",
        "T2-08",
        "narrowing",
        *ends,
        "difference_of_published",
        definition="earnings",
        population="employes",
        unit="points a year",
        year="2016-2021",
    )
    level = bound("shown.a.2019", "T2-08", "level_alone", 85, 95, definition="diplomas", year="2019", unit="percent")
    found = judged(registry, "T2-08", [*GOOD, *AGES, move, level])
    assert word in found.sentence.en
    assert "about [90 %]" in found.sentence.en


@pytest.mark.parametrize("shows", [True, False])
def test_a_majority_of_interviews_is_a_reading(registry, shows):
    def share(name, of, low, high):
        columns = {"definition": name, "level": "95", "unit": "percent", **COVERS, "interval_kind": "sampling"}
        return bound(
            f"interviews.{name}.{of}", "T2-09", "share_of_population", low, high, "arithmetic_of_assumption", **columns
        )

    rows = [share("bare", 10, 26, 88), share("bare", 40, 36, 69), share("all", 10, 69, 100), share("all", 40, 91, 100)]
    rows.append(bound("interviews.population", "T2-09", "headcount", 100, 100, unit="persons", year="2017"))
    if shows:
        rows += [
            row(f"interviews.needed.{of}", "T2-09", "count_that_shows_a_majority", count, "arithmetic_of_assumption")
            for of, count in ((10, 9), (40, 27))
        ]
    found = judged(registry, "T2-09", rows)
    assert (found.verdict, found.evidence_grade) == ("interpretive", "none")
    assert ("would be shown from" in found.sentence.en) == shows


def published(claim_id, count, *answers):
    short = claim_id.lower()
    method = "count_of_published" if count else "none_published"
    rows = [
        row(f"published.{short}", claim_id, "published", count, method, unit="figures"),
        bound(f"nearest.{short}", claim_id, "nearest", 11.5, 12.5, unit="percent", year="2014"),
    ]
    for number, (low, high) in enumerate(answers):
        rows.append(bound(f"answer.{short}.{number}", claim_id, "answer", low, high, unit="percent", year="2020"))
    return rows


@pytest.mark.parametrize(
    ("claim_id", "answers", "verdict", "compatible"),
    [
        ("T2-13", [], "untestable", "unknown"),
        ("T2-13", [(85, 86)], "supported", ""),
        ("T2-13", [(84.5, 85.5)], "untestable", "yes"),
        ("T2-13", [(60, 61)], "untestable", "no"),
        ("T2-13", [(90, 91), (60, 61)], "untestable", "no"),
        ("T2-17", [], "untestable", "unknown"),
        ("T2-17", [(50, 51)], "untestable", "yes"),
        ("T2-17", [(50.5, 51)], "supported", ""),
        ("T2-17", [(30, 31)], "untestable", "no"),
    ],
)
def test_a_share_that_may_not_be_published(registry, claim_id, answers, verdict, compatible):
    found = judged(registry, claim_id, published(claim_id, len(answers), *answers))
    assert (found.verdict, found.compatible) == (verdict, compatible)
    assert found.evidence_grade == ("direct" if answers else "none")


@pytest.mark.parametrize("claim_id", ["T2-14", "T2-19"])
@pytest.mark.parametrize("count", [0, 3])
def test_a_trend_without_a_series(registry, claim_id, count):
    rows = published(claim_id, count)
    columns = {"population": "social_workers", "year": "1993-2002", "unit": "percent a year"}
    rows.append(bound("later.a", claim_id, "later_growth", 3.7, 3.9, "pace_of_published", **columns))
    found = judged(registry, claim_id, rows)
    assert (found.verdict, found.compatible) == ("untestable", "unknown")
    assert "(#later.a)" in found.sentence.fr


def test_what_others_wrote_is_not_tested(registry):
    rows = [
        row(f"mentions.{name}", "T2-23", "documents", value, "count_of_published")
        for name, value in (("all", 9), ("with_cadres", 2))
    ]
    found = judged(registry, "T2-23", rows)
    assert (found.verdict, found.compatible, found.evidence_grade) == ("untestable", "unknown", "none")


def budget(name, kind, basis, low, high):
    field = "branch_wage_bill"
    columns = {"population": field, "definition": kind, "basis": basis, "year": "2012-2017", "unit": "percent a year"}
    return bound(f"budget.{name}", "T2-16", "budget_series", low, high, "pace_of_published", **columns)


RISE = bound("wage_bill.rise", "T2-16", "wage_bill_rise", 11.5, 12.5, unit="percent_change", year="2012-2017")
STAFF = budget("staff", "staff_per_place", "per_place", 1, 2)
PLACES = budget("places", "places", "volume", -2, -1)


def slower(low, high):
    return bound("slowing.staff", "T2-16", "slowing", low, high, "pace_of_published", year="2007-2015")


@pytest.mark.parametrize(
    ("rows", "verdict", "compatible"),
    [
        ([STAFF, PLACES, budget("bill", "wage_bill", "per_place", 1, 2)], "contradicted", ""),
        (
            [STAFF, budget("bill", "wage_bill", "per_place", 1, 2), budget("f", "funding", "per_place", 0.5, 1)],
            "contradicted",
            "",
        ),
        ([STAFF, budget("bill", "wage_bill", "per_place", -2, -1)], "untestable", "yes"),
        ([STAFF, budget("bill", "wage_bill", "nominal", 1, 2)], "untestable", "unknown"),
        ([STAFF, budget("bill", "wage_bill", "nominal", 1, 2), slower(-1, 0.4)], "untestable", "unknown"),
        ([STAFF, budget("bill", "wage_bill", "nominal", 1, 2), slower(-1, -0.4)], "partly_supported", ""),
        ([STAFF, PLACES], "untestable", "unknown"),  # no series of money
    ],
)
def test_budgets_in_real_terms_per_place(registry, rows, verdict, compatible):
    found = judged(registry, "T2-16", [*rows, RISE])
    assert (found.verdict, found.compatible) == (verdict, compatible)


def dated(registry, claim_id, differences):
    rows = []
    for (item, keys), difference in zip(registry[claim_id].stated["items"].items(), differences, strict=True):
        known = difference is not None
        method = "difference_of_published" if known else "none_published"
        for key in keys:
            columns = {"population": item, "definition": key, "unit": "years", "year": "2012" if known else ""}
            rows.append(row(f"agrees.{item}.{key}", claim_id, "item_agrees", difference, method, **columns))
        if known:
            rows.append(
                row(f"date.{item}", claim_id, "official_date", 2012, population=item, definition="adopted", unit="year")
            )
    return rows


@pytest.mark.parametrize(
    ("claim_id", "differences", "verdict", "grade"),
    [
        ("T2-10", [0] * 7, "supported", "direct"),
        ("T2-10", [0] * 6 + [1], "partly_supported", "direct"),
        ("T2-10", [0] * 6 + [None], "partly_supported", "direct"),
        ("T2-10", [2] * 7, "contradicted", "direct"),
        ("T2-10", [2] * 6 + [None], "contradicted", "direct"),
        ("T2-10", [None] * 7, "untestable", "none"),
        ("T2-11", [0, 0], "supported", "direct"),
        ("T2-11", [-5, 0], "partly_supported", "direct"),
        ("T2-11", [-5, 3], "contradicted", "direct"),
        ("T2-11", [None, None], "untestable", "none"),
        ("T2-24", [0, 0, 0], "supported", "direct"),
        ("T2-24", [0, 0, None], "partly_supported", "direct"),
        ("T2-24", [1, 0, 0], "partly_supported", "direct"),
        ("T2-24", [1, 1, -1], "contradicted", "direct"),
    ],
)
def test_items_are_counted(registry, claim_id, differences, verdict, grade):
    found = judged(registry, claim_id, dated(registry, claim_id, differences))
    assert (found.verdict, found.evidence_grade) == (verdict, grade)
    assert found.compatible == ("unknown" if verdict == "untestable" else "")


def test_taking_an_official_date_away_never_improves_a_verdict(registry):
    order = ["supported", "partly_supported", "untestable", "contradicted"]
    for differences in ([0] * 7, [0] * 6 + [1], [0] + [1] * 6):
        before = judged(registry, "T2-10", dated(registry, "T2-10", differences)).verdict
        for place, difference in enumerate(differences):
            if difference == 0:
                fewer = [*differences[:place], None, *differences[place + 1 :]]
                after = judged(registry, "T2-10", dated(registry, "T2-10", fewer)).verdict
                assert order.index(after) >= order.index(before)


def test_the_missing_note_and_bibliography_are_said(registry):
    found = judged(registry, "T2-24", dated(registry, "T2-24", [0, 0, 0]))
    assert "bibliography are missing from our copy" in found.sentence.en
    assert "bibliographie manquent" in found.sentence.fr


def test_an_item_that_agrees_by_a_later_official_year_than_the_first_says_so(registry):
    rows = dated(registry, "T2-10", [0] * 7)
    first = {"population": "lolf", "definition": "adopted", "unit": "year", "year": "2001"}
    found = judged(registry, "T2-10", [*rows, row("date.first", "T2-10", "official_date", 2001, **first)])
    assert "the LOLF (first: [2001](#date.first))" in found.sentence.en
    assert "later official year" not in judged(registry, "T2-11", dated(registry, "T2-11", [0, 0])).sentence.en


def test_one_more_agreement_is_told_to_be_enough_only_where_it_is(registry):
    assert "would make it supported" in judged(registry, "T2-10", dated(registry, "T2-10", [0] * 6 + [1])).nearest_flip.en
    assert "one item nearer" in judged(registry, "T2-10", dated(registry, "T2-10", [0] * 5 + [1, 1])).nearest_flip.en


def test_an_item_that_is_not_compared_is_told(registry):
    with pytest.raises(InputError, match="6 of 7 stated items are compared"):
        judged(registry, "T2-10", [one for one in dated(registry, "T2-10", [0] * 7) if one["estimate_id"] != "agrees.map.year"])
