"""The ledger at a glance: one row a statement, with verdict, evidence grade, documents behind it and nearest flip."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from compendium.charts import style
from compendium.claims.registry import GRADES
from compendium.claims.words import SHAPES
from compendium.language import Language, Text

ROW_INCHES = 0.162
# Where each column starts and where the last ends; one unit is about two thirds of a letter.
ID, TOPIC, SHAPE, VERDICT, GRADE, DOCUMENTS, LETTER, FLIP, END = 0.0, 8.0, 36.0, 38.5, 61.5, 73.5, 76.0, 79.5, 108.0
CELL = 2.0  # width of one bar of the evidence grade
LONGEST = 13  # letters of the numbers of a flip
COLOURS = {
    "supported": style.TEXT_COLOURS["all_grids"],
    "partly_supported": style.TEXT_COLOURS["all_grids"],
    "not_comparable": style.TEXT_COLOURS["levels_5a_9"],
    "contradicted": style.TEXT_COLOURS["levels_5a_9"],
    "untestable": style.COLOURS["muted"],
    "interpretive": style.COLOURS["muted"],
}
# What the nearest flip needs, where it has no numbers; and what its numbers are about.
FLIPS = {
    "none": Text("no figure", "aucun chiffre"),
    "evidence": Text("new evidence", "donnée nouvelle"),
    "unknown": Text("an unknown", "une inconnue"),
    "figure": Text("another figure", "autre chiffre"),
}
ABOUT = {"unknown": Text("unknown: ", "inconnue : "), "figure": Text("figure: ", "chiffre : ")}
HEADS = {
    ID: Text("statement", "énoncé"),
    VERDICT: Text("verdict", "verdict"),
    GRADE - 1.8: Text("evidence", "appui"),
    FLIP: Text("nearest flip", "bascule"),
}
TOPICS = {
    "T1-01": Text("number of cadres", "nombre de cadres"),
    "T1-02": Text("later cadre share", "part de cadres, fin"),
    "T1-03": Text("earlier cadre share", "part de cadres, début"),
    "T1-04": Text("rise of the share", "hausse de la part"),
    "T1-05": Text("a transforming rise", "hausse qui transforme"),
    "T1-06": Text("field managers", "managers de terrain"),
    "T1-07": Text("project managers", "managers de projet"),
    "T1-08": Text("receipts of the Urssaf", "recettes des Urssaf"),
    "T1-09": Text("error rates", "taux d’erreur"),
    "T1-10": Text("use of AI", "usage de l’IA"),
    "T1-11": Text("complex cases", "dossiers complexes"),
    "T1-12": Text("distress", "détresse"),
    "T1-13": Text("absenteeism", "absentéisme"),
    "T1-14": Text("departures", "départs"),
    "T1-15": Text("sense of work", "sens du travail"),
    "T1-16": Text("come from the field", "issus du terrain"),
    "T1-17": Text("fifth branch", "cinquième branche"),
    "T1-18": Text("one population", "une seule population"),
    "T1-19": Text("AI against fraud", "IA contre la fraude"),
    "T1-20": Text("source of the shares", "source des parts"),
    "T1-21": Text("date of founding", "date de fondation"),
    "T1-22": Text("closeness to users", "proximité des usagers"),
    "T2-01": Text("cadre share, sector", "part de cadres, secteur"),
    "T2-02": Text("denser head offices", "sièges étoffés"),
    "T2-03": Text("growth of directors", "essor des directeurs"),
    "T2-04": Text("directors of several", "directeurs de plusieurs"),
    "T2-05": Text("chefs de service", "chefs de service"),
    "T2-06": Text("external recruitment", "recrutement externe"),
    "T2-07": Text("mergers", "fusions"),
    "T2-08": Text("cadres in France", "cadres en France"),
    "T2-09": Text("craftsman ethos", "ethos artisan"),
    "T2-10": Text("years of reforms", "années des réformes"),
    "T2-11": Text("years of agencies", "années des agences"),
    "T2-12": Text("head-office cadres", "cadres de siège"),
    "T2-13": Text("public funding", "fonds publics"),
    "T2-14": Text("new occupations", "nouveaux métiers"),
    "T2-15": Text("two groups", "deux groupes"),
    "T2-16": Text("shrinking budgets", "budgets en baisse"),
    "T2-17": Text("supervisors as cadres", "encadrants cadres"),
    "T2-18": Text("run by associations", "gestion associative"),
    "T2-19": Text("strongest growth", "croissance maximale"),
    "T2-20": Text("management degrees", "diplômés de gestion"),
    "T2-21": Text("small organisations", "petits organismes"),
    "T2-22": Text("head offices, Unifaf", "sièges selon Unifaf"),
    "T2-23": Text("rarely studied", "rarement étudiés"),
    "T2-24": Text("laws and thesis", "lois et thèse"),
}


def matrix(data: pd.DataFrame, language: Language, names: dict[str, dict[str, dict[str, str]]]) -> Figure:
    """One row a statement; a verdict has a shape and a word, a grade bars, a single document a black number.

    Args:
        data: as `ledger.matrix` gives it, a row a statement.
        language: en or fr.
        names: `verdicts` and `evidence_grades` of the registry, with their names in both languages.

    >>> from matplotlib import pyplot as plt
    >>> from compendium import files, paths
    >>> data = pd.read_csv(paths.results("default") / "figures" / "claims_matrix.csv", keep_default_na=False)
    >>> figure = matrix(data, "en", files.read_yaml(paths.CLAIMS))
    >>> [text.get_text() for text in figure.axes[0].texts][:5]
    ['statement', 'verdict', 'evidence', 'nearest flip', 'doc.']
    >>> plt.close(figure)
    """
    texts = data["claim_id"].str[:2]
    rows = len(data) + texts.nunique() + 2.5  # heads, gaps between the texts, key
    figure, axes = style.canvas(height_inches=ROW_INCHES * rows + 1.5)
    place = 0.0
    for at, head in HEADS.items():
        _write(axes, at, place, head.of(language), fontweight="bold")
    _write(axes, DOCUMENTS + 1.0, place, "doc.", fontweight="bold", ha="center")
    for _, part in data.groupby(texts, sort=False):
        place += 0.4
        for odd, (_, row) in enumerate(part.iterrows()):
            place += 1
            if odd % 2 == 0:
                axes.axhspan(place - 0.5, place + 0.5, color="#F2F2F2", linewidth=0, zorder=0)
            _row(axes, place, row, names["verdicts"][row["verdict"]][f"name_{language}"], language)
    _keys(axes, place + 1.5, names["evidence_grades"], language)
    axes.set_xlim(0, END)
    axes.set_ylim(place + 3.1, -0.6)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[:].set_visible(False)
    style.titles(figure, axes, *(text.of(language) for text in _words(data)))
    return figure


def _row(axes: Axes, place: float, row: pd.Series, verdict: str, language: Language) -> None:
    shape, colour = SHAPES[row["verdict"]], COLOURS[row["verdict"]]
    _write(axes, ID, place, row["claim_id"], fontweight="bold")
    _write(axes, TOPIC, place, TOPICS.get(row["claim_id"], Text("", "")).of(language))  # a statement of one's own has none
    _write(axes, SHAPE + 0.5, place, shape, color=colour, ha="center")
    _write(axes, VERDICT, place, verdict, color=colour)
    _bars(axes, GRADE, place, row["evidence_grade"])
    _count(axes, DOCUMENTS, place, row["documents"])
    _write(axes, LETTER, place, row["together"])
    numbers = row[f"numbers_{language}"].split("|")
    shown = " · ".join(numbers[:2] if len("".join(numbers[:2])) <= LONGEST else numbers[:1])
    about = ABOUT[row["flip"]] if shown else FLIPS[row["flip"]]
    _write(axes, FLIP, place, about.of(language) + shown)


def _write(axes: Axes, at: float, place: float, text: str, **options: Any) -> None:
    if text:
        axes.text(at, place, text, va="center_baseline", fontsize=style.SMALL_POINTS, **options)


def _bars(axes: Axes, at: float, place: float, grade: str) -> None:
    """As many filled cells as the grade stands above the weakest."""
    strongest = len(GRADES) - 1
    for cell in range(strongest):
        filled = cell < strongest - GRADES.index(grade)
        axes.add_patch(
            Rectangle(
                (at + cell * (CELL + 0.4), place - 0.27),
                CELL,
                0.54,
                facecolor=style.COLOURS["muted"] if filled else "white",
                edgecolor=style.COLOURS["muted"],
                linewidth=0.6,
            )
        )


def _count(axes: Axes, at: float, place: float, documents: int) -> None:
    """The number of documents; one alone is white on black."""
    alone = {"color": "white", "bbox": {"facecolor": "black", "edgecolor": "none", "boxstyle": "square,pad=0.12"}}
    _write(axes, at + 0.8, place, str(documents), ha="center", **alone if documents == 1 else {})


def _keys(axes: Axes, place: float, grades: dict[str, dict[str, str]], language: Language) -> None:
    """What the bars, the black number and the letters mean."""
    at = 0.0
    for grade in GRADES:
        name = grades[grade][f"name_{language}"]
        _bars(axes, at, place, grade)
        _write(axes, at + 8, place, name)
        at += 12 + 1.35 * len(name)
    _count(axes, 0.4, place + 1.15, 1)
    _write(axes, 3, place + 1.15, Text("one document alone", "un seul document").of(language))
    same = Text("a, b …: the very same documents", "a, b … : exactement les mêmes documents").of(language)
    _write(axes, 34, place + 1.15, same)


def _words(data: pd.DataFrame) -> tuple[Text, Text, Text]:
    """Title, subtitle and source; the title counts what figures decide and what rests on one document."""
    whole, open_ = len(data), int(data["verdict"].isin(["untestable", "interpretive"]).sum())
    alone = int((data["documents"] == 1).sum())
    title = Text(
        f"Published figures decide {whole - open_} of {whole} statements; {alone} rows rest on one document",
        f"Les chiffres publiés tranchent {whole - open_} énoncés sur {whole} ; {alone} lignes reposent sur un seul document",
    )
    subtitle = Text(
        "Verdict by a rule written before modelling, evidence, number of documents, and what would flip it soonest: no figure, "
        "new evidence, another figure or an unknown, with the first numbers of the ledger’s sentence.",
        "Verdict selon une règle écrite avant modélisation, appui, nombre de documents, et bascule la plus proche : aucun "
        "chiffre, une donnée nouvelle, un autre chiffre ou une inconnue, avec les premiers nombres de la phrase du registre.",
    )
    source = Text(
        "Source: the ledger, where each flip is a sentence. Rows with a letter in common are not independent.",
        "Source : le registre, où chaque bascule est une phrase. Les lignes de même lettre ne sont pas indépendantes.",
    )
    return title, subtitle, source
