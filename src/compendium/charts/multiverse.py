"""Every reasonable analysis: the verdicts of all universes, and the estimates of one statement with the choices below them."""

import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from compendium.charts import style
from compendium.language import Language, Text, number
from compendium.multiverse.declaration import DECISIONS, Declared
from compendium.multiverse.summary import VERDICTS, chosen

# Fill and hatch: they stay apart in grey.
FILLS = {
    "supported": ("#0072B2", ""),
    "partly_supported": ("#9CCBEA", ""),
    "not_comparable": ("#E69F00", ""),
    "contradicted": ("#333333", ""),
    "untestable": ("#E4E4E4", ""),
    "interpretive": ("white", ""),
    "failed": ("white", "////"),
}
MARKS = {
    "supported": "o",
    "partly_supported": "s",
    "not_comparable": "^",
    "contradicted": "X",
    "untestable": "D",
    "interpretive": "P",
}
UNITS = {
    "percent": Text("percent", "en %"),
    "points": Text("points", "points"),
    "ratio": Text("ratio", "rapport"),
    "percent of the stated rise": Text("percent of the stated rise", "en % de la hausse énoncée"),
}


def verdicts(data: pd.DataFrame, language: Language) -> Figure:
    """For each statement, how many distinct findings have each verdict, in the question that the ledger answers.

    Args:
        data: claim_id, verdict, ledger (whether it is the ledger's), findings, planned; in the order to be drawn.
        language: en or fr.

    >>> rows = {"claim_id": ["A", "A", "B"], "verdict": ["supported", "untestable", "supported"], "findings": [3, 1, 2]}
    >>> figure = verdicts(pd.DataFrame(rows | {"ledger": [True, False, True], "planned": [6, 6, 2]}), "en")  # made up
    >>> [text.get_text() for text in figure.axes[0].texts]  # distinct findings of each statement / its combinations
    ['4 / 6', '2 / 2']
    >>> plt.close(figure)
    """
    order = list(dict.fromkeys(data["claim_id"]))
    figure, axes = style.canvas(height_inches=1.9 + 0.23 * len(order))
    texts: dict[float, str] = {}
    for place, claim_id in enumerate(order):
        left = 0
        part = data[data["claim_id"] == claim_id].sort_values(["ledger", "verdict"], ascending=[False, True])
        for _, row in part.iterrows():
            fill, hatch = FILLS[row["verdict"]]
            axes.barh(place, row["findings"], left=left, height=0.66, color=fill, hatch=hatch, edgecolor="black", linewidth=0.7)
            left += row["findings"]
        texts[place] = f"{number(left, language)} / {number(part['planned'].iloc[0], language)}"
    style.column(axes, texts)
    axes.set_yticks(range(len(order)), order)
    axes.tick_params(labelsize=style.TEXT_POINTS)
    axes.set_ylim(len(order) - 0.4, -0.6)
    axes.set_xlim(0, 1.5 * float(data.groupby("claim_id")["findings"].sum().max()))  # the key stands right of the longest bar
    axes.grid(visible=False)
    axes.set_xlabel(Text("distinct findings", "résultats distincts").of(language), fontsize=style.TEXT_POINTS)
    seen = [name for name in FILLS if name in set(data["verdict"])]
    handles = [Patch(facecolor=FILLS[name][0], hatch=FILLS[name][1], edgecolor="black", linewidth=0.7) for name in seen]
    axes.legend(
        handles, [VERDICTS[name].of(language) for name in seen], fontsize=style.SMALL_POINTS, frameon=False, loc="upper right"
    )
    style.titles(figure, axes, *(text.of(language) for text in _words(data, order)))
    return figure


def _words(data: pd.DataFrame, order: list[str]) -> tuple[Text, Text, Text]:
    several = int((data.groupby("claim_id")["verdict"].nunique() > 1).sum())
    title = Text(
        f"The verdict hangs on a reasonable choice for {several} of {len(order)} statements",
        f"Le verdict dépend d’un choix raisonnable pour {several} énoncés sur {len(order)}",
    )
    subtitle = Text(
        "Findings by verdict, the ledger’s first; right: distinct findings / combinations of choices. A share of them is no "
        "probability.",
        "Résultats par verdict, celui du registre d’abord ; à droite : résultats distincts / combinaisons de choix. Leur part "
        "n’est pas une probabilité.",
    )
    source = Text(
        "Declared choices: data/multiverse.yaml. Only combinations that answer the question of the ledger.",
        "Choix déclarés : data/multiverse.yaml. Seules les combinaisons qui répondent à la question du registre.",
    )
    return title, subtitle, source


