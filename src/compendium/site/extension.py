"""The Sphinx extension: adds the computed pages that stand behind those of the table of contents."""

from collections.abc import Iterator
from typing import Any

from sphinx.application import Sphinx

from compendium.site.evidence import Evidence
from compendium.site.pages import Pages


def collect(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The pages of figures, tables, estimates and sources: (name, context, template)."""
    pages = Pages(Evidence(app.config.compendium_scenario), app.config.language, app.config.version)
    for name, title, body in pages.collected():
        yield name, {"title": title, "body": body, "toc": "", "display_toc": False}, "page.html"


def level_captions(app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Give the headings of the menu their level, which Sphinx leaves out and readers of a screen need (WAI-ARIA 1.2)."""
    tree = context["furo_navigation_tree"]
    context["furo_navigation_tree"] = tree.replace('role="heading"', 'role="heading" aria-level="2"')


def setup(app: Sphinx) -> dict[str, Any]:
    """Called by Sphinx."""
    app.add_config_value("compendium_scenario", "default", "html", str)
    app.connect("html-collect-pages", collect)
    app.connect("html-page-context", level_captions, priority=900)  # after the theme
    return {"parallel_read_safe": True, "parallel_write_safe": True}
