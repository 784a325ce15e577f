"""Use of AI among French cadres by wording and frequency, beside the stated rate."""

import pandas as pd
from matplotlib.figure import Figure

from compendium.charts import style
from compendium.claims.sentences.tools import GROUPS
from compendium.language import Language, Text, number

WORDINGS = {
    "uses_generative_ai": Text("use generative AI", "utilisent l’IA générative"),
    "declares_chatgpt": Text("declare using ChatGPT", "déclarent utiliser ChatGPT"),
    "adapted_practices": Text("adapted practices, use AI", "pratiques adaptées, usage de l’IA"),
    "work_use_of_generative_ai": Text("use generative AI at work", "IA générative au travail"),
    "tested_ai_at_work": Text("have tested AI at work", "ont testé l’IA au travail"),
    "uses_ai_tools": Text("use AI tools", "utilisent des outils d’IA"),
    "uses_ai_today": Text("use AI today", "utilisent l’IA aujourd’hui"),
}
FREQUENCIES = {
    "daily": Text("daily", "chaque jour"),
    "at_least_weekly": Text("at least weekly", "au moins chaque semaine"),
    "at_least_monthly": Text("at least monthly", "au moins chaque mois"),
    "ever": Text("ever", "au moins une fois"),
    "regular_or_occasional": Text("regularly or not", "régulièrement ou non"),
    "not_stated": Text("", ""),
}


def use_of_ai(data: pd.DataFrame, language: Language) -> Figure:
    """One line a published rate, those of a like wording in colour, the stated rate hollow on its own line.

    Args:
        data: as `models.tools.use_of_ai` gives it, with a row of kind stated; value, low, high: percent.
        language: en or fr.

    >>> from matplotlib import pyplot as plt
    >>> from compendium import paths
    >>> data = pd.read_csv(paths.results("default") / "figures" / "ai_use.csv")
    >>> figure = use_of_ai(data, "fr")
    >>> len(figure.axes[0].get_yticks()) == len(data), tuple(map(int, figure.axes[0].get_xlim()))  # percent
    (True, (0, 100))
    >>> plt.close(figure)
    """
    stated = data[data["kind"] == "stated"].iloc[0]
    rates = data[data["kind"] != "stated"].sort_values(["like", "value", "year"], ignore_index=True)
    like = rates[rates["like"]]
    figure, axes = style.canvas(height_inches=7.0)
    axes.axvspan(like["low"].min(), like["high"].max(), color=style.COLOURS["all_grids"], alpha=0.15, linewidth=0, zorder=0)
    labels = []
    for height, row in rates.iterrows():
        place = float(str(height))
        colour = style.COLOURS["all_grids" if row["like"] else "muted"]
        axes.plot([row["low"], row["high"]], [place, place], color=colour, linewidth=4, solid_capstyle="butt")
        axes.plot(row["value"], place, "o" if row["like"] else "s", color=colour, markersize=6 if row["like"] else 4.5)
        labels.append(_label(row).of(language))
    top = float(len(rates))
    axes.plot(stated["value"], top, **style.STATED)
    across = [top, float(like.index.min()) - 0.4]
    axes.plot([stated["value"]] * 2, across, color="black", linewidth=0.8, linestyle=":", zorder=0)
    shares = {**rates["value"], top: stated["value"]}
    sign = " %" if language == "en" else "\u00a0%"
    style.column(axes, {float(place): number(share, language) + sign for place, share in shares.items()}, style.SMALL_POINTS)
    labels.append(
        Text(
            "stated (text T1):\nuse AI, cadres of the Sécurité sociale",
            "énoncé (texte T1) :\nutilisent l’IA, cadres de la Sécurité sociale",
        ).of(language)
    )
    axes.set_yticks(range(len(labels)), labels, fontsize=style.SMALL_POINTS)
    for tick, is_like in zip(axes.get_yticklabels(), rates["like"], strict=False):
        if is_like:
            tick.set_color(style.TEXT_COLOURS["all_grids"])
    axes.set_xlim(0, 100)
    axes.set_ylim(-0.6, top + 0.7)
    axes.tick_params(axis="x", labelsize=style.TEXT_POINTS)
    axes.grid(visible=False)
    axes.set_xticks(range(0, 101, 25))
    style.percent_axis(axes.xaxis, language)
    style.titles(figure, axes, *(text.of(language) for text in _words(like, stated)))
    return figure


def _label(row: pd.Series) -> Text:
    """Wording, frequency, who and when."""
    frequency, group = FREQUENCIES[row["frequency"]], GROUPS[row["group"]]
    wording = WORDINGS[row["wording"]]
    often = Text(f", {frequency.en}" if frequency.en else "", f", {frequency.fr}" if frequency.fr else "")
    return Text(
        f"{wording.en}{often.en}:\n{group.en}, {row['year']:.0f}", f"{wording.fr}{often.fr} :\n{group.fr}, {row['year']:.0f}"
    )


def _words(like: pd.DataFrame, stated: pd.Series) -> tuple[Text, Text, Text]:
    low, high = like["low"].min(), like["high"].max()
    inside = low <= stated["value"] <= high
    less = like.drop((like["value"] - stated["value"]).abs().idxmin()) if len(like) > 1 else like
    alone = inside and not less["low"].min() <= stated["value"] <= less["high"].max()
    value, ends = number(stated["value"], "en"), (like["value"].min(), like["value"].max())
    en, fr = ([number(end, language) for end in ends] for language in ("en", "fr"))
    if alone:
        title = Text(
            f"Like wordings give {en[0]} to {en[1]} %: {value} % is inside thanks to one survey",
            f"Formulations semblables : {fr[0]} à {fr[1]} % ; {value} % n’y entre que par une seule enquête",
        )
    else:
        where = Text("inside", "dedans") if inside else Text("outside", "dehors")
        title = Text(
            f"Like wordings give {en[0]} to {en[1]} %: {value} % is {where.en}",
            f"Formulations semblables : {fr[0]} à {fr[1]} % ; {value} % est {where.fr}",
        )
    subtitle = Text(
        "Use of AI in France; none of these asks cadres of the Sécurité sociale. Blue: cadres, any frequency, year of the "
        "text; band: their spread. Bars: rounding; sampling error comes on top.",
        "Usage de l’IA en France ; aucune enquête ne porte sur les cadres de la Sécurité sociale. Bleu : cadres, toute "
        "fréquence, année du texte ; bande : leur étendue. Barres : arrondi ; l’erreur de sondage s’y ajoute.",
    )
    source = Text(
        "Source: Apec, OpinionWay for KEDGE, Viavoice for Ugict-CGT, C2RP; Apec by frequency: answers added up.",
        "Source : Apec, OpinionWay pour KEDGE, Viavoice pour l’Ugict-CGT, C2RP ; Apec par fréquence : réponses cumulées.",
    )
    return title, subtitle, source
