"""What the published figures cover: which years, from which kind of source, read a second time or not."""

import pandas as pd
import seaborn as sns
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from compendium.charts import style
from compendium.language import Language, Text, number

TOPICS = {
    "workforce": Text("workforce", "effectifs"),
    "working_life": Text("managers, working life", "managers, vie au travail"),
    "social_sector": Text("social sector", "secteur social"),
    "distress": Text("distress and absence", "détresse et absences"),
    "situation": Text("cadres nationally", "cadres en France"),
    "comparators": Text("comparators", "comparaisons"),
}
KINDS = {
    "official": Text("official", "officielle"),
    "dataset": Text("data set", "jeu de données"),
    "survey": Text("survey", "enquête"),
    "academic": Text("academic", "universitaire"),
    "union": Text("union", "syndicale"),
    "press": Text("press", "presse"),
}
READINGS = {
    "confirmed": Text("confirmed", "confirmée"),
    "corrected": Text("corrected", "corrigée"),
    "scope_differs": Text("other scope", "autre champ"),
    "not_found": Text("not found again", "non retrouvée"),
    "not_read": Text("not read again", "non relue"),
}
FIRST_YEAR = 1980  # of the picture: earlier figures are few, and the data beside it has them


def by_year_kind_and_reading(figures: pd.DataFrame) -> pd.DataFrame:
    """How many figures each topic has, by year, kind of source and second reading.

    Args:
        figures: topic, year_last, kind, verified.

    Returns:
        topic, by (year, kind or verified), category, figures.
    """
    counts = []
    for by, column in (("year", "year_last"), ("kind", "kind"), ("verified", "verified")):
        counted = figures.dropna(subset=[column]).groupby(["topic", column]).size().rename("figures").reset_index()
        counts.append(counted.rename(columns={column: "category"}).astype({"category": str}).assign(by=by))
    return pd.concat(counts, ignore_index=True)[["topic", "by", "category", "figures"]]


def coverage(data: pd.DataFrame, language: Language) -> Figure:
    """One row a topic: dots for years, their area the number of figures; bars for kind of source and second reading.

    Args:
        data: as `by_year_kind_and_reading` gives it.
        language: en or fr.
    """
    style.theme()
    figure, (years, kinds, readings) = plt.subplots(
        1, 3, figsize=(style.WIDTH_INCHES, 4.4), layout="constrained", width_ratios=(2.2, 1, 1), sharey=True
    )
    sns.despine(figure, left=True, bottom=True)
    total = data[data["by"] == "kind"].groupby("topic")["figures"].sum().reindex(TOPICS)
    _dots(years, data[data["by"] == "year"])
    _bars(kinds, data[data["by"] == "kind"], KINDS, language)
    _bars(readings, data[data["by"] == "verified"], READINGS, language)
    years.set_yticks(
        range(len(TOPICS)), [f"{TOPICS[topic].of(language)}\n{number(count, language)}" for topic, count in total.items()]
    )
    years.invert_yaxis()
    heads = (
        Text("year (area: number of figures)", "année (surface : nombre de chiffres)"),
        Text("kind of source", "nature de la source"),
        Text("second reading", "seconde lecture"),
    )
    for axes, head in zip((years, kinds, readings), heads, strict=True):
        axes.set_title(head.of(language), loc="left", fontsize=8.5, color=style.COLOURS["muted"])
        axes.tick_params(labelsize=8)
    every = int(total.sum())
    unread = data[(data["by"] == "verified") & (data["category"] == "not_read")]["figures"].sum()
    again = 100 * (1 - unread / every)
    title = Text(
        f"{number(every, 'en')} rows of published figures, {number(again, 'en')} % read a second time",
        f"{number(every, 'fr')} lignes de chiffres publiés, dont {number(again, 'fr')} % relues",
    )
    source = Text("Source: data/raw, all topics.", "Source : data/raw, tous les sujets.")
    figure.suptitle(title.of(language), x=0.01, ha="left", fontsize=11, fontweight="bold")
    figure.supxlabel(source.of(language), x=0.01, ha="left", fontsize=7, color=style.COLOURS["muted"])
    return figure


def _dots(axes: Axes, data: pd.DataFrame) -> None:
    shown = data.assign(year=data["category"].astype(int))
    shown = shown[shown["year"] >= FIRST_YEAR]
    rows = [list(TOPICS).index(topic) for topic in shown["topic"]]
    axes.scatter(shown["year"], rows, s=shown["figures"] * 2.2, color=style.COLOURS["all_grids"], alpha=0.6, linewidth=0)
    axes.set_xticks(range(FIRST_YEAR, shown["year"].max() + 1, 10))
    axes.grid(axis="x", visible=False)
    axes.margins(y=0.09)


def _bars(axes: Axes, data: pd.DataFrame, names: dict[str, Text], language: Language) -> None:
    """Shares of the categories in each topic, stacked, from dark to light; the legend below."""
    table = (
        data.pivot(index="topic", columns="category", values="figures")
        .reindex(index=list(TOPICS), columns=list(names))
        .fillna(0)
    )
    shares = table.div(table.sum(axis=1), axis=0) * 100
    greys = plt.get_cmap("cividis")(pd.Series(range(len(names))) / (len(names) - 1))
    left = pd.Series(0.0, index=shares.index)
    for name, colour in zip(names, greys, strict=True):
        axes.barh(
            range(len(shares)),
            shares[name],
            left=left,
            color=colour,
            height=0.6,
            label=names[name].of(language),
            edgecolor="white",
        )
        left = left + shares[name]
    axes.grid(visible=False)
    axes.set_xlim(0, 100)
    axes.set_xticks([0, 50, 100])
    style.percent_axis(axes.xaxis, language)
    axes.legend(loc="upper left", bbox_to_anchor=(-0.02, -0.1), fontsize=7, frameon=False)
