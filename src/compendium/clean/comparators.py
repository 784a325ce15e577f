"""Comparators: how the share of cadres moved elsewhere, in all employment, by sector, in banks, insurance, public service.

Five things are called cadre here, and their levels do not compare: ISCO groups 1 and 2, group 3 of the French nomenclature
(PCS), families of occupations (FAP), category A, and the status of a branch agreement. The column `concept` tells them
apart. A series is broken wherever the survey, the nomenclature, the grades or the field changed: a slope may be taken inside
one `segment` of one `comparator`, never across two.
"""

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from compendium import raw
from compendium.clean import tidy as base
from compendium.clean.tidy import Figure
from compendium.errors import InputError
from compendium.interval import Interval

LFS = "labour force survey"
GROUP = ["comparator", "year_first", "year_last"]  # the figures of one share

Figures = list[dict[str, Any]]  # rows of `Comparator`

# First words of a comparator -> concept, sampling, whether the self-employed are counted.
KINDS = {
    "ilostat": ("isco_1_2", LFS, "yes"),
    "eurostat_isco": ("isco_1_2", LFS, "yes"),
    "insee_pcs3": ("pcs_3", LFS, "yes"),
    "pcs3_employees": ("pcs_3", LFS, "no"),
    "pcs3_active": ("pcs_3", "not stated", "yes"),
    "census": ("pcs_3", "census", "yes"),
    "bfc_banks_insurance": ("pcs_3", "not stated", "not stated"),
    "social_classes": ("social_class", LFS, "yes"),
    "dares": ("fap", LFS, "no"),
    "dares_total": ("fap", LFS, "yes"),
    # Family Q2Z holds insurance agents and brokers who work for themselves (PCS 226a).
    "dares_Q": ("fap", LFS, "yes"),
    "dares_insurance_secu": ("fap", LFS, "yes"),
    "fap_bank": ("fap", "not stated", "not stated"),
    "public_service_a": ("category_a", "administrative", "no"),
    "banks_afb": ("branch_agreement", "employer returns", "no"),
    "insurance": ("branch_agreement", "employer returns", "no"),
    "mutuals": ("branch_agreement", "employer returns", "no"),
    "pole_emploi": ("branch_agreement", "employer returns", "no"),
    "agirc": ("agirc", "administrative", "no"),
    "apec": ("apec", "survey", "no"),
    "employment_estimates": ("none", "administrative", "not stated"),
}

# Dares families -> comparator, grade. In each of these comparators the grades make up the whole; L5Z and V4Z stand alone.
FAMILIES = {
    "q0z": ("dares_Q", "clerks"),
    "q1z": ("dares_Q", "technicians"),
    "q2z": ("dares_Q", "cadres"),
    "p0z": ("dares_P", "category_c"),
    "p1z": ("dares_P", "category_b"),
    "p2z": ("dares_P", "cadres"),
    # Clerks of banks and of insurance are one family: these two have no clerks.
    "q1z80": ("dares_bank", "technicians"),
    "q2z90": ("dares_bank", "cadres"),
    "q1z81": ("dares_insurance_secu", "technicians"),
    "q2z91": ("dares_insurance_secu", "cadres"),
    "l5z": ("dares_L5Z", "cadres"),
    "v4z": ("dares_V4Z", "social_work"),
    "q": ("dares_Q", "all"),
}

