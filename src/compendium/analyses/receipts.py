"""Collections of the Urssaf (T1-08)."""

from compendium.analyses import Parameters, Parts, Stated, Tables
from compendium.clean.working_life import WorkingLife
from compendium.models import receipts

TABLES = {"working_life": WorkingLife}


def estimates(tables: Tables, stated: Stated, parameters: Parameters) -> Parts:
    """Published amounts by year and scope.

    Args:
        tables: those of `TABLES`, tidy.
        stated: the registry of statements.
        parameters: of the notebook `23_receipts`.

    Returns:
        the parts by name, each a table of schema `Estimate`.

    >>> from compendium import claims, csvfile, parameters, paths
    >>> tables = {name: csvfile.read(paths.processed("default") / f"{name}.csv", of) for name, of in TABLES.items()}
    >>> made = estimates(tables, claims.read(), parameters.resolve("default")["23_receipts"])
    >>> list(made), made["amounts"]["unit"].unique().tolist()
    (['amounts'], ['billion eur'])
    >>> bool((made["amounts"]["low"] <= made["amounts"]["value"]).all())
    True
    """
    return Parts(amounts=("T1-08", lambda: receipts.collections(tables["working_life"])))
