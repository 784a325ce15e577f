"""The pages that are computed: templates in docs/templates/, filled with what was published.

Texts from data are escaped; the only HTML taken as it is are the tables that the project itself lays out.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape
from pybtex.database import BibliographyData, Entry
from pybtex.database.output.bibtex import Writer

from compendium import files, paths
from compendium.claims import GRADES, VERDICTS
from compendium.claims.words import BARS, SHAPES
from compendium.interval import Interval
from compendium.language import NO_BREAK, THIN_NO_BREAK, Language, Text, number, outwards
from compendium.models.estimates import METHODS
from compendium.site import notebooks, templates, words
from compendium.site.evidence import Evidence, Row
from compendium.site.links import LINK, Links, in_table, numbers
from compendium.translations import rows as row_texts
from compendium.translations import translations

PENDING = Text("pending", "à venir")
FITS = {
    "yes": Text("compatible", "compatible"),
    "no": Text("not compatible", "non compatible"),
    "unknown": Text("compatibility unknown", "compatibilité inconnue"),
}
ORDERS = {
    "ledger": Text("the texts", "des textes"),
    "ledger-by-verdict": Text("verdict", "des verdicts"),
    "ledger-by-grade": Text("evidence", "des appuis"),
}

MOST_ESTIMATES = 12  # a row of the ledger with more shows those that its sentences name


@dataclass(frozen=True)
class Pages:
    """All computed pages of one language."""

    evidence: Evidence
    language: Language
    version: str

    def documents(self) -> dict[str, tuple[str, Markup]]:
        """The pages that stand in the table of contents: name -> (title, body)."""
        _ = self._say
        rows = list(self.evidence.ledger.values())
        orders = {
            "ledger": (_("Ledger"), rows),
            "ledger-by-verdict": (
                _("Ledger, in the order of verdicts"),
                sorted(rows, key=lambda row: self._verdicts.index(row["verdict"])),
            ),
            "ledger-by-grade": (
                _("Ledger, in the order of evidence"),
                sorted(rows, key=lambda row: (*GRADES, "").index(row["evidence_grade"])),
            ),
        }
        findings = [self.evidence.ledger[claim_id] for claim_id in files.read_yaml(paths.FRONT)["findings"]]
        pages = {"front": (_("What the published figures allow"), self._fill("front.html", rows=rows, findings=findings))}
        for order, (title, ordered) in orders.items():
            pages[order] = (title, self._fill("ledger.html", rows=ordered, order=order, orders=self._in_language(ORDERS)))
        pages["results"] = (_("Figures and tables"), self._fill("results.html", estimate_pages=self._with_estimates))
        pages["sources"] = (_("Sources"), self._fill("sources.html", by_kind=self._by_kind, **self._counts_of_sources()))
        apart = {key: row for key, row in self.evidence.observations.items() if row["group"] == "set apart"}
        doubts = self._fill("doubts.html", contradictions=self.evidence.contradictions, set_apart=apart)
        pages["doubts"] = (_("Doubts and choices"), doubts)
        if self.language != "en":
            english = {f"notebooks/{name}": title for name, title in notebooks.made(self.evidence.scenario).items()}
            english |= {
                "design": "Design",
                "correct": "How to add or correct something",
                "measured": "Measured",
                "dependencies": "Dependencies",
                "api/index": "The code",
            }
            pages["english_only"] = (_("Pages in English"), self._fill("english_only.html", english_pages=english))
        return pages

    def collected(self) -> Iterator[tuple[str, str, str]]:
        """The pages behind those: (name, title, body) of each figure, table, notebook's estimates, and source."""
        fill = partial(self._fill, top="../")
        for name, trace in self.evidence.shown.items():
            table = ""
            if trace["kind"] == "table":
                path = paths.results(self.evidence.scenario) / f"{name}.{self.language}.html"
                table = in_table(path.read_text(encoding="utf-8"), "#trace")
            yield name, self._title_of(name), fill("shown.html", name=name, trace=trace, table=table)
        for notebook in self._with_estimates:
            ids = [key for key, row in self.evidence.estimates.items() if row["notebook"] == notebook]
            yield f"estimates/{notebook}", notebook, fill("estimates.html", notebook=notebook, ids=ids)
        for source_id, source in self.evidence.sources.items():
            yield f"sources/{source_id}", self._source_name(source["title"]), fill("source.html", **self._source(source_id))

    def bibliography(self) -> str:
        """All sources as BibTeX."""
        return _bibtex(self.evidence.sources)

    @property
    def _verdicts(self) -> list[str]:
        """The verdicts in the order of the registry; pending last, while there is one."""
        return [*VERDICTS, ""] if any(row["verdict"] == "" for row in self.evidence.ledger.values()) else list(VERDICTS)

    def _say(self, text: str) -> str:
        return translations(self.language).gettext(text)

    def _readable(self, code: str) -> str:
        return self._say(words.readable(code)) if code else ""

    def _coded(self, code: str) -> Markup:
        """A code of the data as words."""
        return self._in_french(code, words.readable(code))

    def _row(self, text: str) -> Markup:
        """A text of a raw row."""
        return self._in_french(text, text)

    def _in_french(self, text: str, english: str) -> Markup:
        """On a French page the French of a text of the data; where there is none yet the English, which says that it is."""
        if self.language == "en":
            return escape(english)
        frame = Markup("{}") if text in row_texts() else Markup('<span lang="en">{}</span>')
        return frame.format(row_texts().get(text, english))

    def _source_name(self, name: str) -> str:
        """The title or publisher of a source: a name is the same in both languages, a description is not."""
        return name if self.language == "en" else row_texts().get(name, name)

    @cached_property
    def _environment(self) -> Environment:
        environment = templates.environment("jinja2.ext.i18n")
        environment.install_gettext_translations(translations(self.language))  # type: ignore[attr-defined]
        environment.filters |= {
            "readable": self._readable,
            "coded": self._coded,
            "row": self._row,
            "name": self._source_name,
            "span": lambda year: year if self.language == "en" else year.replace(" to ", " à "),
            "printed": self._printed,
            "said": self._say,
            "traced": numbers,
            "valued": self._valued,
            "ends": self._ends,
        }
        evidence = self.evidence
        claims_topic = {
            claim_id: claim.decide.estimates if claim.decide else "pending" for claim_id, claim in evidence.claims.items()
        }
        titles = {key: self._say(title) for key, title in notebooks.titles().items()}
        environment.globals |= {
            "language": self.language,
            "version": self.version,
            "colon": ":" if self.language == "en" else f"{NO_BREAK}:",
            "semicolon": ";" if self.language == "en" else f"{THIN_NO_BREAK};",
            "claims": evidence.claims,
            "estimates": evidence.estimates,
            "observations": evidence.observations,
            "sources": evidence.sources,
            "shown": evidence.shown,
            "published": evidence.published,
            "claims_on": evidence.claims_on,
            "estimates_on": evidence.estimates_on,
            "claims_of_document": evidence.claims_of_document,
            "shapes": SHAPES,
            "bars": BARS,
            "fits": self._in_language(FITS),
            "verdicts": self._verdicts,
            "grades": [*GRADES, ""],
            "counts": Counter(row["verdict"] for row in evidence.ledger.values()),
            "topics": {key: titles.get(key, PENDING.of(self.language)) for key in sorted(set(claims_topic.values()))},
            "topic_of": claims_topic,
            "notebook_title": titles,
            "verdict_name": lambda key: self._named("verdicts", key),
            "grade_name": lambda key: self._named("evidence_grades", key),
            "grade_of": lambda estimate: METHODS[estimate["method"]],
            "means": lambda kind, key: evidence.registry[kind][key][f"means_{self.language}"],
            "text_of": lambda claim_id: evidence.registry["texts"][claim_id[:2]],
            "title_of": self._title_of,
            "shown_of": lambda row: (
                [f"figures/{name}" for name in row["figures"].split()] + [f"tables/{name}" for name in row["tables"].split()]
            ),
            "documents_of": self._documents_of,
            "by_reading": self._by_reading,
            "estimates_of": self._estimates_of,
            "used_as": self._used_as,
            "numbers": numbers,
        }
        return environment

    def _links(self, top: str) -> Links:
        return Links(self.evidence, top, "" if self.language == "en" else "../")

    def _fill(self, template: str, top: str = "", **values: Any) -> Markup:
        filled = self._environment.get_template(template).render(links=self._links(top), **values)
        return Markup(filled if self.language == "en" else words.spaced(filled))

    def _in_language(self, texts: dict[str, Text]) -> dict[str, str]:
        return {key: text.of(self.language) for key, text in texts.items()}

    def _named(self, kind: str, key: str) -> str:
        return self.evidence.registry[kind][key][f"name_{self.language}"] if key else PENDING.of(self.language)

    @property
    def _with_estimates(self) -> list[str]:
        return sorted({row["notebook"] for row in self.evidence.estimates.values()})

    def _title_of(self, name: str) -> str:
        """The finding of a figure; the heading of a table."""
        trace = self.evidence.shown[name]
        return trace["title"][self.language]

    def _valued(self, estimate: Row) -> str:
        if not estimate["value"]:
            return ""
        value, unit = float(estimate["value"]), estimate["unit"]
        return f"{self._number(value, unit, _digits(value, unit))} {self._readable(unit)}".strip()

    def _ends(self, estimate: Row) -> str:
        ends = Interval(float(estimate["low"]), float(estimate["high"]))
        digits = max(_digits(ends.low, estimate["unit"]), _digits(ends.high, estimate["unit"]))
        out = outwards(ends, digits)
        low, high = (self._number(end, estimate["unit"], digits) for end in (out.low, out.high))
        return f"{low} {'to' if self.language == 'en' else 'à'} {high} {self._readable(estimate['unit'])}".strip()

    def _number(self, value: float, unit: str, digits: int) -> str:
        return f"{value:.0f}" if unit == "year" else number(value, self.language, digits)

    def _documents_of(self, row: Row) -> dict[str, dict[str, list[str]]]:
        """The published figures behind a row: document -> source -> obs_ids."""
        found: dict[str, dict[str, list[str]]] = {}
        for obs_id in row["obs_ids"].split():
            source_id = self.evidence.source_of(obs_id)
            document = self.evidence.sources[source_id]["document_id"]
            found.setdefault(document, {}).setdefault(source_id, []).append(obs_id)
        return found

    def _by_reading(self, obs_ids: list[str]) -> dict[str, list[str]]:
        """Published figures by the outcome of their second reading; dated events have none."""
        found: dict[str, list[str]] = {}
        for obs_id in obs_ids:
            row = self.evidence.observations.get(obs_id)
            found.setdefault(self._readable(row["verified"]) if row else "", []).append(obs_id)
        return found

    def _estimates_of(self, row: Row) -> tuple[list[str], list[str]]:
        """The estimates of a row: all if they are few, else those its sentences name; and the others."""
        ids = row["estimate_ids"].split()
        if len(ids) <= MOST_ESTIMATES:
            return ids, []
        said = {match[2] for key in ("sentence_en", "nearest_flip_en") for match in LINK.finditer(row[key])}
        return [key for key in ids if key in said], [key for key in ids if key not in said]

    def _printed(self, observation: Row) -> str:
        """A published figure with the digits as published and the marks of the language, and its unit."""
        digits = len(observation["value"].partition(".")[2])
        return f"{number(float(observation['value']), self.language, digits)} {self._readable(observation['unit'])}"

    def _used_as(self, observation: Row) -> str:
        return self._say(words.USES.get(observation["use"]) or observation["group"])

    @cached_property
    def _by_kind(self) -> dict[str, list[str]]:
        kinds: dict[str, list[str]] = {}
        for source_id, source in sorted(
            self.evidence.sources.items(), key=lambda item: self._source_name(item[1]["title"]).casefold()
        ):
            kinds.setdefault(source["kind"], []).append(source_id)
        return dict(sorted(kinds.items()))

    def _counts_of_sources(self) -> dict[str, Any]:
        counted = Counter(row["source_id"] for row in (*self.evidence.observations.values(), *self.evidence.events.values()))
        claims = {key: self._resting_on(key) for key in self.evidence.sources}
        return {"figures_of": counted, "claims_of": claims}

    def _own(self, source_id: str) -> tuple[dict[str, Row], dict[str, Row]]:
        return self._by_source[0].get(source_id, {}), self._by_source[1].get(source_id, {})

    @cached_property
    def _by_source(self) -> tuple[dict[str, dict[str, Row]], dict[str, dict[str, Row]]]:
        grouped = []
        for rows in (self.evidence.observations, self.evidence.events):
            found: dict[str, dict[str, Row]] = {}
            for key, row in rows.items():
                found.setdefault(row["source_id"], {})[key] = row
            grouped.append(found)
        return grouped[0], grouped[1]

    def _resting_on(self, source_id: str) -> list[str]:
        observations, events = self._own(source_id)
        return sorted({claim for key in (*observations, *events) for claim in self.evidence.claims_on.get(key, [])})

    def _source(self, source_id: str) -> dict[str, Any]:
        source = self.evidence.sources[source_id]
        observations, events = self._own(source_id)
        alone = {key: row["documents"] == source["document_id"] for key, row in self.evidence.ledger.items()}
        shown = sorted({name for key in (*observations, *events) for name in self.evidence.shown_on.get(key, [])})
        # Rows of one data set mostly bear on the same estimates: each set of estimates is written once.
        sets = {key: tuple(self.evidence.estimates_on[key]) for key in observations if key in self.evidence.estimates_on}
        numbered = {ids: place for place, ids in enumerate(dict.fromkeys(sets.values()), 1)}
        return {
            "set_of": {key: numbered[ids] for key, ids in sets.items()},
            "estimate_sets": {place: ids for ids, place in numbered.items()},
            "source": source,
            "relays": [
                k for k, row in self.evidence.sources.items() if row["document_id"] == source["document_id"] and k != source_id
            ],
            "bibtex": _bibtex({source_id: source}),
            "falls": {claim_id: alone[claim_id] for claim_id in self._resting_on(source_id)},
            "shown_here": shown,
            "observations_here": observations,
            "events_here": events,
        }


def _digits(value: float, unit: str) -> int:
    """Decimals that show a value with about three digits, and none for what is counted."""
    if unit in ("persons", "year", "figures") or abs(value) >= 1000 or value == round(value):
        return 0
    return 1 if abs(value) >= 10 else 2


def _bibtex(sources: dict[str, Row]) -> str:
    return Writer().to_string(BibliographyData({key: _entry(row) for key, row in sources.items()}))


def _entry(source: Row) -> Entry:
    """A source as a BibTeX entry; what BibTeX has no field for goes into the note."""
    fields = {"title": "{" + source["title"] + "}", "publisher": source["publisher"]}
    if source["published"]:
        fields["year"] = source["published"][:4]
    if source["url"]:
        fields["url"] = source["url"]
    return Entry("misc", fields)
