"""Field and project managers: what their two stated changes imply, since no level and no base year is published.

Beside them stand what is published: the composition of managers and professionals in all employment, and agents de
direction in the national bodies of the Sécurité sociale. Neither counts field or project managers.
"""

import pandas as pd

from compendium.errors import InputError
from compendium.interval import Interval
from compendium.models import estimates, mixes
from compendium.models.estimates import ROUNDING, Stated, printed

STATEMENTS = "T1-06 T1-07"
GROUPS = {"field": ("T1-06", "managers de terrain|field managers"), "project": ("T1-07", "managers projets|project managers")}
NATIONAL_BODIES = "agents_de_direction_share_in_national_bodies"
HEADCOUNT = "agents_de_direction_headcount"
# The last year before staff of the RSI came in: shares on either side are not of one population.
LAST_BEFORE_RSI = 2018


def implied(field: Stated, project: Stated) -> pd.DataFrame:
    """What the two stated changes imply, with their rounding: the mix at which all managers stop falling, and the ends.

    Args:
        field, project: changes, percent.
    """
    covers = {"covers_en": "rounding of the two stated changes", "covers_fr": "l’arrondi des deux variations énoncées"}
    common = {"unit": "percent", "interval_kind": "rounding", "method": "arithmetic_of_statement"} | covers
    turning = mixes.break_even(field.rounding, project.rounding) * 100
    exact = mixes.break_even(Interval(field.value, field.value), Interval(project.value, project.value)).low
    after = mixes.share_after(exact, field.value, project.value)
    before = "share of project managers before the change"
    rows = [
        estimates.row(
            "mix.break_even",
            STATEMENTS,
            "break_even_share",
            value=100 * exact,
            interval=turning,
            population="field and project managers",
            definition=before,
            **common,
        ),
        estimates.row(
            "mix.break_even_after",
            STATEMENTS,
            "break_even_share",
            value=100 * after,
            population="field and project managers",
            definition=before.replace("before", "after"),
            unit="percent",
            method="arithmetic_of_statement",
        ),
    ]
    for name, share, group in (("none", 0.0, field), ("all", 1.0, project)):
        rows.append(
            estimates.row(
                f"mix.total_change.{name}",
                STATEMENTS,
                "change_of_all_managers",
                value=group.value,
                interval=mixes.change_of_whole(share, field.rounding, project.rounding),
                population="field and project managers",
                definition=f"if {name} were project managers before the change",
                **common,
            )
        )
    return estimates.table(rows)


def every_mix(field: Stated, project: Stated, steps: int = 100) -> pd.DataFrame:
    """The change of all managers for every mix, to be drawn: kind (mix, turning), share, value, low, high; percent.

    Args:
        field, project: the stated changes, percent.
        steps: how many steps the mix takes from no project manager to nothing else.

    >>> from types import SimpleNamespace
    >>> field, project = (SimpleNamespace(value=one, rounding=Interval(one, one)) for one in (-10.0, 30.0))
    >>> every_mix(field, project, steps=2)[["kind", "share", "value"]].values.tolist()
    [['mix', 0.0, -10.0], ['mix', 50.0, 10.0], ['mix', 100.0, 30.0], ['turning', 25.0, 0.0]]
    """
    rows = []
    for step in range(steps + 1):
        bound = mixes.change_of_whole(step / steps, field.rounding, project.rounding)
        exact = field.value + (project.value - field.value) * step / steps
        rows.append(("mix", 100 * step / steps, exact, bound.low, bound.high))
    turning = mixes.break_even(field.rounding, project.rounding) * 100
    value = 100 * mixes.break_even(Interval(field.value, field.value), Interval(project.value, project.value)).low
    rows.append(("turning", value, 0.0, turning.low, turning.high))
    return pd.DataFrame(rows, columns=["kind", "share", "value", "low", "high"])


