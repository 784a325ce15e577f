import importlib
import pkgutil

import pytest

from compendium import claims, files, paths
from compendium.claims import rules
from compendium.errors import InputError

CLAIM = """
texts:
  T9: {published: "2025"}
changes:
- {date: 2026-11-21, claim: T9-01, what: "a branch more", why: "it had none for that case"}
claims:
- id: T9-01
  locator: somewhere
  says_en: "There are 10."
  says_fr: "Il y en a 10."
  kind: count
  stated: {value: 41.8, unit: percent}
  test: "a test"
  rule: "a rule"
  decide:
    function: value_in_bound
    estimates: 20_cadre_share
    thresholds:
      supported: {bound_inside_tolerance_points: 0.5}
    otherwise: untestable
  would_settle_en: "a table"
  would_settle_fr: "un tableau"
"""


def test_there_are_46_claims_in_both_languages():
    registry = claims.read()
    assert len(registry) == 46
    assert all(claim.says.en and claim.says.fr and claim.says.en != claim.says.fr for claim in registry.values())


def test_every_verdict_and_grade_of_the_code_has_a_name_and_a_meaning_in_both_languages():
    content = files.read_yaml(paths.CLAIMS)
    assert tuple(content["verdicts"]) == claims.VERDICTS
    assert tuple(content["evidence_grades"]) == claims.GRADES
    names = {"name_en", "name_fr", "means_en", "means_fr"}
    for kind, expected in (("verdicts", names | {"several_fr"}), ("evidence_grades", names)):
        for entry in content[kind].values():
            assert set(entry) == expected


def test_every_rule_names_a_function_and_every_function_is_used():
    used = {claim.decide.function for claim in claims.read().values() if claim.decide}
    assert used == set(rules.DECIDE)


def test_no_two_subjects_have_a_rule_of_one_name():
    subjects = [importlib.import_module(found.name) for found in pkgutil.iter_modules(rules.__path__, f"{rules.__name__}.")]
    names = [name for subject in subjects for name in getattr(subject, "RULES", {})]
    assert sorted(names) == sorted(rules.DECIDE)


@pytest.mark.parametrize(
    ("value", "low", "high"), [("41.8", 41.75, 41.85), ("28", 27.5, 28.5), ("28.0", 27.95, 28.05), ("60", 59.5, 60.5)]
)
def test_the_printed_digits_of_a_statement_give_its_rounding(project, value, low, high):
    project("data/raw/claims.yaml", CLAIM.replace("41.8", value))
    rounding = claims.read()["T9-01"].rounding
    assert (rounding.low, rounding.high) == pytest.approx((low, high))


def test_a_stated_count_of_people_has_no_rounding(project):
    project("data/raw/claims.yaml", CLAIM.replace("value: 41.8, unit: percent", "value: 22473, unit: persons"))
    assert claims.read()["T9-01"].rounding.width == 0


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  locator: somewhere\n", "", "T9-01: the key 'locator' needs a text"),
        ("  kind: count", "  knid: count", "T9-01: unknown key 'knid' (did you mean 'kind'?)"),
        ("supported:", "suported:", "T9-01: no verdict 'suported' (did you mean 'supported'?)"),
        ("otherwise: untestable", "otherwise: maybe", "T9-01: no verdict 'maybe'"),
        ("    estimates: 20_cadre_share\n", "", "T9-01: 'decide' needs exactly function, estimates, thresholds, otherwise"),
        ('  would_settle_fr: "un tableau"\n', "", "T9-01: a claim that is decided needs 'would_settle_fr'"),
        ("- id: T9-01\n  locator", "- locator", "a claim needs an 'id'"),
        ("claims:", "claim:", "needs a list named 'claims'"),
        ("claim: T9-01", "claim: T9-02", "change 1: no statement 'T9-02'"),
        ("date: 2026-11-21", "date: yesterday", "change 1: the key 'date' needs a day"),
        ('what: "a branch more", ', "", "change 1: needs exactly date, claim, what, why"),
        ('"it had none for that case"', "[1]", "change 1: the key 'why' needs a text"),
        ("- {date", "  first: {date", "'changes' needs to be a list"),
    ],
)
def test_a_bad_claim_or_change_is_told_by_its_place_and_key(project, old, new, says):
    project("data/raw/claims.yaml", CLAIM.replace(old, new, 1))
    with pytest.raises(InputError) as raised:
        claims.read()
    assert str(raised.value).startswith("data/raw/claims.yaml")
    assert says in str(raised.value)


def test_a_claim_that_stands_twice_is_told(project):
    project("data/raw/claims.yaml", CLAIM + CLAIM.partition("\nclaims:\n")[2])
    with pytest.raises(InputError, match="T9-01 stands twice"):
        claims.read()


def test_a_change_is_told_of_each_statement_that_it_names(project):
    project("data/raw/claims.yaml", CLAIM)
    (revision,) = claims.read()["T9-01"].revisions
    assert (revision.date, revision.what, revision.why) == ("2026-11-21", "a branch more", "it had none for that case")
