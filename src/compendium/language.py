"""Numbers and sentences as each language writes them.

A sentence carries every number as a Markdown link to the estimate or claim it comes from, `[37.3 %](#estimate-id)`, so
that the report can lead the reader to its source.
"""

import math
import re
from typing import Literal, NamedTuple

from babel.numbers import format_decimal

from compendium.interval import Interval

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, Language] = ("en", "fr")
LINK = re.compile(r"\[([^\]]*)\]\(#([^)]*)\)")  # the number, its target
NO_BREAK, THIN_NO_BREAK = "\u00a0", "\u202f"


class Text(NamedTuple):
    """The same text in both languages."""

    en: str
    fr: str

    def of(self, language: Language) -> str:
        """The text in one language, French with its no-break spaces."""
        return self.en if language == "en" else french(self.fr)


def french(text: str) -> str:
    r"""French spacing: a no-break space before : % » and after «, a narrow one before ; ? !

    >>> french("vrai ; 5 % : « oui »")
    'vrai\u202f; 5\xa0%\xa0: «\xa0oui\xa0»'
    """
    text = re.sub(r" ([;?!])", THIN_NO_BREAK + r"\1", text)
    text = re.sub(r" ([:%»])", NO_BREAK + r"\1", text)
    return text.replace("« ", "«" + NO_BREAK)


def number(value: float, language: Language, digits: int = 0) -> str:
    r"""A number with its decimals and thousands as the language writes them.

    >>> number(22473, "en"), number(-41.84, "en", 1)
    ('22,473', '−41.8')
    >>> number(22473, "fr"), number(41.8, "fr", 1)
    ('22\u202f473', '41,8')
    """
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    written = format_decimal(round(value, digits) + 0.0, pattern, locale=language)
    return written.replace("-", "−")


def outwards(interval: Interval, digits: int) -> Interval:
    """The interval with its low end rounded down and its high end up, so that no value is lost in print.

    >>> outwards(Interval(33.71, 38.22), 1)
    Interval(low=33.7, high=38.3)
    """
    scale = 10.0**digits
    slack = 1e-9  # an end such as 33.7 may be stored a hair above 33.7
    return Interval(math.floor(interval.low * scale + slack) / scale, math.ceil(interval.high * scale - slack) / scale)


def span(interval: Interval, language: Language, digits: int = 0, unit: str = "") -> str:
    r"""An interval in words, rounded outwards: `33.7 to 38.3 %`.

    >>> span(Interval(33.71, 38.22), "en", 1, "%"), span(Interval(33.71, 38.22), "fr", 1)
    ('33.7 to 38.3\xa0%', '33,7 à 38,3')
    """
    out = outwards(interval, digits)
    to = " to " if language == "en" else " à "
    written = number(out.low, language, digits) + to + number(out.high, language, digits)
    return written + (NO_BREAK + unit if unit else "")


def linked(written: str, target: str) -> str:
    """A number as a link to the estimate or claim it comes from."""
    return f"[{written}](#{target})"


def unlinked(sentence: str) -> str:
    """A sentence without its links, for where links cannot be followed.

    >>> unlinked("between [1 %](#a.b) and [2 %](#c)")
    'between 1 % and 2 %'
    """
    return LINK.sub(r"\1", sentence)


def linked_numbers(sentence: str) -> list[tuple[str, str]]:
    """The numbers of a sentence as written, each with the estimate or claim that it comes from.

    >>> linked_numbers("between [1 %](#a.b) and [2 %](#c)")
    [('1 %', 'a.b'), ('2 %', 'c')]
    """
    return LINK.findall(sentence)
