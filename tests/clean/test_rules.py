import pandas as pd
import pytest

from compendium import paths, raw
from compendium.clean import rules
from compendium.errors import InputError


def rows(*values, **columns):
    frame = pd.DataFrame({"obs_id": [f"XX{i:04d}" for i in range(1, len(values) + 1)], "value": values})
    return frame.assign(
        **({"series": "headcount", "unit": "persons", "status": "observation", "superseded_by": None} | columns)
    )


@pytest.mark.parametrize(
    ("value", "unit", "status", "half"),
    [
        ("37.3", "percent", "observation", 0.05),
        ("28", "percent", "observation", 0.5),
        ("-3", "percent_change", "observation", 0.5),
        ("147018", "persons", "observation", 0.0),
        ("150000", "persons", "rounded", 5000.0),
        ("1800", "persons", "rounded", 50.0),
        ("27.70", "percent", "observation", 0.005),
    ],
)
def test_the_last_printed_digit_gives_the_rounding(value, unit, status, half):
    assert rules.half_unit(value, unit, status) == pytest.approx(half)


def derived(operation, typed, *parents, unit="persons"):
    observations = rules.with_interval(rows(typed, *parents, unit=unit))
    observations.loc[0, "status"] = "derived"
    listed = " ".join(observations["obs_id"][1:])
    derivation = pd.DataFrame([("XX0001", operation, listed, None)], columns=["obs_id", "operation", "parents", "missing"])
    return rules.recompute_derived(observations, derivation).iloc[0]


@pytest.mark.parametrize(
    ("operation", "typed", "parents"),
    [
        ("difference", "34.4", ("37.3", "2.9")),
        ("sum", "6", ("1", "2", "3")),
        ("mean", "2", ("1", "2", "3")),
        ("share", "25", ("1", "4")),
        ("share_of_sum", "25", ("1", "1", "3")),
        ("sum_share", "75", ("4", "1", "2")),
        ("complement", "60", ("30", "10")),
        ("part", "30", ("120", "25")),
        ("ratio", "0.25", ("1", "4")),
        ("percent_change", "50", ("2", "3")),
        ("level_before_change", "100", ("110", "10")),
        ("level_after_change", "110", ("100", "10")),
        ("thousands", "5000", ("5",)),
    ],
)
def test_a_derived_figure_is_computed_from_its_parents(operation, typed, parents):
    figure = derived(operation, typed, *parents)
    assert figure["value"] == pytest.approx(float(typed))
    assert figure["recomputed"] == "yes"
    assert figure["low"] <= figure["value"] <= figure["high"]


def test_the_computed_value_replaces_the_typed_one():
    figure = derived("level_before_change", "157745", "147018", "-6.8")
    assert figure["value"] == pytest.approx(147018 / 0.932)
    assert figure["value"] != 157745


def test_the_rounding_of_the_parents_is_carried():
    figure = derived("difference", "34.4", "37.3", "2.9", unit="percent")
    assert (figure["low"], figure["high"]) == pytest.approx((34.3, 34.5))


def test_a_typed_value_that_the_parents_do_not_give_is_told():
    with pytest.raises(InputError, match=r"XX0001: typed as 34\.5, but difference of XX0002 XX0003 gives 34\.4"):
        derived("difference", "34.5", "37.3", "2.9")


def test_a_derived_figure_without_derivation_is_told():
    observations = rules.with_interval(rows("1", status="derived"))
    none = pd.DataFrame(columns=["obs_id", "operation", "parents", "missing"])
    with pytest.raises(InputError, match="XX0001 is marked derived, but no row says from what"):
        rules.recompute_derived(observations, none)


def test_figures_that_follow_from_each_other_are_told():
    observations = rules.with_interval(rows("1", "1", status="derived"))
    circle = pd.DataFrame(
        [("XX0001", "sum", "XX0002", None), ("XX0002", "sum", "XX0001", None)],
        columns=["obs_id", "operation", "parents", "missing"],
    )
    with pytest.raises(InputError, match="follow from each other"):
        rules.recompute_derived(observations, circle)


def test_a_figure_whose_parents_are_not_in_the_data_is_kept_and_says_so():
    observations = rules.with_interval(rows("7", status="derived"))
    lost = pd.DataFrame([("XX0001", "sum", None, "the two halves")], columns=["obs_id", "operation", "parents", "missing"])
    figure = rules.recompute_derived(observations, lost).iloc[0]
    assert (figure["value"], figure["recomputed"]) == (7, "missing parents")


def rivals(**columns):
    base = {
        "kind": "press",
        "published": "2020",
        "group": "evidence",
        "key": "a",
        "year_last": 2019,
        "recomputed": "",
        "repeats": "",
    }
    return rules.with_interval(rows("10", "20", **(base | columns)))


