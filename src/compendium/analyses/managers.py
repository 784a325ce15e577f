"""Field and project managers (T1-06, T1-07)."""

import pandas as pd

from compendium.analyses import Parameters, Parts, Stated, Tables
from compendium.clean.comparators import Comparator
from compendium.clean.workforce import Workforce
from compendium.clean.working_life import WorkingLife
from compendium.models import managers

TABLES = {"workforce": Workforce, "working_life": WorkingLife, "comparators": Comparator}


def estimates(tables: Tables, stated: Stated, parameters: Parameters) -> Parts:
    """What the two stated changes imply together, published levels and changes, and context.

    Args:
        tables: those of `TABLES`, tidy.
        stated: the registry of statements.
        parameters: of the notebook `22_managers`.

    Returns:
        the parts by name, each a table of schema `Estimate`.

    >>> from compendium import claims, csvfile, parameters, paths
    >>> tables = {name: csvfile.read(paths.processed("default") / f"{name}.csv", of) for name, of in TABLES.items()}
    >>> made = estimates(tables, claims.read(), parameters.resolve("default")["22_managers"])
    >>> list(made)
    ['implied', 'levels', 'changes', 'context', 'bodies']
    >>> made["implied"]["unit"].unique().tolist(), made["bodies"]["unit"].unique().tolist()
    (['percent'], ['percent', 'persons'])
    """
    institution = pd.concat([tables["workforce"], tables["working_life"]], ignore_index=True)
    return Parts(
        implied=("T1-06 T1-07", lambda: managers.implied(stated["T1-06"], stated["T1-07"])),
        levels=("T1-06 T1-07", lambda: managers.levels_published(institution)),
        changes=("", lambda: managers.published_changes(institution)),
        context=("T1-06 T1-07", lambda: managers.managers_among_cadres(tables["comparators"])),
        bodies=("T2-15", lambda: managers.national_bodies(tables["workforce"])),
    )
