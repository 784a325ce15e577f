"""The share of cadres in the private non-profit branch, and outside health, as a function of the unknown rate in health.

The Unifaf survey counts cadres and employees of a branch that includes health; the statement is about the social part. The
share of the branch is the mean of the shares in health and outside it, so the second is confined by the first (see `mixes`).
"""

from typing import Any

import pandas as pd

from compendium.interval import Interval
from compendium.models import estimates, mixes
from compendium.models.changes import evidence
from compendium.models.estimates import ROUNDING, printed

CADRES, EMPLOYEES, HEALTH = "bass_cadres", "bass_employees", "bass_share_sanitaire"
# The same share in other fields: their cadres, their employers and their years differ.
ELSEWHERE = ("SS0118", "SS0122", "SS0123")
MIXTURE: dict[str, Any] = {
    "interval_kind": "bound",
    "covers_en": "rounding, and every cadre rate in health within the stated limits; no confidence level",
    "covers_fr": "l’arrondi, et tout taux de cadres dans le sanitaire entre les limites énoncées ; sans niveau de confiance",
}


def wave(sector: pd.DataFrame) -> pd.DataFrame:
    """The latest wave with cadres and employees of the same members, one row a series; empty if there is none."""
    rows = sector[sector["series"].isin([CADRES, EMPLOYEES, HEALTH]) & (sector["use"] == "model")].set_index("series")
    for year in sorted(set(rows["year_last"]), reverse=True):
        found = rows[rows["year_last"] == year]
        if {CADRES, EMPLOYEES} <= set(found.index):
            return found
    return rows.iloc[:0]


def branch_share(figures: pd.DataFrame, printed_to: float) -> Interval:
    """The share of cadres in the branch, from 0 to 1, when headcounts are printed to so many persons."""
    half = Interval(-printed_to / 2, printed_to / 2)
    return (printed(figures.loc[CADRES]) + half) / (printed(figures.loc[EMPLOYEES]) + half)


def share_estimates(
    sector: pd.DataFrame, printed_to: float, health_rate: Interval, stated: Interval, claim_id: str
) -> pd.DataFrame:
    """The share of the branch, its bound outside health, and the rates in health at which that share meets the stated ends.

    Args:
        sector: schema `SocialSector`.
        printed_to: unit to which headcounts of the branch are printed, persons.
        health_rate: limits of the cadre rate in health, percent.
        stated: the stated range, percent.
        claim_id: the statement.
    """
    found = wave(sector)
    rows = [
        estimates.row(
            "sector.shares_published",
            claim_id,
            "shares_published",
            value=float(len(found) > 0),
            population="private non-profit branch",
            unit="shares",
            method="count_of_published" if len(found) else "none_published",
            obs_ids=" ".join(sorted(found["obs_id"])),
        )
    ]
    if len(found):
        rows += _of_wave(found, printed_to, health_rate, stated, claim_id)
    for obs_id in ELSEWHERE:
        if obs_id in set(sector["obs_id"]):
            (figure,) = evidence(sector, obs_id)
            rows.append(
                estimates.row(
                    f"sector.share_elsewhere.{figure['field']}",
                    claim_id,
                    "share_elsewhere",
                    value=float(figure["value"]),
                    interval=printed(figure),
                    population=figure["population"],
                    basis=figure["field"],
                    definition="undated" if figure["status"] == "undated" else "dated",
                    year=str(figure["year_last"]),
                    unit="percent",
                    method="published",
                    obs_ids=obs_id,
                    **ROUNDING,
                )
            )
    return estimates.table(rows)