def levels_published(figures: pd.DataFrame) -> pd.DataFrame:
    """Whether a level or a dated change of field or project managers is published, and the nearest figure that is.

    Args:
        figures: the tidy tables of the institution, one below the other.

    Raises:
        InputError: not even managers as a whole have a published count.
    """
    found = pd.concat([of_group(figures, group) for group in GROUPS])
    whole = figures[(figures["series"] == "managers_count_approx") & (figures["use"].isin(["model", "shown"]))]
    if whole.empty:
        raise InputError("working_life: no published count of managers of the institution")
    nearest = whole.sort_values("year_last").iloc[-1]
    return estimates.table(
        [
            estimates.row(
                "managers.levels_published",
                STATEMENTS,
                "published_levels_or_base_years",
                value=float(len(found)),
                population="field and project managers",
                unit="figures",
                method="count_of_published" if len(found) else "none_published",
                obs_ids=" ".join(sorted(found["obs_id"])),
            ),
            estimates.row(
                "managers.nearest_level",
                STATEMENTS,
                "managers_headcount",
                value=float(nearest["value"]),
                interval=printed(nearest),
                population=nearest["population"],
                year=str(nearest["year_last"]),
                unit="persons",
                method="published",
                obs_ids=nearest["obs_id"],
                **ROUNDING,
            ),
        ]
    )


def of_group(figures: pd.DataFrame, group: str) -> pd.DataFrame:
    """The published levels and changes of one group; what the text under test says of it is no evidence."""
    named = figures["population"].str.contains(GROUPS[group][1], case=False) & (figures["group"] == "evidence")
    return figures[named & figures["use"].isin(["model", "shown"]) & figures["unit"].isin(["persons", "percent_change"])]


def published_changes(figures: pd.DataFrame) -> pd.DataFrame:
    """The change of each group where one can be had: printed with its base year, or between the first and the last level.

    Args:
        figures: the tidy tables of the institution, one below the other.

    Raises:
        InputError: two levels of one year, or a first level of nobody.
    """
    rows = []
    for group, (claim_id, _) in GROUPS.items():
        found = of_group(figures, group)
        common = ROUNDING | {"population": f"{group} managers", "unit": "percent"}
        dated = found[(found["unit"] == "percent_change") & found["year_first"].notna()]
        for _, change in dated.sort_values("obs_id").iterrows():
            rows.append(
                estimates.row(
                    f"managers.change.{group}.{str(change['obs_id']).lower()}",
                    claim_id,
                    "published_change",
                    value=float(change["value"]),
                    interval=printed(change),
                    year=f"{int(change['year_first'])}-{int(change['year_last'])}",
                    method="published",
                    obs_ids=change["obs_id"],
                    **common,
                )
            )
        levels = found[(found["unit"] == "persons") & found["year_last"].notna()].sort_values("year_last")
        if levels["year_last"].duplicated().any():
            raise InputError(f"two levels of {group} managers in one year: {' '.join(levels['obs_id'])}")
        if len(levels) > 1:
            first, last = levels.iloc[0], levels.iloc[-1]
            if first["low"] <= 0:
                raise InputError(f"{first['obs_id']}: no change can be had from a level of nobody")
            rows.append(
                estimates.row(
                    f"managers.change.{group}.levels",
                    claim_id,
                    "published_change",
                    value=100 * (float(last["value"]) / float(first["value"]) - 1),
                    interval=Interval(100, 100) * (printed(last) / printed(first)) - Interval(100, 100),
                    year=f"{int(first['year_last'])}-{int(last['year_last'])}",
                    method="difference_of_published",
                    obs_ids=f"{first['obs_id']} {last['obs_id']}",
                    **common,
                )
            )
    return estimates.table(rows)


