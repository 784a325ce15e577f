"""Estimates that moved between two scenarios: one row an estimate, one bar a scenario."""

import pandas as pd
from matplotlib.figure import Figure

from compendium.charts import style
from compendium.interval import Interval
from compendium.language import Language, Text, number, span

MOST_ROWS = 14  # the page lists all of them
UNITS = {
    "percent": Text("%", "%"),
    "points": Text("points", "points"),
    "points a year": Text("points a year", "points par an"),
    "percent of the stated rise": Text("% of the rise", "% de la hausse"),
    "year": Text("", ""),
    "years": Text("years", "ans"),
    "persons": Text("persons", "personnes"),
    "ratio": Text("ratio", "rapport"),
}
NOTHING = Text("none", "aucune")


def moved(data: pd.DataFrame, language: Language) -> Figure:
    """The estimates that moved most, each on a scale of its own, first scenario above, second below.

    Args:
        data: estimate_id, unit, scenario, value, low, high; two rows an estimate, the one that moved most first. A scenario
            that lacks an estimate has no number.
        language: en or fr.
    """
    names = list(dict.fromkeys(data["estimate_id"]))
    shown = names[:MOST_ROWS]
    scenarios = list(dict.fromkeys(data["scenario"]))
    figure, axes = style.canvas(height_inches=1.6 + 0.5 * len(shown))
    colours = dict(zip(scenarios, (style.COLOURS["muted"], style.COLOURS["all_grids"]), strict=True))
    texts: dict[str, dict[float, str]] = {scenario: {} for scenario in scenarios}
    for place, name in enumerate(shown):
        rows = data[data["estimate_id"] == name]
        least, most = rows[["value", "low"]].min().min(), rows[["value", "high"]].max().max()
        width = most - least or 1.0
        axes.text(0, -place + 0.3, name, va="center", fontsize=style.SMALL_POINTS)
        digits = digits_that_tell_apart(rows)
        for down, (_, row) in zip((0.0, 0.28), rows.iterrows(), strict=True):
            height, colour = -place - down, colours[row["scenario"]]
            texts[row["scenario"]][height] = written(row, language, digits)
            low, high = ((row[end] - least) / width for end in ("low", "high"))
            axes.plot([low, high], [height, height], color=colour, linewidth=4, solid_capstyle="butt")
            middle = (row["value"] - least) / width
            axes.plot(middle, height, "o", color=colour, markersize=6, markeredgecolor="white", clip_on=False)
    for scenario in scenarios:
        style.column(axes, texts[scenario], style.SMALL_POINTS)
    axes.set(xlim=(-0.03, 1.03), ylim=(-len(shown) + 0.5, 0.6), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    handles = [axes.plot([], [], color=colours[scenario], linewidth=4)[0] for scenario in scenarios]
    axes.legend(
        handles, scenarios, loc="upper left", bbox_to_anchor=(0, 0), ncols=2, fontsize=style.SMALL_POINTS, frameon=False
    )
    style.titles(figure, axes, *(text.of(language) for text in _words(len(names), len(shown), scenarios)))
    return figure


def digits_that_tell_apart(rows: pd.DataFrame) -> int:
    """The fewest decimals, from one on, none for whole numbers, at which two scenarios are not written alike; at most six."""
    whole = (rows[["value", "low", "high"]].astype(float).stack().dropna() % 1 == 0).all()
    for digits in range(0 if whole else 1, 6):
        if len({written(row, "en", digits) for _, row in rows.iterrows()}) > 1:
            return digits
    return 6


def written(row: pd.Series, language: Language, digits: int) -> str:
    """The value of an estimate, its interval, or both, with the unit."""
    unit = UNITS[row["unit"]].of(language) if row["unit"] in UNITS else row["unit"].replace("_", " ")
    value = "" if pd.isna(row["value"]) else number(row["value"], language, digits)
    if pd.isna(row["low"]) or row["low"] == row["high"] == row["value"]:
        return f"{value} {unit}".rstrip() if value else NOTHING.of(language)
    ends = span(Interval(row["low"], row["high"]), language, digits)
    return (f"{value} ({ends}) {unit}" if value else f"{ends} {unit}").rstrip()


def _words(all_of_them: int, shown: int, scenarios: list[str]) -> tuple[Text, Text, Text]:
    """Title, subtitle and source."""
    one, two = scenarios
    most = Text("", "") if shown == all_of_them else Text(f"The {shown} that move most. ", f"Les {shown} qui bougent le plus. ")
    return (
        Text(
            f"{all_of_them} {'estimate moves' if all_of_them == 1 else 'estimates move'} from {one} to {two}",
            f"{all_of_them} {'estimation bouge' if all_of_them == 1 else 'estimations bougent'} de {one} à {two}",
        ),
        Text(
            f"{most.en}Bars: intervals; dots: values. Each row has a scale of its own.",
            f"{most.fr}Barres : intervalles ; points : valeurs. Chaque ligne a sa propre échelle.",
        ),
        Text(f"Source: the estimates of the scenarios {one} and {two}.", f"Source : estimations des scénarios {one} et {two}."),
    )
