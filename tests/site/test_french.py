"""The French of the site: whole, and written as French is."""

import re
from collections import Counter

import pytest
from babel.messages.pofile import read_po

from compendium import paths, translations
from compendium.site import pages as computed
from compendium.site import words

# Words that are the same in both languages.
SAME = {"Note", "Notebook", "Notebooks", "Population", "Source", "Sources", "Test", "Verdict", "documents", "introduction"}
SAME |= {"observables", "organisations", "places", "plan", "points", "type", "unique", "verdict", "version"}


@pytest.fixture(scope="module")
def catalogue():
    with paths.CATALOGUE.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file, locale="fr") if message.id}


def test_no_text_lacks_its_french_and_none_is_left_over(catalogue, evidence):
    assert words.messages(evidence) == set(catalogue)
    assert [text for text, french in catalogue.items() if not french] == []


def test_a_translation_differs_from_its_source(catalogue):
    assert {text for text, french in catalogue.items() if text == french} == SAME


@pytest.fixture(scope="module")
def rows():
    """The catalogue of the raw rows as it stands in its file, with the note of its translator: text -> (French, note)."""
    with paths.ROWS_CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file, locale="fr") if message.id]
    return {str(message.id): (str(message.string), " ".join(message.user_comments)) for message in messages}


def test_every_text_of_a_row_has_its_french_and_none_is_left_over(rows, evidence):
    shown = words.row_texts(evidence)
    assert shown - set(rows) == set()
    assert set(rows) - shown - words.source_names(evidence) == set()
    assert [text for text, (french, _) in rows.items() if not french] == []


def test_a_row_in_french_differs_from_its_source_but_where_the_catalogue_says_so(rows):
    same = {text for text, (french, _) in rows.items() if text == french}
    assert same == {text for text, (_, note) in rows.items() if note == "the same in both languages"}
    assert [text for text in same if ENGLISH.search(text)] == []


def numbers(text, thousands):
    """How often each run of digits stands in a text, thousands joined."""
    return Counter(re.findall(r"\d+", re.sub(rf"(?<=\d)[{thousands}](?=\d{{3}}(?!\d))", "", text)))


def test_a_row_in_french_has_the_numbers_of_its_source(rows):
    """Dates may be turned round; decimals may be written with a comma."""
    differ = {text: french for text, (french, _) in rows.items() if numbers(text, " ,") != numbers(french, "\u202f")}
    assert differ == {}


def test_the_numbers_of_a_row_are_told_apart():
    assert numbers("22,473 in 2013, 41.8 %", " ,") == numbers("22\u202f473 en 2013, 41,8 %", "\u202f")
    assert numbers("in 2013", " ,") != numbers("en 2014", "\u202f")


NOT_FRENCH = re.compile(r"['\"“”]|\d\.\d(?!\.)|(?<!\d)\d{1,3} \d{3}(?!\d)|\.\.\.")


def test_a_row_in_french_is_written_as_french_is(rows):
    """The catalogue is spaced when it is read; apostrophe, quotes, decimal comma and thousands stand in it."""
    assert {french for french, _ in rows.values() if NOT_FRENCH.search(re.sub(r"\d\.\d\.\d", "", french))} == set()
    assert {french for french in translations.rows().values() if PLAIN_SPACE.search(french)} == set()


def test_a_row_without_french_stays_english_and_says_so(monkeypatch, evidence):
    """A student who adds a row is not stopped."""
    monkeypatch.setattr(computed, "row_texts", dict)
    bodies = {name: body for name, _, body in computed.Pages(evidence, "fr", "0").collected()}
    assert (
        '<span lang="en">Relays Insee Focus 205.</span>'
        in bodies["sources/" + source_with(evidence, "Relays Insee Focus 205.")]
    )


def source_with(evidence, note):
    return next(key for key, source in evidence.sources.items() if source["note"] == note)


PLAIN_SPACE = re.compile(r"\w [:;?!%»]|« ")
# Words that English has in almost every sentence and French never.
ENGLISH = re.compile(r"\b([Tt]he|of|and|with|from|not|by|which|whose|than|are|was|were|is)\b")


def french_texts(pages):
    """The texts of the French pages that do not say they are in English, but those of Sphinx itself: (page, text)."""
    for name in (page for page in pages if page.startswith("fr/") and page != "fr/search.html"):
        for text, _, _, tags in pages[name].texts:
            if "article" in tags and not {"code", "pre", "english"} & set(tags):
                yield name, text


def test_french_pages_have_no_plain_space_before_a_mark(pages):
    """`site_pages` gives the texts; code, addresses and what is quoted in English are not French."""
    assert [(name, text) for name, text in french_texts(pages) if PLAIN_SPACE.search(text)] == []


def test_french_pages_say_where_they_are_in_english(pages):
    assert [(name, text) for name, text in french_texts(pages) if ENGLISH.search(text)] == []
