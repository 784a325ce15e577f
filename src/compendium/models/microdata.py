"""The share of cadres in files of individuals: its rough interval, and its pace between two years of one file.

Wilson's interval (1927) at the effective number of rows: (sum of weights)² over the sum of squared weights (Kish, 1965,
"Survey sampling"), over a design effect. It is arithmetic, since no precision is published for these cells. FD_SALAAN is a
sample of one in twelve by date of birth, whose design is not published in full; its weights are all equal, and the interval
is that of a simple sample of as many rows. FD_EEC asks neighbouring dwellings and each person several quarters: its design
effect is assumed. Neither covers how an employer or a person names an occupation.

A pace is taken between the first and the last year of a survey, as if the two samples shared nobody (Newcombe, 1998, method
10). They share people, which makes the interval too wide rather than too narrow.
"""

import numpy as np
import pandas as pd

from compendium.interval import Interval
from compendium.models import estimates
from compendium.models.comparators import CLAIM, UNITS, Reference, in_order
from compendium.models.prevalence import independent_difference, wilson

# Groups that stand beside the comparators: survey, by, code -> name of the comparator.
COMPARATORS = {
    ("FD_SALAAN", "all", ""): "salaan_total",
    ("FD_SALAAN", "sector", "KZ"): "salaan_KZ",
    ("FD_SALAAN", "sector", "OZ"): "salaan_OZ",
    ("FD_SALAAN", "sector", "PZ"): "salaan_PZ",
    ("FD_SALAAN", "sector", "QA"): "salaan_QA",
    ("FD_SALAAN", "sector", "QB"): "salaan_QB",
    # Varmod_SALAAN_2016.csv and _2023.csv: bodies of the Sécurité sociale; Fehap 1951; 1966; medico-social
    ("FD_SALAAN", "employer", "0218"): "salaan_0218",
    ("FD_SALAAN", "employer", "0029"): "salaan_0029",
    ("FD_SALAAN", "employer", "0413"): "salaan_0413",
    ("FD_SALAAN", "employer", "0405"): "salaan_0405",
    ("FD_EEC", "all", ""): "eec_total",
    ("FD_EEC", "sector", "KZ"): "eec_KZ",
    ("FD_EEC", "sector", "OZ"): "eec_OZ",
    ("FD_EEC", "sector", "PZ"): "eec_PZ",
    ("FD_EEC", "sector", "QA"): "eec_QA",
    ("FD_EEC", "sector", "QB"): "eec_QB",
    ("FD_EEC", "employer", "6"): "eec_secu",  # Varmod_EEC_2022.csv: CHPUB 6
}
SECU = ("salaan_0218", "eec_secu")
CONTRACTS = {"all": "employees", "cdi": "cdi"}
COVERS = {
    "FD_SALAAN": (
        "95 % of a simple sample of as many rows: arithmetic, for a sample whose design is not published; not how "
        "employers code an occupation",
        "95 % d’un sondage aléatoire simple de même nombre de lignes : un calcul, pour un échantillon dont le plan n’est pas "
        "publié ; hors codage de la profession par l’employeur",
    ),
    "FD_EEC": (
        "95 % at the effective number of rows over an assumed design effect: arithmetic; not how an occupation is coded",
        "95 % pour le nombre efficace de lignes, divisé par un effet de plan supposé : un calcul ; hors codage de la "
        "profession",
    ),
}