# series -> comparator, quantity, grade, for what the patterns below do not code.
SERIES = {
    "fap_total_employment": ("dares_total", "headcount", "all"),
    "fap_cadre_share_employment": ("dares_total", "share", "cadres"),
    "fap_p_cata_share": ("dares_P", "share", "cadres"),
    "fap_p_cata_share_strict": ("dares_P_strict", "share", "cadres"),
    "fap_insurance_secu_cadre_share_excl_clerks": ("dares_insurance_secu", "share", "cadres"),
    "cadre_share_employment_change": ("insee_pcs3", "share_change", "cadres"),
    "cadre_headcount_employment": ("insee_pcs3", "headcount", "cadres"),
    "insee_cadre_headcount": ("insee_pcs3", "headcount", "cadres"),
    "total_employment": ("insee_pcs3", "headcount", "all"),
    "intermediate_professions_share_employment": ("insee_pcs3", "share", "intermediate"),
    "employes_share_employment": ("insee_pcs3", "share", "clerks"),
    "women_share_among_cadres": ("insee_pcs3", "women_among_cadres", "cadres"),
    "women_share_among_cadres_fonction_publique": ("insee_pcs3_public_service", "women_among_cadres", "cadres"),
    "cadre_share_salaried_employment": ("pcs3_employees", "share", "cadres"),
    "cadre_headcount_salaried": ("pcs3_employees", "headcount", "cadres"),
    "cadre_share_active_population": ("pcs3_active", "share", "cadres"),
    "cadre_share_active_census": ("census_active", "share", "cadres"),
    "cadre_share_jobs_census": ("census_jobs", "share", "cadres"),
    "cadre_share_employed_grand_est": ("census_grand_est", "share", "cadres"),
    "social_class_upper_share_employment": ("social_classes", "share", "cadres"),
    "social_class_middle_share_employment": ("social_classes", "share", "middle"),
    "social_class_popular_share_employment": ("social_classes", "share", "popular"),
    "insurance_cadre_share": ("insurance", "share", "cadres"),
    "insurance_cadre_share_change": ("insurance", "share_change", "cadres"),
    "insurance_headcount": ("insurance", "headcount", "all"),
    "insurance_women_share_cadres": ("insurance", "women_among_cadres", "cadres"),
    "bank_cadre_share": ("banks_afb", "share", "cadres"),
    "bank_cadre_share_change": ("banks_afb", "share_change", "cadres"),
    "bank_cadre_headcount": ("banks_afb", "headcount", "cadres"),
    "bank_headcount_afb": ("banks_afb", "headcount", "all"),
    "bank_women_share_cadres": ("banks_afb", "women_among_cadres", "cadres"),
    "bank_cadre_occupation_headcount": ("fap_bank", "headcount", "cadres"),
    "bank_insurance_cadre_share_bfc": ("bfc_banks_insurance", "share", "cadres"),
    "public_service_catb_share": ("public_service_a", "share", "category_b"),
    "public_service_catc_share": ("public_service_a", "share", "category_c"),
    "public_service_headcount": ("public_service_a", "headcount", "all"),
    "mutuals_cadre_share": ("mutuals", "share", "cadres"),
    "mutuals_technician_share": ("mutuals", "share", "technicians"),
    "mutuals_employee_share": ("mutuals", "share", "clerks"),
    "pole_emploi_headcount": ("pole_emploi", "headcount", "all"),
    "agirc_contributors": ("agirc", "headcount", "cadres"),
    "agirc_cadre_headcount": ("agirc", "headcount", "cadres"),
    "arrco_contributors": ("agirc", "headcount", "all"),
    "agirc_share_of_arrco_contributors": ("agirc", "share", "cadres"),
    "apec_cadre_headcount": ("apec", "headcount", "cadres"),
    "apec_cadre_headcount_wide": ("apec_wide", "headcount", "cadres"),
    "apec_cadre_share_private_employees": ("apec", "share", "cadres"),
    "eurostat_isco_cadres": ("eurostat_isco", "headcount", "cadres"),
    "employees_total": ("employment_estimates", "employees", "all"),
    "total_employment_estimates": ("employment_estimates", "headcount", "all"),
}
NOT_CADRES = {"total": "all", "unclassified": "unclassified", "isco0": "armed_forces", "isco3": "isco_3", "isco4": "isco_4"}
ILOSTAT = re.compile(
    r"(?:employment_)?(isco\d+|unclassified|total)"
    r"(?:_managers|_professionals|_technicians|_clerks|_armed_forces|_ilo|_share(?:_employment)?)?"
    r"(_women|_sector_[kopq]|_of_isco12)?"
)
ILOSTAT_WHOLES = {None: "ilostat_total", "_of_isco12": "ilostat_total", "_women": "ilostat_total_women"}
DARES = re.compile(rf"fap_({'|'.join(FAMILIES)})_(employment|cadre_share)(?:_sector_(oz|kz))?")

