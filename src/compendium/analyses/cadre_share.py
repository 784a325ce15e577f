"""The cadre share of the Sécurité sociale, its rise and its headcounts (T1-01 to T1-04, T1-18)."""

from compendium.analyses import Parameters, Parts, Stated, Tables
from compendium.clean.workforce import Workforce
from compendium.interval import Interval
from compendium.models import cadre_share

TABLES = {"workforce": Workforce}


def estimates(tables: Tables, stated: Stated, parameters: Parameters) -> Parts:
    """Bounds of the share in both stated years, what they break at, parts of the rise, and headcounts.

    Args:
        tables: those of `TABLES`, tidy.
        stated: the registry of statements.
        parameters: of the notebook `20_cadre_share`.

    Returns:
        the parts by name, each a table of schema `Estimate`.

    Raises:
        InputError: a published figure that the bounds need is missing.

    >>> from compendium import claims, csvfile, parameters, paths
    >>> tables = {name: csvfile.read(paths.processed("default") / f"{name}.csv", of) for name, of in TABLES.items()}
    >>> made = estimates(tables, claims.read(), parameters.resolve("default")["20_cadre_share"])
    >>> list(made)
    ['published', 'shares', 'breakdown', 'parts', 'split', 'headcounts', 'implied_headcounts']
    >>> made["shares"]["unit"].unique().tolist(), made["parts"]["unit"].unique().tolist()
    (['percent'], ['points', 'percent of the stated rise'])
    """
    workforce = tables["workforce"]
    evidence = cadre_share.Evidence.read(workforce, parameters["pace_deviation"])
    relative_rate = Interval(parameters["fixed_term_relative_rate_low"], parameters["fixed_term_relative_rate_high"])
    first, last = ((stated[claim].stated["year"], stated[claim]) for claim in ("T1-03", "T1-02"))
    years = {first[0]: "T1-03", last[0]: "T1-02 T1-03"}
    return Parts(
        published=("T1-02 T1-04", lambda: cadre_share.published_estimates(workforce)),
        shares=("T1-02 T1-03", lambda: cadre_share.share_estimates(evidence, relative_rate, years)),
        breakdown=("T1-02 T1-03", lambda: cadre_share.breakdown_estimates(evidence, relative_rate, first, last)),
        parts=(
            "T1-04",
            lambda: cadre_share.parts_estimates(evidence, relative_rate, parameters["other_grids_drift"], first, last),
        ),
        split=("T1-04", lambda: cadre_share.growth_split_estimates(workforce)),
        headcounts=("T1-01", lambda: cadre_share.headcount_estimates(workforce, stated["T1-01"])),
        implied_headcounts=(
            "T1-18",
            lambda: cadre_share.implied_headcount_estimates(workforce, stated["T1-02"], stated["T1-01"]),
        ),
    )
