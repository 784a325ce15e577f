"""What the rules on tools and targets found, and what would flip them."""

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.verdict import needed
from compendium.claims.words import in_both, span_of, stated_number, value_of
from compendium.interval import Interval
from compendium.language import Language, Text, linked, number
from compendium.models import estimates as shape

# Who answers a survey on AI, by its printed population; the rest is named as printed.
GROUPS = {
    "private-sector cadres who do not manage": Text("cadres, no team", "cadres sans équipe"),
    "private-sector cadres who manage": Text("cadres with a team", "cadres avec équipe"),
    "working population": Text("all in work", "tous les actifs"),
    "managers over 50": Text("managers over 50", "managers de plus de 50 ans"),
    "managers under 40": Text("managers under 40", "managers de moins de 40 ans"),
    "French managers": Text("managers", "managers"),
    "French cadres managing at least one person (n=520)": Text("cadres with a team", "cadres avec équipe"),
    "private-sector cadres (n=2000)": Text("private-sector cadres", "cadres du privé"),
    "private-sector cadres": Text("private-sector cadres", "cadres du privé"),
    "cadres, private and public": Text("cadres, private and public", "cadres du privé et du public"),
}


def errors(estimates: pd.DataFrame, changes: pd.DataFrame) -> Text:
    """How many figures are of the branch, how many dates the longest indicator has, its change, and the nearest figure."""
    points = needed(estimates, "dated_points").rename_axis(None).sort_values(["value", "estimate_id"])
    nearest = needed(estimates, "nearest").iloc[0]
    credit, branch = needed(estimates, "published").iloc[0], needed(estimates, "published_of_the_branch").iloc[0]
    later = sorted({year[-4:] for year in points["year"] if year[-4:] > nearest["year"]})

    def write(language: Language) -> tuple[str, str]:
        of_credit, of_branch, most = (value_of(row, language) for row in (credit, branch, points.iloc[-1]))
        rate = value_of(nearest, language, 1, "%")
        moves = [f"{span_of(row, language)} ({row['year']})" for _, row in changes.iterrows()]
        moved_en = f" Change between two dates: {'; '.join(moves)}." if moves else ""
        moved_fr = f" Variation entre deux dates : {' ; '.join(moves)}." if moves else ""
        apart_en = apart_fr = ""
        if later and not moves:
            years = ", ".join(later)
            apart_en = f"; the amount of {years} is on another wording, so that the two make no trend"
            apart_fr = f" ; le montant de {years} suit un autre libellé, et les deux ne font pas une tendance"
        return (
            f"Published figures, targets or results, on credit accounts: {of_credit}; on errors or credit accounts of the "
            f"recouvrement branch, which the statement is about: {of_branch}. Dates of the longest indicator of errors, of "
            f"whatever branch: {most}.{moved_en} The nearest figure is of another branch: {rate} of the benefits of the Caf "
            f"were paid with errors left uncorrected ({nearest['year']}){apart_en}.",
            f"Chiffres publiés, cibles ou résultats, sur les comptes créditeurs : {of_credit} ; sur les erreurs ou les comptes "
            f"créditeurs de la branche recouvrement, dont parle l’énoncé : {of_branch}. Dates de l’indicateur d’erreurs le "
            f"plus suivi, toutes branches : {most}.{moved_fr} Le chiffre le plus proche vient d’une autre branche : {rate} des "
            f"prestations des Caf versées avec des erreurs non corrigées ({nearest['year']}){apart_fr}.",
        )

    return in_both(write)


def errors_flip(estimates: pd.DataFrame) -> Text:
    """What would give the rule an order: of the branch, or in part of another."""
    nearest = needed(estimates, "nearest").iloc[0]

    def write(language: Language) -> tuple[str, str]:
        rate = value_of(nearest, language, 1, "%")
        return (
            f"partly supported if a second date of the nearest indicator ({rate} in {nearest['year']}), of another branch, "
            "were lower; two dates of one indicator of the recouvrement branch would decide by their order",
            f"« confirmé en partie » si une seconde date de l’indicateur le plus proche ({rate} en {nearest['year']}), d’une "
            "autre branche, était plus basse ; deux dates d’un même indicateur du recouvrement trancheraient par leur ordre",
        )

    return in_both(write)


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
        each = ", ".join(f"{value_of(row, language, 0, '%')}{who(row, language)}" for _, row in like.iterrows())
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


def who(row: pd.Series, language: Language) -> str:
    """Who answered, in brackets; nothing where that is not told."""
    return f" ({GROUPS[row['population']].of(language)})" if row["population"] in GROUPS else ""


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
    published = estimates[estimates["quantity"] == "published"].iloc[0]
    nearest = estimates[estimates["quantity"] == "nearest"].iloc[0]

    def write(language: Language) -> tuple[str, str]:
        count, billions = value_of(published, language), float(nearest["value"]) / 1000
        amount = linked(number(billions, language, 1), nearest["estimate_id"])
        unit = "milliard" if billions < 2 else "milliards"
        return (
            f"Published figures on cadres who use AI to detect fraud: {count}. The nearest figure is not a use: adjustments "
            f"by the Urssaf for undeclared work, about {amount} billion euros in {nearest['year']}.",
            f"Chiffres publiés sur les cadres qui emploient l’IA pour détecter la fraude : {count}. Le chiffre le plus "
            f"proche n’est pas un usage : les redressements des Urssaf pour travail dissimulé, environ {amount} {unit} "
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
    published = estimates[estimates["quantity"] == "published"].iloc[0]
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
