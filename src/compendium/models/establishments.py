"""Directors, chefs de service, organisations and who runs them, each against the establishments it is said to move with.

Growth is compared by factors, so that a denominator that stands still does no harm: a ratio of growths below 1 says that
establishments grew faster.
"""

from typing import Any, NamedTuple

import pandas as pd

from compendium.interval import Interval
from compendium.models import changes, estimates
from compendium.models.estimates import ROUNDING, printed

RATIOS, SEVERAL, CHEFS, MERGERS, RUN_BY = "T2-03", "T2-04", "T2-05", "T2-07", "T2-18"
MANAGERS = "CX0373"  # managers of establishments, 2007-2012
GENERAL = ("CX0372", "SS0025")  # directors general, 2007-2012 and 2012-2017: another population
ASSOCIATIONS = "SS0112"


class Denominator(NamedTuple):
    """A published growth of establishments whose years share some with those of their managers."""

    name: str
    obs_ids: tuple[str, ...]  # one change, the earlier and the later level, or the later level and what was added
    same_survey: bool
    gain: bool = False
    counted: bool = True  # no where what counts as an establishment was widened or regrouped between its years


DENOMINATORS = (
    Denominator("branch_stated", ("SS0003",), True),
    Denominator("branch_levels", ("SS0011", "SS0002"), True),
    Denominator("essms", ("SS0041", "SS0042"), False),
    Denominator("adult_accommodation", ("SS0061",), False),
    Denominator("adult_services", ("SS0062",), False),
    Denominator("elderly", ("SS0073",), False),
    Denominator("association_employers_2000", ("SS0130", "SS0131"), False, gain=True),
    Denominator("association_employers_2009", ("SS0130", "SS0132"), False),
    Denominator("essms_across_law", ("SS0044",), False, counted=False),
    Denominator("adult_categories", ("SS0063", "SS0059"), False, counted=False),
)


def growth(figures: pd.DataFrame, denominator: Denominator) -> changes.Change:
    """The growth of a denominator, percent."""
    return (changes.added if denominator.gain else changes.of)(figures, *denominator.obs_ids)


def ratios(figures: pd.DataFrame, denominators: tuple[Denominator, ...] = DENOMINATORS) -> pd.DataFrame:
    """Growth of managers of establishments over growth of establishments, for every denominator, and directors general apart.

    A growth over other years is taken at its yearly pace over the years of the managers.

    Args:
        figures: the tidy figures.

    Returns:
        estimates: `directors.growth`, `directors.ratio.<name>` (quantity `ratio_not_counted` where the denominator counts for
        nothing), `directors.count.<below|above|open>`, `directors.apart.<years>`.
    """
    managers = changes.of(figures, MANAGERS)
    rows = [
        estimates.row(
            "directors.growth",
            RATIOS,
            "growth_of_managers",
            value=managers.value,
            interval=managers.interval,
            population="managers of establishments",
            year=managers.span,
            unit="percent_change",
            method="published",
            obs_ids=MANAGERS,
            **ROUNDING,
        )
    ]
    sides: dict[str, list[str]] = {"below": [], "above": [], "open": []}
    for one in denominators:
        change = growth(figures, one)
        quantity = "ratio_of_growths" if one.counted else "ratio_not_counted"
        made = _ratio(f"directors.ratio.{one.name}", quantity, managers, change, [MANAGERS, *one.obs_ids])
        made |= {"population": one.name, "basis": "same_survey" if one.same_survey else "other_field"}
        rows.append(made | {"definition": "rounded" if change.rounded else "exact"})
        if one.counted:
            sides[side(Interval(made["low"], made["high"]), 1)].append(" ".join(one.obs_ids))  # type: ignore[arg-type]
    for name, obs_ids in sides.items():
        rows.append(
            estimates.row(
                f"directors.count.{name}",
                RATIOS,
                "ratio_count",
                value=float(len(obs_ids)),
                unit="denominators",
                method="count_of_published",
                obs_ids=" ".join(obs_ids),
            )
        )
    for obs_id, base in zip(GENERAL, ("SS0003", ASSOCIATIONS), strict=True):
        general, whole = changes.of(figures, obs_id), changes.of(figures, base)
        name = f"directors.apart.{general.span}"
        apart = _ratio(name, "ratio_of_growths_apart", general, whole, [obs_id, base])
        rows.append(apart | {"population": "directors_general", "basis": "associations" if base == ASSOCIATIONS else "branch"})
    return estimates.table(rows)


