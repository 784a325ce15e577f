"""The pace of the all-grids share of the Sécurité sociale beside the paces of comparators, each on its own definition.

Levels of different definitions do not compare; paces do, with care. A pace is taken inside one break-free segment. One
segment speaks for a comparator in the ranking: the one that shares most years with the published pace of the Sécurité
sociale. A comparator that is part or variant of another, or shares no two years, is listed and not ranked. Comparators
overlap (a sector is part of all employment), so a rank is a place in a list, not a test.
"""

import re
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd

from compendium.clean.comparators import LFS
from compendium.errors import InputError
from compendium.interval import Interval, over_box
from compendium.models import bounds, estimates, rank, trend
from compendium.models.cadre_share import DEFINITIONS, POPULATION, Evidence, unique
from compendium.models.estimates import Stated

CLAIM = "T1-05"
# Groups by sex or age are parts of a comparator, not institutions to compare with.
SUBGROUP = re.compile(r"_(?:women|men|age_\w+)$")
VARIANTS = {"dares_P_strict": "dares_P"}
# Where a survey share is published without its headcount -> the comparator whose smallest headcount stands for it.
FIELDS = {
    "dares_P_strict": "dares_P",
    "dares_total": "ilostat_total",
    "insee_pcs3": "ilostat_total",
    "social_classes": "ilostat_total",
}
FIELD_NOT_SAID = "field not said"
WINDOWS = {"year": 1, "three_year_mean": 3}
UNITS = {"pace": "points a year", "logit": "log odds a year", "lead_logit": "log odds a year"}

COVERS = {
    "rounding": ("rounding of the published figures", "l’arrondi des chiffres publiés"),
    "sampling": (
        "95 %: sampling error of the survey at an assumed effective sample, or the scatter of the years around the line "
        "where that is wider",
        "95 % : l’erreur d’échantillonnage de l’enquête pour un échantillon efficace supposé, ou la dispersion des années "
        "autour de la droite si elle est plus grande",
    ),
    "few": (
        "95 %: sampling error of the survey at an assumed effective sample; too few years to see the scatter",
        "95 % : l’erreur d’échantillonnage de l’enquête pour un échantillon efficace supposé ; trop peu d’années pour voir "
        "la dispersion",
    ),
    "state_space": (
        "95 % of a local level with a fixed slope, its variances taken as known",
        "95 % d’un modèle à niveau local et pente fixe, variances tenues pour connues",
    ),
    "rank": (
        "every pace free inside its interval; no confidence level",
        "chaque rythme libre dans son intervalle ; sans niveau de confiance",
    ),
    "needed": (
        "rounding and, on the permanent basis, the unknown rate of cadres among fixed-term staff; takes the stated share as "
        "given",
        "l’arrondi et, sur la base CDI, le taux inconnu de cadres parmi les CDD ; tient pour acquise la part énoncée",
    ),
    "against": (
        "95 %: the interval of the sector’s pace, at an assumed effective sample, and the rounding of the published pace",
        "95 % : l’intervalle du rythme du secteur, pour un échantillon efficace supposé, et l’arrondi du rythme publié",
    ),
    "walk": (
        "95 % of a random walk with drift whose yearly steps vary as in the median survey comparator: an assumption",
        "95 % d’une marche aléatoire avec dérive dont les pas annuels varient comme ceux du comparateur d’enquête médian : "
        "une hypothèse",
    ),
    "class": (
        "every pace of the ranked comparators, from the slowest to the fastest: an assumption, without a confidence level",
        "tous les rythmes des comparateurs classés, du plus lent au plus rapide : une hypothèse, sans niveau de confiance",
    ),
}

KINDS = {
    "rounding": "rounding",
    "sampling": "sampling",
    "few": "sampling",
    "state_space": "model",
    "rank": "bound",
    "needed": "bound",
    "against": "sampling",
    "walk": "model",
    "class": "model",
}


