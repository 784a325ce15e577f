"""The social and medico-social sector: employers, establishments, cadres, directors, chefs de service, families of jobs.

Each survey has a field of its own, and a field that changes between two waves grows without anyone being hired. So a figure
says here what is counted, among whom, in which field, in which wave, and within which segment it may be compared over time.
"""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from compendium import raw
from compendium.clean import tidy as base
from compendium.clean.tidy import Figure

NOT_APPLICABLE = "not_applicable"
# Fields, in the words of the sources.
UNIFAF, UNIOPSS, ASSOCIATIONS = "unifaf_branch", "non_profit_employers", "associations_only"
ESSMS, DISABILITY, ADULTS, ELDERLY, CHILD_WELFARE = (
    "essms_all_statuses",
    "disability_structures",
    "adult_disability_structures",
    "homes_for_the_elderly",
    "child_welfare_homes",
)
APEC, PRIVATE, ESS = "private_health_and_social", "private_all_industries", "social_economy_excl_education"
DIRECTORS, PROFESSIONS, STUDENTS = "directors_of_essms", "social_professions_all_employers", "social_work_training"
FAP, FAP_QB, OPCO = "all_industries", "social_and_accommodation_naf_qb", "opco_sante"

# series -> quantity, staff (whom it is of), field, what is counted. "management_functions" is a class of functions and not
# the status of cadre; "social_cadres_and_educators" cannot be parted in the nomenclature of Dares.
CONCEPTS = {
    "bass_employees": ("headcount", "all", UNIFAF, "jobs"),
    "bass_establishments": ("organisations", NOT_APPLICABLE, UNIFAF, "establishments"),
    "bass_growth_2007_2012": ("establishments_and_headcount_change", "all", UNIFAF, "establishments_and_jobs"),
    "bass_employment_balance_rate": ("employment_balance_rate", "all", UNIFAF, "jobs"),
    "bass_employment_balance_rate_elderly": ("employment_balance_rate", "all", "unifaf_elderly", "jobs"),
    "bass_employment_balance_rate_disability": ("employment_balance_rate", "all", "unifaf_disability", "jobs"),
    "bass_share_of_ess_employees": ("share_of_social_economy", "all", UNIFAF, "jobs"),
    "unifaf_response_rate_establishments": ("response_rate", NOT_APPLICABLE, UNIFAF, "establishments"),
    "unifaf_response_coverage_employees": ("response_coverage", "all", UNIFAF, "jobs"),
    "bass_management_jobs": ("headcount", "management_functions", UNIFAF, "jobs"),
    "bass_chefs_de_service_title": ("headcount", "chefs_de_service_by_title", UNIFAF, "jobs"),
    "bass_wage_bill_growth_5y": ("wage_bill_change", "all", UNIFAF, "euros"),
    "bass_associations_surveyed": ("organisations_surveyed", NOT_APPLICABLE, UNIFAF, "associations"),
    "bass_share_medico_social": ("share_of_branch_medico_social", "all", UNIFAF, "jobs"),
    "bass_share_sanitaire": ("share_of_branch_health", "all", UNIFAF, "jobs"),
    "bass_share_social": ("share_of_branch_social", "all", UNIFAF, "jobs"),
    "bass_share_aged_55_plus": ("share_aged_55_plus", "all", UNIFAF, "jobs"),
    "bass_share_under_30": ("share_under_30", "all", UNIFAF, "jobs"),
    "bass_potential_retirements_by_2025": ("projected_retirements", "all", UNIFAF, "persons"),
    "bass_dg_and_deputies_growth_5y": ("headcount_change", "directors_general_and_deputies", UNIFAF, "jobs"),
    "bass_educ_cadres_chefs_service_growth_5y": (
        "headcount_change",
        "educative_and_social_cadres_and_chefs_de_service",
        UNIFAF,
        "jobs",
    ),
    "chefs_de_service_count": ("headcount", "chefs_de_service_estimate", "sector_not_stated", "persons"),
    "establishments_base_dgas": ("organisations", NOT_APPLICABLE, "dgas_count", "establishments"),
    "chefs_service_in_post_after_2002_law": (
        "share_in_post_after_2002_law",
        "chefs_de_service_and_directors",
        "andesi_respondents",
        "persons",
    ),
    "directors_level1_diploma_share": ("share_level_1_diploma", "directors", DIRECTORS, "persons"),
    "directors_multi_establishment_share": ("share_of_several_establishments", "directors", DIRECTORS, "persons"),
    "directors_retirement_within_10y_share": ("share_retiring_within_10_years", "directors", DIRECTORS, "persons"),
    "directors_and_social_work_cadres": ("headcount", "directors_and_cadres", PROFESSIONS, "persons"),
    "directors_and_social_work_cadres_female_share": ("female_share", "directors_and_cadres", PROFESSIONS, "persons"),
    # Directors and deputies of public establishments: not the private non-profit field.
    "d3s_in_post": ("headcount", "public_directors_and_deputies", "public_d3s", "persons"),
    "d3s_on_detachment": ("headcount_on_detachment", "public_directors_and_deputies", "public_d3s", "persons"),
    "d3s_share_working_in_establishment": (
        "share_working_in_establishment",
        "public_directors_and_deputies",
        "public_d3s",
        "persons",
    ),
    "social_professions_total": ("headcount", "all", PROFESSIONS, "persons"),
    "specialised_educators": ("headcount", "specialised_educators", PROFESSIONS, "persons"),
    "essms_count": ("organisations", NOT_APPLICABLE, ESSMS, "establishments"),
    "essms_growth": ("organisations_change", NOT_APPLICABLE, ESSMS, "establishments"),
    "establishments_privately_managed_by_associations": (
        "organisations",
        NOT_APPLICABLE,
        "social_action_associations",
        "establishments",
    ),
    "employees_of_social_associations": ("headcount", "all", "social_action_associations", "persons"),
    "es_handicap_structures": ("organisations", NOT_APPLICABLE, DISABILITY, "establishments"),
    "es_handicap_structures_children": ("organisations", NOT_APPLICABLE, "child_disability_structures", "establishments"),
    "es_handicap_structures_adults": ("organisations", NOT_APPLICABLE, ADULTS, "establishments"),
    "es_handicap_places": ("places", NOT_APPLICABLE, DISABILITY, "places"),
    "es_handicap_management_staff_share": ("share_of_staff", "management_functions", DISABILITY, "persons"),
    "es_handicap_female_share_staff": ("female_share", "all", DISABILITY, "persons"),
    "es_handicap_places_growth_2006_2022": ("places_change", NOT_APPLICABLE, DISABILITY, "places"),
    "adult_disability_establishments_excl_services": (
        "organisations",
        NOT_APPLICABLE,
        "adult_disability_excl_services",
        "establishments",
    ),
    "adult_disability_services": ("organisations", NOT_APPLICABLE, "adult_disability_services", "establishments"),
    "adult_accommodation_establishments_annual_growth": (
        "organisations_change_a_year",
        NOT_APPLICABLE,
        "adult_disability_accommodation",
        "establishments",
    ),
    "adult_services_annual_growth": (
        "organisations_change_a_year",
        NOT_APPLICABLE,
        "adult_disability_services",
        "establishments",
    ),
    "finess_adult_esms": ("organisations", NOT_APPLICABLE, "adult_disability_finess", "establishments"),
    "ase_establishments": ("organisations", NOT_APPLICABLE, CHILD_WELFARE, "establishments"),
    "ase_places": ("places", NOT_APPLICABLE, CHILD_WELFARE, "places"),
    "ase_staff": ("headcount", "all", CHILD_WELFARE, "persons"),
    "ase_staff_fte": ("headcount", "all", CHILD_WELFARE, "fte"),
    "ase_educative_staff_share": ("share_of_staff", "educative_staff", CHILD_WELFARE, "fte"),
    "ehpa_establishments": ("organisations", NOT_APPLICABLE, ELDERLY, "establishments"),
    "ehpa_establishments_growth": ("organisations_change", NOT_APPLICABLE, ELDERLY, "establishments"),
    "ehpa_places_growth": ("places_change", NOT_APPLICABLE, ELDERLY, "places"),
    "ehpa_staff_fte": ("headcount", "all", ELDERLY, "fte"),
    "ehpa_fte_per_100_places": ("staff_per_100_places", "all", ELDERLY, "fte"),
    "np_sector_employer_establishments": ("organisations", NOT_APPLICABLE, UNIOPSS, "establishments"),
    "np_sector_employees": ("headcount", "all", UNIOPSS, "persons"),
    "np_sector_establishments_growth_2018_2024": ("organisations_change", NOT_APPLICABLE, UNIOPSS, "establishments"),
    "np_sector_employees_growth_2018_2024": ("headcount_change", "all", UNIOPSS, "persons"),
    "np_sector_employees_growth_2018_2022": ("headcount_change", "all", UNIOPSS, "persons"),
    "np_sector_mean_employees_per_establishment": ("employees_per_establishment", "all", UNIOPSS, "persons"),
    "np_medical_accommodation_mean_employees": (
        "employees_per_establishment",
        "all",
        "non_profit_medical_accommodation",
        "persons",
    ),
    "np_social_accommodation_mean_employees": (
        "employees_per_establishment",
        "all",
        "non_profit_social_accommodation",
        "persons",
    ),
    "social_training_graduates_total": ("graduates", "all", STUDENTS, "persons"),
    "caferuis_graduates_growth": ("graduates_change", "caferuis_or_cafdes", STUDENTS, "persons"),
    "cafdes_enrolled_growth": ("students_change", "cafdes", STUDENTS, "persons"),
    "social_work_students_total": ("students", "all", STUDENTS, "persons"),
    "social_work_first_year_levels_1_2_share": ("share_levels_1_and_2", "first_year_students", STUDENTS, "persons"),
    "apf_establishments_managed": ("organisations", NOT_APPLICABLE, "one_association", "establishments"),
    "bass_cadres": ("headcount", "cadres", UNIFAF, "jobs"),
    "bass_cadre_share": ("share_of_staff", "cadres", UNIFAF, "jobs"),
    "bass_cadres_female_share": ("female_share", "cadres", UNIFAF, "jobs"),
    "bass_dg_female_share": ("female_share", "directors_general_and_deputies", UNIFAF, "jobs"),
    "bass_dg_female_share_change_10y": ("female_share_change", "directors_general_and_deputies", UNIFAF, "jobs"),
    "ardess_female_member_share": ("female_share", "members_of_one_association", "ardess", "persons"),
    "bass_head_office_functional_cadres": ("headcount", "head_office_functional_cadres", UNIFAF, "jobs"),
    "bass_head_office_functional_cadres_growth_5y": ("headcount_change", "head_office_functional_cadres", UNIFAF, "jobs"),
    "bass_structures": ("organisations", NOT_APPLICABLE, UNIFAF, "associations"),
    "bass_associations_growth_5y": ("organisations_change", NOT_APPLICABLE, UNIFAF, "associations"),
    "bass_single_establishment_share_change_5y": (
        "single_establishment_share_change",
        NOT_APPLICABLE,
        UNIFAF,
        "associations",
    ),
    "bass_single_establishment_associations_growth_5y": (
        "single_establishment_organisations_change",
        NOT_APPLICABLE,
        UNIFAF,
        "associations",
    ),
    "bass_single_establishment_share": ("single_establishment_share", NOT_APPLICABLE, UNIFAF, "associations"),
    "bass_regrouping_project_share": ("regrouping_project_share", NOT_APPLICABLE, UNIFAF, "associations"),
    "target_number_of_associations_2008_report": ("organisations", NOT_APPLICABLE, ESSMS, "associations"),
    "cadre_rate_health_social": ("share_of_staff", "cadres", APEC, "persons"),
    "cadre_rate_all_sectors": ("share_of_staff", "cadres", PRIVATE, "persons"),
    "cadre_headcount_growth_2000_2014": ("headcount_change", "cadres", APEC, "persons"),
    "cadre_headcount_growth_2000_2014_all": ("headcount_change", "cadres", PRIVATE, "persons"),
    "cadre_share_private_social_establishments": ("share_of_staff", "cadres", "private_social_incl_home_help", "persons"),
    "cadre_share_ess": ("share_of_staff", "cadres", ESS, "persons"),
    "cadre_count_ess": ("headcount", "cadres", ESS, "persons"),
    "cadre_female_share_ess": ("female_share", "cadres", "social_economy", "persons"),
    "cadre_female_share_private": ("female_share", "cadres", PRIVATE, "persons"),
    "cadre_aged_50_plus_share_ess": ("share_aged_50_plus", "cadres", "social_economy", "persons"),
    "cadre_aged_50_plus_share_private": ("share_aged_50_plus", "cadres", PRIVATE, "persons"),
    "assoc_sector_employees": ("headcount", "all", ASSOCIATIONS, "persons"),
    "assoc_sector_employers": ("organisations", NOT_APPLICABLE, ASSOCIATIONS, "establishments"),
    "assoc_sector_employers_change_2000_2009": ("organisations_added", NOT_APPLICABLE, ASSOCIATIONS, "establishments"),
    "opco_sante_employees": ("headcount", "all", OPCO, "persons"),
    "opco_sante_structures": ("organisations", NOT_APPLICABLE, OPCO, "enterprises"),
    "opco_sante_vacant_posts": ("vacant_posts", "all", OPCO, "posts"),
    "social_workers_total_excl_home_help": ("headcount", "social_workers_excl_home_help", FAP, "persons"),
    "socio_educative_professionals": ("headcount", "socio_educative_professionals", FAP, "persons"),
    "socio_educative_professionals_growth_2013_2018": (
        "headcount_change",
        "socio_educative_professionals",
        FAP,
        "persons",
    ),
    "fap_v4z_employment": ("headcount", "social_action_professionals", FAP, "persons"),
    "fap_l5z_employment": ("headcount", "administrative_cadres", FAP, "persons"),
    "fap_v5z_employment": ("headcount", "culture_sport_and_supervision", FAP, "persons"),
    "fap_v4z83_employment": ("headcount", "social_cadres_and_educators", FAP, "persons"),
    "fap_l5z90_employment": ("headcount", "administrative_cadres_excl_lawyers", FAP, "persons"),
    "fap_v4z83_in_naf_qb": ("headcount", "social_cadres_and_educators", FAP_QB, "persons"),
    "fap_v4z_in_naf_qb": ("headcount", "social_action_professionals", FAP_QB, "persons"),
    "fap_v4z83_female_share": ("female_share", "social_cadres_and_educators", FAP, "persons"),
}
# The count of the ministry rests on a definition of its own.
DGAS_POPULATION = "cadres meeting the DGAS definition of chef de service"
# Beginning of a series -> the survey behind it; a wave is named by its edition. The edition 2007 of Unifaf describes the end
# of 2006, which `as_of` says.
SURVEYS = {
    "bass_": "unifaf",
    "unifaf_": "unifaf",
    "es_handicap_": "es_handicap",
    "adult_": "es_handicap",
    "ase_": "es_pe",
    "ehpa_": "ehpa",
    "np_": "uniopss",
    "assoc_": "uniopss",
    "opco_": "opco_sante",
}
LAW_WIDENED_ESSMS = 2002
UNIOPSS_BREAK = 2024

