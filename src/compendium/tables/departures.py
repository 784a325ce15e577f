"""Departures: counts, rates, and what each count would say if departures fell at random."""

import pandas as pd
from great_tables import GT

from compendium.claims.sentences.departures import LISTS
from compendium.language import Language, Text, number, span
from compendium.models import estimates as shape
from compendium.models.trend import CONFIDENCE
from compendium.tables.style import header


def departures(data: pd.DataFrame, language: Language) -> GT:
    """One line a list of motives and year: count, rate as a bound, and the interval of a random count.

    Args:
        data: schema `Estimate`: counts (persons), rates (departures per 100 CDI) and means if random (persons).
        language: en or fr.

    >>> from compendium import paths
    >>> data = pd.read_csv(paths.results("default") / "tables" / "departures_table.csv", dtype={"year": str})
    >>> "Per 100 CDI, bound" in departures(data, "en").as_raw_html()
    True
    >>> "Pour 100 CDI, encadrement" in departures(data, "fr").as_raw_html()
    True
    """
    kinds = {quantity: part.set_index(["definition", "year"]) for quantity, part in data.groupby("quantity")}
    counts = kinds["departures"]
    chance = kinds["mean_if_random"]

    def cell(row: pd.Series, digits: int) -> str:
        bound = shape.interval(row)
        return number(bound.low, language, digits) if bound.width == 0 else span(bound, language, digits)

    shown = pd.DataFrame(
        {
            "motives": [LISTS[motives].of(language) for motives, _ in counts.index],
            "year": [year for _, year in counts.index],
            "count": [cell(row, 0) for _, row in counts.iterrows()],
            "rate": [cell(kinds["departure_rate"].loc[key], 2) for key in counts.index],
            "chance": [cell(chance.loc[key], 0) if key in chance.index else "–" for key in counts.index],
        }
    )
    percent = number(100 * CONFIDENCE, language)
    labels = {
        "year": Text("Year", "Année"),
        "count": Text("Departures", "Départs"),
        "rate": Text("Per 100 CDI, bound", "Pour 100 CDI, encadrement"),
        "chance": Text(f"Mean if random, {percent} %", f"Moyenne si aléatoire, {percent} %"),
    }
    table = GT(shown, id="departures_table", groupname_col="motives", rowname_col="year")
    table = table.cols_label(cases={key: label.of(language) for key, label in labels.items() if key != "year"})
    table = table.cols_align("right", columns=["count", "rate", "chance"])
    return header(
        table,
        Text("Departures other than retirement, régime général", "Départs hors retraite, régime général"),
        Text("All staff, by list of motives and year", "Ensemble du personnel, par liste de motifs et année"),
        Text(
            "The rate is bounded where the number of CDI, or the split of a total over years, is not published. These are "
            "counts of all departures, without sampling error; the last column is a model (Garwood), and decides nothing.",
            "Le taux est encadré quand le nombre de CDI, ou la répartition d’un total sur plusieurs années, n’est pas publié. "
            "Ce sont des comptages complets, sans erreur de sondage ; la dernière colonne est un modèle (Garwood) et ne "
            "tranche rien.",
        ),
        language,
    )
