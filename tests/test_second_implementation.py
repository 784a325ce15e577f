"""The numbers that the READMEs lead with, a second time: from the raw CSV, by hand or as a linear programme.

Nothing here uses the cleaning or the models; only their results are read. The paces and ranks of T1-05 are in
tests/models/test_comparators_again.py, the Shapley parts of T1-04 in tests/models/test_cadre_share.py; T1-17 and T1-21 are
years that tests/models/test_origins.py writes out, T1-22 is two printed figures.
"""

import csv
import itertools

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import brentq, linprog
from statsmodels.stats.proportion import proportion_confint

from compendium import paths

TOLERANCE = 1e-6  # points, percent, multiples of a pace; persons by the million
DEVIATION = 2  # a year's change may lie so many mean paces from the mean pace: parameters/default.yaml
YEARS = range(2013, 2025)


@pytest.fixture(scope="module")
def estimates():
    folder = paths.results("default") / "estimates"
    return pd.concat(pd.read_csv(path) for path in sorted(folder.glob("2*.csv"))).set_index("estimate_id")


def rows(topic):
    with (paths.RAW / "observations" / f"{topic}.csv").open(encoding="utf-8", newline="") as file:
        return {row["obs_id"]: row for row in csv.DictReader(file)}


WORKFORCE = rows("secu_workforce")


def ends(obs_id, table=WORKFORCE):
    """The values that print as a figure."""
    written = table[obs_id]["value"]
    half = 0.5 * 10.0 ** -len(written.partition(".")[2])
    return float(written) - half, float(written) + half


WIDE, NARROW, CHANGE = (ends(name) for name in ("SW0005", "SW0003", "SW0006"))  # shares of 2018, change 2013-2018
# Permanent contracts in all contracts, in the two years that have both.
PERMANENT = [
    float(WORKFORCE[cdi]["value"]) / float(WORKFORCE[both]["value"])
    for cdi, both in (("SW0046", "SW0039"), ("SW0045", "SW0044"))
]


def bound(definition, year):
    """Lowest and highest share on permanent contracts: the yearly shares and the change are unknowns, all limits linear.

    Fixed terms hold no cadre, or as many as permanent contracts: the first divides by the smallest permanent part.
    """
    place = {name: index for index, name in enumerate((*YEARS, "change"))}
    limits, right = [], []

    def at_most(value, **terms):
        row = np.zeros(len(place))
        for name, weight in terms.items():
            row[place[name if name == "change" else int(name[1:])]] = weight
        limits.append(row)
        right.append(value)

    for before, after in itertools.pairwise(YEARS):
        step = {f"y{after}": 1.0, f"y{before}": -1.0}
        at_most(0, **step, change=-(1 + DEVIATION) / 5)
        at_most(0, **{name: -weight for name, weight in step.items()}, change=(1 - DEVIATION) / 5)
    if definition == "all_grids":
        at_most(0, y2018=1.0, y2013=-1.0, change=-1.0)
        at_most(0, y2018=-1.0, y2013=1.0, change=1.0)
    free = dict.fromkeys(place, (None, None))
    free |= {2018: WIDE if definition == "all_grids" else NARROW, "change": CHANGE}
    found = []
    for sign in (1, -1):
        goal = np.zeros(len(place))
        goal[place[year]] = sign
        found.append(linprog(goal, A_ub=np.array(limits), b_ub=right, bounds=list(free.values())).fun * sign)
    return found[0], found[1] / min(PERMANENT)


@pytest.mark.parametrize("definition", ["all_grids", "levels_5a_9"])
@pytest.mark.parametrize("year", [2014, 2024])
def test_bounds_of_the_share(estimates, definition, year):
    """T1-02 and T1-03."""
    row = estimates.loc[f"cadre_share.{year}.{definition}.basis"]
    assert (row["low"], row["high"]) == pytest.approx(bound(definition, year), abs=TOLERANCE)


@pytest.mark.parametrize(("definition", "share"), [("all_grids", WIDE), ("levels_5a_9", NARROW)])
def test_the_pace_that_the_stated_share_needs(estimates, definition, share):
    """T1-02: 41.8 on permanent contracts, from the share of 2018, in multiples of the mean pace; every corner."""
    needed = [
        (stated * part - first) / 6 / (change / 5)
        for stated, part, first, change in itertools.product((41.75, 41.85), (1.0, *PERMANENT), share, CHANGE)
    ]
    row = estimates.loc[f"pace_needed.2024.{definition}.cdi"]
    assert (row["low"], row["high"]) == pytest.approx((min(needed), max(needed)), abs=TOLERANCE)


def test_headcounts_and_how_far_the_stated_one_lies(estimates):
    """T1-01 and T1-18."""
    staff = {name: float(WORKFORCE[name]["value"]) for name in ("SW0039", "SW0045", "SW0046")}
    levels = {
        "t1_01.all_grids.2018": 0.373 * staff["SW0039"],
        "t1_01.levels_5a_9.2018": 0.277 * staff["SW0039"],
        "t1_18.as_stated.2018": 0.418 * staff["SW0046"],
        "t1_18.as_stated.2019": 0.418 * staff["SW0045"],
        "t1_01.all_grids.2013": (0.373 - 0.029) * staff["SW0039"] / (1 - 0.068),
    }
    for name, level in levels.items():
        assert estimates.at[f"cadre_headcount.{name}", "value"] == pytest.approx(level, rel=TOLERANCE)
        assert estimates.at[f"distance.{name}", "value"] == pytest.approx(100 * (22473 - level) / level, abs=1e-3)


