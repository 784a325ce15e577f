"""The cadre share of the Sécurité sociale: what published figures allow it to be in 2014 and 2024, and what 13.8 points hold.

Published are the all-grids share of 2018 and its change since 2013, and the share of levels 5A-9 in 2018, both among all
contracts. The statements speak of permanent contracts in 2014 and 2024. Between the two stand four layers of doubt, each
drawn: rounding, path, basis, definition.
"""

from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from compendium.errors import InputError
from compendium.interval import Interval, corners, hull
from compendium.models import bounds, decomposition, estimates
from compendium.models.bounds import Path
from compendium.models.estimates import Stated, printed

Definition = Literal["all_grids", "levels_5a_9"]
DEFINITIONS: tuple[Definition, Definition] = ("all_grids", "levels_5a_9")
POPULATION = "salariés du régime général"
# A deviation from the mean pace beyond which no breakdown point is sought, in multiples of that pace.
HIGHEST_DEVIATION = 50.0

COVERS = {
    "rounding": ("rounding of the published figures", "l’arrondi des chiffres publiés"),
    "path": (
        "rounding, and yearly changes within the stated limits around the mean pace; no confidence level",
        "l’arrondi, et des variations annuelles dans les limites énoncées autour du rythme moyen ; sans niveau de confiance",
    ),
    "basis": (
        "rounding, path, and the unknown rate of cadres among fixed-term staff; no confidence level",
        "l’arrondi, le chemin et le taux inconnu de cadres parmi les CDD ; sans niveau de confiance",
    ),
    "definition": (
        "rounding, path, basis, and which grids count; no confidence level",
        "l’arrondi, le chemin, la base et les grilles comptées ; sans niveau de confiance",
    ),
}


@dataclass(frozen=True)
class Evidence:
    """The published figures the bounds rest on: percent, points and parts of one, with the rows they come from."""

    paths: dict[Definition, Path]
    fixed_term_share: Interval
    obs_ids: dict[str, str]

    @classmethod
    def read(cls, workforce: pd.DataFrame, pace_deviation: float) -> "Evidence":
        """Take the figures from the tidy workforce table.

        Raises:
            InputError: a figure that the bounds need is missing or stands twice.

        >>> from compendium import csvfile, paths
        >>> from compendium.clean.workforce import Workforce
        >>> figures = csvfile.read(paths.processed("default") / "workforce.csv", Workforce)
        >>> sorted(Evidence.read(figures, pace_deviation=2.0).paths)
        ['all_grids', 'levels_5a_9']
        """
        change = published(workforce, "cadre_share_change", "all_grids", "cdi_cdd")
        years = int(change["year_last"] - change["year_first"])
        paths, used = {}, {}
        for definition in DEFINITIONS:
            share = published(workforce, "cadre_share", definition, "cdi_cdd", int(change["year_last"]))
            paths[definition] = Path(
                year=int(share["year_last"]),
                share=printed(share),
                change=printed(change),
                years=years,
                anchored=definition == change["definition"],
                pace_deviation=pace_deviation,
            )
            used[definition] = f"{share['obs_id']} {change['obs_id']}"
        fixed_term, rows = fixed_term_shares(workforce)
        return cls(paths, hull(fixed_term), used | {"fixed_term": rows})


def published(workforce: pd.DataFrame, quantity: str, definition: str, basis: str, year: int | None = None) -> pd.Series:
    """The one figure of a quantity that may enter models; raises InputError where there is none, or more than one."""
    rows = usable(workforce, quantity, definition, basis)
    if year is not None:
        rows = rows[rows["year_last"] == year]
    if len(rows) != 1:
        found = " ".join(rows["obs_id"]) or "none"
        when = f" of {year}" if year else ""
        raise InputError(f"workforce: needs one {quantity} ({definition}, {basis}){when}, found {found}")
    return rows.iloc[0]


def usable(workforce: pd.DataFrame, quantity: str, definition: str, basis: str) -> pd.DataFrame:
    """The figures of a quantity, definition and basis that may enter models, in order of time."""
    rows = workforce[
        (workforce["quantity"] == quantity)
        & (workforce["definition"] == definition)
        & (workforce["basis"] == basis)
        & (workforce["perimeter"] == "regime_general")
        & (workforce["use"] == "model")
    ]
    return rows.sort_values("year_last")


