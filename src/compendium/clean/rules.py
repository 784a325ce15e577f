"""The cleaning rules that every topic obeys: what is set apart, what is recomputed, what is chosen, what is counted."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter

import pandas as pd

from compendium import raw
from compendium.errors import InputError
from compendium.interval import Interval

COUNTED_UNITS = ("persons", "organisations", "posts", "places", "fte", "levels", "sample_rows")

# What may be done with a figure that is neither a statement under test, nor a plan, nor set apart.
USES = {
    "model": "enters models",
    "shown": "rounded or undated: shown, never modelled",
    "relay": "repeats a figure that is in the data already",
    "not_chosen": "contradicts a figure that is preferred by the stated order",
}
DIFFERENT_GROUPS = ("claim", "plan", "set apart")


def half_unit(value: str, unit: str, status: str) -> float:
    """Half of the last digit that a printed figure carries, in the figure's unit.

    A count printed in full carries no rounding; a count marked as rounded ends in zeros that carry nothing.

    >>> half_unit("37.3", "percent", "observation")
    0.05
    >>> half_unit("40000", "persons", "rounded")
    5000.0
    >>> half_unit("147018", "persons", "observation")
    0.0
    """
    if unit in COUNTED_UNITS and status != "rounded":
        return 0.0
    if "." not in value and status == "rounded":
        digits = value.lstrip("-")
        return 0.5 * 10 ** (len(digits) - len(digits.rstrip("0")))
    exponent = int(Decimal(value).as_tuple().exponent)
    return float(Decimal(5).scaleb(exponent - 1))


def with_interval(observations: pd.DataFrame) -> pd.DataFrame:
    """Add `low` and `high`: the values that print as the given one. `value` becomes a number."""
    half = [half_unit(*row) for row in observations[["value", "unit", "status"]].itertuples(index=False)]
    value = observations["value"].astype(float)
    return observations.assign(value=value, low=value - half, high=value + half)


def _share(a: Interval, b: Interval) -> Interval:
    return a / b * 100.0


def _mean(*parts: Interval) -> Interval:
    return sum(parts[1:], parts[0]) / float(len(parts))


def _factor(change: Interval) -> Interval:
    return Interval(1, 1) + change / 100.0


def _odds(share: Interval) -> Interval:
    return share / (Interval(100, 100) - share)


# How a derived figure follows from its parents, in the order they are listed. Percentages and percent changes are in percent.
OPERATIONS: dict[str, Callable[..., Interval]] = {
    "difference": lambda whole, *parts: whole - sum(parts[1:], parts[0]),
    "sum": lambda *parts: sum(parts[1:], parts[0]),
    "mean": _mean,
    "share": _share,
    "share_of_sum": lambda a, *parts: _share(a, sum(parts[1:], parts[0])),
    "sum_share": lambda whole, *parts: _share(sum(parts[1:], parts[0]), whole),
    "complement": lambda *parts: Interval(100, 100) - sum(parts[1:], parts[0]),
    "part": lambda whole, share: whole * share / 100.0,
    "ratio": lambda a, b: a / b,
    "percent_change": lambda before, after: (after / before - Interval(1, 1)) * 100.0,
    "level_before_change": lambda level, change: level / _factor(change),
    "level_after_change": lambda level, change: level * _factor(change),
    "thousands": lambda a: a * 1000.0,
    "weighted_mean": lambda share, a, b: b + share * (a - b) / 100.0,
    "odds_ratio": lambda a, b: _odds(a) / _odds(b),
}


def recompute_derived(
    observations: pd.DataFrame, derivations: pd.DataFrame, elsewhere: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Replace every typed derived value by the value computed from its parents, with the interval that rounding leaves.

    A derived figure whose parents are not all in the data keeps its typed value; the column `recomputed` says so. One whose
    parents have been corrected follows the corrected rows; its typed value, which followed from the others, is not compared.

    Args:
        observations: with `value`, `low`, `high` as numbers.
        derivations: schema `raw.Derivation`.
        elsewhere: figures of other topics that may be parents, with the same columns.

    Returns:
        the same rows with `recomputed`: yes, missing parents, or empty for a figure that is not derived.

    Raises:
        InputError: a derived figure without a row in derivations, a parent that is not in the data, or a typed value that
            differs from the computed one by more than half of its last digit.
    """
    table = observations.set_index("obs_id", drop=False).assign(recomputed="")
    known = derivations.set_index("obs_id")
    parents = table if elsewhere is None else pd.concat([table, elsewhere.set_index("obs_id", drop=False)])
    current = raw.current(observations)
    follow_corrections: set[str] = set()
    for obs_id in in_order(table.index[table["status"] == "derived"], known, current):
        row = known.loc[obs_id]
        if pd.notna(row["missing"]):
            table.loc[obs_id, "recomputed"] = "missing parents"
            continue
        printed = []
        for typed_parent in row["parents"].split():
            parent = current.get(typed_parent, typed_parent)
            if parent != typed_parent or parent in follow_corrections:
                follow_corrections.add(obs_id)
            source = table if parent in table.index else parents
            if parent not in source.index:
                raise InputError(f"data/raw/derivations.csv, {obs_id}, column 'parents': {parent} is not in the data")
            printed.append(source.loc[parent, ["value", "low", "high"]].astype(float))
        operation = OPERATIONS[row["operation"]]
        value = operation(*(Interval(figure["value"], figure["value"]) for figure in printed)).low
        ends = operation(*(Interval(figure["low"], figure["high"]) for figure in printed))
        typed = float(table.at[obs_id, "value"])
        if obs_id not in follow_corrections and abs(value - typed) > last_digit(typed) / 2 + 1e-9:
            raise InputError(f"{obs_id}: typed as {typed:g}, but {row['operation']} of {row['parents']} gives {value:g}")
        table.loc[obs_id, ["value", "low", "high"]] = value, ends.low, ends.high
        table.loc[obs_id, "recomputed"] = "yes"
    return table.reset_index(drop=True)


