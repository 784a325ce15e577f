"""What a majority among a few interviews would say of a population."""

import pandas as pd
from matplotlib.figure import Figure

from compendium.charts import style
from compendium.language import Language, Text, number


def majorities(data: pd.DataFrame, language: Language) -> Figure:
    """The shares of a population that fit just more than half, and all, of so many interviews.

    Args:
        data: interviews, count, share, low, high, confidence: every majority; shares and level in percent.
        language: en or fr.

    >>> from matplotlib import pyplot as plt
    >>> from compendium.models import interviews
    >>> figure = majorities(interviews.majorities(10, 12, 95), "en")
    >>> figure.axes[0].get_ylabel(), [int(tick) for tick in figure.axes[0].get_yticks()]
    ('interviews', [10, 11, 12])
    >>> plt.close(figure)
    """
    figure, axes = style.canvas(height_inches=5.4)
    bare = data.loc[data.groupby("interviews")["count"].idxmin()]
    everyone = data.loc[data.groupby("interviews")["count"].idxmax()]
    for part, colour, shift, mark in ((bare, "all_grids", 0.2, "o"), (everyone, "levels_5a_9", -0.2, "s")):
        axes.hlines(part["interviews"] + shift, part["low"], part["high"], color=style.COLOURS[colour], linewidth=2)
        axes.plot(part["share"], part["interviews"] + shift, mark, color=style.COLOURS[colour], markersize=3, clip_on=False)
    axes.grid(axis="y", visible=False)
    fewest, most = data["interviews"].min(), data["interviews"].max()
    axes.plot([50, 50], [fewest - 1, most + 0.8], color="black", linewidth=1, zorder=0.5)
    step = max(1, (most - fewest) // 6)
    axes.set_yticks(range(fewest, most + 1, step))
    axes.set_ylim(fewest - 1, most + 3.4)
    axes.set_xlim(0, 100)
    axes.set_ylabel(Text("interviews", "entretiens").of(language), fontsize=style.TEXT_POINTS)
    axes.tick_params(labelsize=style.TEXT_POINTS)
    notes = (
        (Text("just more than half hold it", "un peu plus de la moitié l’ont"), bare.iloc[-1]["share"], "all_grids", "right"),
        (Text("all hold it", "tous l’ont"), 99, "levels_5a_9", "right"),
    )
    for text, at, colour, side in notes:
        axes.annotate(
            text.of(language),
            (at + (8 if colour == "all_grids" else 0), most + 1.1),
            ha=side,
            va="bottom",
            fontsize=style.TEXT_POINTS,
            fontweight="bold",
            color=style.TEXT_COLOURS[colour],
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
        )
    style.percent_axis(axes.xaxis, language)
    axes.set_xlabel(
        Text("share of the population that would hold it", "part de la population qui l’aurait").of(language),
        fontsize=style.TEXT_POINTS,
    )
    style.titles(figure, axes, *(text.of(language) for text in _words(bare, everyone)))
    return figure


def _words(bare: pd.DataFrame, everyone: pd.DataFrame) -> tuple[Text, Text, Text]:
    fewest, most = bare["interviews"].min(), bare["interviews"].max()
    shows = (bare["low"] > 50).any()
    verb = Text("can show" if shows else "never show", "peut établir" if shows else "n’établit jamais")
    level = number(bare["confidence"].iloc[0], "en")
    title = Text(
        f"Just more than half of {fewest} to {most} interviews {verb.en} a majority of a population",
        f"Un peu plus de la moitié de {fewest} à {most} entretiens {verb.fr} une majorité de la population",
    )
    low = everyone["low"].min() // 1
    subtitle = Text(
        "Shares of a population that fit so many interviews if they had been drawn at random, which a qualitative sample is "
        f"not: exact binomial, {level} %. All of {fewest} would mean at least {number(low, 'en')} %.",
        "Parts d’une population compatibles avec les entretiens s’ils avaient été tirés au sort, ce qu’un échantillon "
        f"qualitatif n’est pas : loi binomiale exacte, {level} %. La totalité de {fewest} signifierait au moins "
        f"{number(low, 'fr')} %.",
    )
    source = Text(
        "Source: arithmetic after Clopper and Pearson (1934); the text publishes no count.",
        "Source : calcul d’après Clopper et Pearson (1934) ; le texte ne publie aucun décompte.",
    )
    return title, subtitle, source
