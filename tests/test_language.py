import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium import language
from compendium.interval import Interval
from compendium.language import Text


@pytest.mark.parametrize(
    ("value", "digits", "english", "french"),
    [
        (22473, 0, "22,473", "22\u202f473"),
        (41.8, 1, "41.8", "41,8"),
        (-3, 0, "−3", "−3"),
        (-0.04, 1, "0.0", "0,0"),
        (999.95, 1, "1,000.0", "1\u202f000,0"),
    ],
)
def test_numbers_are_written_as_each_language_does(value, digits, english, french):
    assert language.number(value, "en", digits) == english
    assert language.number(value, "fr", digits) == french


@given(st.floats(-1e4, 1e4), st.floats(0, 1e3), st.integers(0, 2))
def test_an_interval_is_rounded_outwards(low, width, digits):
    interval = Interval(low, low + width)
    out = language.outwards(interval, digits)
    slack = 2e-9
    assert out.low <= interval.low + slack
    assert interval.high <= out.high + slack
    assert out.low > interval.low - 10.0**-digits - slack


def test_french_marks_have_no_break_spaces_before_them():
    assert Text("", "oui : « non » ; 5 % ?").of("fr") == "oui\u00a0: «\u00a0non\u00a0»\u202f; 5\u00a0%\u202f?"
    assert Text("yes : no", "").of("en") == "yes : no"


def test_a_link_is_a_number_with_its_estimate():
    sentence = f"between {language.linked('1 %', 'a.b')} and {language.linked('2 %', 'T1-03')}"
    assert sentence == "between [1 %](#a.b) and [2 %](#T1-03)"
    assert language.unlinked(sentence) == "between 1 % and 2 %"