# How a comparator and its quantity begin -> first year of each later segment, and what changed then. Dares has corrected
# the breaks of its own series.
BREAKS: dict[str, dict[int, str]] = {
    "ilostat": {
        1995: "group 1 no longer miscoded",
        2003: "continuous survey",
        2011: "ISCO-08",
        2013: "new questionnaire; sectors between two codings",
        2014: "overseas departments covered, new coding in force",
        2021: "new survey and code list",
    },
    # The long series is estimated anew for each edition: 1982-1995 are read in the edition of 2024, 2017-2019 in earlier ones.
    "insee_pcs3": {2017: "earlier editions of the series", 2021: "new survey, PCS 2020"},
    "pcs3_employees": {2021: "four groups of employees only"},
    # 2012 follows from the releases of 2024 and 2025, whose field is not said: FBF and AFB stand side by side in them.
    "banks_afb": {
        1994: "all AFB banks; before, a survey of some",
        2000: "technicians and cadres replace the former grades",
        2012: "field not said: FBF or AFB",
    },
    "banks_afb headcount": {2015: "some 2,000 staff acquired", 2023: "without apprentices", 2024: "with apprentices"},
    "insurance": {2007: "2.9 points in one year: reclassification or another field"},
    "insurance headcount": {},
    "public_service_a": {2019: "social workers of the FPT reclassified; nurses of the FPH before"},
    "public_service_a headcount": {2022: "level break announced by Insee"},
    "public_service_a_fpe": {},
    "public_service_a_fpt": {2019: "social workers reclassified"},
    # Nurses moved to category A over several years from 2010: there is no break-free pair between 2011 and 2022.
    "public_service_a_fph": {2012: "nurses reclassified"},
    "agirc headcount": {2016: "another way of counting"},
}

# The file with unclassified occupations begins in 2008. Where it has no such cell for a later year, none were left over:
# in sector O its groups then add up to the total within 400 persons.
CLASSIFIED_SINCE = {f"ilostat_{part}": 2008 for part in ("total", "K", "O", "P", "Q")}
SAME_FIGURE = ["quantity", "comparator", "grade", "year_first", "year_last", "unit"]


class Comparator(Figure):
    """The comparator figures: what is measured, of which series, by which concept of cadre."""

    quantity: Series[str] = pa.Field(description="headcount, share (of a grade in the whole), or the name of the raw series")
    comparator: Series[str] = pa.Field(description="stable code of the series to plot")
    concept: Series[str] = pa.Field(description="what cadre means: isco_1_2, pcs_3, fap, category_a, branch_agreement, ...")
    grade: Series[str] = pa.Field(description="which occupations: cadres, all, technicians, ...; not_applicable elsewhere")
    role: Series[str] = pa.Field(
        isin=["cadres", "rest", "all", "unclassified", "share", "other"],
        description="part in a share: numerator, other grades of the whole, denominator, left unclassified, the share",
    )
    window: Series[str] = pa.Field(isin=["year", "three_year_mean"], description="three-year means overlap: not independent")
    segment: Series[int] = pa.Field(ge=1, description="number of the break-free segment, from 1")
    segment_opens: Series[str] = pa.Field(description="what changed when the segment began")
    sampling: Series[str] = pa.Field(description="where the counts come from; low and high hold no sampling error")
    self_employed: Series[str] = pa.Field(isin=["yes", "no", "not stated"], description="whether the self-employed are counted")


