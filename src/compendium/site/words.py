"""The words of the site in French: a Babel catalogue, and what has to be in it.

English is the source; the catalogue gives the French of every text of the templates, of the words that name units, methods
and readings, and of what the registry says in English alone. Texts of the raw data stay as their rows have them.
"""

import gettext
import io
import re
from collections.abc import Iterator
from functools import cache

from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from compendium import paths, raw
from compendium.language import Language, french
from compendium.models.estimates import METHODS
from compendium.site import notebooks
from compendium.site.evidence import Evidence

USES = {"model": "evidence", "shown": "shown, never modelled", "relay": "repeats another", "not_chosen": "not chosen"}
GROUPS = ("claim", "plan", "set apart")
# Texts of the code, beside those of the templates.
TITLES = (
    "What the published figures allow",
    "Ledger",
    "Ledger, in the order of verdicts",
    "Ledger, in the order of evidence",
    "Figures and tables",
    "Sources",
    "Doubts and choices",
    "The evidence",
    "Notebooks",
    "How it is made",
    "Make it yours",
    "Pages in English",
)


@cache
def translations(language: Language) -> gettext.NullTranslations:
    """The catalogue of a language; English needs none."""
    if language == "en":
        return gettext.NullTranslations()
    with paths.CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale=language)
    for message in catalogue:
        message.string = french(str(message.string))
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def readable(code: str) -> str:
    """A code of the data as words.

    >>> readable("million_eur"), readable("levels_5a_9")
    ('million eur', 'levels 5A-9')
    """
    return code.replace("5a_9", "5A-9").replace("_", " ")


def spaced(html: str) -> str:
    r"""A page with the no-break spaces of French in its texts; tags, styles, code and blocks stay as they are.

    >>> spaced('<a title="x : y">oui : 5 %</a><pre>a : b</pre>')
    '<a title="x : y">oui\xa0: 5\xa0%</a><pre>a : b</pre>'
    """
    parts, kept = re.split(r"(<[^>]*>)", html), 0
    for place, part in enumerate(parts):
        if part.startswith("<"):
            kept += bool(re.match(r"<(?:style|code|pre)\b", part)) - bool(re.match(r"</(?:style|code|pre)\b", part))
        elif not kept:
            parts[place] = french(part)
    return "".join(parts)


def messages(evidence: Evidence) -> set[str]:
    """Every text that the catalogue has to give in French."""
    found = set(_of_templates()) | set(TITLES) | set(notebooks.titles().values())
    codes = {row["unit"] for row in evidence.estimates.values()} | set(raw.UNITS) | set(METHODS) | set(raw.SECOND_READINGS)
    codes |= set(raw.SOURCE_KINDS) | set(raw.EVENT_KINDS) | set(USES.values()) | set(GROUPS)
    found |= {readable(code) for code in codes}
    found |= {row["rule"] for row in evidence.contradictions}
    for claim in evidence.claims.values():
        found |= {claim.locator, claim.test, claim.rule}
    return found - {""}


def _of_templates() -> Iterator[str]:
    options = {"**": {"trimmed": "true", "silent": "false"}}
    for _, _, message, _, _ in extract_from_dir(paths.TEMPLATES, [("**.html", "jinja2")], options):
        assert isinstance(message, str)
        yield re.sub(r"\s+", " ", message)
