"""Tools and targets: use of AI by wording and frequency, errors with two dates, posts planned in the conventions."""

import pandas as pd

from compendium.errors import InputError
from compendium.interval import Interval, hull
from compendium.models import estimates
from compendium.models.estimates import ROUNDING, Stated, printed
from compendium.models.published import counted, evidence, figure

USE_OF_AI, ERRORS = "T1-10", "T1-09"
OUTSIDE = "outside_secu"
CADRES, STAFF = "cadres of the institution", "staff of the institution"
# Use of AI at any frequency, asked of cadres: the wordings that are like the statement, which names no frequency.
ANY_FREQUENCY = ("ever", "regular_or_occasional", "not_stated")
LIKE_WORDINGS = ("uses_generative_ai", "work_use_of_generative_ai", "tested_ai_at_work", "uses_ai_tools", "uses_ai_today")
FREQUENCIES = ("daily", "weekly_not_daily", "monthly_not_weekly", "less_than_monthly")
AT_LEAST = ("daily", "at_least_weekly", "at_least_monthly", "ever")
NEVER = "never"
RECOUVREMENT = ("recouvrement", "urssaf_network", "urssaf_head_office")
COLUMNS = ["wording", "frequency", "group", "year", "value", "low", "high", "like", "kind", "obs_ids"]


def use_of_ai(working_life: pd.DataFrame, year: int) -> pd.DataFrame:
    """The published rates of use of AI, each with its wording and frequency; parts of one question are added up.

    Args:
        working_life: the tidy figures.
        year: that of the statement; only a rate of that year is of a like wording.

    Returns:
        wording, frequency, group (as published), year, value, low, high (percent), like, kind (institution, outside),
        obs_ids.

    Raises:
        InputError: no rate of use is published.
    """
    rows = working_life[(working_life["quantity"] == "ai_use") & (working_life["use"] == "model")]
    if rows.empty:
        raise InputError("working_life: no rate of use of AI")
    split = rows["ai_frequency"].isin([*FREQUENCIES, NEVER])
    made = [
        _rate(row, row["ai_frequency"], printed(row), float(row["value"]), row["obs_id"]) for _, row in rows[~split].iterrows()
    ]
    for _, parts in rows[split].groupby(["ai_wording", "population", "year_last"]):
        made += _added_up(parts)
    table = pd.DataFrame(made)
    cadres = table["group"].str.contains("cadres|managers", case=False)
    wording = table["wording"].isin(LIKE_WORDINGS) & table["frequency"].isin(ANY_FREQUENCY)
    table["like"] = cadres & wording & (table["year"] == year) & (table["kind"] == "outside")
    return table[COLUMNS].sort_values(["year", "value", "wording", "frequency"], ignore_index=True)


def _rate(row: pd.Series, frequency: str, bound: Interval, value: float, obs_ids: str) -> dict[str, object]:
    return {
        "wording": row["ai_wording"],
        "frequency": frequency,
        "group": row["population"],
        "year": int(row["year_last"]),
        "value": value,
        "low": bound.low,
        "high": bound.high,
        "kind": "outside" if row["perimeter"] == OUTSIDE else "institution",
        "obs_ids": obs_ids,
    }


def _added_up(parts: pd.DataFrame) -> list[dict[str, object]]:
    """From the answers to one question, the rates of use at least daily, weekly, monthly, ever.

    Each is a sum of the answers it holds, and a hundred less those it does not: rounding leaves what both allow.
    """
    answers = {row["ai_frequency"]: row for _, row in parts.iterrows()}
    whole = len(parts) == len(FREQUENCIES) + 1 and set(answers) == {*FREQUENCIES, NEVER}
    if not whole:
        raise InputError(f"use of AI: one question needs each of its answers once, found {', '.join(parts['ai_frequency'])}")
    order, made = [*FREQUENCIES, NEVER], []
    for place, frequency in enumerate(AT_LEAST, 1):
        held = [printed(answers[name]) for name in order[:place]]
        left = [printed(answers[name]) for name in order[place:]]
        total = cumulative(held, left)
        value = sum(float(answers[name]["value"]) for name in order[:place])
        ids = " ".join(sorted(row["obs_id"] for row in answers.values()))
        made.append(_rate(parts.iloc[0], frequency, total, value, ids))
    return made


def cumulative(held: list[Interval], left: list[Interval]) -> Interval:
    """The sum of some parts of a hundred, from their rounding and from that of the others.

    Raises:
        InputError: the parts cannot make a hundred.
    """
    low = max(sum(part.low for part in held), 100 - sum(part.high for part in left))
    high = min(sum(part.high for part in held), 100 - sum(part.low for part in left))
    if low > high:
        raise InputError("use of AI: the answers to one question do not add up to a hundred")
    return Interval(low, high)


