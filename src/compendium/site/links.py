"""Where each thing stands on the site, and numbers as links to where they come from."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bs4 import BeautifulSoup
from markupsafe import Markup, escape

from compendium.site.evidence import Evidence

# Names that hold a digit and are no numbers.
NAMES = r"T\d-\d\d|T\d\b|\b[1-9]A(?:-| à )[1-9][A-Z]?|\b[1-9][AB]\b|(?:ISCO|CITP)[- ]\d(?:\+\d)*|[A-Z]{2}\d{4}|CH\d\d"
NUMBER = re.compile(rf"(?P<name>{NAMES})|(?P<number>[+−-]?\d(?:[,.\u202f\u00a0 ]?\d)*(?:[ \u00a0]?%)?)")
LINK = re.compile(r"\[([^\]]*)\]\(#([^)]*)\)")


@dataclass(frozen=True)
class Links:
    """Addresses as seen from one page.

    Args:
        evidence: what there is to point to.
        top: the way from the page to the first page of its language: "" or "../".
        files: the way from there to the first page of the site, where notebooks, code and downloads are: "" or "../".
    """

    evidence: Evidence
    top: str = ""
    files: str = ""

    def claim(self, claim_id: str) -> str:
        """The row of a claim in the ledger."""
        return f"{self.top}ledger.html#{claim_id}"

    def estimate(self, estimate_id: str) -> str:
        """The trace of an estimate."""
        return f"{self.top}estimates/{self.evidence.estimates[estimate_id]['notebook']}.html#{estimate_id}"

    def observation(self, obs_id: str) -> str:
        """The row of a published figure or dated event on the page of its source."""
        return f"{self.source(self.evidence.source_of(obs_id))}#{obs_id}"

    def source(self, source_id: str) -> str:
        """The page of a source."""
        return f"{self.top}sources/{source_id}.html"

    def shown(self, name: str) -> str:
        """The page of a figure or table, `figures/<name>` or `tables/<name>`."""
        return f"{self.top}{name}.html"

    def cell(self, notebook: str, cell_id: str) -> str:
        """A cell on the page of its notebook."""
        return f"{self.top}{self.files}notebooks/{notebook}.html#cell-{cell_id}"

    def file(self, path: str) -> str:
        """A file to download, by its path on the site."""
        return f"{self.top}{self.files}{path}"

    def target(self, name: str) -> str:
        """The place that a number of a sentence names: an estimate or a claim."""
        return self.claim(name) if name in self.evidence.claims else self.estimate(name)

    def sentence(self, text: str, rest: str) -> Markup:
        """A computed sentence: each number as a link to its estimate, and one that has none (a year) to `rest`.

        Args:
            text: with links as `language.linked` writes them.
            rest: address of the trace of the whole sentence.
        """
        parts, end = [], 0
        for match in LINK.finditer(text):
            parts += [numbers(text[end : match.start()], rest), _anchor(match[1], self.target(match[2]))]
            end = match.end()
        return Markup("").join([*parts, numbers(text[end:], rest)])


def numbers(text: str, address: str) -> Markup:
    """A text with each number in it as a link to one address; names that hold a digit stay as they are.

    >>> str(numbers("22 473 in 2013, levels 5A-9", "#x"))
    '<a class="number" href="#x">22 473</a> in <a class="number" href="#x">2013</a>, levels 5A-9'
    """
    return Markup("").join(_pieces(text, lambda number: _anchor(number, address)))


def _pieces(text: str, make: Callable[[str], Markup]) -> list[Markup]:
    parts, end = [], 0
    for match in NUMBER.finditer(text):
        if match["name"]:
            continue
        parts += [escape(text[end : match.start()]), make(match[0])]
        end = match.end()
    return [*parts, escape(text[end:])]


def _anchor(written: str, address: str) -> Markup:
    return Markup('<a class="number" href="{}">{}</a>').format(address, written)


def in_table(html: str, address: str) -> Markup:
    """A published table with every number in its cells, title and note as a link to the trace of the table.

    Args:
        html: as great_tables writes it, from the project's own labels and figures.
        address: of the trace.
    """
    soup = BeautifulSoup(html, "html.parser")
    for text in list(soup.find_all(string=re.compile(r"\d"))):
        if text.find_parent(["style", "script", "a"]) is None:
            fragment = BeautifulSoup(str(numbers(str(text), address)), "html.parser")
            text.replace_with(*list(fragment.contents))
    return Markup(str(soup))