def shares(counts: pd.DataFrame, design_effect: float, fewest_rows: int) -> pd.DataFrame:
    """The share of cadres in every count, with its interval.

    Args:
        counts: schema `microdata.Count`.
        design_effect: of FD_EEC, beyond unequal weights; that of FD_SALAAN is taken as one.
        fewest_rows: a count of fewer rows is marked, drawn nowhere and in no estimate.

    Returns:
        the counts with comparator (empty where it is none), effective (rows), share, low and high (percent), few.

    >>> told = {"survey": "FD_SALAAN", "by": "all", "code": "", "contract": "all", "rows": 1000, "weight_squared": 144000.0}
    >>> counts = pd.DataFrame({"year": [2016, 2023], "weight": 12000.0, "cadre_weight": [2400.0, 3240.0]} | told)
    >>> table = shares(counts, design_effect=2.0, fewest_rows=50)  # equal weights: every row counts
    >>> table[["comparator", "year", "effective", "share", "few"]].values.tolist()
    [['salaan_total', 2016, 1000.0, 20.0, False], ['salaan_total', 2023, 1000.0, 27.0, False]]
    """
    table = counts.reset_index(drop=True)
    effect = np.where(table["survey"] == "FD_EEC", design_effect, 1.0)
    effective = table["weight"] ** 2 / table["weight_squared"] / effect
    share = (table["cadre_weight"] / table["weight"]).clip(0, 1)
    ends = [wilson(one, base) * 100 for one, base in zip(share, effective, strict=True)]
    keys = zip(table["survey"], table["by"], table["code"], strict=True)
    return table.assign(
        comparator=[COMPARATORS.get(key, "") for key in keys],
        effective=effective,
        share=100 * share,
        low=[end.low for end in ends],
        high=[end.high for end in ends],
        few=table["rows"] < fewest_rows,
    )


def beside(table: pd.DataFrame) -> pd.DataFrame:
    """The shares to draw: those of few rows left out, and of permanent contracts only those of the Sécurité sociale.

    Args:
        table: as `shares` gives; the columns stay.

    >>> told = {"comparator": ["salaan_QB", "salaan_total", "salaan_0218"], "contract": ["all", "all", "cdi"], "year": 2016}
    >>> beside(pd.DataFrame(told | {"few": [True, False, False]}))["comparator"].tolist()
    ['salaan_total', 'salaan_0218']
    """
    rows = listed(table)
    return rows[~rows["few"] & ((rows["contract"] == "all") | rows["comparator"].isin(SECU))].reset_index(drop=True)


def listed(table: pd.DataFrame) -> pd.DataFrame:
    """The shares of groups that stand beside the comparators, in the order of `COMPARATORS`.

    Args:
        table: as `shares` gives; the columns stay.

    >>> table = pd.DataFrame({"comparator": ["salaan_QB", "", "salaan_total"], "contract": "all", "year": 2016})
    >>> listed(table)["comparator"].tolist()  # the whole first; a group that is no comparator is left out
    ['salaan_total', 'salaan_QB']
    """
    rows = table[table["comparator"] != ""]
    place = {name: number for number, name in enumerate(COMPARATORS.values())}
    order = rows["comparator"].map(place).rename("place")
    return rows.assign(place=order).sort_values(["place", "contract", "year"], ignore_index=True).drop(columns="place")


def share_estimates(rows: pd.DataFrame) -> pd.DataFrame:
    """The shares beside the comparators as estimates; no published figure stands behind them.

    Args:
        rows: as `beside` gives.

    Returns:
        schema `Estimate`, one row a share.

    >>> told = {"survey": "FD_SALAAN", "contract": "cdi", "year": 2016, "share": 20.0, "low": 19.0, "high": 21.0}
    >>> made = share_estimates(pd.DataFrame([told | {"comparator": "salaan_0218"}]))
    >>> made[["estimate_id", "basis", "value", "low", "high", "unit"]].values.tolist()
    [['microdata.salaan_0218.cdi.2016', 'cdi', 20.0, 19.0, 21.0, 'percent']]
    """
    return estimates.table(
        [
            estimates.row(
                f"microdata.{row.comparator.lower()}.{row.contract}.{row.year}",
                CLAIM,
                "share",
                interval=Interval(row.low, row.high),
                value=row.share,
                population=row.comparator,
                definition="pcs_3",
                basis=CONTRACTS[row.contract],
                year=str(row.year),
                unit="percent",
                interval_kind="sampling",
                level="95",
                covers_en=COVERS[row.survey][0],
                covers_fr=COVERS[row.survey][1],
                method="survey_share",
            )
            for row in rows.itertuples()
        ]
    )