class ComparatorShare(pa.DataFrameModel):
    """One share of cadres a row. The level depends on the concept; slopes inside a segment compare, with care."""

    comparator: Series[str] = pa.Field(description="stable code of the series to plot")
    concept: Series[str] = pa.Field(description="what cadre means")
    year: Series[int] = pa.Field(description="the year; the middle one of a three-year mean")
    share: Series[float] = pa.Field(ge=0, le=100, description="cadres in the whole, percent")
    low: Series[float] = pa.Field(description="lowest value that rounding leaves; no sampling error")
    high: Series[float] = pa.Field(description="highest value that rounding leaves; no sampling error")
    numerator: Series[float] = pa.Field(nullable=True, description="cadres, where both headcounts are published")
    denominator: Series[float] = pa.Field(nullable=True, description="the whole, where both headcounts are published")
    classified_only: Series[str] = pa.Field(isin=["yes", "no"], description="whether unclassified occupations are left out")
    window: Series[str] = pa.Field(description="year or three_year_mean")
    segment: Series[int] = pa.Field(ge=1, description="number of the break-free segment")
    segment_opens: Series[str] = pa.Field(description="what changed when the segment began")
    sampling: Series[str] = pa.Field(description="where the counts come from")
    self_employed: Series[str] = pa.Field(description="whether the self-employed are counted")
    use: Series[str] = pa.Field(isin=["model", "shown"], description="shown: rests on a rounded or undated figure")
    obs_ids: Series[str] = pa.Field(description="the raw rows")

    class Config:
        strict = True
        ordered = True
        coerce = True
        unique = ["comparator", "year", "classified_only"]  # noqa: RUF012


def code(series: str) -> tuple[str, str, str]:
    """Comparator, quantity and grade of a raw series.

    >>> code("employment_isco1_managers_sector_o")
    ('ilostat_O', 'headcount', 'isco_1')
    >>> code("isco12_share_employment")
    ('ilostat_total', 'share', 'cadres')
    >>> code("fap_q2z91_employment_sector_oz")
    ('dares_insurance_secu_sector_OZ', 'headcount', 'cadres')
    """
    if series in SERIES:
        return SERIES[series]
    if parts := ILOSTAT.fullmatch(series):
        return _ilostat(series, *parts.groups())
    if family := DARES.fullmatch(series):
        comparator, grade = FAMILIES[family[1]]
        sector = f"_sector_{family[3].upper()}" if family[3] else ""
        share = family[2] == "cadre_share"
        return comparator + sector, "share" if share else "headcount", "cadres" if share else grade
    if part := re.fullmatch(r"cadre_share_employment(_\w+)?", series):
        return f"insee_pcs3{part[1] or ''}", "share", "cadres"
    if jobs := re.fullmatch(r"(cadre_share|cadre_headcount|headcount)_jobs_sector_(\w+)", series):
        comparator = "census_jobs" if jobs[2] == "all" else f"census_jobs_{jobs[2]}"
        return comparator, jobs[1].removeprefix("cadre_"), "all" if jobs[1] == "headcount" else "cadres"
    if service := re.fullmatch(r"public_service_cata_share(_fp[eth])?(_change)?", series):
        return f"public_service_a{service[1] or ''}", f"share{service[2] or ''}", "cadres"
    return series.split("_")[0], series, "not_applicable"


def _ilostat(series: str, group: str, where: str | None) -> tuple[str, str, str]:
    """Comparator, quantity and grade of an ILOSTAT series: groups 1 and 2 are the cadres, in two headcounts and one share."""
    comparator = ILOSTAT_WHOLES.get(where) or f"ilostat_{str(where)[-1].upper()}"
    if where == "_of_isco12":
        return comparator, "share_of_isco_1_2", "isco_1"
    grade = "cadres" if group == "isco12" else NOT_CADRES.get(group, group.replace("isco", "isco_"))
    return comparator, "headcount" if series.startswith("employment_") else "share", grade


def role(comparator: str, quantity: str, grade: str) -> str:
    """Part that a figure plays in a share of cadres."""
    if quantity == "share" and grade == "cadres":
        return "share"
    if quantity != "headcount":
        return "other"
    if grade in ("cadres", "isco_1", "isco_2"):
        return "cadres"
    if grade in ("all", "unclassified"):
        return grade
    whole = comparator.startswith("dares") and grade != "social_work"
    return "rest" if whole else "other"


