"""Use of AI, errors, fraud and planned posts (T1-09 to T1-11, T1-19)."""

import pandas as pd

from compendium.analyses import Parameters, Parts, Stated, Tables
from compendium.clean.working_life import WorkingLife
from compendium.models import published, tools

TABLES = {"working_life": WorkingLife}


def estimates(tables: Tables, stated: Stated, parameters: Parameters) -> Parts:
    """Rates of use by wording, what is published on fraud, complex cases and errors, and planned changes of posts.

    Args:
        tables: those of `TABLES`, tidy.
        stated: the registry of statements.
        parameters: of the notebook `27_work_and_tools`.

    Returns:
        the parts by name, each a table of schema `Estimate`.

    >>> from compendium import claims, csvfile, parameters, paths
    >>> tables = {name: csvfile.read(paths.processed("default") / f"{name}.csv", of) for name, of in TABLES.items()}
    >>> made = estimates(tables, claims.read(), parameters.resolve("default")["27_work_and_tools"])
    >>> list(made)
    ['ai', 'fraud', 'cases', 'errors', 'credit_accounts', 'posts']
    >>> made.on("T1-10")["unit"].unique().tolist()  # what bears on one statement
    ['percent', 'figures', 'persons']
    """
    working_life = tables["working_life"]
    own = published.evidence(working_life)
    pilot = own[own["series"] == "ai_pilot_managers_secu"]
    uses = own[(own["quantity"] == "ai_use") & own["ai_wording"].str.contains("fraud")]
    adjustments = own[own["series"] == "urssaf_undeclared_work_adjustments"]
    complex_cases = own[own["quantity"].str.contains("complex")]
    load = own[own["series"] == "bsi_workload_too_high"]
    credit = own[own["quantity"].str.contains("credit_account")]
    uncorrected = own[own["series"] == "cnaf_uncorrected_errors_rate"]
    return Parts(
        ai=("T1-10", lambda: tools.ai_estimates(use_of_ai(working_life, stated), pilot, stated["T1-10"])),
        fraud=("T1-19", lambda: published.count_and_nearest("T1-19", "fraud", uses, adjustments, "use of AI to detect fraud")),
        cases=("T1-11", lambda: published.count_and_nearest("T1-11", "cases", complex_cases, load, "cases by complexity")),
        errors=("T1-09", lambda: tools.errors(working_life)),
        credit_accounts=(
            "T1-09",
            lambda: published.count_and_nearest("T1-09", "errors", credit, uncorrected, "credit accounts"),
        ),
        posts=("", lambda: tools.posts_planned(working_life)),
    )


def use_of_ai(working_life: pd.DataFrame, stated: Stated) -> pd.DataFrame:
    """Published rates of use, like the stated one or not.

    Args:
        working_life: tidy.
        stated: the registry of statements.

    Returns:
        as `tools.use_of_ai`: one row a rate, percent.

    >>> from compendium import claims, csvfile, paths
    >>> rates = use_of_ai(csvfile.read(paths.processed("default") / "working_life.csv", WorkingLife), claims.read())
    >>> rates.columns.tolist()
    ['wording', 'frequency', 'group', 'year', 'value', 'low', 'high', 'like', 'kind', 'obs_ids']
    >>> bool(rates["low"].ge(0).all() and rates["high"].le(100).all())  # percent
    True
    """
    return tools.use_of_ai(working_life, stated["T1-10"].stated["year"])
