"""What the rule on distress found and what would flip it; what is observed beside the reading on the sense of work."""

from typing import Any

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.words import in_both, span_of, stated_number, value_of
from compendium.language import Language, Text, linked, number
from compendium.models import estimates as shape

CONSTRUCTS = {
    "frequent_distress_sign": Text("at least one sign, frequently", "au moins un signe, fréquemment"),
    "low_mood": Text("low mood, frequency not stated", "moral en berne, fréquence non précisée"),
    "intense_stress": Text("intense stress, at least occasionally", "stress intense, au moins occasionnel"),
    "feeling_of_exhaustion": Text("feeling of professional exhaustion", "sentiment d’épuisement professionnel"),
    "mental_health_worse_in_two_years": Text("mental health worse in two years", "santé mentale dégradée en deux ans"),
    "possible_burnout_ever": Text("think they may once have had a burn-out", "pensent avoir peut-être fait un burn-out"),
    "distress": Text("distress index, moderate and high", "indice de détresse, modérée et élevée"),
    "high_distress": Text("distress index, high alone", "indice de détresse, élevée seule"),
    "burnout_risk": Text("risk of burn-out", "risque d’épuisement professionnel"),
    "depression_risk": Text("probable depression needing support", "dépression probable nécessitant un suivi"),
    "distress_question_not_stated": Text("distress, question not stated", "détresse, question non précisée"),
    "regular_stress": Text("regular stress", "stress régulier"),
    "stressed": Text("feel stressed", "se disent stressés"),
    "hyperstress": Text("excessive stress (scale)", "hyperstress (échelle)"),
    "high_depressive": Text("high depressive symptoms", "symptômes dépressifs élevés"),
    "poor_mental_health_self_rated": Text("poor mental health, self-rated", "mauvaise santé mentale déclarée"),
    "mental_health_degraded": Text("mental health degraded", "santé mentale dégradée"),
    "distress_ghq28": Text("distress, GHQ-28 scale", "détresse, échelle GHQ-28"),
    "depression_mild_or_worse": Text("depression, mild or worse", "dépression, légère ou plus"),
    "depressive_symptoms_who5": Text("depressive symptoms, WHO-5 scale", "symptômes dépressifs, échelle WHO-5"),
    "depressive_episode_in_12_months": Text("depressive episode in twelve months", "épisode dépressif sur douze mois"),
    "distress_notified_by_physicians": Text("distress notified by physicians", "souffrance signalée par les médecins"),
    "ever_stopped_work_for_mental_health": Text("ever stopped work for mental health", "arrêt, une fois, pour santé mentale"),
    "anxiety_self_reported": Text("anxiety, self-reported", "troubles anxieux déclarés"),
    "burnout_in_12_months": Text("burn-out in twelve months", "burn-out sur douze mois"),
    "psychological_share_of_long_stops": Text("psychological part of long absences", "part psychique des arrêts longs"),
}
GROUPS = {
    "cadres": Text("cadres", "cadres"),
    "cadres_under35": Text("cadres under thirty-five", "cadres de moins de trente-cinq ans"),
    "cadres_seniors": Text("senior cadres", "cadres seniors"),
    "cadres_women": Text("women cadres", "femmes cadres"),
    "cadres_men": Text("men cadres", "hommes cadres"),
    "cadres_with_team": Text("cadres with a team", "cadres encadrants"),
    "cadres_without_team": Text("cadres without a team", "cadres non encadrants"),
    "employees": Text("employees", "salariés"),
    "managers": Text("managers", "managers"),
    "non_managers": Text("non-managers", "non-managers"),
    "managers_of_managers": Text("managers of managers", "managers de managers"),
    "all": Text("all asked", "ensemble"),
    "employed": Text("in employment", "actifs occupés"),
    "employed_men_cadres": Text("men cadres", "hommes cadres"),
    "women": Text("women", "femmes"),
    "men": Text("men", "hommes"),
    "public": Text("public sector", "secteur public"),
    "private": Text("private sector", "secteur privé"),
    "public_agents": Text("public agents", "agents publics"),
    "employees_of_the_world": Text("employees, world", "salariés, monde"),
}
FIELDS = {
    "": Text("cadres", "cadres"),
    "private_cadres": Text("cadres of the private sector", "cadres du secteur privé"),
    "private_cadres_in_employment": Text("private-sector cadres in employment", "cadres du secteur privé en emploi"),
    "private_cadres_with_jobseekers": Text("private-sector cadres, jobseekers included", "cadres du privé, chômeurs compris"),
}
SURVEYS = {
    "apec": Text("Apec", "Apec"),
    "cadremploi": Text("Cadremploi", "Cadremploi"),
    "empreinte_humaine": Text("Empr. Humaine", "Empr. Humaine"),
    "cegos": Text("Cegos", "Cegos"),
    "mh": Text("Malakoff Humanis", "Malakoff Humanis"),
    "stimulus_2017": Text("Stimulus", "Stimulus"),
    "qualisocial": Text("Qualisocial", "Qualisocial"),
    "indeed_2024": Text("Indeed", "Indeed"),
    "deniker_2018": Text("Fondation Deniker", "Fondation Deniker"),
    "samotrace": Text("Samotrace", "Samotrace"),
    "drees_epicov": Text("EpiCov", "EpiCov"),
    "dares_tracov2": Text("TraCov", "TraCov"),
    "bs2017": Text("Baromètre santé", "Baromètre santé"),
    "mcp": Text("MCP", "MCP"),
    "moka": Text("moka.care", "moka.care"),
    "mgefi": Text("MGEFI", "MGEFI"),
    "adecco": Text("Adecco", "Adecco"),
    "wtw": Text("WTW", "WTW"),
}


