"""Every branch of the rules on the sector, on estimates made up for it."""

import re

import pytest

from compendium import claims
from compendium.errors import InputError
from compendium.interval import Interval
from compendium.models import estimates

COVERS = {"covers_en": "doubt", "covers_fr": "doute"}
PARAMETERS = {"health_rate_low": 0.0, "health_rate_high": 100.0}
ORDER = ("supported", "partly_supported", "not_comparable", "contradicted", "untestable")


@pytest.fixture(scope="module")
def registry():
    return claims.read()


def judged(registry, claim_id, rows):
    table = estimates.table(rows)
    found = claims.judge(registry[claim_id], table, registry, PARAMETERS)
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


def share(branch=None, outside=None):
    method = "count_of_published" if branch else "none_published"
    rows = [row("sector.shares_published", "T2-01", "shares_published", float(bool(branch)), method)]
    if branch:
        rows.append(bound("sector.branch_share", "T2-01", "branch_share", *branch, "ratio_of_published", year="2017"))
    if outside:
        rows.append(bound("sector.outside_health", "T2-01", "share_outside_health", *outside, "bound_of_mixture", year="2017"))
        for name, low, high in (("high", 10.5, 10.8), ("low", 29, 30)):
            rows.append(bound(f"sector.health_rate_at_{name}", "T2-01", "health_rate_at_end", low, high, "breakdown"))
    return rows


@pytest.mark.parametrize(
    ("branch", "outside", "verdict", "compatible"),
    [
        ((14.0, 14.1), (10.0, 15.0), "supported", ""),
        ((14.0, 14.1), (9.9, 15.0), "partly_supported", ""),
        ((14.0, 14.1), (0.0, 18.0), "partly_supported", ""),
        ((14.0, 14.1), None, "partly_supported", ""),
        ((15.1, 15.2), (10.0, 15.0), "supported", ""),
        ((15.1, 15.2), (0.0, 18.0), "untestable", "yes"),
        ((20.1, 20.2), (16.0, 18.0), "untestable", "no"),
        (None, None, "untestable", "unknown"),
    ],
)
def test_a_share_in_a_stated_range(registry, branch, outside, verdict, compatible):
    found = judged(registry, "T2-01", share(branch, outside))
    assert (found.verdict, found.compatible) == (verdict, compatible)
    assert found.evidence_grade == ("bounded" if branch else "none")


def test_a_verdict_on_the_share_never_improves_when_evidence_is_removed(registry):
    steps = [share((14, 14.1), (10, 15)), share((14, 14.1)), share()]
    verdicts = [ORDER.index(judged(registry, "T2-01", rows).verdict) for rows in steps]
    assert verdicts == sorted(verdicts)


def head_offices(changes, stable=False):
    both = "T2-02 T2-12 T2-22"
    rows = []
    kinds = ("directors_general_and_deputies", "head_office_functional_cadres")
    for place, (years, low, high) in enumerate(changes):
        field = "stable field" if stable else "members may have changed"
        name, columns = f"head_office.{place}", {"year": years, "definition": field, "population": kinds[place % 2]}
        rows.append(bound(name, both, "head_office_change", low, high, unit="percent_change", **columns))
    ways = ["rises" if low > 0 else "falls" if high < 0 else "open" for _, low, high in changes]
    for way in ("rises", "falls", "open"):
        rows.append(row(f"head_office.count.{way}", both, "head_office_count", float(ways.count(way)), "count_of_published"))
    rows.append(row("head_office.documents", both, "documents", 2.0, "count_of_published"))
    for name in ("net_of_branch", "both_waves"):
        one = f"head_office.directors_general_and_deputies.{name}"
        rows.append(bound(one, both, name, 20, 30, "product_of_published", year="2007-2017"))
    rows.append(row("head_office.functional_level", both, "head_office_level", 8000.0, year="2017"))
    apart = {"unit": "points", "year": "2005-2018"}
    rows.append(bound("head_office.apart", "T2-02", "head_office_change_apart", 9, 11, "difference_of_published", **apart))
    return rows


