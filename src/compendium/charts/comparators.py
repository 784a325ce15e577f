"""The pace of the share of cadres beside comparators, the fastest on top, each with the interval that its source allows."""

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from compendium.charts import style
from compendium.claims.sentences import comparators as wording
from compendium.language import Language, Text, number

SHOWN = ("reference", "ranked", "variant", "other_years")
NOT_RANKED = ("variant", "other_years")
INTERVALS = {
    "rounding": Text("rounding: counts without a sample", "arrondi : comptages sans sondage"),
    "sampling": Text("95 %: sampling, or scatter if wider", "95 % : échantillonnage, ou dispersion"),
}


def paces(data: pd.DataFrame, language: Language) -> Figure:
    """One line a comparator: its pace as a dot, its interval as a bar, hollow where the series is weak.

    Args:
        data: as `models.comparators.in_order` gives it; other segments of a comparator are left to the table.
        language: en or fr.
    """
    rows = data[data["status"].isin(SHOWN)].sort_values(["pace", "comparator"], ascending=[True, False], ignore_index=True)
    figure, axes = style.canvas(height_inches=6.4)
    own = rows[rows["status"] == "reference"].iloc[0]
    axes.axvspan(own["pace_low"], own["pace_high"], color=style.COLOURS["all_grids"], alpha=0.25, linewidth=0)
    for height, row in rows.iterrows():
        _line(axes, float(str(height)), row)
    axes.set_yticks(range(len(rows)), [_label(row, language) for _, row in rows.iterrows()], fontsize=7.5)
    for tick, (_, row) in zip(axes.get_yticklabels(), rows.iterrows(), strict=True):
        if row["status"] == "reference":
            tick.set(color=style.TEXT_COLOURS["all_grids"], fontweight="bold")
    axes.axvline(0, color=style.COLOURS["muted"], linewidth=0.8)
    low, high = axes.get_xlim()
    axes.set_xticks([tick / 2 for tick in range(math.ceil(2 * low), math.floor(2 * high) + 1)])
    axes.xaxis.set_major_formatter(lambda value, _: number(value, language, 1))
    axes.grid(axis="y", visible=False)
    _key(axes, language)
    style.titles(figure, axes, *(text.of(language) for text in _words(data)))
    return figure


def _colour(row: pd.Series) -> str:
    if row["status"] == "reference":
        return style.COLOURS["all_grids"]
    return style.COLOURS["muted" if row["covers"] == "rounding" else "levels_5a_9"]


def _line(axes: Axes, height: float, row: pd.Series) -> None:
    """Interval and pace of one comparator; squares are rounding, circles sampling."""
    colour = _colour(row)
    axes.plot([row["pace_low"], row["pace_high"]], [height, height], color=colour, linewidth=2.2, solid_capstyle="butt")
    axes.plot(
        row["pace"],
        height,
        "s" if row["covers"] == "rounding" else "o",
        markerfacecolor="white" if row["weak"] else colour,
        markeredgecolor=colour,
        markeredgewidth=1.4,
        markersize=6,
    )


def _label(row: pd.Series, language: Language) -> str:
    """Name and years; a star where the comparator is not ranked."""
    star = " *" if row["status"] in NOT_RANKED else ""
    return f"{wording.name(row['comparator']).of(language)}, {row['first']}-{row['last']}{star}"


def _key(axes: Axes, language: Language) -> None:
    """What the marks mean."""
    muted = style.COLOURS["muted"]
    marks = [
        ("s", muted, muted, INTERVALS["rounding"]),
        ("o", style.COLOURS["levels_5a_9"], style.COLOURS["levels_5a_9"], INTERVALS["sampling"]),
        ("s", muted, "white", Text("hollow: weak series", "évidé : série fragile")),
    ]
    handles = [
        Line2D([], [], marker=marker, color=colour, markerfacecolor=face, markeredgecolor=colour, linewidth=2.2, markersize=6)
        for marker, colour, face, _ in marks
    ]
    labels = [text.of(language) for *_, text in marks]
    axes.legend(handles, labels, loc="lower right", fontsize=7.5, framealpha=1, edgecolor="white", borderaxespad=0.2)


def _words(data: pd.DataFrame) -> tuple[Text, Text, Text]:
    """Title, subtitle and source; the title gives the count of faster comparators that the intervals leave no doubt of."""
    own = data[data["status"] == "reference"].iloc[0]
    ranked = data[data["status"] == "ranked"]
    faster = int((ranked["pace_low"] > own["pace_high"]).sum())
    slower = int((ranked["pace_high"] < own["pace_low"]).sum())
    unsure = len(ranked) - faster - slower
    title = Text(
        f"Of {len(ranked)} comparators, {faster} moved faster, {slower} slower, {unsure} cannot be told apart",
        f"Sur {len(ranked)} comparateurs, {faster} plus rapides, {slower} plus lents, {unsure} non départagés",
    )
    span = f"{own['first']}-{own['last']}"
    subtitle = Text(
        "Pace of the share of cadres inside a break-free segment, points a year, each on its own definition; the band is the "
        f"published pace of {span} with its rounding. Star: other years or a variant, not ranked.",
        "Rythme de la part des cadres sur un segment sans rupture, points par an, chacun dans sa définition ; bande : rythme "
        f"publié de {span} avec son arrondi. Astérisque : non classé (autres années, variante).",
    )
    source = Text(
        "Sources: CPNEFP via SNFOCOS; ILOSTAT; Dares; Insee; Observatoire des inégalités; DGAFP; branches. Sample assumed.",
        "Sources : CPNEFP via SNFOCOS ; ILOSTAT ; Dares ; Insee ; Observatoire des inégalités ; DGAFP ; branches. "
        "Échantillon supposé.",
    )
    return title, subtitle, source
