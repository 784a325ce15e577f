"""Series that set head office and proximity apart."""

import pandas as pd
from great_tables import GT

from compendium.interval import Interval
from compendium.language import NO_BREAK, Language, Text, number, span
from compendium.tables.style import header

SERIES = {
    "head_office_functional_cadres": Text("functional cadres in head offices", "cadres fonctionnels des sièges"),
    "directors_general_and_deputies": Text("directors general and deputies", "directeurs généraux et adjoints"),
    "managers_of_establishments": Text("managers of establishments", "responsables d’établissement"),
    "educative_cadres_and_chefs_de_service": Text(
        "educative and social cadres, chefs de service", "cadres éducatifs et sociaux, chefs de service"
    ),
    "level_1_diplomas_of_directors": Text(
        "level-I diplomas among establishment directors", "diplômes de niveau I parmi les directeurs d’établissement"
    ),
    "share_in_national_bodies_before_rsi": Text(
        "agents de direction in national bodies, share, before the RSI",
        "agents de direction en caisse nationale, part, avant le RSI",
    ),
    "share_in_national_bodies_across_rsi": Text(
        "the same share, across the arrival of the RSI", "même part, à cheval sur l’arrivée du RSI"
    ),
    "national_bodies": Text("agents de direction, national bodies", "agents de direction, caisses nationales"),
    "cpam": Text("agents de direction, CPAM", "agents de direction, CPAM"),
    "caf": Text("agents de direction, CAF", "agents de direction, CAF"),
    "maladie_network": Text("agents de direction, maladie network", "agents de direction, réseau maladie"),
    "caf_network": Text("agents de direction, CAF network", "agents de direction, réseau des CAF"),
    "recouvrement_network": Text("agents de direction, recouvrement network", "agents de direction, réseau recouvrement"),
    "retraite_network": Text("agents de direction, retraite network", "agents de direction, réseau retraite"),
}
FIELDS = {
    "sector": Text("Social and medico-social sector", "Secteur social et médico-social"),
    "institution": Text("Sécurité sociale, shown apart", "Sécurité sociale, à part"),
}
SIDES = {"head_office": Text("head office", "siège"), "proximity": Text("proximity", "proximité")}
SIGNS = {"for": Text("for", "pour"), "against": Text("against", "contre"), "open": Text("open", "indécis")}
NOT_COUNTED = Text(", not counted", ", non compté")
CHANGES = {
    "percent_change": Text("%", "%"),
    "points": Text("points", "points"),
    "persons": Text("people", "personnes"),
}
EVIDENCE = {"model": Text("exact", "précis"), "shown": Text("rounded", "arrondi")}


def polarisation(data: pd.DataFrame, language: Language) -> GT:
    """Every series that sets head office and proximity apart: its change with rounding, and what it speaks for.

    Args:
        data: name, field, side, years, value, low, high (in unit: percent_change, points, persons), sign (for, against, open),
            counted (yes, no), use (model, shown).
        language: en or fr.

    >>> row = {"name": "cpam", "field": "institution", "side": "proximity", "years": "2001-2006", "low": 4.5, "high": 5.5}
    >>> row |= {"value": 5.0, "unit": "points", "sign": "against", "counted": "yes", "use": "model"}  # made up
    >>> html = polarisation(pd.DataFrame([row]), "en").as_raw_html()
    >>> "4.5 to 5.5" in html, "agents de direction, CPAM" in html
    (True, True)
    """

    def change(row: pd.Series) -> str:
        bound = Interval(row["low"], row["high"])
        if not bound.width:
            return number(row["value"], language) + NO_BREAK + CHANGES[row["unit"]].of(language)
        return span(bound, language, 0 if bound.low == round(bound.low) else 1, CHANGES[row["unit"]].of(language))

    shown = pd.DataFrame(
        {
            "field": [FIELDS[name].of(language) for name in data["field"]],
            "series": [SERIES[name].of(language) for name in data["name"]],
            "side": [SIDES[name].of(language) for name in data["side"]],
            "years": data["years"],
            "change": [change(row) for _, row in data.iterrows()],
            "printed": [EVIDENCE[name].of(language) for name in data["use"]],
            "sign": [
                SIGNS[sign].of(language) + ("" if counted == "yes" else NOT_COUNTED.of(language))
                for sign, counted in zip(data["sign"], data["counted"], strict=True)
            ],
        }
    )
    labels = {
        "side": Text("Side", "Côté"),
        "years": Text("Years", "Années"),
        "change": Text("Change, with rounding", "Variation, avec l’arrondi"),
        "printed": Text("Printed", "Chiffre"),
        "sign": Text("A split", "Une scission"),
    }
    table = GT(shown, id="polarisation_table", groupname_col="field", rowname_col="series")
    table = table.cols_label(cases={key: label.of(language) for key, label in labels.items()})
    table = table.cols_align("right", columns=["change"])
    return header(
        table,
        Text("Series that set head office and proximity apart", "Séries qui distinguent siège et proximité"),
        Text(
            "For a split: head office grows or proximity shrinks; against: the contrary",
            "Pour une scission : le siège croît ou la proximité recule ; contre : l’inverse",
        ),
        Text(
            "A list, not a vote: series of one document are not independent, and some overlap (CPAM and the maladie network). "
            "Not counted: a change across the arrival of staff of the RSI, which sets two populations side by side.",
            "Une liste, non un vote : les séries d’un même document ne sont pas indépendantes, et certaines se recoupent "
            "(CPAM et réseau maladie). Non compté : une variation à cheval sur l’arrivée des personnels du RSI, qui met en "
            "regard deux populations.",
        ),
        language,
    )
