"""What the universes of a statement show: how many are distinct, which option moves the verdict, and by how much.

A share of universes is no probability: nobody drew them, and they are not equally good. Universes that answer different
questions are never counted together.
"""

import itertools

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from compendium import csvfile, paths
from compendium.language import Text
from compendium.multiverse.declaration import Declared
from compendium.multiverse.universe import FAILED, written

VERDICTS = {
    "supported": Text("supported", "confirmé"),
    "partly_supported": Text("partly supported", "confirmé en partie"),
    "not_comparable": Text("not comparable", "non comparable"),
    "contradicted": Text("contradicted", "contredit"),
    "untestable": Text("untestable", "non testable"),
    "interpretive": Text("interpretive", "interprétatif"),
    FAILED: Text("failed", "échec"),
}


class Count(pa.DataFrameModel):
    """One question of one statement a row."""

    claim_id: Series[str] = pa.Field(description="the statement")
    question: Series[str] = pa.Field(nullable=True, description="its options among non-equivalent ones")
    own: Series[bool] = pa.Field(description="whether it is the question that the ledger answers")
    planned: Series[int] = pa.Field(ge=1, description="admissible combinations")
    distinct: Series[int] = pa.Field(ge=0, description="distinct findings: estimate, interval, verdict, what it rests on")
    failed: Series[int] = pa.Field(ge=0, description="combinations that came to no verdict")
    holding: Series[int] = pa.Field(ge=0, description="distinct findings with the verdict of the ledger")
    verdict: Series[str] = pa.Field(description="the verdict of the ledger")
    others: Series[str] = pa.Field(nullable=True, description="other verdicts, with how many distinct findings have each")

    class Config:
        strict = True
        ordered = True
        coerce = True


OTHER = {"non_equivalent": Text(", but answers another question", ", mais répond à une autre question")}
NUMBERS = ("planned", "distinct", "failed", "holding")
# Two universes with all of these alike are one finding: estimate, interval, verdict, and all that the verdict rests on.
FINDING = ["value", "low", "high", "unit", "verdict", "evidence"]


def distinct(universes: pd.DataFrame) -> pd.DataFrame:
    """One universe a finding, of those that came to a verdict; within a statement and a question."""
    made = universes[universes["verdict"] != FAILED]
    rounded = made.assign(**{name: made[name].map(lambda x: f"{x:.9g}") for name in ("value", "low", "high")})
    return made[~rounded.duplicated(["claim_id", "question", *FINDING])]


def counts(universes: pd.DataFrame, declared: dict[str, Declared]) -> pd.DataFrame:
    """How many universes each question of each statement has.

    Args:
        universes: schema `Universe`.
        declared: the decisions by statement.

    Returns:
        claim_id, question, own (whether it is the ledger's), planned, distinct, failed, holding (distinct universes with the
        ledger's verdict), verdict (the ledger's), others (the other verdicts, with how many distinct universes have each).

    >>> from compendium import claims
    >>> from compendium.multiverse import declaration, universe
    >>> declared, universes = declaration.read(paths.DECISIONS, claims.read()), universe.read("default")
    >>> counted = counts(universes, declared)
    >>> bool((counted["distinct"] + counted["failed"] <= counted["planned"]).all())
    True
    >>> bool((counted["holding"] <= counted["distinct"]).all())
    True
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
    table = table.sort_values(["claim_id", "own", "question"], ascending=[True, False, True], ignore_index=True)
    return Count.validate(table)


class Statement(pa.DataFrameModel):
    """One statement a row: the universes that answer the question of the ledger."""

    claim_id: Series[str] = pa.Field(unique=True, description="the statement")
    universes_planned: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="admissible combinations of choices")
    universes_distinct: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="distinct findings among them")
    universes_failed: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="combinations that came to no verdict")
    universes_holding: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="distinct findings with its verdict")
    universes_en: Series[str] = pa.Field(description="which choices change the verdict, in English")
    universes_fr: Series[str] = pa.Field(description="which choices change the verdict, in French")

    class Config:
        strict = True
        ordered = True
        coerce = True


def by_statement(declared: dict[str, Declared], counted: pd.DataFrame, flipped: pd.DataFrame) -> pd.DataFrame:
    """What the ledger says of the universes of each statement, schema `Statement`.

    Args:
        declared: the decisions by statement.
        counted: as `counts` gives.
        flipped: as `flips` gives.

    >>> from compendium import claims
    >>> from compendium.multiverse import declaration, universe
    >>> declared = {"T1-14": declaration.read(paths.DECISIONS, claims.read())["T1-14"]}
    >>> universes = universe.read("default")
    >>> table = by_statement(declared, counts(universes, declared), flips(universes, declared))
    >>> table["claim_id"].tolist(), bool((table["universes_holding"] <= table["universes_distinct"]).all())
    (['T1-14'], True)
    """
    own = counted[counted["own"]].set_index("claim_id")
    rows = []
    for claim_id, of in declared.items():
        numbers = {name: own.at[claim_id, name] if of.decisions else None for name in NUMBERS}
        said = sentence(claim_id, of, counted, flipped)
        rows.append(
            {"claim_id": claim_id, **{f"universes_{name}": number for name, number in numbers.items()}}
            | {"universes_en": said.en, "universes_fr": said.of("fr")}
        )
    return Statement.validate(pd.DataFrame(rows, columns=list(Statement.to_schema().columns)))


def read_by_statement(scenario: str) -> pd.DataFrame:
    """What was published of each statement, schema `Statement`.

    Args:
        scenario: its name, such as default.

    >>> table = read_by_statement("default").dropna(subset=["universes_planned"])  # left out: those without a choice
    >>> bool((table["universes_holding"] <= table["universes_distinct"]).all())
    True
    >>> bool((table["universes_distinct"] <= table["universes_planned"]).all())
    True
    """
    return csvfile.read(paths.results(scenario) / "multiverse" / "statements.csv", Statement)


def chosen(row: pd.Series) -> dict[str, str]:
    """The options of a universe: decision -> option."""
    texts = [text for text in (row["question"], row["choices"]) if isinstance(text, str)]
    return dict(pair.split("=", 1) for text in texts for pair in text.split())


def reference(universes: pd.DataFrame, declared: Declared) -> pd.Series:
    """The universe of the ledger's own choices."""
    return next(row for _, row in universes.iterrows() if chosen(row) == declared.reference())


