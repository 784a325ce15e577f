"""What the rule on the pace beside comparators found, and what would change the rank; the names of the comparators."""

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.words import in_both, span_of
from compendium.errors import InputError
from compendium.language import Language, Text, linked, number

NAMES = {
    "regime_general": Text("Sécurité sociale, all grids", "Sécurité sociale, toutes grilles"),
    "banks_afb": Text("Banks, branch agreement", "Banques, convention de branche"),
    "insurance": Text("Insurance, branch agreement", "Assurances, convention de branche"),
    "census_jobs": Text("All jobs, census (PCS 3)", "Ensemble des emplois, recensement (PCS 3)"),
    "dares_bank": Text("Bank occupations, no clerks (FAP)", "Métiers de la banque, hors employés (FAP)"),
    "dares_insurance_secu": Text(
        "Insurance and Sécu occupations, no clerks (FAP)", "Métiers assurance et Sécu, hors employés (FAP)"
    ),
    "dares_P": Text("Public administration occupations (FAP)", "Métiers de l’administration publique (FAP)"),
    "dares_P_strict": Text("Public administration, stricter list (FAP)", "Administration publique, liste stricte (FAP)"),
    "dares_Q": Text("Bank and insurance occupations (FAP)", "Métiers banque et assurance (FAP)"),
    "dares_total": Text("All employment (FAP)", "Ensemble de l’emploi (FAP)"),
    "ilostat_K": Text("Finance and insurance (ISCO 1-2)", "Finance et assurance (CITP 1-2)"),
    "ilostat_O": Text("Public administration (ISCO 1-2)", "Administration publique (CITP 1-2)"),
    "ilostat_P": Text("Education (ISCO 1-2)", "Enseignement (CITP 1-2)"),
    "ilostat_Q": Text("Health and social work (ISCO 1-2)", "Santé et action sociale (CITP 1-2)"),
    "ilostat_total": Text("All employment (ISCO 1-2)", "Ensemble de l’emploi (CITP 1-2)"),
    "insee_pcs3": Text("All employment (PCS 3)", "Ensemble de l’emploi (PCS 3)"),
    "public_service_a": Text("Public service (category A)", "Fonction publique (catégorie A)"),
    "public_service_a_fpe": Text("State civil service (category A)", "Fonction publique d’État (catégorie A)"),
    "social_classes": Text("Upper class (Observatoire des inégalités)", "Classe supérieure (Observatoire des inégalités)"),
}
# Groups of the files that a user may bring, by survey: Base Tous salariés and Enquête Emploi of Insee.
SURVEYS = {"salaan": "BTS, PCS 3", "eec": "EEC, PCS 3"}
GROUPS = {
    "total": Text("All employees", "Ensemble des salariés"),
    "KZ": Text("Finance and insurance", "Finance et assurance"),
    "OZ": Text("Public administration", "Administration publique"),
    "PZ": Text("Education", "Enseignement"),
    "QA": Text("Health", "Santé"),
    "QB": Text("Social work", "Médico-social et social"),
    "0218": Text("Sécu agreement", "Convention Sécu"),
    "0029": Text("Agreement of 1951", "Convention de 1951"),
    "0413": Text("Agreement of 1966", "Convention de 1966"),
    "0405": Text("Medico-social agreement", "Convention médico-sociale"),
    "secu": Text("Bodies of the Sécu", "Organismes de Sécu"),
}
NAMES |= {
    f"{survey}_{group}{basis}": Text(f"{text.en}{added} ({title})", f"{text.fr}{added} ({title})")
    for survey, title in SURVEYS.items()
    for group, text in GROUPS.items()
    for basis, added in (("", ""), ("_cdi", ", CDI"))
}
RANKS = ("pace.all", "logit.all", "pace.near", "pace.strong")


def name(comparator: str) -> Text:
    """What a comparator is called; its code where it has no name yet."""
    return NAMES.get(comparator, Text(comparator, comparator))


def place(claim: Claim, estimates: pd.DataFrame) -> Text:
    """Where the pace of the Sécurité sociale ranks: in points, on the log odds, in the same years."""
    own = estimates.loc["pace.regime_general"]

    def write(language: Language) -> tuple[str, str]:
        pace = span_of(own, language, 2)
        rank = {key: span_of(estimates.loc[f"rank.{key}"], language, 0) for key in RANKS}
        size = {
            key: linked(number(estimates.at[f"ranked.{key}", "value"], language), f"ranked.{key}")
            for key in ("all", "near", "strong")
        }
        return (
            f"With all grids the share rose by {pace} points a year ({own['year']}). Among comparators on their own "
            f"definitions, inside break-free segments, that pace has rank {rank['pace.all']} of {size['all']} from the fastest "
            f"down; {rank['logit.all']} on the log odds, {rank['pace.near']} of {size['near']} over years around it, "
            f"{rank['pace.strong']} of {size['strong']} without weak series. The text claims no singularity: this is context "
            "for a reading.",
            f"Toutes grilles, la part a gagné {pace} point par an ({own['year']}). Parmi des comparateurs pris chacun dans sa "
            f"définition, sur des segments sans rupture, ce rythme se classe au rang {rank['pace.all']} "
            f"sur {size['all']} en partant "
            f"du plus rapide ; {rank['logit.all']} en logit, {rank['pace.near']} sur {size['near']} pour les années voisines, "
            f"{rank['pace.strong']} sur {size['strong']} sans les séries fragiles. Le texte n’affirme aucune singularité : "
            "c’est un élément de contexte pour une lecture.",
        )

    return in_both(write)


def rank_flip(estimates: pd.DataFrame) -> Text:
    """A reading has no verdict to flip; the ranked pace nearest to that of the Sécurité sociale is where its rank changes."""
    own = estimates.loc["pace.regime_general"]
    ranked = set(estimates.at["rank.pace.all", "obs_ids"].split())
    paces = estimates[(estimates["quantity"] == "pace") & (estimates["estimate_id"] != own["estimate_id"])]
    others = paces[[set(obs_ids.split()) <= ranked for obs_ids in paces["obs_ids"]]]
    if others.empty:
        raise InputError("no pace of a ranked comparator, which the nearest change of rank needs")
    nearest = others.loc[(others["value"] - own["value"]).abs().idxmin()]
    called = name(str(nearest["population"]))
    faster = nearest["value"] > own["value"]

    def write(language: Language) -> tuple[str, str]:
        at = linked(number(nearest["value"], language, 2), str(nearest["estimate_id"]))
        now = linked(number(own["value"], language, 2), str(own["estimate_id"]))
        return (
            f"no figure flips a reading; the rank would change at a pace of {at} ({called.en}), "
            f"{'above' if faster else 'below'} the published {now}",
            f"aucun chiffre ne renverse une lecture ; le rang changerait à un rythme de {at} ({called.fr}), "
            f"{'au-dessus' if faster else 'au-dessous'} des {now} publiés",
        )

    return in_both(write)
