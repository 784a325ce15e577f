"""Paces of the cadre share beside comparators."""

import pandas as pd
from great_tables import GT, style
from great_tables import loc as place

from compendium.claims.sentences import comparators
from compendium.interval import Interval
from compendium.language import Language, Text, number, span
from compendium.tables.style import header

KINDS_OF_INTERVAL = {
    "rounding": Text("rounding", "arrondi"),
    "sampling": Text("sampling or scatter, 95 %", "échantillonnage ou dispersion, 95 %"),
    "few": Text("sampling only, 95 %", "échantillonnage seul, 95 %"),
}
STATUS = {
    "reference": Text("reference", "référence"),
    "ranked": Text("ranked", "classé"),
    "other_segment": Text("other segment", "autre segment"),
    "variant": Text("variant of another", "variante d’un autre"),
    "other_years": Text("other years", "autres années"),
}


def comparator_paces(data: pd.DataFrame, language: Language) -> GT:
    """The pace of every break-free segment, the fastest first, with its interval and what that covers.

    Args:
        data: as `models.comparators.in_order` gives it, a row a segment: comparator, first, last, points, pace, pace_low,
            pace_high (points a year), logit, logit_low, logit_high, covers, status, weak.
        language: en or fr.

    >>> from compendium import paths
    >>> data = pd.read_csv(paths.results("default") / "tables" / "comparator_paces_table.csv")
    >>> "Points a year" in comparator_paces(data, "en").as_raw_html()
    True
    >>> "Points par an" in comparator_paces(data, "fr").as_raw_html()
    True
    """

    def cell(row: pd.Series, name: str, digits: int) -> str:
        ends = span(Interval(row[f"{name}_low"], row[f"{name}_high"]), language, digits)
        return f"{number(row[name], language, digits)} ({ends})"

    weak = Text(", weak", ", fragile").of(language)
    shown = pd.DataFrame(
        {
            "comparator": [comparators.name(code).of(language) for code in data["comparator"]],
            "years": [f"{first}-{last}" for first, last in zip(data["first"], data["last"], strict=True)],
            "points": data["points"],
            "pace": [cell(row, "pace", 2) for _, row in data.iterrows()],
            "logit": [cell(row, "logit", 3) for _, row in data.iterrows()],
            "covers": [KINDS_OF_INTERVAL[key].of(language) for key in data["covers"]],
            "status": [
                STATUS[key].of(language) + (weak if is_weak else "")
                for key, is_weak in zip(data["status"], data["weak"], strict=True)
            ],
        }
    )
    labels = {
        "comparator": Text("Comparator", "Comparateur"),
        "years": Text("Years", "Années"),
        "points": Text("Points", "Points"),
        "pace": Text("Points a year", "Points par an"),
        "logit": Text("Log odds a year", "Logit par an"),
        "covers": Text("Interval", "Intervalle"),
        "status": Text("Place in the ranking", "Place dans le classement"),
    }
    table = GT(shown, id="comparator_paces_table").cols_label(cases={key: label.of(language) for key, label in labels.items()})
    table = table.cols_align("right", columns=["points", "pace", "logit"])
    table = table.tab_style(
        style.text(weight="bold"), place.body(rows=[int(row) for row in data.index[data["status"] == "reference"]])
    )
    return header(
        table,
        Text(
            "Pace of the share of cadres, each on its own definition", "Rythme de la part des cadres, chacun dans sa définition"
        ),
        Text(
            "One line a break-free segment, the fastest first",
            "Une ligne par segment sans rupture, du plus rapide au plus lent",
        ),
        Text(
            "Levels do not compare across definitions. Weak: few years, or a field that is not said. Sampling rests on an "
            "assumed effective sample. Ends rounded outwards.",
            "Les niveaux ne se comparent pas d’une définition à l’autre. Fragile : peu d’années, ou champ non précisé. "
            "L’échantillonnage repose sur un échantillon efficace supposé. Bornes arrondies vers l’extérieur.",
        ),
        language,
    )
