"""What the rule on field and project managers found, and what would flip it."""

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.words import in_both, span_of, stated_change, value_of
from compendium.language import Language, Text, linked, number


def region(claim: Claim, claims: dict[str, Claim], estimates: pd.DataFrame) -> Text:
    """What is published of the group's change; what the two changes imply together; the nearest level; national context."""
    changes = estimates[estimates["quantity"] == "share_change"].sort_values("year")
    known = estimates[estimates["quantity"] == "published_change"]

    def write(language: Language) -> tuple[str, str]:
        field, project = (stated_change(claims[name], language) for name in ("T1-06", "T1-07"))
        turning = value_of(estimates.loc["mix.break_even"], language, 1, "%")
        around = span_of(estimates.loc["mix.break_even"], language, unit="%")
        nearest = value_of(estimates.loc["managers.nearest_level"], language)
        year = estimates.at["managers.nearest_level", "year"]
        found = value_of(estimates.loc["managers.levels_published"], language)
        moves = [f"{signed(row, language)} ({row['year']})" for _, row in changes.iterrows()]
        dated = [f"{span_of(row, language, 1, '%')} ({row['year']})" for _, row in known.iterrows()]
        own = stated_change(claim, language)
        english = f"Published changes of the group, against {own}: {'; '.join(dated)}. " if dated else ""
        french = f"Variations publiées du groupe, face à {own} : {' ; '.join(dated)}. " if dated else ""
        return (
            f"{english}{field} and {project} together leave every mix open: managers as a whole grow if project managers were "
            "more "
            f"than {turning} of them before the change ({around} with rounding) and fall if they were fewer. Published "
            f"levels or base years of either group: {found}; the nearest figure is about {nearest} managers in {year}, "
            "the two groups not told apart. In all French employment (another population, which decides nothing), "
            "the part of managers among "
            f"managers and professionals moved inside its stretches without a break by, in points: {'; '.join(moves)}.",
            f"{french}{field} et {project} laissent toute composition possible : l’ensemble des managers augmente si les "
            f"managers de projet en formaient plus de {turning} avant la variation ({around} avec l’arrondi), et recule s’ils "
            f"étaient moins nombreux. Effectifs ou années de départ publiés pour l’un ou l’autre groupe : {found} ; le "
            f"chiffre le plus proche est d’environ {nearest} managers en {year}, sans distinction des deux groupes. En "
            "France, autre population qui ne tranche rien, la part des managers parmi managers et professions "
            f"intellectuelles a varié ainsi, en points, sur chaque période sans rupture : {' ; '.join(moves)}.",
        )

    return in_both(write)


def signed(change: pd.Series, language: Language) -> str:
    """A change in points with its sign, linked to its estimate."""
    return linked(("+" if change["value"] > 0 else "") + number(change["value"], language, 1), change["estimate_id"])


def level_flip(published: pd.Series) -> Text:
    """The one thing that would give the rule something to compare."""

    def write(language: Language) -> tuple[str, str]:
        now = value_of(published, language)
        return (
            f"two dated levels of the group, or its change with a base year, would decide; figures published on either "
            f"group: {now}",
            "deux effectifs datés du groupe, ou sa variation avec l’année de départ, trancheraient ; chiffres publiés sur "
            f"l’un ou l’autre groupe : {now}",
        )

    return in_both(write)
