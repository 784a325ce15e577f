"""Inputs spoilt in the ways that inputs are spoilt: one seeded change of one file each, and what has to be told of it."""

import csv
import io
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import yaml

from compendium import datapackage, paths, raw
from compendium.parameters import OF_SCENARIO, RUNNER

SEEDS = (1, 2, 3)
SCENARIO = "parameters/mine.yaml"
DECISIONS = "data/multiverse.yaml"
DEFAULT = "parameters/default.yaml"
FORMULA = '=HYPERLINK("https://example.org","source")'
HTML = ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "see <b>table 2</b>", "</td></tr><!-- ")
HUGE = "x" * 10_000_000
YEARS = {"year_first": "20224", "year_last": "20224", "year": "20224", "published": "20224", "added": "20224-01-01"}
WRONG_TYPE = {
    "value": "about forty",
    "year_first": "twenty",
    "year": "MCMXLV",
    "published": "last spring",
    "operation": "12",
    "obs_id": "12",
    "url": "see above",
}
REFERENCES = {
    "source_id": "no_such_source",
    "superseded_by": "SW9998",
    "obs_id": "SW9998",
    "parents": "SW0001 SW9998",
    "repeats": "SW9998",
}
ANSWERS = ("unit", "status", "verified", "kind", "operation")


@dataclass(frozen=True)
class Mutant:
    """A file of the project with other bytes."""

    kind: str
    file: str
    content: bytes
    told: tuple[str, ...]  # patterns that the one message holds: file, row, column; none if the file still says the same


def corpus() -> list[Mutant]:
    """All mutants, in a fixed order.

    One more file of YAML is one more `_of_yaml` here, and its command and reader in `command` and `content` of the test.
    """
    return [*_of_tables(), *_of_claims(), *_of_defaults(), *_of_scenario(), *_of_decisions(), *_of_seal()]


def scenario() -> str:
    """A scenario that gives every parameter that it may its default value."""
    content = yaml.safe_load((paths.ROOT / DEFAULT).read_text(encoding="utf-8"))
    lines = []
    for section, entries in content.items():
        if section in OF_SCENARIO:
            continue
        lines += [f"{section}:" if entries else f"{section}: {{}}"]
        lines += [f"  {name}: {entry['value']}" for name, entry in entries.items()]
    return "\n".join(lines) + "\n"


def _draw(*of: object) -> random.Random:
    return random.Random(" ".join(map(str, of)))


def _of_bytes(file: str, text: str) -> Iterator[Mutant]:
    """What can befall any text: its encoding, its line ends, its length."""
    data = text.encode()
    lines = data.split(b"\n")
    yield Mutant("BOM", file, b"\xef\xbb\xbf" + data, (file, "line 1: has a byte-order mark"))
    yield Mutant("CRLF", file, data.replace(b"\n", b"\r\n"), (file, "line 1: has CR or CRLF"))
    yield Mutant("empty file", file, b"", (file, "is empty"))
    yield Mutant("empty file", file, b"\n \n", (file, "is empty"))
    beyond = next((n for n, line in enumerate(lines, 1) if not line.isascii()), None)
    latin = text.encode("latin-1", errors="replace")
    yield Mutant("Latin-1", file, latin if beyond else data, (file, f"line {beyond}: is not UTF-8") if beyond else ())
    for seed in SEEDS:
        at = _draw(file, "bytes", seed).randrange(len(lines) - 1)
        for kind, end, told in (
            ("NUL", b"\x00", "has a NUL byte"),
            ("CRLF", b"\r", "has CR or CRLF"),
            ("Latin-1", b"\xe9", "is not UTF-8"),
        ):
            spoilt = b"\n".join([*lines[:at], lines[at] + end, *lines[at + 1 :]])
            yield Mutant(kind, file, spoilt, (file, f"line {at + 1}: {told}"))


