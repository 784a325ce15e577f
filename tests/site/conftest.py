"""The site that `make` built, its pages parsed, and a browser that looks at it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from clones import need
from playwright.sync_api import Browser, Page, sync_playwright
from site_pages import Parsed

from compendium import paths
from compendium.site.evidence import Evidence

SITE = paths.site("default")


@pytest.fixture(scope="session")
def evidence() -> Evidence:
    return Evidence("default")


@pytest.fixture(scope="session")
def site() -> Path:
    need((SITE / "index.html").exists(), "the site (`make`)")
    return SITE


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Parsed]:
    """Every page by its path on the site."""
    found = sorted(path for path in site.rglob("*.html") if path.relative_to(site).parts[0] not in ("results", "_static"))
    return {path.relative_to(site).as_posix(): Parsed.of(path) for path in found}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    need(chromium is not None, "chromium (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-quic"])
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    """A page on which any request to another place than the site fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    outside: list[str] = []
    opened.on("request", lambda request: outside.append(request.url) if not request.url.startswith("file://") else None)
    yield opened
    context.close()
    assert outside == []
