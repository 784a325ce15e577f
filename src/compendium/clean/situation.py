"""The situation of cadres in France, and what surrounds it: pay, unemployment, contracts, hours, structure, censuses, flows.

A share of cadres among jobs, among active persons and among the employed are three shares; a rate of insecure contracts
with apprentices and one without are two rates. Quantity, occupation, concept, perimeter and edition are columns here.
"""

import re

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from compendium import raw
from compendium.clean import tidy as base
from compendium.clean.tidy import Figure

# Start of `series` -> quantity; what follows the start names the occupation and the sex.
QUANTITIES = {
    "unemployment_rate": "unemployment_rate",
    "unemployed": "unemployed",
    "net_wage_fte": "net_wage",
    "net_wage_fte_median": "net_wage_median",
    "net_wage_fte_real_change": "net_wage_change",
    "net_wage_fte_real_change_annual_2016_2021": "net_wage_change_a_year",
    "gross_wage_fte": "gross_wage",
    "agirc_gross_wage_fte": "gross_wage",
    "apec_median_gross_pay": "gross_pay_median_a_year",
    "share_fte_private": "share_of_employment",
    "annual_hours_fulltime": "hours_a_year",
    "weekly_hours_fulltime": "hours_a_week",
    "weekly_hours": "hours_a_week_part_time_too",
    "weekly_hours_forfait_jours": "hours_a_week_day_contracts",
    "weekly_hours_gap": "gap_in_hours_a_week",
    "annual_hours_gap": "gap_in_hours_a_year",
    "pcs_share_employment": "share_of_employment",
    "pcs_employment": "employment",
    "cadre_headcount_employment": "employment",
    "census_active": "active_persons",
    "active_cadres_census": "active_persons",
    "active_cadres_census_change": "active_persons_change",
    "census_cadre_share_active_derived": "cadre_share",
    "cadre_share_jobs_census": "cadre_share",
    "composition_of_pcs3": "share_of_cadres",
    "insecure_job_share": "insecure_contract_share",
    "insecure_jobs_count": "insecure_contracts",
    "cdi_share": "permanent_contract_share",
    "share_employment": "share_by_contract",
    "higher_diploma_share": "higher_diploma_share",
    "regular_telework_share": "regular_telework_share",
    "cadre_share_change": "cadre_share_change",
    "women_share": "women_share",
    "women_share_among_cadres": "women_share",
    "directors_women_share": "women_share",
    "absence_rate_apicil": "absence_rate",
}
SINGLE_OCCUPATIONS = {
    "cadre_headcount_employment": "cadres",
    "active_cadres_census": "cadres",
    "active_cadres_census_change": "cadres",
    "census_cadre_share_active_derived": "cadres",
    "cadre_share_jobs_census": "cadres",
    "women_share_among_cadres": "cadres",
    "directors_women_share": "directors",
}
SEXES = ("women", "men")
# The population of a rate of unemployment, or the concept of employment. By source; the exceptions stand below.
CONCEPTS_BY_SOURCE = {
    "insee_ecrt2023_chomage": "active_having_worked",
    "insee_natasf03362": "active",
    "latribune_828169": "as_quoted",
    "latribune_840181": "as_quoted",
    "infosocialrh_492477": "as_quoted",
    "insee_ecrt2020_pse": "employed",
    "insee_ecrt2023_pse": "employed",
    "insee_focus324_full": "employed",
    "insee_focus205_page": "employed",
    "cfecgc_fs_2020": "employed",
    "insee_ecrt2024_statuts": "employed",
    "insee_rp2020_pop6": "census_active",
    "lyon2_collet_2010": "census_active",
    "ai_training_lyon_2026": "census_jobs",
    "obssoc_precaires_2013": "without_apprentices",
    "obssoc_precaires_2018": "with_apprentices_and_subsidised",
    "inegalites_precaires_2019": "with_apprentices",
    "insee_ip1066": "effective_without_teachers",
    "jdn_2010_hours": "declared_without_teachers",
    "senat_r97_096": "usual_without_teachers",
    "insee_ip545": "usual",
    "drees_form2021": "all_routes_to_a_diploma",
    "lesprospe_2024": "without_validated_experience",
    "drees_er_2015form": "14_diplomas",
    "agircarrco_salaires_2014": "cadre_scheme",
    "cnews_20241030": "with_salaried_business_heads",
    "insee_ecrt2023_salaires": "footnote_on_business_heads_not_read",
    "insee_ecrt2024_salaires": "footnote_on_business_heads_not_read",
}
CONCEPTS_BY_QUANTITY = {"hours_a_week": "usual", "hours_a_year": "effective"}
# All active persons, whether they have worked or not: not the population of the rates by occupation beside them.
ALL_ACTIVE = ("CX0042", "CX0043", "CX0044", "CX0045")
PERIMETERS = {
    "insee_ecrt2023_salaires": "private_sector",
    "insee_ecrt2024_salaires": "private_sector",
    "insee_ip1971": "private_sector",
    "insee_ip2020": "private_sector",
    "cnews_20241030": "private_sector",
    "agircarrco_salaires_2014": "private_sector",
    "snfocos_egalite_2021": "regime_general",
    "ucanss_leadership_2024": "regime_general",
    "snpdos_parite": "regime_general",
    "cftc_interessement_2025": "regime_general",
    "snfocos_teletravail_2020": "branch",
    "handirect_2017": "regime_general",
    "snpdoss_add_2023": "regime_general",
    "snpdoss_cc_2021b": "regime_general",
    "oema_salaries_2018": "insurance",
    "oema_salaries_2017": "insurance",
    "oema_general_2022": "insurance",
    "oema_roma2016": "insurance",
    "miroir_roma2008": "insurance",
    "fobnpp_2019": "banks_afb",
    "fbf_2017_hires": "banks_afb",
    "agefi_2019_full": "banks_afb",
    "cbanque_2021": "banks_fbf",
    "directions_unifaf2012": "unifaf_members_growing",
    "comparateur_apec_2025": "private_cadres",
    "courrierstrateges_2025": "private_cadres",
    "emergences_apec_2025": "private_cadres",
    "apicil_2023": "insured_firms",
    "drees_form2021": "social_work_training",
    "lesprospe_2024": "social_work_training",
    "drees_er_2015form": "social_work_training",
}
EXACT_PERIMETERS = {
    "CX0075": "private_cadres",
    "CX0277": "banks_fbf",
    "CX0306": "recouvrement",
    "CX0307": "recouvrement",
    "CX0312": "maladie",
    "CX0313": "retraite",
    "CX0314": "famille",
    "CX0327": "private_cadres",
}
# Editions of one publication print other levels for the same year.
EDITIONS = {
    "insee_ecrt2020_pse": "2020",
    "insee_ecrt2023_chomage": "2023",
    "insee_ecrt2023_pse": "2023",
    "insee_ecrt2023_salaires": "2023",
    "insee_ecrt2024_salaires": "2024",
    "insee_ecrt2024_duree": "2024",
    "insee_ecrt2024_statuts": "2024",
    "insee_focus324_full": "2024",
    "insee_focus205_page": "2020",
}
# What a note says of the last digit that is printed -> the step of the printed value.
STEPS = {"published in thousands": 1000.0, "rounded to 10 EUR": 10.0}
# Growth of graduates from 2020 starts at a trough or a rebound of the pandemic: never a base year.
REBOUND_YEAR = 2020
SAME_FIGURE = [
    "quantity",
    "occupation",
    "sex",
    "concept",
    "perimeter",
    "geography",
    "edition",
    "year_first",
    "year_last",
    "unit",
]


