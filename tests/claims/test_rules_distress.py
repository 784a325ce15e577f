"""Every branch of the rules on distress and on the sense of work, on estimates made up for it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compendium import claims
from compendium.errors import InputError
from compendium.interval import Interval
from compendium.models import estimates

REGISTRY = claims.read()
PARAMETERS = {"design_effect_high": 2.5}
DOUBT = {"covers_en": "doubt", "covers_fr": "doute"}


def judged(claim_id, rows):
    table = estimates.table(rows)
    found = claims.judge(REGISTRY[claim_id], table, REGISTRY, PARAMETERS)
    for text in (*found.sentence, *found.nearest_flip):
        targets = set(re.findall(r"\]\(#([^)]*)\)", text))
        assert targets <= set(table["estimate_id"]) | set(REGISTRY)
        assert not re.search(r"\d", re.sub(r"\[[^\]]*\]\([^)]*\)|\b(?:19|20)\d\d\b", "", text)), text
    return found


def survey(name, value, needed, *, year="2025", basis="as_tested", effects=(1.0, 1.5, 2.0, 2.5), group="cadres"):
    texts = {"population": group, "definition": "frequent_distress_sign", "year": year, "obs_ids": name.upper()}
    rows = [
        estimates.row(
            f"prevalence.{name}.deff_{effect:g}",
            "T1-12",
            "prevalence",
            value=value,
            interval=Interval(value - effect, value + effect),
            unit="percent",
            interval_kind="sampling",
            level="0.95",
            method="survey_share",
            **DOUBT,
            **texts,
        )
        for effect in effects
    ]
    rows.append(
        estimates.row(
            f"design_effect_needed.{name}",
            "T1-12",
            "design_effect_needed",
            value=needed,
            basis=basis,
            unit="ratio",
            method="design_effect_needed",
            **texts,
        )
    )
    return rows


def context(candidates=((0.0, "cadres_under35"),), institution=0):
    rows = [
        estimates.row("surveys.of_cadres", "T1-12", "surveys_of_cadres", value=0.0, method="none_published"),
        estimates.row(
            "surveys.of_institution", "T1-12", "surveys_of_institution", value=float(institution), method="none_published"
        ),
        estimates.row("candidates.at_stated", "T1-12", "candidates_at_stated", value=1.0, method="count_of_published"),
    ]
    for place, (distance, group) in enumerate(candidates):
        rows.append(
            estimates.row(
                f"candidate.x{place}",
                "T1-12",
                "distance_to_stated",
                value=distance,
                population=group,
                definition="frequent_distress_sign",
                year="2025",
                method="distance",
            )
        )
    return rows


@pytest.mark.parametrize(
    ("rows", "verdict", "compatible", "grade"),
    [
        (survey("a", 34.0, 1.2), "supported", "", "bounded"),
        (survey("a", 34.0, 2.0), "supported", "", "bounded"),  # at the line
        (survey("a", 32.0, 2.1), "untestable", "unknown", "bounded"),  # it would at the highest design effect tried
        (survey("a", 20.0, 40.0), "untestable", "no", "bounded"),
        (survey("a", 20.0, 40.0) + survey("b", 34.0, 1.0), "supported", "", "bounded"),
        (survey("a", 34.0, 1.2, year="2022"), "untestable", "unknown", "none"),  # too early
        (survey("a", 34.0, 1.2, year="2026"), "untestable", "unknown", "none"),
        (survey("a", 34.0, 1.2, year=""), "untestable", "unknown", "none"),
        (survey("a", 36.0, 0.0, basis="subgroup", group="cadres_under35"), "untestable", "unknown", "none"),
        (survey("a", 36.0, 0.0, basis="other_wording"), "untestable", "unknown", "none"),
        (survey("a", 36.0, 0.0, basis="other_population", group="managers"), "untestable", "unknown", "none"),
        (survey("a", 36.0, 0.0, basis="no_base", effects=()), "untestable", "yes", "bounded"),
        (survey("a", 20.0, None, basis="no_base", effects=()), "untestable", "unknown", "bounded"),
    ],
)
def test_every_branch_of_the_survey_rule(rows, verdict, compatible, grade):
    found = judged("T1-12", rows + context())
    assert (found.verdict, found.compatible, found.evidence_grade) == (verdict, compatible, grade)


def test_without_a_survey_the_sentence_names_the_nearest_figure_and_its_year():
    found = judged("T1-12", context(((-3.0, "cadres"), (6.0, "managers"))))
    assert "33 %" in found.sentence.en
    assert "2025" in found.sentence.en
    assert judged("T1-12", context(())).verdict == "untestable"


def test_the_young_are_named_as_a_conjecture_alone_where_they_print_the_number():
    assert "conjecture" in judged("T1-12", survey("a", 32.0, 2.1) + context()).sentence.en
    assert "conjecture" not in judged("T1-12", survey("a", 32.0, 2.1) + context(((2.0, "cadres_under35"),))).sentence.en


@given(st.floats(0.5, 50), st.floats(0.5, 50))
@settings(deadline=None, max_examples=30)  # each judges two tables, which takes long on a busy machine
def test_a_verdict_never_improves_when_a_survey_is_taken_away(one, other):
    order = ["supported", "untestable"]
    both = judged("T1-12", survey("a", 32.0, one) + survey("b", 33.0, other) + context())
    alone = judged("T1-12", survey("a", 32.0, one) + context())
    assert order.index(alone.verdict) >= order.index(both.verdict)


def test_a_design_effect_that_was_not_tried_is_told():
    with pytest.raises(InputError, match="names a design effect of 2, which is not among those tried"):
        judged("T1-12", survey("a", 32.0, 2.1, effects=(1.0, 1.7)) + context())


def test_the_flip_names_both_design_effects():
    found = judged("T1-12", survey("a", 32.0, 2.1) + context())
    assert "2.10" in found.nearest_flip.en
    assert "2,10" in found.nearest_flip.fr


def barometer(managers=True, region=2.0):
    rows = [
        estimates.row(f"barometer.count.{kind}.{way}", "T1-15", "barometer_count", value=3.0, method="count_of_published")
        for kind in ("level", "change", "standard")
        for way in ("for", "against", "open")
    ]
    rows.append(
        estimates.row(
            "barometer.maybe_one_region", "T1-15", "x", value=region, year="2024" if region else "", method="count_of_published"
        )
    )
    rows.append(estimates.row("barometer.documents", "T1-15", "documents", value=4.0, method="count_of_published"))
    if managers:
        for name, value in (("managers_satisfied_with_role", 90.0), ("managers_role_harder", 55.0)):
            rows.append(
                estimates.row(
                    f"barometer.level.{name}.undated",
                    "T1-15",
                    "barometer_level",
                    value=value,
                    population="managers",
                    definition=name,
                    method="published",
                )
            )
    return rows


@pytest.mark.parametrize("managers", [True, False])
def test_the_reading_shows_both_sides(managers):
    found = judged("T1-15", barometer(managers))
    assert (found.verdict, found.compatible) == ("interpretive", "")
    assert "(#barometer.count.level.for)" in found.sentence.fr
    assert "(#barometer.count.level.against)" in found.sentence.fr
    assert ("90 %" in found.sentence.en) == managers


@pytest.mark.parametrize("region", [0.0, 2.0])
def test_answers_that_may_be_of_one_region_are_named_where_there_are_some(region):
    found = judged("T1-15", barometer(region=region)).sentence
    assert ["Île-de-France" in text for text in found] == [bool(region)] * 2


def test_a_near_miss_says_by_how_much_and_on_what_it_hangs():
    """An interval that ends at 35.4 lies 0.1 below 35.5, the lowest value that rounds to 36."""
    near = judged("T1-12", survey("a", 33.4, 2.1) + context()).sentence
    for text in ("misses what rounds to [36 %](#T1-12) by [0.10]", "nobody publishes"):
        assert text in near.en
    for text in ("manque de [0,10]", "personne ne publie"):
        assert text in near.fr
    far = judged("T1-12", survey("a", 20.0, 40.0) + context()).sentence
    assert "misses" in far.en
    assert "nobody publishes" not in far.en
