"""The registry of statements: what is said, how it is tested, which rule decides; read from data/raw/claims.yaml.

A rule stands there as prose; its `decide` names a function of `rules` and the thresholds of its branches, in the order they
are read. The first branch that applies gives the verdict; where none does, `otherwise`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from compendium import files, paths, raw
from compendium.errors import InputError, nearest
from compendium.interval import Interval
from compendium.language import Text

NOTHING = Text("", "")
VERDICTS = ("supported", "partly_supported", "not_comparable", "contradicted", "untestable", "interpretive")
GRADES = ("direct", "bounded", "extrapolated", "none")  # from the strongest to the weakest
FIELDS = {
    "required": ("id", "locator", "says_en", "says_fr", "kind", "test", "rule"),
    "optional": ("stated", "decide", "would_settle_en", "would_settle_fr"),
}


@dataclass(frozen=True)
class Decide:
    """A rule, transcribed for the code."""

    function: str
    estimates: str
    thresholds: dict[str, dict[str, Any]]
    otherwise: str


@dataclass(frozen=True)
class Revision:
    """What was changed about a statement after its rule was written, and why."""

    date: str
    what: str
    why: str


@dataclass(frozen=True)
class Claim:
    """One statement of a text, its test and its rule."""

    claim_id: str
    locator: str
    says: Text
    kind: str
    test: str
    rule: str
    stated: dict[str, Any] = field(default_factory=dict)
    decide: Decide | None = None
    would_settle: Text = NOTHING
    text_year: int = 0  # the year its text came out
    revisions: tuple[Revision, ...] = ()

    @property
    def value(self) -> float:
        """The stated number, in the unit the statement gives."""
        return float(self.stated["value"])

    @property
    def rounding(self) -> Interval:
        """The values that print as the stated number: a whole number stands for half a unit either side."""
        written = str(self.stated["value"])
        half = 0.5 * 10.0 ** -len(written.partition(".")[2])
        half = 0.0 if self.stated["unit"] == "persons" else half
        return Interval(self.value - half, self.value + half)


def read() -> dict[str, Claim]:
    """All claims by id, in the order of the file.

    Raises:
        InputError: names the claim and the key at fault.

    >>> claim = read()["T1-03"]
    >>> claim.stated["year"], claim.value, claim.rounding
    (2014, 28.0, Interval(low=27.5, high=28.5))
    """
    name = paths.relative(paths.CLAIMS)
    content = files.read_yaml(paths.CLAIMS)
    if not isinstance(content, dict) or not isinstance(content.get("claims"), list):
        raise InputError(f"{name}: needs a list named 'claims'")
    years = _text_years(content.get("texts"), name)
    claims: dict[str, Claim] = {}
    for place, entry in enumerate(content["claims"], 1):
        claim = _claim(entry, years, f"{name}, claim {place}" if not _has_id(entry) else name)
        if claim.claim_id in claims:
            raise InputError(f"{name}: {claim.claim_id} stands twice")
        claims[claim.claim_id] = claim
    for claim_id, revision in _revisions(content.get("changes", []), claims, name):
        claim = claims[claim_id]
        claims[claim_id] = replace(claim, revisions=(*claim.revisions, revision))
    return claims


def notebooks(claims: dict[str, Claim]) -> set[str]:
    """The notebooks whose estimates the rules read.

    >>> sorted(notebooks({key: claim for key, claim in read().items() if key in ("T1-02", "T1-03")}))
    ['20_cadre_share']
    """
    return {claim.decide.estimates for claim in claims.values() if claim.decide}


def _text_years(texts: Any, name: str) -> dict[str, int]:
    """The year each text came out."""
    years = {}
    for text, entry in texts.items() if isinstance(texts, dict) else ():
        published = str(entry.get("published")) if isinstance(entry, dict) else ""
        if not re.fullmatch(r"\d{4}", published):
            raise InputError(f"{name}, texts, {text}: the key 'published' needs a year")
        years[str(text)] = int(published)
    return years


def _revisions(entries: Any, claims: dict[str, Claim], name: str) -> Iterator[tuple[str, Revision]]:
    """Each statement that a change names, with the change."""
    if not isinstance(entries, list):
        raise InputError(f"{name}: 'changes' needs to be a list")
    for place, entry in enumerate(entries, 1):
        where = f"{name}, change {place}"
        if not isinstance(entry, dict) or set(entry) != {"date", "claim", "what", "why"}:
            raise InputError(f"{where}: needs exactly date, claim, what, why")
        claim_ids = str(entry["claim"]).split()
        for claim_id in claim_ids:
            if claim_id not in claims:
                raise InputError(f"{where}: no statement '{claim_id}'{nearest(claim_id, claims)}")
        for key in ("what", "why"):
            if not isinstance(entry[key], str) or not entry[key]:
                raise InputError(f"{where}: the key '{key}' needs a text")
        if not isinstance(entry["date"], date):
            raise InputError(f"{where}: the key 'date' needs a day, such as 2026-11-21")
        revision = Revision(entry["date"].isoformat(), entry["what"], entry["why"])
        yield from ((claim_id, revision) for claim_id in claim_ids)


def _has_id(entry: Any) -> bool:
    return isinstance(entry, dict) and re.fullmatch(r"T\d-\d\d", str(entry.get("id"))) is not None


def _claim(entry: Any, text_years: dict[str, int], name: str) -> Claim:
    if not _has_id(entry):
        raise InputError(f"{name}: a claim needs an 'id' such as T1-01")
    where = f"{name}, {entry['id']}"
    text = entry["id"].partition("-")[0]
    if text not in text_years:
        raise InputError(f"{where}: its text '{text}' is not among 'texts'")
    known = FIELDS["required"] + FIELDS["optional"]
    for key in entry:
        if key not in known:
            raise InputError(f"{where}: unknown key '{key}'{nearest(key, known)}")
    for key in FIELDS["required"]:
        if not isinstance(entry.get(key), str):
            raise InputError(f"{where}: the key '{key}' needs a text")
    stated = entry.get("stated", {})
    if not isinstance(stated, dict):
        raise InputError(f"{where}: the key 'stated' needs a mapping")
    for key in ("value", "low", "high"):
        if key in stated and (isinstance(stated[key], bool) or not isinstance(stated[key], (int, float))):
            raise InputError(f"{where}, stated: the key '{key}' needs a number, and '{str(stated[key])[:80]}' is none")
        if key in stated and stated.get("unit") == "percent" and not 0 <= stated[key] <= 100:
            raise InputError(f"{where}, stated: the key '{key}' is {stated[key]}, and a percent lies between 0 and 100")
    if "value" in stated and not isinstance(stated.get("unit"), str):
        raise InputError(f"{where}, stated: the key 'unit' needs a text")
    years = [int(year) for year in re.findall(r"\d+", str(stated.get("year", "")))]
    if not all(raw.FIRST_YEAR <= year <= raw.LAST_YEAR for year in years):
        raise InputError(f"{where}, stated: the key 'year' is {stated['year']}, not from {raw.FIRST_YEAR} to {raw.LAST_YEAR}")
    decide = None
    if "decide" in entry:
        decide = _decide(entry["decide"], where)
        for key in ("would_settle_en", "would_settle_fr"):
            if not isinstance(entry.get(key), str) or not entry[key]:
                raise InputError(f"{where}: a claim that is decided needs '{key}', a text")
    return Claim(
        claim_id=entry["id"],
        locator=entry["locator"],
        says=Text(entry["says_en"], entry["says_fr"]),
        kind=entry["kind"],
        test=entry["test"],
        rule=entry["rule"],
        stated=stated,
        decide=decide,
        would_settle=Text(entry.get("would_settle_en", ""), entry.get("would_settle_fr", "")),
        text_year=text_years[text],
    )


def _decide(entry: Any, where: str) -> Decide:
    keys = ("function", "estimates", "thresholds", "otherwise")
    if not isinstance(entry, dict) or set(entry) != set(keys) or not isinstance(entry["thresholds"], dict):
        raise InputError(f"{where}: 'decide' needs exactly {', '.join(keys)}")
    if not isinstance(entry["function"], str):
        raise InputError(f"{where}: the key 'function' needs a text")
    known = sorted(path.stem for path in paths.NOTEBOOKS.glob("*.ipynb"))
    if entry["estimates"] not in known:
        raise InputError(f"{where}: no notebook '{entry['estimates']}'{nearest(entry['estimates'], known)}")
    for verdict in (*entry["thresholds"], entry["otherwise"]):
        if verdict not in VERDICTS:
            raise InputError(f"{where}: no verdict '{verdict}'{nearest(verdict, VERDICTS)}")
    return Decide(**entry)
