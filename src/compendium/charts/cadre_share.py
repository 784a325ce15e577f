"""The cadre share from 2013 to 2024: what published figures allow, layer within layer, and what is stated."""

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from compendium.charts import style
from compendium.interval import Interval
from compendium.language import LANGUAGES, Language, Text, number, span

NAMES = {
    "all_grids": Text("all\ngrids", "toutes\ngrilles"),
    "levels_5a_9": Text("levels\n5A-9", "niveaux\n5A à 9"),
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

    >>> from matplotlib import pyplot as plt
    >>> from compendium import paths
    >>> data = pd.read_csv(paths.results("default") / "figures" / "cadre_share_bounds.csv")
    >>> figure = bounds_over_time(data, "en")
    >>> len(figure.axes[0].collections) == len(NAMES) * len(OPACITY)  # a band for each layer of each definition
    True
    >>> plt.close(figure)
    """
    figure, axes = style.canvas(height_inches=5.4)
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
            xytext=(9, 0),
            textcoords="offset points",
            va="center",
            fontsize=style.TEXT_POINTS,
            color=style.TEXT_COLOURS[definition],
            fontweight="bold",
            annotation_clip=False,
        )
    _marks(axes, data, language)
    _key(figure, axes, language)
    style.percent_axis(axes.yaxis, language)
    first, last = int(data["year"].min()), int(data["year"].max())
    axes.set_xlim(first - 0.5, last + 0.4)
    axes.set_xticks(range(first + first % 2, last + 1, 2))
    axes.grid(axis="x", visible=False)
    style.titles(figure, axes, *(text.of(language) for text in _words(data)))
    return figure


PARTS = {
    "growth": Text("growth within\none definition", "croissance à\ndéfinition constante"),
    "definition": Text("change of definition", "changement\nde définition"),
    "basis": Text("change of basis", "changement de base"),
    "remainder": Text("stated start\nagainst levels 5A-9", "départ énoncé face\naux niveaux 5A à 9"),
}


PART_COLOURS = {"growth": "#0072B2", "definition": "#E69F00", "basis": "#F5DFA8", "remainder": "#FFFFFF"}
STACKS = {"least": Text("least growth", "croissance minimale"), "most": Text("most growth", "croissance maximale")}
HEADS = (
    Text("The two extreme splits", "Les deux partages extrêmes"),
    Text("The bound of each part", "L’encadrement de chaque part"),
)


def parts_of_the_rise(data: pd.DataFrame, language: Language) -> Figure:
    """What the stated rise can be made of: the two extreme splits as stacked bars, then the bound of each part.

    Args:
        data: as `models.cadre_share.parts_to_draw` gives it: kind (part, least, most, line), part, low, high, in percent of
            the stated rise.
        language: en or fr.

    >>> from matplotlib import pyplot as plt
    >>> from compendium import paths
    >>> data = pd.read_csv(paths.results("default") / "figures" / "cadre_share_parts.csv")
    >>> figure = parts_of_the_rise(data, "en")
    >>> [label.get_text() for label in figure.axes[0].get_yticklabels()][:3]
    ['The two extreme splits', 'least growth', 'most growth']
    >>> plt.close(figure)
    """
    figure, axes = style.canvas(height_inches=4.8)
    rows = [HEADS[0], *STACKS.values(), HEADS[1], *PARTS.values()]
    for place, kind in enumerate(STACKS, rows.index(HEADS[0]) + 1):
        left = 0.0
        split = data[data["kind"] == kind].set_index("part")["low"]
        for name in ("growth", "definition", "basis"):
            _bar(axes, place, left, split[name], name)
            left += split[name]
        _bar(axes, place, min(0.0, split["remainder"]), abs(split["remainder"]), "remainder")
    bars = data[data["kind"] == "part"].set_index("part")
    written = {}
    for place, name in enumerate(PARTS, rows.index(HEADS[1]) + 1):
        low, high = bars.at[name, "low"], bars.at[name, "high"]
        _bar(axes, place, low, high - low, name)
        written[float(place)] = span(Interval(low, high), language, 0, "%")
    style.column(axes, written)
    growth = rows.index(PARTS["growth"])
    for _, line in data[data["kind"] == "line"].iterrows():
        axes.plot([line["low"]] * 2, [0.4, growth + 0.5], color="black", linewidth=1.2)
        label = number(line["low"], language) + "\u00a0%"
        axes.annotate(
            label, (line["low"], 0.4), xytext=(0, 2), textcoords="offset points", ha="center", fontsize=style.TEXT_POINTS
        )
    axes.axvline(0, color=style.COLOURS["muted"], linewidth=0.8)
    axes.set_yticks(range(len(rows)), [text.of(language) for text in rows])
    for tick, text in zip(axes.get_yticklabels(), rows, strict=True):
        tick.set_fontweight("bold" if text in HEADS else "normal")
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.grid(axis="y", visible=False)
    axes.set_xlim(bars["low"].min() - 4, 100 - bars["low"].min() + 4)  # the longest stack is as long as the rest is short
    axes.set_xticks(range(0, 101, 50))
    style.percent_axis(axes.xaxis, language)
    low, high = bars.at["growth", "low"], bars.at["growth", "high"]
    ends_written = [span(Interval(low, high), of, 0, "%") for of in LANGUAGES]
    title = Text(
        f"From levels 5A-9 to all grids, {ends_written[0]} of the stated rise is growth, if the later share is right",
        f"Des niveaux 5A à 9 à toutes les grilles, {ends_written[1]} de la hausse est une croissance, si la part finale est "
        "juste",
    )
    subtitle = Text(
        "Percent of the stated rise; bounds, not confidence intervals; black lines: thresholds of the verdict for growth",
        "En % de la hausse énoncée ; encadrements, sans niveau de confiance ; traits noirs : seuils du verdict pour la "
        "croissance",
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
    "stated": Text("stated (text T1), cadres", "énoncé (texte T1), cadres"),
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
        data: as `models.cadre_share.ruler` gives it: kind (stated, level, shown), what, year, value, low, high: persons.
        language: en or fr.

    >>> from matplotlib import pyplot as plt
    >>> counts = {"kind": ["stated", "level"], "what": ["stated", "all_grids"], "year": [None, 2015], "value": [2e4, 3e4]}
    >>> figure = headcount_ruler(pd.DataFrame(counts | {"low": counts["value"], "high": counts["value"]}), "en")  # made up
    >>> [label.get_text() for label in figure.axes[0].get_yticklabels()]  # the largest first
    ['cadres, all grids, 2015', 'stated (text T1), cadres']
    >>> plt.close(figure)
    """
    figure, axes = style.canvas(height_inches=3.9)
    rows = data.sort_values("value", ascending=False).reset_index(drop=True)
    names, counts = [], {}
    axes.axvline(float(rows.loc[rows["kind"] == "stated", "value"].iloc[0]), color="black", linewidth=0.8, linestyle=":")
    for place, row in rows.iterrows():
        stated, rounded = row["kind"] == "stated", row["kind"] == "shown"
        axes.plot([row["low"], row["high"]], [place, place], color=style.COLOURS["all_grids"], linewidth=3, alpha=0.4)
        colour = style.COLOURS["all_grids"]
        face = "white" if rounded else colour
        published = {"marker": "o", "markersize": 7, "markerfacecolor": face, "markeredgecolor": colour, "markeredgewidth": 1.4}
        axes.plot(row["value"], place, **style.STATED if stated else published)
        about = Text("about ", "environ ").of(language) if rounded else ""
        counts[float(str(place))] = about + number(row["value"], language)
        year = "" if pd.isna(row["year"]) else f", {int(row['year'])}"
        names.append(POPULATIONS[row["what"]].of(language) + year)
    style.column(axes, counts)
    axes.set_yticks(range(len(rows)), names)
    axes.set_xscale("log")
    axes.set_xlim(1_000, 250_000)
    axes.set_xticks([1_000, 10_000, 100_000], [number(tick, language) for tick in (1_000, 10_000, 100_000)])
    axes.minorticks_off()
    axes.set_ylim(len(rows) - 0.5, -0.7)
    cadres = rows[rows["what"].isin(["all_grids", "levels_5a_9"])]["value"]
    value = float(rows.loc[rows["kind"] == "stated", "value"].iloc[0])
    below, above = value < cadres.min(), value > cadres.max()
    where = (
        Text("lies below every", "est inférieur à tout")
        if below
        else Text("lies above every", "est supérieur à tout")
        if above
        else Text("is among the", "est parmi les")
    )
    levels = Text("published level", "effectif publié") if below or above else Text("published levels", "effectifs publiés")
    ends = [number(value, of) for of in LANGUAGES]
    title = Text(f"{ends[0]} {where.en} {levels.en} of cadres", f"{ends[1]} {where.fr} {levels.fr} de cadres")
    subtitle = Text(
        "Headcounts of the régime général, logarithmic axis; hollow dots: printed as approximate, their rounding as a bar",
        "Effectifs du régime général, échelle logarithmique ; points vides : valeurs publiées comme approximatives, arrondi "
        "en barre",
    )
    source = Text(
        "Source: CPNEFP and Ucanss figures relayed by unions and press; text T1 (hollow diamond).",
        "Source : chiffres de la CPNEFP et de l’Ucanss relayés par syndicats et presse ; texte T1 (losange vide).",
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
            f"At the paces assumed, no single definition reaches both {ends[0][0]} % and {ends[1][0]} %",
            f"Aux rythmes supposés, aucune définition n’atteint à la fois {ends[0][1]} % et {ends[1][1]} %",
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
        _above(axes, label, row)
    for _, row in data[data["kind"] == "stated"].iterrows():
        axes.plot(row["year"], row["value"], **style.STATED)
        label = Text("stated ", "énoncé ").of(language) + number(row["value"], language, 1).removesuffix(".0").removesuffix(
            ",0"
        )
        _above(axes, label, row, ends_here=row["year"] == data["year"].max())


def _above(axes: Axes, label: str, row: pd.Series, ends_here: bool = False) -> None:
    """A number above its mark, set apart from the line behind it; where the axes end, it ends too."""
    axes.annotate(
        label,
        (row["year"], row["value"]),
        xytext=(6 if ends_here else 0, 9),
        textcoords="offset points",
        ha="right" if ends_here else "center",
        fontsize=style.TEXT_POINTS,
        path_effects=style.HALO,
    )


def _key(figure: Figure, axes: Axes, language: Language) -> None:
    """What each shade adds to the one inside it."""
    handles: list[Artist] = [
        Patch(color=style.COLOURS["muted"], alpha=OPACITY[layer], linewidth=0) for layer in reversed(OPACITY)
    ]
    style.key_below(figure, axes, handles, [LAYERS[layer].of(language) for layer in reversed(OPACITY)])
