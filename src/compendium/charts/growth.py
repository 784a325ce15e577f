"""How money, staff and places of the sector grew."""

import pandas as pd
from matplotlib.figure import Figure

from compendium.charts import style
from compendium.claims.sentences.growth import OF
from compendium.language import Language, Text, number
from compendium.models.growth import MONEY

KINDS = {
    "wage_bill": Text("wage bill, current euros", "masse salariale, euros courants"),
    "funding": Text("funding", "financement"),
    "staff": Text("staff", "effectifs"),
    "staff_per_place": Text("staff per place", "effectifs par place"),
    "places": Text("places", "places"),
    "later": Text("jobs in social action, all fields", "emplois du social, tous champs"),
}
SERIES = OF | {
    "social_workers": Text("social workers", "travailleurs sociaux"),
    "social_action": Text("social action (Dares)", "action sociale (Dares)"),
}


def growth(data: pd.DataFrame, language: Language) -> Figure:
    """Growth in percent a year of every dated series, with rounding, by kind.

    Args:
        data: series, kind, basis, years, value, low, high: percent a year.
        language: en or fr.

    >>> from matplotlib import pyplot as plt
    >>> from compendium import paths
    >>> data = pd.read_csv(paths.results("default") / "figures" / "sector_growth.csv")
    >>> figure = growth(data, "fr")
    >>> figure.axes[0].get_xlabel(), len(figure.axes[0].get_yticks()) == len(data)
    ('croissance par an', True)
    >>> plt.close(figure)
    """
    figure, axes = style.canvas(height_inches=6.2)
    place, rows, labels = 0.0, [], []
    for kind, part in data.groupby("kind", sort=False):
        axes.annotate(KINDS[kind].of(language), (0.1, place), va="center", fontsize=style.TEXT_POINTS, fontweight="bold")
        for _, row in part.iterrows():
            place -= 1
            money = kind in MONEY
            colour = style.COLOURS["levels_5a_9" if money else "all_grids"]
            axes.plot([row["low"], row["high"]], [place, place], color=colour, linewidth=3, solid_capstyle="butt", alpha=0.5)
            axes.plot(row["value"], place, "s" if money else "o", color=colour, markersize=6)
            sign = "+" if row["value"] > 0 else ""
            axes.annotate(
                sign + number(row["value"], language, 1),
                (row["high"], place),
                xytext=(7, 0),
                textcoords="offset points",
                va="center",
                fontsize=style.TEXT_POINTS,
            )
            rows.append(place)
            labels.append(f"{SERIES[row['series']].of(language)}, {row['years']}")
        place -= 1.3
    axes.axvline(0, color="black", linewidth=1)
    axes.set_xlim(min(0, data["low"].min() * 1.1), data["high"].max() * 1.2)
    axes.set_ylim(place + 0.7, 0.8)
    axes.set_yticks(rows, labels)
    axes.tick_params(labelsize=style.TEXT_POINTS)
    axes.grid(visible=False)
    style.percent_axis(axes.xaxis, language)
    axes.set_xlabel(Text("growth a year", "croissance par an").of(language), fontsize=style.TEXT_POINTS)
    style.titles(figure, axes, *(text.of(language) for text in _words(data)))
    return figure


def _words(data: pd.DataFrame) -> tuple[Text, Text, Text]:
    rising = int((data["low"] > 0).sum())
    first = data["years"].str[:4].min()
    real = int((data["kind"].isin(MONEY) & (data["basis"] == "per_place")).sum())
    number_of = Text(
        f"{real or 'none'} {'is' if real < 2 else 'are'}",
        "aucune n’est" if not real else f"{real} {'est' if real < 2 else 'sont'}",
    )
    title = Text(
        f"{rising} of {len(data)} published changes are rises; {number_of.en} of money in real terms per place",
        f"{rising} variations publiées sur {len(data)} sont des hausses ; {number_of.fr} en euros constants par place",
    )
    subtitle = Text(
        "Percent a year between two published dates; bars: rounding. Fields differ, spans overlap: rows are not to be added. "
        f"No series before {first}.",
        "En % par an entre deux dates publiées ; barres : arrondi. Champs différents, périodes qui se recoupent : rien ne "
        f"s’additionne. Aucune série avant {first}.",
    )
    source = Text(
        "Sources: Unifaf via ASH; Uniopss and Recherches & Solidarités; DREES; Dares, three-year means; ASH.",
        "Sources : Unifaf d’après ASH ; Uniopss et Recherches & Solidarités ; DREES ; Dares, moyennes de trois ans ; ASH.",
    )
    return title, subtitle, source
