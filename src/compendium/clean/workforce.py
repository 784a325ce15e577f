"""The workforce of the régime général: headcounts, cadre shares by definition and basis, agents de direction, bodies.

A share of cadres means nothing without its definition (which classification grids count) and its basis (whose contracts
are counted). Both are columns here, so that no model can join two of them unawares.
"""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from compendium import raw
from compendium.clean import tidy as base
from compendium.clean.tidy import Figure

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


class Workforce(Figure):
    """The workforce figures: what is measured, on which definition, basis and perimeter."""

    quantity: Series[str] = pa.Field(description="what is measured")
    definition: Series[str] = pa.Field(description="which grids or which list counts; as_published where not coded")
    basis: Series[str] = pa.Field(description="whose contracts: cdi, cdi_cdd, not_stated or not_applicable")
    perimeter: Series[str] = pa.Field(description="which institution")


def measure(observations: pd.DataFrame) -> pd.DataFrame:
    """Add quantity, definition, basis and perimeter."""
    concepts = [CONCEPTS.get(series, (series, "as_published", "not_stated")) for series in observations["series"]]
    coded = pd.DataFrame(concepts, columns=["quantity", "definition", "basis"], index=observations.index)
    perimeter = observations["population"].map(lambda population: SAME_PERIMETER.get(population, population))
    return observations.drop(columns="definition").join(coded).assign(perimeter=perimeter)


def tidy(tables: raw.Tables) -> pd.DataFrame:
    """All workforce figures, tidy, schema `Workforce`; raises InputError for a derived figure its parents do not give.

    Args:
        tables: of the topic, `raw.read("secu_workforce")`.

    Returns:
        one row a figure, with the interval that its printed digits leave.

    >>> figures = tidy(raw.read("secu_workforce"))
    >>> figures.columns[-4:].tolist()
    ['quantity', 'definition', 'basis', 'perimeter']
    >>> bool(figures["value"].between(figures["low"], figures["high"]).all())
    True
    """
    return base.tidy(tables, Workforce, measure, SAME_FIGURE)


def contradictions(workforce: pd.DataFrame) -> pd.DataFrame:
    """The workforce figures that contradict another of the same thing, and which was chosen.

    Args:
        workforce: as `tidy` gives.

    Returns:
        one row a figure: the columns of `SAME_FIGURE`, obs_id, value, kind, source_id, group, chosen (an obs_id), is_chosen,
        rule (why the chosen one is).

    >>> from compendium import csvfile, paths
    >>> found = contradictions(csvfile.read(paths.processed("default") / "workforce.csv", Workforce))
    >>> found.columns[-6:].tolist()
    ['kind', 'source_id', 'group', 'chosen', 'is_chosen', 'rule']
    >>> bool((found.groupby("chosen")["is_chosen"].sum() == 1).all())  # one is preferred, whatever the number of rivals
    True
    """
    return base.contradictions(workforce, SAME_FIGURE)