@pytest.mark.parametrize(
    ("columns", "chosen"),
    [
        ({"kind": ["press", "official"]}, "XX0002"),
        ({"kind": ["union", "press"]}, "XX0001"),
        ({"kind": ["survey", "academic"]}, "XX0001"),
        ({"published": ["2019", "2020-01"]}, "XX0002"),
        ({"published": ["2020-05-01", "2020-04"]}, "XX0001"),
        ({"status": ["rounded", "observation"]}, "XX0002"),
        ({}, "XX0001"),
        ({"recomputed": ["missing parents", ""], "kind": ["official", "press"]}, "XX0002"),
        ({"group": ["set apart", "evidence"], "kind": ["official", "press"]}, "XX0002"),
    ],
)
def test_contradictions_are_chosen_by_kind_then_date_then_digits(columns, chosen):
    frame = rules.choose(rivals(**columns), ["key"])
    assert set(frame["chosen"]) == {chosen}
    others = frame[frame["obs_id"] != chosen]
    assert list(others["rivals"]) == [chosen]
    assert "model" not in set(others["use"])


def test_the_choice_does_not_depend_on_the_order_of_the_rows():
    forward = rivals(kind=["press", "official"])
    backward = forward.iloc[::-1].reset_index(drop=True)
    columns = ["obs_id", "use", "rivals", "chosen"]
    one, other = (rules.choose(frame, ["key"])[columns].sort_values("obs_id") for frame in (forward, backward))
    assert one.to_numpy().tolist() == other.to_numpy().tolist()


def test_figures_of_different_things_do_not_contradict_each_other():
    frame = rules.choose(rivals(key=["a", "b"]), ["key"])
    assert list(frame["use"]) == ["model", "model"]
    assert set(frame["rivals"]) == {""}


def test_a_repeated_figure_is_a_relay_and_no_contradiction():
    frame = rules.choose(rivals(value=["10", "10"]).assign(value=10.0, low=10.0, high=10.0), ["key"])
    assert list(frame["use"]) == ["model", "relay"]
    assert set(frame["rivals"]) == {""}


def test_rounded_figures_are_shown_and_never_modelled():
    frame = rules.choose(rivals(status="rounded", key=["a", "b"]), ["key"])
    assert set(frame["use"]) == {"shown"}


@pytest.mark.parametrize("topic", raw.TOPICS)
def test_the_published_counts_of_every_topic_add_up(topic):
    """Read less what each step takes is what it leaves, down to the figures that models may use."""
    folder = paths.processed("default")
    figures = pd.read_csv(folder / f"{raw.TOPICS[topic]}.csv")
    steps = pd.read_csv(folder / f"{raw.TOPICS[topic]}_counts.csv")
    assert steps["left"].iloc[0] == len(figures) == len(raw.read(topic).observations)
    assert list(steps["left"].iloc[:-1] - steps["taken"].iloc[1:].to_numpy()) == list(steps["left"].iloc[1:])
    assert steps["left"].iloc[-1] == (figures["use"] == "model").sum()


def test_the_table_of_counts_over_all_topics_adds_up():
    table = pd.read_csv(paths.results("default") / "tables" / "figure_counts.csv").set_index("step")
    topics = list(raw.TOPICS.values())
    assert (table[topics].sum(axis=1) == table["total"]).all()
    assert table["left"].iloc[-1] == table["total"].iloc[0] - table["total"].iloc[1:].sum()


def test_a_derived_figure_follows_the_correction_of_its_parent():
    observations = rules.with_interval(rows("30", "10", "20", "25", superseded_by=[None, None, "XX0004", None]))
    observations.loc[0, "status"] = "derived"
    derivation = pd.DataFrame([("XX0001", "sum", "XX0002 XX0003", None)], columns=["obs_id", "operation", "parents", "missing"])
    assert rules.recompute_derived(observations, derivation).iloc[0]["value"] == 35


def test_a_corrected_figure_is_set_apart_and_contradicts_nothing():
    frame = rivals().drop(columns=["group", "repeats"]).assign(superseded_by=["XX0002", None])
    none = pd.DataFrame(columns=["obs_id", "reason", "repeats"], dtype="str")
    frame = rules.choose(rules.group(frame, none, none), ["key"])
    assert list(frame["group"]) == ["set apart", "evidence"]
    assert list(frame["use"]) == ["", "model"]
    assert frame["reason"][0] == "superseded: XX0002 corrects it"
    assert set(frame["rivals"]) == {""}


def test_corrections_in_a_circle_are_told():
    with pytest.raises(InputError, match="correct each other in a circle"):
        raw.current(rows("1", "2", superseded_by=["XX0002", "XX0001"]))
    assert raw.current(rows("1", "2", "3", superseded_by=["XX0002", "XX0003", None]))["XX0001"] == "XX0003"