def curve(data: pd.DataFrame, language: Language, declared: Declared) -> Figure:
    """The specification curve of a statement: distinct findings in order, and below each the options that it takes.

    Args:
        data: claim_id, question, choices, own (whether it answers the ledger's question), ledger (whether it is the
            ledger's), verdict, value, low, high, unit; in the order to be drawn, own question first.
        language: en or fr.
        declared: its decisions.

    >>> from compendium import claims, paths
    >>> from compendium.multiverse import declaration
    >>> data = pd.read_csv(paths.results("default") / "figures" / "universes_t1_03.csv")
    >>> figure = curve(data, "en", declaration.read(paths.DECISIONS, claims.read())["T1-03"])
    >>> len(figure.axes), figure.axes[0].get_ylabel()  # the estimates, and the options below them
    (2, 'percent')
    >>> plt.close(figure)
    """
    style.theme()
    lines = sum(len(decision.options) + 1 for decision in declared.decisions)
    heights = (2.2, 0.185 * lines)
    figure, (top, below) = plt.subplots(
        2, 1, sharex=True, figsize=(style.WIDTH_INCHES, sum(heights) + 1.5), layout="constrained", height_ratios=heights
    )
    sns.despine(figure, left=True)
    places = list(range(len(data)))
    own = int(data["own"].sum())
    for place, (_, row) in zip(places, data.iterrows(), strict=True):
        colour = style.COLOURS["all_grids" if row["own"] else "muted"]
        value = row["value"] if pd.notna(row["value"]) else (row["low"] + row["high"]) / 2
        if pd.notna(row["low"]):
            top.plot([place, place], [row["low"], row["high"]], color=colour, linewidth=2.2, alpha=0.55)
        fill = colour if row["ledger"] else "white"
        top.plot(place, value, MARKS[row["verdict"]], color=colour, markerfacecolor=fill, markersize=5.5, markeredgewidth=1.2)
    height, ticks, labels = 0.0, [], []
    options = [chosen(row) for _, row in data.iterrows()]
    for decision in declared.decisions:
        ticks.append(height)
        labels.append(DECISIONS[decision.name].of(language).upper())
        for option in decision.options:
            height -= 1
            taken = [place for place in places if options[place].get(decision.name) == option.name]
            below.plot(taken, [height] * len(taken), "s", color="black", markersize=2.6)
            ticks.append(height)
            labels.append(option.what.of(language))
        height -= 1
    for axes in (top, below):
        if own < len(data):
            axes.axvline(own - 0.5, color="black", linewidth=0.8)
        axes.grid(visible=False)
        axes.tick_params(labelsize=style.SMALL_POINTS)
    below.set_yticks(ticks, labels)
    below.set_ylim(height + 0.4, 0.7)
    below.set_xticks([])
    style.number_axis(top.yaxis, language)
    top.set_ylabel(UNITS[data["unit"].iloc[0]].of(language), fontsize=style.TEXT_POINTS)
    seen = [name for name in MARKS if name in set(data["verdict"])]
    handles = [Line2D([], [], marker=MARKS[name], color="black", markerfacecolor="white", linestyle="") for name in seen]
    style.key_below(figure, below, list(handles), [VERDICTS[name].of(language) for name in seen])
    style.titles(figure, top, *(text.of(language) for text in _words_of_curve(data, declared)))
    return figure


def _words_of_curve(data: pd.DataFrame, declared: Declared) -> tuple[Text, Text, Text]:
    own = data[data["own"]]
    verdict = data.loc[data["ledger"], "verdict"].iloc[0]
    held = int((own["verdict"] == verdict).sum())
    others = data["question"].fillna("")[~data["own"]].nunique()
    title = Text(
        f"{declared.claim_id}: {held} of {len(own)} distinct findings have the verdict “{VERDICTS[verdict].en}”",
        f"{declared.claim_id} : {held} résultats distincts sur {len(own)} ont le verdict « {VERDICTS[verdict].fr} »",
    )
    shown = Text(
        "Each column is a finding, with the choices of one universe that gives it; filled: the ledger’s.",
        "Chaque colonne est un résultat, avec les choix d’un univers qui le donne ; plein : celui du registre.",
    )
    apart = Text(
        f" Right of the line, in grey: answers to other questions ({others}), not to be counted with it.",
        f" À droite du trait, en gris : réponses à d’autres questions ({others}), à ne pas compter avec.",
    )
    subtitle = Text(shown.en + apart.en, shown.fr + apart.fr) if others else shown
    source = Text(
        "Bars: bound or interval; marks: value or middle. A share of findings is no probability.",
        "Barres : encadrement ou intervalle ; marques : valeur ou milieu. Une part des résultats n’est pas une probabilité.",
    )
    return title, subtitle, source