UP, DOWN, OPEN = (5, 6), (-6, -5), (-1, 1)
LONG, SHORT, LATER = "2002-2014", "2007-2012", "2012-2017"


@pytest.mark.parametrize(
    ("changes", "stable", "verdict"),
    [
        ([(LONG, *UP), (LATER, *UP)], True, "supported"),
        ([(LONG, *UP), (LATER, *UP)], False, "partly_supported"),  # the field is not stable
        ([(SHORT, *UP)], True, "partly_supported"),  # part of the period
        ([(SHORT, *UP), (LATER, *UP)], True, "supported"),  # together most of it
        ([(SHORT, *UP), (LATER, *DOWN), (LATER, *UP)], False, "partly_supported"),
        ([(SHORT, *UP), (LATER, *DOWN)], False, "untestable"),
        ([(SHORT, *DOWN), (LATER, *DOWN), (LATER, *UP)], False, "contradicted"),
        ([(SHORT, *OPEN), (LATER, *UP)], True, "untestable"),
    ],
)
def test_all_series_of_head_offices_over_a_period(registry, changes, stable, verdict):
    found = judged(registry, "T2-02", head_offices(changes, stable))
    assert found.verdict == verdict
    assert found.compatible == ("unknown" if verdict == "untestable" else "")


@pytest.mark.parametrize(("steady", "verdict"), [(UP, "supported"), (OPEN, "partly_supported"), (DOWN, "partly_supported")])
def test_only_changes_on_a_stable_field_can_support(registry, steady, verdict):
    rows = head_offices([(LONG, *steady), (LATER, *DOWN), (LATER, *UP), (SHORT, *UP), (SHORT, *UP)])
    rows[0]["definition"] = "stable field"
    assert judged(registry, "T2-02", rows).verdict == verdict


def test_the_flip_names_the_changes_that_carry_the_verdict(registry):
    found = judged(registry, "T2-02", head_offices([(SHORT, *UP), (LATER, *DOWN), (LATER, *UP)]))
    assert found.nearest_flip.en.count("untestable without") == 2
    sure = judged(registry, "T2-02", head_offices([(SHORT, *UP), (LATER, *UP), (LATER, *UP)]))
    assert sure.nearest_flip.en == "no single change flips it"


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ([(SHORT, *UP), (LATER, *UP)], "supported"),
        ([(SHORT, *DOWN), (LATER, *DOWN)], "contradicted"),
        ([(SHORT, *UP), (LATER, *DOWN)], "partly_supported"),
        ([(SHORT, *UP), (LATER, *OPEN)], "untestable"),
    ],
)
def test_types_in_two_surveys(registry, changes, verdict):
    assert judged(registry, "T2-22", head_offices(changes)).verdict == verdict


def test_a_change_that_was_counted_and_is_not_given_is_told(registry):
    rows = [one for one in head_offices([(SHORT, *UP), (LATER, *DOWN)]) if one["estimate_id"] != "head_office.1"]
    with pytest.raises(InputError, match="1 of 2 published changes"):
        judged(registry, "T2-22", rows)


def test_the_reading_on_types_shows_those_that_fall(registry):
    found = judged(registry, "T2-12", head_offices([(SHORT, *UP), (LATER, *DOWN)]))
    assert found.verdict == "interpretive"
    assert "(#head_office.1)" in found.sentence.en


@pytest.mark.parametrize("claim_id", ["T2-06", "T2-20", "T2-21"])
@pytest.mark.parametrize("published", [0, 2])
def test_a_trend_without_figures_of_its_own(registry, claim_id, published):
    method = "count_of_published" if published else "none_published"
    near = {"unit": "percent", "year": "2012"}
    rows = [
        row(f"dated.{claim_id.lower()}", claim_id, "dated_figures", float(published), method),
        bound("nearest.started_below", claim_id, "nearest", 59, 61, **near),
        bound("nearest.level_1_diplomas.first", claim_id, "nearest", 33, 34, **near),
        bound("nearest.level_1_diplomas.last", claim_id, "nearest", 45, 55, **near),
        bound("nearest.single_establishment", claim_id, "nearest", -8, -6, year="2012-2017"),
        row("nearest.functional_per_association", claim_id, "nearest", 1.2, "ratio_of_published", year="2017"),
    ]
    found = judged(registry, claim_id, rows)
    assert (found.verdict, found.compatible) == ("untestable", "unknown")
    assert found.evidence_grade == ("bounded" if published else "none")