def overlap(claim: Claim, estimates: pd.DataFrame, best: pd.Series | None, limits: dict[str, Any], fits: bool | None) -> Text:
    """The nearest survey of the group with its interval, the range that wording alone opens, and the conjecture on origin.

    Args:
        best: the design effect that the nearest survey needs; None without a survey.
        limits: the branch of the rule, with its design effect.
        fits: whether the stated number fits; None where that depends on the design effect, or without a survey.
    """
    published = estimates[
        (estimates["quantity"] == "prevalence") & (estimates["population"].str.split(", ").str[0] == "cadres")
    ]
    ordered = published.sort_values("value", kind="stable")
    candidates = estimates[estimates["quantity"] == "distance_to_stated"]
    young = candidates[(candidates["population"] == "cadres_under35") & (candidates["value"] == 0)]

    def write(language: Language) -> tuple[str, str]:
        stated = stated_number(claim, language)
        own = value_of(estimates.loc["surveys.of_institution"], language)
        effect = linked(number(limits["overlaps_at_design_effect"], language), claim.claim_id)
        english, french = [], []
        if best is not None:
            name = best["estimate_id"].replace("design_effect_needed", "prevalence", 1)
            at_limit = estimates.loc[f"{name}.deff_{limits['overlaps_at_design_effect']:g}"]
            share = value_of(at_limit, language, 0, "%")
            around = span_of(at_limit, language, 2, "%")
            asked, whom = CONSTRUCTS[best["definition"]], FIELDS[best["population"].partition(", ")[2]]
            english.append(f"The survey of cadres that comes nearest ({best['year']}, {whom.en}; {asked.en}) prints {share}")
            french.append(f"L’enquête auprès de cadres la plus proche ({best['year']}, {whom.fr} ; {asked.fr}) donne {share}")
            inside = shape.interval(at_limit)
            gap = max(claim.rounding.low - inside.high, inside.low - claim.rounding.high)
            level = linked(f"{at_limit['level']} %", at_limit["estimate_id"])
            en = f"At a design effect of {effect}, which is assumed, its {level} interval, {around}, "
            fr = f"À un effet de plan de {effect}, supposé, son intervalle à {level}, {around}, "
            if best["value"] <= limits["overlaps_at_design_effect"]:
                english.append(en + f"reaches what rounds to {stated}")
                french.append(fr + f"atteint ce qui s’arrondit à {stated}")
            else:
                at, short = value_of(best, language, 2), linked(number(gap, language, 2), at_limit["estimate_id"])
                english.append(
                    en + f"misses what rounds to {stated} by {short} point; from a design effect of {at} on it would reach it"
                )
                french.append(
                    fr + f"manque de {short} point ce qui s’arrondit à {stated} ; il l’atteindrait à partir d’un effet de {at}"
                )
                if fits is None:
                    english[-1] += ": whether the number fits hangs on a design effect that nobody publishes"
                    french[-1] += " : la compatibilité tient à un effet de plan que personne ne publie"
            if best["population"].partition(", ")[2]:
                english.append("“All cadres” holds inside the field of the survey only: cadres outside it were not asked")
                french.append(
                    "« Tous les cadres » ne vaut que dans le champ de l’enquête : les autres n’ont pas été interrogés"
                )
        else:
            english.append(
                "No survey of cadres on a scale or frequent sign of distress prints percentage and base in these years"
            )
            french.append(
                "Aucune enquête auprès de cadres sur une échelle ou un signe fréquent de détresse ne donne pourcentage "
                "et base pour ces années"
            )
            if len(candidates):
                near = candidates.loc[candidates["value"].abs().idxmin()]
                at, whom = stated_under(near, claim, language), GROUPS[near["population"]]
                english[-1] += f"; the nearest published figure is {at} of {whom.en} ({near['year'] or 'undated'})"
                french[-1] += f" ; le chiffre publié le plus proche est de {at}, {whom.fr} ({near['year'] or 'sans date'})"
        english.append(f"Surveys of the kind among cadres of the Sécurité sociale: {own}")
        french.append(f"Enquêtes de ce type auprès des cadres de la Sécurité sociale : {own}")
        if len(ordered):
            ends = [value_of(ordered.iloc[place], language, 0, "%") for place in (0, -1)]
            years = sorted(year for span in ordered["year"] for year in span.split("-") if year)
            when = f" ({years[0]}-{years[-1]})" if years else ""
            english.append(f"Across the wordings listed for cadres as a whole{when}, answers run from {ends[0]} to {ends[1]}")
            french.append(
                f"D’une formulation retenue à l’autre{when}, les réponses de l’ensemble des cadres vont de {ends[0]} "
                f"à {ends[1]}"
            )
        same = value_of(estimates.loc["candidates.at_stated"], language)
        english.append(f"Figures of {stated} on record for another group or question, not all of them found again: {same}")
        french.append(f"Chiffres de {stated} relevés pour un autre groupe ou une autre question, non tous retrouvés : {same}")
        if len(young):
            row = young.iloc[0]
            at = stated_under(row, claim, language)
            english[-1] += f", among them cadres under thirty-five ({at}, {row['year']})"
            french[-1] += f", dont les cadres de moins de trente-cinq ans ({at}, {row['year']})"
            english.append("That one of them is the origin is a conjecture")
            french.append("Que l’un d’eux en soit l’origine est une conjecture")
        return ". ".join(english) + ".", ". ".join(french) + "."

    return in_both(write)


