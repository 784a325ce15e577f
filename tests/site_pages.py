"""A page of the site as a list of ids, links and texts."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

UNSEEN = ("script", "style", "title", "svg", "head")
VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")


@dataclass
class Parsed:
    """What one page holds.

    Args:
        ids: of its elements.
        links: href of its anchors, and src of its images.
        traces: values of `data-trace`.
        texts: (text, href of the anchor around it or "", nearest data-trace around it or "", tags around it; an element that
            says it is in English counts as a tag `english`).
    """

    size: int
    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    traces: set[str] = field(default_factory=set)
    texts: list[tuple[str, str, str, tuple[str, ...]]] = field(default_factory=list)
    links_of: dict[str, list[str]] = field(default_factory=dict)  # id of a row -> links inside it

    @classmethod
    def of(cls, path: Path) -> "Parsed":
        text = path.read_text(encoding="utf-8")
        parser = _Parser(cls(len(text.encode())))
        parser.feed(text)
        return parser.page


class _Parser(HTMLParser):
    def __init__(self, page: Parsed) -> None:
        super().__init__()
        self.page = page
        self.open: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if "id" in named:
            self.page.ids.add(named["id"])
        if "data-trace" in named:
            self.page.traces.add(named["data-trace"])
        link = named.get("href") if tag == "a" else named.get("src") if tag in ("img", "script") else None
        if link is not None:
            self.page.links.append(link)
            for _, around in self.open:
                if "id" in around:
                    self.page.links_of.setdefault(around["id"], []).append(link)
        if tag not in VOID:
            self.open.append((tag, named))

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        tags = tuple("english" if named.get("lang") == "en" and tag != "html" else tag for tag, named in self.open)
        if data.strip() and not set(tags) & set(UNSEEN):
            href = next((named["href"] for tag, named in reversed(self.open) if tag == "a" and "href" in named), "")
            trace = next((named["data-trace"] for _, named in reversed(self.open) if "data-trace" in named), "")
            self.page.texts.append((data, href, trace, tags))