def _of_wave(
    found: pd.DataFrame, printed_to: float, health_rate: Interval, stated: Interval, claim_id: str
) -> list[dict[str, object]]:
    share, year = branch_share(found, printed_to), str(found.at[CADRES, "year_last"])
    common: dict[str, Any] = {"unit": "percent", "year": year, "basis": "unifaf_branch"}
    ids = [found.at[CADRES, "obs_id"], found.at[EMPLOYEES, "obs_id"]]
    rows = [
        estimates.row(
            "sector.branch_share",
            claim_id,
            "branch_share",
            value=100 * float(found.at[CADRES, "value"]) / float(found.at[EMPLOYEES, "value"]),
            interval=share * 100,
            population="private non-profit branch, health included",
            method="ratio_of_published",
            obs_ids=" ".join(ids),
            **common | ROUNDING,
        )
    ]
    if HEALTH not in found.index:
        return rows
    weight, ids = printed(found.loc[HEALTH]) / 100, [*ids, found.at[HEALTH, "obs_id"]]
    outside = mixes.share_of_rest(share, weight, health_rate / 100) * 100
    rows.append(
        estimates.row(
            "sector.outside_health",
            claim_id,
            "share_outside_health",
            interval=outside,
            population="private non-profit branch, without health",
            definition=f"cadre rate in health from {health_rate.low:g} to {health_rate.high:g} %",
            method="bound_of_mixture",
            obs_ids=" ".join(ids),
            **common | MIXTURE,
        )
    )
    for name, end in (("high", stated.high), ("low", stated.low)):
        rows.append(
            estimates.row(
                f"sector.health_rate_at_{name}",
                claim_id,
                "health_rate_at_end",
                interval=mixes.share_of_part(share, weight, end / 100) * 100,
                population="cadres among employees in health",
                definition=f"share outside health at the {name} end of the stated range",
                method="breakdown",
                obs_ids=" ".join(ids),
                **common | ROUNDING,
            )
        )
    return rows


def curve(sector: pd.DataFrame, printed_to: float, stated: Interval, steps: int = 100) -> pd.DataFrame:
    """The share outside health for every cadre rate in health, to be drawn: kind, rate, low, high (percent), year.

    Kinds: `curve`; `branch`, where both rates are the same; `stated`, the range; `ends`, the rates in health that surely
    keep the share outside health within the stated range; `weight`, the part of health in the branch.

    Args:
        sector: schema `SocialSector`.
        printed_to: unit to which headcounts of the branch are printed, persons.
        stated: the stated range, percent.
        steps: how many steps the rate in health takes from 0 to 100 %.

    >>> from compendium import csvfile, paths
    >>> from compendium.clean.social_sector import SocialSector
    >>> sector = csvfile.read(paths.processed("default") / "social_sector.csv", SocialSector)
    >>> drawn = curve(sector, printed_to=100.0, stated=Interval(10, 20), steps=10)
    >>> drawn["kind"].unique().tolist(), bool(drawn.loc[drawn["kind"] == "curve", "high"].is_monotonic_decreasing)
    (['curve', 'branch', 'stated', 'ends', 'weight'], True)
    """
    found = wave(sector)
    share, weight = branch_share(found, printed_to), printed(found.loc[HEALTH]) / 100
    rows: list[tuple[str, float | None, float, float]] = []
    for step in range(steps + 1):
        rate = step / steps
        if weight.low * rate <= share.high:  # more cadres in health than in the whole branch fit nothing
            bound = mixes.share_of_rest(share, weight, Interval(rate, rate)) * 100
            rows.append(("curve", 100 * rate, bound.low, bound.high))
    branch = share * 100
    rows.append(("branch", (branch.low + branch.high) / 2, branch.low, branch.high))
    rows.append(("stated", None, stated.low, stated.high))
    at = {end: mixes.share_of_part(share, weight, end / 100) * 100 for end in (stated.low, stated.high)}
    rows.append(("ends", None, at[stated.high].high, at[stated.low].low))
    rows.append(("weight", None, 100 * weight.low, 100 * weight.high))
    year = int(found.at[CADRES, "year_last"])
    return pd.DataFrame(rows, columns=["kind", "rate", "low", "high"]).assign(year=year)
