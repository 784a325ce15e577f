"""Working life in the Sécurité sociale: departures, absence, the social barometer, use of AI, collections, planned posts.

These figures look alike and are not. A planned cut may be net or gross, with or without the staff taken over from other
schemes; an amount collected may be that of the network, of the head office, or of both; a barometer wave may have asked
volunteer bodies only; a rate of AI use depends on the words of the question. Each of these is a column here.
"""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from compendium import raw
from compendium.clean import rules
from compendium.clean import tidy as base
from compendium.clean.tidy import Figure

NOT_APPLICABLE, NOT_STATED = "not_applicable", "not_stated"

# definition -> quantity, where one series holds several: another question of the barometer, or another count of errors.
QUANTITIES = {
    "favourable opinion on autonomy": "bsi_positive_autonomy",
    "favourable opinion on trust": "bsi_positive_trust",
    "favourable opinion on initiative": "bsi_positive_initiative",
    "favourable opinion on evaluation": "bsi_positive_evaluation",
    "favourable opinion on day-to-day recognition": "bsi_positive_recognition",
    "favourable opinion on working tools": "bsi_positive_tools",
    "favourable opinion on social benefits": "bsi_positive_social_benefits",
    "satisfied with working hours": "bsi_satisfied_working_hours",
    "satisfied with relations with colleagues": "bsi_satisfied_colleagues",
    "satisfied with work-life balance": "bsi_satisfied_work_life_balance",
    "errors on data not corrected after 24 months, Cour des comptes": "cnaf_errors_uncorrected_after_24_months",
    "errors never to be corrected at end 2024": "cnaf_errors_never_corrected",
}
# Wave of the barometer -> quantity: the question on pride was worded anew in each, as the notes of the rows tell.
PRIDE = {2014: "bsi_pride_of_belonging", 2021: "bsi_proud_to_belong", 2024: "bsi_proud_to_work_for"}
# series -> quantity, where the name of the series says less or more than the figure: one percentage for two statements;
# parts of one quantity, told apart by columns.
RENAMED = {
    "bsi_workload_excessive": "bsi_workload_excessive_and_no_recognition",
    "absence_rate_sickness_floor": "absence_rate_lower_bound",
    "absence_rate_all": "absence_rate",
    "absence_rate_sickness": "absence_rate",
    "urssaf_collections_network": "urssaf_collections",
    "urssaf_collections_head_office": "urssaf_collections",
    "urssaf_collections_generic": "urssaf_collections",
    "collection_cost_per_100_eur_new": "collection_cost_per_100_eur",
    "ai_use_managers": "ai_use",
    "ai_use_managers_under40": "ai_use",
    "ai_use_managers_over50": "ai_use",
    "ai_use_cadres_frequency": "ai_use",
    "ai_use_cadres_weekly": "ai_use",
    "ai_tested_cadres": "ai_use",
    "ai_use_cadres": "ai_use",
    "ai_use_workers": "ai_use",
}
PERIMETERS = {
    "régime général staff": "regime_general",
    "régime général staff (CDI+CDD)": "regime_general",
    "régime général staff (BSI respondents)": "regime_general",
    "régime général agents": "regime_general",
    "régime général agents under collective agreement": "regime_general",
    "régime général bodies": "regime_general",
    "métier family information et communication": "regime_general",
    "staff invited to BSI": "regime_general",
    "BSI respondents": "regime_general",
    "respondents with under 1 year of seniority": "regime_general",
    "respondents with 1 to 4 years of seniority": "regime_general",
    "respondents with 5 to 9 years of seniority": "regime_general",
    "employees at level 5A": "regime_general",
    "resigning employees": "regime_general",
    "agents de direction": "regime_general",
    "managers of Sécurité sociale": "secu_not_stated",
    "managers or cadres of Sécurité sociale": "secu_not_stated",
    "volunteer managers of Sécurité sociale": "secu_not_stated",
    "field managers (managers de terrain)": "secu_not_stated",
    "project managers (managers projets)": "secu_not_stated",
    "CDI agents of Sécurité sociale": "secu_not_stated",
    "Sécurité sociale employees": "secu_not_stated",
    "Sécurité sociale staff": "secu_not_stated",
    "Sécurité sociale agents": "secu_not_stated",
    "agents serving the Sécurité sociale": "secu_not_stated",
    "full-time Sécurité sociale agent": "secu_not_stated",
    "about 800 employees of Sécurité sociale bodies": "secu_not_stated",
    "régime général + MSA + RSI agents": "rg_msa_rsi",
    "régime général + MSA + RSI": "rg_msa_rsi",
    "local bodies RG + MSA + RSI": "rg_msa_rsi",
    "régime général + CDSSTI + MSA": "rg_msa_cdssti",
    "CPAM agents (55 CPAM)": "cpam_that_answered",
    "CPAM agents": "cpam",
    "branch maladie": "maladie",
    "branch maladie respondents": "maladie",
    "branch famille": "famille",
    "branch famille respondents": "famille",
    "CAF benefits": "famille",
    "branch retraite": "retraite",
    "branch retraite respondents": "retraite",
    "branch recouvrement": "recouvrement",
    "branch recouvrement respondents": "recouvrement",
    "recouvrement branch": "recouvrement",
    "staff eligible to profit-sharing": "recouvrement",
    "Urssaf network and Acoss / Urssaf Caisse nationale": "recouvrement",
    "Urssaf contributions in the Senate table": "recouvrement",
    "targeted anti-fraud actions": "recouvrement",
    "Urssaf network": "urssaf_network",
    "Urssaf network staff": "urssaf_network",
    "local Urssaf": "urssaf_network",
    "Acoss head office": "urssaf_head_office",
    "branch all four": "four_branches",
    "branch all except maladie": "all_but_maladie",
}
OUTSIDE = "outside_secu"
COMPARATORS = (
    "comparator group (name cut off in the part read page)",
    "communes",
    "départements",
    "conseils régionaux",
    "private sector",
    "public sector standard",
    "all employees standard",
    "French cadres managing at least one person (n=520)",
    "French managers",
    "managers under 40",
    "managers over 50",
    "private-sector cadres (n=2000)",
    "private-sector cadres who manage",
    "private-sector cadres who do not manage",
    "private-sector cadres",
    "cadres, private and public",
    "working population",
)
# The page is of a meeting of one region: the figures may be those of that region.
REGION_OR_COUNTRY = ("bsi_workload_too_high", "bsi_stress_too_high")

