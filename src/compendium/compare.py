"""What moved between two folders of results: verdicts, the numbers behind them, estimates and figures, from what to what.

One comparison for `make` (against the last make), `make diff` (the last commit), `make compare` (another scenario) and
`make verify` (a run from nothing). It reads plain rows; what only a page needs is imported when one is written.
"""

import csv
import json
import math
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compendium import files, parameters, paths
from compendium.language import LANGUAGES, Language, Text, number, unlinked
from compendium.parameters import Value

Row = dict[str, str]
SAID = ("status", "verdict", "evidence_grade", "compatible")
NUMBERS = ("value", "low", "high")
SIZED = (*NUMBERS, "unit")
TOLD = ("sentence_en", "nearest_flip_en", "estimate_ids", "obs_ids", "would_settle_en")
FEWEST_DIGITS, MOST_DIGITS = 4, 12  # significant digits of a number, as few as tell it from what it was
LONGEST_LISTING = 20  # estimates that the terminal names; the page has all
NOTHING = 1e-12  # a difference of rounding alone where the true value is zero
ABSENT = Text("not there", "absent")
PAGES: dict[Language, str] = {"en": "index.html", "fr": "index.fr.html"}
WORDS = {
    "title": Text("What moves from {before} to {after}", "Ce qui change de {before} à {after}"),
    "parameters": Text("Parameters that differ", "Paramètres qui diffèrent"),
    "claims": Text("Claims that move", "Énoncés qui changent"),
    "estimates": Text("Estimates that move", "Estimations qui changent"),
    "figures": Text("Figures that differ", "Figures qui diffèrent"),
    "nothing": Text("Nothing moves.", "Rien ne change."),
    "absent": ABSENT,
    "name": Text("Name", "Nom"),
    "other": Text("En français", "In English"),
}


@dataclass(frozen=True)
class Change:
    """A claim or an estimate in two folders of results; None where it is not there."""

    name: str
    before: Row | None
    after: Row | None
    tolerance: float = 0.0  # two numbers this near to each other, as a part of their size, are the same

    def differing(self, columns: tuple[str, ...]) -> list[str]:
        """The columns with another content; all of them where it has appeared or gone."""
        before, after = self.before, self.after
        if before is None or after is None:
            return list(columns)
        return [name for name in columns if not _same(before[name], after[name], self.tolerance)]

    def told(self) -> str:
        """One line for a terminal: `T1-03: not comparable, evidence extrapolated, 33.7 to 38.3 percent -> contradicted, …`."""
        if self.before and self.after and not self.differing((*SAID, *SIZED)):
            column = self.differing(TOLD)[0]
            one, other = _apart(self.before[column], self.after[column])
            return f"{self.name}: {column} '{one}' -> '{other}'"
        sides = zip((self.before, self.after), self.sized("en"), strict=True)
        return f"{self.name}: {' -> '.join(_in_words(row, size) for row, size in sides)}"

    def sized(self, language: Language) -> tuple[str, str]:
        """The value with its interval and unit, before and after."""
        digits = FEWEST_DIGITS
        while digits < MOST_DIGITS and _sized(self.before, language, digits) == _sized(self.after, language, digits):
            digits += 1
        return _sized(self.before, language, digits), _sized(self.after, language, digits)

    @property
    def far(self) -> float:
        """How far the number of an estimate moved: the largest distance of its ends, as a part of the wider interval.

        A part of the larger value where there is no width; infinite where it has appeared or gone.
        """
        before, after = _ends(self.before), _ends(self.after)
        if before is None or after is None:
            return math.inf
        width = max(before[1] - before[0], after[1] - after[0])
        size = width or max(map(abs, (*before, *after))) or 1.0
        return max(abs(a - b) for a, b in zip(before, after, strict=True)) / size


@dataclass(frozen=True)
class Side:
    """One of two folders of results, and what it is called."""

    name: Text
    results: Path


@dataclass(frozen=True)
class Comparison:
    """Everything that moved: claims, those with another verdict first; estimates, the farthest first; names of figures."""

    claims: list[Change]
    estimates: list[Change]
    figures: list[str]


def claims(before: Path, after: Path, tolerance: float = 0.0) -> list[Change]:
    """The claims whose row of the ledger differs, those whose verdict moved first.

    Args:
        before, after: two files `ledger.csv`.
        tolerance: two numbers this near to each other, as a part of their size, are the same.
    """
    changes = [change for change in _changes(before, after, "claim_id", tolerance) if change.differing((*SAID, *SIZED, *TOLD))]
    return sorted(changes, key=lambda change: "verdict" not in change.differing(SAID))


