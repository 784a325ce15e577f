"""Distress, stress, burn-out and absence: what was asked, by which survey and wave, of whom, with which base.

Distress is not one quantity: the same country in the same years has 8 to 50 percent of it, by scale and wording alone. The
construct, the survey, the wave and the group are columns here, so that no model can put two constructs on one axis unawares.
"""

import re

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from compendium import raw
from compendium.clean import tidy as base
from compendium.clean.tidy import Figure

# Start of `series` -> construct, survey; what follows the start names the group. An empty survey is the source's own.
CONSTRUCTS = {
    "distress_survey_n": ("sample_size", "empreinte_humaine"),
    "distress_prevalence": ("distress", "empreinte_humaine"),
    "distress_prevalence_cadres": ("distress_question_not_stated", "empreinte_humaine"),
    "high_distress_prevalence": ("high_distress", "empreinte_humaine"),
    "high_distress_misquote": ("misquoted", ""),
    "burnout_risk": ("burnout_risk", "empreinte_humaine"),
    "severe_burnout": ("severe_burnout", "empreinte_humaine"),
    "severe_burnout_persons": ("severe_burnout_persons", "empreinte_humaine"),
    "depression_risk": ("depression_risk", "empreinte_humaine"),
    "depression_risk_women": ("depression_risk_lower_threshold", "empreinte_humaine"),
    "depression_risk_men": ("depression_risk_lower_threshold", "empreinte_humaine"),
    "apec_survey_n": ("sample_size", "apec"),
    "apec_intense_stress": ("intense_stress", "apec"),
    "apec_unmanageable_load": ("unmanageable_load", "apec"),
    "apec_burnout_feeling": ("feeling_of_exhaustion", "apec"),
    "apec_mental_health_worse_2y": ("mental_health_worse_in_two_years", "apec"),
    "apec_leave_for_exhaustion": ("leave_for_exhaustion", "apec"),
    "apec_low_mood": ("low_mood", "apec"),
    "apec_too_many_things": ("too_many_things", "apec"),
    "cadres_frequent_distress_sign": ("frequent_distress_sign", "apec"),
    "often_under_pressure": ("under_pressure", "apec"),
    "qualisocial_survey_n": ("sample_size", ""),
    "poor_mental_health": ("poor_mental_health_self_rated", ""),
    "secu_bsi_n": ("sample_size", "bsi"),
    "secu_bsi_participation": ("response_rate", "bsi"),
    "secu_bsi_satisfaction": ("satisfaction", "bsi"),
    "secu_bsi_pride": ("pride", "bsi"),
    "mcp_n": ("sample_size", "mcp"),
    "mcp_distress": ("distress_notified_by_physicians", "mcp"),
    "mcp_or_cadres_vs_ouvriers": ("odds_of_notified_distress", "mcp"),
    "ede_n": ("sample_size", ""),
    "ede": ("depressive_episode_in_12_months", ""),
    "ghq28_n": ("sample_size", ""),
    "ghq28": ("distress_ghq28", ""),
    "coviprev_anxiety": ("anxiety_coviprev", "coviprev"),
    "coviprev_depression": ("depression_coviprev", "coviprev"),
    "epicov_anxiety": ("anxiety_epicov", ""),
    "epicov_depression_mild_plus": ("depression_mild_or_worse", ""),
    "epicov_depression_mild_moderate": ("depression_mild_or_moderate", ""),
    "epicov_need_help": ("need_of_help", ""),
    "who5_depressive": ("depressive_symptoms_who5", ""),
    "drees_under_pressure_often": ("under_pressure_tracov", ""),
    "drees_too_many_things": ("too_many_things_tracov", ""),
    "drees_moved_emotionally": ("moved_emotionally", ""),
    "drees_painful_movements": ("painful_movements", ""),
    "drees_want_change_job": ("want_change_job", ""),
    "hyperstress": ("hyperstress", ""),
    "high_depressive": ("high_depressive", ""),
    "high_anxiety": ("high_anxiety", ""),
    "cfecgc_cadre_stress_score": ("stress_score", ""),
    "cegos_regular_stress": ("regular_stress", ""),
    "cegos_serious_problem": ("serious_psychological_problem", ""),
    "mh_sick_leave_share": ("absent_once_in_12_months", ""),
    "mh_stressed": ("stressed", ""),
    "mh_psych_share_long_stops": ("psychological_share_of_long_stops", ""),
    "mh_psych_share_all_stops": ("psychological_share_of_stops", ""),
    "mh_psych_health_less_favourable": ("psychological_health_less_favourable", ""),
    "indeed_mental_health_degraded": ("mental_health_degraded", ""),
    "axa_absenteeism": ("absence_rate", ""),
    "axa_absenteeism_cadres_change": ("absence_rate_change", ""),
    "axa_psych_share_long_stops": ("psychological_share_of_long_stops", ""),
    "wtw_absenteeism": ("absence_rate", ""),
    "ayming_absenteeism": ("absence_rate", ""),
    "ayming_at_least_one_absence": ("absent_once_in_12_months", ""),
    "dares_absence": ("absent_in_a_week", ""),
    "sick_days": ("sick_days", ""),
    "chorum_absenteeism": ("absence_rate", ""),
    "chorum_turnover": ("turnover", ""),
    "chorum_qvt_n": ("sample_size", ""),
    "chorum_qvt_score": ("quality_of_life_at_work_score", ""),
    "chorum_qvt_satisfied": ("satisfied_with_work", ""),
    "chorum_qvt_degraded": ("conditions_got_worse", ""),
    "ehpad_directors_exhaustion": ("exhausted", ""),
    "esms_absenteeism": ("absence_rate_all_causes", "esms_dashboard"),
    "ehpad_absenteeism": ("absence_rate_all_causes_nursing_homes", "esms_dashboard"),
    "atmp_frequency": ("work_accidents_per_1000", ""),
    "territorial_n": ("sample_size", ""),
    "territorial_exhausted_weekly": ("exhausted_weekly", ""),
    "territorial_load_too_high": ("load_too_high", ""),
    "territorial_degraded_wellbeing": ("degraded_wellbeing", ""),
    "state_agents_exhaustion_top_concern": ("exhaustion_top_concern", ""),
}
# Figures looked at as the possible origin of a stated 36 %: what they are.
CANDIDATES = {
    "DI0184": ("frequent_distress_sign", "apec", "cadres_under35"),
    "DI0185": ("possible_burnout_ever", "cadremploi", "cadres"),
    "DI0186": ("depression_risk", "empreinte_humaine", "employees"),
    "DI0187": ("depression_risk", "empreinte_humaine", "employees"),
    "DI0188": ("high_distress", "empreinte_humaine", "managers_of_managers"),
    "DI0189": ("ever_stopped_work_for_mental_health", "moka", "employees"),
    "DI0190": ("anxiety_self_reported", "mgefi", "public_agents"),
    "DI0191": ("burnout_in_12_months", "adecco", "employees_of_the_world"),
    "DI0192": ("psychological_share_of_long_stops", "wtw", "all"),
}
# Four populations that are not one: cadre (a status), manager (the pollster's word, cadre or not), cadre with a team, director.
GROUPS = {"cadre_managers": "cadres_with_team", "cadre_non_managers": "cadres_without_team"}
# Whom a series asks that names no group; all stands for everyone in the field of its survey.
WHOLE_GROUPS = {
    "distress_survey_n": "employees",
    "severe_burnout_persons": "employees",
    "distress_prevalence_cadres": "cadres",
    "depression_risk_women": "women",
    "depression_risk_men": "men",
    "ede_n": "employed",
    "cfecgc_cadre_stress_score": "cadres",
    "axa_absenteeism_cadres_change": "cadres",
    "ehpad_directors_exhaustion": "directors",
}
EXACT_GROUPS = {
    "DI0141": "employees",  # before the first wave; where this baseline comes from is not stated
    "DI0145": "managers",
    "DI0050": "non_cadres",  # the series says non-managers; the relay read contrasts managers with non-cadres
    "DI0082": "under30",
    "DI0085": "18_29",
    "DI0389": "health",  # this edition names health alone, the one before health and social
    "DI0390": "health",
}
EXACT_WAVES = {
    "DI0145": "4",  # wave 4 dated to the time of wave 5 by the outlet
    "DI0186": "6",
    "DI0187": "7",
    "DI0188": "1",
    "DI0301": "1",
    "DI0302": "2",
}
FREQUENCIES = {
    "intense_stress": "at_least_occasionally",
    "frequent_distress_sign": "frequently",
    "under_pressure": "often",
    "regular_stress": "regularly",
    "exhausted_weekly": "weekly",
}
# Only what the rows and their sources say of the sampling; not_stated for the rest, public statistics included.
SAMPLES = {
    "empreinte_humaine": "quota_panel",
    "apec": "quota_panel",
    "stimulus_2017": "clients",
    "axa": "clients",
    "wtw": "clients",
    "chorum_abs": "clients",
    "moodwork": "volunteers",
    "consult_2023": "volunteers",
    "cadremploi": "volunteers",
    "mcp": "seen_by_physicians",
    "samotrace": "seen_by_physicians",
    "bsi": "all_staff_asked",
}
# The field of Apec narrows between its surveys.
FIELDS = {
    "2022-08": "private_cadres_with_jobseekers",
    "2023-09": "private_cadres",
    "2025-06": "private_cadres_in_employment",
}
# Survey, wave, group -> the row that prints how many were asked.
BASES = {
    ("empreinte_humaine", "1", "employees"): "DI0001",
    ("empreinte_humaine", "5", "employees"): "DI0003",
    ("empreinte_humaine", "6", "employees"): "DI0004",
    ("empreinte_humaine", "7", "employees"): "DI0005",
    ("empreinte_humaine", "9", "employees"): "DI0006",
    ("empreinte_humaine", "11", "employees"): "DI0007",
    ("empreinte_humaine", "14", "employees"): "DI0008",
    ("empreinte_humaine", "15", "employees"): "DI0009",
    ("apec", "2022-08", "cadres"): "DI0146",
    ("apec", "2023-09", "cadres"): "DI0147",
    ("apec", "2025-06", "cadres"): "DI0148",
    ("qualisocial", "2024-12-03/2024-12-09", "all"): "DI0370",
    ("deniker_2018", "2018-03", "all"): "DI0238",
    ("bs2017", "2017", "employed"): "DI0227",
    ("chorum_qvt", "2013", "employees"): "DI0497",
    ("chorum_qvt", "2013", "directors"): "DI0498",
    ("moodwork", "2024-04-04/2024-06-03", "all"): "DI0513",
    ("moodwork", "2025-06/2025-08", "all"): "DI0514",
}
# Rows whose own text prints the base of their own group, and where in it.
BASES_IN_TEXT = {
    r"n=(\d+)": (
        "DI0185 DI0189 DI0228 DI0329 DI0335 DI0338 DI0341 DI0346 DI0350 DI0352 DI0358 DI0360 DI0361 DI0374 DI0381 DI0416 DI0504"
    ),
    r"(\d+) managers": "DI0353",
    r"n=\d+ and (\d+)": "DI0359",
    r"(\d+) hospital respondents": "DI0304 DI0306 DI0308 DI0310",
}
FRACTION = r"\b(?:a|one) (?:third|quarter)\b|\bone in ten\b|\bover half\b"
SAME_FIGURE = ["construct", "survey", "wave", "population_group", "year_first", "year_last", "unit"]


