import itertools

import numpy as np
import pandas as pd
import pytest

from compendium import claims
from compendium.errors import InputError
from compendium.interval import Interval
from compendium.models import cadre_share

EXACT = 1e-9
RATE = Interval(0, 1)


@pytest.fixture(scope="module")
def evidence(figures):
    return cadre_share.Evidence.read(figures, 2.0)


@pytest.fixture(scope="module")
def ends():
    stated = claims.read()
    return tuple((stated[claim].stated["year"], stated[claim]) for claim in ("T1-03", "T1-02"))


def test_layers_lie_inside_one_another(evidence):
    table = cadre_share.layers(evidence, RATE, range(2013, 2025)).set_index(["year", "definition", "layer"])
    for year in range(2013, 2025):
        for definition in cadre_share.DEFINITIONS:
            nested = [table.loc[(year, definition, layer)] for layer in ("rounding", "path", "basis")]
            nested.append(table.loc[(year, "any", "definition")])
            for inner, outer in itertools.pairwise(nested):
                assert outer["low"] <= inner["low"] + EXACT
                assert inner["high"] <= outer["high"] + EXACT


def test_the_share_on_permanent_contracts_by_hand(evidence):
    """Bounds of 2018: no fixed-term cadre at the largest published fixed-term share, or as many as among permanent staff."""
    table = cadre_share.layers(evidence, RATE, range(2018, 2019)).set_index(["definition", "layer"])
    fixed_term = 1 - 140854 / 148707  # published headcounts of 2019
    assert table.at[("all_grids", "basis"), "low"] == pytest.approx(37.25, abs=EXACT)
    assert table.at[("all_grids", "basis"), "high"] == pytest.approx(37.35 / (1 - fixed_term), abs=EXACT)


def test_the_parts_of_the_rise_add_up_at_every_point_of_the_box(evidence, ends):
    """Growth, definition, basis and remainder are the whole rise: so the bounds must allow exactly it."""
    parts = cadre_share.parts_of_the_rise(evidence, RATE, 0.3, *ends)
    rise = ends[1][1].value - ends[0][1].value
    assert sum(part.low for part in parts.values()) <= rise <= sum(part.high for part in parts.values())
    point = Interval(0.05, 0.05)
    known = cadre_share.Evidence(
        {
            name: type(path)(
                path.year, Interval(path.share.low, path.share.low), Interval(2.9, 2.9), path.years, path.anchored, 0.0
            )
            for name, path in evidence.paths.items()
        },
        point,
        evidence.obs_ids,
    )
    exact = cadre_share.parts_of_the_rise(known, Interval(0.5, 0.5), 0.0, *ends)
    assert sum(part.low for part in exact.values()) == pytest.approx(rise, abs=EXACT)
    assert all(part.width == pytest.approx(0, abs=EXACT) for part in exact.values())


def test_growth_without_any_doubt_is_what_the_wide_definition_gained(evidence, ends):
    """Same basis, no drift of the other grids: all definitions grow alike, and growth is 41.8 less the share of 2014."""
    certain = {
        name: type(path)(path.year, Interval(37.3, 37.3), Interval(2.9, 2.9), 5, True, 0.0)
        if name == "all_grids"
        else type(path)(path.year, Interval(27.7, 27.7), Interval(2.9, 2.9), 5, False, 0.0)
        for name, path in evidence.paths.items()
    }
    known = cadre_share.Evidence(certain, Interval(0, 0), evidence.obs_ids)
    parts = cadre_share.parts_of_the_rise(known, RATE, 0.0, *ends)
    assert parts["growth"].low == pytest.approx(41.8 - (37.3 - 4 * 0.58), abs=EXACT)
    assert parts["definition"].low == pytest.approx(37.3 - 27.7, abs=EXACT)
    assert parts["basis"].low == pytest.approx(0, abs=EXACT)