def _ratio(name: str, quantity: str, above: changes.Change, below: changes.Change, obs_ids: list[str]) -> dict[str, object]:
    (value, ends), (by, of) = above.factor(above.years), below.factor(above.years)
    return estimates.row(
        name,
        RATIOS,
        quantity,
        value=value / by,
        interval=ends / of,
        year=below.span,
        unit="ratio",
        method="ratio_of_published",
        obs_ids=" ".join(obs_ids),
        **ROUNDING,
    )


def ratios_to_draw(made: pd.DataFrame) -> pd.DataFrame:
    """The ratios that count and those apart, to be drawn: name, kind, years, value, low, high, managers.

    Kinds: same_survey, other_field, apart. `managers`: the years of the growth of managers of establishments.

    Args:
        made: as `ratios` gives.

    >>> own = {"year": "2007-2012", "value": 10.0, "method": "published"}
    >>> other = {"year": "2001-2009", "value": 0.9, "method": "ratio_of_published"}
    >>> rows = [estimates.row("directors.growth", RATIOS, "growth_of_managers", **own)]
    >>> other |= {"population": "essms", "basis": "other_field"}
    >>> rows += [estimates.row("directors.ratio.essms", RATIOS, "ratio_of_growths", **other)]
    >>> ratios_to_draw(estimates.table(rows))[["name", "kind", "years", "value", "managers"]].values.tolist()
    [['essms', 'other_field', '2001-2009', 0.9, '2007-2012']]
    """
    rows = made[made["quantity"].isin(["ratio_of_growths", "ratio_of_growths_apart"])]
    apart = rows["quantity"] == "ratio_of_growths_apart"
    return pd.DataFrame(
        {
            "name": rows["basis"].where(apart, rows["population"]),
            "kind": rows["basis"].mask(apart, "apart"),
            "years": rows["year"],
            "value": rows["value"],
            "low": rows["low"],
            "high": rows["high"],
            "managers": made.set_index("estimate_id").at["directors.growth", "year"],
        }
    ).reset_index(drop=True)


def side(interval: Interval, line: float) -> str:
    """On which side of a line an interval lies: below, above, or open.

    >>> side(Interval(0.8, 0.9), 1), side(Interval(1.1, 1.2), 1), side(Interval(0.9, 1.1), 1)
    ('below', 'above', 'open')
    """
    return "below" if interval.high < line else "above" if interval.low > line else "open"


def several_establishments(figures: pd.DataFrame) -> pd.DataFrame:
    """Directors who head several establishments, by year, and the change of associations that have a single one."""
    shares = usable(figures, "directors_multi_establishment_share").sort_values("year_last")
    rows = [
        _published(f"several.directors.{row['year_last']}", SEVERAL, "share_of_several_establishments", row, "percent")
        for _, row in shares.iterrows()
    ]
    rows.append(_count("several.dates", SEVERAL, "dates", shares, "years"))
    if len(shares) > 1:
        first, last = shares.iloc[0], shares.iloc[-1]
        rows.append(
            estimates.row(
                "several.directors_change",
                SEVERAL,
                "change_of_share",
                value=float(last["value"] - first["value"]),
                interval=printed(last) - printed(first),
                population="directors",
                year=f"{first['year_last']}-{last['year_last']}",
                unit="points",
                method="difference_of_published",
                obs_ids=f"{first['obs_id']} {last['obs_id']}",
                **ROUNDING,
            )
        )
    for _, row in usable(figures, "bass_single_establishment_share_change_5y").iterrows():
        made = _published("several.associations_change", SEVERAL, "change_of_single", row, "points")
        rows.append(made | {"population": "associations", "year": f"{row['year_first']}-{row['year_last']}"})
    return estimates.table(rows)


# Nomenclature -> the count of chefs de service and the establishments that it rests on.
PER_ESTABLISHMENT = {"dgas_definition": ("SS0029", "SS0030"), "unifaf_title": ("SS0013", "SS0011")}
OTHER_COUNTS = {"unifaf_management_functions": "SS0012"}
OTHER_CHANGE = "SS0026"
WITHOUT_ORIGIN = "chefs_de_service_estimate"


