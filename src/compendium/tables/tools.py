"""Posts planned in the management conventions, by branch and period."""

import pandas as pd
from great_tables import GT

from compendium.language import Language, Text, number
from compendium.tables.style import header

BRANCHES = {
    "maladie": Text("maladie", "maladie"),
    "famille": Text("famille", "famille"),
    "retraite": Text("retraite", "retraite"),
    "recouvrement": Text("recouvrement", "recouvrement"),
    "four_branches": Text("all four, union total", "les quatre, total syndical"),
    "all_but_maladie": Text("all but maladie, union total", "toutes sauf maladie, total syndical"),
}
KINDS = {
    "net": Text("Net changes", "Variations nettes"),
    "gross": Text("Gross changes", "Variations brutes"),
    "mixed": Text("Net and gross mixed", "Net et brut mêlés"),
    "not_stated": Text("Net or gross not stated", "Net ou brut non précisé"),
}
TRANSFERS = {
    "included": Text("included", "compris"),
    "excluded": Text("left out", "exclus"),
    "not_stated": Text("not stated", "non précisé"),
}
UNITS = {
    "fte": Text("full-time equivalents", "équivalents temps plein"),
    "persons": Text("people or posts", "personnes ou postes"),
}


def posts_planned(data: pd.DataFrame, language: Language) -> GT:
    """Planned changes, net and gross in groups of their own, never added up.

    Args:
        data: schema `Estimate`, as `models.tools.posts_planned` gives it: value in fte or persons, as its unit says.
        language: en or fr.

    >>> from compendium import paths
    >>> data = pd.read_csv(paths.results("default") / "tables" / "posts_planned.csv")
    >>> html = posts_planned(data, "fr").as_raw_html()
    >>> "Variations nettes" in html, "Transferts de personnel" in html
    (True, True)
    """
    kinds = data["definition"].str.split(" ", expand=True)
    order = kinds[0].map({name: place for place, name in enumerate(KINDS)})
    rows = data.assign(kind=kinds[0], transfers=kinds[1], order=order).sort_values(["order", "population", "year", "obs_ids"])
    shown = pd.DataFrame(
        {
            "kind": [KINDS[name].of(language) for name in rows["kind"]],
            "branch": [BRANCHES[name].of(language) for name in rows["population"]],
            "period": list(rows["year"]),
            "change": [("+" if value > 0 else "") + number(value, language) for value in rows["value"]],
            "unit": [UNITS[name].of(language) for name in rows["unit"]],
            "transfers": [TRANSFERS[name].of(language) for name in rows["transfers"]],
        }
    )
    labels = {
        "branch": Text("Branch", "Branche"),
        "period": Text("Period", "Période"),
        "change": Text("Planned", "Prévu"),
        "unit": Text("In", "En"),
        "transfers": Text("Staff taken over", "Transferts de personnel"),
    }
    table = GT(shown, id="posts_planned", groupname_col="kind")
    table = table.cols_label(cases={key: label.of(language) for key, label in labels.items()})
    table = table.cols_align("right", columns=["change"])
    return header(
        table,
        Text("Posts planned in the management conventions (COG)", "Postes prévus par les conventions d’objectifs (COG)"),
        Text(
            "Context: plans, not results; no verdict rests on them",
            "Contexte : des plans, non des résultats ; aucun verdict n’en dépend",
        ),
        Text(
            "Net and gross changes, full-time equivalents and people are never added up. Two rows of one branch and period are "
            "the same plan seen twice, or two accounts of it.",
            "Variations nettes et brutes, équivalents temps plein et personnes ne s’additionnent pas. Deux lignes d’une même "
            "branche et période sont un même plan vu deux fois, ou deux récits de ce plan.",
        ),
        language,
    )
