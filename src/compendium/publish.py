"""Save what a notebook found, together with its trace: which claims, estimates, figures and cell it comes from.

A name is given once: the cell that publishes `x` has the id `x`, its files are `x.*`. Files go to a staging folder; the
runner moves them into place when the whole notebook has succeeded.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from html import unescape
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pandera.pandas as pa
from great_tables import GT
from IPython.display import HTML
from matplotlib.figure import Figure

from compendium import csvfile, parameters, paths
from compendium.language import LANGUAGES, Language
from compendium.models.estimates import Estimate
from compendium.tables.latex import latex

# The same bytes from the same figure: no clock, and ids in an SVG hashed with a constant.
REPRODUCIBLE: dict[Any, Any] = {
    "svg.hashsalt": "compendium",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "savefig.dpi": 150,
}
NO_DATE: dict[str, dict[str, None]] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {}}


class Run:
    """One run of one notebook: its parameters, and the place its results go to.

    Args:
        notebook: its name, such as `20_cadre_share`.
        scenario: the scenario it runs under.
        values: the values the runner gives; None when run by hand, which takes the defaults.

    >>> run = Run("20_cadre_share", "default", {"pace_deviation": 1.0})
    >>> run.notebook, run.parameters
    ('20_cadre_share', {'pace_deviation': 1.0})
    """

    def __init__(self, notebook: str, scenario: str, values: dict[str, Any] | None) -> None:
        self.notebook = notebook
        self.scenario = scenario
        self.parameters = parameters.resolve(scenario)[notebook] if values is None else values
        self._processed = paths.staging() / "processed"
        self._results = paths.staging() / "results"
        self._published: list[str] = []

    def processed(self, name: str, frame: pd.DataFrame, model: type[pa.DataFrameModel] | None = None) -> pd.DataFrame:
        """Write a tidy table to data/processed/, checked against its schema; returns it.

        Args:
            name: of the file, without its ending.
            frame: any columns; each says its unit in its name or beside it.
            model: the schema, raises pandera.errors.SchemaError where the table does not fit.

        >>> Run("example", "default", {}).processed("example", pd.DataFrame({"year": [2013], "headcount": [20]})).shape
        (1, 2)
        """
        csvfile.write(model.validate(frame) if model else frame, self._processed / f"{name}.csv")
        return frame

    def estimates(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Write the notebook's estimates, schema `Estimate`; returns them.

        Args:
            frame: one estimate a row; value, low and high in the unit of the row.

        Raises:
            pandera.errors.SchemaError: a column is missing, or an interval does not say what it covers.

        >>> from compendium.models import estimates
        >>> half = estimates.row("example", "T1-02", "share", value=50.0, unit="percent", method="published")
        >>> made = Run("example", "default", {}).estimates(estimates.table([half]))
        >>> made[["estimate_id", "value", "unit"]].to_dict("records")
        [{'estimate_id': 'example', 'value': 50.0, 'unit': 'percent'}]
        """
        csvfile.write(Estimate.validate(frame), self._results / "estimates" / f"{self.notebook}.csv")
        self._index(f"estimates/{self.notebook}")
        return frame

    def figure(
        self, name: str, draw: Callable[[pd.DataFrame, Language], Figure], data: pd.DataFrame, estimates: pd.DataFrame
    ) -> Figure:
        """Draw a figure in both languages and save it as SVG, PDF and PNG, with its data and trace.

        Args:
            draw: makes the figure from the data in one language.
            data: what is drawn, saved beside it.
            estimates: the estimates that it shows.

        Returns:
            the English figure.

        >>> from compendium.charts import style
        >>> from compendium.models import estimates
        >>> def draw(data, language):
        ...     figure, axes = style.canvas(height_inches=2)
        ...     axes.plot(data["year"], data["share"], "o")
        ...     axes.set_ylabel({"en": "share, %", "fr": "part, en %"}[language])
        ...     return figure
        >>> half = estimates.row("example", "T1-02", "share", value=50.0, unit="percent", method="published")
        >>> data = pd.DataFrame({"year": [2013, 2018], "share": [40.0, 50.0]})
        >>> drawn = Run("example", "default", {}).figure("example", draw, data, estimates.table([half]))
        >>> drawn.axes[0].get_ylabel()
        'share, %'
        """
        folder = self._results / "figures"
        folder.mkdir(parents=True, exist_ok=True)
        drawn, title, alt = {}, {}, {}
        with plt.rc_context(REPRODUCIBLE):
            for language in LANGUAGES:
                drawn[language] = settled(draw(data, language))
                title[language] = drawn[language].get_suptitle().replace("\n", " ")
                alt[language] = alternative(drawn[language])
                for kind, metadata in NO_DATE.items():
                    drawn[language].savefig(folder / f"{name}.{language}.{kind}", metadata=metadata)
        csvfile.write(data, folder / f"{name}.csv")
        self._trace("figures", name, estimates, {"title": title, "alt": alt})
        plt.close("all")
        return drawn["en"]

    def table(
        self, name: str, lay_out: Callable[[pd.DataFrame, Language], GT], data: pd.DataFrame, estimates: pd.DataFrame
    ) -> HTML:
        """Lay out a table in both languages and save it as HTML and LaTeX, with its data and trace.

        Args:
            lay_out: makes the table from the data in one language; it has a title.
            data: what is laid out, saved beside it.
            estimates: the estimates that it shows.

        Returns:
            the English table, as a notebook shows it.

        >>> from compendium.models import estimates
        >>> def lay_out(data, language):
        ...     return GT(data).tab_header({"en": "Shares", "fr": "Parts"}[language])
        >>> half = estimates.row("example", "T1-02", "share", value=50.0, unit="percent", method="published")
        >>> data = pd.DataFrame({"year": [2013, 2018], "share": [40.0, 50.0]})
        >>> shown = Run("example", "default", {}).table("example", lay_out, data, estimates.table([half]))
        >>> heading(shown.data)
        'Shares'
        """
        folder = self._results / "tables"
        folder.mkdir(parents=True, exist_ok=True)
        html, title = {}, {}
        for language in LANGUAGES:
            table = lay_out(data, language)
            html[language] = table.as_raw_html()
            title[language] = heading(html[language])
            (folder / f"{name}.{language}.html").write_text(html[language] + "\n", encoding="utf-8")
            (folder / f"{name}.{language}.tex").write_text(latex(table, name), encoding="utf-8")
        csvfile.write(data, folder / f"{name}.csv")
        self._trace("tables", name, estimates, {"title": title})
        return HTML(html["en"])

    def ledger(self, name: str, frame: pd.DataFrame, pictures: dict[Language, GT], pages: dict[Language, Figure]) -> HTML:
        """Write the ledger as CSV, JSON, HTML, LaTeX and, on one page, PDF, with its trace; returns the English HTML.

        Args:
            frame: schema `Ledger`.
            pictures: the whole ledger as a table.
            pages: the ledger on one page.

        Returns:
            the English table, as a notebook shows it.

        >>> frame = pd.DataFrame({"claim_id": ["T1-02"], "estimate_ids": ["a b"], "obs_ids": ["SW0042"]})
        >>> tables = {language: GT(frame).tab_header("Shares") for language in LANGUAGES}
        >>> pages = {language: plt.figure(figsize=(2, 2)) for language in LANGUAGES}
        >>> heading(Run("example", "default", {}).ledger("example", frame, tables, pages).data)
        'Shares'
        """
        csvfile.write(frame, self._results / f"{name}.csv")
        rows = json.loads(frame.to_json(orient="records"))
        text = json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
        (self._results / f"{name}.json").write_text(text, encoding="utf-8")
        html = {language: picture.as_raw_html() for language, picture in pictures.items()}
        for language, picture in pictures.items():
            (self._results / f"{name}.{language}.html").write_text(html[language] + "\n", encoding="utf-8")
            (self._results / f"{name}.{language}.tex").write_text(latex(picture, name), encoding="utf-8")
            with plt.rc_context(REPRODUCIBLE):
                pages[language].savefig(self._results / f"{name}.{language}.pdf", metadata=NO_DATE["pdf"])
        plt.close("all")
        title: dict[Language, str] = {language: page.get_suptitle() for language, page in pages.items()}
        self._trace("", name, frame.rename(columns={"estimate_ids": "estimate_id"}), {"title": title})
        return HTML(html["en"])

    def listing(self, name: str, frame: pd.DataFrame, model: type[pa.DataFrameModel]) -> pd.DataFrame:
        """Write a list of results, checked against its schema; returns it.

        Raises:
            pandera.errors.SchemaError: the list does not fit the schema.

        >>> class Named(pa.DataFrameModel):
        ...     name: str
        >>> Run("example", "default", {}).listing("example", pd.DataFrame({"name": ["one"]}), Named).shape
        (1, 1)
        """
        csvfile.write(model.validate(frame), self._results / f"{name}.csv")
        return frame

    def traces(self) -> list[dict[str, Any]]:
        """The traces of the figures and tables that this run has published so far: name, kind, cell, claims, figures behind.

        >>> Run("example", "default", {}).traces()
        []
        """
        shown = [name for name in self._published if not name.startswith("estimates/")]
        return [json.loads((self._results / f"{name}.trace.json").read_text(encoding="utf-8")) for name in shown]

    def _trace(self, kind: str, name: str, estimates: pd.DataFrame, words: dict[str, dict[Language, str]]) -> None:
        """Write what a result comes from, and the hash of each of its files; kind is empty for the ledger itself."""
        folder = self._results / kind
        results = sorted(path for path in folder.glob(f"{name}.*") if not path.name.endswith(".trace.json"))
        trace = {
            "name": name,
            "kind": kind.removesuffix("s") or name,
            "notebook": self.notebook,
            "cell_id": name,
            "scenario": self.scenario,
            "parameters": self.parameters,
            "claim_ids": _ids(estimates["claim_id"]),
            "estimate_ids": _ids(estimates["estimate_id"]),
            "obs_ids": _ids(estimates["obs_ids"]),
            **words,
            "sha256": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in results},
        }
        text = json.dumps(trace, ensure_ascii=False, indent=1) + "\n"
        (folder / f"{name}.trace.json").write_text(text, encoding="utf-8")
        if kind:
            self._index(f"{kind}/{name}")

    def _index(self, published: str) -> None:
        """Keep the list of what the notebook published, so that the ledger need not search folders for it."""
        self._published.append(published)
        index = {"notebook": self.notebook, "parameters": self.parameters, "published": sorted(self._published)}
        path = self._results / "published" / f"{self.notebook}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(index, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def heading(html: str) -> str:
    """The title of a table, from its HTML."""
    match = re.search(r'<td[^>]* class="[^"]*gt_title[^>]*>(.*?)</td>', html, flags=re.DOTALL)
    assert match, "a table has a title"
    return unescape(match[1])


