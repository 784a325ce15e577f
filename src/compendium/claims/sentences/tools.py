"""What the rules on tools and targets found, and what would flip them."""

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.words import in_both, span_of, stated_number, value_of
from compendium.interval import Interval
from compendium.language import Language, Text
from compendium.models import estimates as shape


def errors(estimates: pd.DataFrame, changes: pd.DataFrame) -> Text:
    """How many dates the longest indicator of errors has, what it moved by, and the nearest figure."""
    points = estimates[estimates["quantity"] == "dated_points"].rename_axis(None).sort_values(["value", "estimate_id"])
    nearest = estimates[estimates["quantity"] == "nearest"].iloc[0]

    def write(language: Language) -> tuple[str, str]:
        most = value_of(points.iloc[-1], language) if len(points) else "–"
        rate = value_of(nearest, language, 1, "%")
        moved = {
            "en": [f"{row['definition']} moved by {span_of(row, 'en')} ({row['year']})" for _, row in changes.iterrows()],
            "fr": [f"{row['definition']} a varié de {span_of(row, 'fr')} ({row['year']})" for _, row in changes.iterrows()],
        }[language]
        found = " " + "; ".join(moved) + "." if moved else ""
        return (
            f"Of the published indicators of errors, none on credit accounts, the longest has dated points in number: "
            f"{most}.{found} No target of the recouvrement branch for either is in the data. The nearest figure is of another "
            f"branch: {rate} of family benefits were paid with errors left uncorrected ({nearest['year']}); the amount of the "
            "year after is on another wording, so that the two make no trend.",
            f"Parmi les indicateurs d’erreurs publiés, dont aucun sur les comptes créditeurs, le plus suivi compte en points "
            f"datés : {most}.{found} Aucune cible du recouvrement sur l’un ou l’autre ne figure dans les données. Le chiffre "
            f"le plus proche vient d’une autre branche : {rate} des prestations familiales versées avec des erreurs non "
            f"corrigées ({nearest['year']}) ; le montant de l’année suivante suit un autre libellé, et les deux ne font pas "
            "une tendance.",
        )

    return in_both(write)


def errors_flip(points: pd.Series) -> Text:
    """The one thing that would give the rule an order."""
    return Text(
        "a second date for one indicator of the recouvrement branch would decide by its order",
        "une seconde date pour un même indicateur du recouvrement trancherait par leur ordre",
    )


def use_of_ai(claim: Claim, estimates: pd.DataFrame) -> Text:
    """The spread of like wordings, what it is without its nearest rate, and the number of surveys of the population."""
    like = estimates[estimates["quantity"] == "like"].sort_values("value")
    weekly = estimates[estimates["definition"] == "work_use_of_generative_ai, at_least_weekly"].sort_values("value")
    pilot = estimates[estimates["quantity"] == "nearest"]

    def write(language: Language) -> tuple[str, str]:
        stated = stated_number(claim, language)
        surveys = value_of(estimates.loc["ai.surveys_of_the_institution"], language)
        spread = span_of(estimates.loc["ai.spread"], language, unit="%")
        without = span_of(estimates.loc["ai.spread_without_nearest"], language, unit="%")
        each = ", ".join(value_of(row, language, 0, "%") for _, row in like.iterrows())
        ends = [value_of(row, language, 0, "%") for _, row in weekly.iloc[[0, -1]].iterrows()] if len(weekly) else []
        often_en = f" Use at least weekly, another wording: {' to '.join(ends)}." if ends else ""
        often_fr = f" Usage au moins hebdomadaire, autre formulation : {' à '.join(ends)}." if ends else ""
        trial_en = trial_fr = ""
        if len(pilot):
            row = pilot.iloc[-1]
            trial_en = (
                f" For the institution, the nearest figure is a trial with {value_of(row, 'en')} managers ({row['year']})."
            )
            trial_fr = (
                f" Pour l’institution, le plus proche est un essai auprès de {value_of(row, 'fr')} managers ({row['year']})."
            )
        return (
            f"Published surveys of the institution on use of AI: {surveys}. Among French cadres, wordings that ask for use at "
            f"any frequency, in the year of the text, give {each}: a spread of {spread}. Leaving out the one nearest to "
            f"{stated}, it is {without}.{often_en}{trial_en}",
            f"Enquêtes publiées sur l’usage de l’IA dans l’institution : {surveys}. Parmi les cadres, en France, les "
            f"formulations qui demandent un usage quelle qu’en soit la fréquence, l’année du texte, donnent {each} : une "
            f"étendue de {spread}. Sans celle qui approche le plus {stated}, elle est de {without}.{often_fr}{trial_fr}",
        )

    return in_both(write)


