"""Cadres and head offices of the social sector (T2-01, T2-02, T2-06, T2-12, T2-20 to T2-22)."""

import pandas as pd

from compendium.analyses import Parameters, Parts, Stated, Tables
from compendium.clean.situation import Situation
from compendium.clean.social_sector import SocialSector
from compendium.clean.workforce import Workforce
from compendium.interval import Interval
from compendium.models import head_offices, sector_cadres

TABLES = {"social_sector": SocialSector, "situation": Situation, "workforce": Workforce}


def estimates(tables: Tables, stated: Stated, parameters: Parameters) -> Parts:
    """The share of cadres with the unknown rate in health, every change of head offices, and figures that are missing.

    Args:
        tables: those of `TABLES`, tidy.
        stated: the registry of statements.
        parameters: of the notebook `28_sector_cadres`.

    Returns:
        the parts by name, each a table of schema `Estimate`.

    >>> from compendium import claims, csvfile, parameters, paths
    >>> tables = {name: csvfile.read(paths.processed("default") / f"{name}.csv", of) for name, of in TABLES.items()}
    >>> made = estimates(tables, claims.read(), parameters.resolve("default")["28_sector_cadres"])
    >>> list(made), made["share"]["unit"].unique().tolist()
    (['share', 'changes', 'missing', 'nearest'], ['shares', 'percent'])
    """
    figures = figures_of(tables)
    by_id = figures.set_index("obs_id", drop=False)
    health = Interval(parameters["health_rate_low"], parameters["health_rate_high"])
    printed_to, range_ = parameters["printed_to"], range_of(stated)
    return Parts(
        share=("T2-01", lambda: sector_cadres.share_estimates(tables["social_sector"], printed_to, health, range_, "T2-01")),
        changes=("T2-02 T2-12 T2-22", lambda: head_offices.change_estimates(head_offices.listed(by_id), by_id)),
        missing=("T2-06 T2-20 T2-21", lambda: pd.concat([head_offices.dated(figures, claim) for claim in head_offices.WANTED])),
        nearest=("T2-06 T2-20 T2-21", lambda: head_offices.nearest(figures)),
    )


def figures_of(tables: Tables) -> pd.DataFrame:
    """The published figures of the sector, of France and, for the analogue, of the Sécurité sociale.

    Args:
        tables: those of `TABLES`, tidy.

    Returns:
        their rows one below the other; a column that one of them lacks is empty there.

    >>> ids = {"social_sector": ["SS0001", "SS0002"], "situation": ["CX0001"], "workforce": ["SW0001"]}
    >>> figures_of({name: pd.DataFrame({"obs_id": of}) for name, of in ids.items()})["obs_id"].tolist()
    ['SS0001', 'SS0002', 'CX0001', 'SW0001']
    """
    return pd.concat([tables["social_sector"], tables["situation"], tables["workforce"]], ignore_index=True)


def range_of(stated: Stated) -> Interval:
    """The stated range of the share of cadres, percent.

    >>> from dataclasses import replace
    >>> from compendium import claims
    >>> range_of({"T2-01": replace(claims.read()["T2-01"], stated={"low": 10.0, "high": 20.0})})
    Interval(low=10.0, high=20.0)
    """
    return Interval(stated["T2-01"].stated["low"], stated["T2-01"].stated["high"])