def segment(comparator: str, quantity: str, year: int) -> tuple[int, str]:
    """Number of the break-free segment that a year falls in, and what changed when it began.

    >>> segment("ilostat_O", "share", 2024)
    (7, 'new survey and code list')
    """
    breaks = BREAKS.get(longest_start(f"{comparator} {quantity}", BREAKS), {})
    passed = [start for start in sorted(breaks) if start <= year]
    return len(passed) + 1, breaks[passed[-1]] if passed else "start of the series"


def kind(comparator: str) -> tuple[str, str, str]:
    """Concept, sampling and self-employed of a comparator; raises InputError for one that KINDS does not describe."""
    known = longest_start(comparator, KINDS)
    if not known:
        raise InputError(f"the comparator '{comparator}' is not described: add it to KINDS of {__name__}")
    return KINDS[known]


def longest_start(text: str, names: Iterable[str]) -> str:
    """The longest of the names that the text begins with; empty where there is none."""
    return max((name for name in names if text.startswith(name)), key=len, default="")


def measure(observations: pd.DataFrame) -> pd.DataFrame:
    """Add quantity, comparator, concept, grade, role, window, segment, sampling and self_employed."""
    rows = []
    for series, source, year in observations[["series", "source_id", "year_last"]].itertuples(index=False):
        comparator, quantity, grade = code(series)
        concept, sampling, self_employed = kind(comparator)
        number, opens = segment(comparator, quantity, year)
        window = "three_year_mean" if source == "dares_psm" else "year"
        part = role(comparator, quantity, grade)
        rows.append((quantity, comparator, concept, grade, part, window, number, opens, sampling, self_employed))
    added = list(Comparator.to_schema().columns)[-len(rows[0]) :]
    return observations.drop(columns="definition").join(pd.DataFrame(rows, columns=added, index=observations.index))


def tidy(tables: raw.Tables) -> pd.DataFrame:
    """All comparator figures, tidy, schema `Comparator`; raises InputError for a derived figure its parents do not give.

    Args:
        tables: of the topic, `raw.read("comparators")`.

    Returns:
        one row a figure, with the interval that its printed digits leave.

    >>> figures = tidy(raw.read("comparators"))
    >>> [name for name in figures if name not in Figure.to_schema().columns][:5]
    ['quantity', 'comparator', 'concept', 'grade', 'role']
    >>> set(figures.loc[figures["role"] == "share", "quantity"])
    {'share'}
    """
    return base.tidy(tables, Comparator, measure, SAME_FIGURE)


def contradictions(comparators: pd.DataFrame) -> pd.DataFrame:
    """The comparator figures that contradict another of the same thing, and which was chosen.

    Args:
        comparators: as `tidy` gives.

    Returns:
        one row a figure: the columns of `SAME_FIGURE`, obs_id, value, kind, source_id, group, chosen (an obs_id), is_chosen,
        rule (why the chosen one is).

    >>> from compendium import csvfile, paths
    >>> found = contradictions(csvfile.read(paths.processed("default") / "comparators.csv", Comparator))
    >>> found.groupby("chosen")[SAME_FIGURE].nunique().max().tolist()  # rivals agree in all that says what is counted
    [1, 1, 1, 1, 1, 1]
    """
    return base.contradictions(comparators, SAME_FIGURE)