def ai_estimates(rates: pd.DataFrame, pilot: pd.DataFrame, stated: Stated) -> pd.DataFrame:
    """The rates as estimates, the spread of like wordings with and without its ends, and surveys of the institution.

    Args:
        rates: as `use_of_ai` gives.
        pilot: the nearest figure of the institution: how many took part in a trial.
        stated: the stated rate.

    Raises:
        InputError: no wording is like the statement's.
    """
    like = rates[rates["like"]]
    if like.empty:
        raise InputError("use of AI: no rate of a wording like that of the statement")
    rows = []
    for place, (_, row) in enumerate(rates.iterrows(), 1):
        cadres = "cadres" in row["group"].lower() or "managers" in row["group"].lower()
        inside = CADRES if cadres else STAFF
        rows.append(
            estimates.row(
                f"ai.{row['wording']}.{row['frequency']}.{row['year']}.{place}",
                USE_OF_AI,
                "survey_of_the_institution" if row["kind"] == "institution" else "like" if row["like"] else "other_wording",
                value=float(row["value"]),
                interval=Interval(row["low"], row["high"]),
                population=inside if row["kind"] == "institution" else row["group"],
                definition=f"{row['wording']}, {row['frequency']}",
                year=str(row["year"]),
                unit="percent",
                method="published" if " " not in row["obs_ids"] else "sum_of_published",
                obs_ids=row["obs_ids"],
                **ROUNDING,
            )
        )
    rows += [_spread("ai.spread", like), _spread("ai.spread_without_nearest", _without_nearest(like, stated.value))]
    surveys = rates[rates["kind"] == "institution"]
    rows.append(
        estimates.row(
            "ai.surveys_of_the_institution",
            USE_OF_AI,
            "published",
            value=float(len(surveys)),
            unit="figures",
            method="count_of_published" if len(surveys) else "none_published",
            obs_ids=" ".join(surveys["obs_ids"]),
        )
    )
    rows += [figure(f"ai.pilot.{row['year_last']}", USE_OF_AI, "nearest", row) for _, row in pilot.iterrows()]
    return estimates.table(rows)


def _without_nearest(like: pd.DataFrame, value: float) -> pd.DataFrame:
    """The like wordings without the rate that lies nearest to the stated one; all of them where there is one."""
    return like if len(like) < 2 else like.drop((like["value"] - value).abs().idxmin())


def _spread(name: str, like: pd.DataFrame) -> dict[str, object]:
    bound = hull(Interval(row["low"], row["high"]) for _, row in like.iterrows())
    return estimates.row(
        name,
        USE_OF_AI,
        "spread",
        interval=bound,
        population="French cadres",
        definition=f"{len(like)} wordings",
        year=" ".join(sorted({str(year) for year in like["year"]})),
        unit="percent",
        interval_kind="bound",
        covers_en="like wordings from the lowest to the highest, with rounding; no sampling error",
        covers_fr="les formulations semblables, de la plus basse à la plus haute, avec l’arrondi ; sans erreur de sondage",
        method="spread_of_published",
        obs_ids=" ".join(sorted(set(" ".join(like["obs_ids"]).split()))),
    )


def errors(figures: pd.DataFrame) -> pd.DataFrame:
    """Indicators of errors and of credit accounts: how many dates each has and, with two, its change.

    Args:
        figures: the tidy figures on working life.

    Returns:
        `errors.of_recouvrement`, how many figures are of that branch; by indicator `errors.points.<name>` and, with two
        dates, `errors.change.<name>`, in its unit.

    Raises:
        InputError: an indicator has two figures of one year.
    """
    rows = evidence(figures)
    rows = rows[
        rows["quantity"].str.contains("error|credit_account") & rows["year_last"].notna() & (rows["perimeter"] != OUTSIDE)
    ]
    of_branch = rows[rows["perimeter"].isin(RECOUVREMENT)]
    made = [counted("errors.of_recouvrement", ERRORS, "published_of_the_branch", of_branch, population="recouvrement")]
    for (quantity, unit, perimeter), part in rows.sort_values("year_last").groupby(["quantity", "unit", "perimeter"]):
        if part["year_last"].duplicated().any():
            raise InputError(f"errors: a year stands twice in {quantity} ({' '.join(part['obs_id'])})")
        common = {"population": "recouvrement" if perimeter in RECOUVREMENT else perimeter, "definition": quantity}
        years = "-".join(sorted({str(part["year_last"].iloc[0]), str(part["year_last"].iloc[-1])}))
        name = f"{quantity}.{unit}.{perimeter}"
        made.append(
            estimates.row(
                f"errors.points.{name}",
                ERRORS,
                "dated_points",
                value=float(len(part)),
                year=years,
                unit="years",
                method="count_of_published",
                obs_ids=" ".join(part["obs_id"]),
                **common,
            )
        )
        if len(part) > 1:
            change = printed(part.iloc[-1]) - printed(part.iloc[0])
            made.append(
                estimates.row(
                    f"errors.change.{name}",
                    ERRORS,
                    "error_change",
                    value=float(part["value"].iloc[-1] - part["value"].iloc[0]),
                    interval=change,
                    year=years,
                    unit=unit,
                    method="difference_of_published",
                    obs_ids=f"{part['obs_id'].iloc[0]} {part['obs_id'].iloc[-1]}",
                    **common,
                    **ROUNDING,
                )
            )
    return estimates.table(made)


def posts_planned(working_life: pd.DataFrame) -> pd.DataFrame:
    """Changes of posts planned in the management conventions, one row a branch and period; context, no evidence.

    Raises:
        InputError: none is in the data.
    """
    rows = working_life[(working_life["quantity"] == "cog_posts_change") & (working_life["group"] == "plan")]
    if rows.empty:
        raise InputError("working_life: no planned change of posts")
    return estimates.table(
        [
            estimates.row(
                f"posts.{row['perimeter']}.{row['cog_period']}.{row['obs_id'].lower()}",
                "",
                "posts_planned",
                value=float(row["value"]),
                population=row["perimeter"],
                definition=f"{row['net_or_gross']} {row['transfers']}",
                year=row["cog_period"],
                unit=row["unit"],
                method="planned",
                obs_ids=row["obs_id"],
            )
            for _, row in rows.sort_values(["perimeter", "cog_period", "obs_id"]).iterrows()
        ]
    )
