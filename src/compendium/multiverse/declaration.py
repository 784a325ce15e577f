"""The declared decisions: which choices a statement's verdict may hang on, with the reason of every option.

An option is data: it gives other values to parameters, to what is stated, or to a limit of the rule, leaves out published
figures or estimates, takes a figure as exact, or reads one estimate in the place of another. The first option of a decision
is the one that the ledger rests on, and changes nothing.

Labels are those of Del Giudice and Gangestad (2021): options are equivalent if they do the same job equally well,
non-equivalent if they answer different questions or one is known to be worse, uncertain if neither is known.
"""

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compendium import files, parameters, paths
from compendium.claims import VERDICTS, Claim
from compendium.errors import InputError, nearest
from compendium.language import Text

# What can be decided, in the field's terms.
DECISIONS = {
    "definition": Text("definition", "définition"),
    "basis": Text("basis", "base de contrats"),
    "source": Text("source", "source"),
    "survey_and_construct": Text("survey and construct", "enquête et construit"),
    "design_effect": Text("design effect", "effet de plan"),
    "base": Text("base", "base de sondage"),
    "base_year": Text("base year", "année de base"),
    "motives": Text("motives", "motifs"),
    "denominator": Text("denominator", "dénominateur"),
    "comparator": Text("comparator", "comparateur"),
    "window": Text("window", "fenêtre"),
    "residual": Text("residual", "résidu"),
    "scale": Text("points or log odds", "points ou log-cotes"),
    "field": Text("field", "champ"),
    "perimeter": Text("perimeter", "périmètre"),
}
EQUIVALENCE = ("equivalent", "uncertain", "non_equivalent")
CHANGES = ("parameters", "stated", "thresholds", "leave_out", "exact", "estimates_left_out", "set_apart", "in_place")
# Above this no reader follows which choice moves a verdict; a grid over a parameter is a bound, not a multiverse.
MOST_UNIVERSES = 2_000

Changes = dict[str, Any]


@dataclass(frozen=True)
class Option:
    """One way to decide: its name, what it is, why it is reasonable, and what it changes."""

    name: str
    what: Text
    why: Text
    changes: Changes
    forbids: dict[str, list[str]]


@dataclass(frozen=True)
class Decision:
    """One choice that an analyst has, the ledger's option first."""

    name: str
    equivalence: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Declared:
    """What is declared for a statement: its decisions, or why it has none."""

    claim_id: str
    decisions: tuple[Decision, ...]
    why_none: Text

    def universes(self) -> Iterator[dict[str, str]]:
        """Every admissible combination: decision -> option, the ledger's first."""
        by_name = {decision.name: {option.name: option for option in decision.options} for decision in self.decisions}
        for names in itertools.product(*by_name.values()):
            chosen = dict(zip(by_name, names, strict=True))
            forbidden = (by_name[decision][name].forbids for decision, name in chosen.items())
            if not any(chosen.get(other) in options for each in forbidden for other, options in each.items()):
                yield chosen

    def reference(self) -> dict[str, str]:
        """The ledger's own choices."""
        return {decision.name: decision.options[0].name for decision in self.decisions}

    def option(self, decision: str, name: str) -> Option:
        """An option by name."""
        options = next(one.options for one in self.decisions if one.name == decision)
        return next(option for option in options if option.name == name)

    def question(self, chosen: dict[str, str]) -> dict[str, str]:
        """The choices among non-equivalent options: universes that differ in them answer different questions."""
        return {d.name: chosen[d.name] for d in self.decisions if d.equivalence == "non_equivalent"}

    def changes(self, chosen: dict[str, str]) -> Changes:
        """What the chosen options change together."""
        merged: Changes = {}
        for decision in self.decisions:
            option = self.option(decision.name, chosen[decision.name])
            _merge(merged, option.changes, f"{self.claim_id}, {decision.name}: {option.name}")
        return merged


