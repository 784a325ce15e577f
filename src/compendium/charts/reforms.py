"""Reforms: the year a text gives and every official year, one row a reform."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MultipleLocator

from compendium.charts import style
from compendium.language import Language, Text

ITEMS = {
    "law_1975": Text("law of 1975", "loi de 1975"),
    "decentralisation": Text("decentralisation", "décentralisation"),
    "law_2002": Text("law of 2002", "loi de 2002"),
    "lolf": Text("LOLF", "Lolf"),
    "rgpp": Text("RGPP", "RGPP"),
    "hpst": Text("HPST law", "loi HPST"),
    "map": Text("MAP", "MAP"),
    "anesm": Text("Anesm", "Anesm"),
    "anap": Text("Anap", "Anap"),
}
# Step: name, mark, colour.
STEPS = {
    "adopted": (Text("adopted", "adoption"), "s", "all_grids"),
    "effect": (Text("in force", "entrée en vigueur"), "^", "all_grids"),
    "application": (Text("first application", "première application"), "D", "levels_5a_9"),
    "launch": (Text("launched", "lancement"), "v", "levels_5a_9"),
    "predecessor": (Text("its predecessor", "organisme précédent"), "x", "muted"),
}
APART = 0.3  # between two marks of one year and one row


def timeline(data: pd.DataFrame, language: Language) -> Figure:
    """Years between the stated year (hollow ring) and every official one, with the calendar year below each.

    Args:
        data: item, claim, step (stated or one of `STEPS`), year, after (official minus stated year), a row a date.
        language: en or fr.

    >>> from matplotlib import pyplot as plt
    >>> rows = {"item": "law_1975", "claim": "T2-10", "step": ["stated", "adopted"], "year": 1975, "after": 0}
    >>> figure = timeline(pd.DataFrame(rows), "en")
    >>> [label.get_text() for label in figure.axes[0].get_yticklabels()], figure.axes[0].get_xlabel()
    (['law of 1975'], 'years from the year that the text gives')
    >>> plt.close(figure)
    """
    figure, axes = style.canvas(height_inches=5.6)
    names = list(dict.fromkeys(data["item"]))
    for place, item in enumerate(names):
        rows = data[data["item"] == item]
        stated = rows[rows["step"] == "stated"].iloc[0]
        axes.plot([-2, rows["after"].max() + 0.6], [-place, -place], color="#DDDDDD", linewidth=0.8, zorder=0)
        axes.plot(0, -place, "o", markersize=15, markerfacecolor="none", markeredgecolor="black", markeredgewidth=1.2)
        for after, same in rows[rows["step"] != "stated"].groupby("after"):
            shifts = [(i - (len(same) - 1) / 2) * APART for i in range(len(same))]
            for shift, (_, row) in zip(shifts, same.iterrows(), strict=True):
                _, mark, colour = STEPS[row["step"]]
                axes.plot(after + shift, -place, mark, markersize=6, color=style.COLOURS[colour], markeredgewidth=1.6)
        for after, year in {0: stated["year"], **dict(zip(rows["after"], rows["year"], strict=True))}.items():
            axes.annotate(
                str(year),
                (after, -place),
                xytext=(0, -10),
                textcoords="offset points",
                ha="center",
                va="top",
                fontsize=style.SMALL_POINTS,
            )
    axes.set_yticks([-place for place in range(len(names))], [ITEMS[item].of(language) for item in names])
    axes.set_ylim(-len(names) + 0.3, 0.6)
    axes.set_xlim(min(-2, data["after"].min() - 1), max(data["after"].max() + 1, 2))
    axes.xaxis.set_major_locator(MultipleLocator(1))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:+.0f}".replace("-", "−") if value else "0")
    axes.tick_params(labelsize=style.TEXT_POINTS)
    axes.grid(visible=False)
    axes.set_xlabel(
        Text("years from the year that the text gives", "années depuis celle que donne le texte").of(language),
        fontsize=style.TEXT_POINTS,
    )
    shown = [step for step in STEPS if step in set(data["step"])]
    handles = [Line2D([], [], marker="o", linestyle="", markersize=10, markerfacecolor="none", markeredgecolor="black")]
    handles += [Line2D([], [], marker=STEPS[s][1], linestyle="", markersize=6, color=style.COLOURS[STEPS[s][2]]) for s in shown]
    words = [Text("stated", "énoncé").of(language), *(STEPS[step][0].of(language) for step in shown)]
    axes.legend(handles, words, loc="upper right", fontsize=style.SMALL_POINTS, framealpha=1, edgecolor="none")
    style.titles(figure, axes, *(text.of(language) for text in _words(data)))
    return figure


def _and(names: list[str], word: str) -> str:
    """Names in a row, the last after the word.

    >>> _and(["MAP", "Anesm", "Anap"], "and")
    'MAP, Anesm and Anap'
    """
    return f" {word} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _words(data: pd.DataFrame) -> tuple[Text, Text, Text]:
    official = data[~data["step"].isin(["stated", "predecessor"])]
    meets = official.groupby("item", sort=False)["after"].apply(lambda after: bool((after == 0).any()))
    whole = data["item"].nunique()
    off = [item for item, met in meets.items() if not met]
    others = Text(_and([ITEMS[item].en for item in off], "and"), _and([ITEMS[item].fr for item in off], "et"))
    title = Text(
        f"{meets.sum()} of {whole} stated years are official ones" + (f"; not those of {others.en}" if off else ""),
        f"{meets.sum()} années énoncées sur {whole} sont officielles" + (f" ; non celles de {others.fr}" if off else ""),
    )
    subtitle = Text(
        "Ring: the year that the text gives, at zero. Marks: official years, by kind; calendar years below.",
        "Cercle : l’année que donne le texte, à zéro. Marques : années officielles, selon leur nature ; millésimes au-dessous.",
    )
    source = Text(
        "Sources: Légifrance, Senate, vie-publique.fr, La Gazette, ASH, Direction(s); text T2 for the rings.",
        "Sources : Légifrance, Sénat, vie-publique.fr, La Gazette, ASH, Direction(s) ; texte T2 pour les cercles.",
    )
    return title, subtitle, source