def compare(before: Path, after: Path) -> Comparison:
    """What moved between two folders of results, each with `ledger.csv`, `estimates/` and `figures/`."""
    names = sorted({path.name for folder in (before, after) for path in (folder / "estimates").glob("*.csv")})
    found = [c for name in names for c in _changes(before / "estimates" / name, after / "estimates" / name, "estimate_id")]
    pictures = [_pictures(folder / "figures") for folder in (before, after)]
    return Comparison(
        claims=claims(before / "ledger.csv", after / "ledger.csv"),
        estimates=sorted((change for change in found if change.differing(SIZED)), key=lambda change: -change.far),
        figures=sorted(name for name in {**pictures[0], **pictures[1]} if pictures[0].get(name) != pictures[1].get(name)),
    )


def scenarios(a: str, b: str) -> str:
    """Compare two scenarios that have been made; writes build/compare/, returns what a terminal shows."""
    first, second = parameters.resolve(a), parameters.resolve(b)
    every = [(section, key, first[section][key], second[section][key]) for section in first for key in first[section]]
    changed = [(f"{section}.{key}", one, two) for section, key, one, two in every if one != two]
    sides = [Side(Text(name, name), paths.results(name)) for name in (a, b)]
    return write(sides[0], sides[1], paths.BUILD / "compare", changed)


def write(before: Side, after: Side, folder: Path, changed: Sequence[tuple[str, Value, Value]] = ()) -> str:
    """Compare two folders of results; writes a page in each language into a folder, returns what a terminal shows."""
    found = compare(before.results, after.results)
    for language in LANGUAGES:
        if found.estimates:
            _draw(found.estimates, before, after, language, folder)
        files.write_if_changed(folder / PAGES[language], _page(found, before, after, language, folder, changed).encode())
    lines = [told(found, changed), f"{paths.relative(folder / PAGES['en'])} shows all of it ({PAGES['fr']}: in French)"]
    return "\n".join(lines)


def told(found: Comparison, changed: Sequence[tuple[str, Value, Value]] = ()) -> str:
    """What moved, in lines for a terminal."""
    lines = [f"{name}: {_setting(one, 'en')} -> {_setting(two, 'en')}" for name, one, two in changed]
    verdicts = sum("verdict" in change.differing(SAID) for change in found.claims)
    others = counted(len(found.claims) - verdicts, "other claim", "other claims")
    lines.append(f"{counted(verdicts, 'verdict', 'verdicts')} moved, and the number, finding or evidence of {others}")
    lines += [f"  {change.told()}" for change in found.claims]
    most = f", the {LONGEST_LISTING} that moved most:" if len(found.estimates) > LONGEST_LISTING else ""
    lines.append(f"{counted(len(found.estimates), 'estimate', 'estimates')} moved{most}")
    lines += [f"  {change.name}: {' -> '.join(change.sized('en'))}" for change in found.estimates[:LONGEST_LISTING]]
    figures = counted(len(found.figures), "figure differs", "figures differ")
    return "\n".join([*lines, f"{figures}: {' '.join(found.figures)}".removesuffix(": ")])


def counted(count: int, one: str, many: str) -> str:
    """A number with its noun: 1 claim, 2 claims."""
    return f"{count} {one if count == 1 else many}"


def _changes(before: Path, after: Path, key: str, tolerance: float = 0.0) -> Iterator[Change]:
    old, new = _rows(before, key), _rows(after, key)
    for name in {**old, **new}:
        yield Change(name, old.get(name), new.get(name), tolerance)


def _rows(path: Path, key: str) -> dict[str, Row]:
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row[key]: row for row in csv.DictReader(file)}


def _pictures(folder: Path) -> dict[str, dict[str, str]]:
    """Each figure with the hashes of its pictures and of what they draw; a PDF or PNG shows the same."""
    traces = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.trace.json"))]
    drawn = (".svg", ".csv")
    return {trace["name"]: {k: v for k, v in trace["sha256"].items() if k.endswith(drawn)} for trace in traces}


def _same(old: str, new: str, tolerance: float) -> bool:
    if old == new or not tolerance:
        return old == new
    try:
        return math.isclose(float(old), float(new), rel_tol=tolerance, abs_tol=NOTHING)
    except ValueError:
        return False


def _apart(old: str, new: str) -> tuple[str, str]:
    """Two texts without the words that they begin and end with alike."""
    one, other = unlinked(old).split(" "), unlinked(new).split(" ")
    for place in (0, -1):
        while one and other and one[place] == other[place]:
            del one[place], other[place]
    return " ".join(one), " ".join(other)