def _merge(into: Changes, more: Changes, where: str) -> None:
    for key, value in more.items():
        if key not in into:
            into[key] = json.loads(json.dumps(value))  # a copy of plain values
        elif isinstance(value, list):
            into[key] = into[key] + value
        elif isinstance(value, dict) and isinstance(into[key], dict):
            _merge(into[key], value, where)
        elif into[key] != value:
            raise InputError(f"multiverse, {where}: gives '{key}' another value than an option it is combined with")


def read(path: Path, claims: dict[str, Claim]) -> dict[str, Declared]:
    """The declared decisions by statement, in the order of the registry.

    Args:
        path: the file of decisions, such as `paths.DECISIONS`.
        claims: the registry.

    Returns:
        claim_id -> its decisions.

    Raises:
        InputError: names the file, the statement, the decision and the option at fault.

    >>> from compendium import claims
    >>> declared = read(paths.DECISIONS, claims.read())["T1-14"]
    >>> {decision.name for decision in declared.decisions} <= set(DECISIONS)
    True
    >>> next(declared.universes()) == declared.reference()  # the ledger's own choices come first
    True
    """
    if not path.resolve().is_relative_to(paths.ROOT):
        raise InputError(f"{path}: a file of decisions has to lie in the folder of the project")
    name = paths.relative(path)
    content = files.read_yaml(path)
    if not isinstance(content, dict) or set(content) != {"claims"} or not isinstance(content["claims"], dict):
        raise InputError(f"{name}: needs a mapping named 'claims', and nothing else")
    for claim_id in content["claims"]:
        if claim_id not in claims:
            raise InputError(f"{name}: no statement '{claim_id}'{nearest(claim_id, claims)}")
    known = parameters.defaults()
    return {
        claim_id: _declared(claim, content["claims"][claim_id], known, f"{name}, {claim_id}")
        for claim_id, claim in claims.items()
        if claim_id in content["claims"]
    }


def _keys(entry: Any, required: tuple[str, ...], optional: tuple[str, ...], where: str) -> dict[str, Any]:
    if not isinstance(entry, dict):
        raise InputError(f"{where}: needs a mapping with {', '.join(required)}")
    for key in entry:
        if key not in required + optional:
            raise InputError(f"{where}: unknown key '{key}'{nearest(key, required + optional)}")
    for key in required:
        if key not in entry:
            raise InputError(f"{where}: the key '{key}' is missing")
    return entry


def _text(entry: dict[str, Any], prefix: str, where: str) -> Text:
    for key in (f"{prefix}en", f"{prefix}fr"):
        if not isinstance(entry[key], str) or not entry[key].strip():
            raise InputError(f"{where}: the key '{key}' needs a text")
    return Text(entry[f"{prefix}en"], entry[f"{prefix}fr"])


def _declared(claim: Claim, entry: Any, known: dict[str, dict[str, parameters.Parameter]], where: str) -> Declared:
    if isinstance(entry, dict) and "decisions" not in entry:
        return Declared(claim.claim_id, (), _text(_keys(entry, ("none_en", "none_fr"), (), where), "none_", where))
    decisions = _keys(entry, ("decisions",), (), where)["decisions"]
    if not isinstance(decisions, dict) or not decisions:
        raise InputError(f"{where}: 'decisions' needs a mapping of decisions")
    made = tuple(_decision(claim, str(name), of, known, f"{where}, {name}") for name, of in decisions.items())
    declared = Declared(claim.claim_id, made, Text("", ""))
    options = {decision.name: [option.name for option in decision.options] for decision in made}
    for decision in made:
        for option in decision.options:
            for other, forbidden in option.forbids.items():
                place = f"{where}, {decision.name}, {option.name}, forbids"
                if other not in options or other == decision.name:
                    raise InputError(f"{place}: no other decision '{other}'{nearest(other, options)}")
                for unknown in set(forbidden) - set(options[other]):
                    raise InputError(f"{place}: '{other}' has no option '{unknown}'{nearest(unknown, options[other])}")
    number = 0
    for number, chosen in enumerate(declared.universes(), 1):
        if number == 1 and chosen != declared.reference():
            raise InputError(f"{where}: the first options of all decisions, which the ledger rests on, are forbidden together")
        if number > MOST_UNIVERSES:
            raise InputError(f"{where}: more than {MOST_UNIVERSES} combinations; leave out what is not a real decision")
        declared.changes(chosen)  # options that contradict each other are told before anything runs
    return declared


