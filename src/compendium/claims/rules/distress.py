"""The rule on the share of cadres in distress: does a survey of all cadres reach the stated number (T1-12)?"""

from typing import Any

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.sentences import distress as wording
from compendium.claims.verdict import Rule, Verdict, compatible, first_branch, grade
from compendium.errors import InputError
from compendium.models import estimates as shape


def survey_overlap(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """A stated share against surveys of the same group, a scale or sign of the same kind, in a span of years (T1-12).

    Branch: `overlaps_at_design_effect` with `year_from`, `year_to`: a survey of all of the group, with printed percentage and
    base, meets the stated number at that design effect. A subgroup, another population or another wording never does.

    Untestable, it fits what is known where the rounding of a survey without a base meets it; it does not where no survey of
    the group meets it at the highest design effect tried; it is unknown where that depends on the design effect, or without
    any survey.

    Raises:
        InputError: the design effect of the rule is not among those tried.
    """
    needed = estimates[estimates["quantity"] == "design_effect_needed"]
    assert claim.decide is not None
    limits = next(limit for limit in claim.decide.thresholds.values() if "overlaps_at_design_effect" in limit)
    years = pd.to_numeric(needed["year"].str.slice(0, 4), errors="coerce")
    surveys = needed[years.between(limits["year_from"], limits["year_to"]) & needed["basis"].isin(["as_tested", "no_base"])]
    tested = surveys[surveys["basis"] == "as_tested"].sort_values("value", kind="stable")

    def applies(threshold: dict[str, Any]) -> bool:
        return bool((tested["value"] <= threshold["overlaps_at_design_effect"]).any())

    verdict = first_branch(claim, applies)
    best = tested.iloc[0] if len(tested) else None
    interval = None
    rests_on = [*surveys["estimate_id"]] or ["surveys.of_cadres"]
    if best is not None:
        effect = limits["overlaps_at_design_effect"]
        name = best["estimate_id"].replace("design_effect_needed", "prevalence", 1) + f".deff_{effect:g}"
        if name not in estimates.index:
            raise InputError(f"{claim.claim_id}: its rule names a design effect of {effect:g}, which is not among those tried")
        at_limit = estimates.loc[name]
        interval, rests_on = shape.interval(at_limit), [best["estimate_id"], at_limit["estimate_id"]]
    fits: bool | None = None
    if (surveys["value"] == 0).any():
        fits = True
    elif len(tested) and not (tested["value"] <= parameters["design_effect_high"]).any():
        fits = False
    own = estimates["population"].str.startswith("cadres") & estimates["quantity"].isin(["prevalence", "design_effect_needed"])
    named = own | estimates["estimate_id"].str.match(r"candidate|surveys\.")
    return Verdict(
        verdict=verdict,
        evidence_grade=grade(estimates.loc[rests_on]),
        compatible=compatible(verdict, fits),
        value=None if best is None else float(at_limit["value"]),
        interval=interval,
        unit="percent",
        interval_kind="none" if best is None else at_limit["interval_kind"],
        estimate_ids=list(estimates.loc[named | estimates["estimate_id"].isin(rests_on), "estimate_id"]),
        sentence=wording.overlap(claim, estimates, best, limits, fits),
        nearest_flip=wording.overlap_flip(claim, best, limits),
    )


RULES: dict[str, Rule] = {"survey_overlap": survey_overlap}
