"""The rule of statements that are a reading, not a quantity: the observable each leans on is shown (see `OBSERVED`)."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.rules import comparators
from compendium.claims.sentences import distress as distress_wording
from compendium.claims.sentences import readings as wording
from compendium.claims.sentences import sector, tools
from compendium.claims.verdict import Rule, Verdict, first_branch, grade, without_number
from compendium.language import Text


def reading(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """A statement that no figure decides: each has an observable of its own."""
    return OBSERVED[claim.claim_id](claim, estimates, claims, parameters)


def shown(observable: Callable[[pd.DataFrame], Text]) -> Rule:
    """A reading beside which an observable is shown, for and against alike.

    Branch: `always`.
    """

    def rule(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
        verdict = first_branch(claim, lambda threshold: bool(threshold["always"]))
        return without_number(verdict, grade(estimates), estimates, observable(estimates), wording.NO_FLIP)

    return rule


OBSERVED: dict[str, Rule] = {
    "T1-05": comparators.pace_among_comparators,
    "T1-11": shown(tools.complex_cases),
    "T1-15": shown(distress_wording.sense_of_work),
    "T1-22": shown(wording.contact_with_users),
    "T2-09": shown(wording.interviews),
    "T2-12": shown(sector.types_of_head_office),
    "T2-15": shown(wording.head_office_and_proximity),
}
RULES: dict[str, Rule] = {"reading": reading}