class Situation(Figure):
    """The figures of context: quantity, occupation, sex, concept, perimeter, edition.

    What stays in doubt: the grids and contracts behind the change of the cadre share of the Sécurité sociale by sex are not
    stated, and the two sexes bound the total only at a constant mix; figures of the press quote series revised later.
    """

    quantity: Series[str] = pa.Field(description="what is measured")
    occupation: Series[str] = pa.Field(description="socio-professional group or part of the staff; all, or not_applicable")
    sex: Series[str] = pa.Field(isin=["both", *SEXES], description="whose figure")
    concept: Series[str] = pa.Field(description="who counts: jobs, active, employed, having worked, with apprentices and so on")
    perimeter: Series[str] = pa.Field(description="sector, branch or institution; national for the whole economy")
    edition: Series[str] = pa.Field(nullable=True, description="edition, where editions print other levels for one year")
    rebound_base: Series[bool] = pa.Field(description="a growth whose base year is distorted by the pandemic")


def concept(series: str) -> tuple[str, str, str]:
    """Quantity, occupation and sex of a series.

    >>> concept("unemployment_rate_employes_low_skilled_women")
    ('unemployment_rate', 'employes_low_skilled', 'women')
    >>> concept("cadre_share_jobs_census")
    ('cadre_share', 'cadres', 'both')
    """
    starts = [start for start in QUANTITIES if series == start or series.startswith(start + "_")]
    if not starts:
        return series, "not_applicable", "both"
    start = max(starts, key=len)
    rest = series.removeprefix(start).removesuffix("_derived").strip("_")
    sex = "both"
    if found := re.search(r"(?:^|_)(women|men)$", rest):
        sex, rest = found[1], rest[: found.start()]
    return QUANTITIES[start], rest or SINGLE_OCCUPATIONS.get(start, "all"), sex