def test_the_mix_at_which_all_managers_stop_falling(estimates):
    """T1-06 and T1-07: the root of the weighted mean, at the stated changes and at the corners of their rounding."""

    def turning(field, project):
        return 100 * brentq(lambda share: (1 - share) * field + share * project, 0, 1)

    corners = [turning(field, project) for field, project in itertools.product((-3.5, -2.5), (41.5, 42.5))]
    row = estimates.loc["mix.break_even"]
    assert tuple(row[["value", "low", "high"]]) == pytest.approx((turning(-3, 42), min(corners), max(corners)), abs=TOLERANCE)


@pytest.mark.parametrize("years", [(1995, 2002), (2003, 2010), (2011, 2012), (2014, 2020), (2021, 2024)])
def test_the_national_composition_from_its_headcounts(estimates, years):
    """T1-06 and T1-07: managers in managers and professionals; the model reads the printed share, to two decimals."""
    raw = rows("comparators").values()

    def headcount(group, year):
        (found,) = {row["value"] for row in raw if row["series"] == f"employment_{group}" and row["year_last"] == str(year)}
        return float(found)

    managers, both = (
        np.array([sum(headcount(group, year) for group in groups) for year in years])
        for groups in (["isco1_managers"], ["isco1_managers", "isco2_professionals"])
    )
    change = np.diff(100 * managers / both).item()
    assert estimates.at[f"managers_among_cadres.{years[0]}-{years[1]}", "value"] == pytest.approx(change, abs=TOLERANCE)


def test_the_latest_collections_are_as_printed(estimates):
    """T1-08: no arithmetic stands between the printed amounts and the verdict."""
    managers = rows("secu_managers")
    for name, year in (("total", "2019"), ("unknown", "2024")):
        row = estimates.loc[f"receipts.{name}.{year}"]
        assert row["value"] == float(managers[row["obs_ids"]]["value"]) / 1e9  # billion euros
        assert managers[row["obs_ids"]]["year_last"] == year


def test_the_signs_of_the_series_that_count(estimates):
    """T2-15: each series by hand, from its printed values; those of the institution across 2018 are left out."""
    sector, context = rows("social_sector"), rows("context")

    def value(table, obs_id):
        return float(table[obs_id]["value"])

    for_a_split = [
        value(sector, "SS0110") > 0,  # functional cadres of head offices grow
        value(context, "CX0372") > 0,  # directors general grow, 2007-2012
        value(sector, "SS0025") > 0,  # and 2012-2017
        value(context, "CX0373") < 0,  # managers of establishments shrink
        value(sector, "SS0026") < 0,  # educative cadres and chefs de service shrink
        value(sector, "SS0032") < value(sector, "SS0033"),  # diplomas of establishment directors fall behind
    ]
    counts = estimates["value"].filter(like="polarisation.count.")
    assert counts["polarisation.count.sector.for"] == sum(for_a_split)
    assert counts["polarisation.count.sector.against"] == len(for_a_split) - sum(for_a_split)
    rises = value(WORKFORCE, "SW0156") > value(WORKFORCE, "SW0155")  # share in national bodies, 2005 and 2018
    assert (counts["polarisation.count.institution.for"], counts["polarisation.count.institution.against"]) == (
        rises,
        not rises,
    )


DISTRESS, LIFE, SECTOR = rows("distress"), rows("secu_managers"), rows("social_sector")


def test_the_survey_nearest_to_the_stated_distress_at_a_design_effect_of_two(estimates):
    """T1-12. Wilson by statsmodels on half the base, from the lowest to the highest share that prints as 32 %."""
    low, high = ends("DI0170", DISTRESS)
    base = float(DISTRESS["DI0148"]["value"]) / 2
    outer = [proportion_confint(share / 100 * base, base, method="wilson")[side] * 100 for side, share in ((0, low), (1, high))]
    (row,) = [
        row
        for _, row in estimates.iterrows()
        if row["quantity"] == "prevalence" and "DI0170" in str(row["obs_ids"]).split() and row["basis"] == "design effect 2"
    ]
    assert (row["low"], row["high"]) == pytest.approx(outer, abs=TOLERANCE)


def test_the_share_outside_health_for_every_rate_in_health(estimates):
    """T2-01. branch = weight x health + (1 - weight) x rest, over a grid of weights and counts printed to the hundred."""
    found = []
    for cadres, staff, weight in itertools.product(
        (110_650, 110_750), (785_550, 785_650), np.linspace(*[end / 100 for end in ends("SS0018", SECTOR)], 201)
    ):
        for health in np.linspace(0, 1, 201):
            rest = (cadres / staff - weight * health) / (1 - weight)
            if 0 <= rest <= 1:
                found.append(100 * rest)
    assert {float(SECTOR["SS0102"]["value"]), float(SECTOR["SS0014"]["value"])} == {110_700, 785_600}
    row = estimates.loc["sector.outside_health"]
    assert row["high"] == pytest.approx(max(found), abs=TOLERANCE)
    assert row["low"] == pytest.approx(min(found), abs=0.05)  # the grid stops short of zero


def test_the_change_of_the_departure_rate_since_the_last_year_with_both_counts(estimates):
    """T1-14, base 2019: departures of 2022 over permanent contracts that moved by up to 2 % a year for three years."""
    permanent = float(WORKFORCE["SW0045"]["value"])
    before = 100 * float(LIFE["SM0051"]["value"]) / permanent
    later = sum(float(LIFE[name]["value"]) for name in ("SM0058", "SM0064", "SM0066"))
    # up to 10 % of the sum may be off the list of the base year, and up to 20 % more may belong to it
    lowest = 100 * later * 0.9 / (permanent * 1.02**3) - before
    highest = 100 * later * 1.2 / (permanent * 0.98**3) - before
    row = estimates.loc["departures.change.all_but_retirement.2019"]
    assert (row["low"], row["high"]) == pytest.approx((lowest, highest), abs=TOLERANCE)