SAME_FIGURE = [
    "quantity",
    "staff",
    "field",
    "counted",
    "wave",
    "segment",
    "geography",
    "year_first",
    "year_last",
    "unit",
]


class SocialSector(Figure):
    """The figures on the sector: what is measured, of whom, in which field, wave and unit, and how far it may be joined."""

    quantity: Series[str] = pa.Field(description="what is measured")
    staff: Series[str] = pa.Field(description="of which staff; not_applicable for organisations and places")
    field: Series[str] = pa.Field(description="which employers or persons are covered")
    counted: Series[str] = pa.Field(description="the unit counted: jobs, persons, fte, associations, establishments ...")
    wave: Series[str] = pa.Field(description="survey and edition")
    as_of: Series[str] = pa.Field(nullable=True, description="exact date or span described, if printed")
    segment: Series[str] = pa.Field(
        description="figures may be compared over time within one segment only; a change across a break is across_..."
    )
    window: Series[str] = pa.Field(
        isin=["year", "change", "three_year_mean", "overlapping_three_year_mean"],
        description="what the years mean; overlapping means share years, so their errors are not independent",
    )


def measure(observations: pd.DataFrame) -> pd.DataFrame:
    """Add the columns of `SocialSector`.

    Doubts: Unifaf says of its edition 2007 that it counts jobs and not persons; taken to hold for 2012 and 2017 too. Whether
    its changes over five years hold the membership constant is not stated. 7 200 and 8 000 associations in 2017 are kept apart
    as existing and as surveyed; they may be one quantity. Uniopss speaks of associations where it counts establishments.

    Raises:
        InputError: a series that no concept is given for.
    """
    coded = pd.DataFrame(
        base.code(observations, "series", CONCEPTS),
        columns=["quantity", "staff", "field", "counted"],
        index=observations.index,
    )
    dgas = observations["population"] == DGAS_POPULATION
    coded.loc[dgas, ["staff", "field"]] = "chefs_de_service_dgas_definition", "dgas_count"
    rows = list(observations[["series", "status", "year_first", "year_last"]].itertuples(index=False, name=None))
    return (
        observations.drop(columns="definition")
        .join(coded)
        .assign(
            wave=[wave(*row) for row in rows],
            as_of=observations["period"],
            segment=[segment(series, first, last) for series, _, first, last in rows],
            window=[window(*row) for row in observations[["series", "unit", "period"]].itertuples(index=False, name=None)],
        )
    )