def _of_tables() -> Iterator[Mutant]:
    for path, model in datapackage.tables().items():
        file, text = path.relative_to(paths.ROOT).as_posix(), path.read_text(encoding="utf-8")
        rows = list(csv.reader(io.StringIO(text)))
        yield from _of_bytes(file, text)
        yield Mutant("empty file", file, (text.partition("\n")[0] + "\n").encode(), (file, "has no row below its header"))
        yield from _of_shape(file, text, rows)
        for seed in SEEDS:
            yield from _of_cells(file, rows, model is raw.Observation, seed)


def _of_shape(file: str, text: str, rows: list[list[str]]) -> Iterator[Mutant]:
    """Delimiters, columns and lines of a table."""
    lines = text.removesuffix("\n").split("\n")
    for other in ";", "\t":
        yield Mutant("wrong delimiter", file, _table(rows, other), (file, "row 1: unknown column"))
    for seed in SEEDS:
        draw = _draw(file, "shape", seed)
        at = draw.randrange(1, len(lines))
        semicolons = ";".join(rows[at])
        if "," not in semicolons:  # else the row may have as many columns by chance
            yield Mutant("wrong delimiter", file, _lines(lines, at, semicolons), (file, rf"row {at + 1}: has \d+ columns"))
        cut = draw.randrange(lines[at].rindex(","))
        yield Mutant("truncated line", file, _lines(lines, at, lines[at][:cut]), (file, rf"row {at + 1}\b"))
        column = draw.randrange(len(rows[0]))
        name = rows[0][column]
        without = [[*row[:column], *row[column + 1 :]] for row in rows]
        yield Mutant("missing column", file, _table(without), (file, f"row 1: the column '{name}' is missing"))
        yield Mutant(
            "missing column", file, _table([*rows[:at], without[at], *rows[at + 1 :]]), (file, rf"row {at + 1}: has \d+")
        )
        more = [[*row[:column], "remark" if row is rows[0] else "", *row[column:]] for row in rows]
        yield Mutant("extra column", file, _table(more), (file, "row 1: unknown column 'remark'"))
        yield Mutant("extra column", file, _table([*rows[:at], more[at], *rows[at + 1 :]]), (file, rf"row {at + 1}: has \d+"))
        quoted = [*rows[at][:column], f'"{rows[at][column]}', *rows[at][column + 1 :]]
        yield Mutant("lost quote", file, _lines(lines, at, ",".join(quoted)), (file, rf"row {at + 1}\b"))
    at = _draw(file, "huge").randrange(1, len(rows))
    yield Mutant(
        "10 MB field", file, _with(rows, at, rows[0][-1], HUGE), _place(file, at, rows[0][-1], "has 10000000 characters")
    )