@dataclass(frozen=True)
class Assumptions:
    """What is assumed about surveys and segments; the parameters of the notebook.

    Args:
        persons_per_interview: persons in employment for each effective interview of a year, design effect included.
        fewest_points: years a segment needs before its scatter is used; with fewer it is marked weak.
        fewest_points_state_space: independent years a segment needs for the state-space model.
        years_around: how many years either side of the published pace count as the same years.
    """

    persons_per_interview: float
    fewest_points: int
    fewest_points_state_space: int
    years_around: int

    @classmethod
    def of(cls, parameters: dict[str, Any]) -> "Assumptions":
        """From the parameters of the notebook."""
        return cls(**{field.name: parameters[field.name] for field in fields(cls)})


def usable(shares: pd.DataFrame) -> pd.DataFrame:
    """The shares that may enter a pace, with the headcount behind each survey share.

    Shares over classified employment are taken where a whole segment has them, so that no segment mixes the two.

    Args:
        shares: schema `ComparatorShare`.

    Returns:
        the rows of segments with two years or more, and field (persons), the headcount.

    Raises:
        InputError: a year stands twice in a segment, or a survey share has no headcount to go by.

    >>> from compendium import csvfile, paths
    >>> from compendium.clean.comparators import ComparatorShare
    >>> points = usable(csvfile.read(paths.processed("default") / "comparator_shares.csv", ComparatorShare))
    >>> by_segment = points.groupby(["comparator", "segment"])
    >>> int(by_segment.size().min()) >= 2, int(by_segment["classified_only"].nunique().max())  # no segment mixes the two
    (True, 1)
    """
    rows = shares[(shares["use"] == "model") & ~shares["comparator"].str.contains(SUBGROUP)]
    kept = []
    for (comparator, segment), points in rows.groupby(["comparator", "segment"]):
        classified = points[points["classified_only"] == "yes"]
        whole = points[points["classified_only"] == "no"]
        chosen = classified if len(classified) == len(whole) else whole
        if chosen["year"].duplicated().any():
            raise InputError(f"comparator_shares: {comparator}, segment {segment}, has a year twice")
        if len(chosen) > 1:
            kept.append(chosen.sort_values("year"))
    if not kept:
        raise InputError("comparator_shares: no segment has two years")
    points = pd.concat(kept, ignore_index=True)
    smallest = rows.groupby("comparator")["denominator"].min()
    points["field"] = points["denominator"].fillna(points["comparator"].map(FIELDS).map(smallest))
    missing = points[(points["sampling"] == LFS) & points["field"].isna()]
    if len(missing):
        raise InputError(f"comparator_shares: {missing['comparator'].iloc[0]} has no headcount for its sampling error")
    return points


def pace(points: pd.DataFrame, assumed: Assumptions) -> dict[str, Any]:
    """The pace of one segment, in points and on the log odds.

    Args:
        points: its years, from `usable`.

    Returns:
        covers (rounding, sampling, few), pace and logit with their ends (points and log odds a year), and the scatter of a
        survey's years around the line as a multiple of the assumed sampling variance.
    """
    years = points["year"].to_numpy(dtype=float)
    share, low, high = (points[name].to_numpy(dtype=float) for name in ("share", "low", "high"))
    window = WINDOWS[str(points["window"].iloc[0])]
    survey = points["sampling"].iloc[0] == LFS
    few = len(years) < assumed.fewest_points
    found: dict[str, Any] = {"covers": "rounding" if not survey else "few" if few else "sampling", "scatter": None}
    deviation = np.ones(len(share))
    if survey:
        sampled = trend.yearly_sampling_variance(share, points["field"].to_numpy(dtype=float), assumed.persons_per_interview)
        deviation = np.sqrt(sampled + window * (high - low) ** 2 / 12)  # rounding as a uniform error
    scales = {
        "pace": (share, low, high, deviation),
        "logit": (trend.logit(share), trend.logit(low), trend.logit(high), deviation * 100 / (share * (100 - share))),
    }
    for name, (values, lowest, highest, error) in scales.items():
        error = error if survey else np.ones(len(share))
        fit = trend.line(years, values, np.outer(error, error) * trend.overlap(years, window))
        interval = trend.slope_interval(fit, not few) if survey else trend.rounding_of_slope(fit, lowest, highest)
        found |= {name: float(fit.coefficients[1]), f"{name}_low": interval.low, f"{name}_high": interval.high}
        if name == "pace" and survey:
            found["scatter"] = fit.scatter
    return found


