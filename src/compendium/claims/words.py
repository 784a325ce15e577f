"""How a sentence writes a number, as a link to where it comes from, and which marks stand beside verdicts and grades."""

from collections.abc import Callable

import pandas as pd

from compendium.claims.registry import VERDICTS, Claim
from compendium.language import LANGUAGES, Language, Text, linked, number, span
from compendium.models import estimates as shape

# A shape for each verdict and bars for each grade: neither is told by colour alone.
SHAPES = dict(zip(VERDICTS, "●◐◇✕○¶", strict=True)) | {"": "·"}
BARS = {"direct": "▮▮▮", "bounded": "▮▮▯", "extrapolated": "▮▯▯", "none": "▯▯▯", "": ""}


def in_both(write: Callable[[Language], tuple[str, str]]) -> Text:
    """A text from a function that, asked for a language, writes (English, French) with that language's numbers."""
    return Text(*(write(language)[place] for place, language in enumerate(LANGUAGES)))


def stated_number(claim: Claim, language: Language) -> str:
    """The number a claim states, with the decimals and unit of the text, linked to the claim."""
    digits = 0 if claim.value == int(claim.value) else 1
    unit = " %" if claim.stated["unit"] == "percent" else ""
    return linked(number(claim.value, language, digits) + unit, claim.claim_id)


def stated_change(claim: Claim, language: Language) -> str:
    """The change in percent that a claim states, with its sign, linked to the claim: `+42 %`."""
    return linked(("+" if claim.value > 0 else "") + number(claim.value, language) + " %", claim.claim_id)


def value_of(estimate: pd.Series, language: Language, digits: int = 0, unit: str = "") -> str:
    """The size of an estimate's value, linked to it."""
    written = number(abs(estimate["value"]), language, digits) + (f" {unit}" if unit else "")
    return linked(written, estimate["estimate_id"])


def span_of(estimate: pd.Series, language: Language, digits: int = 1, unit: str = "") -> str:
    """An estimate's interval, linked to it."""
    return linked(span(shape.interval(estimate), language, digits, unit), estimate["estimate_id"])
