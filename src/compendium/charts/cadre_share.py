"""The cadre share from 2013 to 2024: what published figures allow, layer within layer, and what is stated."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from compendium.charts import style
from compendium.language import Language, Text, number

NAMES = {
    "all_grids": Text("all classification grids", "toutes grilles de classification"),
    "levels_5a_9": Text("levels 5A-9 only", "niveaux 5A à 9 seulement"),
}
OPACITY = {"basis": 0.16, "path": 0.28, "rounding": 0.9}
LAYERS = {
    "basis": Text(
        "+ permanent contracts only (unknown rate of cadres on fixed terms)",
        "+ CDI seulement (taux de cadres en CDD inconnu)",
    ),
    "path": Text("+ yearly change within limits", "+ variation annuelle bornée"),
    "rounding": Text("rounding, at the mean pace", "arrondi, au rythme moyen"),
}


def bounds_over_time(data: pd.DataFrame, language: Language) -> Figure:
    """Nested bounds of the share by definition, with published shares as dots and stated ones as hollow marks.

    Args:
        data: kind (bound, published, stated), definition, layer, year, low, high, value: percent.
        language: en or fr.
    """
    figure, axes = style.canvas(height_inches=4.6)
    for definition, name in NAMES.items():
        rows = data[(data["kind"] == "bound") & (data["definition"] == definition)]
        for layer, opacity in OPACITY.items():
            band = rows[rows["layer"] == layer].sort_values("year")
            axes.fill_between(
                band["year"], band["low"], band["high"], color=style.COLOURS[definition], alpha=opacity, linewidth=0
            )
        last = rows[rows["layer"] == "rounding"].sort_values("year").iloc[-1]
        axes.annotate(
            name.of(language),
            (last["year"], last["high"]),
            xytext=(8, -3),
            textcoords="offset points",
            va="top",
            fontsize=8,
            color=style.TEXT_COLOURS[definition],
            fontweight="bold",
            annotation_clip=False,
        )
    _marks(axes, data, language)
    _key(axes, language)
    style.percent_axis(axes.yaxis, language)
    axes.set_xlim(2012.6, 2024.4)
    axes.set_xticks(range(2013, 2025))
    axes.grid(axis="x", visible=False)
    style.titles(figure, axes, *(text.of(language) for text in _words(data)))
    return figure


def _words(data: pd.DataFrame) -> tuple[Text, Text, Text]:
    """Title, subtitle and source; the title says no more than the bounds do."""
    stated = data[data["kind"] == "stated"].sort_values("year")
    latest = data.loc[data["kind"] == "published", "year"].max()
    bound = data[(data["kind"] == "bound") & (data["layer"] == "basis")].set_index(["definition", "year"])

    def holds(definition: str, row: pd.Series) -> bool:
        ends = bound.loc[(definition, int(row["year"]))]
        return bool(ends["low"] <= row["high"] and row["low"] <= ends["high"])

    first, last = stated.iloc[0], stated.iloc[-1]
    shared = [definition for definition in NAMES if holds(definition, first) and holds(definition, last)]
    ends = [
        (number(row["value"], "en", 1).removesuffix(".0"), number(row["value"], "fr", 1).removesuffix(",0"))
        for row in (first, last)
    ]
    title = (
        Text(
            f"The same definition can carry both {ends[0][0]} % and {ends[1][0]} %",
            f"Une même définition peut porter {ends[0][1]} % et {ends[1][1]} %",
        )
        if shared
        else Text(
            f"Within the stated paces, no single definition reaches both {ends[0][0]} % and {ends[1][0]} %",
            f"Aux rythmes énoncés, aucune définition n’atteint à la fois {ends[0][1]} % et {ends[1][1]} %",
        )
    )
    subtitle = Text(
        "Share of cadres in the staff of the régime général: bounds under stated assumptions, not confidence intervals",
        "Part des cadres dans le personnel du régime général : encadrements sous hypothèses énoncées, sans niveau de confiance",
    )
    source = Text(
        f"Source: CPNEFP employment report, data of {latest}, relayed by SNFOCOS (dots); text T1 (hollow diamonds).",
        f"Source : Rapport sur l’emploi de la CPNEFP, données {latest}, relayé par le SNFOCOS (points) ; "
        "texte T1 (losanges vides).",
    )
    return title, subtitle, source


def _marks(axes: Axes, data: pd.DataFrame, language: Language) -> None:
    """Published shares as dots, stated ones as hollow diamonds, each with its number."""
    for _, row in data[data["kind"] == "published"].iterrows():
        colour = style.COLOURS[row["definition"]]
        axes.plot(row["year"], row["value"], "o", color=colour, markeredgecolor="white", markersize=7)
        label = number(row["value"], language, 1)
        axes.annotate(label, (row["year"], row["value"]), xytext=(0, 8), textcoords="offset points", ha="center", fontsize=8)
    for _, row in data[data["kind"] == "stated"].iterrows():
        axes.plot(
            row["year"],
            row["value"],
            "D",
            markerfacecolor="white",
            markeredgecolor="black",
            markersize=7,
            markeredgewidth=1.4,
        )
        label = Text("stated ", "énoncé ").of(language) + number(row["value"], language, 1).removesuffix(".0").removesuffix(
            ",0"
        )
        axes.annotate(label, (row["year"], row["value"]), xytext=(0, 9), textcoords="offset points", ha="center", fontsize=8)


def _key(axes: Axes, language: Language) -> None:
    """What each shade adds to the one inside it."""
    handles = [
        axes.fill_between([], [], [], color=style.COLOURS["muted"], alpha=OPACITY[layer], linewidth=0)
        for layer in ("rounding", "path", "basis")
    ]
    labels = [LAYERS[layer].of(language) for layer in ("rounding", "path", "basis")]
    axes.legend(handles, labels, loc="upper left", fontsize=7.5, framealpha=1, edgecolor="white", borderaxespad=0.2)
