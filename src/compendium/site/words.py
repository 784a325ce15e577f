"""The words of the site in French: what its two Babel catalogues have to hold.

English is the source. docs/fr.po gives the French of every text of the templates and of the schemas, of the words that name
units, methods and readings, and of what the registry says in English alone; docs/rows.fr.po that of the texts of the raw rows
and of the codes of estimates. A text of a row that is not in it yet stays English on a French page, and is marked so.
"""

import re
from collections.abc import Iterator

from babel.messages.extract import extract_from_dir

from compendium import codebook, paths, raw
from compendium.language import french
from compendium.models.estimates import METHODS
from compendium.site import notebooks
from compendium.site.evidence import Evidence

USES = {"model": "evidence", "shown": "shown, never modelled", "relay": "repeats another", "not_chosen": "not chosen"}
GROUPS = ("claim", "plan", "set apart")
OBSERVATION_TEXTS = ("definition", "population", "geography", "locator", "note", "reason", "missing")
ESTIMATE_CODES = ("quantity", "population", "definition", "basis")
# Texts of the code, beside those of the templates.
TITLES = (
    "Cadres: two texts and the figures",
    "Show the cell",
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
    "Make it yours",
    "To teach with",
)


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
    found = set(_of_templates()) | set(TITLES) | set(notebooks.titles().values()) | codebook.messages()
    codes = {row["unit"] for row in evidence.estimates.values()} | set(raw.UNITS) | set(METHODS) | set(raw.SECOND_READINGS)
    codes |= set(raw.SOURCE_KINDS) | set(raw.EVENT_KINDS) | set(USES.values()) | set(GROUPS)
    found |= {readable(code) for code in codes}
    found |= {row["rule"] for row in evidence.contradictions}
    for claim in evidence.claims.values():
        found |= {claim.locator, claim.test, claim.rule}
        found |= {text for revision in claim.revisions for text in (revision.what, revision.why)}
    return found - {""}


def row_texts(evidence: Evidence) -> set[str]:
    """Every text of the raw rows, and every code of the estimates, that the site shows; names of sources stand apart."""
    observations, events, estimates = (
        list(rows.values()) for rows in (evidence.observations, evidence.events, evidence.estimates)
    )
    found = {row[key] for row in observations for key in OBSERVATION_TEXTS} | {row["note"] for row in evidence.sources.values()}
    found |= {row[key] for row in events for key in ("event", "note")} | {
        row[key] for row in estimates for key in ESTIMATE_CODES
    }
    found |= {row["period"] for row in observations if re.search("[A-Za-z]", row["period"])}
    return found - {""}


def source_names(evidence: Evidence) -> set[str]:
    """The titles and publishers of sources: most are names, some are descriptions in English."""
    return {row[key] for row in evidence.sources.values() for key in ("title", "publisher")}


def _of_templates() -> Iterator[str]:
    options = {"**": {"trimmed": "true", "silent": "false"}}
    for _, _, message, _, _ in extract_from_dir(paths.TEMPLATES, [("**.html", "jinja2")], options):
        assert isinstance(message, str)
        yield re.sub(r"\s+", " ", message)
