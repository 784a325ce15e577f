"""Managers: what two stated changes imply for every mix, and agents de direction in national bodies."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from compendium.charts import style
from compendium.interval import Interval
from compendium.language import Language, Text, number, span

RSI = Text("staff of the RSI come in: not one population", "arrivée des personnels du RSI : autre population")


def mix(data: pd.DataFrame, language: Language) -> Figure:
    """The change of all managers against the share of project managers among them, with the rounding of both changes.

    Args:
        data: kind (mix, turning), share, value, low, high: percent.
        language: en or fr.

    >>> from matplotlib import pyplot as plt
    >>> rows = {"kind": ["mix", "mix", "turning"], "share": [0.0, 100.0, 50.0], "value": [-10.0, 10.0, 0.0]}  # made up
    >>> figure = mix(pd.DataFrame(rows | {"low": [-11.0, 9.0, 45.0], "high": [-9.0, 11.0, 55.0]}), "en")
    >>> figure.axes[0].get_xlabel()
    'share of project managers in both groups before the change'
    >>> plt.close(figure)
    """
    line = data[data["kind"] == "mix"].sort_values("share")
    turning = data[data["kind"] == "turning"].iloc[0]
    figure, axes = style.canvas(height_inches=4.2)
    axes.fill_between(line["share"], line["low"], line["high"], color=style.COLOURS["all_grids"], alpha=0.3, linewidth=0)
    axes.plot(line["share"], line["value"], color=style.COLOURS["all_grids"], linewidth=1.6)
    axes.axhline(0, color="black", linewidth=0.8)
    axes.axvspan(turning["low"], turning["high"], color=style.COLOURS["levels_5a_9"], alpha=0.35, linewidth=0)
    at = number(turning["share"], language, 1)
    around = span(Interval(turning["low"], turning["high"]), language, 1, "%")
    none, every = (("+" if end > 0 else "") + number(end, language) + "\u00a0%" for end in line["value"].iloc[[0, -1]])
    grows = Text(
        f"managers as a whole grow\nabove {at} % ({around}\nwith the rounding of both changes)",
        f"l’ensemble augmente\nau-dessus de {at} % ({around}\navec l’arrondi des deux variations)",
    )
    top = line["high"].max()
    field, project = (0.0, line["value"].iloc[0]), (100.0, line["value"].iloc[-1])
    only_field = Text("only field managers: ", "seulement des managers de terrain : ")
    only_project = Text("only project\nmanagers: ", "seulement des\nmanagers de projet : ")
    _note(axes, grows.of(language), (turning["high"] + 1, top), "levels_5a_9", ha="left", va="top")
    _note(axes, only_field.of(language) + none, (14, field[1] - 4), "all_grids", field, ha="left", va="center")
    _note(axes, only_project.of(language) + every, (99, 0.4 * top), "all_grids", project, ha="right", va="top")
    axes.set_xlim(0, 100)
    axes.set_ylim(line["low"].min() - 10, top + 2)
    axes.grid(axis="x", visible=False)
    style.percent_axis(axes.xaxis, language)
    style.percent_axis(axes.yaxis, language)
    axes.set_xlabel(
        Text(
            "share of project managers in both groups before the change",
            "part des managers de projet dans les deux groupes, avant la variation",
        ).of(language)
    )
    style.titles(figure, axes, *(text.of(language) for text in _mix_words(line)))
    return figure


def _note(
    axes: Axes, text: str, place: tuple[float, float], colour: str, of: tuple[float, float] | None = None, **alignment: Any
) -> None:
    """A text at a place, in the colour of what it names, led to the point it is of."""
    leader = {"arrowstyle": "-", "color": style.COLOURS["muted"], "linewidth": 0.7, "shrinkA": 0, "shrinkB": 3}
    axes.annotate(
        text,
        of or place,
        xytext=place,
        fontsize=style.TEXT_POINTS,
        color=style.TEXT_COLOURS[colour],
        path_effects=style.HALO,
        arrowprops=leader if of else None,
        **alignment,
    )


def _mix_words(line: pd.DataFrame) -> tuple[Text, Text, Text]:
    ends = line["value"].iloc[0], line["value"].iloc[-1]
    written = {lang: [("+" if e > 0 else "") + number(e, lang) for e in ends] for lang in ("en", "fr")}
    title = Text(
        f"{written['en'][0]} % and {written['en'][1]} % alone fit any change of all managers between the two",
        f"{written['fr'][0]} % et {written['fr'][1]} % seuls admettent toute variation d’ensemble entre les deux",
    )
    subtitle = Text(
        "Change of all managers for every mix of the two groups, both changes taken as given; band: rounding",
        "Variation de l’ensemble des managers pour chaque composition, les deux variations énoncées étant acquises ; "
        "la bande est leur arrondi",
    )
    source = Text(
        "Source: text T1 for both changes; no level or base year of either group is published.",
        "Source : texte T1 pour les deux variations ; ni effectif ni année de départ ne sont publiés.",
    )
    return title, subtitle, source


def national_bodies(data: pd.DataFrame, language: Language) -> Figure:
    """The share of agents de direction in national bodies with its rounding, cut where staff of the RSI came in.

    Args:
        data: year, share, share_low, share_high (percent), headcount_low, headcount_high (persons), after_break.
        language: en or fr.

    >>> from matplotlib import pyplot as plt
    >>> shares = {"year": [2001, 2011], "share": [10, 20], "share_low": [9.5, 19.5], "share_high": [10.5, 20.5]}  # made up
    >>> people = {"headcount_low": [95.0, 195.0], "headcount_high": [105.0, 205.0], "after_break": [False, True]}
    >>> figure = national_bodies(pd.DataFrame(shares | people), "en")
    >>> [label.get_text() for label in figure.axes[0].get_yticklabels()]
    ['2001', '2011']
    >>> plt.close(figure)
    """
    figure, axes = style.canvas(height_inches=3.2)
    rows = data.sort_values("year", ignore_index=True)
    before = int((~rows["after_break"]).sum())
    places = [place + row["after_break"] for place, row in rows.iterrows()]  # an empty row where the RSI comes in
    for place, (_, row) in zip(places, rows.iterrows(), strict=True):
        colour = style.COLOURS["levels_5a_9" if row["after_break"] else "all_grids"]
        error = [[row["share"] - row["share_low"]], [row["share_high"] - row["share"]]]
        axes.errorbar(row["share"], place, xerr=error, fmt="o", color=colour, markersize=7, capsize=3, linewidth=1.4)
        people = span(Interval(row["headcount_low"], row["headcount_high"]), language)
        label = Text(
            f"{number(row['share'], 'en')}\u00a0%\n{people} people", f"{number(row['share'], 'fr')}\u00a0%\n{people} personnes"
        )
        axes.annotate(
            label.of(language),
            (row["share_high"], place),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            fontsize=style.TEXT_POINTS,
        )
    axes.axhspan(before - 0.3, before + 0.3, color=style.COLOURS["muted"], alpha=0.12, linewidth=0)
    right = 1.5 * data["share_high"].max()
    axes.text(right / 2, before, RSI.of(language), ha="center", va="center", fontsize=style.TEXT_POINTS)
    axes.set_xlim(0, right)
    axes.set_xticks([tick for tick in range(0, 101, 10) if tick <= data["share_high"].max()])
    axes.set_yticks(places, [str(year) for year in rows["year"]])
    axes.set_ylim(len(rows) + 0.5, -0.5)
    axes.grid(visible=False)
    style.percent_axis(axes.xaxis, language)
    style.titles(figure, axes, *(text.of(language) for text in _national_words(data)))
    return figure


def _national_words(data: pd.DataFrame) -> tuple[Text, Text, Text]:
    before = data[~data["after_break"]].sort_values("year")
    first, last = before.iloc[0], before.iloc[-1]
    rises = last["share_low"] > first["share_high"]
    change = Text("rose" if rises else "did not clearly rise", "a augmenté" if rises else "n’a pas nettement augmenté")
    years = f"{first['year']:.0f}", f"{last['year']:.0f}"
    title = Text(
        f"The share of agents de direction in national bodies {change.en} from {years[0]} to {years[1]}",
        f"La part des agents de direction en caisse nationale {change.fr} de {years[0]} à {years[1]}",
    )
    subtitle = Text(
        "Percent of agents de direction of the régime général, bar: rounding; people: share times headcount",
        "En % des agents de direction du régime général, barre : arrondi ; personnes : part multipliée par l’effectif",
    )
    source = Text(
        "Source: Ucanss reviews of the agreement on agents de direction, relayed by SNFOCOS and SNPDOSS.",
        "Source : bilans Ucanss du protocole des agents de direction, relayés par le SNFOCOS et le SNPDOSS.",
    )
    return title, subtitle, source
