"""What the rule on contracting budgets found, and what would flip it."""

import pandas as pd

from compendium.claims.words import in_both, span_of, value_of
from compendium.language import Language, Text, linked, number
from compendium.models.growth import MONEY

KINDS = {
    "funding": Text("funding", "financement"),
    "wage_bill": Text("wage bill", "masse salariale"),
    "staff": Text("staff", "effectifs"),
    "staff_per_place": Text("staff per place", "effectifs par place"),
    "places": Text("places", "places"),
}
OF = {
    "branch_wage_bill": Text("Unifaf members", "adhérents d’Unifaf"),
    "non_profit_employees": Text("non-profit employers", "employeurs non lucratifs"),
    "non_profit_employees_longer": Text("non-profit employers", "employeurs non lucratifs"),
    "homes_for_elderly_staff_per_place": Text("homes for the elderly", "personnes âgées"),
    "homes_for_elderly_staff_per_place_later": Text("homes for the elderly", "personnes âgées"),
    "homes_for_elderly_places": Text("homes for the elderly", "personnes âgées"),
    "disability_places_longer": Text("disability", "handicap"),
    "disability_places": Text("disability", "handicap"),
    "disability_places_later": Text("disability", "handicap"),
}


def signed(row: pd.Series, language: Language) -> str:
    """Growth with its sign, linked to its estimate."""
    return linked(("+" if row["value"] > 0 else "") + number(row["value"], language, 1), row["estimate_id"])


def budgets(listed: pd.DataFrame, slower: pd.DataFrame, rise: pd.Series) -> Text:
    """Every series with its sign, then what is missing to bring the money to real terms and to a place."""

    def write(language: Language) -> tuple[str, str]:
        separator = "; " if language == "en" else " ; "
        said = []
        for kind, part in listed.groupby("definition", sort=False):
            moves = ", ".join(
                f"{signed(row, language)} ({OF[row['population']].of(language)}, {row['year']})" for _, row in part.iterrows()
            )
            said.append(f"{KINDS[kind].of(language)} {moves}")
        missing = [KINDS[kind].of(language) for kind in KINDS if kind not in set(listed["definition"])]
        english = f"Dated series, in percent a year: {separator.join(said)}."
        french = f"Séries datées, en % par an : {separator.join(said)}."
        english += " Editions of one survey may differ in what they count."
        french += " Les éditions d’une même enquête peuvent différer par ce qu’elles comptent."
        if missing:
            english += f" No series of: {', '.join(missing)}."
            french += f" Aucune série pour : {', '.join(missing)}."
        nominal = listed[listed["definition"].isin(MONEY) & (listed["basis"] != "per_place")]
        if len(nominal):
            whole = value_of(rise, language, 0, "%")
            english += (
                f" The wage bill, +{whole} over {rise['year']}, is in money of each year, of members who may have changed: "
                "neither a price index nor places of that field are in the data, so it is not known in real terms per place."
            )
            french += (
                f" La masse salariale, +{whole} sur {rise['year']}, est en euros courants, d’adhérents qui ont pu changer : "
                "faute d’indice de prix et de places de ce champ dans les données, elle n’est pas connue en termes réels par "
                "place."
            )
        for _, row in slower.iterrows():
            change = span_of(row, language, 1)
            if row["high"] < 0:
                english += f" Growth of staff per place slowed, by {change} points a year ({row['year']})."
                french += f" La croissance des effectifs par place a ralenti, de {change} point par an ({row['year']})."
            else:
                printed = linked(number(row["value"], language, 1), row["estimate_id"])
                english += (
                    f" Growth of staff per place slowed as printed ({printed} points a year, {row['year']}), not surely "
                    f"with the rounding of what is printed ({change})."
                )
                french += (
                    f" La croissance des effectifs par place ralentit d’après les chiffres imprimés ({printed} point par an, "
                    f"{row['year']}), sans certitude vu leur arrondi ({change})."
                )
        return english, french

    return in_both(write)


def budget_flip(slower: pd.DataFrame, rise: pd.Series) -> Text:
    """By how much prices and places together had to grow for the wage bill to fall; and when growth would surely slow."""

    def write(language: Language) -> tuple[str, str]:
        whole, around = value_of(rise, language, 0, "%"), span_of(rise, language, 1)
        english = (
            f"over {rise['year']} the wage bill fell in real terms per place only if prices and places together grew by more "
            f"than {whole} ({around} with rounding)"
        )
        french = (
            f"sur {rise['year']}, la masse salariale n’a baissé en termes réels par place que si prix et places ont augmenté "
            f"ensemble de plus de {whole} ({around} avec l’arrondi)"
        )
        unsure = slower[(slower["high"] >= 0) & (slower["low"] < 0)]
        if len(unsure):
            change = span_of(unsure.iloc[0], language, 1)
            english += (
                f"; partly supported if growth of staff per place had surely slowed: it changed by {change} points a year"
            )
            french += (
                " ; « confirmé en partie » si la croissance des effectifs par place avait sûrement ralenti : elle a varié de "
                f"{change} point par an"
            )
        return english, french

    return in_both(write)
