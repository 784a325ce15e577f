"""Against examples that Das Gupta (1993) prints, as the package DasGuptR gives them in its README."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium.models.decomposition import shapley

PRINTED = 5e-8  # half of the last printed digit


def product(start, end):
    names = [f"factor_{place}" for place in range(len(start))]

    def value(made):
        result = 1.0
        for name, before, after in zip(names, start, end, strict=True):
            result *= after if name in made else before
        return result

    return list(shapley(value, names).values())


@pytest.mark.parametrize(
    ("start", "end", "effects", "tolerance"),
    [
        # example 2.1: mean earnings and share of earners
        ((10930, 0.717892), (16591, 0.825974), (4369.913, 1487.262), 5e-4),
        # example 2.2: birth rates of Austria and Chile, 1981
        ((51.78746, 0.45919, 0.52638), (84.90502, 0.75756, 0.51065), (10.4340333, 10.5608476, -0.6670084), PRINTED),
        # example 2.3: four factors, 1971 to 1979
        (
            (25.3, 0.214, 0.279, 0.949),
            (32.7, 0.290, 0.473, 0.986),
            (0.6889411, 0.8125381, 1.3829055, 0.1047547),
            PRINTED,
        ),
    ],
)
def test_products_split_as_printed_by_das_gupta(start, end, effects, tolerance):
    assert product(start, end) == pytest.approx(effects, abs=tolerance)


def test_a_difference_of_rates_splits_as_printed_by_das_gupta():
    """Example 3.1: births 19.4 to 23.7, deaths 10.8 to 9.5; printed 4.3 and 1.3."""

    def growth(made):
        return (23.7 if "births" in made else 19.4) - (9.5 if "deaths" in made else 10.8)

    assert shapley(growth, ["births", "deaths"]) == pytest.approx({"births": 4.3, "deaths": 1.3}, abs=1e-9)


@given(st.lists(st.floats(-100, 100), min_size=8, max_size=8))
def test_the_parts_add_up_whatever_the_quantity(values):
    names = ["a", "b", "c"]

    def value(made):
        return values[sum(2**place for place, name in enumerate(names) if name in made)]

    assert sum(shapley(value, names).values()) == pytest.approx(values[7] - values[0], abs=1e-9)


@given(st.permutations(["a", "b", "c"]))
def test_the_order_in_which_changes_are_named_does_not_matter(names):
    def value(made):
        return (2 if "a" in made else 1) * (5 if "b" in made else 3) + (7 if "c" in made else 0) * len(made)

    assert shapley(value, names) == pytest.approx(shapley(value, ["a", "b", "c"]))
