"""Every branch of the rules on departures, absence, tools and origins of managers, on estimates made up for it."""

import re

import pytest

from compendium import claims
from compendium.interval import Interval
from compendium.models import estimates

COVERS = {"covers_en": "doubt", "covers_fr": "doute"}
CADRES, STAFF = "cadres of the institution", "staff of the institution"


@pytest.fixture(scope="module")
def registry():
    return claims.read()


def judged(registry, claim_id, rows):
    table = estimates.table(rows)
    found = claims.judge(registry[claim_id], table, registry, {})
    for text in (*found.sentence, *found.nearest_flip):
        targets = set(re.findall(r"\]\(#([^)]*)\)", text))
        assert targets <= set(table["estimate_id"]) | set(registry)
        assert not re.search(r"\d", re.sub(r"\[[^\]]*\]\([^)]*\)|\b(?:19|20)\d\d\b", "", text)), text
    return found


def row(name, claim_id, quantity, value, method="published", **columns):
    return estimates.row(name, claim_id, quantity, value=value, method=method, **columns)


def bound(name, claim_id, quantity, low, high, method="published", **columns):
    texts = {"interval_kind": "bound", **COVERS, **columns}
    return estimates.row(name, claim_id, quantity, interval=Interval(low, high), method=method, **texts)


def change(base, low, high, population=STAFF, motives="all_but_retirement"):
    return bound(
        f"departures.change.{motives}.{base}.{population.split()[0]}",
        "T1-14",
        "change_of_departure_rate",
        low,
        high,
        "change_of_bounded_rates",
        definition=motives,
        population=population,
        year=f"{base} to 2022",
        unit="points",
    )


LIMITS = [
    row(f"departures.breakdown.{name}", "T1-14", "breakdown_point", 16.0, "breakdown", definition=name, unit="percent")
    for name in ("beyond_list", "cdi_change")
]
COUNT = row("departures.count.three_motives.2022", "T1-14", "departures", 3975, definition="three_motives", year="2022")


@pytest.mark.parametrize(
    ("changes", "verdict", "compatible", "grade"),
    [
        ([change("2014", 1, 2), change("2019", 0.1, 1)], "partly_supported", "", "bounded"),
        ([change("2014", 1, 2), change("2019", -0.1, 1)], "untestable", "yes", "bounded"),  # the least favourable counts
        ([change("2014", 1, 2), change("2019", -1, -0.1)], "untestable", "no", "bounded"),
        ([change("2019", 0.1, 1), change("2020", -2, -1)], "partly_supported", "", "bounded"),  # a trough does not count
        ([change("2020", 1, 2)], "untestable", "unknown", "none"),
        ([change("2019", 0.1, 1, CADRES)], "supported", "", "bounded"),
        ([change("2019", -0.1, 1, CADRES), change("2019", 0.1, 1)], "partly_supported", "", "bounded"),
    ],
)
def test_a_rise_on_every_base(registry, changes, verdict, compatible, grade):
    found = judged(registry, "T1-14", [COUNT, *changes, *LIMITS])
    assert (found.verdict, found.compatible, found.evidence_grade) == (verdict, compatible, grade)


def test_without_a_base_and_without_limits_the_rule_still_answers(registry):
    assert judged(registry, "T1-14", [COUNT]).verdict == "untestable"
    assert judged(registry, "T1-14", [COUNT, change("2019", 0.1, 1)]).verdict == "partly_supported"


def absent(series, points, change=None, population="another", recent=None):
    rows = [
        row(
            f"absence.points.{series}",
            "T1-13",
            "dated_points",
            points,
            "count_of_published",
            definition=series,
            population=population,
        )
    ]
    for name, quantity, ends in (("change", "absence_change", change), ("recent", "recent_change", recent)):
        if ends:
            rows.append(
                bound(
                    f"absence.{name}.{series}",
                    "T1-13",
                    quantity,
                    *ends,
                    "difference_of_published",
                    definition=series,
                    population=population,
                    year="2019-2024",
                )
            )
    return rows


@pytest.mark.parametrize(
    ("rows", "verdict", "compatible"),
    [
        (absent("institution_sickness", 2, (1, 2), STAFF), "untestable", "unknown"),
        (absent("axa_all", 4, (1, 2), recent=(-1, 0)), "partly_supported", ""),
        (absent("axa_all", 4, (1, 2)) + absent("wtw_all", 3, (-0.1, 1)), "untestable", "unknown"),  # none is picked
        (absent("axa_all", 4, (1, 2)) + absent("wtw_all", 2, (-2, -1)), "partly_supported", ""),  # two points do not count
        (absent("axa_all", 4, (-2, -1)), "untestable", "no"),
        (absent("institution_sickness", 3, (1, 2), CADRES) + absent("axa_all", 4, (-2, -1)), "supported", ""),
        (absent("institution_sickness", 3, (-2, -1), CADRES), "contradicted", ""),
        (absent("institution_sickness", 3, (-1, 1), CADRES) + absent("axa_all", 3, (1, 2)), "untestable", "unknown"),
        (absent("institution_sickness", 3, (1, 2), STAFF), "partly_supported", ""),
    ],
)
def test_signs_of_dated_rates(registry, rows, verdict, compatible):
    nearest = row("absence.nearest.2014", "T1-13", "nearest", 8.9, unit="percent", year="2014")
    for given in (rows, [*rows, nearest]):
        found = judged(registry, "T1-13", given)
        assert (found.verdict, found.compatible) == (verdict, compatible)