def chefs_de_service(figures: pd.DataFrame) -> pd.DataFrame:
    """Chefs de service per establishment for each nomenclature, the counts behind them, and a change of a wider group."""
    rows = []
    for name, (count, base) in PER_ESTABLISHMENT.items():
        chefs, establishments = changes.evidence(figures, count, base)
        rows.append(_published(f"chefs.count.{name}", CHEFS, "chefs_de_service", chefs, "persons"))
        rows.append(
            estimates.row(
                f"chefs.per_establishment.{name}.{chefs['year_last']}",
                CHEFS,
                "chefs_per_establishment",
                value=float(chefs["value"] / establishments["value"]),
                interval=printed(chefs) / printed(establishments),
                definition=name,
                year=str(chefs["year_last"]),
                unit="ratio",
                method="ratio_of_published",
                obs_ids=f"{count} {base}",
                **ROUNDING,
            )
        )
    for name, obs_id in OTHER_COUNTS.items():
        (jobs,) = changes.evidence(figures, obs_id)
        rows.append(_published(f"chefs.count.{name}", CHEFS, "management_jobs", jobs, "persons"))
    (change,) = changes.evidence(figures, OTHER_CHANGE)
    made = _published("chefs.wider_group_change", CHEFS, "change_of_wider_group", change, "percent_change")
    rows.append(made | {"year": f"{change['year_first']}-{change['year_last']}"})
    return estimates.table(rows)


def chefs_to_draw(figures: pd.DataFrame, made: pd.DataFrame) -> pd.DataFrame:
    """The counts by source, those without an origin too (set apart, no evidence): name, year, value, low, high, evidence.

    Args:
        figures: the tidy figures, for those without an origin.
        made: as `chefs_de_service` gives; value, low and high in persons.

    >>> told = {"year": "2012", "value": 900.0, "method": "published"}
    >>> made = estimates.table([estimates.row("chefs.count.unifaf_title", CHEFS, "chefs_de_service", **told)])
    >>> apart = {"staff": WITHOUT_ORIGIN, "group": "set apart", "year_last": 2010, "value": 100.0, "low": 95.0, "high": 105.0}
    >>> chefs_to_draw(pd.DataFrame([apart]), made)[["name", "low", "high", "evidence"]].values.tolist()
    [['without_origin_2010', 95.0, 105.0, False], ['unifaf_title', 900.0, 900.0, True]]
    """
    counted = made[made["quantity"].isin(["chefs_de_service", "management_jobs"])]
    rows = [
        {
            "name": row["estimate_id"].removeprefix("chefs.count."),
            "year": row["year"],
            "value": row["value"],
            "low": estimates.interval(row).low,
            "high": estimates.interval(row).high,
            "evidence": True,
        }
        for _, row in counted.iterrows()
    ]
    apart = figures[(figures.get("staff") == WITHOUT_ORIGIN) & (figures["group"] == "set apart")]
    for _, row in apart.sort_values("year_last").iterrows():
        year = str(row["year_last"])
        ends = {"value": row["value"], "low": row["low"], "high": row["high"]}
        rows.append({"name": f"without_origin_{year}", "year": year, **ends, "evidence": False})
    return pd.DataFrame(rows).sort_values(["year", "name"], ignore_index=True)


class Counted(NamedTuple):
    """A change of organisations, establishments or staff, in one field."""

    name: str
    what: str  # organisations, establishments, staff
    field: str
    obs_ids: tuple[str, ...]
    apart: bool = False  # the Sécurité sociale, an analogue that counts for nothing


COUNTED = (
    Counted("branch_associations", "organisations", "unifaf_branch", (ASSOCIATIONS,)),
    Counted("branch_staff", "staff", "unifaf_branch", ("SS0001", "SS0014")),
    Counted("employer_establishments", "establishments", "non_profit_employers", ("SS0083", "SS0089")),
    Counted("employer_staff", "staff", "non_profit_employers", ("SS0084", "SS0090")),
    Counted("bodies_all", "organisations", "regime_general", ("SW0058", "SW0057"), apart=True),
    Counted("bodies_of_the_agreement", "organisations", "regime_general", ("SW0065", "SW0063"), apart=True),
)
PROJECTS = "SS0116"


def organisations(figures: pd.DataFrame, counted: tuple[Counted, ...] = COUNTED) -> pd.DataFrame:
    """Every change of organisations, establishments and staff, with its perimeter, and associations that plan to regroup."""
    rows = []
    for one in counted:
        change = changes.of(figures, *one.obs_ids)
        rows.append(
            estimates.row(
                f"organisations.{one.name}",
                MERGERS,
                "change_apart" if one.apart else f"change_of_{one.what}",
                value=change.value,
                interval=change.interval,
                population=one.what,
                definition="constant" if change.constant and not one.apart else "not constant",
                basis=one.field,
                year=change.span,
                unit="percent_change",
                method="published" if len(one.obs_ids) == 1 else "ratio_of_published",
                obs_ids=" ".join(one.obs_ids),
                **ROUNDING,
            )
        )
    (projects,) = changes.evidence(figures, PROJECTS)
    rows.append(_published("organisations.regrouping_projects", MERGERS, "regrouping_projects", projects, "percent"))
    return estimates.table(rows)