def with_two_roundings(observations: pd.DataFrame) -> pd.DataFrame:
    """Double the interval of a figure derived from a figure and a change that are not both in the data: both were rounded."""
    half = (observations["high"] - observations["value"]).where(observations["recomputed"] == "missing parents", 0.0)
    return observations.assign(low=observations["low"] - half, high=observations["high"] + half)


def in_order(derived: Iterable[str], known: pd.DataFrame, current: Mapping[str, str]) -> list[str]:
    """The derived figures, each after the derived figures it follows from; raises InputError where one follows from itself."""
    derived = list(derived)
    graph: dict[str, list[str]] = {}
    for obs_id in derived:
        if obs_id not in known.index:
            raise InputError(f"data/raw/derivations.csv: {obs_id} is marked derived, but no row says from what")
        listed = known.at[obs_id, "parents"]
        parents = [current.get(parent, parent) for parent in str(listed).split()] if pd.notna(listed) else []
        graph[obs_id] = [parent for parent in parents if parent in derived]
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise InputError(f"data/raw/derivations.csv: {' '.join(error.args[1])} follow from each other") from None


def last_digit(typed: float) -> float:
    """The unit of the last digit of a typed number: 0.1 for 34.4, 1 for 157745."""
    return 10.0 ** int(Decimal(str(typed)).normalize().as_tuple().exponent) if typed % 1 else 1.0


def group(observations: pd.DataFrame, set_apart: pd.DataFrame, repeats: pd.DataFrame) -> pd.DataFrame:
    """Add `group` (claim: a statement under test; plan; set apart, with its reason; evidence) and `repeats`.

    A figure that another row corrects is set apart too.
    """
    reasons = set_apart.set_index("obs_id")["reason"].to_dict()
    corrected = observations.dropna(subset=["superseded_by"]).set_index("obs_id")["superseded_by"]
    reasons |= {obs_id: f"superseded: {by} corrects it" for obs_id, by in corrected.items()}
    label = pd.Series("evidence", index=observations.index)
    label[observations["obs_id"].isin(list(reasons))] = "set apart"
    label[observations["status"] == "plan"] = "plan"
    label[observations["status"] == "claim"] = "claim"
    repeated = observations["obs_id"].map(defaultdict(str, repeats.set_index("obs_id")["repeats"]))
    return observations.assign(group=label, reason=observations["obs_id"].map(reasons), repeats=repeated)


