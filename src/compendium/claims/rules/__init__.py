"""The rules: one function a kind of rule, from the estimates that bear on a claim to its verdict.

Each is named by the `decide` of a claim and reads that claim's thresholds; none holds a number of its own. A module holds
the rules of one subject, its twin in `sentences` says what they found.
"""

from dataclasses import replace
from typing import Any

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.rules import (
    departures,
    distress,
    growth,
    managers,
    origins,
    published,
    readings,
    receipts,
    reforms,
    sector,
    shares,
    situation,
    tools,
)
from compendium.claims.verdict import Rule, Verdict
from compendium.errors import InputError, nearest
from compendium.models.estimates import bearing_on

DECIDE: dict[str, Rule] = {
    **departures.RULES,
    **distress.RULES,
    **growth.RULES,
    **managers.RULES,
    **origins.RULES,
    **published.RULES,
    **readings.RULES,
    **receipts.RULES,
    **reforms.RULES,
    **sector.RULES,
    **shares.RULES,
    **situation.RULES,
    **tools.RULES,
}


def check(claim: Claim) -> None:
    """Raises InputError where a claim names a rule that there is not."""
    if claim.decide and claim.decide.function not in DECIDE:
        hint = nearest(claim.decide.function, DECIDE)
        raise InputError(f"data/raw/claims.yaml, {claim.claim_id}: no rule function '{claim.decide.function}'{hint}")


def judge(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """Apply a claim's rule to the estimates that bear on it.

    Args:
        claim: with `decide`.
        estimates: schema `Estimate`, of the notebook that the rule names.
        claims: the registry, for the number of another claim.
        parameters: the assumptions the estimates were made under, for the nearest flip.

    Raises:
        InputError: the claim has no rule, its rule is unknown, or an estimate that it needs is missing.

    >>> from compendium import claims
    >>> from compendium.models import estimates
    >>> registry = claims.read()
    >>> try:
    ...     judge(registry["T1-03"], estimates.table([]), registry, {})
    ... except InputError as error:
    ...     print(error)
    T1-03: no estimate bears on it in 20_cadre_share
    """
    if claim.decide is None:
        raise InputError(f"{claim.claim_id} has no rule for the code")
    check(claim)
    bearing = bearing_on(estimates, claim.claim_id)
    if bearing.empty:
        raise InputError(f"{claim.claim_id}: no estimate bears on it in {claim.decide.estimates}")
    by_id = bearing.set_index("estimate_id", drop=False)
    try:
        found = DECIDE[claim.decide.function](claim, by_id, claims, parameters)
    except LookupError as error:
        raise InputError(
            f"{claim.claim_id}: {claim.decide.estimates} lacks an estimate that the rule needs: {error}"
        ) from error
    # A reading is not a quantity, so no figure bears on it: what is shown beside it has a grade of its own, not the reading.
    return replace(found, evidence_grade="none") if found.verdict == "interpretive" else found
