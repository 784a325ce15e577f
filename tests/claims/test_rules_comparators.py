"""The rule on the pace beside comparators, on estimates made up for it."""

import re

import pytest

from compendium import claims
from compendium.claims.sentences import comparators as wording
from compendium.interval import Interval
from compendium.models import comparators as model
from compendium.models import estimates

COVERS = {"covers_en": "doubt", "covers_fr": "doute"}


@pytest.fixture(scope="module")
def registry():
    return claims.read()


def made_up(**paces):
    """Estimates of T1-05: the pace of the Sécurité sociale at 0.5, and comparators with the given ones."""

    def row(name, quantity, value, obs_ids, method="slope", **columns):
        kind = {"interval": Interval(value - 0.1, value + 0.1), "interval_kind": "rounding", "unit": "points a year", **COVERS}
        return estimates.row(name, "T1-05", quantity, value=value, method=method, obs_ids=obs_ids, **(kind | columns))

    rows = [row("pace.regime_general", "pace", 0.5, "SW0005", year="2013-2018")]
    codes = {name: f"CO{place:04d}" for place, name in enumerate(paces, 1)}
    rows += [row(f"pace.{name}.1", "pace", value, codes[name], population=name) for name, value in paces.items()]
    for which in ("all", "strong", "near"):
        used = " ".join(["SW0005", *codes.values()])
        rows += [row(f"rank.{name}.{which}", f"rank_{name}", 2.0, used, unit="rank") for name in ("pace", "logit")]
        rows.append(estimates.row(f"ranked.{which}", "T1-05", "ranked", value=3.0, method="slope", obs_ids=used, unit="series"))
    rows.append(row("points_needed.all_grids.cdi", "points_needed", 0.7, "SW0005", method="pace_needed"))
    return estimates.table(rows)


def judged(registry, table):
    return claims.judge(registry["T1-05"], table, registry, {})


@pytest.mark.parametrize("paces", [{"insurance": 0.8, "banks_afb": 1.5}, {"insurance": 0.1}])
def test_it_is_always_a_reading_without_a_grade(registry, paces):
    found = judged(registry, made_up(**paces))
    assert (found.verdict, found.evidence_grade, found.compatible) == ("interpretive", "none", "")
    assert (found.value, found.interval_kind) == (0.5, "rounding")


def test_what_a_stated_share_needs_is_not_leaned_on(registry):
    assert "points_needed.all_grids.cdi" not in judged(registry, made_up(insurance=0.8)).estimate_ids


@pytest.mark.parametrize(("paces", "says"), [({"insurance": 0.8, "banks_afb": 1.5}, "above"), ({"insurance": 0.4}, "below")])
def test_the_nearest_pace_is_where_the_rank_changes(registry, paces, says):
    flip = judged(registry, made_up(**paces)).nearest_flip
    assert says in flip.en
    assert "Insurance" in flip.en
    assert ("au-dessus" in flip.fr) == (says == "above")


def test_every_number_leads_to_an_estimate_that_is_leaned_on(registry):
    found = judged(registry, made_up(insurance=0.8))
    for text in (*found.sentence, *found.nearest_flip):
        targets = re.findall(r"\]\(#([^)]*)\)", text)
        assert targets
        assert set(targets) <= set(found.estimate_ids)


def test_every_comparator_with_a_pace_has_a_name(comparator_shares):
    assert set(model.usable(comparator_shares)["comparator"]) <= set(wording.NAMES)
    assert wording.name("new_one").en == "new_one"
