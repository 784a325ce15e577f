"""What is observed beside a statement that is a reading; one function a statement."""

import pandas as pd

from compendium.claims.words import in_both, span_of, value_of
from compendium.language import Language, Text, linked, number

NO_FLIP = Text(
    "no figure flips a reading; the observable may move",
    "aucun chiffre ne renverse une lecture ; l’observable peut changer",
)


def contact_with_users(estimates: pd.DataFrame) -> Text:
    """The share of the jobs in contact with users, and the change of the family of information (T1-22)."""
    share = estimates[estimates["quantity"] == "job_family_share"].iloc[-1]
    change = estimates[estimates["quantity"] == "job_family_change"].iloc[-1]

    def write(language: Language) -> tuple[str, str]:
        jobs = value_of(share, language, unit="%")
        moved = linked(number(change["value"], language) + " %", change["estimate_id"])
        return (
            f"Jobs that handle the situations of users were {jobs} of staff in {share['year']}; there is no other date, so no "
            f"trend. Jobs of information and communication changed by {moved}, over a period that is not printed.",
            f"Les métiers de gestion des situations clients formaient {jobs} des effectifs en {share['year']} ; sans autre "
            f"date, pas de tendance. Les métiers d’information et de communication ont varié de {moved}, sur une période "
            "qui n’est pas indiquée.",
        )

    return in_both(write)


def head_office_and_proximity(estimates: pd.DataFrame) -> Text:
    """How many series speak for a split of cadres, how many against, and how few documents they come from (T2-15)."""

    def write(language: Language) -> tuple[str, str]:
        def count(field: str, way: str) -> str:
            return value_of(estimates.loc[f"polarisation.count.{field}.{way}"], language)

        def documents(field: str) -> str:
            return value_of(estimates.loc[f"polarisation.documents.{field}"], language)

        left = value_of(estimates.loc["polarisation.not_counted.institution"], language)
        return (
            "Of the series that count head office or proximity, each by itself, in the sector "
            f"{count('sector', 'for')} speak for a split and {count('sector', 'against')} against, from "
            f"{documents('sector')} documents; in the Sécurité sociale, another institution, {count('institution', 'for')} for "
            f"and {count('institution', 'against')} against; {left} more are listed there and not counted, since they cross "
            "the arrival of staff of the RSI and so set two populations side by side. It is a list, not a vote: series of one "
            "document are not independent, two waves of one group count apart, and weights are unknown.",
            "Parmi les séries qui comptent le siège ou la proximité, chacun à part, "
            f"{count('sector', 'for')} vont dans le sens d’une scission et {count('sector', 'against')} dans l’autre pour le "
            f"secteur, tirées de {documents('sector')} documents ; à la Sécurité sociale, qui est une autre institution, "
            f"{count('institution', 'for')} et {count('institution', 'against')} ; {left} autres y sont listées sans être "
            "comptées : à cheval sur l’arrivée des personnels du RSI, elles mettent en regard deux populations. C’est une "
            "liste, non un vote : les séries d’un même document ne sont pas indépendantes, deux vagues d’un même groupe "
            "comptent séparément, et leur poids est inconnu.",
        )

    return in_both(write)


def interviews(estimates: pd.DataFrame) -> Text:
    """What just more than half, and all, of the fewest and of the most interviews would say of a population (T2-09)."""
    shares = estimates[estimates["quantity"] == "share_of_population"]
    bare, everyone = (shares[shares["definition"] == name] for name in ("bare", "all"))
    needed = estimates[estimates["quantity"] == "count_that_shows_a_majority"]
    population = estimates.loc["interviews.population"]

    def number_of(row: pd.Series) -> str:
        return linked(row["estimate_id"].rpartition(".")[2], row["estimate_id"])

    def write(language: Language) -> tuple[str, str]:
        few, many = bare.iloc[0], bare.iloc[-1]
        level = linked(few["level"] + " %", few["estimate_id"])
        all_of_few = linked(number(everyone.iloc[0]["low"] // 1, language) + " %", everyone.iloc[0]["estimate_id"])
        people = value_of(population, language)
        english = (
            "No count is published, so no share. If the interviews had been drawn at random, just more than half of "
            f"{number_of(few)} would fit {span_of(few, language, 0, '%')} of a population, of {number_of(many)} "
            f"{span_of(many, language, 0, '%')}; all of {number_of(everyone.iloc[0])} would mean at least {all_of_few} (exact "
            f"binomial, {level})."
        )
        french = (
            "Aucun décompte n’est publié, donc aucune part. Si les entretiens avaient été tirés au sort, un peu plus de la "
            f"moitié de {number_of(few)} serait compatible avec {span_of(few, language, 0, '%')} d’une population, de "
            f"{number_of(many)} avec {span_of(many, language, 0, '%')} ; la totalité de {number_of(everyone.iloc[0])} en "
            f"signifierait au moins {all_of_few} (loi binomiale exacte, {level})."
        )
        if len(needed):
            first, last = needed.iloc[0], needed.iloc[-1]
            english += (
                f" A majority of the population would be shown from {value_of(first, language)} of {number_of(first)}, or from "
                f"{value_of(last, language)} of {number_of(last)}."
            )
            french += (
                f" Une majorité de la population serait établie à partir de {value_of(first, language)} sur "
                f"{number_of(first)}, ou de {value_of(last, language)} sur {number_of(last)}."
            )
        return (
            english
            + " A qualitative sample is chosen for variety and not drawn: it shows that an ethos exists, not how common "
            f"it is among the {people} cadres of the branch ({population['year']}).",
            french
            + " Un échantillon qualitatif est choisi pour sa diversité, non tiré au sort : il montre qu’un ethos existe, "
            f"non sa fréquence parmi les {people} cadres de la branche ({population['year']}).",
        )

    return in_both(write)
