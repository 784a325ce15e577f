"""The ledger on one page: a line a statement, with its verdict by word and shape and the grade of its evidence."""

import textwrap
from typing import Any

import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from compendium.charts import style
from compendium.claims import Claim
from compendium.claims.words import BARS, SHAPES
from compendium.language import Language, Text
from compendium.tables.ledger import FITS

A4_INCHES = (8.27, 11.69)
MARGIN = 0.55  # inches
COLUMNS = {"claim": 0.0, "says": 0.5, "shape": 4.52, "verdict": 4.66, "grade": 6.22}  # inches from the margin
POINTS, LINE, GAP = 6.8, 8.4, 3.4  # type, distance of two lines of a statement, space between two rows
CHARACTERS, FOOT_CHARACTERS = 78, 140  # of a line of a statement, and of one at the foot


def page(frame: pd.DataFrame, claims: dict[str, Claim], names: dict[str, Any], language: Language) -> Figure:
    """An A4 page with every statement.

    Args:
        frame: schema `Ledger`.
        claims: the registry, for the statements.
        names: `verdicts`, `evidence_grades` and `texts` of the registry, with their names in both languages.
        language: en or fr.

    >>> from compendium import claims, files, paths
    >>> frame = pd.read_csv(paths.results("default") / "ledger.csv", keep_default_na=False)
    >>> figure = page(frame, claims.read(), files.read_yaml(paths.CLAIMS), "fr")
    >>> figure.get_suptitle(), tuple(figure.get_size_inches().tolist()) == A4_INCHES
    ('Registre des énoncés', True)
    >>> plt.close(figure)
    """
    style.theme()
    figure = plt.figure(figsize=A4_INCHES)
    width, height = A4_INCHES

    def write(column: str, down: float, text: str, **how: Any) -> None:
        """A text at a column, so many points below the upper margin."""
        figure.text(
            (MARGIN + COLUMNS[column]) / width, 1 - (MARGIN + down / 72) / height, text, va="top", fontsize=POINTS, **how
        )

    figure.suptitle(
        Text("Ledger of the statements", "Registre des énoncés").of(language),
        x=MARGIN / width,
        y=1 - MARGIN / height,
        ha="left",
        va="top",
        fontsize=13,
        fontweight="bold",
    )
    below = Text(
        "One verdict a statement, by a rule written before modelling. Verdicts that rest on one document are not independent.",
        "Un verdict par énoncé, selon une règle écrite avant modélisation. "
        "Les verdicts tirés d’un même document ne sont pas indépendants.",
    )
    write("claim", 20, below.of(language), color=style.COLOURS["muted"])
    heads = {
        "claim": Text("Claim", "Énoncé"),
        "says": Text("The text says", "Le texte dit"),
        "shape": Text("Verdict", "Verdict"),
        "grade": Text("Evidence", "Appui"),
    }
    down = 36.0
    for column, head in heads.items():
        write(column, down, head.of(language), fontweight="bold")
    before = ""
    for _, row in frame.iterrows():
        says = textwrap.wrap(claims[row["claim_id"]].says.of(language).replace(" %", "\u00a0%"), CHARACTERS)
        down += LINE + GAP if row["claim_id"] == frame["claim_id"].iloc[0] else GAP
        if (text := row["claim_id"].partition("-")[0]) != before:
            y = 1 - (MARGIN + (down - GAP + 0.8) / 72) / height
            rule = Line2D([MARGIN / width, 1 - MARGIN / width], [y, y], color="black", linewidth=0.6)
            figure.add_artist(rule)
            before = text
        verdict, grade = row["verdict"], row["evidence_grade"]
        write("claim", down, row["claim_id"], fontweight="bold")
        write("says", down, "\n".join(says), linespacing=LINE / POINTS / 1.2)
        if verdict:
            write("shape", down, SHAPES[verdict])
            named = names["verdicts"][verdict][f"name_{language}"] + FITS[row["compatible"]].of(language)
            write("verdict", down, named)
            write("grade", down, f"{BARS[grade]} {names['evidence_grades'][grade][f'name_{language}']}")
        else:
            write("verdict", down, Text("pending", "à venir").of(language))
        down += LINE * len(says)
    foot = [Text(f"{key}: {text['title']}", f"{key} : {text['title']}") for key, text in names["texts"].items()]
    foot += [
        Text(
            f"{SHAPES[key]} {entry['name_en']}: {entry['means_en']}", f"{SHAPES[key]} {entry['name_fr']} : {entry['means_fr']}"
        )
        for key, entry in names["verdicts"].items()
    ]
    lines = [line for entry in foot for line in textwrap.wrap(entry.of(language), FOOT_CHARACTERS)]
    write("claim", down + 2 * GAP, "\n".join(lines), color=style.COLOURS["muted"], linespacing=1.15)
    return figure