def shares(comparators: pd.DataFrame) -> pd.DataFrame:
    """The shares of cadres to plot and to model, schema `ComparatorShare`.

    A share is the published one where there is one, else the ratio of its headcounts. ILOSTAT shares come twice: over all
    employment, and over classified employment. The unclassified jump in 2021 and fall after it, which pushes the first kind
    down in 2021 and makes its slope too steep: take the second.

    Args:
        comparators: as `tidy` gives.

    Returns:
        one row a comparator, year and kind of share; share, low and high in percent.

    >>> from compendium import csvfile, paths
    >>> figures = csvfile.read(paths.processed("default") / "comparators.csv", Comparator)
    >>> found = shares(figures[figures["comparator"] == "ilostat_O"])
    >>> found["classified_only"].unique().tolist()  # over all employment, and over classified employment
    ['no', 'yes']
    >>> bool(found["share"].between(found["low"], found["high"]).all())  # percent
    True
    """
    usable = comparators[comparators["use"].isin(["model", "shown"]) & (comparators["role"] != "other")]
    groups: dict[tuple[Any, ...], Figures] = {}
    for figure in usable.sort_values(GROUP, kind="stable").to_dict("records"):  # a group in pandas takes ten times as long
        groups.setdefault(tuple(figure[column] for column in GROUP), []).append(figure)
    rows = []
    for (comparator, _, year), figures in groups.items():
        published = [figure for figure in figures if figure["role"] == "share"]
        counted = counts(figures)
        if published:
            known = Interval(published[0]["low"], published[0]["high"])
            rows.append(_share([*published, *counted], published[0]["value"], known, "no"))
        elif counted:
            rows.append(_share(counted, *_ratio(counted), "no"))
        if counted and comparator in CLASSIFIED_SINCE and year >= CLASSIFIED_SINCE[comparator]:
            left = [*counted, *(figure for figure in figures if figure["role"] == "unclassified")]
            rows.append(_share(left, *_ratio(left), "yes"))
    return ComparatorShare.validate(pd.DataFrame(rows)[list(ComparatorShare.to_schema().columns)])


def counts(figures: Figures) -> Figures:
    """The headcounts that make a share: the cadres and the whole, or the cadres and the rest; none where a part is missing."""
    by_role = {role: [figure for figure in figures if figure["role"] == role] for role in ("cadres", "all", "rest")}
    expected = {"isco_1", "isco_2"} if any(figure["concept"] == "isco_1_2" for figure in figures) else {"cadres"}
    rest = by_role["all"] or by_role["rest"]
    complete = {figure["grade"] for figure in by_role["cadres"]} == expected and rest
    return [*by_role["cadres"], *rest] if complete else []


def _sums(counted: Figures, column: str) -> tuple[float, float]:
    """Cadres, and the whole without the unclassified."""
    by_role: dict[str, float] = {}
    for figure in counted:
        by_role[figure["role"]] = by_role.get(figure["role"], 0.0) + figure[column]
    whole = by_role["all"] if "all" in by_role else by_role["cadres"] + by_role["rest"]
    return by_role["cadres"], whole - by_role.get("unclassified", 0.0)


def _ratio(counted: Figures) -> tuple[float, Interval]:
    """Share of the cadres, and the interval that the rounding of the headcounts leaves."""
    cadres, whole = _sums(counted, "value")
    (cadres_low, whole_low), (cadres_high, whole_high) = _sums(counted, "low"), _sums(counted, "high")
    return 100 * cadres / whole, Interval(100 * cadres_low / whole_high, 100 * cadres_high / whole_low)


def _share(figures: Figures, value: float, known: Interval, classified_only: str) -> dict[str, object]:
    """One row of `ComparatorShare`; the first figure says what all of them measure."""
    first = figures[0]
    counted = [figure for figure in figures if figure["role"] != "share"]
    numerator, denominator = _sums(counted, "value") if counted else (None, None)
    uses = [first["use"]] if first["role"] == "share" else [figure["use"] for figure in figures]
    same = ["comparator", "concept", "window", "segment", "segment_opens", "sampling", "self_employed"]
    return {
        **{column: first[column] for column in same},
        "year": (first["year_first"] + first["year_last"]) // 2,
        "share": value,
        "low": known.low,
        "high": known.high,
        "numerator": numerator,
        "denominator": denominator,
        "classified_only": classified_only,
        "use": "shown" if "shown" in uses else "model",
        "obs_ids": " ".join(sorted(figure["obs_id"] for figure in figures)),
    }
