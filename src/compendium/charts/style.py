"""What all figures share: size, type, and colours that stay apart in grey and for colour-blind readers.

The colours are from Okabe and Ito ("Color Universal Design", 2008), chosen so that their lightness differs too.
"""

import textwrap

import seaborn as sns
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure

from compendium.language import Language, number

WIDTH_INCHES = 7.2  # two columns of a journal page
LINE_CHARACTERS = 105  # of the subtitle, at its size and the common width
COLOURS = {"all_grids": "#0072B2", "levels_5a_9": "#E69F00", "muted": "#555555"}
# The same hues, dark enough to be read as text on white (contrast of 4.5 to 1 or more, WCAG 2.2).
TEXT_COLOURS = {"all_grids": "#005A8D", "levels_5a_9": "#7A5200"}


def theme() -> None:
    """The common type and grid."""
    sns.set_theme(context="paper", style="whitegrid", font="DejaVu Sans", rc={"axes.spines.left": False})


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
    lines = textwrap.wrap(subtitle, LINE_CHARACTERS)
    figure.suptitle(title, x=0.01, ha="left", fontsize=11, fontweight="bold")
    axes.set_title("\n".join(" " for _ in lines), loc="left", fontsize=8.5)
    top = 1 - 20 / 72 / figure.get_figheight()  # 20 points down: below the title
    figure.text(0.01, top, "\n".join(lines), va="top", fontsize=8.5, color=COLOURS["muted"])
    figure.supxlabel(source, x=0.01, ha="left", fontsize=7, color=COLOURS["muted"])


def percent_axis(axis: Axis, language: Language) -> None:
    """Tick labels in percent, as the language writes them."""
    sign = " %" if language == "en" else "\u00a0%"
    axis.set_major_formatter(lambda value, _: number(value, language) + sign)
