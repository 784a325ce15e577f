"""The pace of the share of cadres beside comparators, the fastest on top, each with the interval that its source allows."""

import math
import textwrap

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from compendium.charts import style
from compendium.claims.sentences import comparators as wording
from compendium.language import NO_BREAK, Language, Text, number

SHOWN = ("reference", "ranked", "variant", "other_years")
NOT_RANKED = ("variant", "other_years")
INTERVALS = {
    "rounding": Text("bar: rounding (counts without a sample)", "barre : arrondi (comptages sans sondage)"),
    "sampling": Text(
        "bar: 95 %, sampling error or scatter, the wider", "barre : 95 %, échantillonnage ou dispersion si plus large"
    ),
}
MICRODATA = "microdata"  # how a comparator was sampled that comes from a file of individuals
LABEL_CHARACTERS = 27  # of a line of a name


def paces(data: pd.DataFrame, language: Language) -> Figure:
    """One line a comparator: its pace as a dot, its interval as a bar, hollow where the series is weak.

    Args:
        data: as `models.comparators.in_order` gives it, a row a segment, with pace, pace_low, pace_high in points a year;
            other segments of a comparator are left to the table.
        language: en or fr.

    >>> from matplotlib import pyplot as plt
    >>> from compendium import paths
    >>> data = pd.read_csv(paths.results("default") / "figures" / "comparator_paces.csv")
    >>> figure = paces(data, "en")
    >>> len(figure.axes[0].get_yticks()) == len(data[data["status"].isin(SHOWN)])
    True
    >>> plt.close(figure)
    """
    rows = data[data["status"].isin(SHOWN)].sort_values(["pace", "comparator"], ascending=[True, False], ignore_index=True)
    figure, axes = style.canvas(height_inches=9.2)
    own = rows[rows["status"] == "reference"].iloc[0]
    axes.axvspan(own["pace_low"], own["pace_high"], color=style.COLOURS["all_grids"], alpha=0.25, linewidth=0)
    for height, row in rows.iterrows():
        _line(axes, float(str(height)), row)
    names = [_wrapped(wording.name(row["comparator"]).of(language)) for _, row in rows.iterrows()]
    axes.set_yticks(range(len(rows)), names, fontsize=style.SMALL_POINTS, linespacing=1.05)
    axes.set_ylim(-0.6, len(rows) - 0.4)
    style.column(axes, {float(str(height)): _years(row) for height, row in rows.iterrows()}, style.SMALL_POINTS)
    for tick, (_, row) in zip(axes.get_yticklabels(), rows.iterrows(), strict=True):
        if row["status"] == "reference":
            tick.set(color=style.TEXT_COLOURS["all_grids"], fontweight="bold")
        elif row["against"]:
            tick.set(fontweight="bold")
    axes.axvline(0, color=style.COLOURS["muted"], linewidth=0.8)
    low, high = axes.get_xlim()
    axes.set_xticks([tick / 2 for tick in range(math.ceil(2 * low), math.floor(2 * high) + 1)])
    axes.xaxis.set_major_formatter(lambda value, _: number(value, language, 1))
    axes.grid(axis="y", visible=False)
    _key(figure, axes, language)
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


def _wrapped(name: str) -> str:
    """A name in lines, what stands in brackets kept together."""
    start, bracket, rest = name.partition("(")
    together = start + bracket + rest.replace(" ", NO_BREAK)
    return textwrap.fill(together, LABEL_CHARACTERS, break_long_words=False, break_on_hyphens=False)


def _years(row: pd.Series) -> str:
    """The years of the segment; a star where the comparator is not ranked."""
    return f"{row['first']}-{row['last']}" + (" *" if row["status"] in NOT_RANKED else "")


def _key(figure: Figure, axes: Axes, language: Language) -> None:
    """What the marks mean."""
    muted = style.COLOURS["muted"]
    marks = [
        ("s", muted, muted, INTERVALS["rounding"]),
        ("o", style.COLOURS["levels_5a_9"], style.COLOURS["levels_5a_9"], INTERVALS["sampling"]),
        (
            "s",
            muted,
            "white",
            Text("hollow: weak series (few years, or field not said)", "évidé : série fragile (peu d’années, champ non dit)"),
        ),
    ]
    handles: list[Artist] = [
        Line2D([], [], marker=marker, color=colour, markerfacecolor=face, markeredgecolor=colour, linewidth=2.2, markersize=6)
        for marker, colour, face, _ in marks
    ]
    style.key_below(figure, axes, handles, [text.of(language) for *_, text in marks])


def _words(data: pd.DataFrame) -> tuple[Text, Text, Text]:
    """Title, subtitle and source; the title gives the count of faster comparators that the intervals leave no doubt of."""
    own = data[data["status"] == "reference"].iloc[0]
    ranked = data[data["status"] == "ranked"]
    faster = int((ranked["pace_low"] > own["pace_high"]).sum())
    slower = int((ranked["pace_high"] < own["pace_low"]).sum())
    unsure = len(ranked) - faster - slower
    title = Text(
        f"Each over its own years, {faster} of {len(ranked)} comparators moved faster, {slower} slower, {unsure} cannot be "
        "told apart",
        f"Chacun sur ses propres années, {faster} comparateurs sur {len(ranked)} sont plus rapides, {slower} plus lents, "
        f"{unsure} non départagés",
    )
    span = f"{own['first']}-{own['last']}"
    subtitle = Text(
        "Pace of the share of cadres, points a year, each on its own definition, inside the break-free segment that shares "
        f"most years with {span}; band: published pace of {span}. Star: not ranked (no shared years, or a variant). "
        "Bold: the sector set against it.",
        "Rythme de la part des cadres, en points par an, chacun dans sa définition, sur le segment sans rupture le plus "
        f"proche de {span} ; bande : rythme publié de {span}. Astérisque : non classé (autres années, variante). "
        "En gras : le secteur mis en regard.",
    )
    source = Text(
        "Sources: CPNEFP via SNFOCOS; ILOSTAT; Dares; Insee; Observatoire des inégalités; DGAFP; branches. Sample assumed.",
        "Sources : CPNEFP via SNFOCOS ; ILOSTAT ; Dares ; Insee ; Observatoire des inégalités ; DGAFP ; branches. "
        "Échantillon supposé.",
    )
    if (data["sampling"] == MICRODATA).any():
        source = Text(
            "Sources: CPNEFP via SNFOCOS; ILOSTAT; Insee, files brought.",
            "Sources : CPNEFP via SNFOCOS ; ILOSTAT ; Insee, fichiers apportés.",
        )
    return title, subtitle, source