def stated_under(candidate: pd.Series, claim: Claim, language: Language) -> str:
    """The percentage of a candidate, linked to its distance."""
    return linked(number(claim.value + candidate["value"], language) + " %", candidate["estimate_id"])


def overlap_flip(claim: Claim, best: pd.Series | None, limits: dict[str, Any]) -> Text:
    """The design effect at which the verdict turns, beside the one of the rule."""

    def write(language: Language) -> tuple[str, str]:
        effect = linked(number(limits["overlaps_at_design_effect"], language), claim.claim_id)
        stated = stated_number(claim, language)
        if best is None:
            return (
                f"a survey of cadres whose interval reaches {stated} at a design effect of {effect} would support it",
                f"une enquête auprès de cadres dont l’intervalle atteindrait {stated} à un effet de plan de {effect} le "
                "confirmerait",
            )
        at = value_of(best, language, 2)
        if best["value"] <= limits["overlaps_at_design_effect"]:
            return (
                f"a design effect below {at} instead of {effect} would leave it untestable",
                f"un effet de plan inférieur à {at} au lieu de {effect} le laisserait non testable",
            )
        return (
            f"a design effect of {at} instead of {effect} would support it",
            f"un effet de plan de {at} au lieu de {effect} le confirmerait",
        )

    return in_both(write)