def ratios(*ends):
    rows = [bound("directors.growth", "T2-03", "growth_of_managers", 9.5, 10.5, unit="percent_change", year="2007-2012")]
    for place, (low, high) in enumerate(ends):
        columns = {"population": f"d{place}", "basis": "other_field", "unit": "ratio"}
        rows.append(bound(f"directors.ratio.d{place}", "T2-03", "ratio_of_growths", low, high, "ratio_of_published", **columns))
    for name in ("below", "above", "open"):
        rows.append(row(f"directors.count.{name}", "T2-03", "ratio_count", 1.0, "count_of_published", unit="denominators"))
    left = {"unit": "ratio", "year": "2001-2009", "population": "left", "basis": "other_field"}
    rows.append(bound("directors.ratio.left", "T2-03", "ratio_not_counted", 0.7, 0.8, "ratio_of_published", **left))
    apart = {"unit": "ratio", "year": "2012-2017", "basis": "branch"}
    rows.append(bound("directors.apart.a", "T2-03", "ratio_of_growths_apart", 2, 3, "ratio_of_published", **apart))
    return rows


@pytest.mark.parametrize(
    ("ends", "verdict", "compatible"),
    [
        ([(0.8, 0.9), (0.9, 0.99)], "supported", ""),
        ([(1.1, 1.2), (1.01, 1.02)], "contradicted", ""),
        ([(0.8, 0.9), (1.1, 1.2)], "untestable", "yes"),
        ([(0.8, 0.9), (0.9, 1.1)], "untestable", "yes"),
        ([(1.0, 1.1)], "untestable", "no"),
        ([], "untestable", "unknown"),
    ],
)
def test_a_ratio_for_every_denominator(registry, ends, verdict, compatible):
    found = judged(registry, "T2-03", ratios(*ends))
    assert (found.verdict, found.compatible) == (verdict, compatible)


def several(directors=None, single=None, dates=1):
    method = "count_of_published" if dates else "none_published"
    rows = [row("several.dates", "T2-04", "dates", float(dates), method, unit="years")]
    if dates:
        share_ = {"year": "2011", "unit": "percent"}
        rows.append(bound("several.directors.2011", "T2-04", "share_of_several_establishments", 33.2, 33.4, **share_))
    for name, quantity, ends in (("directors", "change_of_share", directors), ("associations", "change_of_single", single)):
        if ends:
            years = {"unit": "points", "year": "2012-2017"}
            rows.append(bound(f"several.{name}_change", "T2-04", quantity, *ends, **years))
    return rows


@pytest.mark.parametrize(
    ("directors", "single", "dates", "verdict", "compatible"),
    [
        ((5, 7), None, 2, "supported", ""),
        ((5, 7), (6, 7), 2, "supported", ""),
        (None, (-7.5, -6.5), 1, "partly_supported", ""),
        (None, (-1, 1), 1, "untestable", "unknown"),
        (None, None, 1, "untestable", "unknown"),
        (None, None, 0, "untestable", "unknown"),
        ((-7, -5), (-7, -6), 2, "untestable", "no"),
        ((-1, 1), None, 2, "untestable", "yes"),
    ],
)
def test_directors_of_several_establishments(registry, directors, single, dates, verdict, compatible):
    found = judged(registry, "T2-04", several(directors, single, dates))
    assert (found.verdict, found.compatible) == (verdict, compatible)


