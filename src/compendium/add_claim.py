"""`make add-claim`: a statement with its rule, sentences, notebook and test to fill in; `make to-do` says what is left.

The files are edited as text, so that comments stay. Either all of them are written or none is.
"""

import importlib
import inspect
import json
import keyword
import re
from collections.abc import Mapping

import nbformat
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from compendium import claims, datapackage, files, paths, raw
from compendium.clean.tidy import Figure
from compendium.errors import InputError, nearest

MARK = "TO DO:"
ARGUMENTS = {
    "CLAIM": "its id: the text and a number, such as T3-01",
    "NOTEBOOK": "of its notebook, a free number and a name, such as 40_organisations; its rule bears the name",
    "SAYS_EN": "what the text says, in your own words, in English",
    "SAYS_FR": "the same in French",
    "LOCATOR": "where in the text",
    "KIND": "kind of statement: count, share, date, ...",
    "VALUE": "the number that it states, with the digits of the text",
    "UNIT": f"its unit: one of {', '.join(raw.UNITS)}",
    "YEAR": "the year that it is about",
    "TOPIC": f"topic of the figures that may answer: one of {', '.join(raw.TOPICS)}",
    "SERIES": "their series",
    "TEST": "how it is tested, in a sentence",
    "RULE": "the rule that will decide, in a sentence, before any estimate is seen",
}
OF_TEXT = {
    "TITLE": "of a text that is new: its title",
    "AUTHOR": "its author",
    "PUBLISHED": "when it was published",
    "WHERE_EN": "where, in English",
    "WHERE_FR": "where, in French",
    "LINK": "its address",
}


def add(given: Mapping[str, str]) -> str:
    """Create all that a new claim needs; returns what a terminal shows.

    Args:
        given: argument -> value, names of ARGUMENTS and, for a new text, of OF_TEXT.

    Raises:
        InputError: an argument that cannot be used, or raw data that were changed and not sealed. Nothing has been changed
            then.
    """
    datapackage.check()
    text = files.read_text(paths.CLAIMS)
    new_text = f"\n  {given.get('CLAIM', '').partition('-')[0]}:\n" not in text.partition("\nverdicts:\n")[0]
    _check(given, new_text)
    table = raw.TOPICS[given["TOPIC"]]
    words = {key.lower(): value for key, value in given.items()}
    name = given["NOTEBOOK"].partition("_")[2]
    words |= {"name": name, "table": table, "schema": _schema(table)}
    row = _fill("row.yaml", words)
    if new_text:
        text = text.replace("\nverdicts:\n", f"\n{_fill('text.yaml', words)}verdicts:\n", 1)
    code = paths.CODE / "claims"
    rules, defaults, makefile = code / "rules" / "__init__.py", paths.PARAMETERS / "default.yaml", paths.ROOT / "Makefile"
    edits = {
        paths.CLAIMS: text + row,
        code / "rules" / f"{name}.py": _fill("rule.py", words),
        code / "sentences" / f"{name}.py": _fill("sentences.py", words),
        rules: _joined(files.read_text(rules), name),
        paths.NOTEBOOKS / f"{words['notebook']}.ipynb": _notebook(_fill("notebook.py", words)),
        defaults: files.read_text(defaults).rstrip("\n") + f"\n\n{words['notebook']}: {{}}\n",
        makefile: re.sub(r"\nmultiverse_stage :=", f" {words['notebook']}\\g<0>", files.read_text(makefile), count=1),
        paths.ROOT / "tests" / "claims" / f"test_rules_{name}.py": _fill("test.py", words),
    }
    if there := [paths.relative(path) for path in edits if path.exists() and path.stem.endswith(name)]:
        raise InputError(f"NOTEBOOK: {there[0]} exists; choose another name")

    def checked() -> None:
        claims.read()
        datapackage.write()

    files.write_all(edits, paths.DATAPACKAGE, check=checked)
    created = [f"  {paths.relative(path)}" for path in edits]
    return "\n".join([f"{given['CLAIM']}: written or edited", *created, "left to do (`make to-do`):", *left()])


