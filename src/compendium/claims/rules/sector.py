"""Rules on cadres, head offices and establishments of the sector (T2-01 to T2-07, T2-18, T2-20 to T2-22)."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.sentences import sector as wording
from compendium.claims.verdict import Rule, Verdict, compatible, first_branch, grade
from compendium.errors import InputError
from compendium.interval import Interval
from compendium.language import Text
from compendium.models import estimates as shape


def share_in_range(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """A stated range of the share of cadres (T2-01).

    Branches: `outside_health_from/to`, the bound outside health lies wholly in the range; `branch_from/to`, the share of the
    branch does; `shares_published`, no more than so many shares are published.
    """
    published = estimates.loc["sector.shares_published"]
    branch, outside = (row_of(estimates, f"sector.{name}") for name in ("branch_share", "outside_health"))

    def applies(threshold: dict[str, Any]) -> bool:
        if "outside_health_from" in threshold:
            return within(outside, threshold["outside_health_from"], threshold["outside_health_to"])
        if "branch_from" in threshold:
            return within(branch, threshold["branch_from"], threshold["branch_to"])
        return bool(published["value"] <= threshold["shares_published"])

    verdict = first_branch(claim, applies)
    decisive = outside if verdict == "supported" else branch
    used = published if decisive is None else decisive
    range_ = Interval(threshold_of(claim, "outside_health_from"), threshold_of(claim, "outside_health_to"))
    inside = None if outside is None else shape.interval(outside).meets(range_)
    rates = Interval(parameters["health_rate_low"], parameters["health_rate_high"])
    sentence = wording.share(claim, range_, branch, outside, rates, estimates)
    flip = wording.share_flip(claim, range_, verdict, branch, estimates)
    return made(estimates, verdict, used, [used["estimate_id"]], inside, sentence, flip)


def series_over_period(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """All changes of head-office staff of the sector, over a period (T2-02).

    Branches: `stable_field`, `period_from/to`, `covered_above_percent`, all of those on a stable field rise and cover more than
    so much of the period; `rising_above_percent`, more than so many rise; `falling_above_percent`, more than so many fall.
    Changes that all rise over only part of the period are most of them: the second branch. Were that branch to hold whatever
    rises, as its words allow, nothing that covers a part could be contradicted.

    Raises:
        InputError: a change that was counted is not given; without it the others would be taken for all.
    """
    changes = all_changes(claim, estimates)
    verdict = of_changes(claim, changes)
    flips = [
        (row, other) for place, row in changes.iterrows() if (other := of_changes(claim, changes.drop(index=place))) != verdict
    ]
    counted = estimates.loc["head_office.count.rises"]
    sentence, flip = wording.head_offices(changes, estimates), wording.head_offices_flip(flips)
    return made(estimates, verdict, counted, ["head_office.count.rises", *changes["estimate_id"]], None, sentence, flip)


def all_changes(claim: Claim, estimates: pd.DataFrame) -> pd.DataFrame:
    """The changes of head offices that count, none missing of those published; raises InputError where one is."""
    changes = estimates[estimates["quantity"] == "head_office_change"]
    apart = int((estimates["quantity"] == f"head_office_change{shape.SET_APART}").sum())
    published = sum(int(estimates.at[f"head_office.count.{name}", "value"]) for name in ("rises", "falls", "open"))
    if len(changes) + apart != published:
        raise InputError(f"{claim.claim_id}: {len(changes) + apart} of {published} published changes of head offices are given")
    return changes


def of_changes(claim: Claim, changes: pd.DataFrame) -> str:
    """The verdict on a list of changes; none of them gives `otherwise`."""
    ways = pd.Series([way(shape.interval(row)) for _, row in changes.iterrows()], index=changes.index, dtype=object)

    def part(name: str) -> float:
        return float(100 * (ways == name).mean()) if len(ways) else 0.0

    def applies(threshold: dict[str, Any]) -> bool:
        if "stable_field" in threshold:
            stable = (changes["definition"] == "stable field") == threshold["stable_field"]
            covered = part_covered(changes.loc[stable, "year"], threshold["period_from"], threshold["period_to"])
            return bool((ways[stable] == "rises").all()) and covered > threshold["covered_above_percent"]
        if "rising_above_percent" in threshold:
            return part("rises") > threshold["rising_above_percent"]
        return part("falls") > threshold["falling_above_percent"]

    return first_branch(claim, applies)


def part_covered(spans: pd.Series, first: int, last: int) -> float:
    """How much of a period lies within at least one span of years, percent.

    >>> part_covered(pd.Series(["2007-2012", "2010-2017"]), 2000, 2020)
    50.0
    """
    years = {year for span in spans for year in range(*(int(end) for end in span.split("-")))}
    return 100 * len(years & set(range(first, last))) / (last - first)


def types_that_rise(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """Head-office counts by type in two waves (T2-22): each change that rises is supported, each that falls contradicted.

    Branches, overall: `types_falling`, no more than so many fall and some rise; `types_rising`, no more than so many rise and
    some fall; `types_rising_and_falling_from`, at least so many do each.

    Raises:
        InputError: a change that was counted is not given; without it the others would be taken for all.
    """
    changes = all_changes(claim, estimates)
    ways = [way(shape.interval(row)) for _, row in changes.iterrows()]
    rising, falling = ways.count("rises"), ways.count("falls")

    def applies(threshold: dict[str, Any]) -> bool:
        if "types_falling" in threshold:
            return rising == len(ways) - falling > 0 and falling <= threshold["types_falling"]
        if "types_rising" in threshold:
            return falling == len(ways) - rising > 0 and rising <= threshold["types_rising"]
        return min(rising, falling) >= threshold["types_rising_and_falling_from"]

    verdict = first_branch(claim, applies)
    counted = estimates.loc["head_office.count.rises"]
    sentence, flip = wording.types_in_surveys(changes, ways, estimates), wording.types_flip(estimates)
    return made(estimates, verdict, counted, list(changes["estimate_id"]), None, sentence, flip)


def dated_figures_needed(
    claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]
) -> Verdict:
    """A trend that needs dated figures of its own (T2-06, T2-20, T2-21).

    Branch: `dated_figures`, no more than so many are published.
    """
    found = estimates[estimates["quantity"] == "dated_figures"].iloc[0]
    verdict = first_branch(claim, lambda threshold: bool(found["value"] <= threshold["dated_figures"]))
    sentence, flip = wording.NEAREST[claim.claim_id](found, estimates), wording.dated_flip(found)
    return made(estimates, verdict, found, [found["estimate_id"]], None, sentence, flip)


def ratio_for_every_denominator(
    claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]
) -> Verdict:
    """Growth of managers of establishments over that of establishments, for every published denominator (T2-03).

    Branches: `every_ratio_below`, all intervals lie below so much; `every_ratio_above`, all lie above.
    """
    ratios = estimates[estimates["quantity"] == "ratio_of_growths"]
    ends = [shape.interval(row) for _, row in ratios.iterrows()]

    def applies(threshold: dict[str, Any]) -> bool:
        if "every_ratio_below" in threshold:
            return bool(ends) and all(ratio.high < threshold["every_ratio_below"] for ratio in ends)
        return bool(ends) and all(ratio.low > threshold["every_ratio_above"] for ratio in ends)

    verdict = first_branch(claim, applies)
    below = estimates.loc["directors.count.below"]
    line = threshold_of(claim, "every_ratio_below")
    inside = any(ratio.low < line for ratio in ends) if ends else None
    sentence, flip = wording.ratios(ratios, estimates), wording.ratios_flip(claim, verdict, estimates)
    return made(estimates, verdict, below, [below["estimate_id"], *ratios["estimate_id"]], inside, sentence, flip)


def share_of_several_establishments(
    claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]
) -> Verdict:
    """Directors of several establishments (T2-04).

    Branches: `directors_change_above_points`, their share rises by more than so much; `single_establishment_associations_
    change_below_points`, only associations are counted over time, and those with one establishment become rarer by more;
    `dates_of_directors_below`, the share of directors has fewer dates than that.
    """
    dates = estimates.loc["several.dates"]
    directors, single = (row_of(estimates, f"several.{name}_change") for name in ("directors", "associations"))

    def applies(threshold: dict[str, Any]) -> bool:
        if "directors_change_above_points" in threshold:
            return directors is not None and shape.interval(directors).low > threshold["directors_change_above_points"]
        if "dates_of_directors_below" in threshold:
            return bool(dates["value"] < threshold["dates_of_directors_below"])
        limit = threshold["single_establishment_associations_change_below_points"]
        return directors is None and single is not None and shape.interval(single).high < limit

    verdict = first_branch(claim, applies)
    decisive = single if directors is None else directors
    used = dates if decisive is None else decisive
    inside = None if directors is None else shape.interval(directors).high > 0
    sentence, flip = wording.several(single, directors, dates, estimates), wording.several_flip(verdict, used, dates)
    return made(estimates, verdict, used, ["several.dates", used["estimate_id"]], inside, sentence, flip)


def ratio_on_one_nomenclature(
    claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]
) -> Verdict:
    """Chefs de service per establishment (T2-05).

    Branches: `change_of_ratio_above_percent` and `_below_percent`, on every nomenclature with two dates the ratio rises, or
    falls, by more than so much; `nomenclatures_from`, no nomenclature has two dates and there are at least so many.
    """
    ratios = estimates[estimates["quantity"] == "chefs_per_establishment"].sort_values("year")
    changes = []
    for _, group in ratios.groupby("definition"):
        if len(group) > 1:
            first, last = shape.interval(group.iloc[0]), shape.interval(group.iloc[-1])
            changes.append((last / first - Interval(1, 1)) * 100)

    def applies(threshold: dict[str, Any]) -> bool:
        if "nomenclatures_from" in threshold:
            return not changes and ratios["definition"].nunique() >= threshold["nomenclatures_from"]
        if "change_of_ratio_above_percent" in threshold:
            return bool(changes) and all(change.low > threshold["change_of_ratio_above_percent"] for change in changes)
        return bool(changes) and all(change.high < threshold["change_of_ratio_below_percent"] for change in changes)

    verdict = first_branch(claim, applies)
    inside = any(change.high > 0 for change in changes) if changes else None
    used = ratios.iloc[-1]
    sentence, flip = wording.chefs(ratios, estimates), wording.chefs_flip(ratios)
    return made(estimates, verdict, used, list(ratios["estimate_id"]), inside, sentence, flip)


def organisations_fall(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """Organisations against establishments and staff of the same field and years (T2-07).

    Branches: in some field organisations change by less than `organisations_change_below`, establishments or staff by
    `establishments_or_staff_change_from` or more, and the perimeter of both is `constant_perimeter`.
    """
    fields = []
    for _, fewer in estimates[estimates["quantity"] == "change_of_organisations"].iterrows():
        others = estimates[
            estimates["quantity"].isin(["change_of_establishments", "change_of_staff"])
            & (estimates["basis"] == fewer["basis"])
            & (estimates["year"] == fewer["year"])
        ]
        fields += [(fewer, other) for _, other in others.iterrows()]

    def falls(pair: tuple[pd.Series, pd.Series], threshold: dict[str, Any]) -> bool:
        fewer, other = pair
        constant = fewer["definition"] == other["definition"] == "constant"
        return (
            shape.interval(fewer).high < threshold["organisations_change_below"]
            and shape.interval(other).low >= threshold["establishments_or_staff_change_from"]
            and constant == threshold["constant_perimeter"]
        )

    verdict = first_branch(claim, lambda threshold: any(falls(pair, threshold) for pair in fields))
    used = estimates[estimates["quantity"] == "change_of_organisations"].iloc[0]
    ids = list(dict.fromkeys(row["estimate_id"] for pair in fields for row in pair)) or [used["estimate_id"]]
    inside = shape.interval(used).low < 0
    return made(
        estimates,
        verdict,
        used,
        ids,
        inside,
        wording.organisations(fields, estimates),
        wording.organisations_flip(verdict, used),
    )


def lower_bound_above(claim: Claim, estimates: pd.DataFrame, claims: dict[str, Claim], parameters: dict[str, Any]) -> Verdict:
    """The share of establishments run by associations (T2-18).

    Branch: `lower_bound_above_percent`, the lower end of its bound exceeds so much.
    """
    share = estimates.loc["run_by.share"]
    bound = shape.interval(share)
    verdict = first_branch(claim, lambda threshold: bound.low > threshold["lower_bound_above_percent"])
    inside = bound.high > threshold_of(claim, "lower_bound_above_percent")
    sentence, flip = wording.run_by(share, estimates), wording.run_by_flip(claim, verdict, estimates)
    return made(estimates, verdict, share, ["run_by.share"], inside, sentence, flip)


def made(
    estimates: pd.DataFrame, verdict: str, used: pd.Series, rests_on: list[str], inside: bool | None, sentence: Text, flip: Text
) -> Verdict:
    """A verdict with the number it shows, graded by the estimates it rests on."""
    return Verdict(
        verdict=verdict,
        evidence_grade=grade(estimates.loc[rests_on]),
        compatible=compatible(verdict, inside),
        value=None if pd.isna(used["value"]) else float(used["value"]),
        interval=None if pd.isna(used["low"]) else shape.interval(used),
        unit=used["unit"],
        interval_kind=used["interval_kind"],
        estimate_ids=list(estimates["estimate_id"]),
        sentence=sentence,
        nearest_flip=flip,
    )


def way(change: Interval) -> str:
    """Whether a change rises, falls, or is open within its rounding.

    >>> way(Interval(1, 2)), way(Interval(-2, -1)), way(Interval(0, 1))
    ('rises', 'falls', 'open')
    """
    return "rises" if change.low > 0 else "falls" if change.high < 0 else "open"


def within(row: pd.Series | None, low: float, high: float) -> bool:
    """Whether an estimate exists and lies wholly in a range."""
    return row is not None and low <= shape.interval(row).low and shape.interval(row).high <= high


def row_of(estimates: pd.DataFrame, name: str) -> pd.Series | None:
    """An estimate that may be missing."""
    return estimates.loc[name] if name in estimates.index else None


def threshold_of(claim: Claim, key: str) -> float:
    """The limit that a branch of a claim names."""
    assert claim.decide is not None
    return float(next(limits[key] for limits in claim.decide.thresholds.values() if key in limits))


FUNCTIONS: tuple[Callable[..., Verdict], ...] = (
    share_in_range,
    series_over_period,
    types_that_rise,
    dated_figures_needed,
    ratio_for_every_denominator,
    share_of_several_establishments,
    ratio_on_one_nomenclature,
    organisations_fall,
    lower_bound_above,
)
RULES: dict[str, Rule] = {function.__name__: function for function in FUNCTIONS}
