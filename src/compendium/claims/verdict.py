"""What a rule gives back, and what all rules share: the grade of the evidence, the branches in order, compatibility."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from compendium.claims.registry import GRADES, Claim
from compendium.errors import InputError
from compendium.interval import Interval
from compendium.language import Text
from compendium.models import estimates as shape


@dataclass(frozen=True)
class Verdict:
    """What a rule says of a claim, and why."""

    verdict: str
    evidence_grade: str
    compatible: str  # of an untestable claim: yes, no or unknown; empty otherwise
    value: float | None
    interval: Interval | None
    unit: str
    interval_kind: str
    estimate_ids: list[str]
    sentence: Text
    nearest_flip: Text


def grade(estimates: pd.DataFrame) -> str:
    """The grade of a verdict: the weakest of the estimates it rests on."""
    return max((shape.METHODS[method] for method in estimates["method"]), key=GRADES.index)


def needed(estimates: pd.DataFrame, quantity: str) -> pd.DataFrame:
    """The estimates of a quantity that a rule cannot do without.

    Raises:
        InputError: there is none.
    """
    rows = estimates[estimates["quantity"] == quantity]
    if rows.empty:
        raise InputError(f"no estimate of {quantity}, which the rule needs")
    return rows


def first_branch(claim: Claim, applies: Callable[[dict[str, Any]], bool]) -> str:
    """The first branch of a rule whose threshold applies, in the order written; else `otherwise`."""
    assert claim.decide is not None
    for verdict, threshold in claim.decide.thresholds.items():
        if applies(threshold):
            return verdict
    return claim.decide.otherwise


def compatible(verdict: str, inside: bool | None) -> str:
    """Whether an untestable statement fits what is known; empty for any other verdict."""
    if verdict != "untestable":
        return ""
    return "unknown" if inside is None else "yes" if inside else "no"


def without_number(
    verdict: str, evidence_grade: str, estimates: pd.DataFrame, sentence: Text, flip: Text, inside: bool | None = None
) -> Verdict:
    """The verdict of a statement that no one number answers; it names all the estimates that bear on it."""
    return Verdict(
        verdict=verdict,
        evidence_grade=evidence_grade,
        compatible=compatible(verdict, inside),
        value=None,
        interval=None,
        unit="",
        interval_kind="none",
        estimate_ids=list(estimates["estimate_id"]),
        sentence=sentence,
        nearest_flip=flip,
    )


# A rule: the claim, the estimates that bear on it by estimate_id, the registry, the assumptions they were made under.
Rule = Callable[[Claim, pd.DataFrame, dict[str, Claim], dict[str, Any]], Verdict]
