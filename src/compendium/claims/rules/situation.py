"""The rule on the situation of cadres, item by item (T2-08)."""

from typing import Any

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.sentences import situation as wording
from compendium.claims.verdict import Rule, Verdict, compatible, first_branch, grade
from compendium.models import estimates as shape

STATES = ("ahead", "undecided", "behind")


def state(item: pd.DataFrame) -> str:
    """Whether cadres are ahead of every other occupation in every comparison of an item, behind one, or neither."""
    if (item["high"] < 1).any():
        return "behind"
    return "ahead" if (item["low"] > 1).all() else "undecided"


def item_by_item(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """What cadres are said to have more or less of, item by item (T2-08).

    Branches count the items that can be compared: `items_behind_from`, `items_undecided_from`, `items_ahead_from` at least so
    many; `items_of_part_of_the_population_at_most`, no more than so many known for a part of the population only.
    """
    found = estimates[estimates["quantity"] == "advantage"]
    states = {item: state(part) for item, part in found.groupby("definition", sort=False)}
    partial = [item for item, part in found.groupby("definition", sort=False) if (part["basis"] == "part").all()]
    counts = {f"items_{name}_from": sum(known == name for known in states.values()) for name in STATES}

    def applies(threshold: dict[str, Any]) -> bool:
        enough = all(counts[key] >= least for key, least in threshold.items() if key.endswith("_from"))
        return enough and len(partial) <= threshold.get("items_of_part_of_the_population_at_most", len(partial))

    verdict = first_branch(claim, applies)
    if found.empty:
        return Verdict(
            verdict,
            "none",
            compatible(verdict, None),
            None,
            None,
            "",
            "none",
            list(estimates["estimate_id"]),
            wording.nothing_to_compare(),
            wording.comparison_flip(),
        )
    least = found.loc[found["value"].idxmin()]
    undecided = "undecided" in states.values()
    return Verdict(
        verdict=verdict,
        evidence_grade=grade(found),
        compatible=compatible(verdict, None if undecided else "behind" not in states.values()),
        value=float(least["value"]),
        interval=shape.interval(least),
        unit=least["unit"],
        interval_kind=least["interval_kind"],
        estimate_ids=list(estimates["estimate_id"]),
        sentence=wording.items(states, partial, estimates, parameters["recent_years"]),
        nearest_flip=wording.advantage_flip(least, partial),
    )


RULES: dict[str, Rule] = {"item_by_item": item_by_item}
