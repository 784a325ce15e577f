"""What the published figures cover: which years, from which kind of source, read a second time or not."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
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
FIRST_YEAR, STEP = 1980, 5  # of the periods of the picture; earlier figures stand in one column
EARLIER = Text("earlier", "avant")
SHADES = LinearSegmentedColormap.from_list("shades", ["white", style.COLOURS["all_grids"]])
PALE = 1.7  # the share that would have the full colour: none has, so that black figures stay legible


def by_year_kind_and_reading(figures: pd.DataFrame) -> pd.DataFrame:
    """How many figures each topic has, by year, kind of source and second reading.

    Args:
        figures: topic, year_last, kind, verified.

    Returns:
        topic, by (year, kind or verified), category, figures.

    >>> figures = {"topic": "distress", "year_last": [2019, 2020], "kind": ["press", "press"], "verified": "confirmed"}
    >>> by_year_kind_and_reading(pd.DataFrame(figures))[["by", "category", "figures"]].values.tolist()
    [['year', '2019', 1], ['year', '2020', 1], ['kind', 'press', 2], ['verified', 'confirmed', 2]]
    """
    counts = []
    for by, column in (("year", "year_last"), ("kind", "kind"), ("verified", "verified")):
        counted = figures.dropna(subset=[column]).groupby(["topic", column]).size().rename("figures").reset_index()
        counts.append(counted.rename(columns={column: "category"}).astype({"category": str}).assign(by=by))
    return pd.concat(counts, ignore_index=True)[["topic", "by", "category", "figures"]]


def coverage(data: pd.DataFrame, language: Language) -> Figure:
    """Three tables one below the other, a row a topic: figures by period, by kind of source, by second reading.

    Args:
        data: as `by_year_kind_and_reading` gives it.
        language: en or fr.

    >>> from compendium import paths
    >>> data = pd.read_csv(paths.results("default") / "figures" / "coverage.csv")
    >>> figure = coverage(data, "en")
    >>> [axes.get_title(loc="left") for axes in figure.axes]
    ['Period, by its first year', 'Kind of source', 'Second reading']
    >>> plt.close(figure)
    """
    style.theme()
    figure, panels = plt.subplots(3, 1, figsize=(style.WIDTH_INCHES, 7.4), layout="constrained")
    sns.despine(figure, left=True, bottom=True)
    years = data[data["by"] == "year"].assign(category=lambda rows: rows["category"].astype(int).map(period))
    periods = {year: str(year) if year else EARLIER.of(language) for year in sorted(set(years["category"]))}
    kinds = {key: name.of(language) for key, name in KINDS.items()}
    readings = {key: name.of(language) for key, name in READINGS.items()}
    heads = (
        Text("Period, by its first year", "Période, par sa première année"),
        Text("Kind of source", "Nature de la source"),
        Text("Second reading", "Seconde lecture"),
    )
    tables = ((years, periods), (data[data["by"] == "kind"], kinds), (data[data["by"] == "verified"], readings))
    for axes, head, (rows, names) in zip(panels, heads, tables, strict=True):
        _counts(axes, rows, names, language)
        axes.set_title(head.of(language), loc="left", fontsize=style.TEXT_POINTS, fontweight="bold", pad=26)
    every = int(data[data["by"] == "kind"]["figures"].sum())
    unread = data[(data["by"] == "verified") & (data["category"] == "not_read")]["figures"].sum()
    again = 100 * (1 - unread / every)
    title = Text(
        f"{number(every, 'en')} rows of published figures, {number(again, 'en')} % read a second time",
        f"{number(every, 'fr')} lignes de chiffres publiés, dont {number(again, 'fr')} % relues",
    )
    source = Text(
        "Number of figures; shade: share of the row. Source: data/raw, all topics.",
        "Nombre de chiffres ; teinte : part de la ligne. Source : data/raw, tous les sujets.",
    )
    figure.suptitle(title.of(language), x=0.01, ha="left", fontsize=style.TITLE_POINTS, fontweight="bold")
    figure.supxlabel(source.of(language), x=0.01, ha="left", fontsize=style.SMALL_POINTS, color=style.COLOURS["muted"])
    return figure


def period(year: int) -> int:
    """The first year of the period a year falls in; 0 for all that lies before the first.

    >>> period(1979), period(1984), period(2024)
    (0, 1980, 2020)
    """
    return 0 if year < FIRST_YEAR else FIRST_YEAR + STEP * ((year - FIRST_YEAR) // STEP)


def _counts(axes: Axes, data: pd.DataFrame, names: Mapping[Any, str], language: Language) -> None:
    """A table of counts, shaded by the share of the row; a cell without figures is left white."""
    table = data.pivot_table(index="topic", columns="category", values="figures", aggfunc="sum")
    table = table.reindex(index=list(TOPICS), columns=list(names)).fillna(0)
    shares = table.div(table.sum(axis=1), axis=0).to_numpy()
    axes.imshow(shares, cmap=SHADES, vmin=0, vmax=PALE, aspect="auto")
    for (row, place), share in np.ndenumerate(shares):
        if share:
            written = number(table.iat[row, place], language)
            axes.text(place, row, written, ha="center", va="center", fontsize=style.SMALL_POINTS, color="black")
    axes.set_yticks(range(len(TOPICS)), [name.of(language) for name in TOPICS.values()])
    axes.xaxis.tick_top()
    axes.set_xticks(range(len(names)), [name.replace(" ", "\n", 1) for name in names.values()])
    axes.tick_params(length=0, labelsize=style.SMALL_POINTS)
    axes.grid(visible=False)
