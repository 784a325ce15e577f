"""All estimates of a model notebook as one pure function of tidy tables, statements and parameters, a module a notebook.

The notebook `20_cadre_share` and every universe of its statements call the same `analyses.cadre_share.estimates`. Each module
names the tidy tables that it takes in `TABLES`, and those it takes as raw in `RAW`.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from compendium.claims.registry import Claim
from compendium.errors import InputError
from compendium.models.estimates import bearing_on

Tables = Mapping[str, pd.DataFrame]  # name of a table -> the table, as its schema has it
Stated = Mapping[str, Claim]  # the registry of statements
Parameters = Mapping[str, Any]  # of the notebook: name -> value


class Parts(Mapping[str, pd.DataFrame]):
    """The estimates of an analysis by part (schema `Estimate`), in the order they are published; made when first asked for.

    Args:
        made: for each part the statements that it bears on, space-separated, and how it is made.
    """

    def __init__(self, **made: tuple[str, Callable[[], pd.DataFrame]]) -> None:
        self._how = made
        self._made: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._made:
            self._made[name] = self._how[name][1]()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._how)

    def __len__(self) -> int:
        return len(self._how)

    def whole(self) -> pd.DataFrame:
        """All estimates in one table."""
        return pd.concat(self.values(), ignore_index=True)

    def on(self, claim_id: str) -> pd.DataFrame:
        """The estimates that bear on a statement; no other part is made."""
        own = [self[name] for name, (claims, _) in self._how.items() if claim_id in claims.split()]
        if not own:
            raise InputError(f"{claim_id}: no part of the analysis bears on it")
        return bearing_on(pd.concat(own, ignore_index=True), claim_id)
