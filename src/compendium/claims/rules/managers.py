"""The rule on field and project managers: what two changes without a level imply (T1-06, T1-07)."""

from typing import Any

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.sentences import managers as wording
from compendium.claims.verdict import Rule, Verdict, compatible, first_branch, grade
from compendium.models import estimates as shape


def implied_region(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """A stated change of a group whose level and base year are not published (T1-06, T1-07).

    Branch: `published_levels_or_base_years`, no more than so many figures on the group are published.
    """
    published = estimates.loc["managers.levels_published"]

    def applies(threshold: dict[str, Any]) -> bool:
        return bool(published["value"] <= threshold["published_levels_or_base_years"])

    verdict = first_branch(claim, applies)
    turning = estimates.loc["mix.break_even"]
    return Verdict(
        verdict=verdict,
        evidence_grade=grade(estimates),
        compatible=compatible(verdict, None),
        value=float(turning["value"]),
        interval=shape.interval(turning),
        unit=turning["unit"],
        interval_kind=turning["interval_kind"],
        estimate_ids=list(estimates["estimate_id"]),
        sentence=wording.region(claim, claims, estimates),
        nearest_flip=wording.level_flip(published),
    )


RULES: dict[str, Rule] = {"implied_region": implied_region}