MEASURE_KINDS = {
    "persons": "count",
    "fte": "count",
    "organisations": "count",
    "percent": "rate",
    "euro_cents": "rate",
    "days": "mean",
    "hours": "mean",
    "percent_change": "change",
    "points": "change",
    "eur": "amount",
    "million_eur": "amount",
}
# obs_id -> net or gross, staff taken over from other schemes included or not, contracts. One row a figure, since all stand
# in one series with one definition; read off definition, note and second reading. "net" is the change of the posts; "gross"
# counts cuts, or hires, alone.
COG_POSTS = {
    "SM0208": ("net", NOT_STATED, NOT_STATED),  # printed beside its share of all employees
    "SM0209": ("net", NOT_STATED, NOT_STATED),  # printed as a share of all posts
    "SM0210": ("net", NOT_STATED, NOT_STATED),  # retirements less recruitments
    "SM0211": ("net", "included", NOT_STATED),
    "SM0212": ("gross", "excluded", NOT_STATED),
    "SM0213": (NOT_STATED, NOT_STATED, NOT_STATED),
    "SM0214": ("net", NOT_STATED, NOT_STATED),  # another union counts the gross cuts
    "SM0215": (NOT_STATED, NOT_STATED, NOT_STATED),
    "SM0216": ("net", NOT_STATED, NOT_STATED),  # temporary posts, given and taken back, left aside
    "SM0217": ("net", NOT_STATED, NOT_STATED),
    "SM0218": (NOT_STATED, NOT_STATED, NOT_STATED),
    "SM0219": (NOT_STATED, NOT_STATED, "cdi"),
    "SM0220": ("net", NOT_STATED, NOT_STATED),
    "SM0221": (NOT_STATED, NOT_STATED, NOT_STATED),
    "SM0222": (NOT_STATED, NOT_STATED, NOT_STATED),
    "SM0223": ("gross", NOT_STATED, NOT_STATED),
    "SM0224": (NOT_STATED, NOT_STATED, NOT_STATED),
    "SM0225": ("net", NOT_STATED, NOT_STATED),
    "SM0226": (NOT_STATED, "excluded", NOT_STATED),  # with new tasks the union counts more
    "SM0227": (NOT_STATED, "excluded", NOT_STATED),
    "SM0228": ("gross", "included", NOT_STATED),
    "SM0229": ("net", NOT_STATED, NOT_STATED),
    "SM0230": ("mixed", NOT_STATED, NOT_STATED),
    "SM0231": ("mixed", NOT_STATED, NOT_STATED),
    "SM0236": (NOT_APPLICABLE, NOT_APPLICABLE, "cdi"),  # a level of posts, authorised for permanent contracts alone
}
POSTS_NOT_CODED = (NOT_STATED, NOT_STATED, NOT_STATED)
NO_POSTS = (NOT_APPLICABLE, NOT_APPLICABLE, None)
CONTRACTS = {
    "t1_claim_cadre_share_cdi": "cdi",
    "cadre_share_5a9": "cdi_cdd",
    "cadre_share_all_grids": "cdi_cdd",
    "cadre_share_all_grids_change_since_2013": "cdi_cdd",
    "headcount_cdi": "cdi",
    "headcount_cdi_change_since_2015": "cdi",
    "headcount_cdi_cdd": "cdi_cdd",
    "headcount_cdi_cdd_change_since_2013": "cdi_cdd",
    "staff_dss_scope": "cdi_cdd",
    "recruitments_per_year_approx": "cdi_cdd",
    "recruitments_cdi_plan_low": "cdi",
    "recruitments_cdi_plan_high": "cdi",
    "cdd_hires": "cdd",
    "cog_gap_to_ceiling": "cdi",
}
COLLECTIONS = {
    "urssaf_collections": "total",
    "urssaf_collections_network": "network",
    "urssaf_collections_head_office": "head_office",
    "urssaf_collections_generic": "unknown",
    "urssaf_collections_monthly": "narrower",
}
# An order of magnitude of "the agency's receipts", an implausible amount, and one "collected by the network" that may be
# the total: none says which.
COLLECTIONS_UNKNOWN = ("SM0159", "SM0161", "SM0162")
ABSENCE = {
    "all motives, estimate by the Cour des comptes": "all_motives",
    "average days of absence per agent per year, all motives": "all_motives",
    "days of absence per agent per year, all motives": "all_motives",
    "average days of absence per agent per year, all motives except parenthood": "all_motives_but_parenthood",
    "sickness only, estimate by the Cour des comptes": "sickness",
    "average days of absence per agent per year, sickness only": "sickness",
    "sickness absence excluding maternity; source says above 5 %": "sickness",
}
# definition -> wording of the question, frequency that counts as use.
AI_QUESTIONS = {
    "use generative AI regularly or occasionally": ("uses_generative_ai", "regular_or_occasional"),
    "declared using ChatGPT": ("declares_chatgpt", NOT_STATED),
    "adapted practices / use AI": ("adapted_practices", NOT_STATED),
    "frequency of work use of generative AI: daily or almost": ("work_use_of_generative_ai", "daily"),
    "frequency of work use of generative AI: at least weekly but not daily": (
        "work_use_of_generative_ai",
        "weekly_not_daily",
    ),
    "frequency of work use of generative AI: at least monthly but not weekly": (
        "work_use_of_generative_ai",
        "monthly_not_weekly",
    ),
    "frequency of work use of generative AI: less than monthly": ("work_use_of_generative_ai", "less_than_monthly"),
    "frequency of work use of generative AI: never": ("work_use_of_generative_ai", "never"),
    "work use at least weekly": ("work_use_of_generative_ai", "at_least_weekly"),
    "already tested AI at work": ("tested_ai_at_work", "ever"),
    "say they use AI tools": ("uses_ai_tools", NOT_STATED),
    "use AI today": ("uses_ai_today", NOT_STATED),
}
WHOLE_REGIME_SINCE = 2018
CENTRALISED_TAXES_SINCE = 2020
# The Senate table prints billions with one decimal: 20.0 is not a round number there.
MONTHLY_HALF_UNIT = 5e7