def _decision(claim: Claim, name: str, entry: Any, known: dict[str, dict[str, parameters.Parameter]], where: str) -> Decision:
    if name not in DECISIONS:
        raise InputError(f"{where}: not a decision of the field{nearest(name, DECISIONS)}; they are {', '.join(DECISIONS)}")
    entry = _keys(entry, ("label", "options"), (), where)
    if entry["label"] not in EQUIVALENCE:
        raise InputError(f"{where}: 'label' is one of {', '.join(EQUIVALENCE)}{nearest(entry['label'], EQUIVALENCE)}")
    if not isinstance(entry["options"], dict) or len(entry["options"]) < 2:
        raise InputError(f"{where}: 'options' needs a mapping of two options or more")
    options = tuple(_option(claim, str(option), of, known, f"{where}, {option}") for option, of in entry["options"].items())
    if options[0].changes:
        raise InputError(f"{where}, {options[0].name}: the first option is the ledger's and changes nothing")
    seen: dict[str, str] = {}
    for option in options:
        same = seen.setdefault(json.dumps(option.changes, sort_keys=True), option.name)
        if same != option.name:
            raise InputError(f"{where}: '{same}' and '{option.name}' are two names for one estimate")
    return Decision(name, entry["label"], options)


def _option(claim: Claim, name: str, entry: Any, known: dict[str, dict[str, parameters.Parameter]], where: str) -> Option:
    entry = _keys(entry, ("en", "fr", "why_en", "why_fr"), ("forbids", *CHANGES), where)
    assert claim.decide is not None
    for parameter, value in _mapping(entry, "parameters", where).items():
        section = known[claim.decide.estimates]
        if parameter not in section:
            raise InputError(f"{where}: {claim.decide.estimates} has no parameter '{parameter}'{nearest(parameter, section)}")
        section[parameter].checked(value, f"{where}, {parameter}")
    for verdict, limits in _mapping(entry, "thresholds", where).items():
        own = claim.decide.thresholds.get(verdict)
        if verdict not in VERDICTS or own is None:
            raise InputError(f"{where}: the rule has no branch '{verdict}'{nearest(verdict, claim.decide.thresholds)}")
        for key in limits if isinstance(limits, dict) else [limits]:
            if key not in own:
                raise InputError(f"{where}: the branch '{verdict}' has no limit '{key}'{nearest(key, own)}")
    for other, changed in _mapping(entry, "stated", where).items():
        if not isinstance(changed, dict):
            raise InputError(f"{where}, stated, {other}: needs a mapping")
    for key in ("leave_out", "estimates_left_out", "set_apart"):
        given = entry.get(key, [])
        for rows in given if isinstance(given, list) else [given]:
            if not isinstance(rows, dict) or not rows or not all(isinstance(values, list) for values in rows.values()):
                raise InputError(f"{where}, {key}: needs a list of mappings, each column with a list of values")
    if not isinstance(entry.get("exact", []), list):
        raise InputError(f"{where}, exact: needs a list of figures")
    if not all(isinstance(value, str) for value in _mapping(entry, "in_place", where).values()):
        raise InputError(f"{where}, in_place: needs a mapping of estimates to estimates")
    forbids = _mapping(entry, "forbids", where)
    if not all(isinstance(options, list) for options in forbids.values()):
        raise InputError(f"{where}, forbids: needs for each decision a list of options")
    changes = {key: entry[key] for key in CHANGES if entry.get(key)}
    return Option(name, _text(entry, "", where), _text(entry, "why_", where), changes, forbids)


def _mapping(entry: dict[str, Any], key: str, where: str) -> dict[str, Any]:
    value = entry.get(key, {})
    if not isinstance(value, dict):
        raise InputError(f"{where}: '{key}' needs a mapping")
    return value