def test_a_rise_that_ended_with_the_pandemic_is_said_and_is_the_nearest_flip(registry):
    rows = absent("axa_all", 4, (1, 2), recent=(-0.3, -0.1)) + absent("wtw_all", 3, (0.5, 1), recent=(0.1, 0.2))
    rows += absent("axa_cadres", 2, (0.6, 0.7)) + absent("institution_sickness", 1, population=STAFF)
    found = judged(registry, "T1-13", rows)
    assert "not every series surely rises" in found.sentence.en
    assert "toutes les séries ne sont pas en hausse certaine" in found.sentence.fr
    assert "With fewer points: AXA, cadres" in found.sentence.en
    assert "since the pandemic alone (AXA [−0.3 to −0.1]" in found.nearest_flip.en
    assert "the least rise were none (WTW" in found.nearest_flip.en
    steady = judged(registry, "T1-13", absent("axa_all", 4, (1, 2), recent=(0.1, 0.2)))
    assert "every series rises" in steady.sentence.en
    assert "pandemic" not in steady.nearest_flip.en


def counted(claim_id, name, published, unit="percent"):
    method = "count_of_published" if published else "none_published"
    return [
        row(f"{name}.published", claim_id, "published", published, method),
        row(f"{name}.nearest", claim_id, "nearest", 33, unit=unit, year="2023"),
    ]


@pytest.mark.parametrize(
    ("published", "verdict", "compatible", "grade"),
    [(0, "untestable", "unknown", "none"), (1, "interpretive", "", "none")],
)
def test_a_share_of_promotion(registry, published, verdict, compatible, grade):
    found = judged(registry, "T1-16", counted("T1-16", "promotion", published))
    assert (found.verdict, found.compatible, found.evidence_grade) == (verdict, compatible, grade)


def test_a_reading_on_cases_and_uses_kept_apart(registry):
    assert judged(registry, "T1-11", counted("T1-11", "cases", 0)).verdict == "interpretive"
    found = judged(registry, "T1-19", counted("T1-19", "fraud", 0, "million_eur"))
    assert (found.verdict, found.compatible, found.evidence_grade) == ("untestable", "unknown", "none")


def errors(population, points, ends=None):
    rows = [*counted("T1-09", "errors", 0), row("errors.of_recouvrement", "T1-09", "published_of_the_branch", 0)]
    rows.append(
        row("errors.points.x", "T1-09", "dated_points", points, "count_of_published", definition="rate", population=population)
    )
    if ends:
        rows.append(
            bound(
                "errors.change.x",
                "T1-09",
                "error_change",
                *ends,
                "difference_of_published",
                definition="rate",
                population=population,
                year="2023-2024",
            )
            | {"value": sum(ends) / 2}
        )
    return rows


@pytest.mark.parametrize(
    ("rows", "verdict", "compatible"),
    [
        (errors("famille", 1), "untestable", "unknown"),
        (errors("famille", 2, (-2, -1)), "partly_supported", ""),
        (errors("famille", 2, (1, 2)), "untestable", "no"),
        (errors("recouvrement", 2, (-2, -1)), "supported", ""),
        (errors("recouvrement", 2, (1, 2)), "contradicted", ""),
        (errors("recouvrement", 2, (-1, 1)), "untestable", "yes"),
    ],
)
def test_the_order_of_two_dates(registry, rows, verdict, compatible):
    found = judged(registry, "T1-09", rows)
    assert (found.verdict, found.compatible) == (verdict, compatible)


def use(whole, without, surveys=()):
    rows = [
        bound("ai.spread", "T1-10", "spread", *whole, "spread_of_published", unit="percent"),
        bound("ai.spread_without_nearest", "T1-10", "spread", *without, "spread_of_published", unit="percent"),
        row("ai.like", "T1-10", "like", 62, unit="percent"),
        row(
            "ai.surveys_of_the_institution",
            "T1-10",
            "published",
            len(surveys),
            "count_of_published" if surveys else "none_published",
        ),
    ]
    for place, (population, ends) in enumerate(surveys):
        rows.append(
            bound(f"ai.own.{place}", "T1-10", "survey_of_the_institution", *ends, population=population, unit="percent")
        )
    return rows


@pytest.mark.parametrize(
    ("rows", "verdict", "compatible"),
    [
        (use((41, 83), (41, 63)), "untestable", "yes"),
        (use((41, 83), (41, 82)), "untestable", "yes"),
        (use((41, 63), (41, 63)), "untestable", "no"),
        (use((41, 63), (41, 63), [(CADRES, (79.5, 80.5))]), "supported", ""),
        (use((41, 83), (41, 63), [(CADRES, (59.5, 60.5))]), "contradicted", ""),
        (use((41, 83), (41, 63), [(STAFF, (79.5, 80.5))]), "partly_supported", ""),
        (use((41, 83), (41, 63), [(STAFF, (59.5, 60.5))]), "untestable", "yes"),
        (use((41, 83), (41, 63), [(CADRES, (59.5, 60.5)), (CADRES, (79.5, 80.5))]), "untestable", "yes"),
    ],
)
def test_a_stated_rate_among_wordings(registry, rows, verdict, compatible):
    found = judged(registry, "T1-10", rows)
    assert (found.verdict, found.compatible) == (verdict, compatible)


def test_evidence_taken_away_never_improves_a_verdict(registry):
    order = ["untestable", "partly_supported", "supported"]
    whole = [COUNT, change("2014", 1, 2), change("2019", 0.1, 1, CADRES), *LIMITS]
    for place in (1, 2):
        less = [*whole[:place], *whole[place + 1 :]]
        assert order.index(judged(registry, "T1-14", less).verdict) <= order.index(judged(registry, "T1-14", whole).verdict)
    assert order.index(judged(registry, "T1-13", absent("axa_all", 2, (1, 2))).verdict) < 1