def _of_cells(file: str, rows: list[list[str]], observations: bool, seed: int) -> Iterator[Mutant]:
    """What stands in one cell of a table."""
    header = rows[0]

    def draw(kind: str, where: Callable[[dict[str, str]], bool] = lambda row: True) -> int:
        fit = [place for place, row in enumerate(rows) if place and where(dict(zip(header, row, strict=True)))]
        return _draw(file, kind, seed).choice(fit) if fit else 0

    def cell(
        kind: str, column: str, value: str, *told: str, where: Callable[[dict[str, str]], bool] = lambda row: True
    ) -> Iterator[Mutant]:
        if column in header and (at := draw(kind + column, where)):
            yield Mutant(kind, file, _with(rows, at, column, value), _place(file, at, column, *told))

    for column, value in WRONG_TYPE.items():
        yield from cell("wrong type", column, value)
    for column, value in YEARS.items():
        yield from cell("year 20224", column, value)
    for column, value in REFERENCES.items():
        if column != header[0] or not (observations or file.endswith("sources.csv")):
            yield from cell("orphan", column, value, "SW9998|no_such_source")
    for column in ANSWERS:
        yield from cell("unknown unit or word", column, "heads", "'heads'")
    column = _draw(file, "formula", seed).choice(header)
    yield from cell("formula", column, FORMULA, "formula of a spreadsheet")
    texts = [
        name
        for name in header
        if name in ("title", "note", "definition", "population", "reason", "event", "locator", "missing")
    ]
    for column in texts or header[-1:]:
        yield from cell("HTML", column, _draw(file, column, seed).choice(HTML), "reads as HTML")
    if len({row[0] for row in rows}) == len(rows):
        one, other = sorted(_draw(file, "twice", seed).sample(range(1, len(rows)), 2))
        yield Mutant("duplicate id", file, _with(rows, other, header[0], rows[one][0]), _place(file, one, header[0], "unique"))
    if observations:
        at = draw("comma", lambda row: "." in row["value"])
        if at:
            value = rows[at][header.index("value")].replace(".", ",")
            yield Mutant("decimal comma", file, _with(rows, at, "value", value), _place(file, at, "value", f"'{value}'"))
            unquoted = ",".join(
                value if name == "value" else cell for name, cell in zip(header, ["x"] * len(header), strict=True)
            )
            lines = [_line(row) for row in rows]
            yield Mutant("decimal comma", file, _lines(lines, at, unquoted), (file, rf"row {at + 1}: has \d+ columns"))
        percent = "a percent lies between 0 and 100"
        yield from cell("percent above 100", "value", "100.1", percent, where=lambda row: row["unit"] == "percent")
        elsewhere = next(path for path in datapackage.tables() if path.stem != file.rpartition("/")[2].removesuffix(".csv"))
        theirs = elsewhere.read_text(encoding="utf-8").split("\n")[seed].partition(",")[0]
        name = f"data/raw/observations/{elsewhere.stem}.csv|{file}"  # the row is named in the topic that is read first
        at = draw("elsewhere")
        told = (name, r"row \d+", "column 'obs_id'", f"'{theirs}' stands in two topics")
        yield Mutant("duplicate id", file, _with(rows, at, "obs_id", theirs), told)


def _of_yaml(file: str, text: str, key: str) -> Iterator[Mutant]:
    """What can befall a file of YAML; `key` is a line that stands in it."""
    yield from _of_bytes(file, text)
    line = text[: text.index(key)].count("\n") + 1
    bomb = "a: &a [x, x]\n" + "".join(
        f"{one}: &{one} [*{before}, *{before}]\n" for before, one in zip("abcdefgh", "bcdefghi", strict=True)
    )
    yield Mutant("YAML anchor bomb", file, (bomb + text).encode(), (file, "line 2: aliases are not allowed"))
    for tag in (
        "!!python/object/apply:os.system [id]",
        "!!python/name:os.system",
        "!!python/object/new:subprocess.Popen [[id]]",
    ):
        changed = text.replace(key, f"spoilt: {tag}\n{key}", 1)
        yield Mutant(
            "YAML tag that would run code", file, changed.encode(), (file, f"line {line}: could not determine a constructor")
        )
    yield Mutant("10 MB field", file, text.replace(key, f"spoilt: {HUGE}\n{key}", 1).encode(), (file, f"line {line}: has 1000"))
    yield Mutant("wrong delimiter", file, text.replace(key, f"\t{key}", 1).encode(), (file, f"line {line}: "))
    yield Mutant(
        "wrong delimiter",
        file,
        text.replace(key, key.replace(":", " =", 1), 1).encode(),
        (file, f"line ({line}|{line + 1})\\b"),
    )
    yield Mutant("lost quote", file, text.replace(key, f'spoilt: "a\n{key}', 1).encode(), (file, r"line \d+: "))
    yield Mutant(
        "formula", file, text.replace(key, f"spoilt: '{FORMULA}'\n{key}", 1).encode(), (file, f"line {line}: ", "formula")
    )
    for html in HTML:
        yield Mutant("HTML", file, text.replace(key, f'spoilt: "{html}"\n{key}', 1).encode(), (file, f"line {line}: ", "HTML"))


