"""What the universes of a statement show: how many are distinct, which option moves the verdict, and by how much.

A share of universes is no probability: nobody drew them, and they are not equally good. Universes that answer different
questions are never counted together.
"""

import itertools

import numpy as np
import pandas as pd

from compendium.multiverse.declaration import Declared
from compendium.multiverse.universe import FAILED, written

# Two universes with all of these alike are one finding: estimate, interval, verdict, and all that the verdict rests on.
FINDING = ["value", "low", "high", "unit", "verdict", "evidence"]


def distinct(universes: pd.DataFrame) -> pd.DataFrame:
    """One universe a finding, of those that came to a verdict; within a statement and a question."""
    made = universes[universes["verdict"] != FAILED]
    rounded = made.assign(**{name: made[name].map(lambda x: f"{x:.9g}") for name in ("value", "low", "high")})
    return made[~rounded.duplicated(["claim_id", "question", *FINDING])]


def counts(universes: pd.DataFrame, declared: dict[str, Declared]) -> pd.DataFrame:
    """How many universes each question of each statement has.

    Returns:
        claim_id, question, own (whether it is the ledger's), planned, distinct, failed, holding (distinct universes with the
        ledger's verdict), verdict (the ledger's), others (the other verdicts, with how many distinct universes have each).
    """
    rows = []
    for claim_id, of in declared.items():
        if not of.decisions:
            continue
        every = universes[universes["claim_id"] == claim_id]
        verdict = reference(every, of)["verdict"]
        own = written(of.question(of.reference())) or ""
        for question, part in every.groupby(every["question"].fillna(""), sort=True):
            found = distinct(part)
            others = found.loc[found["verdict"] != verdict, "verdict"].value_counts().sort_index()
            rows.append(
                {
                    "claim_id": claim_id,
                    "question": question,
                    "own": question == own,
                    "planned": len(part),
                    "distinct": len(found),
                    "failed": int((part["verdict"] == FAILED).sum()),
                    "holding": int((found["verdict"] == verdict).sum()),
                    "verdict": verdict,
                    "others": " ".join(f"{name}={number}" for name, number in others.items()),
                }
            )
    table = pd.DataFrame(rows)
    return table.sort_values(["claim_id", "own", "question"], ascending=[True, False, True], ignore_index=True)


def chosen(row: pd.Series) -> dict[str, str]:
    """The options of a universe: decision -> option."""
    texts = [text for text in (row["question"], row["choices"]) if isinstance(text, str)]
    return dict(pair.split("=", 1) for text in texts for pair in text.split())


def reference(universes: pd.DataFrame, declared: Declared) -> pd.Series:
    """The universe of the ledger's own choices."""
    return next(row for _, row in universes.iterrows() if chosen(row) == declared.reference())


def flips(universes: pd.DataFrame, declared: dict[str, Declared]) -> pd.DataFrame:
    """The single options that change a verdict, and the pairs that do where neither alone does.

    Returns:
        claim_id, options (1 or 2), decision, option, label, second_decision, second_option, second_label, before, after,
        value, low, high, unit, failure.
    """
    rows = []
    for claim_id, of in declared.items():
        every = universes[universes["claim_id"] == claim_id]
        own = of.reference()
        labels = {decision.name: decision.equivalence for decision in of.decisions}
        moved = {}
        for _, row in every.iterrows():
            options = chosen(row)
            changed = tuple(name for name in labels if options[name] != own[name])
            if len(changed) <= 2:
                moved[tuple((name, options[name]) for name in changed)] = row
        before = moved.get((), {}).get("verdict")
        for changed, row in sorted(moved.items(), key=lambda pair: len(pair[0])):
            if not changed or row["verdict"] == before:
                continue
            alone = [moved.get((one,)) for one in changed]
            if len(changed) == 2 and any(one is not None and one["verdict"] != before for one in alone):
                continue
            (name, option), (second, other) = (*changed, ("", ""))[:2]
            rows.append(
                {
                    "claim_id": claim_id,
                    "options": len(changed),
                    "decision": name,
                    "option": option,
                    "label": labels[name],
                    "second_decision": second,
                    "second_option": other,
                    "second_label": labels.get(second, ""),
                    "before": before,
                    "after": row["verdict"],
                    **{column: row[column] for column in ("value", "low", "high", "unit", "failure")},
                }
            )
    columns = ["claim_id", "options", "decision", "option", "label", "second_decision", "second_option", "second_label"]
    return pd.DataFrame(rows, columns=[*columns, "before", "after", "value", "low", "high", "unit", "failure"])


def spread(universes: pd.DataFrame, declared: dict[str, Declared]) -> pd.DataFrame:
    """How much each decision moves the estimate and the verdict, within the ledger's own question.

    The part of the variance is that of the means by option over the variance of all (the correlation ratio), of the decisive
    estimate or of the middle of its interval. `switches` are pairs of universes that differ in this decision alone, and how
    many of them have different verdicts.

    Returns:
        claim_id, decision, label, universes, variance_percent (empty where the estimate does not vary), switches, of.
    """
    rows = []
    for claim_id, of in declared.items():
        own = written(of.question(of.reference())) or ""
        every = universes[(universes["claim_id"] == claim_id) & (universes["question"].fillna("") == own)]
        made = every[every["verdict"] != FAILED]
        options = pd.DataFrame([chosen(row) for _, row in made.iterrows()], index=made.index)
        estimate = made["value"].fillna((made["low"] + made["high"]) / 2)
        for decision in of.decisions:
            if decision.equivalence == "non_equivalent":
                continue
            others = [name for name in options if name != decision.name]
            switched = pairs = 0
            for _, part in made.groupby([options[name] for name in others]) if others else [((), made)]:
                verdicts = list(part["verdict"])
                pairs += len(verdicts) * (len(verdicts) - 1) // 2
                switched += sum(a != b for a, b in itertools.combinations(verdicts, 2))
            rows.append(
                {
                    "claim_id": claim_id,
                    "decision": decision.name,
                    "label": decision.equivalence,
                    "universes": len(made),
                    "variance_percent": _between(estimate, options[decision.name]) if len(made) else None,
                    "switches": switched,
                    "of": pairs,
                }
            )
    columns = ["claim_id", "decision", "label", "universes", "variance_percent", "switches", "of"]
    return pd.DataFrame(rows, columns=columns)


def _between(values: pd.Series, options: pd.Series) -> float | None:
    """The part of the variance that lies between options, percent; None where nothing varies."""
    known = values.dropna()
    whole = float(np.var(known)) if len(known) else 0.0
    if whole <= 1e-18 * max(1.0, float(np.mean(known)) ** 2 if len(known) else 1.0):
        return None
    means = known.groupby(options[known.index]).transform("mean")
    return 100 * float(np.var(means)) / whole
