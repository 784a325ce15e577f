"""Head-office cadres of the sector: every published change by type and wave, and what is not published at all.

Series of the sector count; those of the Sécurité sociale stand apart and count for nothing. A change between two waves of a
survey whose members change is not one of a stable field.
"""

import pandas as pd

from compendium.interval import Interval
from compendium.models import changes, estimates, polarisation
from compendium.models.estimates import ROUNDING, printed

CHANGES = "T2-02 T2-12 T2-22"
LEVEL, ASSOCIATIONS = "SS0109", "SS0111"
BRANCH_GROWTH, ASSOCIATIONS_CHANGE = "SS0003", "SS0112"
FUNCTIONAL, GENERAL = "head_office_functional_cadres", "directors_general_and_deputies"
# Every published change of a group of head office, of the sector and of the institution.
SERIES = tuple(one for one in polarisation.SERIES if one.side == "head_office")
WAYS = {"for": "rises", "against": "falls", "open": "open"}  # head office alone: for a split means that it rises
# Statement -> words of the series that would bear on it, of head office in the sector.
WANTED = {"T2-06": ("recruit", "promotion"), "T2-20": ("diploma", "degree"), "T2-21": ("small_associations",)}
HEAD_OFFICE = ("head_office", "siege")


def listed(figures: pd.DataFrame) -> pd.DataFrame:
    """Every change of a group of head office, with its way (rises, falls, open), rounding and field.

    Args:
        figures: the tidy figures by obs_id.

    Returns:
        as `polarisation.listed`, and way, stable (whether the field is known not to change), document.

    >>> from compendium import csvfile, paths
    >>> from compendium.clean import situation, social_sector, workforce
    >>> of = {"social_sector": social_sector.SocialSector, "situation": situation.Situation, "workforce": workforce.Workforce}
    >>> figures = pd.concat(csvfile.read(paths.processed("default") / f"{name}.csv", schema) for name, schema in of.items())
    >>> table = listed(figures.set_index("obs_id", drop=False))
    >>> set(table["side"]), bool(((table["low"] > 0) == (table["way"] == "rises")).all())
    ({'head_office'}, True)
    """
    table = polarisation.listed(figures, SERIES)
    last = [figures.loc[obs_ids.split()[-1]] for obs_ids in table["obs_ids"]]
    stable = [changes.perimeter(figure) not in changes.NOT_CONSTANT for figure in last]
    return table.assign(way=table["sign"].map(WAYS), stable=stable)