def _of_claims() -> Iterator[Mutant]:
    file, text = "data/raw/claims.yaml", paths.CLAIMS.read_text(encoding="utf-8")
    yield from _of_yaml(file, text, "verdicts:")
    head, *entries = re.split(r"^(?=- id: )", text, flags=re.MULTILINE)

    def changed(kind: str, pattern: str, new: str, seed: int, *told: str) -> Iterator[Mutant]:
        fit = [place for place, entry in enumerate(entries) if re.search(pattern, entry, flags=re.MULTILINE)]
        at = _draw(file, kind, pattern, seed).choice(fit)
        spoilt = re.sub(pattern, new, entries[at], count=1, flags=re.MULTILINE)
        claim = entries[at].split()[2]
        content = "".join([head, *entries[:at], spoilt, *entries[at + 1 :]])
        yield Mutant(kind, file, content.encode(), (file, *(part.replace("CLAIM", claim) for part in told)))

    for seed in SEEDS:
        yield from changed("wrong type", r"^  says_en: .*$", "  says_en: [a, b]", seed, "CLAIM", "'says_en' needs a text")
        yield from changed("wrong type", r"^  says_fr: .*$", "  says_fr: 12", seed, "CLAIM", "'says_fr' needs a text")
        yield from changed("wrong type", r"value: [\d.-]+", "value: many", seed, "CLAIM", "'value' needs a number")
        yield from changed("wrong type", r"^  stated: .*$", "  stated: [41.8]", seed, "CLAIM", "'stated' needs a mapping")
        yield from changed("wrong type", r"^    function: .*$", "    function: [x]", seed, "CLAIM", "'function' needs a text")
        yield from changed(
            "decimal comma", r"value: (\d+)\.?\d*, unit", r'value: "\1,8", unit', seed, "CLAIM", "'value' needs a number"
        )
        yield from changed(
            "percent above 100",
            r"value: \d+(\.\d+)?, unit: percent,",
            "value: 418, unit: percent,",
            seed,
            "CLAIM",
            "between 0 and 100",
        )
        yield from changed("year 20224", r"^(  stated: .*year: )20\d\d", r"\g<1>20224", seed, "CLAIM", "'year'")
        yield from changed("missing column", r"^  rule: .*\n", "", seed, "CLAIM", "'rule' needs a text")
        yield from changed("missing column", r"^    otherwise: .*\n", "", seed, "CLAIM", "'decide' needs exactly")
        yield from changed("missing column", r"^  would_settle_fr: .*\n", "", seed, "CLAIM", "'would_settle_fr'")
        yield from changed("extra column", r"^  kind:", "  remark: x\n  kind:", seed, "CLAIM", "unknown key 'remark'")
        yield from changed(
            "unknown unit or word", r"^    otherwise: .*$", "    otherwise: maybe", seed, "CLAIM", "no verdict 'maybe'"
        )
        yield from changed("orphan", r"^    function: .*$", "    function: judged", seed, "CLAIM", "no rule function 'judged'")
        yield from changed("orphan", r"^    estimates: .*$", "    estimates: 99_none", seed, "CLAIM", "no notebook '99_none'")
        yield from changed(
            "path traversal", r"^    estimates: .*$", "    estimates: ../../etc/passwd", seed, "CLAIM", "no notebook"
        )
        yield from changed("HTML", r'^  says_en: "', f'  says_en: "{HTML[seed % 4]} ', seed, r"line \d+: ", "HTML")
        yield from changed("truncated line", r'^(  says_fr: "..).*$', r"\1", seed, r"line \d+: ")
        one, other = sorted(_draw(file, "twice", seed).sample(range(len(entries)), 2))
        ids = [entry.split()[2] for entry in entries]
        twice = text.replace(f"- id: {ids[other]}\n", f"- id: {ids[one]}\n")
        yield Mutant("duplicate id", file, twice.encode(), (file, f"{ids[one]} stands twice"))


