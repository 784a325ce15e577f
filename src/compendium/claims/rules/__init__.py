"""The rules: one function a kind of rule, from the estimates that bear on a claim to its verdict.

Each is named by the `decide` of a claim and reads that claim's thresholds; none holds a number of its own. A module holds
the rules of one subject, its twin in `sentences` says what they found.
"""

from typing import Any

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.rules import distress, managers, origins, readings, receipts, shares
from compendium.claims.verdict import Rule, Verdict
from compendium.errors import InputError, nearest

DECIDE: dict[str, Rule] = {
    **shares.RULES,
    **managers.RULES,
    **receipts.RULES,
    **origins.RULES,
    **readings.RULES,
    **distress.RULES,
}


def judge(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """Apply a claim's rule to the estimates that bear on it.

    Args:
        claim: with `decide`.
        estimates: schema `Estimate`, of the notebook that the rule names.
        claims: the registry, for the number of another claim.
        parameters: the assumptions the estimates were made under, for the nearest flip.

    Raises:
        InputError: the claim has no rule, its rule is unknown, or no estimate bears on it.
    """
    if claim.decide is None:
        raise InputError(f"{claim.claim_id} has no rule for the code")
    if claim.decide.function not in DECIDE:
        hint = nearest(claim.decide.function, DECIDE)
        raise InputError(f"data/raw/claims.yaml, {claim.claim_id}: no rule function '{claim.decide.function}'{hint}")
    bearing = estimates[[claim.claim_id in ids.split() for ids in estimates["claim_id"]]]
    if bearing.empty:
        raise InputError(f"{claim.claim_id}: no estimate bears on it in {claim.decide.estimates}")
    by_id = bearing.set_index("estimate_id", drop=False)
    return DECIDE[claim.decide.function](claim, by_id, claims, parameters)
