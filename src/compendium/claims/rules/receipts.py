"""The rule on collections: a stated amount against totals of known and of unknown scope (T1-08)."""

from typing import Any

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.sentences import receipts as wording
from compendium.claims.verdict import Rule, Verdict, compatible, first_branch, grade
from compendium.errors import InputError
from compendium.interval import Interval
from compendium.models import estimates as shape


def total_of_known_scope(
    claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]
) -> Verdict:
    """A stated amount with one significant digit against the latest totals (T1-08).

    Branches: `known_scope_from/to`, the latest total of known scope lies in the range, its rounding included;
    `unknown_scope_from/to`, the latest total of unknown scope does; `outside_from/to`, both are published and lie outside it.
    An older total of known scope alone does not contradict: it would if the later amount were merely taken away.
    """
    latest = {scope: latest_of(estimates, scope) for scope in ("total", "unknown")}
    inside = {scope: shape.interval(row) for scope, row in latest.items() if row is not None}

    def applies(threshold: dict[str, Any]) -> bool:
        if "known_scope_from" in threshold:
            return within(inside.get("total"), threshold["known_scope_from"], threshold["known_scope_to"])
        if "unknown_scope_from" in threshold:
            return within(inside.get("unknown"), threshold["unknown_scope_from"], threshold["unknown_scope_to"])
        allowed = Interval(threshold["outside_from"], threshold["outside_to"])
        return len(inside) == len(latest) and not any(total.meets(allowed) for total in inside.values())

    verdict = first_branch(claim, applies)
    known, unknown = latest["total"], latest["unknown"]
    if known is None:
        raise InputError("no dated total of known scope, which the rule needs")
    decisive = unknown if unknown is not None and verdict == "partly_supported" else known
    used = [row["estimate_id"] for row in latest.values() if row is not None]
    return Verdict(
        verdict=verdict,
        evidence_grade=grade(estimates.loc[[known["estimate_id"]] if verdict == "supported" else used]),
        compatible=compatible(verdict, any(claim.value in total for total in inside.values())),
        value=float(decisive["value"]),
        interval=shape.interval(decisive),
        unit=decisive["unit"],
        interval_kind=decisive["interval_kind"],
        estimate_ids=used,
        sentence=wording.totals(claim, latest),
        nearest_flip=wording.scope_flip(claim, verdict, latest),
    )


def latest_of(estimates: pd.DataFrame, scope: str) -> pd.Series | None:
    """The latest dated amount of a scope."""
    dated = estimates[(estimates["definition"] == scope) & (estimates["year"] != "")].sort_values("year")
    return None if dated.empty else dated.iloc[-1]


def within(total: Interval | None, low: float, high: float) -> bool:
    """Whether a total is published and lies wholly in a range."""
    return total is not None and low <= total.low and total.high <= high


RULES: dict[str, Rule] = {"total_of_known_scope": total_of_known_scope}
