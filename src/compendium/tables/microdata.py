"""Shares of cadres from files of individuals."""

import pandas as pd
from great_tables import GT

from compendium.claims.sentences import comparators
from compendium.interval import Interval
from compendium.language import Language, Text, number, span
from compendium.tables.style import header

CONTRACTS = {"all": Text("all", "tous"), "cdi": Text("CDI", "CDI")}


def shares(data: pd.DataFrame, language: Language) -> GT:
    """Every share beside the comparators, those of few rows included and marked.

    Args:
        data: as `models.microdata.listed` gives them: comparator, contract (all, cdi), year, share, low, high (percent), rows,
            weight, few.
        language: en or fr.

    >>> row = {"comparator": "eec_total", "contract": "all", "year": 2022, "share": 20.0, "low": 18.0, "high": 22.0}
    >>> html = shares(pd.DataFrame([row | {"rows": 50, "weight": 1000.0, "few": True}]), "en").as_raw_html()  # made up
    >>> "20.0 (18.0 to 22.0)" in html, "few rows" in html
    (True, True)
    """
    few = Text("few rows", "peu de lignes").of(language)
    shown = pd.DataFrame(
        {
            "comparator": [comparators.name(code).of(language) for code in data["comparator"]],
            "contract": [CONTRACTS[contract].of(language) for contract in data["contract"]],
            "year": data["year"],
            "share": [
                f"{number(row.share, language, 1)} ({span(Interval(row.low, row.high), language, 1)})" for row in _rows(data)
            ],
            "rows": [number(rows, language) for rows in data["rows"]],
            "weight": [number(weight, language) for weight in data["weight"]],
            "note": [few if is_few else "" for is_few in data["few"]],
        }
    )
    labels = {
        "comparator": Text("Employees", "Salariés"),
        "contract": Text("Contracts", "Contrats"),
        "year": Text("Year", "Année"),
        "share": Text("Cadres, %", "Cadres, %"),
        "rows": Text("Rows", "Lignes"),
        "weight": Text("Sum of weights", "Somme des poids"),
        "note": Text("Note", "Note"),
    }
    table = GT(shown, id="microdata_shares_table").cols_label(cases={key: label.of(language) for key, label in labels.items()})
    return header(
        table.cols_align("right", columns=["year", "share", "rows", "weight"]),
        Text(
            "Cadres among employees, from files of individuals", "Les cadres parmi les salariés, d’après des fichiers de détail"
        ),
        Text(
            "Group 3 of the PCS, weighted; in brackets 95 %", "Groupe 3 de la PCS, données pondérées ; entre parenthèses, 95 %"
        ),
        Text(
            "The interval is arithmetic: a simple sample (BTS), or an assumed design effect (EEC). The PCS is not the grid of "
            "the Ucanss: slopes compare, levels do not. Few rows: not drawn.",
            "L’intervalle est un calcul : sondage aléatoire simple (BTS) ou effet de plan supposé (EEC). La PCS n’est pas la "
            "grille de l’Ucanss : les pentes se comparent, pas les niveaux. Peu de lignes : non représenté.",
        ),
        language,
    )


def _rows(data: pd.DataFrame) -> list[pd.Series]:
    return [row for _, row in data.iterrows()]