def choose(observations: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Decide what each figure may be used for, and choose where figures of one key contradict each other.

    The order of choice: kind of source (official, dataset, survey, academic, union, press), then the later publication,
    then the figure printed with more digits, then the lower obs_id. A figure that is set apart is never chosen, one that
    another row corrects contradicts nothing, and one derived from parents that are not in the data is chosen only where no
    other is printed.

    Args:
        observations: with `group`, `repeats`, `recomputed`, `low`, `high`, and of the source `kind` and `published`.
        key: columns that say which figures are of the same thing.

    Returns:
        the same rows with `use` (one of USES; empty outside the evidence), `rivals` (obs_id of the other figures of the
        same key whose value differs) and `chosen` (the obs_id preferred).
    """
    frame = observations.copy()
    frame["use"] = ""
    evidence = frame["group"] == "evidence"
    frame.loc[evidence, "use"] = "model"
    frame.loc[evidence & frame["status"].isin(["rounded", "undated"]), "use"] = "shown"
    repeated = evidence & (frame["repeats"] != "")
    frame["rivals"], frame["chosen"] = "", ""

    stands = frame["year_last"].notna() & frame["superseded_by"].isna()
    comparable = frame[frame["group"].isin(["evidence", "set apart"]) & stands]
    for _, rows in comparable.groupby(key, dropna=False, sort=False):
        if len(rows) == 1:
            continue
        ranked = rows.assign(
            _apart=rows["group"] == "set apart",
            _kind=rows["kind"].map(raw.SOURCE_KINDS.index),
            _implied=rows["recomputed"] == "missing parents",
            _age=-pd.to_numeric(rows["published"].fillna("0").str.replace("-", "").str.ljust(8, "0")),
            _width=rows["high"] - rows["low"],
        ).sort_values(["_apart", "_implied", "_kind", "_age", "_width", "obs_id"])
        first = ranked.iloc[0]
        for index, row in ranked.iloc[1:].iterrows():
            same = row["value"] == first["value"]
            if row["group"] == "evidence":
                frame.loc[index, "use"] = "relay" if same else "not_chosen"
        if ranked["value"].nunique() > 1:
            for index, row in ranked.iterrows():
                others = ranked.loc[ranked["value"] != row["value"], "obs_id"]
                frame.loc[index, "rivals"] = " ".join(sorted(others))
                frame.loc[index, "chosen"] = first["obs_id"]
    frame.loc[repeated & (frame["use"] != "not_chosen"), "use"] = "relay"  # it counts in the other topic
    return frame


def counts(observations: pd.DataFrame) -> pd.DataFrame:
    """How many figures each step takes out and how many it leaves: columns step, taken, left. The steps add up.

    >>> figures = pd.DataFrame({"group": ["evidence", "claim", "evidence"], "use": ["model", "", "relay"]})
    >>> counts(figures)[["taken", "left"]].values.tolist()
    [[0, 3], [1, 2], [0, 2], [0, 2], [1, 1], [0, 1], [0, 1]]
    """
    left = len(observations)
    rows = [("figures read", 0, left)]
    for name in DIFFERENT_GROUPS:
        taken = int((observations["group"] == name).sum())
        left -= taken
        rows.append((name, taken, left))
    for name in ("relay", "not_chosen", "shown"):
        taken = int((observations["use"] == name).sum())
        left -= taken
        rows.append((USES[name], taken, left))
    return pd.DataFrame(rows, columns=["step", "taken", "left"])
