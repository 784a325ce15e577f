"""Distress: one panel a construct with all its surveys, the waves of a panel, the social barometer for and against."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec
from matplotlib.lines import Line2D
from matplotlib.transforms import blended_transform_factory

from compendium.charts import style
from compendium.claims.sentences.distress import CONSTRUCTS, GROUPS, SURVEYS
from compendium.interval import Interval
from compendium.language import Language, Text, number, outwards
from compendium.models.barometer import MAYBE_ONE_REGION

ROW_INCHES = 0.165
END = 90.0  # of the panels; beyond the scale, the printed percentages stand at their right
OUTER, INNER = "levels_5a_9", "all_grids"


def by_construct(data: pd.DataFrame, language: Language) -> Figure:
    """One panel a construct, one row a survey and group: the latest wave with its intervals, earlier waves as faint dots.

    Args:
        data: as `models.distress.by_construct` gives it, the questions put to cadres or those put to others alone; a row a
            survey, group and wave, with value and ends in percent.
        language: en or fr.

    >>> from matplotlib import pyplot as plt
    >>> from compendium import paths
    >>> data = pd.read_csv(paths.results("default") / "figures" / "distress_by_construct.csv", dtype={"year": str})
    >>> figure = by_construct(data.fillna({"year": ""}), "en")
    >>> len(figure.axes) == data["construct"].nunique() + 1  # a panel a construct, and the key
    True
    >>> plt.close(figure)
    """
    latest = data[data["latest"]]
    constructs = list(dict.fromkeys(data["construct"]))
    heights = [1.15 + (latest["construct"] == construct).sum() for construct in constructs]
    figure, grid = _grid(heights=[*heights, 1.6], height_inches=ROW_INCHES * sum(heights) + 2.1)
    panels = [figure.add_subplot(grid[place]) for place in range(len(constructs))]
    for axes, construct in zip(panels, constructs, strict=True):
        _panel(axes, data[data["construct"] == construct], CONSTRUCTS[construct], language)
    for axes in panels[:-1]:
        axes.tick_params(labelbottom=False)
    style.percent_axis(panels[-1].xaxis, language)
    panels[-1].tick_params(axis="x", labelsize=style.SMALL_POINTS)
    _stated_mark(panels[0], data["stated"].iloc[0], language)
    _construct_key(figure.add_subplot(grid[len(constructs)]), data, language)
    title, source = _cadre_words(data) if data["of_cadres"].all() else _other_words(data)
    style.titles(figure, panels[0], *(text.of(language) for text in (title, CONSTRUCT_SUBTITLE, source)))
    return figure


def _grid(heights: list[float], height_inches: float) -> tuple[Figure, GridSpec]:
    """An empty figure of the common width, one cell below the other."""
    figure, axes = style.canvas(height_inches)
    axes.remove()
    return figure, figure.add_gridspec(len(heights), 1, height_ratios=heights)


def _panel(axes: Axes, data: pd.DataFrame, heading: Text, language: Language) -> None:
    """The rows of one construct, from the top, below its heading."""
    stated = data["stated"].iloc[0]
    rows = list(data.groupby(["survey", "group"], sort=False))
    axes.set_ylim(len(rows) - 0.5, -1.65)
    axes.set_xlim(0, END)
    axes.plot([stated, stated], [-0.6, len(rows) - 0.5], color="black", linewidth=0.9, linestyle=(0, (3, 2)), zorder=1)
    axes.annotate(
        heading.of(language),
        (0.01, -1.0),
        xycoords=("figure fraction", "data"),
        ha="left",
        va="center",
        fontsize=style.SMALL_POINTS,
        fontweight="bold",
    )
    labels = []
    for place, ((survey, group), part) in enumerate(rows):
        latest = part[part["latest"]].iloc[0]
        earlier = part[~part["latest"]]
        axes.plot(earlier["value"], [place] * len(earlier), "|", color=style.COLOURS["muted"], markersize=6, alpha=0.75)
        for width, ends in ((2.0, "outer"), (4.5, "inner")):
            span = [latest[f"{ends}_low"], latest[f"{ends}_high"]]
            colour = style.COLOURS[OUTER if ends == "outer" else INNER]
            axes.plot(span, [place, place], color=colour, linewidth=width, solid_capstyle="butt", zorder=2)
        axes.plot(latest["value"], place, "o", color="black", markersize=3.5, zorder=3)
        digits = 0 if latest["value"] == round(latest["value"]) else 1
        sign = " %" if language == "en" else "\u00a0%"
        axes.annotate(
            number(latest["value"], language, digits) + sign,
            (END, place),
            ha="right",
            va="center",
            fontsize=style.SMALL_POINTS,
        )
        labels.append(_row_label(survey, group, latest["year"], language))
    axes.set_yticks(range(len(rows)), labels, fontsize=style.SMALL_POINTS)
    axes.set_xticks(range(0, 76, 25))
    axes.tick_params(axis="y", length=0, pad=2)
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", linewidth=0.4)
    axes.spines[["left", "right", "top", "bottom"]].set_visible(False)


def _row_label(survey: str, group: str, year: str, language: Language) -> str:
    undated = Text("undated", "sans date").of(language)
    return f"{SURVEYS[survey].of(language)} {year or undated}, {GROUPS[group].of(language)}"


def _stated_mark(axes: Axes, stated: float, language: Language) -> None:
    """The stated number: a hollow mark at the head of its line, named."""
    axes.plot(stated, -0.95, **style.STATED | {"markersize": 5, "clip_on": False})
    sign = " %" if language == "en" else "\u00a0%"
    axes.annotate(
        Text("stated, cadres: ", "énoncé, cadres : ").of(language) + number(stated, language) + sign,
        (stated, -0.95),
        xytext=(6, 0),
        textcoords="offset points",
        va="center",
        fontsize=style.SMALL_POINTS,
    )


def _construct_key(axes: Axes, data: pd.DataFrame, language: Language) -> None:
    """What the bars and marks mean."""
    handles = [
        Line2D([], [], color=style.COLOURS[INNER], linewidth=4.5),
        Line2D([], [], color=style.COLOURS[OUTER], linewidth=2.0),
        Line2D([], [], color="black", marker="o", markersize=4, linewidth=0),
        Line2D([], [], color=style.COLOURS["muted"], marker="|", markersize=6, linewidth=0),
    ]
    drawn = [float(data[f"{ends}_effect"].iloc[0]) for ends in ("inner", "outer")]
    effects = [number(effect, language, 0 if effect.is_integer() else 1) for effect in drawn]
    names = [
        *(Text(f"design effect {effect}", f"effet de plan {effect}") for effect in effects),
        Text("no bar: no base", "sans barre : sans base"),
        Text("earlier waves", "vagues antérieures"),
    ]
    _key(axes, handles, names, 4, language)


def _key(axes: Axes, handles: list[Line2D], names: list[Text], columns: int, language: Language) -> None:
    """A key in a cell of its own."""
    axes.axis("off")
    left = blended_transform_factory(axes.figure.transFigure, axes.transAxes)
    key = axes.legend(
        handles,
        [text.of(language) for text in names],
        loc="center left",
        bbox_to_anchor=(0.01, 0.5),
        bbox_transform=left,
        ncols=columns,
        fontsize=style.SMALL_POINTS,
        frameon=False,
        borderaxespad=0,
        borderpad=0,
        handlelength=1.3,
        columnspacing=1.2,
        handletextpad=0.5,
    )
    key.set_in_layout(False)


CONSTRUCT_SUBTITLE = Text(
    "One panel a question or scale, not to be compared with one another; latest wave of each survey and group. Bars "
    "cover rounding and the error of a simple sample, base over design effect (Wilson, 95 %), not quotas or wording.",
    "Un panneau par question ou échelle, à ne pas comparer entre eux ; dernière vague de chaque enquête et groupe. "
    "Barres : arrondi et erreur d’un sondage simple, base divisée par l’effet de plan (Wilson, 95 %), hors quotas et "
    "formulation.",
)


def _ends(values: pd.Series) -> tuple[Text, Text]:
    """The lowest and the highest percentage, in print."""
    lowest, highest = (Text(number(end, "en"), number(end, "fr")) for end in (values.min(), values.max()))
    return lowest, highest


def _cadre_words(data: pd.DataFrame) -> tuple[Text, Text]:
    """Title and source; the title gives the range that wording alone opens among all cadres."""
    low, high = _ends(data.loc[(data["group"] == "cadres") & data["latest"], "value"])
    stated, _ = _ends(data["stated"])
    title = Text(
        f"How cadres feel: {low.en} to {high.en} % by question asked; the stated {stated.en} % names none",
        f"L’état des cadres : {low.fr} à {high.fr} % selon la question posée ; l’énoncé ({stated.fr} %) n’en cite aucune",
    )
    source = Text(
        "Sources: surveys as named, most by their press relays. The field of Apec changes from wave to wave.",
        "Sources : enquêtes citées, le plus souvent par leurs relais de presse. Le champ de l’Apec change selon les vagues.",
    )
    return title, source


def _other_words(data: pd.DataFrame) -> tuple[Text, Text]:
    """Title and source; the title gives the range over all groups, none of which is cadres."""
    low, high = _ends(data.loc[data["latest"], "value"])
    title = Text(
        f"Other groups than cadres: {low.en} to {high.en} % by question, scale and group",
        f"Autres groupes que les cadres : {low.fr} à {high.fr} % selon la question, l’échelle et le groupe",
    )
    source = Text(
        "Sources: surveys as named, most by their press relays. Managers in the words of each survey.",
        "Sources : enquêtes citées, le plus souvent par leurs relais de presse. Managers au sens de chaque enquête.",
    )
    return title, source


def waves(data: pd.DataFrame, language: Language) -> Figure:
    """The waves of each panel in time, and at the right where one further wave would fall, in two variants.

    Args:
        data: as `models.distress.over_time` gives it: kind (wave, level, walk), construct, group, fielded (year and part of
            it), value, low, high: percent.
        language: en or fr.

    >>> from matplotlib import pyplot as plt
    >>> from compendium import paths
    >>> data = pd.read_csv(paths.results("default") / "figures" / "distress_waves.csv")
    >>> figure = waves(data, "en")
    >>> len(figure.axes) == len(data[["construct", "group"]].drop_duplicates()) + 1  # a panel a group, and the key
    True
    >>> plt.close(figure)
    """
    panels = list(data.groupby(["construct", "group"], sort=False))
    figure, grid = _grid(heights=[*([1.0] * len(panels)), 0.25], height_inches=1.25 * len(panels) + 1.9)
    end = data["fielded"].max()
    drawn = []
    for place, ((construct, group), part) in enumerate(panels):
        axes = figure.add_subplot(grid[place])
        drawn.append(axes)
        points = part[part["kind"] == "wave"]
        axes.plot(points["fielded"], points["value"], "o:", color=style.COLOURS[INNER], markersize=4, linewidth=0.9)
        for shift, kind, colour in ((0.35, "level", "muted"), (0.6, "walk", OUTER)):
            ahead = part[part["kind"] == kind].iloc[0]
            axes.plot(
                [end + shift] * 2,
                [ahead["low"], ahead["high"]],
                color=style.COLOURS[colour],
                linewidth=4,
                solid_capstyle="butt",
            )
        axes.spines[["left", "right", "top"]].set_visible(False)
        heading = f"{CONSTRUCTS[construct].of(language)}, {GROUPS[group].of(language)}"
        axes.annotate(
            heading,
            (0, 1),
            xycoords="axes fraction",
            xytext=(0, 4),
            textcoords="offset points",
            va="bottom",
            fontsize=style.TEXT_POINTS,
            fontweight="bold",
        )
        low, high = part["low"].min(), part["high"].max()
        axes.set_ylim(low - 3, high + 3)
        axes.set_xlim(data["fielded"].min() - 0.2, end + 0.8)
        axes.locator_params(axis="y", nbins=4)
        style.percent_axis(axes.yaxis, language)
        years = range(int(data["fielded"].min()), int(end) + 1)
        axes.set_xticks(years, [f"{year}" for year in years])
        axes.tick_params(labelsize=style.SMALL_POINTS, labelbottom=place == len(panels) - 1)
        axes.grid(axis="x", visible=False)
    handles = [
        Line2D([], [], color=style.COLOURS["muted"], linewidth=4),
        Line2D([], [], color=style.COLOURS[OUTER], linewidth=4),
    ]
    names = [
        Text("next wave, around one level", "vague suivante, autour d’un niveau"),
        Text("next wave, random walk", "vague suivante, marche aléatoire"),
    ]
    _key(figure.add_subplot(grid[len(panels)]), handles, names, 2, language)
    style.titles(figure, drawn[0], *(text.of(language) for text in _wave_words(data)))
    room = drawn[0].get_title(loc="left") + "\n \n "  # for the heading of the first panel too
    drawn[0].set_title(room, loc="left", fontsize=style.TEXT_POINTS)
    return figure


def _wave_words(data: pd.DataFrame) -> tuple[Text, Text, Text]:
    """Title, subtitle and source; the title says how far one further wave may fall for the longest panel."""
    longest = data[data["kind"] == "wave"].groupby(["construct", "group"], sort=False).size().idxmax()
    panel = data.set_index(["construct", "group"]).loc[[longest]]
    ahead = panel[panel["kind"] != "wave"]
    ends = outwards(Interval(ahead["low"].min(), ahead["high"].max()), 0)
    written = {lang: (number(ends.low, lang), number(ends.high, lang)) for lang in ("en", "fr")}
    count = int((panel["kind"] == "wave").sum())
    title = Text(
        f"After {count} waves, the next of the distress index could lie from {written['en'][0]} to {written['en'][1]} %",
        f"Après {count} vagues, la suivante de l’indice de détresse serait entre {written['fr'][0]} et {written['fr'][1]} %",
    )
    subtitle = Text(
        "Waves of one panel, a time series: no mean is drawn. Bars at the right: 95 % prediction of one further wave, in two "
        "variants; neither knows of trend or season.",
        "Vagues d’un même panel, série temporelle : aucune moyenne n’est tracée. Barres à droite : prévision à 95 % d’une "
        "vague de plus, en deux variantes ; aucune ne connaît tendance ni saison.",
    )
    source = Text(
        "Source: Empreinte Humaine with OpinionWay, by its site and press relays; employees, online quotas.",
        "Source : Empreinte Humaine avec OpinionWay, par son site et des relais de presse ; salariés, quotas en ligne.",
    )
    return title, subtitle, source


ITEMS = {
    "bsi_satisfaction": Text("satisfied with work", "satisfaits de leur travail"),
    "bsi_pride_of_belonging": Text("proud", "fierté d’appartenance"),
    "bsi_proud_to_belong": Text("proud to belong", "fiers d’appartenir"),
    "bsi_proud_to_work_for": Text("proud to work there", "fiers d’y travailler"),
    "bsi_work_useful": Text("find their work useful", "jugent leur travail utile"),
    "bsi_work_content_satisfied": Text("content of work", "contenu du travail"),
    "bsi_positive_autonomy": Text("autonomy", "autonomie"),
    "bsi_positive_trust": Text("trust", "confiance"),
    "bsi_positive_initiative": Text("initiative", "initiative"),
    "bsi_positive_evaluation": Text("evaluation", "évaluation"),
    "bsi_positive_recognition": Text("recognition", "reconnaissance"),
    "bsi_positive_tools": Text("working tools", "outils de travail"),
    "bsi_stress_worsened": Text("stress got worse", "stress aggravé"),
    "bsi_stress_too_high": Text("stress too high", "stress trop élevé"),
    "bsi_workload_excessive_and_no_recognition": Text("load too high, no recognition", "charge excessive, non reconnue"),
    "bsi_workload_too_high": Text("load too high", "charge trop forte"),
    "managers_satisfied_with_role": Text("managers: satisfied with role", "managers : satisfaits du rôle"),
    "managers_role_harder": Text("managers: role ever harder", "managers : rôle plus dur"),
}
WAYS = {
    "against": ("all_grids", Text("speaks against the reading", "contre cette lecture")),
    "for": ("levels_5a_9", Text("speaks for it", "pour cette lecture")),
    "open": ("muted", Text("open (hollow)", "indécis (évidé)")),
}
MARKS = {"volunteer_bodies": "^", "whole_regime": "o", "no_known_break": "s"}
SCOPES = {
    "volunteer_bodies": Text("volunteer bodies", "organismes volontaires"),
    "whole_regime": Text("whole régime général", "tout le régime général"),
    "no_known_break": Text("managers, undated", "managers, sans date"),
}


def barometer(data: pd.DataFrame, language: Language) -> Figure:
    """Every level of the social barometer on sense and power to act: colour for its side, mark for its scope.

    Args:
        data: as `models.barometer.observed` gives it, a row a level, change or standard, with value in percent.
        language: en or fr.

    >>> from matplotlib import pyplot as plt
    >>> from compendium import paths
    >>> data = pd.read_csv(paths.results("default") / "figures" / "social_barometer.csv", dtype={"year": str})
    >>> figure = barometer(data.fillna({"year": ""}), "en")
    >>> len(figure.axes[0].get_yticks()) == len(data[data["kind"] == "level"])  # a line a level
    True
    >>> plt.close(figure)
    """
    levels = data[data["kind"] == "level"].reset_index(drop=True)
    figure, grid = _grid(heights=[float(len(levels)), 3.0], height_inches=0.2 * len(levels) + 2.5)
    axes = figure.add_subplot(grid[0])
    axes.spines[["left", "right", "top"]].set_visible(False)
    standards = data[data["kind"] == "standard"]
    labels = []
    for place, row in levels.iterrows():
        height = float(str(place))
        colour = style.COLOURS[WAYS[row["sign"]][0]]
        axes.plot([50, row["value"]], [height, height], color=colour, linewidth=1.6, zorder=2)
        fill = "white" if row["sign"] == "open" else colour  # grey alone would be taken for a side in a print without colour
        axes.plot(row["value"], height, MARKS[row["scope"]], color=colour, markerfacecolor=fill, markersize=6.5, zorder=3)
        same = standards[(standards["quantity"] == row["quantity"]) & (standards["year"] == row["year"])]
        outside = row["value"] - same["value"]
        axes.plot(outside, [height] * len(outside), "|", color="black", markersize=9, zorder=3)
        sign = " %" if language == "en" else "\u00a0%"
        axes.annotate(
            number(row["value"], language) + sign, (112, height), ha="right", va="center", fontsize=style.SMALL_POINTS
        )
        undated = Text("undated", "sans date").of(language)
        labels.append(f"{ITEMS[row['quantity']].of(language)}, {row['year'] or undated}")
    axes.set_ylim(len(levels) - 0.4, -0.6)
    axes.set_xlim(0, 113)
    axes.set_xticks(range(0, 101, 25))
    axes.axvline(50, color="black", linewidth=0.8)
    axes.set_yticks(range(len(levels)), labels, fontsize=style.SMALL_POINTS)
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="x", labelsize=style.SMALL_POINTS)
    style.percent_axis(axes.xaxis, language)
    sides = [Line2D([], [], color=style.COLOURS[colour], linewidth=3) for way, (colour, _) in WAYS.items() if way != "open"]
    hollow = Line2D([], [], color=style.COLOURS["muted"], marker="o", markerfacecolor="white", linewidth=0)
    scopes = [Line2D([], [], color=style.COLOURS["muted"], marker=MARKS[scope], linewidth=0) for scope in SCOPES]
    outside_mark = Line2D([], [], color="black", marker="|", markersize=9, linewidth=0)
    names = [*(text for _, text in WAYS.values()), *SCOPES.values(), Text("outside standards", "normes externes")]
    _key(figure.add_subplot(grid[1]), [*sides, hollow, *scopes, outside_mark], names, 3, language)
    style.titles(figure, axes, *(text.of(language) for text in _barometer_words(data)))
    return figure


def _barometer_words(data: pd.DataFrame) -> tuple[Text, Text, Text]:
    """Title, subtitle and source; the title counts the latest answers of all staff on each side."""
    counted = data[(data["kind"] == "level") & data["latest"] & (data["who"] == "staff")]
    volunteers = data.loc[data["scope"] == "volunteer_bodies", "year"].str[-4:].max()
    region = data[(data["kind"] == "level") & (data["documents"] == MAYBE_ONE_REGION)]["year"].max()
    ways = {way: int((counted["sign"] == way).sum()) for way in WAYS}
    title = Text(
        f"Of {len(counted)} answers of all staff on sense and power to act, {ways['for']} speak for a loss, "
        f"{ways['against']} against",
        f"Sur {len(counted)} réponses du personnel sur le sens et la marge d’action, {ways['for']} pour une perte, "
        f"{ways['against']} contre",
    )
    subtitle = Text(
        "Social barometer of the Sécurité sociale, percent of those who answered; the latest answer of each item counts, for "
        f"the side of the majority. Volunteer bodies until {volunteers}, a break of scope. Rounding is smaller than the marks.",
        "Baromètre social institutionnel, en % des répondants ; la dernière réponse de chaque item compte, du côté de la "
        f"majorité. Organismes volontaires jusqu’en {volunteers} : rupture de champ. L’arrondi tient dans les symboles.",
    )
    source = Text(
        f"Sources: Ucanss, CFDT, CFE-CGC, SNFOCOS and press. Stress and load of {region} may be of Île-de-France alone.",
        f"Sources : Ucanss, CFDT, CFE-CGC, SNFOCOS et presse. Stress et charge de {region} : peut-être l’Île-de-France seule.",
    )
    return title, subtitle, source
