"""Rules on departures, absence and internal promotion (T1-13, T1-14, T1-16)."""

from typing import Any

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.sentences import departures as wording
from compendium.claims.verdict import Rule, Verdict, compatible, first_branch, grade, needed, without_number
from compendium.models import estimates as shape
from compendium.models.absence import sign

CADRES = "cadres of the institution"


def of_population(rows: pd.DataFrame, population: str) -> pd.DataFrame:
    """The estimates on the population that a branch names; `another` is every one but cadres of the institution."""
    return rows[(rows["population"] == CADRES) == (population == CADRES)]


def rise_on_every_base(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """A rise against several base years and lists of motives: the least favourable of those that are no trough counts (T1-14).

    Branches: `population`, whose departures; `rise_above`, the low end of every bounded change lies above it, but for
    `trough_bases`.
    """
    changes = estimates[estimates["quantity"] == "change_of_departure_rate"]
    bases = changes["year"].str.split(" to ").str[0]

    def counted(threshold: dict[str, Any]) -> pd.DataFrame:
        return of_population(changes[~bases.isin(threshold["trough_bases"])], threshold["population"])

    def applies(threshold: dict[str, Any]) -> bool:
        rows = counted(threshold)
        return bool(len(rows) and (rows["low"] > threshold["rise_above"]).all())

    assert claim.decide is not None
    verdict = first_branch(claim, applies)
    sets = [counted(threshold) for threshold in claim.decide.thresholds.values()]
    rows = counted(claim.decide.thresholds[verdict]) if verdict != claim.decide.otherwise else pd.concat(sets)
    least = rows.rename_axis(None).sort_values(["low", "estimate_id"]).iloc[0] if len(rows) else None
    inside = None if least is None else bool(least["high"] > 0)
    names = [name for name in estimates["estimate_id"] if not name.startswith("departures.if_random")]
    return Verdict(
        verdict=verdict,
        evidence_grade=grade(rows) if len(rows) else "none",
        compatible=compatible(verdict, inside),
        value=None,
        interval=None if least is None else shape.interval(least),
        unit="" if least is None else least["unit"],
        interval_kind="none" if least is None else least["interval_kind"],
        estimate_ids=names,
        sentence=wording.departures(estimates, rows, least),
        nearest_flip=wording.departures_flip(estimates, verdict, least),
    )


def sign_of_dated_rates(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """A trend told by the sign of every series with enough dated points on one definition (T1-13).

    Branches: `dated_points_below`, no series has so many points outside the pandemic; `population` and `every_series`, all
    series with enough points have that sign beyond their bounds, and at least one of them is of that population.
    """
    points = estimates[estimates["quantity"] == "dated_points"].set_index("definition")["value"]
    changes = estimates[estimates["quantity"] == "absence_change"]
    assert claim.decide is not None
    fewest = next(t["dated_points_below"] for t in claim.decide.thresholds.values() if "dated_points_below" in t)
    counted = changes[changes["definition"].map(points) >= fewest]
    signs = pd.Series([sign(shape.interval(row)) for _, row in counted.iterrows()], index=counted.index, dtype=object)

    def applies(threshold: dict[str, Any]) -> bool:
        if "dated_points_below" in threshold:
            return bool(points.max() < threshold["dated_points_below"]) if len(points) else True
        of = of_population(counted, threshold["population"])
        alike = signs.loc[of.index] if threshold["population"] == CADRES else signs
        return bool(len(of) and (alike == threshold["every_series"]).all())

    verdict = first_branch(claim, applies)
    found = set(signs)
    inside = True if found == {"rises"} else False if found == {"falls"} else None
    weight = grade(counted) if len(counted) and verdict != "untestable" else "none"
    sentence, flip = wording.absence(estimates, counted), wording.absence_flip(estimates, counted, verdict)
    return without_number(verdict, weight, estimates, sentence, flip, inside)


def share_published(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """A statement on how often something holds, without a number: with a published share it is a reading of it (T1-16).

    Branch: `shares_published`, at least so many shares are published for the institution.
    """
    published = needed(estimates, "published").iloc[0]
    verdict = first_branch(claim, lambda threshold: bool(published["value"] >= threshold["shares_published"]))
    weight = grade(estimates.loc[[published["estimate_id"]]])
    return without_number(verdict, weight, estimates, wording.promotion(estimates), wording.promotion_flip(published))


RULES: dict[str, Rule] = {
    "rise_on_every_base": rise_on_every_base,
    "sign_of_dated_rates": sign_of_dated_rates,
    "share_published": share_published,
}