def flips(universes: pd.DataFrame, declared: dict[str, Declared]) -> pd.DataFrame:
    """The single options that change a verdict, and the pairs that do where neither alone does.

    Args:
        universes: schema `Universe`.
        declared: the decisions by statement.

    Returns:
        claim_id, options (1 or 2), decision, option, label, second_decision, second_option, second_label, before, after,
        value, low, high, unit, failure.

    >>> from compendium import claims
    >>> from compendium.multiverse import declaration, universe
    >>> declared, universes = declaration.read(paths.DECISIONS, claims.read()), universe.read("default")
    >>> flipped = flips(universes, declared)
    >>> set(flipped["options"]) <= {1, 2}, bool((flipped["before"] != flipped["after"]).all())
    (True, True)
    """
    rows = []
    for claim_id, of in declared.items():
        every = universes[universes["claim_id"] == claim_id]
        own = of.reference()
        labels = {decision.name: decision.equivalence for decision in of.decisions}
        moved: dict[tuple[tuple[str, str], ...], pd.Series] = {}
        for _, row in every.iterrows():
            options = chosen(row)
            changed = tuple(name for name in labels if options[name] != own[name])
            if len(changed) <= 2:
                moved[tuple((name, options[name]) for name in changed)] = row
        if () not in moved:
            continue  # a statement without decisions has no universe
        before = moved[()]["verdict"]
        for pair, row in sorted(moved.items(), key=lambda item: len(item[0])):
            if not pair or row["verdict"] == before:
                continue
            alone = [moved.get((one,)) for one in pair]
            if len(pair) == 2 and any(one is not None and one["verdict"] != before for one in alone):
                continue
            (name, option), (second, other) = (*pair, ("", ""))[:2]
            rows.append(
                {
                    "claim_id": claim_id,
                    "options": len(pair),
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

    Args:
        universes: schema `Universe`.
        declared: the decisions by statement.

    Returns:
        claim_id, decision, label, universes, variance_percent (empty where the estimate does not vary), switches, of.

    >>> from compendium import claims
    >>> from compendium.multiverse import declaration, universe
    >>> declared, universes = declaration.read(paths.DECISIONS, claims.read()), universe.read("default")
    >>> table = spread(universes, declared)
    >>> bool((table["switches"] <= table["of"]).all())  # no more pairs change than there are
    True
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


def sentence(claim_id: str, declared: Declared, counted: pd.DataFrame, flipped: pd.DataFrame) -> Text:
    """What the universes of a statement show, in both languages; of one without decisions, why it has none.

    Args:
        counted: as `counts` gives.
        flipped: as `flips` gives.
    """
    if not declared.decisions:
        return Text(f"No choice to vary: {declared.why_none.en}.", f"Aucun choix à faire varier : {declared.why_none.fr}.")
    row = counted[(counted["claim_id"] == claim_id) & counted["own"]].iloc[0]
    own = flipped[(flipped["claim_id"] == claim_id) & (flipped["options"] == 1)]
    moved = [
        (declared.option(one["decision"], one["option"]).what, VERDICTS[one["after"]], OTHER.get(one["label"], Text("", "")))
        for _, one in own.iterrows()
    ]
    pairs = int(((flipped["claim_id"] == claim_id) & (flipped["options"] == 2)).sum())
    english = "; ".join(f"{what.en} ({verdict.en}{other.en})" for what, verdict, other in moved)
    french = " ; ".join(f"{what.fr} ({verdict.fr}{other.fr})" for what, verdict, other in moved)
    also = Text(f" Pairs of choices that change it, where neither alone does: {pairs}.", f" Paires de choix qui le changent, "
                f"quand aucun des deux seul ne le fait : {pairs}.") if pairs else Text("", "")  # fmt: skip
    return Text(
        f"Combinations of declared choices: {row['planned']}; distinct findings: {row['distinct']}; failed: {row['failed']}; "
        f"distinct findings with this verdict: {row['holding']}. "
        + (f"Choices that alone change it: {english}." if moved else "No single choice changes it.")
        + also.en,
        f"Combinaisons de choix déclarés : {row['planned']} ; résultats distincts : {row['distinct']} ; échecs : "
        f"{row['failed']} ; résultats distincts avec ce verdict : {row['holding']}. "
        + (f"Choix qui suffisent à le changer : {french}." if moved else "Aucun choix seul ne le change.")
        + also.fr,
    )


def as_text(flipped: pd.DataFrame, declared: dict[str, Declared]) -> str:
    """The flip table for a terminal: one line an option or a pair."""
    lines = []
    for _, row in flipped.iterrows():
        pairs = [(row["decision"], row["option"]), (row["second_decision"], row["second_option"])]
        what = " and ".join(
            f"{name}: {declared[row['claim_id']].option(name, option).what.en}" for name, option in pairs if name
        )
        lines.append(f"  {row['claim_id']}  {VERDICTS[row['before']].en} -> {VERDICTS[row['after']].en}  with {what}")
    return "\n".join(lines) or "  no option and no pair of options changes a verdict"


def findings(universes: pd.DataFrame, declared: dict[str, Declared], counted: pd.DataFrame) -> pd.DataFrame:
    """Distinct findings, and failures, by statement and verdict, in the question of the ledger.

    Args:
        universes: schema `Universe`.
        declared: the decisions by statement.
        counted: as `counts` gives.

    Returns:
        claim_id, verdict, ledger (whether it is the ledger's), findings, planned.

    >>> from compendium import claims
    >>> from compendium.multiverse import declaration, universe
    >>> declared, universes = declaration.read(paths.DECISIONS, claims.read()), universe.read("default")
    >>> table = findings(universes, declared, counts(universes, declared))
    >>> bool((table.groupby("claim_id")["findings"].sum() <= table.groupby("claim_id")["planned"].first()).all())
    True
    """
    rows = []
    for _, row in counted[counted["own"]].iterrows():
        every = universes[(universes["claim_id"] == row["claim_id"]) & (universes["question"].fillna("") == row["question"])]
        numbers = distinct(every)["verdict"].value_counts().to_dict()
        if row["failed"]:
            numbers[FAILED] = row["failed"]
        rows += [
            (row["claim_id"], verdict, verdict == row["verdict"], int(number), int(row["planned"]))
            for verdict, number in sorted(numbers.items())
        ]
    return pd.DataFrame(rows, columns=["claim_id", "verdict", "ledger", "findings", "planned"])


def to_draw(universes: pd.DataFrame, declared: Declared) -> pd.DataFrame:
    """The distinct findings of a statement in the order of its curve: own question first, then by estimate.

    Args:
        universes: schema `Universe`.
        declared: the decisions of the statement.

    Returns:
        claim_id, specification, question, choices, own, ledger, verdict, value, low, high, unit.

    >>> from compendium import claims
    >>> from compendium.multiverse import declaration, universe
    >>> declared, universes = declaration.read(paths.DECISIONS, claims.read()), universe.read("default")
    >>> table = to_draw(universes, declared["T1-14"])
    >>> int(table["ledger"].sum()), table["own"].is_monotonic_decreasing  # one is the ledger's; its question comes first
    (1, True)
    """
    every = universes[universes["claim_id"] == declared.claim_id]
    own = written(declared.question(declared.reference())) or ""
    reference_row = reference(every, declared)
    # the ledger's own universe stands for its finding, whichever hash comes first
    every = pd.concat([every.loc[[reference_row.name]], every.drop(index=reference_row.name)])
    found = distinct(every)
    middle = found["value"].fillna((found["low"] + found["high"]) / 2)
    found = found.assign(
        own=found["question"].fillna("") == own,
        ledger=found["specification"] == reference_row["specification"],
        _question=found["question"].fillna(""),
        _middle=middle,
    )
    found = found.sort_values(["own", "_question", "_middle", "specification"], ascending=[False, True, True, True])
    columns = ["claim_id", "specification", "question", "choices", "own", "ledger", "verdict", "value", "low", "high", "unit"]
    return found[columns].reset_index(drop=True)
