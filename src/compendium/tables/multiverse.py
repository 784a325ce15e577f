"""Which choices change a verdict, and how much each moves the estimate."""

from functools import partial
from typing import Any

import pandas as pd
from great_tables import GT

from compendium.language import Language, Text, number
from compendium.multiverse.declaration import DECISIONS, EQUIVALENCE, Declared
from compendium.multiverse.summary import VERDICTS
from compendium.tables.style import header

EQUIVALENCE_OR_NONE = ("", *EQUIVALENCE)  # of a pair, the label of the option that is less alike counts
LABELS = {
    "equivalent": Text("equivalent", "équivalentes"),
    "uncertain": Text("uncertain", "incertaines"),
    "non_equivalent": Text("other question", "autre question"),
    "": Text("", ""),
}


def flips(data: pd.DataFrame, language: Language, declared: dict[str, Declared]) -> GT:
    """The single options and the pairs that change a verdict.

    Args:
        data: as `multiverse.summary.flips` gives.
        language: en or fr.
        declared: the decisions by statement.

    >>> from compendium import claims, paths
    >>> from compendium.multiverse import declaration
    >>> data = pd.read_csv(paths.results("default") / "tables" / "multiverse_flips.csv", keep_default_na=False)
    >>> html = flips(data, "fr", declaration.read(paths.DECISIONS, claims.read())).as_raw_html()
    >>> "Avec ce choix" in html, all(claim_id in html for claim_id in data["claim_id"])
    (True, True)
    """

    def said(row: pd.Series, prefix: str = "") -> str:
        name, option = row[f"{prefix}decision"], row[f"{prefix}option"]
        if not name:
            return ""
        what = declared[row["claim_id"]].option(name, option).what
        return Text(f"{DECISIONS[name].en}: {what.en}", f"{DECISIONS[name].fr} : {what.fr}").of(language)

    shown = pd.DataFrame(
        {
            "claim": data["claim_id"],
            "choice": [said(row) for _, row in data.iterrows()],
            "second": [said(row, "second_") for _, row in data.iterrows()],
            "label": [
                LABELS["non_equivalent" if "non_equivalent" in (row["label"], row["second_label"]) else row["label"]].of(
                    language
                )
                for _, row in data.iterrows()
            ],
            "before": [VERDICTS[name].of(language) for name in data["before"]],
            "after": [VERDICTS[name].of(language) for name in data["after"]],
        }
    )
    labels: dict[str, Any] = {
        "claim": Text("Statement", "Énoncé").of(language),
        "choice": Text("With this choice", "Avec ce choix").of(language),
        "second": Text("and this one", "et celui-ci").of(language),
        "label": Text("options", "options").of(language),
        "before": Text("from", "de").of(language),
        "after": Text("to", "à").of(language),
    }
    return header(
        GT(shown, id="multiverse_flips").cols_label(**labels),
        Text("Choices that change a verdict", "Choix qui changent un verdict"),
        Text(
            "One option alone, or two where neither alone does; all else as in the ledger",
            "Une option seule, ou deux quand aucune seule ne suffit ; le reste comme dans le registre",
        ),
        Text(
            "“Other question”: the option answers another question than the ledger, and is never counted with it. "
            "A statement that is not listed keeps its verdict under every option and pair.",
            "« Autre question » : l’option répond à une autre question que le registre, et n’est jamais comptée avec lui. "
            "Un énoncé absent garde son verdict sous chaque option et chaque paire.",
        ),
        language,
    )


def spread(data: pd.DataFrame, language: Language) -> GT:
    """How much each decision moves the estimate and the verdict.

    Args:
        data: as `multiverse.summary.spread` gives: claim_id, decision, label, variance_percent, switches, of.
        language: en or fr.

    >>> row = {"claim_id": "A", "decision": "basis", "label": "equivalent", "variance_percent": 40.0, "switches": 1, "of": 3}
    >>> html = spread(pd.DataFrame([row]), "fr").as_raw_html()  # made up
    >>> "base de contrats" in html, "1 / 3" in html
    (True, True)
    """
    written = partial(number, language=language)
    shown = pd.DataFrame(
        {
            "claim": data["claim_id"],
            "decision": [DECISIONS[name].of(language) for name in data["decision"]],
            "label": [LABELS[name].of(language) for name in data["label"]],
            "variance": ["–" if pd.isna(value) else written(value) for value in data["variance_percent"]],
            "switches": [f"{written(a)} / {written(b)}" for a, b in zip(data["switches"], data["of"], strict=True)],
        }
    )
    labels: dict[str, Any] = {
        "claim": Text("Statement", "Énoncé").of(language),
        "decision": Text("decision", "décision").of(language),
        "label": Text("options", "options").of(language),
        "variance": Text("variance of the estimate, %", "variance de l’estimation, %").of(language),
        "switches": Text("verdict differs, of pairs", "verdict différent, sur paires").of(language),
    }
    table = GT(shown, id="multiverse_spread").cols_label(**labels)
    return header(
        table.cols_align("right", columns=["variance", "switches"]),
        Text("What each decision moves", "Ce que chaque décision déplace"),
        Text(
            "Within the question of the ledger; pairs of universes that differ in this decision alone",
            "Dans la question du registre ; paires d’univers qui ne diffèrent que par cette décision",
        ),
        Text(
            "Variance: that of the means by option, over that of all estimates (or middles of intervals). A dash: nothing "
            "varies, or there is no number. It describes these combinations, not a population.",
            "Variance : celle des moyennes par option, rapportée à celle de toutes (ou milieux d’intervalle). "
            "Un tiret : rien ne varie, ou il n’y a pas de nombre. Elle décrit ces combinaisons, non une population.",
        ),
        language,
    )
