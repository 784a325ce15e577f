from hypothesis import given
from hypothesis import strategies as st

from compendium.interval import Interval
from compendium.models import rank

ENDS = st.tuples(st.integers(-9, 9), st.integers(-9, 9)).map(lambda ends: Interval(min(ends), max(ends)))


@given(ENDS, st.lists(ENDS, max_size=8), st.data())
def test_the_bound_holds_the_rank_of_every_choice_of_values(own, others, data):
    value = data.draw(st.integers(own.low, own.high))
    values = [data.draw(st.integers(other.low, other.high)) for other in others]
    assert rank.rank(value, values) in rank.rank_bound(own, others)


@given(ENDS, st.lists(ENDS, max_size=8), st.integers(0, 5))
def test_a_wider_interval_never_narrows_the_rank(own, others, more):
    wide = [Interval(other.low - more, other.high + more) for other in others]
    inner, outer = rank.rank_bound(own, others), rank.rank_bound(own, wide)
    assert outer.low <= inner.low
    assert inner.high <= outer.high


@given(ENDS, st.lists(ENDS, max_size=8))
def test_the_order_of_the_others_does_not_matter(own, others):
    assert rank.rank_bound(own, others) == rank.rank_bound(own, others[::-1])


def test_alone_it_is_first():
    assert rank.rank_bound(Interval(0, 1), []) == Interval(1, 1)
