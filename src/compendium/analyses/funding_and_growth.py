"""Funding and growth of the social sector (T2-13, T2-14, T2-16, T2-19)."""

from compendium.analyses import Parameters, Parts, Stated, Tables
from compendium.clean.comparators import Comparator
from compendium.clean.social_sector import SocialSector
from compendium.models import growth, published

TABLES = {"social_sector": SocialSector, "comparators": Comparator}


def estimates(tables: Tables, stated: Stated, parameters: Parameters) -> Parts:
    """Budgets in real terms and per place, early and later growth, and what is published on funds and new occupations.

    Args:
        tables: those of `TABLES`, tidy.
        stated: the registry of statements.
        parameters: of the notebook `31_funding_and_growth`.

    Returns:
        the parts by name, each a table of schema `Estimate`.

    >>> from compendium import claims, csvfile, parameters, paths
    >>> tables = {name: csvfile.read(paths.processed("default") / f"{name}.csv", of) for name, of in TABLES.items()}
    >>> made = estimates(tables, claims.read(), parameters.resolve("default")["31_funding_and_growth"])
    >>> list(made)
    ['budgets', 'slowing', 'wage_bill', 'early', 'later', 'funding', 'occupations']
    >>> made["budgets"]["unit"].unique().tolist(), made["slowing"]["unit"].unique().tolist()
    (['percent a year'], ['points a year'])
    """
    sector, comparators = tables["social_sector"], tables["comparators"]
    by_id = sector.set_index("obs_id", drop=False)
    own = published.evidence(sector)
    public_share = own[own["series"].str.startswith("public_funding_share")]
    new_occupations = own[own["series"].str.startswith("new_social_occupation")]
    wage_bill = own[own["series"] == "bass_wage_bill_growth_5y"]
    established = own[own["series"] == "socio_educative_professionals"]
    return Parts(
        budgets=("T2-16", lambda: growth.budget(by_id)),
        slowing=("T2-16", lambda: growth.slowing(by_id)),
        wage_bill=("T2-16", lambda: growth.wage_bill(by_id)),
        early=("T2-19", lambda: growth.early_series(sector, comparators, parameters["series_before"])),
        later=("T2-19", lambda: growth.later_growth(by_id, comparators, parameters["span_years"])),
        funding=(
            "T2-13",
            lambda: published.count_and_nearest("T2-13", "funding", public_share, wage_bill, "shares of public money"),
        ),
        occupations=(
            "T2-14",
            lambda: published.count_and_nearest("T2-14", "occupations", new_occupations, established, "new social occupations"),
        ),
    )
