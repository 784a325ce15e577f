"""Directors, chefs de service and organisations of the social sector (T2-03 to T2-05, T2-07, T2-18)."""

import pandas as pd

from compendium.analyses import Parameters, Parts, Stated, Tables
from compendium.clean.situation import Situation
from compendium.clean.social_sector import SocialSector
from compendium.clean.workforce import Workforce
from compendium.models import establishments

TABLES = {"social_sector": SocialSector, "situation": Situation, "workforce": Workforce}


def estimates(tables: Tables, stated: Stated, parameters: Parameters) -> Parts:
    """Growth against growth for every denominator, directors of several establishments, organisations, and who runs them.

    Args:
        tables: those of `TABLES`, tidy.
        stated: the registry of statements.
        parameters: of the notebook `29_sector_establishments`.

    Returns:
        the parts by name, each a table of schema `Estimate`.

    >>> from compendium import claims, csvfile, parameters, paths
    >>> tables = {name: csvfile.read(paths.processed("default") / f"{name}.csv", of) for name, of in TABLES.items()}
    >>> made = estimates(tables, claims.read(), parameters.resolve("default")["29_sector_establishments"])
    >>> list(made)
    ['ratios', 'several', 'chefs', 'bodies', 'run_by']
    >>> made["ratios"]["unit"].unique().tolist()
    ['percent_change', 'ratio', 'denominators']
    """
    figures = figures_of(tables)
    growth, outside = parameters["establishments_growth_high"], parameters["outside_perimeter_high"]
    return Parts(
        ratios=("T2-03", lambda: establishments.ratios(figures)),
        several=("T2-04", lambda: establishments.several_establishments(figures)),
        chefs=("T2-05", lambda: establishments.chefs_de_service(figures)),
        bodies=("T2-07", lambda: establishments.organisations(figures)),
        run_by=("T2-18", lambda: establishments.run_by_associations(figures, growth, outside)),
    )


def figures_of(tables: Tables) -> pd.DataFrame:
    """The published figures of the sector, of France and, for the analogue, of the Sécurité sociale.

    Args:
        tables: those of `TABLES`, tidy.

    Returns:
        their rows one below the other; a column that one of them lacks is empty there.

    >>> from compendium import csvfile, paths
    >>> tables = {name: csvfile.read(paths.processed("default") / f"{name}.csv", of) for name, of in TABLES.items()}
    >>> figures = figures_of(tables)
    >>> len(figures) == sum(len(table) for table in tables.values()), bool(figures["obs_id"].is_unique)
    (True, True)
    """
    return pd.concat([tables["social_sector"], tables["situation"], tables["workforce"]], ignore_index=True)