def managers_among_cadres(comparators: pd.DataFrame) -> pd.DataFrame:
    """Managers (ISCO 1) within managers and professionals (ISCO 1 and 2), all employment: the change inside each segment.

    A segment without a known break is never joined to the next; one with a single year has no change.

    Raises:
        InputError: no segment has two years, or a year stands twice in one.
    """
    rows = comparators[
        (comparators["comparator"] == "ilostat_total")
        & (comparators["quantity"] == "share_of_isco_1_2")
        & (comparators["use"] == "model")
    ]
    made = []
    for segment, part in rows.sort_values("year_last").groupby("segment"):
        if part["year_last"].duplicated().any():
            raise InputError(f"comparators: a year stands twice in segment {segment} of share_of_isco_1_2")
        if len(part) < 2:
            continue
        first, last = part.iloc[0], part.iloc[-1]
        years = f"{first['year_last']}-{last['year_last']}"
        made.append(
            estimates.row(
                f"managers_among_cadres.{years}",
                STATEMENTS,
                "share_change",
                value=float(last["value"] - first["value"]),
                population="all employment, France",
                definition="isco_1 within isco_1 and isco_2",
                year=years,
                unit="points",
                method="difference_of_published",
                obs_ids=f"{first['obs_id']} {last['obs_id']}",
            )
        )
    if not made:
        raise InputError("comparators: no segment of share_of_isco_1_2 has two years")
    return estimates.table(made)


def national_bodies(workforce: pd.DataFrame) -> pd.DataFrame:
    """Agents de direction in national bodies: their published share, and the headcount that it gives, year by year.

    Raises:
        InputError: a year with a share has no headcount, or two.
    """
    shares = workforce[(workforce["quantity"] == NATIONAL_BODIES) & (workforce["use"] == "model")].sort_values("year_last")
    if shares.empty:
        raise InputError(f"workforce: no {NATIONAL_BODIES}")
    rows = []
    for _, share in shares.iterrows():
        year = int(share["year_last"])
        counted = workforce[
            (workforce["quantity"] == HEADCOUNT)
            & (workforce["perimeter"] == "regime_general")
            & (workforce["year_last"] == year)
            & (workforce["use"] == "model")
        ]
        if len(counted) != 1:
            found = " ".join(counted["obs_id"]) or "none"
            raise InputError(f"workforce: needs one {HEADCOUNT} of {year}, found {found}")
        everyone = counted.iloc[0]
        common = ROUNDING | {
            "population": "agents de direction, régime général",
            "definition": "before staff of the RSI" if year <= LAST_BEFORE_RSI else "with staff of the RSI",
            "year": str(year),
        }
        rows += [
            estimates.row(
                f"national_bodies.share.{year}",
                "T2-15",
                "share_in_national_bodies",
                value=float(share["value"]),
                interval=printed(share),
                unit="percent",
                method="published",
                obs_ids=share["obs_id"],
                **common,
            ),
            estimates.row(
                f"national_bodies.headcount.{year}",
                "T2-15",
                "headcount_in_national_bodies",
                value=float(share["value"] * everyone["value"] / 100),
                interval=printed(share) * printed(everyone) / 100.0,
                unit="persons",
                method="product_of_published",
                obs_ids=f"{share['obs_id']} {everyone['obs_id']}",
                **common,
            ),
        ]
    return estimates.table(rows)


def national_bodies_over_time(bodies: pd.DataFrame) -> pd.DataFrame:
    """The share and the headcount in national bodies by year, to be drawn.

    Args:
        bodies: as `national_bodies` gives.

    Returns:
        year, share, share_low, share_high (percent), headcount_low, headcount_high (persons), after_break.

    >>> from compendium import csvfile, paths
    >>> from compendium.clean.workforce import Workforce
    >>> bodies = national_bodies(csvfile.read(paths.processed("default") / "workforce.csv", Workforce))
    >>> drawn = national_bodies_over_time(bodies)
    >>> bool(drawn["share"].between(drawn["share_low"], drawn["share_high"]).all()), bool(drawn["year"].is_monotonic_increasing)
    (True, True)
    """
    rows = []
    for year, part in bodies.groupby("year"):
        share = part[part["quantity"] == "share_in_national_bodies"].iloc[0]
        headcount = estimates.interval(part[part["quantity"] == "headcount_in_national_bodies"].iloc[0])
        within = estimates.interval(share)
        rows.append((int(year), share["value"], within.low, within.high, headcount.low, headcount.high))
    names = ["year", "share", "share_low", "share_high", "headcount_low", "headcount_high"]
    frame = pd.DataFrame(rows, columns=names)
    return frame.assign(after_break=frame["year"] > LAST_BEFORE_RSI)
