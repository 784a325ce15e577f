"""The situation of cadres in France, item by item: how it compares with that of other occupations, and whether the gap narrows.

Each comparison stays inside one document, one year, one definition and one field; two of them are put in a row only where
definition and field are the same. A ratio above one is always the direction that the statement names.
"""

from typing import Literal, NamedTuple

import pandas as pd

from compendium.errors import InputError
from compendium.interval import Interval
from compendium.models import estimates
from compendium.models.estimates import ROUNDING, printed

STATEMENT = "T2-08"
CADRES = ("cadres", "cadres_and_assimilated")
OTHERS = ("intermediate", "employes", "ouvriers", "non_cadres")
# What makes one comparison: figures that differ in any of these are never compared.
SAME = ["quantity", "year_last", "document_id", "concept", "perimeter"]


class Item(NamedTuple):
    """One thing that the statement says of cadres."""

    name: str
    quantities: tuple[str, ...]
    cadres_have: Literal["more", "less"]
    change: str = ""  # the published yearly change of the quantity, by occupation
    gaps: tuple[str, ...] = ()  # a published gap between cadres and another occupation, without the levels


ITEMS = (
    Item("earnings", ("net_wage", "gross_wage"), "more", "net_wage_change_a_year"),
    Item("insecure_jobs", ("insecure_contract_share",), "less"),
    Item("unemployment", ("unemployment_rate",), "less"),
    Item("diplomas", ("higher_diploma_share",), "more"),
    Item("hours", ("hours_a_year", "hours_a_week"), "more", gaps=("gap_in_hours_a_year", "gap_in_hours_a_week")),
)


def advantages(situation: pd.DataFrame) -> pd.DataFrame:
    """How many times as much cadres have as another occupation, or as little, with the rounding of both figures.

    Args:
        situation: the tidy situation figures.

    Returns:
        One estimate a pair (quantity `advantage`, unit ratio): population the other occupation, definition the item, basis
        `whole`, or `part` where the field or the definition leaves out a part of the population.

    Raises:
        InputError: an occupation stands twice in one comparison, or a figure that divides may be zero.
    """
    usable = situation[(situation["use"] == "model") & (situation["sex"] == "both")]
    rows = []
    for item in ITEMS:
        for (quantity, year, *_), part in usable[usable["quantity"].isin(item.quantities)].groupby(SAME):
            known = part[part["occupation"].isin([*CADRES, *OTHERS])]
            if known["occupation"].duplicated().any() or known["occupation"].isin(CADRES).sum() > 1:
                raise InputError(f"situation: an occupation stands twice in {quantity} of {year}")
            for _, cadres in known[known["occupation"].isin(CADRES)].iterrows():
                for _, other in known[known["occupation"].isin(OTHERS)].iterrows():
                    rows.append(_advantage(item, cadres, other))
    return estimates.table(rows)


def _advantage(item: Item, cadres: pd.Series, other: pd.Series) -> dict[str, object]:
    over, under = (cadres, other) if item.cadres_have == "more" else (other, cadres)
    if printed(under).low <= 0:
        raise InputError(f"situation: {under['obs_id']} may be zero, so nothing can be divided by it")
    whole = cadres["perimeter"] == "national" and "without" not in cadres["concept"].replace("without_apprentices", "")
    span = "-".join(dict.fromkeys(str(year) for year in (cadres["year_first"], cadres["year_last"])))
    return estimates.row(
        f"advantage.{cadres['quantity']}.{other['occupation']}.{span}",
        STATEMENT,
        "advantage",
        value=float(over["value"]) / float(under["value"]),
        interval=printed(over) / printed(under),
        population=other["occupation"],
        definition=item.name,
        basis="whole" if whole else "part",
        year=span,
        unit="ratio",
        method="ratio_of_published",
        obs_ids=f"{cadres['obs_id']} {other['obs_id']}",
        **ROUNDING,
    )


def levels_without_comparison(situation: pd.DataFrame) -> pd.DataFrame:
    """Published figures of an item that no comparison uses: a level of cadres alone, or a gap without its two levels."""
    usable = situation[situation["use"].isin(["model", "shown"]) & (situation["sex"] == "both")]
    rows = []
    for item in ITEMS:
        own = usable[usable["quantity"].isin(item.quantities) & usable["occupation"].isin(CADRES)]
        alone = [figure for _, figure in own.iterrows() if not _has_comparison(usable, figure)]
        gaps = [figure for _, figure in usable[usable["quantity"].isin(item.gaps)].iterrows()]
        for figure in (*alone, *gaps):
            rows.append(
                estimates.row(
                    f"shown.{figure['quantity']}.{figure['year_last']}",
                    STATEMENT,
                    "level_alone" if figure["quantity"] in item.quantities else "gap_alone",
                    value=float(figure["value"]),
                    interval=printed(figure),
                    population=figure["occupation"],
                    definition=item.name,
                    year=str(figure["year_last"]),
                    unit=figure["unit"],
                    method="published",
                    obs_ids=figure["obs_id"],
                    **ROUNDING,
                )
            )
    return estimates.table(rows)


def _has_comparison(usable: pd.DataFrame, figure: pd.Series) -> bool:
    same = (usable[SAME] == figure[SAME]).all(axis=1)
    return bool((same & usable["occupation"].isin(OTHERS) & (usable["use"] == "model")).any())


