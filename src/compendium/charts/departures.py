"""Departures per 100 permanent contracts by list of motives, and absence rates, each series on its own definition."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from compendium.charts import style
from compendium.claims.sentences.departures import LISTS, OBSERVATORIES
from compendium.interval import Interval
from compendium.language import Language, Text, number, span

ORDER = ("all_but_retirement", "three_motives", "resignations", "dismissals", "agreed_terminations")
BASE = Text("base", "base")
NARROW = 0.15  # departures per 100 CDI
TROUGH = Text("base, a trough", "base, un creux")
# series -> where its name stands, relative to its last point, in points of type; the series drawn.
ABSENCE = {
    "wtw_absenteeism_all": (6, 2),
    "axa_absenteeism_all": (6, -2),
    "ayming_absenteeism_all": (-2, -10),
    "ayming_absenteeism_all_later_edition": (6, 0),
    "chorum_absenteeism_ess": (-2, -13),
    "axa_absenteeism_cadres": (6, 0),
    "institution_all_motives": (8, 0),
    "institution_sickness": (8, 0),
}


def rates(data: pd.DataFrame, language: Language) -> Figure:
    """One line a list of motives and year: the bound of the rate, base years marked.

    Args:
        data: as `models.departures.to_draw` gives it: motives, year (text), first, last, low, high, wide_low, wide_high
            (departures per 100 CDI), is_base; with trough (whether the base is one).
        language: en or fr.

    >>> from matplotlib import pyplot as plt
    >>> from compendium import paths
    >>> data = pd.read_csv(paths.results("default") / "figures" / "departure_rates.csv", dtype={"year": str})
    >>> figure = rates(data, "fr")
    >>> figure.axes[0].get_xlabel(), len(figure.axes[0].get_yticks()) == len(data)
    ('départs pour 100 CDI', True)
    >>> plt.close(figure)
    """
    figure, axes = style.canvas(height_inches=7.2)
    bases = data[data["is_base"] & ~data["trough"] & (data["motives"] == "all_but_retirement")]
    highest = float(bases["high"].max())
    height, ticks, crossed = 0.0, [], []
    for motives in ORDER:
        rows = data[data["motives"] == motives].sort_values(["first", "last"])
        if rows.empty:
            continue
        heading = LISTS[motives].of(language)
        axes.text(0.02, height, heading[0].upper() + heading[1:], fontsize=style.TEXT_POINTS, fontweight="bold", va="center")
        for _, row in rows.iterrows():
            height -= 1
            compared = motives == "three_motives"
            _line(axes, height, row, language, beyond=highest if compared else 0.0)
            if compared or row["high"] == highest:
                crossed.append(height)
            ticks.append((height, _year(row["year"]).of(language)))
        height -= 1.4
    axes.plot([highest, highest], [min(crossed) - 0.4, max(crossed)], color=style.COLOURS["muted"], linewidth=1, linestyle=":")
    axes.set_yticks([place for place, _ in ticks], [label for _, label in ticks], fontsize=style.SMALL_POINTS)
    axes.set_ylim(height + 0.6, 0.9)
    axes.set_xlim(0, data["wide_high"].max() * 1.28)
    axes.grid(visible=False, axis="both")
    style.number_axis(axes.xaxis, language)
    axes.tick_params(axis="x", labelsize=style.TEXT_POINTS, bottom=True)
    axes.set_xlabel(Text("departures per 100 CDI", "départs pour 100 CDI").of(language), fontsize=style.TEXT_POINTS)
    style.titles(figure, axes, *(text.of(language) for text in _rates_words(data)))
    return figure


def _year(year: str) -> Text:
    return Text(f"mean {year}", f"moyenne {year}") if "-" in year else Text(year, year)


def _line(axes: Axes, height: float, row: pd.Series, language: Language, beyond: float) -> None:
    """The bound of one rate, wider with the list of motives, and its ends in print, to the right of `beyond`."""
    colour = style.COLOURS["levels_5a_9" if row["is_base"] else "all_grids"]
    middle = (row["low"] + row["high"]) / 2
    axes.plot([row["wide_low"], row["wide_high"]], [height, height], color=colour, linewidth=1.2, solid_capstyle="butt")
    if row["high"] - row["low"] < NARROW:  # so that it is seen; a wide bound has no middle
        axes.plot(middle, height, "D" if row["is_base"] else "o", color=colour, markersize=6, clip_on=False)
    else:
        axes.plot([row["low"], row["high"]], [height, height], color=colour, linewidth=5, solid_capstyle="butt")
    written = span(Interval(row["low"], row["high"]), language, 2)
    if row["high"] == row["low"]:
        written = number(row["low"], language, 2)
    if row["is_base"]:
        written += ", " + (TROUGH if row["trough"] else BASE).of(language)
    axes.annotate(
        written,
        (max(row["wide_high"], beyond), height),
        xytext=(8, 0),
        textcoords="offset points",
        va="center",
        fontsize=style.SMALL_POINTS,
    )


def _rates_words(data: pd.DataFrame) -> tuple[Text, Text, Text]:
    last = data[data["motives"] == "three_motives"].sort_values("last").iloc[-1]
    bases = data[data["is_base"] & ~data["trough"] & (data["motives"] == "all_but_retirement")]
    above = int((last["wide_low"] > bases["high"]).sum())
    if above == len(bases):
        title = Text(
            f"Within the assumed limits, departures other than retirement in {last['year']} exceed every base",
            f"Dans les limites supposées, les départs hors retraite de {last['year']} dépassent toutes les bases",
        )
    else:
        title = Text(
            f"Within assumed limits, departures other than retirement in {last['year']} exceed {above} of {len(bases)} bases",
            f"Dans les limites supposées, les départs hors retraite de {last['year']} dépassent {above} bases sur {len(bases)}",
        )
    subtitle = Text(
        "All staff of the régime général; bounds, no confidence level. Thick bars, dots where narrow: the number of permanent "
        "contracts (CDI), and splits of totals, not published. Thin bar: the list of motives too. Dotted: the highest base.",
        "Ensemble du personnel du régime général ; encadrements, sans niveau de confiance. Barres épaisses, ou points si elles "
        "sont étroites : nombre de CDI et répartitions non publiés. Barre fine : liste des motifs aussi. Pointillé : base la "
        "plus haute.",
    )
    source = Text(
        "Source: Ucanss, relayed by SNFOCOS and SNPDOS-CFDT; years without a figure are not published.",
        "Source : Ucanss, relayé par le SNFOCOS et le SNPDOS-CFDT ; les années sans chiffre ne sont pas publiées.",
    )
    return title, subtitle, source


def absence(data: pd.DataFrame, language: Language) -> Figure:
    """Absence rates over time, no series joined to another, pandemic years shaded, single points of the institution.

    Args:
        data: as `models.absence.listed` gives it: series, population, year, low, high (percent), pandemic.
        language: en or fr.

    >>> from matplotlib import pyplot as plt
    >>> from compendium import paths
    >>> data = pd.read_csv(paths.results("default") / "figures" / "absence_rates.csv")
    >>> figure = absence(data, "en")
    >>> len(figure.axes[0].lines) == data.loc[data["series"].isin(ABSENCE), "series"].nunique()  # a line a series
    True
    >>> plt.close(figure)
    """
    figure, axes = style.canvas(height_inches=4.8)
    shown = data[data["series"].isin(ABSENCE)]
    pandemic = data.loc[data["pandemic"], "year"]
    axes.axvspan(pandemic.min() - 0.5, pandemic.max() + 0.5, color=style.COLOURS["muted"], alpha=0.15, linewidth=0)
    axes.text(
        (pandemic.min() + pandemic.max()) / 2,
        shown["high"].max() + 0.35,
        Text("pandemic", "pandémie").of(language),
        ha="center",
        fontsize=style.TEXT_POINTS,
        color=style.COLOURS["muted"],
    )
    for series, part in shown.sort_values("year").groupby("series"):
        own = str(series).startswith("institution")
        colour = style.COLOURS["all_grids" if own else "levels_5a_9" if "cadres" in str(series) else "muted"]
        middle = (part["low"] + part["high"]) / 2
        axes.plot(part["year"], middle, color=colour, linewidth=1.3, marker="s" if own else "o", markersize=6 if own else 4.5)
        axes.annotate(
            _label(str(series)).of(language),
            (part["year"].iloc[-1], middle.iloc[-1]),
            xytext=ABSENCE[str(series)],
            textcoords="offset points",
            ha="right" if ABSENCE[str(series)][0] < 0 else "left",
            va="center",
            fontsize=style.SMALL_POINTS,
            color=style.TEXT_COLOURS["all_grids"] if own else "black",
        )
    axes.set_xlim(shown["year"].min() - 0.7, shown["year"].max() + 3.4)
    axes.set_ylim(0, shown["high"].max() + 1)
    axes.set_xticks(range(shown["year"].min(), shown["year"].max() + 1, 2))
    axes.tick_params(labelsize=style.TEXT_POINTS)
    axes.grid(visible=False)
    style.percent_axis(axes.yaxis, language)
    style.titles(figure, axes, *(text.of(language) for text in _absence_words(shown)))
    return figure


def _label(series: str) -> Text:
    if series.startswith("institution"):
        all_motives = series.endswith("all_motives")
        return Text(
            "Sécurité sociale,\nall motives" if all_motives else "Sécurité sociale,\nsickness",
            "Sécurité sociale,\ntous motifs" if all_motives else "Sécurité sociale,\nmaladie",
        )
    name = OBSERVATORIES[series.partition("_")[0]]
    if series.endswith("cadres"):
        return Text(f"{name.en}, cadres", f"{name.fr}, cadres")
    if series.endswith("later_edition"):
        return Text(f"{name.en}, later edition", f"{name.fr}, édition suivante")
    return name


def _absence_words(shown: pd.DataFrame) -> tuple[Text, Text, Text]:
    own = shown[shown["population"] != "another"]
    years = own.groupby("series")["year"].nunique().max()
    title = Text(
        "The Sécurité sociale has one dated absence rate a definition: no trend of its own"
        if years == 1
        else f"The Sécurité sociale has {years} dated absence rates on one definition",
        "La Sécurité sociale n’a qu’un taux d’absence daté par définition : aucune tendance propre"
        if years == 1
        else f"La Sécurité sociale a {years} taux d’absence datés sur une même définition",
    )
    subtitle = Text(
        "Absence rates, each on its own definition and population (French private firms, social economy): levels do not "
        "compare. Rounding is smaller than the marks.",
        "Taux d’absence, chacun dans sa définition et sa population (entreprises privées, économie sociale) : les niveaux ne "
        "se comparent pas. L’arrondi est plus petit que les marques.",
    )
    source = Text(
        "Source: Cour des comptes (Sécurité sociale); AXA, WTW, Ayming, Chorum (elsewhere).",
        "Source : Cour des comptes (Sécurité sociale) ; AXA, WTW, Ayming, Chorum (ailleurs).",
    )
    return title, subtitle, source
