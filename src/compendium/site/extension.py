"""The Sphinx extension: adds the computed pages that stand behind those of the table of contents."""

from collections.abc import Iterator
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from compendium.site.evidence import Evidence
from compendium.site.pages import Pages
from compendium.translations import translations

# Pages that are in English on both sites.
ENGLISH_ONLY = (
    "notebooks/",
    "api/",
    "design",
    "correct",
    "measured",
    "dependencies",
    "genindex",
    "py-modindex",
    "search",
)


def name_in_language(app: Sphinx, config: Config) -> None:
    """Give the site its title, and a folded cell its label, in the language of the site."""
    say = translations(config.language).gettext
    config.html_title = say(config.project)
    config.nb_code_prompt_show = say("Show the cell")


def collect(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The pages of figures, tables, estimates and sources: (name, context, template)."""
    pages = Pages(Evidence(app.config.compendium_scenario), app.config.language, app.config.version)
    for name, title, body in pages.collected():
        yield name, {"title": title, "body": body, "toc": "", "display_toc": False}, "page.html"


def level_captions(app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Give the headings of the menu their level, which Sphinx leaves out and readers of a screen need (WAI-ARIA 1.2)."""
    tree = context["furo_navigation_tree"]
    context["furo_navigation_tree"] = tree.replace('role="heading"', 'role="heading" aria-level="2"')


def offer_other_language(app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Put on each page the way to the same page in the other language, or to its first page where there is none."""
    up = "../" * name.count("/")
    french = app.config.language == "fr"
    there = name if french or not name.startswith(ENGLISH_ONLY) else "index"
    if name == "english_only":
        there = "index"
    context["other_language"] = {
        "code": "en" if french else "fr",
        "label": "In English"
        if french
        else ("En français" if there == name else "En français (cette page : en anglais seulement)"),
        "address": f"{up}../{there}.html" if french else f"{up}fr/{there}.html",
    }


def setup(app: Sphinx) -> dict[str, Any]:
    """Called by Sphinx."""
    app.add_config_value("compendium_scenario", "default", "html", str)
    app.connect("config-inited", name_in_language)
    app.connect("html-collect-pages", collect)
    app.connect("html-page-context", level_captions, priority=900)  # after the theme
    app.connect("html-page-context", offer_other_language)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
