"""What the cadre share can have been, layer by layer."""

import pandas as pd
from great_tables import GT

from compendium.interval import Interval
from compendium.language import Language, Text, number, span
from compendium.tables.style import header

DEFINITIONS = {
    "all_grids": Text("All grids", "Toutes grilles"),
    "levels_5a_9": Text("Levels 5A-9", "Niveaux 5A à 9"),
    "any": Text("Either", "L’une ou l’autre"),
}
LAYERS = {
    "rounding": Text("rounding, at the mean pace", "arrondi, au rythme moyen"),
    "path": Text("+ yearly change within limits", "+ variation annuelle bornée"),
    "basis": Text("+ permanent contracts", "+ base CDI"),
    "definition": Text("+ which grids count", "+ grilles comptées"),
}


def share_bounds(data: pd.DataFrame, language: Language) -> GT:
    """The bounds of the share by definition, layer and year, percent, rounded outwards.

    Args:
        data: columns definition, layer, and for each year y `low_y` and `high_y`; stated shares in `stated_y`; all percent.
        language: en or fr.

    >>> row = {"definition": "all_grids", "layer": "rounding", "low_2014": 30.02, "high_2014": 30.98, "stated_2014": 28.0}
    >>> html = share_bounds(pd.DataFrame([row]), "en").as_raw_html()  # made up
    >>> "2014 (stated 28)" in html, "30.0 to 31.0" in html
    (True, True)
    """
    years = sorted(name.removeprefix("low_") for name in data.columns if name.startswith("low_"))
    shown = pd.DataFrame(
        {
            "definition": [DEFINITIONS[name].of(language) for name in data["definition"]],
            "layer": [LAYERS[name].of(language) for name in data["layer"]],
        }
        | {
            year: [
                span(Interval(low, high), language, 1)
                for low, high in zip(data[f"low_{year}"], data[f"high_{year}"], strict=True)
            ]
            for year in years
        }
    )
    stated = {
        year: number(float(data[f"stated_{year}"].iloc[0]), language, 1).removesuffix(".0").removesuffix(",0") for year in years
    }
    label = Text("stated", "énoncé").of(language)
    table = GT(shown, id="cadre_share_table", groupname_col="definition", rowname_col="layer")
    table = table.cols_label(cases={year: f"{year} ({label} {stated[year]})" for year in years}).cols_align(
        "right", columns=years
    )
    return header(
        table,
        Text("What the cadre share can have been, %", "Ce que la part des cadres a pu être, en %"),
        Text("Each line adds a layer of doubt to the one above", "Chaque ligne ajoute un doute à la précédente"),
        Text(
            "Bounds under stated assumptions, without a confidence level, rounded outwards. Staff of the régime général.",
            "Encadrements sous hypothèses énoncées, sans niveau de confiance, arrondis vers l’extérieur. "
            "Personnel du régime général.",
        ),
        language,
    )
