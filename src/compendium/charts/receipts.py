"""What the Urssaf collect: totals of known scope, their two parts, and amounts whose scope is not known."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from compendium.charts import style
from compendium.language import Language, Text, number

SCOPES = {
    "total": Text("total", "total"),
    "network": Text("network", "réseau"),
    "head_office": Text("national body", "caisse nationale"),
}
MARKS = {"total": ("o", "all_grids"), "network": ("s", "levels_5a_9"), "head_office": ("^", "muted")}
REACH = 45.0  # billion euros: how far a number above its mark, or above its bar, reaches


def receipts(data: pd.DataFrame, language: Language) -> Figure:
    """Amounts by year and scope, with the range that rounds to the stated amount; unknown scopes are hollow.

    Args:
        data: kind (published, stated), scope, year, value, low, high: billion euros.
        language: en or fr.

    >>> from matplotlib import pyplot as plt
    >>> from compendium import paths
    >>> data = pd.read_csv(paths.results("default") / "figures" / "receipts.csv")
    >>> figure = receipts(data, "en")
    >>> [text.get_text() for text in figure.axes[0].texts if text.get_fontweight() == "bold"]
    ['total', 'network', 'national body']
    >>> plt.close(figure)
    """
    published = data[data["kind"] == "published"].assign(year=lambda frame: frame["year"].astype(int))
    stated = data[data["kind"] == "stated"].iloc[0]
    figure, axes = style.canvas(height_inches=4.4)
    axes.axhspan(stated["low"], stated["high"], color=style.COLOURS["muted"], alpha=0.14, linewidth=0)
    low, high, value = (number(stated[name], language) for name in ("low", "high", "value"))
    axes.annotate(
        Text(f"rounds to the stated {value}: {low} to {high}", f"s’arrondit aux {value} énoncés : {low} à {high}").of(language),
        (published["year"].min(), stated["high"]),
        xytext=(0, -6),
        textcoords="offset points",
        va="top",
        fontsize=style.TEXT_POINTS,
        color=style.COLOURS["muted"],
    )

    def into_range(row: pd.Series) -> bool:
        """Whether the number above an amount below the range would lie in it."""
        return bool(row["value"] < stated["low"] < row["high"] + REACH)

    for scope, (mark, colour) in MARKS.items():
        rows = published[published["scope"] == scope].sort_values("year")
        axes.plot(rows["year"], rows["value"], mark, color=style.COLOURS[colour], markersize=6, linestyle=":", linewidth=1)
        for _, row in rows.iterrows():
            _number(axes, row, language, beside=into_range(row))
        last = rows.iloc[-1]
        axes.annotate(
            SCOPES[scope].of(language),
            (last["year"], last["value"]),
            xytext=(9, 0),
            textcoords="offset points",
            va="center",
            fontsize=style.TEXT_POINTS,
            fontweight="bold",
            color=style.TEXT_COLOURS.get(colour, style.COLOURS[colour]),
        )
    for _, row in published[published["scope"] == "unknown"].iterrows():
        error = [[row["value"] - row["low"]], [row["high"] - row["value"]]]
        axes.errorbar(
            row["year"], row["value"], yerr=error, fmt="o", markerfacecolor="white", markeredgecolor="black", color="black"
        )
        _number(axes, row, language, beside=into_range(row))
    axes.set_xlim(published["year"].min() - 1, published["year"].max() + 1)
    axes.set_ylim(0, stated["high"] + 30)
    axes.set_xticks(range(published["year"].min(), published["year"].max() + 1, 2))
    axes.grid(visible=False)  # every amount is written beside its mark
    axes.tick_params(axis="y", left=False)
    axes.yaxis.set_major_formatter(lambda amount, _: number(amount, language))
    style.titles(figure, axes, *(text.of(language) for text in _words(published, stated)))
    return figure


def _number(axes: Axes, row: pd.Series, language: Language, beside: bool) -> None:
    """The amount above its mark, or below it at the right."""
    digits = 0 if row["value"] == round(row["value"]) else 1
    axes.annotate(
        number(row["value"], language, digits),
        (row["year"], row["value"]),
        xytext=(6, -6) if beside else (0, 6),
        textcoords="offset points",
        ha="left" if beside else "center",
        va="top" if beside else "bottom",
        fontsize=style.TEXT_POINTS,
    )


def _words(published: pd.DataFrame, stated: pd.Series) -> tuple[Text, Text, Text]:
    """Title, subtitle and source; the title says where the last total of known scope lies."""
    last = published[published["scope"] == "total"].sort_values("year").iloc[-1]
    where = (
        Text("rounds to", "s’arrondit à")
        if stated["low"] <= last["low"] and last["high"] <= stated["high"]
        else Text("does not round to", "ne s’arrondit pas à")
    )
    amounts = {lang: (number(last["value"], lang, 1), number(stated["value"], lang)) for lang in ("en", "fr")}
    title = Text(
        f"The last total of known scope, {amounts['en'][0]} for {last['year']}, {where.en} {amounts['en'][1]}",
        f"Le dernier total de périmètre connu, {amounts['fr'][0]} pour {last['year']}, {where.fr} {amounts['fr'][1]}",
    )
    subtitle = Text(
        "Collections of the Urssaf in the year, billion euros; hollow: scope not said; bar: rounding",
        "Encaissements annuels des Urssaf, en milliards d’euros ; point vide : montant dont le périmètre n’est pas dit ; "
        "barre : arrondi",
    )
    source = Text(
        "Source: Acoss / Urssaf Caisse nationale, mostly relayed; hollow: Senate debate, Force ouvrière. Range: text T1.",
        "Source : Acoss / Urssaf Caisse nationale, souvent relayée ; points vides : débat au Sénat, Force ouvrière. "
        "Intervalle : texte T1.",
    )
    return title, subtitle, source
