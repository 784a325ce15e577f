"""Rules for quantities of which nothing, or little, is published (T2-13, T2-14, T2-17, T2-19, T2-23)."""

from typing import Any

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.sentences import published as wording
from compendium.claims.verdict import Rule, Verdict, compatible, first_branch, grade
from compendium.models import estimates as shape


def published_share(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """A share that a statement puts above a limit (T2-13, T2-17).

    Branches: `from_percent`, every published share is surely that high or higher; `above_percent`, surely higher.
    """
    answers = estimates[estimates["quantity"] == "answer"]
    whole = published(estimates)

    def applies(threshold: dict[str, Any]) -> bool:
        if answers.empty:
            return False
        least = answers["low"].min()
        return bool(least >= threshold["from_percent"] if "from_percent" in threshold else least > threshold["above_percent"])

    verdict = first_branch(claim, applies)
    assert claim.decide is not None
    key, limit = next(iter(next(iter(claim.decide.thresholds.values())).items()))
    lowest = answers.loc[answers["low"].idxmin()] if len(answers) else whole
    inside = None if answers.empty else bool(answers["high"].min() >= limit)
    return Verdict(
        verdict=verdict,
        evidence_grade=grade(answers if len(answers) else whole.to_frame().T),
        compatible=compatible(verdict, inside),
        value=float(lowest["value"]),
        interval=shape.interval(lowest) if len(answers) else None,
        unit=lowest["unit"],
        interval_kind=lowest["interval_kind"],
        estimate_ids=list(estimates["estimate_id"]),
        sentence=wording.share(claim, whole, answers, nearest(estimates)),
        nearest_flip=wording.share_flip(claim, limit, key == "from_percent", answers),
    )


def without_series(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """A trend that needs a series (T2-14, T2-19).

    Branch: `series_at_most`, no more than so many figures of it are published.
    """
    whole = published(estimates)
    verdict = first_branch(claim, lambda threshold: bool(whole["value"] <= threshold["series_at_most"]))
    return Verdict(
        verdict=verdict,
        evidence_grade=grade(whole.to_frame().T),
        compatible=compatible(verdict, None),
        value=float(whole["value"]),
        interval=None,
        unit=whole["unit"],
        interval_kind=whole["interval_kind"],
        estimate_ids=list(estimates["estimate_id"]),
        sentence=wording.no_series(claim, whole, nearest(estimates), estimates[estimates["quantity"] == "later_growth"]),
        nearest_flip=wording.series_flip(whole),
    )


def not_tested(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """A statement on what others have written, which no figure tests (T2-23).

    Branch: `always`.
    """
    verdict = first_branch(claim, lambda threshold: bool(threshold["always"]))
    mentions = estimates.loc["mentions.with_cadres"]
    return Verdict(
        verdict=verdict,
        evidence_grade="none",
        compatible=compatible(verdict, None),
        value=float(mentions["value"]),
        interval=None,
        unit=mentions["unit"],
        interval_kind=mentions["interval_kind"],
        estimate_ids=list(estimates["estimate_id"]),
        sentence=wording.mentions(estimates.loc["mentions.all"], mentions),
        nearest_flip=wording.NO_TEST,
    )


def published(estimates: pd.DataFrame) -> pd.Series:
    """How many figures that would answer are published."""
    return estimates[estimates["quantity"] == "published"].iloc[0]


def nearest(estimates: pd.DataFrame) -> pd.Series:
    """The figure that comes nearest."""
    return estimates[estimates["quantity"] == "nearest"].iloc[0]


RULES: dict[str, Rule] = {
    "published_share": published_share,
    "without_series": without_series,
    "not_tested": not_tested,
}
