"""The rule on contracting budgets (T2-16)."""

from typing import Any

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.sentences import growth as wording
from compendium.claims.verdict import Rule, Verdict, compatible, first_branch, grade
from compendium.models import estimates as shape
from compendium.models.growth import MONEY


def real_per_place(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """Budgets said to contract, from series of money, staff and places (T2-16). Places are what the others are divided by.

    Branches: `every_series_rises`, every series of staff and money, with one of money at least, is known in real terms per
    place and surely rises; `growth_slows_from`, so many series per place surely grow more slowly than before.
    """
    listed = estimates[estimates["quantity"] == "budget_series"]
    judged = listed[listed["definition"] != "places"]
    money = judged[judged["definition"].isin(MONEY)]
    slower = estimates[estimates["quantity"] == "slowing"]

    def applies(threshold: dict[str, Any]) -> bool:
        if "every_series_rises" in threshold:
            return bool(len(money) and (judged["basis"] == "per_place").all() and (judged["low"] > 0).all())
        return int((slower["high"] < 0).sum()) >= threshold["growth_slows_from"]

    verdict = first_branch(claim, applies)
    rise = estimates.loc["wage_bill.rise"]
    contracts = bool((judged.loc[judged["basis"] == "per_place", "high"] < 0).any())
    return Verdict(
        verdict=verdict,
        evidence_grade=grade(estimates),
        compatible=compatible(verdict, True if contracts else None),
        value=float(rise["value"]),
        interval=shape.interval(rise),
        unit=rise["unit"],
        interval_kind=rise["interval_kind"],
        estimate_ids=list(estimates["estimate_id"]),
        sentence=wording.budgets(listed, slower, rise),
        nearest_flip=wording.budget_flip(slower, rise),
    )


RULES: dict[str, Rule] = {"real_per_place": real_per_place}
