"""The rule on field and project managers: what two changes without a level imply (T1-06, T1-07)."""

from typing import Any

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.sentences import managers as wording
from compendium.claims.verdict import Rule, Verdict, compatible, first_branch, grade
from compendium.interval import Interval
from compendium.models import estimates as shape


def implied_region(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """A stated change of a group whose level and base year are not published (T1-06, T1-07).

    Branches: `published_levels_or_base_years`, no more than so many figures on the two groups are published;
    `change_inside_tolerance_points`, every published change of the group lies wholly that near; `value_outside_change`, none
    of them meets the stated change. A single level gives no change and leaves it untestable.
    """
    published = estimates.loc["managers.levels_published"]
    changes = estimates[estimates["quantity"] == "published_change"]
    bounds = [shape.interval(change) for _, change in changes.iterrows()]
    meeting = [bound.meets(claim.rounding) for bound in bounds]

    def applies(threshold: dict[str, Any]) -> bool:
        if "published_levels_or_base_years" in threshold:
            return bool(published["value"] <= threshold["published_levels_or_base_years"])
        if "change_inside_tolerance_points" in threshold:
            near = threshold["change_inside_tolerance_points"]
            allowed = Interval(claim.value - near, claim.value + near)
            return bool(bounds) and all(bound.low >= allowed.low and bound.high <= allowed.high for bound in bounds)
        return bool(bounds) and not any(meeting)

    verdict = first_branch(claim, applies)
    decisive = changes.iloc[0] if bounds else estimates.loc["mix.break_even"]
    return Verdict(
        verdict=verdict,
        evidence_grade=grade(changes if bounds else estimates),
        compatible=compatible(verdict, any(meeting) if bounds else None),
        value=float(decisive["value"]),
        interval=shape.interval(decisive),
        unit=decisive["unit"],
        interval_kind=decisive["interval_kind"],
        estimate_ids=list(estimates["estimate_id"]),
        sentence=wording.region(claim, claims, estimates),
        nearest_flip=wording.level_flip(published),
    )


RULES: dict[str, Rule] = {"implied_region": implied_region}