class Distress(Figure):
    """The survey figures: construct, survey, wave, group, wording, sample and base.

    What stays in doubt: no page names the scale of Empreinte Humaine; the base of a subgroup is unpublished almost
    everywhere, and `n` is then empty; the years of Malakoff Humanis drift between edition and reference year.
    """

    construct: Series[str] = pa.Field(description="what is measured; two constructs never share an axis")
    survey: Series[str] = pa.Field(description="the survey, observatory or statistic")
    wave: Series[str] = pa.Field(description="number of the wave, else when it was fielded, else edition, else year")
    fielded: Series[str] = pa.Field(nullable=True, description="when people were asked, if printed")
    year_is: Series[str] = pa.Field(
        isin=["fielded", "as_printed", "edition", "assumed", "not_stated"], description="what the year stands for"
    )
    population_group: Series[str] = pa.Field(description="who answered: managers, cadres and directors stay apart")
    field: Series[str] = pa.Field(description="which cadres Apec asked; as_published elsewhere")
    frequency: Series[str] = pa.Field(description="how often, by the wording: a frequent sign is not an occasional one")
    wording: Series[str] = pa.Field(nullable=True, description="question or definition, as kept from the source")
    sample: Series[str] = pa.Field(isin=[*sorted(set(SAMPLES.values())), "not_stated"], description="how people were drawn")
    n: Series[pd.Int64Dtype] = pa.Field(nullable=True, gt=0, description="published base of the group; empty if unpublished")
    n_from: Series[str] = pa.Field(nullable=True, description="the row that prints n, or own text")
    fraction: Series[bool] = pa.Field(description="printed as a fraction in words: the digits carry no precision")
    candidate: Series[bool] = pa.Field(description="looked at as the possible origin of a stated 36 %")