def fixed_term_shares(workforce: pd.DataFrame) -> tuple[list[Interval], str]:
    """The part of staff on fixed-term contracts (0 to 1) in each year that has both headcounts, and the rows used."""
    everyone = usable(workforce, "headcount", "all_staff", "cdi_cdd").set_index("year_last")
    permanent = usable(workforce, "headcount", "all_staff", "cdi").set_index("year_last")
    years = everyone.index.intersection(permanent.index)
    if not len(years):
        raise InputError("workforce: no year has a headcount of both all contracts and permanent contracts")
    parts = [Interval(1, 1) - printed(permanent.loc[year]) / printed(everyone.loc[year]) for year in years]
    rows = [*everyone.loc[years, "obs_id"], *permanent.loc[years, "obs_id"]]
    return parts, " ".join(sorted(rows))


def layers(evidence: Evidence, relative_rate: Interval, years: range) -> pd.DataFrame:
    """The bound of the share in each year, layer within layer.

    Args:
        relative_rate: of cadres among fixed-term staff, relative to permanent staff.
        years: the years to bound.

    Returns:
        definition (or `any`), year, layer (rounding, path, basis, definition), low, high: percent.

    >>> path = Path(2018, Interval(37.25, 37.35), Interval(2.85, 2.95), 5, anchored=True, pace_deviation=1.0)
    >>> made_up = Evidence({"all_grids": path}, fixed_term_share=Interval(0.05, 0.06), obs_ids={})
    >>> layers(made_up, Interval(0, 1), range(2014, 2015)).round(1).values.tolist()[:2]
    [['all_grids', 2014, 'rounding', 34.9, 35.1], ['all_grids', 2014, 'path', 34.3, 35.6]]
    """
    rows: list[tuple[str, int, str, float, float]] = []
    for year in years:
        widest = []
        for definition, path in evidence.paths.items():
            nested = {"rounding": path.at_mean_pace(year), "path": path.bound(year)}
            permanent = bounds.on_permanent_basis(nested["path"], evidence.fixed_term_share, relative_rate)
            nested["basis"] = hull([nested["path"], permanent])
            widest.append(nested["basis"])
            rows += [(definition, year, layer, bound.low, bound.high) for layer, bound in nested.items()]
        union = hull(widest)
        rows.append(("any", year, "definition", union.low, union.high))
    return pd.DataFrame(rows, columns=["definition", "year", "layer", "low", "high"])


def share_estimates(evidence: Evidence, relative_rate: Interval, years: dict[int, str]) -> pd.DataFrame:
    """The layers of the years the statements speak of, as estimates.

    Args:
        years: year -> claims it bears on.
    """
    rows = []
    for year, claim_id in years.items():
        table = layers(evidence, relative_rate, range(year, year + 1))
        last = max(path.year for path in evidence.paths.values())
        for _, layer in table.iterrows():
            used = " ".join(evidence.obs_ids[name] for name in DEFINITIONS if layer["definition"] in (name, "any"))
            fixed_term = layer["layer"] in ("basis", "definition")
            covers = COVERS[layer["layer"]]
            rows.append(
                estimates.row(
                    f"cadre_share.{year}.{layer['definition']}.{layer['layer']}",
                    claim_id,
                    "cadre_share",
                    interval=Interval(layer["low"], layer["high"]),
                    population=POPULATION,
                    definition=layer["definition"],
                    basis="cdi" if fixed_term else "cdi_cdd",
                    year=str(year),
                    unit="percent",
                    interval_kind="rounding" if layer["layer"] == "rounding" else "bound",
                    covers_en=covers[0],
                    covers_fr=covers[1],
                    method="bound_after_last_year" if year > last else "bound_between_years",
                    obs_ids=unique(used, evidence.obs_ids["fixed_term"] if fixed_term else ""),
                )
            )
    return estimates.table(rows)


