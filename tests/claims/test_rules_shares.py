"""Every branch of every rule, on estimates made up so that the branch must apply."""

import re

import pandas as pd
import pytest

from compendium import claims
from compendium.claims import verdict as verdicts
from compendium.claims.rules import shares as rules
from compendium.errors import InputError
from compendium.interval import Interval
from compendium.models import estimates

PARAMETERS = {"pace_deviation": 2.0}
COVERS = {"covers_en": "doubt", "covers_fr": "doute"}


@pytest.fixture(scope="module")
def registry():
    return claims.read()


def bound(name, low, high, claim_id, quantity, method="bound_between_years", year="", unit="percent"):
    return estimates.row(
        name,
        claim_id,
        quantity,
        interval=Interval(low, high),
        year=year,
        unit=unit,
        interval_kind="bound",
        method=method,
        obs_ids="SW0005",
        **COVERS,
    )


def published_share():
    row = bound("published_share.all_grids.2018", 37.25, 37.35, "T1-02 T1-04", "published_share", "published", "2018")
    return row | {"value": 37.3, "definition": "all_grids"}


def shares(wide_2014, narrow_2014, wide_2024, narrow_2024):
    """Estimates of T1-02 and T1-03 with the given bounds."""
    rows = []
    for year, pair, method in (
        (2014, (wide_2014, narrow_2014), "bound_between_years"),
        (2024, (wide_2024, narrow_2024), "bound_after_last_year"),
    ):
        for name, ends in zip(rules.DEFINITIONS, pair, strict=True):
            rows.append(bound(f"cadre_share.{year}.{name}.basis", *ends, "T1-02 T1-03", "cadre_share", method, str(year)))
            deviation = estimates.row(
                f"deviation_to_reach.{year}.{name}.cdi", "T1-03", "deviation_to_reach", value=3.0, method="breakdown"
            )
            rows.append(deviation | {"unit": "multiples"})
        low, high = min(ends[0] for ends in pair), max(ends[1] for ends in pair)
        rows.append(bound(f"cadre_share.{year}.any.definition", low, high, "T1-02 T1-03", "cadre_share", method, str(year)))
    rows.append(published_share())
    for name in rules.DEFINITIONS:
        rows.append(bound(f"pace_needed.2024.{name}.cdi", 1, 2, "T1-02", "pace_needed", "breakdown"))
    return estimates.table(rows)


def judged(registry, claim_id, table):
    return claims.judge(registry[claim_id], table, registry, PARAMETERS)


FAR = (60.0, 70.0)


@pytest.mark.parametrize(
    ("wide", "narrow", "verdict", "compatible"),
    [
        ((41.4, 42.2), (41.5, 42.0), "supported", ""),
        ((41.4, 42.4), (41.5, 42.0), "untestable", "yes"),
        ((35.0, 41.74), (30.0, 40.0), "contradicted", ""),
        ((35.0, 41.76), (30.0, 40.0), "untestable", "yes"),
    ],
)
def test_a_share_in_its_bound(registry, wide, narrow, verdict, compatible):
    found = judged(registry, "T1-02", shares(FAR, FAR, wide, narrow))
    assert (found.verdict, found.compatible, found.evidence_grade) == (verdict, compatible, "extrapolated")


@pytest.mark.parametrize(
    ("wide", "narrow", "later_wide", "later_narrow", "verdict", "compatible", "grade"),
    [
        # the definition that carries the later share holds the earlier one, tightly, or not
        ((27.9, 28.3), FAR, (40, 45), (30, 35), "supported", "", "extrapolated"),
        ((27.0, 29.0), FAR, (40, 45), (30, 35), "untestable", "yes", "extrapolated"),
        # it excludes the earlier share and the other definition holds it
        ((33, 38), (20, 31), (40, 45), (30, 35), "not_comparable", "", "extrapolated"),
        # both carry the later share, one holds the earlier
        ((33, 38), (20, 31), (40, 45), (30, 45), "untestable", "yes", "extrapolated"),
        # none holds it: the later year does not matter
        ((33, 38), (29, 31), (40, 45), (30, 35), "contradicted", "", "bounded"),
        # no definition carries the later share
        ((33, 38), (20, 31), FAR, FAR, "untestable", "yes", "extrapolated"),
    ],
)
def test_an_earlier_share_by_definition(registry, wide, narrow, later_wide, later_narrow, verdict, compatible, grade):
    found = judged(registry, "T1-03", shares(wide, narrow, later_wide, later_narrow))
    assert (found.verdict, found.compatible, found.evidence_grade) == (verdict, compatible, grade)


