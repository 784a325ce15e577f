"""Shares of cadres from files of individuals, year by year."""

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from compendium.charts import style
from compendium.claims.sentences import comparators as wording
from compendium.interval import Interval
from compendium.language import Language, Text, number, span

SURVEYS = {
    "FD_SALAAN": ("s", style.COLOURS["all_grids"], Text("Base Tous salariés (BTS)", "Base Tous salariés (BTS)")),
    "FD_EEC": ("o", style.COLOURS["levels_5a_9"], Text("Enquête Emploi (EEC)", "enquête Emploi (EEC)")),
}
ROW_INCHES = 0.25


def shares(data: pd.DataFrame, language: Language) -> Figure:
    """One line a year and group: the share as a mark, its interval as a bar; hollow where permanent contracts alone count.

    Args:
        data: as `models.microdata.beside` gives them: survey, comparator, contract (all, cdi), year, share, low, high: percent.
        language: en or fr.

    >>> from matplotlib import pyplot as plt
    >>> rows = {"survey": "FD_EEC", "comparator": "eec_total", "contract": "all", "year": [2021, 2022]}  # made up
    >>> figure = shares(pd.DataFrame(rows | {"share": [20.0, 21.0], "low": [18.0, 19.0], "high": [22.0, 23.0]}), "en")
    >>> len(figure.axes[0].get_yticks()), [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    (2, ['Enquête Emploi (EEC)', 'hollow: permanent contracts (CDI) alone'])
    >>> plt.close(figure)
    """
    figure, axes = style.canvas(height_inches=2.6 + ROW_INCHES * len(data))
    heights = [float(-place) for place in range(len(data))]
    names, earlier = [], ""
    for height, (_, row) in zip(heights, data.iterrows(), strict=True):
        marker, colour, _ = SURVEYS[row["survey"]]
        axes.plot([row["low"], row["high"]], [height, height], color=colour, linewidth=2.2, solid_capstyle="butt")
        face = "white" if row["contract"] == "cdi" else colour
        axes.plot(row["share"], height, marker, markerfacecolor=face, markeredgecolor=colour, markeredgewidth=1.4, markersize=6)
        basis = "_cdi" if row["contract"] == "cdi" else ""
        name = wording.name(row["comparator"] + basis).of(language)
        names.append(f"{name if name != earlier else ''} {row['year']}".strip())
        earlier = name
    axes.set_yticks(heights, names, fontsize=style.SMALL_POINTS)
    axes.set_ylim(heights[-1] - 0.7, 0.7)
    values = {
        height: f"{number(row['share'], language, 1)} %" for height, (_, row) in zip(heights, data.iterrows(), strict=True)
    }
    style.column(axes, values, style.SMALL_POINTS)
    style.percent_axis(axes.xaxis, language)
    axes.grid(axis="y", visible=False)
    kinds = [SURVEYS[survey] for survey in SURVEYS if (data["survey"] == survey).any()]
    handles: list[Artist] = [
        *(Line2D([], [], marker=marker, color=colour, linewidth=2.2, markersize=6) for marker, colour, _ in kinds),
        Line2D([], [], marker="s", color=style.COLOURS["muted"], markerfacecolor="white", linewidth=2.2, markersize=6),
    ]
    only = Text("hollow: permanent contracts (CDI) alone", "évidé : CDI seuls")
    style.key_below(figure, axes, handles, [*(name.of(language) for *_, name in kinds), only.of(language)])
    style.titles(figure, axes, *(text.of(language) for text in _words(data)))
    return figure


def _words(data: pd.DataFrame) -> tuple[Text, Text, Text]:
    ends = Interval(data["share"].min(), data["share"].max())
    years = " ; ".join(sorted({f"{survey} {year}" for survey, year in zip(data["survey"], data["year"], strict=True)}))
    return (
        Text(
            f"In these files {span(ends, 'en')} % of employees are coded as cadres",
            f"Dans ces fichiers, {span(ends, 'fr')} % des salariés sont codés cadres",
        ),
        Text(
            "Weighted share of group 3 of the PCS; bar: 95 %, arithmetic for a simple sample (BTS) or an assumed design effect "
            "(EEC). The PCS is not the grid of the Ucanss: slopes compare, levels do not.",
            "Part pondérée du groupe 3 de la PCS ; barre : 95 %, calcul pour un sondage simple (BTS) ou un effet de plan "
            "supposé (EEC). La PCS n’est pas la grille de l’Ucanss : les pentes se comparent, pas les niveaux.",
        ),
        Text(
            f"Source: Insee, {years.replace(' ;', ';')}; computed here.",
            f"Source : Insee, {years} ; calculs du compendium.",
        ),
    )
