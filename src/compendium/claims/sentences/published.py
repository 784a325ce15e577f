"""What is published of a quantity, which figure comes nearest, and what would make it testable."""

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.words import in_both, span_of, value_of
from compendium.language import Language, Text, linked, number

MISSING = {
    "T2-13": Text(
        "shares of public money in the income of the sector", "parts des fonds publics dans les ressources du secteur"
    ),
    "T2-14": Text("counts of the new occupations", "effectifs des nouveaux métiers"),
    "T2-17": Text(
        "shares of cadres among employees who supervise others", "parts des cadres parmi les salariés qui en encadrent d’autres"
    ),
    "T2-19": Text(
        "figures of the sector from before the date that the test names", "chiffres du secteur avant la date que nomme le test"
    ),
}
# What the nearest figure is, by statement: {0} its value, {1} its year.
NEAREST = {
    "T2-13": Text(
        "the only dated figure of money is the rise of the wage bill of the branch, {0} over {1}, which does not say who pays",
        "la seule donnée monétaire datée est la hausse de la masse salariale de la branche, {0} sur {1}, qui ne dit pas qui "
        "paie",
    ),
    "T2-14": Text(
        "the nearest count, {0} persons in {1}, is of the established socio-educative professions",
        "l’effectif le plus proche, {0} personnes en {1}, est celui des professions socio-éducatives établies",
    ),
    "T2-17": Text(
        "the nearest, {0} of staff of structures for disabled people in {1}, counts functions of management, whatever the "
        "occupation",
        "le plus proche, {0} du personnel des structures pour personnes handicapées en {1}, compte des fonctions "
        "d’encadrement, quelle que soit la catégorie",
    ),
    "T2-19": Text(
        "the earliest, {0} persons in social action, is a mean of {1}",
        "le plus ancien, {0} personnes dans l’action sociale, est une moyenne de {1}",
    ),
}
GROWTH = {
    "social_workers": Text("social workers without home help", "travailleurs sociaux, hors aide à domicile"),
    "social_action": Text("employment in social action", "emploi dans l’action sociale"),
}
NO_TEST = Text(
    "no figure flips it; a search of theses and surveys would make it testable",
    "aucun chiffre ne le renverse ; un recensement des thèses et des enquêtes le rendrait testable",
)


def _nearest(claim: Claim, nearest: pd.Series, language: Language) -> str:
    unit = "%" if nearest["unit"] in ("percent", "percent_change") else ""
    return NEAREST[claim.claim_id].of(language).format(value_of(nearest, language, 0, unit), nearest["year"])


def share(claim: Claim, whole: pd.Series, answers: pd.DataFrame, nearest: pd.Series) -> Text:
    """The published shares; where there are none, which are missing and the nearest figure."""

    def write(language: Language) -> tuple[str, str]:
        missing, count = MISSING[claim.claim_id].of(language), value_of(whole, language)
        if answers.empty:
            found = _nearest(claim, nearest, language)
            return f"Published figures ({missing}): {count}; {found}.", f"Chiffres publiés ({missing}) : {count} ; {found}."
        shares = ", ".join(f"{span_of(row, language, unit='%')} ({row['year']})" for _, row in answers.iterrows())
        return f"Published {missing}: {shares}.", f"Publié, {missing} : {shares}."

    return in_both(write)


def share_flip(claim: Claim, limit: float, reached: bool, answers: pd.DataFrame) -> Text:
    """The share from which on (or, where it is not enough to reach it, above which) the verdict is supported."""

    def write(language: Language) -> tuple[str, str]:
        least = linked(number(limit, language) + " %", claim.claim_id)
        if answers.empty:
            return (
                f"a published share would make it supported {f'from {least} on' if reached else f'above {least}'}",
                f"une part publiée {'d’au moins' if reached else 'supérieure à'} {least} le confirmerait",
            )
        lowest = span_of(answers.loc[answers["low"].idxmin()], language, unit="%")
        return (
            f"the limit is {least}, the lowest published share {lowest}",
            f"la limite est de {least}, la plus basse part publiée de {lowest}",
        )

    return in_both(write)


def no_series(claim: Claim, whole: pd.Series, nearest: pd.Series, later: pd.DataFrame) -> Text:
    """How many figures are published, the nearest one, and growth in later years where the statement asks for it."""

    def write(language: Language) -> tuple[str, str]:
        missing, count = MISSING[claim.claim_id].of(language), value_of(whole, language)
        found = _nearest(claim, nearest, language)
        english, french = (
            f"Published figures ({missing}): {count}; {found}.",
            f"Chiffres publiés ({missing}) : {count} ; {found}.",
        )
        if len(later):
            separator = "; " if language == "en" else " ; "
            paces = separator.join(
                f"{linked(number(row['value'], language, 1), row['estimate_id'])} ({GROWTH[row['population']].of(language)}, "
                f"{row['year']})"
                for _, row in later.iterrows()
            )
            english += f" Later growth, in percent a year: {paces}. None of it can be compared with what came before."
            french += f" Croissance ultérieure, en % par an : {paces}. Rien n’y est comparable à ce qui précède."
        return english, french

    return in_both(write)


def series_flip(whole: pd.Series) -> Text:
    """The one thing that would make a trend testable."""

    def write(language: Language) -> tuple[str, str]:
        now = value_of(whole, language)
        return (
            f"a dated series would make it testable; its figures in the data: {now}",
            f"une série datée le rendrait testable ; ses chiffres dans les données : {now}",
        )

    return in_both(write)


def mentions(everything: pd.Series, with_cadres: pd.Series) -> Text:
    """How many of the documents in the data count cadres of the sector; they were gathered for that, so it decides nothing."""

    def write(language: Language) -> tuple[str, str]:
        whole, part = value_of(everything, language), value_of(with_cadres, language)
        years = f" ({with_cadres['year']})" if with_cadres["year"] else ""
        return (
            f"Not tested: no search of theses or surveys is in the data. Of its {whole} documents on the sector, {part} count "
            f"cadres{years}, but they were gathered for that, so their number says nothing of surveys in general.",
            "Non vérifié : les données ne comprennent aucun recensement des thèses ou des enquêtes. Sur leurs "
            f"{whole} documents relatifs au secteur, {part} comptent des cadres{years}, mais ils ont été réunis pour cela : "
            "leur nombre ne dit rien des enquêtes en général.",
        )

    return in_both(write)
