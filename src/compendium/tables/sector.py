"""Head-office changes, and organisations against establishments and staff, each with rounding and field."""

import pandas as pd
from great_tables import GT

from compendium.interval import Interval
from compendium.language import NO_BREAK, Language, Text, number, span
from compendium.tables import polarisation
from compendium.tables.style import header

WAYS = {"rises": Text("rises", "hausse"), "falls": Text("falls", "baisse"), "open": Text("open", "indécis")}
FIELDS = {
    "sector": Text("Unifaf branch: members may have changed", "Branche Unifaf : adhérents non constants"),
    "institution": Text("Sécurité sociale, shown apart", "Sécurité sociale, à part"),
    "unifaf_branch": Text("Unifaf branch", "Branche Unifaf"),
    "non_profit_employers": Text("Non-profit employers (Uniopss)", "Employeurs non lucratifs (Uniopss)"),
    "regime_general": Text("Sécurité sociale, shown apart", "Sécurité sociale, à part"),
}


def _change(low: float, high: float, unit: str, language: Language) -> str:
    named = polarisation.CHANGES[unit].of(language)
    if low == high:
        return number(low, language, 0 if low == round(low) else 1) + NO_BREAK + named
    return span(Interval(low, high), language, 1, named)


def head_offices(data: pd.DataFrame, language: Language) -> GT:
    """Every published change of head-office staff: years, change with rounding, sign, field, documents.

    Args:
        data: as `models.head_offices.listed` gives it: name, field, years, low, high (in unit: percent_change, points,
            persons), way (rises, falls, open), counted.
        language: en or fr.

    >>> from compendium import paths
    >>> data = pd.read_csv(paths.results("default") / "tables" / "head_offices_table.csv")
    >>> "Change, with rounding" in head_offices(data, "en").as_raw_html()
    True
    >>> "Variation, avec l’arrondi" in head_offices(data, "fr").as_raw_html()
    True
    """
    across = data.loc[data["counted"] == "no", "years"]
    shown = pd.DataFrame(
        {
            "field": [FIELDS[name].of(language) for name in data["field"]],
            "series": [polarisation.SERIES[name].of(language) for name in data["name"]],
            "years": data["years"],
            "change": [_change(row["low"], row["high"], row["unit"], language) for _, row in data.iterrows()],
            "way": [WAYS[name].of(language) for name in data["way"]],
        }
    )
    labels = {
        "years": Text("Years", "Années"),
        "change": Text("Change, with rounding", "Variation, avec l’arrondi"),
        "way": Text("Sign", "Sens"),
    }
    table = GT(shown, id="head_offices_table", groupname_col="field", rowname_col="series")
    table = table.cols_label(cases={key: label.of(language) for key, label in labels.items()})
    return header(
        table.cols_align("right", columns=["change"]),
        Text("Published changes of head-office staff", "Variations publiées des effectifs de siège"),
        Text("All that are published, with their sign", "Toutes celles qui sont publiées, avec leur sens"),
        Text(
            f"Changes of the branch are read through the press. Those of the Sécurité sociale count for nothing here; those of "
            f"{', '.join(across)} end with staff of the RSI and began without.",
            "Les variations de la branche sont lues à travers la presse. Celles de la Sécurité sociale ne comptent pas ici ; "
            f"celles de {', '.join(across)} incluent à la fin, et non au début, les personnels du RSI.",
        ),
        language,
    )


COUNTED = {
    "organisations.branch_associations": Text("associations", "associations"),
    "organisations.branch_staff": Text("staff", "salariés"),
    "organisations.employer_establishments": Text("establishments", "établissements"),
    "organisations.employer_staff": Text("staff", "salariés"),
    "organisations.bodies_all": Text("bodies, all", "organismes, ensemble"),
    "organisations.bodies_of_the_agreement": Text(
        "bodies of the agreement on agents de direction", "organismes du protocole des agents de direction"
    ),
}
PERIMETER = {"constant": Text("constant", "constant"), "not constant": Text("not known constant", "non réputé constant")}


def organisations(data: pd.DataFrame, language: Language) -> GT:
    """Changes of organisations, establishments and staff by field, with rounding and perimeter.

    Args:
        data: estimate_id, basis, year, low, high (as unit says: percent_change), unit, definition (constant,
            not constant).
        language: en or fr.

    >>> row = {"estimate_id": "organisations.branch_staff", "basis": "unifaf_branch", "year": "2001-2006", "low": 4.5}
    >>> row |= {"high": 5.5, "unit": "percent_change", "definition": "not constant"}  # made up
    >>> html = organisations(pd.DataFrame([row]), "en").as_raw_html()
    >>> "4.5 to 5.5" in html, "not known constant" in html
    (True, True)
    """
    shown = pd.DataFrame(
        {
            "field": [FIELDS[name].of(language) for name in data["basis"]],
            "what": [COUNTED[name].of(language) for name in data["estimate_id"]],
            "years": data["year"],
            "change": [_change(row["low"], row["high"], row["unit"], language) for _, row in data.iterrows()],
            "perimeter": [PERIMETER[name].of(language) for name in data["definition"]],
        }
    )
    labels = {
        "years": Text("Years", "Années"),
        "change": Text("Change, with rounding", "Variation, avec l’arrondi"),
        "perimeter": Text("Perimeter", "Périmètre"),
    }
    table = GT(shown, id="sector_organisations_table", groupname_col="field", rowname_col="what")
    table = table.cols_label(cases={key: label.of(language) for key, label in labels.items()})
    return header(
        table.cols_align("right", columns=["change"]),
        Text("Organisations, establishments and staff", "Organisations, établissements et salariés"),
        Text(
            "Changes by field; figures of two fields are never joined", "Variations par champ, sans jamais joindre deux champs"
        ),
        Text(
            "Uniopss counts employer establishments, not associations. Part of the bodies that the Sécurité sociale lost is a "
            "change of perimeter.",
            "L’Uniopss compte des établissements employeurs, non des associations. Une partie des organismes que la Sécurité "
            "sociale a perdus tient à un changement de périmètre.",
        ),
        language,
    )