def _in_words(row: Row | None, size: str) -> str:
    """A row of the ledger in a few words: its verdict, grade, compatibility, and number."""
    if row is None:
        return ABSENT.en
    if row["status"] == "pending":
        return "pending"
    fits = f"compatible: {row['compatible']}" if row["compatible"] else ""
    grade = f"evidence {row['evidence_grade']}" if row["evidence_grade"] else ""
    return ", ".join(part for part in (row["verdict"].replace("_", " "), fits, grade, size.strip("–")) if part)


def _ends(row: Row | None) -> tuple[float, float, float] | None:
    """Low end, high end and value; the ends of a value are itself, the value of an interval its middle."""
    if row is None or not any(row[name] for name in NUMBERS):
        return None
    low, high = (float(row[end] or row["value"]) for end in ("low", "high"))
    return low, high, float(row["value"]) if row["value"] else (low + high) / 2


def _sized(row: Row | None, language: Language, digits: int) -> str:
    if row is None:
        return ABSENT.of(language)
    value, low, high = (_number(row[name], language, digits) for name in NUMBERS)
    ends = f"{low}{Text(' to ', ' à ').of(language)}{high}" if low and high and not value == low == high else ""
    return " ".join(part for part in (value, f"({ends})" if value and ends else ends, _unit(row, language)) if part) or "–"


def _unit(row: Row, language: Language) -> str:
    if language == "en":
        return row["unit"].replace("_", " ")
    from compendium.site.words import readable
    from compendium.translations import translations

    return translations(language).gettext(readable(row["unit"])) if row["unit"] else ""


def _number(written: str, language: Language, digits: int) -> str:
    """A number of a results file with so many significant digits, as the language writes it; empty stays empty."""
    if not written:
        return ""
    shortest = f"{float(written):.{digits}g}"
    decimals = max(0, -int(f"{float(written):e}".partition("e")[2]) + digits - 1) if float(written) else 0
    text = number(float(shortest), language, decimals)
    mark = "." if language == "en" else ","
    return text.rstrip("0").rstrip(mark) if mark in text else text


def _setting(value: Value, language: Language) -> str:
    """The value of a parameter: a word as it is, a number as the language writes it."""
    return value if isinstance(value, str) else number(value, language, 4).rstrip("0").rstrip(".,")


def _draw(estimates: list[Change], before: Side, after: Side, language: Language, folder: Path) -> None:
    import matplotlib.pyplot as plt
    import pandas as pd

    from compendium.charts import moved as chart

    rows = []
    for change in estimates:
        for side, row, text in zip((before, after), (change.before, change.after), change.sized(language), strict=True):
            numbers = {name: float(row[name]) if row and row[name] else math.nan for name in NUMBERS}
            rows.append({"estimate_id": change.name, "side": side.name.of(language), "text": text} | numbers)
    folder.mkdir(parents=True, exist_ok=True)
    chart.moved(pd.DataFrame(rows), language).savefig(folder / f"moved.{language}.svg", metadata={"Date": None})
    plt.close("all")


def _page(
    found: Comparison,
    before: Side,
    after: Side,
    language: Language,
    folder: Path,
    changed: Sequence[tuple[str, Value, Value]],
) -> str:
    """What moved as a page of one language, that loads nothing but its figures."""
    from compendium.site.templates import environment

    names = files.read_yaml(paths.CLAIMS)["verdicts"]

    def verdict(row: Row | None) -> str:
        if row is None or row["status"] == "pending":
            return (ABSENT if row is None else Text("pending", "à venir")).of(language)
        return str(names[row["verdict"]][f"name_{language}"])

    def sides(change: Change) -> list[tuple[str, str, str]]:
        rows = (change.before, change.after)
        found = [unlinked(row[f"sentence_{language}"]) if row else "" for row in rows]
        return list(zip(map(verdict, rows), change.sized(language), found, strict=True))

    def picture(side: Side, name: str) -> str:
        path = side.results / "figures" / f"{name}.{language}.svg"
        return os.path.relpath(path, folder) if path.exists() else ""

    called = {"before": before.name.of(language), "after": after.name.of(language)}
    filled: dict[str, Any] = {
        "language": language,
        "called": list(called.values()),
        "words": {key: word.of(language).format(**called) for key, word in WORDS.items()},
        "other": PAGES["fr" if language == "en" else "en"],
        "parameters": [(name, [_setting(value, language) for value in of]) for name, *of in changed],
        "claims": [(change.name, sides(change)) for change in found.claims],
        "estimates": [(change.name, change.sized(language)) for change in found.estimates],
        "figures": [(name, [picture(side, name) for side in (before, after)]) for name in found.figures],
    }
    return environment().get_template("compare.html").render(filled) + "\n"