def paces(rows: pd.DataFrame) -> pd.DataFrame:
    """The pace of each comparator between the first and the last year of its file, points a year.

    Args:
        rows: as `beside` gives them.

    Returns:
        the columns that `charts.comparators.paces` draws, with survey and contract; none where every file is of one year.

    >>> told = {"comparator": "salaan_total", "contract": "all", "survey": "FD_SALAAN", "effective": 1000.0}
    >>> table = paces(pd.DataFrame({"year": [2016, 2023], "share": [20.0, 27.0]} | told))
    >>> table[["comparator", "first", "last", "points", "weak", "pace"]].values.tolist()
    [['salaan_total', 2016, 2023, 2, True, 1.0]]
    >>> bool(table["pace"].between(table["pace_low"], table["pace_high"]).all())
    True
    """
    found = []
    for (comparator, contract), years in rows.groupby(["comparator", "contract"], sort=False):
        first, last = years.iloc[0], years.iloc[-1]
        if first["year"] == last["year"]:
            continue
        span = int(last["year"] - first["year"])
        ends = (last["share"] / 100, last["effective"], first["share"] / 100, first["effective"])
        change = independent_difference(*ends) * (100 / span)
        found.append(
            {
                "comparator": comparator if contract == "all" else f"{comparator}_{contract}",
                "survey": first["survey"],
                "contract": contract,
                "concept": "pcs_3",
                "first": int(first["year"]),
                "last": int(last["year"]),
                "points": len(years),
                "sampling": "microdata",
                "weak": len(years) == 2,
                "status": "ranked",
                "covers": "sampling",
                "pace": (last["share"] - first["share"]) / span,
                "pace_low": change.low,
                "pace_high": change.high,
                "obs_ids": "",
            }
        )
    columns = "comparator survey contract concept first last points sampling weak status covers pace pace_low pace_high obs_ids"
    return pd.DataFrame(found, columns=columns.split())


def pace_estimates(table: pd.DataFrame) -> pd.DataFrame:
    """The paces as estimates.

    Args:
        table: as `paces` gives.

    Returns:
        schema `Estimate`, one row a pace.

    >>> told = {"comparator": "salaan_total", "contract": "all", "survey": "FD_SALAAN", "effective": 1000.0}
    >>> table = paces(pd.DataFrame({"year": [2016, 2023], "share": [20.0, 27.0]} | told))
    >>> pace_estimates(table)[["estimate_id", "year", "value", "unit"]].values.tolist()
    [['microdata_pace.salaan_total', '2016-2023', 1.0, 'points a year']]
    """
    return estimates.table(
        [
            estimates.row(
                f"microdata_pace.{row.comparator.lower()}",
                CLAIM,
                "pace",
                interval=Interval(row.pace_low, row.pace_high),
                value=row.pace,
                population=row.comparator,
                definition="pcs_3",
                basis=CONTRACTS[row.contract],
                year=f"{row.first}-{row.last}",
                unit=UNITS["pace"],
                interval_kind="sampling",
                level="95",
                covers_en=f"{COVERS[row.survey][0]}; both years as if they shared nobody",
                covers_fr=f"{COVERS[row.survey][1]} ; les deux années comme si elles ne partageaient personne",
                method="slope",
            )
            for row in table.itertuples()
        ]
    )


def among(published: pd.DataFrame, table: pd.DataFrame, reference: Reference, sector: str) -> pd.DataFrame:
    """The paces of the microdata among those of ILOSTAT's sectors and of the Sécurité sociale, the fastest first.

    Args:
        published: as `models.comparators.paces` gives them.
        sector: as `models.comparators.in_order` takes it.

    >>> published = pd.DataFrame({"comparator": ["ilostat_O", "dares_P"], "status": "ranked", "pace": [0.2, 0.3]})
    >>> table = pd.DataFrame({"comparator": ["salaan_total"], "status": "ranked", "pace": [0.9]})
    >>> reference = Reference(2013, 2018, pace=Interval(0.5, 0.6), logit=Interval(0.02, 0.03), obs_ids="SW0001")
    >>> among(published, table, reference, sector="O")["comparator"].tolist()
    ['salaan_total', 'regime_general', 'ilostat_O']
    """
    sectors = published[published["comparator"].str.startswith("ilostat_") & (published["status"] == "ranked")]
    return in_order(pd.concat([sectors, table], ignore_index=True), reference, sector)
