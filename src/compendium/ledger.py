"""The ledger: one row a claim, from the verdict that its rule gives to the published figures behind it."""

import json
import string
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from compendium import claims as registry
from compendium import paths, raw
from compendium.claims import Claim
from compendium.errors import InputError
from compendium.language import LANGUAGES, linked_numbers
from compendium.models.estimates import Estimate


class Ledger(pa.DataFrameModel):
    """One claim a row, in the order of the registry."""

    claim_id: Series[str] = pa.Field(unique=True, description="the claim")
    status: Series[str] = pa.Field(isin=["pending", "computed"], description="whether a verdict has been computed")
    verdict: Series[str] = pa.Field(isin=["", *registry.VERDICTS], description="the verdict; empty while pending")
    evidence_grade: Series[str] = pa.Field(isin=["", *registry.GRADES], description="how direct the evidence is")
    compatible: Series[str] = pa.Field(isin=["", "yes", "no", "unknown"], description="whether an untestable claim fits")
    value: Series[float] = pa.Field(nullable=True, description="the decisive estimate")
    low: Series[float] = pa.Field(nullable=True, description="its lower end")
    high: Series[float] = pa.Field(nullable=True, description="its upper end")
    unit: Series[str] = pa.Field(description="unit of value, low and high")
    interval_kind: Series[str] = pa.Field(description="what kind of interval")
    estimate_ids: Series[str] = pa.Field(description="estimates it rests on, space-separated")
    obs_ids: Series[str] = pa.Field(description="published figures behind them")
    documents: Series[str] = pa.Field(description="documents behind those figures; relays of one count once")
    figures: Series[str] = pa.Field(description="figures that show the claim")
    tables: Series[str] = pa.Field(description="tables that show the claim")
    sentence_en: Series[str] = pa.Field(description="the finding, in English, numbers linked to their estimates")
    sentence_fr: Series[str] = pa.Field(description="the finding, in French")
    nearest_flip_en: Series[str] = pa.Field(description="the nearest change that would flip the verdict, in English")
    nearest_flip_fr: Series[str] = pa.Field(description="the nearest change that would flip the verdict, in French")
    would_settle_en: Series[str] = pa.Field(description="which evidence would settle it, in English")
    would_settle_fr: Series[str] = pa.Field(description="which evidence would settle it, in French")
    universes_planned: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="admissible combinations of choices")
    universes_distinct: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="distinct findings among them")
    universes_failed: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="combinations that came to no verdict")
    universes_holding: Series[pd.Int64Dtype] = pa.Field(nullable=True, description="distinct findings with this verdict")
    universes_en: Series[str] = pa.Field(description="which choices change the verdict, in English")
    universes_fr: Series[str] = pa.Field(description="which choices change the verdict, in French")

    class Config:
        strict = True
        ordered = True
        coerce = True


# The columns that the multiverse gives, and what stands there without one.
UNIVERSES = dict.fromkeys(("universes_planned", "universes_distinct", "universes_failed", "universes_holding"), pd.NA) | {
    "universes_en": "",
    "universes_fr": "",
}


class Shown(pa.DataFrameModel):
    """One figure or table a row, for who looks for its file or for the cell that makes it."""

    kind: Series[str] = pa.Field(isin=["figure", "table"], description="figure or table")
    name: Series[str] = pa.Field(unique=True, description="its name, and that of its cell")
    title_en: Series[str] = pa.Field(description="its title, in English")
    title_fr: Series[str] = pa.Field(description="its title, in French")
    claim_ids: Series[str] = pa.Field(nullable=True, description="the claims it bears on, space-separated")
    notebook: Series[str] = pa.Field(description="the notebook that makes it")
    cell_id: Series[str] = pa.Field(description="the cell of that notebook")
    files: Series[str] = pa.Field(description="its files, space-separated")

    class Config:
        strict = True
        ordered = True