SAME_FIGURE = [
    "quantity",
    "population",
    "perimeter",
    "geography",
    "measure_kind",
    "net_or_gross",
    "transfers",
    "contracts",
    "collections_scope",
    "wave",
    "absence_definition",
    "ai_wording",
    "ai_frequency",
    "month",
    "year_first",
    "year_last",
    "unit",
]


class WorkingLife(Figure):
    """The figures on working life: what is measured, where, and on which of the definitions that must not be mixed."""

    quantity: Series[str] = pa.Field(description="what is measured; questions worded otherwise are other quantities")
    perimeter: Series[str] = pa.Field(description="which branch or institution; outside_secu for comparators")
    measure_kind: Series[str] = pa.Field(
        isin=["plan", *sorted(set(MEASURE_KINDS.values()))], description="count, rate, mean, change, amount or plan"
    )
    net_or_gross: Series[str] = pa.Field(
        isin=["net", "gross", "mixed", NOT_STATED, NOT_APPLICABLE], description="of changes of posts in the conventions"
    )
    transfers: Series[str] = pa.Field(
        isin=["included", "excluded", NOT_STATED, NOT_APPLICABLE],
        description="whether a change of posts includes staff or tasks taken over; excluded is a constant scope",
    )
    cog_period: Series[str] = pa.Field(description="years of the management convention; the stock before is a year earlier")
    contracts: Series[str] = pa.Field(isin=["cdi", "cdd", "cdi_cdd", NOT_STATED], description="whose contracts are counted")
    collections_scope: Series[str] = pa.Field(
        isin=["network", "head_office", "total", "narrower", "unknown", NOT_APPLICABLE],
        description="which part of the amounts collected",
    )
    wave: Series[str] = pa.Field(description="wave of the social barometer")
    segment: Series[str] = pa.Field(description="figures of one quantity may be joined within one segment only")
    absence_definition: Series[str] = pa.Field(description="which motives of absence count")
    ai_wording: Series[str] = pa.Field(description="what was asked on AI")
    ai_frequency: Series[str] = pa.Field(description="how often counts as use of AI")
    month: Series[str] = pa.Field(description="month of a monthly figure")