def published_estimates(workforce: pd.DataFrame) -> pd.DataFrame:
    """The published cadre shares themselves, for a statement that no bound decides: the nearest figure there is."""
    rows = [
        estimates.row(
            f"published_share.{definition}.{share['year_last']}",
            "T1-02 T1-04",
            "published_share",
            value=float(share["value"]),
            interval=printed(share),
            population=POPULATION,
            definition=definition,
            basis="cdi_cdd",
            year=str(share["year_last"]),
            unit="percent",
            interval_kind="rounding",
            covers_en=COVERS["rounding"][0],
            covers_fr=COVERS["rounding"][1],
            method="published",
            obs_ids=str(share["obs_id"]),
        )
        for definition in DEFINITIONS
        for _, share in usable(workforce, "cadre_share", definition, "cdi_cdd").iterrows()
    ]
    return estimates.table(rows)


def breakdown_estimates(
    evidence: Evidence, relative_rate: Interval, first: tuple[int, Stated], last: tuple[int, Stated]
) -> pd.DataFrame:
    """How far the path must stray for a bound to meet each statement, and the pace the later one needs.

    Args:
        first, last: year and stated share (percent) of T1-03 and of T1-02.
    """
    weight = bounds.weight_of_basis(evidence.fixed_term_share, relative_rate)
    bases = {"cdi_cdd": Interval(1, 1), "cdi": hull([weight, Interval(1, 1)])}
    rows = []
    for definition, path in evidence.paths.items():
        for basis, scale in bases.items():
            common: dict[str, Any] = {
                "population": POPULATION,
                "definition": definition,
                "basis": basis,
                "method": "breakdown",
            }
            common["obs_ids"] = unique(evidence.obs_ids[definition], evidence.obs_ids["fixed_term"] if basis == "cdi" else "")
            for (year, stated), claim_id in ((first, "T1-03"), (last, "T1-02 T1-03")):
                deviation = bounds.deviation_to_reach(path, year, stated.rounding, HIGHEST_DEVIATION, scale)
                rows.append(
                    estimates.row(
                        f"deviation_to_reach.{year}.{definition}.{basis}",
                        claim_id,
                        "deviation_to_reach",
                        value=deviation,
                        year=str(year),
                        unit="multiples of the mean pace",
                        **common,
                    )
                )
            year, stated = last
            rows.append(
                estimates.row(
                    f"pace_needed.{year}.{definition}.{basis}",
                    "T1-02",
                    "pace_needed",
                    interval=bounds.pace_needed(path, year, stated.rounding, scale),
                    year=str(year),
                    unit="multiples of the mean pace",
                    interval_kind="bound",
                    covers_en=COVERS["basis" if basis == "cdi" else "rounding"][0],
                    covers_fr=COVERS["basis" if basis == "cdi" else "rounding"][1],
                    **common,
                )
            )
    return estimates.table(rows)


def over_time(
    evidence: Evidence, workforce: pd.DataFrame, relative_rate: Interval, stated: dict[int, Stated], years: range
) -> pd.DataFrame:
    """Bounds, published shares and stated shares on one time axis, to be drawn.

    Args:
        workforce: the tidy workforce figures, for the published shares.
        relative_rate: of cadres among fixed-term staff, relative to permanent staff.
        stated: year -> the statement of its share.
        years: the years to bound.

    Returns:
        kind (bound, published, stated), definition, layer, year, low, high, value, obs_id: percent.

    >>> from compendium import claims, csvfile, paths
    >>> from compendium.clean.workforce import Workforce
    >>> figures = csvfile.read(paths.processed("default") / "workforce.csv", Workforce)
    >>> evidence, stated = Evidence.read(figures, pace_deviation=1.0), {2014: claims.read()["T1-03"]}
    >>> drawn = over_time(evidence, figures, Interval(0, 1), stated, range(2013, 2016))
    >>> drawn["kind"].unique().tolist(), sorted(set(drawn.loc[drawn["kind"] == "bound", "year"]))
    (['bound', 'published', 'stated'], [2013, 2014, 2015])
    """
    bound = layers(evidence, relative_rate, years).assign(kind="bound")
    shares = pd.concat([usable(workforce, "cadre_share", definition, "cdi_cdd") for definition in DEFINITIONS])
    published_shares = shares[["definition", "low", "high", "value", "obs_id"]].assign(
        kind="published", year=shares["year_last"].astype(int)
    )
    marks = [("stated", year, s.value, s.rounding.low, s.rounding.high) for year, s in stated.items()]
    stated_shares = pd.DataFrame(marks, columns=["kind", "year", "value", "low", "high"])
    columns = ["kind", "definition", "layer", "year", "low", "high", "value", "obs_id"]
    return pd.concat([bound, published_shares, stated_shares], ignore_index=True)[columns]


