"""The workforce of the régime général: headcounts, cadre shares by definition and basis, agents de direction, bodies.

A share of cadres means nothing without its definition (which classification grids count) and its basis (whose contracts
are counted). Both are columns here, so that no model can join two of them unawares.
"""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from compendium import raw
from compendium.clean import rules

# series -> quantity, definition, basis. Read off the `definition` and `note` of each row; the second reading confirms that
# the text with the shares counts salariés as CDI and CDD together.
CONCEPTS = {
    "cadre_share_all_grids": ("cadre_share", "all_grids", "cdi_cdd"),
    "cadre_share_all_grids_derived": ("cadre_share", "all_grids", "cdi_cdd"),
    "cadre_share_all_grids_change": ("cadre_share_change", "all_grids", "cdi_cdd"),
    "cadre_share_levels_5a_9": ("cadre_share", "levels_5a_9", "cdi_cdd"),
    "cadre_share_other_grids_derived": ("cadre_share", "other_grids", "cdi_cdd"),
    "cadre_levels_5a_9_change": ("cadre_change_ambiguous", "levels_5a_9", "not_stated"),
    "cadre_share_claim_t1": ("cadre_share", "not_stated", "cdi"),
    "cadres_count_claim_t1": ("cadre_headcount", "not_stated", "not_stated"),
    "cadres_administratifs_count": ("cadre_headcount", "administrative", "not_stated"),
    "headcount_cdi_cdd": ("headcount", "all_staff", "cdi_cdd"),
    "headcount_cdi_cdd_derived": ("headcount", "all_staff", "cdi_cdd"),
    "headcount_cdi": ("headcount", "all_staff", "cdi"),
    "headcount_total": ("headcount", "all_staff", "not_stated"),
    "headcount_total_rounded": ("headcount", "all_staff", "not_stated"),
    "headcount_total_cgt": ("headcount", "all_staff", "not_stated"),
    "agents_de_direction_count": ("agents_de_direction_headcount", "agents_de_direction", "not_stated"),
    "organisations_count": ("organisations", "ucanss", "not_applicable"),
    "organisations_count_excl_cti": ("organisations", "agents_de_direction_agreement", "not_applicable"),
}
SAME_PERIMETER = {
    "salariés régime général (Ucanss)": "regime_general",
    "salariés régime général (Ucanss) (assumed scope)": "regime_general",
    "salariés of CAF, CPAM, Urssaf...": "regime_general",
    "régime général": "regime_general",
    "agents de direction, régime général": "regime_general",
    "organismes du régime général": "regime_general",
    "organismes of the régime général": "regime_general",
    "organismes de Sécurité sociale": "regime_general",
    "administrative cadres (technical, expert or manager)": "regime_general",
    "agents en CDI, Sécurité sociale": "regime_general",
    "'cadres' of the Sécurité sociale": "regime_general",
    "cadres levels 5A-9, régime général": "regime_general",
    "MSA": "msa",
    "agents de direction, MSA": "msa",
    "RSI": "rsi",
    "agents de direction, RSI": "rsi",
}
SAME_FIGURE = ["quantity", "definition", "basis", "perimeter", "year_first", "year_last", "unit"]


class Workforce(pa.DataFrameModel):
    """One published figure a row, with what it measures as columns."""

    obs_id: Series[str] = pa.Field(unique=True, description="the raw row")
    quantity: Series[str] = pa.Field(description="what is measured")
    definition: Series[str] = pa.Field(description="which grids or which list counts; as_published where not coded")
    basis: Series[str] = pa.Field(description="whose contracts: cdi, cdi_cdd, not_stated or not_applicable")
    perimeter: Series[str] = pa.Field(description="which institution")
    year_first: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="first reference year")
    year_last: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="last reference year")
    value: Series[float] = pa.Field(description="the figure; computed where derived")
    low: Series[float] = pa.Field(description="lowest value that prints as the figure")
    high: Series[float] = pa.Field(description="highest value that prints as the figure")
    unit: Series[str] = pa.Field(isin=raw.UNITS, description="unit of value, low and high")
    status: Series[str] = pa.Field(isin=raw.STATUSES, description="kind of figure, from the raw row")
    verified: Series[str] = pa.Field(isin=raw.SECOND_READINGS, description="second reading, from the raw row")
    source_id: Series[str] = pa.Field(description="the source")
    document_id: Series[str] = pa.Field(description="the document behind the source")
    kind: Series[str] = pa.Field(isin=raw.SOURCE_KINDS, description="kind of source")
    group: Series[str] = pa.Field(isin=["evidence", *rules.DIFFERENT_GROUPS], description="what the figure is to us")
    use: Series[str] = pa.Field(nullable=True, isin=["", *rules.USES], description="what evidence may be used for")
    reason: Series[str] = pa.Field(nullable=True, description="why it is set apart")
    rivals: Series[str] = pa.Field(nullable=True, description="figures of the same thing with another value")
    chosen: Series[str] = pa.Field(nullable=True, description="the figure preferred among rivals")

    class Config:
        strict = True
        ordered = True
        coerce = True


def tidy(observations: pd.DataFrame, sources: pd.DataFrame, derivations: pd.DataFrame, set_apart: pd.DataFrame) -> pd.DataFrame:
    """All workforce figures, tidy, schema `Workforce`: statements under test, plans and doubtful figures are marked.

    Raises:
        InputError: a derived figure that its parents do not give.
    """
    frame = rules.recompute_derived(rules.with_interval(observations), derivations)
    concepts = [CONCEPTS.get(series, (series, "as_published", "not_stated")) for series in frame["series"]]
    frame[["quantity", "definition", "basis"]] = concepts
    frame["perimeter"] = frame["population"].map(lambda population: SAME_PERIMETER.get(population, population))
    frame = frame.merge(sources[["source_id", "document_id", "kind", "published"]], on="source_id", validate="m:1")
    frame = rules.choose(rules.group(frame, set_apart), SAME_FIGURE)
    return Workforce.validate(frame[list(Workforce.to_schema().columns)])


def contradictions(workforce: pd.DataFrame) -> pd.DataFrame:
    """The figures that contradict another of the same thing: which was chosen, and what the others say."""
    rows = workforce[workforce["rivals"].fillna("") != ""].sort_values(["chosen", "obs_id"])
    return rows[[*SAME_FIGURE, "obs_id", "value", "kind", "source_id", "group", "chosen"]].assign(
        is_chosen=rows["obs_id"] == rows["chosen"]
    )
