"""What the rule on the situation of cadres found, and what would flip it."""

import pandas as pd

from compendium.claims.words import in_both, span_of, value_of
from compendium.language import Language, Text, linked, number

ITEMS = {
    "earnings": Text("earnings", "rémunération"),
    "insecure_jobs": Text("insecure jobs", "emplois précaires"),
    "unemployment": Text("unemployment", "chômage"),
    "diplomas": Text("diplomas", "diplômes"),
    "hours": Text("hours", "durée du travail"),
}
OTHERS = {
    "intermediate": Text("intermediate occupations", "professions intermédiaires"),
    "employes": Text("employés", "employés"),
    "ouvriers": Text("ouvriers", "ouvriers"),
    "non_cadres": Text("non-cadres", "non-cadres"),
}
STATES = {
    "ahead": Text("as stated", "conforme à l’énoncé"),
    "undecided": Text("undecided", "indécis"),
    "behind": Text("the contrary", "à l’inverse de l’énoncé"),
}


def items(states: dict[str, str], partial: list[str], estimates: pd.DataFrame, recent_years: float) -> Text:
    """Each item with its smallest and largest ratio, its year and its age; then which cannot be compared, and what narrows."""
    found = estimates[estimates["quantity"] == "advantage"]
    moves = estimates[estimates["quantity"] == "narrowing"]
    alone = estimates[estimates["quantity"] == "level_alone"]

    def one(item: str, language: Language) -> str:
        part = found[found["definition"] == item].sort_values("value", kind="stable")
        least, most = part.iloc[0], part.iloc[-1]
        years = sorted(set(part["year"]))
        age = estimates.loc[f"age.{item}"]
        said = (
            f"{ITEMS[item].of(language)} ({', '.join(years)}), {STATES[states[item]].of(language)}, "
            f"{value_of(least, language, 2)} {'to' if language == 'en' else 'à'} {value_of(most, language, 2)}"
        )
        if age["value"] > recent_years:
            old = value_of(age, language)
            english = f", a figure {old} years old when the text came out"
            said += Text(english, f", chiffre vieux de {old} ans à la parution du texte").of(language)
        if item in partial:
            said += Text(", for a part of the population only", ", pour une partie seulement de la population").of(language)
        return said

    def write(language: Language) -> tuple[str, str]:
        listed = "; " if language == "en" else " ; "
        said = listed.join(one(item, language) for item in states)
        english = f"Cadres against each other occupation, as a ratio that is above one where the text is right: {said}."
        french = f"Cadres et chaque autre catégorie, en un rapport supérieur à un là où le texte dit juste : {said}."
        for item in [name for name in ITEMS if name not in states]:
            levels = alone[alone["definition"] == item]
            if len(levels):
                level = levels.iloc[-1]
                about = linked(number(level["value"], language) + " %", level["estimate_id"])
                english += (
                    f" For {ITEMS[item].en} there is only a level of cadres, about {about} ({level['year']}): not counted."
                )
                french += (
                    f" Pour l’item « {ITEMS[item].fr} », seul un niveau des cadres est connu, environ {about} ({level['year']})"
                    " : non compté."
                )
            else:
                english += f" For {ITEMS[item].en} there is no figure."
                french += f" Pour l’item « {ITEMS[item].fr} », aucun chiffre."
        moved = narrowed(moves, language)
        return english + moved, french + moved

    return in_both(write)


def narrowed(moves: pd.DataFrame, language: Language) -> str:
    """Whether the distance narrows, where one definition gives it at two dates."""
    paces = moves[moves["unit"] == "points a year"]
    rest = [ITEMS[name].of(language) for name in ITEMS if name not in set(moves["definition"])]
    said = ""
    for item, part in paces.groupby("definition", sort=False):
        shown = ", ".join(
            f"{linked(number(row['value'], language, 1), row['estimate_id'])} ({OTHERS[row['population']].of(language)})"
            for _, row in part.iterrows()
        )
        closes, opens = (part["high"] < 0).all(), (part["low"] > 0).all()
        years = part.iloc[0]["year"]
        if language == "en":
            word = "narrows" if closes else "widens" if opens else "does not clearly move"
            said += f" The distance in {ITEMS[item].en} {word} over {years}, in points a year of real pay: {shown}."
        else:
            word = "se réduit" if closes else "s’accroît" if opens else "n’évolue pas nettement"
            said += f" L’écart de {ITEMS[item].fr} {word} sur {years}, en points de salaire réel par an : {shown}."
    for _, row in moves[moves["unit"] == "ratio"].iterrows():
        change, others = span_of(row, language, 3), OTHERS[row["population"]].of(language)
        said += (
            f" Over {row['year']} the ratio to {others} moved by {change}."
            if language == "en"
            else f" Sur {row['year']}, le rapport aux {others} a varié de {change}."
        )
    if rest:
        names = ", ".join(rest)
        said += (
            f" Whether the others narrow is not known: no two dates on one definition ({names})."
            if language == "en"
            else f" Pour les autres, on l’ignore, faute de deux dates sur une même définition ({names})."
        )
    return said


def nothing_to_compare() -> Text:
    """No item has a figure of cadres and one of another occupation."""
    return Text(
        "No item has a figure of cadres and one of another occupation, of one year and one definition.",
        "Aucun item n’a de chiffre pour les cadres et pour une autre catégorie, d’une même année et d’une même définition.",
    )


def comparison_flip() -> Text:
    """What would give the rule something to compare."""
    return Text(
        "figures of cadres and of another occupation, of one year and one definition, would make it testable",
        "des chiffres des cadres et d’une autre catégorie, d’une même année et d’une même définition, le rendraient testable",
    )


def advantage_flip(least: pd.Series, partial: list[str]) -> Text:
    """The smallest ratio, which would have to fall to one; and what is known for a part of the population only."""

    def write(language: Language) -> tuple[str, str]:
        ratio = span_of(least, language, 2)
        other, item = OTHERS[least["population"]].of(language), ITEMS[least["definition"]].of(language)
        names = (" and " if language == "en" else ", ").join(ITEMS[name].of(language) for name in partial)
        english = f"contradicted if the smallest ratio ({item}, {other}, {least['year']}: {ratio}) fell below one"
        french = f"« contredit » si le plus petit rapport ({item}, {other}, {least['year']} : {ratio}) passait sous un"
        if partial:
            english = f"supported if figures on {names} covered the whole population; {english}"
            french = f"« confirmé » si les chiffres ({names}) couvraient toute la population ; {french}"
        return english, french

    return in_both(write)
