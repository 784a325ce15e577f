"""Rules on dates and on the document a number is said to come from (T1-17, T1-20, T1-21)."""

from typing import Any

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.sentences import origins as wording
from compendium.claims.verdict import Rule, Verdict, compatible, first_branch, grade, needed
from compendium.language import Text

NUMBERS = ("T1-01", "T1-02", "T1-03", "T1-06", "T1-07")  # whose numbers the document is said to print (T1-20)


def date_before(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """Something created by law before a year; its age when the text came out is printed (T1-17).

    Branch: `created_by_law_before`, a law of an earlier year creates it.
    """
    events = needed(estimates, "event_year")
    laws = events[events["definition"] == "law"]

    def applies(threshold: dict[str, Any]) -> bool:
        return bool((laws["value"] < threshold["created_by_law_before"]).any())

    first = (laws if len(laws) else events).sort_values("value", kind="stable").iloc[0]
    limit = threshold_of(claim, "created_by_law_before")
    age = needed(estimates, "age").iloc[0]
    flip = wording.later(first, limit - 1, claim)
    return dated(claim, estimates, first, first_branch(claim, applies), wording.created(events, age), flip)


def date_between(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """Something founded within a span of years (T1-21).

    Branch: `year_from`, `year_to`: its official year lies in that span.
    """
    first = needed(estimates, "event_year").sort_values("value", kind="stable").iloc[0]

    def applies(threshold: dict[str, Any]) -> bool:
        return bool(threshold["year_from"] <= first["value"] <= threshold["year_to"])

    limit = threshold_of(claim, "year_to")
    flip = wording.later(first, limit, claim)
    return dated(claim, estimates, first, first_branch(claim, applies), wording.founded(first), flip)


def dated(claim: Claim, estimates: pd.DataFrame, first: pd.Series, verdict: str, sentence: Text, flip: Text) -> Verdict:
    """A verdict that rests on one official year."""
    return Verdict(
        verdict=verdict,
        evidence_grade=grade(estimates.loc[[first["estimate_id"]]]),
        compatible=compatible(verdict, False),
        value=float(first["value"]),
        interval=None,
        unit=first["unit"],
        interval_kind=first["interval_kind"],
        estimate_ids=list(estimates["estimate_id"]),
        sentence=sentence,
        nearest_flip=flip,
    )


def threshold_of(claim: Claim, key: str) -> int:
    """The limit that a branch of a claim names."""
    assert claim.decide is not None
    return int(next(limits[key] for limits in claim.decide.thresholds.values() if key in limits))


def printed_in_source(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """Numbers said to come from a document (T1-20).

    Branches: `figures_of_the_document`, no more than so many figures of it are in the data; `numbers_printed_percent`, so
    many of the numbers are among them; `numbers_printed_above_percent`, more than so many are. Where none is, nothing
    follows: the data need not hold all that the document prints.
    """
    whole = estimates.loc["provenance.figures_of_document"]
    printed = estimates.loc[[f"provenance.printed.{number.lower()}" for number in NUMBERS]]
    found = printed[printed["value"] > 0]
    percent = 100 * len(found) / len(printed)

    def applies(threshold: dict[str, Any]) -> bool:
        if "figures_of_the_document" in threshold:
            return bool(whole["value"] <= threshold["figures_of_the_document"])
        if "numbers_printed_percent" in threshold:
            return bool(percent >= threshold["numbers_printed_percent"])
        return bool(percent > threshold["numbers_printed_above_percent"])

    verdict = first_branch(claim, applies)
    return Verdict(
        verdict=verdict,
        evidence_grade=grade(found if len(found) else printed),
        compatible=compatible(verdict, None),
        value=float(whole["value"]),
        interval=None,
        unit=whole["unit"],
        interval_kind=whole["interval_kind"],
        estimate_ids=list(estimates["estimate_id"]),
        sentence=wording.provenance(whole, printed, estimates, claims),
        nearest_flip=wording.source_flip(whole),
    )


RULES: dict[str, Rule] = {
    "date_before": date_before,
    "date_between": date_between,
    "printed_in_source": printed_in_source,
}
