"""The rule of statements that are a reading, not a quantity: the observable they lean on is shown (T1-22, T2-15)."""

from typing import Any

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.sentences import readings as wording
from compendium.claims.verdict import Rule, Verdict, compatible, first_branch, grade


def reading(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """A statement that no figure decides; its observable is shown.

    Branch: `always`.
    """
    verdict = first_branch(claim, lambda threshold: bool(threshold["always"]))
    return Verdict(
        verdict=verdict,
        evidence_grade=grade(estimates),
        compatible=compatible(verdict, None),
        value=None,
        interval=None,
        unit="",
        interval_kind="none",
        estimate_ids=list(estimates["estimate_id"]),
        sentence=wording.OBSERVABLES[claim.claim_id](estimates),
        nearest_flip=wording.NO_FLIP,
    )


RULES: dict[str, Rule] = {"reading": reading}
