"""The cadre share from 2013 to 2024: what published figures allow, layer within layer, and what is stated."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from compendium.charts import style
from compendium.interval import Interval
from compendium.language import LANGUAGES, Language, Text, number, span

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


PARTS = {
    "growth": Text("growth within\none definition", "croissance à\ndéfinition constante"),
    "definition": Text("change of\ndefinition", "changement de\ndéfinition"),
    "basis": Text("change of\nbasis", "changement\nde base"),
    "remainder": Text("stated start\nagainst levels 5A-9", "départ énoncé face\naux niveaux 5A à 9"),
}


PART_COLOURS = {"growth": "#0072B2", "definition": "#E69F00", "basis": "#F5DFA8", "remainder": "#FFFFFF"}
STACKS = {
    "least": Text("least growth\nthe bounds allow", "croissance minimale\nadmise"),
    "most": Text("most growth\nthe bounds allow", "croissance maximale\nadmise"),
}


def parts_of_the_rise(data: pd.DataFrame, language: Language) -> Figure:
    """What the stated rise can be made of: the two extreme splits as stacked bars, then the bound of each part.

    Args:
        data: as `models.cadre_share.parts_to_draw` gives it.
        language: en or fr.
    """
    figure, axes = style.canvas(height_inches=4.4)
    for place, kind in enumerate(STACKS):
        left = 0.0
        split = data[data["kind"] == kind].set_index("part")["low"]
        for name in ("growth", "definition", "basis"):
            _bar(axes, place, left, split[name], name)
            left += split[name]
        _bar(axes, place, min(0.0, split["remainder"]), abs(split["remainder"]), "remainder")
    bars = data[data["kind"] == "part"].set_index("part")
    for place, name in enumerate(PARTS, len(STACKS)):
        low, high = bars.at[name, "low"], bars.at[name, "high"]
        _bar(axes, place, low, high - low, name)
        written = span(Interval(low, high), language, 0, "%")
        axes.annotate(written, (low, place), xytext=(-5, 0), textcoords="offset points", ha="right", va="center", fontsize=8)
    for _, line in data[data["kind"] == "line"].iterrows():
        axes.plot([line["low"]] * 2, [-0.5, len(STACKS) + 0.5], color="black", linewidth=1.2)
        label = number(line["low"], language) + "\u00a0%"
        axes.annotate(label, (line["low"], -0.5), xytext=(0, 3), textcoords="offset points", ha="center", fontsize=8)
    axes.axvline(0, color=style.COLOURS["muted"], linewidth=0.8)
    axes.set_yticks(range(len(STACKS) + len(PARTS)), [text.of(language) for text in (*STACKS.values(), *PARTS.values())])
    axes.set_ylim(len(STACKS) + len(PARTS) - 0.5, -0.9)
    axes.grid(axis="y", visible=False)
    axes.set_xlim(bars["low"].min() - 22, 100 - bars["low"].min() + 4)  # room for the labels, and for the longest stack
    style.percent_axis(axes.xaxis, language)
    low, high = bars.at["growth", "low"], bars.at["growth", "high"]
    ends_written = [span(Interval(low, high), of, 0, "%") for of in LANGUAGES]
    title = Text(
        f"If the later share is right, {ends_written[0]} of the stated rise is growth",
        f"Si la part finale est juste, {ends_written[1]} de la hausse énoncée est une croissance",
    )
    subtitle = Text(
        "Parts of the stated rise: the two extreme splits, then the bound of each; black: thresholds of the verdict for growth",
        "Composantes de la hausse énoncée : partages extrêmes, puis encadrements ; en noir : seuils du verdict",
    )
    source = Text(
        "Source: published shares and headcounts of the régime général (CPNEFP, relayed by SNFOCOS); Shapley parts.",
        "Source : parts et effectifs publiés du régime général (CPNEFP, relayés par le SNFOCOS) ; parts de Shapley.",
    )
    style.titles(figure, axes, title.of(language), subtitle.of(language), source.of(language))
    return figure


def _bar(axes: Axes, place: int, left: float, width: float, part: str) -> None:
    hatch = "////" if part == "remainder" else None
    axes.barh(place, width, left=left, height=0.5, color=PART_COLOURS[part], edgecolor="#555555", linewidth=0.6, hatch=hatch)


POPULATIONS = {
    "stated": Text("cadres, as the text states", "cadres, selon le texte"),
    "all_grids": Text("cadres, all grids", "cadres, toutes grilles"),
    "levels_5a_9": Text("cadres, levels 5A-9", "cadres, niveaux 5A à 9"),
    "administrative": Text("administrative cadres", "cadres administratifs"),
    "managers": Text("managers", "managers"),
    "agents_de_direction": Text("agents de direction", "agents de direction"),
    "all_permanent": Text("all permanent staff", "tous les agents en CDI"),
}


def headcount_ruler(data: pd.DataFrame, language: Language) -> Figure:
    """Published headcounts on one logarithmic axis, the stated one as a hollow diamond.

    Args:
        data: as `models.cadre_share.ruler` gives it.
        language: en or fr.
    """
    figure, axes = style.canvas(height_inches=3.6)
    rows = data.sort_values("value", ascending=False).reset_index(drop=True)
    names = []
    for place, row in rows.iterrows():
        stated, rounded = row["kind"] == "stated", row["kind"] == "shown"
        axes.plot([row["low"], row["high"]], [place, place], color=style.COLOURS["all_grids"], linewidth=3, alpha=0.4)
        axes.plot(
            row["value"],
            place,
            "D" if stated else "o",
            markersize=7,
            markerfacecolor="white" if stated or rounded else style.COLOURS["all_grids"],
            markeredgecolor="black" if stated else style.COLOURS["all_grids"],
            markeredgewidth=1.4,
        )
        about = Text("about ", "environ ").of(language) if rounded else ""
        label = about + number(row["value"], language)
        axes.annotate(label, (row["high"], place), xytext=(8, 0), textcoords="offset points", va="center", fontsize=8)
        year = "" if pd.isna(row["year"]) else f", {int(row['year'])}"
        names.append(POPULATIONS[row["what"]].of(language) + year)
    axes.set_yticks(range(len(rows)), names)
    axes.set_xscale("log")
    axes.set_xlim(1_000, 500_000)
    axes.set_xticks([1_000, 10_000, 100_000], [number(tick, language) for tick in (1_000, 10_000, 100_000)])
    axes.minorticks_off()
    axes.invert_yaxis()
    cadres = rows[rows["what"].isin(["all_grids", "levels_5a_9"])]["value"]
    value = float(rows.loc[rows["kind"] == "stated", "value"].iloc[0])
    outside = value < cadres.min() or value > cadres.max()
    ends = [number(value, of) for of in LANGUAGES]
    title = (
        Text(f"{ends[0]} lies outside the published levels of cadres", f"{ends[1]} est hors des niveaux publiés de cadres")
        if outside
        else Text(f"{ends[0]} lies among the published levels of cadres", f"{ends[1]} est parmi les niveaux publiés de cadres")
    )
    subtitle = Text(
        "Headcounts of the régime général, logarithmic axis; hollow dots are printed as approximate",
        "Effectifs du régime général, échelle logarithmique ; les points vides sont publiés comme approximatifs",
    )
    source = Text(
        "Source: CPNEFP and Ucanss figures relayed by unions and press (data/raw); text T1 (hollow diamond).",
        "Source : chiffres de la CPNEFP et de l’Ucanss relayés par syndicats et presse (data/raw) ; texte T1 (losange vide).",
    )
    style.titles(figure, axes, title.of(language), subtitle.of(language), source.of(language))
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
