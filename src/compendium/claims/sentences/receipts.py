"""What the rule on collections found, and what would flip it."""

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.words import in_both, stated_number, value_of
from compendium.language import Language, Text, linked, number

UNITS = Text("billion euros", "milliards d’euros")


def totals(claim: Claim, latest: dict[str, pd.Series | None]) -> Text:
    """The latest total of known scope and the latest of unknown scope, beside the stated amount."""
    known, unknown = latest["total"], latest["unknown"]
    assert known is not None

    def write(language: Language) -> tuple[str, str]:
        stated = stated_number(claim, language)
        first = value_of(known, language, 1)
        english = (
            f"The last total whose scope is known (network and national body) is {first} {UNITS.en}, for {known['year']}; "
            f"the text says {stated}."
        )
        french = (
            f"Le dernier total de périmètre connu (réseau et caisse nationale) est de {first} {UNITS.fr}, pour "
            f"{known['year']} ; le texte dit {stated}."
        )
        if unknown is not None:
            second = value_of(unknown, language)
            english += (
                f" The latest amount, {second} for {unknown['year']}, is worded as collected by the network, a scope that a "
                "second reading doubts."
            )
            french += (
                f" Le montant le plus récent, {second} pour {unknown['year']}, est présenté comme recouvré par le réseau, "
                "un périmètre "
                "qu’une seconde lecture met en doute."
            )
        return english, french

    return in_both(write)


def scope_flip(claim: Claim, verdict: str, latest: dict[str, pd.Series | None]) -> Text:
    """The nearest change: a known scope for the latest amount, or the amount that a total of known scope would need."""
    assert claim.decide is not None
    known, unknown = latest["total"], latest["unknown"]
    assert known is not None
    range_ = claim.decide.thresholds["supported"]
    ends = range_["known_scope_from"], range_["known_scope_to"]

    def write(language: Language) -> tuple[str, str]:
        low, high = (linked(number(end, language), claim.claim_id) for end in ends)
        if verdict == "partly_supported" and unknown is not None:
            at = value_of(unknown, language)
            return (
                f"supported if {at} proves to be the whole of {unknown['year']}, untestable without that amount",
                f"« confirmé » si {at} se révèle être l’ensemble de {unknown['year']}, « non testable » sans ce montant",
            )
        now = value_of(known, language, 1)
        change = Text("another verdict", "un autre verdict") if verdict == "supported" else Text("supported", "« confirmé »")
        side = Text("outside", "hors de") if verdict == "supported" else Text("within", "dans")
        return (
            f"{change.en} if the latest total of known scope lay {side.en} {low} to {high}; it is {now}",
            f"{change.fr} si le dernier total de périmètre connu était {side.fr} l’intervalle {low} à {high} ; il est de {now}",
        )

    return in_both(write)