def _parameters(text: str) -> list[tuple[str, str]]:
    """Section and name of every parameter of the defaults."""
    content = yaml.safe_load(text)
    return [(section, name) for section, entries in content.items() if section not in OF_SCENARIO for name in entries]


def _of_defaults() -> Iterator[Mutant]:
    text = (paths.ROOT / DEFAULT).read_text(encoding="utf-8")
    yield from _of_yaml(DEFAULT, text, "runner:\n")
    for seed in SEEDS:
        section, name = _draw(DEFAULT, seed).choice(_parameters(text))
        start = text.index(f"\n{section}:\n")
        begin = text.index(f"\n  {name}:\n", start)
        end = text.index("\n    meaning:", begin)
        entry = text[begin:end]

        def changed(
            kind: str, pattern: str, new: str, *told: str, begin: int = begin, end: int = end, entry: str = entry
        ) -> Mutant:
            spoilt = re.sub(pattern, new, entry, count=1, flags=re.MULTILINE)
            assert spoilt != entry, (kind, entry)
            return Mutant(kind, DEFAULT, (text[:begin] + spoilt + text[end:]).encode(), (DEFAULT, *told))

        where = rf"{section}\.{name}"
        yield changed("wrong type", r"value: .*", "value: many", where, "'many' is not a number")
        yield changed("wrong type", r"value: .*", "value: true", where, "not a number")
        yield changed("wrong type", r"unit: .*", "unit: [x]", where, "not a text")
        yield changed("wrong type", r"low: .*", "low: 2019-01-01", where, "not a number")
        yield changed("decimal comma", r"value: .*", 'value: "2,0"', where, "'2,0' is not a number")
        yield changed("percent above 100", r"value: .*", "value: 1e9", where, "out of bounds|not a")
        yield changed("percent above 100", r"high: .*", "high: -1000001", where, "out of bounds")
        yield changed("missing column", r"    unit: .*\n", "", where, "the key 'unit' is missing")
        yield changed("missing column", r"    value: .*\n", "", where, "the key 'value' is missing")
        yield changed("extra column", r"    unit:", "    remark: x\n    unit:", where, "unknown key 'remark'")
        yield changed("duplicate id", r"    unit:", "    value: 1\n    unit:", r"line \d+: the key 'value' stands twice")
        yield changed("duplicate id", rf"^  {name}:", f"  {name}: {{}}\n  {name}:", rf"line \d+: the key '{name}' stands twice")
        yield changed("truncated line", r"    unit: .*\n", "    unit\n", r"line \d+: ")
        typo = text.replace(f"\n{section}:\n", f"\n{section}x:\n", 1)
        told = "has no section" if section != RUNNER else "'runner' has no section|no notebook 'runnerx'"
        yield Mutant(
            "orphan",
            DEFAULT,
            typo.encode(),
            (DEFAULT, told if section == RUNNER else f"'{section}' has no section|no notebook '{section}x'"),
        )
        extra = f"{text}\n99_none{seed}: {{}}\n"
        yield Mutant("orphan", DEFAULT, extra.encode(), (DEFAULT, f"no notebook '99_none{seed}'"))


