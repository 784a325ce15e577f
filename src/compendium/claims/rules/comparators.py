"""The rule on the pace of the share beside comparators (T1-05)."""

from typing import Any

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.sentences import comparators as wording
from compendium.claims.verdict import Verdict, compatible, first_branch, grade
from compendium.models import estimates as shape

# What the reading leans on: the paces and their ranks, not what a stated share would need nor what a model foresees.
LEANS_ON = ("pace", "logit", "rank_pace", "rank_logit", "ranked")


def pace_among_comparators(
    claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]
) -> Verdict:
    """The observable of the reading that the rise transforms the institution: the pace and its rank (T1-05).

    Branch: `always`.
    """
    leaned_on = estimates[estimates["quantity"].isin(LEANS_ON)]
    pace = leaned_on.loc["pace.regime_general"]
    verdict = first_branch(claim, lambda threshold: bool(threshold["always"]))
    return Verdict(
        verdict=verdict,
        evidence_grade=grade(leaned_on),
        compatible=compatible(verdict, None),
        value=float(pace["value"]),
        interval=shape.interval(pace),
        unit=pace["unit"],
        interval_kind=pace["interval_kind"],
        estimate_ids=list(leaned_on["estimate_id"]),
        sentence=wording.place(claim, leaned_on),
        nearest_flip=wording.rank_flip(leaned_on),
    )
