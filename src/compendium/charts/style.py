"""What all figures share: size, type, and colours that stay apart in grey and for colour-blind readers.

The colours are from Okabe and Ito ("Color Universal Design", 2008), chosen so that their lightness differs too.
"""

import textwrap
from typing import Any

import seaborn as sns
from matplotlib import patheffects
from matplotlib import pyplot as plt
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.transforms import ScaledTranslation

from compendium.charts import fonts
from compendium.language import Language, number

fonts.register()

WIDTH_INCHES = 5.2  # as drawn; a figure must still be read in one column of a page
COLUMN_INCHES = 3.5  # one column of a journal page (89 mm)
COLUMN_POINTS = 5.0  # the smallest text there: Nature, "Guide to preparing final artwork", 5 to 7 points
TITLE_POINTS, TEXT_POINTS, SMALL_POINTS = 10.0, 8.0, 7.5  # as drawn; the last is 5 points in one column
LINE_CHARACTERS = {TITLE_POINTS: 58, TEXT_POINTS: 80, SMALL_POINTS: 86}  # of a line at that size and the common width
COLOURS = {"all_grids": "#0072B2", "levels_5a_9": "#E69F00", "muted": "#555555"}
# The same hues, dark enough to be read as text on white (contrast of 4.5 to 1 or more, WCAG 2.2).
TEXT_COLOURS = {"all_grids": "#005A8D", "levels_5a_9": "#7A5200"}
# A statement under test, wherever it is a point: a hollow diamond; its name begins with "stated" or "énoncé".
STATED: dict[str, Any] = {
    "marker": "D",
    "linestyle": "",
    "markersize": 7,
    "markerfacecolor": "white",
    "markeredgecolor": "black",
    "markeredgewidth": 1.4,
    "zorder": 4,
}
HALO = [patheffects.withStroke(linewidth=2.5, foreground="white")]  # parts a text from the line or band behind it


def theme() -> None:
    """The common type and a grid that stays behind."""
    sizes = dict.fromkeys(("font.size", "axes.labelsize", "xtick.labelsize", "ytick.labelsize"), TEXT_POINTS)
    grid = {"axes.spines.left": False, "grid.color": "#E4E4E4", "grid.linewidth": 0.7, "legend.fontsize": SMALL_POINTS}
    sns.set_theme(context="paper", style="whitegrid", rc=sizes | grid | {"font.family": fonts.FAMILIES})


def canvas(height_inches: float) -> tuple[Figure, Axes]:
    """An empty figure of the common width."""
    theme()
    figure, axes = plt.subplots(figsize=(WIDTH_INCHES, height_inches), layout="constrained")
    sns.despine(figure, left=True)
    return figure, axes


def titles(figure: Figure, axes: Axes, title: str, subtitle: str, source: str) -> None:
    """The finding as title, what is shown below it, the source at the foot, all at the edge of the figure.

    The subtitle is a text of the figure; blank lines above the axes keep its room, whatever the layout does to them.
    """
    head, below, foot = (
        textwrap.wrap(text.replace(" %", "\u00a0%"), LINE_CHARACTERS[size])
        for text, size in ((title, TITLE_POINTS), (subtitle, TEXT_POINTS), (source, SMALL_POINTS))
    )
    figure.suptitle("\n".join(head), x=0.01, ha="left", fontsize=TITLE_POINTS, fontweight="bold")
    axes.set_title("\n".join(" " for _ in below), loc="left", fontsize=TEXT_POINTS)
    down = 8 + 1.2 * TITLE_POINTS * len(head)  # points from the top edge: below the title
    top = 1 - down / 72 / figure.get_figheight()
    figure.text(0.01, top, "\n".join(below), va="top", fontsize=TEXT_POINTS, color=COLOURS["muted"])
    figure.supxlabel("\n".join(foot), x=0.01, ha="left", fontsize=SMALL_POINTS, color=COLOURS["muted"])


def percent_axis(axis: Axis, language: Language) -> None:
    """Tick labels in percent, as the language writes them."""
    sign = " %" if language == "en" else "\u00a0%"
    axis.set_major_formatter(lambda value, _: number(value, language) + sign)


def number_axis(axis: Axis, language: Language) -> None:
    """Tick labels as the language writes them, with one decimal where they have any."""
    axis.set_major_formatter(lambda value, _: number(value, language, 0 if value == int(value) else 1))


def column(axes: Axes, texts: dict[float, str], size: float = TEXT_POINTS) -> None:
    """Texts in a column right of the axes, by the height of the row they belong to: no mark or gridline reaches them."""
    for height, text in texts.items():
        axes.text(1.02, height, text, transform=axes.get_yaxis_transform(), ha="left", va="center", fontsize=size)


def key_below(figure: Figure, axes: Axes, handles: list[Artist], labels: list[str]) -> None:
    """The key of the marks, below the labels of the axis."""
    down = ScaledTranslation(0, -0.32, figure.dpi_scale_trans)  # inches
    axes.legend(
        handles,
        labels,
        loc="upper left",
        bbox_to_anchor=(0, 0),
        bbox_transform=axes.transAxes + down,
        fontsize=SMALL_POINTS,
        frameon=False,
        borderaxespad=0,
    )
