"""Two scenarios side by side: which estimates, verdicts and figures move, for the terminal and as a page in build/compare/."""

import json
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from compendium import files, ledger, moved, parameters, paths
from compendium.charts import moved as chart
from compendium.language import LANGUAGES, Language, Text, unlinked

NUMBERS = ["value", "low", "high"]
IN_TERMINAL = 20  # estimates; the page has all of them
PAGES = {"en": "index.html", "fr": "index.fr.html"}
WORDS = {
    "title": Text("What moves from {a} to {b}", "Ce qui bouge de {a} à {b}"),
    "parameters": Text("Parameters that differ", "Paramètres qui diffèrent"),
    "verdicts": Text("Statements whose verdict or number moves", "Affirmations dont le verdict ou le nombre bouge"),
    "estimates": Text("Estimates that move", "Estimations qui bougent"),
    "figures": Text("Figures that differ", "Figures qui diffèrent"),
    "nothing": Text("Nothing moves.", "Rien ne bouge."),
    "absent": Text("not there", "non renseigné"),
    "other": Text("En français", "In English"),
}


def moved_estimates(before: dict[str, pd.DataFrame], after: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The estimates whose number differs, the one that moved most first.

    How far one moved is the larger of the distances of both ends, as a part of the wider interval, or of the larger value
    where there is no width; one that a side lacks comes first.

    Args:
        before, after: notebook -> its estimates, schema `Estimate`.

    Returns:
        estimate_id, notebook, unit, and value, low and high of each side with the ending _a or _b.
    """
    sides = []
    for tables in (before, after):
        named = [table.assign(notebook=notebook) for notebook, table in tables.items()]
        frame = pd.concat(named, ignore_index=True)[["estimate_id", "notebook", "unit", *NUMBERS]]
        sides.append(frame.astype(dict.fromkeys(NUMBERS, float)))
    both = sides[0].merge(sides[1], on=["estimate_id", "notebook", "unit"], how="outer", suffixes=("_a", "_b"))
    ends = {}
    for side in ("a", "b"):
        low, high = (both[f"{end}_{side}"].fillna(both[f"value_{side}"]) for end in ("low", "high"))
        ends[side] = np.column_stack([low, high, both[f"value_{side}"].fillna((low + high) / 2)])
    distance = np.abs(ends["a"] - ends["b"])
    width = np.maximum(ends["a"][:, 1] - ends["a"][:, 0], ends["b"][:, 1] - ends["b"][:, 0])
    size = np.where(width > 0, width, np.maximum(np.abs(ends["a"]), np.abs(ends["b"])).max(axis=1))
    far = pd.Series(distance.max(axis=1) / np.where(size > 0, size, 1.0), index=both.index).fillna(np.inf)
    same = (np.isnan(ends["a"]) == np.isnan(ends["b"])).all(axis=1) & ~(distance > 0).any(axis=1)
    order = far[~same].sort_values(ascending=False, kind="stable").index
    return both.loc[order].reset_index(drop=True)


def moved_figures(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[str]:
    """The names of the figures whose picture differs, or which one side lacks."""
    pictures: list[dict[str, Any]] = []
    for traces in (before, after):
        drawn = (trace for trace in traces if trace["kind"] == "figure")
        pictures.append({t["name"]: {k: v for k, v in t["sha256"].items() if k.endswith((".svg", ".csv"))} for t in drawn})
    return sorted(name for name in {**pictures[0], **pictures[1]} if pictures[0].get(name) != pictures[1].get(name))


def changed_parameters(a: str, b: str) -> list[tuple[str, float, float]]:
    """The parameters that two scenarios give different values: name, first value, second value."""
    first, second = parameters.resolve(a), parameters.resolve(b)
    names = [(section, key) for section in first for key in first[section]]
    return [(f"{s}.{k}", first[s][k], second[s][k]) for s, k in names if first[s][k] != second[s][k]]


def side_by_side(found: pd.DataFrame, a: str, b: str) -> pd.DataFrame:
    """What `charts.moved` draws: two rows an estimate, one a scenario."""
    rows = []
    for row in found.to_dict("records"):
        for scenario, side in ((a, "a"), (b, "b")):
            numbers = {key: row[f"{key}_{side}"] for key in NUMBERS}
            rows.append({"estimate_id": row["estimate_id"], "unit": row["unit"], "scenario": scenario, **numbers})
    return pd.DataFrame(rows, columns=["estimate_id", "unit", "scenario", *NUMBERS])


def write(a: str, b: str) -> str:
    """Compare two scenarios that have been made: write the pages, return what a terminal shows."""
    names = [{path.stem for path in (paths.results(scenario) / "estimates").glob("*.csv")} for scenario in (a, b)]
    found = moved_estimates(*(ledger.read_estimates(of, scenario) for of, scenario in zip(names, (a, b), strict=True)))
    claims = moved.claims(*(moved.read(paths.results(scenario) / "ledger.csv") for scenario in (a, b)))
    pictures = moved_figures(*(_traces(scenario) for scenario in (a, b)))
    changed = changed_parameters(a, b)
    data = side_by_side(found, a, b)
    folder = paths.BUILD / "compare"
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        if len(found):
            chart.moved(data, language).savefig(folder / f"moved.{language}.svg", metadata={"Date": None})
        page = _page(language, a, b, changed, claims, data, pictures)
        files.write_if_changed(folder / PAGES[language], page.encode())
    plt.close("all")
    return _told(a, b, changed, claims, data, pictures)


def _traces(scenario: str) -> list[dict[str, Any]]:
    folder = paths.results(scenario) / "figures"
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.trace.json"))]


def _rows(data: pd.DataFrame, language: Language) -> list[tuple[str, list[str]]]:
    """Each estimate with its number in either scenario, written so that the two differ."""
    rows = []
    for name, pair in data.groupby("estimate_id", sort=False):
        digits = chart.digits_that_tell_apart(pair)
        rows.append((str(name), [chart.written(row, language, digits) for _, row in pair.iterrows()]))
    return rows


def _verdict(row: dict[str, str], language: Language) -> str:
    """The verdict of a row of the ledger as the registry names it."""
    if not row.get("verdict"):
        return WORDS["absent"].of(language)
    return str(files.read_yaml(paths.CLAIMS)["verdicts"][row["verdict"]][f"name_{language}"])


def _page(
    language: Language,
    a: str,
    b: str,
    changed: list[tuple[str, float, float]],
    claims: list[moved.Move],
    data: pd.DataFrame,
    pictures: list[str],
) -> str:
    environment = Environment(loader=FileSystemLoader(paths.TEMPLATES), autoescape=True, undefined=StrictUndefined)
    folders = [f"../../{paths.relative(paths.results(scenario))}/figures" for scenario in (a, b)]
    sides = [
        [
            f"{folder}/{name}.{language}.svg" if (paths.results(s) / "figures" / f"{name}.{language}.svg").exists() else ""
            for folder, s in zip(folders, (a, b), strict=True)
        ]
        for name in pictures
    ]
    return environment.get_template("compare.html").render(
        language=language,
        scenarios=(a, b),
        words={key: text.of(language).format(a=a, b=b) for key, text in WORDS.items()},
        other=PAGES["fr" if language == "en" else "en"],
        changed=changed,
        claims=[
            (move.claim_id, [(_verdict(row, language), unlinked(row.get(f"sentence_{language}", ""))) for row in move[1:]])
            for move in claims
        ],
        estimates=_rows(data, language),
        figures=list(zip(pictures, sides, strict=True)),
    )


def _told(
    a: str,
    b: str,
    changed: list[tuple[str, float, float]],
    claims: list[moved.Move],
    data: pd.DataFrame,
    pictures: list[str],
) -> str:
    verdicts = [move for move in claims if move.of_verdict]
    rows = _rows(data, "en")
    lines = [f"From {a} to {b}:"]
    lines += [f"  {name}: {one:g} -> {two:g}" for name, one, two in changed]
    lines.append(f"verdicts that move: {len(verdicts)}; others whose number or finding moves: {len(claims) - len(verdicts)}")
    lines += [f"  {move.told()}" for move in claims]
    lines.append(
        f"estimates that move: {len(rows)}" + (f"; the {IN_TERMINAL} that move most" if len(rows) > IN_TERMINAL else "")
    )
    table = [("", a, b), *((name, *numbers) for name, numbers in rows[:IN_TERMINAL])] if rows else []
    widths = [max(len(row[place]) for row in table) for place in range(3)] if table else []
    lines += ["  " + "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in table]
    lines.append(f"figures that differ: {' '.join(pictures) or 'none'}")
    lines.append(f"{paths.relative(paths.BUILD / 'compare' / PAGES['en'])} draws them side by side ({PAGES['fr']}: in French)")
    return "\n".join(lines)