@pytest.mark.parametrize(
    ("ends", "verdict", "compatible"),
    [
        ((80, 110), "supported", ""),
        ((79, 110), "partly_supported", ""),
        ((50, 60), "partly_supported", ""),
        ((49, 60), "untestable", "no"),
        ((49, 100), "untestable", "yes"),
        ((10, 50), "untestable", "no"),
        ((10, 49.9), "not_comparable", ""),
    ],
)
def test_a_part_of_a_rise(registry, ends, verdict, compatible):
    names = ("growth", "definition", "basis", "remainder")
    rows = [bound(f"part_of_rise.{name}.points", 1, 2, "T1-04", "part_of_rise", "decomposition") for name in names]
    rows.append(published_share())
    rows.append(bound("part_of_rise.growth.percent", *ends, "T1-04", "part_of_rise", "decomposition"))
    found = judged(registry, "T1-04", estimates.table(rows))
    assert (found.verdict, found.compatible) == (verdict, compatible)


def levels(claim_id, *counts):
    """Levels of the populations that the rule names, in turn."""
    rows = []
    for place, count in enumerate(counts):
        definition = rules.POPULATIONS[claim_id][place % len(rules.POPULATIONS[claim_id])]
        name, distance = f"{claim_id.lower()}.{place}", 100 * (22473 / count - 1)
        rows.append(
            bound(
                f"cadre_headcount.{name}", count, count, claim_id, "cadre_headcount", "product_of_published", "2018", "persons"
            )
            | {"value": count, "definition": definition}
        )
        row = bound(f"distance.{name}", distance, distance, claim_id, "distance", "distance")
        rows.append(row | {"value": distance, "definition": definition})
    return estimates.table(rows)


@pytest.mark.parametrize(
    ("counts", "first", "second"),
    [
        ((54000, 22000), "supported", "supported"),
        ((54000, 25000), "untestable", "untestable"),
        ((54000, 29900), "untestable", "untestable"),
        ((54000, 30000), "contradicted", "not_comparable"),
        ((15000, 15000), "contradicted", "not_comparable"),
        ((15000,), "untestable", "not_comparable"),  # the level of one definition is missing
    ],
)
def test_a_headcount_against_levels(registry, counts, first, second):
    assert judged(registry, "T1-01", levels("T1-01", *counts)).verdict == first
    assert judged(registry, "T1-18", levels("T1-18", *counts)).verdict == second


def test_a_verdict_flips_where_its_nearest_flip_says(registry):
    """The level that the flip names, put in the place of the nearest, changes the verdict."""
    found = judged(registry, "T1-01", levels("T1-01", 54000, 40000))
    turning = int(re.search(r"level of \[([\d,]+)\]", found.nearest_flip.en).group(1).replace(",", ""))
    assert judged(registry, "T1-01", levels("T1-01", 54000, turning - 1)).verdict == "untestable"
    assert judged(registry, "T1-01", levels("T1-01", 54000, turning + 1)).verdict == "contradicted"


STRENGTH = ("untestable", "not_comparable", "contradicted", "partly_supported", "supported")


@pytest.mark.parametrize("dropped", [0, 1])
def test_a_verdict_does_not_become_supported_when_evidence_is_taken_away(registry, dropped):
    counts = [22000, 54000]
    whole = judged(registry, "T1-01", levels("T1-01", *counts)).verdict
    del counts[dropped]
    assert STRENGTH.index(judged(registry, "T1-01", levels("T1-01", *counts)).verdict) <= STRENGTH.index(whole)


def test_every_number_of_a_sentence_leads_to_an_estimate_or_a_claim(registry):
    table = shares((33, 38), (20, 31), (40, 45), (30, 35))
    for claim_id in ("T1-02", "T1-03"):
        found = judged(registry, claim_id, table)
        for text in (*found.sentence, *found.nearest_flip):
            targets = re.findall(r"\]\(#([^)]*)\)", text)
            assert targets
            assert set(targets) <= set(table["estimate_id"]) | set(registry)


def test_a_claim_without_estimates_is_told(registry):
    none = estimates.table([bound("x", 1, 2, "T2-01", "share")])
    with pytest.raises(InputError, match="T1-02: no estimate bears on it in 20_cadre_share"):
        judged(registry, "T1-02", none)


def test_the_grade_is_that_of_the_weakest_estimate():
    table = pd.DataFrame({"method": ["published", "bound_after_last_year", "distance"]})
    assert verdicts.grade(table) == "extrapolated"
    assert verdicts.grade(table[:1]) == "direct"