def paces(points: pd.DataFrame, reference: "Reference", assumed: Assumptions) -> pd.DataFrame:
    """The pace of every segment, and which of them are ranked.

    Args:
        points: from `usable`.

    Returns:
        one row a segment: comparator, concept, segment, first, last, points, sampling, window, weak (few years, or a field
        that is not said), status (ranked, other_segment, variant, other_years), obs_ids, and what `pace` gives.

    >>> told = {"concept": "pcs_3", "segment_opens": "", "sampling": "administrative", "window": "year", "obs_ids": "CP0001"}
    >>> told |= {"comparator": "made_up", "segment": 1}
    >>> points = pd.DataFrame({"year": [2013, 2014, 2015], "share": [30.0, 31.0, 32.0]} | told)
    >>> reference = Reference(2013, 2018, pace=Interval(0.5, 0.6), logit=Interval(0.02, 0.03), obs_ids="SW0001")
    >>> table = paces(points.assign(low=points["share"], high=points["share"]), reference, Assumptions(800.0, 4, 8, 3))
    >>> table[["comparator", "first", "last", "points", "weak", "status", "pace"]].round(6).values.tolist()
    [['made_up', 2013, 2015, 3, True, 'ranked', 1.0]]
    """
    rows = []
    for (comparator, segment), years in points.groupby(["comparator", "segment"]):
        first, last = int(years["year"].min()), int(years["year"].max())
        same = {name: years[name].iloc[0] for name in ("concept", "sampling", "window")}
        not_said = str(years["segment_opens"].iloc[0]).startswith(FIELD_NOT_SAID)
        rows.append(
            {"comparator": comparator, "segment": int(segment), "first": first, "last": last, "points": len(years)}
            | same
            | {"weak": len(years) < assumed.fewest_points or not_said}
            | {"shared": min(last, reference.last) - max(first, reference.first), "obs_ids": unique(*years["obs_ids"])}
            | pace(years, assumed)
        )
    table = pd.DataFrame(rows)
    best = table.sort_values("last", ascending=False).groupby("comparator")["shared"].idxmax()
    table["status"] = "other_segment"
    table.loc[best, "status"] = "ranked"
    table.loc[(table["status"] == "ranked") & (table["shared"] < 1), "status"] = "other_years"
    table.loc[table["comparator"].isin(VARIANTS), "status"] = "variant"
    return table.drop(columns="shared")


def near(points: pd.DataFrame, reference: "Reference", assumed: Assumptions) -> pd.DataFrame:
    """The years around the published pace of the Sécurité sociale, in segments that keep two of them."""
    around = assumed.years_around
    inside = points[points["year"].between(reference.first - around, reference.last + around)]
    return inside[inside.groupby(["comparator", "segment"])["year"].transform("size") > 1]


@dataclass(frozen=True)
class Reference:
    """The published pace of the Sécurité sociale: all grids, all contracts."""

    first: int
    last: int
    pace: Interval
    logit: Interval
    obs_ids: str

    @classmethod
    def of(cls, evidence: Evidence) -> "Reference":
        """From the published share and its change.

        The change of the log odds falls with the later share while that lies below one half, and rises with the change in
        points, so its extremes lie at the corners of their rounding.

        Raises:
            InputError: the later share does not lie below one half.
        """
        path = evidence.paths["all_grids"]
        if path.share.high >= 50:
            raise InputError("workforce: the all-grids share must lie below one half for the bound of its log odds")

        def change(share: float, points: float) -> float:
            later, earlier = trend.logit(np.array([share, share - points]))
            return float(later - earlier) / path.years

        logit = over_box(change, share=path.share, points=path.change)
        return cls(path.year - path.years, path.year, path.pace, logit, evidence.obs_ids["all_grids"])


