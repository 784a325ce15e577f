"""Managers: what two stated changes imply for every mix, and agents de direction in national bodies."""

import pandas as pd
from matplotlib.figure import Figure

from compendium.charts import style
from compendium.interval import Interval
from compendium.language import Language, Text, number, span

RSI = Text("staff of the RSI come in", "arrivée des personnels du RSI")


def mix(data: pd.DataFrame, language: Language) -> Figure:
    """The change of all managers against the share of project managers among them, with the rounding of both changes.

    Args:
        data: kind (mix, turning), share, value, low, high: percent.
        language: en or fr.
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
    notes = [
        (
            Text(
                f"managers as a whole grow above {at} %\n({around} with the rounding of both changes)",
                f"l’ensemble augmente au-dessus de {at} %\n({around} avec l’arrondi des deux variations)",
            ),
            (turning["high"], 0.0),
            (8, -6),
            style.TEXT_COLOURS["levels_5a_9"],
        ),
        (
            Text("only field managers: ", "seulement des managers de terrain : "),
            (0.0, line["value"].iloc[0]),
            (4, -34),
            style.TEXT_COLOURS["all_grids"],
        ),
        (
            Text("only project managers: ", "seulement des managers de projet : "),
            (100.0, line["value"].iloc[-1]),
            (-4, 8),
            style.TEXT_COLOURS["all_grids"],
        ),
    ]
    for place, (text, point, shift, colour) in enumerate(notes):
        written = text.of(language)
        if place:
            end = point[1]
            written += ("+" if end > 0 else "") + number(end, language) + " %"
        axes.annotate(
            written,
            point,
            xytext=shift,
            textcoords="offset points",
            ha="right" if place == 2 else "left",
            va="top" if place < 2 else "bottom",
            fontsize=8,
            color=colour,
        )
    axes.set_xlim(0, 100)
    axes.set_ylim(min(line["low"]) - 16, max(line["high"]) + 6)
    style.percent_axis(axes.xaxis, language)
    style.percent_axis(axes.yaxis, language)
    axes.set_xlabel(
        Text(
            "share of project managers among the two groups before the change",
            "part des managers de projet parmi les deux groupes avant la variation",
        ).of(language),
        fontsize=8,
    )
    style.titles(figure, axes, *(text.of(language) for text in _mix_words(line)))
    return figure


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
    """
    figure, axes = style.canvas(height_inches=4.0)
    for after, part in data.groupby("after_break"):
        colour = style.COLOURS["levels_5a_9" if after else "all_grids"]
        error = [part["share"] - part["share_low"], part["share_high"] - part["share"]]
        axes.errorbar(part["year"], part["share"], yerr=error, fmt="o", color=colour, markersize=7, capsize=3, linewidth=1.4)
        if len(part) > 1:
            axes.plot(part["year"], part["share"], color=colour, linewidth=1.2, linestyle=":")
    for _, row in data.iterrows():
        people = span(Interval(row["headcount_low"], row["headcount_high"]), language)
        label = Text(
            f"{number(row['share'], 'en')} %\n{people} people", f"{number(row['share'], 'fr')} %\n{people} personnes"
        ).of(language)
        axes.annotate(
            label,
            (row["year"], row["share_low"]),
            xytext=(0, -8),
            textcoords="offset points",
            ha="center",
            va="top",
            fontsize=8,
        )
    before, after = data[~data["after_break"]]["year"].max(), data[data["after_break"]]["year"].min()
    axes.axvspan(before + 0.4, after - 0.4, color=style.COLOURS["muted"], alpha=0.12, linewidth=0)
    axes.annotate(
        RSI.of(language),
        ((before + after) / 2, data["share_high"].max() + 2.4),
        ha="center",
        va="bottom",
        fontsize=8,
        color=style.COLOURS["muted"],
    )
    axes.set_xlim(data["year"].min() - 2, data["year"].max() + 2)
    axes.set_ylim(0, data["share_high"].max() + 6)
    axes.set_xticks(data["year"])
    axes.grid(axis="x", visible=False)
    style.percent_axis(axes.yaxis, language)
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
        "Percent of agents de direction of the régime général, with rounding; people: share times headcount. "
        "Levels on either side of the grey band are not of one population.",
        "En % des agents de direction du régime général, avec l’arrondi ; personnes : part multipliée par l’effectif. "
        "De part et d’autre de la bande grise, ce n’est pas la même population.",
    )
    source = Text(
        "Source: Ucanss reviews of the agreement on agents de direction, relayed by SNFOCOS and SNPDOSS.",
        "Source : bilans Ucanss du protocole des agents de direction, relayés par le SNFOCOS et le SNPDOSS.",
    )
    return title, subtitle, source
