"""The rule on dates, numbers and days of reforms, item by item (T2-10, T2-11, T2-24)."""

from typing import Any

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.sentences import reforms as wording
from compendium.claims.verdict import Rule, Verdict, compatible, first_branch, grade
from compendium.errors import InputError


def items_by_count(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """Items that each agree with an official record, differ from it, or have none; overall by count (T2-10, T2-11, T2-24).

    Branches: `supported_from`, `contradicted_from`, at least so many items; `supported_at_most` and
    `not_supported_at_most`, no more.

    Raises:
        InputError: an item of the statement is not compared; without it the others would be taken for all.
    """
    items = estimates[estimates["quantity"] == "item_agrees"]
    whole = sum(len(stated) for stated in claim.stated["items"].values())
    if len(items) != whole:
        raise InputError(f"{claim.claim_id}: {len(items)} of {whole} stated items are compared")
    counts = {
        "supported": int((items["value"] == 0).sum()),
        "contradicted": int((items["value"].notna() & (items["value"] != 0)).sum()),
        "not_supported": int((items["value"] != 0).sum()),
    }

    def applies(threshold: dict[str, Any]) -> bool:
        least = all(counts[key.removesuffix("_from")] >= limit for key, limit in threshold.items() if key.endswith("_from"))
        most = all(
            counts[key.removesuffix("_at_most")] <= limit for key, limit in threshold.items() if key.endswith("_at_most")
        )
        return least and most

    verdict = first_branch(claim, applies)
    dates = estimates[(estimates["quantity"] == "official_date") & (estimates["definition"] != "predecessor")]
    return Verdict(
        verdict=verdict,
        evidence_grade=grade(dates) if len(dates) else "none",
        compatible=compatible(verdict, None),
        value=float(counts["supported"]),
        interval=None,
        unit="items",
        interval_kind="none",
        estimate_ids=list(estimates["estimate_id"]),
        sentence=wording.by_count(claim, items, estimates),
        nearest_flip=wording.count_flip(claim, items),
    )


RULES: dict[str, Rule] = {"items_by_count": items_by_count}
