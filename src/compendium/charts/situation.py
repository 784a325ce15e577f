"""The situation of cadres beside that of other occupations, item by item."""

from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from compendium.charts import style
from compendium.language import Language, Text, number

ITEMS = {
    "earnings": Text("Cadres earn more", "Les cadres gagnent davantage"),
    "insecure_jobs": Text("Cadres hold insecure jobs less often", "Les cadres occupent moins souvent un emploi précaire"),
    "unemployment": Text("Cadres are unemployed less often", "Les cadres sont moins souvent au chômage"),
    "diplomas": Text("Cadres hold a higher diploma more often", "Les cadres sont plus souvent diplômés du supérieur"),
    "hours": Text("Cadres work longer", "Les cadres travaillent plus longtemps"),
}
FIELDS = {
    "earnings": Text("net pay in full-time equivalent, private sector", "salaire net en équivalent temps plein, secteur privé"),
    "insecure_jobs": Text("persons in employment", "personnes en emploi"),
    "unemployment": Text("active persons", "actifs"),
    "diplomas": Text("persons in employment", "personnes en emploi"),
    "hours": Text("full-time employees without teachers", "salariés à temps complet hors enseignants"),
}
OTHERS = {
    "intermediate": Text("intermediate occupations", "professions intermédiaires"),
    "employes": Text("employés", "employés"),
    "ouvriers": Text("ouvriers", "ouvriers"),
    "non_cadres": Text("non-cadres", "non-cadres"),
}


def items(data: pd.DataFrame, language: Language) -> Figure:
    """The latest ratio of cadres to each other occupation, with rounding; squares where a part of the population is missing.

    Args:
        data: item, other, ratio, low, high (without unit), year, basis (whole or part), age (years).
        language: en or fr.

    >>> from matplotlib import pyplot as plt
    >>> from compendium import paths
    >>> data = pd.read_csv(paths.results("default") / "figures" / "situation_items.csv")
    >>> figure = items(data, "en")
    >>> figure.axes[0].get_xlabel(), len(figure.axes[0].get_yticks()) == len(data)
    ('ratio (logarithmic scale): one is no difference', True)
    >>> plt.close(figure)
    """
    figure, axes = style.canvas(height_inches=5.8)
    place = 0.0
    rows, labels = [], []
    for item, part in data.groupby("item", sort=False):
        year, age = part["year"].iloc[0], part["age"].iloc[0]
        old = Text(f"; {number(age, 'en')} years before the text", f" ; {number(age, 'fr')} ans avant le texte").of(language)
        below = f"{year}, {FIELDS[item].of(language)}{old if age else ''}"
        heading: dict[str, Any] = {"xycoords": ("figure fraction", "data"), "va": "center", "annotation_clip": False}
        axes.annotate(ITEMS[item].of(language), (0.01, place), fontsize=style.TEXT_POINTS, fontweight="bold", **heading)
        place -= 0.8
        axes.annotate(below, (0.01, place), fontsize=style.SMALL_POINTS, color=style.COLOURS["muted"], **heading)
        for _, row in part.iterrows():
            place -= 1
            whole = row["basis"] == "whole"
            colour = style.COLOURS["all_grids" if whole else "levels_5a_9"]
            axes.plot([row["low"], row["high"]], [place, place], color=colour, linewidth=3, solid_capstyle="butt", alpha=0.5)
            axes.plot(row["ratio"], place, marker="o" if whole else "s", color=colour, markersize=6)
            axes.annotate(
                number(row["ratio"], language, 2),
                (row["high"], place),
                xytext=(7, 0),
                textcoords="offset points",
                va="center",
                fontsize=style.TEXT_POINTS,
            )
            rows.append(place)
            labels.append(OTHERS[row["other"]].of(language))
        axes.plot([1, 1], [place - 0.4, place + len(part) - 0.6], color="black", linewidth=1)
        place -= 1.3
    axes.set_xscale("log")
    axes.set_xlim(0.97, max(data["high"].max() * 1.15, 4))
    axes.set_ylim(place + 0.7, 0.8)
    axes.xaxis.set_major_locator(FixedLocator([1, 1.5, 2, 3, 4]))
    axes.xaxis.set_minor_locator(NullLocator())
    style.number_axis(axes.xaxis, language)
    axes.set_yticks(rows, labels)
    axes.tick_params(labelsize=style.TEXT_POINTS)
    axes.grid(visible=False)
    axes.set_xlabel(
        Text("ratio (logarithmic scale): one is no difference", "rapport (échelle logarithmique) : un, aucun écart").of(
            language
        ),
        fontsize=style.TEXT_POINTS,
    )
    style.titles(figure, axes, *(text.of(language) for text in _words(data)))
    return figure


def _words(data: pd.DataFrame) -> tuple[Text, Text, Text]:
    ahead = [(part["low"] > 1).all() for _, part in data.groupby("item", sort=False)]
    ends = {lang: (number(data["ratio"].min(), lang, 1), number(data["ratio"].max(), lang, 1)) for lang in ("en", "fr")}
    title = Text(
        f"Of {len(ahead)} items that can be compared, {sum(ahead)} set cadres apart as stated: {ends['en'][0]} to "
        f"{ends['en'][1]} times",
        f"Sur {len(ahead)} items comparables, {sum(ahead)} distinguent les cadres comme énoncé : {ends['fr'][0]} à "
        f"{ends['fr'][1]} fois",
    )
    subtitle = Text(
        "Cadres against other occupations, latest year, in the direction stated. Squares: a part of the population only. Bars: "
        "rounding. Diplomas of other occupations are not in the data.",
        "Les cadres face aux autres catégories, dernière année, dans le sens énoncé. Carrés : une partie seulement de la "
        "population. Barres : arrondi. Les diplômes des autres catégories manquent aux données.",
    )
    source = Text(
        "Sources: Insee (pay, unemployment, hours); Observatoire des inégalités after Insee (insecure jobs).",
        "Sources : Insee (salaires, chômage, durée) ; Observatoire des inégalités d’après l’Insee (précarité).",
    )
    return title, subtitle, source
