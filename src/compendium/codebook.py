"""docs/codebook.md: every table of the project, column by column, from the schemas that check them."""

import pandera.pandas as pa

from compendium import files, microdata, paths, raw
from compendium.clean import comparators, distress, situation, social_sector, workforce, working_life
from compendium.ledger import Ledger, Shown
from compendium.models.estimates import Estimate

TABLES: dict[str, type[pa.DataFrameModel]] = {
    "data/raw/observations/*.csv": raw.Observation,
    "data/raw/sources.csv": raw.Source,
    "data/raw/derivations.csv": raw.Derivation,
    "data/raw/set_apart.csv": raw.SetApart,
    "data/raw/repeats.csv": raw.Repeat,
    "data/raw/chronology.csv": raw.Event,
    "data/processed/workforce.csv": workforce.Workforce,
    "data/processed/working_life.csv": working_life.WorkingLife,
    "data/processed/social_sector.csv": social_sector.SocialSector,
    "data/processed/distress.csv": distress.Distress,
    "data/processed/situation.csv": situation.Situation,
    "data/processed/comparators.csv": comparators.Comparator,
    "data/processed/comparator_shares.csv": comparators.ComparatorShare,
    "build/microdata/brought.csv": microdata.Count,
    "results/estimates/*.csv": Estimate,
    "results/ledger.csv": Ledger,
    "results/index.csv": Shown,
}
TYPES = {
    "Int64": "whole number",
    "int64": "whole number",
    "float64": "number",
    "bool": "yes or no",
}
HEAD = """# Codebook

Every table of the project, column by column, written from the schemas that check the tables (`make documents`). A value is
always there unless the rules say that it may be empty.
"""


def page() -> str:
    """The codebook as Markdown."""
    return "\n".join([HEAD, *(_section(name, model) for name, model in TABLES.items())])


def _section(name: str, model: type[pa.DataFrameModel]) -> str:
    about = (model.__doc__ or "").strip()
    lines = [f"## `{name}`", "", about.replace("\n    ", "\n"), "", "| column | type | meaning | rules |", "|---|---|---|---|"]
    for column_name, column in model.to_schema().columns.items():
        rules = [
            *(["may be empty"] if column.nullable else []),
            *(["unique"] if column.unique else []),
            *map(_rule, column.checks),
        ]
        cells = [f"`{column_name}`", _type(str(column.dtype)), str(column.description), "; ".join(rules)]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join([*lines, ""])


def _type(dtype: str) -> str:
    return "text" if dtype.startswith("str") else TYPES[dtype]


def _rule(check: pa.Check) -> str:
    limits = check.statistics or {}
    if "allowed_values" in limits:
        return "one of " + ", ".join(f"`{value}`" if value else "nothing" for value in limits["allowed_values"])
    if "pattern" in limits:
        return f"matches `{getattr(limits['pattern'], 'pattern', limits['pattern'])}`"
    words = {"min_value": "at least" if check.name == "greater_than_or_equal_to" else "above", "max_value": "at most"}
    return " and ".join(f"{words[name]} {value}" for name, value in limits.items())


def renew() -> None:
    """Write docs/codebook.md, where it changes."""
    files.write_if_changed(paths.CODEBOOK, page().encode())
