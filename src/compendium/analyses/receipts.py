"""Collections of the Urssaf (T1-08)."""

from compendium.analyses import Parameters, Parts, Stated, Tables
from compendium.clean.working_life import WorkingLife
from compendium.models import receipts

TABLES = {"working_life": WorkingLife}


def estimates(tables: Tables, stated: Stated, parameters: Parameters) -> Parts:
    """Published amounts by year and scope."""
    return Parts(amounts=("T1-08", lambda: receipts.collections(tables["working_life"])))
