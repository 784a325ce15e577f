"""What the tables of contradictions say: which figure is chosen, and by which rule."""

import pandas as pd
import pytest

from compendium import paths, raw


@pytest.mark.parametrize("topic", raw.TOPICS)
def test_every_contradiction_names_one_chosen_figure_and_the_rule_that_the_sources_bear_out(topic):
    table = pd.read_csv(paths.processed("default") / f"{raw.TOPICS[topic]}_contradictions.csv")
    if table.empty:
        return
    assert (table.groupby("chosen")["is_chosen"].sum() == 1).all()
    chosen = table[table["is_chosen"]].set_index("chosen")
    for row in table[~table["is_chosen"]].itertuples():
        preferred = chosen.loc[row.chosen]
        if " before " in row.rule and row.rule != "printed before implied":
            assert row.rule == f"{preferred['kind']} before {row.kind}"
            assert raw.SOURCE_KINDS.index(preferred["kind"]) < raw.SOURCE_KINDS.index(row.kind)
        assert (row.rule == "set apart") == (row.group != preferred["group"])
