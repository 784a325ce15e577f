"""Rules on tools and targets: errors with two dates, use of AI by wording, uses kept apart (T1-09, T1-10, T1-19)."""

from typing import Any

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.sentences import tools as wording
from compendium.claims.verdict import Rule, Verdict, compatible, first_branch, grade, needed, without_number
from compendium.models import estimates as shape

BRANCH = "recouvrement"


def order_of_two_dates(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """A trend told by the order of two dates of one indicator (T1-09).

    Branches: `population`, of which branch; `dated_points`, an indicator has at least so many; `order`, all such indicators
    of that population move that way beyond their rounding.
    """
    points = estimates[estimates["quantity"] == "dated_points"].set_index("definition")["value"]
    changes = estimates[estimates["quantity"] == "error_change"]

    def applies(threshold: dict[str, Any]) -> bool:
        named = (changes["population"] == BRANCH) == (threshold["population"] == BRANCH)
        rows = changes[named & (changes["definition"].map(points) >= threshold["dated_points"])]
        falls, rises = rows["high"] < 0, rows["low"] > 0
        return bool(len(rows) and (falls if threshold["order"] == "falling" else rises).all())

    verdict = first_branch(claim, applies)
    inside = None if changes.empty else bool((changes["low"] < 0).any())
    latest = changes.iloc[-1] if len(changes) else None
    return Verdict(
        verdict=verdict,
        evidence_grade=grade(changes) if len(changes) else "none",
        compatible=compatible(verdict, inside),
        value=None if latest is None else float(latest["value"]),
        interval=None if latest is None else shape.interval(latest),
        unit="" if latest is None else latest["unit"],
        interval_kind="none" if latest is None else latest["interval_kind"],
        estimate_ids=list(estimates["estimate_id"]),
        sentence=wording.errors(estimates, changes),
        nearest_flip=wording.errors_flip(estimates),
    )


def share_among_wordings(
    claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]
) -> Verdict:
    """A stated rate of use against surveys of the population; without one, against the spread of like wordings (T1-10).

    Branches: `survey_of`, a survey of that population is published; `stated_inside`, the stated rate is among the values
    that print as that of each such survey, or of none.
    """
    surveys = estimates[estimates["quantity"] == "survey_of_the_institution"]

    def agrees(row: pd.Series) -> bool:
        return shape.interval(row).meets(claim.rounding)

    def applies(threshold: dict[str, Any]) -> bool:
        rows = surveys[surveys["population"] == threshold["survey_of"]]
        return bool(len(rows) and all(agrees(row) == threshold["stated_inside"] for _, row in rows.iterrows()))

    verdict = first_branch(claim, applies)
    spread = estimates.loc["ai.spread"]
    decisive = surveys if len(surveys) else estimates.loc[["ai.surveys_of_the_institution"]]
    return Verdict(
        verdict=verdict,
        evidence_grade=grade(decisive),
        compatible=compatible(verdict, claim.value in shape.interval(spread)),
        value=None,
        interval=shape.interval(spread),
        unit=spread["unit"],
        interval_kind=spread["interval_kind"],
        estimate_ids=list(estimates["estimate_id"]),
        sentence=wording.use_of_ai(claim, estimates),
        nearest_flip=wording.use_of_ai_flip(claim, estimates),
    )


def uses_kept_apart(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """What AI is used for: no rate of use says it, nor does an amount of adjustments (T1-19).

    Branch: `always`.
    """
    verdict = first_branch(claim, lambda threshold: bool(threshold["always"]))
    published = needed(estimates, "published").iloc[0]
    weight = grade(estimates.loc[[published["estimate_id"]]])
    return without_number(verdict, weight, estimates, wording.fraud(estimates), wording.fraud_flip(published))


RULES: dict[str, Rule] = {
    "order_of_two_dates": order_of_two_dates,
    "share_among_wordings": share_among_wordings,
    "uses_kept_apart": uses_kept_apart,
}
