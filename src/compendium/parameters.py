"""Typed parameters: every one stands in parameters/default.yaml with unit, bounds and meaning; a scenario changes values.

An unknown, missing, mistyped or out-of-bounds parameter is an error that names file, key, bounds and the nearest name.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compendium import files, paths
from compendium.errors import InputError, nearest

Value = float | str
RUNNER = "runner"  # the section for the runner itself; every other section is a notebook
OF_SCENARIO = {"33_microdata": "microdata"}  # a notebook that runs under one scenario alone
NUMBER_KEYS = ("value", "unit", "low", "high", "meaning")
CHOICE_KEYS = ("value", "unit", "options", "meaning")


@dataclass(frozen=True)
class Parameter:
    """One parameter: its default value, unit and meaning, and its bounds (both included) or, of a word, its options."""

    value: Value
    unit: str
    meaning: str
    low: float | None = None
    high: float | None = None
    options: tuple[str, ...] = ()

    @property
    def allowed(self) -> str:
        """What it may be, in words: `from 0 to 50`, `one of K, O`."""
        return f"one of {', '.join(self.options)}" if self.options else f"from {self.low} to {self.high}"

    def checked(self, value: object, where: str) -> Value:
        """The value as this parameter's type; raises InputError if it is of another type or not allowed."""
        if self.low is None or self.high is None:
            if value not in self.options:
                raise InputError(f"{where}: '{str(value)[:80]}' is not allowed ({self.unit}, {self.allowed})")
            return str(value)
        whole = isinstance(self.value, int)
        if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
            kind = "a whole number" if whole else "a number"
            raise InputError(f"{where}: '{value}' is not {kind} ({self.unit}, {self.allowed})")
        if not self.low <= value <= self.high:
            raise InputError(f"{where}: {value} is out of bounds ({self.unit}, {self.allowed})")
        return value if whole else float(value)


def defaults() -> dict[str, dict[str, Parameter]]:
    """Section -> name -> parameter, from parameters/default.yaml; every notebook has a section."""
    path = paths.PARAMETERS / "default.yaml"
    name = paths.relative(path)
    sections: dict[str, dict[str, Parameter]] = {}
    for section, entries in _mapping(path).items():
        sections[section] = {}
        for key, entry in _entries(entries, f"{name}, {section}").items():
            where = f"{name}, {section}.{key}"
            if not isinstance(entry, dict):
                raise InputError(f"{where}: needs {', '.join(NUMBER_KEYS)}")
            keys = CHOICE_KEYS if "options" in entry else NUMBER_KEYS
            for field in entry:
                if field not in keys:
                    raise InputError(f"{where}: unknown key '{field}'{nearest(field, keys)}")
            for field in keys:
                if field not in entry:
                    raise InputError(f"{where}: the key '{field}' is missing")
            for field in ("value", "low", "high") if "options" not in entry else ():
                if isinstance(entry[field], bool) or not isinstance(entry[field], (int, float)):
                    raise InputError(f"{where}.{field}: '{entry[field]}' is not a number")
            for field in ("unit", "meaning"):
                if not isinstance(entry[field], str):
                    raise InputError(f"{where}.{field}: '{str(entry[field])[:80]}' is not a text")
            if "options" in entry:
                options = entry["options"]
                if not isinstance(options, list) or not options or not all(isinstance(one, str) for one in options):
                    raise InputError(f"{where}.options: '{str(options)[:80]}' is not a list of words")
                entry = entry | {"options": tuple(options)}
            parameter = Parameter(**entry)
            parameter.checked(parameter.value, where)
            sections[section][key] = parameter
    return sections


def resolve(scenario: str) -> dict[str, dict[str, Value]]:
    """Section -> name -> value of a scenario: the defaults, with what parameters/<scenario>.yaml changes.

    A notebook of another scenario has no section in it.

    Raises:
        InputError: names file, key, bounds and the nearest valid name.

    >>> resolve("default")["21_comparators"]["sector"]
    'O'
    """
    known = defaults()
    own = {section: entries for section, entries in known.items() if OF_SCENARIO.get(section, scenario) == scenario}
    values = {section: {key: p.value for key, p in entries.items()} for section, entries in own.items()}
    if scenario == "default":
        return values
    path = paths.PARAMETERS / f"{scenario}.yaml"
    name = paths.relative(path)
    for section, entries in _mapping(path).items():
        if section not in own:
            raise InputError(f"{name}: no notebook '{section}'{nearest(section, own)}")
        for key, value in _entries(entries, f"{name}, {section}").items():
            if key not in known[section]:
                raise InputError(f"{name}, {section}: no parameter '{key}'{nearest(key, known[section])}")
            values[section][key] = known[section][key].checked(value, f"{name}, {section}.{key}")
    return values


def listing() -> str:
    """All parameters as lines for a terminal: name, default, unit, bounds, meaning."""
    lines = []
    for section, entries in defaults().items():
        lines.append(section + ("" if entries else "  (no parameters)"))
        for key, p in entries.items():
            allowed = p.allowed if p.options else f"{p.low} to {p.high} {p.unit}"
            lines.append(f"  {key} = {p.value}  [{allowed}]\n      {p.meaning}")
    return "\n".join(lines)


def _mapping(path: Path) -> dict[str, Any]:
    content = files.read_yaml(path)
    if not isinstance(content, dict):
        raise InputError(f"{paths.relative(path)}: needs a mapping of notebooks")
    return content


def _entries(entries: object, where: str) -> dict[str, Any]:
    if not isinstance(entries, dict):
        raise InputError(f"{where}: needs a mapping of parameters")
    return entries