def ages(found: pd.DataFrame, shown: pd.DataFrame, text_year: int) -> pd.DataFrame:
    """How old the latest figure of each item was when the text came out, in years; none for a figure of that year or later.

    Args:
        found: as `advantages` gives; an item without any has the age of its latest level.
        shown: as `levels_without_comparison` gives.
        text_year: year of the text.
    """
    rows = []
    for item in ITEMS:
        own = found[found["definition"] == item.name]
        part = own if len(own) else shown[shown["definition"] == item.name]
        if part.empty:
            continue
        latest = part.assign(last=part["year"].str[-4:].astype(int)).sort_values("last", kind="stable").iloc[-1]
        rows.append(
            estimates.row(
                f"age.{item.name}",
                STATEMENT,
                "age",
                value=float(max(0, text_year - latest["last"])),
                population="latest figure",
                definition=item.name,
                year=latest["year"],
                unit="years",
                method="difference_of_published",
                obs_ids=latest["obs_ids"],
            )
        )
    return estimates.table(rows)


def narrowing(situation: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """How the distance between cadres and other occupations moved, where one definition gives it.

    Published yearly changes by occupation are subtracted (points a year); two comparisons of one quantity, definition and
    field are subtracted (ratio). Above zero the distance grows, below it narrows.

    Args:
        situation: the tidy situation figures.
        found: as `advantages` gives.
    """
    usable = situation[(situation["use"] == "model") & (situation["sex"] == "both")].set_index("obs_id", drop=False)
    rows = []
    for item in ITEMS:
        changes = usable[usable["quantity"] == item.change]
        for _, cadres in changes[changes["occupation"].isin(CADRES)].iterrows():
            same = (changes[[*SAME, "year_first"]] == cadres[[*SAME, "year_first"]]).all(axis=1)
            for _, other in changes[same & changes["occupation"].isin(OTHERS)].iterrows():
                rows.append(
                    _narrowing(
                        f"{item.change}.{other['occupation']}",
                        item,
                        other["occupation"],
                        f"{cadres['year_first']}-{cadres['year_last']}",
                        float(cadres["value"] - other["value"]),
                        printed(cadres) - printed(other),
                        "points a year",
                        f"{cadres['obs_id']} {other['obs_id']}",
                    )
                )
        own = found[found["definition"] == item.name]
        first = (
            own["obs_ids"]
            .str.split()
            .str[0]
            .map(lambda obs_id: tuple(usable.loc[obs_id, ["quantity", "concept", "perimeter"]]))
        )
        for (_, other), pair in own.groupby([first, "population"]):
            ordered = pair.sort_values("year")
            for (_, early), (_, late) in zip(ordered.iloc[:-1].iterrows(), ordered.iloc[1:].iterrows(), strict=True):
                rows.append(
                    _narrowing(
                        f"{early['estimate_id'].removeprefix('advantage.')}-{late['year']}",
                        item,
                        other,
                        f"{early['year']}-{late['year']}",
                        late["value"] - early["value"],
                        estimates.interval(late) - estimates.interval(early),
                        "ratio",
                        f"{early['obs_ids']} {late['obs_ids']}",
                    )
                )
    return estimates.table(rows)


def _narrowing(
    name: str, item: Item, other: str, years: str, value: float, interval: Interval, unit: str, obs_ids: str
) -> dict[str, object]:
    return estimates.row(
        f"narrowing.{name}",
        STATEMENT,
        "narrowing",
        value=float(value),
        interval=interval,
        population=other,
        definition=item.name,
        year=years,
        unit=unit,
        method="difference_of_published",
        obs_ids=obs_ids,
        **ROUNDING,
    )


def latest(found: pd.DataFrame, ages_of_items: pd.DataFrame) -> pd.DataFrame:
    """The latest comparisons of each item, to be drawn: item, other, ratio, low, high, year, basis, age (years).

    Where one year has two quantities of an item, the first that the item names.

    Args:
        found: as `advantages` gives.
        ages_of_items: as `ages` gives.

    >>> from compendium import csvfile, paths
    >>> from compendium.clean.situation import Situation
    >>> figures = csvfile.read(paths.processed("default") / "situation.csv", Situation)
    >>> found = advantages(figures)
    >>> drawn = latest(found, ages(found, levels_without_comparison(figures), text_year=2018))
    >>> int(drawn.groupby("item")["year"].nunique().max())  # of each item one year
    1
    """
    age = ages_of_items.set_index("definition")["value"]
    rows = []
    for item in ITEMS:
        own = found[found["definition"] == item.name]
        if own.empty:
            continue
        own = own.assign(quantity=own["estimate_id"].str.split(".").str[1])
        last = own[own["year"].str[-4:] == own["year"].str[-4:].max()]
        chosen = next(name for name in item.quantities if name in set(last["quantity"]))
        for _, row in last[last["quantity"] == chosen].iterrows():
            rows.append(
                {
                    "item": item.name,
                    "other": row["population"],
                    "ratio": row["value"],
                    "low": row["low"],
                    "high": row["high"],
                    "year": row["year"],
                    "basis": row["basis"],
                    "age": age[item.name],
                }
            )
    return pd.DataFrame(rows)
