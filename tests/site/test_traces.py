"""From any number to its source, and back."""

import posixpath
import re
from urllib.parse import unquote

import pandas as pd
import pytest

from compendium import paths
from compendium.site.links import NUMBER

# What holds a digit on the front page, the ledger and in captions, and is no figure: names that `site.links` knows, and these.
NO_FIGURES = {"BibTeX"}
MEGABYTE = 1_000_000


def resolved(page: str, link: str) -> tuple[str, str]:
    """The page and the fragment that a link on a page leads to."""
    path, _, fragment = unquote(link).partition("#")
    path = path.partition("?")[0]
    return (posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page), fragment


def test_every_link_leads_somewhere(pages, site):
    lost = []
    for name, page in pages.items():
        for link in page.links:
            if re.match(r"https?:|mailto:|data:", link):
                continue
            target, fragment = resolved(name, link)
            there = (site / target).exists() if target not in pages else not fragment or fragment in pages[target].ids
            if not there:
                lost.append((name, link))
    assert lost == []


def test_nothing_is_loaded_from_outside(pages, site):
    for path in [site / name for name in pages]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r'<(?:script|img|iframe|source)[^>]+src="(?:https?:)?//', text), path.name
        assert not re.search(r'<link[^>]+rel="(?:stylesheet|preload|prefetch|icon)"[^>]+href="(?:https?:)?//', text), path.name


def test_pages_are_small(pages):
    assert {name: page.size for name, page in pages.items() if page.size >= MEGABYTE} == {}


FIRST_PAGES = ["index.html", "ledger.html", "ledger-by-verdict.html", "ledger-by-grade.html", "captions"]


@pytest.mark.parametrize("name", FIRST_PAGES + [f"fr/{page}" for page in FIRST_PAGES])
def test_no_digit_stands_outside_a_traced_element(name, pages, site):
    known = {row for page, parsed in pages.items() if page.startswith(("sources/", "ledger")) for row in parsed.ids}
    if name.endswith("captions"):
        top = name.removesuffix("captions")
        shown = [key for key in pages if key.startswith((f"{top}figures/", f"{top}tables/"))]
        texts = [text for key in shown for text in pages[key].texts if {"figcaption", "h1"} & set(text[3])]
    else:
        texts = [text for text in pages[name].texts if "article" in text[3]]
    assert texts
    loose = []
    for text, href, trace, _ in texts:
        numbers = [match[0] for match in NUMBER.finditer(text) if match["number"] and text.strip() not in NO_FIGURES]
        if numbers and not href and trace not in known and not (trace and (site / trace).is_file()):
            loose.append(text.strip())
    assert loose == []


def test_every_number_in_a_table_leads_to_its_trace(pages):
    for name in (key for key in pages if key.startswith(("tables/", "fr/tables/"))):
        cells = [text for text in pages[name].texts if "table" in text[3] and NUMBER.search(text[0]) and not text[1]]
        assert [text for text, *_ in cells if any(m["number"] for m in NUMBER.finditer(text))] == [], name


@pytest.mark.parametrize("top", ["", "fr/"])
def test_a_claim_leads_to_its_sources_and_each_source_back(top, pages, evidence):
    """ledger row -> published figure -> its row on the page of its source -> the claim; and the estimates on the way."""
    computed = [row for row in evidence.ledger.values() if row["obs_ids"]]
    assert computed
    for row in computed:
        claim = row["claim_id"]
        links = {resolved(f"{top}ledger.html", link) for link in pages[f"{top}ledger.html"].links_of[claim]}
        for obs_id in row["obs_ids"].split():
            source = f"{top}sources/{evidence.source_of(obs_id)}.html"
            assert (source, obs_id) in links, f"{claim}: no link to {obs_id}"
            back = {resolved(source, link) for link in pages[source].links_of[obs_id]}
            assert (f"{top}ledger.html", claim) in back, f"{obs_id}: no way back to {claim}"
        for estimate_id in row["estimate_ids"].split():
            page = f"{top}estimates/{evidence.estimates[estimate_id]['notebook']}.html"
            assert (page, estimate_id) in links
            onwards = {resolved(page, link) for link in pages[page].links_of[estimate_id]}
            assert (f"{top}ledger.html", claim) in onwards
            for obs_id in evidence.estimates[estimate_id]["obs_ids"].split():
                source = f"{top}sources/{evidence.source_of(obs_id)}.html"
                assert (source, obs_id) in onwards
                if not obs_id.startswith("CH"):
                    assert (page, estimate_id) in {resolved(source, link) for link in estimates_of(pages[source], obs_id)}


def estimates_of(page, obs_id: str) -> list[str]:
    """The estimates that a row of a source leads to: they stand below the table, each set of them once."""
    sets = [link.removeprefix("#") for link in page.links_of[obs_id] if link.startswith("#estimates-")]
    return [link for name in sets for link in page.links_of[name]]


def test_every_figure_and_table_says_where_it_comes_from(pages, evidence):
    for name, trace in evidence.shown.items():
        page = f"{name}.html"
        links = {resolved(page, link) for link in pages[page].links}
        assert (f"notebooks/{trace['notebook']}.html", f"cell-{trace['cell_id']}") in links
        for claim in trace["claim_ids"]:
            assert ("ledger.html", claim) in links
        for obs_id in trace["obs_ids"]:
            assert (f"sources/{evidence.source_of(obs_id)}.html", obs_id) in links


def test_a_source_names_every_verdict_that_falls_with_it(pages, evidence):
    for source_id in evidence.sources:
        page = f"sources/{source_id}.html"
        rests = {
            claim for key, claims in evidence.claims_on.items() if evidence.source_of(key) == source_id for claim in claims
        }
        assert rests <= {
            fragment for target, fragment in (resolved(page, link) for link in pages[page].links) if target == "ledger.html"
        }


def test_no_name_stands_for_two_estimates(evidence):
    published = [name for index in evidence.published.values() for name in index["published"] if name.startswith("estimates/")]
    rows = sum(len(pd.read_csv(paths.results("default") / f"{name}.csv")) for name in published)
    assert len(evidence.estimates) == rows