def wave(series: str, status: str, first: int, last: int) -> str:
    """The survey and its edition; a change belongs to the edition that ends it, a projection to the one that makes it.

    >>> wave("bass_dg_and_deputies_growth_5y", "observation", 2012, 2017)
    'unifaf_2017'
    """
    survey = next((name for start, name in SURVEYS.items() if series.startswith(start)), None)
    return f"{survey}_{first if status == 'plan' else last}" if survey else NOT_APPLICABLE


def segment(series: str, first: int, last: int) -> str:
    """The stretch within which a figure may be compared with others of its series.

    Unifaf: members joined between editions, so that each edition stands alone. ESSMS: the law of 2 January 2002 widened the
    list. Disability: the counts of structures do not grow as the survey says they did, so that each stands alone. Uniopss: the
    count of 2024 lies below that of 2022 though growth is announced.

    >>> segment("essms_growth", 2001, 2009)
    'across_2002_law'
    """
    if series == "bass_growth_2007_2012":
        return "across_changing_membership"
    if series.startswith(("bass_", "unifaf_")):
        return f"members_of_{last}" if first == last else "membership_not_stated"
    if series.startswith("essms_"):
        if last < LAW_WIDENED_ESSMS:
            return "before_2002_law"
        return "since_2002_law" if first >= LAW_WIDENED_ESSMS else "across_2002_law"
    if series.startswith("es_handicap_structures"):
        return f"structures_of_{last}"
    if series.startswith("adult_disability_establishments"):
        return f"categories_of_{last}"
    if series.startswith("np_sector_"):
        return "since_2024_count" if last >= UNIOPSS_BREAK else "before_2024_count"
    return "no_known_break"