def measure(observations: pd.DataFrame) -> pd.DataFrame:
    """Add quantity, occupation, sex, concept, perimeter and edition; widen the interval where a note gives the printed step."""
    coded = [concept(series) for series in observations["series"]]
    frame = observations.join(pd.DataFrame(coded, columns=["quantity", "occupation", "sex"], index=observations.index))
    by_source = frame["source_id"].map(CONCEPTS_BY_SOURCE)
    by_quantity = frame["quantity"].map(CONCEPTS_BY_QUANTITY)
    frame = frame.assign(
        concept=by_source.fillna(by_quantity).fillna("as_published").mask(frame["obs_id"].isin(ALL_ACTIVE), "active"),
        perimeter=frame["obs_id"].map(EXACT_PERIMETERS).fillna(frame["source_id"].map(PERIMETERS)).fillna("national"),
        edition=frame["source_id"].map(EDITIONS).fillna(""),
        rebound_base=frame["series"].str.endswith("_graduates_growth") & (frame["year_first"] == REBOUND_YEAR).fillna(False),
    )
    for words, step in STEPS.items():
        said = frame["note"].fillna("").str.contains(words)
        frame.loc[said, "low"] = frame["value"] - step / 2
        frame.loc[said, "high"] = frame["value"] + step / 2
    return frame


def tidy(tables: raw.Tables) -> pd.DataFrame:
    """All figures of the topic, tidy, schema `Situation`; raises InputError for a derived figure its parents do not give.

    Args:
        tables: of the topic, `raw.read("context")`.

    Returns:
        one row a figure, with the interval that its printed digits leave.

    >>> figures = tidy(raw.read("context"))
    >>> figures.columns[-7:].tolist()
    ['quantity', 'occupation', 'sex', 'concept', 'perimeter', 'edition', 'rebound_base']
    >>> bool(figures["value"].between(figures["low"], figures["high"]).all())
    True
    """
    return base.tidy(tables, Situation, measure, SAME_FIGURE)


def contradictions(situation: pd.DataFrame) -> pd.DataFrame:
    """The context figures that contradict another of the same thing, and which was chosen.

    Args:
        situation: as `tidy` gives.

    Returns:
        one row a figure: the columns of `SAME_FIGURE`, obs_id, value, kind, source_id, group, chosen (an obs_id), is_chosen,
        rule (why the chosen one is).

    >>> from compendium import csvfile, paths
    >>> found = contradictions(csvfile.read(paths.processed("default") / "situation.csv", Situation))
    >>> int(found.groupby("chosen").size().min()) >= 2  # the chosen figure and each of its rivals
    True
    """
    return base.contradictions(situation, SAME_FIGURE)
