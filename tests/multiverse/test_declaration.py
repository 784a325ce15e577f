import tempfile
from pathlib import Path

import pytest

from compendium import claims, paths
from compendium.errors import InputError
from compendium.multiverse import declaration

REGISTRY = claims.read()
DECLARED = declaration.read(paths.DECISIONS, REGISTRY)

FILE = """
claims:
  T2-18:
    decisions:
      window:
        label: uncertain
        options:
          growth:
            {en: a, fr: b, why_en: c, why_fr: d}
          none:
            {en: a, fr: b, why_en: c, why_fr: d, parameters: {establishments_growth_high: 0.0}, forbids: {perimeter: [same]}}
      perimeter:
        label: non_equivalent
        options:
          some:
            {en: a, fr: b, why_en: c, why_fr: d}
          same:
            {en: a, fr: b, why_en: c, why_fr: d, parameters: {outside_perimeter_high: 0.0}}
"""


@pytest.fixture
def read():
    """Reads a text as a file of decisions."""
    with tempfile.TemporaryDirectory(dir=paths.BUILD) as folder:
        path = Path(folder) / "decisions.yaml"

        def of(text):
            path.write_text(text, encoding="utf-8")
            return declaration.read(path, REGISTRY)

        yield of


def test_every_statement_has_decisions_or_says_why_not():
    assert set(DECLARED) == set(REGISTRY)
    for of in DECLARED.values():
        assert bool(of.decisions) != bool(of.why_none.en)
        for decision in of.decisions:
            for option in decision.options:
                assert option.why.en != option.why.fr


def test_a_forbidden_combination_is_no_universe(read):
    (of,) = read(FILE).values()
    assert list(of.universes()) == [
        {"window": "growth", "perimeter": "some"},
        {"window": "growth", "perimeter": "same"},
        {"window": "none", "perimeter": "some"},
    ]
    assert of.question({"window": "none", "perimeter": "some"}) == {"perimeter": "some"}


FAULTS = [
    ("T2-18:", "T2-99:", "no statement 'T2-99'"),
    ("      window:", "      seed:", "not a decision of the field"),
    ("label: uncertain", "label: unsure", "'label' is one of equivalent"),
    ("establishments_growth_high: 0.0", "establishments_growth: 0.0", "did you mean 'establishments_growth_high'"),
    ("establishments_growth_high: 0.0", "establishments_growth_high: 99.0", "99.0 is out of bounds"),
    ("forbids: {perimeter: [same]}", "forbids: {perimeter: [sane]}", "'perimeter' has no option 'sane' (did you mean 'same'?)"),
    ("forbids: {perimeter: [same]}", "forbids: {basis: [same]}", "no other decision 'basis'"),
    ("forbids: {perimeter: [same]}", "run: me", "unknown key 'run'"),
    ("{outside_perimeter_high: 0.0}}", "{}}", "two names for one estimate"),
    ("fr: b, why_en: c, why_fr: d}\n          none", "fr: b, why_en: c}\n          none", "the key 'why_fr' is missing"),
    (
        "fr: b, why_en: c, why_fr: d}\n          none",
        "fr: b, why_en: c, why_fr: d, exact: [SS0045]}\n          none",
        "is the ledger's",
    ),
    ("{outside_perimeter_high: 0.0}}", "{outside_perimeter_high: 0.0}, leave_out: SS0045}", "needs a list of mappings"),
    (
        "parameters: {outside_perimeter_high: 0.0}}",
        "thresholds: {contradicted: {x: 1}}}",
        "the rule has no branch 'contradicted'",
    ),
    ("parameters: {outside_perimeter_high: 0.0}}", "thresholds: {supported: {above: 1}}}", "has no limit 'above'"),
    ("parameters: {outside_perimeter_high: 0.0}}", "in_place: [a]}", "'in_place' needs a mapping"),
    ("claims:", "claims: !!python/object/apply:os.system [true]\nmore:", "could not determine a constructor"),
]


@pytest.mark.parametrize(("old", "new", "told"), FAULTS, ids=lambda value: str(value)[:30])
def test_a_fault_is_a_sentence(read, old, new, told):
    assert FILE.count(old) == 1
    with pytest.raises(InputError) as caught:
        read(FILE.replace(old, new))
    assert told in str(caught.value)


def test_options_that_contradict_each_other_are_told_before_anything_runs(read):
    text = FILE.replace("{outside_perimeter_high: 0.0}}", "{establishments_growth_high: 1.0}}").replace(
        ", forbids: {perimeter: [same]}", ""
    )
    with pytest.raises(InputError, match="gives 'establishments_growth_high' another value"):
        read(text)


def test_a_file_elsewhere_is_refused(tmp_path):
    with pytest.raises(InputError, match="has to lie in the folder of the project"):
        declaration.read(tmp_path / "decisions.yaml", REGISTRY)