def measure(observations: pd.DataFrame) -> pd.DataFrame:
    """Add the columns of `WorkingLife`.

    Doubts: before the wave of 2018 bodies took part in the barometer as volunteers, yet Ucanss dates the exercise of the whole
    régime général from 2012. The break of collections at 2020 is likely, not published. Whether a change of posts is net stays
    `not_stated` where nothing else on the page tells.

    Raises:
        InputError: a population or a unit that no code is given for.
    """
    series, definition, year = observations["series"], observations["definition"], observations["year_last"]
    posts = pd.DataFrame(
        [
            COG_POSTS.get(obs_id, POSTS_NOT_CODED if name == "cog_posts_change" else NO_POSTS)
            for obs_id, name in zip(observations["obs_id"], series, strict=True)
        ],
        columns=["net_or_gross", "transfers", "contracts"],
        index=observations.index,
    )
    asked = [AI_QUESTIONS.get(text, (NOT_APPLICABLE, NOT_APPLICABLE)) for text in definition]
    ai = pd.DataFrame(asked, columns=["ai_wording", "ai_frequency"], index=observations.index)
    barometer, absence = series.str.startswith("bsi_"), series.str.startswith("absence_")
    monthly = series == "urssaf_collections_monthly"
    perimeter = pd.Series(
        base.code(observations, "population", PERIMETERS | dict.fromkeys(COMPARATORS, OUTSIDE)), index=observations.index
    )
    kinds = base.code(observations, "unit", MEASURE_KINDS)
    scope = series.map(COLLECTIONS).fillna(NOT_APPLICABLE)
    pride = observations["year_last"].map(PRIDE).where(series == "bsi_pride")
    return with_amounts(observations.drop(columns="definition")).assign(
        quantity=definition.map(QUANTITIES).fillna(pride).fillna(series.replace(RENAMED)),
        perimeter=perimeter.mask(series.isin(REGION_OR_COUNTRY), "regime_general_or_ile_de_france"),
        measure_kind=[measure_kind(*row) for row in zip(series, kinds, observations["status"], strict=True)],
        net_or_gross=posts["net_or_gross"],
        transfers=posts["transfers"],
        cog_period=observations["period"].where(series == "cog_posts_change", NOT_APPLICABLE),
        contracts=posts["contracts"].fillna(series.map(CONTRACTS)).fillna(NOT_STATED),
        collections_scope=scope.mask(observations["obs_id"].isin(COLLECTIONS_UNKNOWN), "unknown"),
        wave=year.astype("string").where(barometer, NOT_APPLICABLE),
        segment=[segment(*row) for row in observations[["series", "year_last"]].itertuples(index=False, name=None)],
        absence_definition=definition.map(ABSENCE).fillna(NOT_STATED).where(absence, NOT_APPLICABLE),
        ai_wording=ai["ai_wording"],
        ai_frequency=ai["ai_frequency"],
        month=observations["period"].where(monthly, NOT_APPLICABLE),
    )