def side_by_side(evidence: Evidence, relative_rate: Interval, stated: dict[int, Stated]) -> pd.DataFrame:
    """The layers of each stated year beside each other: definition, layer, and low, high and stated of each year.

    Args:
        relative_rate: of cadres among fixed-term staff, relative to permanent staff.
        stated: year -> the statement of its share.

    Returns:
        one row a definition and layer; percent.

    >>> from compendium import claims
    >>> path = Path(2018, Interval(37.25, 37.35), Interval(2.85, 2.95), 5, anchored=True, pace_deviation=1.0)
    >>> made_up = Evidence({"all_grids": path}, fixed_term_share=Interval(0.05, 0.06), obs_ids={})
    >>> table = side_by_side(made_up, Interval(0, 1), {2014: claims.read()["T1-03"]})
    >>> table.columns.tolist(), table["layer"].tolist()
    (['definition', 'layer', 'low_2014', 'high_2014', 'stated_2014'], ['rounding', 'path', 'basis', 'definition'])
    """
    columns = []
    for year, share in stated.items():
        table = layers(evidence, relative_rate, range(year, year + 1)).set_index(["definition", "layer"])[["low", "high"]]
        columns.append(table.assign(stated=share.value).add_suffix(f"_{year}"))
    return pd.concat(columns, axis=1).reset_index()


PARTS = ("growth", "definition", "basis", "remainder")


def splits_of_the_rise(
    evidence: Evidence, relative_rate: Interval, drift: float, first: tuple[int, Stated], last: tuple[int, Stated]
) -> list[dict[str, float]]:
    """What the stated rise is made of at every corner of what is unknown, points.

    Takes the later share as right, and as counting all grids and permanent contracts.

    The published narrow share (levels 5A-9, all contracts) of the earlier year is where the two ends can have started; the
    way from there to the later share has three changes: growth (the years pass), definition (from levels 5A-9 to all
    grids), basis (from all to permanent contracts). Each gets its Shapley part. What separates the stated earlier share
    from that narrow share is the remainder, so that the four add up to the stated rise.

    Unknown, each within its bound: the all-grids share of the earlier year, the weight of the basis in each year, and the
    part of the other grids in each year, which moves from its published value by at most `drift` points a year. Each part is
    affine in each of them, so the ends of its bound lie at corners.

    Args:
        relative_rate: of cadres among fixed-term staff, relative to permanent staff.
        drift: of the part of the other grids, points a year.
        first, last: year and statement (a share, percent).

    Returns:
        one a corner: part -> points.

    >>> from compendium import claims, csvfile, paths
    >>> from compendium.clean.workforce import Workforce
    >>> figures = csvfile.read(paths.processed("default") / "workforce.csv", Workforce)
    >>> evidence, stated = Evidence.read(figures, pace_deviation=1.0), claims.read()
    >>> ends = (2014, stated["T1-03"]), (2024, stated["T1-02"])
    >>> splits, rise = splits_of_the_rise(evidence, Interval(0, 1), 0.5, *ends), ends[1][1].value - ends[0][1].value
    >>> tuple(splits[0]) == PARTS, all(abs(sum(split.values()) - rise) < 1e-9 for split in splits)
    (True, True)
    """
    wide, narrow = evidence.paths["all_grids"], evidence.paths["levels_5a_9"]
    (first_year, first_stated), (last_year, last_stated) = first, last
    other = wide.share - narrow.share
    weight = bounds.weight_of_basis(evidence.fixed_term_share, relative_rate)

    def spread(years: int) -> Interval:
        return Interval(-drift * abs(years), drift * abs(years))

    def split(unknown: dict[str, float]) -> dict[str, float]:
        def share(made: frozenset[str]) -> float:
            if "growth" in made:
                permanent = last_stated.value - (0 if "definition" in made else unknown["other_last"])
                return permanent if "basis" in made else permanent * unknown["weight_last"]
            everyone = unknown["wide_first"] - (0 if "definition" in made else unknown["other_first"])
            return everyone * unknown["per_weight_first"] if "basis" in made else everyone

        return decomposition.shapley(share, PARTS[:3]) | {"remainder": share(frozenset()) - first_stated.value}

    unknowns = {
        "wide_first": wide.bound(first_year),
        "per_weight_first": Interval(1, 1) / weight,  # 1 / weight: every share is affine in it
        "weight_last": weight,
        "other_first": other + spread(first_year - wide.year),
        "other_last": (other + spread(last_year - wide.year)) / weight,  # among permanent contracts, like the later share
    }
    return [split(corner) for corner in corners(**unknowns)]


