"""What moved between two folders of results: verdicts, and the numbers behind them, from what to what."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from compendium import paths
from compendium.language import LANGUAGES, Language, Text, number

Row = dict[str, str]
SAID = ("status", "verdict", "evidence_grade", "compatible")
SIZED = ("value", "low", "high", "unit")
FEWEST_DIGITS, MOST_DIGITS = 4, 12  # significant digits of a number, as few as tell it from what it was
NONE = Text("not there", "absent")
LONGEST_LISTING = 20  # estimates that the terminal names; the page has all


@dataclass(frozen=True)
class Change:
    """A claim or an estimate in two folders of results; None where it is not there."""

    name: str
    file: str
    before: Row | None
    after: Row | None

    def differs(self, columns: tuple[str, ...]) -> bool:
        """Whether it has appeared or gone, or another content in one of the columns."""
        before, after = self.before, self.after
        return before is None or after is None or any(before.get(name) != after.get(name) for name in columns)

    def said(self, names: dict[str, dict[str, Row]], language: Language) -> tuple[str, str]:
        """The verdict, its grade and compatibility, before and after, in words; names are those of the registry."""

        def words(row: Row | None) -> str:
            if row is None:
                return NONE.of(language)
            if row["status"] == "pending":
                return Text("pending", "à venir").of(language)
            verdict, grade = names["verdicts"][row["verdict"]], names["evidence_grades"][row["evidence_grade"]]
            fits = {
                "": Text("", ""),
                "yes": Text(", compatible", ", compatible"),
                "no": Text(", not compatible", ", non compatible"),
                "unknown": Text(", compatibility unknown", ", compatibilité inconnue"),
            }[row["compatible"]]
            evidence = Text("evidence", "appui").of(language)
            return f"{verdict[f'name_{language}']}{fits.of(language)}, {evidence} {grade[f'name_{language}']}"

        return words(self.before), words(self.after)

    def sized(self, language: Language) -> tuple[str, str]:
        """The value with its interval and unit, before and after."""
        digits = FEWEST_DIGITS
        while digits < MOST_DIGITS and _sized(self.before, language, digits) == _sized(self.after, language, digits):
            digits += 1
        return _sized(self.before, language, digits), _sized(self.after, language, digits)


@dataclass(frozen=True)
class Comparison:
    """Everything that moved: claims with another verdict, claims with another decisive number, estimates."""

    verdicts: list[Change]
    numbers: list[Change]
    estimates: list[Change]


def compare(before: Path, after: Path) -> Comparison:
    """What moved between two folders of results, each with `ledger.csv` and `estimates/`."""
    claims = list(_changes(before, after, "ledger.csv", "claim_id"))
    names = sorted({path.name for folder in (before, after) for path in (folder / "estimates").glob("*.csv")})
    estimates = [change for name in names for change in _changes(before, after, f"estimates/{name}", "estimate_id")]
    return Comparison(
        verdicts=[change for change in claims if change.differs(SAID)],
        numbers=[change for change in claims if change.differs(SIZED)],
        estimates=[change for change in estimates if change.differs(SIZED)],
    )


def told(found: Comparison, names: dict[str, dict[str, Row]]) -> str:
    """What moved, in lines for a terminal; names are those of the registry."""
    lines = [f"{len(found.verdicts)} verdicts, {len(found.numbers)} decisive numbers, {len(found.estimates)} estimates moved"]
    lines += [f"  {change.name}: {' -> '.join(change.said(names, 'en'))}" for change in found.verdicts]
    for changes in (found.numbers, found.estimates[:LONGEST_LISTING]):
        lines += [f"  {change.name}: {' -> '.join(change.sized('en'))}" for change in changes]
    if (more := len(found.estimates) - LONGEST_LISTING) > 0:
        lines.append(f"  and {more} more estimates")
    return "\n".join(lines)


def page(found: Comparison, names: dict[str, dict[str, Row]], title: Text) -> str:
    """What moved as a page in both languages, that loads nothing."""
    templates = Environment(
        loader=FileSystemLoader(paths.TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    heads = {
        "verdicts": Text("Verdicts", "Verdicts"),
        "numbers": Text("Decisive numbers", "Nombres décisifs"),
        "estimates": Text("Estimates", "Estimations"),
    }
    words = {
        "name": Text("Claim or estimate", "Énoncé ou estimation"),
        "file": Text("File", "Fichier"),
        "before": Text("Before", "Avant"),
        "after": Text("After", "Après"),
        "nothing": Text("None moved.", "Rien n’a changé."),
    }
    parts = {
        language: {
            "title": title.of(language),
            "words": {key: word.of(language) for key, word in words.items()},
            "tables": [
                (
                    head.of(language),
                    [
                        (change, change.said(names, language) if kind == "verdicts" else change.sized(language))
                        for change in getattr(found, kind)
                    ],
                )
                for kind, head in heads.items()
            ],
        }
        for language in LANGUAGES
    }
    return templates.get_template("compare.html").render(parts=parts) + "\n"


def _changes(before: Path, after: Path, file: str, key: str) -> Iterator[Change]:
    old, new = _rows(before / file, key), _rows(after / file, key)
    for name in [*old, *(name for name in new if name not in old)]:
        yield Change(name, file, old.get(name), new.get(name))


def _rows(path: Path, key: str) -> dict[str, Row]:
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row[key]: row for row in csv.DictReader(file)}


def _sized(row: Row | None, language: Language, digits: int) -> str:
    if row is None:
        return NONE.of(language)
    value, low, high = (_number(row[name], language, digits) for name in ("value", "low", "high"))
    ends = f"{low}{Text(' to ', ' à ').of(language)}{high}" if low and high else ""
    return " ".join(part for part in (value, f"({ends})" if value and ends else ends, row["unit"]) if part) or "–"


def _number(written: str, language: Language, digits: int) -> str:
    """A number of a results file with so many significant digits, as the language writes it; empty stays empty."""
    if not written:
        return ""
    shortest = f"{float(written):.{digits}g}"
    decimals = max(0, -int(f"{float(written):e}".partition("e")[2]) + digits - 1) if float(written) else 0
    text = number(float(shortest), language, decimals)
    mark = "." if language == "en" else ","
    return text.rstrip("0").rstrip(mark) if mark in text else text
