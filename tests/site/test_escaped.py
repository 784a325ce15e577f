"""Markup that got past the checks of the inputs is shown as it stands, on every page: no browser runs it."""

import csv
import re
import shutil
from pathlib import Path

import pytest
from clones import Clone
from playwright.sync_api import Browser

MARKUP = "<script>ran()</script><img src=x onerror=ran()> {{ 7*7 }} <b>bold</b>"
FREE_TEXT = ("title", "note", "event", "reason")  # columns of the raw tables that nothing but a reader reads
CHECK = 'if markup := re.search(r"<[A-Za-z/!?]", text):'


def spoil(root: Path) -> None:
    """Put markup into every title, note and statement, and take the check away that refuses it."""
    for path in [*root.glob("data/raw/*.csv"), *root.glob("data/raw/observations/*.csv")]:
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        places = [place for place, name in enumerate(header) if name in FREE_TEXT]
        for row in rows:
            for place in places:
                row[place] = f"{row[place]} {MARKUP}"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])
    claims = root / "data/raw/claims.yaml"
    text, count = re.subn(r'^(  says_(?:en|fr): ".*)"$', rf'\1 {MARKUP}"', claims.read_text(encoding="utf-8"), flags=re.M)
    assert count > 80
    claims.write_text(text, encoding="utf-8")
    Clone(root).edit("src/compendium/files.py", CHECK, f"{CHECK[:-1]} and False:")


@pytest.mark.exhaustive  # makes a site of its own
@pytest.mark.parametrize(
    "goals",
    [
        pytest.param(("-o", "results", "site"), id="the site alone"),
        pytest.param(("-j2", "site"), id="notebooks, tables and figures too"),
    ],
)
def test_markup_in_titles_notes_and_statements_is_shown_and_not_run(built, tmp_path, browser: Browser, goals):
    clone = Clone(shutil.copytree(built.root, tmp_path / "project", copy_function=shutil.copy2))
    spoil(clone.root)
    clone.make("data-package")
    clone.make(*goals)
    site = clone.root / "build/site"
    pages = [path for path in site.rglob("*.html") if "7*7" in path.read_text(encoding="utf-8")]
    assert {"ledger.html", "fr/ledger.html"} <= {path.relative_to(site).as_posix() for path in pages}
    assert len([path for path in pages if path.parent.name == "sources"]) > 100
    context = browser.new_context()
    context.add_init_script("window.ran = () => { document.documentElement.dataset.ran = 'yes' }")
    page = context.new_page()
    ran, hidden = [], []
    for path in pages:
        page.goto(f"file://{path}")
        ran += (
            [path] if page.evaluate("document.documentElement.dataset.ran || document.querySelector('img[src=\"x\"]')") else []
        )
        hidden += [path] if MARKUP not in page.evaluate("document.body.textContent") else []
    context.close()
    assert (ran, hidden) == ([], [])