def parts_of_the_rise(
    evidence: Evidence, relative_rate: Interval, drift: float, first: tuple[int, Stated], last: tuple[int, Stated]
) -> dict[str, Interval]:
    """The bound of each part of the stated rise, points; see `splits_of_the_rise`."""
    splits = splits_of_the_rise(evidence, relative_rate, drift, first, last)
    return {name: Interval(min(s[name] for s in splits), max(s[name] for s in splits)) for name in PARTS}


def parts_estimates(
    evidence: Evidence, relative_rate: Interval, drift: float, first: tuple[int, Stated], last: tuple[int, Stated]
) -> pd.DataFrame:
    """The parts of the stated rise, in points and in percent of it."""
    rise = last[1].value - first[1].value
    rows = []
    for name, points in parts_of_the_rise(evidence, relative_rate, drift, first, last).items():
        for unit, bound in (("points", points), ("percent", points * (100 / rise))):
            rows.append(
                estimates.row(
                    f"part_of_rise.{name}.{unit}",
                    "T1-04",
                    "part_of_rise",
                    interval=bound,
                    population=POPULATION,
                    definition="from levels_5a_9 to all_grids",
                    basis="from cdi_cdd to cdi",
                    year=f"{first[0]}-{last[0]}",
                    unit=unit if unit == "points" else "percent of the stated rise",
                    interval_kind="bound",
                    covers_en="rounding, path, basis and the drift of the other grids; takes as given the stated share of "
                    f"{last[0]}, all grids at the end and levels 5A-9 at the start; no confidence level",
                    covers_fr="l’arrondi, le chemin, la base et la dérive des autres grilles ; tient pour acquis la part "
                    f"énoncée pour {last[0]}, toutes les grilles à la fin et les niveaux 5A à 9 au départ ; sans niveau de "
                    "confiance",
                    method="decomposition",
                    obs_ids=unique(*evidence.obs_ids.values()),
                )
            )
    return estimates.table(rows)


def parts_to_draw(parts: pd.DataFrame, splits: list[dict[str, float]], thresholds: dict[str, dict[str, float]]) -> pd.DataFrame:
    """The parts in percent of the stated rise, the two splits with the least and the most growth, the lines of the rule.

    Args:
        parts: estimates of the parts, percent.
        splits: as `splits_of_the_rise` gives them, points.
        thresholds: of the rule, percent.

    Returns:
        kind (part, least, most, line), part, low, high: percent. A split has low = high = its part.

    >>> part = pd.DataFrame({"estimate_id": ["part_of_rise.growth.percent"], "low": [10.0], "high": [80.0]})
    >>> splits = [dict(zip(PARTS, points, strict=True)) for points in ([1.0, 1.0, 1.0, 1.0], [3.0, 1.0, 0.0, 0.0])]
    >>> drawn = parts_to_draw(part, splits, {"supported": {"growth_from": 50.0}})
    >>> drawn[drawn["part"].isin(["growth", ""])].values.tolist()
    [['part', 'growth', 10.0, 80.0], ['least', 'growth', 25.0, 25.0], ['most', 'growth', 75.0, 75.0], ['line', '', 50.0, 50.0]]
    """
    rows = [("part", str(row["estimate_id"]).split(".")[1], row["low"], row["high"]) for _, row in parts.iterrows()]
    ranked = sorted(splits, key=lambda split: split["growth"])
    for kind, split in (("least", ranked[0]), ("most", ranked[-1])):
        scale = 100 / sum(split.values())
        rows += [(kind, name, split[name] * scale, split[name] * scale) for name in PARTS]
    rows += [("line", "", line, line) for line in sorted({line for limits in thresholds.values() for line in limits.values()})]
    return pd.DataFrame(rows, columns=["kind", "part", "low", "high"])