def concept(obs_id: str, series: str, source_id: str) -> tuple[str, str, str]:
    """Construct, survey and group of a row.

    >>> concept("DI0040", "distress_prevalence_managers", "eh_madamefigaro_w4")
    ('distress', 'empreinte_humaine', 'managers')
    >>> concept("DI0177", "apec_intense_stress_cadre_managers", "apec_2025")
    ('intense_stress', 'apec', 'cadres_with_team')
    """
    if obs_id in CANDIDATES:
        return CANDIDATES[obs_id]
    starts = [start for start in CONSTRUCTS if series == start or series.startswith(start + "_")]
    if not starts:
        return series, source_id, "all"
    start = max(starts, key=len)
    construct, survey = CONSTRUCTS[start]
    rest = series.removeprefix(start).lstrip("_")
    group = EXACT_GROUPS.get(obs_id) or GROUPS.get(rest, rest) or WHOLE_GROUPS.get(start, "all")
    if survey == "apec" and "cadres" not in group:
        group = "cadres" if group == "all" else f"cadres_{group}"
    return construct, survey or source_id, group


def wave(row: pd.Series) -> str:
    """The wave by its number, else when it was fielded, else the edition, else the year or years."""
    if row["obs_id"] in EXACT_WAVES:
        return EXACT_WAVES[row["obs_id"]]
    if numbered := re.search(r"(?:EH|CoviPrev) wave (\d+)", row["note"]):
        return numbered[1]
    if pd.notna(row["period"]):
        return row["period"]
    if edition := _edition(row):
        return f"edition {edition}"
    if pd.isna(row["year_last"]):
        return "not_stated"
    return "-".join(str(year) for year in sorted({row["year_first"], row["year_last"]}))


