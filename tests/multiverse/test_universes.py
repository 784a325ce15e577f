"""Universes of the shipped decisions, against the ledger and against changes made by hand."""

import pandas as pd
import pytest

from compendium import claims, ledger, parameters, paths
from compendium.interval import Interval
from compendium.models import cadre_share
from compendium.multiverse import declaration, run, summary, universe

REGISTRY = claims.read()
DECLARED = declaration.read(paths.DECISIONS, REGISTRY)
NOTEBOOKS = sorted(claims.notebooks(REGISTRY))


@pytest.fixture(scope="module")
def tables():
    return universe.read_tables(NOTEBOOKS, "default")


@pytest.fixture(scope="module")
def judged_by_hand():
    """What `judge` says of the published estimates."""
    estimates = ledger.read_estimates(set(NOTEBOOKS), "default")
    values = parameters.resolve("default")
    return {
        claim_id: claims.judge(claim, estimates[claim.decide.estimates], REGISTRY, values[claim.decide.estimates])
        for claim_id, claim in REGISTRY.items()
    }


def evaluated(claim_id, tables, **changes):
    notebook = REGISTRY[claim_id].decide.estimates
    one = universe.Specification(claim_id, {}, {}, changes)
    (row,) = universe.evaluate([one], tables[notebook], REGISTRY, parameters.resolve("default")[notebook])
    return row


@pytest.mark.parametrize("claim_id", list(REGISTRY))
def test_the_universe_of_the_ledgers_choices_is_the_ledgers_verdict(claim_id, tables, judged_by_hand):
    row, expected = evaluated(claim_id, tables), judged_by_hand[claim_id]
    assert row["failure"] is None
    assert (row["verdict"], row["evidence_grade"]) == (expected.verdict, expected.evidence_grade)
    ends = (expected.interval.low, expected.interval.high) if expected.interval else (None, None)
    for found, known in zip((row["value"], row["low"], row["high"]), (expected.value, *ends), strict=True):
        assert found is None if known is None else found == pytest.approx(known, rel=1e-9)  # published with ten digits


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_a_part_names_the_statements_it_bears_on(notebook, tables):
    values = parameters.resolve("default")[notebook]
    parts = universe.analysis(notebook).estimates(tables[notebook], REGISTRY, values)
    for name, (named, _) in parts._how.items():
        assert set(named.split()) == set(" ".join(parts[name]["claim_id"]).split()), name


def test_a_parameter_an_exact_figure_and_a_year_give_what_the_models_give(tables):
    evidence = cadre_share.Evidence.read(tables["20_cadre_share"]["workforce"], 0.0)
    shares = cadre_share.share_estimates(evidence, Interval(0, 1), {2023: "T1-02"}).set_index("estimate_id")
    row = evaluated("T1-02", tables, parameters={"pace_deviation": 0.0}, stated={"T1-02": {"year": 2023}})
    assert (row["low"], row["high"]) == tuple(shares.loc["cadre_share.2023.any.definition", ["low", "high"]])
    exact = evaluated("T2-18", tables, exact=["SS0045"])
    printed = evaluated("T2-18", tables)
    assert printed["low"] < exact["low"] < exact["high"] <= printed["high"]
    assert exact["high"] == pytest.approx(100 * 30_000 / 37_500)  # by hand, from the two published counts


def test_a_failure_is_a_row_that_says_why(tables):
    row = evaluated("T1-02", tables, leave_out=[{"table": ["workforce"], "quantity": ["cadre_share"]}])
    assert row["verdict"] == universe.FAILED
    assert "needs one cadre_share" in row["failure"]
    assert "no figure to leave out" in evaluated("T1-02", tables, leave_out=[{"obs_id": ["SW9999"]}])["failure"]
    assert (
        "did you mean"
        in evaluated("T1-02", tables, in_place={"cadre_share.2024.any.definition": "cadre_share.2024"})["failure"]
    )


COLUMNS = list(universe.Universe.to_schema().columns)


def rows(*made):
    """Universes of T2-18 by hand: window, perimeter, verdict, low, high."""
    table = [
        dict.fromkeys(COLUMNS)
        | {"specification": f"{place:016x}", "claim_id": "T2-18", "choices": f"window={window} perimeter={perimeter}"}
        | {"verdict": verdict, "low": low, "high": high, "unit": "percent", "evidence": f"{low}"}
        for place, (window, perimeter, verdict, low, high) in enumerate(made)
    ]
    return universe.Universe.validate(pd.DataFrame(table, columns=COLUMNS))


