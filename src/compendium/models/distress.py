"""Distress of cadres: each survey on its own wording, with rounding and design effects, and where a stated number falls.

Distress is not one quantity, so no two constructs share an estimate. A base that is not published enters no estimate: what a
smaller or larger one would change is shown over a range, apart.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from compendium.errors import InputError
from compendium.interval import Interval
from compendium.models import estimates, prevalence
from compendium.models.estimates import ROUNDING, Stated, printed, year_of
from compendium.models.trend import CONFIDENCE

STATEMENT = "T1-12"
# The scales of distress and the frequent signs of it: what the test of the statement asks for.
TESTED = ("distress", "high_distress", "distress_ghq28", "frequent_distress_sign")
# Every construct on how people feel, with the groups that are shown of it. Two of them never share an axis.
PANELS = {
    "frequent_distress_sign": ("cadres", "cadres_under35", "cadres_seniors", "cadres_women", "cadres_men"),
    "low_mood": ("cadres",),
    "intense_stress": ("cadres", "cadres_with_team", "cadres_without_team"),
    "feeling_of_exhaustion": ("cadres", "cadres_with_team", "cadres_without_team"),
    "mental_health_worse_in_two_years": ("cadres", "cadres_with_team"),
    "possible_burnout_ever": ("cadres",),
    "distress": ("employees", "managers"),
    "high_distress": ("employees", "managers", "managers_of_managers"),
    "burnout_risk": ("employees", "managers"),
    "depression_risk": ("employees",),
    "distress_question_not_stated": ("cadres",),
    "regular_stress": ("employees", "managers"),
    "stressed": ("managers", "non_managers"),
    "hyperstress": ("all", "cadres"),
    "high_depressive": ("all", "cadres"),
    "poor_mental_health_self_rated": ("all",),
    "mental_health_degraded": ("all", "managers"),
    "distress_ghq28": ("all", "women", "men"),
    "depression_mild_or_worse": ("employed",),
    "depressive_symptoms_who5": ("public", "private"),
    "depressive_episode_in_12_months": ("employed", "employed_men_cadres"),
    "distress_notified_by_physicians": ("women", "men"),
}
CONCEPT = ["construct", "survey", "wave", "population_group"]
INSTITUTION = r"sécurité sociale|r[ée]gime g[ée]n[ée]ral|\bsecu\b"


@dataclass(frozen=True)
class DesignEffects:
    """The design effects that are tried, since none is published; 1 is a simple sample.

    >>> DesignEffects(1.0, 2.0, 0.5).all
    [1.0, 1.5, 2.0]
    """

    low: float
    high: float
    step: float

    @property
    def all(self) -> list[float]:
        """From the lowest to the highest."""
        steps = round((self.high - self.low) / self.step)
        return [self.low + place * self.step for place in range(steps + 1)]


def shown(distress: pd.DataFrame) -> pd.DataFrame:
    """The percentages of the constructs on how people feel that may be used.

    Raises:
        InputError: there is none, or one wave of one survey gives a group two percentages of one construct.
    """
    usable = distress[distress["use"].isin(["model", "shown"]) & (distress["unit"] == "percent")]
    wanted = [row["population_group"] in PANELS.get(row["construct"], ()) for _, row in usable.iterrows()]
    rows = usable.loc[pd.Series(wanted, index=usable.index, dtype=bool)].sort_values("obs_id")
    if rows.empty:
        raise InputError("distress: no percentage of any construct may be used")
    twice = rows[rows.duplicated(CONCEPT)]
    if len(twice):
        row = twice.iloc[0]
        raise InputError(
            f"distress: {row['obs_id']} gives a second {row['construct']} of {row['population_group']} in one wave"
        )
    return rows


def basis(row: pd.Series) -> str:
    """Whether a survey is one that the test of the statement asks for, and if not, why."""
    if not row["population_group"].startswith("cadres"):
        return "other_population"
    if row["population_group"] != "cadres":
        return "subgroup"
    if row["construct"] not in TESTED:
        return "other_wording"
    return "no_base" if pd.isna(row["n"]) or row["fraction"] else "as_tested"


def surveys(distress: pd.DataFrame, stated: Stated, tried: DesignEffects) -> pd.DataFrame:
    """Each survey at each design effect, and the design effect at which it would meet the stated number.

    Where no base is published there is the rounding alone, and the design effect is empty, or 0 where the rounding meets the
    stated number.
    """
    rows = []
    for _, row in shown(distress).iterrows():
        name = row["obs_id"].lower()
        share = printed(row)
        common: dict[str, Any] = {
            "population": row["population_group"] + ("" if row["field"] == "as_published" else f", {row['field']}"),
            "definition": row["construct"],
            "year": year_of(row),
            "obs_ids": " ".join([row["obs_id"], *([row["n_from"]] if str(row["n_from"]).startswith("DI") else [])]),
        }
        met = 0.0 if share.meets(stated.rounding) else None
        if pd.notna(row["n"]):
            met = prevalence.design_effect_to_meet(share, float(row["n"]), stated.rounding)
            for effect in tried.all:
                rows.append(
                    estimates.row(
                        f"prevalence.{name}.deff_{effect:g}",
                        STATEMENT,
                        "prevalence",
                        value=float(row["value"]),
                        interval=prevalence.survey_interval(share, float(row["n"]), effect),
                        basis=f"design effect {effect:g}",
                        unit="percent",
                        interval_kind="sampling",
                        level=f"{100 * CONFIDENCE:g}",
                        covers_en="rounding, and the error of a simple sample of the base over the design effect (Wilson); the "
                        "design effect is assumed; neither wording nor who answers",
                        covers_fr="l’arrondi et l’erreur d’un sondage simple, base divisée par l’effet de plan (Wilson) ; "
                        "effet de plan supposé ; ni la formulation ni le profil des répondants",
                        method="survey_share",
                        **common,
                    )
                )
        else:
            rows.append(
                estimates.row(
                    f"prevalence.{name}",
                    STATEMENT,
                    "prevalence",
                    value=float(row["value"]),
                    interval=share,
                    basis="no base published",
                    unit="percent",
                    method="published",
                    **common,
                    **ROUNDING,
                )
            )
        rows.append(
            estimates.row(
                f"design_effect_needed.{name}",
                STATEMENT,
                "design_effect_needed",
                value=met,
                basis=basis(row),
                unit="ratio",
                method="design_effect_needed",
                **common,
            )
        )
    return estimates.table(rows)


def counted(distress: pd.DataFrame) -> pd.DataFrame:
    """How many figures on distress are of cadres with a base, and how many of them of cadres of the Sécurité sociale."""
    rows = shown(distress)
    tested = rows[[basis(row) == "as_tested" for _, row in rows.iterrows()]]
    own = tested[tested["population"].str.contains(INSTITUTION, case=False)]
    made = [
        estimates.row(
            f"surveys.{name}",
            STATEMENT,
            f"surveys_{name}",
            value=float(len(found)),
            population=population,
            unit="figures",
            method="count_of_published" if len(found) else "none_published",
            obs_ids=" ".join(found["obs_id"]),
        )
        for name, population, found in (
            ("of_cadres", "cadres", tested),
            ("of_institution", "cadres of the Sécurité sociale", own),
        )
    ]
    return estimates.table(made)


def candidates(distress: pd.DataFrame, stated: Stated) -> pd.DataFrame:
    """How far each figure looked at as the origin of the stated number lies from it; a conjecture, every one of them.

    The figures flagged as candidates, each once and from the row that counts, and those of all cadres on a scale or frequent
    sign of distress.
    """
    flagged = distress[distress["candidate"]]
    same = distress.set_index(CONCEPT).index.isin(flagged.set_index(CONCEPT).index)
    whole = distress["construct"].isin([*TESTED, "distress_question_not_stated"]) & (distress["population_group"] == "cadres")
    usable = distress["use"].isin(["model", "shown"]) & (distress["unit"] == "percent")
    rows = []
    for _, row in distress[usable & (same | whole)].sort_values("obs_id").iterrows():
        rows.append(
            estimates.row(
                f"candidate.{row['obs_id'].lower()}",
                STATEMENT,
                "distance_to_stated",
                value=float(row["value"]) - stated.value,
                interval=printed(row) - Interval(stated.value, stated.value),
                population=row["population_group"],
                definition=row["construct"],
                basis=row["survey"],
                year=year_of(row),
                unit="points",
                method="distance",
                obs_ids=row["obs_id"],
                **ROUNDING,
            )
        )
    if not rows:
        raise InputError("distress: no figure comes into question as the origin of the stated number")
    same = [row for row in rows if row["value"] == 0]
    rows.append(
        estimates.row(
            "candidates.at_stated",
            STATEMENT,
            "candidates_at_stated",
            value=float(len(same)),
            unit="figures",
            method="count_of_published" if same else "none_published",
            obs_ids=" ".join(str(row["obs_ids"]) for row in same),
        )
    )
    return estimates.table(rows)


def distances(distress: pd.DataFrame, surveyed: pd.DataFrame, found: pd.DataFrame, stated: Stated) -> pd.DataFrame:
    """Every figure of cadres and every candidate: how far from the stated number, and the design effect that would bridge it.

    Args:
        surveyed: as `surveys` gives.
        found: as `candidates` gives.
        stated: the statement of the share, percent.

    Returns:
        construct, survey, group, year, value, n, distance, design_effect, basis, candidate, obs_id; nearest first.

    >>> from compendium import claims, csvfile, paths
    >>> from compendium.clean.distress import Distress
    >>> figures, stated = csvfile.read(paths.processed("default") / "distress.csv", Distress), claims.read()["T1-12"]
    >>> near = distances(figures, surveys(figures, stated, DesignEffects(1.0, 1.0, 1.0)), candidates(figures, stated), stated)
    >>> bool(near["distance"].abs().is_monotonic_increasing), bool((near["value"] - near["distance"] == stated.value).all())
    (True, True)
    """
    needed = surveyed[surveyed["quantity"] == "design_effect_needed"].set_index("estimate_id")
    rows = []
    for _, row in distress.iterrows():
        name = row["obs_id"].lower()
        candidate = f"candidate.{name}" in set(found["estimate_id"])
        key = f"design_effect_needed.{name}"
        if not candidate and not (key in needed.index and row["population_group"].startswith("cadres")):
            continue
        rows.append(
            {
                "construct": row["construct"],
                "survey": row["survey"],
                "group": row["population_group"],
                "year": year_of(row),
                "value": row["value"],
                "n": row["n"],
                "distance": row["value"] - stated.value,
                "design_effect": needed.at[key, "value"] if key in needed.index else None,
                "basis": basis(row),
                "candidate": candidate,
                "obs_id": row["obs_id"],
            }
        )
    table = pd.DataFrame(rows)
    return table.assign(_size=table["distance"].abs()).sort_values(["_size", "obs_id"], ignore_index=True).drop(columns="_size")


def waves(distress: pd.DataFrame) -> pd.DataFrame:
    """Where one further wave of each panel would fall; panels with fewer than three waves have none.

    One panel is one construct, survey, group and field: waves whose field changed are never one series.

    Raises:
        InputError: no panel has three waves.
    """
    rows = []
    for keys, panel in _panels(distress):
        construct, survey, group = keys[:3]
        for variant in ("level", "walk"):
            rows.append(
                estimates.row(
                    f"next_wave.{survey}.{construct}.{group}.{variant}",
                    STATEMENT,
                    "next_wave",
                    interval=prevalence.next_wave(list(panel["value"]), variant),
                    population=group,
                    definition=construct,
                    basis=f"{len(panel)} waves, {variant}",
                    year=f"{panel['year_last'].iloc[0]}-{panel['year_last'].iloc[-1]}",
                    unit="percent",
                    interval_kind="model",
                    level=f"{100 * CONFIDENCE:g}",
                    covers_en="prediction of one further wave "
                    + ("scattered around one level" if variant == "level" else "by a random walk from the last one"),
                    covers_fr="prévision d’une vague de plus, "
                    + ("dispersée autour d’un niveau" if variant == "level" else "par marche aléatoire depuis la dernière"),
                    method="next_wave",
                    obs_ids=" ".join(panel["obs_id"]),
                )
            )
    if not rows:
        raise InputError(f"distress: no panel has {prevalence.FEWEST_WAVES} waves")
    return estimates.table(rows)


def _panels(distress: pd.DataFrame) -> list[tuple[tuple[str, ...], pd.DataFrame]]:
    """The numbered waves of each panel in their order, where there are enough of them."""
    rows = shown(distress)
    rows = rows[(rows["use"] == "model") & rows["wave"].str.fullmatch(r"\d+") & (rows["survey"] == "empreinte_humaine")]
    rows = rows.assign(_order=rows["wave"].astype(int)).sort_values("_order")
    grouped = rows.groupby(["construct", "survey", "population_group", "field"])
    panels = [(keys, panel) for keys, panel in grouped if len(panel) >= prevalence.FEWEST_WAVES]
    return sorted(panels, key=lambda pair: (list(PANELS).index(pair[0][0]), pair[0]))


def managers_and_all(distress: pd.DataFrame, design_effect: float) -> pd.DataFrame:
    """Managers less all employees, wave by wave, and the base of managers from which they could be told apart.

    Args:
        design_effect: assumed.

    Raises:
        InputError: no wave gives both.
    """
    rows = []
    for wave, managers, everyone in _pairs(distress):
        common: dict[str, Any] = {
            "population": "managers less all employees",
            "definition": "distress",
            "basis": f"wave {wave}",
            "year": str(everyone["year_last"]),
            "obs_ids": f"{managers['obs_id']} {everyone['obs_id']}",
        }
        rows.append(
            estimates.row(
                f"managers.gap.wave_{wave}",
                STATEMENT,
                "gap",
                value=float(managers["value"] - everyone["value"]),
                interval=printed(managers) - printed(everyone),
                unit="points",
                method="difference_of_published",
                **common,
                **ROUNDING,
            )
        )
        if pd.notna(everyone["n"]):
            told = prevalence.base_that_tells(printed(managers), printed(everyone), int(everyone["n"]), design_effect)
            rows.append(
                estimates.row(
                    f"managers.base_that_tells.wave_{wave}",
                    STATEMENT,
                    "base_that_tells",
                    value=None if told is None else float(told),
                    unit="persons",
                    method="part_against_whole",
                    **common,
                )
            )
    if not rows:
        raise InputError("distress: no wave gives both managers and all employees")
    return estimates.table(rows)


def over_bases(distress: pd.DataFrame, bases: list[int], design_effect: float) -> pd.DataFrame:
    """Managers less all employees in each wave, for each base that managers might have.

    Args:
        distress: the tidy survey figures.
        bases: how many managers might have been asked, persons.
        design_effect: assumed.

    Returns:
        wave, year, managers, everyone, n, base, low, high (points); the waves whose base of all employees is published.

    >>> from compendium import csvfile, paths
    >>> from compendium.clean.distress import Distress
    >>> figures = csvfile.read(paths.processed("default") / "distress.csv", Distress)
    >>> gaps = over_bases(figures, [200, 800], design_effect=2.0)
    >>> widths = gaps.assign(width=gaps["high"] - gaps["low"]).pivot(index="wave", columns="base", values="width")
    >>> bool((widths[800] < widths[200]).all())  # the more managers were asked, the narrower
    True
    """
    rows = []
    for wave, managers, everyone in _pairs(distress):
        if pd.isna(everyone["n"]):
            continue
        for base in bases:
            gap = prevalence.part_against_whole(printed(managers), printed(everyone), base, int(everyone["n"]), design_effect)
            values = managers["value"], everyone["value"], int(everyone["n"])
            rows.append((wave, int(everyone["year_last"]), *values, base, gap.low, gap.high))
    return pd.DataFrame(rows, columns=["wave", "year", "managers", "everyone", "n", "base", "low", "high"])


def _pairs(distress: pd.DataFrame) -> list[tuple[str, pd.Series, pd.Series]]:
    """The waves that print distress both of managers and of all employees, in their order."""
    rows = shown(distress)
    rows = rows[(rows["construct"] == "distress") & (rows["survey"] == "empreinte_humaine") & (rows["use"] == "model")]
    groups = {group: part.set_index("wave") for group, part in rows.groupby("population_group")}
    if not {"managers", "employees"} <= set(groups):
        return []
    both = sorted(set(groups["managers"].index) & set(groups["employees"].index), key=int)
    return [(wave, groups["managers"].loc[wave], groups["employees"].loc[wave]) for wave in both]


def by_construct(distress: pd.DataFrame, stated: Stated, effects: tuple[float, float]) -> pd.DataFrame:
    """Each survey and group of each construct, to be drawn: the latest wave with its intervals, the earlier ones as values.

    Args:
        stated: the statement of the share, percent.
        effects: the two design effects whose intervals are drawn, the smaller first.

    Returns:
        construct, of_cadres (whether cadres, or a part of them, were asked), survey, group, year, value, n, latest, inner_low,
        inner_high, outer_low, outer_high (percent), inner_effect, outer_effect (the two design effects), stated.

    >>> from compendium import claims, csvfile, paths
    >>> from compendium.clean.distress import Distress
    >>> figures, stated = csvfile.read(paths.processed("default") / "distress.csv", Distress), claims.read()["T1-12"]
    >>> drawn = by_construct(figures, stated, (1.0, 2.0))
    >>> latest = drawn[drawn["latest"] & drawn["n"].notna()]  # the earlier waves, and those without a base, have no interval
    >>> bool((latest["outer_low"] < latest["inner_low"]).all()), bool((latest["inner_high"] < latest["outer_high"]).all())
    (True, True)
    """
    rows = []
    for construct in PANELS:
        of_cadres = any("cadres" in group for group in PANELS[construct])
        part = shown(distress)
        part = part[part["construct"] == construct]
        for group in PANELS[construct]:
            for survey, panel in part[part["population_group"] == group].groupby("survey", sort=False):
                numbered = panel.assign(_wave=pd.to_numeric(panel["wave"], errors="coerce"))
                order = numbered.sort_values(
                    ["year_first", "_wave"], na_position="first"
                )  # undated figures are never the latest
                for place, (_, row) in enumerate(order.iterrows()):
                    ends: list[float | None] = [None] * 4
                    latest = place == len(order) - 1
                    if latest and pd.notna(row["n"]):
                        inner, outer = (prevalence.survey_interval(printed(row), float(row["n"]), e) for e in effects)
                        ends = [inner.low, inner.high, outer.low, outer.high]
                    asked = construct, of_cadres, survey, group, year_of(row)
                    rows.append((*asked, row["value"], row["n"], latest, *ends, *effects, stated.value))
    names = ["construct", "of_cadres", "survey", "group", "year", "value", "n", "latest"]
    intervals = ["inner_low", "inner_high", "outer_low", "outer_high", "inner_effect", "outer_effect"]
    return pd.DataFrame(rows, columns=[*names, *intervals, "stated"])


def over_time(distress: pd.DataFrame, predicted: pd.DataFrame) -> pd.DataFrame:
    """The waves of each panel and the predictions of one more, to be drawn.

    Args:
        predicted: as `waves` gives.

    Returns:
        kind (wave, level, walk), construct, group, wave, fielded (year and part of it), value, low, high: percent.

    >>> from compendium import csvfile, paths
    >>> from compendium.clean.distress import Distress
    >>> figures = csvfile.read(paths.processed("default") / "distress.csv", Distress)
    >>> drawn = over_time(figures, waves(figures))
    >>> drawn["kind"].unique().tolist()
    ['wave', 'level', 'walk']
    >>> drawn[drawn["kind"] != "wave"].groupby(["construct", "group"]).size().unique().tolist()  # a panel has both predictions
    [2]
    """
    rows: list[tuple[Any, ...]] = []
    for keys, panel in _panels(distress):
        construct, survey, group = keys[:3]
        for _, row in panel.iterrows():
            rows.append(("wave", construct, group, row["wave"], when(row), row["value"], row["low"], row["high"]))
        for variant in ("level", "walk"):
            ahead = predicted.set_index("estimate_id").loc[f"next_wave.{survey}.{construct}.{group}.{variant}"]
            rows.append((variant, construct, group, "", None, None, ahead["low"], ahead["high"]))
    return pd.DataFrame(rows, columns=["kind", "construct", "group", "wave", "fielded", "value", "low", "high"])


def when(row: pd.Series) -> float:
    """When a wave was fielded, as a year and the part of it gone by the middle of its first month."""
    if pd.isna(row["fielded"]):
        return float(row["year_last"]) + 0.5
    year, month = str(row["fielded"]).split("/")[0].split("-")[:2]
    return int(year) + (int(month) - 0.5) / 12