def compute(
    claims: dict[str, Claim],
    estimates: dict[str, pd.DataFrame],
    assumptions: dict[str, dict[str, Any]],
    traces: list[dict[str, Any]],
    observations: pd.DataFrame,
    universes: pd.DataFrame,
) -> pd.DataFrame:
    """The ledger, schema `Ledger`.

    Args:
        claims: the registry.
        estimates: notebook -> its estimates, for every notebook a rule names.
        assumptions: notebook -> its parameters.
        traces: of all figures and tables.
        observations: obs_id, document_id and group of every published figure.
        universes: as `multiverse.summary.by_statement` gives; empty without a multiverse.

    Raises:
        InputError: an estimate names a figure that is a statement under test, or one that is not in the data.

    >>> claims = registry.read()
    >>> deciding = registry.notebooks(claims)
    >>> assumptions, traces = read_published(deciding, "default")
    >>> given = read_estimates(deciding, "default"), assumptions, traces, read_figures("default")
    >>> table = compute(claims, *given, pd.DataFrame(columns=["claim_id"]))  # without a multiverse
    >>> list(table["claim_id"]) == list(claims), set(table["verdict"]) <= {"", *registry.VERDICTS}
    (True, True)
    """
    documents = observations.set_index("obs_id")["document_id"]
    evidence = set(observations.loc[observations["group"] == "evidence", "obs_id"])
    rows = []
    counted = universes.set_index("claim_id")
    for claim in claims.values():
        row: dict[str, Any] = dict.fromkeys(Ledger.to_schema().columns, "")
        row |= {"claim_id": claim.claim_id, "status": "pending", "value": None, "low": None, "high": None}
        row |= {name: counted.at[claim.claim_id, name] if claim.claim_id in counted.index else missing
                for name, missing in UNIVERSES.items()}  # fmt: skip
        if claim.decide:
            table = estimates[claim.decide.estimates]
            verdict = registry.judge(claim, table, claims, assumptions[claim.decide.estimates])
            used = table[table["estimate_id"].isin(verdict.estimate_ids)]
            obs_ids = sorted(set(" ".join(used["obs_ids"]).split()))
            not_evidence = [obs_id for obs_id in obs_ids if obs_id not in evidence]
            if not_evidence:
                raise InputError(f"{claim.claim_id} rests on {' '.join(not_evidence)}, which is not evidence")
            shown = [trace for trace in traces if claim.claim_id in trace["claim_ids"]]
            row |= {
                "status": "computed",
                "verdict": verdict.verdict,
                "evidence_grade": verdict.evidence_grade,
                "compatible": verdict.compatible,
                "value": verdict.value,
                "low": verdict.interval.low if verdict.interval else None,
                "high": verdict.interval.high if verdict.interval else None,
                "unit": verdict.unit,
                "interval_kind": verdict.interval_kind,
                "estimate_ids": " ".join(verdict.estimate_ids),
                "obs_ids": " ".join(obs_ids),
                "documents": " ".join(sorted(set(documents[obs_ids]))),
                "figures": " ".join(t["name"] for t in shown if t["kind"] == "figure"),
                "tables": " ".join(t["name"] for t in shown if t["kind"] == "table"),
                "sentence_en": verdict.sentence.of("en"),
                "sentence_fr": verdict.sentence.of("fr"),
                "nearest_flip_en": verdict.nearest_flip.of("en"),
                "nearest_flip_fr": verdict.nearest_flip.of("fr"),
                "would_settle_en": claim.would_settle.of("en"),
                "would_settle_fr": claim.would_settle.of("fr"),
            }
        rows.append(row)
    return Ledger.validate(pd.DataFrame(rows))


# Quantities that are distances themselves: how far something unknown would have to lie from what is assumed.
OF_AN_UNKNOWN = ("deviation_to_reach", "design_effect_needed", "breakdown_point", "health_rate_at_end", "outside_at_half")
COUNTS = ("count_of_published", "none_published")  # methods: how many figures there are tells no distance


def matrix(rows: pd.DataFrame, estimates: pd.DataFrame) -> pd.DataFrame:
    """What the picture of the whole shows of each statement that has a verdict.

    No figure flips a reading; a verdict without evidence needs new evidence; any other flips with something unknown, if its
    sentence names such a distance, or else with another figure.

    Args:
        rows: schema `Ledger`.
        estimates: of all notebooks, schema `Estimate`.

    Returns:
        claim_id, verdict, evidence_grade, documents (how many), together (a letter for statements that rest on the very
        same documents), flip (none, evidence, unknown, figure), numbers_en, numbers_fr: of its sentence, each once, parted
        by `|`; for the last two kinds only.

    >>> rows = pd.read_csv(paths.results("default") / "ledger.csv", keep_default_na=False)
    >>> made = read_estimates(registry.notebooks(registry.read()), "default")
    >>> table = matrix(rows, pd.concat(made.values()))
    >>> len(table) == len(rows[rows["status"] == "computed"]), set(table["flip"]) <= {"none", "evidence", "unknown", "figure"}
    (True, True)
    """
    judged = rows[rows["status"] == "computed"]
    by_id = estimates.set_index("estimate_id")
    unknown = set(by_id.index[by_id["quantity"].isin(OF_AN_UNKNOWN)])
    counts = set(by_id.index[by_id["method"].isin(COUNTS)])
    shared = judged.loc[judged["documents"].duplicated(keep=False), "documents"].unique()
    letters = dict(zip(shared, string.ascii_lowercase, strict=False))

    def flip(row: pd.Series) -> dict[str, str]:
        if row["verdict"] == "interpretive" or row["evidence_grade"] == "none":
            kind = "none" if row["verdict"] == "interpretive" else "evidence"
            return {"flip": kind, "numbers_en": "", "numbers_fr": ""}
        found = {language: linked_numbers(row[f"nearest_flip_{language}"]) for language in LANGUAGES}
        kind = "unknown" if unknown & {target for _, target in found["en"]} else "figure"
        return {"flip": kind} | {
            f"numbers_{language}": "|".join(dict.fromkeys(written for written, target in numbers if target not in counts))
            for language, numbers in found.items()
        }

    flips = pd.DataFrame([flip(row) for _, row in judged.iterrows()], index=judged.index)
    return judged[["claim_id", "verdict", "evidence_grade"]].assign(
        documents=judged["documents"].str.split().str.len(), together=judged["documents"].map(letters).fillna(""), **flips
    )