def two_decisions(second="uncertain"):
    def decision(name, label, *options):
        changes = [{}, {"parameters": {name: 0.0}}]
        made = zip(options, changes, strict=True)
        return declaration.Decision(
            name,
            label,
            tuple(declaration.Option(o, summary.VERDICTS["failed"], summary.VERDICTS["failed"], c, {}) for o, c in made),
        )

    decisions = (decision("window", "uncertain", "a", "b"), decision("perimeter", second, "c", "d"))
    return {"T2-18": declaration.Declared("T2-18", decisions, declaration.Text("", ""))}


def test_universes_alike_are_one_finding_and_failures_are_counted():
    made = rows(
        ("a", "c", "supported", 55.0, 90.0),
        ("b", "c", "supported", 55.0, 90.0),
        ("a", "d", "untestable", 45.0, 90.0),
        ("b", "d", "failed", None, None),
    )
    (row,) = summary.counts(made, two_decisions()).to_dict("records")
    assert (row["planned"], row["distinct"], row["failed"], row["holding"], row["others"]) == (4, 2, 1, 1, "untestable=1")


def test_other_questions_are_never_counted_together():
    made = rows(
        ("a", "c", "supported", 55.0, 90.0),
        ("b", "c", "supported", 56.0, 90.0),
    ).assign(choices=["window=a", "window=b"], question="perimeter=c")
    other = made.assign(question="perimeter=d", specification=["a" * 16, "b" * 16], verdict="untestable")
    found = summary.counts(pd.concat([made, other], ignore_index=True), two_decisions("non_equivalent"))
    assert list(found["own"]) == [True, False]
    assert list(found["planned"]) == [2, 2]
    assert list(found["holding"]) == [2, 0]


def test_a_pair_flips_only_where_neither_option_does():
    made = rows(
        ("a", "c", "supported", 55.0, 90.0),
        ("b", "c", "supported", 54.0, 90.0),
        ("a", "d", "supported", 53.0, 90.0),
        ("b", "d", "untestable", 45.0, 90.0),
    )
    (pair,) = summary.flips(made, two_decisions()).to_dict("records")
    assert (pair["options"], pair["option"], pair["second_option"], pair["after"]) == (2, "b", "d", "untestable")
    made.loc[1, "verdict"] = "untestable"
    (single,) = summary.flips(made, two_decisions()).to_dict("records")
    assert (single["options"], single["option"]) == (1, "b")


def test_variance_by_decision_is_the_share_between_its_options():
    # middles 10, 20, 30, 40: window moves them by 10, perimeter by 20; sums of squares 100 and 400 of 500
    made = rows(
        ("a", "c", "supported", 9.0, 11.0),
        ("b", "c", "supported", 19.0, 21.0),
        ("a", "d", "untestable", 29.0, 31.0),
        ("b", "d", "untestable", 39.0, 41.0),
    )
    found = summary.spread(made, two_decisions()).set_index("decision")
    assert found["variance_percent"].to_dict() == pytest.approx({"window": 20.0, "perimeter": 80.0})
    assert found["switches"].to_dict() == {"window": 0, "perimeter": 2}
    assert found["of"].to_dict() == {"window": 2, "perimeter": 2}


def test_no_option_of_the_shipped_decisions_changes_nothing():
    universes = universe.read("default")
    assert not (universes["verdict"] == universe.FAILED).any()
    for claim_id, of in DECLARED.items():
        every = universes[universes["claim_id"] == claim_id]
        findings = [tuple(map(str, row)) for row in every[summary.FINDING].itertuples(index=False)]
        by_choice = {
            tuple(sorted(summary.chosen(row).items())): finding
            for (_, row), finding in zip(every.iterrows(), findings, strict=True)
        }
        assert len(by_choice) == len(every) == len(run.specifications(of) if of.decisions else [])
        for decision in of.decisions:
            for option in decision.options[1:]:
                pairs = [
                    (finding, by_choice.get(tuple(sorted((dict(choice) | {decision.name: decision.options[0].name}).items()))))
                    for choice, finding in by_choice.items()
                    if dict(choice)[decision.name] == option.name
                ]
                assert any(changed != before for changed, before in pairs), f"{claim_id}, {decision.name}, {option.name}"


def test_a_curve_is_drawn_where_five_findings_differ_in_their_number():
    universes = universe.read("default")
    wanted = set()
    for claim_id, of in DECLARED.items():
        if of.decisions:
            found = summary.to_draw(universes, of).dropna(subset=["value", "low", "high"], how="all")
            if found["unit"].nunique() == 1 and len(found[["value", "low", "high"]].drop_duplicates()) >= 5:
                wanted.add(f"universes_{claim_id.lower().replace('-', '_')}")
    assert {path.name.split(".")[0] for path in (paths.results("default") / "figures").glob("universes_*.csv")} == wanted