def test_the_parts_are_those_of_the_shapley_weights_written_out(evidence, ends):
    """A second implementation: eight shares, the weights 1/3, 1/6, 1/6, 1/3 by hand, 20,000 points of the box at random."""
    rng = np.random.default_rng(20250101)
    n, fixed_term = 20_000, (1 - 141011 / 147018, 1 - 140854 / 148707)
    wide_first = evidence.paths["all_grids"].bound(2014)
    wide = rng.uniform(wide_first.low, wide_first.high, n)
    weight_first, weight_last = (1 - rng.choice(fixed_term, n) * (1 - rng.choice([0.0, 1.0], n)) for _ in range(2))
    other_first = rng.choice([37.25 - 27.75 - 1.2, 37.35 - 27.65 + 1.2], n)
    other_last = rng.choice([37.25 - 27.75 - 1.8, 37.35 - 27.65 + 1.8], n) / weight_last
    a0, w0 = wide - other_first, wide  # levels 5A-9 and all grids, all contracts, at the start
    a0c, w0c = a0 / weight_first, w0 / weight_first  # the same on permanent contracts
    a1c, w1c = 41.8 - other_last, np.full(n, 41.8)
    a1, w1 = a1c * weight_last, w1c * weight_last
    growth = (a1 - a0) / 3 + (w1 - w0) / 6 + (a1c - a0c) / 6 + (w1c - w0c) / 3
    definition = (w0 - a0) / 3 + (w1 - a1) / 6 + (w0c - a0c) / 6 + (w1c - a1c) / 3
    basis = (a0c - a0) / 3 + (w0c - w0) / 6 + (a1c - a1) / 6 + (w1c - w1) / 3
    assert growth + definition + basis == pytest.approx(41.8 - a0)
    parts = cadre_share.parts_of_the_rise(evidence, RATE, 0.3, *ends)
    for name, drawn in (("growth", growth), ("definition", definition), ("basis", basis), ("remainder", a0 - 28)):
        assert parts[name].low - EXACT <= drawn.min()
        assert drawn.max() <= parts[name].high + EXACT
    assert parts["growth"].high - growth.max() < 0.5  # points: random draws come near the corner, not to it


def test_headcounts_are_shares_of_headcounts_of_the_same_year(figures):
    table = cadre_share.headcount_estimates(figures, claims.read()["T1-01"]).set_index("estimate_id")
    assert table.at["cadre_headcount.t1_01.levels_5a_9.2018", "value"] == pytest.approx(147018 * 0.277, abs=EXACT)
    assert table.at["distance.t1_01.all_grids.2018", "value"] == pytest.approx(100 * (22473 / (147018 * 0.373) - 1), abs=EXACT)


def test_the_published_growth_splits_into_cadres_gained_and_others_lost(figures):
    """At the printed values, against the two-factor decomposition written out by hand; the bounds hold it and the growth."""
    staff, share = (157744.635, 147018), (0.344, 0.373)
    c0, c1 = (s * n for s, n in zip(share, staff, strict=True))
    o0, o1 = ((1 - s) * n for s, n in zip(share, staff, strict=True))
    gained = 50 * (c1 / (c1 + o0) - c0 / (c0 + o0) + c1 / (c1 + o1) - c0 / (c0 + o1))
    table = cadre_share.growth_split_estimates(figures).set_index("estimate_id")
    cadres, others = (table.loc[f"growth_split.{name}.points"] for name in ("cadres", "others"))
    assert cadres["low"] <= gained <= cadres["high"]
    assert others["low"] <= 2.9 - gained <= others["high"]


def test_a_split_of_growth_needs_two_years(figures):
    with pytest.raises(InputError, match="two years with a cadre share and a headcount"):
        cadre_share.growth_split_estimates(without(figures, "quantity == 'cadre_share' and year_last == 2013"))


def without(figures: pd.DataFrame, query: str) -> pd.DataFrame:
    return figures.drop(figures.query(query).index)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("quantity == 'cadre_share_change'", "needs one cadre_share_change"),
        ("quantity == 'cadre_share' and definition == 'levels_5a_9'", "needs one cadre_share (levels_5a_9"),
        ("quantity == 'headcount' and basis == 'cdi'", "no year has a headcount of both"),
    ],
)
def test_missing_evidence_is_told(figures, query, says):
    with pytest.raises(InputError) as raised:
        cadre_share.Evidence.read(without(figures, query), 2.0)
    assert says in str(raised.value)


def test_a_year_that_stands_twice_is_told(figures):
    twice = pd.concat([figures, figures.query("obs_id == 'SW0005'").assign(obs_id="SW9999")])
    with pytest.raises(InputError, match="found SW0005 SW9999"):
        cadre_share.Evidence.read(twice, 2.0)


def test_no_order_of_rows_matters(figures, evidence):
    assert cadre_share.Evidence.read(figures.iloc[::-1], 2.0) == evidence


def test_no_estimate_rests_on_a_statement_under_test(figures, evidence, ends):
    tables = [
        cadre_share.share_estimates(evidence, RATE, {2014: "T1-03"}),
        cadre_share.breakdown_estimates(evidence, RATE, *ends),
        cadre_share.parts_estimates(evidence, RATE, 0.3, *ends),
        cadre_share.headcount_estimates(figures, ends[0][1]),
    ]
    used = set(" ".join(pd.concat(tables)["obs_ids"]).split())
    assert used <= set(figures.query("use == 'model'")["obs_id"])