def change_estimates(table: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """The listed changes, their counts, and what the two waves of one type make together.

    Args:
        table: as `listed` gives it.
        figures: the tidy figures by obs_id.
    """
    rows = []
    for _, row in table.iterrows():
        own = row["field"] == "sector"
        rows.append(
            estimates.row(
                f"head_office.{row['name']}.{row['years']}",
                CHANGES if own else "T2-02",
                "head_office_change" if own else "head_office_change_apart",
                value=row["value"],
                interval=Interval(row["low"], row["high"]),
                population=row["name"],
                definition="apart" if not own else "stable field" if row["stable"] else "members may have changed",
                basis=row["field"],
                year=row["years"],
                unit=row["unit"],
                method="published" if " " not in row["obs_ids"] else "difference_of_published",
                obs_ids=row["obs_ids"],
                **ROUNDING,
            )
        )
    own = table[table["field"] == "sector"]
    for way in WAYS.values():
        rows.append(_count(f"head_office.count.{way}", "head_office_count", own[own["way"] == way], "changes"))
    documents = own.drop_duplicates("documents")
    rows.append(_count("head_office.documents", "documents", documents, "documents"))
    return estimates.table([*rows, *_together(own, figures), _level(figures)])


def _count(name: str, quantity: str, found: pd.DataFrame, unit: str) -> dict[str, object]:
    return estimates.row(
        name,
        CHANGES,
        quantity,
        value=float(len(found)),
        unit=unit,
        method="count_of_published",
        obs_ids=" ".join(found["obs_ids"]),
    )


def _together(own: pd.DataFrame, figures: pd.DataFrame) -> list[dict[str, object]]:
    """Directors general: both waves multiplied, as if members were the same; the first, net of the growth of the branch."""
    rises, falls = (changes.of(figures, obs_ids) for obs_ids in own.loc[own["name"] == GENERAL, "obs_ids"])
    branch = changes.of(figures, BRANCH_GROWTH)
    one = Interval(1, 1)
    factors = [change.factor(change.years)[1] for change in (rises, falls, branch)]
    made = {
        "both_waves": (
            (1 + rises.value / 100) * (1 + falls.value / 100) - 1,
            factors[0] * factors[1] - one,
            f"{rises.first}-{falls.last}",
            "product_of_published",
            "CX0372 SS0025",
        ),
        "net_of_branch": (
            (1 + rises.value / 100) / (1 + branch.value / 100) - 1,
            factors[0] / factors[2] - one,
            rises.span,
            "ratio_of_published",
            f"CX0372 {BRANCH_GROWTH}",
        ),
    }
    return [
        estimates.row(
            f"head_office.{GENERAL}.{name}",
            "T2-02 T2-12",
            name,
            value=100 * value,
            interval=interval * 100,
            population=GENERAL,
            basis="sector",
            year=years,
            unit="percent_change",
            method=method,
            obs_ids=obs_ids,
            **ROUNDING,
        )
        for name, (value, interval, years, method, obs_ids) in made.items()
    ]


def _level(figures: pd.DataFrame) -> dict[str, object]:
    (level,) = changes.evidence(figures, LEVEL)
    return estimates.row(
        "head_office.functional_level",
        "T2-02 T2-12",
        "head_office_level",
        value=float(level["value"]),
        population=FUNCTIONAL,
        year=str(level["year_last"]),
        unit="persons",
        method="published",
        obs_ids=LEVEL,
    )


def dated(figures: pd.DataFrame, claim_id: str) -> pd.DataFrame:
    """How many figures of head office in the sector bear on a statement that needs its own.

    Args:
        figures: the tidy figures, with obs_id, series, use.
        claim_id: a key of `WANTED`.
    """
    series = figures["series"].str.lower()
    own = series.str.contains("|".join(HEAD_OFFICE)) & series.str.contains("|".join(WANTED[claim_id]))
    found = figures[own & figures["use"].isin(["model", "shown"])]
    return estimates.table(
        [
            estimates.row(
                f"dated.{claim_id.lower()}",
                claim_id,
                "dated_figures",
                value=float(len(found)),
                population="head offices of the sector",
                unit="figures",
                method="count_of_published" if len(found) else "none_published",
                obs_ids=" ".join(sorted(found["obs_id"])),
            )
        ]
    )


def nearest(figures: pd.DataFrame) -> pd.DataFrame:
    """The published figures that come nearest to the statements without any of their own."""
    started, before, after, single = changes.evidence(figures, "CX0345", "SS0033", "SS0032", "SS0113")
    level, associations = changes.evidence(figures, LEVEL, ASSOCIATIONS)
    rows = [
        _near("started_below", "T2-06", started, "percent"),
        _near("level_1_diplomas.first", "T2-20", before, "percent"),
        _near("level_1_diplomas.last", "T2-20", after, "percent"),
        _near("single_establishment", "T2-21", single, "points"),
        estimates.row(
            "nearest.functional_per_association",
            "T2-21",
            "nearest",
            value=float(level["value"] / associations["value"]),
            population="functional cadres of head offices per association",
            year=str(level["year_last"]),
            unit="ratio",
            method="ratio_of_published",
            obs_ids=f"{LEVEL} {ASSOCIATIONS}",
        ),
    ]
    return estimates.table(rows)


def _near(name: str, claim_id: str, figure: pd.Series, unit: str) -> dict[str, object]:
    whole = figure["year_first"] == figure["year_last"]
    return estimates.row(
        f"nearest.{name}",
        claim_id,
        "nearest",
        value=float(figure["value"]),
        interval=printed(figure),
        population=figure["population"],
        year=str(figure["year_last"]) if whole else f"{figure['year_first']}-{figure['year_last']}",
        unit=unit,
        method="published",
        obs_ids=figure["obs_id"],
        **ROUNDING,
    )


def with_branch(table: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """The changes of head-office cadres of the sector and those of the branch around them, to be drawn.

    Args:
        table: as `listed` gives.
        figures: the tidy figures, for the changes of the branch.

    Returns:
        name, years, value, low, high (percent), head_office.

    >>> from compendium import csvfile, paths
    >>> from compendium.clean.social_sector import SocialSector
    >>> sector = csvfile.read(paths.processed("default") / "social_sector.csv", SocialSector)
    >>> told = {"name": "made_up", "field": "sector", "years": "2012-2017", "value": 10.0, "low": 9.5, "high": 10.5}
    >>> with_branch(pd.DataFrame([told]), sector)[["name", "head_office"]].values.tolist()
    [['made_up', True], ['establishments_and_staff', False], ['associations', False]]
    """
    own = table[table["field"] == "sector"][["name", "years", "value", "low", "high"]].assign(head_office=True)
    around = []
    for name, obs_id in (("establishments_and_staff", BRANCH_GROWTH), ("associations", ASSOCIATIONS_CHANGE)):
        change = changes.of(figures, obs_id)
        around.append((name, change.span, change.value, change.interval.low, change.interval.high, False))
    return pd.concat([own, pd.DataFrame(around, columns=list(own.columns))], ignore_index=True)