def pace_estimates(table: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Every pace as an estimate, in points and in log odds a year, the Sécurité sociale first."""
    rows = []
    for name, interval in (("pace", reference.pace), ("logit", reference.logit)):
        rows.append(
            _row(
                f"{name}.regime_general",
                name,
                interval,
                (interval.low + interval.high) / 2,
                population=POPULATION,
                definition="all_grids",
                basis="cdi_cdd",
                year=f"{reference.first}-{reference.last}",
                covers="rounding",
                obs_ids=reference.obs_ids,
            )
        )
        rows += [
            _segment(f"{name}.{_name(row)}", name, Interval(row[f"{name}_low"], row[f"{name}_high"]), row[name], row)
            for _, row in table.iterrows()
        ]
    return estimates.table(rows)


def rank_estimates(sets: dict[str, pd.DataFrame], reference: Reference) -> pd.DataFrame:
    """Where the pace of the Sécurité sociale ranks, in points and on the log odds; the fastest has rank one.

    Args:
        sets: name of a choice of comparators -> their paces, from `paces`.
    """
    rows = []
    for chosen, table in sets.items():
        common: dict[str, Any] = {"population": chosen, "obs_ids": unique(reference.obs_ids, *table["obs_ids"])}
        for name, own in (("pace", reference.pace), ("logit", reference.logit)):
            others = [Interval(*ends) for ends in table[[f"{name}_low", f"{name}_high"]].itertuples(index=False)]
            place = rank.rank((own.low + own.high) / 2, list(table[name]))
            bound = rank.rank_bound(own, others)
            rows.append(_row(f"rank.{name}.{chosen}", f"rank_{name}", bound, place, covers="rank", unit="rank", **common))
        # The Sécurité sociale is one of those ranked.
        size = len(table) + 1
        rows.append(_row(f"ranked.{chosen}", "ranked", None, size, unit="series", **common))
    return estimates.table(rows)


def lead_estimates(table: pd.DataFrame, reference: Reference, sector: str) -> pd.DataFrame:
    """How much faster the share of the Sécurité sociale moved than that of one ILOSTAT sector, in points and log odds a year.

    Rounding holds the published pace for sure, so the difference holds as often as the interval of the sector says, or more.

    Args:
        table: the ranked paces.
        sector: its letter (ISIC).

    Raises:
        InputError: the sector has no ranked pace.
    """
    rows = table[table["comparator"] == comparator(sector)]
    if rows.empty:
        raise InputError(f"comparator_shares: sector {sector} has no pace to set that of the Sécurité sociale against")
    row = rows.iloc[0]
    found = []
    for name, own in (("pace", reference.pace), ("logit", reference.logit)):
        found.append(
            _row(
                f"lead.{name}.sector",
                "lead" if name == "pace" else "lead_logit",
                own - Interval(row[f"{name}_low"], row[f"{name}_high"]),
                (own.low + own.high) / 2 - row[name],
                covers="against",
                population=f"{POPULATION}, {row['comparator']}",
                year=f"{reference.first}-{reference.last}, {row['first']}-{row['last']}",
                obs_ids=unique(reference.obs_ids, row["obs_ids"]),
            )
        )
    return estimates.table(found)


def comparator(sector: str) -> str:
    """The comparator that an ILOSTAT sector is.

    >>> comparator("Q")
    'ilostat_Q'
    """
    return f"ilostat_{sector}"


def second_opinions(points: pd.DataFrame, table: pd.DataFrame, assumed: Assumptions) -> pd.DataFrame:
    """The paces of survey segments by other means: every third mean only, and a state-space model where years suffice."""
    rows = []
    for _, row in table[table["covers"] == "sampling"].iterrows():
        years = points[(points["comparator"] == row["comparator"]) & (points["segment"] == row["segment"])]
        window = WINDOWS[row["window"]]
        apart = years.iloc[::-1].iloc[::window].iloc[::-1]  # means that share no year, counted back from the last
        if window > 1 and len(apart) >= assumed.fewest_points:
            third = pace(apart, assumed)
            interval = Interval(third["pace_low"], third["pace_high"])
            rows.append(_segment(f"pace_apart.{_name(row)}", "pace_apart", interval, third["pace"], row))
        if len(apart) >= assumed.fewest_points_state_space:
            slope, error = trend.state_space_slope(apart["year"].to_numpy(dtype=float), apart["share"].to_numpy(dtype=float))
            interval = trend.normal_interval(slope, error)
            state = row.to_dict() | {"covers": "state_space"}
            rows.append(_segment(f"pace_state_space.{_name(row)}", "pace_state_space", interval, slope, pd.Series(state)))
    return estimates.table(rows)


def needed_estimates(
    evidence: Evidence, relative_rate: Interval, table: pd.DataFrame, year: int, stated: Stated
) -> pd.DataFrame:
    """The pace that a stated later share needs from the last published year on, and where it would rank.

    Args:
        relative_rate: of cadres among fixed-term staff, relative to permanent staff.
        table: the ranked paces.
    """
    weight = {"cdi_cdd": Interval(1, 1), "cdi": bounds.weight_of_basis(evidence.fixed_term_share, relative_rate)}
    others = [Interval(*ends) for ends in table[["pace_low", "pace_high"]].itertuples(index=False)]
    rows = []
    for definition in DEFINITIONS:
        path = evidence.paths[definition]
        for basis, scale in weight.items():
            used = evidence.obs_ids[definition] + (" " + evidence.obs_ids["fixed_term"] if basis == "cdi" else "")
            common: dict[str, Any] = {
                "definition": definition,
                "basis": basis,
                "population": POPULATION,
                "year": f"{path.year}-{year}",
            }
            needed = (stated.rounding * scale - path.share) / float(year - path.year)
            rows.append(
                _row(
                    f"points_needed.{definition}.{basis}",
                    "points_needed",
                    needed,
                    covers="needed",
                    method="pace_needed",
                    obs_ids=unique(used),
                    **common,
                )
            )
            place = rank.rank_bound(needed, others)
            used = unique(used, *table["obs_ids"])
            rows.append(
                _row(
                    f"rank_needed.{definition}.{basis}",
                    "rank_needed",
                    place,
                    covers="rank",
                    method="pace_needed",
                    unit="rank",
                    obs_ids=used,
                    **common,
                )
            )
    return estimates.table(rows)


def forecasts(evidence: Evidence, points: pd.DataFrame, table: pd.DataFrame, reference: Reference, year: int) -> pd.DataFrame:
    """The all-grids share of a later year under two assumptions: a random walk with drift, and the class of comparators.

    Two published years leave no spread of yearly steps, so the walk borrows the median of the ranked survey comparators;
    their sampling error is in it, which makes it wide.

    Args:
        table: the ranked paces.

    Raises:
        InputError: no ranked comparator has yearly survey shares enough to borrow from.
    """
    path = evidence.paths["all_grids"]
    share = (path.share.low + path.share.high) / 2
    ahead = year - path.year
    steps = {}
    for _, row in table[(table["covers"] == "sampling") & (table["window"] == "year")].iterrows():
        years = points[(points["comparator"] == row["comparator"]) & (points["segment"] == row["segment"])]
        if (years["year"].diff().iloc[1:] == 1).all():
            steps[row["obs_ids"]] = trend.step_deviation(years["share"].to_numpy(dtype=float))
    if not steps:
        raise InputError("comparator_shares: no ranked survey comparator has yearly shares to borrow a spread from")
    deviation = float(np.median(list(steps.values())))
    centre = share + ahead * (reference.pace.low + reference.pace.high) / 2
    walk = trend.normal_interval(centre, trend.drift_error(deviation, reference.last - reference.first, ahead))
    slowest_to_fastest = path.share + Interval(table["pace"].min(), table["pace"].max()) * float(ahead)
    middle = share + ahead * float(table["pace"].median())
    common = {"population": POPULATION, "definition": "all_grids", "basis": "cdi_cdd", "unit": "percent", "year": str(year)}
    walked, classed = unique(reference.obs_ids, *steps), unique(reference.obs_ids, *table["obs_ids"])
    return estimates.table(
        [
            _row("step_deviation.borrowed", "step_deviation", None, deviation, unit="points", obs_ids=unique(*steps)),
            _row(f"share_walk.{year}", "share_walk", walk, centre, covers="walk", method="drift", obs_ids=walked, **common),
            _row(
                f"share_class.{year}",
                "share_class",
                slowest_to_fastest,
                middle,
                covers="class",
                method="reference_class",
                obs_ids=classed,
                **common,
            ),
        ]
    )


def in_order(table: pd.DataFrame, reference: Reference, sector: str) -> pd.DataFrame:
    """All paces with that of the Sécurité sociale among them, the fastest first: to be drawn and tabled.

    Args:
        sector: letter of the sector that it is set directly against; its row is marked in the column `against`.

    >>> table = pd.DataFrame({"comparator": ["ilostat_O", "ilostat_K"], "pace": [0.2, 0.9]})
    >>> reference = Reference(2013, 2018, pace=Interval(0.5, 0.6), logit=Interval(0.02, 0.03), obs_ids="SW0001")
    >>> in_order(table, reference, sector="O")[["comparator", "against"]].values.tolist()
    [['ilostat_K', False], ['regime_general', False], ['ilostat_O', True]]
    """
    own = {
        "comparator": "regime_general",
        "concept": "branch_agreement",
        "segment": 1,
        "first": reference.first,
        "last": reference.last,
        "points": 2,
        "sampling": "administrative",
        "window": "year",
        "weak": False,
        "status": "reference",
        "covers": "rounding",
        "obs_ids": reference.obs_ids,
    }
    for name, interval in (("pace", reference.pace), ("logit", reference.logit)):
        middle = (interval.low + interval.high) / 2
        own |= {name: middle, f"{name}_low": interval.low, f"{name}_high": interval.high}
    joined = pd.concat([table, pd.DataFrame([own])], ignore_index=True)
    joined["against"] = joined["comparator"] == comparator(sector)
    return joined.sort_values(["pace", "comparator"], ascending=[False, True], ignore_index=True)


def _name(row: pd.Series) -> str:
    """What names a segment in its estimates."""
    return f"{row['comparator'].lower()}.{row['segment']}"


def _segment(estimate_id: str, quantity: str, interval: Interval, value: float, row: pd.Series) -> dict[str, object]:
    """An estimate of one segment."""
    return _row(
        estimate_id,
        quantity,
        interval,
        value,
        population=row["comparator"],
        definition=row["concept"],
        year=f"{row['first']}-{row['last']}",
        covers=row["covers"],
        obs_ids=row["obs_ids"],
    )


def _row(
    estimate_id: str,
    quantity: str,
    interval: Interval | None,
    value: float | None = None,
    *,
    covers: str = "",
    unit: str = "",
    method: str = "slope",
    **columns: Any,
) -> dict[str, object]:
    """An estimate that bears on T1-05; its unit is that of a pace unless given."""
    kind = KINDS[covers] if interval else "none"
    texts = COVERS[covers] if interval else ("", "")
    return estimates.row(
        estimate_id,
        CLAIM,
        quantity,
        interval=interval,
        value=value,
        unit=unit or UNITS.get(quantity, UNITS["pace"]),
        interval_kind=kind,
        level="95" if kind in ("sampling", "model") and covers != "class" else "",
        covers_en=texts[0],
        covers_fr=texts[1],
        method=method,
        **columns,
    )
