"""The French of the site: whole, and written as French is."""

import re

import pytest
from babel.messages.pofile import read_po

from compendium import paths
from compendium.site import words

# Words that are the same in both languages.
SAME = {"Note", "Notebook", "Notebooks", "Population", "Source", "Sources", "Test", "Verdict", "documents", "introduction"}
SAME |= {"observables", "organisations", "places", "plan", "points", "verdict", "version"}


@pytest.fixture(scope="module")
def catalogue():
    with paths.CATALOGUE.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file, locale="fr") if message.id}


def test_no_text_lacks_its_french_and_none_is_left_over(catalogue, evidence):
    assert words.messages(evidence) == set(catalogue)
    assert [text for text, french in catalogue.items() if not french] == []


def test_a_translation_differs_from_its_source(catalogue):
    assert {text for text, french in catalogue.items() if text == french} == SAME


PLAIN_SPACE = re.compile(r"\w [:;?!%»]|« ")


def test_french_pages_have_no_plain_space_before_a_mark(pages):
    """`site_pages` gives the texts; code, addresses and what is quoted in English are not French."""
    for name in (page for page in pages if page.startswith("fr/")):
        for text, _, _, tags in pages[name].texts:
            if "article" in tags and not {"code", "pre", "small"} & set(tags):
                assert not PLAIN_SPACE.search(text), (name, text)
