"""What is observed beside a statement that is a reading; one function a statement."""

import pandas as pd

from compendium.claims.words import in_both, value_of
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
            f"Of the series that set head office and proximity apart, in the sector {count('sector', 'for')} speak for a "
            f"split and {count('sector', 'against')} against, from {documents('sector')} documents; in the Sécurité "
            f"sociale, another institution, {count('institution', 'for')} for and {count('institution', 'against')} "
            f"against; {left} more are listed there and not counted, since they cross the arrival of staff of the RSI and so "
            "set two populations side by side. It is a list, not a vote: series of one document are not independent, and "
            "weights are unknown.",
            f"Parmi les séries qui distinguent siège et proximité, {count('sector', 'for')} vont dans le sens d’une "
            f"scission et {count('sector', 'against')} dans l’autre pour le secteur, tirées de {documents('sector')} "
            f"documents ; à la Sécurité sociale, qui est une autre institution, {count('institution', 'for')} et "
            f"{count('institution', 'against')} ; {left} autres y sont listées sans être comptées : à cheval sur l’arrivée des "
            "personnels du RSI, elles mettent en regard deux populations. C’est une liste, non un vote : les séries d’un même "
            "document ne sont pas indépendantes, et leur poids est inconnu.",
        )

    return in_both(write)
