"""The codebook, docs/codebook.md and docs/codebook.fr.md: every table, column by column, from the schemas that check them."""

from collections.abc import Callable

import pandera.pandas as pa

from compendium import files, microdata, paths, raw
from compendium.clean import comparators, distress, situation, social_sector, workforce, working_life
from compendium.language import Language, Text
from compendium.ledger import Ledger, Shown
from compendium.models.estimates import Estimate
from compendium.multiverse import summary, universe
from compendium.translations import translations

Say = Callable[[str], str]

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
    "results/multiverse/universes.csv": universe.Universe,
    "results/multiverse/counts.csv": summary.Count,
    "results/multiverse/statements.csv": summary.Statement,
    "results/ledger.csv": Ledger,
    "results/index.csv": Shown,
}
TYPES = {
    "Int64": "whole number",
    "int64": "whole number",
    "float64": "number",
    "bool": "yes or no",
    "str": "text",
}
TITLE = "Codebook"
HEAD = (
    "Every table of the project, column by column, written from the schemas that check the tables (`make documents`). A value "
    "is always there unless the rules say that it may be empty."
)
COLUMNS = ("column", "type", "meaning", "rules")
RULES = ("may be empty", "unique", "one of", "nothing", "matches", "at least", "above", "at most", "and")
PAGES: dict[Language, str] = {"en": "codebook.md", "fr": "codebook.fr.md"}


def page(language: Language) -> str:
    """The codebook as Markdown."""
    say = translations(language).gettext
    sections = (_section(name, model, language) for name, model in TABLES.items())
    other = Text("*[En français](codebook.fr.md)*", "*[In English](codebook.md)*").of(language)
    return "\n".join([f"# {say(TITLE)}", "", other, "", say(HEAD), "", *sections])


def messages() -> set[str]:
    """Every text of the codebook that its catalogue has to give in French."""
    found = {TITLE, HEAD, *COLUMNS, *RULES, *TYPES.values()}
    for model in TABLES.values():
        found |= {*_paragraphs(model), *(str(column.description) for column in model.to_schema().columns.values())}
    return found


def _section(name: str, model: type[pa.DataFrameModel], language: Language) -> str:
    say, semicolon = translations(language).gettext, Text("; ", " ; ").of(language)
    lines = [f"## `{name}`"]
    for paragraph in _paragraphs(model):
        lines += ["", say(paragraph)]
    lines += ["", "| " + " | ".join(say(column) for column in COLUMNS) + " |", "|---|---|---|---|"]
    for column_name, column in model.to_schema().columns.items():
        rules = [
            *([say("may be empty")] if column.nullable else []),
            *([say("unique")] if column.unique else []),
            *(_rule(check, say) for check in column.checks),
        ]
        cells = [f"`{column_name}`", say(_type(str(column.dtype))), say(str(column.description)), semicolon.join(rules)]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join([*lines, ""])


def _paragraphs(model: type[pa.DataFrameModel]) -> list[str]:
    return [" ".join(paragraph.split()) for paragraph in (model.__doc__ or "").strip().split("\n\n")]


def _type(dtype: str) -> str:
    return TYPES["str" if dtype.startswith("str") else dtype]


def _rule(check: pa.Check, say: Say) -> str:
    limits = check.statistics or {}
    if "allowed_values" in limits:
        return f"{say('one of')} " + ", ".join(f"`{value}`" if value else say("nothing") for value in limits["allowed_values"])
    if "pattern" in limits:
        return f"{say('matches')} `{getattr(limits['pattern'], 'pattern', limits['pattern'])}`"
    lowest = "at least" if check.name == "greater_than_or_equal_to" else "above"
    words = {"min_value": lowest, "max_value": "at most"}
    return f" {say('and')} ".join(f"{say(words[name])} {value}" for name, value in limits.items())


def renew() -> None:
    """Write docs/codebook.md and docs/codebook.fr.md, where they change."""
    for language, name in PAGES.items():
        files.write_if_changed(paths.DOCS / name, page(language).encode())