def use_of_ai_flip(claim: Claim, estimates: pd.DataFrame) -> Text:
    """Whether compatibility hangs on one survey."""
    whole, without = (shape.interval(estimates.loc[name]) for name in ("ai.spread", "ai.spread_without_nearest"))

    def write(language: Language) -> tuple[str, str]:
        stated = stated_number(claim, language)
        high = span_of(estimates.loc["ai.spread_without_nearest"], language, unit="%")
        if hangs(claim.value, whole, without):
            return (
                f"compatible hangs on one survey: without it the spread is {high} and does not hold {stated}; a survey of the "
                "institution’s cadres would decide",
                f"la compatibilité tient à une seule enquête : sans elle l’étendue est de {high} et ne contient pas {stated} ; "
                "une enquête auprès des cadres de l’institution trancherait",
            )
        return (
            f"a survey of the institution’s cadres would decide; {stated} does not hang on one survey elsewhere",
            f"une enquête auprès des cadres de l’institution trancherait ; {stated} ne tient pas à une seule enquête ailleurs",
        )

    return in_both(write)


def hangs(value: float, whole: Interval, without: Interval) -> bool:
    """Whether a value lies in a spread only because of one of its members."""
    return value in whole and value not in without


def fraud(estimates: pd.DataFrame) -> Text:
    """How many figures tell what cadres use AI for, and the nearest figure, which is not a use."""
    published = estimates[estimates["quantity"] == "published_figures"].iloc[0]
    nearest = estimates[estimates["quantity"] == "nearest"].iloc[0]

    def write(language: Language) -> tuple[str, str]:
        count, amount = value_of(published, language), value_of(nearest, language)
        return (
            f"Published figures on cadres who use AI to detect fraud: {count}. The nearest figure is not a use: adjustments "
            f"for undeclared work by the Urssaf, about {amount} million euros in {nearest['year']}.",
            f"Chiffres publiés sur les cadres qui emploient l’IA pour détecter la fraude : {count}. Le chiffre le plus "
            f"proche n’est pas un usage : les redressements des Urssaf pour travail dissimulé, environ {amount} millions "
            f"d’euros en {nearest['year']}.",
        )

    return in_both(write)


def fraud_flip(published: pd.Series) -> Text:
    """Why nothing published flips it."""

    def write(language: Language) -> tuple[str, str]:
        now = value_of(published, language)
        return (
            f"a survey on what cadres use AI for would be needed; there are {now}, and amounts adjusted do not count",
            f"il faudrait une enquête sur ce que les cadres font de l’IA ; il y en a {now}, et les redressements n’en sont pas",
        )

    return in_both(write)


def complex_cases(estimates: pd.DataFrame) -> Text:
    """What is observed beside a reading on the cases that automation leaves to people (T1-11)."""
    published = estimates[estimates["quantity"] == "published_figures"].iloc[0]
    nearest = estimates[estimates["quantity"] == "nearest"].iloc[0]

    def write(language: Language) -> tuple[str, str]:
        count, share = value_of(published, language), value_of(nearest, language, 0, "%")
        return (
            f"Published figures on cases by complexity: {count}. The nearest observable is not about cases: {share} of staff "
            f"found their workload too high in {nearest['year']}, in a union account that may be of one region only.",
            f"Chiffres publiés sur les dossiers par degré de complexité : {count}. L’observable le plus proche ne porte pas "
            f"sur les dossiers : {share} des agents jugeaient leur charge de travail trop forte en {nearest['year']}, d’après "
            "un compte rendu syndical qui peut ne concerner qu’une région.",
        )

    return in_both(write)