def _of_scenario() -> Iterator[Mutant]:
    text = scenario()
    yield from _of_yaml(SCENARIO, text, "20_cadre_share:\n")
    for seed in SEEDS:
        section, name = _draw(SCENARIO, seed).choice(_parameters((paths.ROOT / DEFAULT).read_text(encoding="utf-8")))
        start = text.index(f"{section}:\n")
        line = re.compile(rf"^  {name}: .*$", flags=re.MULTILINE)

        def changed(kind: str, new: str, *told: str, start: int = start, line: re.Pattern[str] = line) -> Mutant:
            return Mutant(kind, SCENARIO, (text[:start] + line.sub(new, text[start:], count=1)).encode(), (SCENARIO, *told))

        where = rf"{section}\.{name}"
        word = "options" in yaml.safe_load((paths.ROOT / DEFAULT).read_text(encoding="utf-8"))[section][name]
        yield changed("wrong type", f"  {name}: many", where, "'many' is not a")
        yield changed("wrong type", f"  {name}: [1, 2]", where, "is not a")
        yield changed("wrong type", f"  {name}:", where, "is not a")
        yield changed("wrong type", f"  {name}: .nan", where, "is not allowed" if word else "out of bounds|not a whole number")
        yield changed("decimal comma", f"  {name}: 2,0", where, "'2,0' is not a")
        yield changed("percent above 100", f"  {name}: 1000000000", where, "is not allowed" if word else "out of bounds")
        yield changed("duplicate id", f"  {name}: 1\n  {name}: 1", rf"line \d+: the key '{name}' stands twice")
        yield changed("extra column", f"  {name}_x: 1", section, f"no parameter '{name}_x'")
        yield changed("truncated line", f"  {name}", r"line \d+: |needs a mapping")
        yield Mutant("orphan", SCENARIO, f"{text}99_none: {{}}\n".encode(), (SCENARIO, "no notebook '99_none'"))


def _of_decisions() -> Iterator[Mutant]:
    text = paths.DECISIONS.read_text(encoding="utf-8")
    yield from _of_yaml(DECISIONS, text, "claims:\n")
    claims = re.split(r"^(?=  T\d-\d\d:$)", text, flags=re.MULTILINE)

    def changed(kind: str, pattern: str, new: str, seed: int, *told: str) -> Iterator[Mutant]:
        places = [
            (at, match)
            for at, entry in enumerate(claims)
            for match in re.finditer(pattern, entry, flags=re.MULTILINE)
            if entry.startswith("  T")
        ]
        at, match = _draw(DECISIONS, kind, pattern, seed).choice(places)
        spoilt = claims[at][: match.start()] + match.expand(new) + claims[at][match.end() :]
        content = "".join([*claims[:at], spoilt, *claims[at + 1 :]])
        claim = claims[at].split()[0].rstrip(":")
        yield Mutant(kind, DECISIONS, content.encode(), (DECISIONS, *(part.replace("CLAIM", claim) for part in told)))

    for seed in SEEDS:
        yield from changed("unknown unit or word", r"^        label: .*$", "        label: similar", seed, "CLAIM", "'label'")
        yield from changed("unknown unit or word", r"^      (\w+):$", r"      \1_x:", seed, "CLAIM", "decision|unknown key")
        yield from changed(
            "wrong type", r'^            (en|why_fr): ".*"$', r"            \1: 12", seed, "CLAIM", "needs a text"
        )
        yield from changed("wrong type", r"^        options:\n", "        options: 12\n        was:\n", seed, "CLAIM")
        yield from changed(
            "wrong type", r"^            parameters: .*$", "            parameters: [x]", seed, "CLAIM", "mapping"
        )
        yield from changed(
            "wrong type", r"^            leave_out: .*$", "            leave_out: all", seed, "CLAIM", "needs a list"
        )
        yield from changed("missing column", r"^            why_en: .*\n", "", seed, "CLAIM", "the key 'why_en' is missing")
        yield from changed("missing column", r"^        label: .*\n", "", seed, "CLAIM", "the key 'label' is missing")
        yield from changed("missing column", r"^    none_fr: .*\n", "", seed, "CLAIM", "the key 'none_fr' is missing")
        yield from changed(
            "extra column",
            r"^            why_en:",
            "            remark: x\n            why_en:",
            seed,
            "CLAIM",
            "unknown key 'remark'",
        )
        yield from changed("orphan", r"^  T\d-\d\d:$", "  T9-99:", seed, "no statement 'T9-99'")
        yield from changed(
            "orphan",
            r"parameters: \{\w+:",
            "parameters: {no_such_parameter:",
            seed,
            "CLAIM",
            "no parameter 'no_such_parameter'",
        )
        yield from changed(
            "orphan", r"forbids: \{(\w+): \[\w+", r"forbids: {\1: [no_such_option", seed, "CLAIM", "no option 'no_such_option'"
        )
        yield from changed(
            "decimal comma", r"parameters: \{(\w+): (\d+)\.(\d+)", r'parameters: {\1: "\2,\3"', seed, "CLAIM", "is not a number"
        )
        yield from changed(
            "percent above 100",
            r"parameters: \{(\w+): [\d.]+",
            r"parameters: {\1: 1000000000",
            seed,
            "CLAIM",
            "out of bounds|not a",
        )
        yield from changed(
            "duplicate id",
            r"^        label: (.*)$",
            r"        label: \1\n        label: \1",
            seed,
            r"line \d+: the key 'label' stands twice",
        )
        yield from changed("truncated line", r'^(            why_fr: "..).*$', r"\1", seed, r"line \d+: ")
        yield from changed(
            "HTML", r'^            why_en: "', f'            why_en: "{HTML[seed % 4]} ', seed, r"line \d+: ", "HTML"
        )
        yield from changed(
            "formula", r"^            why_en: .*$", f"            why_en: '{FORMULA}'", seed, r"line \d+: ", "formula"
        )