def sense_of_work(estimates: pd.DataFrame) -> Text:
    """Observables for and against a loss of sense and power, with equal weight, and managers' own answers (T1-15)."""
    own = estimates[(estimates["quantity"] == "barometer_level") & (estimates["population"] == "managers")].sort_values(
        "value", ascending=False
    )
    region = estimates.loc["barometer.maybe_one_region"]

    def span(kind: str) -> str:
        rows = estimates[estimates["estimate_id"].str.startswith(f"barometer.count.{kind}.")]
        years = sorted(year for found in rows["year"] for year in found.split("-") if year)
        return "-".join(dict.fromkeys([years[0], years[-1]])) if years else "–"

    def write(language: Language) -> tuple[str, str]:
        def count(kind: str, way: str, dated: bool = False) -> str:
            row = estimates.loc[f"barometer.count.{kind}.{way}"]
            return value_of(row, language) + (f" ({row['year']})" if dated and row["year"] else "")

        documents = value_of(estimates.loc["barometer.documents"], language)
        english = (
            "Of the latest answers to each question on sense and power to act, "
            f"{count('level', 'for', dated=True)} lean to the reading (most people answer that way), "
            f"{count('level', 'against', dated=True)} against, {count('level', 'open', dated=True)} neither way; "
            f"of the changes inside one scope and wording ({span('change')}), {count('change', 'for')} for, "
            f"{count('change', 'against')} against, {count('change', 'open')} open; beside outside standards "
            f"({span('standard')}), {count('standard', 'for')} for, {count('standard', 'against')} against. They come from "
            f"{documents} documents, are a list and not a vote, and are answers of all staff, not of managers"
        )
        french = (
            "Parmi les dernières réponses à chaque question sur le sens et la marge d’action, "
            f"{count('level', 'for', dated=True)} vont dans le sens de cette lecture (la majorité répond de ce côté), "
            f"{count('level', 'against', dated=True)} dans l’autre, {count('level', 'open', dated=True)} ni dans l’un ni dans "
            "l’autre ; parmi les "
            f"variations à champ et formulation constants ({span('change')}), {count('change', 'for')} pour, "
            f"{count('change', 'against')} contre, sans signe certain : {count('change', 'open')} ; face aux normes externes "
            f"({span('standard')}), {count('standard', 'for')} pour, {count('standard', 'against')} contre. Elles viennent de "
            f"{documents} documents, forment une liste et non un vote, et sont les réponses de tout le personnel, non des "
            "managers"
        )
        if region["value"]:
            some = value_of(region, language)
            when = region["year"]
            english += f". Answers among them that may be of Île-de-France alone (stress and load, {when}): {some}"
            french += (
                f". Réponses qui, parmi elles, ne viennent peut-être que d’Île-de-France (stress et charge, {when}) : {some}"
            )
        if len(own):
            answers = {
                lang: ", ".join(
                    f"{value_of(row, language, 0, '%')} {MANAGERS[row['definition']].of(lang)}" for _, row in own.iterrows()
                )
                for lang in ("en", "fr")
            }
            english += f". Managers themselves, in a survey without date or base: {answers['en']}"
            french += f". Les managers eux-mêmes, dans une enquête sans date ni base : {answers['fr']}"
        return english + ".", french + "."

    return in_both(write)


MANAGERS = {
    "managers_satisfied_with_role": Text("are satisfied with their role", "sont satisfaits de leur fonction"),
    "managers_role_harder": Text("find it harder and harder", "la trouvent de plus en plus difficile"),
}
