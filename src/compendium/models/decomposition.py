"""Split a difference into the parts that several changes made, in no favoured order.

The part of a change is its effect averaged over all orders in which the changes can be made (Shapley value; Shorrocks,
2013, "Decomposition procedures for distributional analysis: a unified framework based on the Shapley value", Journal of
Economic Inequality 11(1), 99-126). The parts add up to the whole difference. Where the quantity is a product of factors it
gives the components of Das Gupta (1993, "Standardization and decomposition of rates: a user's manual", U.S. Bureau of the
Census, Current Population Reports P23-186).
"""

import itertools
from collections.abc import Callable, Sequence


def shapley(value: Callable[[frozenset[str]], float], changes: Sequence[str]) -> dict[str, float]:
    """The part of each change in the difference between all changes made and none.

    Args:
        value: the quantity once the named changes are made and the others are not.
        changes: their names.

    Returns:
        name -> part, in the unit of the quantity.

    >>> shapley(lambda made: (3 if "a" in made else 2) * (5 if "b" in made else 4), ["a", "b"])
    {'a': 4.5, 'b': 2.5}
    """
    orders = list(itertools.permutations(changes))
    parts = dict.fromkeys(changes, 0.0)
    for order in orders:
        for place, change in enumerate(order):
            before = frozenset(order[:place])
            parts[change] += (value(before | {change}) - value(before)) / len(orders)
    return parts
