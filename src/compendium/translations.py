"""The French of texts written in English: two Babel catalogues, one of what the project says and one of what its rows say."""

import gettext
import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from compendium import paths
from compendium.language import Language, french


@cache
def translations(language: Language) -> gettext.NullTranslations:
    """The texts of the code, the schemas and the templates; English needs no catalogue."""
    if language == "en":
        return gettext.NullTranslations()
    catalogue = _read(paths.CATALOGUE)
    for message in catalogue:
        message.string = french(str(message.string))
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def rows() -> dict[str, str]:
    """The French of each text of the raw rows, and of the codes of estimates; a row added since has none yet."""
    return dict(entries(paths.ROWS_CATALOGUE))


def entries(path: Path) -> Iterator[tuple[str, str]]:
    """Each text of a catalogue with its French, spaced as French is; what has no French yet is left out."""
    return ((str(message.id), french(str(message.string))) for message in _read(path) if message.id and message.string)


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="fr")