def settled(figure: Figure) -> Figure:
    """A figure laid out once, its axes at places rounded: the layout's last bits depend on where its objects lie in memory."""
    figure.set_dpi(REPRODUCIBLE["savefig.dpi"])  # letters are a little wider or narrower at another
    engine = figure.get_layout_engine()
    assert engine, "a figure of the house has one"
    for _ in range(2):  # the second time the layout knows how wide the labels came out
        engine.execute(figure)
    with plt.rc_context({"figure.constrained_layout.use": False, "figure.autolayout": False}):
        figure.set_layout_engine(None)  # none at all: with "none" each saving would draw the figure one more time
    for axes in figure.axes:
        left, bottom, width, height = (round(float(part), 6) for part in axes.get_position().bounds)
        axes.set_position((left, bottom, width, height))
    return figure


def alternative(figure: Figure) -> str:
    """What a figure says, for a reader who does not see it: its title and subtitle, its source, what its panels show."""
    panels = [axes.get_title(loc="left") for axes in figure.axes]
    said = [text.replace("\n", " ").strip().rstrip(".") for text in (*(text.get_text() for text in figure.texts), *panels)]
    return ". ".join(text for text in said if text)


def _ids(values: Iterable[str]) -> list[str]:
    return sorted(set(" ".join(values).split()))