def chefs(*rows):
    made = []
    for name, year, low, high in rows:
        columns = {"definition": name, "year": year, "unit": "ratio"}
        one = f"chefs.per_establishment.{name}.{year}"
        made.append(bound(one, "T2-05", "chefs_per_establishment", low, high, "ratio_of_published", **columns))
    wider = {"unit": "percent_change", "year": "2012-2017"}
    return [*made, bound("chefs.wider_group_change", "T2-05", "change_of_wider_group", -28, -26, **wider)]


@pytest.mark.parametrize(
    ("rows", "verdict", "compatible"),
    [
        ([("a", "2003", 0.8, 0.9), ("a", "2010", 1.0, 1.1)], "supported", ""),
        ([("a", "2003", 0.8, 0.9), ("a", "2010", 0.5, 0.6), ("b", "2007", 2, 2.1)], "contradicted", ""),
        ([("a", "2003", 0.8, 0.9), ("b", "2007", 0.4, 0.4)], "not_comparable", ""),
        ([("a", "2003", 0.8, 0.9)], "untestable", "unknown"),
        ([("a", "2003", 0.8, 0.9), ("a", "2010", 0.85, 0.95)], "untestable", "yes"),
    ],
)
def test_chefs_de_service_on_one_nomenclature(registry, rows, verdict, compatible):
    found = judged(registry, "T2-05", chefs(*rows))
    assert (found.verdict, found.compatible) == (verdict, compatible)


def bodies(fewer, other, perimeter="constant", years=(LATER, LATER), other_what="staff"):
    rows = []
    for what, ends, span in (("organisations", fewer, years[0]), (other_what, other, years[1])):
        columns = {"population": what, "definition": perimeter, "basis": "branch", "year": span, "unit": "percent_change"}
        rows.append(bound(f"organisations.{what}", "T2-07", f"change_of_{what}", *ends, "ratio_of_published", **columns))
    return rows


@pytest.mark.parametrize(
    ("rows", "verdict", "compatible"),
    [
        (bodies((-11, -9), (4, 20)), "supported", ""),
        (bodies((-11, -9), (0, 1), other_what="establishments"), "supported", ""),
        (bodies((-11, -9), (4, 20), "not constant"), "partly_supported", ""),
        (bodies((-11, -9), (-5, 5)), "untestable", "yes"),
        (bodies((-1, 1), (4, 20)), "untestable", "yes"),
        (bodies((1, 2), (4, 20)), "untestable", "no"),
        (bodies((-11, -9), (4, 20), years=(LATER, SHORT)), "untestable", "yes"),
    ],
)
def test_organisations_against_establishments_or_staff(registry, rows, verdict, compatible):
    found = judged(registry, "T2-07", rows)
    assert (found.verdict, found.compatible) == (verdict, compatible)


@pytest.mark.parametrize(
    ("low", "high", "verdict", "compatible"),
    [(51, 90, "supported", ""), (50, 90, "untestable", "yes"), (20, 40, "untestable", "no")],
)
def test_a_lower_bound_above_one_half(registry, low, high, verdict, compatible):
    method = "bound_after_last_year"
    rows = [
        bound("run_by.associations", "T2-18", "run_by_associations", 25_000, 35_000, year="2011"),
        bound("run_by.all", "T2-18", "all_establishments", 37_500, 41_000, method),
        bound("run_by.share", "T2-18", "share_run_by_associations", low, high, method, unit="percent"),
        row("run_by.outside_at_half", "T2-18", "outside_at_half", 18.3, method, unit="percent"),
        row("run_by.growth_at_half", "T2-18", "growth_at_half", 8.1, method, unit="percent a year"),
        row("run_by.outside_assumed", "T2-18", "outside_assumed", 10, "arithmetic_of_assumption", unit="percent"),
        row("run_by.growth_assumed", "T2-18", "growth_assumed", 3, "arithmetic_of_assumption", unit="percent"),
    ]
    found = judged(registry, "T2-18", rows)
    assert (found.verdict, found.compatible, found.evidence_grade) == (verdict, compatible, "extrapolated")