RUN = "SS0045"
ALL_ESTABLISHMENTS = "essms_count"


def run_by_associations(figures: pd.DataFrame, growth_high: float, outside_high: float) -> pd.DataFrame:
    """The share of establishments that associations run, bounded for dates and perimeter, and where it meets one half.

    Args:
        figures: the tidy figures.
        growth_high: fastest yearly growth of all establishments after their last published count, percent.
        outside_high: largest part of the establishments of associations that the list of all does not count, percent.
    """
    (run,) = changes.evidence(figures, RUN)
    counts = usable(figures, ALL_ESTABLISHMENTS).sort_values("year_last")
    known = counts[counts["year_last"] <= run["year_last"]]
    dated, last = known[known["use"] == "model"].iloc[-1], known.iloc[-1]
    years = int(run["year_last"] - last["year_last"])
    every = Interval(
        min(float(dated["low"]), float(last["low"])), float(last["high"]) * (1 + growth_high / 100) ** max(years, 0)
    )
    inside = printed(run) * Interval(1 - outside_high / 100, 1)
    share = inside / every * 100
    obs_ids = " ".join(dict.fromkeys([RUN, dated["obs_id"], last["obs_id"]]))
    common: dict[str, Any] = {
        "unit": "percent",
        "year": str(run["year_last"]),
        "method": "bound_after_last_year",
        "obs_ids": obs_ids,
    }
    covers: dict[str, Any] = {
        "interval_kind": "bound",
        "covers_en": "rounding, the years between the figures, and establishments outside the list; no confidence level",
        "covers_fr": "l’arrondi, les années entre les chiffres et les établissements hors liste ; sans niveau de confiance",
    }
    half = Interval(1, 1) - every * 0.5 / printed(run)
    rows = [
        _published("run_by.associations", RUN_BY, "run_by_associations", run, "organisations"),
        estimates.row(
            "run_by.all",
            RUN_BY,
            "all_establishments",
            interval=every,
            population=last["population"],
            **common | covers | {"unit": "organisations"},
        ),
        estimates.row(
            "run_by.share",
            RUN_BY,
            "share_run_by_associations",
            interval=share.clipped(0, 100),
            population="establishments of the sector",
            definition=f"up to {outside_high:g} % of them outside the list",
            **common | covers,
        ),
        estimates.row(
            "run_by.outside_at_half",
            RUN_BY,
            "outside_at_half",
            value=100 * half.low,
            population="establishments run by associations, least part outside the list at which the share may be one half",
            **common,
        ),
    ]
    assumed: dict[str, Any] = {"unit": "percent", "method": "arithmetic_of_assumption"}
    rows.append(estimates.row("run_by.outside_assumed", RUN_BY, "outside_assumed", value=outside_high, **assumed))
    rows.append(estimates.row("run_by.growth_assumed", RUN_BY, "growth_assumed", value=growth_high, **assumed))
    if years > 0:
        most = 2 * inside.low / float(last["high"])
        rows.append(
            estimates.row(
                "run_by.growth_at_half",
                RUN_BY,
                "growth_at_half",
                value=100 * (most ** (1 / years) - 1),
                population="least yearly growth of all establishments at which the share may be one half",
                **common | {"unit": "percent a year"},
            )
        )
    return estimates.table(rows)


def usable(figures: pd.DataFrame, series: str) -> pd.DataFrame:
    """The figures of a series that may be used."""
    return figures[(figures["series"] == series) & figures["use"].isin(["model", "shown"])]


def _published(name: str, claim_id: str, quantity: str, figure: pd.Series, unit: str) -> dict[str, object]:
    exact = figure["low"] == figure["high"]
    return estimates.row(
        name,
        claim_id,
        quantity,
        value=float(figure["value"]),
        interval=None if exact else printed(figure),
        population=figure["population"],
        definition="rounded" if figure["use"] == "shown" else "exact",
        year=str(figure["year_last"]),
        unit=unit,
        method="published",
        obs_ids=figure["obs_id"],
        **({} if exact else ROUNDING),
    )


def _count(name: str, claim_id: str, quantity: str, found: pd.DataFrame, unit: str) -> dict[str, object]:
    return estimates.row(
        name,
        claim_id,
        quantity,
        value=float(len(found)),
        unit=unit,
        method="count_of_published" if len(found) else "none_published",
        obs_ids=" ".join(found["obs_id"]),
    )