def _of_seal() -> Iterator[Mutant]:
    file, text = "data/raw/datapackage.json", paths.DATAPACKAGE.read_text(encoding="utf-8")
    yield from _of_bytes(file, text)
    broken = (file, "is not a data package .*`make data-package` renews it")

    def changed(kind: str, change: Callable[[dict], object], *told: str) -> Mutant:
        content = json.loads(text)
        change(content)
        return Mutant(kind, file, json.dumps(content).encode(), told)

    for seed in SEEDS:
        draw = _draw(file, seed)
        yield Mutant("truncated line", file, text[: draw.randrange(1, len(text) - 5)].encode(), broken)
        at = draw.randrange(len(json.loads(text)["resources"]))
        name = json.loads(text)["resources"][at]["path"]
        for path in ("../../../etc/passwd", "/etc/passwd", "observations/../../../Makefile"):
            yield changed("path traversal", lambda all, at=at, path=path: all["resources"][at].update(path=path), *broken)
        yield changed("missing column", lambda all, at=at: all["resources"][at].pop("hash"), *broken)
        yield changed("missing column", lambda all, at=at: all["resources"].pop(at), f"data/raw/{name}: is not sealed")
        yield changed("wrong type", lambda all, at=at: all["resources"][at].update(hash=12), *broken)
        yield changed("wrong type", lambda all, at=at: all["resources"].insert(at, "x"), *broken)
        lost = {"path": "no.csv", "hash": "sha256:0", "bytes": 1}
        yield changed("orphan", lambda all, lost=lost: all["resources"].append(lost), "data/raw/no.csv: the file is missing")
        yield changed("HTML", lambda all, at=at, seed=seed: all["resources"][at].update(description=HTML[seed]))
        yield changed("extra column", lambda all, at=at: all["resources"][at].update(remark="x"))
    yield changed("10 MB field", lambda all: all.update(title=HUGE))
    yield Mutant("wrong type", file, b"[" * 100_000, broken)


def _place(file: str, at: int, column: str, *told: str) -> tuple[str, ...]:
    return (file, rf"row {at + 1}\b", f"column '{column}'", *told)


def _line(row: list[str], delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="", delimiter=delimiter).writerow(row)
    return text.getvalue()


def _table(rows: list[list[str]], delimiter: str = ",") -> bytes:
    return ("\n".join(_line(row, delimiter) for row in rows) + "\n").encode()


def _with(rows: list[list[str]], at: int, column: str, value: str) -> bytes:
    changed = [value if name == column else cell for name, cell in zip(rows[0], rows[at], strict=True)]
    return _table([*rows[:at], changed, *rows[at + 1 :]])


def _lines(lines: list[str], at: int, line: str) -> bytes:
    return ("\n".join([*lines[:at], line, *lines[at + 1 :]]) + "\n").encode()