def year_is(row: pd.Series) -> str:
    """What the year of a row stands for."""
    note = row["note"]
    if pd.isna(row["year_last"]):
        return "not_stated"
    if pd.notna(row["period"]):
        return "fielded"
    edition = _edition(row)
    if "reference year" in note or not edition:
        return "as_printed"
    return "edition" if edition == row["year_last"] and "assumed" not in note else "assumed"


def _edition(row: pd.Series) -> int | None:
    found = re.search(r"edition (\d{4})|(\d{4}) edition", row["note"])
    return int(found[1] or found[2]) if found else None


def published_bases(frame: pd.DataFrame) -> pd.DataFrame:
    """How many the group of each row counts, where published, and where that is printed: columns n, n_from."""
    printed = frame.set_index("obs_id")["value"]
    patterns = {obs_id: pattern for pattern, rows in BASES_IN_TEXT.items() for obs_id in rows.split()}
    found: list[tuple[int | None, str]] = []
    for _, row in frame.iterrows():
        source = BASES.get((row["survey"], row["wave"], row["population_group"]), "")
        if row["obs_id"] in patterns:
            text = " ".join(str(row[column]) for column in ("population", "wording", "note"))
            match = re.search(patterns[row["obs_id"]], text)
            assert match, f"{row['obs_id']}: its text prints no base"
            found.append((int(match[1]), "own text"))
        elif source in printed.index and row["unit"] in ("percent", "points") and row["construct"] != "response_rate":
            found.append((int(printed[source]), source))
        else:
            found.append((None, ""))
    return pd.DataFrame(found, columns=["n", "n_from"], index=frame.index).astype({"n": "Int64"})


def measure(observations: pd.DataFrame) -> pd.DataFrame:
    """Add construct, survey, wave, group, wording, sample and base."""
    concepts = [concept(*row) for row in observations[["obs_id", "series", "source_id"]].itertuples(index=False)]
    coded = pd.DataFrame(concepts, columns=["construct", "survey", "population_group"], index=observations.index)
    frame = observations.rename(columns={"definition": "wording"}).fillna({"note": ""}).join(coded)
    text = frame["wording"].fillna("") + " " + frame["note"]
    frame = frame.assign(
        fielded=frame["period"],
        wave=frame.apply(wave, axis=1),
        year_is=frame.apply(year_is, axis=1),
        frequency=frame["construct"].map(FREQUENCIES).fillna("not_stated"),
        sample=frame["survey"].map(SAMPLES).fillna("not_stated"),
        fraction=text.str.contains(FRACTION),
        candidate=frame["obs_id"].isin(CANDIDATES),
    )
    frame["field"] = frame["wave"].map(FIELDS).where(frame["survey"] == "apec").fillna("as_published")
    return frame.join(published_bases(frame))


def tidy(tables: raw.Tables) -> pd.DataFrame:
    """All figures of the topic, tidy, schema `Distress`; raises InputError for a derived figure its parents do not give.

    Args:
        tables: of the topic, `raw.read("distress")`.

    Returns:
        one row a figure, with the interval that its printed digits leave.

    >>> figures = tidy(raw.read("distress"))
    >>> [name for name in figures if name not in Figure.to_schema().columns][:3]
    ['construct', 'survey', 'wave']
    >>> bool(figures["n"].dropna().gt(0).all())  # empty where no base is published
    True
    """
    return base.tidy(tables, Distress, measure, SAME_FIGURE)


def contradictions(distress: pd.DataFrame) -> pd.DataFrame:
    """The survey figures that contradict another of the same thing, and which was chosen.

    Args:
        distress: as `tidy` gives.

    Returns:
        one row a figure: the columns of `SAME_FIGURE`, obs_id, value, kind, source_id, group, chosen (an obs_id), is_chosen,
        rule (why the chosen one is).

    >>> from compendium import csvfile, paths
    >>> found = contradictions(csvfile.read(paths.processed("default") / "distress.csv", Distress))
    >>> bool((found.groupby("chosen")["is_chosen"].sum() == 1).all())  # one is preferred, whatever the number of rivals
    True
    """
    return base.contradictions(distress, SAME_FIGURE)