def growth_split_estimates(workforce: pd.DataFrame) -> pd.DataFrame:
    """The published growth of the all-grids share, split into what cadres gained and what other staff lost: bounds, points.

    The share is cadres / (cadres + others). The part of each is its effect with the other at its start and at its end, in
    the mean (two-factor Shapley; Das Gupta 1993). Interval arithmetic takes the four shares as independent, so the bounds are
    wider than they need be, and never too narrow.

    Raises:
        InputError: fewer than two years have both a share and a headcount.
    """
    shares = usable(workforce, "cadre_share", "all_grids", "cdi_cdd").set_index("year_last")
    staff = usable(workforce, "headcount", "all_staff", "cdi_cdd").set_index("year_last")
    years = shares.index.intersection(staff.index)
    if len(years) < 2:
        raise InputError("workforce: a split of growth needs two years with a cadre share and a headcount")
    first, last = int(years.min()), int(years.max())
    cadres = {year: printed(shares.loc[year]) * printed(staff.loc[year]) / 100.0 for year in (first, last)}
    part = {year: printed(shares.loc[year]) / 100.0 for year in (first, last)}
    others = {year: (Interval(1, 1) - part[year]) * printed(staff.loc[year]) for year in (first, last)}

    def share(cadre_year: int, other_year: int) -> Interval:
        return Interval(100, 100) / (Interval(1, 1) + others[other_year] / cadres[cadre_year])

    gained = (share(last, first) - share(first, first) + share(last, last) - share(first, last)) / 2.0
    lost = (share(first, last) - share(first, first) + share(last, last) - share(last, first)) / 2.0
    rows = [
        estimates.row(
            f"growth_split.{name}.points",
            "T1-04",
            "growth_split",
            interval=bound,
            population=POPULATION,
            definition="all_grids",
            basis="cdi_cdd",
            year=f"{first}-{last}",
            unit="points",
            interval_kind="rounding",
            covers_en=COVERS["rounding"][0],
            covers_fr=COVERS["rounding"][1],
            method="split_of_published",
            obs_ids=unique(*shares.loc[[first, last], "obs_id"], *staff.loc[[first, last], "obs_id"]),
        )
        for name, bound in (("cadres", gained), ("others", lost))
    ]
    return estimates.table(rows)


def ruler(workforce: pd.DataFrame, working_life: pd.DataFrame, levels: pd.DataFrame, stated: Stated) -> pd.DataFrame:
    """The stated headcount among published ones of other populations, to be drawn on one axis; no verdict follows from it.

    Args:
        workforce, working_life: the tidy tables.
        levels: the cadre headcounts of `headcount_estimates`.

    Returns:
        kind (stated, level, shown), what, year, value, low, high: persons; obs_ids. Figures only `shown` are rounded.

    >>> from compendium import claims, csvfile, paths
    >>> from compendium.clean import workforce, working_life
    >>> figures = csvfile.read(paths.processed("default") / "workforce.csv", workforce.Workforce)
    >>> others, stated = csvfile.read(paths.processed("default") / "working_life.csv", working_life.WorkingLife), claims.read()
    >>> axis = ruler(figures, others, headcount_estimates(figures, stated["T1-01"]), stated["T1-01"])
    >>> axis["kind"].unique().tolist(), bool(axis["value"].between(axis["low"], axis["high"]).all())
    (['stated', 'level', 'shown'], True)
    """
    rows: list[tuple[str, str, int | None, float, float, float, str]] = [
        ("stated", "stated", None, stated.value, stated.value, stated.value, "")
    ]
    counts = levels[(levels["quantity"] == "cadre_headcount") & levels["definition"].isin(DEFINITIONS)]
    for _, level in counts.iterrows():
        rows.append(
            (
                "level",
                str(level["definition"]),
                int(level["year"]),
                level["value"],
                level["low"],
                level["high"],
                level["obs_ids"],
            )
        )
    published_counts = {
        "agents_de_direction": workforce[workforce["quantity"] == "agents_de_direction_headcount"],
        "administrative": workforce[workforce["definition"] == "administrative"],
        "managers": working_life[working_life["series"] == "managers_count_approx"],
        "all_permanent": usable(workforce, "headcount", "all_staff", "cdi"),
    }
    for what, table in published_counts.items():
        known = table[table["use"].isin(["model", "shown"])]
        if "perimeter" in known and what != "managers":
            known = known[known["perimeter"] == "regime_general"]
        latest = known.sort_values("year_last").iloc[-1]
        kind = "level" if latest["use"] == "model" else "shown"
        ends = (float(latest["value"]), float(latest["low"]), float(latest["high"]))
        rows.append((kind, what, int(latest["year_last"]), *ends, str(latest["obs_id"])))
    return pd.DataFrame(rows, columns=["kind", "what", "year", "value", "low", "high", "obs_ids"])


