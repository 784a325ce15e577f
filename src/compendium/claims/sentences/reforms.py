"""What the rule on dates of reforms found, and what would flip it."""

import pandas as pd

from compendium.claims.registry import Claim
from compendium.claims.words import in_both
from compendium.language import Language, Text, linked, number

ITEMS = {
    "law_1975": Text("the law of 1975", "la loi de 1975"),
    "decentralisation": Text("decentralisation", "la décentralisation"),
    "law_2002": Text("the law of 2002", "la loi de 2002"),
    "lolf": Text("the LOLF", "la Lolf"),
    "rgpp": Text("the RGPP", "la RGPP"),
    "hpst": Text("the HPST law", "la loi HPST"),
    "map": Text("the MAP", "la MAP"),
    "anesm": Text("Anesm", "l’Anesm"),
    "anap": Text("Anap", "l’Anap"),
    "thesis": Text("the thesis", "la thèse"),
}
KEYS = {
    "year": Text("year", "année"),
    "day": Text("day", "jour"),
    "number": Text("number", "numéro"),
    "place": Text("place", "lieu"),
}
UNITS = {"years": Text("years", "ans"), "days": Text("days", "jours")}
# What has to be said beside a count, by statement.
BESIDE = {
    "T2-11": Text(
        "The law of the stated year created the council that Anesm later replaced.",
        "La loi de l’année énoncée a créé le conseil que l’Anesm a remplacé plus tard.",
    ),
    "T2-24": Text(
        "Note 3 and the bibliography are missing from our copy of the text: what they say is not tested. The laws are quoted "
        "from a press review of the main laws, the thesis from a library record that was added to the data after the rule was "
        "written.",
        "La note 3 et la bibliographie manquent à notre exemplaire du texte : ce qu’elles disent n’est pas vérifié. Les lois "
        "sont citées d’après une fiche de presse sur les grandes lois, la thèse d’après une notice de bibliothèque ajoutée aux "
        "données une fois la règle écrite.",
    ),
}


def name(item: pd.Series, language: Language) -> str:
    """An item, with what is compared where that is not its year alone."""
    said = ITEMS[item["population"]].of(language)
    return said if item["definition"] == "year" else f"{said} ({KEYS[item['definition']].of(language)})"


def stated(claim: Claim, item: pd.Series) -> str:
    """What the text says of an item, linked to the statement."""
    return linked(str(claim.stated["items"][item["population"]][item["definition"]]), claim.claim_id)


def by_count(claim: Claim, items: pd.DataFrame, estimates: pd.DataFrame) -> Text:
    """How many items agree, of how many; each that differs with its nearest official date; each that has none."""
    differing = items[items["value"].notna() & (items["value"] != 0)]
    unknown = items[items["value"].isna()]
    dates = estimates[estimates["quantity"] == "official_date"]
    before = dates[dates["definition"] == "predecessor"]
    agreeing = items[(items["value"] == 0) & (items["definition"] == "year")]
    first = [earliest for _, item in agreeing.iterrows() if (earliest := _earlier(claim, item, dates)) is not None]

    def write(language: Language) -> tuple[str, str]:
        agree = linked(number((items["value"] == 0).sum(), language), claim.claim_id)
        whole = linked(number(len(items), language), claim.claim_id)
        english = f"Items that agree with an official date or record: {agree} of {whole}."
        french = f"Items qui concordent avec une date ou une notice officielle : {agree} sur {whole}."
        if len(first):
            word = Text("first: ", "première : ").of(language)
            listed = [
                f"{ITEMS[date['population']].of(language)} ({word}{linked(date['year'], date['estimate_id'])})"
                for date in first
            ]
            english += f" Of these, by a later official year than the first: {', '.join(listed)}."
            french += f" Parmi eux, par une année officielle postérieure à la première : {', '.join(listed)}."
        for _, item in differing.iterrows():
            said, found = stated(claim, item), linked(item["year"], item["estimate_id"])
            subject = name(item, language)
            english += f" Not {subject}: {said} in the text, the nearest official date is of {found}{away(item, 'en')}."
            french += f" Non pour {subject} : {said} dans le texte, date officielle la plus proche {found}{away(item, 'fr')}."
        if len(unknown):
            names = ", ".join(name(item, language) for _, item in unknown.iterrows())
            english += f" Without an official date in the data: {names}."
            french += f" Sans date officielle dans les données : {names}."
        beside = BESIDE.get(claim.claim_id)
        if beside and (claim.claim_id != "T2-11" or len(before)):
            english, french = f"{english} {note(beside.en, claim)}", f"{french} {note(beside.fr, claim)}"
        return english, french

    return in_both(write)


def _earlier(claim: Claim, item: pd.Series, dates: pd.DataFrame) -> pd.Series | None:
    """The first official date of an item, where it lies before the stated year."""
    own = dates[(dates["population"] == item["population"]) & (dates["definition"] != "predecessor")]
    if own.empty:
        return None
    earliest = own.loc[own["value"].idxmin()]
    return earliest if earliest["value"] < claim.stated["items"][item["population"]]["year"] else None


def note(said: str, claim: Claim) -> str:
    """A remark whose one number, that of a note of the text, is linked to the statement."""
    return said.replace("ote 3 ", f"ote {linked('3', claim.claim_id)} ")


def away(item: pd.Series, language: Language) -> str:
    """How far the nearest official date is, where that can be counted."""
    if item["unit"] not in UNITS:
        return ""
    size = linked(number(abs(item["value"]), language), item["estimate_id"])
    unit = UNITS[item["unit"]].of(language)
    unit = unit.removesuffix("s") if abs(item["value"]) == 1 else unit
    return f", {size} {unit} away" if language == "en" else f", à {size} {unit}"


def count_flip(claim: Claim, items: pd.DataFrame) -> Text:
    """The item closest to changing sides."""
    differing = items[items["value"].notna() & (items["value"] != 0)]

    def write(language: Language) -> tuple[str, str]:
        if differing.empty:
            whole = linked(number(len(items), language), claim.claim_id)
            return (
                f"partly supported if one of {whole} items differed from its record, or had none",
                f"« confirmé en partie » si un seul des {whole} items différait de sa notice, ou n’en avait pas",
            )
        item = differing.loc[differing["value"].abs().idxmin()]
        said, subject = stated(claim, item), name(item, language)
        found = linked(item["year"], item["estimate_id"])
        enough = bool((items["value"] != 0).sum() == 1)
        english = "make it supported" if enough else "bring it one item nearer to supported"
        french = "le rendrait « confirmé »" if enough else "le rapprocherait d’un item de « confirmé »"
        return (
            f"an official date of {said} for {subject} would {english}; the nearest is {found}",
            f"une date officielle de {said} pour {subject} {french} ; la plus proche est {found}",
        )

    return in_both(write)
