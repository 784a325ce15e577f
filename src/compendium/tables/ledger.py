"""The ledger as a picture."""

import pandas as pd
from great_tables import GT, md, style
from great_tables import loc as place

from compendium.claims import Claim
from compendium.language import Language, Text, unlinked
from compendium.tables.style import header

FITS = {
    "": Text("", ""),
    "yes": Text(" (compatible)", " (compatible)"),
    "no": Text(" (not compatible)", " (non compatible)"),
    "unknown": Text("", ""),
}


def ledger(
    frame: pd.DataFrame, claims: dict[str, Claim], names: dict[str, dict[str, dict[str, str]]], language: Language
) -> GT:
    """The ledger as a picture: statement, verdict, grade, finding, nearest flip.

    Args:
        frame: schema `Ledger`.
        claims: the registry, for the statements.
        names: `verdicts` and `evidence_grades` of the registry, with their names in both languages.
        language: en or fr.

    >>> from compendium import claims, files, paths
    >>> frame = pd.read_csv(paths.results("default") / "ledger.csv", keep_default_na=False)
    >>> html = ledger(frame, claims.read(), files.read_yaml(paths.CLAIMS), "fr").as_raw_html()
    >>> "Ce que les chiffres permettent" in html, all(claim_id in html for claim_id in frame["claim_id"])
    (True, True)
    """
    pending = Text("pending", "à venir").of(language)

    def name(kind: str, key: str) -> str:
        return names[kind][key][f"name_{language}"] if key else ""

    shown = pd.DataFrame(
        {
            "claim": frame["claim_id"],
            "says": [claims[claim_id].says.of(language) for claim_id in frame["claim_id"]],
            "verdict": [
                (name("verdicts", key) or pending) + FITS[fits].of(language)
                for key, fits in zip(frame["verdict"], frame["compatible"], strict=True)
            ],
            "grade": [name("evidence_grades", key) for key in frame["evidence_grade"]],
            "finding": [unlinked(text) for text in frame[f"sentence_{language}"]],
            "flip": [unlinked(text) for text in frame[f"nearest_flip_{language}"]],
        }
    )
    labels = {
        "claim": Text("Claim", "Énoncé"),
        "says": Text("The text says", "Le texte dit"),
        "verdict": Text("Verdict", "Verdict"),
        "grade": Text("Evidence", "Appui"),
        "finding": Text("What the figures allow", "Ce que les chiffres permettent"),
        "flip": Text("What would flip it", "Ce qui l’inverserait"),
    }
    table = GT(shown, id="ledger").cols_label(cases={key: md(label.of(language)) for key, label in labels.items()})
    table = table.tab_style(style.text(weight="bold"), place.body(columns=["verdict"]))
    table = table.tab_style(style.css("vertical-align: top"), place.body())
    return header(
        table,
        Text("Ledger of the statements", "Registre des énoncés"),
        Text(
            "One verdict a statement, by a rule written before modelling",
            "Un verdict par énoncé, selon une règle écrite avant modélisation",
        ),
        Text(
            "Verdicts that rest on one document are not independent; ledger.csv lists the documents.",
            "Les verdicts tirés d’un même document ne sont pas indépendants ; ledger.csv donne les documents.",
        ),
        language,
    )
