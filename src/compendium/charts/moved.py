"""Estimates that moved between two folders of results: one row an estimate, one bar a side."""

import pandas as pd
from matplotlib.figure import Figure

from compendium.charts import style
from compendium.language import Language, Text

MOST_ROWS = 14  # the page lists all of them


def moved(data: pd.DataFrame, language: Language) -> Figure:
    """The estimates that moved most, each on a scale of its own, the first side above, the second below.

    Args:
        data: estimate_id, side, text (its number in words), value, low, high; two rows an estimate, the one that moved most
            first. A side that lacks an estimate has no number.
        language: en or fr.
    """
    names = list(dict.fromkeys(data["estimate_id"]))
    shown = names[:MOST_ROWS]
    sides = list(dict.fromkeys(data["side"]))
    figure, axes = style.canvas(height_inches=1.6 + 0.5 * len(shown))
    colours = dict(zip(sides, (style.COLOURS["muted"], style.COLOURS["all_grids"]), strict=True))
    texts: dict[float, str] = {}
    for place, name in enumerate(shown):
        rows = data[data["estimate_id"] == name]
        least, most = rows[["value", "low"]].min().min(), rows[["value", "high"]].max().max()
        width = most - least or 1.0
        axes.text(0, -place + 0.3, name, va="center", fontsize=style.SMALL_POINTS)
        for down, (_, row) in zip((0.0, 0.28), rows.iterrows(), strict=True):
            height, colour = -place - down, colours[row["side"]]
            texts[height] = row["text"]
            low, high = ((row[end] - least) / width for end in ("low", "high"))
            axes.plot([low, high], [height, height], color=colour, linewidth=4, solid_capstyle="butt")
            middle = (row["value"] - least) / width
            axes.plot(middle, height, "o", color=colour, markersize=6, markeredgecolor="white", clip_on=False)
    style.column(axes, texts, style.SMALL_POINTS)
    axes.set(xlim=(-0.03, 1.03), ylim=(-len(shown) + 0.5, 0.6), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    handles = [axes.plot([], [], color=colours[side], linewidth=4)[0] for side in sides]
    axes.legend(handles, sides, loc="upper left", bbox_to_anchor=(0, 0), ncols=2, fontsize=style.SMALL_POINTS, frameon=False)
    style.titles(figure, axes, *(text.of(language) for text in _words(len(names), len(shown), *sides)))
    return figure


def _words(all_of_them: int, shown: int, one: str, two: str) -> tuple[Text, Text, Text]:
    """Title, subtitle and source."""
    most = (
        Text("", "") if shown == all_of_them else Text(f"The {shown} that move most. ", f"Les {shown} qui changent le plus. ")
    )
    return (
        Text(
            f"{all_of_them} {'estimate moves' if all_of_them == 1 else 'estimates move'} from {one} to {two}",
            f"{all_of_them} {'estimation change' if all_of_them == 1 else 'estimations changent'} de {one} à {two}",
        ),
        Text(
            f"{most.en}Bars: intervals; dots: values. Each row has a scale of its own.",
            f"{most.fr}Barres : intervalles ; points : valeurs. Chaque ligne a sa propre échelle.",
        ),
        Text(f"Source: the estimates of {one} and {two}.", f"Source : les estimations de {one} et de {two}."),
    )