def window(series: str, unit: str, period: str | None) -> str:
    """What the years of a figure mean: one, a change between two, or a mean of three that may share years with the next."""
    if str(period).endswith(" mean"):
        return "overlapping_three_year_mean" if series.startswith("fap_") and "_in_" not in series else "three_year_mean"
    return "change" if unit in ("percent_change", "points") or "_change_" in series else "year"


def tidy(tables: raw.Tables) -> pd.DataFrame:
    """All figures on the sector, tidy, schema `SocialSector`; raises InputError where parents do not give a derived figure.

    Args:
        tables: of the topic, `raw.read("social_sector")`.

    Returns:
        one row a figure, with the interval that its printed digits leave.

    >>> figures = tidy(raw.read("social_sector"))
    >>> figures.columns[-8:].tolist()
    ['quantity', 'staff', 'field', 'counted', 'wave', 'as_of', 'segment', 'window']
    >>> set(figures.loc[figures["unit"] == "percent_change", "window"])
    {'change'}
    """
    return base.tidy(tables, SocialSector, measure, SAME_FIGURE)


def contradictions(social_sector: pd.DataFrame) -> pd.DataFrame:
    """The figures on the sector that contradict another of the same thing, and which was chosen.

    Args:
        social_sector: as `tidy` gives.

    Returns:
        one row a figure: the columns of `SAME_FIGURE`, obs_id, value, kind, source_id, group, chosen (an obs_id), is_chosen,
        rule (why the chosen one is).

    >>> from compendium import csvfile, paths
    >>> found = contradictions(csvfile.read(paths.processed("default") / "social_sector.csv", SocialSector))
    >>> bool((found["is_chosen"] == (found["obs_id"] == found["chosen"])).all())
    True
    """
    return base.contradictions(social_sector, SAME_FIGURE)
