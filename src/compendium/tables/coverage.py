"""From published figures to usable ones."""

from typing import Any

import pandas as pd
from great_tables import GT

from compendium.charts.coverage import TOPICS
from compendium.language import Language, Text, french, number
from compendium.tables.style import header

READ = "figures read"
STEPS_FR = {
    READ: "chiffres lus",
    "claim": "énoncés à tester",
    "plan": "plans et objectifs",
    "set apart": "mis à part, non fiables",
    "repeats a figure that is in the data already": "répètent un chiffre déjà présent",
    "contradicts a figure that is preferred by the stated order": "contredisent un chiffre préféré selon l’ordre énoncé",
    "rounded or undated: shown, never modelled": "arrondis ou non datés : montrés, jamais modélisés",
}


def steps_by_topic(counts: pd.DataFrame) -> pd.DataFrame:
    """How many figures each cleaning step takes out of each topic and leaves in all.

    Args:
        counts: topic, step, taken, left, as `clean.rules.counts` gives them for each topic.

    Returns:
        step, one column a topic (figures read, then taken at each step), total, left.

    >>> counts = pd.DataFrame({"topic": "distress", "step": [READ, "claim"], "taken": [0, 2], "left": [10, 8]})
    >>> steps_by_topic(counts).to_dict("list")
    {'step': ['figures read', 'claim'], 'distress': [10, 2], 'total': [10, 2], 'left': [10, 8]}
    """
    first = counts["taken"].where(counts["taken"] > 0, counts["left"].where(counts["step"] == READ, 0))
    table = counts.assign(shown=first).pivot_table(index="step", columns="topic", values="shown", sort=False)
    left = counts.groupby("step", sort=False)["left"].sum()
    return table.assign(total=table.sum(axis=1), left=left).astype(int).reset_index()


def figure_counts(data: pd.DataFrame, language: Language) -> GT:
    """What each cleaning step takes out, by topic; the last column is what it leaves in all.

    Args:
        data: as `steps_by_topic` gives it.
        language: en or fr.

    >>> data = pd.DataFrame({"step": [READ, "claim"], "distress": [10, 2], "total": [10, 2], "left": [10, 8]})
    >>> html = figure_counts(data, "fr").as_raw_html()
    >>> "chiffres lus" in html, "énoncés à tester" in html
    (True, True)
    """
    topics = [str(name) for name in data.columns if name not in ("step", "total", "left")]
    shown = data.assign(step=[french(STEPS_FR[step]) if language == "fr" else step for step in data["step"]])
    for column in (*topics, "total", "left"):
        shown[column] = [number(value, language) for value in data[column]]
    labels: dict[str, Any] = {topic: TOPICS[topic].of(language) for topic in topics}
    labels |= {"step": "", "total": Text("in all", "en tout").of(language), "left": Text("left", "restent").of(language)}
    table = GT(shown, id="figure_counts").cols_label(**labels).cols_align("right", columns=[*topics, "total", "left"])
    return header(
        table,
        Text("From published figures to usable ones", "Des chiffres publiés aux chiffres utilisables"),
        Text("Figures read, then taken out at each step", "Chiffres lus, puis retirés à chaque étape"),
        Text(
            "A figure is taken out once, at the first step that applies. What is left may enter models.",
            "Un chiffre est retiré une fois, à la première étape qui s’applique. Ce qui reste peut entrer dans les modèles.",
        ),
        language,
    )
