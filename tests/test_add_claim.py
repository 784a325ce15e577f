"""What `make add-claim` refuses, and that it then changes nothing."""

import pytest

from compendium import add_claim, paths
from compendium.errors import InputError

NEW = {
    "CLAIM": "T1-99",
    "NOTEBOOK": "41_example",
    "SAYS_EN": "There are 10.",
    "SAYS_FR": "Il y en a 10.",
    "LOCATOR": "somewhere",
    "KIND": "count",
    "VALUE": "10",
    "UNIT": "persons",
    "YEAR": "2020",
    "TOPIC": "secu_workforce",
    "SERIES": "headcount_cdi",
    "TEST": "a test",
    "RULE": "a rule",
}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "needed besides:\n  CLAIM: "),
        (NEW | {"CLAIM": "T1-1"}, "CLAIM: 'T1-1' will not do"),
        (NEW | {"CLAIM": "T1-01"}, "CLAIM: T1-01 stands in data/raw/claims.yaml already"),
        (NEW | {"CLAIM": "T9-01"}, "needed besides:\n  TITLE: "),
        (NEW | {"TITLE": "x"}, "TITLE: the text of T1-99 is known"),
        (NEW | {"NOTEBOOK": "20_example"}, "NOTEBOOK: 20_cadre_share has that number"),
        (NEW | {"NOTEBOOK": "41_reading"}, "NOTEBOOK: a rule cannot be named 'reading'"),
        (NEW | {"NOTEBOOK": "41_class"}, "NOTEBOOK: a rule cannot be named 'class'"),
        (NEW | {"NOTEBOOK": "41_../x"}, "NOTEBOOK: '41_../x' will not do"),
        (NEW | {"NOTEBOOK": "41_sector"}, "NOTEBOOK: src/compendium/claims/rules/sector.py exists"),
        (NEW | {"UNIT": "person"}, "UNIT: no 'person' (did you mean 'persons'?)"),
        (NEW | {"SERIES": "headcount"}, "SERIES: secu_workforce has no 'headcount' (did you mean"),
        (NEW | {"SAYS_EM": "x"}, "no argument 'SAYS_EM' (did you mean 'SAYS_EN'?)"),
        (NEW | {"RULE": "one\ntwo"}, "RULE: needs a text on one line"),
    ],
)
def test_what_cannot_be_used_is_told_and_changes_nothing(given, says):
    watched = [paths.CLAIMS, paths.DATAPACKAGE, paths.ROOT / "Makefile", paths.PARAMETERS / "default.yaml"]
    before = [path.read_bytes() for path in watched]
    with pytest.raises(InputError) as raised:
        add_claim.add(given)
    assert says in str(raised.value)
    assert [path.read_bytes() for path in watched] == before
    assert not list(paths.NOTEBOOKS.glob("41_*"))


def test_a_text_of_a_person_stays_a_text():
    words = {key.lower(): value for key, value in NEW.items()} | {"notebook": "41_example", "name": "example"}
    row = add_claim._fill("row.yaml", words | {"rule": 'a "quote": {{ 1 + 1 }} # {% no %}'})
    assert '  rule: "a \\"quote\\": {{ 1 + 1 }} # {% no %}"\n' in row


def test_nothing_is_left_to_do_in_what_is_committed():
    assert add_claim.left() == []