def left() -> list[str]:
    """What is left to do: each mark in claims, rules, sentences, notebooks and tests, with its place."""
    found = []
    code = paths.CODE / "claims"
    for path in [paths.CLAIMS, *sorted(code.rglob("*.py")), *sorted((paths.ROOT / "tests" / "claims").glob("*.py"))]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if MARK in line:
                found.append(f"  {paths.relative(path)}, line {number}: {_what(line)}")
    for path in sorted(paths.NOTEBOOKS.glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            found += [f"  {paths.relative(path)}, cell '{cell.id}': {_what(s)}" for s in cell.source.splitlines() if MARK in s]
    return found


def _what(line: str) -> str:
    return line.partition(MARK)[2].strip().strip('"')


def _check(given: Mapping[str, str], new_text: bool) -> None:
    known = ARGUMENTS | OF_TEXT
    for key, value in given.items():
        if key not in known:
            raise InputError(f"no argument '{key}'{nearest(key, known)}; there are:\n{_listed(known)}")
        if not value.strip() or any(ord(letter) < 32 for letter in value):
            raise InputError(f"{key}: needs a text on one line ({known[key]})")
    shapes = {
        "CLAIM": r"T\d-\d{2}",
        "NOTEBOOK": r"[2-7]\d_[a-z][a-z0-9_]*",
        "VALUE": r"-?\d+(\.\d+)?",
        "YEAR": r"\d{4}",
        "KIND": r"[a-z_]+",
    }
    for key, shape in shapes.items():
        if key in given and not re.fullmatch(shape, given[key]):
            raise InputError(f"{key}: '{given[key]}' will not do ({known[key]})")
    needed = known if new_text else ARGUMENTS
    if lacking := {key: what for key, what in needed.items() if key not in given}:
        raise InputError(f"needed besides:\n{_listed(lacking)}")
    if not new_text and (surplus := [key for key in OF_TEXT if key in given]):
        raise InputError(f"{surplus[0]}: the text of {given['CLAIM']} is known, and described already")
    if given["CLAIM"] in claims.read():
        raise InputError(f"CLAIM: {given['CLAIM']} stands in {paths.relative(paths.CLAIMS)} already")
    name = given["NOTEBOOK"].partition("_")[2]
    if name in claims.rules.DECIDE or keyword.iskeyword(name):
        raise InputError(f"NOTEBOOK: a rule cannot be named '{name}': choose another name")
    if taken := sorted(paths.NOTEBOOKS.glob(f"{given['NOTEBOOK'][:2]}_*.ipynb")):
        raise InputError(f"NOTEBOOK: {taken[0].stem} has that number; choose another")
    for key, options in (("UNIT", raw.UNITS), ("TOPIC", raw.TOPICS)):
        if given[key] not in options:
            raise InputError(f"{key}: no '{given[key]}'{nearest(given[key], options)}; one of {', '.join(options)}")
    series = raw.read(given["TOPIC"]).observations["series"]
    if given["SERIES"] not in set(series):
        raise InputError(f"SERIES: {given['TOPIC']} has no '{given['SERIES']}'{nearest(given['SERIES'], series)}")


def _listed(arguments: Mapping[str, str]) -> str:
    return "\n".join(f"  {key}: {what}" for key, what in arguments.items())


def _fill(template: str, words: Mapping[str, str]) -> str:
    environment = Environment(  # noqa: S701 - no HTML: code and YAML; every text of a person goes through `quoted`
        loader=FileSystemLoader(paths.TEMPLATES / "claim"), undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.filters["quoted"] = lambda text: json.dumps(text, ensure_ascii=False)
    return environment.get_template(f"{template}.jinja").render(words)


def _schema(table: str) -> str:
    """The name of the schema of a tidy table."""
    module = importlib.import_module(f"compendium.clean.{table}")
    classes = inspect.getmembers(module, inspect.isclass)
    return next(name for name, one in classes if issubclass(one, Figure) and one is not Figure)


def _joined(text: str, name: str) -> str:
    """The package of rules with one more subject, in the order of the alphabet."""
    for start, line in ((r"import \(\n", f"    {name},\n"), (r"= \{\n", f"    **{name}.RULES,\n")):
        match = re.search(rf"({start})((?:    .*\n)+)", text)
        assert match, "the package of rules imports and joins its subjects"
        lines = sorted([*match[2].splitlines(keepends=True), line])
        text = text[: match.start(2)] + "".join(lines) + text[match.end(2) :]
    return text


def _notebook(script: str) -> str:
    """A notebook from a script in which `# %% KIND ID` opens a cell."""
    cells = []
    for part in script.split("# %% ")[1:]:
        head, _, source = part.partition("\n")
        kind, cell_id = head.split()
        make = nbformat.v4.new_markdown_cell if kind == "markdown" else nbformat.v4.new_code_cell
        tags = {"tags": ["parameters"]} if cell_id == "parameters" else {}
        cells.append(make(source.rstrip("\n"), id=cell_id, metadata=tags))
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return nbformat.writes(nbformat.v4.new_notebook(cells=cells, metadata=metadata)) + "\n"
