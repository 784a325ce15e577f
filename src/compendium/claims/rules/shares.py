"""Rules on shares and headcounts of cadres: levels, bounds by definition, parts of a rise (T1-01 to T1-04, T1-18)."""

from typing import Any

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.sentences import shares as wording
from compendium.claims.verdict import Rule, Verdict, compatible, first_branch, grade, needed
from compendium.interval import Interval, hull
from compendium.models import estimates as shape

DEFINITIONS = ("all_grids", "levels_5a_9")
POPULATIONS = {"T1-01": DEFINITIONS, "T1-18": ("as_stated",)}  # whose levels must all be published to speak against a headcount


def distance_to_levels(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """A stated headcount against the levels that published figures give (T1-01, T1-18).

    Branches: `within_percent`, some level lies so near, its rounding included; `beyond_percent`, every level lies farther,
    and none of the populations that the rule names is without one.
    """
    distances, levels = needed(estimates, "distance"), needed(estimates, "cadre_headcount")
    every = set(POPULATIONS[claim.claim_id]) <= set(distances["definition"])
    away = [size(shape.interval(distance)) for _, distance in distances.iterrows()]

    def applies(threshold: dict[str, Any]) -> bool:
        if "within_percent" in threshold:
            return any(distance.high <= threshold["within_percent"] for distance in away)
        return every and all(distance.low > threshold["beyond_percent"] for distance in away)

    verdict = first_branch(claim, applies)
    stated = claims["T1-01"]
    nearest_level = levels.loc[(levels["value"] - stated.value).abs().idxmin()]
    distance = distances.loc[nearest_level["estimate_id"].replace("cadre_headcount", "distance", 1)]
    return Verdict(
        verdict=verdict,
        evidence_grade=grade(estimates),
        compatible=compatible(verdict, None),
        value=float(distance["value"]),
        interval=shape.interval(distance),
        unit=distance["unit"],
        interval_kind=distance["interval_kind"],
        estimate_ids=list(estimates["estimate_id"]),
        sentence=wording.distance(claim, claims, levels, distance),
        nearest_flip=wording.distance_flip(claim, stated, nearest_level),
    )


def size(interval: Interval) -> Interval:
    """The distances from zero that an interval holds."""
    ends = sorted((abs(interval.low), abs(interval.high)))
    return Interval(0.0 if 0 in interval else ends[0], ends[1])


def value_in_bound(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """A stated share against the bound of its year over every definition and basis (T1-02).

    Branches: `bound_inside_tolerance_points`, the whole bound lies that near the stated share; `value_outside_bound`.
    """
    whole = estimates.loc[f"cadre_share.{claim.stated['year']}.any.definition"]
    bound = shape.interval(whole)
    inside = bound.meets(claim.rounding)

    def applies(threshold: dict[str, Any]) -> bool:
        if "bound_inside_tolerance_points" in threshold:
            near = threshold["bound_inside_tolerance_points"]
            return bound.low >= claim.value - near and bound.high <= claim.value + near
        return not inside

    verdict = first_branch(claim, applies)
    return Verdict(
        verdict=verdict,
        evidence_grade=grade(estimates[estimates["quantity"] == "cadre_share"]),
        compatible=compatible(verdict, inside),
        value=None,
        interval=bound,
        unit=whole["unit"],
        interval_kind=whole["interval_kind"],
        estimate_ids=list(estimates["estimate_id"]),
        sentence=wording.bound_by_definition(claim, estimates),
        nearest_flip=wording.width_flip(claim, whole, bound),
    )


def value_in_bound_by_definition(
    claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]
) -> Verdict:
    """The earlier share against each definition's bound, knowing which definition can carry the later share (T1-03).

    A share lies inside a definition's bound if it does on either basis. The definition's own are those whose bound of the
    later year holds the stated later share.

    Branches: `inside_own_bound_not_wider_than_tolerance_points`; `outside_own_bound_and_inside_another`;
    `outside_every_bound`.
    """
    later = claims["T1-02"]
    year = claim.stated["year"]
    bound = {name: shape.interval(estimates.loc[f"cadre_share.{year}.{name}.basis"]) for name in DEFINITIONS}
    later_ids = {name: f"cadre_share.{later.stated['year']}.{name}.basis" for name in DEFINITIONS}
    own = [name for name in DEFINITIONS if shape.interval(estimates.loc[later_ids[name]]).meets(later.rounding)]
    inside = {name: bound[name].meets(claim.rounding) for name in DEFINITIONS}

    def applies(threshold: dict[str, Any]) -> bool:
        if "inside_own_bound_not_wider_than_tolerance_points" in threshold:
            near = threshold["inside_own_bound_not_wider_than_tolerance_points"]
            return any(inside[name] and bound[name].width <= near for name in own)
        if "outside_own_bound_and_inside_another" in threshold:
            return bool(own) and not any(inside[name] for name in own) and any(inside.values())
        return not any(inside.values())

    verdict = first_branch(claim, applies)
    shares = estimates[estimates["quantity"] == "cadre_share"]
    if verdict == "contradicted":  # outside every bound of its own year: the later year does not matter
        shares = shares[shares["year"] == str(year)]
    whole = estimates.loc[f"cadre_share.{year}.any.definition"]
    return Verdict(
        verdict=verdict,
        evidence_grade=grade(shares),
        compatible=compatible(verdict, any(inside.values())),
        value=None,
        interval=hull(bound.values()),
        unit=whole["unit"],
        interval_kind=whole["interval_kind"],
        estimate_ids=list(estimates["estimate_id"]),
        sentence=wording.two_years_by_definition(claim, later, bound, inside, own),
        nearest_flip=wording.deviation_flip(claim, later, estimates, float(parameters["pace_deviation"])),
    )


def part_of_total(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """The part of a stated rise that is growth within one definition, against lines in percent (T1-04).

    Branches: `part_at_least_percent`, the whole bound is; `part_below_percent`, the whole bound is.
    """
    growth = estimates.loc["part_of_rise.growth.percent"]
    bound = shape.interval(growth)

    def applies(threshold: dict[str, Any]) -> bool:
        if "part_at_least_percent" in threshold:
            return bound.low >= threshold["part_at_least_percent"]
        return bound.high < threshold["part_below_percent"]

    verdict = first_branch(claim, applies)
    rests_on = estimates[estimates["quantity"] == "part_of_rise"]
    return Verdict(
        verdict=verdict,
        evidence_grade=grade(rests_on),
        compatible=compatible(verdict, 100 in bound),
        value=None,
        interval=bound,
        unit=growth["unit"],
        interval_kind=growth["interval_kind"],
        estimate_ids=list(estimates["estimate_id"]),
        sentence=wording.parts(claim, claims, estimates),
        nearest_flip=wording.line_flip(claim, verdict, growth, bound),
    )


RULES: dict[str, Rule] = {
    "distance_to_levels": distance_to_levels,
    "value_in_bound": value_in_bound,
    "value_in_bound_by_definition": value_in_bound_by_definition,
    "part_of_total": part_of_total,
}