def read_figures(scenario: str) -> pd.DataFrame:
    """What every published figure and official date is to us: obs_id, document_id, group.

    A dated event stands under its chrono_id; a date that the text under test gives is a statement, never evidence.

    Args:
        scenario: its name, such as default.

    >>> figures = read_figures("default")
    >>> list(figures.columns), bool(figures["obs_id"].is_unique), {"claim", "evidence"} <= set(figures["group"])
    (['obs_id', 'document_id', 'group'], True, True)
    """
    folder = paths.processed(scenario)
    tables = [
        pd.read_csv(folder / f"{name}.csv", dtype=str, usecols=["obs_id", "document_id", "group"])
        for name in raw.TOPICS.values()
    ]
    return pd.concat([*tables, _events()], ignore_index=True)


def _events() -> pd.DataFrame:
    events = raw.chronology().rename(columns={"chrono_id": "obs_id"})
    group = events["kind"].eq("t2_claimed_date").map({True: "claim", False: "evidence"})
    return events.assign(group=group)[["obs_id", "document_id", "group"]]


def read_estimates(notebooks: set[str], scenario: str) -> dict[str, pd.DataFrame]:
    """The estimates of each notebook, schema `Estimate`.

    Args:
        notebooks: their names, such as 23_receipts.
        scenario: under which they ran.

    Returns:
        notebook -> its estimates, each with value, low and high in its own unit.

    >>> estimates = read_estimates({"23_receipts"}, "default")["23_receipts"].dropna(subset=["low", "value", "high"])
    >>> list(estimates.columns[:3])
    ['estimate_id', 'claim_id', 'quantity']
    >>> bool(estimates["value"].between(estimates["low"], estimates["high"]).all())
    True
    """
    folder = paths.results(scenario) / "estimates"
    tables = {}
    for notebook in sorted(notebooks):
        columns = Estimate.to_schema().columns
        text = {name: str for name in columns if name not in ("value", "low", "high")}
        frame = pd.read_csv(
            folder / f"{notebook}.csv",
            dtype=text,
            keep_default_na=False,
            na_values={"value": "", "low": "", "high": ""},
        )
        tables[notebook] = Estimate.validate(frame)
    return tables


def read_published(notebooks: set[str], scenario: str) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """The parameters each notebook ran with, and the traces of the figures and tables it published.

    Args:
        notebooks: their names, such as 23_receipts.
        scenario: under which they ran.

    Returns:
        notebook -> its parameters; the traces of all.

    >>> assumptions, traces = read_published({"23_receipts"}, "default")
    >>> list(assumptions), [trace["name"] for trace in traces]
    (['23_receipts'], ['receipts'])
    """
    folder = paths.results(scenario)
    assumptions, traces = {}, []
    for notebook in sorted(notebooks):
        index = json.loads((folder / "published" / f"{notebook}.json").read_text(encoding="utf-8"))
        assumptions[notebook] = index["parameters"]
        shown = [name for name in index["published"] if not name.startswith("estimates/")]
        traces += [json.loads((folder / f"{name}.trace.json").read_text(encoding="utf-8")) for name in shown]
    return assumptions, traces


def shown(traces: list[dict[str, Any]]) -> pd.DataFrame:
    """The list of figures and tables, schema `Shown`, figures first, by name.

    Args:
        traces: of all figures and tables.

    >>> _, traces = read_published({"20_cadre_share"}, "default")
    >>> table = shown(traces)
    >>> len(table) == len(traces), bool(table["kind"].is_monotonic_increasing)  # figures before tables
    (True, True)
    """
    rows = [
        {
            "kind": trace["kind"],
            "name": trace["name"],
            "title_en": trace["title"]["en"],
            "title_fr": trace["title"]["fr"],
            "claim_ids": " ".join(trace["claim_ids"]),
            "notebook": trace["notebook"],
            "cell_id": trace["cell_id"],
            "files": " ".join(f"results/{trace['kind']}s/{file}" for file in trace["sha256"]),
        }
        for trace in sorted(traces, key=lambda trace: (trace["kind"], trace["name"]))
    ]
    return Shown.validate(pd.DataFrame(rows))
