"""A verdict never improves when evidence is taken away: every rule that decides a claim today, on what it really rests on.

The order is one of what is asserted. `supported` asserts more than `partly_supported` (the direction, and the size with it);
both, like `contradicted` and `not_comparable`, assert more than `untestable`, which asserts nothing. Between agreement,
disagreement and incomparability there is no less and more, so less evidence may not turn one into another. A reading stays
a reading whatever is shown beside it. A rule may also refuse, with a sentence that names what it lacks.
"""

import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compendium import claims, paths, raw
from compendium.clean import working_life
from compendium.errors import InputError
from compendium.models import cadre_share, managers, origins
from compendium.parameters import resolve

# What a verdict may become when some of its evidence is taken away.
NO_MORE = {
    "supported": {"supported", "partly_supported", "untestable"},
    "partly_supported": {"partly_supported", "untestable"},
    "contradicted": {"contradicted", "untestable"},
    "not_comparable": {"not_comparable", "untestable"},
    "untestable": {"untestable"},
    "interpretive": {"interpretive"},
}
REGISTRY = claims.read()
DECIDED = [claim_id for claim_id, claim in REGISTRY.items() if claim.decide]


def evidence(claim_id: str) -> pd.DataFrame:
    """The estimates that bear on a claim, as its notebook published them."""
    path = paths.results("default") / "estimates" / f"{REGISTRY[claim_id].decide.estimates}.csv"
    texts = dict.fromkeys(("estimate_id", "claim_id", "year", "level", "definition", "basis", "obs_ids"), str)
    table = pd.read_csv(path, dtype=texts)
    words = [name for name in table.columns if name not in ("value", "low", "high")]
    table[words] = table[words].astype(object).fillna("")
    return table[[claim_id in ids.split() for ids in table["claim_id"]]].reset_index(drop=True)


def verdict(claim_id: str, table: pd.DataFrame) -> str | None:
    """The verdict on an evidence; None where the rule refuses with a sentence."""
    parameters = resolve("default")[REGISTRY[claim_id].decide.estimates]
    try:
        return claims.judge(REGISTRY[claim_id], table, REGISTRY, parameters).verdict
    except InputError:
        return None


def test_what_a_verdict_may_become_is_a_partial_order():
    assert set(NO_MORE) == set(claims.VERDICTS)
    for one, less in NO_MORE.items():
        assert one in less
        assert all(NO_MORE[other] <= less for other in less), "transitive"
        assert not any(one in NO_MORE[other] for other in less - {one}), "no way back"


@pytest.mark.parametrize("claim_id", DECIDED)
def test_no_single_estimate_taken_away_improves_a_verdict(claim_id):
    table = evidence(claim_id)
    whole = verdict(claim_id, table)
    assert whole is not None
    for row in table.index:
        left = verdict(claim_id, table.drop(row))
        assert left is None or left in NO_MORE[whole], table.at[row, "estimate_id"]


@pytest.mark.parametrize("claim_id", DECIDED)
@settings(max_examples=15)
@given(data=st.data())
def test_no_set_of_estimates_taken_away_improves_a_verdict(claim_id, data):
    """Whole quantities and single estimates, in two steps: what is true of all must be true of what is left after the first."""
    table = evidence(claim_id)
    for _ in range(2):
        whole = verdict(claim_id, table)
        quantities = data.draw(st.sets(st.sampled_from(sorted(set(table["quantity"]))), max_size=2))
        rows = data.draw(st.sets(st.sampled_from(list(table.index)), max_size=8))
        table = table[~table["quantity"].isin(quantities)].drop(rows, errors="ignore")
        left = verdict(claim_id, table)
        assert whole is None or left is None or left in NO_MORE[whole]
        if table.empty:
            break


def subsets(rows):
    """Every way to take some of a few rows away, the fewest first."""
    return (list(gone) for size in range(1, len(rows) + 1) for gone in itertools.combinations(rows, size))


@pytest.mark.parametrize("claim_id", ["T1-01", "T1-18"])
def test_no_published_figure_taken_away_improves_the_verdict_on_a_headcount(figures, claim_id):
    def made(rows):
        if claim_id == "T1-01":
            return cadre_share.headcount_estimates(rows, REGISTRY["T1-01"])
        return cadre_share.implied_headcount_estimates(rows, REGISTRY["T1-02"], REGISTRY["T1-01"])

    whole = made(figures)
    used = sorted(set(" ".join(whole["obs_ids"]).split()))
    for gone in subsets(used):
        rest = figures[~figures["obs_id"].isin(gone)]
        try:
            left = verdict(claim_id, made(rest))
        except InputError:
            continue
        assert left is None or left in NO_MORE[verdict(claim_id, whole)], gone


@pytest.mark.parametrize("values", [(22473, 41.8, 28, -3, 42), (22473, 41.8), (41.8, 12.5), (12.5,)])
def test_no_figure_of_the_document_taken_away_improves_the_verdict_on_provenance(values):
    numbers = {name.lower(): REGISTRY[name] for name in ("T1-01", "T1-02", "T1-03", "T1-06", "T1-07")}
    units = {name: claim.stated["unit"] for name, claim in numbers.items()}
    sources = pd.DataFrame({"source_id": ["a"], "title": ["Carnet de l'emploi 2025"]})
    unit = {claim.value: claim.stated["unit"] for claim in numbers.values()}
    printed = pd.DataFrame({"obs_id": [f"SW900{n}" for n in range(len(values))], "value": [float(v) for v in values]})
    printed = printed.assign(source_id="a", group="evidence", unit=[unit.get(float(v), "percent") for v in values])

    def judged(rows):
        return verdict("T1-20", origins.provenance(sources, rows, "Carnet de l'emploi", numbers, units, {}, "T1-20"))

    whole = judged(printed)
    for gone in subsets(list(printed.index)):
        assert judged(printed.drop(gone)) in NO_MORE[whole]


@pytest.mark.parametrize(("first", "last"), [(1000, 970), (1000, 990), (1000, 1420)])
def test_no_level_taken_away_improves_the_verdict_on_a_group_of_managers(first, last):
    life = working_life.tidy(raw.read("secu_managers"))
    model = life[life["use"] == "model"].iloc[[0, 0]].assign(population="managers de terrain", unit="persons")
    levels = model.assign(obs_id=["SM9001", "SM9002"], year_last=[2014, 2024], year_first=None)
    levels[["value", "low", "high"]] = [[count, count - 0.5, count + 0.5] for count in (first, last)]

    def judged(rows):
        known = pd.concat([life, rows])
        context = evidence("T1-06")
        context = context[context["quantity"].isin(["break_even_share", "share_change"])]
        made = [managers.levels_published(known), managers.published_changes(known), context]
        return verdict("T1-06", pd.concat([table for table in made if len(table)]))

    assert judged(levels) in ("supported", "contradicted")
    assert {judged(levels.iloc[left]) for left in ([0], [1], [])} == {"untestable"}
