"""The pace of the cadre share beside those of comparators (T1-05)."""

from compendium.analyses import Parameters, Parts, Stated, Tables
from compendium.clean.comparators import ComparatorShare
from compendium.clean.workforce import Workforce
from compendium.interval import Interval
from compendium.models import cadre_share
from compendium.models import comparators as model

TABLES = {"comparator_shares": ComparatorShare, "workforce": Workforce}


def estimates(tables: Tables, stated: Stated, parameters: Parameters) -> Parts:
    """Paces, the distance to one sector, the rank among comparators, second opinions, what the later stated share needs.

    Args:
        tables: those of `TABLES`, tidy.
        stated: the registry of statements.
        parameters: of the notebook `21_comparators`.

    Returns:
        the parts by name, each a table of schema `Estimate`.

    Raises:
        InputError: a published figure that the pace needs is missing.

    >>> from compendium import claims, csvfile, parameters, paths
    >>> tables = {name: csvfile.read(paths.processed("default") / f"{name}.csv", of) for name, of in TABLES.items()}
    >>> made = estimates(tables, claims.read(), parameters.resolve("default")["21_comparators"])
    >>> list(made)
    ['paces', 'lead', 'ranks', 'opinions', 'needed', 'forecasts']
    >>> made["paces"]["unit"].unique().tolist()
    ['points a year', 'log odds a year']
    """
    evidence = cadre_share.Evidence.read(tables["workforce"], pace_deviation=0.0)
    reference = model.Reference.of(evidence)
    assumed = model.Assumptions.of(dict(parameters))
    points = model.usable(tables["comparator_shares"])
    table = model.paces(points, reference, assumed)
    ranked = table[table["status"] == "ranked"]
    around = model.paces(model.near(points, reference, assumed), reference, assumed)
    sets = {"all": ranked, "strong": ranked[~ranked["weak"]], "near": around[around["status"] == "ranked"]}
    relative_rate = Interval(parameters["fixed_term_relative_rate_low"], parameters["fixed_term_relative_rate_high"])
    later = stated["T1-02"]
    year = later.stated["year"]
    return Parts(
        paces=("T1-05", lambda: model.pace_estimates(table, reference)),
        lead=("T1-05", lambda: model.lead_estimates(ranked, reference, str(parameters["sector"]))),
        ranks=("T1-05", lambda: model.rank_estimates(sets, reference)),
        opinions=("T1-05", lambda: model.second_opinions(points, table, assumed)),
        needed=("T1-05", lambda: model.needed_estimates(evidence, relative_rate, ranked, year, later)),
        forecasts=("T1-05", lambda: model.forecasts(evidence, points, ranked, reference, year)),
    )