def measure_kind(series: str, kind: str, status: str) -> str:
    """What kind of number a figure is: that of its unit, but for plans and for changes counted in posts.

    >>> measure_kind("cog_posts_change", "count", "plan")
    'plan'
    >>> measure_kind("cog_posts_change", "count", "observation")
    'change'
    """
    if status == "plan":
        return "plan"
    return "change" if series in ("cog_posts_change", "fte_cut_2005_2015") else kind


def segment(series: str, year: int) -> str:
    """The stretch of a series without a known break: the barometer breaks at 2018, collections at 2020, their cost at 2021.

    >>> segment("bsi_satisfaction", 2014), segment("bsi_satisfaction", 2018)
    ('volunteer_bodies', 'whole_regime')
    """
    if series.startswith("bsi_"):
        return "whole_regime" if year >= WHOLE_REGIME_SINCE else "volunteer_bodies"
    if series in COLLECTIONS and pd.notna(year):
        return "since_2020" if year >= CENTRALISED_TAXES_SINCE else "before_2020"
    if series.startswith("collection_cost_per_100_eur"):
        return "urssaf_receipts" if series.endswith("_new") else "all_receipts"
    return "no_known_break"


def with_amounts(observations: pd.DataFrame) -> pd.DataFrame:
    """Amounts in euros were printed in billions: their interval is half of the last digit printed there."""
    frame = observations.copy()
    for index, row in frame[frame["unit"] == "eur"].iterrows():
        monthly = row["series"] == "urssaf_collections_monthly"
        half = MONTHLY_HALF_UNIT if monthly else rules.half_unit(f"{row['value']:.0f}", "eur", "rounded")
        frame.loc[index, ["low", "high"]] = row["value"] - half, row["value"] + half
    return frame


def tidy(tables: raw.Tables) -> pd.DataFrame:
    """All figures on working life, tidy, schema `WorkingLife`; a collection of unknown scope is shown and enters no model.

    Args:
        tables: of the topic, `raw.read("secu_managers")`.

    Returns:
        one row a figure, with the interval that its printed digits leave.

    Raises:
        InputError: a derived figure that its parents do not give.

    >>> figures = tidy(raw.read("secu_managers"))
    >>> [name for name in figures if name not in Figure.to_schema().columns][:5]
    ['quantity', 'perimeter', 'measure_kind', 'net_or_gross', 'transfers']
    >>> bool((figures.loc[figures["collections_scope"] == "unknown", "use"] == "model").any())
    False
    """
    frame = base.tidy(tables, WorkingLife, measure, SAME_FIGURE)
    scope_unknown = frame["collections_scope"] == "unknown"
    return frame.assign(use=frame["use"].mask(scope_unknown & (frame["use"] == "model"), "shown"))


def contradictions(working_life: pd.DataFrame) -> pd.DataFrame:
    """The figures on working life that contradict another of the same thing, and which was chosen.

    Args:
        working_life: as `tidy` gives.

    Returns:
        one row a figure: the columns of `SAME_FIGURE`, obs_id, value, kind, source_id, group, chosen (an obs_id), is_chosen,
        rule (why the chosen one is).

    >>> from compendium import csvfile, paths
    >>> found = contradictions(csvfile.read(paths.processed("default") / "working_life.csv", WorkingLife))
    >>> bool((found["is_chosen"] == (found["rule"] == "chosen")).all())
    True
    """
    return base.contradictions(working_life, SAME_FIGURE)
