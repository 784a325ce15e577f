"""What the rules on dates and provenance found, and what would flip them."""

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.words import in_both, stated_change, stated_number, value_of
from compendium.language import Language, Text, linked


def year_of(event: pd.Series) -> str:
    """The official year of an event, linked to it; a year has no thousands."""
    return linked(f"{event['value']:.0f}", event["estimate_id"])


def created(events: pd.DataFrame, age: pd.Series) -> Text:
    """The official years of a creation, and how long before the text the first of them lies."""
    years = events.sort_values("value", kind="stable").drop_duplicates("value")
    first, *later = [year_of(row) for _, row in years.iterrows()]

    def write(language: Language) -> tuple[str, str]:
        old = value_of(age, language)
        english = f"Official dates put it at {first}"
        french = f"Les dates officielles la situent en {first}"
        if later:
            english += f", with effects from {' and '.join(later)}"
            french += f", avec effet à partir de {' et '.join(later)}"
        return (
            f"{english}: at the date of the text it was {old} years old. Whether it is still under way is not tested.",
            f"{french} : à la date du texte elle avait {old} ans. Qu’elle soit encore en cours n’est pas vérifié.",
        )

    return in_both(write)


def founded(event: pd.Series) -> Text:
    """The official year of a foundation."""
    return Text(
        f"The official text that organises it dates from {year_of(event)}.",
        f"Le texte officiel qui l’organise date de {year_of(event)}.",
    )


def later(event: pd.Series, limit: int, claim: Claim) -> Text:
    """The year up to which the verdict holds."""
    return Text(
        f"an official date after {linked(str(limit), claim.claim_id)} would leave it untestable; it is {year_of(event)}",
        f"une date officielle postérieure à {linked(str(limit), claim.claim_id)} le laisserait non testable ; "
        f"elle est de {year_of(event)}",
    )


def provenance(whole: pd.Series, printed: pd.DataFrame, estimates: pd.DataFrame, claims: dict[str, Claim]) -> Text:
    """How many figures of the document are in the data, then one line a number: printed or not, and the nearest elsewhere."""

    def write(language: Language) -> tuple[str, str]:
        count = value_of(whole, language)
        english, french = [], []
        for _, row in printed.iterrows():
            name = row["estimate_id"].removeprefix("provenance.printed.")
            claim = claims[name.upper()]
            stated = (stated_change if claim.stated["unit"] == "percent_change" else stated_number)(claim, language)
            found = value_of(row, language)
            line = [f"{stated}: {found}", f"{stated} : {found}"]
            if f"provenance.nearest.{name}" in estimates.index:
                nearest = estimates.loc[f"provenance.nearest.{name}"]
                percent = nearest["unit"] == "percent"
                value = value_of(nearest, language, 1 if percent else 0, "%" if percent else "")
                line[0] += f" (nearest of its kind elsewhere: {value}, {nearest['year']})"
                line[1] += f" (le plus proche de même nature ailleurs : {value}, {nearest['year']})"
            english.append(line[0])
            french.append(line[1])
        return (
            f"Figures of the document in the data: {count}. Figures of it that print each number: {'; '.join(english)}.",
            f"Chiffres de ce document dans les données : {count}. Occurrences de chaque nombre dans ce "
            f"document : {' ; '.join(french)}.",
        )

    return in_both(write)


def source_flip(whole: pd.Series) -> Text:
    """The one thing that would let the numbers be looked up."""

    def write(language: Language) -> tuple[str, str]:
        now = value_of(whole, language)
        return (
            f"the document among the sources would make it testable; its figures in the data: {now}",
            f"le document parmi les sources le rendrait testable ; ses chiffres dans les données : {now}",
        )

    return in_both(write)
