"""Cadres beside other occupations, interviews, supervisors and mentions (T2-08, T2-09, T2-17, T2-23)."""

from compendium.analyses import Parameters, Parts, Stated, Tables
from compendium.clean.situation import Situation
from compendium.clean.social_sector import SocialSector
from compendium.models import interviews, published, situation

TABLES = {"situation": Situation, "social_sector": SocialSector}


def estimates(tables: Tables, stated: Stated, parameters: Parameters) -> Parts:
    """Ratios of cadres to other occupations, whether distances narrow, majorities among interviews, and what is published.

    Args:
        tables: those of `TABLES`, tidy.
        stated: the registry of statements.
        parameters: of the notebook `30_cadres_in_france`.

    Returns:
        the parts by name, each a table of schema `Estimate`.

    >>> from compendium import claims, csvfile, parameters, paths
    >>> tables = {name: csvfile.read(paths.processed("default") / f"{name}.csv", of) for name, of in TABLES.items()}
    >>> made = estimates(tables, claims.read(), parameters.resolve("default")["30_cadres_in_france"])
    >>> list(made)
    ['advantages', 'shown', 'ages', 'moves', 'interviews', 'interviewed', 'supervisors', 'mentions']
    >>> made["advantages"]["unit"].unique().tolist(), made["ages"]["unit"].unique().tolist()
    (['ratio'], ['years'])
    """
    figures, sector = tables["situation"], tables["social_sector"]
    advantages = situation.advantages(figures)
    shown = situation.levels_without_comparison(figures)
    every = interviews.majorities(parameters["fewest_interviews"], parameters["most_interviews"], parameters["confidence"])
    own = published.evidence(sector)
    cadre_shares = own[own["series"].str.startswith("cadre_share_of_supervisors")]
    management = own[own["series"] == "es_handicap_management_staff_share"]
    return Parts(
        advantages=("T2-08", lambda: advantages),
        shown=("T2-08", lambda: shown),
        ages=("T2-08", lambda: situation.ages(advantages, shown, stated["T2-08"].text_year)),
        moves=("T2-08", lambda: situation.narrowing(figures, advantages)),
        interviews=("T2-09", lambda: interviews.interview_estimates(every)),
        interviewed=("T2-09", lambda: interviews.population(sector)),
        supervisors=(
            "T2-17",
            lambda: published.count_and_nearest("T2-17", "supervisors", cadre_shares, management, "cadres among supervisors"),
        ),
        mentions=("T2-23", lambda: published.documents_with_cadres(sector, "T2-23")),
    )