def headcount_estimates(workforce: pd.DataFrame, stated: Stated) -> pd.DataFrame:
    """Headcounts of cadres, from published shares and headcounts of one year and basis, and how far the stated one lies.

    Returns:
        for each definition and year: `cadre_headcount` (persons) and `distance` of the stated headcount (percent of it).
    """
    rows = []
    for definition in DEFINITIONS:
        staff = usable(workforce, "headcount", "all_staff", "cdi_cdd").set_index("year_last")
        for _, share in usable(workforce, "cadre_share", definition, "cdi_cdd").iterrows():
            year = int(share["year_last"])
            if year not in staff.index:
                continue
            count = printed(share) * printed(staff.loc[year]) / 100.0
            value = float(share["value"] * staff.at[year, "value"] / 100)
            used = f"{share['obs_id']} {staff.at[year, 'obs_id']}"
            rows += headcount_and_distance("T1-01", definition, "cdi_cdd", year, value, count, stated, used, carried=False)
    if not rows:
        raise InputError("workforce: no year has both a cadre share and a headcount on one basis")
    return estimates.table(rows)


def implied_headcount_estimates(workforce: pd.DataFrame, share: Stated, stated: Stated) -> pd.DataFrame:
    """The stated share of each published headcount of permanent contracts, and how far the stated headcount lies from it."""
    rows = []
    for _, staff in usable(workforce, "headcount", "all_staff", "cdi").iterrows():
        count = share.rounding * printed(staff) / 100.0
        value = float(share.value * staff["value"] / 100)
        year = int(staff["year_last"])
        used = str(staff["obs_id"])
        rows += headcount_and_distance("T1-18", "as_stated", "cdi", year, value, count, stated, used, carried=True)
    return estimates.table(rows)


def headcount_and_distance(
    claim_id: str,
    definition: str,
    basis: str,
    year: int,
    value: float,
    count: Interval,
    stated: Stated,
    obs_ids: str,
    carried: bool,
) -> list[dict[str, object]]:
    """The two rows of one level: the headcount, and the distance of the stated one to it."""
    name = f"{claim_id.lower().replace('-', '_')}.{definition}.{year}"
    texts = {
        "population": POPULATION,
        "definition": definition,
        "basis": basis,
        "year": str(year),
        "interval_kind": "rounding",
        "covers_en": COVERS["rounding"][0],
        "covers_fr": COVERS["rounding"][1],
        "obs_ids": obs_ids,
    }
    distance = Interval(100, 100) * (Interval(stated.value, stated.value) / count) - Interval(100, 100)
    method = "distance_carried_forward" if carried else "distance"
    return [
        estimates.row(
            f"cadre_headcount.{name}",
            claim_id,
            "cadre_headcount",
            value=value,
            interval=count,
            unit="persons",
            method="product_of_published",
            **texts,
        ),
        estimates.row(
            f"distance.{name}",
            claim_id,
            "distance",
            value=100 * (stated.value / value - 1),
            interval=distance,
            unit="percent of the level",
            method=method,
            **texts,
        ),
    ]


def unique(*obs_ids: str) -> str:
    """Space-separated rows, each once, sorted."""
    return " ".join(sorted(set(" ".join(obs_ids).split())))
