"""The cleaning rules that every topic obeys: what is set apart, what is recomputed, what is chosen, what is counted."""

from decimal import Decimal

import pandas as pd

from compendium import raw
from compendium.errors import InputError

COUNTED_UNITS = ("persons", "organisations", "posts", "fte", "levels")

# What may be done with a figure that is neither a statement under test, nor a plan, nor set apart.
USES = {
    "model": "enters models",
    "shown": "rounded or undated: shown, never modelled",
    "relay": "repeats a figure of the same document or the same value",
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
    half = [
        half_unit(value, unit, status)
        for value, unit, status in observations[["value", "unit", "status"]].itertuples(index=False)
    ]
    value = observations["value"].astype(float)
    return observations.assign(value=value, low=value - half, high=value + half)


def _difference(a: pd.Series, b: pd.Series) -> tuple[float, float, float]:
    return a["value"] - b["value"], a["low"] - b["high"], a["high"] - b["low"]


def _level_before_change(level: pd.Series, change: pd.Series) -> tuple[float, float, float]:
    factor = [1 + change[end] / 100 for end in ("value", "high", "low")]
    return level["value"] / factor[0], level["low"] / factor[1], level["high"] / factor[2]


OPERATIONS = {"difference": _difference, "level_before_change": _level_before_change}


def recompute_derived(observations: pd.DataFrame, derivations: pd.DataFrame) -> pd.DataFrame:
    """Replace every typed derived value by the value computed from its parents, with the interval that rounding leaves.

    Args:
        observations: with `value`, `low`, `high` as numbers.
        derivations: `obs_id`, `operation`, `parents`.

    Raises:
        InputError: a derived figure without derivation or parent, or a typed value that differs from the computed one
            by more than half of its last digit.
    """
    table = observations.set_index("obs_id", drop=False)
    derived = table.index[table["status"] == "derived"]
    known = derivations.set_index("obs_id")
    for obs_id in derived:
        if obs_id not in known.index:
            raise InputError(f"data/raw/derivations.csv: {obs_id} is marked derived, but no row says from what")
        parents = known.at[obs_id, "parents"].split()
        for parent in parents:
            if parent not in table.index:
                raise InputError(f"data/raw/derivations.csv, {obs_id}, column 'parents': {parent} is not in the data")
        computed = OPERATIONS[known.at[obs_id, "operation"]](*(table.loc[parent] for parent in parents))
        typed = table.at[obs_id, "value"]
        last_digit = 10.0 ** int(Decimal(str(typed)).normalize().as_tuple().exponent) if typed % 1 else 1.0
        if abs(computed[0] - typed) > last_digit / 2 + 1e-9:
            raise InputError(f"{obs_id}: typed as {typed:g}, but its parents give {computed[0]:g}")
        table.loc[obs_id, ["value", "low", "high"]] = computed
    return table.reset_index(drop=True)


def group(observations: pd.DataFrame, set_apart: pd.DataFrame) -> pd.DataFrame:
    """Add `group`: claim (a statement under test), plan, set apart (with its reason) or evidence."""
    reasons = set_apart.set_index("obs_id")["reason"]
    label = pd.Series("evidence", index=observations.index)
    label[observations["obs_id"].isin(reasons.index)] = "set apart"
    label[observations["status"] == "plan"] = "plan"
    label[observations["status"] == "claim"] = "claim"
    return observations.assign(group=label, reason=observations["obs_id"].map(reasons))


def choose(observations: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Decide what each figure may be used for, and choose where figures of one key contradict each other.

    The order of choice: kind of source (official, dataset, survey, academic, union, press), then the later publication,
    then the figure printed with more digits, then the lower obs_id. A figure that is set apart is never chosen.

    Args:
        observations: with `group`, `low`, `high`, and of the source `kind`, `published`, `document_id`.
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
    frame["rivals"], frame["chosen"] = "", ""

    comparable = frame[frame["group"].isin(["evidence", "set apart"]) & frame["year_last"].notna()]
    for _, rows in comparable.groupby(key, dropna=False, sort=False):
        if len(rows) == 1:
            continue
        ranked = rows.assign(
            _apart=rows["group"] == "set apart",
            _kind=rows["kind"].map(raw.SOURCE_KINDS.index),
            _age=-pd.to_numeric(rows["published"].fillna("0").str.replace("-", "").str.ljust(8, "0")),
            _width=rows["high"] - rows["low"],
        ).sort_values(["_apart", "_kind", "_age", "_width", "obs_id"])
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
    return frame


def counts(observations: pd.DataFrame) -> pd.DataFrame:
    """How many figures each step takes out and how many it leaves: columns step, taken, left. The steps add up."""
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
